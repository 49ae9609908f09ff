"""Australia: business, company and tax file numbers, Medicare."""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.record import EntityType, Pattern

_ABN = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
_ACN = (8, 7, 6, 5, 4, 3, 2, 1)
_TFN = (1, 4, 3, 7, 5, 8, 6, 9, 10)
_MEDICARE = (1, 3, 7, 9, 1, 3, 7, 9)


def au_abn(text: str) -> bool:
    """Eleven digits, the first less one, weighted, modulo 89."""
    return len(digits_of(text)) == len(_ABN) and (weighted_sum(text, _ABN) - _ABN[0]) % 89 == 0


def au_acn(text: str) -> bool:
    """Nine digits; the last is the complement to ten of the weighted sum of the others."""
    digits = digits_of(text)
    return len(digits) == len(_ACN) + 1 and any(digits) and -weighted_sum(text, _ACN) % 10 == digits[-1]


def au_tfn(text: str) -> bool:
    """Nine digits, weighted, modulo 11."""
    digits = digits_of(text)
    return len(digits) == len(_TFN) and any(digits) and weighted_sum(text, _TFN) % 11 == 0


def au_medicare(text: str) -> bool:
    """Ten digits, or eleven with the place on the card; the ninth is the weighted sum of the eight before it."""
    digits = digits_of(text)
    return len(digits) in {10, 11} and weighted_sum(text, _MEDICARE) % 10 == digits[8]


AU_ABN = EntityType(
    name="AU_ABN",
    patterns=(
        Pattern(regex=r"\b[0-9]{2}[ \-][0-9]{3}[ \-][0-9]{3}[ \-][0-9]{3}\b", score=0.0, validated=0.5, context=0.9),
        Pattern(regex=r"\b[0-9]{11}\b", score=0.0, validated=0.35, context=0.85),
    ),
    context={"en": ("abn", "australian business number", "business number")},
    validator="au_abn",
    checks_digits=True,
    field_names=("abn", "australian business number"),
    countries=("AU",),
    source="Australian Business Register: ABN format, modulo 89",
    examples=("83 914 571 673",),
    with_context=("ABN 83914571673",),
    not_examples=("83914571673", "83 914 571 674", "ABN 83914571674"),
)

AU_ACN = EntityType(
    name="AU_ACN",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}[ \-][0-9]{3}[ \-][0-9]{3}\b", score=0.0, validated=0.2, context=0.85),
        Pattern(regex=r"\b[0-9]{9}\b", score=0.0, validated=0.1, context=0.8),
    ),
    context={"en": ("acn", "australian company number", "company number")},
    validator="au_acn",
    checks_digits=True,
    field_names=("acn", "australian company number"),
    countries=("AU",),
    source="Australian Securities and Investments Commission: ACN format, modulo 10",
    with_context=("ACN 004 085 616", "australian company number 004085616"),
    not_examples=("004085616", "ACN 004 085 617"),
)

AU_TFN = EntityType(
    name="AU_TFN",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}[ \-][0-9]{3}[ \-][0-9]{3}\b", score=0.0, validated=0.2, context=0.85),
        Pattern(regex=r"\b[0-9]{9}\b", score=0.0, validated=0.1, context=0.8),
    ),
    context={"en": ("tfn", "tax file number", "tax file")},
    validator="au_tfn",
    checks_digits=True,
    field_names=("tfn", "tax file number"),
    countries=("AU",),
    source="Australian Taxation Office: tax file number, modulo 11",
    with_context=("TFN 876 543 210", "tax file number 876543210"),
    not_examples=("876543210", "TFN 876 543 211"),
)

AU_MEDICARE = EntityType(
    name="AU_MEDICARE",
    patterns=(
        Pattern(regex=r"\b[2-6][0-9]{3} [0-9]{5} [0-9](?:[ /\-][0-9])?\b", score=0.0, validated=0.4, context=0.85),
        Pattern(regex=r"\b[2-6][0-9]{9}\b", score=0.0, validated=0.2, context=0.8),
    ),
    context={"en": ("medicare", "medicare number", "medicare card")},
    validator="au_medicare",
    checks_digits=True,
    field_names=("medicare", "medicare number", "medicare card number"),
    countries=("AU",),
    source="Services Australia: Medicare card number, modulo 10",
    with_context=("Medicare 2123 45670 1", "medicare card number 2123456701"),
    not_examples=("2123456701", "Medicare 2123 45671 1", "Medicare 7123 45670 1"),
)

TYPES = (AU_ABN, AU_ACN, AU_TFN, AU_MEDICARE)

VALIDATORS: Mapping[str, Validator] = MappingProxyType(
    {"au_abn": au_abn, "au_acn": au_acn, "au_tfn": au_tfn, "au_medicare": au_medicare}
)
