"""Try a policy: the project's own cases through a bound plan, in memory. Nothing is written."""

import copy
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from pratique.errors import ConfigError, PolicyError
from pratique.kernel import BoundPlan, bind_inverse
from pratique.kernel.steps import BoundStep
from pratique.model.cases import Case, Given
from pratique.model.data import Batch, Quarantined, Record
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath, show_path
from pratique.model.plan import Mode
from pratique.model.schema import Kind
from pratique.pipeline.checking import CaseReport

_KEY_NAME = "key"
"""Of a map's only entry, where a case does not name it."""
_GONE = object()
"""Stands for a field that is not in the output."""


def try_cases(bound: BoundPlan, cases: Sequence[Case]) -> list[CaseReport]:
    """Put each case's record through the plan, and hold what comes out against what is expected.

    Every case is a record of its own. Raises `ConfigError` (the file and the line) for a record that cannot be built,
    and for a value that no UTF-8 text holds.
    """
    steps = {step.step.path: step for step in bound.steps}
    records = [_record(case, steps) for case in cases]
    outcome = bound.apply(Batch(np.arange(len(records), dtype=np.int64), records=copy.deepcopy(records)))
    held = {one.ordinal: one for one in outcome.quarantined}
    treated = dict(zip(outcome.treated.ordinals.tolist(), outcome.treated.records or (), strict=True))
    outputs = {case.name: _at(treated[row], case.path) if row in treated else None for row, case in enumerate(cases)}
    made = []
    for row, case in enumerate(cases):
        trial = _Trial(bound, case, steps.get(case.path), treated.get(row), held.get(row))
        problems = tuple(trial.problems(outputs, {c.name for n, c in enumerate(cases) if n in treated}))
        output = outputs[case.name]
        made.append(
            CaseReport(
                name=case.name,
                place=case.place,
                flow=case.flow,
                field=show_path(case.path),
                problems=problems,
                came_out=trial.came_out(output),
                output=None if output is _GONE else output,
            )
        )
    return made


class _Trial:
    """One case, and what became of its record."""

    def __init__(
        self, bound: BoundPlan, case: Case, step: BoundStep | None, record: Record | None, held: Quarantined | None
    ) -> None:
        self._bound = bound
        self._case = case
        self._step = step
        self._record = record
        self._held = held

    def came_out(self, output: object) -> str:
        """In a few words, without a value."""
        if self._held is not None:
            where = "" if self._held.path in (None, self._case.path) else f" in {show_path(self._held.path or ())}"
            return f"quarantined by {self._held.rule}{where}"
        if output is _GONE:
            return "dropped"
        treated = self._step is not None and self._step.step.mode is not Mode.KEEP
        return "treated" if treated else "kept"

    def problems(self, outputs: Mapping[str, object], passed: set[str]) -> Iterator[str]:
        """What is not as expected, in words that repeat no value."""
        expected = self._case.expected
        if self._step is None and expected.quarantined != "new-field":
            yield "the plan has no such field; see: pratique catalogue list"
            return
        if self._held is not None:
            if expected.quarantined not in ("any", self._held.rule):
                yield f"the record is {self.came_out(None)}{self._advice()}"
            return
        if expected.quarantined not in ("", "none"):
            yield "the record is not quarantined"
            return
        output = outputs[self._case.name]
        if output is _GONE:
            if expected.by != "drop" or expected != type(expected)(by="drop", quarantined=expected.quarantined):
                yield "the field is dropped"
            return
        yield from self._compared(output, outputs, passed)
        yield from self._in_text(output)
        if expected.by:
            yield from self._by(expected.by, output)
        if expected.reversible is not None and self._reversible(output) is not expected.reversible:
            yield "re-identification does not give the value back" if expected.reversible else "it can be reversed"

    def _advice(self) -> str:
        expected = self._case.expected.quarantined
        if expected not in ("", "none"):
            return f", expected by {expected}"
        subject = self._bound.plan.subject
        if self._held is None or self._held.rule != "subject" or subject is None:
            return ""
        return f"; give the case its subject, with: {{{show_path(subject)}: ...}}"

    def _compared(self, output: object, outputs: Mapping[str, object], passed: set[str]) -> Iterator[str]:
        expected = self._case.expected
        if expected.output is not None and not _is(output, expected.output):
            yield "it comes out as something else"
        for other in (*expected.same_as, *expected.unlike):
            if other not in passed:
                yield f'the case "{other}" does not come out at all'
            elif (output == outputs[other]) is not (other in expected.same_as):
                as_or_not = "unlike" if other in expected.same_as else "the same as"
                yield f'it comes out {as_or_not} the case "{other}"'

    def _in_text(self, output: object) -> Iterator[str]:
        expected = self._case.expected
        text = "" if output is None else str(output)
        for word, texts, wanted in (("gone", expected.gone, False), ("remains", expected.remains, True)):
            wrong = [str(number) for number, one in enumerate(texts, 1) if (one in text) is not wanted]
            if wrong:
                which = f"text {', '.join(wrong)} of {word}" if len(texts) > 1 else f"the text of {word}"
                yield f"{which} {'is not' if wanted else 'still stands'} in the output"

    def _by(self, name: str, output: object) -> Iterator[str]:
        assert self._step is not None
        step = self._step.step
        if step.mode is Mode.TEXT:
            rules = {} if self._step.text is None else self._step.text.rules
            named = [rules[a.entity] for a in step.spans if a.transform == name]
            proven = any(one.spans(str(output)) for one in named)
            if name != "text" and not proven:
                yield f"it is free text, and no {name} is proven to stand in it"
            return
        actual = step.mode.value if step.apply is None else step.apply.transform
        if actual != name:
            yield f"it is treated by {actual}, not by {name}"
        elif self._step.bound is not None and output is not None and not self._step.bound.fits(pa.array([output]))[0]:
            yield f"it does not have the form of a {name}"

    def _reversible(self, output: object) -> bool:
        """Whether what the inverse gives back is the value, or (its normal form) comes out as the value did."""
        assert self._record is not None
        try:
            inverse = bind_inverse(self._bound, [self._case.path])
        except PolicyError:
            return False
        (restored,), failed = inverse.restore([copy.deepcopy(self._record)])
        back = _at(restored, self._case.path)
        if failed or back == output:
            return False
        assert self._step is not None
        given = _typed(self._case.given, self._step)
        if back == given:
            return True
        record = _record(self._case, {self._case.path: self._step}, back)
        again = self._bound.apply(Batch(np.zeros(1, dtype=np.int64), records=[record])).treated.records
        return bool(again) and _at((again or [{}])[0], self._case.path) == output


# --- records ----------------------------------------------------------------------------------------------------------


def _record(case: Case, steps: Mapping[FieldPath, BoundStep], value: object = _GONE) -> Record:
    """The record of a case; with ``value`` in place of the case's own."""
    given = {path: _typed(given, steps.get(path)) for path, given in case.others.items()}
    given[case.path] = _typed(case.given, steps.get(case.path)) if value is _GONE else value
    record = _build(given, case)
    if not isinstance(record, dict):
        raise ConfigError("the field names a place in no record", where=str(case.place), do="start with a field's name")
    return record


def _build(below: Mapping[FieldPath, object], case: Case) -> object:
    """What has these values at these paths: lists have one item, maps one entry."""
    first = dict.fromkeys(path[0] if path else "" for path in below)
    if () in below and len(below) == 1:
        return below[()]
    families = [() in below, ITEM in first, bool({VALUE, KEY} & first.keys()), bool(first.keys() - {ITEM, VALUE, KEY})]
    if sum(families) > 1:
        raise ConfigError("its fields do not fit into one record", where=str(case.place), do="see with and field")
    if ITEM in first:
        return [_build({path[1:]: value for path, value in below.items()}, case)]
    if VALUE in first or KEY in first:
        inside = {path[1:]: value for path, value in below.items() if path[0] == VALUE}
        return {str(below.get((KEY,), _KEY_NAME)): _build(inside, case) if inside else None}
    return {name: _build({path[1:]: value for path, value in below.items() if path[0] == name}, case) for name in first}


def _typed(given: Given, step: BoundStep | None) -> object:
    """The value as the field's kinds want it; one of no such kind as it is read, for the kernel to judge."""
    if step is None or given.value is None:
        return given.value
    kinds = set(step.step.kinds) - {Kind.NULL}
    if kinds == {Kind.STRING}:
        return given.raw
    if isinstance(given.value, int) and not isinstance(given.value, bool) and Kind.INTEGER not in kinds:
        return float(given.value) if Kind.DOUBLE in kinds else given.value
    return given.value


def _at(value: object, path: FieldPath) -> object:
    """What stands at a path: in lists the first item, in maps the first entry."""
    for name in path:
        if name == ITEM and isinstance(value, list) and value:
            value = value[0]
        elif name == KEY and isinstance(value, dict) and value:
            value = next(iter(value))
        elif name == VALUE and isinstance(value, dict) and value:
            value = next(iter(value.values()))
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return _GONE
    return value


def _is(output: object, given: Given) -> bool:
    if output is None or given.value is None:
        return output is None and given.value is None
    if isinstance(output, str):
        return output == given.raw
    if isinstance(output, bool) or isinstance(given.value, bool):
        return output is given.value
    return isinstance(given.value, (int, float)) and output == given.value
