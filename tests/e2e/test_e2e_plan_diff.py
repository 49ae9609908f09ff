"""What a run would do otherwise than the newest release did: told change by change, and a sign for CI."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sample_projects import FLOW, STEWARD, copy, prepare, record, run, state, write

import pratique.cli.errors
from pratique.model.catalogue import DecisionKind
from pratique.project import Project

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("plan") / "project")
    write(root, "a.jsonl", map(record, range(20)))
    run(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def edit(root: Path, old: str, new: str) -> None:
    file = root / "pratique.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def cli(*words: str) -> int:
    return pratique.cli.errors.run(words)


def check(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    code = cli("plan", FLOW, "--check", "-p", str(root), "-o", "json")
    return code, json.loads(capsys.readouterr().out)


def reasons(root: Path) -> set[tuple[str, str, str]]:
    return {(c.reason.value, c.field, c.what) for c in Project.open(root).plan_diff(FLOW).changes}


def test_nothing_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = check(root, capsys)
    assert (code, document["same"], document["changes"]) == (0, True, [])
    assert document["released"]["sequence"] == 1
    assert document["released"]["hash"] == document["hash"]
    assert cli("plan", FLOW, "--check", "--diff", "-p", str(root)) == 0
    assert "Nothing changed" in capsys.readouterr().out


def test_where_nothing_was_released_a_check_does_not_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = prepare(tmp_path / "fresh")
    code, document = check(fresh, capsys)
    assert (code, document["same"], document["released"], document["changes"]) == (3, False, None, [])
    assert cli("plan", FLOW, "--diff", "-p", str(fresh)) == 0
    assert "Nothing was released yet" in capsys.readouterr().out


def test_a_rule_that_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "CREDIT_CARD: {token: card}", "CREDIT_CARD: {mask: {keep_last: 4}}")
    code, document = check(root, capsys)
    assert code == 3
    treated = {c["field"]: c for c in document["changes"] if c["what"] == "treatment"}
    assert treated.keys() == {"card_number", "note"}
    treatment = treated["card_number"]
    assert (treatment["reason"], treatment["before"]) == ("policy", "token in card")
    assert treatment["after"].startswith("mask (")


def test_a_decision_a_threshold_a_route_and_a_key(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project.open(root)
    project.decide(FLOW, [("show",)], DecisionKind.SET, ["PERSON"], reason="x", steward=STEWARD)
    project.rotate_key("viewer")
    edit(root, "max_quarantine: 0.5", "max_quarantine: 0.4")
    edit(root, "until: 2099-12-31", "until: 2098-12-31")
    edit(root, "score: 0.9", "score: 0.95")
    found = reasons(root)
    assert {
        ("decision", "show", "treatment"),
        ("decision", "show", "verdict"),
        ("key", "user_id", "key"),
        ("policy", "", "share of records that may be quarantined"),
        ("route", "", "route's last day"),
        ("decision", "", "decisions"),
    } <= found
    assert any(reason == "detector" for reason, _, _ in found)
    assert cli("plan", FLOW, "--check", "-p", str(root)) == 3
    out = capsys.readouterr().out
    for reason in ("decision", "key", "policy", "route", "detector"):
        assert any(line.startswith(f"  {reason} ") for line in out.splitlines()), reason
    assert cli("plan", FLOW, "--diff", "-p", str(root)) == 0
    assert "does not join with before: user_id" in capsys.readouterr().out


def test_new_fields_and_joins(root: Path) -> None:
    write(root, "b.jsonl", [{**record(n), "friend": record(n + 1)["user_id"]} for n in range(100, 120)])
    Project.open(root).scan([FLOW])
    found = reasons(root)
    assert ("schema", "friend", "field") in found
    assert ("policy", "user_id", "joins") in found


def test_a_run_that_follows_makes_the_check_pass_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "max_quarantine: 0.5", "max_quarantine: 0.4")
    assert check(root, capsys)[0] == 3
    run(root, full=True)
    assert check(root, capsys)[0] == 0


def test_a_stored_plan_that_was_changed_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root, "max_quarantine: 0.5", "max_quarantine: 0.4")
    with sqlite3.connect(root / ".pratique/eu/pratique.db") as connection:
        connection.execute("UPDATE plans SET document = CAST(replace(document, '0.5', '0.6') AS BLOB)")
    assert cli("plan", FLOW, "--check", "-p", str(root)) == 6
    err = capsys.readouterr().err
    assert "not the one of its hash" in err
    assert len(err.splitlines()) == 1


def test_it_changes_nothing_and_refuses_what_does_not_compile(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(root)
    check(root, capsys)
    assert state(root) == before
    edit(root, "policy: default", "policy: other")
    assert cli("plan", FLOW, "--check", "-p", str(root)) == 2
    assert "there is no policy" in capsys.readouterr().err
