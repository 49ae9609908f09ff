"""A run that is disturbed at one place or another: what it says, what it leaves, what the next one makes of it."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import pratique.pipeline.move
import pratique.pipeline.work
from pratique.errors import RefusedError, SourceError, StoreError
from pratique.gate import ResidueHit
from pratique.project import Project
from tests.e2e.sample_projects import FLOW, copy, prepare, record, released, run, source, target, write

ROWS = 30


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("template") / "project")


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    found = copy(template, tmp_path / "project")
    write(found, "a.jsonl", map(record, range(ROWS)))
    return found


def log(root: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (root / ".pratique/eu/audit.jsonl").read_bytes().splitlines()]


def published(root: Path) -> list[Path]:
    return sorted(path for path in target(root).rglob("*") if path.is_file())


def staged(root: Path) -> list[Path]:
    return [path for path in (root / ".pratique/eu/staging").iterdir() if not path.name.startswith(".")]


def change(root: Path) -> None:
    """Change the input and leave its size."""
    path = source(root) / "a.jsonl"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Night Ferry", b"Night Furry"))
    moved = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(moved, moved))


def crashed(*_: object, **__: object) -> None:
    raise StoreError("crashed")


# --- inputs that change -----------------------------------------------------------------------------------------------


def test_an_input_that_changes_between_digest_and_work_refuses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pratique.pipeline.move.work_parts

    def then_change(mover, name, parts, watched):
        change(root)
        honest(mover, name, parts, watched)

    with monkeypatch.context() as patch:
        patch.setattr(pratique.pipeline.move, "work_parts", then_change)
        with pytest.raises(SourceError, match="input #0: changed since the run began"):
            run(root)
    assert (published(root), staged(root)) == ([], [])
    assert log(root)[-1]["event"] == "refusal"
    assert run(root).counts.written == ROWS


def test_an_input_that_changes_while_its_digest_is_taken_refuses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pratique.pipeline.move.hash_inputs

    def then_change(*words, **more):
        found = honest(*words, **more)
        change(root)
        return found

    monkeypatch.setattr(pratique.pipeline.move, "hash_inputs", then_change)
    with pytest.raises(SourceError, match="input #0"):
        run(root)


def test_an_input_that_changes_after_its_parts_are_done_refuses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pratique.pipeline.move.work_parts

    def then_change(*words):
        honest(*words)
        change(root)

    with monkeypatch.context() as patch:
        patch.setattr(pratique.pipeline.move, "work_parts", then_change)
        with pytest.raises(SourceError, match="input #0"):
            run(root)
    assert published(root) == []
    report = run(root)
    assert not report.resumed, "what was treated of the input as it was is thrown away"
    assert {row["show"] for row in released(root, report)} >= {"Night Furry"}


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_too_much_in_quarantine_names_fields_and_is_logged_without_them(root: Path) -> None:
    new = [{**record(n), "favourite_horse": "Bella"} for n in range(20)]
    write(root, "b.jsonl", [*new, *({**record(n), "number": "x"} for n in range(20, 50))])
    with pytest.raises(RefusedError) as caught:
        run(root)
    line = str(caught.value)
    assert "by rule: retyped-field 30, new-field 20" in line
    assert "by field: number 30, new fields 20" in line
    assert "horse" not in line
    entry = log(root)[-1]
    assert entry["event"] == "refusal"
    assert "number" not in json.dumps(entry["details"])
    assert entry["details"]["quarantined"] == {"new-field": 20, "retyped-field": 30}  # type: ignore[index]
    assert published(root) == []


def test_nothing_crosses_the_border_where_the_release_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise RefusedError("the route was open until yesterday")

    monkeypatch.setattr(pratique.pipeline.move, "assemble", closed)
    with pytest.raises(RefusedError, match="yesterday"):
        run(root)
    assert published(root) == []


# --- after a crash ----------------------------------------------------------------------------------------------------


def test_a_stored_statement_is_published_with_its_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pratique.pipeline.move, "commit", crashed)
        with pytest.raises(StoreError, match="crashed"):
            run(root)
    for path in published(root):
        path.unlink()
    report = run(root)
    assert report.nothing_new
    assert len(released(root, report)) == ROWS
    assert staged(root) == []


def test_another_flow_of_the_region_leaves_it_in_staging(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = root / "pratique.yaml"
    more = "  again: {from: events, to: events-us, policy: default}\ndetection:"
    file.write_text(file.read_text().replace("detection:", more, 1))
    with monkeypatch.context() as patch:
        patch.setattr(pratique.pipeline.move, "commit", crashed)
        with pytest.raises(StoreError, match="crashed"):
            run(root)
    held = staged(root)
    Project.open(root).run("again")
    assert staged(root) == held
    assert run(root).nothing_new
    assert staged(root) == []


def test_a_release_that_was_taken_away_is_not_put_back_without_its_files(root: Path) -> None:
    report = run(root)
    for path in published(root):
        path.unlink()
    assert run(root).nothing_new
    assert published(root) == []
    write(root, "b.jsonl", map(record, range(ROWS, ROWS + 5)))
    assert run(root).sequence == report.sequence + 1


def test_every_run_is_logged_before_it_can_be_resumed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pratique.stores.SqliteRunStore.begin", crashed)
        with pytest.raises(StoreError, match="crashed"):
            run(root)
    report = run(root)
    assert {entry["details"]["run"] for entry in log(root) if entry["event"] == "run"} == {report.run}  # type: ignore[index]


def test_raw_values_that_blocks_repeat_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pratique.pipeline.work, "_RAWS", 10_000)
    tally = pratique.pipeline.work._Tally()
    for _ in range(1000):
        tally.keep([pa.array(["anna.schmidt@example.org", "other"] * 5)])
    assert sum(array.nbytes for array in tally.raws) < 15_000
    assert {text for array in tally.raws for text in array.to_pylist()} == {"anna.schmidt@example.org", "other"}


def test_residue_is_counted_by_its_field(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pratique.pipeline.work.inspect
    looked: list[int] = []

    def find_one(stream, **more):
        found = honest(stream, **more)
        looked.append(found.written)
        if len(looked) > 1:
            return found
        return replace(found, cleared=None, residue=(ResidueHit(0, ("show",), "PERSON", "test"),))

    monkeypatch.setattr(pratique.pipeline.work, "inspect", find_one)
    report = run(root)
    assert looked == [ROWS, ROWS - 1]
    assert dict(report.counts.quarantined) == {"residue": 1}
    store = Project.open(root)._assembly.runs("eu")
    (file,) = store.finished(report.run).values()
    assert dict(file.held) == {"#4": 1}
    store.close()


def test_the_flow_is_free_after_a_refusal(root: Path) -> None:
    write(root, "b.jsonl", [{"x": 1}] * 1000)
    for _ in range(2):
        with pytest.raises(RefusedError):
            Project.open(root).run(FLOW)
