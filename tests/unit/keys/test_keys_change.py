"""A keyset changes in one step, and no key is ever lost."""

import json
import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pratique.errors import KeyStoreError
from pratique.keys import FileKeyStore, change_keyset, create_keys, rotate_domain
from pratique.model.plan import KeyRef


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_keys(tmp_path / "keys" / "eu.json", tmp_path / "keys" / "eu.quarantine.pem")
    return tmp_path / "keys" / "eu.json"


def derived(path: Path, version: int, domain: str = "viewer") -> bytes:
    return FileKeyStore(path).derive("token", KeyRef(domain, "PERSON", version, "local"), 32).reveal()


def test_a_new_version_and_the_old_one_as_it_was(path: Path) -> None:
    before = derived(path, 1)
    other = derived(path, 1, "card")
    assert rotate_domain(path, "viewer") == 2
    assert rotate_domain(path, "viewer") == 3
    keys = FileKeyStore(path)
    assert (keys.current_version("viewer"), keys.current_version("card")) == (3, 1)
    assert derived(path, 1) == before
    assert derived(path, 1, "card") == other
    assert len({derived(path, version) for version in (1, 2, 3)}) == 3
    masters = json.loads(path.read_bytes())["masters"]
    assert len({master["secret"] for master in masters}) == 3, "each version rests on a master key of its own"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in sorted(path.parent.iterdir())] == ["eu.json", "eu.quarantine.pem"]


def test_a_change_that_would_lose_a_key_is_refused(path: Path) -> None:
    rotate_domain(path, "viewer")
    before = path.read_bytes()
    for lose in (
        lambda keyset, _: keyset["masters"].pop(),
        lambda keyset, _: keyset["domains"].clear(),
        lambda keyset, _: keyset["masters"][0].update(secret=keyset["masters"][1]["secret"]),
        lambda keyset, _: keyset["exporter"].update(private=keyset["masters"][1]["secret"]),
        lambda keyset, _: keyset["quarantine"].update(public=keyset["masters"][1]["secret"]),
        lambda keyset, _: keyset.clear(),
    ):
        with pytest.raises(KeyStoreError):
            change_keyset(path, lose)
        assert path.read_bytes() == before
        assert len(list(path.parent.iterdir())) == 2


def test_a_linked_keyset_is_changed_where_it_is(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "eu.json"
    link.symlink_to(path)
    assert rotate_domain(link, "viewer") == 2
    assert link.is_symlink()
    assert FileKeyStore(path).current_version("viewer") == 2


def test_many_at_once_lose_nothing(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(lambda number: rotate_domain(path, f"d{number % 3}"), range(12)))
    assert found == sorted([2, 3, 4, 5] * 3)
    assert len(json.loads(path.read_bytes())["masters"]) == 13


def test_what_a_killed_process_left_goes(path: Path) -> None:
    left = path.with_name(".eu.json.4711.00ff00ff00ff")
    left.write_bytes(path.read_bytes())
    rotate_domain(path, "viewer")
    assert not left.exists()


def test_a_missing_or_open_keyset_is_refused(path: Path) -> None:
    with pytest.raises(KeyStoreError):
        rotate_domain(path.with_name("none.json"), "viewer")
    path.chmod(0o644)
    with pytest.raises(KeyStoreError, match="others may open"):
        rotate_domain(path, "viewer")


KILLED = """
import os, signal, sys
from pathlib import Path
from pratique.keys import rotate_domain
left = int(sys.argv[2])
real = {name: getattr(os, name) for name in ("open", "fsync", "replace", "rename", "unlink", "close")}
def dying(name):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real[name](*args, **kwargs)
    return call
for name in real:
    setattr(os, name, dying(name))
rotate_domain(Path(sys.argv[1]), "viewer")
"""


def test_killed_at_any_step_the_keyset_is_whole(path: Path) -> None:
    before = derived(path, 1)
    for step in range(0, 40, 2):
        words = [sys.executable, "-c", KILLED, str(path), str(step)]
        done = subprocess.run(words, check=False, capture_output=True, text=True)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        assert derived(path, 1) == before
        if done.returncode == 0:
            break
    assert step >= 6
    assert done.returncode == 0
    rotate_domain(path, "viewer")
    assert len(list(path.parent.iterdir())) == 2
    assert os.path.lexists(path)
