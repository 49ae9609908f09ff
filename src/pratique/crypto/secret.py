"""Key bytes that do not print, compare in constant time, and refuse to leave the process."""

import hmac
from typing import Never, SupportsIndex


class Unpicklable:
    """A base for whatever holds key material: it cannot be pickled or copied (`TypeError`), and its ``repr`` is blank.

    The limit: code of the same process can still reach the bytes; this guards against accidents, such as a key that
    travels inside a serialised job or a traceback that shows locals.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> Never:
        raise TypeError(f"{type(self).__name__} holds a key: it is not pickled or copied")

    def __reduce__(self) -> Never:
        raise TypeError(f"{type(self).__name__} holds a key: it is not pickled or copied")

    def __getstate__(self) -> Never:
        raise TypeError(f"{type(self).__name__} holds a key: it has no state to give")


class SecretBytes(Unpicklable):
    """Implements `pratique.ports.Secret`. Not hashable, so that it never becomes a key of a mapping that is shown."""

    __slots__ = ("_held",)

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, held: bytes) -> None:
        self._held = bytes(held)

    def reveal(self) -> bytes:
        """The bytes. Call it only where a primitive takes them."""
        return self._held

    def __len__(self) -> int:
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SecretBytes):
            return NotImplemented
        return hmac.compare_digest(self._held, other._held)
