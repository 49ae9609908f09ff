"""Identifiers of letters and digits: IBAN and national ids with a check character."""

import re
from collections.abc import Iterator

from pratique.detect.residue.checks import day_month, remainder_97
from pratique.detect.residue.national import belgian, nir

Found = tuple[int, int, str, float]
"""Start, end, entity type, score."""

_LENGTHS = (
    "NO15 BE16 DK18 FI18 FO18 GL18 NL18 SD18 FK18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 MN20 CH21 HR21 "
    "LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 TL23 OM23 SO23 AD24 CZ24 "
    "ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 "
    "SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 "
    "MT31 SC31 LC32 RU33"
)
IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
"""Country to the length of its IBANs (SWIFT IBAN registry)."""

_IBAN_HEAD = re.compile(r"(?<!\w)(?<![0-9A-Fa-f]{4}-)([A-Z]{2}|[a-z]{2})[0-9]{2}")


def ibans(text: str) -> Iterator[Found]:
    """ISO 13616: country, check digits, account; the country's length; remainder 1 by 97.

    Spaces, hyphens or a line break may part it.
    """
    for head in _IBAN_HEAD.finditer(text):
        length = IBAN_LENGTHS.get(head[1].upper())
        if length is None:
            continue
        end = _reach(text, head.start(), length)
        if end is None:
            continue
        written = text[head.start() : end]
        code = re.sub("[ \n-]", "", written)
        # In mixed letters it is base64; with hyphens that do not part it evenly, a UUID.
        if code not in (code.upper(), code.lower()) or not _even(written):
            continue
        code = code.upper()
        if remainder_97(code[4:] + code[:4]) == 1:
            yield head.start(), end, "IBAN_CODE", 0.95


def _even(written: str) -> bool:
    """Whether hyphens, if any, part a code into groups of four."""
    return all(len(group) == 4 for group in written.split("-")[:-1])  # noqa: PLR2004 (as IBANs are printed)


def _reach(text: str, start: int, length: int) -> int | None:
    """Where ``length`` letters and digits from ``start`` end, or None where they are not there or another follows."""
    at, seen = start, 0
    while seen < length:
        if at >= len(text):
            return None
        character = text[at]
        if character.isascii() and character.isalnum():
            seen += 1
        elif character not in " -\n" or text[at - 1] in " -\n":
            return None
        at += 1
    follows = text[at : at + 1]
    return None if follows.isalnum() else at


_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"
# The seconds of a time with its zone, `06:08:13.380885Z`, look like one.
_NIF = re.compile(r"(?<![\w-])(?<![0-9][:.,])([0-9]{2}\.?[0-9]{3}\.?[0-9]{3})[ -]?([A-Za-z])(?!\w|-\w)")
_NIE = re.compile(r"(?<!\w)([XYZxyz])-?([0-9]{7})-?([A-Za-z])(?!\w)")


def spanish(text: str) -> Iterator[Found]:
    """Spain: the letter is the remainder of the number by 23 (X, Y, Z count as 0, 1, 2)."""
    for m in _NIF.finditer(text):
        if _SPANISH[int(m[1].replace(".", "")) % 23] == m[2].upper():
            yield m.start(), m.end(), "ES_NIF", 0.7
    for m in _NIE.finditer(text):
        if _SPANISH[int(f"{'XYZ'.index(m[1].upper())}{m[2]}") % 23] == m[3].upper():
            yield m.start(), m.end(), "ES_NIE", 0.8


_FISCAL = re.compile(
    r"(?<!\w)[A-Za-z]{6}[0-9LMNPQRSTUVlmnpqrstuv]{2}[A-Za-z][0-9LMNPQRSTUVlmnpqrstuv]{2}"
    r"[A-Za-z][0-9LMNPQRSTUVlmnpqrstuv]{3}[A-Za-z](?!\w)"
)
_FISCAL_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def italian(text: str) -> Iterator[Found]:
    """Italy: codice fiscale with its check letter (DM 23/12/1976)."""
    for m in _FISCAL.finditer(text):
        code = m[0].upper()
        total = 0
        for place, character in enumerate(code[:15]):
            value = int(character) if character.isdigit() else ord(character) - 65
            total += value if place % 2 else _FISCAL_ODD[value]
        if chr(65 + total % 26) == code[15] and code[8] in "ABCDEHLMPRST":
            yield m.start(), m.end(), "IT_FISCAL_CODE", 0.9


_FINNISH = re.compile(r"(?<!\w)([0-9]{2})([0-9]{2})([0-9]{2})[-+A-FU-Ya-fu-y]([0-9]{3})([0-9A-Ya-y])(?!\w)")


def finnish(text: str) -> Iterator[Found]:
    """Finland: ddmmyy, century sign, serial, and the remainder by 31 as a character."""
    for m in _FINNISH.finditer(text):
        check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(m[1] + m[2] + m[3] + m[4]) % 31]
        if day_month(m[1], m[2]) and check == m[5].upper():
            yield m.start(), m.end(), "FI_PERSONAL_IDENTITY_CODE", 0.8


_NINO = re.compile(r"(?<!\w)([A-Za-z]{2}) ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d](?!\w)")


def british(text: str) -> Iterator[Found]:
    """United Kingdom: National Insurance number (HMRC NIM39110), less the prefixes that are not given out."""
    for m in _NINO.finditer(text):
        prefix = m[1].upper()
        bad = prefix in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ") or prefix[0] in "DFIQUV" or prefix[1] in "DFIOQUV"
        if not bad:
            yield m.start(), m.end(), "UK_NINO", 0.65


_PPS = re.compile(r"(?<![\w-])([0-9]{7})([A-Wa-w])([A-IWa-iw]?)(?!\w|-\w)")


def irish(text: str) -> Iterator[Found]:
    """Ireland: PPS number, weights 8 to 2 (9 for the second letter), remainder by 23 as a letter (W is 0)."""
    for m in _PPS.finditer(text):
        second = m[3].upper()
        total = sum(int(d) * w for d, w in zip(m[1], range(8, 1, -1), strict=True))
        total += 9 * (0 if second in ("", "W") else ord(second) - 64)
        if "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == m[2].upper():
            yield m.start(), m.end(), "IE_PPS", 0.65


_BELGIAN = re.compile(r"(?<!\w)([0-9]{2})\.([0-9]{2})\.([0-9]{2})-([0-9]{3})[.-]([0-9]{2})(?!\w)")
_CORSICAN = re.compile(r"(?<!\w)([12]) ?([0-9]{2}) ?([0-9]{2}) ?(2[ABab]) ?([0-9]{3}) ?([0-9]{3}) ?([0-9]{2})(?!\w)")


def mixed(text: str) -> Iterator[Found]:
    """Numbers whose written form mixes separators or holds one letter: Belgium's, and France's of Corsica."""
    for m in _BELGIAN.finditer(text):
        if score := belgian("".join(m.groups())):
            yield m.start(), m.end(), "BE_NATIONAL_NUMBER", score
    for m in _CORSICAN.finditer(text):
        if score := nir("".join(m.groups()[:6]).upper(), m[7]):
            yield m.start(), m.end(), "FR_NIR", score


ENTITIES = frozenset(
    {"IBAN_CODE", "ES_NIF", "ES_NIE", "IT_FISCAL_CODE", "FI_PERSONAL_IDENTITY_CODE", "UK_NINO", "IE_PPS",
     "BE_NATIONAL_NUMBER", "FR_NIR"}
)  # fmt: skip

SCANS = (ibans, spanish, italian, finnish, british, irish, mixed)
