"""What is committed of a flow, read without taking part in it."""

from collections.abc import Mapping
from pathlib import Path

from pratique.connectors.kafka.address import Address
from pratique.connectors.kafka.client import named, sdk, settings_of
from pratique.connectors.kafka.positions import bounds, committed, partitions_of
from pratique.errors import SourceError
from pratique.model.stream import Mark


class KafkaMarks:
    """Implements `pratique.ports.Marks` for one group and topic."""

    def __init__(self, address: Address, root: Path, group: str) -> None:
        settings = settings_of(address.cluster, root) | {"group.id": group, "enable.auto.commit": False}
        self._consumer = sdk().Consumer(settings | {"isolation.level": "read_committed"})
        # Whoever watches is not held up by a transaction that is open: what it did does not count yet.
        self._watching = sdk().Consumer(settings | {"isolation.level": "read_uncommitted"})
        self._topic = address.topic

    def marks(self) -> Mapping[int, Mark | None]:
        """As of now. Raises `SourceError` where the brokers do not answer."""
        try:
            return committed(self._watching, self._topic, partitions_of(self._watching, self._topic))
        except sdk().KafkaException as error:
            raise _silent(error) from None

    def ends(self) -> Mapping[int, int]:
        """Likewise."""
        try:
            found = bounds(self._consumer, self._topic, partitions_of(self._consumer, self._topic))
        except sdk().KafkaException as error:
            raise _silent(error) from None
        return {partition: end for partition, (_, end) in found.items()}

    def close(self) -> None:
        """Let the connection go."""
        self._consumer.close()
        self._watching.close()


def _silent(error: Exception) -> SourceError:
    return SourceError(f"the brokers do not answer ({named(error)})", do="check that they run")
