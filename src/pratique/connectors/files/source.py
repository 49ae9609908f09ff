"""Files as a dataset to read. Globs mean what they mean in fsspec, so that remote ones can mean the same."""

import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, BinaryIO, cast

from fsspec.utils import glob_translate

from pratique.connectors.files.gunzip import MAGIC, Gunzip
from pratique.connectors.files.places import place_of
from pratique.connectors.files.unzstd import Unzstd, is_zstd
from pratique.errors import SourceError, remedy
from pratique.model.data import Input

_PASSED_OVER = re.compile(r"\.|_SUCCESS\Z|.*(~|\.tmp|\.swp|\.part)\Z")
"""Hidden files, and what other programs leave while they write. What the URI names outright is read all the same."""
_BUFFER = 1 << 20
_HEAD = 4
"""Bytes that tell how a file is compressed."""
_UNPACKERS: Mapping[str, Callable[[BinaryIO, str], io.RawIOBase]] = {"gzip": Gunzip, "zstd": Unzstd}


class FilesSource:
    """Implements `pratique.ports.Source` for a file, a folder (everything below) or a glob.

    Errors say ``input #n`` (its place in the listing), never a name: names may carry personal data. A link is followed
    if it stays inside the dataset's base folder, and refused otherwise. Compression is told by the first bytes, not
    by the name.
    """

    def __init__(self, uri: str, root: Path) -> None:
        """``root`` is the folder that relative URIs are under."""
        place = place_of(uri, root)
        self._base = place.base
        self._pattern = place.pattern

    def inputs(self) -> list[Input]:
        """Every input, ordered by name; see `pratique.ports.Source.inputs`."""
        names = sorted(self._names())
        if not names:
            raise SourceError("there is no input", do="check its uri in pratique.yaml, and that the files are there")
        return [self._input(name, number) for number, name in enumerate(names)]

    def open(self, item: Input) -> BinaryIO:
        """Decompressed bytes; raises `SourceError` where the file's size is no longer the listed one."""
        stored = self.open_stored(item)
        if not item.compression:
            return stored
        unpack = _UNPACKERS[item.compression]
        return cast("BinaryIO", io.BufferedReader(unpack(stored, _where(item.number)), _BUFFER))

    def open_stored(self, item: Input) -> BinaryIO:
        """The stored bytes."""
        stream = self._open(item.name, item.number)
        if os.fstat(stream.fileno()).st_size != item.size:
            stream.close()
            raise SourceError(
                "the input changed since it was listed", where=_where(item.number), do="let its writer finish first"
            )
        return cast("BinaryIO", io.BufferedReader(stream, _BUFFER))

    def identity(self, item: Input) -> str:
        """Device, inode, size and last change. Blind to a writer who leaves the size and puts back the time."""
        with self._open(item.name, item.number) as stream:
            found = os.fstat(stream.fileno())
        return f"{found.st_dev}:{found.st_ino}:{found.st_size}:{found.st_mtime_ns}"

    def _names(self) -> set[str]:
        """Names of the files meant, relative to the base folder; links not yet followed."""
        try:
            if self._pattern and (self._base / self._pattern).exists():
                return {self._pattern}
            if not self._base.is_dir():
                return set()
            return set(_listing(self._base, self._pattern or "**"))
        except OSError as error:
            what = f"the inputs cannot be listed ({os.strerror(error.errno or 0)})"
            raise SourceError(what, do=remedy(error) or "check the folder and the links in it") from None

    def _input(self, name: str, number: int) -> Input:
        with self._open(name, number) as stream:
            size = os.fstat(stream.fileno()).st_size
            head = stream.read(_HEAD)
        return Input(name, number, size, _compression(head))

    def _open(self, name: str, number: int) -> "_File":
        """Open a regular file that, links followed, is below the base folder."""
        try:
            name.encode()
        except UnicodeEncodeError:
            raise SourceError("the input's name is not UTF-8", where=_where(number), do="rename it") from None
        try:
            base = self._base.resolve(strict=True)
            path = (self._base / name).resolve(strict=True)
            if not path.is_relative_to(base):
                raise SourceError(
                    "a link leads out of the dataset's folder", where=_where(number), do="copy the file into the folder"
                )
            if not stat.S_ISREG(path.stat().st_mode):
                raise SourceError("not a regular file", where=_where(number), do="move it away")
            return _File(path, number)
        except (OSError, RuntimeError) as error:
            raise _unreadable(error, number) from None


class _File(io.FileIO):
    """A file whose read errors are `SourceError`."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, "rb")
        self._number = number

    def read(self, size: int | None = -1) -> bytes:
        """As `io.FileIO.read`."""
        try:
            return super().read(-1 if size is None else size) or b""
        except OSError as error:
            raise _unreadable(error, self._number) from None

    def readinto(self, buffer: Any) -> int:
        """As `io.FileIO.readinto`."""
        try:
            return super().readinto(buffer) or 0
        except OSError as error:
            raise _unreadable(error, self._number) from None


def _listing(base: Path, pattern: str) -> Iterator[str]:
    """Names of the files below ``base`` that the pattern means, but those passed over.

    A folder that is a link is refused where the pattern would enter it: what is behind it could be listed twice, or
    without end.
    """
    matches = re.compile(glob_translate(pattern)).match
    steps = pattern.split("/")
    folders: list[tuple[str, ...]] = [()]
    while folders:
        above = folders.pop()
        with os.scandir(base.joinpath(*above)) as entries:
            for entry in entries:
                if _PASSED_OVER.match(entry.name):
                    continue
                name = "/".join((*above, entry.name))
                if not entry.is_dir():
                    if matches(name):
                        yield name
                elif _enters(steps, len(above), entry.name):
                    if entry.is_symlink():
                        raise SourceError("a folder of the dataset is a link", do="name the folder that it leads to")
                    folders.append((*above, entry.name))


def _enters(steps: list[str], depth: int, name: str) -> bool:
    """Whether a pattern may mean files in a folder that stands ``depth`` folders below the base."""
    if "**" in steps[: depth + 1]:
        return True
    return depth < len(steps) - 1 and fnmatchcase(name, steps[depth])


def _compression(head: bytes) -> str:
    if head.startswith(MAGIC):
        return "gzip"
    return "zstd" if is_zstd(head) else ""


def _where(number: int) -> str:
    return f"input #{number}"


def _unreadable(error: Exception, number: int) -> SourceError:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "too many links"
    do = (isinstance(error, OSError) and remedy(error)) or "check the file, and the links that lead to it"
    return SourceError(f"cannot be read ({reason})", where=_where(number), do=do)
