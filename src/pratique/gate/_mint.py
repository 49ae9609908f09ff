"""The mint: the one place that makes `Cleared`. Only `pratique.gate` may import it, and only after an inspection."""

from typing import BinaryIO, NoReturn, final

_STAMP = object()
"""Known to this module alone: what does not carry it was not made here."""


@final
class ClearedFile:
    """An open, finished staging file that the gate found clean: a name, a digest, a size, a descriptor; never a path.

    It cannot be constructed elsewhere, subclassed, changed, copied or pickled.
    """

    __slots__ = ("_descriptor", "_digest", "_name", "_size", "_stamp")

    _descriptor: BinaryIO
    _digest: str
    _name: str
    _size: int
    _stamp: object

    def __init__(self, stamp: object, *, name: str, digest: str, size: int, descriptor: BinaryIO) -> None:
        if stamp is not _STAMP:
            raise TypeError("only the gate clears files")
        for slot, value in (
            ("_stamp", stamp),
            ("_name", name),
            ("_digest", digest),
            ("_size", size),
            ("_descriptor", descriptor),
        ):
            object.__setattr__(self, slot, value)

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("only the gate clears files")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("what is cleared does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("what is cleared does not change")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("what is cleared does not leave its process, and is not copied")

    def __repr__(self) -> str:
        return f"ClearedFile({self._name!r}, {self._size} bytes)"

    @property
    def name(self) -> str:
        """The name to publish under, relative to the target dataset."""
        return self._name

    @property
    def digest(self) -> str:
        """SHA-256 (hex) that the gate computed over the bytes that it re-read."""
        return self._digest

    @property
    def size(self) -> int:
        """Bytes."""
        return self._size

    def descriptor(self) -> BinaryIO:
        """The open descriptor, at offset 0."""
        self._descriptor.seek(0)
        return self._descriptor


def mint(*, name: str, digest: str, size: int, descriptor: BinaryIO) -> ClearedFile:
    """Make a `Cleared`. Call it only where an inspection found nothing, on the descriptor that was inspected."""
    return ClearedFile(_STAMP, name=name, digest=digest, size=size, descriptor=descriptor)


def is_cleared(candidate: object) -> bool:
    """Whether the gate made this very object. Sinks of another region ask it of whatever they are given."""
    return type(candidate) is ClearedFile and getattr(candidate, "_stamp", None) is _STAMP
