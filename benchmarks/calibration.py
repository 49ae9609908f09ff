"""``calibration``: whether a score means what it says: of the findings at 0.8, about eight in ten should be right.

The texts are those of `benchmarks.accuracy` (documents of eleven countries, business sentences; another seed), and the
values that are marked in them, each alone, as a field holds it. A finding is right where half of its letters and
digits are marked as of its family, or all of such a mark lies in it; one on a number that says nothing of anybody, or
on plain words, is wrong. The patterns are measured without the model and the whole with it. Of labelled texts of other
people, in a folder that ``PRATIQUE_LABELLED`` names, the findings count whose types their annotators marked.
"""

import gzip
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.documents import page
from benchmarks.documents.business import sentence
from benchmarks.documents.countries import COUNTRIES
from benchmarks.documents.page import Document, Mark
from benchmarks.documents.writer import document
from benchmarks.frame import CACHE, BenchmarkError, Measure, Options, child, note, python
from pratique.detect.entities.families import family_of

SEED = "calibration 1"
OF_A_KIND, SENTENCES, LABELLED = 8, 1_500, 400
"""Documents of each kind and country; business sentences; texts of each labelled file."""
EDGES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
_LEAST = 50
"""Findings of a bin without which it has no figure."""
_HALF = 0.5
_NAMED = "PRATIQUE_LABELLED"
_HERE = Path(__file__).resolve().parent
_NUMBERS = frozenset(
    ["national-id", "identity-card", "passport", "driving-licence", "tax-id", "vat-id", "social-security", "health",
     "profession", "vehicle"]
)  # fmt: skip
_FAMILIES: Mapping[str, frozenset[str]] = {
    page.NATIONAL_ID: _NUMBERS,
    page.PERSON: frozenset(["name"]),
    page.PHONE: frozenset(["contact"]),
    page.EMAIL: frozenset(["contact"]),
    page.ACCOUNT: frozenset(["bank-account", "payment"]),
    page.ADDRESS: frozenset(["address", "place"]),
    page.BIRTH: frozenset(["date"]),
    page.DATE: frozenset(["date"]),
    page.PLACE: frozenset(["place", "address"]),
    page.ORGANIZATION: frozenset(["organisation"]),
    page.CASE: frozenset(["reference"]),
}
"""Of a kind of mark of the documents, the families that are right; other kinds are names of types."""
_OF_NO_FAMILY = {"TITLE": "name", "US_ZIP_CODE": "address"}
MEASURES = tuple(f"{who}_{least:.1f}" for who in ("patterns", "whole") for least in EDGES[:-1])
Found = tuple[int, int, str, str, float]
"""Start, end, type, its family, score."""


@dataclass(slots=True)
class Bins:
    """Findings by score, all and of each family: how many, and how many of them are right."""

    counts: dict[tuple[str, float], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, family: str, score: float, *, right: bool) -> None:
        """Count a finding."""
        for name in ("", family):
            its = self.counts[name, max(edge for edge in EDGES if edge <= score + 1e-9)]
            its[0] += 1
            its[1] += right

    def share(self, family: str, edge: float) -> tuple[int, float]:
        """How many findings of a family (of all: an empty name) begin a bin at that score, and the share right."""
        count, right = self.counts.get((family, edge), (0, 0))
        return count, right / max(1, count)


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for, and the table of families as notes."""
    texts = _texts(options.scale)
    for who in ("patterns", "whole"):
        if not any(options.wants(name) for name in MEASURES if name.startswith(who)):
            continue
        bins = Bins()
        for text, found in zip(texts, _read([text.text for text in texts], who), strict=True):
            _count(bins, text, found)
        _count_labelled(bins, options.scale, who)
        for line in _table(bins):
            note(f"{who}: {line}")
        for least, most in pairwise(EDGES):
            count, share = bins.share("", least)
            if count >= _LEAST and options.wants(name := f"{who}_{least:.1f}"):
                yield Measure(name, share, f"right, of {count:,}", "middle of the bin", (least + min(most, 1.0)) / 2)


def _texts(scale: float) -> list[Document]:
    documents = [
        document(country, kind, at, SEED)
        for country in COUNTRIES
        for kind in country.kinds
        for at in range(max(1, round(OF_A_KIND * scale)))
    ]
    sentences = [sentence(at, SEED) for at in range(max(20, round(SENTENCES * scale)))]
    values = dict.fromkeys(
        (text.text[mark.start : mark.end], mark.kind) for text in documents + sentences for mark in text.marks
    )
    alone = [Document("value", value, (Mark(0, len(value), kind),)) for value, kind in values]
    return documents + sentences + alone


def _read(texts: Sequence[str], who: str) -> list[list[Found]]:
    path = CACHE / f"calibration-{who}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(list(texts)), encoding="utf-8")
    found = child([python(), _HERE / "calibration_pratique.py", path, who])["found"]
    if len(found) != len(texts):
        raise BenchmarkError("findings of other texts came back")
    return [[(start, end, entity, family, score) for start, end, entity, family, score in its] for its in found]


def _count(bins: Bins, text: Document, found: Sequence[Found]) -> None:
    for start, end, entity, family, score in found:
        fitting = [
            mark for mark in text.marks if mark.start < end and mark.end > start and _fits(mark.kind, entity, family)
        ]
        letters = [at for at in range(start, end) if text.text[at].isalnum()]
        marked = sum(mark.start <= at < mark.end for mark in fitting for at in letters)
        whole = any(start <= mark.start and mark.end <= end for mark in fitting)
        bins.add(family, score, right=whole or marked >= _HALF * max(1, len(letters)))


def _fits(kind: str, entity: str, family: str) -> bool:
    """Whether a finding of a type and its family is right on a mark of a kind."""
    if kind == page.INNOCENT:
        return False
    if kind == page.OTHER:
        return True
    return kind == entity or family in _FAMILIES.get(kind, frozenset([_OF_NO_FAMILY.get(kind) or family_of(kind)]))


def _count_labelled(bins: Bins, scale: float, who: str) -> None:
    """Count findings in labelled texts, of the types that their annotators marked."""
    folder = os.environ.get(_NAMED, "")
    if not folder:
        note(f"{who}: without labelled texts of other people: {_NAMED} names no folder")
        return
    for path in sorted(Path(folder).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for _, line in zip(range(max(5, round(LABELLED * scale))), lines, strict=False)]
        for row, found in zip(rows, _read([row["text"] for row in rows], who), strict=True):
            for start, end, entity, family, score in found:
                if entity in row["annotated"]:
                    right = any(a < end and b > start and its == entity for a, b, its in row["spans"])
                    bins.add(family, score, right=right)


def _table(bins: Bins) -> Iterator[str]:
    """A line a family: of each bin the share right and how many."""
    for family in sorted({name for name, _ in bins.counts}):
        cells = [(least, *bins.share(family, least)) for least in EDGES[:-1]]
        yield f"{family or 'all':16}" + "  ".join(f"{least:.1f}: {share:.2f} of {n}" for least, n, share in cells if n)
