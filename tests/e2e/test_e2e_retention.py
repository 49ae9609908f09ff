"""Retention end to end: what is past its time goes everywhere, with a record; what is not stays; any crash heals."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sample_projects as sample

from pratique.assembly import purging
from pratique.crypto.signing import load_public
from pratique.errors import BusyError, RefusedError, VerifyError
from pratique.model.catalogue import DecisionKind
from pratique.project import Project
from pratique.verify import verify_release

NOW = datetime.now(UTC)
RESTORED = """
reidentifiers:
  office: {key: keys/office.pub, flows: [events]}
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.prepare(tmp_path_factory.mktemp("retention") / "project")


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    root = sample.copy(template, tmp_path / "project")
    file = root / "pratique.yaml"
    text = file.read_text().replace(
        "datasets:\n",
        "datasets:\n  back: {uri: data/eu/back/, format: jsonl, region: eu, restricted: true, retention: 5d}\n",
    )
    file.write_text(text.replace("retention: 1d", "retention: 10d") + RESTORED)
    return root


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets days pass for purging."""

    def days(number: int) -> None:
        monkeypatch.setattr(purging, "now", lambda: datetime.now(UTC) + timedelta(days=number))

    return days


def held(number: int) -> dict[str, object]:
    """A record that the guard holds back."""
    return sample.record(number) | {"show": sample.IBAN}


def released(root: Path) -> tuple[Project, str]:
    sample.write(root, "anna.jsonl", [*map(sample.record, range(40)), held(40)])
    return Project.open(root), sample.run(root).run


def everything(root: Path) -> bytes:
    places = (root / "data" / "us", root / "data" / "eu" / "back", root / ".pratique")
    return b"\n".join(data for place in places for data in sample.tree(place).values())


def judge(root: Path, run: str) -> str:
    key = load_public(root / "exporter.pub")
    with pytest.raises(VerifyError) as caught:
        verify_release(sample.target(root) / run, trust=None, exporter_key=key, seen=None, today=NOW.date())
    return caught.value.line


def test_what_is_past_its_time_goes_everywhere_and_a_record_stays(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    project.reidentify("events", purpose="a test", to="back", who="office")
    restored = next((root / "data/eu/back").glob("events-*.jsonl"))
    sources = sample.tree(sample.source(root))
    assert project.purge().items == [], "nothing is past its time yet"

    later(6)
    report = project.purge(dry_run=True)
    assert [(item.what, item.of, item.rule) for item in report.items] == [("restored", "back", "retention 5d of back")]
    assert restored.exists(), "a dry run removes nothing"
    project.purge()
    assert not restored.exists()
    assert json.loads((sample.target(root) / run / "release.json").read_bytes())

    later(11)
    names = ["release", "quarantine"]
    assert [item.what for item in project.purge(dry_run=True).items] == names
    assert b"anna.jsonl" in everything(root)
    assert [item.what for item in project.purge().items] == names
    folder = sample.target(root) / run
    assert sorted(path.name for path in folder.iterdir()) == ["purged.json", "release.json"]
    assert not list((root / ".pratique/eu/quarantine").rglob("*.quarantine"))
    assert b"anna.jsonl" not in everything(root), "not in the database's freed pages, nor in its log"
    assert sample.tree(sample.source(root)) == sources, "source data is not the project's"
    (said,) = {judge(root, run)}
    assert f"purged on {(NOW + timedelta(days=11)).date()}, under retention 10d of events" in said
    assert all(report.ok for report in project.verify_audit())
    assert project.purge().items == []

    purged = [entry.details for entry in project.audit(event="purge").entries]
    assert [entry["what"] for entry in purged] == ["restored", "release", "quarantine"]
    assert purged[2]["counts"] == {"guard": 1}
    with pytest.raises(RefusedError, match="all that was released is purged"):
        project.reidentify("events", purpose="a test", to="back", who="office")


def test_what_was_purged_does_not_come_back(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    later(11)
    project.purge()
    assert sample.run(root).nothing_new, "the purged release's input is still known, by its keyed digest alone"
    assert judge(root, run)
    sample.write(root, "new.jsonl", map(sample.record, range(50, 60)))
    report = sample.run(root)
    assert (report.sequence, report.counts.read) == (2, 10)
    assert (sample.target(root) / run / "purged.json").exists()
    assert not list((sample.target(root) / run).glob("0*"))
    assert all(report.ok for report in project.verify_audit())


def test_files_that_come_back_go_again(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    (file,) = (sample.target(root) / run).glob("0*")
    data = file.read_bytes()
    later(11)
    project.purge()
    file.write_bytes(data)
    assert "1 of its files are still here" in judge(root, run)
    (item,) = project.purge().items
    assert (item.what, item.again, item.files) == ("release", True, 1)
    assert not file.exists()


def test_a_clock_that_went_back_refuses(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    later(-1)
    with pytest.raises(RefusedError, match="the clock stands before"):
        project.purge()
    assert list((sample.target(root) / run).glob("0*"))


def test_a_log_that_is_not_whole_refuses(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    log = root / ".pratique/eu/audit.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    later(11)
    with pytest.raises(VerifyError, match="entries are missing at the end"):
        project.purge()
    assert list((sample.target(root) / run).glob("0*"))


def test_old_scans_go_and_the_newest_stays(root: Path, later: Callable[[int], None]) -> None:
    project, _ = released(root)
    project.scan(["events"])
    project.scan(["events"])
    later(11)
    purged = project.purge().items
    assert [item.what for item in purged].count("scan") == 2
    assert project.catalogue("events")
    assert all(report.ok for report in project.verify_audit())


def test_a_purge_record_of_another_release_is_no_excuse(root: Path, later: Callable[[int], None]) -> None:
    project, first = released(root)
    sample.write(root, "new.jsonl", map(sample.record, range(50, 60)))
    later(11)
    project.purge()
    second = sample.run(root).run
    record = sample.target(root) / first / "purged.json"
    other = sample.target(root) / second / "purged.json"
    other.write_bytes(record.read_bytes())
    assert "about another release" in judge(root, second)
    other.write_bytes(b"{}")
    assert "not a DSSE envelope" in judge(root, second)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from pratique.assembly import purging
from pratique.project import Project

purging.now = lambda: datetime.now(UTC) + timedelta(days=11)
left = int(sys.argv[2])
real = {name: getattr(os, name) for name in ("unlink", "fsync", "rename", "replace", "link", "rmdir", "ftruncate")}

def dying(name):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real[name](*args, **kwargs)
    return call

project = Project.open(sys.argv[1])
project.purge(dry_run=True)
for name in real:
    setattr(os, name, dying(name))
project.purge()
"""


def test_killed_at_any_step_the_next_purge_finishes(root: Path, later: Callable[[int], None], tmp_path: Path) -> None:
    project, run = released(root)
    project.reidentify("events", purpose="a test", to="back", who="office")
    later(11)
    step = 0
    while True:
        here = sample.copy(root, tmp_path / f"at-{step}")
        command = [sys.executable, "-c", KILLED, str(here), str(step)]
        done = subprocess.run(command, env=sample.environment(), capture_output=True, check=False, text=True)
        finished = done.returncode == 0
        assert finished or done.returncode == -signal.SIGKILL, done.stderr
        again = Project.open(here)
        again.purge()
        assert b"anna.jsonl" not in everything(here)
        assert sorted(path.name for path in (sample.target(here) / run).iterdir()) == ["purged.json", "release.json"]
        assert not list((here / "data/eu/back").iterdir())
        assert not list((here / ".pratique/eu/quarantine").rglob("*.quarantine"))
        (report,) = again.verify_audit()
        assert report.ok, report.problems
        told = [entry.details["what"] for entry in again.audit(event="purge").entries]
        assert {"release", "restored", "quarantine"} <= set(told)
        if finished:
            break
        step += 9
    assert step > 10, "it was killed at many steps"
    assert os.path.lexists(root)


def test_a_flow_that_runs_is_left_and_all_else_goes(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    project.reidentify("events", purpose="a test", to="back", who="office")
    later(11)
    with project._assembly.runs("eu").hold("events"), pytest.raises(BusyError, match="is being run"):
        Project.open(root).purge()
    assert list((sample.target(root) / run).glob("0*")), "the running flow's files are untouched"
    assert not list((root / "data/eu/back").iterdir())
    project.purge()
    assert not list((sample.target(root) / run).glob("0*"))


def test_a_release_that_somebody_took_away_is_not_put_back(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    shutil.rmtree(sample.target(root) / run)
    later(11)
    assert "release" in [item.what for item in project.purge().items]
    assert not (sample.target(root) / run).exists()
    assert project.purge().items == []
    (report,) = project.verify_audit()
    assert report.ok, report.problems


def test_a_link_or_a_strangers_file_in_a_restricted_folder_stays(root: Path, later: Callable[[int], None]) -> None:
    project, _ = released(root)
    folder = root / "data/eu/back"
    folder.mkdir(parents=True)
    elsewhere = root / "elsewhere.jsonl"
    elsewhere.write_text("mine")
    (folder / "events-00001-abcdefabcdef.jsonl").symlink_to(elsewhere)
    (folder / "events-00009-abcdefabcdef.jsonl").write_text("of no release")
    (folder / "mine.jsonl").write_text("mine")
    (folder / ".events-00001-abcdefabcdef.jsonl.unfinished").write_text("left by a killed process")
    later(11)
    restored = [item.name for item in project.purge().items if item.what == "restored"]
    assert restored == [".events-00001-abcdefabcdef.jsonl.unfinished"]
    assert len(list(folder.iterdir())) == 3
    assert elsewhere.read_text() == "mine"


def test_quarantine_that_was_replayed_goes_too_and_the_log_is_whole(root: Path, later: Callable[[int], None]) -> None:
    project, run = released(root)
    project.decide("events", [("show",)], DecisionKind.SET, ("IBAN_CODE",), reason="made up")
    replayed = project.replay("events").release
    assert replayed is not None
    assert replayed.sequence == 2
    (report,) = project.verify_audit()
    assert report.ok, report.problems
    later(11)
    purged = project.purge().items
    assert [item.name for item in purged if item.what == "release"] == [run, replayed.run]
    assert not list((root / ".pratique/eu/quarantine").rglob("*.quarantine"))
    (report,) = project.verify_audit()
    assert report.ok, report.problems
    assert sample.run(root).nothing_new
