"""A witness spares a second reading of the very file that was read, and of no other."""

import os
from pathlib import Path
from typing import BinaryIO

import pytest

from pratique.gate.witness import Witness, believe, believed, witness_of

DIGEST = "ab" * 32


def finished(path: Path, data: bytes) -> BinaryIO:
    path.write_bytes(data)
    path.chmod(0o400)
    return path.open("rb")


def seen(stream: BinaryIO, size: int) -> Witness:
    witness = witness_of(stream, DIGEST, size)
    assert witness is not None
    return witness


def test_an_untouched_file_is_believed(tmp_path: Path) -> None:
    with finished(tmp_path / "a", b"abc") as stream:
        believe(seen(stream, 3))
        assert believed(stream) == (DIGEST, 3)
    with (tmp_path / "a").open("rb") as again:
        assert believed(again) == (DIGEST, 3)


def change(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"abd")
    path.chmod(0o400)


def replace(path: Path) -> None:
    other = path.with_name("other")
    finished(other, b"abd").close()
    other.rename(path)


def open_to_writing(path: Path) -> None:
    path.chmod(0o600)


def touch_back(path: Path) -> None:
    """Other bytes under the old times: what changes a file's rights or times shows in the time of that change."""
    times = path.stat()
    change(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("touch", [change, replace, open_to_writing, touch_back])
def test_a_touched_file_is_not(tmp_path: Path, touch) -> None:
    path = tmp_path / "a"
    with finished(path, b"abc") as stream:
        believe(seen(stream, 3))
    touch(path)
    with path.open("rb") as stream:
        assert believed(stream) is None


def test_what_may_still_be_written_has_no_witness(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    with path.open("rb") as stream:
        assert witness_of(stream, DIGEST, 3) is None


def test_other_words_are_not_believed(tmp_path: Path) -> None:
    with finished(tmp_path / "a", b"abc") as stream:
        believe((seen(stream, 3).identity, DIGEST, 3))
        believe(None)
        assert believed(stream) is None
