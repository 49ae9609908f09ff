"""Deciding by files and by many hands: export, import, history, diff, rescoring, samples, and a newer catalogue."""

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sample_projects import FLOW, STEWARD, copy, environment, prepare, record, write

import pratique.cli.errors
from pratique.errors import CatalogueError, ConfigError
from pratique.model.catalogue import DecisionKind, VerdictState
from pratique.project import Project

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("knowing") / "project")


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    made = copy(template, tmp_path / "project")
    write(made, "sample.jsonl", map(record, range(300)))
    return made


def edit(root: Path, old: str, new: str) -> None:
    file = root / "pratique.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def cli(*words: str) -> int:
    return pratique.cli.errors.run(words)


def events(root: Path) -> list[str]:
    lines = (root / ".pratique/eu/audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines]


# --- a newer catalogue -----------------------------------------------------------------------------------------------

COMMANDS = [
    "scan",
    "catalogue list",
    f"catalogue show {FLOW}",
    f"catalogue confirm {FLOW} user_id -r x",
    f"catalogue history {FLOW}",
    "catalogue history",
    f"catalogue diff {FLOW}",
    f"catalogue export {FLOW}",
    "catalogue import {root}/x.yaml",
    "catalogue rescore",
    f"catalogue sample {FLOW}",
    "review -o json",
    f"plan {FLOW}",
    f"run {FLOW}",
    "audit verify",
    "purge --dry-run",
]


def test_a_newer_catalogue_is_refused_by_every_command(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = Project.open(root)
    (root / "x.yaml").write_text(project.export_catalogue(FLOW), encoding="utf-8")
    database = root / ".pratique/eu/pratique.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    before = database.read_bytes()
    for line in COMMANDS:
        words = line.format(root=root).split()
        assert cli(*words, "-p", str(root)) == 6, line
        told = capfd.readouterr()
        assert re.search(r"written by a newer version of Pratique; update to open it\s*\Z", told.err), line
        assert told.out == "", line
    assert database.read_bytes() == before
    assert cli("doctor", "-p", str(root)) != 0
    assert "newer version" in capfd.readouterr().out


# --- two stewards ----------------------------------------------------------------------------------------------------

HAMMER = """
import sys
from pratique.errors import BusyError, CatalogueError
from pratique.model.catalogue import DecisionKind
from pratique.project import Project

root, who, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
project = Project.open(root)
sys.stdin.readline()
for number in range(count):
    while True:
        try:
            fields = [("show",), ("price",)]
            project.decide("events", fields, DecisionKind.CONFIRM, ("PERSON",), reason=f"{who} {number}")
            break
        except (CatalogueError, BusyError):
            pass
"""


def test_two_stewards_at_once_lose_nothing(root: Path) -> None:
    """Each decides on the same fields again and again, looks again where the other was faster, and both are heard."""
    before = Project.open(root).catalogue(FLOW)
    each = 6
    hands = [
        subprocess.Popen(
            [sys.executable, "-c", HAMMER, str(root), who, str(each)],
            stdin=subprocess.PIPE,
            env=environment(),
            text=True,
        )
        for who in ("ann", "bob")
    ]
    for hand in hands:
        assert hand.stdin is not None
        hand.stdin.write("\n")
        hand.stdin.flush()
    assert [hand.wait(120) for hand in hands] == [0, 0]
    for hand in hands:
        hand.stdin.close()
    for view in Project.open(root).catalogue(FLOW):
        if view.path in {("show",), ("price",)}:
            had = next(v.decisions for v in before if v.path == view.path)
            new = view.decisions[len(had) :]
            assert [d.sequence for d in view.decisions] == list(range(1, len(had) + 2 * each + 1))
            for who in ("ann", "bob"):
                assert [d.reason for d in new if d.reason.startswith(who)] == [f"{who} {n}" for n in range(each)]


# --- export and import -----------------------------------------------------------------------------------------------


def decide_in(file: Path, field: str, *lines: str) -> None:
    """Write a new entry at the end of a field's block."""
    head, _, rest = file.read_text(encoding="utf-8").partition(f"  - field: {field}\n")
    block, gap, tail = rest.partition("\n\n")
    block = block.removesuffix("\n").replace("decisions: []", "decisions:")
    new = "".join(f"\n        {line}" for line in lines[1:])
    file.write_text(f"{head}  - field: {field}\n{block}\n      - decision: {lines[0]}{new}{gap or chr(10)}{tail}")


def test_a_file_goes_round(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project, file = Project.open(root), root / "events.yaml"
    assert cli("catalogue", "export", FLOW, "--to", str(file), "-p", str(root)) == 0
    text = file.read_text(encoding="utf-8")
    assert text == project.export_catalogue(FLOW)
    assert "user-" not in text
    before = [list(v.decisions) for v in project.catalogue(FLOW)]
    assert cli("catalogue", "import", str(file), "-p", str(root)) == 0
    assert "all that the file says" in capfd.readouterr().out
    assert [list(v.decisions) for v in project.catalogue(FLOW)] == before

    decide_in(file, "user_id", "confirm", "types: [USER_ID]", "reason: as it is named")
    decide_in(file, "card_number", "not-personal", "reason: nobody's")
    assert cli("catalogue", "import", str(file), "-p", str(root)) == 3
    told = capfd.readouterr().out
    line = text.count("\n", 0, text.index("field: card_number")) + 1
    assert re.search(r"events\.yaml:(\d+)  card_number  refused", told)
    assert int(re.findall(r"events\.yaml:(\d+)", told)[0]) > line
    assert [list(v.decisions) for v in project.catalogue(FLOW)] == before

    with_steward = ("catalogue", "import", str(file), "-p", str(root), "--as", STEWARD)
    assert cli(*with_steward, "--dry-run", "-o", "json") == 0
    assert [list(v.decisions) for v in project.catalogue(FLOW)] == before
    document = json.loads(capfd.readouterr().out)
    assert (document["taken"], len(document["decisions"])) == (False, 2)
    assert cli(*with_steward) == 0
    held = {v.path: v.verdict for v in project.catalogue(FLOW)}
    assert (held["card_number",].state, held["card_number",].entities) == (VerdictState.DECIDED, ())
    # The same file again: what it adds is there already, and whoever reads it has not seen that.
    assert cli(*with_steward) == 3
    assert "conflict" in capfd.readouterr().out


def test_decisions_go_to_another_catalogue(root: Path, template: Path, tmp_path: Path) -> None:
    """Decided and signed on one machine, imported on another that holds no private key of the steward."""
    away = copy(template, tmp_path / "away")
    away_data = write(away, "sample.jsonl", map(record, range(300)))
    there, here = Project.open(away), Project.open(root)
    there.decide(FLOW, [("card_number",)], DecisionKind.NOT_PERSONAL, reason="test cards", steward=STEWARD)
    file = tmp_path / "events.yaml"
    file.write_text(there.export_catalogue(FLOW), encoding="utf-8")
    (root / "keys" / f"{STEWARD}.key").unlink()
    report = here.import_catalogue(file)
    assert (report.taken, len(report.new), list(report.refused)) == (True, 1, [])
    assert here.catalogue(FLOW)[2].verdict.by == STEWARD
    assert away_data.exists()


UNKNOWN = b"version: 1\ndataset: nope\nscan: x\ndecided: 0\nfields: []\n"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"[" * 5000, UNKNOWN])
def test_a_file_that_is_none(root: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.yaml"
    if content is not None:
        file.write_bytes(content)
    assert cli("catalogue", "import", str(file), "-p", str(root)) == 2


# --- history and diff ------------------------------------------------------------------------------------------------


def test_history_tells_scans_and_decisions(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = Project.open(root)
    project.decide(FLOW, [("note",)], DecisionKind.CONFIRM, ("PERSON",), reason="again")
    found = project.history(FLOW, [("note",)])
    assert [e.kind.value for e in found] == ["scan", "decision", "decision"]
    became = [(e.fate.value, e.signed.value) for e in found if e.fate is not None]
    assert became == [("stands", "good"), ("stands", "no")]
    assert cli("catalogue", "history", FLOW, "note", "-p", str(root), "-o", "json") == 0
    assert [e["event"] for e in json.loads(capfd.readouterr().out)] == ["scan", "decision", "decision"]
    with pytest.raises(CatalogueError, match="no such field"):
        project.history(FLOW, [("nope",)])


def test_diff_tells_what_changed(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    project = Project.open(root)
    (root / "before.yaml").write_text(project.export_catalogue(FLOW), encoding="utf-8")
    changed = ({**record(n), "fresh": f"user-{n:08d}", "price": f"p{n}"} for n in range(300))
    without = ({name: value for name, value in item.items() if name != "number"} for item in changed)
    write(root, "sample.jsonl", without)
    told = project.scan([FLOW])[0].differences
    assert any(line.startswith("new: fresh") for line in told)
    project.decide(FLOW, [("fresh",)], DecisionKind.CONFIRM, reason="seen")
    for before in ("", "1", str(root / "before.yaml")):
        found = {f.path: f for f in project.catalogue_diff(FLOW, before).fields}
        assert found["fresh",].before is None
        assert found["fresh",].gained == ("USER_ID",)
        assert [d.reason for d in found["fresh",].decisions] == ["seen"]
        assert found["number",].after is None
        assert found["price",].before != found["price",].after
        assert ("user_id",) not in found
    assert project.catalogue_diff(FLOW, "2", "2").fields == []
    back = {f.path: f for f in project.catalogue_diff(FLOW, "now", "1").fields}
    assert [d.reason for d in back["fresh",].missing] == ["seen"]
    assert cli("catalogue", "diff", FLOW, "--check", "-p", str(root)) == 3
    assert "fresh" in capfd.readouterr().out
    assert cli("catalogue", "diff", FLOW, "--from", "now", "--check", "-p", str(root)) == 0
    for state in ("3", "0", "1999-01-01"):
        with pytest.raises(CatalogueError):
            project.catalogue_diff(FLOW, state)
    for state in ("soon", "no.yaml", "#1"):
        with pytest.raises(ConfigError):
            project.catalogue_diff(FLOW, state)


HOSTILE = "\x1b]0;gone\x07[red]\u202ename\n#"


def test_a_hostile_name_obeys_nobody(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """In no command's output, and in no line of the file but its own."""
    write(root, "sample.jsonl", ({**record(n), HOSTILE: f"{n}"} for n in range(300)))
    project = Project.open(root)
    project.scan([FLOW])
    project.decide(FLOW, [(HOSTILE,)], DecisionKind.CONFIRM, ("PERSON",), reason=HOSTILE)
    file = root / "x.yaml"
    for line in (
        f"catalogue history {FLOW}",
        f"catalogue diff {FLOW}",
        f"catalogue sample {FLOW}",
        f"catalogue export {FLOW}",
        f"catalogue export {FLOW} --to {file}",
        f"catalogue import {file}",
        f"catalogue rescore {FLOW}",
    ):
        for form in ("human", "json"):
            assert cli(*line.split(), "-o", form, "-p", str(root)) == 0
            told = capfd.readouterr()
            assert not re.search("[\x1b\x07\u202e]", told.out + told.err), line
    assert file.read_text(encoding="utf-8").count("gone") == 2


# --- scoring anew ----------------------------------------------------------------------------------------------------


def test_rescoring_keeps_decisions_and_reads_no_data(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A threshold falls, a type of the project's own comes by a name, another by a pattern."""
    (root / "data/eu/events/sample.jsonl").unlink()
    same = Project.open(root).rescore()[0]
    assert (list(same.changes), list(same.stale), same.noted) == ([], [], False)

    edit(root, "field_names: [user_id]}", "field_names: [user_id, price]}")
    project = Project.open(root)
    held = {v.path: list(v.decisions) for v in project.catalogue(FLOW)}
    report = project.rescore([FLOW])[0]
    assert list(report.changes) == []
    assert {s.path: s.because for s in report.stale} == {}, "numbers are not found by this type"

    edit(root, "    USER_ID: {pattern", "    SHOW: {pattern: 'Night', score: 0.9}\n    USER_ID: {pattern")
    report = Project.open(root).rescore([FLOW])[0]
    assert {s.path for s in report.stale} == {("user_id",), ("card_number",), ("show",), ("note",)}
    assert all(s.because == ("SHOW: how it is found",) for s in report.stale)
    assert {v.path: list(v.decisions) for v in Project.open(root).catalogue(FLOW)} == held
    assert cli("catalogue", "rescore", FLOW, "-p", str(root)) == 0
    assert "4 fields to scan again" in capfd.readouterr().out
    assert "rescore" in events(root)


def test_a_threshold_that_falls_is_a_conflict_with_what_was_decided(root: Path) -> None:
    """Found in few values, dismissed by nobody: it was not proposed when the steward decided."""
    rare = [record(n) | {"show": "call +49 30 901820 now" if n == 7 else "Night Ferry"} for n in range(300)]
    write(root, "sample.jsonl", rare)
    project = Project.open(root)
    project.scan([FLOW])
    project.decide(FLOW, [("show",)], DecisionKind.NOT_PERSONAL, reason="titles", steward=STEWARD)
    held = {v.path: v.verdict for v in project.catalogue(FLOW)}
    assert held["show",].state is VerdictState.DECIDED
    file = root / "pratique.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("detection:\n", "detection:\n  proposal_share: 0.0001\n"))
    project = Project.open(root)
    assert {v.path: v.verdict for v in project.catalogue(FLOW)}["show",].state is VerdictState.CONFLICT
    report = project.rescore([FLOW])[0]
    assert [(c.path, c.gained) for c in report.changes] == [(("show",), ("PHONE_NUMBER",))]
    assert list(report.stale) == []
    project.decide(FLOW, [("show",)], DecisionKind.NOT_PERSONAL, reason="a jingle", steward=STEWARD)
    assert {v.path: v.verdict for v in project.catalogue(FLOW)}["show",].state is VerdictState.DECIDED
