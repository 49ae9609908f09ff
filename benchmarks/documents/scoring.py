"""What findings leave open and what they hide without need, counted by country."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.documents.page import DIRECT, INNOCENT, NATIONAL_ID, PERSON, Document, Mark

Span = tuple[int, int, str]
NEARLY: Final = 0.9
"""Intersection over union at which a finding is a mention, whatever its type."""


@dataclass(slots=True)
class Tally:
    """Counts of one set of texts."""

    mentions: Counter[str] = field(default_factory=Counter)
    """By kind."""
    open: Counter[str] = field(default_factory=Counter)
    """By kind: mentions of which a letter or digit is not covered."""
    names: Counter[str] = field(default_factory=Counter)
    """Of the persons: ``marked``, ``found``, ``right``."""
    words: Counter[str] = field(default_factory=Counter)
    """Hidden ones: ``all``, ``marked`` (of any kind but innocent numbers), ``direct``."""
    texts: int = 0

    def add(self, document: Document, found: Sequence[Span]) -> list[tuple[str, Mark]]:
        """Count one text; gives what is wrong: ``open`` mentions, and ``needless`` findings."""
        covered = bytearray(len(document.text))
        for start, end, _ in found:
            covered[start:end] = b"\x01" * (end - start)
        wrong = []
        marked, direct = bytearray(len(covered)), bytearray(len(covered))
        for mark in document.marks:
            if mark.kind in DIRECT:
                direct[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
            if mark.kind != INNOCENT:
                marked[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
            self.mentions[mark.kind] += 1
            if any(not covered[at] and document.text[at].isalnum() for at in range(mark.start, mark.end)):
                self.open[mark.kind] += 1
                wrong.append(("open", mark))
        self._add_names(document, found)
        self._add_words(document.text, covered, marked, direct)
        for start, end, kind in found:
            if not any(marked[start:end]):
                wrong.append(("needless", Mark(start, end, kind)))
        self.texts += 1
        return wrong

    def _add_names(self, document: Document, found: Sequence[Span]) -> None:
        names = {(mark.start, mark.end) for mark in document.marks if mark.kind == PERSON}
        said = {(start, end) for start, end, kind in found if kind == PERSON}
        self.names.update(marked=len(names), found=len(said), right=len(names & said))

    def _add_words(self, text: str, covered: bytearray, marked: bytearray, direct: bytearray) -> None:
        for start, end in words(text):
            if any(covered[start:end]):
                self.words["all"] += 1
                self.words["marked"] += any(marked[start:end])
                self.words["direct"] += any(direct[start:end])

    def include(self, other: "Tally") -> None:
        """Add the counts of another."""
        for ours, its in ((self.mentions, other.mentions), (self.open, other.open), (self.names, other.names)):
            ours.update(its)
        self.words.update(other.words)
        self.texts += other.texts

    @property
    def ids_open(self) -> float:
        """The share of national identifiers of which a letter or digit is left."""
        return self.open[NATIONAL_ID] / max(1, self.mentions[NATIONAL_ID])

    @property
    def direct_open(self) -> float:
        """The same of all that says by itself who is meant."""
        return sum(self.open[kind] for kind in DIRECT) / max(1, sum(self.mentions[kind] for kind in DIRECT))

    @property
    def words_right(self) -> float:
        """Of the hidden words, the share that are marked."""
        return self.words["marked"] / max(1, self.words["all"])

    @property
    def words_direct(self) -> float:
        """Of the hidden words, the share that are of direct identifiers."""
        return self.words["direct"] / max(1, self.words["all"])

    @property
    def persons(self) -> float:
        """F1 of persons, exact."""
        return 2 * self.names["right"] / max(1, self.names["marked"] + self.names["found"])


@dataclass(frozen=True, slots=True)
class Rates:
    """Of mentions and findings that share nine tenths of their characters, whatever their types."""

    precision: float
    recall: float

    @property
    def f2(self) -> float:
        """The harmonic mean in which recall counts twice as much."""
        return 5 * self.precision * self.recall / max(1e-9, 4 * self.precision + self.recall)


def rates(documents: Sequence[Document], found: Sequence[Sequence[Span]]) -> Rates:
    """Precision and recall of findings in texts whose marks are all of personal data."""
    mentions = findings = right = 0
    for document, spans in zip(documents, found, strict=True):
        marks = [mark for mark in document.marks if mark.kind]
        mentions, findings = mentions + len(marks), findings + len(spans)
        left = [(start, end) for start, end, _ in spans]
        for mark in marks:
            best = max(left, key=lambda span: _share(mark, span), default=None)
            if best is not None and _share(mark, best) >= NEARLY:
                left.remove(best)
                right += 1
    return Rates(right / max(1, findings), right / max(1, mentions))


def _share(mark: Mark, span: tuple[int, int]) -> float:
    common = min(mark.end, span[1]) - max(mark.start, span[0])
    return common / (max(mark.end, span[1]) - min(mark.start, span[0])) if common > 0 else 0.0


def words(text: str) -> list[tuple[int, int]]:
    """Runs of letters and digits."""
    found, start = [], -1
    for at, character in enumerate(text):
        if character.isalnum():
            start = at if start < 0 else start
        elif start >= 0:
            found.append((start, at))
            start = -1
    return [*found, (start, len(text))] if start >= 0 else found
