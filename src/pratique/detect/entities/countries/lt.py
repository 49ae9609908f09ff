"""Lithuania."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    SPACE,
    WEAK,
    capitals,
    code,
    grouped,
    labelled,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def _check_digit(digits: list[int]) -> int:
    """Weights 1 to 9 in turn, from 3 on where those leave 10, modulo 11."""
    for first in (0, 2):
        check = sum(digit * (1 + (at + first) % 9) for at, digit in enumerate(digits)) % 11
        if check < 10:
            return check
    return 0


def _dated(digits: list[int]) -> bool:
    year, month, day = (digits[at] * 10 + digits[at + 1] for at in (1, 3, 5))
    return digits[0] in range(1, 7) and is_date(year, month, day)


def _personal(text: str) -> bool:
    """Sex and century, date of birth, three digits and a check modulo 11."""
    digits = digits_of(text)
    return len(digits) == 11 and _dated(digits) and _check_digit(digits[:10]) == digits[10]


def _personal_shape(text: str) -> bool | None:
    digits = digits_of(text)
    return None if len(digits) == 11 and _dated(digits) else False


def _company(text: str) -> bool:
    """Nine digits, or seven of before 2004, the last a check modulo 11."""
    digits = digits_of(text)
    return len(digits) in {7, 9} and len(set(digits)) > 1 and _check_digit(digits[:-1]) == digits[-1]


def _vat(text: str) -> bool:
    """Nine digits of a company, or twelve; a 1 stands before the check digit."""
    digits = digits_of(text)
    return len(digits) in {9, 12} and digits[-2] == 1 and _check_digit(digits[:-1]) == digits[-1]


VALIDATORS: Mapping[str, Validator] = {
    "lt_asmens": _personal,
    "lt_asmens_shape": _personal_shape,
    "lt_company": _company,
    "lt_vat": _vat,
}

_PERSONAL = f"[1-6]{SP}[0-9]{{6}}{SEP}[0-9]{{4}}|[1-6]{SP}{grouped(2, 2, 2, 4, by=SPACE)}"
LT_ASMENS_KODAS = EntityType(
    name="LT_ASMENS_KODAS",
    patterns=(proved(_PERSONAL, alone=0.55, context=0.95), labelled(code(_PERSONAL), "lt_asmens_shape")),
    context=labels.joined(
        labels.NATIONAL_NUMBER,
        {
            "lt": ("asmens kodas", "asmens kodo", "asmens kodu", "asmens kodą", "asmens kodai", "a k", "ak", "asm kodas", "asmens k", "asmens"),
            "*": ("asmens kodas", "a k", "personal code"),
        },
    ),
    validator="lt_asmens",
    checks_digits=True,
    field_names=("asmens kodas", "personal code"),
    countries=("LT",),
    source="Law on the population register: sex and century, date of birth, check modulo 11 in two rounds",
    examples=("33309240064",),
    with_context=("asmens kodas 38001010075", "a. k. 48506230123", "A.K. 33309240065", "personal code 3 330924 0064"),
    not_examples=("33309240065", "33313240064"),
)  # fmt: skip

_COMPANY = grouped(3, 3, 3, by=SP)
LT_COMPANY_NUMBER = EntityType(
    name="LT_COMPANY_NUMBER",
    patterns=(
        proved(f"{_COMPANY}|[0-9]{{7}}", alone=WEAK, context=0.85),
        labelled(code(f"{_COMPANY}|[0-9]{{7}}")),
    ),
    context={
        "lt": ("įmonės kodas", "įmonės kodo", "juridinio asmens kodas", "juridinio asmens kodo", "juridinio asmens", "įm kodas", "į k", "į kodas", "j a k", "registro kodas", "jar"),
        "*": ("company code", "registration code", "legal entity code", "company number"),
    },
    against_after=labels.MONEY,
    validator="lt_company",
    checks_digits=True,
    field_names=("imones kodas", "company code", "juridinio asmens kodas"),
    countries=("LT",),
    source="Register of Legal Entities: nine digits (seven before 2004), check modulo 11",
    with_context=("UAB „Baltija“, įmonės kodas 119511515", "juridinio asmens kodas 119511516", "company code 119 511 515"),
    not_examples=("119511515", "119511516"),
)  # fmt: skip

_VAT = f"LT{SEP}(?:[0-9]{{12}}|{_COMPANY})"
LT_VAT_CODE = EntityType(
    name="LT_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.2), labelled(code(_VAT)), proved("[0-9]{12}", alone=0.2, context=0.85)),
    context=labels.VAT,
    validator="lt_vat",
    checks_digits=True,
    field_names=("pvm kodas", "pvm moketojo kodas", "vat", "vat number"),
    countries=("LT",),
    source="Law on VAT art. 71: LT and nine or twelve digits, check modulo 11",
    examples=("LT119511515", "LT100001919017"),
    with_context=("PVM mokėtojo kodas LT119511516", "PVM kodas: LT 119511515"),
    not_examples=("PVM mokėtojo kodas LT11951151", "LT119511516"),
)  # fmt: skip

LT_IDENTITY_CARD = EntityType(
    name="LT_IDENTITY_CARD",
    patterns=(code(r"[0-9]{8}", score=0.05, context=0.8), capitals(series("[0-9]{6,7}"), score=0.05)),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {"lt": ("tapatybės kortelė", "tapatybės kortelės", "tapatybės kortelę", "tapatybės kortelės nr", "atk", "atk nr", "asmens tapatybės kortelė", "asmens tapatybės kortelės", "tapatybės", "kortelės nr", "dokumento nr")},
    ),
    field_names=("asmens tapatybes kortele", "tapatybes korteles numeris", "id card"),
    countries=("LT",),
    source="Law on identity cards and passports: eight digits",
    with_context=("asmens tapatybės kortelė Nr. 12345678", "asmens tapatybės kortelės Nr. 20987654", "Lithuanian identity card No. 12345678"),
    not_examples=("asmens tapatybės kortelė Nr. 1234567", "12345678"),
)  # fmt: skip

LT_PASSPORT = EntityType(
    name="LT_PASSPORT",
    patterns=(code(r"[0-9]{8}", score=0.05, context=0.8), capitals(series("[0-9]{6,7}"), score=0.05)),
    context=labels.joined(labels.PASSPORT, {"lt": ("pasas", "paso nr", "pasą", "paso", "pasu", "lr pasas")}),
    field_names=("pasas", "paso numeris", "passport", "passport number"),
    countries=("LT",),
    source="Law on identity cards and passports: eight digits",
    with_context=("pasas Nr. 21345678", "LR pasas, paso Nr. 22345678", "Lithuanian passport No. 23456789"),
    not_examples=(
        "pasas Nr. 2134567",
        "21345678",
    ),
)

LT_RESIDENCE_PERMIT = EntityType(
    name="LT_RESIDENCE_PERMIT",
    patterns=(code(r"[A-Z]{2,3}[0-9]{6,8}|[0-9]{8,9}", score=0.02, context=0.75),),
    context=labels.joined(
        labels.RESIDENCE_PERMIT,
        {
            "lt": (
                "leidimas laikinai gyventi",
                "leidimas nuolat gyventi",
                "leidimo laikinai gyventi",
                "laikinai gyventi",
                "nuolat gyventi",
            )
        },
    ),
    field_names=("leidimas gyventi",),
    countries=("LT",),
    source="Law on the legal status of foreigners, Regulation (EC) 1030/2002",
    with_context=("leidimas laikinai gyventi Nr. LTR1234567", "leidimas gyventi 12345678"),
    not_examples=(
        "leidimas laikinai gyventi Nr. LTR12345",
        "12345678",
    ),
)

LT_DRIVER_LICENSE = EntityType(
    name="LT_DRIVER_LICENSE",
    patterns=(code(r"[0-9]{8}", score=0.02, context=0.8), capitals(series("[0-9]{6,7}"), score=0.02)),
    context=labels.joined(labels.DRIVING_LICENCE, {"lt": ("vairuotojo pažymėjimą", "vairuotojo paž", "vp nr")}),
    field_names=("vairuotojo pazymejimas", "driver license"),
    countries=("LT",),
    source="Law on road traffic safety, rules on driving licences: eight digits",
    with_context=("vairuotojo pažymėjimas Nr. 01234567", "vairuotojo pažymėjimo Nr. 02345678"),
    not_examples=(
        "vairuotojo pažymėjimas Nr. 0123456",
        "01234567",
    ),
)

LT_SOCIAL_INSURANCE = EntityType(
    name="LT_SOCIAL_INSURANCE",
    patterns=(capitals(f"{series('[0-9]{7}')}|SD{SP}[0-9]{{6,8}}", score=0.05), code("[0-9]{7}", score=0.02, context=0.65)),
    context=labels.joined(labels.SOCIAL_SECURITY, {"lt": ("socialinio draudimo", "draudėjo kodas", "sodros", "soc draudimo", "valstybinio socialinio")}),
    field_names=("socialinio draudimo numeris", "sodra"),
    countries=("LT",),
    source="State Social Insurance Fund Board (Sodra): series of two letters and seven digits",
    with_context=("socialinio draudimo pažymėjimas Nr. SD 1234567", "Sodra draudėjo kodas 7654321"),
    not_examples=("socialinio draudimo pažymėjimas Nr. SD 12345", "1234567"),
)  # fmt: skip

LT_LICENSE_PLATE = EntityType(
    name="LT_LICENSE_PLATE",
    patterns=(capitals(r"(?i:[A-Z]{3}-?[0-9]{3})|[A-Z]{3}[ \x{A0}:][0-9]{3}", context=0.85),),
    context=labels.joined(
        labels.PLATE,
        {"lt": ("valstybinis numeris", "valstybinio numerio", "valstybinis nr", "valst nr", "v n", "valstybiniu numeriu", "registracijos numeris", "automobilis", "automobilio", "automobilį", "automobiliu", "numeriai")},
    ),
    field_names=("valstybinis numeris", "license plate"),
    countries=("LT",),
    source="Rules on vehicle registration (Regitra): three letters and three digits",
    with_context=("automobilis, valst. Nr. ABC 123", "valstybinis numeris KLM456"),
    not_examples=("automobilis, valst. Nr. ABC 12", "ABC 123"),
)  # fmt: skip

LT_POSTCODE = EntityType(
    name="LT_POSTCODE",
    patterns=(
        Pattern(regex=r"\bLT[\-\x{2013}][0-9]{5}\b", score=0.7, context=0.9),
        code(r"LT ?[0-9]{5}", score=0.2, context=0.8),
        postcode("[0-9]{5}"),
    ),
    context=labels.joined(labels.POSTCODE, {"lt": ("pašto kodas", "pašto indeksas", "p k")}),
    field_names=("pasto kodas", "postcode", "postal code", "zip"),
    countries=("LT",),
    source="Lietuvos paštas: LT and five digits",
    examples=("LT-01103",),
    with_context=("pašto kodas 01103", "pašto kodas LT 44001"),
    not_examples=(
        "pašto kodas 0110",
        "01103",
    ),
)

TYPES = (
    LT_ASMENS_KODAS, LT_COMPANY_NUMBER, LT_VAT_CODE, LT_IDENTITY_CARD, LT_PASSPORT, LT_RESIDENCE_PERMIT, LT_DRIVER_LICENSE,
    LT_SOCIAL_INSURANCE, LT_LICENSE_PLATE, LT_POSTCODE,
)  # fmt: skip
