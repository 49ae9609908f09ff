"""Latvia."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    PAIR,
    SEP,
    SP,
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
    """Day, month, year and the century (0 to 2); or, from July 2017 on, 32 to 39 and no date."""
    day, month, year = (digits[at] * 10 + digits[at + 1] for at in (0, 2, 4))
    return 32 <= day <= 39 or (digits[6] <= 2 and is_date(year, month, day))


def _personal(text: str) -> bool | None:
    """A check modulo 11 behind the date of birth; the digits of codes without a date prove nothing."""
    digits = digits_of(text)
    if len(digits) != 11 or not _dated(digits):
        return False
    if digits[0] == 3 and digits[1] >= 2:
        return None
    return (1 + weighted_sum(text, (10, 5, 8, 4, 2, 1, 6, 3, 7, 9))) % 11 % 10 == digits[10]


def _personal_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 11 and _dated(digits) else False


def _company(text: str) -> bool:
    """Eleven digits from 4 on, weights modulo 11."""
    digits = digits_of(text)
    return len(digits) == 11 and digits[0] > 3 and weighted_sum(text, (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)) % 11 == 3


def _vat(text: str) -> bool:
    """The number of a company, or the personal code of a person."""
    return _company(text) or _personal(text) is True


VALIDATORS: Mapping[str, Validator] = {
    "lv_personal": _personal,
    "lv_personal_shape": _personal_shape,
    "lv_company": _company,
    "lv_vat": _vat,
}

_PERSONAL = rf"[0-3][0-9]{{5}}{SP}[\-\x{{2013}} ]?{SP}[0-9]{{5}}"
LV_PERSONAS_KODS = EntityType(
    name="LV_PERSONAS_KODS",
    patterns=(
        proved(r"[0-3][0-9]{5}-[0-9]{5}", alone=0.8, context=0.95, score=0.38),
        proved(_PERSONAL, alone=0.5, context=0.95),
        labelled(code(_PERSONAL), "lv_personal_shape"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "lv": ("personas kods", "personas koda", "personas kodu", "personas kodam", "p k", "pk", "pers kods", "personas k", "p kods", "dzimusi", "dzimis"),
            "*": ("personas kods", "p k", "personal code"),
        },
    ),
    validator="lv_personal",
    checks_digits=True,
    field_names=("personas kods", "personal code"),
    countries=("LV",),
    source="Law on the register of natural persons: date of birth, century, check modulo 11; since 2017 from 32 on, without a date",
    examples=("161175-19997", "010180-11117"),
    with_context=("personas kods 161175-19998", "p.k. 321234-56789", "personas kods: 16117519997", "personal code 32056712345"),
    not_examples=("161175-19998", "451175-19997"),
)  # fmt: skip

LV_COMPANY_NUMBER = EntityType(
    name="LV_COMPANY_NUMBER",
    patterns=(proved("[4-9][0-9]{10}", alone=0.38, context=0.9), labelled(code("[4-9][0-9]{10}"))),
    context={
        "lv": ("reģistrācijas", "reģ nr", "reģistrācijas numurs", "reģistrācijas nr", "vienotais reģistrācijas", "vienotais reģ nr", "nmr", "uzņēmumu reģistr", "komercreģistr", "reģ numurs", "nodokļu maksātāja"),
        "*": ("registration number", "reg no", "unified registration number", "company number", "registration no"),
    },
    validator="lv_company",
    checks_digits=True,
    field_names=("registracijas numurs", "reg nr", "company number"),
    countries=("LV",),
    source="Law on the Enterprise Register, law on taxes and fees: eleven digits, check modulo 11",
    with_context=("SIA „Baltija“, reģ. Nr. 40003521600", "vienotais reģistrācijas numurs 40003521601", "registration number 40003521600"),
    not_examples=("40003521600", "40003521601"),
)  # fmt: skip

_VAT = f"LV{SEP}(?:[0-9]{{11}}|{grouped(3, 3, 3, 2)}|{grouped(4, 4, 3)})"
LV_VAT_CODE = EntityType(
    name="LV_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.2), labelled(code(_VAT))),
    context=labels.VAT,
    validator="lv_vat",
    field_names=("pvn", "pvn numurs", "vat", "vat number"),
    countries=("LV",),
    source="Value added tax law: LV and eleven digits, check modulo 11",
    examples=("LV40003521600", "LV 40003521600"),
    with_context=("PVN reģ. Nr. LV40003521601", "PVN maksātāja numurs LV40003521600"),
    not_examples=(
        "PVN reģ. Nr. LV4000352160",
        "LV40003521601",
    ),
)

_DOCUMENT = series("[0-9]{7}")
LV_PASSPORT = EntityType(
    name="LV_PASSPORT",
    patterns=(capitals(_DOCUMENT, context=0.8),),
    context=labels.joined(labels.PASSPORT, {"lv": ("pase", "pases", "pasi", "pases nr", "pases numurs", "nepilsoņa")}),
    field_names=("pase", "pases numurs", "passport", "passport number"),
    countries=("LV",),
    source="Personal identification documents law: two letters and seven digits",
    with_context=("pase Nr. LV1234567", "pases Nr. LK 7654321", "Latvian passport No. LV7654321"),
    not_examples=(
        "pase Nr. LV123456",
        "LV1234567",
    ),
)

LV_IDENTITY_CARD = EntityType(
    name="LV_IDENTITY_CARD",
    patterns=(capitals(_DOCUMENT, context=0.8),),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"lv": ("personas apliecība", "personas apliecības", "personas apliecību", "personas apliecības nr", "eid", "eid karte", "eid kartes", "identifikācijas karte", "apliecība", "apliecības nr")},
    ),
    field_names=("personas apliecibas numurs", "personas aplieciba", "id card"),
    countries=("LV",),
    source="Personal identification documents law: two letters and seven digits",
    with_context=("personas apliecība Nr. PA1234567", "eID karte PA7654321", "personas apliecības numurs: PB 1234567"),
    not_examples=("personas apliecība Nr. PA123456", "PA1234567"),
)  # fmt: skip

LV_RESIDENCE_PERMIT = EntityType(
    name="LV_RESIDENCE_PERMIT",
    patterns=(capitals(series("[0-9]{6,7}", "[A-Z]{2,3}"), score=0.05),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {"lv": ("uzturēšanās atļauja", "uzturēšanās atļaujas", "uzturēšanās atļauju", "termiņuzturēšanās")},
    ),
    countries=("LV",),
    source="Immigration law, Regulation (EC) 1030/2002",
    with_context=("uzturēšanās atļauja Nr. TU1234567", "termiņuzturēšanās atļauja UA 123456"),
    not_examples=(
        "uzturēšanās atļauja Nr. TU12345",
        "TU1234567",
    ),
)

LV_DRIVER_LICENSE = EntityType(
    name="LV_DRIVER_LICENSE",
    patterns=(capitals(series("[0-9]{6}"), score=0.05, context=0.8),),
    context=labels.joined(
        labels.DRIVING_LICENCE,
        {"lv": ("vadītāja apliecība", "vadītāja apliecības", "vadītāja apliecību", "autovadītāja apliecība")},
    ),
    field_names=("vaditaja aplieciba", "driver license"),
    countries=("LV",),
    source="Road traffic law (CSDD): two letters and six digits",
    with_context=("vadītāja apliecība Nr. AB123456", "vadītāja apliecības Nr. KL 654321"),
    not_examples=(
        "vadītāja apliecība Nr. AB12345",
        "AB123456",
    ),
)

LV_LICENSE_PLATE = EntityType(
    name="LV_LICENSE_PLATE",
    patterns=(capitals(rf"{PAIR}[ \x{{A0}}\-\x{{2013}}]?[0-9]{{1,4}}", score=0.05, context=0.8),),
    context=labels.joined(labels.PLATE, {"lv": ("valsts reģistrācijas", "valsts numurs", "valsts nr", "reģistrācijas numurs", "automašīna", "automašīnu", "automašīnas", "transportlīdzeklis", "numurzīme")}),
    field_names=("valsts numurs", "license plate"),
    countries=("LV",),
    source="LVS 20: two letters and one to four digits",
    with_context=("automašīna, valsts Nr. AB-1234", "reģistrācijas numurs KL 5678", "automašīnu ar valsts numuru HR-77"),
    not_examples=("automašīna, valsts Nr. AB-123412", "AB-1234"),
)  # fmt: skip

LV_POSTCODE = EntityType(
    name="LV_POSTCODE",
    patterns=(
        Pattern(regex=r"\bLV[\-\x{2013}][1-9][0-9]{3}\b", score=0.7, context=0.9),
        code("LV ?[1-9][0-9]{3}", score=0.2, context=0.75),
        postcode("[1-9][0-9]{3}"),
    ),
    context=labels.joined(labels.POSTCODE, {"lv": ("pasta indekss", "pasta indeksu", "indekss")}),
    field_names=("pasta indekss", "postcode", "postal code", "zip"),
    countries=("LV",),
    source="Latvijas Pasts: LV and four digits",
    examples=("LV-1010",),
    with_context=("pasta indekss LV1050", "pasta indekss: 1010"),
    not_examples=(
        "pasta indekss LV105",
        "1010",
    ),
)

TYPES = (
    LV_PERSONAS_KODS, LV_COMPANY_NUMBER, LV_VAT_CODE, LV_PASSPORT, LV_IDENTITY_CARD, LV_RESIDENCE_PERMIT, LV_DRIVER_LICENSE,
    LV_LICENSE_PLATE, LV_POSTCODE,
)  # fmt: skip
