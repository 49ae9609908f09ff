"""A run that cannot pass any more is stopped, and leaves nothing that counts."""

import gzip
import json
from pathlib import Path

import pytest

import pratique.formats.jsonl
from pratique.errors import ThresholdError
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.results import HeldState
from pratique.project import Project
from tests.e2e.sample_projects import FLOW, STEWARD, copy, lines, prepare, record, run, source, target, write

pytestmark = pytest.mark.e2e
FILES, ROWS = 12, 50


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("template") / "project")


def project_of(template: Path, tmp_path: Path, most: str, bad: int, name: str = "project") -> Path:
    """Twelve inputs, the first of which hold ``bad`` records of a field that nobody knows in all."""
    root = copy(template, tmp_path / name)
    text = (root / "pratique.yaml").read_text()
    (root / "pratique.yaml").write_text(text.replace("max_quarantine: 0.5", f"max_quarantine: {most}"))
    for file in range(FILES):
        rows = [record(1000 * file + n) for n in range(ROWS)]
        for row in rows[: max(0, bad - file * ROWS)]:
            row["deck"] = "upper"
        write(root, f"{file:02d}.jsonl", rows)
    return root


def stopped(root: Path, workers: int = 1) -> str:
    with pytest.raises(ThresholdError) as caught:
        run(root, workers=workers)
    assert not list(target(root).rglob("*.jsonl"))
    assert not list(target(root).rglob("release.json"))
    return str(caught.value)


def finished(root: Path) -> int:
    project = Project.open(root)
    store = project._assembly.runs("eu")
    run_id = store.open_run(FLOW)
    found = len(store.finished(run_id)) if run_id else 0
    store.close()
    return found


@pytest.mark.parametrize(("most", "bad"), [("{count: 70}", 200), ("0.15", 600), ("{share: 0.2, count: 300}", 600)])
@pytest.mark.parametrize("workers", [1, 3])
def test_it_stops_early_and_can_be_run_after_the_fix(
    template: Path, tmp_path: Path, most: str, bad: int, workers: int
) -> None:
    root = project_of(template, tmp_path, most, bad)
    line = stopped(root, workers)
    assert "stopped after" in line
    assert "by rule: new-field" in line
    assert "by field: new fields" in line
    assert f"run: pratique scan {FLOW}" in line
    assert "upper" not in line
    assert finished(root) < FILES
    assert [row.state for row in Project.open(root).quarantine(FLOW)] == [HeldState.UNRELEASED]
    again = stopped(root, workers)
    assert again.partition(":")[0] == line.partition(":")[0]
    project = Project.open(root)
    project.scan([FLOW])
    project.decide(FLOW, [("deck",)], DecisionKind.NOT_PERSONAL, reason="made up", steward=STEWARD)
    report = run(root, workers=workers)
    assert (report.counts.read, dict(report.counts.quarantined)) == (FILES * ROWS, {})
    assert project.quarantine(FLOW) == []


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(("most", "bad"), [("{count: 70}", 70), ("0.15", 90), ("{share: 0.15, count: 90}", 90)])
def test_what_is_just_allowed_is_released(template: Path, tmp_path: Path, most: str, bad: int, workers: int) -> None:
    """All that is bad comes first, so that the share is far beyond for a while."""
    root = project_of(template, tmp_path, most, bad)
    assert dict(run(root, workers=workers).counts.quarantined) == {"new-field": bad}


def test_the_log_says_what_was_counted(template: Path, tmp_path: Path) -> None:
    root = project_of(template, tmp_path, "{count: 10}", 40)
    stopped(root)
    entry = json.loads((root / ".pratique/eu/audit.jsonl").read_bytes().splitlines()[-1])
    assert entry["event"] == "refusal"
    assert (entry["details"]["kind"], entry["details"]["quarantined"]) == ("ThresholdError", {"new-field": 40})


def test_a_run_that_is_well_counts_nothing_beforehand(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To know how many records there are costs a look at every byte: only a suspicion is worth that."""
    root = project_of(template, tmp_path, "0.5", 20)
    monkeypatch.setattr("pratique.assembly.worker.most_records", lambda *_: pytest.fail("counted"))
    assert run(root).counts.written == FILES * ROWS - 20


def test_compressed_inputs_have_no_bound_and_a_count_all_the_same(template: Path, tmp_path: Path) -> None:
    root = project_of(template, tmp_path, "0.15", 600)
    for path in source(root).iterdir():
        path.write_bytes(gzip.compress(path.read_bytes()))
    line = stopped(root)
    assert "600 of 600 records" in line, "only the end tells"
    text = (root / "pratique.yaml").read_text()
    (root / "pratique.yaml").write_text(text.replace("max_quarantine: 0.15", "max_quarantine: {count: 60}"))
    assert "stopped after 100 records: 100 of them" in stopped(root)


def test_it_stops_within_a_part(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy(template, tmp_path / "project")
    text = (root / "pratique.yaml").read_text()
    (root / "pratique.yaml").write_text(text.replace("max_quarantine: 0.5", "max_quarantine: {count: 100}"))
    rows = lines({**record(n), "deck": "upper"} for n in range(2000))
    (source(root) / "a.jsonl").write_bytes(rows)
    monkeypatch.setattr(pratique.formats.jsonl.JsonLines.__init__, "__kwdefaults__", {**_SMALL})
    line = stopped(root)
    read = int(line.partition("stopped after ")[2].partition(" ")[0])
    assert 100 < read < 1000
    project = Project.open(root)
    assert [(row.state, row.records) for row in project.quarantine(FLOW)] == [(HeldState.UNRELEASED, read)]
    assert len(project.quarantined(FLOW, limit=5)) == 5, "what was held until then can be looked at"


_SMALL = {"block": 1 << 15, "longest": 1 << 20, "columns": True}
