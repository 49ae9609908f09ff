"""Looking at topics: their newest messages, and scans by a window."""

import json
import time

import pytest
from typer.testing import CliRunner

from pratique.assembly.tailing import TopicKind
from pratique.cli.app import app
from pratique.errors import RefusedError, SourceError
from pratique.model.stream import Window
from tests.integration.stream_projects import StreamProject, good


@pytest.fixture
def made(tmp_path, servers):
    project = StreamProject(tmp_path, servers)
    project.send([good(number) for number in range(200)])
    return project


def seen(found):
    return json.dumps([[dict(one.fields), one.note, one.more] for one in found.messages])


def test_raw_messages_are_masked_and_unseen_names_not_told(made):
    made.send([good(0, partition=0, **{"anna@example.org": 1}), (1, b"user-00001", None, b"{"), (1, None, None, None)])
    before = made.streams.tail(made.topic, 10)
    assert all(not one.fields for one in before.messages)  # nobody has scanned it
    made.decide()
    made.send([good(0, partition=0, **{"jane@example.org": 1, "phone": "1"})])
    found = made.streams.tail(made.topic, 10)
    assert found.kind is TopicKind.RAW
    assert 8 <= len(found.messages) <= 12
    shown = seen(found)
    assert "user-0" not in shown
    assert "jane" not in shown
    assert "Night" not in shown
    notes = {one.note for one in found.messages}
    assert {"cannot be read: json", "tombstone"} <= notes
    assert max(one.more for one in found.messages) == 2
    by_id = [one.fields["user_id"] for one in found.messages if "user_id" in one.fields]
    assert set(by_id) == {"aaaa-99999"}  # five and more share it
    assert {one.fields["show"] for one in found.messages if "show" in one.fields} == {"<text>"}  # one value has it


def test_released_messages_are_shown_as_they_are_and_held_ones_by_their_labels(made):
    made.decide()
    made.send([(0, b"user-00001", None, b"{")])
    made.streams.follow("events")
    found = made.streams.tail(f"{made.topic}-treated", 3)
    assert found.kind is TopicKind.RELEASED
    assert len(found.messages) == 3
    assert all(one.fields["user_id"].startswith("tok1.") for one in found.messages)
    held = made.streams.tail(f"{made.topic}-quarantine", 3)
    assert [one.fields["pratique-rule"] for one in held.messages] == ["json"]
    assert made.streams.tail(f"{made.topic}-treated-releases", 3).messages
    with pytest.raises(RefusedError, match="has no topic"):
        made.streams.tail("another", 3)


def test_values_are_revealed_for_a_reason_and_on_record(made):
    log = made.folder / ".pratique" / "eu" / "audit.jsonl"
    with pytest.raises(RefusedError, match="for a reason only"):
        made.streams.tail(made.topic, 2, reason=" ")
    found = made.streams.tail(made.topic, 2, reason="a customer asked")
    assert found.revealed
    assert found.messages[0].fields["user_id"].startswith("user-0")
    assert "user-0" not in repr(found)
    assert sum('"event":"reveal"' in line and made.topic in line for line in log.read_text().splitlines()) == 1
    done = CliRunner().invoke(app, ["topics", "tail", made.topic, "--reveal", "-r", "x", "-p", str(made.folder)])
    assert isinstance(done.exception, RefusedError)  # nobody is at a terminal here
    shown = CliRunner().invoke(app, ["topics", "tail", made.topic, "-n", "2", "-p", str(made.folder)])
    assert shown.exit_code == 0
    assert "masked" in shown.stdout
    assert "user-0" not in shown.stdout


def test_a_scan_by_a_window_looks_at_what_lies_in_it(made):
    uri = f"kafka://local/{made.topic}"
    whole = made.project.scan([uri])[0].scan
    assert (whole.dataset, whole.records, whole.complete) == ("events", 200, True)
    some = made.project.scan(["events"], window=Window(newest=30))[0].scan
    assert (some.records, some.complete, some.miss_bound) == (30, False, None)
    time.sleep(0.05)
    middle = int(time.time() * 1000)
    time.sleep(0.05)
    made.send([good(number, city="Berlin") for number in range(6)])
    late = made.project.scan(["events"], window=Window(since=middle))[0].scan
    assert late.records == 6
    assert ("city",) in {evidence.path for evidence in late.evidence}
    early = made.project.scan(["events"], window=Window(until=middle))[0].scan
    assert early.records == 200
    assert ("city",) not in {evidence.path for evidence in early.evidence}
    with pytest.raises(SourceError, match="no messages in this window"):
        made.project.scan(["events"], window=Window(until=1000))
    words = ["scan", uri, "--newest", "10", "-p", str(made.folder), "-o", "json"]
    assert json.loads(CliRunner().invoke(app, words).stdout)[0]["records"] == 10
