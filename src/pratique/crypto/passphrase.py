"""Sealing under a passphrase: scrypt (RFC 7914) and AES-256-GCM.

The form, version 1: ``PRQBACKUP``, one version byte, one byte log2 of scrypt's N, 16 bytes of salt, 12 bytes of nonce,
then the AES-256-GCM ciphertext with its 16-byte tag. Everything before the ciphertext is its associated data. The key
is scrypt of the passphrase (NFC, UTF-8) and the salt with N, r = 8, p = 1: for N = 2^17 that takes 128 MiB and about
half a second for every guess.

The limit: it is as good as the passphrase. Twelve characters are the least that is taken; five random words are better.
"""

import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pratique.crypto.secret import SecretBytes
from pratique.errors import KeyStoreError

MAGIC = b"PRQBACKUP"
VERSION = 1
LOG_N = 17
"""What new files are written with."""
SHORTEST = 12
"""Characters of a passphrase."""

_LARGEST_LOG_N = 20
"""A file that asks for more memory than 1 GiB was not written by Pratique."""
_SMALLEST_LOG_N = 14
_SALT = 16
_NONCE = 12
_HEAD = len(MAGIC) + 2 + _SALT + _NONCE


def passphrase_of(text: str) -> SecretBytes:
    """A passphrase as the bytes that count: however it was typed, the same. `KeyStoreError` for one that is short."""
    if len(text) < SHORTEST:
        raise KeyStoreError(f"a passphrase has {SHORTEST} characters at least", do="take five random words")
    try:
        return SecretBytes(unicodedata.normalize("NFC", text).encode())
    except UnicodeError:
        raise KeyStoreError("a passphrase is Unicode text") from None


def seal(passphrase: SecretBytes, plaintext: bytes, *, salt: bytes = b"", nonce: bytes = b"") -> bytes:
    """The sealed form; ``salt`` and ``nonce`` are random, and given only by who holds the form to its golden vector."""
    salt, nonce = salt or os.urandom(_SALT), nonce or os.urandom(_NONCE)
    head = MAGIC + bytes([VERSION, LOG_N]) + salt + nonce
    return head + AESGCM(_key(passphrase, salt, LOG_N)).encrypt(nonce, plaintext, head)


def unseal(passphrase: SecretBytes, sealed: bytes, *, where: str = "") -> SecretBytes:
    """The inverse of `seal`. Raises `KeyStoreError` for another form, and for a wrong passphrase or an altered file,
    which cannot be told apart.
    """
    if len(sealed) < _HEAD or not sealed.startswith(MAGIC):
        raise KeyStoreError("not a key backup of Pratique", where=where)
    version, log_n = sealed[len(MAGIC)], sealed[len(MAGIC) + 1]
    if version > VERSION:
        raise KeyStoreError("written by a newer version of Pratique", where=where, do="update to read it")
    if version != VERSION or not _SMALLEST_LOG_N <= log_n <= _LARGEST_LOG_N:
        raise KeyStoreError("a key backup that was altered", where=where, do="take another copy of it")
    salt, nonce = sealed[len(MAGIC) + 2 : _HEAD - _NONCE], sealed[_HEAD - _NONCE : _HEAD]
    try:
        opened = AESGCM(_key(passphrase, salt, log_n)).decrypt(nonce, sealed[_HEAD:], sealed[:_HEAD])
    except InvalidTag:
        raise KeyStoreError(
            "does not open: the passphrase is another, or the file was altered", where=where, do="try again"
        ) from None
    return SecretBytes(opened)


def _key(passphrase: SecretBytes, salt: bytes, log_n: int) -> bytes:
    try:
        return Scrypt(salt, 32, 1 << log_n, 8, 1).derive(passphrase.reveal())
    except MemoryError:
        raise KeyStoreError(f"opening it takes {(1 << log_n) >> 10} MiB of memory, which is not there") from None
