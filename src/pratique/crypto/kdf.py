"""Keys from keys: HKDF with SHA-256 (RFC 5869)."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pratique.crypto.secret import SecretBytes

MAX_LENGTH = 255 * 32
"""The most bytes that HKDF-SHA-256 gives for one ``info``."""


def hkdf(master: SecretBytes, info: bytes, length: int, *, salt: bytes = b"") -> SecretBytes:
    """``length`` bytes (1 to `MAX_LENGTH`) of key for ``info``; different ``info`` gives unrelated keys.

    An empty salt is the one of RFC 5869: 32 zero bytes. Raises `ValueError` for a length out of range.
    """
    if not 1 <= length <= MAX_LENGTH:
        raise ValueError("HKDF-SHA-256 gives 1 to 8160 bytes")
    return SecretBytes(HKDF(SHA256(), length, salt or None, info).derive(master.reveal()))
