"""Singapore: NRIC and FIN numbers of persons, unique entity numbers."""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, by_stdnum, weighted_sum
from pratique.detect.entities.record import EntityType, Pattern

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_CHECK: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "S": ("JZIHGFEDCBA", 0),
        "T": ("JZIHGFEDCBA", 4),
        "F": ("XWUTRQPNMLK", 0),
        "G": ("XWUTRQPNMLK", 4),
        "M": ("XWUTRQPNJLK", 3),
    }
)
"""By the series: the check letters, and what is added to the weighted sum."""


def sg_nric(text: str) -> bool | None:
    """True where the check letter is right. No verdict otherwise: the state has not published the rule."""
    letters, added = _CHECK.get(text[:1].upper(), ("", 0))
    return True if letters and letters[(weighted_sum(text, _WEIGHTS) + added) % 11] == text[-1].upper() else None


SG_NRIC_FIN = EntityType(
    name="SG_NRIC_FIN",
    patterns=(
        Pattern(regex=r"\b[STFGMstfgm][0-9]{7}[A-Za-z]\b", score=0.3, validated=0.75, context=0.85),
        Pattern(regex=r"\b[A-Za-z][0-9]{7}[A-Za-z]\b", score=0.05, context=0.5),
    ),
    context={"en": ("fin", "fin#", "nric", "nric#", "identity card", "singapore")},
    validator="sg_nric",
    field_names=("nric", "fin", "nric fin", "nric number"),
    countries=("SG",),
    source="Immigration & Checkpoints Authority: NRIC and FIN; check letter as widely implemented",
    examples=("S2740116C", "G5535540T"),
    with_context=("NRIC S2740116A",),
    not_examples=("S2740116A", "A2740116C", "NRIC S274011C"),
)

SG_UEN = EntityType(
    name="SG_UEN",
    patterns=(
        Pattern(regex=r"\b[0-9]{8,9}[A-Za-z]\b", score=0.0, validated=0.35, context=0.85),
        Pattern(regex=r"\b[TSRtsr][0-9]{2}[A-Za-z]{2}[0-9]{4}[A-Za-z]\b", score=0.0, validated=0.8, context=0.95),
    ),
    context={"en": ("uen", "unique entity number", "business registration", "acra")},
    validator="sg_uen",
    field_names=("uen", "unique entity number"),
    countries=("SG",),
    source="Accounting and Corporate Regulatory Authority: unique entity number",
    examples=("T01FC6132D",),
    with_context=("UEN 00192200M", "UEN: 197401143C"),
    not_examples=("T01FC6132E", "00192200M", "UEN 00192200K"),
)

TYPES = (SG_NRIC_FIN, SG_UEN)

VALIDATORS: Mapping[str, Validator] = MappingProxyType({"sg_nric": sg_nric, "sg_uen": by_stdnum("sg.uen")})
