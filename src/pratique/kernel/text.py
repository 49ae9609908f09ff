"""Free text: every span that the detector finds is treated by its type's rule, the rest is left untouched."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pratique.errors import DetectionError
from pratique.kernel.values import Bools
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath
from pratique.ports import REFUSED, BoundTransform, TextDetector

CUT = "\0"
"""Stands in a text's rest where a treated span stood: no letter of any word."""
_REPEAT_LENGTH = 4
"""Characters from which a found mention is treated wherever else it stands in the same text."""


_Replacements = Mapping[tuple[str, str, str], str]
"""Entity type, raw span and subject to the treated span."""


@dataclass(frozen=True, slots=True)
class TreatedTexts:
    """What became of some texts; each field but the last has one entry a text."""

    outputs: Sequence[str | None]
    """None where refused."""
    refused: Bools
    spans: Sequence[tuple[str, ...]]
    """The raw spans that were treated, each once: they must stand nowhere else in the record."""
    rests: Sequence[str]
    """The text as it came, with `CUT` for each treated span: where what belongs elsewhere can echo."""
    raws: Sequence[str]
    """The raw spans under joining rules."""


@dataclass(frozen=True, slots=True)
class TextTreatment:
    """Rules for spans, bound to keys."""

    path: FieldPath
    rules: Mapping[str, BoundTransform]
    emits: frozenset[str]
    """Entity types that a scanner may rightly find in what the rules write."""
    joining: frozenset[str]
    """Entity types whose rule is a joining transform: their raw spans are remembered for the gate."""
    by_subject: frozenset[str]
    """Entity types whose rule goes by the record's subject."""
    kept: frozenset[str]
    """Entity types whose rule lets the span pass."""
    waived: frozenset[str]
    detector: TextDetector
    score: float

    def treat(self, values: Sequence[str], subjects: Sequence[str] | None) -> TreatedTexts:
        """Treat texts, each for its subject. Never raises on a text."""
        try:
            listed = self.detector.find_many(values, field=self.path, without=self.waived)
        except DetectionError:
            # A detector that fails is no licence: everything that it was to look at is held back.
            held = np.ones(len(values), dtype=bool)
            return TreatedTexts([None] * len(values), held, [()] * len(values), [""] * len(values), ())
        who = list(subjects) if subjects is not None else [""] * len(values)
        chosen = [self._spans(value, found) for value, found in zip(values, listed, strict=True)]
        replaced = self._replacements(values, who, chosen)
        refused = np.zeros(len(values), dtype=bool)
        outputs: list[str | None] = []
        for at, (value, spans) in enumerate(zip(values, chosen, strict=True)):
            text = _splice(value, who[at], spans, replaced)
            refused[at] = text is None
            outputs.append(text)
        raws = {
            value[f.start : f.end]
            for value, spans in zip(values, chosen, strict=True)
            for f in spans
            if f.entity in self.joining
        }
        touched = [[f for f in spans if f.entity not in self.kept] for spans in chosen]
        return TreatedTexts(
            outputs,
            refused,
            spans=[self._raws(*both) for both in zip(values, listed, touched, strict=True)],
            rests=[_rest(value, spans) for value, spans in zip(values, touched, strict=True)],
            raws=sorted(raws),
        )

    def _spans(self, value: str, findings: Sequence[Finding]) -> list[Finding]:
        spans = [f for f in findings if f.score >= self.score]
        return _without_overlaps([*spans, *_repeats(value, spans)], self._strictness)

    def _raws(self, value: str, findings: Sequence[Finding], touched: Sequence[Finding]) -> tuple[str, ...]:
        """Each span that was treated, and each finding inside one: any of them may be what stands elsewhere."""
        inside = [f for f in findings if f.score >= self.score and f.entity not in self.kept]
        return tuple(dict.fromkeys(value[f.start : f.end] for f in (*touched, *inside)))

    def _strictness(self, entity: str) -> int:
        """Of types that overlap, one without a rule holds the record back, and one that is kept treats nothing."""
        if entity not in self.rules:
            return 2
        return 0 if entity in self.kept else 1

    def _replacements(
        self, values: Sequence[str], who: Sequence[str], chosen: Sequence[Sequence[Finding]]
    ) -> _Replacements:
        """What stands in the place of each span; what has no entry is refused."""
        wanted: dict[str, dict[tuple[str, str], None]] = {}
        for value, subject, spans in zip(values, who, chosen, strict=True):
            for f in spans:
                wanted.setdefault(f.entity, {})[value[f.start : f.end], subject] = None
        replaced: dict[tuple[str, str, str], str] = {}
        for entity, raws in wanted.items():
            rule = self.rules.get(entity)
            if rule is None:
                continue
            subjects = [subject for _, subject in raws] if entity in self.by_subject else None
            for (raw, subject), out in zip(raws, rule.apply([raw for raw, _ in raws], subjects), strict=True):
                if out is not REFUSED:
                    replaced[entity, raw, subject] = "" if out is None else str(out)
        return replaced


def _repeats(value: str, spans: Sequence[Finding]) -> list[Finding]:
    """Further mentions of what was found, at word boundaries: a name in the signature is the name in the letter."""
    more: list[Finding] = []
    for raw, first in {value[f.start : f.end]: f for f in spans if f.end - f.start >= _REPEAT_LENGTH}.items():
        pattern = rf"(?<!\w){re.escape(raw)}(?!\w)"
        more.extend(
            Finding(m.start(), m.end(), first.entity, first.score, "repeat")
            for m in re.finditer(pattern, value, re.IGNORECASE)
        )
    return more


def _without_overlaps(findings: Sequence[Finding], strictness: Callable[[str], int]) -> list[Finding]:
    """What overlaps as one span, under the strictest of its types; of equals, the one that starts first and reaches
    furthest. No letter of any finding stays uncovered.
    """
    merged: list[Finding] = []
    for f in sorted(findings, key=lambda f: (f.start, -f.end, f.entity)):
        if merged and f.start < merged[-1].end:
            last = merged[-1]
            named = f if strictness(f.entity) > strictness(last.entity) else last
            merged[-1] = replace(named, start=last.start, end=max(last.end, f.end))
            continue
        merged.append(f)
    return merged


def _splice(value: str, who: str, spans: Sequence[Finding], replaced: _Replacements) -> str | None:
    pieces: list[str] = []
    at = 0
    for f in spans:
        out = replaced.get((f.entity, value[f.start : f.end], who))
        if out is None:
            return None
        pieces += (value[at : f.start], out)
        at = f.end
    pieces.append(value[at:])
    return "".join(pieces)


def _rest(value: str, spans: Sequence[Finding]) -> str:
    pieces: list[str] = []
    at = 0
    for f in spans:
        pieces += (value[at : f.start], CUT)
        at = f.end
    return "".join((*pieces, value[at:]))
