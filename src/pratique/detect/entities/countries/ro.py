"""Romania."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, digits_of, is_date, weighted
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
    SPACE,
    WEAK,
    bare_vat,
    capitals,
    code,
    grouped,
    labelled,
    plate,
    postcode,
    proved,
)
from pratique.detect.entities.record import EntityType


def _cnp_shape(text: str) -> bool | None:
    """Sex and century, then a date of birth."""
    digits = digits_of(text)
    year, month, day = (digits[at] * 10 + digits[at + 1] for at in (1, 3, 5)) if len(digits) == 13 else (0, 0, 0)
    return None if digits[:1] != [0] and is_date(year, month, day) else False


def _company(text: str) -> bool:
    """Two to ten digits; the others from the right by 2, 3, 5, 7, 1, 2, 3, 5, 7, times ten, modulo 11."""
    digits = digits_of(text)
    if not 2 <= len(digits) <= 10 or digits[0] == 0:
        return False
    total = sum(d * w for d, w in zip(reversed(digits[:-1]), (2, 3, 5, 7, 1, 2, 3, 5, 7), strict=False))
    return total * 10 % 11 % 10 == digits[-1]


def _trade_register(text: str) -> bool | None:
    """County and year; the form of 2024 ends with the sum of its digits, and its letter by J as 4, F as 0, C as 7."""
    plain = alphanumerics(text)
    if "/" in text:
        return None if digits_of(text)[:1] < [6] else False
    digits = [ord(plain[:1] or "J") % 10, *digits_of(text)]
    return len(digits) == 14 and sum(digits[:-1]) % 10 == digits[-1]


_WORDS = frozenset(("CU", "DE", "LA", "IN", "PE", "SI", "NR"))


def _series(text: str) -> bool | None:
    """Short words before a number are no series."""
    return False if text[:2] in _WORDS else None


VALIDATORS: Mapping[str, Validator] = {
    "ro_cnp": weighted("ro.cnp", (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9, -1), 11, (0, 9)),
    "ro_cnp_shape": _cnp_shape,
    "ro_cui": _company,
    "ro_trade_register": _trade_register,
    "ro_series": _series,
}

_CNP = f"[1-9]{SEP}[0-9]{{6}}{SEP}[0-9]{{6}}|[1-9]{SEP}[0-9]{{6}}{SEP}[0-9]{{2}}{SEP}[0-9]{{3}}{SEP}[0-9]|[1-9] {grouped(2, 2, 2, 2, 3, 1, by=' ')}"
RO_CNP = EntityType(
    name="RO_CNP",
    patterns=(proved(_CNP, alone=0.6, context=0.95), labelled(code(_CNP), "ro_cnp_shape")),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {"ro": ("cnp", "c n p", "cod numeric", "codul numeric", "codului numeric", "cod numeric personal"), "*": ("cnp", "personal numeric code", "personal numerical code")},
    ),
    validator="ro_cnp",
    checks_digits=True,
    field_names=("cnp", "cod numeric personal"),
    countries=("RO",),
    source="Law 105/1996: date of birth, county and weighted check modulo 11",
    examples=("1630615123457", "1 800101 221144"),
    with_context=("CNP 1800101221144", "C.N.P.: 1680603400055", "cod numeric personal 1680603400056"),
    not_examples=("1630615123458", "1801301221144"),
)  # fmt: skip

_CUI = "[1-9][0-9]{5,9}"
_CUI_GROUPED = r"[1-9][0-9]{0,2}[ .][0-9]{3}[ .][0-9]{3}"
_CUI_WORDS = labels.joined(
    {
        "ro": ("cui", "c u i", "cif", "c i f", "cod unic de înregistrare", "codul unic de înregistrare", "cod de identificare fiscală", "codul de identificare fiscală", "codului de identificare fiscală", "cod fiscal",
               "codul fiscal", "identificare fiscală", "înregistrare fiscală", "codul unic", "cod unic", "cif cui", "cui cif", "nif", "c f"),
        "*": ("cui", "cif", "tax identification number", "sole registration code", "unique registration code", "fiscal code", "sole identification code"),
    },
)  # fmt: skip
RO_CUI = EntityType(
    name="RO_CUI",
    patterns=(
        proved(f"{_CUI}|{_CUI_GROUPED}", alone=0.15),
        proved("[1-9][0-9]{3,4}", alone=0.02, context=0.7),
        labelled(code(_CUI)),
    ),
    context=_CUI_WORDS,
    validator="ro_cui",
    checks_digits=True,
    field_names=("cui", "cif", "cod fiscal", "tax id"),
    countries=("RO",),
    source="Law 207/2015 (Tax Procedure Code), Law 359/2004: two to ten digits, check modulo 11",
    with_context=("CUI 15980611", "cod de identificare fiscală 12856512", "C.I.F.: 16277361"),
    not_examples=(
        "CUI 15980",
        "15980611",
    ),
)

_VAT = f"RO{SEP}{_CUI}"
RO_VAT_CODE = EntityType(
    name="RO_VAT_CODE",
    patterns=(
        proved(_VAT, alone=0.75, context=0.95, score=0.2),
        proved(rf"RO{SEP}[1-9][0-9]{{1,4}}|RO{SP}{_CUI_GROUPED}", alone=WEAK, context=0.9),
        bare_vat(_CUI),
        labelled(code(_VAT)),
    ),
    context=labels.joined(labels.VAT, _CUI_WORDS, {"ro": ("atribut fiscal",)}),
    validator="ro_cui",
    field_names=("cui", "cif", "vat", "vat number"),
    countries=("RO",),
    source="Law 227/2015 (Fiscal Code) art. 316: RO and the CUI",
    examples=("RO15980611", "RO 12856512"),
    with_context=("CUI RO15980612", "cod TVA: RO 15 980 611"),
    not_examples=(
        "CUI RO15980",
        "RO15980612",
    ),
)

RO_COMPANY_NUMBER = EntityType(
    name="RO_COMPANY_NUMBER",
    patterns=(
        proved(rf"[JFC]{SP}[0-9]{{1,2}}{SP}/{SP}[0-9]{{1,7}}{SP}/{SP}(?:[0-9]{{2}}\.[0-9]{{2}}\.)?(?:19|20)[0-9]{{2}}", score=0.75, context=0.95),
        proved("[JFC](?:199|20[0-4])[0-9]{10}", alone=0.6, context=0.95),
        labelled(code("[JFC](?:199|20[0-4])[0-9]{10}")),
    ),
    context=labels.joined(
        labels.COMPANY,
        {"ro": ("registrul comerțului", "registrului comerțului", "oficiul registrului comerțului", "nr reg com", "reg com", "orc", "onrc", "înmatriculată", "ordine în registrul"), "*": ("registrul comertului",)},
    ),
    validator="ro_trade_register",
    field_names=("reg com", "nr reg com", "company number"),
    countries=("RO",),
    source="Law 265/2022 and Order 1082/2014: kind, county, number and year; from 2024 fourteen characters with a check digit",
    examples=("J40/1234/2020", "J 12 / 567 / 2019", "J2019239349400", "F40/1234/05.03.2015"),
    with_context=("Nr. Reg. Com. J2019239349401",),
    not_examples=("J2019239349401", "J40/1234/1850", "J99/1234/2020"),
)  # fmt: skip

_NUMBERED = rf"(?:,?{SPACE}?(?:nr|NR|Nr|numărul|NUMĂRUL|număr|numarul|no|No)\.?{SP}:?{SP})"
RO_IDENTITY_CARD = EntityType(
    name="RO_IDENTITY_CARD",
    patterns=(
        capitals(rf"(?i:[A-Z]{{2}})[0-9]{{6,7}}|{PAIR}(?:{SPACE}|-|{_NUMBERED})[0-9]{{6,7}}", context=0.85, validator="ro_series"),
        capitals(rf"(?:seria|SERIA|serie){SPACE}{PAIR}(?:{SPACE}|{_NUMBERED})[0-9]{{6,7}}", context=0.9, score=0.55, lead="(?:seria|SERIA|serie).", validator="ro_series"),
        capitals(rf"[0-9]{{6}},?{SPACE}(?:seria|SERIA|serie){SPACE}{PAIR}", context=0.85, score=0.5),
        code("[0-9]{6,7}", score=0.01, context=0.6),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "ro": ("serie și număr", "seria și numărul", "ci", "c i", "ci seria", "bi seria", "b i", "ci nr", "c i nr", "cărți de identitate", "cărții de identitate", "identitate", "cartea electronică de identitate", "act identitate", "actului de identitate",
                   "legitimat", "identificat cu", "posesor", "posesoare", "cei"),
            "*": ("carte de identitate", "romanian id", "romanian identity"),
        },
    ),
    field_names=("carte de identitate", "serie si numar ci", "serie ci", "id card"),
    countries=("RO",),
    source="Government Emergency Ordinance 97/2005: two letters and six digits (seven on electronic cards)",
    with_context=("C.I. seria RX nr. 123456", "legitimat cu CI seria KX, nr. 654321", "carte de identitate seria XB numărul 123456", "CI RD 123456", "B.I. seria GZ nr 098765", "CI nr. 123456 seria RX"),
    not_examples=("RX123456", "seria 123456"),
)  # fmt: skip

RO_PASSPORT = EntityType(
    name="RO_PASSPORT",
    patterns=(code("[0-9]{8,9}", score=0.05, context=0.8),),
    context=labels.joined(
        labels.PASSPORT, {"ro": ("pașaport", "pașaportul", "pașaportului", "titular al pașaportului")}
    ),
    field_names=("pasaport", "numar pasaport", "passport", "passport number"),
    countries=("RO",),
    source="Law 248/2005: eight or nine digits",
    with_context=("pașaport nr. 050123456", "Romanian passport No. 12345678", "pașaportului seria 055987654"),
    not_examples=(
        "pașaport nr. 0501234",
        "050123456",
    ),
)

RO_RESIDENCE_PERMIT = EntityType(
    name="RO_RESIDENCE_PERMIT",
    patterns=(
        capitals(rf"(?i:[A-Z]{{2,3}})[0-9]{{6,7}}|(?:{PAIR}|[A-Z]{{3}}){SPACE}[0-9]{{6,7}}|[0-9]{{6,9}}", score=0.05),
        capitals(rf"{PAIR}{_NUMBERED}[0-9]{{6,7}}", score=0.05, context=0.75),
    ),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"ro": ("permis de ședere", "permisului de ședere", "carte de rezidență", "certificat de înregistrare seria")}),
    field_names=("permis de sedere",),
    countries=("RO",),
    source="Government Emergency Ordinances 194/2002 and 102/2005: permits of foreigners",
    with_context=("permis de ședere nr. 0123456", "permis de ședere seria ROU 123456"),
    not_examples=("permis de ședere nr. 01234", "ROU 123456"),
)  # fmt: skip

RO_DRIVER_LICENSE = EntityType(
    name="RO_DRIVER_LICENSE",
    patterns=(
        capitals(
            rf"(?i:[A-Z]{{1,2}}[0-9]{{6,8}}[A-Z]?)|(?:{PAIR}|[A-Z]){SPACE}?[0-9]{{6,8}}(?:{SPACE}[A-Z])?",
            score=0.05,
            context=0.8,
        ),
    ),
    context=labels.joined(labels.DRIVING_LICENCE, {"ro": ("permis auto", "permis de conducere seria")}),
    field_names=("permis de conducere", "permis auto", "driver license"),
    countries=("RO",),
    source="Order 163/2011 of the Ministry of Administration and Interior: county, digits and a letter",
    with_context=("permis de conducere nr. B01234567C", "permisul de conducere seria CJ 00123456 X"),
    not_examples=(
        "permis de conducere nr. B01234567C12",
        "B01234567C",
    ),
)

RO_HEALTH_INSURANCE = EntityType(
    name="RO_HEALTH_INSURANCE",
    patterns=(code(f"[0-9]{{20}}|[0-9]{{16}}|{grouped(4, 4, 4, 4, by=SPACE)}(?:{SPACE}[0-9]{{4}})?", score=0.02, context=0.8),),
    context=labels.joined(labels.HEALTH_INSURANCE, {"ro": ("cardul național", "card național", "cardului național de asigurări", "card de asigurări", "cod de asigurat", "cid", "cnas", "număr asigurat", "cod asigurat")}),
    field_names=("card de sanatate", "cod asigurat"),
    countries=("RO",),
    source="Law 95/2006, Government Decision 900/2012: national health insurance card",
    with_context=("card de sănătate nr. 1234567890123456", "cod de asigurat 10000123456789012345"),
    not_examples=("card de sănătate nr. 123456789012345", "10000123456789012345"),
)  # fmt: skip

_COUNTY = "AB|AR|AG|BC|BH|BN|BR|BT|BV|BZ|CJ|CL|CS|CT|CV|DB|DJ|GJ|GL|GR|HD|HR|IF|IL|IS|MH|MM|MS|NT|OT|PH|SB|SJ|SM|SV|TL|TM|TR|VL|VN|VS"
RO_LICENSE_PLATE = EntityType(
    name="RO_LICENSE_PLATE",
    patterns=(
        plate(rf"(?:{_COUNTY})[ \-][0-9]{{2}}[ \-][A-Z]{{3}}|B[ \-][0-9]{{2,3}}[ \-][A-Z]{{3}}", score=0.3, context=0.85, near=labels.every(labels.VEHICLE)),
        code(rf"(?:{_COUNTY})[ \-]?[0-9]{{2}}[ \-]?[A-Z]{{3}}|B[ \-]?[0-9]{{2,3}}[ \-]?[A-Z]{{3}}|(?:{_COUNTY}|B)[ \-]?[0-9]{{5,6}}", score=0.05, context=0.8),
    ),
    context=labels.joined(labels.PLATE, {"ro": ("nr de înmatriculare", "număr de înmatriculare", "nr înmatriculare", "numere de înmatriculare", "plăcuța", "plăcuțe")}),
    field_names=("numar de inmatriculare", "nr inmatriculare", "license plate"),
    countries=("RO",),
    source="Order 1501/2006: county, two or three digits, three letters",
    with_context=("autoturism marca Dacia, nr. de înmatriculare B 123 ABC", "înmatriculat sub nr. CJ-12-XYZ", "autovehiculul B-12-KLM"),
    not_examples=("B 123 ABC", "XX 12 ABC"),
)  # fmt: skip

RO_POSTCODE = EntityType(
    name="RO_POSTCODE",
    patterns=(postcode("[0-9]{6}"),),
    context=labels.joined(labels.POSTCODE, {"ro": ("cod poștal", "codul poștal", "c p")}),
    field_names=("cod postal", "postcode", "postal code", "zip"),
    countries=("RO",),
    source="Poșta Română: six digits",
    with_context=("cod poștal 010011", "postal code: 400001"),
    not_examples=(
        "cod poștal 01001",
        "010011",
    ),
)

TYPES = (
    RO_CNP, RO_CUI, RO_VAT_CODE, RO_COMPANY_NUMBER, RO_IDENTITY_CARD, RO_PASSPORT, RO_RESIDENCE_PERMIT, RO_DRIVER_LICENSE,
    RO_HEALTH_INSURANCE, RO_LICENSE_PLATE, RO_POSTCODE,
)  # fmt: skip
