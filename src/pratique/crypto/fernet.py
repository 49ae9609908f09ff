"""Fernet tokens of older pipelines: decoded, never made.

The form (https://github.com/fernet/spec): URL-safe Base64 of a version byte (0x80), a time, an IV, AES-128-CBC
ciphertext and HMAC-SHA-256. The time is ignored, so a token never expires; the version byte and the MAC are checked
before anything is decrypted.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken

from pratique.crypto.secret import Unpicklable
from pratique.errors import KeyStoreError

KEY_SIZE = 32
"""Bytes: 16 that sign, 16 that encrypt."""


class _Revealing(Protocol):
    def reveal(self) -> bytes: ...


class FernetDecoder(Unpicklable):
    """Opens tokens that one of some keys made."""

    __slots__ = ("_ways",)

    def __init__(self, keys: Sequence[_Revealing]) -> None:
        """``keys``: secrets of `KEY_SIZE` bytes, tried in order."""
        self._ways = [Fernet(base64.urlsafe_b64encode(key.reveal())) for key in keys]

    def decode(self, token: str) -> str | None:
        """What is in a token; None for anything that is not exactly one token of these keys, or holds no UTF-8 text.

        Exactly: not a character more, in the one spelling that its bytes have in Base64.
        """
        try:
            given = token.encode("ascii")
            if base64.urlsafe_b64encode(base64.urlsafe_b64decode(given)) != given:
                return None
        except (ValueError, binascii.Error):
            return None
        for way in self._ways:
            try:
                return way.decrypt(given).decode()
            except InvalidToken:
                continue
            except UnicodeDecodeError:
                return None
        return None


def read_fernet_keys(data: bytes, where: str) -> list[bytes]:
    """The keys of a file as Fernet's tools write them: URL-safe Base64 of 32 bytes, one a line. `KeyStoreError`."""
    found: list[bytes] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        text = line.strip()
        if not text:
            continue
        try:
            raw = base64.urlsafe_b64decode(text)
        except (ValueError, binascii.Error):
            raw = b""
        if len(raw) != KEY_SIZE or base64.urlsafe_b64encode(raw) != text:
            raise KeyStoreError("not a Fernet key", where=f"{where}:{number}", do="write one a line, as it was made")
        found.append(raw)
    if not found:
        raise KeyStoreError("holds no Fernet key", where=where)
    if len(set(found)) < len(found):
        raise KeyStoreError("holds a key twice", where=where)
    return found
