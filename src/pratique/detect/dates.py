"""Whether a numeric date can be one. Day and month are not told apart here: either order that fits will do."""

# ruff: noqa: PLR2004 - the figures are those of the calendar

import re

_NUMBERS = re.compile(r"[0-9]{1,20}")
_SECONDS = re.compile(":[0-9]{2}:[0-9]{2}")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def plausible_date(text: str) -> bool | None:
    """Whether the first three numbers of the text are a day, a month and a year; None for written months.

    29 February passes in every year. Years are 1800 to 2199, or two digits.
    """
    if text[:1].isalpha() or any(c.isalpha() for c in text[:10].replace("T", "")):
        return None
    numbers = _NUMBERS.findall(text)
    if numbers and len(numbers[0]) in {8, 14}:
        whole = numbers[0]
        return _fits(int(whole[6:8]), int(whole[4:6]))
    if len(numbers) < 3:
        return False
    first, second, third = (int(n) for n in numbers[:3])
    if len(numbers[0]) == 4:
        return _fits(third, second)
    return _fits(first, second) or _fits(second, first)


def moment(text: str) -> bool | None:
    """As `plausible_date` of numeric dates; no verdict on one with a time to the second."""
    return plausible_date(text) and (None if _SECONDS.search(text) else True)


def _fits(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]
