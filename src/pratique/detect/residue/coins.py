"""Addresses of crypto-currencies, by their own checksums rather than by their look."""

import hashlib
import re
from collections.abc import Iterator

from pratique.detect.residue.codes import Found

_BASE58 = {c: n for n, c in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
_BASE32 = {c: n for n, c in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_RUN = re.compile(r"(?<!\w)[A-Za-z0-9]{26,90}(?!\w)")
_HEX = re.compile(r"0[xX][0-9A-Fa-f]{40}")
_BYTES = 25
"""A version, a hash of 160 bits and a checksum of 32."""
_LEGACY = 35
"""Characters of the longest such address in base 58."""
_LEADS = "13DLMTXt"
"""What such addresses begin with: Bitcoin's, Dogecoin's, Litecoin's, Tron's, Dash's, Zcash's."""
_BECH32, _BECH32M = 1, 0x2BC830A3
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def base58check(code: str) -> bool:
    """Whether base 58 gives 25 bytes whose last four are the double SHA-256 of the others."""
    number = 0
    for character in code:
        value = _BASE58.get(character)
        if value is None:
            return False
        number = number * 58 + value
    if number >> (8 * _BYTES):
        return False
    data = number.to_bytes(_BYTES, "big")
    return hashlib.sha256(hashlib.sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def bech32(code: str) -> bool:
    """BIP 173 and 350: a human part, a 1, and data whose checksum is over both."""
    human, parted, data = code.lower().rpartition("1")
    if not parted or not human or len(data) < 14 or code not in (code.lower(), code.upper()):  # noqa: PLR2004 (BIP 173)
        return False
    if any(character not in _BASE32 for character in data):
        return False
    total = 1
    for value in (*(ord(c) >> 5 for c in human), 0, *(ord(c) & 31 for c in human), *(_BASE32[c] for c in data)):
        top, total = total >> 25, (total & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            total ^= generator if top >> bit & 1 else 0
    return total in (_BECH32, _BECH32M)


def coins(text: str) -> Iterator[Found]:
    """Base 58 with its check, Bech32 with its check, and forty hexadecimal digits after ``0x``."""
    for m in _RUN.finditer(text):
        code = m[0]
        if _HEX.fullmatch(code):
            yield m.start(), m.end(), "CRYPTO", 0.7
        elif (len(code) <= _LEGACY and code[0] in _LEADS and base58check(code)) or bech32(code):
            yield m.start(), m.end(), "CRYPTO", 0.95


SIGNS = (
    r"(?:^|[^0-9A-Z])(?-i:[13DLMTXt][1-9A-HJ-NP-Za-km-z]{25,34})(?:$|[^0-9A-Z])|"
    r"(?:^|[^0-9A-Z])(?:[a-z]{2,5}1[ac-hj-np-z02-9]{14,87}|0x[0-9a-f]{40})(?:$|[^0-9A-Z])"
)

ENTITIES = frozenset({"CRYPTO"})

SCANS = (coins,)
