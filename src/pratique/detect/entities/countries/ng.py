"""Nigeria: the number of persons, vehicles."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, verhoeff
from pratique.detect.entities.record import EntityType, Pattern

_NIN_LENGTH = 11


def ng_nin(text: str) -> bool:
    """Eleven digits, not all the same, that pass Verhoeff's check."""
    digits = digits_of(text)
    return len(digits) == _NIN_LENGTH and len(set(digits)) > 1 and verhoeff(text)


NG_NIN = EntityType(
    name="NG_NIN",
    patterns=(Pattern(regex=r"\b[0-9]{11}\b", score=0.0, validated=0.1, context=0.8),),
    context={
        "en": ("nin", "nimc", "national identification number", "national identity number", "national identity",
               "nigeria id", "nigerian identification", "nigerian id"),
    },
    validator="ng_nin",
    checks_digits=True,
    field_names=("nin", "national identification number"),
    countries=("NG",),
    source="National Identity Management Commission Act 2007: number of eleven digits, Verhoeff",
    with_context=("NIN 31112536541", "NIN 12345678902"),
    not_examples=("12345678902", "NIN 12345678903"),
)  # fmt: skip

NG_VEHICLE_REGISTRATION = EntityType(
    name="NG_VEHICLE_REGISTRATION",
    patterns=(
        Pattern(regex=r"\b[A-Za-z]{3}-[0-9]{3}[A-Za-z]{2}\b", score=0.4, context=0.8),
        Pattern(regex=r"\b[A-Za-z]{3} ?[0-9]{3}[A-Za-z]{2}\b", score=0.2, context=0.75),
    ),
    context={
        "en": ("plate number", "vehicle registration", "license plate", "licence plate", "number plate", "plate", "vehicle",
               "registration"),
    },
    field_names=("plate number", "vehicle registration", "number plate"),
    countries=("NG",),
    source="Federal Road Safety Corps: plates since 2011",
    with_context=("plate number ABC-123DE", "vehicle KJA 456FG"),
    not_examples=("ABC123DE", "plate AB-123DE", "plate ABC-1234DE"),
)  # fmt: skip

TYPES = (NG_NIN, NG_VEHICLE_REGISTRATION)

VALIDATORS: Mapping[str, Validator] = MappingProxyType({"ng_nin": ng_nin})
