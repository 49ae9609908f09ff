"""What fastavro writes is read exactly, and what is written fastavro reads; logical types value by value."""

import datetime as dt
import decimal
import io
import itertools
import uuid

import fastavro
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError
from pratique.formats.avro import Avro
from pratique.formats.avro.container import varint
from pratique.formats.avro.lanes import LEAST_LANES
from pratique.formats.avro.scalars import lower_with, raise_with
from pratique.formats.avro.types import stored_logical
from pratique.formats.lowering import arrow_type, lower
from pratique.model.data import Batch
from pratique.model.logical import read_logical
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import SEED, encode_file
from tests.unit.formats.avro_files import (
    NULL,
    SPEC,
    both,
    column_of,
    container,
    decode,
    record,
    rows,
    stated,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DATES = st.dates()
NUMBERS = itertools.count()
INSTANTS = st.datetimes(timezones=st.just(dt.UTC))
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = {
    "boolean": ("boolean", st.booleans()),
    "int": ("int", st.integers(-(1 << 31), (1 << 31) - 1)),
    "long": ("long", st.integers(-(1 << 63), (1 << 63) - 1)),
    "float": ("float", st.floats(width=32, allow_nan=False, allow_infinity=False)),
    "double": ("double", DOUBLES),
    "string": ("string", TEXTS),
    "bytes": ("bytes", st.binary(max_size=12)),
    "enum": ({"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}, st.sampled_from("ABC")),
    "fixed": ({"type": "fixed", "name": "F", "size": 3}, st.binary(min_size=3, max_size=3)),
    "date": ({"type": "int", "logicalType": "date"}, DATES),
    "micros": ({"type": "long", "logicalType": "timestamp-micros"}, INSTANTS),
    "uuid": ({"type": "string", "logicalType": "uuid"}, st.uuids()),
    "decimal": (
        {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 3},
        st.decimals(-(10**9) + 1, 10**9 - 1, places=3).map(lambda number: number + 0),
    ),
}


def as_here(value):  # noqa: PLR0911 - one return a type
    """A value as fastavro gives it, as batches have it."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return f"{value:.3f}".replace("-0.000", "0.000")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.replace(b"\\", rb"\\").decode("utf-8", "backslashreplace")
    if isinstance(value, dict):
        return {key: as_here(item) for key, item in value.items()}
    return [as_here(item) for item in value] if isinstance(value, list) else value


@st.composite
def flat_files(draw):
    names = draw(st.lists(st.sampled_from(sorted(SCALARS)), min_size=1, max_size=6, unique=True))
    fields, values = [], {}
    for name in names:
        given, some = SCALARS[name]
        form = draw(st.sampled_from(["plain", "first", "last", "alone"]))
        values[name] = some if form in ("plain", "alone") else st.none() | some
        fields.append(
            (name, {"plain": given, "first": ["null", given], "last": [given, "null"], "alone": [given]}[form])
        )
    records = draw(st.lists(st.fixed_dictionaries(values), min_size=1, max_size=60))
    return (
        record(*fields),
        records,
        draw(st.sampled_from([1, 8, 60, 16_000])),
        draw(st.sampled_from(["null", "deflate"])),
    )


@given(flat_files())
@settings(max_examples=120, deadline=None)
def test_flat_files_are_read_as_fastavro_wrote_them_and_written_as_it_reads_them(file):
    schema, records, interval, codec = file
    sink = io.BytesIO()
    fastavro.writer(sink, schema, records, sync_interval=interval, codec=codec)
    data = sink.getvalue()
    read = [as_here(item) for item in fastavro.reader(io.BytesIO(data))]
    assert both(data) == [repr(item) for item in read]
    shape = stated(data)
    blocks = decode(data)
    written = encode_file(Avro(), [batch for block in blocks for batch in block.batches], shape, SPEC)
    again = fastavro.reader(io.BytesIO(written))
    assert [as_here(item) for item in again] == read
    assert both(written) == [repr(item) for item in read]
    slow = [batch for block in decode(data, columns=False) for batch in block.batches]
    assert encode_file(Avro(), slow, shape, SPEC) == written
    Avro().check_container(io.BytesIO(written), shape, SPEC, SEED)


@st.composite
def nested_types(draw, depth=0):
    """A type with values of it; no two named types of one name."""
    simple = ["boolean", "int", "long", "double", "string", "bytes", "date", "micros", "decimal"]
    kind = draw(st.sampled_from(simple if depth > 2 else [*simple, "array", "map", "record", "union"]))
    if kind == "array":
        given, values = draw(nested_types(depth=depth + 1))
        return {"type": "array", "items": given}, st.lists(values, max_size=3)
    if kind == "map":
        given, values = draw(nested_types(depth=depth + 1))
        return {"type": "map", "values": given}, st.dictionaries(
            TEXTS.filter(lambda t: t not in ("[]", "{}")), values, max_size=3
        )
    if kind == "record":
        children = [draw(nested_types(depth=depth + 1)) for _ in range(draw(st.integers(1, 3)))]
        name = f"R{next(NUMBERS)}"
        fields = [{"name": f"f{at}", "type": given} for at, (given, _) in enumerate(children)]
        return {"type": "record", "name": name, "fields": fields}, st.fixed_dictionaries(
            {f"f{at}": values for at, (_, values) in enumerate(children)}
        )
    if kind == "union":
        return ["null", "boolean", "long", "string"], st.none() | st.booleans() | SCALARS["long"][1] | TEXTS
    return SCALARS[kind]


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_nested_files_are_read_as_fastavro_wrote_them_and_written_as_it_reads_them(data):
    given_type, values = data.draw(nested_types())
    schema = record(("x", given_type), ("n", "long"))
    records = data.draw(st.lists(st.fixed_dictionaries({"x": values, "n": SCALARS["long"][1]}), min_size=1, max_size=8))
    sink = io.BytesIO()
    fastavro.writer(sink, schema, records, sync_interval=50)
    file = sink.getvalue()
    read = [as_here(item) for item in fastavro.reader(io.BytesIO(file))]
    assert both(file) == [repr(item) for item in read]
    shape = stated(file)
    written = encode_file(Avro(), [batch for block in decode(file) for batch in block.batches], shape, SPEC)
    assert [as_here(item) for item in fastavro.reader(io.BytesIO(written))] == read
    assert both(written) == [repr(item) for item in read]
    Avro().check_container(io.BytesIO(written), shape, SPEC, SEED)


LOGICALS = [
    "date32", "time32[ms]", "time64[us]", "timestamp[ms, UTC]", "timestamp[us, UTC]", "timestamp[ns, UTC]",
    "timestamp[ms]", "timestamp[us]", "timestamp[ns]",
]  # fmt: skip


@given(st.sampled_from(LOGICALS), st.integers(-(1 << 63), (1 << 63) - 1), st.booleans())
@settings(max_examples=400)
def test_single_values_have_the_texts_that_columns_have(name, number, small):
    if small or name in ("date32", "time32[ms]"):
        number %= 1 << 31
    if name == "date32":
        number = number % 8_000_000 - 1_000_000
    width = pa.int32() if name in ("date32", "time32[ms]") else pa.int64()
    column = lower(pa.array([number], width).view(arrow_type(Kind.STRING, name)), name)
    text = lower_with(name)(number)
    assert column.values.to_pylist() == [text]
    if text is not None:
        assert raise_with(name)(text) == number


@given(st.integers(1, 76), st.data())
def test_decimals_have_the_texts_that_columns_have(precision, data):
    scale = data.draw(st.integers(0, precision))
    number = data.draw(st.integers(-(10**precision) + 1, 10**precision - 1))
    name = f"decimal{128 if precision <= 38 else 256}({precision}, {scale})"
    stored = number.to_bytes(40, "big", signed=True)
    text = lower_with(name)(stored)
    exact = decimal.Context(prec=80).scaleb(decimal.Decimal(number), -scale)
    assert lower(pa.array([exact], arrow_type(Kind.STRING, name)), name).values.to_pylist() == [text]
    assert int.from_bytes(raise_with(name)(text), "big", signed=True) == number
    assert lower_with(name)((10**precision).to_bytes(40, "big")) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("date32", "2024-1-1"), ("date32", "2024-W01-1"), ("date32", ""), ("time32[ms]", "12:00:00"),
        ("timestamp[us, UTC]", "2024-01-01T00:00:00.000000"), ("timestamp[ns]", "9999-01-01T00:00:00.000000000"),
        ("decimal128(4, 2)", "1.5"), ("decimal128(4, 2)", "-0.00"), ("decimal128(4, 2)", "100.00"), ("uuid", "x"),
        ("decimal128(4, 2)", "1_0.00"), ("fixed_size_binary(2)", "abc"), ("binary", "\\x41"), ("time64[us]", "1:2"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_values_does_not_raise_to_one(name, text):
    with pytest.raises(ValueError, match=r".*"):
        raise_with(name)(text)
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=(("x", Node(NULL | {Kind.STRING}, logical=name)),)))
    records = Batch(np.arange(1), records=[{"x": text}])
    column = pa.array([text]).dictionary_encode()
    columns = Batch(np.arange(1), columns={"x": column_of(column)})
    for batch in (records, columns):
        with pytest.raises(FormatError, match="field #0: a treated value is no") as caught:
            Avro().encoder(schema, SPEC, SEED).encode([batch])
        assert len(text) < 2 or text not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "kept", "texts"),
    [
        ("int8", "int32", [1, -128]), ("uint16", "int32", [65_535]), ("uint32", "", [1 << 31]),
        ("uint64", "", [1 << 62]), ("float16", "float32", [0.5]),
        ("time32[s]", "", ["01:02:03"]), ("time64[ns]", "", ["01:02:03.000000001"]),
        ("timestamp[s]", "", ["2024-01-02T03:04:05"]), ("duration[ms]", "", [7]), ("date32", "date32", ["2024-01-02"]),
        ("timestamp[ms, Europe/Berlin]", "timestamp[ms, UTC]", ["2024-01-02T03:04:05.678Z"]),
        ("timestamp[ns]", "timestamp[ns]", ["2024-01-02T03:04:05.000000001"]), ("binary", "binary", ["a\\xff"]),
        ("fixed_size_binary(2)", "fixed_size_binary(2)", ["ab"]), ("fixed_size_binary(0)", "binary", [""]),
        ("decimal128(2, 3)", "", ["0.012"]), ("decimal256(60, 1)", "decimal256(60, 1)", ["9" * 50 + ".5"]),
        ("decimal256(3, 1)", "decimal128(3, 1)", ["1.5"]), ("uuid", "uuid", ["01234567-89ab-cdef-0123-456789abcdef"]),
    ],
)  # fmt: skip
def test_logical_types_of_other_formats_are_kept_where_avro_has_them_and_their_values_always(name, kept, texts):
    kind = read_logical(name).kind
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=(("x", Node(NULL | {kind}, logical=name)),)))
    records = [{"x": text} for text in [*texts, None]]
    written = encode_file(Avro(), [Batch(np.arange(len(records)), records=records)], schema, SPEC)
    arrow = {Kind.STRING: pa.string(), Kind.INTEGER: pa.int64(), Kind.DOUBLE: pa.float64()}[kind]
    encoded = pa.array([item["x"] for item in records], arrow).dictionary_encode()
    columns = Batch(np.arange(len(records)), columns={"x": column_of(encoded)})
    assert encode_file(Avro(), [columns], schema, SPEC) == written
    assert stored_logical(name) == kept
    (found,) = Avro().declared(io.BytesIO(written), SPEC).fields()
    assert found.logical == kept
    assert rows(decode(written, hint=schema)) == [repr(item) for item in records]
    assert len(list(fastavro.reader(io.BytesIO(written)))) == len(records)


FIXED = {"type": "fixed", "name": "F"}
STORED = [
    ({**FIXED, "size": 16, "logicalType": "uuid"}, bytes(range(16)), "00010203-0405-0607-0809-0a0b0c0d0e0f"),
    ({**FIXED, "size": 3, "logicalType": "decimal", "precision": 4, "scale": 2}, b"\xff\xff\x85", "-1.23"),
    ({"type": "bytes", "logicalType": "decimal", "precision": 4}, varint(2) + b"\0\7", "7"),
    ({"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 4}, varint(0), "0.0000"),
    ({"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 4}, varint(1) + b"7", "7"),
    ({**FIXED, "size": 12, "logicalType": "duration"}, b"abcdefghijkl", "abcdefghijkl"),
    ({"type": "int", "logicalType": "time-millis"}, varint(1001), "00:00:01.001"),
    ({"type": "long", "logicalType": "timestamp-millis"}, varint(-1), "1969-12-31T23:59:59.999Z"),
    ({"type": "long", "logicalType": "local-timestamp-nanos"}, varint(1), "1970-01-01T00:00:00.000000001"),
    ({"type": "long", "logicalType": "date"}, varint(1), 1),
    ({"type": "string", "logicalType": "made-up"}, varint(1) + b"x", "x"),
    ({"type": "string", "avro.java.string": "String"}, varint(1) + b"x", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("given_type", "stored", "text"), STORED)
def test_types_are_lowered_from_each_form_in_which_avro_stores_them(given_type, stored, text):
    few = container(record(("x", given_type)), (2, stored * 2))
    many = container(record(("x", ["null", given_type])), *[(2, b"\2" + stored + b"\0")] * 2 * LEAST_LANES)
    assert both(few) == [repr({"x": text})] * 2
    assert both(many) == [repr({"x": text}), repr({"x": None})] * 2 * LEAST_LANES


@pytest.mark.parametrize(("name", "number"), [("float16", 1e6), ("float16", 0.1), ("float32", 1e300), ("float32", 0.1)])
def test_a_number_that_is_no_longer_one_of_its_type_is_not_written(name, number):
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=(("x", Node(NULL | {Kind.DOUBLE}, logical=name)),)))
    columns = {"x": column_of(pa.array([number]).dictionary_encode())}
    for batch in (Batch(np.arange(1), records=[{"x": number}]), Batch(np.arange(1), columns=columns)):
        with pytest.raises(FormatError, match=f"field #0: a treated value is no {name} any more"):
            Avro().encoder(schema, SPEC, SEED).encode([batch])


@pytest.mark.parametrize(("name", "number"), [("int8", 128), ("uint16", -1), ("uint32", 1 << 32), ("uint64", -1)])
def test_a_whole_number_that_is_no_longer_one_of_its_type_is_not_written(name, number):
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=(("x", Node(NULL | {Kind.INTEGER}, logical=name)),)))
    columns = {"x": column_of(pa.array([number]).dictionary_encode())}
    for batch in (Batch(np.arange(1), records=[{"x": number}]), Batch(np.arange(1), columns=columns)):
        with pytest.raises(FormatError, match=f"field #0: a treated value is no {name} any more"):
            Avro().encoder(schema, SPEC, SEED).encode([batch])


def test_a_hint_of_another_type_is_refused():
    data = container(record(("x", {"type": "int", "logicalType": "date"})), (1, varint(7)))
    for name in ("timestamp[us]", "int32", "time32[ms]"):
        kind = read_logical(name).kind
        hint = Schema(Node(frozenset({Kind.RECORD}), fields=(("x", Node(frozenset({kind}), logical=name)),)))
        if kind is Kind.STRING:
            with pytest.raises(FormatError, match="scan the dataset again"):
                decode(data, hint=hint)
        else:
            assert decode(data, hint=hint)
