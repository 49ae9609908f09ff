"""What a report tells: the state as it is, without what nobody reviewed and without what people wrote as reasons."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pratique.assembly import Assembly
from pratique.assembly.reporting import report_project
from pratique.cli.report.page import page
from pratique.config import load
from pratique.model.catalogue import DecisionKind
from pratique.model.codec import encode
from pratique.pipeline.reporting import Exposure, ProjectReport, Urgency
from tests.report_projects import NOW, decide, scan, write

FIELDS = (("user", ("USER_ID",)), ("Anna Schmidt", ("PERSON",)), ("title", ("PERSON",)), ("plain", ()))
"""The second name is a value that became a name."""


def small(root: Path) -> Assembly:
    assembly = write(root, ["one", "two"])
    assembly.catalogue("eu").add_scan(scan("one", FIELDS))
    return assembly


def told(assembly: Assembly, *, named: bool = True) -> tuple[ProjectReport, str]:
    report = report_project(assembly, NOW, named=named)
    return report, json.dumps(encode(report), ensure_ascii=False)


def test_names_only_what_somebody_looked_at(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.NOT_PERSONAL)
    report, text = told(assembly)
    assert "Anna" not in text
    assert [one.field for one in report.loosenings] == ["title"]


def test_reasons_are_not_told(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.REJECT, ["PERSON"])
    assert "SECRET" not in told(assembly)[1]


def test_without_names_there_are_none(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.NOT_PERSONAL)
    report, text = told(assembly, named=False)
    assert not [word for word in ("title", "office", '"one"', "two", "viewer", "USER_ID", "Anna") if word in text]
    assert report.datasets[0].name == "dataset 1"
    assert report.loosenings[0].signed_by == "steward 1"


def test_fields_by_what_becomes_of_them(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.NOT_PERSONAL)
    decide(assembly, "one", "user", DecisionKind.CONFIRM, ["USER_ID"])
    one = told(assembly)[0].datasets[0]
    expected = {Exposure.HELD: 1, Exposure.PROPOSED: 1, Exposure.KEPT: 1, Exposure.TREATED: 1}
    assert one.exposures == {"one": expected}
    assert one.states == {"proposed": 1, "decided": 2, "undecided": 1, "conflict": 0}
    assert (one.kept, one.decisions, one.ignored) == (1, 2, 0)


def test_fields_are_counted_by_family_once_and_in_it_by_each_of_their_types(tmp_path: Path):
    assembly = write(tmp_path, ["one"])
    fields = (("a", ("PL_PESEL", "BE_NATIONAL_NUMBER")), ("b", ("PL_PESEL",)), ("c", ("PERSON",)), ("d", ("NO_SUCH",)))
    assembly.catalogue("eu").add_scan(scan("one", fields))
    decide(assembly, "one", "b", DecisionKind.CONFIRM, ["PL_PESEL"])
    families = told(assembly)[0].datasets[0].families
    assert list(families) == ["name", "national-id", ""]
    ids = families["national-id"]
    assert (ids.fields.decided, ids.fields.proposed) == (1, 1)
    assert {name: (n.decided, n.proposed) for name, n in ids.types.items()} == {
        "BE_NATIONAL_NUMBER": (0, 1),
        "PL_PESEL": (1, 1),
    }
    shown = page(told(assembly)[0])
    assert "national-id" in shown
    assert "PL_PESEL" in shown


def test_what_would_loosen_and_nobody_signed_is_told_as_ignored(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.NOT_PERSONAL, signed=False)
    report, _ = told(assembly)
    assert [(one.signed_by, one.fate) for one in report.loosenings] == [("", "ignored")]
    assert any("no listed steward signed" in task.what for task in report.tasks)


def test_a_signature_of_somebody_else_is_nobodys(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.NOT_PERSONAL)
    other = write(tmp_path / "other", ["x"])
    (tmp_path / "keys" / "office.pub").write_bytes((other.root / "keys" / "office.pub").read_bytes())
    report, _ = told(Assembly(load(tmp_path / "pratique.yaml")))
    assert report.loosenings[0].signed_by == ""


def test_drift_counts_what_came_and_went(tmp_path: Path):
    assembly = small(tmp_path)
    assembly.catalogue("eu").add_scan(scan("one", (*FIELDS[:2], ("fresh", ())), at=NOW + timedelta(hours=1)))
    assert [(p.number, p.new, p.gone, p.retyped) for p in told(assembly)[0].datasets[0].scans] == [
        (1, 0, 0, 0),
        (2, 1, 2, 0),
    ]


def test_a_route_that_closes_is_told_before_and_after(tmp_path: Path):
    assembly = small(tmp_path)
    assert report_project(assembly, NOW, named=True).routes[0].days == 19
    soon = [task for task in told(assembly)[0].tasks if "route" in task.what]
    assert [task.urgency for task in soon] == [Urgency.SOON]
    late = report_project(assembly, NOW + timedelta(days=30), named=True)
    assert late.flows[0].closed
    assert [t.urgency for t in late.tasks if "the route" in t.what] == [Urgency.NOW]


def test_work_has_its_command_and_the_urgent_comes_first(tmp_path: Path):
    tasks = told(small(tmp_path))[0].tasks
    order = [list(Urgency).index(task.urgency) for task in tasks]
    assert order == sorted(order)
    assert {"pratique scan two", "pratique review one"} <= {task.command for task in tasks}


def test_a_catalogue_that_does_not_open_is_told_and_the_rest_too(tmp_path: Path):
    assembly = small(tmp_path)
    for beside in assembly.state("eu").glob("pratique.db*"):  # what is open here still ends in the old file
        beside.unlink()
    (assembly.state("eu") / "pratique.db").write_bytes(b"no database" * 1000)
    report, _ = told(Assembly(load(tmp_path / "pratique.yaml")))
    assert report.problems
    assert report.keys
    assert report.routes
    # What cannot be read is not called never scanned, and one cause is told once.
    assert not [task for task in report.tasks if "never scanned" in task.what]
    assert len(report.problems) == 1
    assert report.tasks[0].command == "pratique doctor"
    text = page(report)
    assert "Nothing is in quarantine" not in text
    assert "No decision loosens" not in text
    assert not [line for line in report.problems if str(tmp_path) in line]


def test_a_log_that_was_cut_is_told(tmp_path: Path):
    assembly = small(tmp_path)
    decide(assembly, "one", "title", DecisionKind.NOT_PERSONAL)
    log = assembly.audit_file("eu")
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    report, _ = told(Assembly(load(tmp_path / "pratique.yaml")))
    assert [audit.ok for audit in report.audits] == [False]
    assert any(task.command == "pratique audit verify --region eu" for task in report.tasks)


def test_leaves_logs_keys_and_data_as_they_are(tmp_path: Path):
    assembly = small(tmp_path)
    told(assembly)

    def state() -> dict[str, bytes]:
        there = [path for path in tmp_path.rglob("*") if path.is_file() and ".db" not in path.name]
        return {str(path): path.read_bytes() for path in there}

    before = state()
    told(Assembly(load(tmp_path / "pratique.yaml")))
    assert state() == before
    assert not (tmp_path / "data").exists()


def test_keys_that_were_lost_are_to_be_put_back_and_not_made_anew(tmp_path: Path):
    assembly = small(tmp_path)
    (tmp_path / "keys" / "eu.json").unlink()
    commands = {task.command for task in told(Assembly(load(assembly.root / "pratique.yaml")))[0].tasks}
    assert "pratique keys restore FILE" in commands
    assert "pratique keys create" not in commands


def test_a_log_that_is_written_just_now_is_no_clock_that_went_back(tmp_path: Path):
    assembly = small(tmp_path)
    now = datetime.now(UTC)
    assert report_project(assembly, now - timedelta(seconds=30), named=True).problems == []
    assert "clock" in report_project(assembly, now - timedelta(days=1), named=True).problems[0]
