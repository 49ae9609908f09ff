"""The topic of a stream's releases: one partition, kept for good, a signed statement a message."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import PATIENCE, named, sdk, settings_of
from pratique.errors import SinkError, SourceError

_PARTITION: Final = 0
_LARGEST: Final = 16 << 20


class TopicReleaseLog:
    """Implements `pratique.ports.ReleaseLog`."""

    def __init__(self, address: Address, root: Path) -> None:
        self._topic = address.releases
        self._settings = settings_of(address.cluster, root)

    def append(self, flow: str, sequence: int, statement: bytes) -> None:
        """Add a signed release, under the key ``FLOW/SEQUENCE``; returns when it is kept."""
        producer = sdk().Producer(
            self._settings | {"enable.idempotence": True, "message.max.bytes": _LARGEST, "message.timeout.ms": 30_000}
        )
        faults: list[str] = []

        def told(error: object, _message: object) -> None:
            faults.append("" if error is None else named(error))

        producer.produce(
            self._topic, key=f"{flow}/{sequence}".encode(), value=statement, partition=_PARTITION, on_delivery=told
        )
        producer.flush(PATIENCE)
        if faults != [""]:
            why = faults[0] if faults else "no answer"
            raise SinkError(f"the release cannot be written ({why})", where=f"topic {self._topic}")

    def read(self, flow: str) -> Sequence[bytes]:
        """Every signed release of a flow, in order; `SourceError` where the topic cannot be read."""
        kit = sdk()
        consumer = kit.Consumer(
            self._settings | {"group.id": "pratique.look", "enable.auto.commit": False, "auto.offset.reset": "earliest"}
        )
        found: list[bytes] = []
        try:
            part = kit.TopicPartition(self._topic, _PARTITION)
            first, end = consumer.get_watermark_offsets(part, timeout=PATIENCE, cached=False)
            consumer.assign([kit.TopicPartition(self._topic, _PARTITION, first)])
            at, patience = first, time.monotonic() + PATIENCE
            while at < end:
                message = consumer.poll(0.5)
                if message is None or message.error() is not None:
                    if time.monotonic() > patience:
                        raise SourceError("the releases cannot be read", where=f"topic {self._topic}")
                    continue
                at = message.offset() + 1
                key, value = message.key(), message.value()
                if key is not None and key.startswith(f"{flow}/".encode()) and value is not None:
                    found.append(value)
        except kit.KafkaException as error:
            raise SourceError(f"the releases cannot be read ({named(error)})", where=f"topic {self._topic}") from None
        finally:
            consumer.close()
        return found
