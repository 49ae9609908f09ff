"""Somebody tampers between the steps: with decisions, plans, staging, inputs, links, keys. Nothing raw gets out."""

import dataclasses
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attack_projects as attack
import pytest

from pratique.catalogue.decisions import make_decision, sign_decision
from pratique.crypto.signing import load_signer
from pratique.errors import ConfigError, KeyStoreError, PratiqueError, RefusedError, SourceError, StoreError
from pratique.keys import create_person_key
from pratique.model.catalogue import Decision, DecisionKind
from pratique.model.codec import canonical, decode
from pratique.model.plan import Mode, Plan
from pratique.pipeline import move
from pratique.project import Project

RAW = "user7@example.org"


def records(first: int = 0) -> bytes:
    return attack.lines(
        {"id": n, "mail": f"user{n}@example.org", "show": "Night Ferry"} for n in range(first, first + 50)
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("state") / "project"
    project = attack.make(root, {"a.jsonl": records(), "b.jsonl": records(100)})
    fields = [("id",), ("show",)]
    project.decide("e", fields, DecisionKind.NOT_PERSONAL, reason="made up", steward=attack.STEWARD)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "project"))


def run(root: Path, **how: Any) -> Any:
    return Project.open(root).run(attack.FLOW, **how)


def change(root: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(root / ".pratique/eu/pratique.db") as database:
        database.execute(statement, values)
    database.close()


def insert(root: Path, decision: Decision) -> None:
    row = (decision.dataset, json.dumps(list(decision.path)), decision.sequence, canonical(decision).decode())
    change(root, "insert into decisions (dataset, path, sequence, document) values (?, ?, ?, ?)", *row)


def loosening(kind: DecisionKind = DecisionKind.NOT_PERSONAL, who: str = attack.STEWARD, *types: str) -> Decision:
    return make_decision([], dataset="e", path=("mail",), kind=kind, entities=types, who=who, reason="x")


@pytest.mark.parametrize("who", [attack.STEWARD, "unproven:me", "ghost"])
def test_what_loosens_without_a_signature_counts_for_nothing(root: Path, who: str) -> None:
    insert(root, loosening(DecisionKind.REJECT, who, "EMAIL_ADDRESS"))
    insert(root, dataclasses.replace(loosening(DecisionKind.SET, who, "NOTHING"), sequence=2))
    insert(root, dataclasses.replace(loosening(who=who), sequence=3))
    report = run(root)
    assert report.counts.written == 100
    assert attack.leaks(root, RAW) == []


def test_a_signature_of_an_unlisted_key_or_of_another_field_counts_for_nothing(root: Path) -> None:
    create_person_key(root / "keys/mallory.key", root / "keys/mallory.pub")
    signer = load_signer(root / "keys/mallory.key")
    insert(root, sign_decision(loosening(), signer))
    genuine = next(view for view in Project.open(root).catalogue("e") if view.path == ("id",)).decisions[0]
    insert(root, dataclasses.replace(genuine, path=("mail",), sequence=2))
    assert run(root).counts.written == 100
    assert attack.leaks(root, RAW) == []


@pytest.mark.parametrize("document", ["{", "null", "[]", '{"a": 1}', "[" * 100_000, '"' + RAW + '"'])
def test_a_decision_that_does_not_read_refuses(root: Path, document: str) -> None:
    change(root, "insert into decisions (dataset, path, sequence, document) values ('e', '[\"mail\"]', 1, ?)", document)
    with pytest.raises(StoreError) as caught:
        run(root)
    assert RAW not in str(caught.value)


def test_a_steward_who_is_not_listed_any_more_loosens_nothing(root: Path) -> None:
    (root / "keys/office.pub").unlink()
    report = run(root)
    assert report.counts.written == 0
    assert dict(report.counts.quarantined) == {"undecided-field": 100}


class _StopError(Exception):
    pass


def stop(*_: object) -> None:
    raise _StopError


def stopped(root: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(move, step, stop)
        with pytest.raises(_StopError):
            run(root)


def open_plan(plan: Plan) -> Plan:
    """The plan with every field kept as it is."""
    steps = tuple(
        dataclasses.replace(
            step,
            mode=Mode.KEEP,
            apply=None,
            spans=(),
            entities=(),
            waived=("EMAIL_ADDRESS", "DOMAIN_NAME", "URL"),
            output_kinds=step.kinds,
        )
        for step in plan.steps
    )
    return dataclasses.replace(plan, steps=steps)


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_believe_no_stored_plan_that_is_not_of_its_hash(
    root: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    stopped(root, monkeypatch, "work_parts")
    with sqlite3.connect(root / ".pratique/eu/pratique.db") as database:
        (document,) = database.execute("select document from plans").fetchone()
    change(root, "update plans set document = ?", canonical(open_plan(decode(Plan, json.loads(document)))))
    try:
        assert run(root, workers=workers).counts.written == 100
    except StoreError:
        assert not list((root / "data/us").rglob("0*"))
    assert attack.leaks(root, RAW) == []


def test_staging_that_was_changed_is_not_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(root, monkeypatch, "release_run")
    staged = [path for path in (root / ".pratique/eu/staging").rglob("*.jsonl") if path.stat().st_size]
    assert staged
    for path in staged:
        mode = path.stat().st_mode
        path.chmod(0o600)
        path.write_bytes(path.read_bytes().replace(b"Night", RAW[:5].encode()))
        path.chmod(mode)
    with pytest.raises((RefusedError, StoreError)):
        run(root)
    assert not list((root / "data/us").rglob("release.json"))


def test_a_path_out_of_staging_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(root, monkeypatch, "release_run")
    change(root, """update finished_parts set document = replace(document, '"staged":"', '"staged":"../../../')""")
    with pytest.raises(PratiqueError):
        run(root)
    assert not list((root / "data/us").rglob("0*"))


def swap(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Ferry", b"Boats"))


def grow(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b'{"id": 1}\n')


@pytest.mark.parametrize("disturb", [swap, grow, os.unlink], ids=["swap", "grow", "remove"])
def test_inputs_that_change_during_a_run_release_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, disturb: Callable[[Path], None]
) -> None:
    work = move.work_parts

    def disturbed(*given: Any) -> Any:
        disturb(root / "data/eu/b.jsonl")
        return work(*given)

    with monkeypatch.context() as patched:
        patched.setattr(move, "work_parts", disturbed)
        with pytest.raises(SourceError) as caught:
            run(root)
    assert "b.jsonl" not in str(caught.value)
    assert not list((root / "data/us").rglob("release.json"))
    report = run(root)
    attack.balanced(root, report)
    assert attack.leaks(root, RAW) == []


def test_a_catalogue_that_changed_after_a_crash_is_what_counts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(root, monkeypatch, "release_run")
    Project.open(root).decide("e", [("show",)], DecisionKind.CONFIRM, ["PERSON"], steward=attack.STEWARD)
    report = run(root)
    assert b"Night Ferry" not in attack.released(root, report)
    assert report.counts.written == 100


def test_a_target_that_is_a_link_into_its_source_is_refused(root: Path) -> None:
    (root / "data/us").symlink_to("eu")
    with pytest.raises(ConfigError, match="overlap"):
        run(root)
    assert sorted(path.name for path in (root / "data/eu").iterdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("data", [b"{}", b"", b"\xff\xfe\x00", b"[" * 100_000])
def test_keys_that_do_not_read_refuse(root: Path, data: bytes) -> None:
    (root / "keys/eu.json").write_bytes(data)
    with pytest.raises(KeyStoreError):
        run(root)


def test_names_that_are_personal_reach_no_release_and_no_standard_error(root: Path) -> None:
    for path in (root / "data/eu").iterdir():
        path.unlink()
    record = {"id": 1, "mail": RAW, "show": "x", "anna.schmidt@example.org": 1, "Anna Schmidt": {"a": 1}}
    attack.put(root, {"Anna Schmidt.jsonl": attack.lines([record] * 5) + b"\xff\n" + records()})
    with (root / "shown").open("w+b") as shown:
        ended = attack.call(attack.command("run", attack.FLOW), root, shown)
    assert ended.returncode == 0
    assert b"chmidt" not in (root / "shown").read_bytes() + ended.stderr
    assert attack.leaks(root, "chmidt", below=["data/us"]) == []
    (release,) = (root / "data/us").rglob("release.json")
    assert b"chmidt" not in release.read_bytes()
    assert b"chmidt" not in (root / ".pratique/eu/audit.jsonl").read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_standard_output_is_no_defect_of_the_program(root: Path) -> None:
    words = attack.command("catalogue", "list")
    with open("/dev/full", "wb") as full:  # noqa: PTH123 (a device)
        ended = attack.call(words, root, full)
    assert ended.returncode == 4
    assert ended.stderr.count(b"\n") == 1
    assert b"No space left" in ended.stderr
