"""Which date formats fit every date-like value of a column. Day and month that cannot be told apart stay two
formats.
"""

import datetime as dt
import re

_DATE = re.compile(
    r"(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{1,2})"
    r"(?:(?P<gap>[T ])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<fraction>\.\d{1,6})?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\Z",
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
    plausible = [one for one in candidates if _is_wide_enough(*one)]
    if not plausible:
        return None  # a version number, perhaps
    return frozenset(pattern.format(sep) + time for pattern, year, month, day in plausible if _is_day(year, month, day))


def _is_wide_enough(pattern: str, year: str, month: str, day: str) -> bool:
    return len(year) == (_FULL_YEAR if "%Y" in pattern else 2) and max(len(month), len(day)) <= 2  # noqa: PLR2004


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        dt.date(int(year) if len(year) == _FULL_YEAR else _CENTURY + int(year), int(month), int(day))
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

    __slots__ = ("fitting",)

    def __init__(self) -> None:
        self.fitting: frozenset[str] | None = None
        """None: nothing like a date was seen."""

    def add(self, text: str) -> None:
        """Take one value; what is nothing like a date does not count."""
        self._meet(formats_of(text))

    def absorb(self, other: "DateFormats") -> None:
        """Take all that another has seen."""
        self._meet(other.fitting)

    def _meet(self, formats: frozenset[str] | None) -> None:
        if formats is not None:
            self.fitting = formats if self.fitting is None else self.fitting & formats

    def found(self) -> tuple[str, ...]:
        """Sorted; empty where there was no date, or no one format fits all."""
        return tuple(sorted(self.fitting or ()))
