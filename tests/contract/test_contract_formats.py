"""One suite for every format: nothing lost, nothing altered, the same rows in both forms and at every part size."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats import registry
from pratique.formats.csv import Csv
from pratique.formats.jsonl import JsonLines
from pratique.formats.text import Text
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.ports import Format

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

CASES = {
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
        here = [int(o) for batch in block.batches for o in batch.ordinals] + [r.ordinal for r in block.rejects]
        assert len(set(here)) == len(here)
        for batch in block.batches:
            assert (np.diff(batch.ordinals) > 0).all()
            assert (batch.columns is None) != (batch.records is None)
        for ordinal in here:
            assert 0 <= ordinal - block.start <= len(block.data)
            original = block.original(ordinal)
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


def test_each_record_alone_reads_as_it_did_among_the_others(case):
    way, spec, data, _ = case
    blocks = decode(way(), data, spec)
    head = b"a,b\n" if spec.name == "csv" and spec.options.get("header") != "false" else b""
    if spec.name == "csv" and spec.options.get("delimiter"):
        head = head.replace(b",", b"\t" if spec.options["delimiter"] == "tab" else b";")
    names = list(dict(rows(blocks)[0][1])) if rows(blocks) else []
    for block in blocks:
        for ordinal, record in rows([block]):
            again = rows(decode(way(), head + block.original(ordinal) + b"\n" * (spec.name != "text"), spec))
            assert len(again) == 1
            assert [value for _, value in again[0][1]] == [value for _, value in record], names


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
    for part_size in [*range(1, 80), len(data) // 2 + 1, len(data), len(data) + 1]:
        ranges = list(way().split(io.BytesIO(data), len(data), part_size, spec))
        assert ranges[0][0] == 0
        assert ranges[-1][1] == len(data)
        assert [start for start, _ in ranges[1:]] == [end for _, end in ranges[:-1]]
        blocks = [block for start, end in ranges for block in decode(way(), data, spec, start, end)]
        assert (rows(blocks), rejects(blocks)) == whole
        if spec.name == "text":
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
    written = way().head(shape, spec) + bytes(way().encode(batches, shape, spec))
    assert way().head(shape, spec) + bytes(way().encode(records, shape, spec)) == written
    if not batches:
        return
    names = [name for name, _ in shape.root.fields]
    expected = [sorted({**dict.fromkeys(names, "None"), **dict(record)}.items()) for _, record in rows(blocks)]
    again = decode(way(), written, spec)
    assert [record for _, record in rows(again)] == expected
    assert not rejects(again)
    once_more = [batch for block in again for batch in block.batches]
    assert way().head(shape, spec) + bytes(way().encode(once_more, shape, spec)) == written


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
