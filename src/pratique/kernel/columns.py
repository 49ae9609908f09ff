"""The column way: flat rows, each step once per distinct value (or distinct pair with the subject)."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.kernel.decode import decode_columns, raw_tokens
from pratique.kernel.echo import FreeText, echoing_rows
from pratique.kernel.held import Held
from pratique.kernel.steps import BoundStep, Result
from pratique.kernel.values import Bools, kind_of_array, regroup, row_codes, spread, texts
from pratique.model.data import Batch, Column, Outcome
from pratique.model.plan import Mode, Plan


def treat_columns(plan: Plan, steps: Sequence[BoundStep], batch: Batch) -> Outcome:
    """Treat a batch of columns.

    1. Shape: a column that the plan does not know, or of a kind it does not know, holds its rows back.
    2. Tokens of older pipelines are decoded.
    3. Each step, on distinct values.
    4. Echoes: a treated raw value, or a span of a free text, that stands in another field of its record.
    5. The rows that are left, as columns in the plan's order.
    """
    assert batch.columns is not None
    held = Held(batch.ordinals)
    # A column is a field of the record itself: one that stands where the plan knows a record, list or map is retyped.
    by_name = {step.step.path[0]: step for step in steps if len(step.step.path) == 1}
    nested = dict(plan.schema.root.fields).keys() - by_name.keys()
    _check_shape(by_name, nested, batch, held)
    columns, tokens = decode_columns(by_name, batch.columns, held)
    subject = _subject(plan, columns)
    outputs: dict[str, Column] = {}
    free: dict[str, FreeText] = {}
    raws: list[pa.Array] = [*raw_tokens(tokens)]
    for name, step in by_name.items():
        column = columns.get(name)
        if column is None or kind_of_array(column.values) not in step.step.kinds:
            continue
        if step.step.mode is Mode.DROP:
            continue
        outputs[name], result, codes = _treat_column(step, column, subject, held)
        raws.extend(result.raws)
        if result.texts is not None:
            free[name] = FreeText(result.texts.spans, result.texts.rests, codes)
    held.hold(echoing_rows(tuple(by_name.values()), columns, outputs, free, tokens), "echo", None)
    return Outcome(_select(outputs, batch.ordinals, ~held.rows), held.listed(), tuple(r for r in raws if len(r)))


def _check_shape(by_name: Mapping[str, BoundStep], nested: Collection[str], batch: Batch, held: Held) -> None:
    assert batch.columns is not None
    for name, column in batch.columns.items():
        step = by_name.get(name)
        if step is None and name in nested:
            held.hold(row_codes(column.codes) >= 0, "retyped-field", (name,))
        elif step is None:
            held.hold(np.ones(len(batch), dtype=bool), "new-field", (name,))
        elif len(column.values) and kind_of_array(column.values) not in step.step.kinds:
            held.hold(row_codes(column.codes) >= 0, "retyped-field", (name,))


def _subject(plan: Plan, columns: Mapping[str, Column]) -> Column | None:
    return columns.get(plan.subject[0]) if plan.subject is not None and len(plan.subject) == 1 else None


def _treat_column(
    step: BoundStep, column: Column, subject: Column | None, held: Held
) -> tuple[Column, Result, pa.Int32Array]:
    """The column treated, what became of its distinct values (or pairs), and which of them each row has."""
    if step.needs_subject:
        return _treat_pairs(step, column, subject, held)
    result = step.treat(column.values, None)
    held.hold(spread(result.refused, column.codes), result.rule, step.step.path)
    same = result.outputs is column.values
    return (column if same else regroup(result.outputs, column.codes)), result, column.codes


def _treat_pairs(
    step: BoundStep, column: Column, subject: Column | None, held: Held
) -> tuple[Column, Result, pa.Int32Array]:
    """Once per distinct pair of value and subject. A value without a subject holds its row back."""
    codes = row_codes(column.codes)
    if subject is None:
        held.hold(codes >= 0, "subject", step.step.path)
        empty, none = pa.array([], pa.string()), pa.nulls(len(codes), pa.int32())
        return Column(empty, none), Result(empty, np.zeros(0, dtype=bool), "subject"), none
    who = row_codes(subject.codes)
    held.hold((codes >= 0) & (who < 0), "subject", step.step.path)
    both = (codes >= 0) & (who >= 0)
    pairs, inverse = np.unique(codes[both] * max(len(subject.values), 1) + who[both], return_inverse=True)
    values = pc.take(column.values, pa.array(pairs // max(len(subject.values), 1)))
    subjects = pc.take(texts(subject.values), pa.array(pairs % max(len(subject.values), 1)))
    result = step.treat(values, subjects)
    pair_codes = np.full(len(codes), -1, dtype=np.int64)
    pair_codes[both] = inverse
    as_codes = pa.array(pair_codes, pa.int32(), mask=pair_codes < 0)
    held.hold(spread(result.refused, as_codes), result.rule, step.step.path)
    return regroup(result.outputs, as_codes), result, as_codes


def _select(outputs: Mapping[str, Column], ordinals: npt.NDArray[np.int64], keep: Bools) -> Batch:
    if keep.all():
        return Batch(ordinals, columns=dict(outputs))
    mask = pa.array(keep)
    kept = {name: Column(c.values, c.codes.filter(mask)) for name, c in outputs.items()}
    return Batch(ordinals[keep], columns=kept)
