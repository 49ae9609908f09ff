"""Numbers of digits alone: payment cards and national ids. Groups are pulled out, then held against each structure.

A group counts only where no letter, digit or underscore touches it, so that base64 and hexadecimal do not fire.
"""

# ruff: noqa: PLR2004 (the numbers are the published structures)

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pratique.detect.residue.checks import day_month, ean, luhn, mod_11_10, remainder_97, weighted

_RUN = re.compile(r"(?<!\w)[0-9]+(?:[ ./-][0-9]+)*(?!\w)")
_GROUP = re.compile(r"[0-9]+")
_LONGEST = 19
"""Digits of the longest number looked for."""
_MOST_GROUPS = 7
"""Groups of the structure that has the most (France's): a longer row of groups is no number of any."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digit groups that stand together, joined by one and the same separator."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]
    """The length of each group."""
    separator: str
    """Empty where there is one group."""


def numbers(text: str) -> Iterator[Number]:
    """Every number of 9 to 19 digits, once for each way to read it.

    Chains joined by dots, hyphens or slashes are taken whole, so that no piece of a date, a version or a fraction
    counts; of a chain of groups between spaces, every stretch is tried.
    """
    for run in _RUN.finditer(text):
        if run.end() - run.start() < 9:
            continue
        groups = [(m.start(), m.end()) for m in _GROUP.finditer(text, run.start(), run.end())]
        for first in range(len(groups)):
            yield from _from(text, groups, first)


def _from(text: str, groups: list[tuple[int, int]], first: int) -> Iterator[Number]:
    before = text[groups[first][0] - 1] if first else ""
    digits, shape, separator = "", [], ""
    for place in range(first, min(first + _MOST_GROUPS, len(groups))):
        start, end = groups[place]
        if place > first:
            joint = text[start - 1]
            if separator and joint != separator:
                return
            separator = joint
        digits += text[start:end]
        shape.append(end - start)
        if len(digits) > _LONGEST:
            return
        after = text[end] if place + 1 < len(groups) else ""
        if len(digits) >= 9 and _whole(separator, before, after):
            yield Number(groups[first][0], end, digits, tuple(shape), separator)


def _whole(separator: str, before: str, after: str) -> bool:
    """Whether a number is not a piece of a longer chain of the same kind."""
    if not separator:
        return "." not in (before, after)
    return separator == " " or separator not in (before, after)


# --- payment cards (ISO/IEC 7812: issuer ranges as the networks publish them) ----------------------------------------

_CARD_SHAPES = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (6, 13), (4, 5, 6), (4, 4, 5), (4, 4, 4, 1)}


def _issuer(digits: str) -> bool:
    two, four, size = int(digits[:2]), int(digits[:4]), len(digits)
    if digits[0] == "4":
        return size in (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return size == 16
    if two in (34, 37):
        return size == 15
    if two in (36, 38, 39) or 300 <= four // 10 <= 305:
        return size == 14
    if four == 6011 or 644 <= four // 10 <= 649 or two in (62, 65) or 3528 <= four <= 3589:
        return 16 <= size <= 19
    return two in (50, 56, 57, 58, 63, 67) and size in (16, 18, 19)


def card(number: Number) -> float:
    """0.85 for an issuer's number with a good check digit, 0.35 for a good check digit alone, else 0."""
    size = len(number.digits)
    if not 13 <= size <= 19 or (number.separator and number.shape not in _CARD_SHAPES) or not luhn(number.digits):
        return 0.0
    if not number.digits.strip(number.digits[0]):
        return 0.0
    return 0.85 if _issuer(number.digits) else 0.35


# --- national numbers: (shape, separators) that may be, then the check -----------------------------------------------


def _ssn(n: Number) -> float:
    """United States: 3-2-4; no area 000, 666 or 900 and up, no group 00, no serial 0000 (SSA, since 2011)."""
    area, group, serial = n.digits[:3], n.digits[3:5], n.digits[5:]
    good = area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"
    return 0.7 if good and n.shape == (3, 2, 4) and n.separator in ("-", " ") else 0.0


def _nhs(n: Number) -> float:
    """United Kingdom: ten digits, weights 10 to 2, modulo 11."""
    rest = 11 - weighted(n.digits, range(10, 1, -1)) % 11
    if rest % 11 != int(n.digits[9]) or n.shape not in ((10,), (3, 3, 4)):
        return 0.0
    return 0.65 if n.separator else 0.4


def _bsn(n: Number) -> float:
    """The Netherlands: nine digits, weights 9 to 2 and -1, modulo 11."""
    good = weighted(n.digits, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 and int(n.digits) > 0
    return (0.55 if n.separator else 0.4) if good and n.shape in ((9,), (4, 2, 3), (3, 3, 3)) else 0.0


def _pesel(n: Number) -> float:
    """Poland: yymmdd (month + 20 from 2000), weights 1 3 7 9, modulo 10."""
    month = int(n.digits[2:4])
    good = day_month(n.digits[4:6], str(month % 20)) and month < 33
    return 0.65 if good and weighted(n.digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0 else 0.0


def _steuer_id(n: Number) -> float:
    """Germany: no leading zero, one digit of the first ten twice or thrice, the others once; ISO 7064 MOD 11,10."""
    if n.shape not in ((11,), (2, 3, 3, 3)) or n.digits[0] == "0":
        return 0.0
    often = sorted(n.digits[:10].count(d) for d in "0123456789")
    return 0.7 if often[-1] in (2, 3) and often[-2] == 1 and mod_11_10(n.digits) else 0.0


def _baltic(n: Number) -> float:
    """Estonia and Lithuania: sex and century, yymmdd, two rounds of weights modulo 11."""
    if n.digits[0] not in "123456" or not day_month(n.digits[5:7], n.digits[3:5]):
        return 0.0
    rest = weighted(n.digits, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if rest == 10:
        rest = weighted(n.digits, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return 0.65 if rest == int(n.digits[10]) else 0.0


def _fodselsnummer(n: Number) -> float:
    """Norway: ddmmyy (day + 40 for a D-number), two check digits modulo 11."""
    if n.shape not in ((11,), (6, 5)) or not day_month(str(int(n.digits[:2]) % 40), n.digits[2:4]):
        return 0.0
    first = weighted(n.digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11 == 0
    return 0.8 if first and weighted(n.digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0 else 0.0


def belgian(digits: str) -> float:
    """Belgium: yymmdd, serial, and 97 less the remainder of the rest (a 2 before it from 2000)."""
    month, day = int(digits[2:4]) % 20, digits[4:6]
    date = day in ("00", "01") if month == 0 else day_month(day, str(month))
    body, check = digits[:9], int(digits[9:])
    good = any(97 - int(century + body) % 97 == check for century in ("", "2"))
    return 0.8 if date and good and int(digits[2:4]) < 60 else 0.0


def _personnummer(n: Number) -> float:
    """Sweden: (yy)yymmdd-nnnn, Luhn over the last ten digits; the day may be 60 higher (coordination number)."""
    short = n.digits[-10:]
    day = int(short[4:6])
    if not day_month(str(day - 60 if day > 60 else day), short[2:4]) or not luhn(short):
        return 0.0
    if n.shape in ((6, 4), (8, 4)) and n.separator == "-":
        return 0.7
    if n.shape == (12,) and n.digits[:2] in ("19", "20"):
        return 0.65
    return 0.45 if n.shape == (10,) else 0.0


def _rodne_cislo(n: Number) -> float:
    """Czechia and Slovakia: yymmdd/nnnn (month + 50 for women, + 20 from 2004); the last digit is the rest by 11."""
    month = int(n.digits[2:4]) % 50
    good = day_month(n.digits[4:6], str(month % 20)) and int(n.digits[:9]) % 11 % 10 == int(n.digits[9])
    if not good or n.shape not in ((10,), (6, 4)):
        return 0.0
    return 0.75 if n.separator == "/" else 0.45


def _svnr(n: Number) -> float:
    """Austria: serial and check digit, then ddmmyy; weights 3 7 9 . 5 8 4 2 1 6, modulo 11."""
    good = n.digits[0] != "0" and day_month(n.digits[4:6], n.digits[6:8])
    if not good or weighted(n.digits, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 != int(n.digits[3]):
        return 0.0
    return (0.65 if n.shape == (4, 6) else 0.45) if n.shape in ((10,), (4, 6)) else 0.0


def _amka(n: Number) -> float:
    """Greece: ddmmyy, five digits, Luhn."""
    return 0.6 if day_month(n.digits[:2], n.digits[2:4]) and luhn(n.digits) else 0.0


def _oib(n: Number) -> float:
    """Croatia: eleven digits, ISO 7064 MOD 11,10."""
    return 0.4 if mod_11_10(n.digits) else 0.0


def _cnp(n: Number) -> float:
    """Romania: sex and century, yymmdd, county 01 to 52, serial; weights 2 7 9 1 4 6 3 5 8 2 7 9, modulo 11."""
    if n.digits[0] == "0" or not day_month(n.digits[5:7], n.digits[3:5]) or not 1 <= int(n.digits[7:9]) <= 52:
        return 0.0
    rest = weighted(n.digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return 0.75 if (1 if rest == 10 else rest) == int(n.digits[12]) else 0.0


def _emso(n: Number) -> float:
    """Slovenia and its neighbours: ddmmyyy, region, serial; weights 7 6 5 4 3 2 twice, modulo 11."""
    if not day_month(n.digits[:2], n.digits[2:4]) or n.digits[4] not in "089":
        return 0.0
    check = -weighted(n.digits, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11 % 10
    return 0.7 if check == int(n.digits[12]) else 0.0


def _ahv(n: Number) -> float:
    """Switzerland: 756, then EAN-13."""
    return 0.8 if n.digits[:3] == "756" and n.shape in ((13,), (3, 4, 4, 2)) and ean(n.digits) else 0.0


def nir(body: str, key: str) -> float:
    """France: sex, yymm, department, commune, serial; the key is 97 less the remainder (2A counts as 19, 2B as 18)."""
    plain = body.replace("2A", "19").replace("2B", "18")
    month = int(plain[3:5])
    good = plain[0] in "123478" and (1 <= month <= 12 or 20 <= month <= 42 or month >= 50)
    return 0.85 if good and 97 - int(plain) % 97 == int(key) else 0.0


def _nir(n: Number) -> float:
    if n.shape not in ((15,), (13, 2), (1, 2, 2, 2, 3, 3, 2)):
        return 0.0
    return nir(n.digits[:13], n.digits[13:])


def _nif_pt(n: Number) -> float:
    """Portugal: nine digits, weights 9 to 2, modulo 11."""
    rest = weighted(n.digits, range(9, 1, -1)) % 11
    good = n.digits[0] in "123" and (0 if rest < 2 else 11 - rest) == int(n.digits[8])
    return (0.55 if n.separator else 0.4) if good and n.shape in ((9,), (3, 3, 3)) else 0.0


def _one_group(check: Callable[[Number], float]) -> Callable[[Number], float]:
    return lambda number: 0.0 if number.separator else check(number)


BY_LENGTH: dict[int, tuple[tuple[str, Callable[[Number], float]], ...]] = {
    9: (("US_SSN", _ssn), ("NL_BSN", _bsn), ("PT_NIF", _nif_pt)),
    10: (("UK_NHS", _nhs), ("SE_PERSONNUMMER", _personnummer), ("CZ_RODNE_CISLO", _rodne_cislo), ("AT_SVNR", _svnr)),
    11: (
        ("NO_FODSELSNUMMER", _fodselsnummer),
        ("BE_NATIONAL_NUMBER", _one_group(lambda n: belgian(n.digits))),
        ("DE_TAX_ID", _steuer_id),
        ("PL_PESEL", _one_group(_pesel)),
        ("EE_ISIKUKOOD", _one_group(_baltic)),
        ("GR_AMKA", _one_group(_amka)),
        ("HR_OIB", _one_group(_oib)),
    ),
    12: (("SE_PERSONNUMMER", _personnummer),),
    13: (("CH_AHV", _ahv), ("RO_CNP", _one_group(_cnp)), ("SI_EMSO", _one_group(_emso))),
    15: (("FR_NIR", _nir),),
}
"""Digits in a number to the types that it may be, most certain first."""


def of_number(number: Number) -> Iterator[tuple[str, float]]:
    """Every type whose structure and check the number fits, with a score."""
    score = card(number)
    if score:
        yield "CREDIT_CARD", score
    for entity, check in BY_LENGTH.get(len(number.digits), ()):
        score = check(number)
        if score:
            yield entity, score


__all__ = ["BY_LENGTH", "Number", "belgian", "card", "nir", "numbers", "of_number", "remainder_97"]
