"""The inverse plan: what re-identification runs over released data, under the same keys, in the exporter's region."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pratique.errors import PolicyError
from pratique.kernel.bind import BoundPlan
from pratique.kernel.inverse_columns import restore_columns
from pratique.kernel.inverse_values import inverted, raw_subjects, restored_text
from pratique.kernel.steps import BoundStep
from pratique.model.data import Batch, Record
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath, show_path
from pratique.model.plan import Mode
from pratique.model.policy import Scalar


@dataclass(frozen=True, slots=True)
class InversePlan:
    """The reversible steps of a bound plan, for some fields. `restore` never raises on data."""

    bound: BoundPlan
    steps: Mapping[FieldPath, BoundStep]
    subject: BoundStep | None
    """The step that treated the subject, where a step needs the raw subject and it was treated reversibly."""

    def restore(self, records: Sequence[Record]) -> tuple[list[Record], int]:
        """The records with every chosen field as it was (in its normal form), changed in place; and how many values
        could not be restored. Those, and the fields that were not chosen, stay as released.
        """
        failed = 0
        subjects = self._subjects(records)
        for path, step in self.steps.items():
            slots = [slot for row, record in enumerate(records) for slot in _slots(record, path, row)]
            failed += _restore(step, slots, subjects)
        return list(records), failed

    def restore_columns(self, batch: Batch) -> tuple[Batch, int] | None:
        """What `restore` makes of a batch of columns, by distinct values; None where only records can hold it."""
        return restore_columns(self.steps, self.bound.plan.subject, self.subject, batch)

    def _subjects(self, records: Sequence[Record]) -> list[str | None]:
        """The raw subject of each record: distinct values are inverted once, in one call."""
        path = self.bound.plan.subject
        if path is None:
            return [None] * len(records)
        released = [_scalar(record, path) for record in records]
        # By kind as well: 1 and 1.0 are equal, and stand for two persons.
        distinct = list(dict.fromkeys((type(value), value) for value in released if value is not None))
        raw = dict(zip(distinct, raw_subjects(self.subject, [value for _, value in distinct]), strict=True))
        return [None if value is None else raw[type(value), value] for value in released]


def _scalar(record: Record, path: FieldPath) -> str | int | float | None:
    value: object = record
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, (str, int, float)) else None


def bind_inverse(bound: BoundPlan, fields: Collection[FieldPath] = ()) -> InversePlan:
    """The inverse of ``bound`` for ``fields``, or for all that is reversible; `PolicyError` for a field that is not."""
    reversible = {s.step.path: s for s in bound.steps if _reversible(s)}
    subject = reversible.get(bound.plan.subject) if bound.plan.subject is not None else None
    if subject is not None and subject.bound is None:
        subject = None
    if subject is None and not _subject_kept(bound):
        # The person whom a value went by is not told by what was released: an inverse would be a guess.
        reversible = {path: s for path, s in reversible.items() if not s.needs_subject or s.step.mode is Mode.TEXT}
    chosen = list(fields) or list(reversible)
    if not chosen:
        raise PolicyError(
            "no field of this flow was treated reversibly", do="only token and shift_date can be reversed"
        )
    for path in chosen:
        if path not in reversible:
            raise PolicyError("this field was not treated reversibly", where=show_path(path), do="choose a token field")
    # The subject itself last: the others need it as it was released.
    ordered = sorted(chosen, key=lambda path: path == bound.plan.subject)
    return InversePlan(bound, {path: reversible[path] for path in ordered}, subject)


def _subject_kept(bound: BoundPlan) -> bool:
    """Whether the subject stands in the release as it was."""
    own = next((s.step for s in bound.steps if s.step.path == bound.plan.subject), None)
    if own is None:
        return False
    return own.mode is Mode.KEEP or (own.apply is not None and own.apply.transform == "keep")


def _reversible(step: BoundStep) -> bool:
    if step.step.mode is Mode.WHOLE:
        return step.transform is not None and step.transform.reversible
    return step.step.mode is Mode.TEXT and any(a.transform == "token" for a in step.step.spans)


@dataclass(frozen=True, slots=True)
class _Slot:
    row: int
    value: Scalar
    put: Callable[[object], None]


def _slots(value: object, path: FieldPath, row: int) -> list[_Slot]:
    found: list[_Slot] = []

    def walk(value: object, rest: FieldPath, put: Callable[[object], None]) -> None:
        if not rest:
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                found.append(_Slot(row, value, put))
            return
        name, *below = rest
        if name == ITEM and isinstance(value, list):
            for at, item in enumerate(value):
                walk(item, tuple(below), lambda v, at=at: value.__setitem__(at, v))  # type: ignore[misc]
        elif name == VALUE and isinstance(value, dict):
            for key, item in value.items():
                walk(item, tuple(below), lambda v, key=key: value.__setitem__(key, v))  # type: ignore[misc]
        elif name == KEY and isinstance(value, dict):
            found.extend(_key_slot(row, value, key) for key in list(value))
        elif isinstance(value, dict) and name in value:
            walk(value[name], tuple(below), lambda v: value.__setitem__(name, v))

    walk(value, path, lambda _: None)
    return found


def _key_slot(row: int, into: dict[str, object], key: str) -> _Slot:
    return _Slot(row, key, lambda new: into.__setitem__(str(new), into.pop(key)))


def _restore(step: BoundStep, slots: Sequence[_Slot], subjects: Sequence[str | None]) -> int:
    failed = 0
    if step.step.mode is Mode.TEXT:
        assert step.text is not None
        rules = list(step.text.rules.values())
        for slot in slots:
            text, misses = restored_text(rules, str(slot.value))
            slot.put(text)
            failed += misses
        return failed
    usable = [s for s in slots if not step.needs_subject or subjects[s.row] is not None]
    who = [str(subjects[s.row]) for s in usable] if step.needs_subject else None
    for slot, (value, good) in zip(usable, inverted(step, [s.value for s in usable], who), strict=True):
        failed += not good
        if good:
            slot.put(value)
    return failed + len(slots) - len(usable)
