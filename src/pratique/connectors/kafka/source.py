"""A topic as a dataset to look at: from its beginning to where it ends now, a partition an input."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn, cast

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.connectors.kafka.positions import bounds, partitions_of
from pratique.connectors.kafka.registry import Registry
from pratique.connectors.kafka.taking import set_from
from pratique.errors import SourceError
from pratique.model.data import Input
from pratique.model.messages import set_of
from pratique.model.stream import Window

_MOST: Final = 10_000
"""Messages of one set."""
_GROUP: Final = "pratique.look"
"""Nothing is ever committed under it."""


class KafkaSource:
    """Implements `pratique.ports.Source` for a bounded look: sizes are counts of messages, bytes are message sets.

    What is not committed is not read. The limit: what retention removes meanwhile is not there either, so a topic is no
    source of a run over files; a flow from a topic is a stream.
    """

    def __init__(
        self, address: Address, root: Path, registry: Registry | None = None, window: Window | None = None
    ) -> None:
        """``registry``: that knows the schemas to which values refer."""
        self._address = address
        self._registry = registry
        self._window = window or Window()
        self._stated: dict[str, str] | None = None
        self._settings = settings_of(address.cluster, root) | {
            "group.id": _GROUP,
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
            "enable.partition.eof": True,
            "queued.max.messages.kbytes": 32_768,
        }
        self._ranges: dict[int, tuple[int, int]] = {}

    def inputs(self) -> Sequence[Input]:
        """The partitions that hold anything; `SourceError` where none does."""
        consumer = sdk().Consumer(self._settings)
        try:
            topic = self._address.topic
            found = bounds(consumer, topic, partitions_of(consumer, topic))
            found = newest(_within(consumer, topic, found, self._window), self._window.newest)
        except sdk().KafkaException as error:
            raise SourceError(f"the brokers do not answer ({named(error)})", do="check that they run") from None
        finally:
            consumer.close()
        self._ranges = {p: (first, end) for p, (first, end) in found.items() if end > first}
        if not self._ranges:
            what = "the topic is empty" if self._window.whole else "the topic has no messages in this window"
            raise SourceError(what, do="wait for its first messages, or widen the window")
        return [
            Input(f"partition-{p:05d}", number, end - first)
            for number, (p, (first, end)) in enumerate(sorted(self._ranges.items()))
        ]

    def open(self, item: Input) -> BinaryIO:
        """The partition's messages as message sets, one after the other, as they are read.

        Where values refer to a registry, a set without messages comes first, with the schemas of the topic's subject.
        """
        partition = int(item.name.rpartition("-")[2])
        return cast("BinaryIO", _Joined(self._sets(partition)))

    def open_stored(self, item: Input) -> NoReturn:
        """A topic has no stored bytes that could be hashed."""
        raise SourceError("a topic is no input of files", where=f"input #{item.number}", do="run its flow as a stream")

    def identity(self, item: Input) -> str:
        """The range of offsets."""
        return str(self._ranges.get(int(item.name.rpartition("-")[2])))

    def _seeds(self, registry: Registry) -> dict[str, str]:
        """What the topic's subject says of its values; asked for once."""
        if self._stated is None:
            self._stated = {str(one.id): one.schema for one in registry.stated(f"{self._address.topic}-value")}
        return self._stated

    def _sets(self, partition: int) -> Iterator[bytes]:
        kit = sdk()
        if self._registry is not None:
            yield set_of([], [], [], [], schemas=self._seeds(self._registry)).pack()
        first, end = self._ranges[partition]
        consumer = kit.Consumer(self._settings)
        try:
            consumer.assign([kit.TopicPartition(self._address.topic, partition, first)])
            place, at = 0, first
            while at < end:
                got = consumer.consume(_MOST, 0.2)
                messages = []
                for message in got:
                    fault = message.error()
                    if fault is None:
                        at = message.offset() + 1
                        if message.offset() < end:
                            messages.append(message)
                    elif fault.code() == kit.KafkaError._PARTITION_EOF:  # noqa: SLF001 (its public name)
                        at = max(at, message.offset())
                    elif not fault.retriable() and fault.code() != kit.KafkaError._TRANSPORT:  # noqa: SLF001
                        raise SourceError(f"cannot be read: {named(fault)}", where=f"partition {partition}")
                if messages:
                    known = self._registry
                    schemas = {} if known is None else known.schemas_of([m.value() for m in messages])
                    yield set_from(messages, place, schemas).pack()
                    place += len(messages)
        finally:
            consumer.close()


def newest(ranges: Mapping[int, tuple[int, int]], most: int | None) -> dict[int, tuple[int, int]]:
    """The ends of the ranges, of at most so many offsets in all: what one partition lacks, others make up for."""
    if most is None:
        return dict(ranges)
    left, found = most, {}
    shortest = sorted(ranges.items(), key=lambda one: one[1][1] - one[1][0])
    for at, (partition, (first, end)) in enumerate(shortest):
        share = min(end - first, -(-left // (len(shortest) - at)))
        found[partition] = (end - share, end)
        left -= share
    return dict(sorted(found.items()))


def _within(
    consumer: Any, topic: str, ranges: Mapping[int, tuple[int, int]], window: Window
) -> dict[int, tuple[int, int]]:
    """The part of each range that lies in the window's time."""
    found = dict(ranges)
    for side, moment in enumerate((window.since, window.until)):
        if moment is None:
            continue
        asked = [sdk().TopicPartition(topic, partition, moment) for partition in found]
        for one in consumer.offsets_for_times(asked, timeout=PATIENCE):
            if one.error is not None:
                raise sdk().KafkaException(one.error)
            first, end = found[one.partition]
            at = end if one.offset < 0 else min(max(one.offset, first), end)
            found[one.partition] = (at, end) if not side else (first, at)
    return found


class _Joined(io.RawIOBase):
    """Byte strings, one after the other, as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As many bytes as asked for, unless the end comes first."""
        found: list[bytes] = []
        want = size
        while want:
            if not self._left:
                self._left = next(self._pieces, b"")
                if not self._left:
                    break
            cut = self._left if want < 0 else self._left[:want]
            self._left = self._left[len(cut) :]
            found.append(cut)
            if want > 0:
                want -= len(cut)
        return b"".join(found)

    def close(self) -> None:
        """Let the client go."""
        if not self.closed:
            close: Any = getattr(self._pieces, "close", None)
            if close is not None:
                close()
        super().close()
