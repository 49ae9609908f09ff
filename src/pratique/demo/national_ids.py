"""Personal numbers of twelve European countries with right check digits, of people who do not exist."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from pratique.demo import check_digits

_MONTH_LETTERS = "ABCDEHLMPRST"
_CENTURY = 2000
"""Several countries write births from this year on in another way."""


@dataclass(frozen=True, slots=True)
class NationalId:
    """A personal number and what people call it."""

    entity: str
    label: str
    """As a letter would name it: ``BSN``, ``codice fiscale``."""
    value: str


@dataclass(frozen=True, slots=True)
class Birth:
    """What a personal number may say of its bearer."""

    day: dt.date
    woman: bool
    given: str
    family: str


def national_id(random: Random, country: str, birth: Birth) -> NationalId:
    """The number that this country (one of twelve, ISO 3166) would give such a person, with right check digits."""
    entity, label, make = _ISSUERS[country]
    return NationalId(entity, label, make(random, birth))


def _digits(random: Random, count: int) -> str:
    return f"{random.randrange(10**count):0{count}d}"


def _sexed(random: Random, birth: Birth) -> str:
    """A digit that is even for women and odd for men, as Belgium, Finland, Poland and Sweden have it."""
    return random.choice("02468" if birth.woman else "13579")


def _nhs_number(random: Random, _: Birth) -> str:
    """Modulus 11, of the range 999, which is never issued."""
    while True:
        body = "999" + _digits(random, 6)
        check = -check_digits.falling(body) % 11
        if check != 10:  # noqa: PLR2004 (not a digit: such a number does not exist)
            text = body + str(check)
            return f"{text[:3]} {text[3:6]} {text[6:]}"


def _pps_number(random: Random, _: Birth) -> str:
    """Modulus 23."""
    body = _digits(random, 7)
    return body + "WABCDEFGHIJKLMNOPQRSTUV"[check_digits.falling(body) % 23]


def _steuer_id(random: Random, _: Birth) -> str:
    """One digit twice among the first ten, never three alike in a row; ISO/IEC 7064 MOD 11,10."""
    digits = random.sample("0123456789", 9)
    digits.append(digits[random.randrange(9)])
    while digits[0] == "0":
        random.shuffle(digits)
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    text = "".join(digits) + str((11 - product) % 10)
    return f"{text[:2]} {text[2:5]} {text[5:8]} {text[8:]}"


def _nir(random: Random, birth: Birth) -> str:
    """Numéro d'inscription au répertoire: 97 less the remainder of 97."""
    department = random.choice(("35", "44", "54", "67", "69", "76", "87"))
    body = f"{2 if birth.woman else 1}{birth.day:%y%m}{department}"
    body += f"{random.randrange(1, 500):03d}{random.randrange(1, 999):03d}"
    return f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:]} {97 - int(body) % 97:02d}"


def _dni(random: Random, _: Birth) -> str:
    """Remainder of 23."""
    body = _digits(random, 8)
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def _bsn(random: Random, _: Birth) -> str:
    """The elfproef."""
    while True:
        body = str(random.randrange(1, 9)) + _digits(random, 7)
        check = check_digits.falling(body) % 11
        if check != 10:  # noqa: PLR2004 (not a digit: such a number does not exist)
            return body + str(check)


def _pesel(random: Random, birth: Birth) -> str:
    """Births from 2000 on have 20 added to their month."""
    month = birth.day.month + (20 if birth.day.year >= _CENTURY else 0)
    body = f"{birth.day:%y}{month:02d}{birth.day:%d}{_digits(random, 3)}{_sexed(random, birth)}"
    weighted = sum(int(digit) * weight for digit, weight in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    return body + str(-weighted % 10)


def _personnummer(random: Random, birth: Birth) -> str:
    """Luhn over nine digits."""
    body = f"{birth.day:%y%m%d}{_digits(random, 2)}{_sexed(random, birth)}"
    return f"{body[:6]}-{body[6:]}{check_digits.luhn(body)}"


def _henkilotunnus(random: Random, birth: Birth) -> str:
    """Remainder of 31; ``A`` stands for births from 2000 on."""
    order = f"{random.randrange(1, 89):02d}{_sexed(random, birth)}"
    sign = "A" if birth.day.year >= _CENTURY else "-"
    return f"{birth.day:%d%m%y}{sign}{order}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(f'{birth.day:%d%m%y}{order}') % 31]}"


def _rijksregisternummer(random: Random, birth: Birth) -> str:
    """97 less the remainder of 97; a 2 stands before the number for births from 2000 on."""
    body = f"{birth.day:%y%m%d}{random.randrange(1, 99):02d}{_sexed(random, birth)}"
    check = 97 - int(("2" if birth.day.year >= _CENTURY else "") + body) % 97
    return f"{body[:2]}.{body[2:4]}.{body[4:6]}-{body[6:]}.{check:02d}"


def _nif(random: Random, _: Birth) -> str:
    """Modulus 11; what is no digit counts as 0."""
    body = "2" + _digits(random, 7)
    return body + str(-check_digits.falling(body) % 11 % 10)


def _codice_fiscale(random: Random, birth: Birth) -> str:
    """After the Italian decree of 23 December 1976."""
    body = _consonants_first(birth.family, given=False) + _consonants_first(birth.given, given=True)
    day = birth.day.day + (40 if birth.woman else 0)
    body += f"{birth.day:%y}{_MONTH_LETTERS[birth.day.month - 1]}{day:02d}"
    body += random.choice(("F205", "H501", "L219", "D969", "A944", "F839"))
    return body + check_digits.italian(body)


def _consonants_first(name: str, *, given: bool) -> str:
    plain = [c for c in unicodedata.normalize("NFD", name).upper() if "A" <= c <= "Z"]
    consonants = [c for c in plain if c not in "AEIOU"]
    if given and len(consonants) > 3:  # noqa: PLR2004 (the second of four consonants is left out)
        del consonants[1]
    return "".join([*consonants, *(c for c in plain if c in "AEIOU"), "X", "X", "X"])[:3]


_ISSUERS: Mapping[str, tuple[str, str, Callable[[Random, Birth], str]]] = {
    "GB": ("UK_NHS", "NHS number", _nhs_number),
    "IE": ("IE_PPS", "PPS number", _pps_number),
    "DE": ("DE_TAX_ID", "Steuer-ID", _steuer_id),
    "FR": ("FR_NIR", "numéro de sécurité sociale", _nir),
    "ES": ("ES_NIF", "DNI", _dni),
    "IT": ("IT_FISCAL_CODE", "codice fiscale", _codice_fiscale),
    "NL": ("NL_BSN", "BSN", _bsn),
    "PL": ("PL_PESEL", "PESEL", _pesel),
    "SE": ("SE_PERSONNUMMER", "personnummer", _personnummer),
    "FI": ("FI_PERSONAL_IDENTITY_CODE", "henkilötunnus", _henkilotunnus),
    "BE": ("BE_NATIONAL_NUMBER", "rijksregisternummer", _rijksregisternummer),
    "PT": ("PT_NIF", "NIF", _nif),
}
