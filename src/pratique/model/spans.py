"""Spans of time as the project file writes them: ``90d``, ``6w``, ``18m`` (months), ``2y``."""

import calendar
import re
from datetime import date, timedelta
from typing import TypeVar

_SPAN = re.compile(r"([1-9][0-9]{0,4})([dwmy])")
_Day = TypeVar("_Day", bound=date)


def later(start: _Day, span: str) -> _Day | None:
    """``start`` (a day, or a time) and a span after it; None where the calendar ends before.

    Months and years keep the day of the month, or take the month's last one. Raises `ValueError` for what is no span.
    """
    try:
        return _moved(start, span, 1)
    except OverflowError:
        return None


def earlier(end: _Day, span: str) -> _Day | None:
    """``end`` less a span; None where the calendar begins after. Raises `ValueError` for what is no span."""
    try:
        return _moved(end, span, -1)
    except OverflowError:
        return None


def is_span(text: str) -> bool:
    """Whether this is written as a span."""
    return _SPAN.fullmatch(text) is not None


def _moved(start: _Day, span: str, sign: int) -> _Day:
    found = _SPAN.fullmatch(span)
    if found is None:
        raise ValueError("not a span of time")
    number = int(found[1]) * sign
    if found[2] in "dw":
        return start + timedelta(days=number * (7 if found[2] == "w" else 1))
    months = start.year * 12 + start.month - 1 + number * (12 if found[2] == "y" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("out of the calendar")
    return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))
