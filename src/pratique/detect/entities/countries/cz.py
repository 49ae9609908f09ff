"""Czechia."""

# ruff: noqa: E501, PLR2004 - patterns and words, one a line; the figures are those of the specifications

from collections.abc import Mapping

from pratique.detect.check_digits import Validator, digits_of, is_date
from pratique.detect.entities.countries import labels
from pratique.detect.entities.countries.forms import (
    SEP,
    SP,
    WEAK,
    bare_vat,
    capitals,
    code,
    grouped,
    labelled,
    plate,
    postcode,
    proved,
    series,
)
from pratique.detect.entities.record import EntityType, Pattern


def birth_date(digits: list[int]) -> bool:
    """Whether the first six digits are a date of birth; months plus 50 are women's, plus 20 where numbers ran out."""
    month = digits[2] * 10 + digits[3]
    year = digits[0] * 10 + digits[1]
    return any(is_date(year, month - plus, digits[4] * 10 + digits[5]) for plus in (0, 20, 50, 70))


def birth_number(text: str) -> bool:
    """A date and divisibility by 11 (before 1986 a remainder of 10 counted as 0); nine digits, before 1954, have no check."""
    digits = digits_of(text)
    if not 9 <= len(digits) <= 10 or not birth_date(digits):
        return False
    if len(digits) == 9:
        return digits[0] < 6 and any(digits[6:])
    number = int("".join(map(str, digits)))
    return number % 11 == 0 or (digits[0] >= 5 and digits[9] == 0 and number // 10 % 11 == 10)


def birth_number_shape(text: str) -> bool | None:
    """A date."""
    digits = digits_of(text)
    return None if 9 <= len(digits) <= 10 and birth_date(digits) else False


def company_number(text: str) -> bool:
    """Seven digits with weights 8 to 2 modulo 11, and the check digit."""
    digits = digits_of(text)
    if len(digits) != 8 or not any(digits):
        return False
    return (11 - sum(d * w for d, w in zip(digits, range(8, 1, -1), strict=False)) % 11) % 10 == digits[7]


def bank_account_shape(text: str) -> bool | None:
    """A short number and a year are a law's or a file's."""
    before, _, bank = text.rpartition("/")
    return False if len(digits_of(before)) < 6 and digits_of(bank)[:2] in ([1, 9], [2, 0]) else None


def bank_account(text: str) -> bool:
    """Prefix and number, each with weights modulo 11; before the slash."""
    if bank_account_shape(text) is False:
        return False
    before, _, bank = text.rpartition("/")
    prefix, _, number = before.replace(" ", "").replace("\xa0", "").rpartition("-")
    return len(digits_of(bank)) == 4 and _modulo_11(prefix) and _modulo_11(number) and any(digits_of(number))


def _modulo_11(text: str) -> bool:
    weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
    return sum(d * w for d, w in zip(reversed(digits_of(text)), weights, strict=False)) % 11 == 0


def _vat(text: str) -> bool | None:
    """Of a company its number, of a person the birth number; nine digits that begin with 6 have rules of their own."""
    digits = digits_of(text)
    if len(digits) == 8:
        return company_number(text)
    return None if len(digits) == 9 and digits[0] == 6 else birth_number(text)


def _letters_and_digits(text: str) -> bool | None:
    """A word has no digit, a number no letter."""
    return None if any(map(str.isdigit, text)) and any(map(str.isalpha, text)) else False


VALIDATORS: Mapping[str, Validator] = {
    "cz_rc": birth_number,
    "cz_rc_shape": birth_number_shape,
    "cz_ico": company_number,
    "cz_dic": _vat,
    "cz_account": bank_account,
    "cz_account_shape": bank_account_shape,
    "cz_box": _letters_and_digits,
}

_RC = rf"[0-9]{{6}}{SEP}[0-9]{{4}}"
_RC_WORDS = labels.joined(
    labels.NATIONAL_NUMBER,
    {
        "cs": (
            "rodné",
            "rodné číslo",
            "rodného čísla",
            "rodným číslem",
            "rodném čísle",
            "rč",
            "r č",
            "rod č",
            "rodné č",
            "nar",
        ),
        "sk": ("rodné", "rodné číslo", "rodného čísla", "rodným číslom", "rč", "r č"),
        "*": ("birth number", "birth no", "birth certificate number", "rodne cislo"),
    },
)
CZ_BIRTH_NUMBER = EntityType(
    name="CZ_BIRTH_NUMBER",
    patterns=(
        Pattern(regex=rf"\b[0-9]{{6}}{SP}/{SP}[0-9]{{3,4}}\b", score=0.1, validated=0.75, context=0.95),
        proved(_RC, alone=WEAK, context=0.9),
        labelled(code(rf"{_RC}|[0-9]{{6}}{SP}/{SP}[0-9]{{3,4}}|[0-9]{{9}}"), "cz_rc_shape"),
    ),
    context=_RC_WORDS,
    validator="cz_rc",
    checks_digits=True,
    field_names=("rodne cislo", "birth number", "rc"),
    countries=("CZ", "SK"),
    source="Act 133/2000 Coll. § 13: date of birth and divisibility by 11",
    examples=("710319/2745", "710319 / 2745"),
    with_context=(
        "rodné číslo 7103192745",
        "r.č. 800101/1234",
        "RČ: 530101/123",
        "r. č.: 490824466",
        "rodné č. 710319 2745",
    ),
    not_examples=("710319/2746", "7103192745", "713319/2745"),
)

CZ_COMPANY_NUMBER = EntityType(
    name="CZ_COMPANY_NUMBER",
    patterns=(proved(rf"[0-9]{{8}}|{grouped(3, 2, 3, by=SP)}|{grouped(2, 3, 3, by=SP)}", alone=WEAK, context=0.85), labelled(code("[0-9]{8}"))),
    context={
        "cs": ("ičo", "ič", "i č o", "i č", "identifikační číslo", "identifikační číslo osoby", "ident č"), "sk": ("ičo", "i č o"),
        "*": ("ico", "company id", "company identification", "identification no", "company number", "business id", "reg no"),
    },
    validator="cz_ico",
    checks_digits=True,
    field_names=("ico", "ičo", "company number"),
    countries=("CZ",),
    source="Act 111/2009 Coll.: identification number of persons, check modulo 11",
    with_context=("IČO: 25123891", "IČ 251 23 891", "IČO 25123892", "Company ID 25123891"),
    not_examples=("25123891", "25123892"),
)  # fmt: skip

_VAT = rf"CZ{SEP}[0-9]{{8,10}}"
CZ_VAT_CODE = EntityType(
    name="CZ_VAT_CODE",
    patterns=(proved(_VAT, alone=0.8, context=0.95, score=0.3), bare_vat("[0-9]{8,10}"), labelled(code(_VAT))),
    context=labels.joined(labels.VAT, {"cs": ("dič", "d i č", "daňové identifikační číslo", "dph", "plátce")}),
    validator="cz_dic",
    field_names=("dic", "dič", "vat", "vat number"),
    countries=("CZ",),
    source="Act 280/2009 Coll. § 130: CZ and the company's or the person's number",
    examples=("CZ25123891", "CZ7103192745"),
    with_context=("DIČ: CZ25123892", "DIČ CZ 712345678"),
    not_examples=(
        "DIČ: CZ2512389",
        "CZ25123892",
    ),
)

CZ_IDENTITY_CARD = EntityType(
    name="CZ_IDENTITY_CARD",
    patterns=(
        capitals(
            rf"[0-9]{{9}}|{grouped(3, 3, 3, by=SP)}|{series('[0-9]{6}')}|[0-9]{{6}}{SP}[A-Z]{{2}}(?:{SP}[0-9]{{2}})?",
            score=0.05,
            context=0.75,
        ),
    ),
    context=labels.joined(
        labels.IDENTITY_CARD,
        {
            "cs": (
                "číslo op",
                "čísla op",
                "občanském průkazu",
                "občanským průkazem č",
                "č op",
                "op č",
                "op číslo",
                "průkaz totožnosti č",
            )
        },
    ),
    field_names=("obcansky prukaz", "cislo op", "id card"),
    countries=("CZ",),
    source="Act 269/2021 Coll. on identity cards: nine digits; older ones letters and six digits",
    with_context=(
        "občanský průkaz č. 123456789",
        "č. OP: 205123456",
        "číslo OP 219 877 074",
        "OP č. AB 123456",
        "identity card no. 123456789",
    ),
    not_examples=(
        "občanský průkaz č. 12345678",
        "123456789",
    ),
)

CZ_PASSPORT = EntityType(
    name="CZ_PASSPORT",
    patterns=(code("[0-9]{8}", score=0.05, context=0.75),),
    context=labels.PASSPORT,
    field_names=("cestovni pas", "cislo pasu", "passport", "passport number"),
    countries=("CZ",),
    source="Act 329/1999 Coll. on travel documents: eight digits",
    with_context=("cestovní pas č. 39123456", "číslo pasu 39123456", "Czech passport No. 39123456"),
    not_examples=(
        "cestovní pas č. 3912345",
        "39123456",
    ),
)

CZ_RESIDENCE_PERMIT = EntityType(
    name="CZ_RESIDENCE_PERMIT",
    patterns=(capitals(rf"{series('[0-9]{6,7}', letters='[A-Z]{1,2}')}|[0-9]{{9}}", score=0.05, context=0.75),),
    context=labels.RESIDENCE_PERMIT,
    countries=("CZ",),
    source="Act 326/1999 Coll. on the residence of foreign nationals",
    with_context=("průkaz o povolení k pobytu č. AA123456", "povolení k pobytu č. 000123456"),
    not_examples=(
        "průkaz o povolení k pobytu č. AA12345",
        "AA123456",
    ),
)

CZ_DRIVER_LICENSE = EntityType(
    name="CZ_DRIVER_LICENSE",
    patterns=(capitals(series("[0-9]{6}"), score=0.1, context=0.8),),
    context=labels.DRIVING_LICENCE,
    field_names=("ridicsky prukaz", "driver license", "cislo rp"),
    countries=("CZ",),
    source="Decree 31/2001 Coll.: two letters and six digits",
    with_context=("řidičský průkaz č. EH 123456", "číslo řidičského průkazu: EK123456"),
    not_examples=(
        "řidičský průkaz č. EH 12345",
        "EH 123456",
    ),
)

CZ_HEALTH_INSURANCE = EntityType(
    name="CZ_HEALTH_INSURANCE",
    patterns=(
        Pattern(regex=rf"\b[0-9]{{6}}{SP}/?{SP}[0-9]{{3,4}}\b", score=0.05, validated=WEAK, context=0.9),
        labelled(code("[0-9]{9,10}|[0-9]{6}/[0-9]{3,4}")),
    ),
    context=labels.joined(
        labels.HEALTH_INSURANCE, {"cs": ("čp", "č poj", "č pojištěnce", "vzp", "ozp", "zpmv", "průkaz pojištěnce")}
    ),
    validator="cz_rc",
    checks_digits=True,
    field_names=("cislo pojistence",),
    countries=("CZ",),
    source="Act 48/1997 Coll.: the insured person's number, as a rule the birth number",
    with_context=("číslo pojištěnce: 7103192745", "č. pojištěnce 7103192746"),
    not_examples=(
        "číslo pojištěnce: 71031927",
        "7103192745",
    ),
)

CZ_DATA_BOX = EntityType(
    name="CZ_DATA_BOX",
    patterns=(code("[a-z0-9]{7}", score=0.01, context=0.75, validator="cz_box", needs_digit=True),),
    context={
        "cs": (
            "datová schránka",
            "datové schránky",
            "datovou schránku",
            "id ds",
            "idds",
            "ds id",
            "id datové schránky",
        ),
        "en": ("data box",),
    },
    field_names=("datova schranka", "id ds"),
    countries=("CZ",),
    source="Act 300/2008 Coll.: identifier of seven letters and digits",
    with_context=("datová schránka: ab2cd3e", "ID DS: 7xk9u2p"),
    not_examples=("ab2cd3e", "datová schránka tvořená"),
)

CZ_LICENSE_PLATE = EntityType(
    name="CZ_LICENSE_PLATE",
    patterns=(
        plate(
            r"[0-9][A-Z][0-9A-Z][ \-]?[0-9]{4}",
            score=0.15,
            context=0.8,
            validator="cz_box",
            near=labels.every(labels.VEHICLE),
        ),
        code(
            r"[A-Z]{2,3}[ \-]?[0-9]{2}[ \-][0-9]{2}",
            score=0.1,
            context=0.8,
            validator="cz_box",
        ),
        code("[0-9][a-z][0-9a-z] ?[0-9]{4}", score=0.05, context=0.7, validator="cz_box"),
    ),
    context=labels.joined(labels.PLATE, {"cs": ("rz", "reg zn", "registrační značkou", "poznávací značk")}),
    field_names=("spz", "rz", "registracni znacka", "license plate"),
    countries=("CZ",),
    source="Decree 343/2014 Coll.: digit, region, letter or digit, four digits; before 2001 district, digits",
    with_context=("RZ 1AB 2345", "SPZ: 4A2 3000", "vozidlo registrační značky 5T51234", "SPZ ABC 12-34"),
    not_examples=(
        "RZ 1AB 234",
        "1AB 2345",
    ),
)

CZ_POSTCODE = EntityType(
    name="CZ_POSTCODE",
    patterns=(postcode(rf"[1-7][0-9]{{2}}{SP}[0-9]{{2}}"),),
    context=labels.POSTCODE,
    field_names=("psc", "psč", "postcode", "postal code", "zip"),
    countries=("CZ",),
    source="Česká pošta: five digits",
    with_context=("PSČ 110 00", "PSČ: 60200"),
    not_examples=("110 00", "PSČ 990 00"),
)

_ACCOUNT = rf"(?:[0-9]{{1,6}}{SP}-{SP})?[0-9]{{2,10}}{SP}/{SP}[0-9]{{4}}"
CZ_BANK_ACCOUNT = EntityType(
    name="CZ_BANK_ACCOUNT",
    patterns=(
        proved("[0-9]{1,6}-[0-9]{2,10}/[0-9]{4}|[0-9]{7,10}/[0-9]{4}", alone=0.5, context=0.95),
        proved(_ACCOUNT, alone=WEAK, context=0.9),
        labelled(code(_ACCOUNT), "cz_account_shape"),
    ),
    context=labels.ACCOUNT,
    validator="cz_account",
    field_names=("cislo uctu", "bankovni ucet", "ucet"),
    countries=("CZ",),
    source="Czech National Bank, decree 169/2011 Coll.: prefix, number, bank; weights modulo 11",
    examples=("19-2000145399/0800",),
    with_context=("č. ú. 2000145399/0800", "bankovní spojení: 19-2000145398/0800", "účet č. 123 / 0100"),
    not_examples=("19-2000145398/0800", "12/2024", "účet č. 41/2003"),
)

TYPES = (
    CZ_BIRTH_NUMBER, CZ_COMPANY_NUMBER, CZ_VAT_CODE, CZ_IDENTITY_CARD, CZ_PASSPORT, CZ_RESIDENCE_PERMIT, CZ_DRIVER_LICENSE,
    CZ_HEALTH_INSURANCE, CZ_DATA_BOX, CZ_LICENSE_PLATE, CZ_POSTCODE, CZ_BANK_ACCOUNT,
)  # fmt: skip
