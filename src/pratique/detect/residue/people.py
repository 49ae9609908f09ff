"""Names of people: a given name and a surname side by side. One name alone is never residue.

Titles of films and shows, places and headings are full of words that are names too, so a pair counts for 0.6 and more
only where the given name is not also an everyday word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pratique.detect.residue.codes import Found

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+(?:['-](?:[^\W\d_][{_MARKS}]*)+)*")
_GAP = re.compile(r"[ \t]{1,3}|[ \t]*\r?\n[ \t]*")
_LIGATURES = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_PARTICLES = frozenset(
    ["van", "de", "der", "den", "von", "zu", "zur", "la", "le", "di", "da", "del", "della", "dos", "das", "do", "du", "ter",
     "ten", "te", "el", "al", "bin", "ben", "of", "y", "e", "af", "op", "het", "'t"]
)  # fmt: skip
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
    """``Given (Given | initial | particle)* Surname`` and ``Surname, Given``, capitalised; or a whole value in lower case."""
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    if len(words) < 2:  # noqa: PLR2004 (a pair)
        return
    lowered = len(words) < 4 and text.strip() == text and text.islower()  # noqa: PLR2004 (a name as a whole value)
    past = 0
    for place, (start, _, word) in enumerate(words):
        if start < past or not (word[0].isupper() or lowered):
            continue
        strength = given(word)
        if (strength is not None and (hit := _forward(text, words, place, strength=strength, lowered=lowered))) or (
            place + 1 < len(words) and (hit := _reversed(text, words, place))
        ):
            past = hit[1]
            yield hit


def _forward(
    text: str, words: list[tuple[int, int, str]], first: int, *, strength: bool, lowered: bool
) -> Found | None:
    best: Found | None = None
    start, last, _ = words[first]
    for begin, end, word in words[first + 1 : first + 1 + _STEPS]:
        if not _joined(text[last:begin], initial=last - start == 1 or text[last - 2 : last - 1].isspace()):
            break
        family = surname(word) if word[0].isupper() or lowered else None
        if family is not None:
            score = (0.85 if family else 0.7) if strength else (0.5 if family else 0.4)
            # In lower case only a value that is nothing but strong names is a name.
            if not lowered or (strength and family and end == len(text)):
                best = (start, end, "PERSON", min(score, 0.65) if lowered else score)
        elif not (word in _PARTICLES or len(word) == 1 or given(word) is not None):
            break
        last = end
    return best


def _joined(gap: str, *, initial: bool) -> bool:
    """Whether two words stand side by side; an initial may have its full stop."""
    return _GAP.fullmatch(gap.removeprefix(".") if initial else gap) is not None


def _reversed(text: str, words: list[tuple[int, int, str]], place: int) -> Found | None:
    (start, end, family), (begin, last, name) = words[place], words[place + 1]
    if text[end:begin] not in (",", ", ") or not (family[0].isupper() and name[0].isupper()):
        return None
    if surname(family) and given(name):
        return start, last, "PERSON", 0.75
    return None


ENTITIES = frozenset({"PERSON"})

SCANS = (people,)
