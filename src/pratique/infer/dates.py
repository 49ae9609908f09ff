"""Which date formats fit every date-like value of a column. Day and month that cannot be told apart stay two
formats.
"""

import datetime
import re

_DATE = re.compile(
    r"\s*(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{1,2})"
    r"(?:(?P<gap>[T ])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<fraction>\.\d{1,6})?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s*\Z",
    re.ASCII,
)
_CENTURY = 2000
_FULL_YEAR = 4
_LAST_HOUR, _LAST_MINUTE, _LAST_SECOND = 23, 59, 61


def formats_of(text: str) -> frozenset[str] | None:
    """Every strptime pattern that the text fits; None where it is nothing like a date.

    Known are numeric dates in the three usual orders with ``-``, ``/`` or ``.``, years of two or four digits, and
    ISO-like times after them.
    """
    found = _DATE.match(text)
    if found is None:
        return None
    time = _time(found)
    if time is None:
        return frozenset()
    a, b, c, sep = found["a"], found["b"], found["c"], found["sep"]
    candidates = (
        ("%d{0}%m{0}%Y", c, b, a),
        ("%m{0}%d{0}%Y", c, a, b),
        ("%Y{0}%m{0}%d", a, b, c),
        ("%d{0}%m{0}%y", c, b, a),
        ("%m{0}%d{0}%y", c, a, b),
        ("%y{0}%m{0}%d", a, b, c),
    )
    return frozenset(
        pattern.format(sep) + time for pattern, year, month, day in candidates if _fits(pattern, year, month, day)
    )


def _fits(pattern: str, year: str, month: str, day: str) -> bool:
    full = "%Y" in pattern
    if len(year) != (_FULL_YEAR if full else 2) or len(month) > 2 or len(day) > 2:  # noqa: PLR2004 - two digits
        return False
    try:
        datetime.date(int(year) if full else _CENTURY + int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _time(found: re.Match[str]) -> str | None:
    """The pattern of the time of day, empty where there is none; None where it is no time."""
    if found["gap"] is None:
        return ""
    if int(found["hour"]) > _LAST_HOUR or int(found["minute"]) > _LAST_MINUTE:
        return None
    pattern = found["gap"] + "%H:%M"
    if found["second"] is not None:
        if int(found["second"]) > _LAST_SECOND:
            return None
        pattern += ":%S" + (".%f" if found["fraction"] else "")
    return pattern + ("%z" if found["zone"] else "")


class DateFormats:
    """The formats that fit every date-like value seen so far."""

    __slots__ = ("_fitting",)

    def __init__(self) -> None:
        self._fitting: frozenset[str] | None = None

    def add(self, text: str) -> None:
        """Take one value; what is nothing like a date does not count."""
        self._meet(formats_of(text))

    def absorb(self, other: "DateFormats") -> None:
        """Take all that another has seen."""
        self._meet(other._fitting)

    def _meet(self, formats: frozenset[str] | None) -> None:
        if formats is not None:
            self._fitting = formats if self._fitting is None else self._fitting & formats

    def found(self) -> tuple[str, ...]:
        """Sorted; empty where there was no date, or no one format fits all."""
        return tuple(sorted(self._fitting or ()))
