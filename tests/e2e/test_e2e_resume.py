"""A run that was killed is taken up: nothing lost, nothing twice, nothing that looks finished and is not."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pratique.audit import verify_chain
from pratique.crypto.signing import load_public
from pratique.verify import verify_release
from tests.e2e.sample_projects import (
    FLOW,
    copy,
    environment,
    prepare,
    quarantined,
    record,
    run,
    statement,
    target,
    tree,
    write,
)
from tools.chaos_batch import run as run_chaos

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One release, then a run that was killed while it published, then one more input: the next run has most to do."""
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    write(root, "a.jsonl", map(record, range(20)))
    run(root)
    write(root, "b.jsonl", [*map(record, range(20, 40)), {**record(40), "street": "x"}])
    return root


@pytest.fixture(scope="module")
def overtaken(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As killed after it copied its file, and with one more input since."""
    root = copy(template, tmp_path_factory.mktemp("overtaken") / "project")
    script = (
        "import os, sys; import pratique.pipeline.move as m; from tests.e2e.sample_projects import run; "
        "m.assemble = lambda *a, **k: os._exit(9); run(__import__('pathlib').Path(sys.argv[1]))"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(root)], cwd=ROOT, env=environment(), check=False)
    assert killed.returncode == 9
    write(root, "c.jsonl", map(record, range(50, 60)))
    return root


def crash_points(project: Path, work: Path, stride: int) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "tests.e2e.crash_points", str(project), str(work), str(stride)]
    done = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("which", "stride"), [("template", 1), ("overtaken", 4)])
def test_killed_after_any_step(request: pytest.FixtureRequest, tmp_path: Path, which: str, stride: int) -> None:
    project: Path = request.getfixturevalue(which)
    undisturbed = copy(project, tmp_path / "undisturbed")
    report = run(undisturbed)
    wanted = tree(target(undisturbed))
    held = quarantined(undisturbed, report.run)
    public = load_public(project / "exporter.pub")
    points = crash_points(project, tmp_path, stride)
    assert len(points) > 25 / stride
    if stride == 1:
        assert {"link", "fsync", "unlink", "finish_part", "store_release"} <= {point["step"] for point in points}
    assert [point["code"] for point in points] == [9] * (len(points) - 1) + [0]
    for point in points:
        root, told = Path(point["root"]), f"killed after {point['step']}, in {point['root']}"
        assert point["again"] == 0, told
        assert point["staged"] == [], told
        found = tree(target(root))
        assert found.keys() == wanted.keys(), told
        assert all(found[name] == wanted[name] for name in wanted if not name.endswith("release.json")), told
        assert quarantined(root, report.run) == held, told
        sealed = [path.name for path in (root / ".pratique/eu/quarantine" / FLOW).iterdir()]
        assert sealed == [report.run], f"{told}: what abandoned runs held is gone"
        ours = statement(target(root) / report.run)
        assert (ours.sequence, ours.counts, ours.files) == (2, report.counts, statement_of(undisturbed, report.run))
        today = datetime.now(UTC).date()
        verify_release(target(root) / report.run, trust=None, exporter_key=public, seen=None, today=today)
        assert verify_chain(root / ".pratique/eu/audit.jsonl", ours.audit_head).ok, told
    # Nothing spoke of the second release before all of it was there: only the last steps come after release.json.
    spoke = [len(point["speaking"]) == 2 for point in points]
    assert spoke == sorted(spoke)
    assert not spoke[0]


def statement_of(root: Path, run_id: str) -> Any:
    return statement(target(root) / run_id).files


def test_killed_at_random_moments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `make chaos-batch` does, in small."""
    line = run_chaos(kills=3, seed=20261123, records=3000, base=tmp_path)
    assert line.startswith("chaos: 3 kills")
    assert "complete, exact and verified" in line
    assert "seed 20261123" in capsys.readouterr().out
