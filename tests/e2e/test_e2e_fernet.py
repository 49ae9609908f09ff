"""Data that an older pipeline encoded with Fernet: decoded, looked at, and treated anew; the tokens never pass."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.errors import ConfigError, KeyStoreError, PolicyError
from pratique.model.catalogue import DecisionKind
from pratique.project import Project
from tests.e2e.attack_projects import leaks
from tests.e2e.sample_projects import FLOW, PROJECT, STEWARD, quarantined, record, released, run, source, write

pytestmark = pytest.mark.e2e
RULES = "{events.note: {as: text}, events.card_number: {fernet: old}, events.user_id: {fernet: old}}"
ROWS = 40


def encoded(way: Fernet, number: int) -> dict[str, Any]:
    row = record(number)
    return {**row, **{name: way.encrypt(row[name].encode()).decode() for name in ("card_number", "user_id")}}


@pytest.fixture
def way() -> Fernet:
    return Fernet(Fernet.generate_key())


@pytest.fixture
def root(tmp_path: Path, way: Fernet) -> Path:
    """A project whose key was imported, scanned over encoded records; nothing is decided of the encoded fields."""
    root = tmp_path / "project"
    source(root).mkdir(parents=True)
    text = PROJECT.replace("{events.note: {as: text}}", RULES)
    text = text.replace(
        "datasets:\n",
        "reidentifiers:\n  desk: {key: keys/desk.pub, flows: [events]}\n"
        "datasets:\n  back: {uri: data/eu/back/, format: jsonl, region: eu, restricted: true}\n",
        1,
    )
    (root / "pratique.yaml").write_text(text, encoding="utf-8")
    create_missing(Assembly(load(root / "pratique.yaml")))
    write(root, "a.jsonl", [encoded(way, n) for n in range(ROWS)])
    return root


def import_key(root: Path, way: Fernet) -> Path:
    file = root / "old.key"
    file.write_bytes(_key(way) + b"\n")
    file.chmod(0o600)
    assert Project.open(root).import_fernet("old", file) == 1
    return file


def _key(way: Fernet) -> bytes:
    return base64.urlsafe_b64encode(way._signing_key + way._encryption_key)


def decide(root: Path) -> Project:
    project = Project.open(root)
    kept = [("number",), ("show",), ("price",)]
    mentions = ("PERSON", "EMAIL_ADDRESS", "IBAN_CODE")
    project.decide(FLOW, [("note",)], DecisionKind.SET, mentions, reason="made up", steward=STEWARD)
    project.decide(FLOW, kept, DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    return project


def test_it_is_treated_as_what_is_in_it(root: Path, way: Fernet) -> None:
    import_key(root, way)
    project = Project.open(root)
    project.scan([FLOW])
    held = {view.path: view.verdict.entities for view in project.catalogue(FLOW)}
    assert "CREDIT_CARD" in held["card_number",], "the scan looked into the tokens"
    assert "USER_ID" in held["user_id",]
    project = decide(root)
    shown = {field.path: field.treatment for field in project.explain(FLOW).fields}
    assert shown["card_number"] == "decode with old, then token in card"
    write(root, "b.jsonl", [{**record(0), "card_number": "4111111111111111"}, encoded(way, 99)])
    with (source(root) / "b.jsonl").open("a", encoding="utf-8") as stream:
        torn = {**encoded(way, 98), "user_id": encoded(way, 98)["user_id"][:-1]}
        copied = encoded(way, 97)
        stream.write(json.dumps(torn) + "\n" + json.dumps({**copied, "show": copied["card_number"]}) + "\n")
    report = run(root)
    assert dict(report.counts.quarantined) == {"fernet": 2, "echo": 1}
    rows = released(root, report)
    assert len(rows) == ROWS + 1
    assert all(row["card_number"].startswith("tok1") for row in rows)
    text = json.dumps(rows)
    for number in (*range(ROWS), 99):
        assert record(number)["card_number"] not in text
        assert record(number)["user_id"] not in text
    assert "gAAAA" not in text
    assert len(quarantined(root, report.run)["fernet"]) == 2
    back = project.reidentify(FLOW, purpose="made up", to="back", fields=[("card_number",), ("user_id",)], who="desk")
    assert back.failed == 0
    lines = [json.loads(line) for path in (root / "data/eu/back").iterdir() for line in path.read_bytes().splitlines()]
    assert {row["card_number"] for row in lines} == {record(n)["card_number"] for n in (*range(ROWS), 99)}
    assert leaks(root, _key(way).decode(), record(3)["card_number"], below=[".pratique", "data/us"]) == []


def test_the_same_person_joins_with_what_was_never_encoded(root: Path, way: Fernet) -> None:
    """Decoded values have the tokens that plain ones have: an old pipeline's data joins with the new."""
    import_key(root, way)
    project = Project.open(root)
    project.scan([FLOW])
    decide(root)
    tokens = {row["number"]: row["user_id"] for row in released(root, run(root))}
    text = (root / "pratique.yaml").read_text()
    (root / "pratique.yaml").write_text(text.replace(RULES, "{events.note: {as: text}}"))
    for path in source(root).iterdir():
        path.unlink()
    write(root, "plain.jsonl", map(record, range(ROWS)))
    project = Project.open(root)
    project.scan([FLOW])
    report = project.run(FLOW)
    assert {row["number"]: row["user_id"] for row in released(root, report)} == tokens


def test_without_the_key_there_is_a_sentence(root: Path, way: Fernet) -> None:
    with pytest.raises(KeyStoreError, match="no Fernet key is called old; run: pratique keys import-fernet old FILE"):
        Project.open(root).scan([FLOW])
    file = import_key(root, way)
    with pytest.raises(ConfigError, match="cannot be the name of a key"):
        Project.open(root).import_fernet("a/b", file)
    log = (root / ".pratique/eu/audit.jsonl").read_text()
    assert '"fernet":"old"' in log
    assert _key(way).decode() not in log
    listed = Project.open(root).keys()
    assert [row["id"] for row in listed if row["kind"] == "fernet"] == ["old"]


def test_a_field_that_holds_no_text_is_not_decoded(root: Path, way: Fernet) -> None:
    import_key(root, way)
    text = (root / "pratique.yaml").read_text()
    (root / "pratique.yaml").write_text(text.replace("events.user_id: {fernet: old}", "events.number: {fernet: old}"))
    project = Project.open(root)
    project.scan([FLOW])
    with pytest.raises(PolicyError, match="number holds integer, and Fernet tokens are text"):
        project.plan(FLOW)


def test_a_rule_says_what_becomes_of_it(root: Path, way: Fernet) -> None:
    import_key(root, way)
    text = (root / "pratique.yaml").read_text()
    then = "events.card_number: {fernet: old, then: {mask: {keep_last: 4}}}"
    (root / "pratique.yaml").write_text(text.replace("events.card_number: {fernet: old}", then))
    Project.open(root).scan([FLOW])
    decide(root)
    rows = released(root, run(root))
    assert all(row["card_number"].endswith(record(row["number"])["card_number"][-4:]) for row in rows)
