"""Luxembourg."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, luhn, verhoeff
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
    SPACE,
    capitals,
    code,
    grouped,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def _dated(digits: list[int]) -> bool:
    year, month, day = (int("".join(map(str, digits[a:b]))) for a, b in ((0, 4), (4, 6), (6, 8)))
    return 1850 <= year <= 2049 and is_date(year, month, day)


def _matricule(text: str) -> bool:
    """Date of birth, three digits; then a Luhn digit and one of Verhoeff, each over the first eleven."""
    digits = digits_of(text)
    if len(digits) != 13 or not _dated(digits):
        return False
    plain = "".join(map(str, digits))
    return luhn(plain[:12]) and verhoeff(plain[:11] + plain[12])


def _matricule_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) in {11, 13} and _dated(digits) else False


def _vat(text: str) -> bool:
    """Six digits, and the rest of them modulo 89."""
    digits = "".join(map(str, digits_of(text)))
    return len(digits) == 8 and int(digits) > 0 and int(digits[:6]) % 89 == int(digits[6:])


def _year_shape(text: str) -> bool | None:
    """Of an organisation: begins with a year, then the code of its form of law."""
    year = int("".join(map(str, digits_of(text)[:4])) or 0)
    return None if 1900 <= year <= 2049 else False


def _two_digits(text: str) -> bool | None:
    return None if sum(map(str.isdigit, text)) >= 2 else False


VALIDATORS: Mapping[str, Validator] = {
    "lu_matricule": _matricule,
    "lu_matricule_shape": _matricule_shape,
    "lu_year": _year_shape,
    "lu_vat": _vat,
    "lu_document": _two_digits,
}

_MATRICULE = rf"(?:1[89]|20)[0-9]{{2}}{SEP}[01][0-9]{SEP}[0-3][0-9]{SEP}[0-9]{{3}}{SEP}[0-9]{{2}}|(?:1[89]|20)[0-9]{{6}}{SPACE}[0-9]{{5}}"
LU_MATRICULE = EntityType(
    name="LU_MATRICULE",
    patterns=(
        proved(_MATRICULE, alone=0.85, context=0.95, score=0.1),
        labelled(code(rf"{_MATRICULE}|(?:19|20)[0-9]{{2}}{SEP}[01][0-9]{SEP}[0-3][0-9]{SEP}[0-9]{{3}}"), "lu_matricule_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        labels.SOCIAL_SECURITY,
        {
            "fr": ("matricule", "numéro matricule", "numéro d identification national", "n d identification", "numéro de sécurité", "identification national", "identification nationale", "cns", "ccss", "n matricule", "matricule national"),
            "de": ("matrikelnummer", "matrikel", "sozialversicherungsnummer", "nationale identifikationsnummer", "erkennungsnummer", "matricule"),
            "lb": ("matricule", "sozialversécherungsnummer", "identifikatiounsnummer", "matriculesnummer"),
        },
    ),
    validator="lu_matricule",
    checks_digits=True,
    field_names=("matricule", "numero matricule", "matricule national"),
    countries=("LU",),
    source="Law of 19 June 2013 on the identification of natural persons: date of birth, three digits, Luhn and Verhoeff digits",
    examples=("1985072312339",),
    with_context=("Matricule: 1985 07 23 123 45", "n° matricule 1985072312399", "numéro d'identification national 1985 0723 123 39"),
    not_examples=("1985 07 23 123 45", "1985072312338"),
)  # fmt: skip

_BUSINESS = rf"(?:19|20)[0-9]{{2}}{SEP}[0-9]{{4}}{SEP}[0-9]{{3}}|(?:19|20)[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}[0-9]{{2}}{SEP}[0-9]{{3}}|(?:19|20)[0-9]{{2}}{SP}[0-9]{{2}}{SP}[0-9]{{5}}"
LU_COMPANY_NUMBER = EntityType(
    name="LU_COMPANY_NUMBER",
    patterns=(
        capitals(rf"[A-L]{SP}[0-9]{{2,3}}[. ]?[0-9]{{3}}|[A-L]{SP}[0-9]{{3,6}}", score=0.1, context=0.85),
        code(_BUSINESS, score=0.02, context=0.75, validator="lu_year"),
        code("[0-9]{5,6}", score=0.02, context=0.6),
    ),
    context={
        "fr": ("rcs", "rcsl", "r c s", "r c s l", "registre de commerce", "registre de commerce et des sociétés", "matricule", "rcs luxembourg", "n rcs", "autorisation d établissement"),
        "de": ("handelsregister", "handels und gesellschaftsregister", "hgr", "rcs", "firmenmatrikel"),
        "*": ("rcs", "rcsl", "rcs luxembourg", "trade and companies register", "luxembourg business registers", "r c s"),
    },
    field_names=("rcs", "numero rcs", "company number"),
    countries=("LU",),
    source="Law of 19 December 2002 on the trade and companies register: section letter and number",
    with_context=("RCS Luxembourg B 123456", "R.C.S. Luxembourg B123.456", "inscrite au registre de commerce sous le numéro B 98765", "matricule 2005 2401 234"),
    not_examples=("B 123456", "20052401234"),
)  # fmt: skip

_VAT = rf"LU{SEP}(?:[0-9]{{8}}|{grouped(4, 4)}|{grouped(3, 3, 2)}|{grouped(2, 2, 2, 2)})"
LU_VAT_CODE = EntityType(
    name="LU_VAT_CODE",
    patterns=(proved(_VAT, alone=0.85, context=0.95, score=0.2), labelled(code(_VAT)), proved("[0-9]{8}", alone=0.2, context=0.8)),
    context=labels.VAT,
    validator="lu_vat",
    field_names=("tva", "numero tva", "vat", "vat number"),
    countries=("LU",),
    source="Law of 12 February 1979 on VAT: LU, six digits and their rest modulo 89",
    examples=("LU15027442", "LU 1502 7442"),
    with_context=("TVA LU15027443", "n° TVA: LU 15027442"),
    not_examples=("TVA LU1502744", "LU15027443"),
)  # fmt: skip

LU_PASSPORT = EntityType(
    name="LU_PASSPORT",
    patterns=(
        code("[JD][A-Z0-9]{7,8}", score=0.05, context=0.8, validator="lu_document", needs_digit=True),
        capitals(series("[0-9]{6,7}"), score=0.05),
    ),
    context=labels.PASSPORT,
    field_names=("passeport", "passport", "passport number", "reisepass"),
    countries=("LU",),
    source="Grand-ducal regulation of 15 June 2011, ICAO Doc 9303: eight letters and digits",
    with_context=("passeport luxembourgeois n° JC4KR6L5", "Luxembourg passport No. JB1234X7"),
    not_examples=(
        "passeport luxembourgeois n° JC4KR6L",
        "JC4KR6L5",
    ),
)

LU_IDENTITY_CARD = EntityType(
    name="LU_IDENTITY_CARD",
    patterns=(
        code("[A-Z0-9]{8,9}", score=0.02, context=0.75, validator="lu_document", needs_digit=True),
        capitals(series("[0-9]{6,8}", "[A-Z]{1,2}", f"(?:[A-Z]|{PAIR})"), score=0.05),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD, {"lb": ("carte d identité", "identitéitskaart"), "de": ("personalausweis",)}
    ),
    field_names=("carte identite", "id card", "identitatskarte"),
    countries=("LU",),
    source="Law of 19 June 2013 on identity cards, ICAO Doc 9303: nine letters and digits",
    with_context=("carte d'identité luxembourgeoise n° I4KR6L5X2", "carte d'identité n° SPEC12345"),
    not_examples=(
        "carte d'identité luxembourgeoise n° I4KR6L5",
        "I4KR6L5X2",
    ),
)

LU_RESIDENCE_PERMIT = EntityType(
    name="LU_RESIDENCE_PERMIT",
    patterns=(code(r"[A-Z0-9]{9}", score=0.02, context=0.7, validator="lu_document", needs_digit=True), code(r"[A-Z]{1,3}-?[0-9]{6,8}", score=0.02, context=0.7)),
    context=labels.RESIDENCE_PERMIT,
    countries=("LU",),
    source="Law of 29 August 2008 on the free movement of persons, Regulation (EC) 1030/2002",
    with_context=("titre de séjour n° S1234567X", "Aufenthaltstitel Nr. LUX123456"),
    not_examples=("titre de séjour n° S12345", "S1234567X"),
)  # fmt: skip

LU_DRIVER_LICENSE = EntityType(
    name="LU_DRIVER_LICENSE",
    patterns=(code("[0-9]{6,8}", score=0.02, context=0.75),),
    context=labels.joined(labels.DRIVING_LICENCE, {"lb": ("führerschäin", "permis")}),
    field_names=("permis conduire", "driver license", "fuhrerschein"),
    countries=("LU",),
    source="Grand-ducal decree of 23 November 1955 (Code de la route): six digits",
    with_context=("permis de conduire n° 123456", "Führerschein Nr. 654321"),
    not_examples=(
        "permis de conduire n° 12345",
        "123456",
    ),
)

LU_LICENSE_PLATE = EntityType(
    name="LU_LICENSE_PLATE",
    patterns=(capitals(r"[A-Z]{2}[ \x{A0}\-]?[0-9]{4}", score=0.05, context=0.8),),
    context=labels.joined(
        labels.PLATE, {"lb": ("plack", "autosplack"), "fr": ("immatriculé", "immatriculée", "plaque")}
    ),
    field_names=("plaque", "immatriculation", "license plate", "kennzeichen"),
    countries=("LU",),
    source="Code de la route: two letters and four digits, four or five digits",
    with_context=("véhicule immatriculé AB 1234", "Kennzeichen XY-9876"),
    not_examples=(
        "véhicule immatriculé AB 123",
        "AB 1234",
    ),
)

LU_POSTCODE = EntityType(
    name="LU_POSTCODE",
    patterns=(Pattern(regex=r"\bL-[1-9][0-9]{3}\b", score=0.45, context=0.85, near=("luxembourg", "lëtzebuerg", "luxemburg", "esch", "differdange", "dudelange")), code("L ?-? ?[1-9][0-9]{3}", score=0.1, context=0.7), postcode("[1-9][0-9]{3}")),
    context=labels.POSTCODE,
    field_names=("code postal", "postcode", "postal code", "zip", "plz"),
    countries=("LU",),
    source="POST Luxembourg: L and four digits",
    with_context=("L-1611 Luxembourg", "code postal 1611", "code postal : L-4040"),
    not_examples=("L-161 Luxembourg", "1611"),
)  # fmt: skip

TYPES = (
    LU_MATRICULE, LU_COMPANY_NUMBER, LU_VAT_CODE, LU_PASSPORT, LU_IDENTITY_CARD, LU_RESIDENCE_PERMIT, LU_DRIVER_LICENSE,
    LU_LICENSE_PLATE, LU_POSTCODE,
)  # fmt: skip
