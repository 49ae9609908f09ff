"""Data treated in memory: as the flow would, held back by the same rules, and never called released."""

import json
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pytest

from pratique.errors import ConfigError
from pratique.model.catalogue import DecisionKind
from pratique.project import Project
from tests.e2e.sample_projects import EMAIL, FLOW, IBAN, NAME, copy, lines, prepare, record, run, target, write

LETTERS = """\
  letters: {uri: data/eu/letters/, format: text, region: eu}
  letters-us: {uri: data/us/letters/, format: text, region: us}
policies:"""
LETTER = f"Dear {NAME}, we paid to {IBAN} and wrote to {EMAIL}."


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    file = root / "pratique.yaml"
    text = file.read_text().replace("policies:", LETTERS, 1)
    file.write_text(
        text.replace("flows:\n", "flows:\n  letters: {from: letters, to: letters-us, policy: default}\n", 1)
    )
    (root / "data/eu/letters").mkdir()
    (root / "data/eu/letters/one.txt").write_text(LETTER)
    project = Project.open(root)
    project.scan(["letters"])
    project.decide("letters", [("text",)], DecisionKind.CONFIRM, reason="letters", steward="office")
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def test_records_come_out_as_a_run_would_write_them(root: Path) -> None:
    records = [record(n) for n in range(12)]
    write(root, "a.jsonl", records)
    done = run(root)
    (file,) = (target(root) / done.run).glob("*.jsonl")
    report = Project.open(root).protect(FLOW, records)
    assert report.records == [json.loads(line) for line in file.read_bytes().splitlines()]
    assert (report.released, report.quarantined, report.text) == (False, {}, None)


@pytest.mark.parametrize(
    "form",
    [list, iter, lambda rows: (MappingProxyType(row) for row in rows), pa.Table.from_pylist],
    ids=["list", "iterator", "other mappings", "table"],
)
def test_every_form_gives_the_same(root: Path, form) -> None:
    records = [record(n) for n in range(6)]
    project = Project.open(root)
    report = project.protect(FLOW, form(records))
    assert report == project.protect(FLOW, records)
    assert record(1)["user_id"] not in lines(report.records or []).decode()
    assert report.released is False


def test_a_text_is_treated_span_by_span(root: Path) -> None:
    report = Project.open(root).protect("letters", LETTER)
    assert report.text == "Dear <PERSON>, we paid to <IBAN_CODE> and wrote to <EMAIL_ADDRESS>."
    assert (report.released, report.records, report.quarantined) == (False, None, {})


def test_what_is_held_back_is_counted_and_not_there(root: Path) -> None:
    good = record(1)
    rows = [good, {**good, "new": 1}, {**good, "number": "x"}, {**good, "show": IBAN}, {**good, "price": b"1"}]
    report = Project.open(root).protect(FLOW, rows)
    assert len(report.records or []) == 1
    assert report.quarantined == {"new-field": 1, "retyped-field": 2, "guard": 1}


@pytest.mark.parametrize("data", [5, None, b"bytes", {"a": 1}, [1], ["text"], [{1: "x"}], [[("user_id", "x")]]])
def test_anything_else_is_refused_without_showing_it(root: Path, data: object) -> None:
    with pytest.raises(ConfigError, match="no table, no records and no text") as caught:
        Project.open(root).protect(FLOW, data)
    assert caught.value.__cause__ is None


def test_a_text_is_for_flows_of_texts(root: Path) -> None:
    with pytest.raises(ConfigError, match="records, not texts"):
        Project.open(root).protect(FLOW, LETTER)
