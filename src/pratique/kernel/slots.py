"""Leaf values that the record walk took out of records, treated as the distinct values that they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from pratique.kernel.held import Held
from pratique.kernel.steps import BoundStep
from pratique.kernel.values import ARROW_TYPES, kind_of, text_of
from pratique.model.schema import Kind


@dataclass(slots=True)
class Slot:
    """One leaf value of one record, and where its output goes."""

    row: int
    value: object
    put: Callable[[object], None]
    output: object = None
    spans: tuple[str, ...] = ()
    """Of a free text: the raw spans that were treated."""
    rest: str | None = None
    """Of a free text: what is left of it beside them."""
    token: str | None = None
    """Of a field that is decoded: what stood there."""


def treat_slots(
    step: BoundStep, slots: Sequence[Slot], subjects: Sequence[str | None], held: Held
) -> tuple[pa.Array, ...]:
    """Treat one field's leaves of a whole batch and put the outputs in place; returns the raw values for the gate."""
    raws: list[pa.Array] = []
    by_kind: dict[Kind, list[Slot]] = {}
    for slot in slots:
        kind = kind_of(slot.value)
        assert kind is not None
        by_kind.setdefault(kind, []).append(slot)
    for kind, leaves in by_kind.items():
        raws.extend(_treat_kind(step, kind, leaves, subjects, held))
    return tuple(raws)


def _treat_kind(
    step: BoundStep, kind: Kind, slots: Sequence[Slot], subjects: Sequence[str | None], held: Held
) -> tuple[pa.Array, ...]:
    # A double is told apart by its text: 0.0 and -0.0 are equal, and not the same.
    pairs: dict[tuple[object, str | None], tuple[int, object]] = {}
    chosen: list[tuple[Slot, int]] = []
    for slot in slots:
        who = subjects[slot.row] if step.needs_subject else None
        if step.needs_subject and who is None:
            held.hold_row(slot.row, "subject", step.step.path)
            continue
        key = text_of(slot.value) if kind is Kind.DOUBLE else slot.value
        chosen.append((slot, pairs.setdefault((key, who), (len(pairs), slot.value))[0]))
    if not chosen:
        return ()
    values = pa.array([value for _, value in pairs.values()], ARROW_TYPES[kind])
    who_array = pa.array([who for _, who in pairs], pa.string()) if step.needs_subject else None
    result = step.treat(values, who_array)
    outputs = result.outputs.to_pylist()
    for slot, at in chosen:
        if result.refused[at]:
            held.hold_row(slot.row, result.rule, step.step.path)
        else:
            slot.output = outputs[at]
            slot.put(slot.output)
            if result.texts is not None:
                slot.spans, slot.rest = result.texts.spans[at], result.texts.rests[at]
    return result.raws
