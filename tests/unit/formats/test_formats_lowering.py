"""Lowering is exact and canonical both ways, held against Python's own types."""

# mypy: disable-error-code="no-untyped-call"

import datetime as dt
import decimal
import math
import uuid

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError
from pratique.formats.lowering import arrow_type, kind_and_logical, lower, raise_values
from pratique.model.logical import DIGITS, binary_of, binary_text, read_logical
from pratique.model.schema import Kind

I64 = st.integers(-(1 << 63), (1 << 63) - 1)
TEXT_TYPES = {
    "date32": st.integers(-(1 << 31), (1 << 31) - 1),
    "time32[s]": st.integers(-(1 << 31), (1 << 31) - 1) | st.integers(0, 86_399),
    "time32[ms]": st.integers(0, 86_399_999) | st.integers(-5, 5),
    "time64[us]": I64 | st.integers(0, 86_399_999_999),
    "time64[ns]": I64 | st.integers(0, 86_399_999_999_999),
    **{f"timestamp[{unit}{zone}]": I64 | st.integers(-(10**12), 10**12) for unit in DIGITS for zone in ("", ", UTC")},
    "timestamp[ms, Europe/Berlin]": st.integers(-(10**13), 10**13),
}


def numbers_as(name, numbers):
    known = read_logical(name)
    width = pa.int32() if known.base in ("date32", "time32") else pa.int64()
    return pa.array(numbers, width).view(arrow_type(known.kind, name))


def expected_time(name, number):
    """What the text of a number is, by Python's own calendar; None: it has none."""
    known = read_logical(name)
    if known.base == "date32":
        ordinal = number + 719_163
        return dt.date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= dt.date.max.toordinal() else None
    per = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[known.unit]
    seconds, rest = divmod(number, per)
    fraction = f".{rest:0{DIGITS[known.unit]}d}" if DIGITS[known.unit] else ""
    if known.base != "timestamp":
        if not 0 <= seconds < 86_400:
            return None
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"
    try:
        when = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)  # noqa: DTZ001
    except OverflowError:
        return None
    return when.isoformat() + fraction + ("Z" if known.zone else "")


@pytest.mark.parametrize("name", TEXT_TYPES)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_dates_and_times(name, data):
    numbers = data.draw(st.lists(st.none() | TEXT_TYPES[name], max_size=6))
    values = numbers_as(name, numbers)
    assert kind_and_logical(values.type) == (Kind.STRING, name)
    lowered = lower(values, name)
    expected = [None if n is None else expected_time(name, n) for n in numbers]
    assert lowered.values.to_pylist() == expected
    bad = [n is not None and e is None for n, e in zip(numbers, expected, strict=True)]
    assert (lowered.bad is not None and lowered.bad.tolist() == bad) or (lowered.bad is None and not any(bad))
    if not any(bad):
        assert raise_values(lowered.values, name, "x").equals(values)


@given(st.data(), st.sampled_from([(1, 0), (10, 2), (38, 38), (38, 0), (50, 10), (76, 76)]))
@settings(max_examples=150, deadline=None)
def test_decimals(data, shape):
    precision, scale = shape
    base = "decimal128" if precision <= 38 else "decimal256"
    name = f"{base}({precision}, {scale})"
    most = 10**precision - 1
    numbers = data.draw(st.lists(st.none() | st.integers(-most, most) | st.sampled_from([0, 1, -1]), max_size=5))
    with decimal.localcontext(prec=80):
        exact = [None if n is None else decimal.Decimal(n).scaleb(-scale) for n in numbers]
        values = pa.array(exact, arrow_type(Kind.STRING, name))
    assert kind_and_logical(values.type) == (Kind.STRING, name)

    def text(number):
        digits = f"{abs(number):0{scale + 1}d}"
        point = f"{digits[: len(digits) - scale]}.{digits[len(digits) - scale :]}" if scale else digits
        return f"-{point}" if number < 0 else point

    lowered = lower(values, name)
    assert lowered.values.to_pylist() == [None if n is None else text(n) for n in numbers]
    assert lowered.bad is None
    assert raise_values(lowered.values, name, "x").equals(values)


@given(st.lists(st.none() | st.binary(max_size=12) | st.text(max_size=6).map(str.encode), max_size=6))
@settings(max_examples=200, deadline=None)
def test_binaries(values):
    array = pa.array(values, pa.binary())
    lowered = lower(array, "binary")
    assert raise_values(lowered.values, "binary", "x").equals(array)
    for data, text in zip(values, lowered.values.to_pylist(), strict=True):
        assert (data is None) == (text is None)
        if data is not None:
            text.encode()
            assert binary_text(data) == text
            assert binary_of(text) == data


@given(
    st.binary(max_size=8),
    st.text(st.characters(exclude_characters="\\", exclude_categories=["Cs"]), max_size=8),
    st.binary(max_size=8),
)
def test_text_inside_binaries_is_seen(before, text, after):
    # Bytes that end in the middle of a character may take the text's first bytes with them, so a NUL stands between.
    assert text in binary_text(before + b"\0" + text.encode() + b"\0" + after)


@pytest.mark.parametrize("text", ["\\xc3\\xa9", "\\x41", "\\", "\\x", "\\XFF", "\\xFF", "\udcff", "a\\b"])
def test_texts_of_no_bytes(text):
    assert binary_of(text) is None


@given(st.lists(st.none() | st.uuids(), max_size=5))
def test_uuids(values):
    array = pa.array([None if v is None else v.bytes for v in values], pa.binary(16))
    lowered = lower(array, "uuid")
    assert lowered.values.to_pylist() == [None if v is None else str(v) for v in values]
    assert raise_values(lowered.values, "uuid", "x").equals(array)
    if hasattr(pa, "uuid"):
        extended = pa.ExtensionArray.from_storage(pa.uuid(), array)
        assert kind_and_logical(extended.type) == (Kind.STRING, "uuid")
        assert lower(extended, "uuid").values.equals(lowered.values)


@given(st.data(), st.sampled_from(["int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64", "duration[ms]"]))
def test_whole_numbers(data, name):
    arrow = arrow_type(Kind.INTEGER, name)
    width = arrow.bit_width
    low, high = (0, 2**width - 1) if name.startswith("u") else (-(2 ** (width - 1)), 2 ** (width - 1) - 1)
    numbers = data.draw(st.lists(st.none() | st.integers(low, high), max_size=5))
    values = pa.array(numbers, pa.int64() if "duration" in name else arrow)
    values = values.view(arrow) if "duration" in name else values
    assert kind_and_logical(arrow) == (Kind.INTEGER, name)
    lowered = lower(values, name)
    fits = [n if n is not None and n < 2**63 else None for n in numbers]
    assert lowered.values.to_pylist() == fits
    assert lowered.values.type == pa.int64()
    if fits == numbers:
        assert raise_values(lowered.values, name, "x").equals(values)
    else:
        assert lowered.bad.tolist() == [n is not None and n >= 2**63 for n in numbers]


@given(st.lists(st.none() | st.floats(width=16), max_size=5), st.sampled_from(["float16", "float32"]))
def test_floats(numbers, name):
    arrow = arrow_type(Kind.DOUBLE, name)
    values = pa.array(numbers, pa.float64()).cast(arrow)
    lowered = lower(values, name)
    finite = [n is None or math.isfinite(n) for n in numbers]
    assert lowered.values.to_pylist() == [n if ok else None for n, ok in zip(numbers, finite, strict=True)]
    if all(finite):
        again = raise_values(lowered.values, name, "x")
        assert again.to_pylist() == values.to_pylist()
        assert list(map(repr, again.to_pylist())) == list(map(repr, values.to_pylist()))
    else:
        assert lowered.bad.tolist() == [not ok for ok in finite]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("date32", "2024-1-31"),
        ("date32", " 2024-01-31"),
        ("date32", "2024-01-32"),
        ("date32", "tok1.1.secret"),
        ("date32", "2024-01-31T00:00:00"),
        ("timestamp[us]", "2024-01-31 23:59:59.123456"),
        ("timestamp[us]", "2024-01-31T23:59:59.123"),
        ("timestamp[ms]", "2024-01-31T23:59:59.123456"),
        ("timestamp[us]", "2024-01-31T23:59:59.123456Z"),
        ("timestamp[us, UTC]", "2024-01-31T23:59:59.123456"),
        ("timestamp[us, UTC]", "2024-01-31T23:59:59.123456+01:00"),
        ("timestamp[ns]", "9999-01-31T23:59:59.123456789"),
        ("time64[us]", "24:00:00.000000"),
        ("time32[s]", "1:00:00"),
        ("decimal128(4, 2)", "123.45"),
        ("decimal128(4, 2)", "1.2"),
        ("decimal128(4, 2)", "1.234"),
        ("decimal128(4, 2)", "-0.00"),
        ("decimal128(4, 2)", "+1.00"),
        ("decimal128(4, 2)", "1E1"),
        ("uuid", "123E4567-E89B-12D3-A456-426614174000"),
        ("uuid", "123e4567e89b12d3a456426614174000"),
        ("uuid", "{123e4567-e89b-12d3-a456-426614174000}"),
        ("fixed_size_binary(3)", "ab"),
        ("binary", "\\x41"),
    ],
)
def test_a_text_that_is_not_the_one_of_its_value_does_not_raise(name, text):
    with pytest.raises(FormatError) as caught:
        raise_values(pa.array([None, text], pa.string()), name, "field #3")
    assert "field #3" in str(caught.value)
    assert text not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "value"), [("int8", 128), ("uint64", -1), ("uint8", 256), ("float32", 0.1), ("float16", 1e6)]
)
def test_a_number_that_does_not_fit_does_not_raise(name, value):
    kind = Kind.DOUBLE if name.startswith("float") else Kind.INTEGER
    with pytest.raises(FormatError), np.errstate(over="ignore"):
        raise_values(pa.array([value]), name, "field #3")
    assert arrow_type(kind, name)


@pytest.mark.parametrize(
    "name", ["", "int64", "time32[us]", "timestamp[us, ]", "decimal128(39, 2)", "decimal128(0, 0)", "date64", "x"]
)
def test_names_of_nothing(name):
    assert read_logical(name) is None


def test_texts_that_are_not_utf_8_are_bad():
    array = pa.array([b"a", b"\xff", None], pa.binary()).view(pa.string())
    lowered = lower(array, "")
    assert lowered.values.to_pylist() == ["a", None, None]
    assert lowered.bad.tolist() == [False, True, False]


def test_doubles_that_are_no_numbers_are_bad():
    lowered = lower(pa.array([1.5, math.nan, math.inf, None]), "")
    assert lowered.values.to_pylist() == [1.5, None, None, None]
    assert lowered.bad.tolist() == [False, True, True, False]


def test_uuid_of_python_agrees():
    assert lower(pa.array([uuid.UUID(int=1).bytes], pa.binary(16)), "uuid").values.to_pylist() == [
        str(uuid.UUID(int=1))
    ]
