"""Germany: insured persons, physicians and practices of the statutory health insurance. Names as Presidio has them."""

# ruff: noqa: PLR2004 - the figures are those of the specifications

from collections.abc import Mapping
from itertools import cycle
from operator import mul

from pratique.detect.check_digits import Validator, alphanumerics, cross_sum, digits_of
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SP, WEAK, code, grouped, proved
from pratique.detect.entities.record import EntityType


def _health_insurance(text: str) -> bool:
    plain = alphanumerics(text)
    if not (len(plain) == 10 and plain[0].isalpha() and plain[1:].isdigit()):
        return False
    return cross_sum(f"{ord(plain[0]) - 64:02d}{plain[1:9]}", (1, 2)) % 10 == int(plain[9])


def _physician(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and -sum(map(mul, cycle((4, 9)), digits[:6])) % 10 == digits[6]


def _practice(text: str) -> bool | None:
    return None if any(digits_of(text)) else False


VALIDATORS: Mapping[str, Validator] = {
    "de_health_insurance": _health_insurance,
    "de_lanr": _physician,
    "de_bsnr": _practice,
}

_HEALTH = rf"[A-Z]{SP}{grouped(3, 3, 3, by=SP)}"
DE_HEALTH_INSURANCE = EntityType(
    name="DE_HEALTH_INSURANCE",
    patterns=(proved(_HEALTH, alone=0.38, context=0.9),),
    context=labels.joined(
        labels.HEALTH_INSURANCE,
        {
            "de": (
                "gkv",
                "tkk",
                "aok",
                "barmer",
                "dak",
                "techniker",
                "versicherten nr",
                "kv nr",
                "kv nummer",
                "krankenversichertennummer",
            )
        },
    ),
    validator="de_health_insurance",
    field_names=("krankenversichertennummer", "krankenversicherungsnummer", "versichertennummer", "kvnr"),
    countries=("DE",),
    source="SGB V § 290, annex 1 of the GKV-Spitzenverband: letter and nine digits",
    with_context=("Versichertennummer: A123456780", "KVNR A123456780", "Krankenversichertennummer B 987 654 320"),
    not_examples=("A123456780", "A12345678"),
)

DE_LANR = EntityType(
    name="DE_LANR",
    patterns=(proved("[0-9]{9}", alone=WEAK, context=0.85),),
    context={
        "de": (
            "lanr",
            "arztnummer",
            "arzt nr",
            "lebenslange arztnummer",
            "arzt nummer",
            "vertragsarzt",
            "kbv",
            "kassenärztliche",
            "rezept",
        )
    },
    validator="de_lanr",
    checks_digits=True,
    field_names=("lanr", "arztnummer"),
    countries=("DE",),
    source="SGB V § 75 (7), Arztnummern-Richtlinie of the KBV: weights 4 and 9, modulo 10",
    with_context=("LANR 123456601", "Arztnummer: 234567701"),
    not_examples=("123456601", "LANR 123456501"),
)

DE_BSNR = EntityType(
    name="DE_BSNR",
    patterns=(code("[0-9]{9}", score=0.1, context=0.7),),
    context={
        "de": (
            "bsnr",
            "betriebsstättennummer",
            "betriebsstätte",
            "praxisnummer",
            "nebenbetriebsstätte",
            "hauptbetriebsstätte",
            "betriebsstätten nummer",
            "praxis",
        )
    },
    validator="de_bsnr",
    field_names=("bsnr", "betriebsstättennummer"),
    countries=("DE",),
    source="SGB V § 75 (7), Arztnummern-Richtlinie of the KBV: nine digits, no check",
    with_context=("BSNR: 021234568", "Betriebsstättennummer 721234567"),
    not_examples=("021234568", "BSNR 000000000"),
)

TYPES = (DE_HEALTH_INSURANCE, DE_LANR, DE_BSNR)
