"""Numbers that look real and belong to nobody: each has right check digits, and comes from a test or fictional range.

Cards use the issuers' published test prefixes; IBANs name banks that do not exist; addresses of machines are those of
RFC 5737 and RFC 3849; telephone numbers vary the last digits of the examples that libphonenumber publishes, and the
ranges that Germany and Sweden keep free for fiction. The arithmetic here is the issuers' own (Luhn: ISO/IEC 7812-1,
IBAN: ISO 13616, the rest named at each function); the tests hold it against python-stdnum and phonenumbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from pratique.demo import check_digits

_CARD_PREFIXES = ("400000", "424242", "555555", "222300", "510510")
_PHONES = {
    "GB": ("+44", "0", "7400 12####"),
    "IE": ("+353", "0", "85 012 34##"),
    "DE": ("+49", "0", "171 39200##"),
    "FR": ("+33", "0", "6 12 34 ## ##"),
    "ES": ("+34", "", "612 34 ## ##"),
    "IT": ("+39", "", "312 345 ####"),
    "NL": ("+31", "0", "6 1234 ####"),
    "PL": ("+48", "", "512 345 ###"),
    "SE": ("+46", "0", "70 174 06 2#"),
    "FI": ("+358", "0", "41 2345 ###"),
    "BE": ("+32", "0", "470 12 ## ##"),
    "PT": ("+351", "", "912 345 ###"),
}
"""Country code, trunk digit, shape."""
PHONE_COUNTRIES = tuple(_PHONES)


@dataclass(frozen=True, slots=True)
class Phone:
    """One number, as people write it."""

    compact: str
    """E.164: ``+31612345678``."""
    spaced: str
    """``+31 6 1234 5678``."""
    national: str
    """``06 1234 5678``."""


def _digits(random: Random, count: int) -> str:
    return f"{random.randrange(10**count):0{count}d}"


def _fill(random: Random, shape: str) -> str:
    return "".join(_digits(random, 1) if sign == "#" else sign for sign in shape)


def card(random: Random) -> str:
    """16 digits of a test prefix that pass Luhn's check, in one of the ways in which people write them."""
    body = random.choice(_CARD_PREFIXES) + _digits(random, 9)
    number = body + check_digits.luhn(body)
    joint = random.choice((" ", " ", "-", ""))
    return joint.join(number[at : at + 4] for at in range(0, 16, 4))


def viewer_card(random: Random) -> str:
    """15 digits beginning with 8, which is no payment network's: what `CUSTOM_CREDIT_CARD` is for."""
    return "8" + str(random.randrange(1, 10)) + _digits(random, 13)


def phone(random: Random, country: str) -> Phone:
    """A number of this country that is valid in form."""
    prefix, trunk, shape = _PHONES[country]
    filled = _fill(random, shape)
    return Phone(prefix + filled.replace(" ", ""), f"{prefix} {filled}", trunk + filled)


def iban(random: Random, country: str) -> str:
    """An IBAN with right check digits (ISO 13616) at a bank that does not exist, in groups of four."""
    bban = _ACCOUNT_CHECKS.get(country, str)(_fill(random, _ACCOUNTS[country]))
    numeric = "".join(str(int(c, 36)) for c in bban + country + "00")
    text = f"{country}{98 - int(numeric) % 97:02d}{bban}"
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _french_account(body: str) -> str:
    bank, branch, account = int(body[:5]), int(body[5:10]), int(body[10:])
    return body + f"{97 - (89 * bank + 15 * branch + 3 * account) % 97:02d}"


def _spanish_account(body: str) -> str:
    def check(digits: str) -> str:
        rest = 11 - sum(int(d) * 2**place for place, d in enumerate(digits)) % 11
        return str({10: 1, 11: 0}.get(rest, rest))

    bank, account = body[:8], body[8:]
    return bank + check("00" + bank) + check(account) + account


def _belgian_account(body: str) -> str:
    return f"{body}{int(body) % 97 or 97:02d}"


def _portuguese_account(body: str) -> str:
    return f"{body}{98 - int(body) * 100 % 97:02d}"


_ACCOUNTS = {
    "GB": "PRTQ99" + "#" * 12,
    "IE": "PRTQ99" + "#" * 12,
    "DE": "99900000" + "#" * 10,
    "FR": "99999" + "#" * 16,
    "ES": "9999" + "#" * 14,
    "IT": "99999" + "#" * 17,
    "NL": "PRTQ" + "#" * 10,
    "PL": "99900000" + "#" * 16,
    "SE": "999" + "#" * 17,
    "FI": "999" + "#" * 10,
    "BE": "999" + "#" * 7,
    "PT": "9999" + "#" * 15,
}
_ACCOUNT_CHECKS: Mapping[str, Callable[[str], str]] = {
    "BE": _belgian_account,
    "ES": _spanish_account,
    "FI": lambda body: body + check_digits.luhn(body),
    "FR": _french_account,
    "IT": lambda body: check_digits.italian(body) + body,
    "PT": _portuguese_account,
}


def address_of_machine(random: Random) -> str:
    """An IP address of the ranges kept for documentation (RFC 5737, RFC 3849)."""
    if random.random() < 0.2:  # noqa: PLR2004 (one in five is IPv6)
        return f"2001:db8:{random.randrange(1, 65536):x}::{random.randrange(1, 65536):x}"
    return f"{random.choice(('192.0.2', '198.51.100', '203.0.113'))}.{random.randrange(1, 255)}"
