"""Echoes within a record: a raw value, or a span of a free text, that was treated in one place and stands, raw, in
another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.kernel.steps import BoundStep
from pratique.kernel.values import Bools, column_texts, kind_of_array, row_codes, spread, texts
from pratique.model.data import Column
from pratique.model.plan import Mode
from pratique.model.schema import Kind
from pratique.model.texts import beginnings, word_beginnings

_WORDS = 4
"""Characters from which a raw value that holds a letter can echo."""
_DIGITS = 6
"""Characters from which a raw value without a letter can echo: shorter numbers coincide by chance."""
_SHORTEST = {False: pa.scalar(_WORDS, pa.int32()), True: pa.scalar(_DIGITS, pa.int32())}
"""By whether a column holds integers, which hold no letter (a double may: 1e-7)."""


class Place(NamedTuple):
    """Where in a record something stands."""

    step: int
    """The number of the step."""
    leaf: int | None = None
    """Of a list's items, or a map's keys or values: which. None of a whole value: no other leaf of its step is looked
    at, since the same step treats it."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """A column of free texts after its step."""

    spans: Sequence[tuple[str, ...]]
    """Of each distinct text: the raw spans that were treated."""
    rests: Sequence[str]
    """Of each distinct text: what is left beside them."""
    codes: pa.Int32Array
    """Which of the texts each row has."""


def is_source(step: BoundStep) -> bool:
    """Whether the step's raw values must not turn up elsewhere."""
    return step.step.mode in (Mode.WHOLE, Mode.DROP) and not _only_booleans(step)


def is_target(step: BoundStep) -> bool:
    """Whether an echo can stand in the step's output: what passes as it is, and free text.

    The outputs of every other transform are held to their own grammar, and tokens to their key, at the gate.
    """
    if _only_booleans(step):
        return False
    if step.step.mode in (Mode.KEEP, Mode.TEXT):
        return True
    return step.step.apply is not None and step.step.apply.transform == "keep"


def _only_booleans(step: BoundStep) -> bool:
    return set(step.step.kinds) <= {Kind.BOOLEAN, Kind.NULL}


def can_echo(raw: str) -> bool:
    """Whether a raw value is long enough to tell an echo from a coincidence."""
    return len(raw) >= (_WORDS if any(c.isalpha() for c in raw) else _DIGITS)


def stands_in(raw: str, text: str) -> bool:
    """Whether ``raw`` is long enough to echo and stands in ``text`` at word boundaries."""
    if raw not in text or not can_echo(raw):
        return False
    return re.search(rf"(?<!\w){re.escape(raw)}(?!\w)", text) is not None


def record_echoes(raws: Iterable[tuple[Place, str]], targets: Sequence[tuple[Place, str]]) -> bool:
    """Whether a raw value or span stands in another place of the same record."""
    return any(stands_in(raw, text) and _apart(source, target) for source, raw in raws for target, text in targets)


def _apart(source: Place, target: Place) -> bool:
    return source.step != target.step or (source.leaf is not None and source.leaf != target.leaf)


def echoing_rows(
    steps: Sequence[BoundStep],
    columns: Mapping[str, Column],
    outputs: Mapping[str, Column],
    free: Mapping[str, FreeText],
    tokens: Mapping[str, Column],
) -> Bools:
    """The rows of a batch in which `record_echoes` holds. ``free``: the columns among ``outputs`` that are free text;
    ``tokens``: columns that were decoded, as they stood.

    A first look at distinct values: does any source's raw value begin as a word of a target does? Almost always none
    does, and no row is looked at.
    """
    rows = len(next(iter(columns.values())).codes) if columns else 0
    echoing = np.zeros(rows, dtype=bool)
    targets: list[tuple[int, Column, npt.NDArray[np.uint32]]] = []
    for number, step in enumerate(steps):
        name = step.step.path[0]
        if is_target(step) and name in outputs:
            column = outputs[name]
            if name in free:
                column = Column(pa.array(free[name].rests, pa.string()), free[name].codes)
            targets.append((number, column, _word_beginnings(column.values)))
    for number, step in enumerate(steps):
        for source in _sources(step, columns, free, tokens):
            own = beginnings(source.raws)
            for other, column, openings in targets:
                if other != number and len(openings):
                    suspects = np.isin(own, openings)
                    if suspects.any():
                        _confirm(echoing, source, suspects, column)
    return echoing


@dataclass(frozen=True, slots=True)
class _Source:
    """The raw values of a column that must stand nowhere else."""

    raws: pa.StringArray
    """Of every distinct value, one after the other."""
    codes: pa.Int32Array
    """Which distinct value each row has."""
    spans: Sequence[tuple[str, ...]] | None = None
    """Of free text: the raws of each distinct value. None: each is one raw."""

    def flags(self, suspects: Bools) -> Bools:
        """Flags of raws as flags of the distinct values that they are of."""
        if self.spans is None:
            return suspects
        owners = np.repeat(np.arange(len(self.spans)), [len(own) for own in self.spans])
        flags = np.zeros(len(self.spans), dtype=bool)
        flags[owners[suspects]] = True
        return flags

    def listed(self) -> Sequence[Sequence[str]]:
        """The raws of each distinct value."""
        return [(raw,) for raw in self.raws.to_pylist()] if self.spans is None else self.spans


def _sources(
    step: BoundStep, columns: Mapping[str, Column], free: Mapping[str, FreeText], tokens: Mapping[str, Column]
) -> Iterator[_Source]:
    name = step.step.path[0]
    if name in tokens and len(tokens[name].values):
        yield _Source(tokens[name].values, tokens[name].codes)
    if is_source(step) and name in columns and len(columns[name].values):
        yield _Source(texts(columns[name].values), columns[name].codes)
    if name in free and any(free[name].spans):
        spans = free[name].spans
        yield _Source(pa.array([raw for own in spans for raw in own], pa.string()), free[name].codes, spans)


def _word_beginnings(values: pa.Array) -> npt.NDArray[np.uint32]:
    """Where a raw value could begin in a target's distinct values; of those only in which one can stand at all."""
    shown = texts(values)
    shortest = _SHORTEST[kind_of_array(values) is Kind.INTEGER]
    return word_beginnings(shown.filter(pc.greater_equal(pc.binary_length(shown), shortest)))


def _confirm(echoing: Bools, source: _Source, suspects: Bools, target: Column) -> None:
    rows = np.flatnonzero(spread(source.flags(suspects), source.codes) & ~echoing)
    codes = row_codes(source.codes)[rows].tolist()
    raws, found = source.listed(), column_texts(target)
    for row, code in zip(rows.tolist(), codes, strict=True):
        text = found[row]
        if text is not None:
            echoing[row] = any(stands_in(raw, text) for raw in raws[code])
