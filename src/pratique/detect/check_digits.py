"""Check digits of national identifiers: from a candidate's text to a verdict, as in `pratique.detect.validators`.

The arithmetic of a check runs first, since most wrong candidates fail it; python-stdnum judges what is left.
"""

# ruff: noqa: PLR2004 - the figures are those of the specifications that the entity types name
from collections.abc import Callable
from functools import cache
from importlib import import_module
from operator import mul
from types import MappingProxyType

Validator = Callable[[str], bool | None]

_VALUE_OF_DIGIT = bytes((byte - 48) % 256 for byte in range(256))
_NO_DIGIT = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_LUHN_DOUBLE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def digits_of(text: str) -> list[int]:
    """The ASCII digits of a text, in order."""
    return list(text.encode("ascii", "ignore").translate(_VALUE_OF_DIGIT, _NO_DIGIT))


def luhn(text: str) -> bool:
    """The check of ISO/IEC 7812-1 annex B over all digits of the text; False without digits."""
    digits = digits_of(text)
    return bool(digits) and (sum(digits[-1::-2]) + sum(_LUHN_DOUBLE[d] for d in digits[-2::-2])) % 10 == 0


def us_ssn(text: str) -> bool:
    """Area, group and serial number that can be issued, and not one of the numbers known from advertisements."""
    digits = "".join(c for c in text if "0" <= c <= "9")
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if len(digits) != 9 or area in {"000", "666"} or area >= "900" or group == "00" or serial == "0000":
        return False
    return digits not in {"078051120", "457555462", "219099999", "123456789"} and len(set(digits)) > 1


def uk_nino(text: str) -> bool | None:
    """False for prefixes that are never allocated."""
    return False if text[:2].upper() in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"} else None


@cache
def _stdnum(module: str) -> Callable[[str], bool]:
    # Imported when first needed: most runs need few of them.
    return import_module(f"stdnum.{module}").is_valid  # type: ignore[no-any-return]


def _checked(module: str, weights: tuple[int, ...], modulus: int, remainders: tuple[int, ...] = (0,)) -> Validator:
    """A validator that takes the weighted digit sum first, then asks python-stdnum."""

    def validate(text: str) -> bool:
        digits = digits_of(text)
        total = sum(map(mul, weights, digits)) % modulus
        return len(digits) == len(weights) and total in remainders and _judge(module, text)

    return validate


def _luhn_checked(module: str, length: int) -> Validator:
    def validate(text: str) -> bool:
        digits = digits_of(text)
        return len(digits) >= length and luhn(text[-length - text[-length:].count("-") :]) and _judge(module, text)

    return validate


def _plain(module: str) -> Validator:
    def validate(text: str) -> bool:
        return _judge(module, text)

    return validate


def _judge(module: str, text: str) -> bool:
    try:
        return bool(_stdnum(module)(text))
    except Exception:  # noqa: BLE001 - a library's slip must not stop a scan
        # What could not be checked is taken for what it looks like: a check that fails is no licence.
        return True


def _mod11_10(module: str) -> Validator:
    """ISO/IEC 7064 MOD 11,10 over eleven digits, then python-stdnum."""

    def validate(text: str) -> bool:
        check = 5
        for digit in digits_of(text):
            check = ((check or 10) * 2 % 11 + digit) % 10
        return check == 1 and _judge(module, text)

    return validate


def _belgium(text: str) -> bool:
    digits = "".join(c for c in text if "0" <= c <= "9")
    if len(digits) != 11 or digits[2:4] == "00" or digits[4:6] == "00":
        return False  # numbers without a birth date exist, but any number of eleven digits looks like them
    body, check = int(digits[:9]), 97 - int(digits[9:])
    return check in {body % 97, (2_000_000_000 + body) % 97} and _judge("be.nn", digits)


def _this_century(month_offset: int, validate: Validator) -> Validator:
    """Only births from 1900 (months as they are) to 2049 (months plus ``month_offset``): the other centuries that the
    number can write would only let more random numbers pass.
    """

    def judge(text: str) -> bool:
        digits = digits_of(text)
        if len(digits) < 6:
            return False
        year, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
        born = 1 <= month <= 12 or (month_offset < month <= month_offset + 12 and year < 50)
        return born and bool(validate(text))

    return judge


def _austria(text: str) -> bool:
    digits = digits_of(text)
    dated = len(digits) == 10 and 1 <= digits[4] * 10 + digits[5] <= 31 and 1 <= digits[6] * 10 + digits[7] <= 15
    return dated and bool(_AUSTRIA(text))


def _baltic(module: str) -> Validator:
    """The rule of EVS 585, shared by Estonia and Lithuania: date of birth, check modulo 11 with two sets of weights."""

    def validate(text: str) -> bool:
        digits = digits_of(text)
        total = sum(map(mul, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1), digits)) % 11
        return len(digits) == 11 and total in {digits[10], 10} and _judge("ee.ik", text) and _judge(module, text)

    return validate


def _czechia(text: str) -> bool:
    digits = "".join(c for c in text if "0" <= c <= "9")
    return (len(digits) == 9 or (len(digits) == 10 and int(digits) % 11 in {0, 10})) and _judge("cz.rc", text)


def _denmark(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 10 and 1 <= digits[0] * 10 + digits[1] <= 31 and _judge("dk.cpr", text)


def _not_one_digit(validate: Validator) -> Validator:
    def judge(text: str) -> bool:
        return len(set(digits_of(text))) > 1 and bool(validate(text))

    return judge


_AUSTRIA = _checked("at.vnr", (3, 7, 9, -1, 5, 8, 4, 2, 1, 6), 11)

NATIONAL: MappingProxyType[str, Validator] = MappingProxyType(
    {
        "bitcoin": _plain("bitcoin"),
        "us_ssn": us_ssn,
        "uk_nino": uk_nino,
        "es_nif": _plain("es.dni"),
        "es_nie": _plain("es.nie"),
        "it_fiscal_code": _plain("it.codicefiscale"),
        "fr_nir": _plain("fr.nir"),
        "be_nn": _belgium,
        "nl_bsn": _not_one_digit(_checked("nl.bsn", (9, 8, 7, 6, 5, 4, 3, 2, -1), 11)),
        "de_idnr": _mod11_10("de.idnr"),
        "pt_nif": _not_one_digit(_checked("pt.nif", (9, 8, 7, 6, 5, 4, 3, 2, 1), 11, (0, 1))),
        "uk_nhs": _not_one_digit(_checked("gb.nhs", (10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 11)),
        "ie_pps": _plain("ie.pps"),
        "at_vnr": _austria,
        "ch_ahv": _checked("ch.ssn", (1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1), 10),
        "pl_pesel": _this_century(20, _checked("pl.pesel", (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10)),
        "fi_hetu": _plain("fi.hetu"),
        "se_personnummer": _luhn_checked("se.personnummer", 10),
        "dk_cpr": _denmark,
        "no_fodselsnummer": _checked("no.fodselsnummer", (3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), 11),
        "ee_ik": _baltic("ee.ik"),
        "lt_asmens": _baltic("lt.asmens"),
        "bg_egn": _this_century(40, _checked("bg.egn", (2, 4, 8, 5, 10, 9, 7, 3, 6, -1), 11, (0, 10))),
        "ro_cnp": _checked("ro.cnp", (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9, -1), 11, (0, 9)),
        "cz_rc": _czechia,
        "hr_oib": _mod11_10("hr.oib"),
        "gr_amka": _luhn_checked("gr.amka", 11),
    }
)
"""By the name that entity types refer to them by."""
