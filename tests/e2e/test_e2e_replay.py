"""What was held back, treated again after a fix: exactly those records, once, as a release of its own."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pratique.audit import verify_chain
from pratique.crypto.signing import load_public
from pratique.errors import BusyError, ConfigError, KeyStoreError, RefusedError, StoreError
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.results import HeldState
from pratique.project import Project
from pratique.verify import verify_release
from tests.e2e.sample_projects import (
    FLOW,
    STEWARD,
    copy,
    environment,
    prepare,
    record,
    released,
    released_bytes,
    run,
    start,
    statement,
    target,
    write,
)

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
GOOD, NEW, BROKEN = 60, 8, 3


def held_inputs(root: Path) -> None:
    """Records that pass, some with a field that nobody knows, some that are no JSON, one with an identifier."""
    rows = [record(n) for n in range(GOOD)]
    for n in range(NEW):
        rows.insert(5 * n, {**record(100 + n), "deck": "upper"})
    write(root, "a.jsonl", rows[:30])
    path = write(root, "b.jsonl", rows[30:])
    with path.open("ab") as stream:
        stream.write(b'{"number": 1, broken\n' * BROKEN)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One release that holds new fields and broken lines."""
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    held_inputs(root)
    report = run(root)
    assert dict(report.counts.quarantined) == {"json": BROKEN, "new-field": NEW}
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def fix(root: Path) -> Project:
    """The field is known from now on, and decided."""
    project = Project.open(root)
    project.scan([FLOW])
    project.decide(FLOW, [("deck",)], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    return project


def states(project: Project) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in project.quarantine(FLOW):
        found[row.rule, row.state] = found.get((row.rule, row.state), 0) + row.records
    return found


def verified(root: Path, run_id: str) -> Any:
    public = load_public(root / "exporter.pub")
    return verify_release(
        target(root) / run_id, trust=None, exporter_key=public, seen=None, today=datetime.now(UTC).date()
    ).release


def test_exactly_those_records_once(root: Path) -> None:
    project = fix(root)
    first = statement(next(target(root).glob("*/release.json")).parent)
    report = project.replay(FLOW, rules=["new-field"])
    assert report.release is not None
    assert (report.release.counts.read, report.release.counts.written) == (NEW, NEW)
    assert sorted(row["number"] for row in released(root, report.release)) == [100 + n for n in range(NEW)]
    assert all(row["deck"] == "upper" for row in released(root, report.release))
    replay = verified(root, report.release.run)
    assert (replay.sequence, replay.replays) == (first.sequence + 1, (first.run,))
    assert verify_chain(root / ".pratique/eu/audit.jsonl", replay.audit_head).ok
    assert states(project) == {("new-field", HeldState.REPLAYED): NEW, ("json", HeldState.HELD): BROKEN}
    again = project.replay(FLOW, rules=["new-field"])
    assert again.release is None
    assert run(root).nothing_new, "the source holds nothing that is not released"


def test_what_fails_again_stays(root: Path) -> None:
    project = fix(root)
    report = project.replay(FLOW)
    assert report.release is not None
    assert dict(report.release.counts.quarantined) == {"json": BROKEN}
    assert states(project) == {
        ("new-field", HeldState.REPLAYED): NEW,
        ("json", HeldState.REPLAYED): BROKEN,
        ("json", HeldState.HELD): BROKEN,
    }
    records = project.quarantined(FLOW, rules=["json"], run=report.release.run)
    assert [one.size for one in records] == [len(b'{"number": 1, broken')] * BROKEN
    with pytest.raises(RefusedError, match=f"none of {BROKEN} records passes"):
        project.replay(FLOW)
    assert states(project)["json", HeldState.HELD] == BROKEN


def test_the_way_back_covers_replays(root: Path) -> None:
    text = (root / "pratique.yaml").read_text()
    text = text.replace(
        "datasets:\n",
        "reidentifiers:\n  desk: {key: keys/desk.pub, flows: [events]}\n"
        "datasets:\n  back: {uri: data/eu/back/, format: jsonl, region: eu, restricted: true}\n",
        1,
    )
    (root / "pratique.yaml").write_text(text)
    project = fix(root)
    project.create_keys()
    report = project.replay(FLOW)
    assert report.release is not None
    found = project.reidentify(FLOW, purpose="made up", to="back", fields=[("user_id",)], who="desk")
    assert found.records == GOOD + NEW
    lines = [line for path in (root / "data/eu/back").iterdir() for line in path.read_bytes().splitlines()]
    users = {json.loads(line)["user_id"] for line in lines}
    assert users == {record(n)["user_id"] for n in [*range(GOOD), *range(100, 100 + NEW)]}


def test_without_the_private_key_nothing_is_replayed(root: Path) -> None:
    project = fix(root)
    before = states(project)
    pem = root / "keys/eu.quarantine.pem"
    elsewhere = root / "elsewhere.pem"
    pem.rename(elsewhere)
    with pytest.raises(KeyStoreError, match="the private key of the quarantine is not here; say where it is"):
        project.replay(FLOW)
    assert states(project) == before, "to list needs no key"
    report = project.replay(FLOW, key=elsewhere)
    assert report.release is not None


def test_a_run_that_was_never_released_is_not_replayed(root: Path) -> None:
    write(root, "c.jsonl", [{**record(n), "boat": "x"} for n in range(50)])
    with pytest.raises(RefusedError):
        run(root)
    project = fix(root)
    [unreleased] = {row.run for row in project.quarantine(FLOW) if row.state is HeldState.UNRELEASED}
    with pytest.raises(RefusedError, match="was never released"):
        project.replay(FLOW, run=unreleased[:10])
    with pytest.raises(RefusedError, match="a run is unfinished, and goes first"):
        project.replay(FLOW)
    project.decide(FLOW, [("boat",)], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    project.run(FLOW)
    assert not [row for row in project.quarantine(FLOW) if row.run == unreleased], "overtaken, and gone"
    report = project.replay(FLOW, rules=["new-field"])
    assert report.release is not None
    assert report.release.counts.written == NEW


def test_one_at_a_time(root: Path) -> None:
    project = fix(root)
    store = project._assembly.runs("eu")
    with store.hold(FLOW), pytest.raises(BusyError):
        project.replay(FLOW)
    store.close()


def test_a_file_that_was_touched_is_refused(root: Path) -> None:
    project = fix(root)
    [path, *_] = (root / ".pratique/eu/quarantine" / FLOW).rglob("*.quarantine")
    data = path.read_bytes()
    path.write_bytes(data[:-300] + bytes([data[-300] ^ 1]) + data[-299:])
    with pytest.raises(StoreError, match="cut, altered or moved"):
        project.replay(FLOW)
    path.unlink()
    report = project.replay(FLOW)
    assert report.release is not None
    assert report.gone > 0
    assert report.release.counts.read + report.gone == NEW + BROKEN


def test_killed_after_any_step_each_record_comes_out_once(template: Path, tmp_path: Path) -> None:
    fixed = copy(template, tmp_path / "fixed")
    fix(fixed)
    undisturbed = copy(fixed, tmp_path / "undisturbed")
    report = Project.open(undisturbed).replay(FLOW)
    assert report.release is not None
    wanted = released_bytes(undisturbed, report.release)
    words = [sys.executable, "-m", "tests.e2e.crash_points", str(fixed), str(tmp_path), "3", "replay"]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    points = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(points) > 8
    assert [point["code"] for point in points] == [9] * (len(points) - 1) + [0]
    for point in points:
        root, told = Path(point["root"]), f"killed after {point['step']}, in {point['root']}"
        assert (point["again"], point["staged"]) == (0, []), told
        assert sorted(path.parent.name for path in target(root).rglob("release.json")) == sorted(
            path.parent.name for path in target(undisturbed).rglob("release.json")
        ), told
        assert released_bytes(root, report.release) == wanted, told
        assert states(Project.open(root)) == states(Project.open(undisturbed)), told
        ours = verified(root, report.release.run)
        assert (ours.sequence, ours.counts) == (2, report.release.counts), told
        assert verify_chain(root / ".pratique/eu/audit.jsonl", ours.audit_head).ok, told


def test_an_unfinished_replay_gives_way_to_a_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = fix(root)
    before = states(project)

    def interrupted(*_: object, **__: object) -> None:
        raise StoreError("interrupted")

    with monkeypatch.context() as patch:
        patch.setattr("pratique.pipeline.replay.release_run", interrupted)
        with pytest.raises(StoreError, match="interrupted"):
            project.replay(FLOW)
    write(root, "c.jsonl", [record(n) for n in range(900, 910)])
    assert run(root).counts.written == 10
    assert states(Project.open(root)) == before
    report = project.replay(FLOW)
    assert report.release is not None
    assert report.release.sequence == 3
    assert len(released(root, report.release)) == NEW


def test_two_at_once_release_each_record_once(root: Path) -> None:
    fix(root)
    started = [start(root, ["quarantine", "replay", FLOW, "-o", "json"]) for _ in range(3)]
    outs = [process.communicate() for process in started]
    codes = [process.returncode for process in started]
    assert set(codes) <= {0, 3, 6}, outs
    rows = [json.loads(line) for path in target(root).glob("*/0*") for line in path.read_bytes().splitlines()]
    numbers = [row["number"] for row in rows]
    assert sorted(numbers) == sorted([*range(GOOD), *range(100, 100 + NEW)])


def test_a_copy_of_a_sealed_file_is_not_replayed_again(root: Path) -> None:
    """Two runs that hold as much by the same rules: only where a file lies tells them apart."""
    write(root, "c.jsonl", [record(700), {**record(701), "deck": "upper"}])
    one = run(root)
    write(root, "d.jsonl", [record(710), {**record(711), "deck": "upper"}])
    two = run(root)
    folder = root / ".pratique/eu/quarantine" / FLOW
    [first], [second] = ((folder / found.run).iterdir() for found in (one, two))
    second.write_bytes(first.read_bytes())
    project = fix(root)
    with pytest.raises(StoreError, match="moved here"):
        project.replay(FLOW)


def test_records_are_revealed_on_record_or_not_at_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.open(root)
    assert all(one.original is None for one in project.quarantined(FLOW, limit=50))
    assert {one.field for one in project.quarantined(FLOW, rules=["new-field"])} == {"new fields"}
    with pytest.raises(RefusedError, match="for a reason only"):
        project.reveal_quarantined(FLOW, reason=" ")
    with monkeypatch.context() as patch:

        def full(*_: object, **__: object) -> str:
            raise StoreError("the disk is full")

        patch.setattr("pratique.audit.FileAuditLog.append", full)
        with pytest.raises(StoreError, match="the disk is full"):
            project.reveal_quarantined(FLOW, reason="case 17")
    records = project.reveal_quarantined(FLOW, reason="case 17", rules=["new-field"], limit=3)
    assert [json.loads(one.original or b"")["deck"] for one in records] == ["upper"] * 3
    assert {one.field for one in records} == {"deck"}
    log = (root / ".pratique/eu/audit.jsonl").read_bytes()
    entry = json.loads(log.splitlines()[-1])
    assert (entry["event"], entry["details"]["count"], entry["details"]["reason"]) == ("reveal", 3, "case 17")
    assert b"upper" not in log
    assert b"deck" not in log
    assert "upper" not in repr(records)


def test_what_a_full_run_treated_again_is_not_replayed(root: Path) -> None:
    [first] = {row.run for row in Project.open(root).quarantine(FLOW)}
    full = run(root, full=True)
    assert dict(full.counts.quarantined) == {"json": BROKEN, "new-field": NEW}
    project = fix(root)
    assert states(project)["new-field", HeldState.SUPERSEDED] == NEW
    with pytest.raises(RefusedError, match="a full run has treated its records again"):
        project.replay(FLOW, run=first)
    report = project.replay(FLOW)
    assert report.release is not None
    assert report.release.counts.read == NEW + BROKEN
    assert report.runs == (full.run,)


def test_a_run_that_nobody_knows(root: Path) -> None:
    with pytest.raises(ConfigError, match="holds nothing in quarantine; see: pratique quarantine list"):
        Project.open(root).replay(FLOW, run="abc")
