"""Projects whose flow leads from topic to topic, for tests against a real broker."""

import io
import itertools
import json
import os
import struct
from pathlib import Path

import fastavro

from pratique.connectors.kafka import TopicReader, address_of
from pratique.connectors.kafka.client import sdk, settings_of
from pratique.crypto.seal import load_unseal_key
from pratique.model.catalogue import DecisionKind
from pratique.model.messages import unpack_headers, unpack_set
from pratique.project import Project
from pratique.quarantine import open_message

_NUMBER = itertools.count()
PROJECT = """\
name: {name}
regions: [eu]
keys: {{eu: file:keys/eu.json}}
stewards: {{office: keys/office.pub}}
clusters:
  local: {{bootstrap: "{bootstrap}", registry: "{registry}"}}
datasets:
  events: {{uri: kafka://local/{name}, region: eu, format: {format}, subject: user_id, topic: {{partitions: 2}}}}
  treated: {{uri: kafka://local/{name}-treated, region: eu, format: {format}, topic: {{partitions: 2}}}}
policies:
  default:
    entities: {{USER_ID: {{token: viewer}}, EMAIL_ADDRESS: replace}}
    not_personal: keep
    otherwise: quarantine
flows:
  events: {{from: events, to: treated, policy: default, max_quarantine: {share}}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{5}}\\b', score: 0.9, field_names: [user_id]}}
"""


class StreamProject:
    """A project on topics of its own."""

    def __init__(self, folder: Path, servers, *, format="json", share="1"):
        self.folder = folder
        # Several sessions may share the servers.
        self.topic = f"t{os.getpid()}-{next(_NUMBER)}-{folder.name[-20:].replace('_', '-')}"
        text = PROJECT.format(
            bootstrap=servers.bootstrap, registry=servers.registry, name=self.topic, format=format, share=share
        )
        (folder / "pratique.yaml").write_text(text)
        self.open()
        self.project.create_keys()
        self.project.streams.create()

    def open(self):
        self.project = Project.open(self.folder)
        self.streams = self.project.streams
        return self.project

    def send(self, messages):
        """Partition, key, headers and value each."""
        address = address_of(f"kafka://local/{self.topic}", self.project.settings.clusters)
        self._send(address, messages)

    def send_treated(self, messages):
        """What nobody but the flow may do."""
        self._send(address_of(f"kafka://local/{self.topic}-treated", self.project.settings.clusters), messages)

    def _send(self, address, messages):
        producer = sdk().Producer(settings_of(address.cluster, self.folder) | {"message.max.bytes": 20 << 20})
        for partition, key, headers, value in messages:
            producer.produce(address.topic, partition=partition, key=key, headers=headers, value=value)
        assert producer.flush(30) == 0

    def decide(self):
        report = self.project.scan(["events"])[0]
        for path, verdict in report.verdicts.items():
            kind = DecisionKind.CONFIRM if verdict.entities else DecisionKind.NOT_PERSONAL
            self.project.decide("events", [path], kind, reason="made up", steward="office")

    def read(self, suffix=""):
        """By partition: offset, key, header block, value."""
        address = address_of(f"kafka://local/{self.topic}{suffix}", self.project.settings.clusters)
        reader = TopicReader(address, self.folder)
        return {p: list(reader.messages(p, first, end)) for p, (first, end) in reader.ranges().items()}

    def held(self):
        """Origin to rule, and key and value as they came."""
        private = load_unseal_key(self.folder / "keys" / "eu.quarantine.pem")
        found = {}
        for messages in self.read("-quarantine").values():
            for _, key, headers, value in messages:
                assert key is None
                partition, entry = open_message(private, "events", self.topic, value)
                inside = unpack_set(entry.original)
                told = dict(unpack_headers(headers))
                assert told["pratique-origin"] == f"{partition}:{entry.ordinal}".encode()
                assert told["pratique-rule"] == entry.rule.encode()
                found[partition, entry.ordinal] = (entry.rule, inside.keys.at(0), inside.values.at(0))
        return found


def good(number, *, partition=None, headers=None, **more):
    """A message that can be treated."""
    user = f"user-{number % 50:05d}"
    record = {"user_id": user, "number": number, "show": "Night Ferry", **more}
    return (number % 2 if partition is None else partition), user.encode(), headers, json.dumps(record).encode()


SCHEMA = json.dumps(
    {
        "type": "record",
        "name": "Event",
        "fields": [
            {"name": "user_id", "type": "string"},
            {"name": "number", "type": "long"},
            {"name": "show", "type": ["null", "string"], "default": None},
        ],
    }
)


def avro(number, schema, record=None, *, text=SCHEMA):
    """A message in the registry's form, written by fastavro."""
    record = record or {"user_id": f"user-{number % 50:05d}", "number": number, "show": "Night Ferry"}
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(json.loads(text)), record)
    return number % 2, record["user_id"].encode(), None, struct.pack(">bI", 0, schema) + out.getvalue()
