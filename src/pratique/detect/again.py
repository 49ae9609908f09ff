"""Names that a model was certain of, found again elsewhere in the same text.

A model needs words around a name. In a list, a table or a signature there are none: ``Kern: 1234``, ``Kern ./. Ott``.
Where the same text tells who Anna Kern is, Kern there is she; and who hides ``Kern Ltd`` once has hidden nothing if it
stands there a second time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pratique.detect.entities.words import NAME_PARTICLES, NOT_NAMES
from pratique.detect.overlaps import Candidate

PERSON: Final = "PERSON"
WHOLE: Final = {"ORGANIZATION": 0.7, "LOCATION": 0.5}
"""Types whose mentions are looked for as they are, and not word by word, and the scores of what is found again: on the
dev parts 14 of 18 and 13 of 29 are right; a place is often the beginning of a longer name.
"""
SURELY: Final = 0.8
"""Least score of such a mention."""
CERTAINLY: Final = 0.9
"""Least score of a name whose words are looked for."""
SCORE: Final = 0.7
"""Of what is found again. No measured one: running text, as the dev parts have, holds too few (12 in 3,000 texts)."""
_LEAST_LETTERS: Final = 3
_LEAST_WHOLE, _LONGEST_WHOLE = 4, 80
"""Characters of a mention that is looked for as it is."""
# An address of e-mail, a handle, a file, a part of a longer word: what holds the name there is something else.
_WORD = re.compile(r"(?<![\w@.#/\\-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/\\]|[.-]\w)")  # noqa: RUF001 - either apostrophe

_END = re.compile(r"(?![\w@/\\]|[.-]\w)")
_SMALL = re.compile(r"(?<![\w@.#/\\-])[^\W\d_A-Z]+(?![\w])")
_CAPITAL = re.compile(r" (?![a-zß-öø-ÿ])[^\W\d_]")


def again(text: str, said: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for what stands elsewhere in ``text`` as well, written in the same way, and overlaps nothing of
    ``said``. Linear in the text's length.

    1. Of people with a score of `CERTAINLY` and two words or more: their words that begin with a capital letter and
       have three letters or more, with `SCORE`; words side by side are one name.
    2. Of organisations and places with a score of `SURELY`: the whole of them, four letters or more with a capital
       first, with their scores of `WHOLE`; not one word that the text also has in small letters.

    Before a further word with a capital letter it is a prize, a street or a firm that is called after somebody.
    """
    people = [c for c in said if c.entity == PERSON and c.score >= CERTAINLY]
    words = {word for name in people for word in _words(text[name.start : name.end])}
    wholes = _wholes(text, said)
    if not words and not wholes:
        return []
    covered = bytearray(len(text))
    for c in said:
        covered[c.start : c.end] = b"\x01" * (c.end - c.start)
    found: list[Candidate] = []
    if words:
        places = (m.span() for m in _WORD.finditer(text) if m[0] in words and not any(covered[m.start() : m.end()]))
        found += _runs(text, people[0], places)
    found += _whole_again(text, wholes, covered) if wholes else []
    return [run for run in found if _CAPITAL.match(text, run.end) is None]


def _wholes(text: str, said: Sequence[Candidate]) -> dict[str, dict[str, Candidate]]:
    """By their first words: what is looked for as it is."""
    found: dict[str, dict[str, Candidate]] = {}
    for c in said:
        if c.entity in WHOLE and c.score >= SURELY and _LEAST_WHOLE <= c.end - c.start <= _LONGEST_WHOLE:
            first = _WORD.match(text, c.start, c.end)
            if first is not None and first[0][0].isupper():
                found.setdefault(first[0], {}).setdefault(text[c.start : c.end], c)
    return found


def _whole_again(text: str, wholes: Mapping[str, Mapping[str, Candidate]], covered: bytearray) -> list[Candidate]:
    small = {m[0] for m in _SMALL.finditer(text)}
    lengths = {first: sorted({len(whole) for whole in its}, reverse=True) for first, its in wholes.items()}
    found: list[Candidate] = []
    end = 0
    for word in _WORD.finditer(text):
        start = word.start()
        for length in lengths.get(word[0], ()) if start >= end else ():
            its = wholes[word[0]].get(text[start : start + length])
            if its is None or any(covered[start : start + length]) or _END.match(text, start + length) is None:
                continue
            if length == len(word[0]) and word[0].lower() in small:
                continue
            end = start + length
            found.append(replace(its, start=start, end=end, score=WHOLE[its.entity]))
            break
    return found


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
