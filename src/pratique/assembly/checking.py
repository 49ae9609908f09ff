"""Judging a topic: the one check that needs a connection. It needs no project, but uses the clusters of one."""

from datetime import UTC, datetime
from pathlib import Path

from pratique.config import FILE_NAME, load
from pratique.connectors.kafka import TopicReader, TopicReleaseLog, address_of
from pratique.errors import ConfigError
from pratique.verify import StreamVerification, read_trust, verify_stream


def verify_topic(
    uri: str, flow: str, root: Path, *, trust: Path | None, exporter_key: bytes | None
) -> StreamVerification:
    """Hold a topic against the releases beside it; `VerifyError` on the first thing that is wrong."""
    if not flow:
        raise ConfigError("which flow writes the topic is not said", where="verify", do="add --flow NAME")
    here = (root / FILE_NAME).is_file()
    address = address_of(uri, load(root / FILE_NAME).clusters if here else {})
    return verify_stream(
        TopicReleaseLog(address, root).read(flow),
        TopicReader(address, root).messages,
        topic=address.topic,
        trust=None if trust is None else read_trust(trust),
        exporter_key=exporter_key,
        today=datetime.now(UTC).date(),
    )
