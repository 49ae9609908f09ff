"""What of real values can be seen: shapes by anybody, values by a person on a terminal, on record."""

import contextlib
import json
import os
import pty
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest
from sample_projects import FLOW, command, environment, prepare, record, write

import pratique.cli.errors
from pratique.assembly import Assembly
from pratique.assembly.samples import check_may_reveal
from pratique.errors import KeyStoreError, RefusedError, StoreError
from pratique.project import Project

pytestmark = pytest.mark.e2e


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = prepare(tmp_path / "project")
    write(made, "sample.jsonl", map(record, range(300)))
    return made


def cli(*words: str) -> int:
    return pratique.cli.errors.run(words)


def events(root: Path) -> list[str]:
    lines = (root / ".pratique/eu/audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines]


def contents(root: Path) -> dict[Path, object]:
    """What every file holds; of a database every row, wherever SQLite keeps it just now: in its file or beside it."""
    found: dict[Path, object] = {}
    for path in root.rglob("*"):
        if path.suffix == ".db":
            with contextlib.closing(sqlite3.connect(path)) as database:
                found[path] = list(database.iterdump())
        elif path.is_file() and not path.name.endswith((".db-wal", ".db-shm")):
            found[path] = path.read_bytes()
    return found


def test_a_sample_shows_shapes_and_stores_nothing(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = contents(root)
    assert cli("catalogue", "sample", FLOW, "user_id", "card_number", "-p", str(root), "-o", "json") == 0
    told = capfd.readouterr().out
    shapes = {f["field"]: [s["shape"] for s in f["shapes"]] for f in json.loads(told)["fields"]}
    assert shapes == {"user_id": ["aaaa-99999999"], "card_number": ["9" * 15]}
    assert not re.search(r"[0-8]{5}", told.partition('"shapes"')[2])
    assert contents(root) == before
    assert cli("catalogue", "sample", FLOW, "nope", "-p", str(root)) == 2
    assert cli("catalogue", "sample", FLOW, "-r", "why", "-p", str(root)) == 2


def test_values_are_shown_on_a_terminal_only_and_on_record(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("catalogue", "sample", FLOW, "user_id", "--reveal", "-p", str(root))
    assert cli(*words, "-r", "check") == 3
    told = capfd.readouterr()
    assert "terminal only" in told.err
    assert "user-" not in told.out + told.err
    assert "reveal" not in events(root)
    shown, code = on_a_terminal(root, *words, "-r", "to see")
    assert (code, "user-00007919" in shown) == (0, True)
    last = json.loads((root / ".pratique/eu/audit.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["details"]["fields"], last["details"]["reason"]) == ("reveal", ["user_id"], "to see")
    assert "user-0000" not in (root / ".pratique/eu/audit.jsonl").read_text(encoding="utf-8")
    shown, code = on_a_terminal(root, *words, "-r", "to see", "-o", "json")
    assert (code, "user-0000" in shown) == (3, False)
    shown, code = on_a_terminal(root, *words)
    assert (code, "user-0000" in shown) == (3, False)


def on_a_terminal(root: Path, *words: str) -> tuple[str, int]:
    ours, theirs = pty.openpty()
    try:
        child = subprocess.Popen(command(*words), stdin=theirs, stdout=theirs, stderr=theirs, env=environment())
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 4096)
            except OSError:
                break
            if not more:
                break
            shown += more
        return shown.decode(errors="replace"), child.wait(60)
    finally:
        os.close(ours)


def test_values_are_not_shown_without_a_record_of_it(root: Path) -> None:
    log = root / ".pratique/eu/audit.jsonl"
    log.unlink()
    log.mkdir()
    with pytest.raises(StoreError):
        Project.open(root).reveal(FLOW, [("user_id",)], reason="why")


def test_values_are_not_shown_without_keys_fields_reasons_or_in_a_worker(root: Path, monkeypatch) -> None:
    project = Project.open(root)
    (found,) = project.reveal(FLOW, [("user_id",)], reason="why")
    assert len(found.values) == 10
    assert "user-" not in repr(found)
    with pytest.raises(RefusedError, match="named fields"):
        project.reveal(FLOW, [], reason="why")
    with pytest.raises(RefusedError, match="reason"):
        project.reveal(FLOW, [("user_id",)], reason=" ")
    monkeypatch.setattr("multiprocessing.parent_process", object)
    with pytest.raises(RefusedError, match="worker"):
        project.reveal(FLOW, [("user_id",)], reason="why")
    monkeypatch.undo()
    with pytest.raises(RefusedError, match="names no keys"):
        check_may_reveal(Assembly(project.settings), "us", "dataset x")
    (root / "keys/eu.json").unlink()
    with pytest.raises(KeyStoreError):
        Project.open(root).reveal(FLOW, [("user_id",)], reason="why")
