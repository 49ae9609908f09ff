"""Codes on people's documents whose structure is a check: machine-readable lines, and those of some states."""

# ruff: noqa: PLR2004 (the numbers are the published structures)

import re
from collections.abc import Iterator

from pratique.detect.residue.checks import day_month, seven_three_one
from pratique.detect.residue.codes import Found

_LONG = re.compile(r"(?<![A-Z0-9<])([A-Z0-9<]{9})([0-9])[A-Z<]{3}([0-9]{6})([0-9])[MFX<]([0-9]{6})([0-9])(?=[A-Z0-9<])")
_SHORT = re.compile(r"(?<![A-Z0-9<])([0-9]{6})([0-9])[MFX<]([0-9]{6})([0-9])[A-Z<]{3}(?=[A-Z0-9<])")
_FIRST = re.compile(r"(?<![A-Z0-9<])[ACI][A-Z<][A-Z]{1,3}<{0,2}([A-Z0-9<]{9})([0-9])[A-Z0-9<]{15}(?![A-Z0-9<])")
_LINE = re.compile(r"[A-Z0-9<]{0,44}")


def machine_read(text: str) -> Iterator[Found]:
    """ICAO Doc 9303: the lines of passports and identity cards, two check digits or more each."""
    if "<" not in text:
        return
    for pattern in (_LONG, _SHORT, _FIRST):
        for m in pattern.finditer(text):
            pairs = m.groups()
            if all(str(seven_three_one(body)) == check for body, check in zip(pairs[::2], pairs[1::2], strict=True)):
                line = _LINE.match(text, m.start())
                assert line is not None
                yield m.start(), line.end(), "IDENTITY_DOCUMENT_NUMBER", 0.95


_PENSION = re.compile(r"(?<!\w)([0-9]{2}) ?([0-9]{2})([0-9]{2})([0-9]{2}) ?([A-Z]) ?([0-9]{2})([0-9])(?!\w)")


def pension(text: str) -> Iterator[Found]:
    """Germany, pension insurance: area, ddmmyy, letter, serial, and the sum of the digits of weighted digits."""
    for m in _PENSION.finditer(text):
        digits = "".join(m.groups()[:4]) + f"{ord(m[5]) - 64:02}" + m[6]
        products = (int(d) * w for d, w in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True))
        if day_month(m[2], m[3]) and sum(p // 10 + p % 10 for p in products) % 10 == int(m[7]):
            yield m.start(), m.end(), "DE_SOCIAL_SECURITY", 0.85


_CITIZEN = re.compile(r"(?<!\w)([0-9]{8}) ?([0-9]) ?([A-Z0-9]{2})([0-9])(?!\w)")


def citizen(text: str) -> Iterator[Found]:
    """Portugal, citizen card: 8 digits, check digit, version of a letter at least, and Luhn over all (A = 10)."""
    for m in _CITIZEN.finditer(text):
        if m[3].isdigit():
            continue
        total = 0
        for place, character in enumerate(reversed("".join(m.groups()))):
            value = int(character, 36)
            doubled = value * 2 if place % 2 else value
            total += doubled - 9 if place % 2 and doubled > 9 else doubled
        if total % 10 == 0:
            yield m.start(), m.end(), "PT_IDENTITY_CARD", 0.7


_DRIVER = re.compile(r"(?<!\w)[A-Z]{1,5}9{0,4}([0-9])([0-9]{2})([0-9]{2})[0-9][A-Z9]{2}[A-Z0-9][A-Z]{2}(?!\w)")


def driver(text: str) -> Iterator[Found]:
    """United Kingdom, driving licence: five of the name, decade, month (+ 50 for women), day, year, initials."""
    for m in _DRIVER.finditer(text):
        month = int(m[2]) % 50
        if m.end() - m.start() == 16 and day_month(m[3], str(month)):
            yield m.start(), m.end(), "UK_DRIVING_LICENCE", 0.8


_MIXED = re.compile(r"(?<!\w)9[0-9]{2}[- ](?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])[- ][0-9]{4}(?!\w)")


def itin(text: str) -> Iterator[Found]:
    """United States, tax number of those without another (IRS): a 9, and groups 50 to 65, 70 to 88, 90 to 99 but 93."""
    for m in _MIXED.finditer(text):
        yield m.start(), m.end(), "US_ITIN", 0.65


SIGNS = (
    r"(?-i:[A-Z0-9]<)|\b[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}\b|\b[0-9]{8} ?[0-9] ?[A-Z0-9]{2}[0-9]\b|"
    r"\b[A-Z]{1,5}9{0,4}[0-9]{6}[A-Z9]{2}[A-Z0-9][A-Z]{2}\b"
)

ENTITIES = frozenset(
    {"IDENTITY_DOCUMENT_NUMBER", "DE_SOCIAL_SECURITY", "PT_IDENTITY_CARD", "UK_DRIVING_LICENCE", "US_ITIN"}
)

SCANS = (machine_read, pension, citizen, driver, itin)
