"""Staging: where a part's output lies until the gate has read it and the release has copied it.

Every process that stages holds an *owner file* of its own under a lock of the operating system, and its files carry
the owner's name. When the process is gone, however it went, the lock is free, and what it left is litter unless the run
store says that a part is finished in it.
"""

import contextlib
import errno
import fcntl
import os
import re
import stat
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from pratique.crypto.files import sync_folder
from pratique.errors import StoreError, remedy
from pratique.model.data import PartId

_NAME: Final = re.compile(r"[0-9a-f]{16}\.[A-Za-z0-9-]{1,100}\.[0-9]+(\.[a-z0-9]+){0,3}")
_PART: Final = re.compile(r"[A-Za-z0-9-]{1,100}")
_EXTENSION: Final = re.compile(r"(\.[a-z0-9]+){0,3}")
_OWNER: Final = ".owner-"
_BUFFER: Final = 256 << 10
_FINISHED: Final = 0o400
"""Rights of a staging file that nobody writes any more."""


class FileStagingArea:
    """Implements `pratique.ports.StagingArea` with files of one folder, on the disk of the exporter's region."""

    __slots__ = ("_count", "_folder", "_owner", "_process", "_token")

    def __init__(self, folder: Path) -> None:
        """The folder is made, 0700, or its rights narrowed to that. Raises `StoreError`."""
        self._owner: int | None = None
        with _speaking():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if stat.S_IMODE(folder.stat().st_mode) & 0o077:
                folder.chmod(0o700)
        self._folder = folder
        self._token = ""
        self._process = 0
        self._count = 0

    def create(self, part: PartId, extension: str) -> "FileStaged":
        """A new file of its own, 0600, whatever other attempts at the part left. Raises `StoreError`."""
        if not _PART.fullmatch(part) or not _EXTENSION.fullmatch(extension):
            raise StoreError("not a part's name or not an extension")
        self._own()
        self._count += 1
        name = f"{self._token}.{part}.{self._count}{extension}"
        with _speaking():
            return FileStaged(self._folder, name)

    def open(self, name: str) -> BinaryIO:
        """A finished staging file, read-only. Raises `StoreError` if it is gone, or is no finished staging file."""
        if not _NAME.fullmatch(name):
            raise StoreError("not the name of a staging file")
        with _speaking():
            return _open_finished(self._folder / name)

    def remove(self, name: str) -> None:
        """Remove a finished staging file that is published or abandoned; fine if it is gone."""
        if not _NAME.fullmatch(name):
            raise StoreError("not the name of a staging file")
        with _speaking():
            (self._folder / name).unlink(missing_ok=True)

    def sweep(self, keep: Callable[[], Collection[str]], *, dry: bool = False) -> int:
        """Remove what no living process owns and ``keep`` does not name; gives how many files that were.

        With ``dry`` nothing goes: it only counts.

        ``keep`` gives the staging names of finished parts of every open run that stages here. It is called after the
        dead owners are known: whatever a process finished before it died is in the run store by then.
        """
        with _speaking(), self._guard():
            dead: dict[str, int] = {}
            try:
                living = self._living(dead)
                kept = set(keep())
                removed = 0
                for path in self._folder.iterdir():
                    name = path.name
                    if _NAME.fullmatch(name) and name.partition(".")[0] not in living and name not in kept:
                        removed += 1
                        if not dry:
                            path.unlink(missing_ok=True)
                for token in () if dry else dead:
                    (self._folder / f"{_OWNER}{token}").unlink(missing_ok=True)
                return removed
            finally:
                for descriptor in dead.values():
                    os.close(descriptor)

    def close(self) -> None:
        """Own nothing any more: files that were created here and are not in the run store may be swept."""
        if self._owner is not None and self._process == os.getpid():
            os.close(self._owner)
        self._owner = None

    def __del__(self) -> None:
        # A process that runs flow after flow must not keep what the earlier ones owned.
        self.close()

    def _own(self) -> None:
        """Take an owner file of this process's own, once; a forked process takes another."""
        if self._owner is not None and self._process == os.getpid():
            return
        with _speaking(), self._guard():
            token = os.urandom(8).hex()
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self._folder / f"{_OWNER}{token}", flags, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        self._owner, self._token, self._process, self._count = descriptor, token, os.getpid(), 0

    def _living(self, dead: dict[str, int]) -> set[str]:
        """Tokens whose owner lives; the others' descriptors, now locked by us, go to ``dead``."""
        living: set[str] = set()
        for path in self._folder.glob(f"{_OWNER}*"):
            token = path.name.removeprefix(_OWNER)
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(descriptor)
                if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES):
                    raise
                living.add(token)
            else:
                dead[token] = descriptor
        return living

    @contextlib.contextmanager
    def _guard(self) -> Iterator[None]:
        """One at a time makes owners or sweeps, so that an owner file is never seen before it is locked."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self._folder / ".guard", flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


class FileStaged:
    """Implements `pratique.ports.Staged`; one thread."""

    __slots__ = ("_file", "_path", "_settling", "name", "size")

    name: str
    """Its path relative to the staging folder."""
    size: int
    """Bytes written."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.size = 0
        self._path = folder / name
        self._settling: _Settling | None = None
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        self._file: BinaryIO | None = os.fdopen(os.open(self._path, flags, 0o600), "wb", buffering=_BUFFER)

    def write(self, data: bytes | memoryview) -> None:
        """Append. Raises `StoreError` after `finish` or `discard`, and where the disk is full."""
        with _speaking():
            self._writable().write(data)
        self.size += data.nbytes if isinstance(data, memoryview) else len(data)

    def finish(self) -> BinaryIO:
        """Flush, make read-only, and give the one open descriptor (read-only too), at offset 0.

        No descriptor that can write is left, here or anywhere. What was written goes to the disk while the caller reads
        it again; `settle` says when it is there.
        """
        with _speaking():
            file = self._writable()
            file.flush()
            os.fchmod(file.fileno(), _FINISHED)
            written = os.fstat(file.fileno())
            file.close()
            self._file = None
            stream = _open_finished(self._path)
            found = os.fstat(stream.fileno())
            if (found.st_dev, found.st_ino, found.st_size) != (written.st_dev, written.st_ino, self.size):
                stream.close()
                raise StoreError("a staging file was changed by another process", where=self.name)
            self._settling = _Settling(stream.fileno(), self._path.parent)
        return stream

    def settle(self) -> None:
        """Wait until the finished file and its name are on the disk. Raises `StoreError` where the disk failed."""
        if self._settling is None:
            raise StoreError("a staging file that is not finished does not settle", where=self.name)
        with _speaking():
            self._settling.wait()

    def discard(self) -> None:
        """Remove it; fine if it is gone."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        if self._settling is not None:
            # Else the file lived on for a moment without a name.
            with contextlib.suppress(OSError):
                self._settling.wait()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _writable(self) -> BinaryIO:
        if self._file is None:
            raise StoreError("a staging file that is finished takes nothing more", where=self.name)
        return self._file


class _Settling:
    """A file on its way to the disk, in a thread of its own: a worker's core need not wait for it."""

    __slots__ = ("_error", "_thread")

    def __init__(self, descriptor: int, folder: Path) -> None:
        self._error: OSError | None = None
        own = os.dup(descriptor)  # The caller may close its own meanwhile.
        self._thread = threading.Thread(target=self._work, args=(own, folder), name="settling")
        try:
            self._thread.start()
        except RuntimeError:  # No thread to be had: then here.
            self._thread = threading.Thread()
            self._work(own, folder)

    def _work(self, descriptor: int, folder: Path) -> None:
        try:
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            sync_folder(folder)
        except OSError as error:
            self._error = error

    def wait(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error


def _open_finished(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o222:
        os.close(descriptor)
        raise StoreError("not a finished staging file", where=path.name)
    return os.fdopen(descriptor, "rb", buffering=_BUFFER)


@contextlib.contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror})", where="staging", do=remedy(error)) from None
