"""AES-SIV (RFC 5297) with a 512-bit key, for many short plaintexts at once.

Deterministic authenticated encryption: equal plaintexts have equal ciphertexts, and nothing else about them shows but
their length. The associated data are fixed when the key is bound. Plaintexts are non-empty multiples of 16 bytes (the
caller pads), so that every value of one length goes through AES together: with fixed associated data, S2V is one chain
of CBC over the plaintext (``T = P xorend D``), and CMAC never meets an incomplete block. The result is that of any
other AES-SIV with the associated data as given; a test compares the two.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from pratique.crypto.secret import Unpicklable
from pratique.ports import Secret

KEY_SIZE = 64
BLOCK = 16
SMALL = 24
"""Below this many values of one length, one call a value is quicker than arrays."""

Bytes2D = npt.NDArray[np.uint8]
"""One value a row."""


class _Ecb(Unpicklable):
    """One AES key. A fresh context a call: contexts are cheap and must not be shared by threads."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        # A block cipher used as the primitive that CMAC and CTR are made of; no data is ever only ECB-encrypted.
        self._cipher = Cipher(AES(key), ECB())  # noqa: S305

    def __call__(self, blocks: Bytes2D) -> Bytes2D:
        """AES of every 16-byte block of a C-contiguous array, in an array of the same shape."""
        out = np.empty(blocks.size + BLOCK - 1, dtype=np.uint8)
        self._cipher.encryptor().update_into(blocks.data.cast("B"), out.data)
        return out[: blocks.size].reshape(blocks.shape)


def _double(block: bytes) -> bytes:
    """Multiply by x in GF(2^128) (RFC 5297, section 2.3)."""
    number = int.from_bytes(block) << 1
    return ((number & ((1 << 128) - 1)) ^ (0x87 if number >> 128 else 0)).to_bytes(BLOCK)


def _xor(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a) ^ int.from_bytes(b)).to_bytes(len(a))


def _cmac(ecb: _Ecb, message: bytes) -> bytes:
    """AES-CMAC (RFC 4493) of one message of any length."""
    first = _double(_aes(ecb, bytes(BLOCK)))
    cut = max(0, (len(message) - 1) // BLOCK * BLOCK)
    last = message[cut:]
    last = _xor(last, first) if len(last) == BLOCK else _xor((last + b"\x80").ljust(BLOCK, b"\0"), _double(first))
    state = bytes(BLOCK)
    for at in range(0, cut, BLOCK):
        state = _aes(ecb, _xor(state, message[at : at + BLOCK]))
    return _aes(ecb, _xor(state, last))


def _aes(ecb: _Ecb, block: bytes) -> bytes:
    return ecb(np.frombuffer(block, dtype=np.uint8).reshape(1, BLOCK)).tobytes()


def _s2v_start(ecb: _Ecb, associated: Sequence[bytes]) -> bytes:
    """``D`` of S2V after the associated data and before the plaintext (RFC 5297, section 2.4)."""
    state = _cmac(ecb, bytes(BLOCK))
    for item in associated:
        state = _xor(_double(state), _cmac(ecb, item))
    return state


class SivKey(Unpicklable):
    """AES-SIV under one 512-bit key and one list of associated data. Safe to use from several threads."""

    __slots__ = ("_associated", "_ctr", "_last", "_mac", "_one")

    def __init__(self, key: Secret, associated: Sequence[bytes]) -> None:
        raw = key.reveal()
        if len(raw) != KEY_SIZE:
            raise ValueError("AES-SIV is used with 512-bit keys only")
        self._mac = _Ecb(raw[:32])
        self._ctr = _Ecb(raw[32:])
        self._one = AESSIV(raw)
        self._associated = list(associated)
        # The last block of every message is xored with D (S2V) and with CMAC's subkey for complete blocks.
        subkey = _double(_aes(self._mac, bytes(BLOCK)))
        self._last = np.frombuffer(_xor(_s2v_start(self._mac, associated), subkey), dtype=np.uint8)

    def seal_rows(self, plain: Bytes2D) -> Bytes2D:
        """Ciphertexts (synthetic IV first) of plaintexts of one length: ``(n, 16 k)`` to ``(n, 16 k + 16)``, k ≥ 1."""
        iv = self._s2v(plain)
        sealed = np.empty((plain.shape[0], plain.shape[1] + BLOCK), dtype=np.uint8)
        sealed[:, :BLOCK] = iv
        np.bitwise_xor(plain, self._keystream(iv, plain.shape[1]), out=sealed[:, BLOCK:])
        return sealed

    def open_rows(self, sealed: Bytes2D) -> tuple[Bytes2D, npt.NDArray[np.bool_]]:
        """Plaintexts of ciphertexts of one length, and which are authentic. Rows that are not hold zeros."""
        iv = np.ascontiguousarray(sealed[:, :BLOCK])
        plain = sealed[:, BLOCK:] ^ self._keystream(iv, sealed.shape[1] - BLOCK)
        # All sixteen bytes are compared in every row: the time does not depend on where they differ.
        authentic = np.bitwise_or.reduce(self._s2v(plain) ^ iv, axis=1) == 0
        plain[~authentic] = 0
        return plain, authentic

    def seal_many(self, plaintexts: list[bytes]) -> list[bytes]:
        """One ciphertext a plaintext, 16 bytes longer; `ValueError` unless each is a non-empty multiple of 16 bytes."""
        done: list[bytes] = [b""] * len(plaintexts)
        for length, places in _by_length(plaintexts).items():
            if length == 0 or length % BLOCK:
                raise ValueError("a plaintext is not a non-empty multiple of 16 bytes")
            if len(places) < SMALL:
                for place in places:
                    done[place] = self._one.encrypt(plaintexts[place], self._associated)
            else:
                _scatter(done, places, self.seal_rows(_rows(plaintexts, places, length)))
        return done

    def open_many(self, ciphertexts: list[bytes]) -> list[bytes | None]:
        """The plaintexts; None for what was not sealed under this key with these associated data."""
        done: list[bytes | None] = [None] * len(ciphertexts)
        for length, places in _by_length(ciphertexts).items():
            if length < 2 * BLOCK or length % BLOCK:
                continue
            if len(places) < SMALL:
                for place in places:
                    done[place] = self._open_one(ciphertexts[place])
            else:
                plain, authentic = self.open_rows(_rows(ciphertexts, places, length))
                kept = np.flatnonzero(authentic)
                _scatter(done, [places[i] for i in kept.tolist()], plain[kept])
        return done

    def _open_one(self, ciphertext: bytes) -> bytes | None:
        try:
            return self._one.decrypt(ciphertext, self._associated)
        except InvalidTag:
            return None

    def _s2v(self, plain: Bytes2D) -> Bytes2D:
        """The synthetic IV of each row: CBC-MAC over its blocks, the last one masked."""
        end = plain.shape[1] - BLOCK
        state = np.zeros((plain.shape[0], BLOCK), dtype=np.uint8)
        for at in range(0, end, BLOCK):
            state = self._mac(state ^ plain[:, at : at + BLOCK])
        return self._mac(state ^ plain[:, end:] ^ self._last)

    def _keystream(self, iv: Bytes2D, length: int) -> Bytes2D:
        """AES-CTR from each row's IV with bits 31 and 63 cleared.

        The cleared bits hold every carry: below 2^63 blocks the 128-bit increment stays in the low 64 bits, so it is an
        addition of 64-bit words (RFC 5297, section 2.5, clears them for this).
        """
        start = iv.copy()
        start[:, 8] &= 0x7F
        start[:, 12] &= 0x7F
        blocks = length // BLOCK
        words = start.view(">u8").astype(np.uint64)
        counters = np.empty((iv.shape[0], blocks, 2), dtype=">u8")
        counters[:, :, 0] = words[:, :1]
        counters[:, :, 1] = words[:, 1:] + np.arange(blocks, dtype=np.uint64)
        return self._ctr(counters.view(np.uint8).reshape(iv.shape[0], length))


def _by_length(items: list[bytes]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for place, item in enumerate(items):
        groups.setdefault(len(item), []).append(place)
    return groups


def _rows(items: list[bytes], places: list[int], length: int) -> Bytes2D:
    joined = b"".join(items if len(places) == len(items) else [items[i] for i in places])
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(places), length)


def _scatter(done: list[bytes] | list[bytes | None], places: list[int], rows: Bytes2D) -> None:
    data, width = rows.tobytes(), rows.shape[1]
    for number, place in enumerate(places):
        done[place] = data[number * width : (number + 1) * width]
