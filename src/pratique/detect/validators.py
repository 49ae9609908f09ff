"""Validators: from a candidate's text to a verdict. Pure functions of the text, tried on candidates only.

``True``: proved. ``False``: it is not one, drop it. ``None``: no verdict. None raises on any text.
The arithmetic of a check runs first, since most wrong candidates fail it; python-stdnum then judges the rest (dates, ranges).
"""

# ruff: noqa: PLR2004 - the figures are those of the specifications that the entity types name
import ipaddress
from collections.abc import Callable
from functools import cache
from importlib import import_module
from operator import mul
from types import MappingProxyType

from pratique.detect.dates import plausible_date
from pratique.detect.phones import international, national, telephone_length

Validator = Callable[[str], bool | None]

_IBAN_LENGTHS = dict(
    item.split(":")
    for item in [
        "AD:24",
        "AE:23",
        "AL:28",
        "AT:20",
        "AZ:28",
        "BA:20",
        "BE:16",
        "BG:22",
        "BH:22",
        "BI:27",
        "BR:29",
        "BY:28",
        "CH:21",
        "CR:22",
        "CY:28",
        "CZ:24",
        "DE:22",
        "DJ:27",
        "DK:18",
        "DO:28",
        "EE:20",
        "EG:29",
        "ES:24",
        "FI:18",
        "FK:18",
        "FO:18",
        "FR:27",
        "GB:22",
        "GE:22",
        "GI:23",
        "GL:18",
        "GR:27",
        "GT:28",
        "HN:28",
        "HR:21",
        "HU:28",
        "IE:22",
        "IL:23",
        "IQ:23",
        "IS:26",
        "IT:27",
        "JO:30",
        "KW:30",
        "KZ:20",
        "LB:28",
        "LC:32",
        "LI:21",
        "LT:20",
        "LU:20",
        "LV:21",
        "LY:25",
        "MC:27",
        "MD:24",
        "ME:22",
        "MK:19",
        "MN:20",
        "MR:27",
        "MT:31",
        "MU:30",
        "NI:28",
        "NL:18",
        "NO:15",
        "OM:23",
        "PK:24",
        "PL:28",
        "PS:29",
        "PT:25",
        "QA:29",
        "RO:24",
        "RS:22",
        "RU:33",
        "SA:24",
        "SC:31",
        "SD:18",
        "SE:24",
        "SI:19",
        "SK:24",
        "SM:27",
        "SO:23",
        "ST:25",
        "SV:28",
        "TL:23",
        "TN:24",
        "TR:26",
        "UA:29",
        "VA:22",
        "VG:24",
        "XK:20",
        "YE:30",
    ]
)
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


def card(text: str) -> bool:
    """Luhn, more than one digit, and an issuer range of a payment network with its lengths."""
    number = "".join(c for c in text if "0" <= c <= "9")
    return _issuer(number) and len(set(number)) > 1 and luhn(number)


def _issuer(number: str) -> bool:
    length, two, three, four = len(number), number[:2], number[:3], number[:4]
    if number[:1] == "4":
        return length in {13, 16, 19}
    if "51" <= two <= "55" or "2221" <= four <= "2720":
        return length == 16
    if two in {"34", "37"}:
        return length == 15
    if two in {"36", "38", "39"} or "300" <= three <= "305":
        return length in {14, 16, 19}
    if four == "6011" or two in {"62", "64", "65", "81"} or "3528" <= four <= "3589":
        return 16 <= length <= 19
    return two in {"50", "56", "57", "58", "60", "63", "67"} and 12 <= length <= 19


def iban(text: str) -> bool:
    """Length by country and the check modulo 97 of ISO 13616-1."""
    number = "".join(c for c in text if c not in " -\u00a0").upper()
    if _IBAN_LENGTHS.get(number[:2]) != str(len(number)) or not (number.isascii() and number.isalnum()):
        return False
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1


def ipv4(text: str) -> bool | None:
    """None for unspecified, loopback and for four one-digit parts, which are versions as often as addresses."""
    parts = text.split(".")
    if max(map(len, parts)) == 1 or parts[0] in {"0", "127"} or text == "255.255.255.255":
        return None
    return True


def ipv6(text: str) -> bool | None:
    """Whether it parses and is more than ``::`` or ``::1``; short forms of few digits give no verdict."""
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        return False
    if address.is_unspecified or address.is_loopback:
        return False
    return True if text.count(":") > 2 or len(text) > 7 else None


def mac(text: str) -> bool:
    """Neither all zeros nor all ones."""
    return len(set(text.lower()) - set(":-.")) > 1


def url(text: str) -> bool | None:
    """Something other than punctuation follows the scheme."""
    return None if any(c.isalnum() for c in text.rpartition("://")[2]) else False


def domain(text: str) -> bool | None:
    """At least one label of two letters before the top-level domain, and no sentence without a space (``end.In``)."""
    labels = text.split(".")
    top = labels[-1]
    if top != top.lower() and top != top.upper():
        return False
    return None if any(len(label) > 1 and any(c.isalpha() for c in label) for label in labels[:-1]) else False


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


def uuid(text: str) -> bool | None:
    """False where every digit is the same."""
    return None if len(set(text)) > 2 else False


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
    except Exception:  # noqa: BLE001 - a library's slip on odd digits is no proof, and must not stop a scan
        return False


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
    return (len(digits) == 9 or int(digits or "1") % 11 in {0, 10}) and _judge("cz.rc", text)


def _denmark(text: str) -> bool:
    digits = digits_of(text)
    return len(digits) == 10 and 1 <= digits[0] * 10 + digits[1] <= 31 and _judge("dk.cpr", text)


def _not_one_digit(validate: Validator) -> Validator:
    def judge(text: str) -> bool:
        return len(set(digits_of(text))) > 1 and bool(validate(text))

    return judge


_AUSTRIA = _checked("at.vnr", (3, 7, 9, -1, 5, 8, 4, 2, 1, 6), 11)

VALIDATORS: MappingProxyType[str, Validator] = MappingProxyType(
    {
        "luhn": luhn,
        "card": card,
        "iban": iban,
        "date": plausible_date,
        "ipv4": ipv4,
        "ipv6": ipv6,
        "mac": mac,
        "url": url,
        "domain": domain,
        "uuid": uuid,
        "phone_international": international,
        "phone_national": national,
        "phone_length": telephone_length,
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
"""Every validator, by the name that entity types (users' own too) refer to it by."""
