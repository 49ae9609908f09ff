"""Judging distinct values, field by field: proven treated, fitting its grammar, waived, or residue."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import RefusedError
from pratique.gate.echoes import Bools
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath
from pratique.model.plan import Mode, Plan, Step
from pratique.model.schema import Kind
from pratique.ports import BoundTransform, ResidueDetector

GRAMMAR = "grammar"
"""The entity told for a value that does not fit its transform's output grammar, or does not authenticate."""
ECHO = "echo"
"""The entity told for a raw value that stands in the output."""
GATE = "gate"
"""The detector told for both."""

_PROVABLE = frozenset({"token"})
"""Transforms whose every output must authenticate: to fit the grammar is not enough."""
_NO_ECHOES = frozenset({"replace", "redact", "drop", "mask", "generalise", "shift_date"})
"""Transforms whose outputs are constants, or coincide with raw values by their nature."""
_EXACT = float(1 << 53)

_TOKEN = re.compile(r"tok1\.[0-9]{1,10}\.[A-Za-z0-9_-]+")
_PLACEHOLDER = re.compile(r"<([A-Z][A-Z0-9_]{0,63})>")
_TREATED = r"tok1\.|<[A-Z]"
_ONTO = re.compile(r"/[0-9]{1,3}(?![0-9])")
_BLANK = "|"
"""What stands for what is proven treated while the rest is scanned: neither a word nor a space."""


@dataclass(slots=True)
class Judged:
    """What became of the distinct values of one path and kind."""

    bad: list[tuple[int, str, str]] = field(default_factory=list)
    """Index, entity (or `GRAMMAR`), detector."""
    waived: list[tuple[int, str]] = field(default_factory=list)
    """Index and entity type, once per finding."""
    echoable: pa.Array | None = None
    """Text forms to search for echoes; None: nothing to search."""
    echoed: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """The index that each text of ``echoable`` belongs to."""


class Judge:
    """Holds values against the plan. ``bound`` and ``emits`` are by field path, as the kernel gives them."""

    def __init__(
        self,
        plan: Plan,
        bound: Mapping[FieldPath, Sequence[BoundTransform]],
        emits: Mapping[FieldPath, frozenset[str]],
        residue: ResidueDetector,
    ) -> None:
        self._steps = {step.path: step for step in plan.steps}
        self._numbers = {step.path: number for number, step in enumerate(plan.steps, start=1)}
        self._bound = {path: list(transforms) for path, transforms in bound.items()}
        self._emits = emits
        self._residue = residue
        self._score = plan.residue_score

    def name_of(self, path: FieldPath) -> str:
        """A field as errors and counts may show it: its number in the plan."""
        return f"#{self._numbers[path]}" if path in self._numbers else "outside the plan"

    def waives(self, path: FieldPath) -> bool:
        """Whether any type is waived here, so that occurrences must be counted."""
        return bool(self._step(path).waived)

    def judge(self, path: FieldPath, kind: Kind, values: pa.Array) -> Judged:
        """Judge distinct values of one kind. Raises `RefusedError` where the plan lets nothing through on this path."""
        step = self._step(path)
        match step.mode:
            case Mode.KEEP:
                return self._kept(step, kind, values)
            case Mode.WHOLE:
                return self._whole(step, kind, values)
            case Mode.TEXT:
                return self._text(step, kind, values)
            case Mode.DROP | Mode.QUARANTINE:
                raise RefusedError(
                    "the output holds a field that the plan lets nothing through", where=f"field {self.name_of(path)}"
                )

    def _step(self, path: FieldPath) -> Step:
        step = self._steps.get(path)
        if step is None:
            raise RefusedError("the output holds a field that the plan does not name")
        return step

    def _transforms(self, step: Step) -> list[BoundTransform]:
        transforms = self._bound.get(step.path, [])
        if not transforms:
            raise RefusedError("no transform is bound to hold it against", where=f"field {self.name_of(step.path)}")
        return transforms

    # --- the three modes ---------------------------------------------------------------------------------------------

    def _kept(self, step: Step, kind: Kind, values: pa.Array) -> Judged:
        judged = Judged()
        texts, places = text_forms(kind, values)
        for place, _, finding in self._findings(texts, places):
            self._note(judged, step, place, finding)
        judged.echoable, judged.echoed = texts, places
        return judged

    def _whole(self, step: Step, kind: Kind, values: pa.Array) -> Judged:
        assert step.apply is not None
        judged = Judged()
        transforms = self._transforms(step)
        proven = _any(transforms, lambda t, v: t.proves(v), values) if kind is Kind.STRING else _none(values)
        if step.apply.transform in _PROVABLE:
            treated = proven
        else:
            treated = proven | _any(transforms, lambda t, v: t.fits(v), values)
        judged.bad.extend((int(place), GRAMMAR, GATE) for place in np.flatnonzero(~treated))
        left = np.flatnonzero(treated & ~proven)
        if not len(left):
            return judged
        texts, places = text_forms(kind, values.take(pa.array(left)))
        places = left[places]
        emits = self._emits.get(step.path, frozenset())
        for place, _, finding in self._findings(texts, places):
            if finding.entity not in emits:
                self._note(judged, step, place, finding)
        if step.apply.transform not in _NO_ECHOES:
            judged.echoable, judged.echoed = texts, places
        return judged

    def _text(self, step: Step, kind: Kind, values: pa.Array) -> Judged:
        judged = Judged()
        texts, places = text_forms(kind, values)
        if kind is Kind.STRING:
            texts = self._blanked(step, texts)
        emits = self._emits.get(step.path, frozenset())
        mentions: list[tuple[int, Finding, str]] = []
        for place, text, finding in self._findings(texts, places):
            if finding.entity in emits:
                mentions.append((place, finding, _mention(text, finding)))
            else:
                self._note(judged, step, place, finding)
        if mentions:
            written = pa.array([mention for _, _, mention in mentions], type=pa.string())
            fits = _any(self._transforms(step), lambda t, v: t.fits(v), written)
            for (place, finding, _), fit in zip(mentions, fits, strict=True):
                if not fit:
                    self._note(judged, step, place, finding)
        judged.echoable, judged.echoed = texts, places
        return judged

    # --- their parts -------------------------------------------------------------------------------------------------

    def _findings(self, texts: pa.Array, places: npt.NDArray[np.int64]) -> list[tuple[int, str, Finding]]:
        """Findings at or above the plan's score, with the place and the text of each."""
        may = np.flatnonzero(self._residue.find_any(texts, self._score))
        if not len(may):
            return []
        written = texts.take(pa.array(may)).to_pylist()
        return [
            (int(places[at]), text, finding)
            for at, text, findings in zip(may, written, self._residue.find_many(written), strict=True)
            for finding in findings
            if finding.score >= self._score
        ]

    def _note(self, judged: Judged, step: Step, place: int, finding: Finding) -> None:
        if finding.entity in step.waived:
            judged.waived.append((place, finding.entity))
        else:
            judged.bad.append((place, finding.entity, finding.detector))

    def _blanked(self, step: Step, texts: pa.Array) -> pa.Array:
        """The texts with tokens that authenticate, and the plan's own placeholders, blanked out."""
        touched = np.flatnonzero(_bools(pc.match_substring_regex(texts, _TREATED)))
        if not len(touched):
            return texts
        written = texts.take(pa.array(touched)).to_pylist()
        tokens = sorted({m[0] for text in written for m in _TOKEN.finditer(text)})
        proven: set[str] = set()
        if tokens:
            array = pa.array(tokens, type=pa.string())
            proofs = _any(self._transforms(step), lambda t, v: t.proves(v), array)
            proven = {token for token, proof in zip(tokens, proofs, strict=True) if proof}
        own = {span.entity for span in step.spans}

        def blank(text: str) -> str:
            text = _TOKEN.sub(lambda m: _BLANK * len(m[0]) if m[0] in proven else m[0], text)
            return _PLACEHOLDER.sub(lambda m: _BLANK * len(m[0]) if m[1] in own else m[0], text)

        whole = texts.to_pylist() if len(touched) * 2 > len(texts) else None
        if whole is not None:
            return pa.array([blank(text) for text in whole], type=pa.string())
        mask = np.zeros(len(texts), dtype=bool)
        mask[touched] = True
        return pc.replace_with_mask(
            texts, pa.array(mask), pa.array([blank(text) for text in written], type=pa.string())
        )


def _mention(text: str, finding: Finding) -> str:
    """The finding with what is written onto it: a detector may see the address in ``192.0.2.0/24`` only."""
    onto = _ONTO.match(text, finding.end)
    return text[finding.start : onto.end() if onto else finding.end]


def text_forms(kind: Kind, values: pa.Array) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """The values as texts to scan, and the index that each belongs to.

    Integers, and doubles that are whole numbers, as their digits, so that only types of digits can fire; other doubles
    and booleans have no text form: no identifier is a fraction.
    """
    every = np.arange(len(values), dtype=np.int64)
    match kind:
        case Kind.STRING:
            return values, every
        case Kind.INTEGER:
            return values.cast(pa.string()), every
        case Kind.DOUBLE:
            numbers = np.asarray(values)
            whole = np.isfinite(numbers) & (np.abs(numbers) <= _EXACT) & (np.trunc(numbers) == numbers)
            return pa.array(numbers[whole].astype(np.int64)).cast(pa.string()), every[whole]
        case _:
            return pa.array([], type=pa.string()), every[:0]


def _any(
    transforms: list[BoundTransform], question: Callable[[BoundTransform, pa.Array], Bools], values: pa.Array
) -> Bools:
    """To which values any transform says yes; each is asked of those that had no yes yet.

    A free text has a transform for each of hundreds of types, and its mentions are of a few: those that said yes move
    to the front of ``transforms``, and are asked first next time.
    """
    total = _none(values)
    left = np.arange(len(values))
    for at, transform in enumerate(tuple(transforms)):
        if not len(left):
            break
        answer = question(transform, values if len(left) == len(values) else values.take(pa.array(left)))
        if len(answer) != len(left):
            raise RefusedError("a transform did not answer for every value")
        if answer.any():
            total[left] = answer
            left = left[~answer]
            transforms.insert(0, transforms.pop(at))
    return total


def _none(values: pa.Array) -> Bools:
    return np.zeros(len(values), dtype=bool)


def _bools(values: pa.Array) -> Bools:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.bool_)
