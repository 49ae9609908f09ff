"""Everything that may go wrong in the middle of a stream, in one stream, in each form of values: what comes in is what
goes out and what is held, and nothing raw gets through.
"""

import functools
import io
import json
import random
import struct

import fastavro
import pytest

from pratique.connectors.kafka import Registry
from pratique.formats.protobuf import Reader, read_types, type_at
from tests.integration.stream_projects import StreamProject

MANY = 2_000
TEN = 10_000_000
FIELDS = [("user_id", "string"), ("number", "long"), ("show", "string")]
_PROTO = {"string": "string", "long": "int64"}


class Way:
    """Values of one form, by a schema of their own each time."""

    def __init__(self, form, registry, subject):
        self.form, self.registry, self.subject = form, registry, subject
        self.kind = {"avro": "AVRO", "protobuf": "PROTOBUF", "json-schema": "JSON"}[form]

    def schema(self, fields):
        if self.form == "avro":
            return json.dumps(
                {"type": "record", "name": "Event", "fields": [{"name": n, "type": t} for n, t in fields]}
            )
        if self.form == "protobuf":
            lines = "".join(f"  {_PROTO[t]} {n} = {at};\n" for at, (n, t) in enumerate(fields, 1))
            return f'syntax = "proto3";\npackage shop;\nmessage Event {{\n{lines}}}\n'
        words = {n: {"type": "string" if t == "string" else "integer"} for n, t in fields}
        return json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", "properties": words})

    def writer(self, fields=FIELDS, *, number=None):
        """What gives the value of a record, under a schema that is registered (or an id that is not)."""
        text = self.schema(fields)
        number = self.registry.register(self.subject, text, self.kind) if number is None else number
        head = struct.pack(">bI", 0, number)
        if self.form == "avro":
            parsed = fastavro.parse_schema(json.loads(text))
            return lambda record: head + packed(parsed, record)
        if self.form == "json-schema":
            return lambda record: head + json.dumps(record).encode()
        made = google(text)
        return lambda record: head + b"\0" + made(**record).SerializeToString()


def packed(schema, record):
    out = io.BytesIO()
    fastavro.schemaless_writer(out, schema, record)
    return out.getvalue()


def google(text):
    from google.protobuf import descriptor_pool, message_factory

    from pratique.formats.protobuf.compiler import compile_schema

    pool = descriptor_pool.DescriptorPool()
    for one in compile_schema(text):
        pool.Add(one)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("shop.Event"))


def event(at, **more):
    return {"user_id": f"user-{at % 500:05d}", "number": at, "show": "Night Ferry", **more}


def poison(way, whole, dice):
    """One of many things that are no message of the stream."""
    head = whole[:5]
    return dice.choice(
        [
            b"",
            b"\0",
            head,
            b"\1" + whole[1:],
            whole[: len(whole) - 3],
            whole + b"\0",
            whole[:9] + b"\xff" + whole[10:],
            b"{}",
            b"user-00499",
            head + b"\xff" * 20,
            b"\0\xff\xff\xff\xff" + whole[5:],
        ]
    )


@pytest.mark.parametrize("form", ["avro", "json-schema", "protobuf"])
def test_what_comes_in_goes_out_or_is_held(tmp_path, servers, form):
    if form == "protobuf":
        pytest.importorskip("grpc_tools", reason="the extra protobuf is not installed")
    made = StreamProject(tmp_path, servers, format=form)
    way = Way(form, Registry(servers.registry), f"{made.topic}-value")
    dice = random.Random(form)
    plain = way.writer()
    made.send([message(number, plain(event(number))) for number in range(100)])
    made.decide()

    grown = way.writer([*FIELDS, ("phone", "string")])
    retyped = way.writer([FIELDS[0], ("number", "string"), FIELDS[2]])
    renamed = way.writer([("viewer", "string"), *FIELDS[1:]])
    unknown = way.writer(number=987_654)
    held, sent = {}, []
    for number in range(MANY):
        if number % 100 == 50:
            sent.append(poison(way, plain(event(number)), dice))
            held[number] = None
        else:
            sent.append(plain(event(number)))
    for at, value, rule in (
        (111, grown(event(111, phone="+49 30 901820")), "new-field"),
        (222, retyped(event(222, number="222")), "retyped-field"),
        (333, renamed({"viewer": "user-00333", "number": 333, "show": "x"}), "new-field"),
        (444, unknown(event(444)), "schema"),
        (555, plain(event(555, show="write to anna.roe@example.org")), "guard"),
        (777, plain(event(777, show="across the sea " * (TEN // 15) + "user-00277")), None),
    ):
        sent[at], held[at] = value, rule
    tombstones = (666, 888)
    for at in tombstones:
        sent[at] = None
    big = 999
    sent[big] = plain(event(big, show="across the sea " * (TEN // 15)))
    messages = [message(number, value) for number, value in enumerate(sent)]
    messages += [(0, b"user-00001", [("who", b"user-00001")], plain(event(1)))]  # a header that nobody has seen
    made.send(messages)
    report = made.streams.follow("events")

    assert report.read == 100 + MANY + 1
    assert report.read == report.written + report.quarantined
    assert report.quarantined == len(held) + 1
    found = made.held()
    assert len(found) == report.quarantined
    rules = {(value, rule) for rule, _, value in found.values()}
    for at, rule in held.items():
        assert any(value == sent[at] and rule in (None, given) for value, given in rules), at

    out = made.read("-treated")
    rows = [m for partition in sorted(out) for m in out[partition]]
    assert len(rows) == report.written
    assert sum(value is None for _, _, _, value in rows) == len(tombstones)
    everything = b"\n".join(part for _, key, headers, value in rows for part in (key, headers, value) if part)
    for raw in (b"user-0", b"anna.roe", b"901820", b"example.org"):
        assert raw not in everything
    tokens = {key for _, key, _, _ in rows}
    assert len(tokens) == len({f"user-{n % 500}" for n in numbers_sent(held)})
    assert all(key.startswith(b"tok1.") for key in tokens)
    assert any(value is not None and len(value) > TEN - 100 for _, _, _, value in rows)
    numbers = sorted(number_of(way, value) for _, _, _, value in rows if value is not None)
    gone = {*held, *tombstones}
    assert numbers == sorted([*range(100), *(number for number in range(MANY) if number not in gone)])


def numbers_sent(held):
    return [*range(100), *(number for number in range(MANY) if number not in held)]


def message(number, value):
    user = f"user-{number % 500:05d}".encode()
    return number % 2, user, None, value


def number_of(way, value):
    """As a reader that asks the registry finds it."""
    text = way.registry.schema(struct.unpack_from(">bI", value)[1])
    if way.form == "avro":
        record = fastavro.schemaless_reader(io.BytesIO(value[5:]), fastavro.parse_schema(json.loads(text)))
        assert isinstance(record, dict)
        return record["number"]
    if way.form == "json-schema":
        return json.loads(value[5:])["number"]
    assert value[5] == 0
    return proto(text).read(value[6:])["number"]


@functools.lru_cache(8)
def proto(text):
    return Reader(type_at(read_types(text), (0,)))
