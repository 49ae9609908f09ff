"""Estonia."""

# ruff: noqa: PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date, weighted_sum
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import SEP, SP, WEAK, capitals, code, labelled, postcode, proved, series
from pratique.detect.entities.record import EntityType, Pattern


def _check(digits: list[int]) -> int:
    """The check digit of EVS 585 over all digits but the last: modulo 11 with two sets of weights."""
    for first in (1, 3):
        rest = sum(d * ((at + first - 1) % 9 + 1) for at, d in enumerate(digits[:-1])) % 11
        if rest < 10:
            return rest
    return 0


def _dated(digits: list[int]) -> bool:
    """Century and sex, then a date of birth."""
    if len(digits) != 11 or not 1 <= digits[0] <= 8:
        return False
    year, month, day = (digits[at] * 10 + digits[at + 1] for at in (1, 3, 5))
    return is_date(1800 + 100 * ((digits[0] - 1) // 2) + year, month, day)


def personal_code(text: str) -> bool:
    """The rule that Estonia and Lithuania share."""
    digits = digits_of(text)
    return _dated(digits) and _check(digits) == digits[10]


def personal_code_shape(text: str) -> bool | None:
    """A date of birth."""
    return None if _dated(digits_of(text)) else False


def _registry_code(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 8 and digits[0] in {1, 7, 8, 9} and _check(digits) == digits[7]


def _vat(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and weighted_sum(text, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0


VALIDATORS: Mapping[str, Validator] = {
    "ee_ik": personal_code,
    "ee_ik_shape": personal_code_shape,
    "ee_registry": _registry_code,
    "ee_vat": _vat,
}

_IK = rf"[1-8][0-9]{{6}}{SP}-?[0-9]{{4}}"
EE_ISIKUKOOD = EntityType(
    name="EE_ISIKUKOOD",
    patterns=(proved(_IK), labelled(code(_IK), "ee_ik_shape")),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "et": ("isikukood", "isikukoodi", "ik", "i k", "isikukoodiga"),
            "*": ("estonian personal", "isikukood", "personal identification code"),
        },
    ),
    validator="ee_ik",
    checks_digits=True,
    field_names=("isikukood", "personal code"),
    countries=("EE",),
    source="EVS 585, Population Register Act: date of birth and check modulo 11",
    examples=("36805280109",),
    with_context=("isikukood 36805280108", "isikukoodiga 49403136526", "IK: 3680528 0109"),
    not_examples=("36805280108", "36805320109"),
)

EE_COMPANY_NUMBER = EntityType(
    name="EE_COMPANY_NUMBER",
    patterns=(proved("[1789][0-9]{7}", alone=WEAK, context=0.85), labelled(code("[1789][0-9]{7}"))),
    context={
        "et": (
            "registrikood",
            "registrikoodi",
            "registrikoodiga",
            "reg kood",
            "rg kood",
            "äriregistri kood",
            "registrinumber",
            "äriregister",
            "r k",
        ),
        "*": ("registry code", "registration code", "register code", "company code", "commercial register"),
    },
    validator="ee_registry",
    checks_digits=True,
    field_names=("registrikood", "registry code", "reg kood"),
    countries=("EE",),
    source="Commercial Register Act: eight digits, check modulo 11",
    with_context=("registrikood 12345678", "registrikoodiga 10137319", "Registry code: 10137319"),
    not_examples=("12345678", "10137319"),
)

_VAT = rf"EE{SEP}[0-9]{{9}}"
EE_VAT_CODE = EntityType(
    name="EE_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.3), labelled(code(_VAT))),
    context=labels.VAT,
    validator="ee_vat",
    field_names=("kmkr", "kmkr number", "vat", "vat number"),
    countries=("EE",),
    source="Value-Added Tax Act § 21: EE and nine digits, check modulo 10",
    examples=("EE100931558", "EE 100931558"),
    with_context=("KMKR nr EE100931559",),
    not_examples=(
        "KMKR nr EE10093155",
        "EE100931559",
    ),
)

EE_PASSPORT = EntityType(
    name="EE_PASSPORT",
    patterns=(capitals(series("[0-9]{7}", letters="[A-Z]{1,2}"), score=0.1, context=0.8),),
    context=labels.PASSPORT,
    field_names=("pass", "passi number", "passport", "passport number"),
    countries=("EE",),
    source="Identity Documents Act: letters and seven digits",
    with_context=("pass nr K1234567", "Eesti kodaniku pass KA1234567"),
    not_examples=(
        "pass nr K123456",
        "KA1234567",
    ),
)

EE_IDENTITY_CARD = EntityType(
    name="EE_IDENTITY_CARD",
    patterns=(capitals(series("[0-9]{7}", letters="[A-Z]{1,2}"), score=0.1, context=0.8),),
    context=labels.joined(
        labels.IDENTITY_CARD, {"et": ("dokumendi number", "dokumendi nr", "isikutunnistuse", "id kaardi number")}
    ),
    field_names=("id kaart", "dokumendi number", "id card"),
    countries=("EE",),
    source="Identity Documents Act: two letters and seven digits",
    with_context=("ID-kaart AA1234567", "isikutunnistus nr AS0012345", "ID-kaardi number AB1234567"),
    not_examples=(
        "ID-kaart AA123456",
        "AA1234567",
    ),
)

EE_RESIDENCE_PERMIT = EntityType(
    name="EE_RESIDENCE_PERMIT",
    patterns=(capitals(series("[0-9]{7}", letters="[A-Z]{1,2}"), score=0.1, context=0.8),),
    context=labels.RESIDENCE_PERMIT,
    countries=("EE",),
    source="Aliens Act, Identity Documents Act: residence permit card, two letters and seven digits",
    with_context=("elamisloakaart PB1234567", "elamisluba nr EB1234567"),
    not_examples=(
        "elamisloakaart PB123456",
        "PB1234567",
    ),
)

EE_DRIVER_LICENSE = EntityType(
    name="EE_DRIVER_LICENSE",
    patterns=(capitals(series("[0-9]{6}"), score=0.1, context=0.8),),
    context=labels.DRIVING_LICENCE,
    field_names=("juhiluba", "juhiloa number", "driver license"),
    countries=("EE",),
    source="Traffic Act: two letters and six digits",
    with_context=("juhiluba nr ET123456", "juhiloa number EN 654321"),
    not_examples=(
        "juhiluba nr ET12345",
        "ET123456",
    ),
)

EE_LICENSE_PLATE = EntityType(
    name="EE_LICENSE_PLATE",
    patterns=(Pattern(regex=r"\b[0-9]{2,3}[ \-]?[A-Z]{3}\b", score=0.1, context=0.8),),
    context=labels.joined(labels.PLATE, {"et": ("sõiduk", "sõiduki", "sõiduauto")}),
    field_names=("registreerimismark", "license plate"),
    countries=("EE",),
    source="Traffic Act: three digits and three letters",
    with_context=("sõiduk registreerimismärgiga 123 ABC", "auto reg nr 456XYZ"),
    not_examples=(
        "sõiduk registreerimismärgiga 123 AB",
        "123 ABC",
    ),
)

EE_POSTCODE = EntityType(
    name="EE_POSTCODE",
    patterns=(postcode("[0-9]{5}"),),
    context=labels.POSTCODE,
    field_names=("postiindeks", "sihtnumber", "postcode", "postal code", "zip"),
    countries=("EE",),
    source="Omniva: five digits",
    with_context=("postiindeks 10111", "sihtnumber: 51003"),
    not_examples=(
        "postiindeks 1011",
        "10111",
    ),
)

EE_BANK_ACCOUNT = EntityType(
    name="EE_BANK_ACCOUNT",
    patterns=(code("[0-9]{10,14}", score=0.02, context=0.65),),
    context={"et": ("arveldusarve", "a a", "pangakonto", "kontonumber", "arvelduskonto", "konto nr", "arve nr konto")},
    field_names=("arveldusarve", "pangakonto", "kontonumber"),
    countries=("EE",),
    source="Estonian Banking Association: accounts before IBAN, up to fourteen digits",
    with_context=("arveldusarve 221012345678", "a/a 10220012345678"),
    not_examples=(
        "arveldusarve 221012345",
        "221012345678",
    ),
)

TYPES = (
    EE_ISIKUKOOD, EE_COMPANY_NUMBER, EE_VAT_CODE, EE_PASSPORT, EE_IDENTITY_CARD, EE_RESIDENCE_PERMIT, EE_DRIVER_LICENSE,
    EE_LICENSE_PLATE, EE_POSTCODE, EE_BANK_ACCOUNT,
)  # fmt: skip
