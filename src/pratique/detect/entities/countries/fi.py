"""Finland. Types that Presidio has too keep its names."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, alphanumerics, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    DASH,
    SP,
    WEAK,
    bare_vat,
    capitals,
    code,
    labelled,
    plate,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern

_CONTROL = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def _parts(text: str) -> tuple[str, str, str]:
    """Date, sign of the century, and number with its control character, without spaces and with one kind of hyphen."""
    plain = "".join("-" if c in "\u2010\u2011\u2012\u2013" else c for c in text.upper() if not c.isspace())
    return plain[:6], plain[6:7], plain[7:]


def _dated(text: str) -> bool:
    """Whether the date is one of its century."""
    date, century, _ = _parts(text)
    day, month, year = int(date[:2]), int(date[2:4]), int(date[4:])
    return century in _CENTURIES and is_date(_CENTURIES[century] + year, month, day)


def _hetu(text: str) -> bool:
    """Date, and the control character: date and number modulo 31. Numbers from 900 on are for temporary use."""
    date, century, number = _parts(text)
    if not (len(number) == 4 and len(date) == 6 and century and (date + number[:3]).isdecimal()):
        return False
    return _dated(text) and _CONTROL[int(date + number[:3]) % 31] == number[3]


def _business_id(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 8 and any(digits) and weighted_sum(text, (7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0


def _satu(text: str) -> bool:
    """Eight digits and the control character modulo 31."""
    plain = alphanumerics(text)
    return len(plain) == 9 and plain[:8].isdigit() and _CONTROL[int(plain[:8]) % 31] == plain[8]


def _account(text: str) -> bool:
    """Bank, padded account and check digit by Luhn; the padding goes behind the seventh digit where the bank is 4 or 5."""
    bank, _, rest = text.replace("\u2013", "-").partition("-")
    first = 1 if bank[:1] in {"4", "5"} else 0
    padded = bank + rest[:first] + rest[first:].rjust(8 - first, "0")
    digits = digits_of(padded)
    total = sum(sum(divmod(d * (2 if at % 2 == 0 else 1), 10)) for at, d in enumerate(digits))
    return len(digits) == 14 and total % 10 == 0


VALIDATORS: Mapping[str, Validator] = {
    "fi_hetu": _hetu,
    "fi_ytunnus": _business_id,
    "fi_satu": _satu,
    "fi_account": _account,
}

_SIGN = r"[+\-\x{2010}-\x{2013}A-FU-Y]"
_HETU = rf"[0-3][0-9][01][0-9]{{3}}{SP}{_SIGN}{SP}[0-9]{{3}}[0-9A-Y]"
FI_PERSONAL_IDENTITY_CODE = EntityType(
    name="FI_PERSONAL_IDENTITY_CODE",
    patterns=(
        proved(_HETU, alone=0.9, context=0.95, score=0.2, edges="word"),
        Pattern(regex=r"(?i)[0-9]{6}[+\-A-FU-Y][0-9]{3}[0-9A-Y]", score=0.05, validated=0.1, edges="none"),
    ),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {"fi": ("henkilötunnus", "henkilötunnuksen", "hetu", "hetun", "henkilötunnuksella", "sotu", "hlötunnus", "htunnus", "henkilötunn"), "sv": ("personbeteckning",)},
        {"*": ("finnish personal", "personal identity code", "hetu")},
    ),
    validator="fi_hetu",
    field_names=("hetu", "henkilotunnus", "personal identity code", "personbeteckning"),
    countries=("FI",),
    source="Act on the Population Information System, Digital and Population Data Services Agency: check modulo 31",
    examples=("131052-308T", "131052-308t", "010180A1232"),
    with_context=("henkilötunnus 131052-308T", "hetu: 010180A1232", "personbeteckning 131052-308T"),
    not_examples=("131052-308U", "310252-308Y"),
)  # fmt: skip

_BUSINESS = rf"[0-9]{{7}}{SP}{DASH}{SP}[0-9]"
FI_BUSINESS_ID = EntityType(
    name="FI_BUSINESS_ID",
    patterns=(proved(_BUSINESS, alone=0.38, context=0.9), proved("[0-9]{8}", alone=0.2, context=0.8), labelled(code(_BUSINESS))),
    context={
        "fi": ("y tunnus", "y tunnuksen", "ytunnus", "yritystunnus", "yhteisötunnus", "y tunnuksella", "ly tunnus", "yritys ja yhteisötunnus"), "sv": ("fo nummer", "fo nr"),
        "*": ("business id", "business identity code", "company id", "finnish company", "trade register"),
    },
    validator="fi_ytunnus",
    checks_digits=True,
    field_names=("y tunnus", "business id", "fo nummer"),
    countries=("FI",),
    source="Business Information Act 244/2001: seven digits and check modulo 11",
    with_context=("Y-tunnus 2077474-0", "Y-tunnus: 2077474-1", "Business ID 2077474-0"),
    not_examples=("2077474-0", "2077474-1"),
)  # fmt: skip

_VAT = rf"FI{SP}-?[0-9]{{8}}|FI{SP}[0-9]{{7}}-[0-9]"
FI_VAT_CODE = EntityType(
    name="FI_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.3), bare_vat("[0-9]{7}-?[0-9]"), labelled(code(_VAT))),
    context=labels.VAT,
    validator="fi_ytunnus",
    field_names=("alv numero", "alv tunniste", "vat", "vat number"),
    countries=("FI",),
    source="Verohallinto: FI and the digits of the business identity code",
    examples=("FI20774740", "FI 20774740"),
    with_context=("ALV-tunniste FI20774741",),
    not_examples=(
        "ALV-tunniste FI2077474",
        "FI20774741",
    ),
)

FI_PASSPORT = EntityType(
    name="FI_PASSPORT",
    patterns=(capitals(series("[0-9]{7}"), score=0.1, context=0.8),),
    context=labels.joined(labels.PASSPORT, {"fi": ("passi", "passin")}),
    field_names=("passinnumero", "passin numero", "passport", "passport number"),
    countries=("FI",),
    source="Passport Act 671/2006: two letters and seven digits",
    with_context=("passin numero PP1234567", "Suomen passi FP1234567", "passi nro XP1234567"),
    not_examples=(
        "passin numero PP123456",
        "PP1234567",
    ),
)

FI_IDENTITY_CARD = EntityType(
    name="FI_IDENTITY_CARD",
    patterns=(
        capitals(f"[0-9]{{9}}|[0-9]{{7}}[A-Z]{{2}}|{series('[0-9]{7}')}", score=0.05),
        proved(
            "[0-9]{8}[0-9A-Y]",
            alone=0.38,
            context=0.85,
            near=("satu", "sähköinen asiointitunnus", "electronic identification number"),
        ),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD, {"fi": ("henkilökortin", "sähköinen asiointitunnus", "satu"), "*": ("satu",)}
    ),
    field_names=("henkilokortti", "id card", "satu"),
    countries=("FI",),
    source="Identity Card Act 663/2016; electronic client identifier (SATU): eight digits, check modulo 31",
    with_context=("henkilökortti nro 123456789", "henkilökortin numero 1234567AB", "SATU 10011187H"),
    not_examples=(
        "henkilökortti nro 12345678",
        "123456789",
    ),
)

FI_RESIDENCE_PERMIT = EntityType(
    name="FI_RESIDENCE_PERMIT",
    patterns=(capitals(rf"{series('[0-9]{6,8}', letters='[A-Z]{1,3}')}|[0-9]{{9}}", score=0.05),),
    context=labels.joined(labels.RESIDENCE_PERMIT, {"fi": ("asiakasnumero", "oleskeluluvan", "oleskelulupakortti")}),
    countries=("FI",),
    source="Aliens Act 301/2004: residence permit card, letters and digits",
    with_context=("oleskelulupakortti nro RFI123456", "oleskelulupa A1234567"),
    not_examples=(
        "oleskelulupakortti nro RFI12345",
        "RFI123456",
    ),
)

FI_DRIVER_LICENSE = EntityType(
    name="FI_DRIVER_LICENSE",
    patterns=(code(rf"{_HETU}|[0-9]{{6}}-[0-9]{{3,4}}[A-Z]?|[0-9]{{8,10}}", score=0.02),),
    context=labels.DRIVING_LICENCE,
    field_names=("ajokortti", "ajokortin numero", "driver license"),
    countries=("FI",),
    source="Driving Licence Act 386/2011: field 5 of the card",
    with_context=("ajokortti nro 12345678", "ajokortin numero: 1234567890"),
    not_examples=(
        "ajokortti nro 1234567",
        "12345678",
    ),
)

FI_HEALTH_INSURANCE = EntityType(
    name="FI_HEALTH_INSURANCE",
    patterns=(code("8024600[0-9]{13}|80246[0-9]{15}", score=0.45, context=0.85),),
    context=labels.HEALTH_INSURANCE,
    field_names=("kela kortti", "sairaanhoitokortti"),
    countries=("FI",),
    source="Kela; CEN/TS 15974: European health insurance card, issuer 80246",
    with_context=(
        "eurooppalainen sairaanhoitokortti, Kela-kortti 80246569019639322976",
        "eurooppalainen sairaanhoitokortti, Kela-kortti 80246005000123456789",
    ),
    not_examples=(
        "eurooppalainen sairaanhoitokortti, Kela-kortti 8024600500012345678",
        "90246005000123456789",
    ),
)

FI_LICENSE_PLATE = EntityType(
    name="FI_LICENSE_PLATE",
    patterns=(
        Pattern(regex=r"[A-ZÅÄÖ]{2,3}[ \-][0-9]{1,3}\b", score=0.1, context=0.8),
        plate("CD-[0-9]{1,4}", score=0.2, context=0.8),
    ),
    context=labels.joined(labels.PLATE, {"fi": ("ajoneuvo", "ajoneuvon", "auto rek", "rek")}),
    field_names=("rekisterinumero", "rekisteritunnus", "license plate"),
    countries=("FI",),
    source="Vehicle Act 82/2021: two or three letters, one to three digits",
    with_context=("rekisteritunnus ABC-123", "ajoneuvon rekisterinumero XY-12", "auto, rek.nro ABC-123"),
    not_examples=(
        "rekisteritunnus ABC",
        "ABC-123",
    ),
)

FI_POSTCODE = EntityType(
    name="FI_POSTCODE",
    patterns=(postcode("[0-9]{5}"), code("FI-[0-9]{5}", score=0.45, context=0.8)),
    context=labels.POSTCODE,
    field_names=("postinumero", "postcode", "postal code", "zip"),
    countries=("FI",),
    source="Posti: five digits",
    with_context=("postinumero 00100", "postinumero: 33100"),
    not_examples=(
        "postinumero 0010",
        "00100",
    ),
)

_ACCOUNT = rf"[1-6][0-9]{{5}}{DASH}[0-9]{{2,8}}"
FI_BANK_ACCOUNT = EntityType(
    name="FI_BANK_ACCOUNT",
    patterns=(proved(_ACCOUNT, alone=WEAK, context=0.9), labelled(code(_ACCOUNT))),
    context=labels.ACCOUNT,
    validator="fi_account",
    field_names=("tilinumero", "pankkitili", "tili"),
    countries=("FI",),
    source="Finance Finland: accounts before IBAN, six digits and two to eight, Luhn",
    with_context=("tilinumero 123456-785", "tilille 123456-786"),
    not_examples=("123456-785", "423456-781"),
)

TYPES = (
    FI_PERSONAL_IDENTITY_CODE, FI_BUSINESS_ID, FI_VAT_CODE, FI_PASSPORT, FI_IDENTITY_CARD, FI_RESIDENCE_PERMIT, FI_DRIVER_LICENSE,
    FI_HEALTH_INSURANCE, FI_LICENSE_PLATE, FI_POSTCODE, FI_BANK_ACCOUNT,
)  # fmt: skip
