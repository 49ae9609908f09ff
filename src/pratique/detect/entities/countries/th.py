"""Thailand: the number of persons."""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.record import EntityType, Pattern

_WEIGHTS = tuple(range(13, 1, -1))


def th_tnin(text: str) -> bool:
    """Thirteen digits; the last is eleven less the weighted sum modulo 11, its last digit."""
    digits = digits_of(text)
    return len(digits) == len(_WEIGHTS) + 1 and (11 - weighted_sum(text, _WEIGHTS) % 11) % 10 == digits[-1]


_PROVINCE = "(?:[134][0-9]|2[0-7]|5[0-8]|[67][0-7]|[89][0-6])"

TH_TNIN = EntityType(
    name="TH_TNIN",
    patterns=(
        Pattern(
            regex=rf"\b[1-9](?: |-){_PROVINCE}[0-9]{{2}}[ \-][0-9]{{5}}[ \-][0-9]{{2}}[ \-][0-9]\b",
            edges="none", score=0.1, validated=0.75, context=0.9,
        ),
        Pattern(regex=rf"\b[1-9]{_PROVINCE}[0-9]{{10}}\b", edges="none", score=0.05, validated=0.3, context=0.85),
    ),
    context={
        "en": ("thai national id", "thai id number", "thai id", "tnin", "national id"),
        "th": ("เลขประจำตัวประชาชน", "เลขบัตรประชาชน", "รหัสปชช"),
    },
    validator="th_tnin",
    checks_digits=True,
    field_names=("tnin", "thai id", "national id"),
    countries=("TH",),
    source="Department of Provincial Administration: identification number, modulo 11",
    examples=("1-1012-03456-78-3",),
    with_context=("Thai national ID 3101203456780",),
    not_examples=("3101203456781", "3101203456780", "0101203456780"),
)  # fmt: skip

TYPES = (TH_TNIN,)

VALIDATORS: Mapping[str, Validator] = MappingProxyType({"th_tnin": th_tnin})
