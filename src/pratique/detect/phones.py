"""Telephone numbers: quick tests on candidates, with the numbering plans that the phonenumbers library carries."""

import re
from functools import lru_cache
from typing import Any

_LEAST, _MOST = 7, 15
_NO_DIGIT = re.compile("[^0-9]+")
REGIONS = {
    "de": ("DE", "AT", "CH"), "fr": ("FR", "BE", "CH"), "en": ("GB", "US", "IE"), "es": ("ES",), "it": ("IT", "CH"),
    "nl": ("NL", "BE"), "pt": ("PT",), "pl": ("PL",), "sv": ("SE", "FI"), "da": ("DK",), "no": ("NO",), "nb": ("NO",),
    "fi": ("FI",), "cs": ("CZ",), "sk": ("SK",), "hu": ("HU",), "ro": ("RO",), "bg": ("BG",), "el": ("GR",),
    "hr": ("HR",),
    "sl": ("SI",), "et": ("EE",), "lv": ("LV",), "lt": ("LT",), "ga": ("IE",),
}  # fmt: skip
"""Regions to try for numbers in national form, by language."""


def international(text: str) -> bool | None:
    """True where the digits are in the plan of their country code (ITU-T E.164), None where only the length fits.

    ``text`` starts with ``+`` or ``00``; a trunk ``(0)`` is ignored.
    """
    digits = _NO_DIGIT.sub("", text.replace("(0)", ""))
    if not text.startswith("+"):
        digits = digits[2:]
    if not _LEAST <= len(digits) <= _MOST:
        return False
    return True if _in_plan(digits) else None


def prefixed(text: str) -> bool | None:
    """As `international`; without a separator after the prefix, which any long number may begin with, no verdict."""
    verdict = international(text)
    return None if verdict and text.isalnum() else verdict


def _in_plan(digits: str) -> bool:
    for size in (1, 2, 3):
        plans = _plans(int(digits[:size]))
        if plans:
            return any(plan.fullmatch(digits, size) is not None for plan in plans)
    return False


@lru_cache(maxsize=512)
def _plans(code: int) -> "tuple[re.Pattern[str], ...]":
    """The patterns of national numbers under a country code; empty where there is no such code."""
    import phonenumbers  # noqa: PLC0415 - when the first number is met: its import takes as long as a detector's

    found: list[re.Pattern[str]] = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ()):
        plan: Any = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        if plan is None:
            continue
        kinds = (plan.fixed_line, plan.mobile, plan.toll_free, plan.premium_rate, plan.shared_cost,
                 plan.personal_number, plan.voip, plan.pager, plan.uan)  # fmt: skip
        found += [re.compile(k.national_number_pattern) for k in kinds if k is not None and k.national_number_pattern]
    return tuple(found)


_TIMES = re.compile(r"[0-2]?[0-9][.:][0-5][0-9] ?[-/ ] ?[0-2]?[0-9][.:][0-5][0-9]")
_DATE = re.compile(r"[0-3]?[0-9]([./ -])[0-3]?[0-9]\1(?:19|20)[0-9]{2}")
_YEARS = re.compile(r"(?:19|20)[0-9]{2} ?[-/ ] ?(?:19|20)[0-9]{2}")
_PARTED = re.compile(r"[0-9]+")
_MOBILE_REGIONS = (
    "AT",
    "BE",
    "BG",
    "CH",
    "DE",
    "FI",
    "FR",
    "GB",
    "HR",
    "IE",
    "NL",
    "RO",
    "RS",
    "SE",
    "SK",
    "UA",
)


def _no_number(text: str) -> bool:
    """Whether it is a date, a span of years or opening hours, written as telephone numbers are."""
    return any(shape.fullmatch(text) is not None for shape in (_TIMES, _DATE, _YEARS))


def national(text: str) -> bool | None:
    """No verdict but for length and shape: which region it is of must be known to say more (see `national_in`)."""
    digits = [c for c in text if "0" <= c <= "9"]
    fits = _LEAST < len(digits) < _MOST - 1 and len(set(digits)) > 1
    return None if fits and not _no_number(text) else False


def grouped(text: str) -> bool | None:
    """Of digits in groups: True for a trunk 0 and a mobile number of a European plan, a group of it not a pair.

    Rows of pairs may be anything; they, and numbers without a trunk 0, which have eight to ten digits, need context.
    """
    digits = "".join(c for c in text if "0" <= c <= "9")
    if _no_number(text):
        return False
    if not digits.startswith("0"):
        return None if 8 <= len(digits) <= 10 else False  # noqa: PLR2004 - see above
    if not _LEAST < len(digits) < _MOST - 1:
        return False
    wide = any(len(group) > 2 for group in _PARTED.findall(text)[1:])  # noqa: PLR2004 - a pair
    return True if wide and any(plan.fullmatch(digits, 1) for plan in _mobile_plans()) else None


@lru_cache(maxsize=1)
def _mobile_plans() -> "tuple[re.Pattern[str], ...]":
    import phonenumbers  # noqa: PLC0415 - as in `_plans`

    found = []
    for region in _MOBILE_REGIONS:
        plan: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
        if plan is not None and plan.national_prefix == "0" and plan.mobile is not None:
            found.append(re.compile(plan.mobile.national_number_pattern))
    return tuple(found)


def national_in(text: str, regions: tuple[str, ...]) -> bool:
    """Whether the text is a valid number of one of the regions, as dialled there."""
    import phonenumbers  # noqa: PLC0415 - as in `_plans`

    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(text, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def telephone_length(text: str) -> bool | None:
    """False for fewer than seven or more than fifteen digits."""
    fits = _LEAST <= sum("0" <= c <= "9" for c in text) <= _MOST
    return None if fits and not _no_number(text) else False
