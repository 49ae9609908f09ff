"""Values with a header and a JSON object, any bytes, and schemas that are stated or mean ill."""

import io
import json
import struct

import numpy as np
import pytest

from pratique.errors import FormatError
from pratique.formats.messages import Messages, registered_schema, stated_schema, uses_registry
from pratique.model.data import Batch, FormatSpec
from pratique.model.messages import set_of, unpack_set
from pratique.model.schema import Kind, Node, Schema

HEAD = struct.pack(">bI", 0, 5)
DRAFT = "http://json-schema.org/draft-07/schema#"


def spec(value):
    return FormatSpec("messages", {"value": value})


def read(values, form, schemas=None, known=None, *, columns=True):
    messages = set_of(values, [None] * len(values), [None] * len(values), [0] * len(values), schemas=schemas)
    way = Messages(columns=columns)
    return next(iter(way.decode(io.BytesIO(messages.pack()), 0, None, spec(form), known)))


def rows(block):
    found = {}
    for batch in block.batches:
        records = batch.records
        if records is None:
            names = {n: c.values.take(c.codes).to_pylist() for n, c in batch.columns.items()}
            records = [{n: v[row] for n, v in names.items() if v[row] is not None} for row in range(len(batch))]
        found.update(zip(batch.ordinals.tolist(), records, strict=True))
    return found


@pytest.mark.parametrize("columns", [True, False])
def test_objects_behind_a_header_are_read_and_odd_ones_held(columns):
    values = [HEAD + b'{"a":1}', HEAD + b'{"a":\n2}', HEAD, b'{"a":1}', struct.pack(">bI", 0, 6) + b"{}", HEAD + b"[1]"]
    values += [HEAD + b'{"a":1,"a":2}', b"", b"\0\0", None]
    block = read(values, "json-schema", {"5": "{}", "7": "nonsense"}, columns=columns)
    assert rows(block) == {0: {"a": 1}, 2: {"a": 2}, 19: {}}
    rules = {reject.ordinal // 2: reject.rule for reject in block.rejects}
    assert rules == {2: "json", 3: "json", 4: "schema", 5: "json", 6: "duplicate-key", 7: "json", 8: "json"}


def test_what_is_no_schema_holds_its_messages():
    for text in ("nonsense", "[]", "1", ""):
        assert [one.rule for one in read([HEAD + b"{}"], "json-schema", {"5": text}).rejects] == ["schema"]


def node(*kinds, **more):
    return Node(frozenset({Kind.NULL, *kinds}), **more)


OUT = Schema(
    Node(
        frozenset({Kind.RECORD}),
        fields=(
            ("kafka-key", node(Kind.STRING)),
            ("a", node(Kind.STRING, properties=(("pratique.class", "x"), ("pratique.entities", "EMAIL_ADDRESS")))),
            ("b", node(Kind.INTEGER, Kind.DOUBLE)),
            ("c", node(Kind.LIST, item=node(Kind.STRING))),
            ("d", node(Kind.MAP, value=node(Kind.BOOLEAN))),
        ),
    )
)


def test_an_output_is_stated_closed_with_tags_and_without_the_key():
    kind, text = registered_schema(spec("json-schema"), OUT)
    made = json.loads(text)
    assert kind == "JSON"
    assert made["$schema"] == DRAFT
    assert list(made["properties"]) == ["a", "b", "c", "d"]
    assert made["additionalProperties"] is False
    assert "required" not in made
    assert made["properties"]["a"] == {
        "type": ["null", "string"],
        "confluent:tags": ["EMAIL_ADDRESS"],
        "pratique.class": "x",
        "pratique.entities": "EMAIL_ADDRESS",
    }
    assert made["properties"]["b"]["type"] == ["null", "number"]
    assert dict(stated_schema("JSON", text).root.fields)["a"].properties == (("tags", "EMAIL_ADDRESS"),)
    assert registered_schema(spec("json"), OUT) is None
    assert [uses_registry(spec(form)) for form in ("avro", "protobuf", "json-schema", "json", "text", "bytes")] == [
        *(True, True, True),
        *(False, False, False),
    ]


def test_avro_is_registered_with_tags_and_files_have_none():
    kind, text = registered_schema(spec("avro"), OUT)
    assert kind == "AVRO"
    assert json.loads(text)["fields"][0]["confluent:tags"] == ["EMAIL_ADDRESS"]
    from pratique.formats.avro import Avro

    assert b"confluent" not in Avro().schema_document(OUT)


def test_written_objects_are_read_again():
    encoder = Messages().encoder(OUT, spec("json-schema"), bytes(32))
    encoder.encode([Batch(np.array([0, 3, 4]), records=[{"a": "x"}, {"kafka-key": "k"}, {"d": {"y": True}}])])
    written = encoder.finish()
    Messages().check_container(io.BytesIO(written), OUT, spec("json-schema"), bytes(32))
    values = unpack_set(written).values.listed()
    assert values[1] is None
    assert values[0] == struct.pack(">bI", 0, 0) + b'{"a":"x","b":null,"c":null,"d":null}'


@pytest.mark.parametrize("columns", [True, False])
def test_any_bytes_are_read_so_that_texts_in_them_are_seen_and_come_back_the_same(columns):
    values = [b"mail anna@example.org", b"\xff\x00\\x41", b"", "ä".encode(), bytes(range(256))]
    block = read(values, "bytes", columns=columns)
    assert rows(block)[0] == {"bytes": "mail anna@example.org"}
    stated = Messages().declared(io.BytesIO(b""), spec("bytes"))
    encoder = Messages().encoder(stated, spec("bytes"), bytes(32))
    encoder.encode(block.batches)
    assert unpack_set(encoder.finish()).values.listed() == values
    treated = Schema(Node(stated.root.kinds, fields=(("bytes", node(Kind.STRING)),)))
    encoder = Messages().encoder(treated, spec("bytes"), bytes(32))
    encoder.encode([Batch(np.array([0]), records=[{"bytes": "mail [EMAIL] \\"}])])
    assert unpack_set(encoder.finish()).values.listed() == [b"mail [EMAIL] \\"]


def test_bytes_that_are_too_many_are_held():
    block = read([b"x" * ((16 << 20) + 1), b"y"], "bytes")
    assert [(one.ordinal, one.rule) for one in block.rejects] == [(0, "size")]


HOSTILE = [
    '{"properties": {"a": {"properties": ' * 200 + "1" + "}}" * 200,
    json.dumps({"properties": {f"f{n}": {"type": "string"} for n in range(50_000)}}),
    json.dumps({"properties": {"[]": {"type": "string"}, "{keys}": {}, "": {"type": ["string", 5, None]}}}),
    json.dumps({"properties": {"a": {"type": "object", "properties": [1]}, "b": 1, "c": {"type": {"x": 1}}}}),
    json.dumps({"properties": {"a": {"type": "string", "confluent:tags": ["x,y", "", 7, "EMAIL"] * 5}}}),
    json.dumps({"properties": {"kafka-key": {"type": "integer"}}}),
    "[" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["JSON", "AVRO", "PROTOBUF", "ODD"])
def test_hostile_schemas_are_stated_within_bounds_or_not_at_all(text, kind):
    found = stated_schema(kind, text)
    if found is not None:
        assert len(found.root.fields) <= 10_000
        assert "[]" not in dict(found.root.fields)
        for _, child in found.root.fields:
            assert all(tag == "EMAIL" for _, told in child.properties for tag in told.split(","))


def test_a_topic_is_declared_by_the_set_that_comes_before_its_messages():
    one = json.dumps({"type": "record", "name": "A", "fields": [{"name": "at", "type": "long"}]})
    two = json.dumps(
        {
            "type": "record",
            "name": "A",
            "fields": [
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "mail", "type": "string", "confluent:tags": ["EMAIL"]},
            ],
        }
    )
    leading = set_of([], [], [], [], schemas={"1": one, "2": two, "3": "nonsense"}).pack()
    more = set_of([b"x"], [None], [None], [0], schemas={"1": one}).pack()
    stated = Messages().declared(io.BytesIO(leading + more), spec("avro"))
    fields = dict(stated.root.fields)
    assert fields["at"].kinds == {Kind.INTEGER, Kind.STRING}
    assert fields["at"].logical == ""
    assert fields["mail"].properties == (("tags", "EMAIL"),)
    assert Messages().declared(io.BytesIO(more), spec("avro")) is None
    assert Messages().declared(io.BytesIO(b""), spec("json")) is None
    assert [len(block.batches) for block in Messages().decode(io.BytesIO(leading), 0, None, spec("avro"), None)] == [0]


def test_a_field_that_protobuf_cannot_hold_is_told_by_its_place_in_the_whole():
    with pytest.raises(FormatError) as caught:
        Messages().encoder(OUT, spec("protobuf"), bytes(32))
    assert caught.value.where == "field #2"
