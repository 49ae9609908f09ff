"""``accuracy``: what the detector leaves open and what it hides without need, on invented texts.

Contracts, letters, declarations and judgments of eleven countries, and short business sentences, are written from
templates and pools of their own (`benchmarks.documents`), which nothing was trained on. Presidio's rules, of all
countries, read some of the same texts in the same run; it has no model of language there, so its figures are of rules.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from benchmarks.documents.business import sentence
from benchmarks.documents.countries import COUNTRIES
from benchmarks.documents.page import Document
from benchmarks.documents.scoring import Span, Tally, rates
from benchmarks.documents.writer import document
from benchmarks.frame import CACHE, BenchmarkError, Measure, Options, child, note, python
from benchmarks.peers import peer_python

AGAINST_RULES = ("identifiers_open", "direct_open", "words_right")
MEASURES = (*AGAINST_RULES, "persons_f1", "business_f2")
PERSONS_LIMIT = 0.80
"""Presidio's rules find no names, so names have a limit and no peer."""
SEED = "held out 1"
"""No text of this seed was looked at while rules and model were made."""
OF_A_KIND, SENTENCES = 25, 2_000
"""Documents of each kind and country; business sentences."""
PEER_SHARE = 0.2
"""Of the texts, how many Presidio reads: it takes its time."""
_HERE = Path(__file__).resolve().parent
_PEER = "Presidio's rules of all countries"


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for."""
    if any(map(options.wants, MEASURES[:4])):
        yield from _documents(options)
    if options.wants("business_f2"):
        texts = _sentences(max(50, round(SENTENCES * options.scale)))
        ours, theirs = _read(texts, "en"), _read_by_presidio(_first(texts), "GB")
        figures = [rates(texts, ours), rates(_first(texts), theirs)]
        for who, its in zip(("pratique", "presidio"), figures, strict=True):
            note(f"business: {who}: precision {its.precision:.3f}, recall {its.recall:.3f}, F2 {its.f2:.3f}")
        yield Measure("business_f2", figures[0].f2, "F2", _PEER, figures[1].f2)


def _documents(options: Options) -> Iterator[Measure]:
    ours, theirs = {}, {}
    for code, texts in _written(max(1, round(OF_A_KIND * options.scale))).items():
        ours[code] = _tally(texts, _read(texts, code))
        note(f"{code}: pratique: {_line(ours[code])}")
        if any(map(options.wants, AGAINST_RULES)):
            theirs[code] = _tally(_first(texts), _read_by_presidio(_first(texts), code.upper()))
            note(f"{code}: presidio: {_line(theirs[code])}")
    every, peers = (sum_of(tallies.values()) for tallies in (ours, theirs))
    worst, best = (max((t.ids_open for t in tallies.values()), default=0.0) for tallies in (ours, theirs))
    for name, unit, value, peer in zip(
        AGAINST_RULES,
        ("share in the worst country", "share", "share"),
        (worst, every.direct_open, every.words_right),
        (best, peers.direct_open, peers.words_right),
        strict=True,
    ):
        if options.wants(name):
            yield Measure(name, value, unit, _PEER, peer)
    if options.wants("persons_f1"):
        yield Measure("persons_f1", every.persons, "F1", "the limit", PERSONS_LIMIT)


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    total = Tally()
    for tally in tallies:
        total.include(tally)
    return total


@cache
def _written(of_a_kind: int) -> dict[str, list[Document]]:
    """By country: as many documents of each kind."""
    return {
        country.code: [document(country, kind, at, SEED) for kind in country.kinds for at in range(of_a_kind)]
        for country in COUNTRIES
    }


def _sentences(count: int) -> list[Document]:
    return [sentence(at, SEED) for at in range(count)]


def _first(texts: Sequence[Document]) -> list[Document]:
    """Every so many, so that each kind is among them."""
    return list(texts[:: round(1 / PEER_SHARE)])


def _tally(texts: Sequence[Document], found: Sequence[Sequence[Span]]) -> Tally:
    tally = Tally()
    for text, spans in zip(texts, found, strict=True):
        tally.add(text, spans)
    return tally


def _read(texts: Sequence[Document], name: str) -> list[list[Span]]:
    return _found(child([python(), _HERE / "accuracy_pratique.py", _stored(texts, name)]), texts)


def _read_by_presidio(texts: Sequence[Document], region: str) -> list[list[Span]]:
    command: list[str | Path] = [
        peer_python("presidio"),
        _HERE / "accuracy_presidio.py",
        _stored(texts, f"{region}-presidio"),
        region,
    ]
    return _found(child(command), texts)


def _stored(texts: Sequence[Document], name: str) -> Path:
    path = CACHE / f"accuracy-{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([text.text for text in texts]), encoding="utf-8")
    return path


def _found(result: dict[str, list[list[Span]]], texts: Sequence[Document]) -> list[list[Span]]:
    found = result["found"]
    if len(found) != len(texts) or not any(found):
        raise BenchmarkError("findings of other texts came back, or none")
    return [[(start, end, kind) for start, end, kind in spans] for spans in found]


def _line(tally: Tally) -> str:
    return (
        f"identifiers open {tally.ids_open:.2%}, direct identifiers open {tally.direct_open:.2%}, "
        f"hidden words right {tally.words_right:.1%} (of direct identifiers {tally.words_direct:.1%}), "
        f"persons F1 {tally.persons:.3f}"
    )
