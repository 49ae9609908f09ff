"""Names of people: a given name and a surname side by side. One name alone is never residue.

Titles of films and shows, places and headings are full of words that are names too, so a pair counts for 0.6 and more
only where the given name is not also an everyday word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from pratique.detect.residue.codes import Found

_MARKS = "\u0300-\u036f"
_LETTERS = rf"(?:[^_\W\d][{_MARKS}]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['-]{_LETTERS})*")
_GAP = re.compile(r"[ \t]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3}")
_COMMA = re.compile(r", ?")
_LIGATURES = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_PARTICLES = frozenset(
    ("van", "de", "der", "den", "von", "zu", "zur", "la", "le", "di", "da", "del", "della", "dos", "das", "do", "du",
     "ter", "ten", "te", "el", "al", "bin", "ben", "of", "y", "e", "af", "op", "het")
)  # fmt: skip
_SHORT = 60
"""Characters of the longest value that may be a name in lower case."""
_REACH = 400
"""Characters within which the rest of a name must stand."""
_STEPS = 5
"""Words after a given name within which its surname must come."""


def fold(word: str) -> str:
    """Lower case without accents or apostrophes, as the name lists are written."""
    lower = word.lower()
    if not lower.isascii():
        lower = unicodedata.normalize("NFKD", lower.translate(_LIGATURES))
        lower = "".join(c for c in lower if not unicodedata.combining(c))
    return lower.replace("'", "")


@cache
def _names(file: str) -> dict[str, bool]:
    """Name to whether it is strong: not an everyday word."""
    text = files("pratique.detect.residue").joinpath("data", file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.removeprefix("?"): not line.startswith("?") for line in lines}


def given(word: str) -> bool | None:
    """None for no given name; else whether it is a strong one. Of a double name the first half decides."""
    return _look_up(_names("given.txt"), word)


def surname(word: str) -> bool | None:
    """None for no surname; else whether it is a strong one."""
    return _look_up(_names("surnames.txt"), word)


def _look_up(names: dict[str, bool], word: str) -> bool | None:
    folded = fold(word)
    strength = names.get(folded)
    if strength is None and "-" in folded:
        return names.get(folded.partition("-")[0])
    return strength


def may_hold(text: str) -> bool:
    """Whether any word is a given name. Never False where `people` finds someone."""
    return any(given(m[0]) is not None for m in _WORD.finditer(text))


def people(text: str) -> Iterator[Found]:
    """``Given (Given | initial | particle)* Surname`` and ``Surname, Given``; or a whole value in lower case."""
    lowered = len(text) <= _SHORT and text.islower()
    past = 0
    for word in _WORD.finditer(text):
        if word.start() < past or not (word[0][0].isupper() or lowered):
            continue
        hit = _forward(text, word, lowered=lowered) or _reversed(text, word)
        if hit is not None:
            past = hit[1]
            yield hit


def _forward(text: str, first: re.Match[str], *, lowered: bool) -> Found | None:
    strength = given(first[0])
    if strength is None:
        return None
    best: Found | None = None
    last = first
    for word in islice(_WORD.finditer(text, first.end(), first.end() + _REACH), _STEPS):
        if not _joined(text[last.end() : word.start()], initial=len(last[0]) == 1):
            break
        family = surname(word[0]) if word[0][0].isupper() or lowered else None
        if family is not None:
            score = (0.85 if family else 0.7) if strength else (0.5 if family else 0.4)
            # In lower case, only a value that is nothing but strong names is a name.
            if not lowered or (strength and family and first.start() == 0 and word.end() == len(text)):
                best = (first.start(), word.end(), "PERSON", min(score, 0.65) if lowered else score)
        elif not (word[0] in _PARTICLES or len(word[0]) == 1 or given(word[0]) is not None):
            break
        last = word
    return best


def _joined(gap: str, *, initial: bool) -> bool:
    """Whether two words stand side by side; an initial may have its full stop."""
    return _GAP.fullmatch(gap.removeprefix(".") if initial else gap) is not None


def _reversed(text: str, family: re.Match[str]) -> Found | None:
    comma = _COMMA.match(text, family.end())
    name = _WORD.match(text, comma.end()) if comma is not None else None
    if name is None or not (family[0][0].isupper() and name[0][0].isupper()):
        return None
    return (family.start(), name.end(), "PERSON", 0.75) if surname(family[0]) and given(name[0]) else None


ENTITIES = frozenset({"PERSON"})

SCANS = (people,)
