"""Released messages of a stream on their way back: judged by its releases first, then read span by span."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from pratique.assembly.knowledge import dataset_of
from pratique.assembly.parts import Assembly
from pratique.connectors.kafka import TopicReader, address_of
from pratique.crypto.dsse import open_envelope
from pratique.formats import uses_registry
from pratique.model.chain import PartitionSpan
from pratique.model.messages import NO_TIME, set_of, unpack_headers
from pratique.model.plan import Plan
from pratique.model.policy import Flow
from pratique.model.release import Release
from pratique.verify import verify_stream
from pratique.verify.statement import read_statement

_MOST = 5_000
"""Messages of one set."""


def released_messages(
    assembly: Assembly, flow: Flow, statements: Sequence[bytes]
) -> Callable[[Release, Plan], Iterator[bytes]]:
    """A release and its plan to the messages that it covers, as message sets.

    All of the topic is held against the releases first; `VerifyError` where it is not what was released. The limits: a
    route may have closed since, and timestamps are not given.
    """
    target = dataset_of(assembly, flow.target)
    address = address_of(target.uri, assembly.settings.clusters)
    reader = TopicReader(address, assembly.root)
    newest = read_statement(open_envelope(statements[-1]).payload)
    verify_stream(
        statements,
        reader.messages,
        topic=address.topic,
        trust=None,
        exporter_key=assembly.keys(dataset_of(assembly, flow.source).region).exporter_public(),
        today=datetime.fromisoformat(newest.at).date(),
    )

    def sets(release: Release, plan: Plan) -> Iterator[bytes]:
        registry = assembly.registry(address) if uses_registry(plan.target_format) else None
        for part in release.span.partitions if release.span is not None else ():
            for rows in _cut(reader, part):
                values = [value for *_, value in rows]
                yield set_of(
                    values,
                    [key for _, key, _, _ in rows],
                    [None if block is None else unpack_headers(block) for _, _, block, _ in rows],
                    [NO_TIME] * len(rows),
                    schemas={} if registry is None else registry.schemas_of(values),
                ).pack()

    return sets


def _cut(
    reader: TopicReader, part: PartitionSpan
) -> Iterator[list[tuple[int, bytes | None, bytes | None, bytes | None]]]:
    rows: list[tuple[int, bytes | None, bytes | None, bytes | None]] = []
    for row in reader.messages(part.partition, part.out_first, part.out_end):
        rows.append(row)
        if len(rows) >= _MOST:
            yield rows
            rows = []
    if rows:
        yield rows
