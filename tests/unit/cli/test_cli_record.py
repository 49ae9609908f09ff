"""``audit``, ``purge``, ``keys rotate``: what they show, ask and refuse."""

import json
from typing import Any

import pytest

from pratique.audit import Finding
from pratique.cli.audit import _what
from pratique.pipeline.results import AuditEntry, AuditPage, AuditReport, KeyUse, PurgeItem, PurgeReport, Rotation
from tests.unit.cli.conftest import HOSTILE, WHEN

ENTRIES = [
    AuditEntry(3, WHEN, "scan", "unproven:ann", {"dataset": HOSTILE, "records": 40000, "fields": 5}, "ab" * 32),
    AuditEntry(4, WHEN, "decision", "office", {"dataset": "d", "kind": "set", "fields": 2, "signed": 2}, "ab" * 32),
    AuditEntry(5, WHEN, "release", "ann", {"flow": "channel", "run": "ab" * 16, "digest": "cd" * 32}, "ab" * 32),
    AuditEntry(6, WHEN, "reidentify", "ann", {"flow": "channel", "to": "back", "purpose": HOSTILE}, "ab" * 32),
    AuditEntry(7, WHEN, "purge", "ann", {"what": "scan", "dataset": "d", "scans": ["ab" * 32], "rule": "r"}, "ab" * 32),
    AuditEntry(
        8, WHEN, "brandnew", "ann", {"word": HOSTILE, "none": None, "list": [1, 2], "n": {"guard": 2}}, "ab" * 32
    ),
    AuditEntry(9, WHEN, "empty", "ann", {}, "ab" * 32),
]
ITEMS = [
    PurgeItem("eu", "release", "channel", "ab" * 16, WHEN, "2028-03-01T10:00:00+00:00", "retention 2y of d", 3, 5000),
    PurgeItem(
        "eu", "release", "channel", "cd" * 16, WHEN, "2028-03-01T10:00:00+00:00", "retention 2y of d", again=True
    ),
    PurgeItem("eu", "restored", HOSTILE, "channel-00001-abcdef.jsonl", WHEN, WHEN, "retention 5d of back", 1, 12),
    *(PurgeItem("eu", "scan", "channel", "ab" * 32, WHEN, WHEN, "retention 2y of d") for _ in range(2)),
    PurgeItem("eu", "staging", "eu", "left by killed processes", files=2),
]


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch) -> Any:
    uses = [KeyUse("channel", "channel-us", ["user_id", HOSTILE], 2), KeyUse("movie", "movie-us", ["user_id"], 0)]
    problems = [Finding("line 3 was altered", "line 3", 3), *[Finding("more", HOSTILE)] * 20]

    class Fake:
        asked: list[Any] = []  # noqa: RUF012 (made anew for each test)
        reports = [AuditReport("eu", ok=True, entries=9, head="ab" * 32, signed=True, releases=2, published=2)]  # noqa: RUF012
        wrong = AuditReport("us", ok=False, entries=2, head="", signed=False, problems=problems, notes=[HOSTILE])

        def audit(self, *arguments: Any, **options: Any) -> AuditPage:
            self.asked.append((arguments, options))
            return AuditPage("eu", ENTRIES, 12)

        def verify_audit(self, *_: Any, **__: Any) -> list[AuditReport]:
            return self.reports

        def purge(self, *, dry_run: bool = False, progress: object = None) -> PurgeReport:
            self.asked.append(("purge", dry_run))
            return PurgeReport(dry_run, WHEN, ITEMS)

        def rotation(self, domain: str, _: Any) -> Rotation:
            return Rotation("eu", domain, 1, uses)

        def rotate_key(self, domain: str, _: Any) -> Rotation:
            self.asked.append(("rotate", domain))
            return Rotation("eu", domain, 2, uses)

    fake = Fake()
    for module in ("audit", "purge", "keys"):
        monkeypatch.setattr(f"pratique.cli.{module}.open_project", lambda _: fake)
    return fake


@pytest.mark.parametrize(
    "command",
    [("audit", "list"), ("audit", "verify"), ("purge", "--dry-run"), ("purge", "-y"), ("keys", "rotate", "v", "-y")],
    ids=" ".join,
)
def test_human_output_is_plain_and_json_is_one_document(cli, project, command) -> None:
    human = cli(*command)
    assert (human.code, human.err) == (0, "")
    assert all(c == "\n" or c.isprintable() for c in human.out)
    assert not any(line != line.rstrip() for line in human.out.splitlines())
    machine = cli(*command, "-o", "json")
    assert (machine.code, machine.err) == (0, "")
    assert machine.out.isascii()
    json.loads(machine.out)


def test_entries_read_as_sentences(cli, project) -> None:
    out = cli("audit", "list", "--since", "7d", "--event", "release").out
    assert "40,000 records, 5 fields" in out
    assert "set of 2 fields of d, signed" in out
    assert "release of channel, run abababababab\n" in out
    assert "purged scan of d: r" in out
    assert "brandnew: word" in out
    assert "list (2), n guard 2" in out
    assert "7 entries of region eu; 12 earlier" in out
    assert "next: pratique audit list --before 3 --since 7d --event release" in out
    assert "\\u202e" in out
    assert project.asked[0][1]["since"] == "7d"


@pytest.mark.parametrize(
    ("event", "details", "says"),
    [
        ("scan", {"dataset": "d", "records": 1, "fields": 1}, "scan of d: 1 record, 1 field"),
        ("decision", {"dataset": "d", "kind": "set", "fields": 1, "signed": 1}, "set of 1 field of d, signed"),
        ("run", {"flow": "f", "run": "r", "parts": 1}, "run r of f began: 1 part"),
        ("run", {"flow": "f", "run": "r", "parts": 1200}, "run r of f began: 1,200 parts"),
        ("seal", {"entries": 1}, "not signed before: 1 entry"),
        ("seal", {"entries": 2}, "not signed before: 2 entries"),
        ("seal", {"entries": "x"}, "not signed before: x entries"),
    ],
)
def test_numbers_agree_with_their_nouns(event, details, says) -> None:
    assert _what(event, details)[0] == says


def test_a_log_that_is_not_whole_ends_with_7(cli, project) -> None:
    project.reports.append(project.wrong)
    result = cli("audit", "verify")
    assert (result.code, result.err) == (7, "")
    assert "Whole: the log of region eu" in result.out
    assert "Not whole: the log of region us" in result.out
    assert "  ! line 3: line 3 was altered" in result.out
    assert "and 9 more" in result.out
    assert json.loads(cli("audit", "verify", "-o", "json").out)[1]["problems"][0]["entry"] == 3


def test_nothing_anywhere_is_said(cli, project) -> None:
    project.reports.clear()
    assert cli("audit", "verify").out == "Nothing was done here yet.\n"
    project.audit = lambda *_, **__: AuditPage("eu", [], 0)
    project.purge = lambda **_: PurgeReport(False, WHEN, [])
    assert cli("audit", "list").out == "Nothing here.\n"
    assert cli("purge").out == "Nothing is past its time.\n"


def test_a_purge_shows_what_goes_and_by_which_rule(cli, project) -> None:
    out = cli("purge", "--dry-run").out
    assert "abababababab  " in out
    assert "cdcdcdcdcdcd, still there" in out
    assert "2 of them" in out
    assert "2028-03-01" in out
    assert "2y of d" in out
    assert "Would go: 6 files, 5.0 kB" in out
    assert project.asked == [("purge", True)]
    assert "Purged: 6 files" in cli("purge", "--yes").out


@pytest.mark.parametrize("command", [("purge",), ("keys", "rotate", "viewer")], ids=" ".join)
def test_where_nobody_can_answer_it_refuses(cli, project, command) -> None:
    for form in ("human", "json"):
        result = cli(*command, "-o", form)
        assert (result.code, result.out) == (2, "")
        assert "add --yes" in result.err
    assert ("purge", False) not in project.asked
    assert ("rotate", "viewer") not in project.asked


def test_a_rotation_says_which_joins_it_breaks(cli, project) -> None:
    out = cli("keys", "rotate", "viewer", "--yes").out
    assert "key version 1, is used by:" in out
    assert "in these fields, what comes no longer matches the 2 releases before" in out
    assert "has key version 2 from the next release on" in out
    assert project.asked == [("rotate", "viewer")]


@pytest.mark.parametrize("words", [["--limit", "-1"], ["--before", "x"]])
def test_wrong_numbers_are_refused(cli, project, words) -> None:
    assert cli("audit", "list", *words).code == 2
