"""Echoes within a record: a raw value that was treated in one field and stands, raw, in another field's output."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.kernel.steps import BoundStep
from pratique.kernel.values import Bools, column_texts, kind_of_array, texts
from pratique.model.data import Column
from pratique.model.plan import Mode
from pratique.model.schema import Kind
from pratique.model.texts import beginnings, word_beginnings

_WORDS = 4
"""Characters from which a raw value that holds a letter can echo."""
_DIGITS = 6
"""Characters from which a raw value without a letter can echo: shorter numbers coincide by chance."""


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
    """Whether ``raw`` stands in ``text`` at word boundaries."""
    return raw in text and re.search(rf"(?<!\w){re.escape(raw)}(?!\w)", text) is not None


def record_echoes(raws: Iterable[tuple[int, str]], targets: Sequence[tuple[int, str]]) -> bool:
    """Whether a raw value (with its step's number) stands in the output of another step of the same record."""
    return any(
        source != target and stands_in(raw, text) for source, raw in raws if can_echo(raw) for target, text in targets
    )


def echoing_rows(steps: Sequence[BoundStep], columns: Mapping[str, Column], outputs: Mapping[str, Column]) -> Bools:
    """The rows of a batch in which `record_echoes` holds.

    A first look at distinct values: does any source's raw value begin as a word of a target does? Almost always none
    does, and no row is looked at.
    """
    rows = len(next(iter(columns.values())).codes) if columns else 0
    echoing = np.zeros(rows, dtype=bool)
    numbered = list(enumerate(steps))
    targets = [(n, outputs[s.step.path[0]]) for n, s in numbered if is_target(s) and s.step.path[0] in outputs]
    openings = {n: _word_beginnings(column.values) for n, column in targets}
    for n, step in numbered:
        source = columns.get(step.step.path[0])
        if source is None or not is_source(step) or not len(source.values):
            continue
        own = beginnings(texts(source.values))
        for m, column in targets:
            if m != n and len(openings[m]):
                suspects = np.isin(own, openings[m])
                if suspects.any():
                    _confirm(echoing, (n, source, suspects), (m, column))
    return echoing


def _word_beginnings(values: pa.Array) -> npt.NDArray[np.uint32]:
    """Where a raw value could begin in a target's distinct values; of those only in which one can stand at all."""
    shown = texts(values)
    shortest = _WORDS if kind_of_array(values) is Kind.STRING else _DIGITS
    return word_beginnings(shown.filter(pc.greater_equal(pc.binary_length(shown), shortest)))


def _confirm(echoing: Bools, source: tuple[int, Column, Bools], target: tuple[int, Column]) -> None:
    number, column, suspects = source
    raws = column_texts(column)
    found = column_texts(target[1])
    flags = np.append(suspects, False)
    codes = np.asarray(pc.fill_null(column.codes, -1))
    for row in np.flatnonzero(flags[codes] & ~echoing):
        raw, text = raws[row], found[row]
        if raw is not None and text is not None:
            echoing[row] = record_echoes([(number, raw)], [(target[0], text)])
