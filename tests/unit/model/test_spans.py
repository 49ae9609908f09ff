"""Spans of time by the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.spans import earlier, is_span, later


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        (date(2026, 1, 31), "1d", date(2026, 2, 1)),
        (date(2026, 1, 31), "6w", date(2026, 3, 14)),
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2024, 1, 31), "1m", date(2024, 2, 29)),
        (date(2024, 2, 29), "1y", date(2025, 2, 28)),
        (date(2024, 2, 29), "4y", date(2028, 2, 29)),
        (date(2026, 8, 31), "18m", date(2028, 2, 29)),
        (date(2026, 12, 1), "1m", date(2027, 1, 1)),
        (date(2026, 1, 1), "9999y", None),
        (date(9999, 12, 31), "1d", None),
    ],
)
def test_later(start: date, span: str, end: date | None) -> None:
    assert later(start, span) == end


@pytest.mark.parametrize("span", ["", "d", "0d", "-1d", "1", "1h", "1.5y", "1d ", "\uff11d", "100000d", "1D"])
def test_what_is_no_span(span: str) -> None:
    assert not is_span(span)
    with pytest.raises(ValueError, match="not a span"):
        later(date(2026, 1, 1), span)


def test_a_time_keeps_its_hour_and_zone() -> None:
    start = datetime(2024, 2, 29, 13, 30, tzinfo=UTC)
    assert later(start, "1y") == datetime(2025, 2, 28, 13, 30, tzinfo=UTC)
    assert earlier(start, "90d") == start - timedelta(days=90)
    assert earlier(datetime(1, 1, 1, tzinfo=UTC), "1d") is None
    assert earlier(datetime(1, 1, 1, tzinfo=UTC), "1m") is None


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 400), st.sampled_from("dwmy"))
def test_a_longer_span_never_ends_earlier(start: date, number: int, unit: str) -> None:
    ends = [later(start, f"{n}{unit}") for n in (number, number + 1)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert start < ends[0] <= ends[1]
