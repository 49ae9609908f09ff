"""A broker in memory: the seam of streams with the faults that a real one has, when they are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pratique.errors import UnsettledError
from pratique.model.messages import set_of, unpack_headers, unpack_set
from pratique.model.stream import Mark, Sealed, Taken, read_mark
from pratique.ports import Cleared

Plain = tuple[bytes | None, bytes | None, bytes | None]
"""Key, header block, value."""


@dataclass(slots=True)
class MemoryBroker:
    """What is kept: topics, marks, releases. ``faults`` befall the next commits, one each.

    ``lost``: nobody hears that it did not happen. ``unheard``: nobody hears that it did. Empty: it is well.
    """

    source: list[list[Plain]]
    target: list[list[Plain]] = field(default_factory=list)
    quarantine: list[Sealed] = field(default_factory=list)
    marks: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By partition: offset and note, as a broker keeps them."""
    releases: list[tuple[str, bytes]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    epoch: int = 0
    commits: int = 0

    def __post_init__(self) -> None:
        self.target = self.target or [[] for _ in self.source]


class MemoryStream:
    """Implements `pratique.ports.Stream` over a `MemoryBroker`."""

    def __init__(self, broker: MemoryBroker, prefix: bytes = b"") -> None:
        self._broker = broker
        self._prefix = prefix
        self._epoch = -1
        self._positions: dict[int, int] = {}

    def resume(self) -> Mapping[int, Mark | None]:
        """Fence, and go to what is committed."""
        broker = self._broker
        broker.epoch += 1
        self._epoch = broker.epoch
        found = {p: read_mark(*broker.marks[p]) if p in broker.marks else None for p in range(len(broker.source))}
        self._positions = {p: 0 if mark is None else mark.offset for p, mark in found.items()}
        return found

    def settle(self) -> None:
        """There are no others."""

    def everyone(self) -> Mapping[int, Mark | None]:
        """As committed."""
        broker = self._broker
        return {p: read_mark(*broker.marks[p]) if p in broker.marks else None for p in range(len(broker.source))}

    def begin(self, partition: int) -> tuple[int, int]:
        """From the beginning."""
        return 0, len(self._broker.target[partition])

    def ends(self) -> Mapping[int, int]:
        """Of each partition."""
        return {p: len(messages) for p, messages in enumerate(self._broker.source)}

    def take(self, most: int, seconds: float) -> Taken:
        """By turns from each partition."""
        del seconds
        taken: list[tuple[int, int]] = []
        for p, log in enumerate(self._broker.source):
            while len(taken) < most and self._positions[p] < len(log):
                taken.append((p, self._positions[p]))
                self._positions[p] += 1
        rows = [self._broker.source[p][offset] for p, offset in taken]
        found = set_of(
            [value for _, _, value in rows],
            [key for key, _, _ in rows],
            [None if block is None else unpack_headers(block) for _, block, _ in rows],
            [0] * len(rows),
        )
        partitions = np.array([p for p, _ in taken], np.int64)
        offsets = np.array([offset for _, offset in taken], np.int64)
        return Taken(found.pack(), partitions, offsets, dict(self._positions))

    def commit(
        self, taken: Taken, cleared: Cleared, held: Sequence[Sealed], marks: Mapping[int, Mark]
    ) -> Mapping[int, Mark]:
        """All of it, or nothing; or one of the two, and nobody hears which."""
        broker = self._broker
        fault = broker.faults.pop(0) if broker.faults else ""
        if fault == "lost" or self._epoch != broker.epoch:
            raise UnsettledError("lost")
        output = unpack_set(cleared.descriptor().read())
        rows = zip(output.keys.listed(), output.headers.listed(), output.values.listed(), strict=True)
        for place, (key, block, value) in zip((output.ordinals >> 1).tolist(), rows, strict=True):
            written = value if value is None else self._prefix + value[len(self._prefix) :]
            broker.target[int(taken.partitions[place])].append((key, block, written))
        broker.quarantine += held
        done = {p: replace(mark, out=len(broker.target[p])) for p, mark in marks.items()}
        broker.marks.update({p: (mark.offset, mark.note()) for p, mark in done.items()})
        broker.commits += 1
        if fault == "unheard":
            raise UnsettledError("unheard")
        return done

    def close(self) -> None:
        """Nothing is held open."""


class MemoryReleaseLog:
    """Implements `pratique.ports.ReleaseLog` over a `MemoryBroker`."""

    def __init__(self, broker: MemoryBroker) -> None:
        self._broker = broker

    def append(self, flow: str, sequence: int, statement: bytes) -> None:
        """Keep it."""
        del sequence
        self._broker.releases.append((flow, statement))

    def read(self, flow: str) -> Sequence[bytes]:
        """In order."""
        return [statement for name, statement in self._broker.releases if name == flow]
