"""Ed25519 (RFC 8032): signing keys, their files, and verification.

Private keys are PEM PKCS#8 files (RFC 8410), open to their owner only; public keys are PEM SubjectPublicKeyInfo files.
A public key travels inside the program as its raw 32 bytes, and is named by its id.
"""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from pratique.crypto.files import PRIVATE, PUBLIC, read_private, read_public, write_new
from pratique.crypto.secret import SecretBytes, Unpicklable
from pratique.errors import KeyStoreError

PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64


def key_id(public: bytes) -> str:
    """SHA-256 of the raw public key, first 16 hex digits."""
    return hashlib.sha256(public).hexdigest()[:16]


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) over ``message`` was made with the private half of ``public`` (raw 32 bytes).

    False, never an exception, for keys and signatures of a wrong form.
    """
    if len(public) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Ed25519Signer(Unpicklable):
    """Implements `pratique.ports.Signer`: a private key that can only sign."""

    __slots__ = ("_id", "_key", "_public")

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self._public = key.public_key().public_bytes_raw()
        self._id = key_id(self._public)

    @classmethod
    def from_secret(cls, seed: SecretBytes) -> "Ed25519Signer":
        """From the raw 32-byte private key; raises `ValueError` for another length."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed.reveal()))

    @property
    def key_id(self) -> str:
        """SHA-256 of the raw public key, first 16 hex digits."""
        return self._id

    @property
    def public(self) -> bytes:
        """The raw 32-byte public key."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message has the same signature."""
        return self._key.sign(message)

    def save(self, path: Path) -> None:
        """Write the private key as PEM PKCS#8, 0600; never over another file (`KeyStoreError`)."""
        write_new(path, self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), PRIVATE)


def generate() -> Ed25519Signer:
    """A new signing key from the operating system's randomness."""
    return Ed25519Signer(Ed25519PrivateKey.generate())


def load_signer(path: Path) -> Ed25519Signer:
    """The private key of a PEM file that only its owner may open; `KeyStoreError` otherwise."""
    data = read_private(path)
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyStoreError(
            "not an unencrypted PEM private key", where=str(path), do="name the right file, or restore it from a backup"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyStoreError("a private key, but not an Ed25519 one", where=str(path))
    return Ed25519Signer(key)


def public_pem(public: bytes) -> bytes:
    """The raw public key as PEM SubjectPublicKeyInfo; raises `ValueError` if it is not 32 bytes."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def save_public(path: Path, public: bytes) -> None:
    """Write a public key as PEM; never over another file (`KeyStoreError`)."""
    write_new(path, public_pem(public), PUBLIC)


def load_public(path: Path) -> bytes:
    """The raw 32 bytes of a PEM public key; `KeyStoreError` for anything else, a private key included."""
    return parse_public(read_public(path), where=str(path))


def parse_public(data: bytes, *, where: str = "") -> bytes:
    """The raw 32 bytes of a PEM public key given as bytes; `KeyStoreError` for anything else."""
    try:
        key = load_pem_public_key(data)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyStoreError("not a PEM public key", where=where, do="restore the file, or name the right one") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyStoreError("a public key, but not an Ed25519 one", where=where)
    return key.public_bytes_raw()
