"""The record walk: any record, leaf by leaf. Every list item, map key and value is seen; what is unknown holds it back.

The walk only takes records apart and puts them together again. What becomes of a value is decided by the same bound
steps, over the same distinct values, as in the column way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from pratique.kernel.decode import decode_slots
from pratique.kernel.echo import Place, is_source, is_target, record_echoes
from pratique.kernel.held import Held
from pratique.kernel.slots import Slot, treat_slots
from pratique.kernel.steps import BoundStep, long_texts
from pratique.kernel.values import SCALAR_TYPES, kind_of, text_of
from pratique.model.data import Batch, Outcome, Record
from pratique.model.paths import ITEM, KEY, MARKERS, VALUE, FieldPath
from pratique.model.plan import Mode, Plan
from pratique.model.schema import Kind, Node

_DEPTH = 64
"""Levels below which a record is refused; formats refuse deeper ones already."""


@dataclass(slots=True)
class _Walker:
    steps: Mapping[FieldPath, int]
    dropped: frozenset[int]
    slots: list[list[Slot]]
    row: int = 0
    problem: tuple[str, FieldPath] | None = None
    maps: list["_MapOut"] = field(default_factory=list)

    def fail(self, rule: str, path: FieldPath) -> None:
        if self.problem is None:
            self.problem = (rule, path)

    def leaf(self, value: object, node: Node, path: FieldPath, put: Callable[[object], None]) -> None:
        kind = kind_of(value)
        number = self.steps.get(path)
        if number is None or kind is None or kind not in node.kinds:
            self.fail("retyped-field", path)
        elif number not in self.dropped:
            self.slots[number].append(Slot(self.row, value, put))
        else:
            self.slots[number].append(Slot(self.row, value, _nowhere))

    def value(self, value: object, node: Node, path: FieldPath, put: Callable[[object], None]) -> None:
        if self.problem is not None:
            return
        if len(path) > _DEPTH:
            self.fail("depth", path[:1])
        elif value is None:
            if self.steps.get(path) not in self.dropped:
                put(None)
        elif isinstance(value, SCALAR_TYPES):
            self.leaf(value, node, path, put)
        elif isinstance(value, list):
            self.items(value, node, path, put)
        elif isinstance(value, dict):
            self.mapping(value, node, path, put)
        else:
            self.fail("retyped-field", path)

    def items(self, value: list[object], node: Node, path: FieldPath, put: Callable[[object], None]) -> None:
        if Kind.LIST not in node.kinds or (value and node.item is None):
            self.fail("retyped-field", path)
            return
        output: list[object] = [None] * len(value)
        put(output)
        for at, item in enumerate(value):
            assert node.item is not None
            self.value(item, node.item, (*path, ITEM), _setter(output, at))

    def mapping(self, value: dict[str, object], node: Node, path: FieldPath, put: Callable[[object], None]) -> None:
        if Kind.RECORD in node.kinds:
            output: dict[object, object] = {}
            put(output)
            known = dict(node.fields)
            for name, item in value.items():
                child = known.get(name)
                if child is None or name in MARKERS:
                    self.fail("new-field", (*path, name))
                    return
                self.value(item, child, (*path, name), _setter(output, name))
        elif Kind.MAP in node.kinds:
            self.map(value, node, path, put)
        else:
            self.fail("retyped-field", path)

    def map(self, value: dict[str, object], node: Node, path: FieldPath, put: Callable[[object], None]) -> None:
        if value and node.value is None:
            self.fail("retyped-field", path)
            return
        output = _MapOut(self.row, path, put)
        self.maps.append(output)
        keys = Node(frozenset({Kind.STRING}))
        for at, (key, item) in enumerate(value.items()):
            assert node.value is not None
            output.keys.append(None)
            output.values.append(None)
            self.leaf(key, keys, (*path, KEY), _setter(output.keys, at))
            self.value(item, node.value, (*path, VALUE), _setter(output.values, at))


@dataclass(slots=True)
class _MapOut:
    """A map under treatment: keys and values side by side until both are known."""

    row: int
    path: FieldPath
    put: Callable[[object], None]
    keys: list[object] = field(default_factory=list)
    values: list[object] = field(default_factory=list)


def treat_records(plan: Plan, steps: Sequence[BoundStep], batch: Batch) -> Outcome:
    """Treat a batch of records; the outcome equals `treat_columns` wherever both apply."""
    assert batch.records is not None
    held = Held(batch.ordinals)
    walker = _Walker(
        steps={s.step.path: n for n, s in enumerate(steps)},
        dropped=frozenset(n for n, s in enumerate(steps) if s.step.mode is Mode.DROP),
        slots=[[] for _ in steps],
    )
    outputs = [_walk(plan, walker, row, record, held) for row, record in enumerate(batch.records)]
    subjects = [_subject(plan, record) for record in batch.records]
    raws: list[pa.Array] = []
    for step, slots in zip(steps, walker.slots, strict=True):
        raws.extend(_decode(plan, step, slots, subjects, held))
    for step, slots in zip(steps, walker.slots, strict=True):
        if step.step.mode is not Mode.DROP:
            raws.extend(treat_slots(step, slots, subjects, held))
    _close_maps(walker.maps, held)
    _hold_echoes(steps, walker.slots, held)
    keep = np.flatnonzero(~held.rows)
    treated = Batch(batch.ordinals[keep], records=[outputs[row] for row in keep])
    return Outcome(treated, held.listed(), tuple(r for r in raws if len(r)))


def _decode(
    plan: Plan, step: BoundStep, slots: list[Slot], subjects: list[str | None], held: Held
) -> Iterator[pa.StringArray]:
    """Decode a field of tokens, and the subjects where it is theirs; gives the tokens, for the gate."""
    if step.decode is None:
        return
    yield long_texts(pa.array({str(slot.value): None for slot in slots}, pa.string()))
    if step.step.path == plan.subject:
        for slot in slots:
            subjects[slot.row] = None
    decode_slots(step, slots, held)
    if step.step.path == plan.subject:
        for slot in slots:
            subjects[slot.row] = text_of(slot.value)


def _walk(plan: Plan, walker: _Walker, row: int, record: Record, held: Held) -> Record:
    walker.row, walker.problem = row, None
    marks = [len(slots) for slots in walker.slots]
    maps = len(walker.maps)
    output: list[object] = [None]
    walker.value(record, plan.schema.root, (), _setter(output, 0))
    treated = output[0]
    if walker.problem is not None or not isinstance(treated, dict):
        rule, path = walker.problem or ("retyped-field", ())
        held.hold_row(row, rule, path)
        # Nothing of a record that is held back for its shape goes through a transform.
        for slots, mark in zip(walker.slots, marks, strict=True):
            del slots[mark:]
        del walker.maps[maps:]
        return {}
    return treated


def _subject(plan: Plan, record: Record) -> str | None:
    if plan.subject is None:
        return None
    value: object = record
    for name in plan.subject:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return text_of(value) if isinstance(value, SCALAR_TYPES) else None


def _close_maps(maps: Sequence[_MapOut], held: Held) -> None:
    """Innermost last opened, so close in reverse: a map inside a map is whole when its outer one takes it."""
    for one in reversed(maps):
        if len(set(one.keys)) != len(one.keys) or not all(isinstance(key, str) for key in one.keys):
            held.hold_row(one.row, "map-key", (*one.path, KEY))
        one.put({str(k): v for k, v in zip(one.keys, one.values, strict=True)})


def _hold_echoes(steps: Sequence[BoundStep], slots: Sequence[Sequence[Slot]], held: Held) -> None:
    raws: dict[int, list[tuple[Place, str]]] = {}
    targets: dict[int, list[tuple[Place, str]]] = {}
    for number, (step, leaves) in enumerate(zip(steps, slots, strict=True)):
        source, target = is_source(step), is_target(step)
        for at, slot in enumerate(leaves):
            if source:
                raws.setdefault(slot.row, []).append((Place(number), text_of(slot.value)))
            if slot.token is not None:
                raws.setdefault(slot.row, []).append((Place(number), slot.token))
            for span in slot.spans:
                raws.setdefault(slot.row, []).append((Place(number, at), span))
            if target and slot.output is not None:
                text = slot.rest if slot.rest is not None else text_of(slot.output)
                targets.setdefault(slot.row, []).append((Place(number, at), text))
    for row, found in raws.items():
        if row in targets and not held.rows[row] and record_echoes(found, targets[row]):
            held.hold_row(row, "echo", None)


def _setter(into: "dict[object, object] | list[object]", at: object) -> Callable[[object], None]:
    def put(value: object) -> None:
        into[at] = value  # type: ignore[call-overload]

    return put


def _nowhere(value: object) -> None:
    """Where the output of a dropped field goes."""
