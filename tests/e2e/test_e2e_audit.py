"""The audit log against who would like it to say something else: each way to change the past has its own sentence."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sample_projects as sample

from pratique.assembly import Assembly
from pratique.audit import FileAuditLog
from pratique.audit.entries import Link, build, parse
from pratique.config import load
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.results import AuditReport
from pratique.project import Project
from pratique.stores import catalogue

LOG = ".pratique/eu/audit.jsonl"
NOTE = ".pratique/eu/audit.jsonl.head"
STATE = ".pratique/eu"
APPEND = FileAuditLog.append


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two releases; what it kept after the first one is in ``before``."""
    root = sample.prepare(tmp_path_factory.mktemp("audit") / "project")
    sample.write(root, "a.jsonl", map(sample.record, range(20)))
    sample.run(root)
    shutil.copytree(root / STATE, root / "before")
    sample.write(root, "b.jsonl", map(sample.record, range(20, 40)))
    sample.run(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return sample.copy(template, tmp_path / "project")


def verify(root: Path) -> AuditReport:
    (report,) = Project.open(root).verify_audit()
    assert report.ok == (not report.problems)
    return report


def said(root: Path) -> str:
    return "\n".join(f"{problem.where}: {problem.what}" for problem in verify(root).problems)


def entries(root: Path) -> list[bytes]:
    return (root / LOG).read_bytes().splitlines(keepends=True)


def rewritten(root: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    (root / LOG).write_bytes(b"".join(change(entries(root))))


def rechained(lines: list[bytes]) -> tuple[bytes, Link]:
    """The entries with sequence, predecessor and hash made right: what anybody can do who has no key."""
    end, made = Link(0, ""), b""
    for line in lines:
        entry = parse(line[:-1])
        new, end = build(end, entry["at"], entry["event"], entry["who"], entry["details"])
        made += new
    return made, end


def sql(root: Path, *statements: str) -> None:
    """What somebody does who has the file, triggers or not."""
    connection = sqlite3.connect(root / STATE / "pratique.db")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_what_is_whole_is_said_to_be(root: Path) -> None:
    report = verify(root)
    assert (report.ok, report.signed, report.releases, report.published) == (True, True, 2, 2)
    assert report.entries == len(entries(root))
    assert list(report.notes) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda ls: [*ls[:2], *ls[3:]], "line 3: entry 3 is missing or moved"),
        (lambda ls: [*ls[:2], ls[3], ls[2], *ls[4:]], "line 3: entry 3 is missing or moved"),
        (lambda ls: [ls[0], ls[1].replace(b'"records":300', b'"records":301'), *ls[2:]], "line 2: line 2 was altered"),
        (lambda ls: ls[:-1], "entries are missing at the end"),
        (lambda ls: ls[:3], "entries are missing at the end"),
        (lambda ls: [*ls[:-1], ls[-1][:-20]], "the last line was cut, and was whole once"),
        (lambda ls: [], "entries are missing at the end"),
    ],
)
def test_cut_reordered_edited_truncated(
    root: Path, change: Callable[[list[bytes]], list[bytes]], sentence: str
) -> None:
    rewritten(root, change)
    assert sentence in said(root)


def test_a_torn_line_of_a_killed_process_is_no_tampering(root: Path) -> None:
    with (root / LOG).open("ab") as stream:
        stream.write(b'{"at":"2026-')
    report = verify(root)
    assert (report.ok, report.torn) == (True, True)
    assert "a process was killed" in report.notes[0]
    Project.open(root).scan([sample.FLOW])
    assert (verify(root).ok, verify(root).torn) == (True, False)


def test_put_back_to_an_earlier_valid_end(root: Path) -> None:
    """Log and signed note together, as they stood before the second release."""
    for name in ("audit.jsonl", "audit.jsonl.head"):
        shutil.copy(root / "before" / name, root / STATE / name)
    words = said(root)
    assert "the head that release 2 carries is not in the log: it was cut off or rewritten" in words
    assert "release 2 is stored, and the log does not tell of it" in words


def test_all_of_the_state_put_back_to_an_earlier_one(root: Path) -> None:
    shutil.rmtree(root / STATE)
    shutil.copytree(root / "before", root / STATE)
    words = said(root)
    assert "the target holds release 2, which is signed and not stored here" in words
    assert "the head that the published release 2 carries is not in the log" in words


@pytest.mark.parametrize("note", [True, False])
def test_a_deleted_log(root: Path, note: bool) -> None:
    (root / LOG).unlink()
    if note:
        (root / NOTE).unlink()
    assert "there is no audit log here, and 2 releases and 1 scans are stored beside it" in said(root)


def test_a_log_that_begins_anew_after_it_was_deleted(root: Path) -> None:
    (root / LOG).unlink()
    (root / NOTE).unlink()
    Project.open(root).scan([sample.FLOW])
    words = said(root)
    assert "the head that release 1 carries is not in the log" in words
    assert "a decision is stored that the log does not tell of" in words


def test_a_log_of_another_region(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    file = sample.PROJECT.replace("eu: ", "uk: ").replace("/eu", "/uk").replace("region: eu", "region: uk")
    (other / "data/uk/events").mkdir(parents=True)
    (other / "pratique.yaml").write_text(file.replace("eu ->", "uk ->"))
    stranger = Project.open(other)
    stranger.create_keys()
    for name in ("audit.jsonl", "audit.jsonl.head"):
        shutil.copy(other / ".pratique/uk" / name, root / STATE / name)
    assert "signed by another key" in said(root)


def test_the_log_of_another_region_with_the_same_keys(root: Path) -> None:
    keys = Assembly(load(root / "pratique.yaml")).keys("eu")
    (root / LOG).unlink()
    (root / NOTE).unlink()
    FileAuditLog(root / LOG, "us", keys.exporter).append("run", "ann", {})
    assert "the signature of the log's end does not fit it: it was altered, or is another region's" in said(root)


def test_a_chain_made_anew_without_the_key(root: Path) -> None:
    made, end = rechained([line for line in entries(root) if b'"event":"decision"' not in line])
    (root / LOG).write_bytes(made)
    (root / NOTE).write_text(f"{end.sequence} {end.hash}\n")
    words = said(root)
    assert "the end of the log is signed by no key" in words
    assert "a decision is stored that the log does not tell of" in words
    Project.open(root).scan([sample.FLOW])
    report = verify(root)
    assert not report.ok, "the next entry signs the end again, and the releases still know better"
    assert any("were not signed when they were written" in note for note in report.notes)


def test_one_more_entry_without_the_key(root: Path) -> None:
    last = parse(entries(root)[-1][:-1])
    line, _ = build(Link(last["sequence"], last["hash"]), last["at"], "run", "ann", {"run": "x"})
    rewritten(root, lambda lines: [*lines, line])
    assert f"entry {last['sequence'] + 1} stands after the signed end" in said(root)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM decisions WHERE id = (SELECT MAX(id) FROM decisions)", "tells of a decision that is not stored"),
        ("UPDATE decisions SET document = replace(document, 'made up', 'made-up') WHERE id = 1", "tells of a decision"),
        (
            "INSERT INTO decisions SELECT id + 9, dataset, path, sequence + 9, document || ' ' FROM decisions LIMIT 1",
            "dataset events: a decision is stored that the log does not tell of",
        ),
        ("DELETE FROM scans", "tells of a scan that is not stored"),
        ("UPDATE scans SET document = replace(document, '300', '301')", "a scan is stored that the log does not tell"),
        ("DELETE FROM releases WHERE sequence = 2", "the target holds release 2, which is signed and not stored here"),
        (
            "UPDATE releases SET statement = x'00' WHERE sequence = 2",
            "what is stored as this release is not",
        ),
        ("UPDATE releases SET sequence = 3 WHERE sequence = 2", "what is stored as this release is not what"),
        (
            "INSERT INTO runs (run, flow, plan, repeat, begun, abandoned) VALUES ('ab', 'events', 'p', 0, 99, 0)",
            "flow events: run ab is stored, and the log does not tell of it",
        ),
        (
            "INSERT INTO purges (kind, owner, name, record) SELECT 'release', flow, run, x'00' FROM releases",
            "flow events: a purge is stored that the log does not tell of",
        ),
    ],
)
def test_stores_that_were_changed(root: Path, statement: str, sentence: str) -> None:
    sql(root, statement)
    assert sentence in said(root)


def test_a_decision_that_was_taken_out_is_found_though_another_followed(root: Path) -> None:
    """The last strict word on a field goes, and what is left is in order by itself."""
    project = Project.open(root)
    project.decide(sample.FLOW, [("show",)], DecisionKind.SET, ("PERSON",), reason="made up")
    assert verify(root).ok
    sql(root, "DELETE FROM decisions WHERE sequence = 2")
    assert "entry 9 tells of a decision that is not stored any more" in said(root)


def test_killed_between_storing_and_telling(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(catalogue, "tell", lambda *_: None)
        project = Project.open(root)
        project.decide(sample.FLOW, [("show",)], DecisionKind.SET, ("PERSON",), reason="made up")
    report = verify(root)
    assert report.ok
    assert "1 stored rows are about to be told" in report.notes[0]
    Project.open(root).scan([sample.FLOW])
    assert list(verify(root).notes) == []
    told = [entry.event for entry in Project.open(root).audit().entries][-2:]
    assert told == ["decision", "scan"]


def test_killed_between_storing_a_release_and_publishing_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.write(root, "c.jsonl", map(sample.record, range(40, 60)))
    with monkeypatch.context() as patched:
        patched.setattr(FileAuditLog, "append", _dies_at_a_release)
        with pytest.raises(KeyboardInterrupt):
            sample.run(root)
    report = verify(root)
    assert report.ok, report.problems
    assert "release 3 is signed and not out yet" in report.notes[0]
    sample.run(root)
    assert list(verify(root).notes) == []


def _dies_at_a_release(log: object, event: str, who: str, details: dict[str, object]) -> str:
    if event == "release":
        raise KeyboardInterrupt
    return str(APPEND(log, event, who, details))


def test_a_head_that_was_noted_elsewhere(root: Path) -> None:
    project = Project.open(root)
    (report,) = project.verify_audit()
    project.scan([sample.FLOW])
    assert project.verify_audit(head=report.head)[0].ok
    assert not project.verify_audit(head="ab" * 32)[0].ok
