"""Avro as it is written: the same bytes for the same rows, nothing in it but them and their schema."""

import io
import json

import fastavro
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.errors import FormatError
from pratique.formats.avro import Avro
from pratique.formats.avro import container as container_module
from pratique.formats.avro.container import SYNC, block_bytes, header_bytes, varint
from pratique.formats.avro.shaping import avro_names
from pratique.model.data import Batch, FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import SEED, encode_file
from tests.unit.formats.avro_files import (
    AB,
    LONGS,
    MARK,
    NULL,
    SECRET,
    SPEC,
    both,
    container,
    decode,
    many,
    pieces,
    rows,
    stated,
    text_cell,
)


@pytest.mark.parametrize("compression", ["none", "deflate", "snappy", "zstd"])
def test_the_same_rows_give_the_same_bytes_whatever_the_calls_were(compression):
    records = many(5000)
    spec = FormatSpec("avro", {"compression": compression})
    whole = encode_file(Avro(), pieces(records, [], columns=True), AB, spec)
    for cuts, columns in (([1, 7, 2500], True), ([4999], False), (list(range(100, 5000, 100)), True)):
        encoder = Avro().encoder(AB, spec, SEED)
        out = encoder.head()
        for batch in pieces(records, cuts, columns=columns):
            out += encoder.encode([batch])
        assert out + encoder.finish() == whole
    # Rows of two shapes, merged by their place.
    halves = [Batch(np.arange(at, 5000, 2), records=records[at::2]) for at in (0, 1)]
    assert encode_file(Avro(), halves, AB, spec) == whole
    assert list(fastavro.reader(io.BytesIO(whole))) == records
    Avro().check_container(io.BytesIO(whole), AB, spec, SEED)


def test_the_sync_marker_comes_of_the_seed_and_nothing_else_does():
    records = pieces(many(10), [], columns=False)
    one, other = (Avro().encoder(AB, SPEC, bytes([n]) * 32) for n in (1, 2))
    first, second = (e.head() + e.encode(records) + e.finish() for e in (one, other))
    marker = first[len(one.head()) - SYNC : len(one.head())]
    assert marker != second[len(other.head()) - SYNC : len(other.head())]
    assert second == first.replace(marker, second[-SYNC:])
    assert first.count(marker) == 2


def test_a_file_of_no_rows_is_a_header():
    encoder = Avro().encoder(AB, SPEC, SEED)
    data = encoder.head() + encoder.encode([]) + encoder.finish()
    assert data == encoder.head()
    assert list(fastavro.reader(io.BytesIO(data))) == []
    assert decode(data) == []
    Avro().check_container(io.BytesIO(data), AB, SPEC, SEED)


def test_properties_stand_at_their_fields_and_types_are_named_by_number():
    told = (("pratique.class", "none"), ("pratique.transform", "keep"))
    inner = Node(NULL | {Kind.RECORD}, fields=(("secret field", Node(NULL | {Kind.STRING}, properties=told)),))
    root = Node(
        frozenset({Kind.RECORD}),
        fields=(
            ("a-b", Node(NULL | {Kind.INTEGER}, properties=told)),
            ("items", Node(NULL | {Kind.LIST}, item=Node(NULL | {Kind.STRING}, properties=told))),
            ("who", inner),
        ),
    )
    data = encode_file(
        Avro(),
        [Batch(np.arange(1), records=[{"a-b": 1, "items": ["x"], "who": {"secret field": None}}])],
        Schema(root),
        SPEC,
    )
    schema = json.loads(fastavro.reader(io.BytesIO(data)).metadata["avro.schema"])
    assert schema == {
        "type": "record",
        "name": "Record",
        "fields": [
            {"name": "a_x2d_b", "type": ["null", "long"], "pratique.name": "a-b", **dict(told)},
            {"name": "items", "type": ["null", {"type": "array", "items": ["null", "string"], **dict(told)}]},
            {
                "name": "who",
                "type": [
                    "null",
                    {
                        "type": "record",
                        "name": "Record2",
                        "fields": [
                            {
                                "name": "secret_x20_field",
                                "type": ["null", "string"],
                                "pratique.name": "secret field",
                                **dict(told),
                            }
                        ],
                    },
                ],
            },
        ],
    }
    assert set(fastavro.reader(io.BytesIO(data)).metadata) == {"avro.schema", "avro.codec"}
    assert both(data) == [repr({"a-b": 1, "items": ["x"], "who": {"secret field": None}})]


@given(
    st.lists(st.text(max_size=5) | st.sampled_from(["a-b", "a_x2d_b", "a_x2d_b_2", "1", "_x31_", "", "_"]), unique=True)
)
def test_names_become_ones_that_avro_allows_and_stay_apart(names):
    found = avro_names(names)
    assert list(found) == names
    assert len(set(found.values())) == len(names)
    for name, written in found.items():
        assert written.isascii()
        assert written.replace("_", "a").isalnum()
        assert not written[0].isdigit()
        if name.isascii() and name.isidentifier():
            assert written == name


def test_an_original_carries_the_types_and_nothing_else_of_the_schema():
    schema = {
        "type": "record",
        "name": "R",
        "doc": SECRET,
        "aliases": [SECRET],
        "fields": [
            {"name": "x", "type": "string", "default": SECRET, "doc": SECRET, "order": "ignore", SECRET: SECRET}
        ],
    }
    data = container(schema, (1, text_cell(b"y")), note=SECRET.encode())
    (block,) = decode(data)
    kept = block.original(block.start)
    assert SECRET.encode() not in kept
    assert list(fastavro.reader(io.BytesIO(kept))) == [{"x": "y"}]
    shape = stated(data)
    written = encode_file(Avro(), block.batches, shape, SPEC)
    assert SECRET.encode() not in written


def check(data, seed):
    Avro().check_container(io.BytesIO(data), AB, SPEC, seed)


@pytest.mark.parametrize("change", ["metadata", "sync", "behind", "between", "empty", "schema", "codec", "rows"])
def test_a_container_that_is_not_the_encoders_own_is_found(change):
    records = pieces(many(5000), [], columns=True)
    data = encode_file(Avro(), records, AB, SPEC)
    encoder = Avro().encoder(AB, SPEC, SEED)
    head, body, mark = encoder.head(), data[len(encoder.head()) :], data[-SYNC:]
    schema = container_module.read_header(container_module.Taker(io.BytesIO(head))).schema
    first = body.index(mark) + SYNC
    empty = b"".join(block_bytes(0, b"", mark))
    other = {
        "metadata": b"Obj\x01" + varint(3) + head[5:-17] + text_cell(b"k") + text_cell(b"v") + varint(0) + mark + body,
        "sync": head.replace(mark, MARK) + body.replace(mark, MARK),
        "behind": data + b"x",
        "between": head + body[:first] + b"x" + body[first:],
        "empty": head + body[:first] + empty + body[first:],
        "schema": data.replace(b'"Record"', b'"Recorf"'),
        "codec": header_bytes(schema, "null", mark).replace(b"null", b"NULL", 1) + body,
        "rows": head + varint(10**6) + body[3:],
    }[change]
    # How many rows a block has only their reading tells; the gate does both.
    found = (lambda: decode(other)) if change == "rows" else (lambda: check(other, SEED))
    with pytest.raises(FormatError):
        found()
    with pytest.raises(FormatError):
        check(data, bytes([1]) * 32)


@pytest.mark.parametrize("compression", ["deflate", "zstd", "snappy"])
def test_bytes_hidden_in_what_is_packed_are_found(compression):
    spec = FormatSpec("avro", {"compression": compression})
    encoder = Avro().encoder(AB, spec, SEED)
    out = [encoder.head(), *[encoder.encode([batch]) for batch in pieces(many(10), [], columns=True)], encoder.finish()]
    data = b"".join(out)
    Avro().check_container(io.BytesIO(data), AB, spec, SEED)
    taker = container_module.Taker(io.BytesIO(data))
    header = container_module.read_header(taker)
    (block,) = container_module.blocks_of(taker, header, None)
    skipped = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"hide"
    hidden = {"deflate": block.data + b"hide", "zstd": block.data + skipped, "snappy": block.data[:-4] + b"hide"}
    other = out[0] + b"".join(block_bytes(block.rows, hidden[compression], header.sync))
    with pytest.raises(FormatError):
        Avro().check_container(io.BytesIO(other), AB, spec, SEED)


def test_a_container_that_was_compressed_as_a_whole_is_read_in_one_go():
    class Pipe(io.RawIOBase):
        def __init__(self, data):
            self._data = io.BytesIO(data)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self._data.readinto(buffer[:7])

    data = container(LONGS, *[(2, varint(n) * 2) for n in range(50)])
    found = list(Avro().decode(io.BufferedReader(Pipe(data), 16), 0, None, SPEC, None))
    assert rows(found) == both(data)


def test_options():
    data = container(LONGS)
    assert Avro().detect(io.BytesIO(data), {"compression": "zstd"}).options == {"compression": "zstd"}
    for options in ({"codec": "null"}, {"compression": "lzo"}):
        with pytest.raises(FormatError):
            Avro().detect(io.BytesIO(data), options)


def test_how_many_records_there_are_at_most_is_what_the_blocks_say():
    data = container(LONGS, (2, varint(1) * 2), (1, varint(1)))
    assert Avro().most(io.BytesIO(data), len(data), SPEC) == 3


def test_records_without_fields_are_refused():
    with pytest.raises(FormatError, match="without fields"):
        Avro().encoder(Schema(Node(frozenset({Kind.RECORD}))), SPEC, SEED)
