"""Sealing to a public key: who seals cannot open.

One header opens a file: an ephemeral X25519 key (RFC 7748) agrees with the recipient's public key on a data key
(HKDF-SHA-256 over the shared secret, with both public keys and the file's context as ``info``), so that many records
are sealed under it at the cost of AES-256-GCM alone. A record's nonce is its counter; the header is bound through the
data key.

The form, version 1: header = ``PRQSEAL`` + one version byte + 8 bytes of SHA-256 of the recipient's public key + the
32-byte ephemeral public key; a record = the AES-256-GCM ciphertext with its 16-byte tag, whose nonce is four zero bytes
and the counter as 64 bits, big-endian.

The limits: the sender is anonymous (anyone with the public key can seal); records that are missing at the end of a file
are for the caller to notice, by a count that is sealed too.
"""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pratique.crypto.files import PRIVATE, read_private, write_new
from pratique.crypto.kdf import hkdf
from pratique.crypto.secret import SecretBytes, Unpicklable
from pratique.errors import KeyStoreError, VerifyError

MAGIC = b"PRQSEAL"
VERSION = 1
_ID_SIZE = 8
_PUBLIC_SIZE = 32
HEADER_SIZE = len(MAGIC) + 1 + _ID_SIZE + _PUBLIC_SIZE
"""Bytes of a header."""
OVERHEAD = 16
"""Bytes that a sealed record is longer than its plaintext."""


class UnsealKey(Unpicklable):
    """The private half (X25519) of a sealing key. Workers never hold one."""

    __slots__ = ("_key",)

    def __init__(self, key: X25519PrivateKey) -> None:
        self._key = key

    @property
    def public(self) -> bytes:
        """The raw 32-byte public key to seal to."""
        return self._key.public_key().public_bytes_raw()

    def agree(self, public: bytes) -> SecretBytes:
        """The shared secret with another public key; `ValueError` for a point of low order."""
        return SecretBytes(self._key.exchange(X25519PublicKey.from_public_bytes(public)))

    def save(self, path: Path) -> None:
        """Write it as PEM PKCS#8, 0600; never over another file (`KeyStoreError`)."""
        write_new(path, self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), PRIVATE)


def generate_unseal_key() -> UnsealKey:
    """A new key pair from the operating system's randomness."""
    return UnsealKey(X25519PrivateKey.generate())


def load_unseal_key(path: Path) -> UnsealKey:
    """The private key of a PEM file that only its owner may open; `KeyStoreError` otherwise."""
    return parse_unseal_key(read_private(path), where=str(path))


def parse_unseal_key(data: bytes, *, where: str = "") -> UnsealKey:
    """The private key of a PEM file given as bytes; `KeyStoreError` for anything else."""
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyStoreError(
            "not an unencrypted PEM private key", where=where, do="name the right file, or restore it from a backup"
        ) from None
    if not isinstance(key, X25519PrivateKey):
        raise KeyStoreError("a private key, but not an X25519 one", where=where)
    return UnsealKey(key)


class Sealer(Unpicklable):
    """Seals the records of one file to ``public`` (raw X25519) under ``context`` (what the file is: run, part).

    Raises `KeyStoreError` for a public key that no secret can be agreed with.
    """

    __slots__ = ("_aead", "_next", "header")

    header: bytes
    """What an opener needs beside its private key and the context; stands before the records."""

    def __init__(self, public: bytes, context: bytes) -> None:
        ephemeral = generate_unseal_key()
        try:
            shared = ephemeral.agree(public)
        except ValueError:
            raise KeyStoreError("not an X25519 public key that can be sealed to") from None
        self.header = MAGIC + bytes([VERSION]) + _key_name(public) + ephemeral.public
        self._aead = _data_key(shared, self.header, public, context)
        self._next = 0

    def seal(self, counter: int, plaintext: bytes) -> bytes:
        """Seal one record; `ValueError` unless counters ascend (a nonce is never used twice)."""
        if not self._next <= counter < 1 << 64:
            raise ValueError("the counters of sealed records ascend from 0")
        self._next = counter + 1
        return self._aead.encrypt(_nonce(counter), plaintext, None)


class Opener(Unpicklable):
    """Opens what a `Sealer` with the same context sealed.

    Raises `VerifyError` for a header of another form, `KeyStoreError` for one that was sealed to another key. A wrong
    context shows when the first record does not open.
    """

    __slots__ = ("_aead",)

    def __init__(self, private: UnsealKey, header: bytes, context: bytes) -> None:
        if len(header) != HEADER_SIZE or not header.startswith(MAGIC):
            raise VerifyError("not a sealed file of Pratique")
        if header[len(MAGIC)] != VERSION:
            raise VerifyError("sealed by a newer version of Pratique", do="update to read it")
        if header[len(MAGIC) + 1 :][:_ID_SIZE] != _key_name(private.public):
            raise KeyStoreError("sealed to another key than the one given")
        try:
            shared = private.agree(header[-_PUBLIC_SIZE:])
        except ValueError:
            raise VerifyError("the header of a sealed file was altered") from None
        self._aead = _data_key(shared, header, private.public, context)

    def open(self, counter: int, sealed: bytes) -> bytes:
        """The plaintext of the record with this counter; `VerifyError` if it or its place was altered."""
        if not 0 <= counter < 1 << 64:
            raise VerifyError("a sealed record with a counter out of range")
        try:
            return self._aead.decrypt(_nonce(counter), sealed, None)
        except InvalidTag:
            raise VerifyError("a sealed record was altered or moved, or the context is another") from None


def _key_name(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:_ID_SIZE]


def _data_key(shared: SecretBytes, header: bytes, public: bytes, context: bytes) -> AESGCM:
    info = b"pratique/seal/1\0" + header + public + context
    return AESGCM(hkdf(shared, info, 32).reveal())


def _nonce(counter: int) -> bytes:
    return counter.to_bytes(12)
