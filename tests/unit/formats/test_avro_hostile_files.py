"""Files that lie are refused, or lose one record; either way the same in both forms, and in little memory."""

import contextlib
import io
import tracemalloc
import zlib

import fastavro
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError
from pratique.formats.avro import RULES, Avro
from pratique.formats.avro import container as container_module
from pratique.formats.avro import decode as decode_module
from pratique.formats.avro import exact as exact_module
from pratique.formats.avro.container import varint
from pratique.formats.avro.lanes import LEAST_LANES
from tests.unit.formats.avro_files import (
    LONGS,
    MARK,
    SECRET,
    SPEC,
    STRING,
    both,
    container,
    decode,
    record,
    rows,
    text_cell,
)

HUGE = (1 << 62) - 1
FILES = {
    "nothing": b"",
    "another file": b"PAR1" + bytes(40),
    "a head": b"Obj\x01",
    "an older magic": b"Obj\x00" + bytes(40),
    "entries without end": b"Obj\x01" + varint(HUGE),
    "a long key": b"Obj\x01" + varint(1) + varint(HUGE),
    "a key below 0": b"Obj\x01" + varint(1) + varint(-5),
    "no schema": b"Obj\x01" + varint(0) + MARK,
    "an unknown codec": container(LONGS, codec=SECRET.encode()),
    "a codec that is no text": container(LONGS, codec=b"\xff\xfe"),
    "too many records": container(LONGS, (HUGE, varint(7))),
    "more records than bytes": container(LONGS, (3, varint(7))),
    "fewer records than bytes": container(LONGS, (1, varint(7) * 2)),
    "records below 0": container(LONGS, (-1, varint(7))),
    "no records, but bytes": container(LONGS, (0, varint(7))),
    "a huge block": container(LONGS)[:] + varint(1) + varint(HUGE) + varint(7),
    "a block below 0": container(LONGS)[:] + varint(1) + varint(-1) + varint(7) + MARK,
    "another sync marker": container(LONGS, (1, varint(7)))[:-1] + b"!",
    "an endless number": container(LONGS, (1, b"\x80" * 11 + b"\1")),
    "a long text": container(STRING, (1, varint(HUGE) + SECRET.encode())),
    "a text below 0": container(STRING, (1, varint(-3) + b"abc")),
    "a branch that is none": container(record(("x", ["null", "long"])), (1, varint(2) + varint(1))),
    "a branch below 0": container(record(("x", ["null", "long"])), (1, varint(-1) + varint(1))),
    "a huge array": container(record(("x", {"type": "array", "items": "long"})), (1, varint(HUGE) + varint(1))),
    "an array that lies of its size": container(
        record(("x", {"type": "array", "items": "long"})), (1, varint(-2) + varint(3) + varint(1) * 2 + varint(0))
    ),
    "an array beyond its block": container(
        record(("x", {"type": "array", "items": "long"})), (1, varint(-2) + varint(99) + varint(1) * 2 + varint(0))
    ),
    "a huge map": container(record(("x", {"type": "map", "values": "long"})), (1, varint(HUGE) + varint(1))),
    "a double that is cut": container(record(("x", "double")), (1, bytes(7))),
    "a fixed that is cut": container(record(("x", {"type": "fixed", "name": "F", "size": 9})), (1, bytes(7))),
    "no deflate": container(STRING, (1, text_cell(b"x")), codec=b"deflate"),
    "no snappy": container(STRING, (1, b"\xff\xff\xff\xff\xff\xff\xff" + bytes(4)), codec=b"snappy"),
    "a snappy that lies of its size": container(STRING, (1, b"\xff\xff\xff\x7f" + bytes(9)), codec=b"snappy"),
    "no zstandard": container(STRING, (1, b"x"), codec=b"zstandard"),
    "no xz": container(STRING, (1, b"x"), codec=b"xz"),
    "no bzip2": container(STRING, (1, b"x"), codec=b"bzip2"),
}


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_lies_is_refused_with_a_sentence_and_without_a_value(name, columns):
    for data in (FILES[name], FILES[name] + MARK):
        with pytest.raises(FormatError) as caught:
            decode(data, columns=columns)
        assert SECRET not in str(caught.value)
        assert caught.value.__cause__ is None


SOUND_BLOCKS = {"long": (2, varint(7) * 2), "string": (1, text_cell(b"sound")), "double": (1, bytes(8))}
FLAT_LIES = {
    "too many records": "long",
    "more records than bytes": "long",
    "fewer records than bytes": "long",
    "records below 0": "long",
    "no records, but bytes": "long",
    "a huge block": "long",
    "a block below 0": "long",
    "another sync marker": "long",
    "an endless number": "long",
    "a long text": "string",
    "a text below 0": "string",
    "a double that is cut": "double",
}


@pytest.mark.parametrize("name", FLAT_LIES)
def test_what_lies_among_many_sound_blocks_is_refused_all_the_same(name):
    word = FLAT_LIES[name]
    head = container(record(("x", word)))
    good = container(record(("x", word)), *[SOUND_BLOCKS[word]] * LEAST_LANES)[len(head) :]
    assert len(decode(head + good + good)) == 1
    with pytest.raises(FormatError):
        decode(head + good + FILES[name][len(head) :] + good)


REJECTS = {
    "utf-8": (STRING, text_cell(b"\xff")),
    "number-range": (record(("x", "int")), varint(1 << 31)),
    "number-range ": (LONGS, b"\xff" * 9 + b"\x03"),
    "number-range  ": (record(("x", "double")), np.float64("nan").tobytes()),
    "number-range   ": (record(("x", "float")), np.float32("-inf").tobytes()),
    "number-range    ": (record(("x", "float")), b"\x01\x00\x80\x7f"),
    "range": (record(("x", "boolean")), b"\2"),
    "range ": (record(("x", {"type": "enum", "name": "E", "symbols": ["A"]})), varint(1)),
    "range  ": (record(("x", {"type": "int", "logicalType": "date"})), varint(5_000_000)),
    "range   ": (record(("x", {"type": "string", "logicalType": "uuid"})), text_cell(b"no uuid")),
    "range    ": (
        record(("x", {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 1})),
        text_cell(b"\x7f\xff"),
    ),
    "range     ": (
        record(("x", {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 1})),
        text_cell(b"\x7f" * 9000),
    ),
    "utf-8 ": (record(("x", {"type": "string", "logicalType": "uuid"})), text_cell(b"\xff")),
    "duplicate-key": (
        record(("x", {"type": "map", "values": "long"})),
        varint(2) + (text_cell(b"a") + varint(1)) * 2 + varint(0),
    ),
    "name": (record(("x", {"type": "map", "values": "long"})), varint(1) + text_cell(b"{}") + varint(1) + varint(0)),
}
SOUND = {
    "string": text_cell(b"sound"),
    "int": varint(1),
    "long": varint(1),
    "double": bytes(8),
    "float": bytes(4),
    "boolean": b"\1",
    "enum": varint(0),
    "date": varint(1),
    "uuid": text_cell(b"01234567-89ab-cdef-0123-456789abcdef"),
    "decimal": text_cell(b"\x05"),
    "map": varint(0),
}


@pytest.mark.parametrize("name", REJECTS)
def test_a_record_whose_end_is_known_is_a_reject_and_its_neighbours_are_rows(name):
    schema, wrong = REJECTS[name]
    given_type = schema["fields"][0]["type"]
    word = given_type if isinstance(given_type, str) else given_type.get("logicalType", given_type["type"])
    good = SOUND[word]
    blocks = [(3, good * 3)] * LEAST_LANES + [(3, good + wrong + good)] + [(3, good * 3)] * LEAST_LANES
    data = container(schema, *blocks)
    found = both(data)
    assert len(found) == 3 * len(blocks)
    rule = name.strip()
    assert rule in RULES
    assert [at for at, read in enumerate(found) if read == repr(rule)] == [3 * LEAST_LANES + 1]
    (block,) = decode(data)
    (reject,) = block.rejects
    assert (block.count, reject.length) == (len(found), 0)
    kept = block.original(reject.ordinal)
    (again,) = Avro().reread([kept], SPEC, None)
    assert [(one.ordinal, one.rule) for one in again.rejects] == [(0, rule)]


def test_numbers_in_more_bytes_than_they_need_are_read_all_the_same():
    schema = record(("x", ["null", "long"]), ("y", "string"))
    plain = varint(1) + varint(5) + text_cell(b"ab")
    for odd in (
        b"\x82\x80\x00" + varint(5) + text_cell(b"ab"),
        varint(1) + b"\x8a\x80\x80\x00" + text_cell(b"ab"),
        varint(1) + varint(5) + b"\x84\x00ab",
        b"\x80\x00" + text_cell(b"ab"),
    ):
        data = container(schema, *[(1, plain)] * LEAST_LANES, (1, odd))
        found = both(data)
        assert found[-1] == repr({"x": None if odd[:2] == b"\x80\0" else 5, "y": "ab"})
        assert [repr(item) for item in fastavro.reader(io.BytesIO(data))] == found


def test_a_record_longer_than_16_mib_is_a_reject_of_which_the_head_is_kept(monkeypatch):
    monkeypatch.setattr(decode_module, "LONGEST", 1000)
    data = container(STRING, (3, text_cell(b"a") + text_cell(b"b" * 2000) + text_cell(b"c")))
    for columns in (True, False):
        (block,) = decode(data, columns=columns)
        (reject,) = block.rejects
        assert (reject.rule, reject.length, block.count) == ("size", 2002, 3)
        kept = block.original(reject.ordinal, reject.length)
        assert len(kept) < 1200
        (again,) = Avro().reread([kept], SPEC, None)
        assert [(one.ordinal, one.rule) for one in again.rejects] == [(0, "size")]


def test_a_bomb_in_a_block_and_one_in_all_blocks_are_stopped(monkeypatch):
    monkeypatch.setattr(container_module, "MAX_BLOCK", 1 << 20)
    for codec, packed in {
        b"deflate": zlib.compress(bytes(1 << 22), wbits=-15),
        b"zstandard": bytes(pa.compress(bytes(1 << 22), "zstd", asbytes=True)),
        b"snappy": bytes(pa.compress(bytes(1 << 22), "snappy", asbytes=True)) + bytes(4),
    }.items():
        with pytest.raises(FormatError, match="unpacks to more than 1 MiB"):
            decode(container(LONGS, (1, packed), codec=codec))
    monkeypatch.setattr(container_module, "FREE", 1 << 20)
    small = zlib.compress(bytes(1 << 19), wbits=-15)
    with pytest.raises(FormatError, match="200 times its size"):
        decode(container(LONGS, *[(1 << 19, small)] * 4, codec=b"deflate"))


def test_a_lying_length_asks_for_no_memory():
    tracemalloc.start()
    try:
        for name in ("a huge block", "a long text", "a huge array", "a long key", "too many records"):
            with pytest.raises(FormatError):
                decode(FILES[name])
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


MANY_NULLS = [(f"n{at}", "null") for at in range(2000)] + [("b", "boolean")]
HIDDEN_NULLS = {**record(*MANY_NULLS), "name": "S"}


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize(
    ("schema", "one"),
    [(record(*MANY_NULLS), bytes(1)), (record(("u", ["null", HIDDEN_NULLS])), varint(1) + bytes(1))],
    ids=["flat", "in a union"],
)
def test_values_of_no_bytes_take_memory_and_count(schema, one, columns):
    """A byte or two of these files stand for two thousand values."""
    data = container(schema, (20_000, one * 20_000))
    with memory_below(192 << 20):
        first = next(Avro(columns=columns).decode(io.BytesIO(data), 0, None, SPEC, None))
    assert 100 < first.count < 4000
    many = container(schema, *[(1 << 16, zlib.compress(one * (1 << 16), wbits=-15))] * 2, codec=b"deflate")
    with pytest.raises(FormatError, match="200 times its size"):
        decode(many, columns=columns)
    few = container(schema, *[(5, one * 5)] * LEAST_LANES)
    assert len(both(few)) == 5 * LEAST_LANES


@contextlib.contextmanager
def memory_below(most):
    """What is done inside takes fewer bytes."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def test_a_record_of_too_many_values_is_a_reject_and_is_kept_whole(monkeypatch):
    monkeypatch.setattr(exact_module, "MAX_VALUES", 100)
    flags = {"type": "array", "items": {"type": "record", "name": "S", "fields": [{"name": "b", "type": "boolean"}]}}
    flags_by_name = {"type": "map", "values": "boolean"}
    for given_type, heavy in (
        (flags, varint(60) + bytes(60) + varint(0)),
        (flags_by_name, varint(120) + b"".join(text_cell(b"%d" % at) + bytes(1) for at in range(120)) + varint(0)),
    ):
        data = container(record(("x", given_type)), (3, varint(0) + heavy + varint(0)))
        (block,) = decode(data)
        (reject,) = block.rejects
        assert (reject.rule, reject.length, block.count) == ("size", len(heavy), 3)
        kept = block.original(reject.ordinal, reject.length)
        assert kept.endswith(heavy + bytes(16))
        (again,) = Avro().reread([kept], SPEC, None)
        assert [(one.ordinal, one.rule) for one in again.rejects] == [(0, "size")]


def test_one_long_block_among_short_ones_takes_no_more_memory_than_its_records():
    blocks = [(1, varint(1))] * 2000 + [(100_000, varint(1) * 100_000)]
    data = container(LONGS, *blocks)
    tracemalloc.start()
    try:
        assert sum(block.count for block in decode(data)) == 102_000
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_a_file_that_is_cut_anywhere_is_refused_or_ends_with_a_block():
    blocks = [(2, text_cell(b"abc") * 2)] * 5
    data = container(STRING, *blocks)
    head = len(container(STRING))
    step = (len(data) - head) // 5
    for end in range(len(data)):
        if end >= head and (end - head) % step == 0:
            assert len(both(data[:end])) == 2 * (end - head) // step
            continue
        with pytest.raises(FormatError):
            decode(data[:end])


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=4), st.booleans())
@settings(max_examples=300, deadline=None)
def test_odd_bytes_are_refused_or_read_the_same_in_both_forms(at, noise, insert):
    schema = record(
        ("s", ["null", "string"]),
        ("n", "long"),
        ("d", "double"),
        ("e", {"type": "enum", "name": "E", "symbols": ["A", "B"]}),
    )
    one = varint(1) + text_cell(b"abc") + varint(300) + bytes(8) + varint(1)
    data = container(schema, *[(2, one + varint(0) + one[5:])] * (2 * LEAST_LANES))
    at %= len(data)
    mixed = data[:at] + noise + data[at + (0 if insert else len(noise)) :]
    try:
        slow = decode(mixed, columns=False)
    except FormatError:
        with pytest.raises(FormatError):
            decode(mixed)
        return
    fast = decode(mixed)
    assert rows(fast) == rows(slow)
    for block in fast:
        assert sum(map(len, block.batches)) + len(block.rejects) == block.count
