"""A stream's worker over a broker in memory: whatever a commit's answer is, each message comes out once."""

import io
import json
import random

import pytest

from pratique.assembly import following
from pratique.assembly.parts import Assembly
from pratique.crypto.seal import load_unseal_key
from pratique.crypto.signing import load_public
from pratique.errors import PolicyError, RefusedError, ThresholdError, UnsettledError, VerifyError
from pratique.model.catalogue import DecisionKind
from pratique.model.data import Input
from pratique.model.messages import set_of, unpack_headers, unpack_set
from pratique.pipeline import streaming as worker
from pratique.project import Project
from pratique.quarantine import open_message
from pratique.testing.streams import MemoryBroker, MemoryReleaseLog, MemoryStream
from pratique.verify import verify_stream

PROJECT = """\
name: streams
regions: [eu]
keys: {eu: file:keys/eu.json}
stewards: {office: keys/office.pub}
datasets:
  events: {uri: "kafka://broker:1/raw", region: eu, format: json, subject: user_id}
  treated: {uri: "kafka://broker:1/treated", region: eu, format: json}
policies:
  default:
    entities: {USER_ID: {token: viewer}}
    FIELDS
    not_personal: keep
    otherwise: quarantine
flows:
  events: {from: events, to: treated, policy: default, max_quarantine: SHARE}
detection:
  entities:
    USER_ID: {pattern: '\\buser-[0-9]{5}\\b', score: 0.9, field_names: [user_id]}
"""


def good(number, **more):
    user = f"user-{number % 20:05d}"
    return user.encode(), None, json.dumps({"user_id": user, "number": number, **more}).encode()


class Topic:
    """As much of a source as a look needs."""

    def __init__(self, broker):
        self._broker = broker

    def inputs(self):
        return [Input(f"partition-{p:05d}", p, len(rows)) for p, rows in enumerate(self._broker.source) if rows]

    def open(self, item):
        rows = self._broker.source[item.number]
        blocks = [None if block is None else unpack_headers(block) for _, block, _ in rows]
        return io.BytesIO(
            set_of([value for *_, value in rows], [key for key, *_ in rows], blocks, [0] * len(rows)).pack()
        )


class Made:
    def __init__(self, folder, patch, broker, fields="", share="1"):
        text = PROJECT.replace("FIELDS", fields or "fields: {}").replace("SHARE", share)
        (folder / "pratique.yaml").write_text(text)
        patch.setattr(following, "KafkaStream", lambda ends, root, is_cleared: MemoryStream(broker))
        patch.setattr(following, "TopicReleaseLog", lambda address, root: MemoryReleaseLog(broker))
        patch.setattr(Assembly, "source", lambda assembly, dataset, window=None: Topic(broker))
        patch.setattr(worker, "_FIRST", 0.0)
        self.folder, self.broker = folder, broker
        self.project = Project.open(folder)
        self.project.create_keys()

    def decide(self):
        report = self.project.scan(["events"])[0]
        for path, verdict in report.verdicts.items():
            kind = DecisionKind.CONFIRM if verdict.entities else DecisionKind.NOT_PERSONAL
            self.project.decide("events", [path], kind, reason="made up", steward="office")

    def follow(self, **words):
        return self.project.streams.follow("events", **words)

    def verify(self):
        public = self.folder / "exporter.pub"
        if not public.exists():
            self.project.export_public(public)

        def messages(partition, first, end):
            rows = self.broker.target[partition]
            return ((at, *rows[at]) for at in range(first, min(end, len(rows))))

        return verify_stream(
            MemoryReleaseLog(self.broker).read("events"),
            messages,
            topic="treated",
            trust=None,
            exporter_key=load_public(public),
            today=__import__("datetime").date.today(),
        )


@pytest.fixture
def made(tmp_path, monkeypatch):
    broker = MemoryBroker([[good(number) for number in range(p, 120, 3)] for p in range(3)])
    found = Made(tmp_path, monkeypatch, broker)
    found.decide()
    return found


def numbers(broker):
    return [[json.loads(value)["number"] for _, _, value in rows] for rows in broker.target]


def due(broker):
    return [[json.loads(value)["number"] for _, _, value in rows] for rows in broker.source]


@pytest.mark.parametrize("seed", range(6))
def test_each_message_comes_out_once_whatever_a_commit_s_answer_is(made, monkeypatch, seed):
    choose = random.Random(seed)
    monkeypatch.setattr(worker, "MOST", 7)
    made.broker.faults = [choose.choice(["", "lost", "unheard"]) for _ in range(40)]
    report = made.follow()
    assert numbers(made.broker) == due(made.broker)
    marks = [MemoryStream(made.broker).resume()[p] for p in range(3)]
    assert [(mark.read, mark.written, mark.offset) for mark in marks] == [(40, 40, 40)] * 3
    assert report.releases == (1,)
    found = made.verify()
    assert (found.messages, found.certified) == (120, {0: 40, 1: 40, 2: 40})


def test_a_worker_that_dies_anywhere_is_taken_up_by_the_next(made, monkeypatch):
    monkeypatch.setattr(worker, "MOST", 10)
    rounds = 0
    for killed in (1, 3, 4, 0):
        done = made.broker.commits
        made.follow(stop=lambda done=done, killed=killed: bool(killed) and made.broker.commits >= done + killed)
        rounds += 1
    assert rounds == 4
    assert numbers(made.broker) == due(made.broker)
    assert made.verify().messages == 120


def test_brokers_that_never_answer_end_a_run_and_lose_nothing(made, monkeypatch):
    monkeypatch.setattr(worker, "_PATIENCE", -1.0)
    made.broker.faults = ["lost"]
    with pytest.raises(UnsettledError):
        made.follow()
    assert numbers(made.broker) == [[], [], []]
    made.follow()
    assert numbers(made.broker) == due(made.broker)


def test_what_is_held_opens_to_the_very_message(made):
    odd = [(b"user-00001", None, b"{"), good(1, phone="030 901820"), (b"\xff", None, good(2)[2])]
    made.broker.source[1] += [*odd, good(3), (b"user-00004", None, None)]
    report = made.follow()
    assert (report.written, report.quarantined) == (122, 3)
    private = load_unseal_key(made.folder / "keys" / "eu.quarantine.pem")
    for at, sealed in enumerate(made.broker.quarantine):
        partition, entry = open_message(private, "events", "raw", sealed.value)
        inside = unpack_set(entry.original)
        assert (partition, entry.ordinal) == (1, 40 + at)
        assert (inside.keys.at(0), None, inside.values.at(0)) == odd[at]
        assert b"user" not in b"".join(text for _, text in sealed.headers)
        with pytest.raises(VerifyError):
            open_message(private, "events", "other", sealed.value)
    assert made.broker.target[1][-1][2] is None
    assert made.broker.target[1][-1][0].startswith(b"tok1.")
    assert made.verify().messages == 122


def test_a_changed_moved_or_missing_message_is_found(made):
    made.follow()
    rows = made.broker.target[0]
    for harm in (
        lambda: rows.__setitem__(3, (rows[3][0], None, b"{}")),
        lambda: rows.__setitem__(slice(3, 5), rows[4:2:-1]),
        lambda: rows.pop(3),
        lambda: rows.insert(3, rows[3]),
        lambda: rows.__setitem__(3, (rows[3][0], rows[3][1], None)),
    ):
        before = list(rows)
        harm()
        with pytest.raises(VerifyError):
            made.verify()
        rows[:] = before
    assert made.verify().messages == 120


def test_a_release_that_is_missing_or_turned_round_is_found(made):
    made.follow()
    for more in (130, 140):
        made.broker.source[0] += [good(number) for number in range(more, more + 10)]
        made.follow()
    assert made.verify().releases == 3
    kept = list(made.broker.releases)
    for left in (kept[1:], [kept[0], kept[2]], [kept[1], kept[0], kept[2]]):
        made.broker.releases[:] = left
        with pytest.raises(VerifyError):
            made.verify()
    made.broker.releases[:] = [kept[0], kept[0], *kept[1:]]
    assert made.verify().releases == 3


def test_a_release_that_a_crash_kept_from_its_topic_is_published_by_the_next_run(made):
    made.follow()
    made.broker.releases.clear()
    made.follow()
    assert made.verify().releases == 1


def test_a_broker_that_knows_less_than_what_is_released_is_refused(made):
    made.follow()
    made.broker.marks.clear()
    with pytest.raises(RefusedError, match="are released, and the flow's mark is at nothing"):
        made.follow()
    assert numbers(made.broker) == due(made.broker)


def test_a_new_plan_waits_until_what_the_old_one_did_is_released(made, monkeypatch):
    real = worker.release_span
    monkeypatch.setattr(worker, "release_span", lambda covering, marks: None)  # killed before its release
    made.follow()
    monkeypatch.setattr(worker, "release_span", real)
    made.broker.source[0] += [good(number, stage="open") for number in range(200, 210)]
    made.decide()
    report = made.follow()
    assert report.releases == (1, 2)
    plans = {json.loads(note)["plan"] for _, note in made.broker.marks.values()}
    assert len(plans) == 2
    found = made.verify()
    assert (found.releases, found.messages) == (2, 130)


def test_the_threshold_is_a_brake(tmp_path, monkeypatch):
    broker = MemoryBroker([[good(number) for number in range(200)]])
    found = Made(tmp_path, monkeypatch, broker, share="0.05")
    found.decide()
    broker.source[0] += [(b"user-00001", None, b"{")] * 50
    assert found.follow().quarantined == 50
    broker.source[0] += [(b"user-00001", None, b"{")] * 51
    with pytest.raises(ThresholdError, match="paused: 51 of the 51"):
        found.follow()
    assert len(broker.quarantine) == 101
    broker.source[0] += [good(300)]
    assert found.follow().written == 1


def test_a_key_that_would_lose_what_belongs_together_does_not_compile(tmp_path, monkeypatch):
    broker = MemoryBroker([[good(number) for number in range(200)]])
    found = Made(tmp_path, monkeypatch, broker, fields="fields: {events.kafka-key: replace}")
    found.decide()
    with pytest.raises(PolicyError, match="the key of messages"):
        found.follow()
