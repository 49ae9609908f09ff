"""Key files: written whole or not at all, never over another file; read only where nobody else can.

`sync_folder` is for everybody who gives a file its name.
"""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from pratique.errors import KeyStoreError, remedy

PRIVATE = 0o600
PUBLIC = 0o644
MAX_SIZE = 1 << 20
"""A key file is refused above this size, in bytes."""


def write_new(path: Path, data: bytes, mode: int) -> None:
    """Create ``path`` with ``data`` and ``mode``, durably and in one step; raises `KeyStoreError` if it exists.

    The bytes go to a temporary file beside it, which is then linked under the final name: a link never replaces. A
    missing parent folder is made, open to its owner only.
    """
    temporary = path.parent / f".{path.name}.{os.getpid()}.{os.urandom(6).hex()}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                os.fchmod(file.fileno(), mode)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
    except FileExistsError:
        raise KeyStoreError(
            "exists already, and a key is never overwritten", where=str(path), do="name another file"
        ) from None
    except OSError as error:
        raise KeyStoreError(f"cannot be written: {error.strerror}", where=str(path), do=remedy(error)) from None


def replace_private(path: Path, data: bytes, check: Callable[[Path], None]) -> None:
    """Put ``data`` in the place of a private file, durably and in one step, once ``check`` takes the new file.

    The only way by which a key file is ever replaced; who calls it sees to it that no key is lost. Raises
    `KeyStoreError`, and whatever ``check`` raises; the file is then what it was.
    """
    temporary = path.parent / f".{path.name}.{os.getpid()}.{os.urandom(6).hex()}"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            check(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise KeyStoreError(f"cannot be written: {error.strerror}", where=str(path)) from None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last over a power cut. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_private(path: Path) -> bytes:
    """The bytes of a private file; raises `KeyStoreError` if anyone but its owner can read or write it.

    A symbolic link is followed (that is how mounted secrets look): what counts is the opened file itself. It must be a
    regular file of this user or of root, without any right for group and others.
    """
    data, state = _read(path)
    if stat.S_IMODE(state.st_mode) & 0o077:
        raise KeyStoreError("a private key that others may open", where=str(path), do="run: chmod 600 on it")
    if state.st_uid not in (os.geteuid(), 0):
        raise KeyStoreError("a private key that belongs to another user", where=str(path))
    return data


def read_public(path: Path) -> bytes:
    """The bytes of a public file; raises `KeyStoreError` if it is missing, too large or no regular file."""
    return _read(path)[0]


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    try:
        # Non-blocking, so that a named pipe put in the place of a key cannot hang the program.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise KeyStoreError("not a regular file", where=str(path))
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError:
        do = "restore it from a backup; where there never was one, run: pratique keys create"
        raise KeyStoreError("no such key file", where=str(path), do=do) from None
    except OSError as error:
        raise KeyStoreError(f"cannot be read: {error.strerror}", where=str(path), do=remedy(error)) from None
    except ValueError:
        raise KeyStoreError("not a file name", where=repr(str(path))) from None
    if len(data) > MAX_SIZE:
        raise KeyStoreError("too large for a key file", where=str(path))
    return data, state
