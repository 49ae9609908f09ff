"""The inverse by columns: flat rows, each distinct value (or pair with the subject) once."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from pratique.kernel.inverse_values import inverted, raw_subjects, restored_text
from pratique.kernel.steps import BoundStep
from pratique.kernel.values import ARROW_TYPES, Codes, kind_of, kind_of_array, regroup, row_codes
from pratique.model.data import Batch, Column
from pratique.model.paths import FieldPath
from pratique.model.plan import Mode
from pratique.model.schema import Kind

_Restored = tuple[Column, int]


class _MixedError(Exception):
    """A column would hold values of several kinds."""


def restore_columns(
    steps: Mapping[FieldPath, BoundStep], subject_path: FieldPath | None, subject: BoundStep | None, batch: Batch
) -> tuple[Batch, int] | None:
    """What `InversePlan.restore` makes of the batch's rows as records, by columns; None where that is no column (what
    was restored is of another kind than what was not).
    """
    assert batch.columns is not None
    who = batch.columns.get(subject_path[0]) if subject_path is not None and len(subject_path) == 1 else None
    columns = dict(batch.columns)
    failed = 0
    try:
        for path, step in steps.items():
            column = columns.get(path[0]) if len(path) == 1 else None
            if column is None or not len(column.values) or kind_of_array(column.values) is Kind.BOOLEAN:
                continue
            columns[path[0]], misses = _restore(step, column, who, subject)
            failed += misses
    except _MixedError:
        return None
    return Batch(batch.ordinals, columns=columns), failed


def _restore(step: BoundStep, column: Column, who: Column | None, subject: BoundStep | None) -> _Restored:
    codes = row_codes(column.codes)
    if step.step.mode is Mode.TEXT:
        assert step.text is not None
        rules = list(step.text.rules.values())
        texts = [restored_text(rules, str(value)) for value in column.values.to_pylist()]
        misses = np.array([missed for _, missed in texts], dtype=np.int64)
        return regroup(pa.array([text for text, _ in texts], pa.string()), column.codes), _total(misses, codes)
    if step.needs_subject:
        return _restore_pairs(step, column, who, subject)
    found = inverted(step, column.values.to_pylist(), None)
    misses = np.array([not good for _, good in found], dtype=np.int64)
    return regroup(_array([value for value, _ in found]), column.codes), _total(misses, codes)


def _restore_pairs(step: BoundStep, column: Column, who: Column | None, subject: BoundStep | None) -> _Restored:
    """Once per distinct pair of value and raw subject; a value whose subject cannot be told stays as released."""
    codes = row_codes(column.codes)
    people = [] if who is None else raw_subjects(subject, who.values.to_pylist())
    persons = np.full(len(codes), -1, dtype=np.int64) if who is None else row_codes(who.codes)
    told = np.append(np.array([one is not None for one in people], dtype=bool), False)
    both = (codes >= 0) & told[persons]
    width = max(len(people), 1)
    pairs, places = np.unique(codes[both] * width + persons[both], return_inverse=True)
    values = column.values.take(pa.array(pairs // width)).to_pylist()
    subjects = [str(people[at]) for at in (pairs % width).tolist()]
    found = inverted(step, values, subjects)
    misses = np.array([not good for _, good in found], dtype=np.int64)
    alone = (codes >= 0) & ~both
    outputs = [value for value, _ in found]
    rows = np.full(len(codes), -1, dtype=np.int64)
    rows[both] = places
    if alone.any():
        # The released values follow the restored ones.
        rows[alone] = codes[alone] + len(outputs)
        outputs += column.values.to_pylist()
    as_codes = pa.array(rows, pa.int32(), mask=rows < 0)
    return regroup(_array(outputs), as_codes), _total(misses, rows[both]) + int(alone.sum())


def _array(values: Sequence[object]) -> pa.Array:
    """The values as an array; raises `_MixedError` where they are not of one kind."""
    kinds = {kind_of(value) for value in values}
    if len(kinds) > 1 or None in kinds:
        raise _MixedError
    return pa.array(values, ARROW_TYPES[kinds.pop() or Kind.STRING] if kinds else pa.string())


def _total(misses: Codes, codes: Codes) -> int:
    """Misses of distinct values, counted by row."""
    if not misses.any():
        return 0
    return int(misses @ np.bincount(codes[codes >= 0], minlength=len(misses)))


def same_columns(batches: Sequence[Batch]) -> bool:
    """Whether all the batches have columns, and the same ones in the same order."""
    first = batches[0].columns if batches else None
    return first is not None and all(b.columns is not None and list(b.columns) == list(first) for b in batches)
