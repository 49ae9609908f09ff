"""Labelled records: reading them, which sources a net may learn from, and the changed copies that it also sees."""

import gzip
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, Final

from tools.train_ner.tags import LABELS, Span


@dataclass(frozen=True)
class Record:
    """A text with its spans (sorted, without overlaps) and the labels that it marks exhaustively."""

    id: str
    source: str
    lang: str
    text: str
    spans: tuple[Span, ...]
    annotated: frozenset[str]


@dataclass(frozen=True)
class Share:
    """How much of a source one pass over the data takes: at most ``most`` records, or ``part`` of them."""

    part: float = 1.0
    most: int = 1_000_000


SHARES: Final[Mapping[str, Share]] = {
    # American and repetitive.
    "sgd": Share(most=5_000),
    # Old novels: little like what is scanned.
    "litbank": Share(part=0.3),
    # Two tenths of its sentences hold a name.
    "hu_nerkor": Share(part=0.7),
}
LEFT_OUT: Final[Mapping[str, str]] = {
    "de_ler": "its repository states CC BY 4.0 and CC BY-NC-SA 4.0",
    "masc": "there is no licence file, and it misses names",
}
LOWER, UPPER, FOLDED, SHOUTED = 0.06, 0.03, 0.05, 0.04


def from_json(value: Mapping[str, Any]) -> Record:
    """A record of the form that README.md states."""
    spans = tuple(sorted((int(start), int(end), str(label)) for start, end, label in value["spans"]))
    return Record(
        str(value["id"]),
        str(value["source"]),
        str(value["lang"]),
        str(value["text"]),
        spans,
        frozenset(value["annotated"]) & frozenset(LABELS),
    )


def read(path: Path) -> Iterator[Record]:
    """The records of one gzip'd JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from_json(json.loads(line))


def training_files(data: Path) -> list[Path]:
    """The files to learn from, sorted by name: all of ``train``, and the parts ``train`` of ``multi``."""
    found = [*(data / "train").glob("*.jsonl.gz"), *(data / "multi").glob("*.train.jsonl.gz")]
    return sorted(path for path in found if path.name.split(".")[0] not in LEFT_OUT)


def choose(records: list[Record], source: str, draw: Random) -> list[Record]:
    """One pass's records of a source, in an order of their own."""
    share = SHARES.get(source, Share())
    return draw.sample(records, min(share.most, round(len(records) * share.part)))


def changed(record: Record, draw: Random) -> Record:
    """The record, or now and then a copy in lower case, in capitals, without accents, or with its names in capitals.

    No copy moves an offset: a character whose other form is longer stays as it is.
    """
    kind = draw.random()
    if kind < LOWER:
        return replace(record, text="".join(map(_lower, record.text)))
    if kind < LOWER + UPPER:
        return replace(record, text="".join(map(_upper, record.text)))
    if kind < LOWER + UPPER + FOLDED:
        return replace(record, text="".join(map(_plain, record.text)))
    if kind < LOWER + UPPER + FOLDED + SHOUTED:
        text = record.text
        for start, end, label in record.spans:
            if label == "PERSON":
                text = text[:start] + "".join(map(_upper, text[start:end])) + text[end:]
        return replace(record, text=text)
    return record


def _lower(character: str) -> str:
    other = character.lower()
    return other if len(other) == 1 else character


def _upper(character: str) -> str:
    other = character.upper()
    return other if len(other) == 1 else character


def _plain(character: str) -> str:
    if character.isascii():
        return character
    bare = unicodedata.normalize("NFD", character)[0]
    return bare if bare.isascii() and bare.isalpha() else character
