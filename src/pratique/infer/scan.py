"""One look at a dataset: schema, format details and evidence in one pass; no value is kept."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from pratique.errors import FormatError, SourceError
from pratique.infer.evidence import EvidenceBuilder
from pratique.infer.sample import LIMIT, Sampler, estimate_size
from pratique.infer.schema import SchemaBuilder
from pratique.infer.tags import tagged_types
from pratique.model.catalogue import Scan
from pratique.model.data import Batch, Block, FormatSpec, Input, Reject
from pratique.model.paths import FieldPath
from pratique.model.schema import Schema
from pratique.ports import Format, Source, TextDetector

Progress = Callable[[int, int], None]
"""Gets decompressed bytes done, and their (estimated) total."""


@dataclass(slots=True)
class Rejected:
    """What of a dataset could not be read."""

    rules: Counter[str] = field(default_factory=Counter)
    """How many records by the rule that they broke."""
    first: str = ""
    """Where the first one stands (offsets count decompressed bytes, or records); empty where there is none."""

    def add(self, item: Input, rejects: Sequence[Reject]) -> None:
        """Count rejects, which follow each other."""
        if rejects and not self.first:
            self.first = f"input #{item.number} at offset {min(reject.ordinal for reject in rejects):,}"
        self.rules.update(reject.rule for reject in rejects)

    def __str__(self) -> str:
        return ", ".join(f"{rule} {count:,}" for rule, count in sorted(self.rules.items()))


def scan(
    source: Source,
    way: Format,
    spec: FormatSpec,
    detector: TextDetector,
    dataset: str,
    progress: Progress,
    *,
    limit: int = LIMIT,
    seed: int = 0,
    rejected: Rejected | None = None,
    prepare: Callable[[Batch], Batch] = lambda batch: batch,
) -> Scan:
    """Read every record of a source; infer the schema of all, and the evidence of the sample (`pratique.infer.sample`).

    ``spec`` is as declared; the scan's holds what the format found besides, told from the first input that is not empty
    and checked against the head of each. Raises what source and format raise, and `FormatError` for a dataset without
    a single record. ``rejected``, if given, learns what could not be read. ``prepare`` is what becomes of the sample
    before anything is looked for in it.
    """
    items = source.inputs()
    found = detect(source, items, way, spec)
    total = estimate_size(source, items)
    sampler = Sampler(total, limit=limit, seed=seed)
    schema = SchemaBuilder()
    tagged: dict[FieldPath, frozenset[str]] = {}
    for item in items:
        with source.open(item) as stream:
            stated = _declared(way, stream, found, item)
        if stated is not None:
            schema.declare(stated)
            for path, types in tagged_types(stated, detector).items():
                tagged[path] = tagged.get(path, frozenset()) | types
    evidence = EvidenceBuilder(detector, schema, tagged)
    rejected = rejected or Rejected()
    records = looked_at = done = 0
    for item in items:
        for block in _blocks(source, way, found, item):
            for batch in block.batches:
                schema.add_batch(batch)
                sample = prepare(sampler.take(batch))
                evidence.add_batch(sample)
                looked_at += len(sample)
                records += len(batch)
            rejected.add(item, block.rejects)
            done += block.span
            progress(done, max(total, done))
    if not records and rejected.first:
        what = f"not one record can be read (by rule: {rejected}; the first in {rejected.first})"
        raise FormatError(what, where=f"dataset {dataset}", do="check the format that the dataset declares")
    if not records:
        raise FormatError(
            "there is not one record", where=f"dataset {dataset}", do="check that its files are written to their end"
        )
    built = schema.build()
    return Scan(
        dataset=dataset,
        schema=built,
        format=found,
        evidence=evidence.build(built),
        records=looked_at,
        complete=sampler.complete,
        random=not sampler.complete,
        rejects=rejected.rules.total(),
        detectors=detectors_of(detector),
        at=dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
    )


def detectors_of(detector: TextDetector) -> dict[str, str]:
    """What decides evidence, by name, to a digest: ``type.EMAIL_ADDRESS`` and ``name.EMAIL_ADDRESS`` for each type."""
    found = dict(detector.digests)
    for entity, (finding, naming) in detector.types.items():
        found |= {f"type.{entity}": finding[:16], f"name.{entity}": naming[:16]}
    return found


def detect(source: Source, items: Sequence[Input], way: Format, spec: FormatSpec) -> FormatSpec:
    """The format's options completed from the first input that is not empty; every other input's head must bear
    them.
    """
    filled = [item for item in items if item.size] or list(items[:1])
    found = spec
    for at, item in enumerate(filled):
        try:
            with source.open(item) as stream:
                found = way.detect(stream, found.options if at else spec.options)
        except FormatError as error:
            raise error.within(f"input #{item.number}") from None
    return found


def _declared(way: Format, stream: BinaryIO, spec: FormatSpec, item: Input) -> Schema | None:
    try:
        return way.declared(stream, spec)
    except FormatError as error:
        raise error.within(f"input #{item.number}") from None


def _blocks(source: Source, way: Format, spec: FormatSpec, item: Input) -> Iterator[Block]:
    """All that an input holds; errors say which input."""
    try:
        with source.open(item) as stream:
            yield from way.decode(stream, 0, None if item.compression else item.size, spec, None)
    except (FormatError, SourceError) as error:
        raise error.within(f"input #{item.number}") from None
