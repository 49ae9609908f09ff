"""HMAC-SHA-256 (RFC 2104) of many short messages under one key."""

import hashlib
from collections.abc import Iterable

from pratique.crypto.secret import SecretBytes, Unpicklable
from pratique.ports import Secret

_BLOCK = 64


class HmacKey(Unpicklable):
    """HMAC-SHA-256 bound to a key. The two padded key blocks are hashed once and copied for each message."""

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: Secret) -> None:
        raw = key.reveal()
        if len(raw) > _BLOCK:
            raw = hashlib.sha256(raw).digest()
        block = raw.ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(b ^ 0x36 for b in block))
        self._outer = hashlib.sha256(bytes(b ^ 0x5C for b in block))

    def many(self, messages: Iterable[bytes]) -> list[bytes]:
        """The 32-byte codes of the messages, in order."""
        inner, outer = self._inner, self._outer
        codes = []
        for message in messages:
            first = inner.copy()
            first.update(message)
            second = outer.copy()
            second.update(first.digest())
            codes.append(second.digest())
        return codes

    def one(self, message: bytes) -> SecretBytes:
        """The code of one message, as a secret (it may itself be a key)."""
        return SecretBytes(self.many([message])[0])
