"""``convert-schema``: what others read of a dataset is valid, says what is known and done, and holds no value."""

import json
from pathlib import Path
from typing import Any

import fastavro
import jsonschema
import pytest
import yaml
from sample_projects import EMAIL, FLOW, IBAN, NAME, SHOWS, STEWARD, copy, prepare, record, released, run, write

import pratique.cli.errors
from pratique.model.catalogue import DecisionKind
from pratique.project import Project

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("convert") / "project")
    records = [{**record(n), "odd-name é": n, "tags": ["x"], "address": {"zip": n}} for n in range(40)]
    write(root, "a.jsonl", records)
    project = Project.open(root)
    project.scan([FLOW])
    paths = [("odd-name é",), ("tags", "[]"), ("address", "zip")]
    project.decide(FLOW, paths, DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def convert(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert pratique.cli.errors.run(("convert-schema", *words, "-p", str(root))) == 0
    out = capsys.readouterr().out
    # Nothing that came from a value: no example, no list, no bound.
    assert not [value for value in (NAME, EMAIL, IBAN, *SHOWS, "user-", "make", "39") if value in out]
    return out


def test_json_schema_of_what_was_scanned(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(convert(root, capsys, FLOW, "--to", "json-schema"))
    jsonschema.Draft202012Validator.check_schema(document)
    validator = jsonschema.Draft202012Validator(document)
    for line in (root / "data/eu/events/a.jsonl").read_bytes().splitlines():
        validator.validate(json.loads(line))
    user = document["properties"]["user_id"]
    assert user["type"] == "string"
    assert user["pratique.entities"] == "USER_ID"
    assert user["pratique.verdict"] == "proposed"
    assert (user["pratique.transform"], user["pratique.class"]) == ("token", "pseudonymised")
    assert document["properties"]["show"]["pratique.decided"] == "bulk"


def test_json_schema_of_what_is_released(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(convert(root, capsys, "events-us", "--to", "json-schema"))
    report = run(root)
    records = released(root, report)
    assert records
    for one in records:
        jsonschema.Draft202012Validator(document).validate(one)
    assert document["properties"]["user_id"]["pratique.class"] == "pseudonymised"


@pytest.mark.parametrize("dataset", [FLOW, "events-us"])
def test_avro(root: Path, capsys: pytest.CaptureFixture[str], dataset: str) -> None:
    document = json.loads(convert(root, capsys, dataset, "--to", "avro"))
    parsed: Any = fastavro.parse_schema(document)
    fields = {field["name"]: field for field in parsed["fields"]}
    assert fields["user_id"]["pratique.transform"] == "token"
    assert fields["odd_x2d_name_x20__xe9_"]["pratique.name"] == "odd-name é"


def test_odcs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = convert(root, capsys, FLOW, "--to", "odcs")
    document = yaml.safe_load(text)
    assert document["name"] == FLOW
    assert document["description"] == {"purpose": "test"}
    assert {"property": "pratique.retention", "value": "1d"} in document["customProperties"]
    user = next(p for p in document["schema"][0]["properties"] if p["name"] == "user_id")
    assert (user["logicalType"], user["required"], user["classification"]) == ("string", True, "pseudonymised")
    assert {"property": "pratique.transform", "value": "token"} in user["customProperties"]
    assert convert(root, capsys, FLOW, "--to", "odcs") == text


def test_files_json_and_refusals(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def code(*words: str) -> int:
        return pratique.cli.errors.run(("convert-schema", *words, "-p", str(root)))

    file = tmp_path / "contract.yaml"
    assert code(FLOW, "--to", "odcs", "-O", str(file)) == 0
    assert yaml.safe_load(file.read_text())["kind"] == "DataContract"
    capsys.readouterr()
    assert code(FLOW, "--to", "odcs", "-o", "json") == 0
    assert json.loads(capsys.readouterr().out)["schema"] == yaml.safe_load(file.read_text())
    assert code("nothing", "--to", "avro") == 2
    assert code(FLOW, "--to", "avro", "--flow", "nothing") == 2
    assert code(FLOW, "--to", "thrift") == 2
    project = (root / "pratique.yaml").read_text()
    again = project.replace("flows:\n", "flows:\n  more: {from: events, to: events-us, policy: default}\n")
    (root / "pratique.yaml").write_text(again)
    capsys.readouterr()
    assert code(FLOW, "--to", "avro") == 2
    assert "add --flow, one of more, events" in capsys.readouterr().err
    assert code(FLOW, "--to", "avro", "--flow", "more") == 0


def test_a_dataset_that_no_flow_reads_says_what_it_is_held_to_be(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / "pratique.yaml"
    start, _, rest = file.read_text().partition("flows:\n")
    file.write_text(start + rest.partition("\n")[2])
    properties = json.loads(convert(root, capsys, FLOW, "--to", "json-schema"))["properties"]
    assert properties["user_id"]["pratique.class"] == "personal"
    assert properties["show"]["pratique.class"] == "none"
    assert "pratique.transform" not in properties["user_id"]
