"""`make chaos-stream`: kill -9 a stream's worker at random moments, restart its broker, and hold what came out.

1. A broker of its own is started; a project is scanned and decided on a few messages; then the records are written:
   each with a number of its own, some poison, some tombstones, some with headers.
2. A worker follows the topic, in small transactions. After it made progress it is killed at a random moment and started
   again. Now and then the broker is restarted under it: like a crash, or gently.
3. At the end a worker runs to the topic's end. Then everything is read: the source, the target, the quarantine.

Held: each record came out once, in the target or in quarantine, and no other did (0 lost, 0 doubled); in each
partition in the source's order; one key always as one token, and the rest as it was; no raw value; what is held opens
to the very message; the counts of the flow's marks are those of the topics; the chain of releases verifies.
"""

import argparse
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pratique.connectors.kafka import KafkaMarks, TopicReader, address_of
from pratique.crypto.seal import load_unseal_key
from pratique.model.catalogue import DecisionKind
from pratique.model.messages import unpack_headers, unpack_set
from pratique.project import Project
from pratique.quarantine import open_message
from tools.servers import ROOT, Servers, download

FLOW = "events"
STEWARD = "office"
PARTITIONS = 4
POISON = 1 / 100
TOMBSTONES = 1 / 200
HEADED = 1 / 50
MOST = 200
"""Messages of one transaction: small ones are killed in more places."""
PROJECT = """\
name: chaos
regions: [eu]
keys: {{eu: file:keys/eu.json}}
stewards: {{{steward}: keys/{steward}.pub}}
clusters:
  local: {{bootstrap: "{bootstrap}"}}
datasets:
  events: {{uri: kafka://local/raw, region: eu, format: json, subject: user_id, topic: {{partitions: {partitions}}}}}
  treated: {{uri: kafka://local/treated, region: eu, format: json, topic: {{partitions: {partitions}}}}}
policies:
  default:
    entities: {{USER_ID: {{token: viewer}}, EMAIL_ADDRESS: replace}}
    not_personal: keep
    otherwise: quarantine
flows:
  events: {{from: events, to: treated, policy: default, max_quarantine: 1, release: {{seconds: 2}}}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{8}}\\b', score: 0.9, field_names: [user_id]}}
"""
FETCH = 16 << 10
"""Bytes of one partition at a time: each transaction has messages of all."""
_WORKER = (
    f"import pratique.pipeline.streaming as s, pratique.connectors.kafka.stream as k; s.MOST = {MOST}; "
    f"k.FETCH = {FETCH}; from pratique.cli import main; main()"
)
_PLAIN = "from pratique.cli import main; main()"
_RAW = re.compile(rb"user-[0-9]{8}|@example")

Sent = tuple[bytes | None, list[tuple[str, bytes]] | None, bytes | None]
"""Key, headers, value."""

Read = dict[int, list[tuple[int, bytes | None, bytes | None, bytes | None]]]
"""By partition: offset, key, header block, value."""


class Wrong(Exception):  # noqa: N818 (what was found, not an error)
    """Something that must not be; one line says what."""


class Chaos:
    """One topic, its flow, and what was done to them."""

    def __init__(self, base: Path, kills: int, restarts: int, records: int, seed: int, workers: int = 1) -> None:
        self._choose = random.Random(seed)  # noqa: S311 (moments and made-up data, not secrets)
        self._servers = Servers(base / "servers")
        self._folder = base / "project"
        self._kills, self._restarts, self._records, self._workers = kills, restarts, records, workers
        self.killed = self.restarted = 0

    def run(self) -> str:
        """All of it, and the line that sums it up; `Wrong` at the first fault."""
        download()
        self._servers.start("kafka")
        self._servers.wait("kafka")
        try:
            project = self._prepare()
            start = time.monotonic()
            self._harm()
            self._end()
            spent = time.monotonic() - start
            told = self._check(project)
        finally:
            self._servers.stop("kafka")
        bound = 3 / max(self.killed + self.restarted, 1)
        return (
            f"chaos-stream: {self.killed} kills of the worker, {self.restarted} restarts of the broker, {spent:.0f} s: "
            f"{told}: a fault does harm in less than {bound:.1%} of cases (95 %)"
        )

    # --- before -------------------------------------------------------------------------------------------------------

    def _prepare(self) -> Project:
        self._folder.mkdir(parents=True)
        text = PROJECT.format(steward=STEWARD, bootstrap=self._servers.bootstrap, partitions=PARTITIONS)
        (self._folder / "pratique.yaml").write_text(text, encoding="utf-8")
        project = Project.open(self._folder)
        project.create_keys()
        project.streams.create()
        # A sample that has every field is known before the rest comes.
        self._send(project, [self._good(-1 - at, headed=at % 2 == 0) for at in range(300)])
        report = project.scan(["events"])[0]
        for path, verdict in report.verdicts.items():
            kind = DecisionKind.CONFIRM if verdict.entities else DecisionKind.NOT_PERSONAL
            project.decide("events", [path], kind, reason="made up", steward=STEWARD)
        self._send(project, (self._record(number) for number in range(self._records)))
        return project

    def _send(self, project: Project, records: "Iterator[Sent] | list[Sent]") -> None:
        from pratique.connectors.kafka.client import sdk, settings_of  # noqa: PLC0415 (headers: `produce` has none)

        address = address_of("kafka://local/raw", project.settings.clusters)
        producer = sdk().Producer(settings_of(address.cluster, self._folder) | {"linger.ms": 20})
        for at, (key, headers, value) in enumerate(records):
            partition = self._choose.randrange(PARTITIONS)
            while True:
                try:
                    producer.produce(address.topic, key=key, headers=headers, value=value, partition=partition)
                    break
                except BufferError:
                    producer.poll(0.1)
            if at % 1000 == 0:
                producer.poll(0)
        if producer.flush(60):
            raise Wrong("the records could not be written")

    def _record(self, number: int) -> Sent:  # noqa: PLR0911 (one return a kind)
        chance = self._choose.random()
        key, headers, value = self._good(number, headed=self._choose.random() < HEADED)
        if chance < TOMBSTONES:
            return key, headers, None
        if chance < TOMBSTONES + POISON:
            record = json.loads(value or b"")
            kind = self._choose.randrange(5)
            if kind == 0:
                return key, headers, (value or b"")[:-1]
            if kind == 1:
                return key, headers, json.dumps({**record, "phone": "+49 30 901820"}).encode()
            if kind == 2:
                return key, headers, json.dumps({**record, "number": str(number)}).encode()
            if kind == 3:
                return b"\xff\xfe", headers, value
            return key, headers, json.dumps({**record, "show": f"ask a.b{number}@example.org"}).encode()
        return key, headers, value

    def _good(self, number: int, *, headed: bool) -> Sent:
        user = f"user-{self._choose.randrange(2000):08d}"
        shows = ("Night Ferry", "The Long Tide", "Small Hours", "Paper Boats")
        record = {"number": number, "user_id": user, "show": self._choose.choice(shows)}
        return user.encode(), [("trace", b"t1")] if headed else None, json.dumps(record).encode()

    # --- faults -------------------------------------------------------------------------------------------------------

    def _harm(self) -> None:
        project = Project.open(self._folder)
        address = address_of("kafka://local/raw", project.settings.clusters)
        due = sorted(self._choose.sample(range(max(self._kills, 1)), min(self._restarts, self._kills)))
        began = time.monotonic()
        worker = self._start(follow=True)
        try:
            with closing(KafkaMarks(address, self._folder, "pratique.chaos.events")) as marks:
                while self.killed < self._kills:
                    before = _done(marks)
                    self._progress(marks, before, worker)
                    if self.killed in due:
                        due.remove(self.killed)
                        self._restart()
                        self._progress(marks, _done(marks), worker)
                    time.sleep(self._choose.uniform(0, 0.25))
                    helper = self._helper(worker.pid) if self._choose.random() < 1 - 1 / self._workers else None
                    if helper is not None:
                        os.kill(helper, signal.SIGKILL)  # The first one starts it again.
                    else:
                        worker.send_signal(signal.SIGKILL)
                        worker.wait()
                    self.killed += 1
                    if os.environ.get("CHAOS_TIMES"):
                        print(f"{time.monotonic() - began:.1f} s, {before} messages", flush=True)
                    if helper is None:
                        worker = self._start(follow=True)
                # One that is still coming up would end at once: drained is what has worked.
                self._progress(marks, _done(marks), worker)
        except BaseException:
            worker.kill()
            raise
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
        if worker.returncode:
            raise Wrong(f"the worker did not drain, and ended with {worker.returncode}: {self._last_words()}")

    def _progress(self, marks: KafkaMarks, before: int, worker: "subprocess.Popen[bytes]") -> None:
        """Wait until the worker has committed something, or has nothing left to do."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if worker.poll() is not None:
                raise Wrong(f"the worker ended with {worker.returncode}: {self._last_words()}")
            now = _done(marks)
            if now > before:
                return
            if now >= self._records + 300:
                raise Wrong(f"only {self.killed} kills before all was done: use more records, or fewer kills")
            time.sleep(0.02)
        raise Wrong(f"the worker made no progress for 120 s: {self._last_words()}")

    def _restart(self) -> None:
        """Like a crash, or gently."""
        time.sleep(self._choose.uniform(0, 0.2))
        self._servers.stop("kafka", kill=self._choose.random() < 0.5)
        time.sleep(self._choose.uniform(0, 1.0))
        self._servers.start("kafka")
        self._servers.wait("kafka")
        self.restarted += 1

    def _start(self, *, follow: bool) -> "subprocess.Popen[bytes]":
        code = _WORKER if follow else _PLAIN
        command = [sys.executable, "-c", code, "run", FLOW, "--project", str(self._folder), "--output", "json"]
        command += ["--workers", str(self._workers)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        with (self._folder / "worker.log").open("ab") as log:
            return subprocess.Popen(
                [*command, *(["--follow"] if follow else [])], stdout=log, stderr=log, env=environment
            )

    def _helper(self, parent: int) -> int | None:
        """One of the other workers; None where they are not there yet."""
        found = []
        for task in Path(f"/proc/{parent}/task").iterdir():
            with contextlib.suppress(OSError):
                children = (task / "children").read_text(encoding="utf-8").split()
                found += [c for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]
        return int(self._choose.choice(sorted(found))) if found else None

    def _last_words(self) -> str:
        lines = (self._folder / "worker.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return lines[-1] if lines else "nothing"

    def _end(self) -> None:
        worker = self._start(follow=False)
        if worker.wait(600):
            raise Wrong(f"the last run ended with {worker.returncode}: {self._last_words()}")

    # --- after --------------------------------------------------------------------------------------------------------

    def _check(self, project: Project) -> str:  # noqa: C901 (one rule after the other)
        sources, outputs, kept = self._read("raw"), self._read("treated"), self._read("raw-quarantine")
        held = self._opened(kept, sources)
        twin: dict[bytes | None, bytes | None] = {}
        count = Counter[str]()
        for partition, messages in sources.items():
            expected = [message for message in messages if (partition, message[0]) not in held]
            got = outputs[partition]
            if len(expected) != len(got):
                raise Wrong(f"partition {partition}: {len(expected)} messages were due, {len(got)} came out")
            for (_, key, headers, value), (_, out_key, out_headers, out_value) in zip(expected, got, strict=True):
                if (value is None) != (out_value is None) or (headers is None) != (out_headers is None):
                    raise Wrong("a message came out as something else")
                if headers is not None and unpack_headers(headers) != unpack_headers(out_headers or b""):
                    raise Wrong("headers came out otherwise")
                if twin.setdefault(key, out_key) != out_key:
                    raise Wrong("one key came out as two")
                for part in (out_key, out_headers, out_value):
                    if part is not None and _RAW.search(part):
                        raise Wrong("a raw value came out")
                if value is not None and out_value is not None:
                    _same(json.loads(value), json.loads(out_value), (out_key or b"").decode())
                count["tombstones" if value is None else "records"] += 1
        if len(set(twin.values())) != len(twin):
            raise Wrong("two keys came out as one")
        self._check_counts(project, sources, outputs, held)
        found = self._verify(project)
        return (
            f"{sum(map(len, sources.values())):,} in, {count.total():,} out ({count['tombstones']:,} tombstones), "
            f"{len(held):,} in quarantine, 0 lost, 0 doubled, 0 raw, in order, {found} releases verified"
        )

    def _read(self, topic: str) -> Read:
        project = Project.open(self._folder)
        reader = TopicReader(address_of(f"kafka://local/{topic}", project.settings.clusters), self._folder)
        return {p: list(reader.messages(p, first, end)) for p, (first, end) in reader.ranges().items()}

    def _opened(self, kept: Read, sources: Read) -> set[tuple[int, int]]:
        private = load_unseal_key(self._folder / "keys" / "eu.quarantine.pem")
        raw = {(p, offset): rest for p, messages in sources.items() for offset, *rest in messages}
        found: dict[tuple[int, int], int] = {}
        for messages in kept.values():
            for at, key, headers, value in messages:
                partition, entry = open_message(private, FLOW, "raw", value or b"")
                origin = (partition, entry.ordinal)
                if key is not None:
                    raise Wrong("a message is in quarantine with a key")
                if origin in found:
                    # Side by side: one transaction wrote it twice. Far apart: it was taken twice.
                    places = f"{found[origin]} and {at}"
                    raise Wrong(f"offset {origin[1]} of partition {origin[0]} is in quarantine twice, at {places}")
                found[origin] = at
                inside = unpack_set(entry.original)
                original = [inside.keys.at(0), inside.headers.at(0), inside.values.at(0)]
                if original != list(raw.get(origin, ())):
                    raise Wrong("what is in quarantine is not the message that came")
                for part in (headers, value):
                    if part is not None and _RAW.search(part):
                        raise Wrong("quarantine shows a raw value")
        return set(found)

    def _check_counts(self, project: Project, sources: Read, outputs: Read, held: set[tuple[int, int]]) -> None:
        for lag in project.streams.lag(FLOW):
            p = lag.partition
            due = (len(sources[p]), len(outputs[p]), sum(1 for q, _ in held if q == p))
            if (lag.read, lag.written, lag.quarantined) != due:
                raise Wrong(f"the marks of partition {p} count otherwise than its topics")

    def _verify(self, project: Project) -> int:
        from pratique.assembly.checking import verify_topic  # noqa: PLC0415
        from pratique.crypto.signing import load_public  # noqa: PLC0415

        public = project.export_public(self._folder / "exporter.pub")
        uri = "kafka://local/treated"
        found = verify_topic(uri, FLOW, self._folder, trust=None, exporter_key=load_public(public))
        return found.releases


def _done(marks: KafkaMarks) -> int:
    """Messages that are committed; what cannot be asked now is asked again."""
    from pratique.errors import SourceError  # noqa: PLC0415

    try:
        return sum(mark.read for mark in marks.marks().values() if mark is not None)
    except SourceError:
        return -1


def _same(source: dict[str, object], output: dict[str, object], token: str) -> None:
    if {**source, "user_id": token} != output:
        raise Wrong("a record came out otherwise than it was to be treated")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Kill a stream's worker, restart its broker, and look at what came out."
    )
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--restarts", type=int, default=1)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=1, help="processes that share the partitions")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", type=Path, default=None, help="where everything stays for who looks into a fault")
    words = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if words.seed is None else words.seed
    print(f"chaos-stream: seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-stream-") as made:
        base = Path(made) if words.keep is None else words.keep
        try:
            print(Chaos(base, words.kills, words.restarts, words.records, seed, words.workers).run())
        except Wrong as error:
            print(f"chaos-stream: {error} (seed {seed})", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
