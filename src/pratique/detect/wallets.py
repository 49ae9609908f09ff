"""Addresses of crypto-currencies and their checksums: verdicts on candidates, as in `pratique.detect.validators`.

Each function proves one family of address; none raises on any text. Keccak is the one before FIPS 202 (padding 0x01),
which Ethereum and Monero use and no library that is needed here offers.
"""

# ruff: noqa: PLR2004 - the figures are those of the specifications

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator

_BITCOIN58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_CHECKS = frozenset({1, 0x2BC830A3})
"""What the checksum of BIP 173 and that of BIP 350 leave."""
_LONGEST = 128

_BASE58_VERSIONS = frozenset({0x00, 0x05, 0x30, 0x32, 0x1E, 0x16, 0x41, 0x4C, 0x10})
"""Bitcoin's two, Litecoin's two, Dogecoin's two, Tron's, Dash's two: what the first of 21 bytes says."""


def base58(text: str) -> bool:
    """Base58Check of 21 bytes with the version of a network whose addresses are written so."""
    payload = _check58(text, _BITCOIN58)
    return payload is not None and len(payload) == 21 and payload[0] in _BASE58_VERSIONS


def ripple(text: str) -> bool:
    """Base58Check with Ripple's alphabet: a classic address of the XRP Ledger."""
    payload = _check58(text, _RIPPLE58)
    return payload is not None and len(payload) == 21 and payload[0] == 0


def solana(text: str) -> bool | None:
    """False where the text is not 32 bytes in Base58; there is no checksum, so 32 bytes prove nothing."""
    data = _decode58(text, _BITCOIN58)
    mixed = any(map(str.isdigit, text)) and text.upper() != text and text.lower() != text
    return None if data is not None and len(data) == 32 and mixed else False


def bech32(text: str) -> bool:
    """The checksum of BIP 173 or BIP 350, in one case of letters."""
    if len(text) > _LONGEST or (text.lower() != text and text.upper() != text):
        return False
    prefix, one, rest = text.lower().rpartition("1")
    if not one or not prefix.isascii() or len(rest) < 6 or set(rest) - set(_BECH32):
        return False
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [_BECH32.index(c) for c in rest]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_BECH32_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check in _BECH32_CHECKS


def ethereum(text: str) -> bool | None:
    """True where mixed case is the checksum of EIP-55; False where mixed case is not; no verdict on one case.

    Zeros only are no address of anybody.
    """
    digits = text[2:]
    if not digits.strip("0"):
        return False
    if digits in {digits.lower(), digits.upper()}:
        return None
    try:
        digest = keccak256(digits.lower().encode("ascii")).hex()
    except UnicodeEncodeError:
        return False
    return len(digits) == 40 and all(
        not c.isalpha() or c.isupper() == (nibble >= "8") for c, nibble in zip(digits, digest, strict=False)
    )


def monero(text: str) -> bool:
    """Base58 in blocks of eight bytes, with four bytes of Keccak at the end."""
    if not 95 <= len(text) <= 106:
        return False
    sizes = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
    data = b""
    for at in range(0, len(text), 11):
        block = text[at : at + 11]
        number = _number58(block, _BITCOIN58)
        size = sizes.get(len(block))
        if number is None or size is None or number >> 8 * size:
            return False
        data += number.to_bytes(size, "big")
    return keccak256(data[:-4])[:4] == data[-4:]


def _number58(text: str, alphabet: str) -> int | None:
    number = 0
    for c in text:
        value = alphabet.find(c)
        if value < 0:
            return None
        number = number * 58 + value
    return number


def _decode58(text: str, alphabet: str) -> bytes | None:
    if not 0 < len(text) <= _LONGEST or (number := _number58(text, alphabet)) is None:
        return None
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _check58(text: str, alphabet: str) -> bytes | None:
    data = _decode58(text, alphabet)
    if data is None or len(data) < 5:
        return None
    payload, check = data[:-4], data[-4:]
    return payload if hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4] == check else None


_LANES = 1 << 64
_RATE = 136


def keccak256(data: bytes) -> bytes:
    """Keccak-256 as submitted to the SHA-3 competition: written for a few hundred bytes, not for speed."""
    padded = bytearray(data + b"\x01" + bytes(-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    state = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            word = int.from_bytes(padded[start + 8 * lane : start + 8 * lane + 8], "little")
            state[lane % 5][lane // 5] ^= word
        _keccak_f(state)
    return b"".join(state[lane % 5][lane // 5].to_bytes(8, "little") for lane in range(4))


def _turned(word: int, by: int) -> int:
    by %= 64
    return (word << by | word >> (64 - by)) % _LANES


def _keccak_f(state: list[list[int]]) -> None:
    """The permutation on 1600 bits, in place; rotations and round constants come from their defining recurrences."""
    register = 1
    for _ in range(24):
        columns = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
        for x in range(5):
            mixed = columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1)
            state[x] = [lane ^ mixed for lane in state[x]]
        x, y, current = 1, 0, state[1][0]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, state[x][y] = state[x][y], _turned(current, (t + 1) * (t + 2) // 2)
        for y in range(5):
            row = [state[x][y] for x in range(5)]
            for x in range(5):
                state[x][y] = row[x] ^ (~row[(x + 1) % 5] % _LANES & row[(x + 2) % 5])
        for bit in range(7):
            register = (register << 1 ^ (register >> 7) * 0x71) % 256
            if register & 2:
                state[0][0] ^= 1 << ((1 << bit) - 1)


VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {
        "base58": base58,
        "bech32": bech32,
        "ethereum": ethereum,
        "monero": monero,
        "ripple": ripple,
        "solana": solana,
    }
)
"""By the name that entity types refer to them by."""
