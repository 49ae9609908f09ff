"""Committed messages of a topic, plainly: for who checks what was written, and for who looks at it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.connectors.kafka.positions import bounds, partitions_of
from pratique.errors import SourceError
from pratique.model.messages import pack_headers

Plain = tuple[int, bytes | None, bytes | None, bytes | None]
"""Offset, key, header block (None without headers), value."""
_MOST: Final = 10_000


class TopicReader:
    """Reads a topic without leaving a trace."""

    def __init__(self, address: Address, root: Path) -> None:
        self._topic = address.topic
        self._settings = settings_of(address.cluster, root) | {
            "group.id": "pratique.look",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
            "queued.max.messages.kbytes": 32_768,
        }

    def ranges(self) -> dict[int, tuple[int, int]]:
        """First offset and end of each partition; `SourceError` where the brokers do not answer."""
        consumer = sdk().Consumer(self._settings)
        try:
            return bounds(consumer, self._topic, partitions_of(consumer, self._topic))
        except sdk().KafkaException as error:
            raise SourceError(f"the brokers do not answer ({named(error)})", do="check that they run") from None
        finally:
            consumer.close()

    def messages(self, partition: int, first: int, end: int) -> Iterator[Plain]:
        """The messages from ``first`` to before ``end``, in order; `SourceError` where the first ones are gone."""
        kit = sdk()
        consumer = kit.Consumer(self._settings)
        where = f"topic {self._topic}, partition {partition}"
        try:
            consumer.assign([kit.TopicPartition(self._topic, partition, first)])
            at, patience = first, time.monotonic() + PATIENCE
            while at < end:
                for message in consumer.consume(_MOST, 0.2):
                    fault = message.error()
                    if fault is None:
                        at, patience = message.offset() + 1, time.monotonic() + PATIENCE
                        if message.offset() < end:
                            headers = message.headers()
                            block = pack_headers(headers) if headers else None
                            yield message.offset(), message.key(), block, message.value()
                    elif fault.code() == kit.KafkaError._PARTITION_EOF:  # noqa: SLF001 (its public name)
                        at = max(at, message.offset())
                    elif fault.code() == kit.KafkaError._AUTO_OFFSET_RESET:  # noqa: SLF001
                        raise SourceError("messages are gone", where=where, do="lengthen the topic's retention")
                if time.monotonic() > patience:
                    raise SourceError("the brokers do not answer", where=where, do="check that they run")
        finally:
            consumer.close()
