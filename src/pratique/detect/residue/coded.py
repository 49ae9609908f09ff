"""What a label makes personal, whatever its check: codes of documents, dates of birth, telephones, secrets."""

# ruff: noqa: RUF001 - letters of other scripts, as codes are written

# ruff: noqa: PLR2004 (the numbers are the forms' own)

import math
import re
from collections import Counter
from collections.abc import Iterator

from pratique.detect.residue import labels
from pratique.detect.residue.checks import day_month
from pratique.detect.residue.codes import Found
from pratique.detect.residue.labels import Label

_CAPITAL = "A-ZΑ-ΩА-Я"
_CODE = re.compile(
    rf"(?<![^\W_])(?<![^\W_]_)(?:[{_CAPITAL}]{{1,3}}[-/ ]|[{_CAPITAL}]{{0,5}})[0-9]"
    rf"(?:[-/.]?[0-9{_CAPITAL}]| (?=[0-9])| / (?=[0-9])){{3,23}}"
    r"(?![\w/-]|[.,][0-9]|,-|\s?(?:€|%|EUR|USD|PLN|CZK|RON|Kč|zł|kr|lei|Ft|euro))"
)
_CARD = re.compile(r"(?<![\w-])(?=[A-Z]*[0-9])[A-Z0-9]{9}(?![\w-])")
_GLUED = re.compile(r"(?<![\w-])[^\W\d_]{3,20}([0-9]{6,14})(?!\w)")
_OTHER = re.compile(
    r"[0-9]{1,4}([./-]) ?[0-9]{1,2}\1 ?[0-9]{2,4}|[0-9]{1,6}/(?:19|20)?[0-9]{2}|(?:19|20)?[0-9]{2}[/-][0-9]{3,5}"
    r"|(?:19|20)[0-9]{2}-[0-9Q]{2}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,3})?"
)
"""A date or its month, a number of a case or a law by its year, an address of the network."""
_FEWEST = 4
"""Digits of a code of seven characters or more; a shorter one has one more."""
_SHORT = 6


def _digits(code: str) -> int:
    return sum(character.isdigit() for character in code)


def documents(text: str) -> Iterator[Found]:
    """A code of five digits or more after a label of people's numbers or documents; no date, no telephone."""
    for m in _CODE.finditer(text):
        code = m[0]
        # Letters apart from the digits may be the label itself: "BSN 123456782".
        apart = code.find(" ") + 1 if code[0].isalpha() else 0
        least = _FEWEST if not apart and sum(map(str.isalnum, code)) > _SHORT else _FEWEST + 1
        if _digits(code) >= least and not _OTHER.fullmatch(code, apart):
            yield from _labelled(text, m.start(), m.start() + apart, m.end())
    for m in _CARD.finditer(text):
        yield from _labelled(text, m.start(), m.start(), m.end())
    for m in _GLUED.finditer(text):
        yield from _labelled(text, m.start(1), m.start(1), m.end())


def _labelled(text: str, start: int, digits: int, end: int) -> Iterator[Found]:
    label = labels.before(text, digits)
    if label in (Label.NUMBER, Label.DOCUMENT):
        yield start, end, label.value, 0.65


_BIRTH = re.compile(
    r"(?<![^\s(:,;='\"])(?:(?P<first>[0-9]{1,2})(?P<s>[./-] ?)(?P<second>[0-9]{1,2})(?P=s)(?:[0-9]{4}|[0-9]{2})"
    r"|(?P<year>[0-9]{4})(?P<t>[./-] ?)(?P<month>[0-9]{1,2})(?P=t)(?P<day>[0-9]{1,2})"
    r"|[0-9]{1,2}(?:\.|st|nd|rd|th|º|er)? (?:de |of )?(?P<word>[^\W\d_]{3,14})\.?,? (?:de |del )?[0-9]{4}"
    r"|(?P<word2>[^\W\d_]{3,14}) [0-9]{1,2},? [0-9]{4})(?![\w/-]|\.[0-9])"
)


def births(text: str) -> Iterator[Found]:
    """A whole date after a word for birth, of digits or with a month in words of any language."""
    for m in _BIRTH.finditer(text):
        if m["first"] is not None:
            good = day_month(m["first"], m["second"]) or day_month(m["second"], m["first"])
        else:
            good = m["year"] is None or day_month(m["day"], m["month"])
        if good and labels.before(text, m.start(), years=True) is Label.BIRTH:
            yield m.start(), m.end(), "DATE_OF_BIRTH", 0.7


_DIALLED = re.compile(r"(?<![\w+.,/-])[(0-9][0-9() ./-]{4,20}[0-9](?![\w%€$£]|[.,/-][0-9])")


def dialled(text: str) -> Iterator[Found]:
    """National telephone numbers: six digits and more after a word for telephone."""
    for m in _DIALLED.finditer(text):
        if 6 <= _digits(m[0]) <= 15 and not _OTHER.fullmatch(m[0]) and labels.before(text, m.start()) is Label.PHONE:
            yield m.start(), m.end(), "PHONE_NUMBER", 0.7


_VALUE = re.compile(r"[=:][ \t]*[\"']?([^\s\"'<>|*,;\[({][^\s\"'<>|*,;]{5,127})")
_TREATED = re.compile(
    r"tok1\..*|(?:[A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{32}|[A-Za-z0-9_-]{43}|[0-9a-f]{48}|[0-9a-f]{64})|.*([^\w\s])\1.*"
)
"""How tokens, pseudonyms and covered values are written: what stands in a secret's place is no secret."""
_PLAIN = 2
"""Bits a character of a value that is no secret: ``aaaa``."""


def entropy(text: str) -> float:
    """Bits a character, by how often each stands in the text itself."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def secrets(text: str) -> Iterator[Found]:
    """``password: …`` and its like in every language: what follows is no plain word and no treated value."""
    for m in _VALUE.finditer(text):
        value = m[1]
        if (
            value.isalpha()
            or value.isdigit()
            or _OTHER.fullmatch(value)
            or _TREATED.fullmatch(value)
            or entropy(value) < _PLAIN
        ):
            continue
        if "://" not in text[m.start() : m.end()] and labels.before(text, m.start()) is Label.SECRET:
            yield m.start(1), m.end(1), "PASSWORD", 0.65


ENTITIES = frozenset({label.value for label in Label} - {""})

SCANS = (documents, births, dialled, secrets)
