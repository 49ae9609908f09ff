"""What may be deleted, what may not, and that nothing of it is left in the files."""

import sqlite3
from pathlib import Path

import pytest

from pratique.audit import FileAuditLog, read_entries
from pratique.errors import BusyError, StoreError
from pratique.model.catalogue import Decision, DecisionKind, Scan
from pratique.model.data import FormatSpec, Input, Part, PartId
from pratique.model.release import Counts, InputState, StagedFile
from pratique.model.schema import Kind, Node, Schema
from pratique.stores import SqliteCatalogueStore, SqliteLedger, SqliteRunStore, catalogue, database, open_database

NAME = "report-of-anna-schmidt.jsonl"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "eu" / "pratique.db"


def scan(field: str, dataset: str = "channel") -> Scan:
    leaf = Node(frozenset({Kind.STRING}))
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=((field, leaf),)))
    return Scan(dataset, schema, FormatSpec("jsonl"), (), 3, True, False, 0, {}, "2026-01-02T03:04:05+00:00")


def decision(sequence: int = 1, who: str = "ann") -> Decision:
    return Decision("channel", ("a",), DecisionKind.CONFIRM, ("PERSON",), who, "2026-01-01", "so", sequence)


def released(path: Path, run: str, plan: str = "p") -> SqliteRunStore:
    store = SqliteRunStore(path, path.parent / "locks")
    item = Input(NAME, 0, 10)
    store.store_plan(plan, b"plan " + plan.encode())
    store.begin("channel", run, plan, [InputState(NAME, 0, 10, "ab")], [Part(PartId("00000-00000"), item, 0, 10)], 0)
    counts = Counts(1, 1, {})
    store.finish_part(run, StagedFile("00000-00000", f"{run}/00000-00000.jsonl", "x", 1, "cd", counts, 0, {}))
    last = store.last_release("channel")
    store.store_release("channel", run, 1 if last is None else last[0] + 1, b"statement")
    return store


def test_only_old_scans_go_and_only_with_a_record(path: Path) -> None:
    store = SqliteCatalogueStore(path)
    for field in ("first-name", "second-name", "third-name"):
        store.add_scan(scan(field))
    store.add_scan(scan("other", "movie"))
    ledger = SqliteLedger(path)
    rows = ledger.scans()
    with pytest.raises(StoreError, match="newest scan"):
        ledger.drop_scans([rows[0], rows[2]], b"record")
    assert len(ledger.scans()) == 4, "all or none"
    ledger.drop_scans(rows[:2], b"record")
    ledger.drop_scans(rows[:2], b"record")
    assert [row.digest for row in ledger.scans()] == [row.digest for row in rows[2:]]
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        raw.execute("DELETE FROM scans")


def test_a_run_is_forgotten_only_once_it_is_purged(path: Path) -> None:
    store = released(path, "r1")
    ledger = SqliteLedger(path)
    assert ledger.named_runs() == {"r1"}
    with pytest.raises(StoreError, match="not purged"):
        ledger.forget_run("r1")
    store.store_purge("channel", "r1", b"record")
    ledger.forget_run("r1")
    ledger.forget_run("r1")
    assert ledger.named_runs() == frozenset()
    assert [run.run for run in ledger.runs()] == ["r1"]
    assert [sequence for _, sequence, _, _ in ledger.releases()] == [1]


def test_a_plan_that_is_worked_by_stays(path: Path) -> None:
    store = released(path, "r1")
    store.store_plan("q", b"plan q")
    store.begin("channel", "r2", "q", [], [], 0)
    ledger = SqliteLedger(path)
    with pytest.raises(StoreError, match="unfinished run"):
        ledger.drop_plans(["p", "q"])
    assert ledger.plans() == ["p", "q"]
    ledger.drop_plans(["p"])
    assert ledger.plans() == ["q"]


def test_nothing_is_left_in_the_files(path: Path) -> None:
    store = released(path, "r1")
    store.store_purge("channel", "r1", b"record")
    ledger = SqliteLedger(path)
    assert NAME.encode() in b"".join(file.read_bytes() for file in path.parent.glob("pratique.db*"))
    ledger.forget_run("r1")
    ledger.scrub()
    assert NAME.encode() not in b"".join(file.read_bytes() for file in path.parent.glob("pratique.db*"))


def test_a_reader_that_stands_in_the_way_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released(path, "r1").close()
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM runs").fetchall()
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    ledger = SqliteLedger(path)
    with pytest.raises(BusyError):
        ledger.scrub()
    reader.execute("COMMIT")
    ledger.scrub()


def test_deleted_rows_are_overwritten(path: Path) -> None:
    with open_database(path) as opened, opened.read() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


# --- telling ---


def told(log: Path) -> list[tuple[str, str, int]]:
    return [(entry["event"], entry["who"], len(entry["details"]["digests"])) for entry in read_entries(log)]


def test_what_is_stored_is_told_by_its_digest(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    store = SqliteCatalogueStore(path, FileAuditLog(log), "unproven:ann")
    store.add_scan(scan("a"))
    store.add_decisions([decision(1), decision(2), decision(3, "bob")])
    assert told(log) == [("scan", "unproven:ann", 1), ("decision", "ann", 2), ("decision", "bob", 1)]
    ledger = SqliteLedger(path)
    digests = {digest for entry in read_entries(log) for digest in entry["details"]["digests"]}
    assert digests == {row.digest for row in (*ledger.scans(), *ledger.decisions())}
    assert ledger.untold() == frozenset()


def test_many_decisions_fit_into_entries(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    store = SqliteCatalogueStore(path, FileAuditLog(log), "ann")
    store.add_decisions([decision(number) for number in range(1, 1002)])
    assert [count for _, _, count in told(log)] == [200] * 5 + [1]


def test_what_could_not_be_told_is_told_next(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "audit.jsonl"
    store = SqliteCatalogueStore(path, FileAuditLog(log), "ann")

    def fails(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(catalogue, "tell", fails)
        with pytest.raises(StoreError):
            store.add_decisions([decision(1)])
    assert len(SqliteLedger(path).untold()) == 1
    assert list(read_entries(log)) == []
    store.add_decisions([decision(2)])
    assert told(log) == [("decision", "ann", 1), ("decision", "ann", 1)]


def test_nothing_is_told_of_what_was_refused(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    store = SqliteCatalogueStore(path, FileAuditLog(log), "ann")
    with pytest.raises(Exception, match="nothing was stored"):
        store.add_decisions([decision(1), decision(3)])
    assert list(read_entries(log)) == []
    assert SqliteLedger(path).untold() == frozenset()
