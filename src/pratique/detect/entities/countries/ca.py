"""Canada: social insurance numbers and postal codes."""

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, luhn
from pratique.detect.entities.record import EntityType, Pattern

_SIN_LENGTH = 9


def ca_sin(text: str) -> bool:
    """Nine digits that pass Luhn, written with one kind of separator, and not one digit repeated."""
    digits = digits_of(text)
    return len(digits) == _SIN_LENGTH and len(set(digits)) > 1 and luhn(text)


CA_SIN = EntityType(
    name="CA_SIN",
    patterns=(
        Pattern(regex=r"\b[1-79][0-9]{2}(?:-[0-9]{3}-| [0-9]{3} )[0-9]{3}\b", score=0.05, validated=0.35, context=0.85),
        Pattern(regex=r"\b[1-79][0-9]{8}\b", score=0.0, validated=0.1, context=0.8),
    ),
    context={
        "en": ("sin", "social insurance", "social insurance number", "canada"),
        "fr": ("nas", "assurance sociale", "numéro d assurance sociale"),
    },
    validator="ca_sin",
    checks_digits=True,
    field_names=("sin", "social insurance number", "nas", "numero assurance sociale"),
    countries=("CA",),
    source="Employment and Social Development Canada: social insurance number, Luhn",
    with_context=("SIN: 130-692-544", "social insurance number 130692544", "NAS 130 692 544"),
    not_examples=("130-692-545", "130692544", "830-692-544", "130-692 544"),
)

_FIRST = "[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]"
_LETTER = "[ABCEGHJ-NPRSTV-Zabceghj-nprstv-z]"

CA_POSTAL_CODE = EntityType(
    name="CA_POSTAL_CODE",
    patterns=(
        Pattern(
            regex=rf"\b{_FIRST}[0-9]{_LETTER} [0-9]{_LETTER}[0-9]\b", score=0.45, context=0.75, edges="word"
        ),
        Pattern(regex=rf"\b{_FIRST}[0-9]{_LETTER}[0-9]{_LETTER}[0-9]\b", score=0.1, context=0.65, edges="word"),
    ),
    context={
        "en": ("postal code", "postcode", "zip", "canada", "ontario", "quebec", "alberta", "british columbia",
               "manitoba", "saskatchewan", "nova scotia", "new brunswick", "toronto", "montreal", "vancouver"),
        "fr": ("code postal", "québec"),
    },
    field_names=("postal code", "postcode", "zip", "zip code", "code postal"),
    countries=("CA",),
    source="Canada Post, Addressing Guidelines: letters in use",
    with_context=("Toronto, Ontario M5V 3L9", "postal code K1A0B1", "code postal h2x 1y4"),
    not_examples=("M5V 3D9", "K1A0B1", "D1A 0B1", "postal code K1AA0B"),
)  # fmt: skip

TYPES = (CA_SIN, CA_POSTAL_CODE)

VALIDATORS: Mapping[str, Validator] = MappingProxyType({"ca_sin": ca_sin})
