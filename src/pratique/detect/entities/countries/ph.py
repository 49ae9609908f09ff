"""The Philippines: taxpayers, the unified multi-purpose identity number, passports."""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.record import EntityType, Pattern

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


def ph_tin(text: str) -> bool:
    """Nine digits, or twelve with a branch; the ninth is the weighted sum of the eight before it modulo 11."""
    digits = digits_of(text)
    return len(digits) in {9, 12} and any(digits[:9]) and weighted_sum(text, _WEIGHTS) % 11 == digits[8]


PH_TIN = EntityType(
    name="PH_TIN",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}-[0-9]{3}-[0-9]{3}(?:-[0-9]{3})?\b", score=0.0, validated=0.35, context=0.85),
        Pattern(regex=r"\b[0-9]{9}(?:[0-9]{3})?\b", score=0.0, validated=0.1, context=0.75),
    ),
    context={
        "en": (
            "tin",
            "taxpayer identification number",
            "bir",
            "taxpayer id",
            "tax id",
            "rdo",
            "revenue district office",
        )
    },
    validator="ph_tin",
    checks_digits=True,
    field_names=("tin", "taxpayer identification number"),
    countries=("PH",),
    source="Bureau of Internal Revenue: taxpayer identification number, modulo 11",
    with_context=("TIN 123-456-782", "BIR TIN: 123-456-782-000"),
    not_examples=("123-456-782", "TIN 123-456-783", "123456782"),
)

PH_UMID = EntityType(
    name="PH_UMID",
    patterns=(
        Pattern(regex=r"\b[0-9]{4}-[0-9]{7}-[0-9]\b", score=0.45, context=0.85),
        Pattern(regex=r"\b[0-9]{12}\b", score=0.05, context=0.7),
    ),
    context={
        "en": ("umid", "unified multi purpose id", "unified multipurpose id", "crn", "common reference number", "sss",
               "gsis", "philhealth", "pag ibig"),
    },
    field_names=("umid", "crn", "common reference number"),
    countries=("PH",),
    source="Social Security System: common reference number of twelve digits",
    with_context=("UMID 0111-2345678-9", "common reference number 011123456789"),
    not_examples=("011123456789", "UMID 0111-234567-9"),
)  # fmt: skip

PH_PASSPORT = EntityType(
    name="PH_PASSPORT",
    patterns=(Pattern(regex=r"\b[A-Za-z](?:[0-9]{7}[A-Za-z]|[A-Za-z][0-9]{7})\b", score=0.1, context=0.7),),
    context={
        "en": (
            "passport",
            "passport number",
            "passport no",
            "passport#",
            "travel document",
            "philippine passport",
            "dfa",
        ),
        "tl": ("pasaporte",),
    },
    field_names=("passport", "passport number", "passport no"),
    countries=("PH",),
    source="Department of Foreign Affairs: passports of nine characters; ICAO Doc 9303",
    with_context=("Philippine passport P1234567A", "passport no. EB1234567"),
    not_examples=("P1234567A", "passport P123456A"),
)

TYPES = (PH_TIN, PH_UMID, PH_PASSPORT)

VALIDATORS: Mapping[str, Validator] = MappingProxyType({"ph_tin": ph_tin})
