"""Protobuf values: beside Google's own runtime, and against those who mean ill."""

import base64
import random
import struct

import pytest

from pratique.errors import FormatError
from pratique.formats.messages import Messages, registered_schema, stated_schema
from pratique.formats.messages.protobuf import ProtobufValues
from pratique.formats.protobuf import Reader, read_types, shaped, type_at, writer
from pratique.formats.protobuf.compiler import compile_schema
from pratique.formats.protobuf.scan import varint
from pratique.model.data import FormatSpec
from pratique.model.messages import set_of, unpack_set
from pratique.model.schema import Kind, Node, Schema

pytest.importorskip("grpc_tools", reason="the extra protobuf is not installed")
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SPEC = FormatSpec("messages", {"value": "protobuf"})
TEXT = """\
syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
import "confluent/meta.proto";
message Other { int32 unused = 1; }
message Event {
  enum Tier { NONE = 0; GOLD = 3; }
  message Address { string city = 1; repeated string lines = 2; }
  string user_id = 1 [(confluent.field_meta) = { tags: ["EMAIL", "PII"] }];
  int64 number = 2;
  optional string show = 3;
  Tier tier = 4;
  Address address = 5;
  repeated int32 marks = 6;
  map<string, Address> places = 7;
  map<int64, bool> flags = 8;
  bytes blob = 9;
  double share = 10;
  float ratio = 11;
  google.protobuf.Timestamp at = 12;
  oneof contact { string mail = 13; string phone = 14; }
  sint32 below = 15;
  fixed64 wide = 16;
  uint64 big = 17;
  bool yes = 18;
  repeated Address homes = 19;
}
"""


def google(text, name):
    """The message class that Google's runtime makes of a schema."""
    pool = descriptor_pool.DescriptorPool()
    for one in compile_schema(text):
        pool.Add(one)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


def filled(made):
    made.user_id, made.number, made.show, made.tier = "anna@example.org", -5, "", 3
    made.address.city, made.address.lines[:] = "Köln", ["a", "b"]
    made.marks[:] = [1, -1, 300]
    made.places["x"].city = "y"
    made.flags[7], made.flags[-1] = True, False
    made.blob, made.share, made.ratio = b"\xff\x00a\\", 1.5, 0.25
    made.at.seconds, made.at.nanos = -1, 999_999_999
    made.phone, made.below, made.wide, made.big, made.yes = "1", -77, 9, 1 << 62, True
    made.homes.add().city = "z"
    return made


FILLED = {
    "user_id": "anna@example.org",
    "number": -5,
    "show": "",
    "tier": "GOLD",
    "address": {"city": "Köln", "lines": ["a", "b"]},
    "marks": [1, -1, 300],
    "places": {"x": {"city": "y", "lines": []}},
    "flags": {"7": True, "-1": False},
    "blob": "\\xff\x00a\\\\",
    "share": 1.5,
    "ratio": 0.25,
    "at": "1969-12-31T23:59:59.999999999Z",
    "phone": "1",
    "below": -77,
    "wide": 9,
    "big": 1 << 62,
    "yes": True,
    "homes": [{"city": "z", "lines": []}],
}


def reader():
    return Reader(type_at(read_types(TEXT), (1,)))


def test_what_google_writes_is_read():
    made = google(TEXT, "shop.Event")()
    assert reader().read(filled(made).SerializeToString()) == FILLED
    empty = reader().read(b"")
    plain = {
        "user_id": "",
        "number": 0,
        "tier": "NONE",
        "marks": [],
        "places": {},
        "flags": {},
        "blob": "",
        "homes": [],
    }
    assert empty == plain | {"share": 0.0, "ratio": 0.0, "below": 0, "wide": 0, "big": 0, "yes": False}


def test_random_messages_are_read_as_google_reads_them():
    made = google(TEXT, "shop.Event")
    read = reader()
    dice = random.Random(7)
    whole = filled(made()).SerializeToString()
    agreed = 0
    for _ in range(3000):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 3)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        found = read.read(bytes(data))
        if isinstance(found, str):
            continue
        theirs = made()
        theirs.ParseFromString(bytes(data))  # what is read here is read there, too
        agreed += 1
        assert found["number"] == theirs.number
        assert found["user_id"] == theirs.user_id
        assert found["marks"] == list(theirs.marks)
        assert found["places"].keys() == set(theirs.places)
        assert [home["city"] for home in found["homes"]] == [home.city for home in theirs.homes]
    assert agreed > 300


def test_packed_or_not_is_the_writers_choice():
    packed = varint(6 << 3 | 2) + b"\x02\x01\x02"
    single = (varint(6 << 3) + b"\x01") + (varint(6 << 3) + b"\x02")
    assert reader().read(packed) == reader().read(single)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (varint(99 << 3) + b"\x01", "unknown-field"),
        (varint(5 << 3 | 2) + b"\x03" + varint(9 << 3 | 2) + b"\x01x", "unknown-field"),
        (varint(1 << 3 | 2) + b"\x01a" + varint(1 << 3 | 2) + b"\x01b", "protobuf"),
        (varint(13 << 3 | 2) + b"\x01a" + varint(14 << 3 | 2) + b"\x01b", "protobuf"),
        (varint(1 << 3 | 2) + b"\x05a", "protobuf"),
        (varint(1 << 3) + b"\x05", "protobuf"),
        (varint(1 << 3 | 3), "protobuf"),
        (b"\x80", "protobuf"),
        (b"\x00\x00", "protobuf"),
        (varint(1 << 3 | 2) + b"\x01\xff", "utf-8"),
        (varint(4 << 3) + b"\x02", "range"),
        (varint(18 << 3) + b"\x02", "range"),
        (varint(6 << 3) + varint(1 << 40), "number-range"),
        (varint(17 << 3) + varint(1 << 63), "number-range"),
        (varint(16 << 3 | 1) + b"\xff" * 8, "number-range"),
        (varint(10 << 3 | 1) + struct.pack("<d", float("nan")), "number-range"),
        (varint(12 << 3 | 2) + b"\x02\x10" + b"\x80", "protobuf"),
        (varint(12 << 3 | 2) + b"\x0b\x08" + varint((1 << 64) - 10**18), "range"),
        ((varint(8 << 3 | 2) + b"\x04\x08\x07\x10\x01") * 2, "duplicate-key"),
        (varint(7 << 3 | 2) + b"\x04\x0a\x02[]", "name"),
    ],
)
def test_what_hides_anything_is_a_reject(data, rule):
    assert reader().read(data) == rule


def test_a_few_bytes_do_not_become_millions_of_values():
    fields = "".join(f"  int32 f{n} = {n + 1};\n" for n in range(900))
    text = f'syntax = "proto3";\nmessage Top {{ repeated Wide wide = 1; }}\nmessage Wide {{\n{fields}}}\n'
    assert Reader(type_at(read_types(text), (0,))).read(b"\x0a\x00" * 4000) == "size"


# --- schemas ----------------------------------------------------------------------------------------------------------

HOSTILE = {
    "contains itself": 'syntax = "proto3"; message A { A a = 1; }',
    "contains itself by another": 'syntax = "proto3"; message A { B b = 1; } message B { repeated A a = 1; }',
    "a struct": 'syntax="proto3"; import "google/protobuf/struct.proto"; message A { google.protobuf.Struct s = 1; }',
    "another's file": 'syntax = "proto3"; import "other.proto"; message A { string a = 1; }',
    "a path": 'syntax = "proto3"; import "../../etc/passwd"; message A { string a = 1; }',
    "an absolute path": 'syntax = "proto3"; import "/etc/passwd"; message A { string a = 1; }',
    "no schema": "{}",
    "nothing": "",
    "a group": 'syntax = "proto2"; message A { optional group G = 1 { optional string a = 2; } }',
    "many": 'syntax = "proto3"; '
    + " ".join(f"message M{n} {{ " + " ".join(f"M{n + 1} f{k} = {k + 1};" for k in range(9)) + " }" for n in range(9))
    + " message M9 { string a = 1; }",
    "a surrogate": 'syntax = "proto3"; // \ud800\nmessage A { string a = 1; }',
    "a marker": 'syntax = "proto3"; import "confluent/meta.proto"; '
    'message A { string a = 1 [(confluent.field_meta) = { params: [{ key: "pratique.name", value: "[]" }] }]; }',
    "two of one name": 'syntax = "proto3"; import "confluent/meta.proto"; message A { string b = 2; '
    'string a = 1 [(confluent.field_meta) = { params: [{ key: "pratique.name", value: "b" }] }]; }',
    "base64 of nothing much": base64.b64encode(b"\xff" * 12).decode(),
    "too long": "x" * (2 << 20),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_schema_is_not_read_and_holds_its_messages(text):
    with pytest.raises(FormatError):
        type_at(read_types(text), (0,))
    if "\ud800" in text:
        return  # which the registry's client does not let through
    messages = set_of([struct.pack(">bI", 0, 1) + b"\0\x0a\x00"], [None], [None], [0], schemas={"1": text})
    block = next(iter(Messages().decode(_stream(messages), 0, None, SPEC, None)))
    assert [reject.rule for reject in block.rejects] == ["schema"]


def test_a_hostile_descriptor_is_not_read():
    file = descriptor_pb2.FileDescriptorProto(name="x", syntax="proto3")
    inner = file.message_type.add(name="A")
    inner.field.add(name="a", number=1, type=11, type_name=".B", label=1)
    with pytest.raises(FormatError):
        type_at(read_types(base64.b64encode(file.SerializeToString()).decode()), (0,))
    inner.field[0].type, inner.field[0].number = 9, 0
    with pytest.raises(FormatError):
        type_at(read_types(base64.b64encode(file.SerializeToString()).decode()), (0,))
    inner.field[0].number = 1
    assert Reader(type_at(read_types(base64.b64encode(file.SerializeToString()).decode()), (0,))).read(
        b"\x0a\x01x"
    ) == {"a": "x"}


def test_what_confluents_registry_knows_by_itself_may_be_imported():
    text = (
        'syntax = "proto3"; import "confluent/meta.proto"; import "confluent/type/decimal.proto"; message A { '
        'string a = 1 [(confluent.field_meta) = { tags: ["EMAIL"], rules: [{ name: "r", expr: "1" }] }]; '
        "confluent.type.Decimal d = 2; }"
    )
    found = type_at(read_types(text), (0,))
    assert [(member.name, member.tags) for member in found.members] == [("a", ("EMAIL",)), ("d", ())]


# What Confluent's Python client 2.16 wrote: a message inside another by its indexes, and the first message, under the
# descriptor in base64 that the client registers.
INNER = "0400000a0a757365722d303030303110f9ffffffffffffffff011a020805220c0102fdffffffffffffffff01"
OUTER = "000a290a0a757365722d303030303110f9ffffffffffffffff011a020805220c0102fdffffffffffffffff01"


def test_what_confluents_client_writes_is_read():
    text = (
        'syntax = "proto3"; package shop; import "google/protobuf/timestamp.proto"; message Outer { message Event { '
        "string user_id = 1; int64 number = 2; google.protobuf.Timestamp at = 3; repeated int32 marks = 4; } "
        "Event event = 1; }"
    )
    described = base64.b64encode(compile_schema(text)[-1].SerializeToString()).decode()
    head = struct.pack(">bI", 0, 5)
    event = {"user_id": "user-00001", "number": -7, "at": "1970-01-01T00:00:05.000000000Z", "marks": [1, 2, -3]}
    inner = head + bytes.fromhex(INNER)
    outer = head + bytes.fromhex(OUTER)
    block = read([inner, outer], described, columns=False)
    assert [record for batch in block.batches for record in batch.records] == [event, {"event": event}]


def test_a_refused_message_of_a_schema_does_not_spoil_others():
    text = 'syntax = "proto3"; message A { A a = 1; string b = 2; } message B { string b = 1; }'
    types = read_types(text)
    for _ in range(2):
        with pytest.raises(FormatError, match="contains itself"):
            type_at(types, (0,))
        assert type_at(types, (1,)).members[0].name == "b"


@pytest.mark.parametrize("indexes", [(2,), (-1,), (1, 5), (1, 0, 0), ()])
def test_a_message_that_is_not_there_is_not_read(indexes):
    with pytest.raises(FormatError):
        type_at(read_types(TEXT), indexes)


def test_tags_are_told():
    schema = stated_schema("PROTOBUF", TEXT.replace("message Other { int32 unused = 1; }\n", ""))
    fields = dict(schema.root.fields)
    assert fields["user_id"].properties == (("tags", "EMAIL,PII"),)
    assert fields["at"].logical == "timestamp[ns, UTC]"
    assert fields["places"].kinds == {Kind.MAP}


# --- values with their header -----------------------------------------------------------------------------------------


def _stream(messages):
    import io

    return io.BytesIO(messages.pack())


def read(values, text=TEXT, known=None, *, columns=True):
    messages = set_of(values, [None] * len(values), [None] * len(values), [0] * len(values), schemas={"5": text})
    return next(iter(Messages(columns=columns).decode(_stream(messages), 0, None, SPEC, known)))


def test_indexes_name_the_message():
    head = struct.pack(">bI", 0, 5)
    address = b"\x0a\x01x"
    block = read(
        [head + b"\x04\x02\x00" + address, head + b"\x02\x02" + b"", head + b"\0" + b"\x08\x07"], columns=False
    )
    rows = {int(o): r for b in block.batches for o, r in zip(b.ordinals, b.records, strict=True)}
    assert rows[0] == {"city": "x", "lines": []}
    assert rows[4] == {"unused": 7}
    assert not block.rejects


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (b"", "protobuf"),
        (b"\0\0\0\0\5", "protobuf"),
        (b"\1\0\0\0\5\0", "protobuf"),
        (b"\0\0\0\0\5\x80", "protobuf"),
        (b"\0\0\0\0\5\x01", "protobuf"),
        (b"\0\0\0\0\5" + varint(2 << 40), "protobuf"),
        (b"\0\0\0\0\5\x02", "protobuf"),
        (b"\0\0\0\0\5\x02\x14", "schema"),
        (b"\0\0\0\0\6\0", "schema"),
        (b"{}", "protobuf"),
        (b"\0\0\0\0\5\0\x12\x01x", "unknown-field"),
    ],
)
def test_a_wrong_header_is_a_reject(value, rule):
    assert [reject.rule for reject in read([value]).rejects] == [rule]


def test_a_schema_of_another_type_than_the_plan_goes_by_is_held():
    known = Schema(
        Node(frozenset({Kind.RECORD}), fields=(("unused", Node(frozenset({Kind.STRING}), logical="date32")),))
    )
    value = struct.pack(">bI", 0, 5) + b"\0\x08\x07"
    assert not read([value], known=None).rejects
    assert not read([value], known=known).rejects  # of another kind: the kernel says so, and of which field
    stated = Schema(
        Node(frozenset({Kind.RECORD}), fields=(("unused", Node(frozenset({Kind.INTEGER}), logical="uint32")),))
    )
    assert [reject.rule for reject in read([value], known=stated).rejects] == ["schema"]


# --- writing ----------------------------------------------------------------------------------------------------------


def node(*kinds, **more):
    return Node(frozenset({Kind.NULL, *kinds}), **more)


OUT = Schema(
    Node(
        frozenset({Kind.RECORD}),
        fields=(
            ("user_id", node(Kind.STRING, properties=(("pratique.class", "x"), ("pratique.entities", "EMAIL,PERSON")))),
            ('Größe in "m"\n', node(Kind.DOUBLE)),
            ("message", node(Kind.INTEGER, logical="int32")),
            ("fooBar", node(Kind.BOOLEAN)),
            ("foo_bar", node(Kind.STRING, logical="binary")),
            ("list", node(Kind.LIST, item=node(Kind.INTEGER))),
            ("home", node(Kind.RECORD, fields=(("city", node(Kind.STRING)), ("Record", node(Kind.STRING))))),
            ("homes", node(Kind.LIST, item=node(Kind.RECORD, fields=(("city", node(Kind.STRING)),)))),
            ("words", node(Kind.MAP, value=node(Kind.STRING))),
            ("at", node(Kind.STRING, logical="timestamp[ns, UTC]")),
            ("nothing", node()),
        ),
    )
)
ROW = {
    "user_id": "tok",
    'Größe in "m"\n': 1.25,
    "message": -3,
    "fooBar": False,
    "foo_bar": "\\xff",
    "list": [1, -(1 << 63), 0],
    "home": {"city": "", "Record": "r"},
    "homes": [{"city": "a"}, {}],
    "words": {"ä": "b", "": ""},
    "at": "1969-12-31T23:59:59.000000001Z",
    "nothing": None,
}


def test_what_is_written_is_read_by_google_and_here():
    top, text = shaped(OUT)
    data = writer(top)(ROW)
    theirs = google(text, "Record")()
    theirs.ParseFromString(data)
    assert theirs.user_id == "tok"
    assert theirs.message == -3
    assert theirs.HasField("fooBar")
    assert theirs.foo_bar_2 == b"\xff"
    assert list(theirs.list) == [1, -(1 << 63), 0]
    assert theirs.home.Record == "r"
    assert [home.city for home in theirs.homes] == ["a", ""]
    assert dict(theirs.words) == {"ä": "b", "": ""}
    assert (theirs.at.seconds, theirs.at.nanos) == (-1, 1)
    assert theirs.SerializeToString(deterministic=True)
    assert theirs.ByteSize() == len(data)
    again = Reader(type_at(read_types(text), (0,))).read(data)
    assert again == {k: v for k, v in ROW.items() if v is not None}


def test_tags_and_properties_stand_where_confluent_looks():
    kind, text = registered_schema(SPEC, OUT)
    assert kind == "PROTOBUF"
    told = stated_schema(kind, text)
    assert dict(told.root.fields)["user_id"].properties == (("tags", "EMAIL,PERSON"),)
    assert 'key: "pratique.class", value: "x"' in text


def test_rows_come_back_by_the_whole_format():
    schema = Schema(Node(OUT.root.kinds, fields=(*OUT.root.fields[:2], ("kafka-key", node(Kind.STRING)))))
    values = ProtobufValues()
    encoder = Messages().encoder(schema, SPEC, bytes(32))
    import numpy as np

    from pratique.model.data import Batch

    rows = [{"user_id": "a", "kafka-key": "k"}, {"kafka-key": "t"}, {'Größe in "m"\n': 0.0}]
    encoder.encode([Batch(np.array([2, 5, 6]), records=rows)])
    written = encoder.finish()
    Messages().check_container(__import__("io").BytesIO(written), schema, SPEC, bytes(32))
    found = unpack_set(written)
    assert found.schemas == values.schemas(Schema(Node(OUT.root.kinds, fields=OUT.root.fields[:2])))
    block = next(iter(Messages(columns=False).decode(__import__("io").BytesIO(written), 0, None, SPEC, None)))
    read_again = {int(o): r for b in block.batches for o, r in zip(b.ordinals, b.records, strict=True)}
    assert read_again == {2: {"kafka-key": "k", "user_id": "a"}, 5: {"kafka-key": "t"}, 6: {'Größe in "m"\n': 0.0}}


@pytest.mark.parametrize(
    "fields",
    [
        (("a", node(Kind.STRING, Kind.INTEGER)),),
        (("a", node(Kind.LIST, item=node(Kind.LIST, item=node(Kind.STRING)))),),
        (("a", node(Kind.MAP, value=node(Kind.LIST, item=node(Kind.STRING)))),),
    ],
)
def test_what_protobuf_cannot_hold_is_refused(fields):
    with pytest.raises(FormatError):
        shaped(Schema(Node(frozenset({Kind.RECORD}), fields=fields)))


@pytest.mark.parametrize(
    "row",
    [
        {"user_id": 12},
        {"message": 1 << 40},
        {"message": True},
        {"list": [None]},
        {"list": "abc"},
        {"at": "yesterday"},
        {"foo_bar": "\\x00"},
        {"nothing": 77},
        {"other": 99},
        {"home": [13]},
        {"words": {"a": None}},
        {"user_id": "\ud800"},
    ],
)
def test_a_value_that_does_not_fit_is_refused_without_showing_it(row):
    with pytest.raises(FormatError) as caught:
        writer(shaped(OUT)[0])(row)
    for value in row.values():
        assert str(value) not in str(caught.value)
