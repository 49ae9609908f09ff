"""The United States: social security, tax, passports, driving licences, banks. Those of health care: `us_health`."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from collections.abc import Mapping
from types import MappingProxyType

from pratique.detect.check_digits import Validator, digits_of, weighted_sum
from pratique.detect.entities.record import EntityType, Pattern

_ABA_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7, 1)
_KNOWN = frozenset({"078051120", "457555462", "219099999", "123456789", "987654320"})
"""Numbers of advertisements and examples, which never were anybody's."""


def us_ssn(text: str) -> bool | None:
    """Area, group and serial number that can be issued, and none known from advertisements.

    No verdict on areas from 900 on: none is issued, but a taxpayer's number of that form is one person's too.
    """
    digits = "".join(c for c in text if "0" <= c <= "9")
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if len(digits) != 9 or area in {"000", "666"} or group == "00" or serial == "0000":  # noqa: PLR2004 - its length
        return False
    if digits in _KNOWN or len(set(digits)) == 1:
        return False
    return True if area < "900" else None


def us_routing(text: str) -> bool:
    """The check of the American Bankers Association: weights 3, 7, 1, modulo 10; not all zeros."""
    digits = digits_of(text)
    return len(digits) == len(_ABA_WEIGHTS) and any(digits) and weighted_sum(text, _ABA_WEIGHTS) % 10 == 0


_SSN_WORDS = (
    "ssn", "ssns", "ssid", "social security", "ss#", "social security number", "social security no", "soc sec",
)  # fmt: skip

US_SSN = EntityType(
    name="US_SSN",
    patterns=(
        Pattern(regex=r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b", score=0.1, validated=0.6, context=0.85),
        Pattern(regex=r"\b[0-9]{3}[ .][0-9]{2}[ .][0-9]{4}\b", score=0.1, validated=0.5, context=0.85),
        Pattern(regex=r"\b(?:[0-9]{5}-[0-9]{4}|[0-9]{3}-[0-9]{6})\b", score=0.01, validated=0.05, context=0.6),
        Pattern(regex=r"\b[0-9]{9}\b", score=0.01, validated=0.05, context=0.6),
    ),
    context={"en": _SSN_WORDS, "es": ("seguro social", "seguridad social")},
    validator="us_ssn",
    field_names=("ssn", "social security number", "social security"),
    countries=("US",),
    source="Social Security Administration: areas, groups and serial numbers never issued",
    examples=("536-90-4399", "536 90 4399", "536.90.4399"),
    with_context=("SSN: 536904399", "social security number 53690-4399", "ssn 536-904399"),
    not_examples=(
        "666-12-3456",
        "000-12-3456",
        "123456789",
        "536-90.4399",
        "536-00-4399",
        "536-90-0000",
        "078-05-1120",
    ),
)

_ITIN_GROUP = "(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-24-9])"

US_ITIN = EntityType(
    name="US_ITIN",
    patterns=(
        Pattern(regex=rf"\b9[0-9]{{2}}[\- ]{_ITIN_GROUP}[\- ][0-9]{{4}}\b", score=0.5, context=0.85),
        Pattern(regex=rf"\b9[0-9]{{2}}{_ITIN_GROUP}[0-9]{{4}}\b", score=0.2, context=0.75),
        Pattern(regex=rf"\b9[0-9]{{2}}(?:[\- ]{_ITIN_GROUP}|{_ITIN_GROUP}[\- ])[0-9]{{4}}\b", score=0.05, context=0.75),
    ),
    context={"en": ("itin", "individual taxpayer", "taxpayer", "tax id", "taxid", "tin", "tax")},
    field_names=("itin", "individual taxpayer identification number"),
    countries=("US",),
    source="Internal Revenue Service, Publication 1915: groups in use",
    examples=("912-73-4410", "912 73 4410"),
    with_context=("ITIN 912734410", "her tax id is 91273-4410"),
    not_examples=("912-93-4410", "812-73-4410", "912-49-4410", "912-66-4410"),
)

US_PASSPORT = EntityType(
    name="US_PASSPORT",
    patterns=(
        Pattern(regex=r"\b[A-Za-z][0-9]{8}\b", score=0.1, context=0.7),
        Pattern(regex=r"\b[0-9]{9}\b", score=0.05, context=0.6),
    ),
    context={
        "en": (
            "us passport",
            "american passport",
            "united states",
            "passport",
            "passports",
            "passport#",
            "travel document",
        )
    },
    field_names=("passport", "passport number", "us passport"),
    countries=("US",),
    source="U.S. Department of State, 22 CFR part 51; ICAO Doc 9303",
    with_context=("passport number 912803456", "US passport: A01234567"),
    not_examples=("A01234567", "912803456", "passport A0123456"),
)

US_BANK_NUMBER = EntityType(
    name="US_BANK_NUMBER",
    patterns=(Pattern(regex=r"\b[0-9]{8,17}\b", score=0.05, context=0.6),),
    context={
        "en": ("bank account", "account number", "account no", "account#", "acct", "account nr", "checking account",
               "savings account", "current account", "checking", "deposit account", "bank", "my account", "account"),
    },
    against=("order", "invoice", "tracking", "sku", "isbn", "ean", "gtin", "ticket", "build", "epoch", "timestamp"),
    field_names=("bank account number", "account number", "acct number", "us bank number", "bank number"),
    countries=("US",),
    source="Nacha operating rules: account numbers of 4 to 17 digits",
    with_context=("my bank account is 945456787654", "account number: 94545678"),
    not_examples=("945456787654", "bank account 9454567", "bank account 945456787654123456"),
)  # fmt: skip

ABA_ROUTING_NUMBER = EntityType(
    name="ABA_ROUTING_NUMBER",
    patterns=(
        Pattern(regex=r"\b[0123678][0-9]{3}-[0-9]{4}-[0-9]\b", score=0.05, validated=0.5, context=0.9),
        Pattern(regex=r"\b[0123678][0-9]{8}\b", score=0.05, validated=0.2, context=0.85),
    ),
    context={
        "en": ("aba", "routing", "abarouting", "bankrouting", "routing number", "rtn", "american bankers association")
    },
    validator="us_routing",
    checks_digits=True,
    field_names=("routing number", "aba", "aba routing number", "routing", "rtn"),
    countries=("US",),
    source="American Bankers Association routing numbers, ANSI X9.100-187: check modulo 10",
    examples=("0110-0001-5",),
    with_context=("routing number 011000015", "ABA 121000358"),
    not_examples=("011000016", "011000015", "911000015", "0110-0001-6"),
)

_LICENCE_LETTERS = (
    "[A-Za-z](?:[0-9]{1,14}|[0-9]{18}|[0-9]{6}[Rr]|[0-9][A-Za-z][0-9][A-Za-z])"
    "|[A-Za-z]{2}(?:[0-9]{3,7}|[0-9]{6}[A-Za-z])"
    "|[0-9]{2}[A-Za-z]{3}[0-9]{5,6}|[0-9]{3}[A-Za-z]{2}[0-9]{4}|[0-9]{8}[A-Za-z]{2}|[0-9]{7,9}[A-Za-z]"
)
_LICENCE_SPECIFIC = "[A-Za-z](?:[0-9]{4,14}|[0-9]{18}|[0-9]{6}[Rr])|[A-Za-z]{2}[0-9]{5,7}|[0-9]{2}[A-Za-z]{3}[0-9]{5,6}|[0-9]{3}[A-Za-z]{2}[0-9]{4}|[0-9]{8}[A-Za-z]{2}|[0-9]{7,9}[A-Za-z]"

US_DRIVER_LICENSE = EntityType(
    name="US_DRIVER_LICENSE",
    patterns=(
        Pattern(regex=rf"\b(?:{_LICENCE_SPECIFIC})\b", score=0.2, context=0.7),
        Pattern(regex=rf"\b(?:{_LICENCE_LETTERS})\b", score=0.1),
        Pattern(regex=r"\b(?:[0-9]{6,14}|[0-9]{16})\b", score=0.01, context=0.6),
    ),
    context={
        "en": ("driver license", "drivers license", "driver s license", "driving license", "driver licence", "drivers licence",
               "driver s licence", "driving permit", "driver permit", "dl number", "dl no", "dln", "lic#", "dls", "cdl", "cdls"),
    },
    field_names=("driver license", "drivers license", "driver licence", "driving license", "license number", "dl number"),
    countries=("US",),
    source="American Association of Motor Vehicle Administrators: licence number formats of the states",
    with_context=("driver's license H12234567", "drivers license: 12345678", "DL number D1234562"),
    not_examples=("H12234567", "AA1B2C3", "driver license 12345", "12345678"),
)  # fmt: skip

TYPES = (US_SSN, US_ITIN, US_PASSPORT, US_BANK_NUMBER, ABA_ROUTING_NUMBER, US_DRIVER_LICENSE)

VALIDATORS: Mapping[str, Validator] = MappingProxyType({"us_ssn": us_ssn, "us_routing": us_routing})
