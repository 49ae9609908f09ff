"""Date formats and shift_date: formats kept, intervals kept, nothing guessed."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto.secret import SecretBytes
from pratique.errors import TransformError
from pratique.model.policy import TransformSpec
from pratique.model.schema import Kind
from pratique.ports import REFUSED
from pratique.transform.dates import IN_TEXT, parse_formats, read
from pratique.transform.shift_date import BoundShift, ShiftDate

KEY = SecretBytes(b"k" * 32)
TEXT = frozenset({Kind.STRING})
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
FORMATS = [
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y%m%d",
    "iso",
    "%d %B %Y",
    "%d.%m.%Y %H:%M",
    "%H:%M:%S.%f on %b %d, %Y %z",
    "%% %d/%m/%Y",
]


def ordinal(text: str, formats: str = "iso") -> int | None:
    found = read(text, parse_formats("t", formats))
    return None if found is None else found.ordinal


@pytest.mark.parametrize(
    ("formats", "text", "expected"),
    [
        ("iso", "2024-02-29", "2024-02-29"),
        ("iso", " 2024-02-29T10:00Z ", "2024-02-29"),
        ("iso", "2024-02-29 10:00:00,123456789 +0530", "2024-02-29"),
        ("iso", "2023-02-29", None),
        ("iso", "2024-2-9", None),
        ("iso", "2024-02-29T25:61", None),
        ("iso", "2024-02-29 Jane Doe", None),
        ("iso", "٢٠٢٤-٠٢-٢٩", None),
        ("iso", "0000-01-01", None),
        ("%d-%m-%Y", "1-2-2024", "2024-02-01"),
        ("%d-%m-%Y", "01-02-2024\n", "2024-02-01"),
        ("%d-%m-%Y", "13-13-2024", None),
        ("%Y%m%d", "20240102", "2024-01-02"),
        ("%Y%m%d", "2024111", None),
        ("%d%m%y", "010268", "2068-02-01"),
        ("%d%m%y", "010269", "1969-02-01"),
        ("%b %d, %Y", "feb 1, 2024", "2024-02-01"),
        ("%d. %B %Y", "1. March 2024", "2024-03-01"),
        ("%d %b %Y", "1 SEP 2024", "2024-09-01"),
        ("%d %b %Y", "1 \u017fep 2024", None),
        ("iso", "2024-02-29T27:00", None),
        ("%d-%m-%Y|%d/%m/%Y", "01/02/2024", "2024-02-01"),
        ("%Y-%m-%dT%H:%M:%S%z", "2024-02-01T23:59:60Z", "2024-02-01"),
        ("(%d.%m.%Y)", "(01.02.2024)", "2024-02-01"),
        ("(%d.%m.%Y)", "(01x02.2024)", None),
    ],
)
def test_reading(formats, text, expected):
    assert ordinal(text, formats) == (None if expected is None else date.fromisoformat(expected).toordinal())


@pytest.mark.parametrize(
    "formats",
    [
        "",
        "%d-%m",
        "%Y",
        "%d-%m-%Y|",
        "%d-%m-%Y %d",
        "%d-%m-%Y %y",
        "%d-%m-%Q",
        "%d-%m-%Y %",
        "%d %H:%M %m %Y",
        "%a %d-%m-%Y",
        "%d-%m-%Y\n",
        "%d-%m-%Y" * 40,
        "yyyy-mm-dd",
    ],
)
def test_what_is_no_format_is_refused(formats):
    with pytest.raises(TransformError, match="format"):
        parse_formats("shift_date", formats)


@pytest.mark.parametrize("formats", ["%d-%m-%Y|%m-%d-%Y", "%d/%m/%y|%y/%m/%d", "%m%d%Y|iso|%d%m%Y"])
def test_days_and_months_that_cannot_be_told_apart_are_asked(formats):
    with pytest.raises(TransformError, match="told apart"):
        parse_formats("shift_date", formats)


def test_a_text_that_two_formats_read_differently_is_not_guessed():
    # 8 digits: 20120304 as a year first, or as a day first. The shapes differ, the text decides.
    assert ordinal("31122024", "%Y%m%d|%d%m%Y") == date(2024, 12, 31).toordinal()
    assert ordinal("10111012", "%Y%m%d|%d%m%Y") is None
    assert ordinal("10111012", "%Y%m%d") is not None


def bound(pattern: str = "iso", days: int = 365) -> BoundShift:
    return BoundShift(KEY, days, pattern)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(FORMATS), DAYS, st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_round_trip_in_every_format(pattern, day, subject):
    text = day.isoformat() if pattern == "iso" else day.strftime(pattern.replace("%z", "+02:00"))
    it = bound(pattern)
    (out,) = it.apply([text], [subject])
    assert out not in (REFUSED, text)
    assert it.fits(pa.array([out])).all()
    assert it.invert([out], [subject]) == [text]  # type: ignore[list-item]


@settings(max_examples=40, deadline=None)
@given(st.lists(DAYS, min_size=2, max_size=6), st.integers(1, 400))
def test_intervals_stay_and_the_shift_is_in_range(days, most):
    out = bound(days=most).apply([d.isoformat() for d in days], ["user-1"] * len(days))
    shifts = {date.fromisoformat(str(o)) - d for o, d in zip(out, days, strict=True)}
    (shift,) = shifts
    assert timedelta(0) < abs(shift) <= timedelta(most)


def test_shifts_are_spread_evenly_over_both_directions_and_never_zero():
    subjects = [f"user-{n}" for n in range(6000)]
    out = bound(days=3).apply(["2024-06-15"] * len(subjects), subjects)
    counts = {str(o): out.count(o) for o in set(out)}
    assert set(counts) == {f"2024-06-{day}" for day in (12, 13, 14, 16, 17, 18)}
    assert all(900 < count < 1100 for count in counts.values())


def test_the_own_style_of_a_value_is_kept():
    it = bound("%d/%m/%Y")
    shift = date.fromisoformat(str(bound().apply(["2024-01-02"], ["u"])[0])) - date(2024, 1, 2)
    moved = date(2024, 1, 2) + shift
    assert it.apply(["2/1/2024", "02/01/2024"], ["u", "u"]) == [
        f"{moved.day}/{moved.month}/{moved.year}",
        f"{moved:%d/%m/%Y}",
    ]
    assert it.invert([f"{moved.day}/{moved.month}/{moved.year}"], ["u"]) == ["02/01/2024"]


def test_time_fraction_and_zone_stay_letter_for_letter():
    value = "2024-06-15t".upper() + "23:59:59,123456789-11:30"
    (out,) = bound().apply([value], ["u"])
    assert str(out)[10:] == value[10:]
    assert str(out)[:10] != value[:10]


def test_subjects_that_name_nobody_are_refused():
    subjects = ["", " ", "\ud800", None, 5, "u"]
    out = bound().apply(["2024-06-15"] * 6, subjects)  # type: ignore[arg-type]
    assert [o is REFUSED for o in out] == [True] * 5 + [False]
    assert bound().apply(["2024-06-15"], None) == [REFUSED]
    assert bound().apply(["2024-06-15"] * 2, [" Zoe\u0308", "Zo\u00eb"])[0] == bound().apply(["2024-06-15"], ["Zoë"])[0]


def test_the_subject_goes_by_the_normal_form_of_its_type():
    it = BoundShift(KEY, 365, "iso", "PHONE_NUMBER")
    (out,) = it.apply(["2024-06-15"], ["+49 (0)30 1234567"])
    assert it.invert([out], ["+49301234567"]) == ["2024-06-15"]  # type: ignore[list-item]
    assert it.apply(["2024-06-15"], ["0049301234567"]) == [out]


def test_the_ends_of_time_are_refused():
    values = ["0001-01-01", "9999-12-31"]
    for subject in (f"u{n}" for n in range(20)):
        out = bound().apply(values, [subject] * 2)
        assert REFUSED in out
    assert bound("%d-%m-%y").apply(["31-12-68", "01-01-69"], ["u", "u"]).count(REFUSED) == 1
    unix = bound("unix")
    assert unix.apply([1 << 62, -(1 << 62)], ["u", "u"]) == [REFUSED] * 2
    assert unix.fits(pa.array([1 << 62, 0, None])).tolist() == [False, True, True]
    assert unix.apply(["0", 0.0, True], ["u"] * 3) == [REFUSED] * 3


def test_one_and_true_are_not_dates_whatever_python_says():
    out = bound("unix").apply([1, True, 1.0], ["u"] * 3)
    assert [o is REFUSED for o in out] == [False, True, True]


@pytest.mark.parametrize(
    ("params", "kinds", "in_text"),
    [
        ({"days": 0}, TEXT, False),
        ({"days": 36_501}, TEXT, False),
        ({"days": 1.5}, TEXT, False),
        ({"format": "%d"}, TEXT, False),
        ({"format": "unix"}, TEXT, False),
        ({"format": "unix"}, frozenset({Kind.INTEGER}), True),
        ({"format": "iso"}, frozenset({Kind.INTEGER}), False),
    ],
)
def test_wrong_parameters_are_refused(params, kinds, in_text):
    with pytest.raises(TransformError, match=r"days|format"):
        ShiftDate().check(TransformSpec("shift_date", None, params), kinds, "DATE_TIME", in_text=in_text)


# --- in free text -----------------------------------------------------------------------------------------------------


def in_text(entity: str = "DATE_TIME", **params: str) -> BoundShift:
    spec = TransformSpec("shift_date", None, params)
    checked = ShiftDate().check(spec, TEXT, entity, in_text=True)
    assert checked["in_text"] is True
    return BoundShift(KEY, int(checked["days"]), str(checked["format"]), "", f"<{entity}>")


def test_in_free_text_dates_of_certain_reading_move_and_the_rest_becomes_its_type():
    """What a model of language finds is often no day of the calendar: it holds no record back, and passes nowhere."""
    words = ["last Tuesday", "May", "2019", "03/04/2021", "the 1990s", "5 p.m.", "31.02.2021"]
    dates = ["2024-01-02", "2 January 2024", "January 2, 2024", "2. January 2024", "02.01.2024"]
    out = in_text().apply([*words, *dates], ["u"] * 12)
    assert out[: len(words)] == ["<DATE_TIME>"] * len(words)
    moved = [ordinal(str(o), IN_TEXT) for o in out[len(words) :]]
    assert len(set(moved)) == 1
    assert moved[0] not in (None, date(2024, 1, 2).toordinal())
    assert in_text().fits(pa.array([str(o) for o in out])).tolist() == [True] * len(out)
    assert in_text("DATE_OF_BIRTH").apply(["as a child"], ["u"]) == ["<DATE_OF_BIRTH>"]


def test_in_free_text_too_nobody_s_dates_are_refused():
    assert in_text().apply(["last Tuesday", "2024-01-02"], ["", " "]) == [REFUSED, REFUSED]
    assert in_text().apply(["last Tuesday"], None) == [REFUSED]


def test_outside_of_free_text_what_is_no_date_is_refused_as_ever():
    checked = ShiftDate().check(TransformSpec("shift_date"), TEXT, "DATE_TIME", in_text=False)
    assert "in_text" not in checked
    assert bound().apply(["last Tuesday"], ["u"]) == [REFUSED]
