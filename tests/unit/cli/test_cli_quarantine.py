"""``pratique quarantine``: what it shows, what it never shows, and what it asks of the project."""

# mypy: disable-error-code="no-untyped-call, no-untyped-def"

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from pratique.model.classes import DataClass
from pratique.model.release import Counts
from pratique.pipeline.results import Held, HeldRecord, HeldState, ReplayReport, RunReport
from tests.unit.cli.conftest import HOSTILE, FakeStreams

FIRST, SECOND = "ab12" * 8, "cd34" * 8
SECRET = b'{"name": "Alice Archer"}'


class FakeProject:
    """Holds some records, one under a hostile name."""

    streams = FakeStreams()

    def __init__(self):
        self.asked = []
        self.rows = [
            Held("channel", FIRST, 1, "guard", HOSTILE, 12, HeldState.HELD, ""),
            Held("channel", FIRST, 1, "new-field", "new fields", 1000, HeldState.REPLAYED, SECOND),
            Held("channel", FIRST, 1, "size", "", 1, HeldState.CUT, ""),
            Held("movie", SECOND, None, "json", "", 3, HeldState.UNRELEASED, ""),
        ]
        self.report = ReplayReport(None, (), 0, 0)

    def quarantine(self, flow):
        self.asked.append(("quarantine", flow))
        return self.rows

    def quarantined(self, flow, **words):
        self.asked.append(("quarantined", flow, words))
        return [HeldRecord(flow, FIRST, "00000-00000", 4096, "guard", HOSTILE, 24, "")]

    def reveal_quarantined(self, flow, *, reason, **words):
        self.asked.append(("reveal", flow, reason, words))
        records = [SECRET, b"\xff\xfe" * 20, b"a caf\xe9 in the harbour"]
        return [HeldRecord(flow, FIRST, "00000-00000", 1, "guard", "name", 24, "", original) for original in records]

    def replay(self, flow, *, run, rules, key, progress):
        self.asked.append(("replay", flow, run, rules, key))
        progress("treat and gate", 1, 2)
        return self.report


@pytest.fixture
def project(monkeypatch):
    fake = FakeProject()
    monkeypatch.setattr("pratique.cli.quarantine.open_project", lambda _: fake)
    return fake


def test_list_says_what_is_held_and_what_to_type(cli, project):
    result = cli("quarantine", "list", "channel")
    assert result.code == 0
    assert project.asked == [("quarantine", "channel")]
    lines = result.out.splitlines()
    assert lines[0].split() == ["flow", "run", "release", "rule", "field", "records", "state"]
    assert "ab12ab12" in lines[1]
    assert "ab12" not in lines[2], "a run is named once"
    assert "replayed by cd34cd34" in lines[2]
    assert "12 records can be replayed after a fix; 1,000 records already replayed;" in result.out
    assert "next: pratique quarantine show channel --run ab12ab12 --rule guard" in result.out
    assert not any(character in result.out for character in "\x1b\u202e\udcff")


def test_list_as_json_has_the_whole_ids(cli, project):
    rows = json.loads(cli("quarantine", "list", "-o", "json").out)
    assert rows[0] == {
        "flow": "channel",
        "run": FIRST,
        "release": 1,
        "rule": "guard",
        "field": HOSTILE,
        "records": 12,
        "state": "held",
        "replayed_by": "",
    }
    assert (rows[3]["release"], rows[3]["state"]) == (None, "unreleased")


def test_nothing_held(cli, project):
    project.rows = []
    assert cli("quarantine", "list").out == "Nothing is held.\n"
    assert cli("quarantine", "list", "-o", "json").out == "[]\n"


def test_show_asks_for_what_was_named(cli, project):
    result = cli("quarantine", "show", "channel", "--run", "ab", "--rule", "guard", "--rule", "json", "-n", "5")
    assert result.code == 0
    words = {"run": "ab", "rules": ["guard", "json"], "limit": 5, "key": None}
    assert project.asked == [("quarantined", "channel", words)]
    assert "4,096" in result.out
    (row,) = json.loads(cli("quarantine", "show", "channel", "-o", "json").out)
    assert (row["ordinal"], row["bytes"], row["field"]) == (4096, 24, HOSTILE)
    assert "original" not in row


@pytest.mark.parametrize("more", [(), ("-o", "json")])
def test_values_go_to_a_terminal_only(cli, project, more):
    result = cli("quarantine", "show", "channel", "--reveal", "--reason", "case 17", *more)
    assert result.code == 3
    assert "on a terminal only" in result.err
    assert project.asked == [], "nothing was opened, and nothing written into the log"
    assert cli("quarantine", "show", "channel", "--reason", "case 17").code == 2


def test_values_on_a_terminal_are_escaped(cli, project, monkeypatch):
    monkeypatch.setattr("pratique.cli.quarantine.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    result = cli("quarantine", "show", "channel", "--reveal", "--reason", "case 17", "--key", "q.pem")
    assert result.code == 0
    (asked,) = project.asked
    assert (asked[0], asked[2], asked[3]["key"]) == ("reveal", "case 17", Path("q.pem"))
    assert SECRET.decode() in result.out
    assert "a caf\\xe9 in the harbour" in result.out
    assert "//7//v/+" in result.out, "what is no text is Base64"
    assert "stands in the audit log" in result.out


def test_replay_with_nothing_to_do(cli, project):
    project.report = ReplayReport(None, (), 2, 1)
    result = cli("quarantine", "replay", "channel")
    assert (result.code, project.asked) == (0, [("replay", "channel", "", [], None)])
    assert result.out.splitlines() == [
        "There is nothing to replay.",
        "! 2 records left: kept only in part, and in the source alone",
        "! 1 record left: not there any more",
    ]
    assert json.loads(cli("quarantine", "replay", "channel", "-o", "json").out) == {
        "replayed": 0,
        "runs": [],
        "cut": 2,
        "foreign": 0,
        "gone": 1,
        "release": None,
    }


def test_replay_shows_what_came_of_it(cli, project):
    run = RunReport(
        "channel",
        SECOND,
        nothing_new=False,
        resumed=True,
        release_path=f"data/us/{SECOND}/release.json",
        counts=Counts(1012, 1000, {"guard": 12}),
        files=2,
        bytes=5000,
        parts=2,
        data_class=DataClass.PSEUDONYMISED,
        sequence=4,
        target="channel-us",
    )
    project.report = ReplayReport(run, (FIRST,), 0, 0)
    result = cli("quarantine", "replay", "channel", "--rule", "guard")
    assert project.asked == [("replay", "channel", "", ["guard"], None)]
    assert "Released 1,000 records to channel-us, taken up where it had stopped" in result.out
    assert "held again: guard" in result.out
    assert "replay of  ab12ab12" in result.out
    document = json.loads(cli("quarantine", "replay", "channel", "-o", "json").out)
    assert (document["replayed"], document["runs"], document["release"]["sequence"]) == (1012, [FIRST], 4)
