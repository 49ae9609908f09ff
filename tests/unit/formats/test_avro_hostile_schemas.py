"""Schemas out of bounds are refused with a sentence that shows nothing of them."""

import io
import json

import fastavro
import pytest

from pratique.errors import FormatError
from pratique.formats.avro import Avro
from pratique.formats.avro.container import header_bytes, varint
from tests.unit.formats.avro_files import (
    LONGS,
    MARK,
    SECRET,
    SPEC,
    both,
    container,
    record,
)

SCHEMAS = {
    "not JSON": b"{",
    "deep JSON": b"[" * 5000 + b"]" * 5000,
    "a number": b"7",
    "no record": b'"string"',
    "a union of records": json.dumps([LONGS]).encode(),
    "no fields": json.dumps(record()).encode(),
    "only nulls": json.dumps(record(("x", "null"))).encode(),
    "no name": b'{"type":"record","fields":[]}',
    "an unknown type": json.dumps(record(("x", SECRET))).encode(),
    "two fields of one name": json.dumps(record(("x", "long"), ("x", "long"))).encode(),
    "a marker": json.dumps(record(("[]", "long"))).encode(),
    "itself": json.dumps(record(("x", ["null", "R"]))).encode(),
    "itself in a list": json.dumps(record(("x", {"type": "array", "items": "R"}))).encode(),
    "items of no bytes": json.dumps(record(("x", {"type": "array", "items": "null"}), ("y", "long"))).encode(),
    "items of empty records": json.dumps(
        record(("x", {"type": "array", "items": {"type": "record", "name": "S", "fields": []}}))
    ).encode(),
    "items of fixed 0": json.dumps(
        record(("x", {"type": "array", "items": {"type": "fixed", "name": "S", "size": 0}}))
    ).encode(),
    "a huge fixed": json.dumps(record(("x", {"type": "fixed", "name": "F", "size": 1 << 40}))).encode(),
    "a fixed below 0": json.dumps(record(("x", {"type": "fixed", "name": "F", "size": -1}))).encode(),
    "a union in a union": json.dumps(record(("x", ["null", ["long"]]))).encode(),
    "a union of nothing": json.dumps(record(("x", []))).encode(),
    "two types of one name": json.dumps(
        record(*[(name, {"type": "fixed", "name": "F", "size": 1}) for name in "xy"])
    ).encode(),
    "equal symbols": json.dumps(record(("x", {"type": "enum", "name": "E", "symbols": [SECRET, SECRET]}))).encode(),
    "a decimal of 77 digits": json.dumps(
        record(("x", {"type": "bytes", "logicalType": "decimal", "precision": 77}))
    ).encode(),
    "a name that lies": json.dumps(
        {"type": "record", "name": "R", "fields": [{"name": "x", "pratique.name": 7, "type": "long"}]}
    ).encode(),
}


def nested_schema(depth):
    given_type: object = "long"
    for _ in range(depth):
        given_type = {"type": "array", "items": given_type}
    return record(("x", given_type))


def doubling_schema(levels):
    """A few kilobytes that stand for 2^levels fields."""
    inner = {"type": "record", "name": "L0", "fields": [{"name": "a", "type": "long"}]}
    for level in range(1, levels):
        first = {"name": "a", "type": inner}
        inner = {"type": "record", "name": f"L{level}", "fields": [first, {"name": "b", "type": f"L{level - 1}"}]}
    return record(("x", inner))


NULLS = [{"name": f"n{at}", "type": "null"} for at in range(65)] + [{"name": "b", "type": "boolean"}]
for holding, below in (("array", "items"), ("map", "values")):
    holder = {"type": holding, below: {"type": "record", "name": "S", "fields": NULLS}}
    SCHEMAS[f"{below} of many values of no bytes"] = json.dumps(record(("x", holder))).encode()
SCHEMAS["too deep"] = json.dumps(nested_schema(64)).encode()
SCHEMAS["doubling"] = json.dumps(doubling_schema(40)).encode()
SCHEMAS["too many"] = json.dumps(record(*[(f"f{n}", "long") for n in range(10_001)])).encode()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_that_is_out_of_bounds_is_refused_and_nothing_of_it_is_shown(name):
    data = header_bytes(SCHEMAS[name], "null", MARK)
    with pytest.raises(FormatError) as caught:
        Avro().declared(io.BytesIO(data), SPEC)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_schemas_within_bounds_are_read():
    for schema in (nested_schema(62), doubling_schema(10), record(*[(f"f{n}", "long") for n in range(3000)])):
        assert Avro().declared(io.BytesIO(container(schema)), SPEC)


def test_named_types_are_found_by_full_and_short_names():
    inner = {"type": "record", "name": "In", "namespace": "a.b", "fields": [{"name": "n", "type": "long"}]}
    schema = {
        "type": "record",
        "name": "x.y.Out",
        "fields": [
            {"name": "p", "type": inner},
            {"name": "q", "type": "a.b.In"},
            {"name": "r", "type": {"type": "fixed", "name": "F", "size": 1}},
            {"name": "s", "type": "F"},
            {"name": "t", "type": "x.y.F"},
        ],
    }
    data = container(schema, (1, varint(1) + varint(2) + b"abc"))
    assert both(data) == [repr({"p": {"n": 1}, "q": {"n": 2}, "r": "a", "s": "b", "t": "c"})]
    (item,) = fastavro.reader(io.BytesIO(data))
    assert isinstance(item, dict)
    assert item["q"] == {"n": 2}
