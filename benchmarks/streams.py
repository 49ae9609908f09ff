"""``streams``: from topic to topic of a real broker, exactly once, against peers.

The purchases of ``deidentify`` as JSON values with the viewer's id as key, in four partitions: two fields and the key
become tokens. The worker is pinned to one core, all its threads included; the broker runs on all. Each run treats the
topic from its beginning into a new one; what is timed is from its first commit to its last, of both contenders, since a
stream has no end that its start could be spread over. Scan and decisions are made before; gate, chain and marks are
inside. The last round's target is held against its source, message by message.

``latency_at_half_load`` follows the topic while messages come at half of the speed measured before, and takes the time
from when a message was given to the producer to when a reader of committed messages has it: the 99th of 100.
"""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.events import events
from benchmarks.frame import (
    CACHE,
    ROOT,
    BenchmarkError,
    Measure,
    Options,
    PeakMemory,
    child,
    cores,
    interleaved,
    note,
    python,
)
from benchmarks.peers import peer_python
from benchmarks.stream_project import PARTITIONS, check_stream, fill, following, fresh, prepared, run_stream
from tools.servers import Servers, ServersError, download

MEASURES = ("kafka_vs_bare_copy", "kafka_vs_presidio", "latency_at_half_load", "two_workers", "memory")
RECORDS = 300_000
PRESIDIO_RECORDS = 1_000
MEMORY_RECORDS = 3_000_000
LATENCY_SECONDS = 20
LIMIT_MS = 250.0
HERE = Path(__file__).resolve().parent


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for, against a broker that is started for them."""
    servers = Servers(CACHE / "servers")
    try:
        download()
        servers.start("kafka")
        servers.wait("kafka")
        yield from _Streams(servers.bootstrap, options).run()
    except ServersError as error:
        raise BenchmarkError(str(error)) from error
    finally:
        servers.forget()


class _Streams:
    """One broker, one topic, and the runs over it."""

    def __init__(self, bootstrap: str, options: Options) -> None:
        self._bootstrap, self._options = bootstrap, options
        self._records = options.records(RECORDS)
        self._there = self._records  # in the topic
        self._numbers = count(1)
        self._core = cores()[:1]

    def run(self) -> Iterator[Measure]:
        self._lines = events(self._records)
        self._project = prepared(self._bootstrap, self._lines, self._records)
        best = interleaved({"bare copy": self._copy, "pratique": self._ours}, self._options.rounds)
        check_stream(self._folder, self._records)
        ours, bare = (best[name]["records"] / best[name]["seconds"] for name in ("pratique", "bare copy"))
        if self._options.wants("kafka_vs_bare_copy"):
            yield Measure("kafka_vs_bare_copy", ours, "records/s", "bare copy in transactions", bare)
        if self._options.wants("kafka_vs_presidio"):
            theirs = self._presidio()
            yield Measure("kafka_vs_presidio", ours, "records/s", "Presidio per field, one produce a message", theirs)

        if self._options.wants("latency_at_half_load"):
            yield self._latency(int(ours / 2))
        if self._options.wants("two_workers"):
            yield self._two_workers()
        if self._options.wants("memory"):
            yield self._memory()

    def _ours(self) -> dict[str, Any]:
        self._folder = fresh(self._project, self._bootstrap, next(self._numbers))
        return self._whole(run_stream(self._folder, cores=self._core))

    def _copy(self) -> dict[str, Any]:
        words = [self._bootstrap, "raw", f"copied-{next(self._numbers)}", str(PARTITIONS)]
        return self._whole(child([python(), HERE / "stream_copy.py", *words], cores=self._core))

    def _whole(self, result: dict[str, Any]) -> dict[str, Any]:
        if result["read"] != self._there:
            raise BenchmarkError(f"of {self._there} messages {result['read']} were read")
        return result

    def _presidio(self) -> float:
        words = [self._bootstrap, "raw", f"presidio-{next(self._numbers)}", str(min(self._records, PRESIDIO_RECORDS))]
        command: list[str | Path] = [peer_python("presidio"), HERE / "stream_presidio.py", *words]
        run = partial(child, command, cores=self._core, directory=ROOT)
        best = interleaved({"presidio": run}, self._options.rounds)["presidio"]
        return float(best["records"] / best["seconds"])

    def _latency(self, rate: int) -> Measure:
        """At half of what one core did; beside the worker, who produces and who reads need theirs."""
        folder = fresh(self._project, self._bootstrap, next(self._numbers))
        run_stream(folder)  # to the topic's end, so that what comes is all that there is to do
        rate = min(rate, self._records // LATENCY_SECONDS)
        words = [str(self._lines), str(rate), str(LATENCY_SECONDS)]
        with following(folder, self._core):
            found = child([python(), "-m", "benchmarks.stream_latency", folder, *words])
        self._there += rate * LATENCY_SECONDS
        note(f"latency: {rate:,} messages/s, half within {1000 * found['p50']:.0f} ms")
        return Measure("latency_at_half_load", 1000 * found["p99"], "ms", "the limit", LIMIT_MS)

    def _two_workers(self) -> Measure:
        """Unpinned, and with the broker on the same cores: on two of them it shows what is left over for a second."""
        best = interleaved(
            {"one worker": partial(self._of, 1), "two workers": partial(self._of, 2)}, self._options.rounds, "whole"
        )
        one, two = (best[name]["read"] / best[name]["whole"] for name in ("one worker", "two workers"))
        return Measure("two_workers", two, "records/s", "one worker", one)

    def _of(self, workers: int) -> dict[str, Any]:
        folder = fresh(self._project, self._bootstrap, next(self._numbers))
        return self._whole(run_stream(folder, workers))

    def _memory(self) -> Measure:
        """The peak of a worker over the topic as it is, and over ten times as many messages."""
        folder = fresh(self._project, self._bootstrap, next(self._numbers))
        peaks, before = [PeakMemory(), PeakMemory()], self._there
        run_stream(folder, watch=peaks[0])
        more = max(self._options.records(MEMORY_RECORDS) // self._records, 2) - 1
        fill(self._project, self._lines, self._records, more)
        folder = fresh(self._project, self._bootstrap, next(self._numbers))
        run_stream(folder, watch=peaks[1])
        few, many = (peak.bytes / 1e6 for peak in peaks)
        note(f"memory: {few:,.0f} MB over {before:,} messages, {many:,.0f} MB over {before + more * self._records:,}")
        return Measure("memory", many, "MB", f"over {before:,} messages", few)
