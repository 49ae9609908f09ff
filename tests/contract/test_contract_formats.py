"""One suite for every format: nothing lost, nothing altered, the same rows in both forms and at every part size."""

import dataclasses
import datetime as dt
import decimal
import io

import fastavro
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError
from pratique.formats import registry
from pratique.formats.avro import Avro
from pratique.formats.avro.decode import AvroBlock
from pratique.formats.csv import Csv
from pratique.formats.csv.decode import CsvBlock
from pratique.formats.jsonl import JsonLines
from pratique.formats.parquet import Parquet
from pratique.formats.parquet.decode import RowsBlock
from pratique.formats.text import Text
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.ports import Format
from pratique.testing.formats import SEED, encode_file

ANY = frozenset({Kind.NULL, Kind.BOOLEAN, Kind.INTEGER, Kind.DOUBLE, Kind.STRING})


def schema(*names):
    return Schema(Node(frozenset({Kind.RECORD}), fields=tuple((name, Node(ANY, optional=True)) for name in names)))


JSONL = (
    b'\xef\xbb\xbf{"a":"x","b":1}\n' * 1
    + b'{"a":"x","b":1}\n' * 40
    + b'{"b":2.5,"a":null}\r\n\n{"a":1,"a":2}\n{"a":"\xff"}\n[1]\n{"a":"\\u00e9\\\\","b":true}\n'
    + b'{"a":"x","b":1}\n' * 40
    + b'{"a":"last"}'
)
CSV = (
    b'a,b\r\n1,"x, ""y"""\r\n\r\n'
    + b"007,plain\n" * 40
    + b'2,"two\nlines"\n,\n"",empty\n1,2,3\nonly\nx"y,1\n"z",2\n"q"r,3\nt,\xc3\xa9\nu,\xff\nv,w\rx\n'
    + b"8,=1+1\n" * 40
    + b"9,last"
)
LATIN = b"n;t\n" + b"Zo\xeb;\x80 5\n" * 50 + b"x;\x81\n"
TSV = b"a\tb\n" + b'x\t"y"\n' * 40 + b"NULL\tz\n"

FLAT = pa.table(
    {
        "s": pa.array(["x", "y", None, "x", "é"] * 20).dictionary_encode(),
        "odd": pa.array([b"a", b"\xff", None, b"a", b"b"] * 20, pa.binary()).cast(pa.binary()),
        "n": pa.array([1, 2, None, (1 << 63) - 1, 0] * 20, pa.int64()),
        "u": pa.array([1, 2, None, (1 << 64) - 1, 0] * 20, pa.uint64()),
        "i": pa.array([1, None, 3, 4, -5] * 20, pa.int32()),
        "f": pa.array([0.0, -0.0, float("nan"), 1e300, None] * 20, pa.float64()),
        "g": pa.array([0.1, -0.0, None, 2.5, 1.0] * 20, pa.float32()),
        "b": pa.array([True, None, False, True, True] * 20),
        "d": pa.array([0, 19_000, None, 3_000_000, -1] * 20, pa.int32()).cast(pa.date32()),
        "t": pa.array([0, 1, -1, None, 5] * 20, pa.int64()).cast(pa.timestamp("us", "UTC")),
        "h": pa.array([0, 1, None, 2, 3] * 20, pa.int64()).cast(pa.time64("us")),
        "m": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("-2.00")] * 33 + [None], pa.decimal128(10, 2)),
        "none": pa.nulls(100),
    }
)
PERSON = pa.struct([("name", pa.string()), ("born", pa.date32()), ("tags", pa.list_(pa.string()))])
NESTED = pa.table(
    {
        "id": pa.array(range(60), pa.int32()),
        "who": pa.array(
            [
                {"name": "Zoë", "born": dt.date(1990, 1, 2), "tags": ["a", None]},
                None,
                {"name": None, "born": None, "tags": None},
            ]
            * 20,
            PERSON,
        ),
        "seen": pa.array([[("a", 1)], None, [("b", 1), ("b", 2)], []] * 15, pa.map_(pa.string(), pa.int64())),
        "many": pa.array([[[1.5], []], None, [None, [float("inf")]], [[2.0]]] * 15, pa.list_(pa.list_(pa.float64()))),
    }
)


def parquet(table, **options):
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def stated(table):
    """The schema of everything in a table, each field as it is, null allowed everywhere."""
    return null_allowed(Parquet().declared(io.BytesIO(parquet(table)), FormatSpec("parquet")))


def null_allowed(given):
    null = frozenset({Kind.NULL})

    def nullable(node):
        return dataclasses.replace(
            node,
            kinds=node.kinds | null,
            fields=tuple((name, nullable(child)) for name, child in node.fields),
            item=nullable(node.item) if node.item else None,
            value=nullable(node.value) if node.value else None,
        )

    return Schema(dataclasses.replace(nullable(given.root), kinds=given.root.kinds))


def avro(records, fields, **options):
    """A container by a writer that is not ours, of many small blocks."""
    sink = io.BytesIO()
    options = {"sync_interval": 100, **options}
    schema = {"type": "record", "name": "Event", "namespace": "org.example", "fields": fields}
    fastavro.writer(sink, fastavro.parse_schema(schema), records, sync_marker=b"0123456789abcdef", **options)
    return sink.getvalue()


def null_or(given):
    return ["null", given]


AVRO_FIELDS = [
    {"name": "s", "type": null_or("string"), "doc": "a text", "default": None, "aliases": ["t"]},
    {"name": "last", "type": ["long", "null"]},
    {"name": "i", "type": "int"},
    {"name": "f", "type": null_or("float")},
    {"name": "g", "type": "double"},
    {"name": "b", "type": null_or("boolean")},
    {"name": "raw", "type": null_or("bytes")},
    {"name": "four", "type": {"type": "fixed", "name": "Four", "size": 4}},
    {"name": "e", "type": null_or({"type": "enum", "name": "Colour", "symbols": ["RED", "BLUE"]})},
    {"name": "d", "type": null_or({"type": "int", "logicalType": "date"})},
    {"name": "t", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "h", "type": {"type": "long", "logicalType": "time-micros"}},
    {"name": "m", "type": null_or({"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2})},
    {"name": "u", "type": {"type": "string", "logicalType": "uuid"}},
    {"name": "only", "type": ["string"]},
    {"name": "none", "type": "null"},
]
AVRO_FLAT = [
    {
        "s": ["x", "y", None, "x", "é" * 40][n % 5],
        "last": [1, None, (1 << 63) - 1, -(1 << 63), 70][n % 5],
        "i": [0, -1, 1 << 30, -(1 << 31), 64][n % 5],
        "f": [0.1, None, -0.0, float("inf"), 2.5][n % 5] if n % 3 else 1.0,
        "g": [0.1, 1e300, -0.0, float("nan"), 0.0][n % 5] if n % 7 else 1.0,
        "b": [True, None, False][n % 3],
        "raw": [b"a", b"\xff", None, b"a\\", b""][n % 5],
        "four": [b"abcd", b"\x00\xff\xfe\\"][n % 2],
        "e": ["RED", None, "BLUE"][n % 3],
        "d": [0, 19_000, None, 3_000_000, -1][n % 5],
        "t": [0, 1, -1, 1 << 62, 5][n % 5],
        "h": [0, 1, -1, 86_400_000_000, 3][n % 5],
        "m": [decimal.Decimal("1.10"), None, decimal.Decimal("-2.00")][n % 3],
        "u": ["01234567-89ab-cdef-0123-456789abcdef", "01234567-89AB-cdef-0123-456789abcdef"][n % 11 == 0],
        "only": "one",
        "none": None,
    }
    for n in range(300)
]
AVRO_PERSON = {
    "type": "record",
    "name": "Person",
    "fields": [
        {"name": "name", "type": null_or("string")},
        {"name": "born", "type": null_or({"type": "int", "logicalType": "date"})},
        {"name": "tags", "type": null_or({"type": "array", "items": null_or("string")})},
    ],
}
AVRO_NESTED_FIELDS = [
    {"name": "id", "type": "int"},
    {"name": "who", "type": null_or(AVRO_PERSON)},
    {"name": "again", "type": null_or("Person")},
    {"name": "seen", "type": {"type": "map", "values": ["null", "long", "string"]}},
    {"name": "many", "type": null_or({"type": "array", "items": {"type": "array", "items": "double"}})},
    {"name": "any", "type": ["null", "boolean", "long", "double", "string"]},
]
AVRO_NESTED = [
    {
        "id": n,
        "who": [{"name": "Zoë", "born": n, "tags": ["a", None]}, None, {"name": None, "born": None, "tags": None}][
            n % 3
        ],
        "again": [None, {"name": "x", "born": 5_000_000 if n % 8 == 0 else 0, "tags": []}][n % 2],
        "seen": [{"a": 1, "b": None, "c": "x"}, {}][n % 2],
        "many": [[[1.5], []], None, [[], [float("inf")]], [[2.0]]][n % 4],
        "any": [None, True, 7, 7.5, "7"][n % 5],
    }
    for n in range(60)
]


def avro_case(records, fields, compression="none", codec="null"):
    data = avro(records, fields, codec=codec)
    shape = null_allowed(Avro().declared(io.BytesIO(data), FormatSpec("avro")))
    return Avro, FormatSpec("avro", {"compression": compression}), data, shape


CASES = {
    "avro": avro_case(AVRO_FLAT, AVRO_FIELDS),
    "avro-zstd": avro_case(AVRO_FLAT, AVRO_FIELDS, "zstd"),
    "avro-deflate": avro_case(AVRO_FLAT, AVRO_FIELDS, "deflate", "deflate"),
    "avro-snappy": avro_case(AVRO_FLAT[:50], AVRO_FIELDS, "snappy", "bzip2"),
    "avro-nested": avro_case(AVRO_NESTED, AVRO_NESTED_FIELDS, codec="xz"),
    "avro-empty": avro_case([], AVRO_FIELDS),
    "parquet": (Parquet, FormatSpec("parquet"), parquet(FLAT, row_group_size=17), stated(FLAT)),
    "parquet-nested": (Parquet, FormatSpec("parquet"), parquet(NESTED, row_group_size=17), stated(NESTED)),
    "parquet-empty": (Parquet, FormatSpec("parquet", {"compression": "none"}), parquet(FLAT[:0]), stated(FLAT)),
    "jsonl": (JsonLines, FormatSpec("jsonl"), JSONL, schema("a", "b")),
    "csv": (Csv, FormatSpec("csv"), CSV, schema("a", "b")),
    "csv-cp1252": (Csv, FormatSpec("csv", {"delimiter": ";", "encoding": "cp1252"}), LATIN, schema("n", "t")),
    "csv-tab": (Csv, FormatSpec("csv", {"delimiter": "tab", "null": "NULL", "quote": "none"}), TSV, schema("a", "b")),
    "csv-no-header": (
        Csv,
        FormatSpec("csv", {"header": "false"}),
        b"1\n2\n\n3,4\n" * 20,
        schema("column_1"),
    ),
    "text": (Text, FormatSpec("text"), "Dear Zoë,\r\n\n\ufeffyours\x00".encode(), schema("text")),
    "text-empty": (Text, FormatSpec("text"), b"", schema("text")),
    "text-odd": (Text, FormatSpec("text"), b"\xff", schema("text")),
}


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


def decode(way, data, spec, start=0, end=None):
    return list(way.decode(io.BytesIO(data), start, end, spec, None))


def rows(blocks):
    out = []
    for block in blocks:
        for batch in block.batches:
            lists = None
            if batch.columns is not None:
                lists = {name: column.values.take(column.codes).to_pylist() for name, column in batch.columns.items()}
            for at, ordinal in enumerate(batch.ordinals.tolist()):
                record = batch.records[at] if lists is None else {name: cells[at] for name, cells in lists.items()}
                out.append((ordinal, sorted((name, repr(value)) for name, value in record.items())))
    return sorted(out)


def rejects(blocks):
    return [(reject.ordinal, reject.length, reject.rule) for block in blocks for reject in block.rejects]


def check_blocks(blocks, data):
    """Nothing lost; ordinals ascend; origins point at the record's own bytes."""
    for block in blocks:
        assert sum(map(len, block.batches)) + len(block.rejects) == block.count
        assert block.span >= 0
        here = [int(o) for batch in block.batches for o in batch.ordinals] + [r.ordinal for r in block.rejects]
        assert len(set(here)) == len(here)
        for batch in block.batches:
            assert (np.diff(batch.ordinals) > 0).all()
            assert (batch.columns is None) != (batch.records is None)
        for ordinal in here:
            if isinstance(block, AvroBlock):
                assert any(0 <= ordinal - one.first < one.rows for one in block.inside)
                continue
            if isinstance(block, RowsBlock):
                assert 0 <= ordinal - block.start < block.count
                continue
            assert 0 <= ordinal - block.start <= len(block.data)
            original = block.original(ordinal)
            if isinstance(block, CsvBlock):
                assert original.startswith(block.head)
                original = original.removeprefix(block.head)
            assert data[ordinal : ordinal + len(original)] == original
    return rows(blocks), rejects(blocks)


def test_registry_holds_formats():
    for name, way in registry().items():
        assert isinstance(way, Format)
        assert way.name == name
        assert way.extension.startswith(".")


def test_both_forms_are_equal_and_nothing_is_lost(case):
    way, spec, data, _ = case
    fast = check_blocks(decode(way(), data, spec), data)
    slow = check_blocks(decode(way(columns=False), data, spec), data)
    assert fast == slow


@pytest.mark.parametrize("block", [None, 64])
@pytest.mark.parametrize("columns", [True, False])
def test_each_original_alone_reads_as_it_did_among_the_others(case, columns, block):
    way, spec, data, shape = case
    sizes = {} if block is None or spec.name == "text" else {"block": block}
    blocks = decode(way(columns=columns, **sizes), data, spec)
    found = [(ordinal, record) for block in blocks for ordinal, record in rows([block])]
    found += [(ordinal, rule) for ordinal, _, rule in rejects(blocks)]
    found.sort(key=lambda one: one[0])
    of = {o: b for b in blocks for o in [r[0] for r in rows([b])] + [r[0] for r in rejects([b])]}
    # As the pipeline asks: to where the next record begins, blank lines included.
    ends = [*[ordinal for ordinal, _ in found], len(data)][1:]
    for lengths in (None, ends):
        originals = [
            of[o].original(o) if lengths is None else of[o].original(o, min(end, of[o].start + len(of[o].data)) - o)
            for (o, _), end in zip(found, ends, strict=True)
        ]
        again = list(way(columns=columns, **sizes).reread(originals, spec, shape))
        assert sum(part.count for part in again) == len(originals)
        read = rows(again) + [(ordinal, rule) for ordinal, _, rule in rejects(again)]
        read.sort(key=lambda one: one[0])
        assert read == [(place, what) for place, (_, what) in enumerate(found)]
        for part in again:
            assert part.span >= 0
            places = [int(o) for batch in part.batches for o in batch.ordinals] + [r.ordinal for r in part.rejects]
            assert all(part.original(place) == originals[place] for place in places)


def test_bytes_that_are_no_original_are_refused(case):
    way, spec, data, shape = case
    if spec.name == "text":
        pytest.skip("any bytes are a document")
    for wrong in (b"", b"\n", data):
        with pytest.raises(FormatError):
            list(way().reread([wrong], spec, shape))


def test_what_was_cut_for_its_length_is_never_a_record_again():
    long = b'{"a":1}' + b" " * 60
    (block,) = decode(JsonLines(block=16, longest=32), long, FormatSpec("jsonl"))
    kept = block.original(block.rejects[0].ordinal, block.rejects[0].length)
    assert JsonLines(columns=False).reread([kept], FormatSpec("jsonl"), None)
    (again,) = JsonLines(block=16, longest=32).reread([kept], FormatSpec("jsonl"), None)
    assert rejects([again]) == [(0, 32, "size")]
    first, second = decode(Csv(block=16, longest=32), b"a\nx\n" + b"y" * 60, FormatSpec("csv"))
    kept = second.original(second.rejects[0].ordinal, second.rejects[0].length)
    (again,) = Csv(block=16, longest=32).reread([first.original(2), kept], FormatSpec("csv"), None)
    assert (rows([again]), rejects([again])) == ([(0, [("a", "'x'")])], [(1, 32, "size")])
    (block,) = decode(Text(longest=8), b"nine char", FormatSpec("text"))
    (again,) = Text(longest=8).reread([block.original(0, 9)], FormatSpec("text"), None)
    assert rejects([again]) == [(0, 8, "size")]


def test_the_container_is_the_encoders_own(case):
    way, spec, data, shape = case
    batches = [batch for block in decode(way(), data, spec) for batch in block.batches]
    file = encode_file(way(), batches, shape, spec)
    way().check_container(io.BytesIO(file), shape, spec, SEED)
    if spec.name == "csv" and spec.options.get("header") != "false":
        with pytest.raises(FormatError):
            way().check_container(io.BytesIO(b"x" + file), shape, spec, SEED)


def test_blocks_of_every_size_give_the_same(case):
    way, spec, data, _ = case
    if spec.name == "text":
        pytest.skip("a document is one block")
    whole = check_blocks(decode(way(), data, spec), data)
    for block in (16, 64, 333):
        assert check_blocks(decode(way(block=block), data, spec), data) == whole


def test_parts_of_every_size_give_the_same_in_total(case):
    way, spec, data, _ = case
    whole = check_blocks(decode(way(), data, spec), data)
    # Blocks of Avro are longer than lines: it is other sizes that matter.
    small = (1, 100, 333, 2000) if spec.name == "avro" else range(1, 80)
    for part_size in [*small, len(data) // 2 + 1, len(data), len(data) + 1]:
        ranges = list(way().split(io.BytesIO(data), len(data), part_size, spec))
        assert ranges[0][0] == 0
        assert ranges[-1][1] == len(data)
        assert [start for start, _ in ranges[1:]] == [end for _, end in ranges[:-1]]
        blocks = [block for start, end in ranges for block in decode(way(), data, spec, start, end)]
        assert (rows(blocks), rejects(blocks)) == whole
        if spec.name in ("text", "parquet", "avro"):
            continue
        assert len(ranges) == max(-(-len(data) // part_size), 1)
        for number, (start, end) in enumerate(ranges):
            part = decode(way(), data, spec, start, end)
            for ordinal in [row[0] for row in rows(part)] + [reject[0] for reject in rejects(part)]:
                assert number * part_size <= ordinal < (number + 1) * part_size or number == 0


def test_a_compressed_input_is_one_part(case):
    way, spec, data, _ = case
    assert list(way().split(io.BytesIO(data), None, 10, spec)) == [(0, None)]


def test_what_was_written_reads_back_and_writes_the_same_again(case):
    way, spec, data, shape = case
    blocks = decode(way(), data, spec)
    batches = [batch for block in blocks for batch in block.batches]
    records = [batch for block in decode(way(columns=False), data, spec) for batch in block.batches]
    written = encode_file(way(), batches, shape, spec)
    assert encode_file(way(), records, shape, spec) == written
    if not batches:
        return
    names = [name for name, _ in shape.root.fields]
    expected = [sorted({**dict.fromkeys(names, "None"), **dict(record)}.items()) for _, record in rows(blocks)]
    way().check_container(io.BytesIO(written), shape, spec, SEED)
    again = decode(way(), written, spec)
    assert [record for _, record in rows(again)] == expected
    assert not rejects(again)
    once_more = [batch for block in again for batch in block.batches]
    assert encode_file(way(), once_more, shape, spec) == written


@given(st.binary(max_size=60), st.sampled_from(["jsonl", "csv", "csv-cp1252", "csv-no-header", "text"]))
@settings(max_examples=150, deadline=None)
def test_odd_bytes_among_good_records_lose_nothing(noise, name):
    way, spec, data, _ = CASES[name]
    good = (
        data.split(b"\n")[1] + b"\n"
        if name == "csv-cp1252"
        else data.splitlines(keepends=True)[min(4, data.count(b"\n"))]
    )
    head = data.splitlines(keepends=True)[0] if spec.name == "csv" else b""
    for mixed in (head + good * 40 + noise, head + noise + b"\n" + good * 40):
        fast = check_blocks(decode(way(), mixed, spec), mixed)
        assert fast == check_blocks(decode(way(columns=False), mixed, spec), mixed)
