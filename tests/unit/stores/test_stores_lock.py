"""The flow's lock: who holds it, and for how long."""

import contextlib
import multiprocessing
import os
import pickle
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.errors import BusyError, StoreError
from pratique.stores import FlowLock, SharedLock, SqliteRunStore

HOLD = """
import multiprocessing, os, sys, time
from pathlib import Path
from pratique.stores import FlowLock, die_with_parent

def work(lock, parent, out):
    if parent:
        die_with_parent(parent)
    Path(out).write_text(str(os.getpid()))
    time.sleep(60)

if __name__ == "__main__":
    folder, tied, out = sys.argv[1:]
    lock = FlowLock(Path(folder), "channel")
    with lock:
        process = multiprocessing.get_context("spawn").Process(
            target=work, args=(lock.share(), os.getpid() if tied == "tied" else None, out)
        )
        process.start()
        time.sleep(60)
"""


def wait_for(found: Path) -> int:
    for _ in range(600):
        if found.exists() and found.read_text():
            return int(found.read_text())
        time.sleep(0.02)
    raise AssertionError("the worker never started")


def is_free(folder: Path) -> bool:
    try:
        with FlowLock(folder, "channel"):
            return True
    except BusyError:
        return False


def becomes_free(folder: Path) -> bool:
    for _ in range(250):
        if is_free(folder):
            return True
        time.sleep(0.02)
    return False


@contextlib.contextmanager
def holding(tmp_path: Path, tied: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    script = tmp_path / "hold.py"
    script.write_text(HOLD)
    parent = subprocess.Popen([sys.executable, script, tmp_path / "locks", tied, tmp_path / "worker"])
    worker = wait_for(tmp_path / "worker")
    try:
        yield parent, worker
    finally:
        parent.kill()
        parent.wait()
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def test_the_holder_is_named(tmp_path: Path) -> None:
    with FlowLock(tmp_path, "channel"), pytest.raises(BusyError, match=f"process {os.getpid()}") as caught:
        FlowLock(tmp_path, "channel").__enter__()
    assert caught.value.transient


def test_the_file_is_private_and_stays_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "locks"
    with FlowLock(folder, "../../out"), FlowLock(folder, "channel"):
        pass
    assert sorted(p.parent for p in tmp_path.rglob("*.lock")) == [folder, folder]
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "channel.lock").symlink_to(victim)
    with pytest.raises(StoreError):
        FlowLock(tmp_path, "channel").__enter__()
    assert victim.read_text() == "precious"


def test_a_lock_is_not_entered_twice(tmp_path: Path) -> None:
    lock = FlowLock(tmp_path, "channel")
    with lock, pytest.raises(StoreError):
        lock.__enter__()
    with lock:
        pass


def test_a_shared_lock_travels_only_into_a_new_process(tmp_path: Path) -> None:
    lock = FlowLock(tmp_path, "channel")
    with lock, pytest.raises(RuntimeError):
        pickle.dumps(lock.share())
    with pytest.raises(StoreError):
        lock.share()


def test_a_store_shares_only_what_it_holds(tmp_path: Path) -> None:
    store = SqliteRunStore(tmp_path / "eu" / "pratique.db", tmp_path / "locks")
    with store.hold("channel"):
        assert isinstance(store.share("channel"), SharedLock)
        with pytest.raises(StoreError):
            store.share("movie")
    with pytest.raises(StoreError):
        store.share("channel")
    store.close()


def test_killed_it_is_free(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pratique.stores import FlowLock; "
        "lock = FlowLock(Path(sys.argv[1]), 'channel'); lock.__enter__(); print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdin=-1, stdout=-1)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"held\n"
    assert not is_free(tmp_path)
    process.kill()
    process.wait()
    assert is_free(tmp_path)
    process.stdin.close()
    process.stdout.close()


def test_a_worker_that_outlives_its_parent_keeps_the_lock(tmp_path: Path) -> None:
    with holding(tmp_path, "free") as (parent, worker):
        parent.kill()
        parent.wait()
        time.sleep(0.1)
        assert not is_free(tmp_path / "locks")
        os.kill(worker, signal.SIGKILL)
        assert becomes_free(tmp_path / "locks")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own way is Linux's")
def test_a_tied_worker_dies_with_its_parent(tmp_path: Path) -> None:
    with holding(tmp_path, "tied") as (parent, _worker):
        assert not is_free(tmp_path / "locks")
        parent.kill()
        parent.wait()
        assert becomes_free(tmp_path / "locks")


def test_a_worker_whose_parent_is_gone_already_ends() -> None:
    code = "from pratique.stores import die_with_parent; die_with_parent(1); print('alive')"
    assert os.getpid() != 1
    found = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert (found.returncode, found.stdout) == (1, b"")
    assert multiprocessing.parent_process() is None
