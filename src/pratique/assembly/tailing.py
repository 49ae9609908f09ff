"""The newest messages of a topic, for somebody's eyes: as they are where they were released, masked where they are raw.

Of a raw message the fields that the catalogue knows are told, each by what kind of value it has, or by its shape where
five different values of the messages that were read have the same. Names that nobody has seen yet may be data, and are
counted only. With a reason, on record first, and where the region's keys are, values show as they are.
"""

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import numpy as np

from pratique.assembly.parts import Assembly
from pratique.assembly.samples import check_may_reveal
from pratique.connectors.kafka import Address, TopicReader, address_of, newest
from pratique.errors import RefusedError
from pratique.formats import format_for, uses_registry
from pratique.infer.shapes import HOLDERS, leaves, shape_of
from pratique.model.data import Batch, Dataset, Record
from pratique.model.messages import NO_TIME, set_of, unpack_headers
from pratique.model.paths import FieldPath, show_path
from pratique.model.schema import Schema

_COUNTED: Final = 500
"""Offsets that are read beyond those of what is shown."""
_LONGEST: Final = 200
_PLAIN: Final = ("pratique-rule", "pratique-field", "pratique-origin", "pratique-flow")


class TopicKind(StrEnum):
    """What a topic of the project is."""

    RAW = "raw"
    RELEASED = "released"
    """A flow writes it, and nobody else."""
    QUARANTINE = "quarantine"
    RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Tailed:
    """One message. It does not print by itself."""

    partition: int
    offset: int
    size: int
    """Bytes of the value; 0 of a tombstone."""
    note: str
    """``tombstone``, or by which rule it cannot be read; else empty."""
    fields: Mapping[str, str] = field(repr=False)
    """By path, what is shown."""
    more: int = 0
    """Fields that are not shown, since nobody has seen them yet."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The newest messages of a topic."""

    topic: str
    kind: TopicKind
    revealed: bool
    messages: Sequence[Tailed]


@dataclass(frozen=True, slots=True)
class _Raw:
    partition: int
    offset: int
    key: bytes | None
    headers: bytes | None
    value: bytes | None


def tail(assembly: Assembly, topic: str, count: int, *, reason: str | None) -> Tail:
    """The newest messages, about ``count``, as evenly from all partitions as they hold them.

    With a ``reason`` a raw topic's values are shown as they are: on record first, in the region's own place. Raises
    `RefusedError` where that must not be, and for a topic that is none of the project's.
    """
    dataset, address, kind = _found(assembly, topic)
    reader = TopicReader(Address(address.cluster, topic), assembly.root)
    revealed = reason is not None and kind is TopicKind.RAW
    if reason is not None:
        _check(assembly, dataset, topic, reason)
    # More than are shown: shapes are counted in them, and the ends of transactions take offsets, too.
    ranges = newest(reader.ranges(), count + _COUNTED)
    raws = [
        _Raw(partition, *message)
        for partition, (first, end) in ranges.items()
        for message in reader.messages(partition, first, end)
    ]
    return Tail(
        topic, kind, revealed, _last(_shown(assembly, dataset, address, kind, raws, masked=not revealed), count)
    )


def _found(assembly: Assembly, topic: str) -> tuple[Dataset, Address, TopicKind]:
    """Whose topic it is, and what."""
    flows = assembly.settings.flows.values()
    for dataset in assembly.settings.datasets.values():
        if not dataset.uri.startswith("kafka://"):
            continue
        address = address_of(dataset.uri, assembly.settings.clusters)
        if topic == address.topic:
            written = any(flow.target == dataset.name for flow in flows)
            return dataset, address, TopicKind.RELEASED if written else TopicKind.RAW
        if topic == address.quarantine:
            return dataset, address, TopicKind.QUARANTINE
        if topic == address.releases:
            return dataset, address, TopicKind.RELEASES
    raise RefusedError(f"the project has no topic {topic}", do="see: pratique topics list")


def _check(assembly: Assembly, dataset: Dataset, topic: str, reason: str) -> None:
    where = f"topic {topic}"
    if not reason.strip():
        raise RefusedError("values are shown for a reason only", where=where, do="say why with --reason: it is kept")
    check_may_reveal(assembly, dataset.region, where)
    details = {"dataset": dataset.name, "topic": topic, "reason": reason}
    assembly.audit(dataset.region).append("reveal", assembly.who, details)


def _shown(
    assembly: Assembly, dataset: Dataset, address: Address, kind: TopicKind, raws: Sequence[_Raw], *, masked: bool
) -> list[Tailed]:
    if kind in (TopicKind.QUARANTINE, TopicKind.RELEASES):
        return [_sealed(raw) for raw in raws]
    read = _read(assembly, dataset, address, raws)
    if masked and kind is TopicKind.RAW:
        mask = _Mask(read.batches, _known(assembly, dataset))
        return [mask.message(raw, read.records.get(at), read.rules.get(at, "")) for at, raw in enumerate(raws)]
    return [_open(raw, read.records.get(at), read.rules.get(at, "")) for at, raw in enumerate(raws)]


def _last(messages: Sequence[Tailed], count: int) -> list[Tailed]:
    """The last ones of each partition, as evenly as they are there."""
    sizes = Counter(one.partition for one in messages)
    kept = newest({partition: (0, size) for partition, size in sizes.items()}, count)
    seen: Counter[int] = Counter()
    found: list[Tailed] = []
    for one in messages:
        if seen[one.partition] >= kept[one.partition][0]:
            found.append(one)
        seen[one.partition] += 1
    return found


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Read:
    """Messages as records, by place."""

    batches: list[Batch] = field(default_factory=list)
    records: dict[int, Record] = field(default_factory=dict)
    rules: dict[int, str] = field(default_factory=dict)


def _read(assembly: Assembly, dataset: Dataset, address: Address, raws: Sequence[_Raw]) -> _Read:
    spec = format_for(dataset, "")
    form = assembly.formats[spec.name]
    values = [raw.value for raw in raws]
    schemas = assembly.registry(address).schemas_of(values) if uses_registry(spec) else {}
    headers = [None if raw.headers is None else unpack_headers(raw.headers) for raw in raws]
    messages = set_of(values, [raw.key for raw in raws], headers, [NO_TIME] * len(raws), schemas=schemas)
    found = _Read()
    for block in form.decode(io.BytesIO(messages.pack()), 0, None, spec, None):
        for batch in block.batches:
            found.batches.append(batch)
            found.records.update((int(o) >> 1, row) for o, row in zip(batch.ordinals, _rows(batch), strict=True))
        found.rules.update((reject.ordinal >> 1, reject.rule) for reject in block.rejects)
    return found


def _rows(batch: Batch) -> Sequence[Record]:
    if batch.columns is None:
        return batch.records or ()
    columns = {name: (column.values.to_pylist(), column.codes.to_pylist()) for name, column in batch.columns.items()}
    return [
        {name: None if codes[row] is None else values[codes[row]] for name, (values, codes) in columns.items()}
        for row in range(len(batch))
    ]


def _known(assembly: Assembly, dataset: Dataset) -> Schema | None:
    """The schema of the newest scan; None where there was none."""
    if not assembly.state(dataset.region).exists():
        return None
    found = assembly.catalogue(dataset.region).latest_scan(dataset.name)
    return None if found is None else found.schema


# --- showing ----------------------------------------------------------------------------------------------------------


class _Mask:
    """What may be shown of raw messages."""

    def __init__(self, batches: Sequence[Batch], schema: Schema | None) -> None:
        self._schema = schema
        self._paths = [] if schema is None else [leaf.path for leaf in schema.fields()]
        holders: dict[tuple[FieldPath, str], set[int]] = {}
        for batch in batches:
            for _, path, value in self._leaves(batch):
                if value is not None:
                    holders.setdefault((path, shape_of(value)), set()).add(hash(value))
        self._shared = {place for place, values in holders.items() if len(values) >= HOLDERS}

    def _leaves(self, batch: Batch) -> Iterator[tuple[int, FieldPath, Any]]:
        return iter(()) if self._schema is None else leaves(batch, self._schema, self._paths)

    def message(self, raw: _Raw, record: Record | None, rule: str) -> Tailed:
        """The fields that the catalogue knows, masked."""
        fields: dict[str, str] = {}
        known = set() if self._schema is None else {name for name, _ in self._schema.root.fields}
        for _, path, value in self._leaves(Batch(np.zeros(1, np.int64), records=[record])) if record else ():
            fields.setdefault(show_path(path), self._shape(path, value))
        return Tailed(
            raw.partition,
            raw.offset,
            len(raw.value or b""),
            _note(raw, rule),
            fields,
            more=sum(name not in known for name in record or ()),
        )

    def _shape(self, path: FieldPath, value: object) -> str:
        if value is None:
            return "null"
        if (path, shape := shape_of(value)) in self._shared:  # type: ignore[arg-type]
            return shape
        return f"<{_KINDS.get(type(value), 'value')}>"


_KINDS: Final = {str: "text", int: "integer", float: "number", bool: "boolean"}


def _note(raw: _Raw, rule: str) -> str:
    if rule:
        return f"cannot be read: {rule}"
    return "tombstone" if raw.value is None else ""


def _open(raw: _Raw, record: Record | None, rule: str) -> Tailed:
    """All of a message, long values cut."""
    fields = {show_path((name,)): _short(value) for name, value in (record or {}).items()}
    return Tailed(raw.partition, raw.offset, len(raw.value or b""), _note(raw, rule), fields)


def _sealed(raw: _Raw) -> Tailed:
    """What stands in clear beside a sealed message, or a release."""
    headers = [] if raw.headers is None else unpack_headers(raw.headers)
    fields = {
        name: value.decode("ascii", "replace")[:_LONGEST]
        for name, value in headers
        if name in _PLAIN and value is not None
    }
    return Tailed(raw.partition, raw.offset, len(raw.value or b""), "", fields)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
