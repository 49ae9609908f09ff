"""A flow from topic to topic against a real broker: once each, in order, treated, and what cannot be is held."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from pratique.assembly.checking import verify_topic
from pratique.connectors.kafka import Ends, KafkaStream, address_of
from pratique.connectors.kafka.client import sdk, settings_of
from pratique.crypto.signing import load_public
from pratique.errors import RefusedError, SourceError, ThresholdError, UnsettledError, VerifyError
from pratique.model.messages import pack_headers
from pratique.model.stream import Mark
from pratique.project import Project
from tests.integration.stream_projects import StreamProject, good


@pytest.fixture
def made(tmp_path, servers):
    project = StreamProject(tmp_path, servers)
    project.send([good(number) for number in range(200)])
    project.decide()
    return project


def verify(made):
    public = made.folder / "exporter.pub"
    if not public.exists():
        made.project.export_public(public)
    uri = f"kafka://local/{made.topic}-treated"
    return verify_topic(uri, "events", made.folder, trust=None, exporter_key=load_public(public))


def test_every_message_comes_out_once_in_order_and_treated(made):
    report = made.streams.follow("events")
    assert (report.read, report.written, report.quarantined, report.releases) == (200, 200, 0, (1,))
    sources, outputs = made.read(), made.read("-treated")
    tokens = {}
    for partition in (0, 1):
        assert len(sources[partition]) == len(outputs[partition]) == 100
        for (_, key, _, value), (_, out_key, _, out_value) in zip(sources[partition], outputs[partition], strict=True):
            assert tokens.setdefault(key, out_key) == out_key
            assert json.loads(out_value) == {**json.loads(value), "user_id": out_key.decode()}
    assert all(token.startswith(b"tok1.") for token in tokens.values())
    assert len(set(tokens.values())) == len(tokens) == 50


def test_a_second_run_treats_what_is_new(made):
    made.streams.follow("events")
    again = made.streams.follow("events")
    assert (again.read, again.releases) == (0, ())
    made.send([good(number) for number in range(200, 230)])
    more = made.streams.follow("events")
    assert (more.read, more.releases) == (30, (2,))
    assert sum(map(len, made.read("-treated").values())) == 230
    assert [lag.behind <= 1 for lag in made.streams.lag("events")] == [True, True]
    found = verify(made)
    assert (found.releases, found.messages) == (2, 230)


def test_what_cannot_be_treated_is_held_whole_and_blocks_nothing(made):
    odd = [
        (0, b"user-00001", None, b"{"),
        good(1, partition=0, phone="+49 30 901820"),
        (0, b"user-00002", None, json.dumps({"user_id": "user-00002", "number": "2", "show": "x"}).encode()),
        (0, b"\xff", None, good(3)[3]),
        good(4, partition=0, show="ask jane.roe@example.org"),
        good(5, partition=0, headers=[("who", b"user-00005")]),
        (0, b"user-00006", None, b""),
    ]
    made.send([*odd, (0, b"user-00007", None, None), good(8, partition=0)])
    report = made.streams.follow("events")
    assert (report.written, report.quarantined) == (202, 7)
    held = made.held()
    rules = [held[0, 100 + at][0] for at in range(7)]
    assert rules == ["json", "new-field", "retyped-field", "utf-8", "guard", "new-field", "json"]
    assert [(key, value) for _, key, value in (held[0, 100 + at] for at in range(7))] == [
        (key, value) for _, key, _, value in odd
    ]
    output = made.read("-treated")[0]
    assert output[-2][3] is None
    assert output[-2][1].startswith(b"tok1.")
    assert json.loads(output[-1][3])["number"] == 8
    seen = b"".join(part for messages in made.read("-quarantine").values() for m in messages for part in m[2:] if part)
    assert b"user-0" not in seen
    assert verify(made).messages == 202


def test_headers_are_treated_like_fields(tmp_path, servers):
    made = StreamProject(tmp_path, servers)
    made.send([good(n, headers=[("who", f"user-{n % 50:05d}".encode()), ("trace", b"t")]) for n in range(100)])
    made.decide()
    assert made.streams.follow("events").written == 100
    for messages in made.read("-treated").values():
        for _, key, headers, _ in messages:
            assert headers == pack_headers([("who", key), ("trace", b"t")])


def test_a_record_of_ten_megabytes_passes_or_is_held_and_nothing_stops(made):
    made.send([good(0, partition=0, show="x" * 10_000_000), good(1, partition=0)])
    report = made.streams.follow("events")
    assert report.read == 202
    assert report.written + report.quarantined == 202
    assert json.loads(made.read("-treated")[0][-1][3])["number"] == 1


def test_a_new_plan_begins_a_new_release(made):
    made.streams.follow("events")
    made.send([good(number, stage="open") for number in range(200, 210)])
    assert made.streams.follow("events").quarantined == 10
    made.decide()
    made.send([good(number, stage="open") for number in range(210, 220)])
    report = made.streams.follow("events")
    assert (report.written, report.quarantined) == (10, 0)
    found = verify(made)
    assert (found.releases, found.messages) == (3, 210)


def test_a_message_of_somebody_else_stops_the_flow(made):
    made.streams.follow("events")
    made.send_treated([(0, b"k", None, b"{}")])
    made.send([good(number) for number in range(200, 210)])
    with pytest.raises(RefusedError, match="a message that the flow did not write"):
        made.streams.follow("events")
    assert verify(made).messages == 200


def test_a_message_of_somebody_else_breaks_the_chain(made, monkeypatch):
    made.streams.follow("events")
    made.send_treated([(0, b"k", None, b"{}")])
    made.send([good(number) for number in range(200, 210)])
    monkeypatch.setattr(KafkaStream, "_check_target", lambda stream, consumer, outs: None)
    made.streams.follow("events")
    with pytest.raises(VerifyError, match="partition 0 are not those that were released"):
        verify(made)


def test_too_much_in_quarantine_pauses_the_flow_and_loses_nothing(tmp_path, servers):
    made = StreamProject(tmp_path, servers, share="0.05")
    made.send([good(number) for number in range(200)])
    made.decide()
    made.send([(0, b"user-00001", None, b"{")] * 60)
    with pytest.raises(ThresholdError, match="paused: 60 of the 260 messages"):
        made.streams.follow("events")
    assert len(made.held()) == 60
    assert sum(map(len, made.read("-treated").values())) == 200
    assert verify(made).messages == 200
    # The share is that of a release's span: what was paused is released, and the next span starts anew.
    made.send([good(number) for number in range(200, 220)])
    assert made.streams.follow("events").written == 20


def test_messages_that_are_gone_before_they_were_treated_are_not_passed_over(made, servers):
    made.streams.follow("events")
    made.send([good(number) for number in range(200, 240)])
    kit = sdk()
    admin = kit.admin.AdminClient({"bootstrap.servers": servers.bootstrap})
    part = kit.TopicPartition(made.topic, 0, 110)
    admin.delete_records([part])[part].result(30)
    with pytest.raises(SourceError, match="are gone before they were treated"):
        made.streams.follow("events")


def test_a_group_that_lost_its_offsets_is_not_begun_anew(made, servers):
    """A coordinator forgets a group in which nothing was committed for some days."""
    made.streams.follow("events")
    admin = sdk().admin.AdminClient({"bootstrap.servers": servers.bootstrap})
    group = f"pratique.{made.topic}.events"
    admin.delete_consumer_groups([group])[group].result(30)
    made.send([good(number) for number in range(200, 210)])
    assert made.streams.follow("events").read == 10
    assert verify(made).messages == 210
    assert sum(lag.read for lag in made.streams.lag("events")) == 210


def test_a_flow_that_lost_its_marks_is_not_begun_anew(made, servers):
    made.streams.follow("events")
    admin = sdk().admin.AdminClient({"bootstrap.servers": servers.bootstrap})
    marks = f"{made.topic}-treated-marks"
    admin.delete_topics([marks])[marks].result(30)
    with pytest.raises(SourceError, match="there is no topic"):
        made.streams.follow("events")
    made.streams.create()
    with pytest.raises(RefusedError, match="are released, and the flow's mark is at nothing"):
        made.streams.follow("events")


def test_the_newest_mark_is_found_however_far_from_the_end_it_stands(made):
    """What was undone leaves messages that nobody reads, and a compacted topic leaves holes."""
    stream = stream_of(made)
    before = stream.resume()
    taken = take_all(stream, 200)
    done = stream.commit(taken, Cleared(taken.messages), [], marks_after(stream, taken, before))
    kit, marks = sdk(), f"{made.topic}-treated-marks"
    settings = settings_of(made.project.settings.clusters["local"], made.folder)
    undone = kit.Producer(settings | {"transactional.id": f"{made.topic}.undone"})
    undone.init_transactions(30)
    for _ in range(3):
        undone.begin_transaction()
        for number in range(200):
            undone.produce(marks, key=f"group-{made.topic}", value=b"%d" % number, partition=number % 2)
        undone.flush(30)
        undone.abort_transaction(30)
    assert stream.resume() == done
    stream.close()


# --- the seam itself --------------------------------------------------------------------------------------------------


class Cleared:
    """What a gate would have cleared."""

    def __init__(self, data):
        import hashlib
        import io

        self.digest = hashlib.sha256(data).hexdigest()
        self._data = io.BytesIO(data)

    def descriptor(self):
        self._data.seek(0)
        return self._data


def stream_of(made):
    clusters = made.project.settings.clusters
    source = address_of(f"kafka://local/{made.topic}", clusters)
    target = address_of(f"kafka://local/{made.topic}-treated", clusters)
    return KafkaStream(Ends(source, target, f"group-{made.topic}"), made.folder, lambda _: True)


def marks_after(stream, taken, before):
    found = {}
    for partition, offset in taken.after.items():
        mark = before.get(partition) or Mark(0, 0, 0, 0, 0, 0, {}, "00" * 32, "p")
        found[partition] = replace(mark, offset=offset, read=mark.read + int((taken.partitions == partition).sum()))
    return found


def take_all(stream, count):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        taken = stream.take(count, 1.0)
        if len(taken) == count:
            return taken
        stream.resume()
    raise AssertionError("the messages did not come")


def treated(made, count):
    """What stands in the target; a commit is answered before all can read it."""
    end = time.monotonic() + 30
    while True:
        found = [message for messages in made.read("-treated").values() for message in messages]
        if len(found) >= count or time.monotonic() > end:
            return found


def test_who_was_fenced_commits_nothing(made):
    old, new = stream_of(made), stream_of(made)
    before = old.resume()
    taken = take_all(old, 200)
    new.resume()
    with pytest.raises(UnsettledError):
        old.commit(taken, Cleared(taken.messages), [], marks_after(old, taken, before))
    assert sum(map(len, made.read("-treated").values())) == 0
    again = take_all(new, 200)
    done = new.commit(again, Cleared(again.messages), [], marks_after(new, again, {}))
    assert len(treated(made, 200)) == 200
    assert {p: mark.out for p, mark in done.items()} == {
        p: messages[-1][0] + 1 for p, messages in made.read("-treated").items()
    }
    assert new.resume() == done
    old.close()
    new.close()


def test_an_answer_that_was_lost_is_asked_for(made):
    """The commit happened and nobody heard of it: what is taken next is what no committed transaction took."""
    stream = stream_of(made)
    before = stream.resume()
    taken = take_all(stream, 200)
    done = stream.commit(taken, Cleared(taken.messages), [], marks_after(stream, taken, before))
    assert stream.resume() == done
    assert len(stream.take(10, 0.5)) == 0
    stream.close()


def test_bytes_that_the_gate_did_not_see_are_not_written(made):
    stream = stream_of(made)
    before = stream.resume()
    taken = take_all(stream, 200)
    cleared = Cleared(taken.messages)
    cleared.digest = "0" * 64
    with pytest.raises(RefusedError):
        stream.commit(taken, cleared, [], marks_after(stream, taken, before))
    assert sum(map(len, made.read("-treated").values())) == 0
    stream.close()


# --- the worker as a process ------------------------------------------------------------------------------------------


def test_a_worker_that_follows_drains_when_it_is_asked_to_end(made):
    command = [sys.executable, "-m", "pratique", "run", "events", "--follow", "-p", str(made.folder), "-o", "json"]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ)
    try:
        end = time.monotonic() + 60
        while sum(lag.written for lag in made.streams.lag("events")) < 200:
            assert worker.poll() is None, worker.stderr.read()
            assert time.monotonic() < end
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        out, _ = worker.communicate(timeout=60)
    finally:
        worker.kill()
    assert worker.returncode == 0
    told = json.loads(out)
    assert (told["read"], told["written"], told["releases"]) == (200, 200, [1])
    assert verify(made).messages == 200


def test_workers_share_the_partitions_and_one_of_them_releases(made):
    report = made.streams.follow("events", workers=2)
    assert (report.read, report.written, report.releases) == (200, 200, (1,))
    assert [len(messages) for messages in made.read("-treated").values()] == [100, 100]
    assert report.transactions >= 2
    # Shared out otherwise, and back.
    made.send([good(number) for number in range(200, 240)])
    assert made.streams.follow("events").read == 40
    made.send([good(number) for number in range(240, 260)])
    assert made.streams.follow("events", workers=2).read == 20
    assert [json.loads(m[3])["number"] for m in made.read("-treated")[0]] == list(range(0, 260, 2))
    assert verify(made).messages == 260


def test_more_workers_than_partitions_are_not_started(made):
    assert made.streams.follow("events", workers=16).read == 200


def test_a_worker_waits_for_what_another_slot_left_open(made):
    """Partitions that were shared out otherwise: what is not decided may still come to be."""
    stream = stream_of(made)
    before = stream.resume()
    taken = take_all(stream, 200)
    done = stream.commit(taken, Cleared(taken.messages), [], marks_after(stream, taken, before))
    settings = settings_of(made.project.settings.clusters["local"], made.folder)
    other = sdk().Producer(settings | {"transactional.id": f"{made.topic}.other"})
    other.init_transactions(30)
    other.begin_transaction()
    other.produce(f"{made.topic}-treated-marks", key=f"group-{made.topic}", value=done[0].record(), partition=0)
    other.flush(30)
    with pytest.raises(UnsettledError):
        stream.resume()
    other.abort_transaction(30)
    assert stream.resume() == done
    stream.close()


def test_what_was_held_comes_out_once_after_a_fix(made):
    made.streams.follow("events")
    made.send([good(number, stage="open") for number in range(200, 210)])
    made.send([(0, b"\xff", None, good(300)[3]), (1, b"user-00001", None, b"{")])
    assert made.streams.follow("events").quarantined == 12
    rows = made.project.quarantine("events")
    assert sum(row.records for row in rows) == 12
    new = next(row.rule for row in rows if row.records == 10)
    made.decide()
    report = made.streams.replay("events", rules=[new])
    assert (report.read, report.written, report.quarantined) == (12, 10, 2)
    assert len(report.releases) == 1
    assert sum(row.records for row in made.project.quarantine("events")) == 2
    # What cannot be treated is held again, and is still the very message.
    again = made.streams.replay("events")
    assert (again.read, again.written, again.quarantined) == (2, 0, 2)
    assert {value for _, _, value in made.held().values()} >= {b"{", good(300)[3]}
    assert sum(row.records for row in made.project.quarantine("events")) == 2
    numbers = sorted(json.loads(m[3])["number"] for messages in made.read("-treated").values() for m in messages)
    assert numbers == list(range(210))
    made.send([good(number, stage="open") for number in range(400, 410)])
    assert made.streams.follow("events").written == 10
    assert verify(made).messages == 220


def test_a_replay_whose_answer_was_lost_takes_nothing_out_twice(made, monkeypatch):
    made.send([good(number, stage="open") for number in range(200, 230)])
    made.streams.follow("events")
    made.decide()
    commit, lost = KafkaStream.commit, []

    def forgetful(stream, *words):
        done = commit(stream, *words)
        if len(lost) < 2:
            lost.append(done)
            raise UnsettledError("lost")
        return done

    monkeypatch.setattr("pratique.pipeline.restream._MOST", 10)
    monkeypatch.setattr(KafkaStream, "commit", forgetful)
    made.streams.replay("events")
    numbers = sorted(json.loads(m[3])["number"] for messages in made.read("-treated").values() for m in messages)
    assert numbers == list(range(230))
    assert verify(made).messages == 230


def test_a_topic_is_taken_back_into_a_restricted_dataset(made):
    made.streams.follow("events")
    made.send([good(number) for number in range(200, 210)])
    made.streams.follow("events")
    file = made.folder / "pratique.yaml"
    text = file.read_text().replace(
        "datasets:", "reidentifiers: {desk: {key: keys/desk.pub, flows: [events]}}\ndatasets:"
    )
    back = "  back: {uri: data/back/, format: jsonl, region: eu, restricted: true}\npolicies:"
    file.write_text(text.replace("policies:", back))
    made.open().create_keys()
    words = {"purpose": "case 17", "to": "back", "fields": [("user_id",)]}
    with pytest.raises(RefusedError, match="may not re-identify"):
        made.project.reidentify("events", who="nobody", **words)
    report = made.project.reidentify("events", who="desk", **words)
    assert (report.records, report.failed) == (210, 0)
    files = sorted((made.folder / "data/back").iterdir())
    rows = [json.loads(line) for one in files for line in one.read_bytes().splitlines()]
    assert sorted((row["number"], row["user_id"]) for row in rows) == [(n, f"user-{n % 50:05d}") for n in range(210)]
    made.send_treated([(0, b"k", None, b"{}")])
    assert made.project.reidentify("events", who="desk", **words).records == 210  # what is beyond is not released


def test_topics_are_made_once_and_listed(made):
    assert all(not new for _, new in made.streams.create())
    names = {state.name for state in made.streams.topics()}
    assert {made.topic, f"{made.topic}-treated", f"{made.topic}-quarantine", f"{made.topic}-treated-releases"} <= names
    assert made.streams.describe(made.topic).partitions == 2
    made.streams.delete(f"{made.topic}-treated")
    with pytest.raises(SourceError):
        made.streams.describe(f"{made.topic}-treated")
    told = Project.open(made.folder).audit("eu", event="topic").entries
    assert [entry.details["what"] for entry in told] == ["delete"]
