"""Several processes on one flow: workers, workers that die, two runs at once; and runs after runs."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import pratique.assembly.flows
import pratique.cli.errors
from pratique.assembly.worker import Work, open_worker
from pratique.errors import BusyError, PratiqueError, RefusedError, StoreError
from pratique.gate import Witness
from pratique.model.data import Job, PartId
from pratique.pipeline.results import RunReport
from pratique.policy import compile_plan
from pratique.project import Project
from pratique.stores import SqliteRunStore
from tests.e2e.sample_projects import (
    FLOW,
    command,
    copy,
    environment,
    prepare,
    quarantined,
    record,
    released,
    run,
    statement,
    target,
    tree,
    write,
)

FILES, RECORDS = 4, 60
DEFAULTS = compile_plan.__kwdefaults__ or {}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four inputs, each of several parts where parts are small, and one with records that are held back."""
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    for number in range(FILES):
        write(root, f"{number}.jsonl", map(record, range(number * RECORDS, (number + 1) * RECORDS)))
    with (root / "data/eu/events/1.jsonl").open("ab") as stream:
        stream.write(b"{\n" + json.dumps({**record(7), "number": 9999, "street": "x"}).encode() + b"\n")
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEFAULTS, "part_size", 4096)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., SimpleNamespace]:
    def call(*words: object) -> SimpleNamespace:
        code = pratique.cli.errors.run([str(word) for word in words])
        printed = capsys.readouterr()
        return SimpleNamespace(code=code, out=printed.out, error=printed.err)

    return call


def data_files(root: Path) -> dict[str, bytes]:
    """Everything at the target but what the moment goes into."""
    return {name: data for name, data in tree(target(root)).items() if not name.endswith("release.json")}


# --- workers ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_parts")
def test_two_workers_write_the_bytes_of_one(template: Path, tmp_path: Path) -> None:
    one, two = copy(template, tmp_path / "one"), copy(template, tmp_path / "two")
    alone, together = run(one, workers=1), run(two, workers=2)
    assert alone.parts > 2 * FILES
    assert (together.run, together.counts, together.files) == (alone.run, alone.counts, alone.files)
    assert data_files(two) == data_files(one)
    assert quarantined(two, together.run) == quarantined(one, alone.run)
    assert statement(target(two) / together.run).files == statement(target(one) / alone.run).files


@pytest.mark.usefixtures("small_parts")
def test_parts_are_no_matter_of_the_records(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, whole = copy(template, tmp_path / "small"), copy(template, tmp_path / "whole")
    pieces = run(small)
    monkeypatch.setitem(DEFAULTS, "part_size", 1 << 26)
    assert released(small, pieces) == released(whole, run(whole))


@pytest.fixture
def patient_parent(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent works parts too: here not before its worker has met what it is to meet."""
    honest = pratique.assembly.flows.make_work
    end = time.monotonic() + 60

    def make_work(*arguments: Any) -> Work:
        inner = honest(*arguments)

        def work(part: PartId, progress: Callable[[int], None]) -> Witness | None:
            while not (root / "met").exists() and time.monotonic() < end:
                time.sleep(0.01)
            return inner(part, progress)

        return work

    monkeypatch.setattr(pratique.assembly.flows, "make_work", make_work)


DEATHS = ("at its start", "inside a part", "between two parts")


def dying_worker(*arguments: object) -> Callable[[Job], Work]:
    """A worker that is killed, once: the project's folder says when, and whether it has happened."""
    root = Path(str(arguments[0])).parent

    def die(when: str) -> None:
        note = root / "die"
        if note.exists() and note.read_text() == when:
            note.unlink()
            (root / "met").touch()
            os.kill(os.getpid(), signal.SIGKILL)

    die("at its start")
    honest = open_worker(*arguments)  # type: ignore[arg-type]

    def opened(job: Job) -> Work:
        inner = honest(job)

        def work(part: PartId, progress: Callable[[int], None]) -> Witness | None:
            def advance(count: int) -> None:
                progress(count)
                die("inside a part")

            witness = inner(part, advance)
            die("between two parts")
            return witness

        return work

    return opened


@pytest.mark.usefixtures("small_parts", "patient_parent")
@pytest.mark.parametrize("when", DEATHS)
def test_a_killed_worker_ends_the_run_with_one_line(
    template: Path,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cli: Callable[..., SimpleNamespace],
    when: str,
) -> None:
    monkeypatch.setattr(pratique.assembly.flows, "open_worker", dying_worker)
    (root / "die").write_text(when)
    outcome = cli("run", FLOW, "--workers", 2, "-p", root)
    assert (outcome.code, outcome.out) == (6, "")
    assert outcome.error.splitlines() == ["pratique: a worker died; run it again: what was finished is kept"]
    assert not list(target(root).rglob("release.json"))
    report = run(root)
    assert report.resumed
    undisturbed = copy(template, tmp_path / "undisturbed")
    assert run(undisturbed).run == report.run
    assert data_files(root) == data_files(undisturbed)
    assert staged(root) == []


def talking_worker(*arguments: object) -> Callable[[Job], Work]:
    """A worker with a defect whose text is a value."""
    root = Path(str(arguments[0])).parent

    def work(part: PartId, progress: Callable[[int], None]) -> Witness | None:
        (root / "met").touch()
        raise ValueError("user-00007919 has no street")

    return lambda _job: work


@pytest.mark.usefixtures("patient_parent")
def test_a_defect_in_a_worker_tells_no_value(
    root: Path, monkeypatch: pytest.MonkeyPatch, cli: Callable[..., SimpleNamespace]
) -> None:
    monkeypatch.setattr(pratique.assembly.flows, "open_worker", talking_worker)
    outcome = cli("run", FLOW, "--workers", 2, "-p", root)
    assert (outcome.code, outcome.out) == (1, "")
    (line,) = outcome.error.splitlines()
    assert "defect" in line
    assert "ValueError" in line
    assert "user-" not in line


def staged(root: Path) -> list[str]:
    return [path.name for path in (root / ".pratique/eu/staging").iterdir() if not path.name.startswith(".")]


# --- two runs at once ------------------------------------------------------------------------------------------------


def test_of_two_runs_at_once_the_second_is_told(root: Path) -> None:
    seen: list[subprocess.CompletedProcess[str]] = []

    def meanwhile(label: str, _done: int, _whole: int | None) -> None:
        if label == "treat and gate" and not seen:
            words = command("run", FLOW)
            seen.append(subprocess.run(words, cwd=root, env=environment(), capture_output=True, text=True, check=False))

    report = Project.open(root).run(FLOW, progress=meanwhile)
    (second,) = seen
    assert (second.returncode, second.stdout) == (6, "")
    (line,) = second.stderr.splitlines()
    assert f"flow {FLOW}" in line
    assert f"is being run by process {os.getpid()}" in line
    assert report.sequence == 1
    assert run(root).nothing_new


def test_in_one_process_too(root: Path) -> None:
    def meanwhile(label: str, _done: int, _whole: int | None) -> None:
        if label == "publish":
            with pytest.raises(BusyError):
                run(root)

    assert not Project.open(root).run(FLOW, progress=meanwhile).nothing_new


# --- runs after runs -------------------------------------------------------------------------------------------------


def test_a_second_run_finds_nothing_new(root: Path) -> None:
    first = run(root)
    before = tree(target(root))
    again = run(root, workers=2)
    assert (again.nothing_new, again.run, again.sequence) == (True, first.run, 1)
    assert again.counts == first.counts
    assert tree(target(root)) == before


def test_only_new_input_is_treated(root: Path) -> None:
    first = run(root)
    before = tree(target(root))
    write(root, "9.jsonl", map(record, range(900, 920)))
    second = run(root)
    assert (second.sequence, second.counts.read, second.files) == (2, 20, 1)
    assert [item["number"] for item in released(root, second)] == list(range(900, 920))
    now = tree(target(root))
    assert {name: now[name] for name in before} == before, "the first release is as it was"
    assert second.run != first.run
    one, two = (statement(target(root) / report.run) for report in (first, second))
    assert (one.previous, two.previous != "") == ("", True)
    assert len(two.inputs) == 1


def test_a_new_input_that_sorts_first_is_treated_alone_too(root: Path) -> None:
    run(root)
    write(root, "0-before.jsonl", map(record, range(900, 920)))
    assert [item["number"] for item in released(root, run(root))] == list(range(900, 920))
    assert run(root).nothing_new


def test_full_treats_everything_again(root: Path) -> None:
    first = run(root)
    full = run(root, full=True)
    assert (full.sequence, full.counts, full.nothing_new) == (2, first.counts, False)
    assert full.run != first.run
    assert released(root, full) == released(root, first), "under the same keys it is the same"
    third = run(root, full=True)
    assert third.run not in {first.run, full.run}
    assert run(root).nothing_new


def test_a_changed_input_refuses_until_full(root: Path) -> None:
    run(root)
    before = tree(target(root))
    write(root, "2.jsonl", map(record, range(500, 510)))
    write(root, "9.jsonl", map(record, range(900, 920)))
    with pytest.raises(RefusedError) as refused:
        run(root)
    assert "input #2" in refused.value.line
    assert "2.jsonl" not in refused.value.line
    assert "--full" in refused.value.line
    assert tree(target(root)) == before
    full = run(root, full=True)
    assert full.counts.read == 3 * RECORDS + 2 + 10 + 20
    assert run(root).nothing_new


def test_an_input_that_is_gone_is_no_matter(root: Path) -> None:
    first = run(root)
    (root / "data/eu/events/0.jsonl").unlink()
    again = run(root)
    assert (again.nothing_new, again.run) == (True, first.run)


def test_staged_files_that_are_gone_are_made_again(
    root: Path, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run died before it published, and somebody cleaned up: what the store calls finished is not there."""
    with monkeypatch.context() as patch:
        patch.setattr("pratique.pipeline.move.release_run", interrupted)
        with pytest.raises(StoreError, match="interrupted"):
            run(root)
    assert len(staged(root)) == FILES
    (root / ".pratique/eu/staging" / staged(root)[0]).unlink()
    report = run(root)
    undisturbed = copy(template, tmp_path / "undisturbed")
    assert run(undisturbed).run == report.run
    assert data_files(root) == data_files(undisturbed)


def test_input_that_comes_after_a_crash_joins_the_run(
    root: Path, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unfinished run is overtaken: nothing of it is left, neither staged nor at the target."""
    with monkeypatch.context() as patch:
        patch.setattr("pratique.pipeline.move.commit", interrupted_commit)
        patch.setattr("pratique.stores.SqliteRunStore.store_release", interrupted)
        with pytest.raises(StoreError, match="interrupted"):
            run(root)
    assert data_files(root), "copied, but not released"
    undisturbed = copy(template, tmp_path / "undisturbed")
    for folder in (root, undisturbed):
        write(folder, "9.jsonl", map(record, range(900, 920)))
    report = run(root)
    assert not report.resumed
    assert run(undisturbed).run == report.run
    assert data_files(root) == data_files(undisturbed)
    assert staged(root) == []


def test_a_statement_that_was_stored_is_published_by_the_next_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pratique.pipeline.move.commit", interrupted_commit)
        with pytest.raises(StoreError, match="interrupted"):
            run(root)
    assert not list(target(root).rglob("release.json"))
    report: RunReport = run(root)
    assert report.nothing_new
    assert statement(target(root) / report.run).sequence == 1
    events = [json.loads(line)["event"] for line in (root / ".pratique/eu/audit.jsonl").read_bytes().splitlines()]
    assert events.count("release") == 1


def interrupted(*_: object, **__: object) -> None:
    raise StoreError("interrupted")


def interrupted_commit(*_: object) -> None:
    raise StoreError("interrupted")


def test_errors_of_a_worker_keep_their_exit_code(
    root: Path, monkeypatch: pytest.MonkeyPatch, cli: Callable[..., SimpleNamespace]
) -> None:
    """A part that cannot be read refuses with the code of a source, whichever process met it."""
    path = root / "data/eu/events/3.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00" + bytes(30))
    for workers in (1, 2):
        outcome = cli("run", FLOW, "--workers", workers, "-p", root)
        assert outcome.code == 4, outcome.error
        assert isinstance(outcome.error, str)
        assert len(outcome.error.splitlines()) == 1
    assert issubclass(StoreError, PratiqueError)


# --- the store under several processes -------------------------------------------------------------------------------

WRITE = """
import sys
from pathlib import Path
from pratique.stores import SqliteRunStore
store = SqliteRunStore(Path(sys.argv[1]), Path(sys.argv[2]))
store.store_plan("x", b"{}")
store.close()
"""


def test_a_store_that_is_opened_twice_loses_nothing_to_another_process(tmp_path: Path) -> None:
    """Opening a second store must not drop the first one's locks (POSIX drops them when any descriptor is closed)."""
    path, locks = tmp_path / "state" / "pratique.db", tmp_path / "locks"
    first = SqliteRunStore(path, locks)
    first.store_plan("before", b"{}")
    log = path.with_name("pratique.db-wal")
    number = log.stat().st_ino
    second = SqliteRunStore(path, locks)
    words = [sys.executable, "-c", WRITE, str(path), str(locks)]
    subprocess.run(words, env=environment(), check=True)
    assert log.exists(), "the other process thought itself the last and took the log away"
    assert log.stat().st_ino == number
    assert first.plan("x") == second.plan("x") == b"{}"
    first.store_plan("after", b"{}")
    first.close()
    second.close()
    assert SqliteRunStore(path, locks).plan("after") == b"{}"
