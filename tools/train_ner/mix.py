"""What a round of training reads: a quarter of a pass over the labelled text, and synthetic text of its own."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Final

from pratique.detect.ner.pieces import Pieces
from tools.train_ner import synth
from tools.train_ner.authorities import without_authorities
from tools.train_ner.records import Record, changed, choose, from_json, read, training_files
from tools.train_ner.windows import Windows, make

ROUNDS: Final = 4
"""Rounds in one pass over the labelled text."""
SYNTHETIC: Final = 9_000
"""Synthetic texts in a round."""

EXAMPLES: Final = 4
"""Texts of a source or language among the examples."""

Sources = Mapping[str, list[Record]]


def sources(data: Path) -> dict[str, list[Record]]:
    """The labelled records to learn from, by source."""
    found: dict[str, list[Record]] = {}
    for path in training_files(data):
        for record in read(path):
            found.setdefault(record.source, []).append(without_authorities(record))
    return found


def round_records(held: Sources, number: int, seed: int, synthetic: int) -> list[Record]:
    """The records of round ``number`` (from 0): the same for the same seed and the same generator."""
    whole, part = divmod(number, ROUNDS)
    found: list[Record] = []
    for source, records in sorted(held.items()):
        draw = Random(f"{seed}:{whole}:{source}")
        found += choose(records, source, draw)[part::ROUNDS]
    found += [from_json(record) for record in synth.generate(seed * 1_000 + number, synthetic)]
    draw = Random(f"{seed}:{number}")
    draw.shuffle(found)
    return [changed(record, draw) for record in found]


def round_windows(held: Sources, pieces: Pieces, number: int, seed: int, synthetic: int = SYNTHETIC) -> Windows:
    """The windows of round ``number``; every third round has shorter ones."""
    longest = (190, 190, 96)[number % 3]
    return make(round_records(held, number, seed, synthetic), pieces, longest)


def examples(held: Sources, pieces: Pieces, seed: int) -> Windows:
    """The windows of a few texts of each source, and of as many synthetic ones in every language."""
    draw = Random(f"{seed}:examples")
    found = [
        record for _, records in sorted(held.items()) for record in draw.sample(records, min(EXAMPLES, len(records)))
    ]
    found += [from_json(record) for record in synth.generate(seed, EXAMPLES * len(synth.available()))]
    return make(found, pieces)
