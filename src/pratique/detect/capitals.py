"""Capitalised words of a text, what the lists of names know of them, and which of them belong together."""

# ruff: noqa: RUF001 - names are written with either apostrophe

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from pratique.detect.entities.words import NAME_PARTICLES, SURNAME_ENDINGS, TITLES
from pratique.detect.names import FAMILY, FAMILY_OR_WORD, GIVEN, GIVEN_OR_WORD, key

_LETTER = "(?:[^\\W\\d_][\u0300-\u036f]*)"
_NEAR = 0x530
_UPPER = "".join(c for c in map(chr, range(_NEAR)) if c.isupper() or c.istitle())
_FIRST = f"[{_UPPER}{chr(_NEAR)}-\U0010ffff](?<=[^\\W\\d_])"
"""A capital of Latin, Greek or Cyrillic letters, or any letter beyond, which `str.isupper` judges."""
# The letter comes first and what stands before it second: so most places are passed over without a look behind.
_CAPITAL = re.compile(
    f"{_FIRST}(?:(?<![\\w@#/\\\\.'’\u0300-\u036f-].)|(?<=\\s[dD]['’].))[\u0300-\u036f]*{_LETTER}*(?:['’-]{_LETTER}+)*(?![\\w@])"
)
_PIECES = re.compile(f"{_LETTER}+")
_GAP = re.compile("[ \u00a0]{1,2}\\Z")
_LONGEST_RUN, _LONGEST_GAP = 6, 20
"""In words, and between two words of a run in characters; as in `native/people.c`."""
SURE_KIND = 16
"""The kind of a word that is in no list, but a name somewhere else in the same text."""
ENDINGS = tuple(SURNAME_ENDINGS.split())


class Word(NamedTuple):
    """A capitalised word of a text and what the lists know of it."""

    start: int
    end: int
    key: str
    kind: int
    """Of `pratique.detect.names`."""

    @property
    def given(self) -> bool:
        """A given name, and no everyday word."""
        return bool(self.kind & (GIVEN | SURE_KIND))

    @property
    def weak(self) -> bool:
        """A given name that is an everyday word as well."""
        return bool(self.kind & GIVEN_OR_WORD)

    @property
    def family(self) -> bool:
        """A surname, and no everyday word."""
        return bool(self.kind & FAMILY)

    @property
    def plain(self) -> bool:
        """A surname that is an everyday word as well."""
        return bool(self.kind & FAMILY_OR_WORD)

    @property
    def sure(self) -> bool:
        """In no list, but a name somewhere else in the same text."""
        return self.kind == SURE_KIND

    @property
    def particle(self) -> bool:
        """Part of a name, but never its end: ``De``, ``Mac``, ``Della``."""
        return self.key in NAME_PARTICLES

    @property
    def initial(self) -> bool:
        """A single letter."""
        return self.end - self.start == 1


def capitalised(text: str, kinds: Mapping[str, int]) -> list[list[Word]]:
    """The words of a text, those together that are. ``kinds``: of names, as of `pratique.detect.names`."""
    words = [w for m in _CAPITAL.finditer(text) if (w := _word(text, m.start(), m.end(), kinds)) is not None]
    return _runs(text, words)


def _word(text: str, start: int, end: int, kinds: Mapping[str, int]) -> Word | None:
    word = text[start:end]
    if word.isascii() and word.isalpha():
        whole = word.lower()
        kind = kinds.get(whole, 0)
        return Word(start, end, whole, kind | FAMILY if whole.endswith(ENDINGS) else kind)
    if word[-2:] in {"'s", "’s"}:
        word, end = word[:-2], end - 2
    if not (word[:1].isupper() or word[:1].istitle()):
        return None
    whole = key(word)
    kind = 0
    for piece in _PIECES.findall(whole):
        kind |= kinds.get(piece, 0)
    return Word(start, end, whole, kind | FAMILY if whole.endswith(ENDINGS) else kind)


def _runs(text: str, words: list[Word]) -> list[list[Word]]:
    """Groups of words that only spaces, initials' full stops or name particles stand between."""
    runs: list[list[Word]] = []
    if words:
        runs.append([words[0]])
    for before, word in pairwise(words):
        if len(runs[-1]) < _LONGEST_RUN and _joined(text, before, word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _joined(text: str, before: Word, word: Word) -> bool:
    if word.start - before.end > _LONGEST_GAP:
        return False
    gap = text[before.end : word.start]
    if gap == " " or _GAP.match(gap):
        return True
    if gap in {".", ". ", ".\u00a0"}:
        return before.initial or before.key in TITLES
    if "\n" in gap or not gap.startswith(" "):
        return False
    particles = gap.replace("’", "'").replace("'", "' ").lower().split()
    return bool(particles) and all(p in NAME_PARTICLES or p == "d'" for p in particles)
