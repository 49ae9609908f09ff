"""Findings compared with marks, text by text."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pratique.detect.evaluate.labelled import Labelled, Span
from pratique.detect.evaluate.report import Bin, Error, Identifiers, Rates, Report, TypeScores
from pratique.model.catalogue import Finding

NEARLY: Final = 0.9
"""Intersection over union at which a finding is a mention, whatever its type."""
BINS: Final = 10
AROUND: Final = 24
"""Characters shown, masked, on each side of an error."""
_NEEDLESS: Final = frozenset(
    {"mr", "mrs", "ms", "no", "nr", "about", "a", "an", "the", "of", "in", "at", "on", "by", "for", "from", "to"}
    | {"with", "and", "or", "s"}
)
"""Words that say nothing of anybody: courtesy titles, *number*, and words of English grammar."""
_WORD: Final = re.compile(r"\w+")


@dataclass(slots=True)
class _Bin:
    findings: int = 0
    right: int = 0
    scores: float = 0.0


class Evaluator:
    """Takes texts with what was found in them; `report` says what they add up to.

    ``mask`` makes what may be shown of a text out of it; ``errors``: how many errors the report keeps.
    """

    def __init__(self, mask: Callable[[str], str], errors: int = 0, score: float = 0.0) -> None:
        """``score``: findings below it count for the reliability of scores only."""
        self._mask = mask
        self._keep = errors
        self._score = score
        self._texts = self._characters = self._wrong = 0
        self._exact: Counter[tuple[str, str]] = Counter()
        self._meeting: Counter[tuple[str, str]] = Counter()
        self._any: Counter[str] = Counter()
        self._hidden: Counter[str] = Counter()
        self._told = False
        self._bins = [_Bin() for _ in range(BINS)]
        self._errors: list[Error] = []
        self._marked: set[str] = set()

    def add(self, text: Labelled, findings: Sequence[Finding], annotated: frozenset[str]) -> None:
        """Count one text. ``annotated``: the types that count in it, where it does not say so itself."""
        counted = annotated if text.annotated is None else text.annotated
        self._texts += 1
        self._characters += len(text.text)
        self._marked |= counted
        marks = [span for span in text.spans if span[2] in counted]
        self._rely(marks, [f for f in findings if f.entity in counted])
        all_found = [(f.start, f.end, f.entity) for f in findings if f.score >= self._score]
        found = [span for span in all_found if span[2] in counted]
        for tally, pairs in ((self._exact, _same), (self._meeting, _met)):
            for side, ours, theirs in (("mentions", marks, found), ("findings", found, marks)):
                for span, other in zip(ours, pairs(ours, theirs), strict=True):
                    tally[span[2], side] += 1
                    tally[span[2], f"{side} right"] += other is not None
        self._add_any(text, marks, all_found, counted)
        if text.identifiers:
            self._add_identifiers(text, all_found)
        self._add_errors(text, marks, found)

    def report(self) -> Report:
        """What all the texts add up to."""
        types = [TypeScores(t, _rates(self._exact, t), _rates(self._meeting, t)) for t in sorted(self._marked)]
        types.sort(key=lambda scores: -scores.exact.mentions)
        hidden = self._hidden
        told = Identifiers(
            Rates(hidden["DIRECT"], hidden["DIRECT hidden"], 0, 0),
            Rates(hidden["QUASI"], hidden["QUASI hidden"], 0, 0),
            Rates(0, 0, hidden["words"], hidden["words right"]),
        )
        return Report(
            texts=self._texts,
            characters=self._characters,
            types=tuple(types),
            total=TypeScores("", _sum(t.exact for t in types), _sum(t.overlapping for t in types)),
            any_type=Rates(*(self._any[name] for name in ("mentions", "recalled", "findings", "right"))),
            identifiers=told if self._told else None,
            reliability=tuple(
                Bin(at / BINS, (at + 1) / BINS, its.findings, its.right, its.scores / its.findings)
                for at, its in enumerate(self._bins)
                if its.findings
            ),
            errors=tuple(self._errors),
            wrong=self._wrong,
        )

    def _rely(self, marks: Sequence[Span], findings: Sequence[Finding]) -> None:
        spans = [(f.start, f.end, f.entity) for f in findings]
        for finding, mark in zip(findings, _met(spans, marks), strict=True):
            its = self._bins[min(int(finding.score * BINS + 1e-9), BINS - 1)]
            its.findings += 1
            its.right += mark is not None
            its.scores += finding.score

    def _add_any(self, text: Labelled, marks: Sequence[Span], found: Sequence[Span], counted: frozenset[str]) -> None:
        """A finding of a type that the text does not mark counts where it is a mention, and is no error where not."""
        matched = _nearly(marks, found)
        taken = set(matched.values())
        positive = [span for span in text.spans if span[2] not in counted]
        beside = {found[at] for at in _nearly(positive, found).values()}
        wrong = [span for at, span in enumerate(found) if at not in taken and span[2] in counted and span not in beside]
        self._any["mentions"] += len(marks)
        self._any["recalled"] += len(matched)
        self._any["findings"] += len(taken) + len(wrong)
        self._any["right"] += len(taken)

    def _add_identifiers(self, text: Labelled, found: Sequence[Span]) -> None:
        self._told = True
        covered = bytearray(len(text.text))
        for start, end, _ in found:
            covered[start:end] = b"\x01" * (end - start)
        wanted = bytearray(len(text.text))
        for start, end, kind in text.identifiers:
            if kind == "NO_MASK":
                continue
            wanted[start:end] = b"\x01" * (end - start)
            self._hidden[kind] += 1
            self._hidden[f"{kind} hidden"] += all(
                all(covered[word.start() : word.end()])
                for word in _WORD.finditer(text.text, start, end)
                if word[0].lower() not in _NEEDLESS
            )
        for word in _WORD.finditer(text.text):
            if any(covered[word.start() : word.end()]):
                self._hidden["words"] += 1
                self._hidden["words right"] += any(wanted[word.start() : word.end()])

    def _add_errors(self, text: Labelled, marks: Sequence[Span], found: Sequence[Span]) -> None:
        for error in _errors(marks, found):
            self._wrong += 1
            if len(self._errors) < self._keep:
                mark, finding, kind = error
                start, end, _ = mark or finding or (0, 0, "")
                self._errors.append(
                    Error(
                        text.line,
                        start,
                        end,
                        kind,
                        mark[2] if mark else "",
                        finding[2] if finding else "",
                        self._shown(text.text, start, end),
                    )
                )

    def _shown(self, text: str, start: int, end: int) -> str:
        around = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
        before, inside, after = map(self._mask, around)
        return f"{before}[{inside}]{after}"


def _errors(marks: Sequence[Span], found: Sequence[Span]) -> Iterator[tuple[Span | None, Span | None, str]]:
    """Each mention that was not found as it is, and each finding that meets no mention."""
    whole = set(found)
    for mark, same, met in zip(marks, _met(marks, found), _met(marks, found, any_type=True), strict=True):
        if mark in whole:
            continue
        yield (mark, same, "extent") if same else (mark, met, "type") if met else (mark, None, "missed")
    for finding, met in zip(found, _met(found, marks, any_type=True), strict=True):
        if met is None:
            yield None, finding, "spurious"


def _same(ours: Sequence[Span], theirs: Sequence[Span]) -> list[Span | None]:
    known = set(theirs)
    return [span if span in known else None for span in ours]


def _met(ours: Sequence[Span], theirs: Sequence[Span], *, any_type: bool = False) -> list[Span | None]:
    """Of each span the first of ``theirs`` (of its type, unless ``any_type``) that shares a character with it."""
    by_type: dict[str, list[Span]] = {}
    for span in sorted(theirs):
        by_type.setdefault("" if any_type else span[2], []).append(span)
    # Spans of one kind may overlap each other: the furthest end so far tells where to look from.
    reach = {name: _reach(spans) for name, spans in by_type.items()}
    met: list[Span | None] = []
    for start, end, entity in ours:
        name = "" if any_type else entity
        spans = by_type.get(name, [])
        at = bisect_right(reach.get(name, []), start)
        while at < len(spans) and spans[at][0] < end and spans[at][1] <= start:
            at += 1
        met.append(spans[at] if at < len(spans) and spans[at][0] < end else None)
    return met


def _reach(spans: Sequence[Span]) -> list[int]:
    furthest, reach = 0, []
    for _, end, _ in spans:
        furthest = max(furthest, end)
        reach.append(furthest)
    return reach


def _nearly(marks: Sequence[Span], found: Sequence[Span]) -> dict[int, int]:
    """Which mark is which finding, by place: each at most once, the nearest pairs first."""
    pairs = []
    order = sorted(range(len(found)), key=lambda at: found[at])
    starts = [found[at][0] for at in order]
    for number, (start, end, _) in enumerate(marks):
        # What shares nine tenths begins within a ninth of the mark's length of its start.
        near = bisect_right(starts, start - (end - start) / NEARLY), bisect_right(starts, end)
        for at in order[near[0] : near[1]]:
            share = _share((start, end), found[at])
            if share >= NEARLY:
                pairs.append((-share, number, at))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in sorted(pairs):
        if number not in chosen and at not in taken:
            chosen[number] = at
            taken.add(at)
    return chosen


def _share(one: tuple[int, int], other: Span) -> float:
    """Intersection over union, in characters."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def _rates(tally: Counter[tuple[str, str]], entity: str) -> Rates:
    names = ("mentions", "mentions right", "findings", "findings right")
    return Rates(*(tally[entity, name] for name in names))


def _sum(rates: Iterator[Rates]) -> Rates:
    listed = list(rates)
    return Rates(
        sum(r.mentions for r in listed),
        sum(r.recalled for r in listed),
        sum(r.findings for r in listed),
        sum(r.right for r in listed),
    )
