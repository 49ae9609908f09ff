"""What a round of training reads: a quarter of a pass over the labelled text, and synthetic text of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from pratique.detect.ner.pieces import Pieces
from tools.train_ner import synth
from tools.train_ner.authorities import without_authorities
from tools.train_ner.records import LATE_SHARES, SHARES, Record, Share, changed, choose, from_json, read, training_files
from tools.train_ner.renamed import ENGLISH, pool_of, renamed
from tools.train_ner.windows import Windows, make

ROUNDS: Final = 4
"""Rounds in one pass over the labelled text."""
EXAMPLES: Final = 4
"""Texts of a source or language among the examples."""

Sources = Mapping[str, list[Record]]


@dataclass(frozen=True)
class Mix:
    """What goes into a round: how much of each source, how many synthetic texts, and of them how many more English
    ones than of another language.
    """

    shares: Mapping[str, Share] = field(default_factory=lambda: SHARES)
    synthetic: int = 9_000
    english: int = 1
    renamed: float = 0.0
    """Of English records with people, the part that is seen with other names."""


FIRST: Final = Mix()
LATE: Final = Mix(LATE_SHARES, synthetic=4_000, english=4, renamed=0.3)
"""For the last few millions of pieces, when the net knows its phrases: text that people wrote counts for more."""


def sources(data: Path) -> dict[str, list[Record]]:
    """The labelled records to learn from, by source."""
    found: dict[str, list[Record]] = {}
    for path in training_files(data):
        for record in read(path):
            found.setdefault(record.source, []).append(without_authorities(record))
    return found


def round_records(held: Sources, number: int, seed: int, mix: Mix) -> list[Record]:
    """The records of round ``number`` (from 0): the same for the same seed, mix and generator."""
    whole, part = divmod(number, ROUNDS)
    found: list[Record] = []
    for source, records in sorted(held.items()):
        draw = Random(f"{seed}:{whole}:{source}")
        found += choose(records, mix.shares.get(source, Share()), draw)[part::ROUNDS]
    draw = Random(f"{seed}:{number}")
    if mix.renamed:
        pool = pool_of(record for records in held.values() for record in records if record.lang == ENGLISH)
        found = [renamed(record, pool, draw) if draw.random() < mix.renamed else record for record in found]
    languages = [*synth.available(), *[ENGLISH] * (mix.english - 1)]
    found += [from_json(record) for record in synth.generate(seed * 1_000 + number, mix.synthetic, languages)]
    draw.shuffle(found)
    return [changed(record, draw) for record in found]


def round_windows(held: Sources, pieces: Pieces, number: int, seed: int, mix: Mix = FIRST) -> Windows:
    """The windows of round ``number``; every third round has shorter ones."""
    longest = (190, 190, 96)[number % 3]
    return make(round_records(held, number, seed, mix), pieces, longest)


def examples(held: Sources, pieces: Pieces, seed: int) -> Windows:
    """The windows of a few texts of each source, and of as many synthetic ones in every language."""
    draw = Random(f"{seed}:examples")
    found = [
        record for _, records in sorted(held.items()) for record in draw.sample(records, min(EXAMPLES, len(records)))
    ]
    found += [from_json(record) for record in synth.generate(seed, EXAMPLES * len(synth.available()))]
    return make(found, pieces)
