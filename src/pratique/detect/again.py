"""Names that a model was certain of, found again elsewhere in the same text.

A model needs words around a name. In a list, a table or a signature there are none: ``Kern: 1234``, ``Kern ./. Ott``.
Where the same text tells who Anna Kern is, Kern there is she.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pratique.detect.entities.words import NAME_PARTICLES, NOT_NAMES
from pratique.detect.overlaps import Candidate

PERSON: Final = "PERSON"
CERTAINLY: Final = 0.9
"""Least score of a name whose words are looked for."""
SCORE: Final = 0.7
"""Of what is found again. No measured one: running text, as the dev parts have, holds too few (12 in 3,000 texts)."""
_LEAST_LETTERS: Final = 3
# An address of e-mail, a handle, a file, a part of a longer word: what holds the name there is something else.
_WORD = re.compile(r"(?<![\w@.#/\\-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/\\]|[.-]\w)")  # noqa: RUF001 - either apostrophe

_CAPITAL = re.compile(r" (?![a-zß-öø-ÿ])[^\W\d_]")


def again(text: str, said: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for the words of names that stand elsewhere in ``text`` as well, written in the same way.

    Names are those of ``said`` of two words or more and a score of `CERTAINLY`. Their words count that begin with a
    capital letter and have three letters or more. What overlaps nothing of ``said`` is found, with `SCORE`; words side
    by side are one name; before a further word with a capital letter it is a prize, a street or a firm that is called
    after somebody. Linear in the text's length.
    """
    names = [c for c in said if c.entity == PERSON and c.score >= CERTAINLY]
    words = {word for name in names for word in _words(text[name.start : name.end])}
    if not words:
        return []
    covered = bytearray(len(text))
    for c in said:
        covered[c.start : c.end] = b"\x01" * (c.end - c.start)
    places = (m.span() for m in _WORD.finditer(text) if m[0] in words and not any(covered[m.start() : m.end()]))
    return [run for run in _runs(text, names[0], places) if _CAPITAL.match(text, run.end) is None]


def _words(name: str) -> list[str]:
    """The words of a name of several that are told apart from others by themselves."""
    found = _WORD.findall(name)
    if len(found) < 2:  # noqa: PLR2004 - a given name and a surname
        return []
    small = NAME_PARTICLES | NOT_NAMES
    return [word for word in found if len(word) >= _LEAST_LETTERS and word[0].isupper() and word.lower() not in small]


def _runs(text: str, like: Candidate, places: Iterable[tuple[int, int]]) -> list[Candidate]:
    found: list[Candidate] = []
    for start, end in places:
        if found and text[found[-1].end : start] == " ":
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(replace(like, start=start, end=end, score=SCORE))
    return found
