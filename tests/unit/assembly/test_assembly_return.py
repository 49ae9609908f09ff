"""Re-identification: who, whereto, under which name; and what the catalogue's decisions know of scans."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.errors import BusyError, FormatError, RefusedError, VerifyError
from pratique.model.catalogue import Decision, DecisionKind
from pratique.project import Project
from tests.e2e.sample_projects import FLOW, STEWARD, copy, prepare, record, run, target, write

DATASETS = """\
  back: {uri: data/eu/back/, format: jsonl, region: eu, restricted: true}
  shared: {uri: data/us/events/inside/, format: jsonl, region: eu, restricted: true}
  abroad: {uri: data/us/back/, format: jsonl, region: us, restricted: true}
policies:"""
PEOPLE = f"reidentifiers: {{desk: {{key: keys/desk.pub, flows: [{FLOW}]}}}}\ndatasets:"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    file = root / "pratique.yaml"
    file.write_text(file.read_text().replace("datasets:", PEOPLE, 1).replace("policies:", DATASETS, 1))
    create_missing(Assembly(load(file)))
    write(root, "a.jsonl", map(record, range(10)))
    run(root)
    write(root, "b.jsonl", map(record, range(10, 15)))
    run(root)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def ask(root: Path, *fields: str, to: str = "back", who: str = "desk"):
    paths = [(name,) for name in fields]
    return Project.open(root).reidentify(FLOW, purpose="case 17", to=to, fields=paths, who=who)


def restored(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "data/eu/back").iterdir())}


def events(root: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (root / ".pratique/eu/audit.jsonl").read_bytes().splitlines()]


def test_each_release_has_a_file_of_its_own_and_a_second_request_changes_none(root: Path) -> None:
    report = ask(root, "user_id")
    first = restored(root)
    assert [re.sub("[0-9a-f]{12}", "…", name) for name in first] == ["events-00001-….jsonl", "events-00002-….jsonl"]
    rows = [json.loads(line) for data in first.values() for line in data.splitlines()]
    assert [row["user_id"] for row in rows] == [record(n)["user_id"] for n in range(15)]
    assert (report.records, report.failed) == (15, 0)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (root / "data/eu/back").iterdir())
    ask(root, "user_id")
    assert restored(root) == first
    ask(root, "card_number")
    assert len(restored(root)) == 4
    assert restored(root).items() >= first.items()


def test_a_file_with_other_contents_is_never_overwritten(root: Path) -> None:
    ask(root, "user_id")
    path = min((root / "data/eu/back").iterdir())
    path.write_bytes(b"{}\n")
    with pytest.raises(RefusedError, match="other contents"):
        ask(root, "user_id")
    assert path.read_bytes() == b"{}\n"
    assert not list((root / "data/eu/back").glob(".*"))


def test_what_a_killed_process_left_is_in_nobodys_way(root: Path) -> None:
    ask(root, "user_id")
    whole = restored(root)
    name = min(whole)
    folder = root / "data/eu/back"
    (folder / name).unlink()
    (folder / f".{name}.unfinished").write_bytes(b"half a rec")
    ask(root, "user_id")
    assert restored(root) == whole


def test_two_at_once_do_not_write_one_file(root: Path) -> None:
    parts = Project.open(root)._assembly
    dataset = parts.settings.datasets["back"]
    with parts.restricted(dataset, "x.jsonl") as out:
        out.write(b"{}\n")
        with pytest.raises(BusyError), parts.restricted(dataset, "x.jsonl"):
            pass
    assert restored(root) == {"x.jsonl": b"{}\n"}


@pytest.mark.parametrize(
    ("to", "who", "words"),
    [
        ("abroad", "desk", "outside the exporter's region"),
        ("shared", "desk", "shares a folder with events-us"),
        ("events", "desk", "not a restricted dataset"),
        ("back", "somebody", "may not re-identify"),
    ],
)
def test_refused_and_logged(root: Path, to: str, who: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        ask(root, "user_id", to=to, who=who)
    last = events(root)[-1]
    assert (last["event"], last["details"]["asked"], last["details"]["as"]) == ("refusal", "reidentify", who)  # type: ignore[index]
    assert not (root / "data/us/events/inside").exists()


def test_a_release_that_was_altered_or_exchanged_is_not_restored(root: Path) -> None:
    one, two = sorted(target(root).iterdir(), key=lambda f: len((f / "00000-00000.jsonl").read_bytes()))
    (one / "00000-00000.jsonl").chmod(0o600)
    (one / "00000-00000.jsonl").write_bytes((two / "00000-00000.jsonl").read_bytes())
    with pytest.raises(VerifyError):
        ask(root, "user_id")
    assert events(root)[-1]["event"] == "refusal"


def test_detectors_may_change_between_release_and_return(root: Path) -> None:
    file = root / "pratique.yaml"
    file.write_text(file.read_text().replace("\\buser-[0-9]{8}\\b", "\\buser-[0-9]{7,8}\\b"))
    assert ask(root, "user_id").records == 15


def test_what_a_scan_finds_after_a_look_was_not_known_to_who_decided(root: Path) -> None:
    project = Project.open(root)
    (report,) = project.scan([FLOW])
    (made,) = project.decide(FLOW, [("show",)], DecisionKind.CONFIRM, ("PERSON",), reason="x", steward=STEWARD)
    assert datetime.fromisoformat(report.scan.at) < datetime.fromisoformat(made.at)
    assert "." in report.scan.at


def test_a_dataset_with_decisions_and_no_scan_is_not_listed(root: Path) -> None:
    project = Project.open(root)
    project._assembly.catalogue("eu").add_decisions(
        [Decision("back", ("x",), DecisionKind.CONFIRM, ("PERSON",), "me", "2026-11-23T00:00:00+00:00", "r", 1)]
    )
    assert {view.dataset for view in project.catalogue()} == {"events"}


def test_half_a_surrogate_pair_in_memory_is_refused_without_showing_it(root: Path) -> None:
    with pytest.raises(FormatError, match="surrogate") as caught:
        Project.open(root).protect(FLOW, [{**record(1), "note": "Anna \ud800 Schmidt"}])
    assert caught.value.__suppress_context__
    assert "Anna" not in str(caught.value)
