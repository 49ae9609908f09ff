"""What inspections saw of files, so that a file that nobody has touched since need not be hashed a second time."""

import os
from dataclasses import dataclass
from typing import BinaryIO

_Identity = tuple[int, ...]
_BELIEVED: dict[_Identity, "Witness"] = {}
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Witness:
    """That an inspection read a finished file to its end and found it clean.

    It holds on the machine where it was made, for as long as the system says that nothing touched the file: a write, a
    change of rights or a file of the same name in its place has another identity.
    """

    identity: _Identity
    """Device, inode, size, and when its bytes and its rights were changed last (ns)."""
    digest: str
    """SHA-256, hex."""
    size: int
    """Bytes."""


def witness_of(staged: BinaryIO, digest: str, size: int) -> Witness | None:
    """The witness of an inspection of this descriptor; None for what is no file, or may still be written."""
    identity = _identity(staged)
    return None if identity is None else Witness(identity, digest, size)


def believe(witness: object) -> None:
    """Take a witness of an inspection that this process made, or that a worker made which it started itself.

    Never one that was stored, or that came over a network: the words of others are checked against the bytes.
    """
    if isinstance(witness, Witness):
        if len(_BELIEVED) >= _MOST:
            _BELIEVED.clear()
        _BELIEVED[witness.identity] = witness


def believed(staged: BinaryIO) -> tuple[str, int] | None:
    """Digest and size of the file behind this descriptor, if a believed inspection read just this file as it is."""
    identity = _identity(staged)
    found = None if identity is None else _BELIEVED.get(identity)
    return None if found is None else (found.digest, found.size)


def _identity(staged: BinaryIO) -> _Identity | None:
    try:
        found = os.fstat(staged.fileno())
    except OSError:  # what is no file has no identity
        return None
    if found.st_mode & 0o222:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
