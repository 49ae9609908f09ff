"""Validators: from a candidate's text to a verdict. Pure functions of the text, tried on candidates only.

``True``: proved. ``False``: it is not one, drop it. ``None``: no verdict. None raises on any text.
Those of national identifiers are in `pratique.detect.check_digits`.
"""

# ruff: noqa: PLR2004 - a table; the figures are those of the specifications that the entity types name
import ipaddress
from types import MappingProxyType

from pratique.detect.check_digits import NATIONAL, Validator, luhn
from pratique.detect.dates import plausible_date
from pratique.detect.ibans import IBAN_LENGTHS
from pratique.detect.phones import grouped, international, national, prefixed, telephone_length
from pratique.detect.places import street


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
    if IBAN_LENGTHS.get(number[:2]) != len(number) or not (number.isascii() and number.isalnum()):
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


def uuid(text: str) -> bool | None:
    """False where every digit is the same."""
    return None if len(set(text)) > 2 else False


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
        "phone_prefixed": prefixed,
        "phone_grouped": grouped,
        "street": street,
        **NATIONAL,
    }
)
"""Every validator, by the name that entity types (users' own too) refer to it by."""
