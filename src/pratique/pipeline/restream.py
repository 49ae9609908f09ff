"""Replay of a stream: what its quarantine topic holds, treated again after a fix, by the same transactions.

What is taken out of quarantine is read once more, and either written to the end of its partition of the target, or
sealed again at the end of the quarantine topic: so the topic is a queue, and what is held are its messages from where
the marks say to its end. That place moves in the transaction that writes what came out: a replay that is killed goes on
where it stopped, and nothing comes out twice.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from pratique.model.codec import canonical
from pratique.model.messages import MessageSet, set_of, unpack_headers, unpack_set
from pratique.model.quarantine import FOREIGN, Entry
from pratique.model.stream import Mark, Sealed, Taken
from pratique.pipeline.covering import publish_last
from pratique.pipeline.results import StreamReport
from pratique.pipeline.streaming import Streamer, Worker
from pratique.pipeline.taking import advance

_MOST = 1_000
"""Messages that are taken out in one transaction."""


@dataclass(frozen=True, slots=True)
class HeldTopic:
    """A quarantine topic, and the key to it."""

    ends: Callable[[], Mapping[int, int]]
    """Where each of its partitions ends now."""
    messages: Callable[[int, int, int], Iterator[tuple[int, bytes | None, bytes | None, bytes | None]]]
    """Partition, first offset and end to offset, key, header block and value of what stands there."""
    open: Callable[[bytes], tuple[int, Entry]]
    """A sealed value to the partition that it was taken from, and the entry, whose ordinal is its offset there."""


@dataclass(frozen=True, slots=True)
class _Held:
    at: int
    partition: int
    entry: Entry
    sealed: Sealed


def replay_stream(streamer: Streamer, held: HeldTopic, rules: Collection[str]) -> StreamReport:
    """Treat again what a stream holds, by any rule or by ``rules``, under the plan as it is, and release what passes.

    What fails again, what other rules hold, and what cannot be replayed (`pratique.model.quarantine.FOREIGN`) is held
    again, as it was. Raises as `pratique.pipeline.streaming.follow`, `BusyError` while the flow is followed among them,
    and what opening a message raises. The limit: between two messages that are taken out, those that are not are kept
    in memory.
    """
    covering = streamer.covering
    with covering.store.hold(covering.plan.flow), contextlib.closing(streamer.stream):
        covering.store.store_plan(covering.plan.hash, canonical(covering.plan))
        publish_last(covering)
        return _Replayer(streamer, held, rules).run()


class _Replayer(Worker):
    def __init__(self, streamer: Streamer, held: HeldTopic, rules: Collection[str]) -> None:
        super().__init__(streamer, forever=False)
        self._held, self._rules = held, rules
        self._until: Mapping[int, int] | None = None

    def _check_threshold(self) -> None:
        """A replay can only lessen what is held."""

    def _work(self) -> None:
        if self._until is None:
            self._until = self._held.ends()
        batch: list[_Held] = []
        for one in self._waiting(self._until):
            batch.append(one)
            if len(batch) >= _MOST and any(self._chosen(held.entry) for held in batch):
                self._take_out(batch)
                batch = []
        if any(self._chosen(held.entry) for held in batch):
            self._take_out(batch)
        self._release(self._with.covering.plan)

    def _waiting(self, until: Mapping[int, int]) -> Iterator[_Held]:
        """What is held, in the order of each partition of the quarantine topic."""
        before = {partition: mark.again for partition, mark in self._marks.items()}
        for number, end in sorted(until.items()):
            mine = [at for partition, at in before.items() if partition % len(until) == number]
            for at, _, headers, value in self._held.messages(number, min(mine, default=end), end):
                partition, entry = self._held.open(value or b"")
                if at >= before.get(partition, end):
                    told = [(name, one or b"") for name, one in unpack_headers(headers or b"")]
                    yield _Held(at, partition, entry, Sealed(partition, told, value or b""))

    def _chosen(self, entry: Entry) -> bool:
        return entry.rule != FOREIGN and entry.size is None and (not self._rules or entry.rule in self._rules)

    def _take_out(self, batch: list[_Held]) -> None:
        chosen = [held for held in batch if self._chosen(held.entry)]
        kept = [held for held in batch if not self._chosen(held.entry)]
        before = self._marks
        taken = _taken(chosen, {partition: mark.offset for partition, mark in before.items()})
        ready = self._treat(taken)
        written = ready.cleared.descriptor().read()
        marks, failed = advance(before, taken, written, ready.held, self._with.shop.plan.hash, self._with.prefix)
        marks = _taken_out({**{held.partition: before[held.partition] for held in kept}, **marks}, batch, kept)
        sealed = [*self._with.seal(failed), *(held.sealed for held in kept)]
        try:
            self._marks.update(self._with.stream.commit(taken, ready.cleared, sealed, marks))
        finally:
            self._forget(ready)
        self._failing = None
        self._progress.read += len(batch)
        self._progress.written += len(chosen) - len(failed)
        self._progress.quarantined += len(failed) + len(kept)
        self._progress.transactions += 1
        self._with.tell(self._progress)


def _taken_out(marks: Mapping[int, Mark], batch: list[_Held], kept: list[_Held]) -> dict[int, Mark]:
    """With what is held again as it was, and where the quarantine of each partition begins now."""
    out = Counter(held.partition for held in batch)
    found: dict[int, Mark] = {}
    for partition, mark in marks.items():
        rules = Counter(held.entry.rule for held in kept if held.partition == partition)
        found[partition] = replace(
            mark,
            read=mark.read + rules.total(),
            quarantined=dict(sorted((rules + Counter(mark.quarantined)).items())),
            replayed=mark.replayed + out[partition],
            again=max(held.at for held in batch if held.partition == partition) + 1,
        )
    return found


def _taken(chosen: list[_Held], after: Mapping[int, int]) -> Taken:
    originals: list[MessageSet] = [unpack_set(held.entry.original) for held in chosen]
    blocks = [one.headers.at(0) for one in originals]
    messages = set_of(
        [one.values.at(0) for one in originals],
        [one.keys.at(0) for one in originals],
        [None if block is None else unpack_headers(block) for block in blocks],
        [int(one.timestamps[0]) for one in originals],
        schemas={name: text for one in originals for name, text in one.schemas.items()},
    )
    return Taken(
        messages.pack(),
        np.array([held.partition for held in chosen], np.int64),
        np.array([held.entry.ordinal for held in chosen], np.int64),
        after,
    )
