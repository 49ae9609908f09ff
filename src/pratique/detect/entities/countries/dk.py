"""Denmark."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    DASH,
    SEP,
    SP,
    WEAK,
    bare_vat,
    code,
    grouped,
    labelled,
    postcode,
    proved,
)
from pratique.detect.entities.record import EntityType, Pattern


def _cpr(text: str) -> bool:
    """A date of birth, and a seventh digit that goes with its year; the check modulo 11 was given up in 2007."""
    digits = digits_of(text)
    if len(digits) != 10:
        return False
    day, month, year = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3], digits[4] * 10 + digits[5]
    return is_date(_century(digits[6], year) + year, month, day) and any(digits[6:])


def _century(seventh: int, year: int) -> int:
    if seventh < 4:
        return 1900
    if seventh in {4, 9}:
        return 2000 if year < 37 else 1900
    return 2000 if year < 58 else 1800


def _cvr(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 8 and digits[0] > 0 and weighted_sum(text, (2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


VALIDATORS: Mapping[str, Validator] = {"dk_cpr": _cpr, "dk_cvr": _cvr}

_CPR = rf"[0-9]{{6}}{SP}(?:{DASH}|/)?{SP}[0-9]{{4}}"
DK_CPR = EntityType(
    name="DK_CPR",
    patterns=(
        Pattern(regex=rf"\b[0-3][0-9][01][0-9]{{3}}{SP}{DASH}{SP}[0-9]{{4}}\b", score=0.1, validated=0.6, context=0.95),
        proved(_CPR, alone=WEAK, context=0.9),
        labelled(code(_CPR)),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "da": ("cpr", "cprnr", "cpr nr", "cpr nummer", "cprnummer", "personnummer", "personnr", "pers nr", "sygesikringsbevis", "sundhedskort"),
            "*": ("cpr", "danish personal", "civil registration"),
        },
    ),
    validator="dk_cpr",
    checks_digits=True,
    field_names=("cpr", "cpr nummer", "cpr number", "personnummer", "cprnr"),
    countries=("DK",),
    source="CPR-loven, CPR-kontoret: date of birth and century rule (the modulo 11 check was given up in 2007)",
    examples=("211062-5629", "010180-1234"),
    with_context=("CPR 2110625629", "CPR-nr.: 211062 5629", "cpr.nr. 311280-1234", "personnummer 010180-1234"),
    not_examples=("511062-5629", "2110625629"),
)  # fmt: skip

_CVR = rf"[1-9][0-9]{SP}{grouped(2, 2, 2, by=SP)}"
DK_COMPANY_NUMBER = EntityType(
    name="DK_COMPANY_NUMBER",
    patterns=(
        proved(_CVR, alone=WEAK, context=0.9),
        labelled(code(_CVR)),
        code(
            "[0-9]{10}", score=0.02, context=0.65, near=("p nummer", "p nr", "produktionsenhed"), validator="unchecked"
        ),
    ),
    context={
        "da": (
            "cvr",
            "cvr nr",
            "cvrnr",
            "cvr nummer",
            "cvrnummer",
            "se nr",
            "se nummer",
            "senr",
            "p nummer",
            "p nr",
            "virksomhed",
        ),
        "*": ("cvr", "danish company", "company registration", "company reg"),
    },
    validator="dk_cvr",
    checks_digits=True,
    field_names=("cvr", "cvr nummer", "cvr nr"),
    countries=("DK",),
    source="CVR-loven, Erhvervsstyrelsen: eight digits, check modulo 11",
    with_context=("CVR-nr. 13585628", "CVR nr.: 13 58 56 28", "CVR 13585629", "P-nummer 1003456789"),
    not_examples=(
        "CVR-nr. 1358562",
        "13585628",
    ),
)

_VAT = rf"DK{SEP}{_CVR}"
DK_VAT_CODE = EntityType(
    name="DK_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.3), bare_vat(_CVR), labelled(code(_VAT))),
    context=labels.VAT,
    validator="dk_cvr",
    field_names=("momsnummer", "se nummer", "vat", "vat number"),
    countries=("DK",),
    source="Momsloven: DK and the number of the company",
    examples=("DK13585628", "DK 13 58 56 28", "DK-13585628"),
    with_context=("Momsnr. DK13585629",),
    not_examples=(
        "Momsnr. DK1358562",
        "DK13585629",
    ),
)

DK_PASSPORT = EntityType(
    name="DK_PASSPORT",
    patterns=(code(f"[0-9]{{9}}|{grouped(3, 3, 3, by=SP)}", score=0.05),),
    context=labels.PASSPORT,
    field_names=("pasnummer", "pas", "passport", "passport number"),
    countries=("DK",),
    source="Pasbekendtgørelsen: nine digits",
    with_context=("pas nr. 201234567", "pasnummer: 201234567", "dansk pas 201 234 567"),
    not_examples=(
        "pas nr. 20123456",
        "201234567",
    ),
)

DK_IDENTITY_CARD = EntityType(
    name="DK_IDENTITY_CARD",
    patterns=(code("[0-9]{7,10}|[A-Z]{1,2}[0-9]{7}", score=0.02, context=0.7),),
    context=labels.IDENTITY_CARD,
    field_names=("id kort", "legitimationskort"),
    countries=("DK",),
    source="Legitimationskortbekendtgørelsen",
    with_context=("legitimationskort nr. 12345678", "ID-kort nr. 123456789"),
    not_examples=(
        "legitimationskort nr. 123456",
        "12345678",
    ),
)

DK_RESIDENCE_PERMIT = EntityType(
    name="DK_RESIDENCE_PERMIT",
    patterns=(
        code("[A-Z]{0,2}[0-9]{7,9}", score=0.02),
        code("[0-9]{2}[ -][0-9]{2}[ -][0-9]{2}[ -][0-9]{2}[ -][0-9]{2}", score=0.02, context=0.7),
    ),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"da": ("udlændingenummer", "udl nr", "person id")}),
    countries=("DK",),
    source="Udlændingeloven: residence cards, nine characters",
    with_context=("opholdstilladelse nr. Z12345678", "opholdskort nr. 123456789"),
    not_examples=(
        "opholdstilladelse nr. Z123456",
        "123456789",
    ),
)

DK_DRIVER_LICENSE = EntityType(
    name="DK_DRIVER_LICENSE",
    patterns=(code("[0-9]{8}", score=0.02, context=0.75),),
    context=labels.DRIVING_LICENCE,
    field_names=("koerekort", "kørekort", "driver license"),
    countries=("DK",),
    source="Kørekortbekendtgørelsen: eight digits",
    with_context=("kørekort nr. 12345678", "kørekortnummer 23456789"),
    not_examples=(
        "kørekort nr. 1234567",
        "12345678",
    ),
)

DK_LICENSE_PLATE = EntityType(
    name="DK_LICENSE_PLATE",
    patterns=(
        Pattern(
            regex=r"\b[A-Z]{2}[ \-]?[0-9]{2}[ .\-]?[0-9]{3}\b",
            score=0.15,
            context=0.8,
            near=labels.every(labels.VEHICLE),
        ),
    ),
    context=labels.PLATE,
    field_names=("nummerplade", "registreringsnummer", "license plate"),
    countries=("DK",),
    source="Registreringsbekendtgørelsen: two letters and five digits",
    with_context=("registreringsnummer AB 12 345", "nummerplade AB12345", "bil med reg.nr. XY 98 765"),
    not_examples=(
        "registreringsnummer AB 12 34",
        "AB 12 345",
    ),
)

DK_POSTCODE = EntityType(
    name="DK_POSTCODE",
    patterns=(postcode("[0-9]{4}"), Pattern(regex=r"\bDK-[0-9]{4}\b", score=0.45, context=0.8)),
    context=labels.POSTCODE,
    field_names=("postnummer", "postnr", "postcode", "postal code", "zip"),
    countries=("DK",),
    source="PostNord Danmark: four digits",
    with_context=("postnr. 2100", "postnummer: 8000"),
    not_examples=(
        "postnr. 210",
        "2100",
    ),
)

DK_BANK_ACCOUNT = EntityType(
    name="DK_BANK_ACCOUNT",
    patterns=(
        code(r"[0-9]{4}[ \-.][0-9]{7,10}|[0-9]{14}|[0-9]{4} [0-9]{3,4} [0-9]{3} [0-9]{3}", score=0.05, context=0.75),
        code("[0-9]{6,10}", score=0.02, context=0.6, near=("kontonr", "kontonummer", "konto nr", "konto")),
        code("[0-9]{4}", score=0.01, context=0.55, near=("reg nr", "regnr", "registreringsnr")),
    ),
    context={
        "da": ("kontonr", "kontonummer", "konto nr", "bankkonto", "konto", "reg nr", "regnr"),
        "en": ("danish account",),
    },
    field_names=("kontonummer", "konto", "reg nr"),
    countries=("DK",),
    source="Finans Danmark: registration number of four digits and account of up to ten",
    with_context=("konto 1234-1234567890", "reg.nr. 5301 kontonr. 0001234567", "bankkonto: 5301 1234567"),
    not_examples=(
        "konto 1234-123456789012",
        "1234-1234567890",
    ),
)

TYPES = (
    DK_CPR, DK_COMPANY_NUMBER, DK_VAT_CODE, DK_PASSPORT, DK_IDENTITY_CARD, DK_RESIDENCE_PERMIT, DK_DRIVER_LICENSE,
    DK_LICENSE_PLATE, DK_POSTCODE, DK_BANK_ACCOUNT,
)  # fmt: skip
