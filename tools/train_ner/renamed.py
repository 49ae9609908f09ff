"""Records whose people bear other names: so that a net learns where names stand, and not who is in the news.

A person who is named twice in a record is renamed alike both times; capitals stay as they were. Only English records
are changed: elsewhere a name's ending says what it does in its sentence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from tools.train_ner.records import Record
from tools.train_ner.tags import Span

ENGLISH: Final = "en"
PERSON: Final = "PERSON"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001 - either apostrophe
_LEAST: Final = 3
"""Letters of a word that is changed: initials and particles stay."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Names to draw from."""

    given: Sequence[str]
    family: Sequence[str]


def pool_of(records: Iterable[Record], given: Iterable[str] = (), family: Iterable[str] = ()) -> Pool:
    """The first and last words of the records' persons, and further names, each as often as it was met."""
    first, last = list(given), list(family)
    for record in records:
        for start, end, label in record.spans:
            words = _WORD.findall(record.text, start, end) if label == PERSON else []
            if len(words) > 1 and all(word.istitle() for word in (words[0], words[-1])):
                first.append(words[0])
                last.append(words[-1])
    return Pool(first, last)


def renamed(record: Record, pool: Pool, draw: Random) -> Record:
    """The record with other people in it, its spans moved along; as it is in another language, or without persons."""
    persons = [(start, end) for start, end, label in record.spans if label == PERSON]
    if record.lang != ENGLISH or not persons or not pool.given or not pool.family:
        return record
    others = _others(record.text, persons, pool, draw)
    parts: list[str] = []
    spans: list[Span] = []
    at = moved = 0
    for start, end, label in record.spans:
        parts.append(record.text[at:start])
        mention = record.text[start:end]
        if label == PERSON:
            mention = _WORD.sub(lambda word: others.get(word[0], word[0]), mention)
        parts.append(mention)
        spans.append((start + moved, start + moved + len(mention), label))
        moved += len(mention) - (end - start)
        at = end
    return replace(record, text="".join([*parts, record.text[at:]]), spans=tuple(spans))


def _others(text: str, persons: Sequence[tuple[int, int]], pool: Pool, draw: Random) -> Mapping[str, str]:
    """Each word of the names to its other: surnames end names of several words, or stand alone."""
    names = sorted((_WORD.findall(text, start, end) for start, end in persons), key=len, reverse=True)
    found: dict[str, str] = {}
    for words in names:
        for at, word in enumerate(words):
            if word in found or len(word) < _LEAST or word[0].islower() != word.islower():
                continue
            other = draw.choice(pool.family if at == len(words) - 1 else pool.given)
            found[word] = other.upper() if word.isupper() else other.lower() if word.islower() else other
    return found
