"""Value-free evidence from a sample: what a detector finds in each field, counted; the values are forgotten.

A model of language, which takes long, reads `READ` values of a field or fewer, spread evenly over the distinct ones.
What it finds besides is held to be its share of all; where a field has no more values, that is exact. What patterns
find stays evidence, whatever the model says of it: kept values are guarded by patterns.

Values live in memory only between two flushes: at most 400,000 distinct ones (and at most 64 MiB of text) in all fields
together, each looked at once a flush.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from pratique.infer.dates import DateFormats
from pratique.infer.distinct import DistinctEstimate
from pratique.infer.schema import SchemaBuilder, Shape
from pratique.model.catalogue import Evidence, Finding, TypeEvidence
from pratique.model.data import Batch, Column
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath
from pratique.model.schema import Schema
from pratique.ports import TextDetector

MAX_DISTINCT = 10_000
"""Distinct values of a field that are counted exactly; more are estimated."""
MAX_WAITING = 400_000
"""Distinct values that wait to be looked at: what comes again meanwhile is only counted."""
MAX_CHARACTERS = 64 << 20
"""Characters that they have."""
CALL = 2_000
"""Values given to the detector at a time."""
READ = 64
"""Distinct values of a field that a model reads, in each flush."""
READ_CHARACTERS = 16_000
"""Characters that they have at most (the first of them aside)."""
PROSE = 4.0
"""Words that the values of a field have on average, from which they are prose."""
ADDED = 0.6
"""Share of what it read of a field that is no prose, from which what a model adds counts: in fewer, it guesses."""
EXPLAINED = 0.95
"""Share of values that are wholly of one type by patterns, at which there is nothing for a model to add."""

Scalar = str | int | float | bool
_Waiting = dict[str, int]
"""By text form: how often."""


@dataclass(slots=True)
class _Type:
    hits: float = 0.0
    scores: float = 0.0
    whole: float = 0.0

    def absorb(self, other: "_Type", weight: float = 1.0) -> None:
        self.hits += weight * other.hits
        self.scores += weight * other.scores
        self.whole += weight * other.whole


_Types = dict[str, _Type]


@dataclass(slots=True)
class _Field:
    """Counts of one field, and the values not yet looked at."""

    texts: _Waiting = field(default_factory=dict)
    others: _Waiting = field(default_factory=dict)
    """Numbers and truth values, as they are written."""
    sampled: int = 0
    nulls: int = 0
    characters: int = 0
    words: int = 0
    types: _Types = field(default_factory=dict)
    distinct: DistinctEstimate = field(default_factory=lambda: DistinctEstimate(MAX_DISTINCT))
    dates: DateFormats = field(default_factory=DateFormats)

    def absorb(self, other: "_Field") -> None:
        assert not any((self.texts, self.others, other.texts, other.others)), "what waits was not looked at"
        self.sampled += other.sampled
        self.nulls += other.nulls
        self.characters += other.characters
        self.words += other.words
        self.distinct.absorb(other.distinct)
        self.dates.absorb(other.dates)
        for entity, counts in other.types.items():
            self.types.setdefault(entity, _Type()).absorb(counts)


class EvidenceBuilder:
    """Takes batches; gives the evidence of every field of their schema."""

    def __init__(
        self,
        detector: TextDetector,
        schema: SchemaBuilder,
        tagged: Mapping[FieldPath, frozenset[str]] | None = None,
    ) -> None:
        """``schema`` must have taken each batch before this takes it: it knows what is a map. ``tagged``: what the
        schema that the data came with tags fields as.
        """
        self._tagged = tagged or {}
        self._detector = detector
        self._patterns = detector.without_model
        self._schema = schema
        self._validated = detector.validated()
        self._fields: dict[FieldPath, _Field] = {}
        self._characters = 0
        self._waiting = 0

    def add_batch(self, batch: Batch) -> None:
        """Count every value of a batch; may call the detector."""
        if batch.columns is not None:
            for name, column in batch.columns.items():
                self._nulls((name,), column.codes.null_count)
                self._add_column((name,), column)
        elif batch.records is not None:
            for record in batch.records:
                for path, value in _leaves(record, self._schema.top, ()):
                    if value is None:
                        self._nulls(path, 1)
                    else:
                        self._add(path, value, 1)

    def _field(self, path: FieldPath) -> _Field:
        found = self._fields.get(path)
        if found is None:
            found = self._fields[path] = _Field()
        return found

    def _nulls(self, path: FieldPath, count: int) -> None:
        here = self._field(path)
        here.sampled += count
        here.nulls += count

    def _add_column(self, path: FieldPath, column: Column) -> None:
        """What `_add` does value by value, for values that are distinct."""
        codes = column.codes.drop_null().to_numpy(zero_copy_only=False)
        counts = np.bincount(codes, minlength=len(column.values)).tolist()
        values = column.values.to_pylist()
        here = self._field(path)
        here.sampled += len(codes)
        texts = column.values.type == pa.string()
        waiting = here.texts if texts else here.others
        for value, count in zip(values if texts else map(repr, values), counts, strict=True):
            if count:
                known = waiting.get(value)
                if known is None:
                    self._waiting += 1
                    self._characters += len(value)
                    known = 0
                waiting[value] = known + count
        self._flush_full()

    def _add(self, path: FieldPath, value: Scalar, count: int) -> None:
        here = self._field(path)
        here.sampled += count
        waiting, key = (here.texts, value) if isinstance(value, str) else (here.others, repr(value))
        if key not in waiting:
            self._waiting += 1
            self._characters += len(key)
            waiting[key] = 0
        waiting[key] += count
        self._flush_full()

    def _flush_full(self) -> None:
        if self._waiting >= MAX_WAITING or self._characters >= MAX_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        for path, here in self._fields.items():
            self._look(path, here)
        self._characters = self._waiting = 0

    def _look(self, path: FieldPath, here: _Field) -> None:
        """Give the waiting values to the detector, count what it finds, forget them."""
        place = self._schema.settled(path)
        texts, others = here.texts, here.others
        here.texts, here.others = {}, {}
        for waiting, allowed in ((texts, None), (others, self._validated)):
            items = list(waiting.items())
            counted: _Types = {}
            for start in range(0, len(items), CALL):
                some = items[start : start + CALL]
                found = self._patterns.find_many([text for text, _ in some], field=place)
                for (text, count), findings in zip(some, found, strict=True):
                    here.characters += len(text) * count
                    here.words += len(text.split()) * count
                    here.distinct.add(text)
                    if allowed is None:
                        here.dates.add(text)
                    _count(counted, text, findings, count, allowed)
            if allowed is None:
                self._read(place, items, counted)
            for entity, counts in counted.items():
                here.types.setdefault(entity, _Type()).absorb(counts)

    def _read(self, place: FieldPath, items: Sequence[tuple[str, int]], counted: _Types) -> None:
        """Let a model read some of the values, and add what it finds to what patterns ``counted`` in all of them."""
        present = sum(count for _, count in items)
        if (
            not items
            or self._patterns is self._detector
            or any(c.whole >= EXPLAINED * present for c in counted.values())
        ):
            return
        some = _spread(items)
        texts = [text for text, _ in some]
        read = sum(count for _, count in some)
        by_both, by_patterns = (
            _counted(some, d.find_many(texts, field=place)) for d in (self._detector, self._patterns)
        )
        least = 0.0 if sum(len(text.split()) * count for text, count in some) >= PROSE * read else ADDED * read
        for entity, both in by_both.items():
            patterns = by_patterns.get(entity, _Type())
            if both.hits <= patterns.hits or both.hits < least:
                continue
            its = counted.setdefault(entity, _Type())
            its.absorb(both, present / read)
            its.absorb(patterns, -present / read)
            if its.hits > present:
                its.scores *= present / its.hits
                its.hits = present

    def build(self, schema: Schema) -> tuple[Evidence, ...]:
        """The evidence of every field of the schema, in its order; ``schema`` is what the schema builder built."""
        self._flush()
        settled: dict[FieldPath, _Field] = {}
        known: set[FieldPath] = set()
        for path, here in self._fields.items():
            for place, counts in self._places(path, here, known):
                if place in settled:
                    settled[place].absorb(counts)
                else:
                    settled[place] = counts
        return tuple(self._evidence(leaf.path, settled.get(leaf.path, _Field())) for leaf in schema.fields())

    def _places(self, path: FieldPath, here: _Field, known: set[FieldPath]) -> Iterator[tuple[FieldPath, _Field]]:
        """Where a field's counts belong now; a name that turned out to be a map's key is a value of the keys' field.

        ``known`` are the keys counted already: one with several fields below counts as often as the first of them.
        """
        place = self._schema.settled(path)
        for at, (before, after) in enumerate(zip(path, place, strict=True)):
            if before != after and path[: at + 1] not in known:
                known.add(path[: at + 1])
                keys = _Field(sampled=here.sampled, texts={before: here.sampled})
                self._look((*place[:at], KEY), keys)
                yield (*place[:at], KEY), keys
        yield place, here

    def _evidence(self, path: FieldPath, here: _Field) -> Evidence:
        present = here.sampled - here.nulls
        named = self._detector.types_of_name(path)
        tagged = self._tagged.get(path, frozenset())
        types = [
            TypeEvidence(
                entity=entity,
                hits=round(counts.hits),
                share=counts.hits / present if present else 0.0,
                mean_score=counts.scores / counts.hits if counts.hits else 0.0,
                whole=min(max(round(counts.whole), 0), round(counts.hits)),
                by_name=entity in named,
                tagged=entity in tagged,
            )
            for entity, counts in {**{entity: _Type() for entity in named | tagged}, **here.types}.items()
        ]
        return Evidence(
            path=path,
            sampled=here.sampled,
            nulls=here.nulls,
            distinct=here.distinct.estimate(),
            mean_length=here.characters / present if present else 0.0,
            mean_words=here.words / present if present else 0.0,
            types=tuple(sorted(types, key=lambda seen: (-seen.share, seen.entity))),
            date_formats=here.dates.found(),
        )


def _spread(items: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """At most `READ` of the items, evenly spread, while they have no more than `READ_CHARACTERS` characters."""
    step = max(len(items) / READ, 1.0)
    chosen = [items[int(at * step)] for at in range(min(READ, len(items)))]
    some: list[tuple[str, int]] = []
    spent = 0
    for item in chosen:
        spent += len(item[0])
        if some and spent > READ_CHARACTERS:
            continue
        some.append(item)
    return some


def _counted(items: Sequence[tuple[str, int]], found: Iterable[Iterable[Finding]]) -> _Types:
    types: _Types = {}
    for (text, count), findings in zip(items, found, strict=True):
        _count(types, text, findings, count, None)
    return types


def _count(types: _Types, text: str, findings: Iterable[Finding], count: int, allowed: frozenset[str] | None) -> None:
    """Count the best finding of each type; of numbers only the allowed types."""
    best: dict[str, float] = {}
    whole: set[str] = set()
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for finding in findings:
        if allowed is not None and finding.entity not in allowed:
            continue
        best[finding.entity] = max(best.get(finding.entity, 0.0), finding.score)
        if finding.start <= begin and finding.end >= end:
            whole.add(finding.entity)
    for entity, score in best.items():
        counts = types.setdefault(entity, _Type())
        counts.hits += count
        counts.scores += score * count
        counts.whole += count if entity in whole else 0


def _leaves(value: Any, shape: Shape | None, path: FieldPath) -> Iterator[tuple[FieldPath, Scalar | None]]:
    """Every scalar of a value with its path; the keys of maps too."""
    if isinstance(value, dict):
        is_map = shape is not None and shape.is_map
        for name, child in value.items():
            if is_map:
                yield (*path, KEY), name
            below = None if shape is None else shape.value if is_map else shape.fields.get(name)
            yield from _leaves(child, below, (*path, VALUE if is_map else name))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, shape.item if shape is not None else None, (*path, ITEM))
    else:
        yield path, value
