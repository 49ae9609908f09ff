"""Validators: from a candidate's text to a verdict. Pure functions of the text, tried on candidates only.

``True``: proved. ``False``: it is not one, drop it. ``None``: no verdict. None raises on any text.
Those of national identifiers are in `pratique.detect.check_digits`.
"""

# ruff: noqa: PLR0911, PLR2004, SIM905 - tables; the figures are those of the specifications that the entity types name
import ipaddress
import re
from types import MappingProxyType

from pratique.detect import wallets
from pratique.detect.check_digits import Validator, alphanumerics, luhn, mrz, unchecked
from pratique.detect.dates import moment, plausible_date
from pratique.detect.entities import countries
from pratique.detect.ibans import IBAN_LENGTHS
from pratique.detect.phones import grouped, international, national, prefixed, telephone_length
from pratique.detect.places import named_street, numbered_street, street, town_and_street

_EXTENSION = re.compile(r"[^\W\d_]")
_HOST_ENDS = re.compile("[:/?#]")

_DECIMALS = re.compile("[+\u2212-]?[0-9]{1,3}\\.[0-9]{1,15}")
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(
        zip(
            "ABCDEFGHJKLMNPRSTUVWXYZ",
            (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
            strict=True,
        )
    ),
}
_EHIC_STATES = frozenset(
    # The EU, Iceland, Liechtenstein, Norway, Switzerland and the United Kingdom, in the order of their English names.
    (
        "040 056 100 191 196 203 208 233 246 250 276 300 348 372 380 428 440 442 470 528 616 620 642 703 705 724 752 "
        "352 438 578 756 826"
    ).split()
)


def card(text: str) -> bool | None:
    """True for an issuer range of a payment network, with its lengths; no verdict on others. False where Luhn fails."""
    number = "".join(c for c in text if "0" <= c <= "9")
    if len(set(number)) < 2 or not luhn(number):
        return False
    return True if _issuer(number) else None


def _issuer(number: str) -> bool:
    length, two, three, four = len(number), number[:2], number[:3], number[:4]
    if number[:1] == "4":
        return length in {13, 16, 19}
    if number[:1] == "1":
        return length == 15
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
    if IBAN_LENGTHS.get(number[:2]) != len(number) or not (number.isascii() and number.isalnum()):
        return False
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1


def ipv4(text: str) -> bool | None:
    """False beyond four parts: versions and object identifiers go on so. None for unspecified, loopback and for four
    parts of one or two digits, which are versions as often as addresses, but for those of private networks.
    """
    parts = text.partition("/")[0].split(".")
    if len(parts) != 4:
        return False
    short = max(map(len, parts)) < 3 and (parts[0] != "10" or max(map(len, parts)) == 1)
    return None if short or parts[0] in {"0", "127"} or text == "255.255.255.255" else True


def ipv6(text: str) -> bool | None:
    """Whether it parses, with a prefix length or not; no verdict on ``::``, ``::1`` and short forms of few digits."""
    try:
        address = ipaddress.IPv6Interface(text).ip
    except ValueError:
        return False
    if address.is_unspecified or address.is_loopback:
        return None
    return True if text.count(":") > 2 or len(text) > 7 or "/" in text else None


def mac(text: str) -> bool:
    """Neither all zeros nor all ones."""
    return len(set(text.lower()) - set(":-.")) > 1


def url(text: str) -> bool | None:
    """Something other than punctuation follows the scheme."""
    return None if any(c.isalnum() for c in text.rpartition("://")[2]) else False


def bare_url(text: str) -> bool | None:
    """As `domain`, of the part before a port or a path."""
    return domain(_HOST_ENDS.split(text, maxsplit=1)[0])


def domain(text: str) -> bool | None:
    """At least one label of two letters before the top-level domain, and no sentence without a space (``end.In``)."""
    labels = text.split(".")
    top = labels[-1]
    if top != top.lower() and top != top.upper():
        return False
    return None if any(len(label) > 1 and any(c.isalpha() for c in label) for label in labels[:-1]) else False


def uuid(text: str) -> bool | None:
    """False where every digit is the same."""
    return None if len(set(text)) > 2 else False


def phone_extended(text: str) -> bool | None:
    """As `phones.international`, of the part before the extension."""
    return international(_EXTENSION.split(text, maxsplit=1)[0].rstrip(" ,"))


def imsi(text: str) -> bool | None:
    """False beyond fourteen or fifteen digits."""
    return None if 14 <= sum("0" <= c <= "9" for c in text) <= 15 else False


def iccid(text: str) -> bool:
    """Nineteen digits that pass Luhn, or twenty of which the last only fills up, or passes."""
    number = "".join(c for c in text if "0" <= c <= "9")
    return len(number) in {19, 20} and (luhn(number[:19]) or luhn(number))


def vin(text: str) -> bool | None:
    """True where the check digit of North America is right; False for digits or letters only."""
    text = text.upper()
    if text.isdigit() or sum("0" <= c <= "9" for c in text) < 3 or len(text) != len(_VIN_WEIGHTS):
        return False
    total = sum(_VIN_VALUES.get(c, 0) * weight for c, weight in zip(text, _VIN_WEIGHTS, strict=True)) % 11
    return True if text[8] == ("X" if total == 10 else str(total)) else None


def lei(text: str) -> bool:
    """ISO/IEC 7064 MOD 97-10 over twenty characters, of which some are letters and some digits."""
    number = alphanumerics(text)
    if len(number) != 20 or number.isdigit() or number[:18].isalpha():
        return False
    return int("".join(str(int(c, 36)) for c in number)) % 97 == 1


def ehic(text: str) -> bool:
    """Twenty digits; after 80 the ISO 3166-1 number of a state that issues the card."""
    number = "".join(c for c in text if "0" <= c <= "9")
    return len(number) == 20 and number[2:5] in _EHIC_STATES


def coordinates(text: str) -> bool | None:
    """True for two numbers with four decimals or more, no verdict with three; the latitude first."""
    numbers = _DECIMALS.findall(text)
    if len(numbers) != 2 or abs(float(numbers[0].replace("\u2212", "-"))) > 90:
        return False
    return True if min(len(number.partition(".")[2]) for number in numbers) > 3 and text.count(",") == 1 else None


_PAGE = re.compile(r"(?:https?://|www\.)|[a-z0-9\-]+(?:\.[a-z]{2,6})+[/?]?\Z", re.IGNORECASE)


def password(text: str) -> bool | None:
    """False for a plain word, which speaks about a password, for one that is masked, for the address of the page where
    it is set, and for digits, which ``pass: 28267775`` may as well be a passport's.
    """
    plain = text.isalpha() and (text.islower() or text.istitle())
    other = text.rstrip(".").isdigit() or _PAGE.match(text) is not None
    return False if plain or other or len(set(text)) == 1 else None


def token(text: str) -> bool | None:
    """False without a digit and a letter: what is made at random has both."""
    return None if any("0" <= c <= "9" for c in text) and any(map(str.isalpha, text)) else False


VALIDATORS: MappingProxyType[str, Validator] = MappingProxyType(
    {
        "luhn": luhn,
        "card": card,
        "iban": iban,
        "date": plausible_date,
        "moment": moment,
        "ipv4": ipv4,
        "ipv6": ipv6,
        "mac": mac,
        "url": url,
        "bare_url": bare_url,
        "domain": domain,
        "uuid": uuid,
        "phone_international": international,
        "phone_national": national,
        "phone_length": telephone_length,
        "phone_prefixed": prefixed,
        "phone_grouped": grouped,
        "phone_extended": phone_extended,
        "street": street,
        "numbered_street": numbered_street,
        "named_street": named_street,
        "town_and_street": town_and_street,
        "mrz": mrz,
        "unchecked": unchecked,
        "imsi": imsi,
        "iccid": iccid,
        "vin": vin,
        "lei": lei,
        "ehic": ehic,
        "coordinates": coordinates,
        "password": password,
        "token": token,
        **wallets.VALIDATORS,
        **countries.VALIDATORS,
    }
)
"""Every validator, by the name that entity types (users' own too) refer to it by."""
