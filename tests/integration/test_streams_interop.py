"""What Pratique writes is read by what nobody here wrote: Kafka's Java client, and a plain reader of Avro."""

import base64
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pratique.connectors.kafka import Registry
from pratique.model.messages import unpack_headers
from tests.integration.stream_projects import SCHEMA, StreamProject, avro
from tools.servers import DIST

HERE = Path(__file__).resolve().parent
MESSAGES = 60


@pytest.fixture
def made(tmp_path, servers):
    """A topic that was treated: keys and headers with a viewer's id, and a tombstone."""
    project = StreamProject(tmp_path, servers, format="avro")
    schema = Registry(servers.registry).register(f"{project.topic}-value", SCHEMA)
    messages = [avro(number, schema) for number in range(MESSAGES)]
    project.send([(p, key, [("viewer", key), ("trace", b"t1")], value) for p, key, _, value in messages])
    project.decide()
    project.send([(0, b"user-00007", None, None)])
    report = project.streams.follow("events")
    assert (report.written, report.quarantined) == (MESSAGES + 1, 0)
    return project


def treated(made):
    """By partition and offset, as Pratique's own reader has it: key, headers, value."""
    return {
        (partition, offset): (key, [] if block is None else unpack_headers(block), value)
        for partition, messages in made.read("-treated").items()
        for offset, key, block, value in messages
    }


def test_kafkas_own_java_client_reads_keys_values_headers_and_tombstones(made, servers):
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    classes = ":".join(str(path) for path in sorted((DIST / "kafka").glob("*.jar")))
    command = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes, str(HERE / "ReadTopic.java")]
    command += [servers.bootstrap, f"{made.topic}-treated"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found = {}
    for line in done.stdout.splitlines():
        partition, offset, *rest = line.split()
        key, value, *headers = (None if one == "-" else base64.b64decode(one[1:]) for one in rest)
        named = [(name.decode(), data) for name, data in zip(headers[::2], headers[1::2], strict=True)]
        found[int(partition), int(offset)] = (key, named, value)
    assert found == treated(made)
    assert len(found) == MESSAGES + 1
    assert sum(value is None for _, _, value in found.values()) == 1
    assert all(key.startswith(b"tok1.") for key, _, _ in found.values())
    tokens = {key: dict(headers).get("viewer", key) for key, headers, _ in found.values()}
    assert all(key == token for key, token in tokens.items())


def test_a_plain_reader_of_registered_avro_reads_records(made, servers):
    command = [sys.executable, str(HERE / "read_avro.py"), servers.bootstrap, servers.registry, f"{made.topic}-treated"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == MESSAGES + 1
    records = [one for one in found if one["record"] is not None]
    assert sorted(one["record"]["number"] for one in records) == list(range(MESSAGES))
    assert {one["record"]["show"] for one in records} == {"Night Ferry"}
    for one in records:
        assert one["record"]["user_id"] == one["key"]
        assert one["headers"] == [["viewer", one["key"]], ["trace", "t1"]]
    assert len({one["schema"] for one in records}) == 1
    assert [one["headers"] for one in found if one["record"] is None] == [[]]
