"""How far a flow has come, read from where it stands for good: the topic of marks beside its target.

Each transaction writes, for each partition from which it took, a mark (`pratique.model.stream.Mark.record`) into the
partition of the same number, under the group's name as key: plain messages, in the same transaction as the output. So
the newest committed mark is exactly as new as the output, by the same rule of the broker's, and by no other. The
offsets of the group, which the transaction commits too, are for those who watch: a coordinator forgets them when
nothing was committed for some days, and nothing is decided by them.

A partition has one writer at a time, which has fenced whoever wrote before, so nothing that is decided can stand behind
something that is not: what is read up to the end of what is committed is all there is.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.connectors.kafka.patience import StuckError
from pratique.connectors.kafka.positions import bounds, partitions_of
from pratique.errors import SourceError
from pratique.model.stream import Mark, read_record

_SLICE: Final = 1000
_WINDOW: Final = 64
"""Messages from the end at which the look for the newest mark begins; if it is not there, so many times more."""


def read_marks(target: Address, root: Path, group: str) -> dict[int, Mark | None]:
    """The newest mark of a flow in each partition, for who does not work it. `SourceError` where brokers are silent."""
    consumer = sdk().Consumer(
        settings_of(target.cluster, root)
        | {
            "group.id": "pratique.look",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
        }
    )
    try:
        return newest_marks(consumer, target.marks, group, partitions_of(consumer, target.marks))
    except (sdk().KafkaException, StuckError) as error:
        raise SourceError(f"the brokers do not answer ({named(error)})", do="check that they run") from None
    finally:
        consumer.close()


def newest_marks(consumer: Any, topic: str, group: str, partitions: Sequence[int]) -> dict[int, Mark | None]:
    """The newest committed mark of a flow in each partition; None where there is none.

    ``consumer`` reads committed messages, tells the ends of partitions, and is used for nothing else meanwhile. Raises
    `StuckError` where the brokers do not answer, and `pratique.errors.StoreError` where a mark does not read as one.
    """
    edges = bounds(consumer, topic, partitions)
    found: dict[int, Mark | None] = dict.fromkeys(partitions)
    window, left = _WINDOW, [p for p in partitions if edges[p][1] > edges[p][0]]
    while left:
        starts = {p: max(edges[p][0], edges[p][1] - window) for p in left}
        for message in messages_between(consumer, topic, {p: (start, edges[p][1]) for p, start in starts.items()}):
            if message.key() == group.encode() and message.value() is not None:
                found[message.partition()] = read_record(message.value())
        left = [p for p in left if found[p] is None and starts[p] > edges[p][0]]
        window *= _WINDOW
    return found


def messages_between(consumer: Any, topic: str, spans: Mapping[int, tuple[int, int]]) -> Iterator[Any]:
    """The committed messages of partitions, from an offset each at least to another; whatever comes after may follow.

    Raises `StuckError` where a partition does not get there.
    """
    kit = sdk()
    waiting = {p: stop for p, (start, stop) in spans.items() if stop > start}
    if not waiting:
        return
    consumer.assign([kit.TopicPartition(topic, p, spans[p][0]) for p in sorted(waiting)])
    end = time.monotonic() + PATIENCE
    while waiting:
        for message in consumer.consume(_SLICE, 0.1):
            fault = message.error()
            if fault is None:
                end = time.monotonic() + PATIENCE
                yield message
            elif fault.code() != kit.KafkaError._PARTITION_EOF:  # noqa: SLF001 (its public name)
                continue
            elif message.offset() >= waiting.get(message.partition(), 0):
                waiting.pop(message.partition(), None)
        if waiting and time.monotonic() > end:
            raise StuckError
    consumer.unassign()
