"""The log: chained, durable, value-free, and honest about damage."""

import json
import random
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pratique.audit import AuditEvent, FileAuditLog, verify_chain
from pratique.audit.entries import START, build, parse
from pratique.errors import StoreError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "eu" / "audit.jsonl"


def filled(path: Path, count: int = 4) -> list[str]:
    log = FileAuditLog(path)
    return [log.append("run", "ann", {"run": f"r{n}", "parts": n}) for n in range(count)]


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def test_an_entry_is_golden() -> None:
    line, link = build(
        START, "2026-01-02T03:04:05+00:00", "release", "ann ü", {"run": "r1", "counts": {"guard": 2}, "parts": [1, 2]}
    )
    unhashed = (
        '{"at":"2026-01-02T03:04:05+00:00","details":{"counts":{"guard":2},"parts":[1,2],"run":"r1"},"event":"release",'
        '"previous":"","sequence":1,"version":1,"who":"ann ü"}'
    )
    assert link.hash == sha256(unhashed.encode()).hexdigest()
    assert line.decode() == unhashed.replace('"event":"release",', f'"event":"release","hash":"{link.hash}",') + "\n"


def test_append_gives_the_head(path: Path) -> None:
    log = FileAuditLog(path)
    assert log.head == ""
    heads = filled(path)
    assert len(set(heads)) == 4
    assert log.head == FileAuditLog(path).head == heads[-1]
    check = verify_chain(path, heads[-1])
    assert (check.ok, check.entries, check.head, check.problem, check.torn) == (True, 4, heads[-1], "", False)
    assert [json.loads(line)["previous"] for line in lines(path)] == ["", *heads[:-1]]


def test_files_are_private(path: Path) -> None:
    filled(path)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "details",
    [
        {"records": [{"name": "Alice"}]},
        {"table": {"a": {"b": 1}}},
        {"table": {"a": [1]}},
        {"raw": b"alice"},
        {"raw": memoryview(b"alice")},
        {"x": object()},
        {"x": {1, 2}},
        {"x": float("nan")},
        {"x": float("inf")},
        {"x": 1 << 63},
        {"x": "a" * 2001},
        {"x": list(range(257))},
        {"x": [[1]]},
        {"x": {1: 2}},
        {"not a name": 1},
        {"x": "\ud800"},
        {f"x{n}": "a" * 2000 for n in range(40)},
    ],
)
def test_details_that_could_be_data_are_refused(path: Path, details: dict[str, Any]) -> None:
    filled(path, 1)
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        FileAuditLog(path).append("run", "ann", details)
    assert "lice" not in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("event", "who"),
    [
        ("", "ann"),
        ("Run", "ann"),
        ("a b", "ann"),
        ("run\n", "ann"),
        ("run", ""),
        ("run", "x" * 2001),
        ("run", "\udcff"),
    ],
)
def test_words_that_are_unfit_are_refused(path: Path, event: str, who: str) -> None:
    with pytest.raises(StoreError):
        FileAuditLog(path).append(event, who, {})


def test_details_of_every_kind_come_back(path: Path) -> None:
    details = {
        "a": "ü\n\u2028",
        "b": 1,
        "c": 1.5,
        "d": None,
        "e": True,
        "f": ("x", 2),
        "g": {"rule": 3},
        "h": AuditEvent.SCAN,
    }
    FileAuditLog(path).append("scan", "ann", details)
    assert json.loads(path.read_bytes())["details"] == {**details, "f": ["x", 2], "h": "scan"}
    assert verify_chain(path).ok


def edited(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(change(lines(path))))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda ls: [ls[0].replace(b'"r0"', b'"r9"'), *ls[1:]], 1),
        (lambda ls: [ls[0], ls[1].replace(b'"who":"ann"', b'"who":"bob"'), *ls[2:]], 2),
        (lambda ls: [ls[0], ls[2], ls[1], ls[3]], 2),
        (lambda ls: [ls[0], *ls[2:]], 2),
        (lambda ls: ls[1:], 1),
        (lambda ls: [ls[0], ls[0], *ls[1:]], 2),
        (lambda ls: [ls[0], b"\n", *ls[1:]], 2),
        (lambda ls: [ls[0].replace(b",", b", ", 1), *ls[1:]], 1),
        (lambda ls: [ls[0].replace(b'"version":1', b'"version":2'), *ls[1:]], 1),
        (lambda ls: [ls[0].replace(b'{"at"', b'{"at":"x","at"'), *ls[1:]], 1),
        (lambda ls: [b"[]\n", *ls], 1),
        (lambda ls: [b"[" * 50_000 + b"\n", *ls], 1),
        (lambda ls: [b"x" * 70_000 + b"\n", *ls], 1),
        (lambda ls: [*ls[:3], ls[3].replace(b'"parts":3', b'"parts":4')], 4),
    ],
)
def test_edits_cuts_and_moves_are_found(path: Path, change: Callable[[list[bytes]], list[bytes]], line: int) -> None:
    filled(path)
    edited(path, change)
    check = verify_chain(path)
    assert (check.ok, check.line) == (False, line)
    assert f"line {line}" in check.problem


def test_a_rewritten_chain_does_not_hold_the_head_of_a_release(path: Path) -> None:
    heads = filled(path)
    forged = path.parent / "forged.jsonl"
    filled(forged, 5)
    assert verify_chain(forged).ok
    assert not verify_chain(forged, heads[2]).ok
    assert verify_chain(path, heads[2]).ok, "entries after that head are fine"
    assert verify_chain(path, "").ok


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_truncation_is_found_by_the_head_and_by_the_note(path: Path, kept: int) -> None:
    heads = filled(path)
    edited(path, lambda ls: ls[:kept])
    assert not verify_chain(path).ok
    path.with_name("audit.jsonl.head").unlink()
    assert verify_chain(path).ok
    assert not verify_chain(path, heads[-1]).ok


def test_a_log_that_was_longer_takes_nothing_more(path: Path) -> None:
    filled(path)
    edited(path, lambda ls: ls[:2])
    before = path.read_bytes()
    with pytest.raises(StoreError, match="it had 4"):
        FileAuditLog(path).append("run", "ann", {})
    with pytest.raises(StoreError):
        _ = FileAuditLog(path).head
    assert path.read_bytes() == before


def test_a_log_that_is_gone_is_not_begun_anew(path: Path) -> None:
    filled(path)
    path.unlink()
    with pytest.raises(StoreError):
        _ = FileAuditLog(path).head
    with pytest.raises(StoreError):
        FileAuditLog(path).append("run", "ann", {})
    assert not path.exists() or path.read_bytes() == b""


def test_an_altered_last_entry_is_not_built_on(path: Path) -> None:
    filled(path)
    edited(path, lambda ls: [*ls[:3], ls[3].replace(b'"parts":3', b'"parts":4')])
    with pytest.raises(StoreError, match="was altered"):
        FileAuditLog(path).append("run", "ann", {})


def test_a_torn_line_that_never_was_complete_goes(path: Path) -> None:
    heads = filled(path)
    torn = build(START, "t", "run", "ann", {})[0][:-30]
    path.write_bytes(path.read_bytes() + torn)
    assert verify_chain(path).torn
    assert verify_chain(path).ok
    assert FileAuditLog(path).head == heads[-1]
    FileAuditLog(path).append("run", "ann", {})
    check = verify_chain(path, heads[-1])
    assert (check.ok, check.entries, check.torn) == (True, 5, False)


def test_a_torn_first_line_goes(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b'{"at":"20')
    filled(path, 1)
    assert verify_chain(path).entries == 1


def test_a_torn_line_that_was_complete_is_damage(path: Path) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[:-30])
    before = path.read_bytes()
    assert not verify_chain(path).ok
    with pytest.raises(StoreError):
        FileAuditLog(path).append("run", "ann", {})
    assert path.read_bytes() == before


def test_a_line_that_lacks_only_its_break_counts(path: Path) -> None:
    heads = filled(path)
    path.write_bytes(path.read_bytes()[:-1])
    assert FileAuditLog(path).head == heads[-1]
    assert verify_chain(path, heads[-1]).ok
    FileAuditLog(path).append("run", "ann", {})
    assert verify_chain(path).entries == 5


def test_the_log_may_be_ahead_of_its_note(path: Path) -> None:
    heads = filled(path, 3)
    path.with_name("audit.jsonl.head").write_text(f"1 {heads[0]}\n")
    FileAuditLog(path).append("run", "ann", {})
    assert verify_chain(path).entries == 4


def test_a_note_that_does_not_read_refuses(path: Path) -> None:
    filled(path)
    path.with_name("audit.jsonl.head").write_text("many")
    with pytest.raises(StoreError):
        FileAuditLog(path).append("run", "ann", {})
    with pytest.raises(StoreError):
        verify_chain(path)


def test_no_log_is_no_proof(path: Path) -> None:
    assert not verify_chain(path).ok
    path.mkdir(parents=True)
    with pytest.raises(StoreError):
        verify_chain(path)
    with pytest.raises(StoreError):
        FileAuditLog(path).append("run", "ann", {})


def test_a_link_in_its_place_is_refused(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError):
        FileAuditLog(path).append("run", "ann", {})
    assert not (tmp_path / "elsewhere").exists()


def test_many_append_at_once(path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        heads = list(pool.map(lambda n: FileAuditLog(path).append("run", "ann", {"n": n}), range(30)))
    assert verify_chain(path).entries == len(set(heads)) == 30


APPEND = """
import sys
from pathlib import Path
from pratique.audit import FileAuditLog
log = FileAuditLog(Path(sys.argv[1]))
while True:
    print(log.append("run", "ann", {"text": "x" * 1500}), flush=True)
"""


def test_killed_at_any_moment_what_was_told_stands(path: Path) -> None:
    told: list[str] = []
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", APPEND, path], 0, stdout=subprocess.PIPE)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(random.uniform(0, 0.05))
        process.kill()
        rest, _ = process.communicate()
        new = (first + rest).decode().split("\n")[:-1]
        before = verify_chain(path).entries
        told.append(FileAuditLog(path).append("run", "ann", {}))
        told.extend(new)
        check = verify_chain(path, told[0])
        assert (check.ok, check.torn, check.entries) == (True, False, before + 1)
    stored = [parse(line[:-1])["hash"] for line in lines(path)]
    assert set(told) <= set(stored)
    assert len(stored) - len(told) <= 4, "at most one an iteration that was written and not told"
