"""Streams of a project: their flows, their topics, and what is written into them."""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pratique.assembly.flows import flow_of
from pratique.assembly.knowledge import dataset_of
from pratique.assembly.parts import Assembly
from pratique.connectors.kafka import (
    Address,
    KafkaMarks,
    Topics,
    TopicState,
    address_of,
    produce_values,
)
from pratique.errors import ConfigError, RefusedError, SourceError
from pratique.model.data import Dataset
from pratique.model.stream import Mark, TopicSpec
from pratique.pipeline.results import Lag

_DURATION: Final = re.compile(r"([0-9]+)([dwmy])")
_DAYS: Final[Mapping[str, int]] = {"d": 1, "w": 7, "m": 31, "y": 366}
_DAY: Final = 86_400_000
_FOR_GOOD: Final = -1
"""Of retention in milliseconds."""


@dataclass(frozen=True, slots=True)
class WantedTopic:
    """A topic that the project's flows and datasets need."""

    address: Address
    name: str
    spec: TopicSpec
    retention: int | None
    """Milliseconds, -1 for good, None for the broker's default."""
    like: str = ""
    """A topic whose partitions it must have as many of."""


def is_topic(dataset: Dataset) -> bool:
    """Whether a dataset is a topic."""
    return dataset.uri.startswith("kafka://")


def is_stream(assembly: Assembly, flow: str) -> bool:
    """Whether a flow leads from topic to topic."""
    return is_topic(dataset_of(assembly, flow_of(assembly, flow).source))


def group_of(assembly: Assembly, flow: str) -> str:
    """Under which a flow's offsets are committed."""
    return f"pratique.{assembly.settings.name}.{flow}"


def lag(assembly: Assembly, flow: str | None) -> list[Lag]:
    """How far each flow between topics is behind, partition by partition."""
    names = [flow] if flow is not None else [n for n in assembly.settings.flows if is_stream(assembly, n)]
    found: list[Lag] = []
    for name in names:
        if not is_stream(assembly, name):
            raise ConfigError("this flow reads files, which have no lag", where=f"flow {name}")
        marks, ends = stream_marks(assembly, name)
        found += [_lag(name, partition, marks.get(partition), end) for partition, end in sorted(ends.items())]
    return found


def stream_marks(assembly: Assembly, flow: str) -> tuple[Mapping[int, Mark | None], Mapping[int, int]]:
    """What is committed of a flow between topics, and where its source ends; `SourceError` without an answer."""
    address = topic_of(assembly, dataset_of(assembly, flow_of(assembly, flow).source))
    with contextlib.closing(KafkaMarks(address, assembly.root, group_of(assembly, flow))) as watching:
        return watching.marks(), watching.ends()


def _lag(flow: str, partition: int, mark: Mark | None, end: int) -> Lag:
    if mark is None:
        return Lag(flow, partition, None, end, 0, 0, 0)
    return Lag(flow, partition, mark.offset, end, mark.read, mark.written, sum(mark.quarantined.values()))


# --- topics -----------------------------------------------------------------------------------------------------------


def wanted_topics(assembly: Assembly) -> list[WantedTopic]:
    """Every topic that the project file asks for: the datasets', and beside them quarantines and releases."""
    settings = assembly.settings
    found: list[WantedTopic] = []
    for dataset in settings.datasets.values():
        if not is_topic(dataset):
            continue
        address = topic_of(assembly, dataset)
        spec = dataset.topic or TopicSpec()
        retention = _milliseconds(spec.retention or dataset.retention)
        found.append(WantedTopic(address, address.topic, spec, retention))
        beside = TopicSpec(partitions=1, replication=spec.replication)
        if any(flow.source == dataset.name for flow in settings.flows.values()):
            found.append(WantedTopic(address, address.quarantine, beside, retention))
        if any(flow.target == dataset.name for flow in settings.flows.values()):
            found.append(WantedTopic(address, address.releases, beside, _FOR_GOOD))
            compact = TopicSpec(partitions=spec.partitions, replication=spec.replication, compact=True)
            found.append(WantedTopic(address, address.marks, compact, None, like=address.topic))
    return list({(one.address.cluster.name, one.name): one for one in found}.values())


def create_topics(assembly: Assembly) -> list[tuple[str, bool]]:
    """Make the topics that are missing; each with whether it was made. What exists is not changed."""
    made: list[tuple[str, bool]] = []
    for one in wanted_topics(assembly):
        topics = Topics(one.address.cluster, assembly.root)
        there = topics.list().get(one.like) if one.like else None
        spec = one.spec if there is None else replace(one.spec, partitions=there.partitions)
        made.append((one.name, topics.create(one.name, spec, one.retention)))
    return made


def list_topics(assembly: Assembly) -> list[TopicState]:
    """Every topic on the project's clusters."""
    clusters = {address.cluster.name: address.cluster for address in _addresses(assembly)}
    return [state for cluster in clusters.values() for state in Topics(cluster, assembly.root).list().values()]


def describe_topic(assembly: Assembly, name: str) -> TopicState:
    """One topic with its settings; `SourceError` where no cluster of the project has it."""
    for address in _addresses(assembly):
        found = Topics(address.cluster, assembly.root).describe(name)
        if found is not None:
            return found
    raise SourceError(f"there is no topic {name}", do="see: pratique topics list")


def delete_topic(assembly: Assembly, name: str) -> None:
    """Remove a topic of the project and all in it, and put it on record first."""
    wanted = [one for one in wanted_topics(assembly) if one.name == name]
    if not wanted:
        raise RefusedError(f"the project has no topic {name}", do="see: pratique topics list")
    regions = {d.region for d in assembly.settings.datasets.values() if is_topic(d)}
    owner = _region_of(assembly, wanted[0].address) or min(regions)
    assembly.audit(owner).append("topic", assembly.who, {"what": "delete", "topic": name})
    Topics(wanted[0].address.cluster, assembly.root).delete(name)


def produce(
    assembly: Assembly, name: str, messages: Iterator[tuple[bytes | None, bytes | None]], *, rate: float
) -> int:
    """Write messages into a dataset's topic; only into one that no flow writes."""
    dataset = dataset_of(assembly, name)
    if not is_topic(dataset):
        raise ConfigError("is not a topic", where=f"dataset {name}")
    if any(flow.target == name for flow in assembly.settings.flows.values()):
        raise RefusedError("is written by a flow, and by nobody else", where=f"dataset {name}")
    return produce_values(topic_of(assembly, dataset), assembly.root, messages, rate=rate)


def file_messages(path: Path, key: str | None) -> Iterator[tuple[bytes | None, bytes | None]]:
    """The lines of a file as values; with ``key``, that field of each (JSON) as the message's key."""
    import orjson  # noqa: PLC0415 (only here)

    try:
        with path.open("rb") as stream:
            for line in stream:
                value = line.rstrip(b"\r\n")
                if not value:
                    continue
                found = orjson.loads(value).get(key) if key is not None else None
                yield (None if found is None else str(found).encode()), value
    except (OSError, ValueError, AttributeError):
        raise SourceError("cannot be read as lines of JSON", where=path.name) from None


def topic_of(assembly: Assembly, dataset: Dataset) -> Address:
    """The topic that a dataset is."""
    return address_of(dataset.uri, assembly.settings.clusters)


def _addresses(assembly: Assembly) -> Sequence[Address]:
    found = [topic_of(assembly, d) for d in assembly.settings.datasets.values() if is_topic(d)]
    if not found:
        raise ConfigError("no dataset is a topic", where="pratique.yaml", do="give one the uri kafka://CLUSTER/TOPIC")
    return found


def _region_of(assembly: Assembly, address: Address) -> str:
    for dataset in assembly.settings.datasets.values():
        if is_topic(dataset) and topic_of(assembly, dataset) == address:
            return dataset.region
    return ""


def _milliseconds(text: str) -> int | None:
    found = _DURATION.fullmatch(text)
    return None if found is None else int(found[1]) * _DAYS[found[2]] * _DAY
