"""Where partitions begin and end, and what is committed of them: shared by those who work a stream and who watch it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pratique.connectors.kafka.client import PATIENCE, sdk
from pratique.errors import SourceError
from pratique.model.stream import Mark, read_mark


def partitions_of(client: Any, topic: str) -> list[int]:
    """The numbers of a topic's partitions; `SourceError` where it is not there."""
    found = client.list_topics(topic, timeout=PATIENCE).topics.get(topic)
    if found is None or found.error is not None or not found.partitions:
        raise SourceError(f"there is no topic {topic}", do="run: pratique topics create")
    return sorted(found.partitions)


def bounds(consumer: Any, topic: str, partitions: Sequence[int]) -> dict[int, tuple[int, int]]:
    """First offset and end of each partition; the end is that of what is committed."""
    part = sdk().TopicPartition
    return {p: consumer.get_watermark_offsets(part(topic, p), timeout=PATIENCE, cached=False) for p in partitions}


def committed(consumer: Any, topic: str, partitions: Sequence[int]) -> Mapping[int, Mark | None]:
    """The group's mark in each partition. A consumer that reads committed messages waits for open transactions."""
    part = sdk().TopicPartition
    found = consumer.committed([part(topic, p) for p in partitions], timeout=PATIENCE)
    for one in found:
        if one.error is not None:
            raise sdk().KafkaException(one.error)
    return {one.partition: None if one.offset < 0 else read_mark(one.offset, one.metadata or "") for one in found}
