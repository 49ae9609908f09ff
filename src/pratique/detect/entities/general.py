"""Payment identifiers: cards and accounts."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.ibans import IBAN_LENGTHS

_SEP = r"[ \-\x{A0}]?"


def _ibans() -> str:
    """For every length the countries that have it: what follows an IBAN is then never taken for its end."""
    countries: dict[int, list[str]] = {}
    for country, length in IBAN_LENGTHS.items():
        countries.setdefault(length, []).append(country)
    ways = (
        f"(?:{'|'.join(some)}){_SEP}[0-9]{{2}}(?:{_SEP}[A-Z0-9]){{{length - 4}}}" for length, some in countries.items()
    )
    return rf"(?i)\b(?:{'|'.join(ways)})\b"


CREDIT_CARD = EntityType(
    name="CREDIT_CARD",
    patterns=(
        Pattern(regex=rf"\b[2-6][0-9]{{3}}{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}\b", score=0.2, validated=0.85,
                context=0.45),
        Pattern(regex=rf"\b3[0-9]{{3}}{_SEP}[0-9]{{6}}{_SEP}[0-9]{{4,5}}\b", score=0.2, validated=0.8, context=0.45),
        Pattern(regex=r"\b[2-6][0-9]{13}(?:[0-9]|[0-9]{3,5})?\b", score=0.1, validated=0.55, context=0.3),
        Pattern(regex=r"\b(?:4[0-9]{12}|1[0-9]{14})\b", score=0.0, validated=0.3, context=0.7),
    ),
    context={
        "en": ("card", "credit", "debit", "visa", "mastercard", "amex", "maestro", "pan", "cc"),
        "de": ("karte", "kreditkarte", "kartennummer"), "fr": ("carte", "bancaire"), "es": ("tarjeta",),
        "it": ("carta", "credito"), "nl": ("kaart", "kaartnummer"), "pt": ("cartão",), "pl": ("karta", "karty"),
        "sv": ("kort", "kortnummer"),
    },
    validator="card",
    checks_digits=True,
    field_names=("card number", "card no", "credit card", "credit card number", "pan", "cc number", "card", "kreditkarte",
                 "kartennummer", "debit card"),
    source="ISO/IEC 7812-1 (Luhn, issuer identification numbers)",
    examples=("4111 1111 1111 1111", "5555555555554444", "378282246310005"),
    not_examples=("4111 1111 1111 1112", "1234567890123456", "0000 0000 0000 0000"),
)  # fmt: skip

IBAN_CODE = EntityType(
    name="IBAN_CODE",
    patterns=(
        Pattern(regex=_ibans(), score=0.3, validated=0.95, context=0.5),
    ),
    context={"*": ("iban", "account", "konto", "bank", "compte", "cuenta", "conto", "rekening")},
    validator="iban",
    field_names=("iban", "account number", "bank account", "konto", "kontonummer"),
    source="ISO 13616-1 and the SWIFT IBAN registry (lengths)",
    examples=("DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "FR14 2004 1010 0505 0001 3M02 606", "DE 89 3704 0044 0532 0130 00"),
    not_examples=("DE89 3704 0044 0532 0130 01", "AB12 CDEF GHIJ"),
)  # fmt: skip

TYPES = (CREDIT_CARD, IBAN_CODE)
