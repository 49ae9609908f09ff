"""Staging files: private, finished once, and swept when nobody lives who holds them."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pratique.errors import StoreError
from pratique.model.data import PartId
from pratique.ports import Staged, StagingArea
from pratique.runs import FileStagingArea

PART = PartId("00000-00000")


@pytest.fixture
def area(tmp_path: Path) -> FileStagingArea:
    return FileStagingArea(tmp_path / "staging")


def finished(area: FileStagingArea, data: bytes = b"abc") -> str:
    staged = area.create(PART, ".jsonl")
    staged.write(data)
    staged.finish().close()
    return staged.name


def names(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "staging").iterdir() if not path.name.startswith(".")}


def test_they_are_the_ports(area: FileStagingArea) -> None:
    one: StagingArea = area
    two: Staged = area.create(PART, "")
    two.discard()
    assert one is area


def test_what_is_written_is_read(area: FileStagingArea) -> None:
    staged = area.create(PART, ".jsonl")
    big = os.urandom(1 << 20)
    for data in (b"", b"abc", memoryview(big), memoryview(b"x" * 9)[::3], b"end"):
        staged.write(bytes(data) if isinstance(data, memoryview) and not data.c_contiguous else data)
    with staged.finish() as stream:
        assert stream.tell() == 0
        assert stream.read() == b"abc" + big + b"xxx" + b"end"
    assert staged.size == 3 + len(big) + 3 + 3
    with area.open(staged.name) as again:
        assert again.read(3) == b"abc"


def test_everything_is_private_and_finished_is_read_only(area: FileStagingArea, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        staged = area.create(PART, ".jsonl")
        path = tmp_path / "staging" / staged.name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with staged.finish() as stream:
            assert stat.S_IMODE(path.stat().st_mode) == 0o400
            assert not stream.writable()
            with pytest.raises(OSError, match="descriptor"):
                os.write(stream.fileno(), b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "staging").stat().st_mode) == 0o700


def test_rights_that_are_too_wide_are_narrowed(tmp_path: Path) -> None:
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging").chmod(0o755)
    FileStagingArea(tmp_path / "staging")
    assert stat.S_IMODE((tmp_path / "staging").stat().st_mode) == 0o700


def test_attempts_at_a_part_do_not_meet(area: FileStagingArea, tmp_path: Path) -> None:
    other = FileStagingArea(tmp_path / "staging")
    attempts = [area.create(PART, ".jsonl"), area.create(PART, ".jsonl"), other.create(PART, ".jsonl")]
    assert len({staged.name for staged in attempts}) == 3
    for staged in attempts:
        assert PART in staged.name
        with pytest.raises(StoreError):
            area.open(staged.name)
        staged.discard()


def test_nothing_is_written_after_the_end(area: FileStagingArea) -> None:
    done, gone = area.create(PART, ""), area.create(PART, "")
    done.finish().close()
    gone.discard()
    gone.discard()
    for staged in (done, gone):
        with pytest.raises(StoreError):
            staged.write(b"x")
        with pytest.raises(StoreError):
            staged.finish()


def test_discard_removes_what_is_finished_too(area: FileStagingArea, tmp_path: Path) -> None:
    staged = area.create(PART, "")
    staged.finish().close()
    staged.discard()
    assert names(tmp_path) == set()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at descriptors as Linux shows them")
def test_what_is_discarded_on_its_way_to_the_disk_is_open_nowhere(
    area: FileStagingArea, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk: a descriptor that is still being flushed would keep a file alive that has no name any more."""
    at_once = os.fsync

    def slowly(descriptor: int) -> None:
        time.sleep(0.2)
        at_once(descriptor)

    monkeypatch.setattr(os, "fsync", slowly)
    staged = area.create(PART, "")
    staged.write(b"kept")
    staged.finish().close()
    staged.discard()
    opened = [link for fd in Path("/proc/self/fd").iterdir() if (link := read_link(fd))]
    assert not [link for link in opened if str(tmp_path) in link and link.endswith(" (deleted)")]
    assert names(tmp_path) == set()


def read_link(path: Path) -> str:
    try:
        return str(path.readlink())
    except FileNotFoundError:
        return ""


def test_remove_is_fine_twice(area: FileStagingArea, tmp_path: Path) -> None:
    name = finished(area)
    area.remove(name)
    area.remove(name)
    assert names(tmp_path) == set()
    with pytest.raises(StoreError):
        area.open(name)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", ".guard", "", "a" * 16 + ".x.1/../..", "a" * 16 + ".x.1\n", ".."]
)
def test_no_name_leads_out(area: FileStagingArea, name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    for act in (area.open, area.remove):
        with pytest.raises(StoreError):
            act(name)
    assert (tmp_path / "secret").exists()


@pytest.mark.parametrize(
    ("part", "extension"), [("../x", ""), ("a/b", ""), ("", ""), (PART, "jsonl"), (PART, "./x"), (PART, ".a\n")]
)
def test_parts_and_extensions_are_plain(area: FileStagingArea, part: str, extension: str) -> None:
    with pytest.raises(StoreError):
        area.create(PartId(part), extension)


def test_a_link_is_not_opened(area: FileStagingArea, tmp_path: Path) -> None:
    name = finished(area)
    path = tmp_path / "staging" / name
    path.rename(tmp_path / "moved")
    path.symlink_to(tmp_path / "moved")
    with pytest.raises(StoreError):
        area.open(name)


def test_a_file_changed_by_another_is_noticed(area: FileStagingArea, tmp_path: Path) -> None:
    staged = area.create(PART, "")
    staged.write(b"abc")
    with (tmp_path / "staging" / staged.name).open("ab") as other:
        other.write(b"more")
    with pytest.raises(StoreError, match="changed"):
        staged.finish()


def test_the_living_are_not_swept(area: FileStagingArea, tmp_path: Path) -> None:
    name = finished(area)
    open_one = area.create(PART, "")
    assert FileStagingArea(tmp_path / "staging").sweep(lambda: ()) == 0
    assert area.sweep(lambda: ()) == 0
    assert names(tmp_path) == {name, open_one.name}
    open_one.discard()


def test_what_nobody_owns_and_no_run_names_is_swept(area: FileStagingArea, tmp_path: Path) -> None:
    keep, litter = finished(area), finished(area)
    area.close()
    other = FileStagingArea(tmp_path / "staging")
    mine = finished(other)
    assert other.sweep(lambda: [keep]) == 1
    assert names(tmp_path) == {keep, mine}
    assert litter not in names(tmp_path)
    assert other.sweep(lambda: [keep]) == 0
    with other.open(keep) as stream:
        assert stream.read() == b"abc"
    assert other.sweep(list) == 1, "kept files without an owner go when no run names them any more"


def test_what_is_kept_is_asked_after_the_dead_are_known(area: FileStagingArea, tmp_path: Path) -> None:
    """A worker that commits its last part and dies while a sweep begins must not lose that part."""
    name = finished(area)
    other = FileStagingArea(tmp_path / "staging")

    def keep() -> list[str]:
        area.close()
        return []

    assert other.sweep(keep) == 0
    assert names(tmp_path) == {name}


def test_foreign_files_are_left(area: FileStagingArea, tmp_path: Path) -> None:
    (tmp_path / "staging" / "notes.txt").write_text("mine")
    area.sweep(lambda: ())
    assert names(tmp_path) == {"notes.txt"}


CREATE = """
import sys
from pathlib import Path
from pratique.runs import FileStagingArea
area = FileStagingArea(Path(sys.argv[1]))
staged = area.create("00000-00001", ".jsonl")
staged.write(b"x" * 1000000)
done = area.create("00000-00002", ".jsonl")
done.finish().close()
print(staged.name, done.name, flush=True)
sys.stdin.read()
"""


def test_a_killed_process_leaves_nothing_that_stays(area: FileStagingArea, tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", CREATE, tmp_path / "staging"], stdin=-1, stdout=-1)
    assert process.stdout is not None
    assert process.stdin is not None
    open_one, done = process.stdout.readline().decode().split()
    assert area.sweep(lambda: ()) == 0
    assert names(tmp_path) == {open_one, done}
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    assert area.sweep(lambda: [done]) == 1
    assert names(tmp_path) == {done}
    assert list((tmp_path / "staging").glob(".owner-*")) == []
