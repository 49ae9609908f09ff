"""The registry's commands and its answers, against a real one: what it holds, what it enforces, what it refuses."""

import json
import uuid

import pytest
from typer.testing import CliRunner

from pratique.cli.app import app
from pratique.connectors.kafka import Registry
from pratique.errors import ConfigError, RefusedError
from pratique.model.catalogue import DecisionKind
from tests.integration.stream_projects import SCHEMA, StreamProject, avro

TAGGED = json.dumps(
    {
        "type": "record",
        "name": "Event",
        "fields": [
            {"name": "user_id", "type": "string", "confluent:tags": ["PII", "USER_ID"]},
            {"name": "number", "type": "int"},
            {"name": "show", "type": ["null", "string"], "default": None},
            {"name": "code", "type": ["null", "string"], "default": None, "confluent:tags": ["email-address"]},
            {"name": "born", "type": ["null", {"type": "int", "logicalType": "date"}], "default": None},
        ],
    }
)


def tagged(number, schema, **more):
    record = {"user_id": f"user-{number % 50:05d}", "number": number, "show": "Night Ferry", "code": None, "born": None}
    return avro(number, schema, record | more, text=TAGGED)


@pytest.fixture
def made(tmp_path, servers):
    project = StreamProject(tmp_path, servers, format="avro")
    project.registry = Registry(servers.registry)
    project.id = project.registry.register(f"{project.topic}-value", TAGGED)
    project.send([tagged(number, project.id, code="Q7") for number in range(40)])
    return project


def pratique(made, *words):
    done = CliRunner().invoke(app, [*words, "-p", str(made.folder), "-o", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_schema_of_the_input_seeds_the_catalogue_and_its_tags_are_evidence(made):
    scan = made.project.scan(["events"])[0].scan
    fields = {field.path: field for field in scan.schema.fields()}
    assert fields["born",].logical == "date32"
    assert fields["number",].logical == "int32"
    seen = {evidence.path: {t.entity: t for t in evidence.types} for evidence in scan.evidence}
    assert seen["code",]["EMAIL_ADDRESS"].tagged
    assert seen["code",]["EMAIL_ADDRESS"].hits == 0
    assert seen["user_id",]["USER_ID"].tagged
    made.project.rescore(["events"])
    held = {view.path: view.verdict.entities for view in made.project.catalogue("events")}
    assert held["code",] == ("EMAIL_ADDRESS",)


def test_registered_tags_and_what_the_commands_show(made):
    made.decide()
    made.streams.follow("events")
    subject = f"{made.topic}-treated-value"
    listed = {one["subject"]: one for one in pratique(made, "registry", "list")}
    assert listed[subject]["kind"] == "AVRO"
    assert listed[subject]["versions"] == 1
    shown = pratique(made, "registry", "show", subject)
    tags = {field["field"]: field["tags"] for field in shown["fields"]}
    assert tags["user_id"] == ["USER_ID"]
    assert tags["code"] == ["EMAIL_ADDRESS"]
    assert tags["number"] == []
    told = pratique(made, "registry", "compatibility", subject, "--set", "backward")
    assert told == [{"cluster": "local", "subject": subject, "enforces": "BACKWARD"}]
    assert pratique(made, "registry", "compatibility", subject) == told
    log = (made.folder / ".pratique" / "eu" / "audit.jsonl").read_text()
    assert sum('"event":"registry"' in line and "BACKWARD" in line for line in log.splitlines()) == 1


def test_unknown_subjects_and_levels_are_refused(made):
    runner = CliRunner()
    for words in (["show", "nonesuch"], ["compatibility", f"{made.topic}-value", "--set", "LOOSE"]):
        assert isinstance(runner.invoke(app, ["registry", *words, "-p", str(made.folder)]).exception, ConfigError)
    done = runner.invoke(app, ["registry", "compatibility", "nonesuch", "--set", "FULL", "-p", str(made.folder)])
    assert isinstance(done.exception, RefusedError)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("AVRO", SCHEMA, SCHEMA.replace('"long"', '"string"')),
        (
            "PROTOBUF",
            'syntax = "proto3"; message A { string a = 1; }',
            'syntax = "proto3"; message A { int64 a = 1; }',
        ),
        (
            "JSON",
            '{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"type": "string"}}}',
            '{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"type": "integer"}}}',
        ),
    ],
)
def test_an_incompatible_schema_is_refused_in_every_language(servers, kind, old, new):
    registry, subject = Registry(servers.registry), f"{uuid.uuid4()}-{kind}"
    first = registry.register(subject, old, kind)
    assert registry.register(subject, old, kind) == first
    registry.set_compatibility(subject, "BACKWARD")
    with pytest.raises(RefusedError, match="does not take the output's schema"):
        registry.register(subject, new, kind)
    assert registry.versions(subject) == [1]


def test_a_new_id_with_known_fields_passes_and_one_that_means_another_type_is_held(made):
    made.project.scan(["events"])
    for path, verdict in made.project.scan(["events"])[0].verdicts.items():
        kind = DecisionKind.CONFIRM if verdict.entities else DecisionKind.NOT_PERSONAL
        made.project.decide("events", [path], kind, reason="made up", steward="office")
    made.streams.follow("events")
    fewer = json.loads(TAGGED)
    fewer["fields"] = [field for field in fewer["fields"] if field["name"] != "code"]
    other = json.loads(TAGGED)
    other["fields"][4]["type"] = ["null", {"type": "long", "logicalType": "timestamp-millis"}]
    grown = json.loads(TAGGED)
    grown["fields"].append({"name": "phone", "type": ["null", "string"], "default": None})
    record = {"user_id": "user-00001", "number": 1, "show": "x", "code": None, "born": None, "phone": None}
    sent = []
    for at, schema in enumerate((fewer, other, grown)):
        text = json.dumps(schema)
        number = made.registry.register(f"{made.topic}-value", text)
        names = {field["name"] for field in schema["fields"]}
        row = {name: value for name, value in record.items() if name in names}
        sent.append(avro(at, number, row, text=text))
    made.send(sent)
    report = made.streams.follow("events")
    assert (report.written, report.quarantined) == (1, 2)
    assert sorted(rule for rule, _, _ in made.held().values()) == ["new-field", "schema"]
