"""The messages of one transaction, into a producer that has begun it."""

from collections.abc import Mapping
from typing import Any, Final

from pratique.connectors.kafka.patience import StuckError
from pratique.model.messages import NO_TIME, unpack_headers, unpack_set
from pratique.model.stream import Taken

_FLUSH: Final = 15.0
"""Seconds for the messages of a transaction to be taken."""


def write_set(producer: Any, topic: str, prefix: bytes, data: bytes, taken: Taken, last: dict[int, int]) -> int:
    """Every message of the set to the partition that it was taken from; how many partitions those are.

    ``prefix``: what each value is to begin with, in place of the staged one. ``last`` gets the offset after the last
    message of each partition, once they are written.
    """
    messages = unpack_set(data)
    places = messages.ordinals >> 1
    partitions = taken.partitions[places].tolist()
    final = {partition: row for row, partition in enumerate(partitions)}
    values, keys = messages.values.listed(), messages.keys.listed()
    headed = (messages.headers.lengths >= 0).any()
    blocks = messages.headers.listed() if headed else None
    stamps = messages.timestamps.tolist()

    def told(error: object, message: Any) -> None:
        if error is None:
            last[message.partition()] = message.offset() + 1

    lasting = frozenset(final.values())
    produce = producer.produce
    for row, (partition, key, value, stamp) in enumerate(zip(partitions, keys, values, stamps, strict=True)):
        written = value if value is None or not prefix else prefix + value[len(prefix) :]
        if stamp == NO_TIME and row not in lasting and (blocks is None or blocks[row] is None):
            # The words of most messages; by place, which costs half.
            try:
                produce(topic, written, key, partition)
            except BufferError:
                write(producer, topic, value=written, key=key, partition=partition)
            continue
        more: dict[str, Any] = {}
        if blocks is not None and (block := blocks[row]) is not None:
            more["headers"] = unpack_headers(block)
        if stamp != NO_TIME:
            more["timestamp"] = stamp
        if row in lasting:
            more["on_delivery"] = told
        write(producer, topic, value=written, key=key, partition=partition, **more)
    return len(final)


def write(producer: Any, topic: str, **words: Any) -> None:
    """One message, as soon as there is room for it."""
    while True:
        try:
            producer.produce(topic, **words)
        except BufferError:
            producer.poll(0.05)
        else:
            return


def flush(producer: Any, last: Mapping[int, int], expected: int) -> None:
    """Have everything taken: only then the target's offsets are known. `StuckError` where it is not."""
    if producer.flush(_FLUSH) or len(last) < expected or min(last.values(), default=1) < 1:
        raise StuckError
