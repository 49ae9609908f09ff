"""A folder as a dataset to write: what was cleared, copied; then one signed document."""

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pratique.connectors.files.places import local_path, safe_name
from pratique.crypto.files import sync_folder
from pratique.errors import RefusedError, SinkError, remedy
from pratique.ports import Cleared

_CHUNK = 1 << 20
_LARGEST_DOCUMENT = 64 << 20
"""Bytes of the largest document that `FilesSink.read` gives."""
_READ_ONLY = 0o444
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


class FilesSink:
    """Implements `pratique.ports.Sink` for a folder; makes it where it is missing.

    A file appears under its name whole, flushed to the disk, and never over another: first a hidden file beside it,
    then a link. A file whose writer was killed is overwritten by the next attempt at the same name. Modes follow the
    umask; where staging and target share a file system, published files are read-only. One process publishes to a
    folder at a time (the run store's lock sees to it).
    """

    def __init__(self, uri: str, root: Path, is_cleared: Callable[[object], bool]) -> None:
        """``root`` is the folder that relative URIs are under; ``is_cleared`` is the gate's own test."""
        self._folder = local_path(uri, root)
        self._is_cleared = is_cleared

    def publish(self, cleared: Cleared) -> None:
        """Copy a cleared file; see `pratique.ports.Sink.publish`."""
        if not self._is_cleared(cleared):
            raise RefusedError("only what the gate has cleared is published")
        with self._writing(cleared.name):
            final = self._final(cleared.name)
            if _is_same(final, cleared.digest, cleared.size):
                # A writer that was killed just after the link left the other name: an added file to those who verify.
                _hidden(final).unlink(missing_ok=True)
            else:
                stream = cleared.descriptor()
                if not self._adopt(final, stream, cleared.digest, cleared.size):
                    stream.seek(0)
                    self._place(final, iter(lambda: stream.read(_CHUNK), b""), cleared.digest, cleared.size)

    def commit(self, name: str, data: bytes) -> None:
        """Write a small document; see `pratique.ports.Sink.commit`."""
        digest = hashlib.sha256(data).hexdigest()
        with self._writing(name):
            final = self._final(name)
            if _is_same(final, digest, len(data)):
                _hidden(final).unlink(missing_ok=True)
            else:
                self._place(final, iter([data]), digest, len(data))

    def read(self, name: str) -> bytes | None:
        """A small document's bytes, or None."""
        with self._writing(name, "read"):
            final = self._final(name, make=False)
            if not final.exists():
                return None
            if final.stat().st_size > _LARGEST_DOCUMENT:
                raise SinkError("too large for a document", where=name)
            return final.read_bytes()

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, what unfinished attempts at them left, and folders that are empty then."""
        for name in names:
            with self._writing(name, "removed"):
                final = self._final(name, make=False)
                for path in (final, _hidden(final)):
                    path.unlink(missing_ok=True)
                self._remove_empty(final.parent)

    @contextlib.contextmanager
    def _writing(self, name: str, verb: str = "written") -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "unknown"
            where = name if safe_name(name) else ""
            raise SinkError(f"cannot be {verb} ({reason})", where=where, do=remedy(error)) from None

    def _final(self, name: str, *, make: bool = True) -> Path:
        """The path of a published name; no link on the way may lead out of the folder."""
        safe = safe_name(name)
        if safe is None:
            raise SinkError("not a name to publish under")
        final = self._folder / PurePosixPath(safe)
        if make:
            final.parent.mkdir(parents=True, exist_ok=True)
        if not final.parent.resolve().is_relative_to(self._folder.resolve()) or final.is_symlink():
            raise RefusedError("a link leads out of the folder", where=name)
        return final

    def _place(self, final: Path, pieces: Iterator[bytes], digest: str, size: int) -> None:
        hidden = _hidden(final)
        hidden.unlink(missing_ok=True)
        try:
            # A new file by all means: never through a link that somebody put there.
            with open(hidden, "xb") as target:  # noqa: PTH123 - reads better than Path.open here
                found, length = _copy(pieces, target)
            if (found, length) != (digest, size):
                raise RefusedError("the bytes are not those that were cleared", where=final.name)
            _link(hidden, final, digest, size)
        finally:
            with contextlib.suppress(OSError):
                hidden.unlink(missing_ok=True)
        self._flush_folders(final.parent)

    def _adopt(self, final: Path, stream: BinaryIO, digest: str, size: int) -> bool:
        """Give the cleared file itself, which nobody can write to any more, its public name: as good as a copy, without
        writing it twice. Only where staging and target share a file system; False where they do not.

        The file that the descriptor is open on gets the name, so there is no copy that could differ from what the gate
        hashed through that descriptor. Who changes it after that is found out by the digest in the release.
        """
        hidden = _hidden(final)
        hidden.unlink(missing_ok=True)
        try:
            # By way of a folder's descriptor: only then does Python ask the system to follow the link to the open file.
            descriptors = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.link(str(stream.fileno()), hidden, src_dir_fd=descriptors, follow_symlinks=True)
            finally:
                os.close(descriptors)
        except OSError:
            return False
        try:
            found = os.fstat(stream.fileno())
            if found.st_mode & 0o222 or not os.path.samestat(found, hidden.lstat()):
                return False
            if found.st_size != size:
                raise RefusedError("the bytes are not those that were cleared", where=final.name)
            os.fchmod(stream.fileno(), _READ_ONLY & ~_umask())
            _link(hidden, final, digest, size)
        finally:
            with contextlib.suppress(OSError):
                hidden.unlink(missing_ok=True)
        self._flush_folders(final.parent)
        return True

    def _flush_folders(self, folder: Path) -> None:
        while True:
            sync_folder(folder)
            if folder in (self._folder, folder.parent):
                return
            folder = folder.parent

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._folder and folder.is_relative_to(self._folder):
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _hidden(final: Path) -> Path:
    return final.with_name(f".{final.name}.tmp")


def _copy(pieces: Iterator[bytes], target: BinaryIO) -> tuple[str, int]:
    """Write, flush to the disk; digest and length of what was written."""
    digest, length = hashlib.sha256(), 0
    for piece in pieces:
        target.write(piece)
        digest.update(piece)
        length += len(piece)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), length


def _link(hidden: Path, final: Path, digest: str, size: int) -> None:
    """Give the finished file its name, never over another; same bytes under the name are fine."""
    try:
        os.link(hidden, final)
    except FileExistsError:
        _is_same(final, digest, size)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        hidden.rename(final)


def _is_same(final: Path, digest: str, size: int) -> bool:
    """Whether the file stands already; raises `RefusedError` where other bytes have its name."""
    try:
        with final.open("rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise RefusedError("something else has the name", where=final.name)
            same_size = os.fstat(stream.fileno()).st_size == size
            if same_size and hashlib.file_digest(stream, "sha256").hexdigest() == digest:
                return True
    except FileNotFoundError:
        return False
    raise RefusedError("other bytes have the name already", where=final.name, do="remove the file if nobody needs it")
