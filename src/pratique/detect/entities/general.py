"""Payment identifiers, dates, UUIDs, crypto addresses."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.words import MONTHS
from pratique.detect.ibans import IBAN_LENGTHS

_SEP = r"[ \-\x{A0}]?"
_MONTH = "(?i:" + "|".join(sorted(set(MONTHS.split()), key=lambda w: (-len(w), w))) + ")"
_TIME = r"(?:[T ]{1,2}[0-2][0-9]:[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]{1,9})?)?(?: ?(?:Z|UTC|[+\-][0-2][0-9]:?[0-5][0-9]))?)?"
_YEAR = r"(?:1[89]|20|21)[0-9]{2}"


def _ibans() -> str:
    """For every length the countries that have it: what follows an IBAN is then never taken for its end."""
    countries: dict[int, list[str]] = {}
    for country, length in IBAN_LENGTHS.items():
        countries.setdefault(length, []).append(country)
    ways = (f"(?:{'|'.join(some)})[0-9]{{2}}(?:{_SEP}[A-Z0-9]){{{length - 4}}}" for length, some in countries.items())
    return rf"(?i)\b(?:{'|'.join(ways)})\b"


CREDIT_CARD = EntityType(
    name="CREDIT_CARD",
    patterns=(
        Pattern(regex=rf"\b[2-6][0-9]{{3}}{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}\b", score=0.2, validated=0.85,
                context=0.45),
        Pattern(regex=rf"\b3[0-9]{{3}}{_SEP}[0-9]{{6}}{_SEP}[0-9]{{4,5}}\b", score=0.2, validated=0.8, context=0.45),
        Pattern(regex=r"\b[2-6][0-9]{13}(?:[0-9]|[0-9]{3,5})?\b", score=0.1, validated=0.55, context=0.3),
        Pattern(regex=r"\b4[0-9]{12}\b", score=0.0, validated=0.3, context=0.7),
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
        Pattern(regex=_ibans(), score=0.3, validated=0.95, context=0.5,
                look=rf"[A-Za-z]{{2}}[0-9]{{2}}(?:{_SEP}[A-Za-z0-9]){{11}}"),
    ),
    context={"*": ("iban", "account", "konto", "bank", "compte", "cuenta", "conto", "rekening")},
    validator="iban",
    field_names=("iban", "account number", "bank account", "konto", "kontonummer"),
    source="ISO 13616-1 and the SWIFT IBAN registry (lengths)",
    examples=("DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "FR14 2004 1010 0505 0001 3M02 606"),
    not_examples=("DE89 3704 0044 0532 0130 01", "AB12 CDEF GHIJ"),
)  # fmt: skip

DATE_TIME = EntityType(
    name="DATE_TIME",
    patterns=(
        Pattern(regex=rf"\b{_YEAR}-[01]?[0-9]-[0-3]?[0-9]{_TIME}", score=0.1, validated=0.6, context=0.7,
                look="[0-9]{4}-[0-9]{1,2}-[0-9]"),
        Pattern(regex=rf"\b{_YEAR}[/.][01]?[0-9][/.][0-3]?[0-9]{_TIME}", score=0.1, validated=0.6, context=0.7,
                look="[0-9]{4}[/.][0-9]{1,2}[/.][0-9]"),
        Pattern(regex=rf"\b[0-3]?[0-9](?:-[0-3]?[0-9]-|/[0-3]?[0-9]/|\. ?[0-3]?[0-9]\. ?){_YEAR}(?:,? ?{_TIME})", score=0.1,
                validated=0.6, context=0.7, look="[0-9][-/. ]{1,2}[0-9]{4}"),
        Pattern(regex=r"\b[0-3]?[0-9](?:/[0-3]?[0-9]/|\.[0-3]?[0-9]\.|-[0-3]?[0-9]-)[0-9]{2}\b", score=0.1, validated=0.4,
                context=0.65),
        Pattern(regex=rf"\b{_YEAR}[01][0-9][0-3][0-9](?:T?[0-2][0-9][0-5][0-9][0-5][0-9]Z?)?\b", score=0.0, validated=0.2,
                context=0.6),
        Pattern(regex=rf"\b[0-3]?[0-9](?:\.|st|nd|rd|th|er|e|º)?[ \-](?:de |of |d')?{_MONTH}\.?,?(?:[ \-]| de | del ){_YEAR}{_TIME}",
                score=0.65, context=0.75),
        Pattern(regex=rf"\b{_MONTH}\.? [0-3]?[0-9](?:st|nd|rd|th)?,? {_YEAR}{_TIME}", score=0.65, context=0.75),
        Pattern(regex=rf"\b[0-3]?[0-9](?:\.|st|nd|rd|th|er|º)? (?:de |of )?{_MONTH}\b", score=0.3, context=0.6),
    ),
    context={
        "en": ("born", "birth", "dob", "birthday", "date", "died", "admitted"), "de": ("geboren", "geburtsdatum", "geb", "datum"),
        "fr": ("né", "née", "naissance", "date"), "es": ("nacido", "nacida", "nacimiento", "fecha"),
        "it": ("nato", "nata", "nascita", "data"), "nl": ("geboren", "geboortedatum", "datum"), "pt": ("nascido", "nascimento"),
        "pl": ("urodzony", "urodzona", "urodzenia", "data"), "sv": ("född", "födelsedatum", "datum"),
    },
    validator="date",
    field_names=("date", "datetime", "timestamp", "time", "dob", "birth date", "date of birth", "birthday", "datum",
                 "geburtsdatum", "fecha", "data di nascita", "date de naissance", "created at", "updated at", "starting time"),
    source="ISO 8601-1; the numeric and written forms of CLDR for the languages of Europe",
    examples=("2024-11-23", "23-11-2024", "11-23-2024", "23.11.2024", "2024-11-23T12:30:00Z", "3 March 2024", "23. November 2024",
              "le 1er avril 2021", "November 3, 2021"),
    with_context=("born 03/04/85",),
    not_examples=("2024-13-45", "32-01-2024", "1.2.34", "12:30", "3/4", "99-99-9999", "May"),
)  # fmt: skip

UUID = EntityType(
    name="UUID",
    patterns=(
        Pattern(regex=r"\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[1-8][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}\b",
                score=0.6, context=0.7, look="[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-"),
    ),
    context={"*": ("uuid", "guid", "device", "session", "user")},
    field_names=("uuid", "guid"),
    source="RFC 9562",
    examples=("123e4567-e89b-42d3-a456-426614174000",),
    validator="uuid",
    not_examples=("00000000-0000-0000-0000-000000000000", "123e4567-e89b"),
)  # fmt: skip

CRYPTO = EntityType(
    name="CRYPTO",
    patterns=(
        Pattern(regex=r"\b(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71})\b", score=0.2, validated=0.9,
                context=0.4, look="[0-9A-Za-z]{14}"),
    ),
    context={"*": ("bitcoin", "btc", "wallet", "crypto")},
    validator="bitcoin",
    field_names=("bitcoin address", "btc address", "wallet", "wallet address"),
    source="Bitcoin: Base58Check, BIP 173, BIP 350",
    examples=("1BoatSLRHtKNngkdXEeobR76b53LETtpyT",),
    not_examples=("1BoatSLRHtKNngkdXEeobR76b53LETtpyU",),
)  # fmt: skip

TYPES = (CREDIT_CARD, IBAN_CODE, DATE_TIME, UUID, CRYPTO)
