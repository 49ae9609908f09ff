"""One step of a plan, bound: what happens to the distinct values of one field, whichever way they came.

Both ways through the kernel (columns, record walk) come here with distinct values, so that they cannot differ in what a
value becomes, only in how rows are taken apart and put together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import DetectionError
from pratique.kernel.memo import Memo
from pratique.kernel.text import TextTreatment, TreatedTexts
from pratique.kernel.values import ARROW_TYPES, Bools, integers, kind_of, kind_of_array, texts
from pratique.model.plan import Mode, Step
from pratique.model.schema import Kind
from pratique.ports import REFUSED, BoundTransform, TextDetector, Transform, Treated

ECHO_LENGTH = 8
"""Characters from which a raw value under a joining transform is remembered for the gate."""
_ECHO_LENGTH = pa.scalar(ECHO_LENGTH, pa.int32())

_JOINING = frozenset({"token", "pseudonym"})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of distinct values."""

    outputs: pa.Array
    """Same length as the input; null where refused or where the treated value is null."""
    refused: Bools
    """Which values quarantine their rows."""
    rule: str
    """The rule under which they do."""
    raws: tuple[pa.Array, ...] = ()
    """Raw values that the gate must not meet again."""
    texts: TreatedTexts | None = None
    """Of free text: what was found in it, and what is left of it, for the search for echoes."""


@dataclass(frozen=True, slots=True)
class BoundStep:
    """A step with its transform bound to its key. Its memories change how fast it is, never what it gives."""

    step: Step
    transform: Transform | None
    bound: BoundTransform | None
    text: TextTreatment | None
    detector: TextDetector
    guard_score: float
    decode: Callable[[str], str | None] | None = None
    """Of a field of Fernet tokens: a token to what is in it, None for what does not authenticate."""
    _suspects: Memo[bool] = field(default_factory=Memo, repr=False)
    _numbers: Memo[bool] = field(default_factory=Memo, repr=False)

    @property
    def needs_subject(self) -> bool:
        """Whether the step reads the record's subject as well."""
        if self.text is not None:
            return bool(self.text.by_subject)
        return self.transform is not None and self.transform.needs_subject

    def treat(self, values: pa.Array, subjects: pa.Array | None) -> Result:
        """Treat distinct values (with ``subjects``: distinct pairs). Never raises on a value."""
        mode = self.step.mode
        if mode is Mode.KEEP:
            return Result(values, self._guarded(values), "guard")
        if mode is Mode.QUARANTINE:
            return Result(values, np.ones(len(values), dtype=bool), "undecided-field")
        if mode is Mode.TEXT:
            assert self.text is not None
            return self._text(values, subjects)
        return self._whole(values, subjects)

    def _whole(self, values: pa.Array, subjects: pa.Array | None) -> Result:
        assert self.bound is not None
        assert self.step.apply is not None
        raws: tuple[pa.Array, ...] = ()
        if self.step.apply.transform in _JOINING:
            raws = (long_texts(texts(values)),)
        bulk = self.bound.apply_array(values) if subjects is None and Kind.STRING in self.step.output_kinds else None
        if bulk is not None:
            return Result(bulk, np.zeros(len(values), dtype=bool), "transform", raws)
        treated = self.bound.apply(values.to_pylist(), None if subjects is None else subjects.to_pylist())
        outputs, refused = as_array(treated, self.step.output_kinds)
        return Result(outputs, refused, "transform", raws)

    def _text(self, values: pa.Array, subjects: pa.Array | None) -> Result:
        assert self.text is not None
        who = None if subjects is None else subjects.to_pylist()
        treated = self.text.treat(texts(values).to_pylist(), who)
        raws = (long_texts(pa.array(treated.raws, pa.string())),)
        return Result(pa.array(treated.outputs, pa.string()), treated.refused, "text", raws, treated)

    def _guarded(self, values: pa.Array) -> Bools:
        """Which kept values hold something that no waiver covers."""
        kind = kind_of_array(values)
        if kind is Kind.BOOLEAN:
            return np.zeros(len(values), dtype=bool)
        try:
            if kind is Kind.STRING:
                return np.array(self._suspects.recall(values.to_pylist(), self._scan), dtype=bool)
            # Numbers are scanned by validated types only (any long number looks like some identifier), as integers:
            # no identifier is a fraction.
            shown, places = integers(values)
            found = np.zeros(len(values), dtype=bool)
            only = self.detector.validated()
            found[places] = self._numbers.recall(shown.to_pylist(), lambda fresh: self._scan(fresh, only=only))
        except DetectionError:
            # A detector that fails is no licence: everything that it was to look at is held back.
            return np.ones(len(values), dtype=bool)
        return found

    def _scan(self, fresh: list[str], *, only: frozenset[str] | None = None) -> list[bool]:
        as_text = pa.array(fresh, pa.string())
        path, waived = self.step.path, frozenset(self.step.waived)
        # What is waived is left out beforehand: an address inside a URL is an address, waived though URLs are.
        guard = self.detector.without_model
        look = guard.find_any(as_text, score=self.guard_score, field=path, without=waived)
        found = np.array(look, dtype=bool)
        suspects = np.flatnonzero(found)
        if len(suspects):
            texts_ = as_text.take(pa.array(suspects)).to_pylist()
            listed = guard.find_many(texts_, field=path, without=waived)
            for at, findings in zip(suspects.tolist(), listed, strict=True):
                found[at] = any(f.score >= self.guard_score and (only is None or f.entity in only) for f in findings)
        flags: list[bool] = found.tolist()
        return flags


def as_array(treated: list[Treated], kinds: tuple[Kind, ...]) -> tuple[pa.Array, Bools]:
    """Outputs as one typed array, and refusals; an output of a kind that the step does not declare is one too."""
    refused = np.zeros(len(treated), dtype=bool)
    if set(kinds) <= {Kind.STRING, Kind.NULL}:
        try:
            return pa.array(treated, pa.string()), refused
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            pass  # something was refused, or is not text: look at each
    seen: Kind | None = None
    clean: list[object] = list(treated)
    for at, value in enumerate(treated):
        if value is None:
            continue
        kind = None if value is REFUSED else kind_of(value)
        if kind is None or kind not in kinds or (seen is not None and kind is not seen):
            refused[at] = True
            clean[at] = None
            continue
        seen = kind
    return pa.array(clean, ARROW_TYPES[seen or Kind.STRING]), refused


def long_texts(values: pa.StringArray) -> pa.StringArray:
    """Those of `ECHO_LENGTH` characters or more."""
    return values.filter(pc.greater_equal(pc.utf8_length(values), _ECHO_LENGTH))
