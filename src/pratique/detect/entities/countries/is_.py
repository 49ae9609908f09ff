"""Iceland."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    DASH,
    PAIR,
    SEP,
    SP,
    capitals,
    code,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def _dated(digits: list[int]) -> bool:
    """Day (40 more for organisations), month, year; the last digit is the century, 9 or 0 (8 for the nineteenth)."""
    day, month, year = (digits[at] * 10 + digits[at + 1] for at in (0, 2, 4))
    return digits[9] in {0, 8, 9} and is_date(year, month, day - 40 if day > 40 else day)


def _kennitala(text: str) -> bool:
    """A date, two digits, a check modulo 11 and the century."""
    digits = digits_of(text)
    return len(digits) == 10 and _dated(digits) and weighted_sum(text, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _kennitala_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 10 and _dated(digits) else False


VALIDATORS: Mapping[str, Validator] = {
    "is_kennitala": _kennitala,
    "is_kennitala_shape": _kennitala_shape,
}

_KENNITALA = f"[0-7][0-9][01][0-9]{{3}}{SEP}[0-9]{{4}}"
IS_KENNITALA = EntityType(
    name="IS_KENNITALA",
    patterns=(
        proved(r"[0-7][0-9][01][0-9]{3}[\- ][0-9]{4}", alone=0.7, context=0.95),
        proved(_KENNITALA, alone=0.4, context=0.95),
        labelled(code(_KENNITALA), "is_kennitala_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "is": ("kennitala", "kennitölu", "kennitalan", "kennitölur", "kennitöluna", "kt", "kennit", "ktl", "fæðingarnúmer"),
            "*": ("kennitala", "kt", "icelandic id"),
        },
    ),
    validator="is_kennitala",
    checks_digits=True,
    field_names=("kennitala", "kt", "national id"),
    countries=("IS",),
    source="Act 140/2019 on the registration of individuals (Registers Iceland): date, check modulo 11, century",
    examples=("120174-3399", "450401-3150"),
    with_context=("kt. 1201743399", "kennitala: 120174-3389", "Kt.: 120174 3399"),
    not_examples=("120174-3389", "321374-3399", "1201743399"),
)  # fmt: skip

IS_VAT_CODE = EntityType(
    name="IS_VAT_CODE",
    patterns=(code(rf"(?:IS{SEP})?[0-9]{{5,6}}", score=0.02, context=0.8),),
    context=labels.joined(labels.VAT, {"is": ("vsk", "vsk nr", "vsk númer", "vsknr", "virðisaukaskattsnúmer")}),
    field_names=("vsk numer", "vsk", "vat number"),
    countries=("IS",),
    source="Act 50/1988 on value added tax: five or six digits",
    with_context=("VSK nr. 12345", "VSK-númer: 123456", "virðisaukaskattsnúmer 98765"),
    not_examples=(
        "VSK nr. 1234",
        "12345",
    ),
)

IS_PASSPORT = EntityType(
    name="IS_PASSPORT",
    patterns=(capitals(series("[0-9]{6,7}", "[A-Z]{1,2}", f"(?:[A-Z]|{PAIR})"), context=0.8),),
    context=labels.joined(labels.PASSPORT, {"is": ("vegabréf", "vegabréfs", "vegabréfsnúmer", "vegabréfi")}),
    field_names=("vegabref", "vegabrefsnumer", "passport", "passport number"),
    countries=("IS",),
    source="Act 136/1998 on passports: a letter and seven digits",
    with_context=("vegabréf nr. A1234567", "vegabréfsnúmer: A7654321", "Icelandic passport No. A2345678"),
    not_examples=(
        "vegabréf nr. A12345",
        "A1234567",
    ),
)

IS_IDENTITY_CARD = EntityType(
    name="IS_IDENTITY_CARD",
    patterns=(capitals(series("[0-9]{6,7}", "[A-Z]{1,2}", f"(?:[A-Z]|{PAIR})")), code("[0-9]{7,9}", score=0.02, context=0.65)),
    context=labels.joined(labels.IDENTITY_CARD, {"is": ("nafnskírteini", "nafnskírteinis", "skilríki", "persónuskilríki")}),
    field_names=("nafnskirteini", "skilriki", "id card"),
    countries=("IS",),
    source="Act 55/2023 on identity cards",
    with_context=("nafnskírteini nr. ID1234567", "skilríki nr. 1234567"),
    not_examples=("nafnskírteini nr. ID12345", "ID1234567"),
)  # fmt: skip

IS_RESIDENCE_PERMIT = EntityType(
    name="IS_RESIDENCE_PERMIT",
    patterns=(code("[A-Z]{1,3}[0-9]{6,8}|[0-9]{6,9}", score=0.02, context=0.7),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT, {"is": ("dvalarleyfi", "dvalarleyfis", "dvalarskírteini", "dvalarleyfisskírteini")}
    ),
    countries=("IS",),
    source="Act 80/2016 on foreign nationals: residence cards",
    with_context=("dvalarleyfi nr. IS1234567", "dvalarleyfisskírteini 12345678"),
    not_examples=(
        "dvalarleyfi nr. IS12345",
        "12345678",
    ),
)

IS_DRIVER_LICENSE = EntityType(
    name="IS_DRIVER_LICENSE",
    patterns=(code("[0-9]{6,9}", score=0.02, context=0.75),),
    context=labels.joined(labels.DRIVING_LICENCE, {"is": ("ökuskírteini", "ökuskírteinis", "ökuréttindi")}),
    field_names=("okuskirteini", "driver license"),
    countries=("IS",),
    source="Regulation 830/2011 on driving licences",
    with_context=("ökuskírteini nr. 123456789", "ökuskírteinisnúmer: 1234567"),
    not_examples=(
        "ökuskírteini nr. 12345678912",
        "123456789",
    ),
)

IS_LICENSE_PLATE = EntityType(
    name="IS_LICENSE_PLATE",
    patterns=(capitals(r"[A-Z]{2}[ \x{A0}\-]?[A-Z0-9][ \x{A0}\-]?[0-9]{2}|(?i:[A-Z]{2}-?[A-Z0-9][0-9]{2})", score=0.05, context=0.8),),
    context=labels.joined(labels.PLATE, {"is": ("skráningarnúmer", "skráningarmerki", "bílnúmer", "fastanúmer", "bifreið", "bifreiðin", "bifreiðinni", "bifreiðina", "bíll", "bílnum")}),
    field_names=("skraningarnumer", "bilnumer", "license plate"),
    countries=("IS",),
    source="Regulation 751/2003 on the registration of vehicles: two letters, a letter or digit, two digits",
    with_context=("bifreiðin AB 123", "skráningarnúmer: XY-Z12", "bílnúmer KLM45"),
    not_examples=("bifreiðin AB 12", "AB 123"),
)  # fmt: skip

IS_POSTCODE = EntityType(
    name="IS_POSTCODE",
    patterns=(postcode("[1-9][0-9]{2}"), Pattern(regex=r"\bIS-[1-9][0-9]{2}\b", score=0.45, context=0.8)),
    context={"is": ("póstnúmer", "póstnr", "pnr"), "en": ("postcode", "postal code")},
    field_names=("postnumer", "postcode", "postal code", "zip"),
    countries=("IS",),
    source="Byggðastofnun: three digits",
    with_context=("póstnúmer 101", "Póstnúmer: 600"),
    not_examples=(
        "póstnúmer 10",
        "101",
    ),
)

_ACCOUNT = rf"[0-9]{{4}}{SP}{DASH}{SP}[0-9]{{2}}{SP}{DASH}{SP}[0-9]{{3,6}}"
IS_BANK_ACCOUNT = EntityType(
    name="IS_BANK_ACCOUNT",
    patterns=(
        code(_ACCOUNT, score=0.15, context=0.85),
        code(r"[0-9]{4}[ \x{A0}.][0-9]{2}[ \x{A0}.][0-9]{3,6}|[0-9]{12}|[0-9]{3}-[0-9]{2}-[0-9]{4,6}", score=0.02, context=0.75),
    ),
    context=labels.joined(labels.ACCOUNT, {"is": ("reikningur", "reikning", "reikningi", "reiknings", "reikningsnúmer", "bankareikning", "bankareikningur", "banki", "reikn", "bankanr")}),
    field_names=("reikningsnumer", "bankareikningur", "bank account"),
    countries=("IS",),
    source="Reiknistofa bankanna: bank of four digits, ledger of two, account of six",
    with_context=("reikning nr. 0133-26-012345", "bankareikningur: 0515-14-123456", "reikningsnúmer 0111 26 004321"),
    not_examples=("reikning nr. 0133-26-01234512", "0133-26-012345"),
)  # fmt: skip

TYPES = (
    IS_KENNITALA, IS_VAT_CODE, IS_PASSPORT, IS_IDENTITY_CARD, IS_RESIDENCE_PERMIT, IS_DRIVER_LICENSE, IS_LICENSE_PLATE,
    IS_POSTCODE, IS_BANK_ACCOUNT,
)  # fmt: skip
