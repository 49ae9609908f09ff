"""Killed at any moment: what a store said that it kept is there, whole, and nothing else is."""

import random
import subprocess
import sys
import time
from pathlib import Path

from pratique.model.catalogue import Decision, DecisionKind
from pratique.model.data import Input, Part, PartId
from pratique.model.release import Counts, StagedFile
from pratique.stores import SqliteCatalogueStore, SqliteRunStore

PARTS = 30_000

FINISH = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from pratique.stores import SqliteRunStore
from test_stores_chaos import PARTS, staged
store = SqliteRunStore(Path(sys.argv[1]), Path(sys.argv[1]).parent / "locks")
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2]), PARTS, 2):
    store.finish_part("r1", staged(number))
    print(number, flush=True)
"""

DECIDE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from pratique.stores import SqliteCatalogueStore
from test_stores_chaos import pair
store = SqliteCatalogueStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2]), 100000):
    store.add_decisions(pair(number))
    print(number, flush=True)
"""


def staged(number: int) -> StagedFile:
    return StagedFile(f"00000-{number:05d}", f"r/{number}", f"{number}", number, "aa", Counts(1, 1, {}), 0, {})


def pair(number: int) -> list[Decision]:
    return [
        Decision("channel", (field,), DecisionKind.CONFIRM, ("PERSON",), "ann", "2026-01-01", "", number)
        for field in ("one", "two")
    ]


def killed_after(code: str, path: Path, arguments: list[int], seconds: float) -> list[list[int]]:
    """What each process said that it had done before all were killed; none begins before all are ready.

    Unbuffered: what is read ahead with a line is lost to `communicate`.
    """
    here = str(Path(__file__).parent)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, path, str(a), here], 0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for a in arguments
    ]
    for process in started:
        assert process.stdout.readline() == b"ready\n"
    for process in started:
        process.stdin.write(b"\n")
        process.stdin.flush()
    first = [process.stdout.readline() for process in started]
    time.sleep(seconds)
    for process in started:
        process.kill()
    said = []
    for process, line in zip(started, first, strict=True):
        rest, _ = process.communicate()
        assert process.returncode == -9
        said.append([int(n) for n in (line + rest).split(b"\n")[:-1]])
    return said


def test_finished_parts_survive_two_killed_workers(tmp_path: Path) -> None:
    path = tmp_path / "eu" / "pratique.db"
    store = SqliteRunStore(path, tmp_path / "locks")
    item = Input("day.jsonl", 0, 10)
    store.begin("f", "r1", "p", [], [Part(PartId(f"00000-{n:05d}"), item, n, n + 1) for n in range(PARTS)], 0)
    said = killed_after(FINISH, path, [0, 1], random.uniform(0.05, 0.3))
    found = SqliteRunStore(path, tmp_path / "locks").finished("r1")
    for worker, numbers in enumerate(said):
        assert numbers == list(range(worker, PARTS, 2))[: len(numbers)]
        unsaid = numbers[-1] + 2
        assert {PartId(f"00000-{n:05d}") for n in numbers} <= set(found)
        assert f"00000-{unsaid + 2:05d}" not in found, "at most one more than was said"
    assert all(file == staged(int(part[-5:])) for part, file in found.items())
    store.close()


def test_decisions_come_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "eu" / "pratique.db"
    start = 1
    for _ in range(2):
        [said] = killed_after(DECIDE, path, [start], random.uniform(0.02, 0.2))
        store = SqliteCatalogueStore(path)
        found = list(store.decisions("channel"))
        store.close()
        assert len(found) % 2 == 0
        last = len(found) // 2
        assert last in (said[-1], said[-1] + 1)
        assert found == [decision for n in range(1, last + 1) for decision in pair(n)]
        start = last + 1
