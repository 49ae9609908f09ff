"""Avro with a registry: read by the schemas that ids name, written under a schema that is registered first."""

import io
import json
import struct
import urllib.request

import fastavro
import pytest

from pratique.connectors.kafka import Registry
from pratique.errors import RefusedError
from tests.integration.stream_projects import SCHEMA, StreamProject, avro


@pytest.fixture
def made(tmp_path, servers):
    project = StreamProject(tmp_path, servers, format="avro")
    project.registry = Registry(servers.registry)
    project.id = project.registry.register(f"{project.topic}-value", SCHEMA)
    project.send([avro(number, project.id) for number in range(100)])
    project.decide()
    return project


def read(made, value):
    """As any registry-aware reader does."""
    magic, number = struct.unpack_from(">bI", value)
    assert magic == 0
    schema = fastavro.parse_schema(json.loads(Registry(made.registry._url).schema(number)))
    stream = io.BytesIO(value[5:])
    record = fastavro.schemaless_reader(stream, schema)
    assert not stream.read()
    return record


def test_what_is_written_is_read_by_others(made):
    assert made.streams.follow("events").written == 100
    for partition, messages in made.read("-treated").items():
        for at, (_, key, _, value) in enumerate(messages):
            record = read(made, value)
            assert record == {"user_id": key.decode(), "number": 2 * at + partition, "show": "Night Ferry"}
            assert key.startswith(b"tok1.")


def test_the_schema_that_is_registered_says_what_was_done(made, servers):
    made.streams.follow("events")
    with urllib.request.urlopen(f"{servers.registry}/subjects/{made.topic}-treated-value/versions/latest") as answer:
        schema = json.loads(json.loads(answer.read())["schema"])
    told = {field["name"]: field for field in schema["fields"]}
    assert told["user_id"]["pratique.transform"] == "token"
    assert "kafka-key" not in told


def test_what_is_not_of_its_schema_is_held(made):
    whole = avro(1, made.id)[3]
    odd = [whole + b"\0", whole[:-3], b"\0\0\0", b"{}", struct.pack(">bI", 0, 999_999) + whole[5:], b"\1" + whole[1:]]
    made.send([(0, b"user-00001", None, value) for value in odd])
    made.send([(0, b"user-00001", None, None), (0, b"user-00001", None, whole)])
    report = made.streams.follow("events")
    assert (report.written, report.quarantined) == (102, 6)
    held = made.held()
    assert [held[0, 50 + at][0] for at in range(6)] == ["avro", "avro", "avro", "avro", "schema", "avro"]
    assert [held[0, 50 + at][2] for at in range(6)] == odd


def test_a_new_field_of_a_new_schema_is_held(made):
    grown = json.loads(SCHEMA)
    grown["fields"].append({"name": "phone", "type": "string", "default": ""})
    text = json.dumps(grown)
    number = made.registry.register(f"{made.topic}-value", text)
    record = {"user_id": "user-00001", "number": 1, "show": "x", "phone": "+49 30 901820"}
    made.send([avro(1, number, record, text=text), avro(3, made.id)])
    report = made.streams.follow("events")
    assert (report.written, report.quarantined) == (101, 1)
    assert [rule for rule, _, _ in made.held().values()] == ["new-field"]


def test_a_schema_that_the_registry_does_not_take_stops_the_flow(made, servers):
    subject = f"{made.topic}-treated-value"
    other = {"type": "record", "name": "Record", "fields": [{"name": "amount", "type": "int"}]}
    made.registry.register(subject, json.dumps(other))
    body = json.dumps({"compatibility": "BACKWARD"}).encode()
    asked = urllib.request.Request(
        f"{servers.registry}/config/{subject}", data=body, method="PUT", headers={"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked).close()
    with pytest.raises(RefusedError, match="does not take the output's schema"):
        made.streams.follow("events")
    assert sum(map(len, made.read("-treated").values())) == 0
