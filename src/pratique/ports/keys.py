"""Keys: secrets, signers, the key store of a region."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from pratique.model.plan import KeyRef


class Secret(Protocol):
    """Key bytes that do not print, compare in constant time, and refuse to be pickled."""

    def reveal(self) -> bytes:
        """The bytes. Call it only where a primitive takes them."""
        ...


class Signer(Protocol):
    """An Ed25519 private key that can only sign."""

    @property
    def key_id(self) -> str:
        """SHA-256 of the raw public key, first 16 hex digits."""
        ...

    @property
    def public(self) -> bytes:
        """The raw 32-byte public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


@runtime_checkable
class KeyStore(Protocol):
    """The company's keys of one region. Raises `KeyStoreError` where a key is not to be had; never makes one up."""

    def derive(self, use: str, ref: KeyRef, length: int) -> Secret:
        """HKDF-SHA-256 of the master key of ``ref.version``'s epoch; ``info`` is the canonical JSON of use and ref.

        ``use`` is ``token``, ``pseudonym``, ``shift_date``, ``inputs`` or ``parts``. Same arguments and key file: same
        bytes, for ever.
        """
        ...

    def current_version(self, domain: str) -> int:
        """The key version that new plans use for this domain (1 unless rotated)."""
        ...

    def exporter(self) -> Signer:
        """The key that signs releases and audit heads."""
        ...

    def exporter_public(self) -> bytes:
        """Raw 32-byte Ed25519 public key of `exporter`."""
        ...

    def quarantine_public(self) -> bytes:
        """Raw 32-byte X25519 public key that quarantine is sealed to."""
        ...

    def fernet(self, name: str) -> Sequence[Secret]:
        """The imported Fernet keys of this name, in order, 32 bytes each: tokens of older pipelines are decoded with
        them, and nothing is made.
        """
        ...

    def describe(self) -> Sequence[Mapping[str, str]]:
        """For people: kind, id, version, created. No secret."""
        ...
