"""Names of people: a given name and a surname side by side, or a title and a surname. One name alone is never residue.

Names are read in plain Latin letters, whatever their script. A surname is one of the list, is built as surnames are
(``…ović``, ``…escu``, ``…enko``), or stands behind a given name in a sentence. Titles of films, places and
headings are full of words that are names too, so a pair counts for 0.6 and more only where the given name is not also
an everyday word.
"""

# ruff: noqa: SIM905 - lists of names, as they are read

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from pratique.detect.residue.characters import fold
from pratique.detect.residue.codes import Found

_MARKS = "\u0300-\u036f"
_LETTERS = rf"(?:[^_\W\d][{_MARKS}]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['-]{_LETTERS})*")
_GAP = re.compile(r"[ \t]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3}")
_COMMA = re.compile(r", ?")
_PARTICLES = frozenset(
    ("van", "de", "der", "den", "von", "zu", "zur", "la", "le", "di", "da", "del", "della", "dos", "das", "do", "du",
     "ter", "ten", "te", "el", "al", "bin", "ben", "of", "y", "e", "af", "op", "het")
)  # fmt: skip
_TITLES = frozenset(
    "herr herrn frau mr mrs ms miss dr prof mgr ing mudr judr monsieur madame mademoiselle mme mlle sr sra "
    "senor senora dna sig sigra signor signora signore dott dottssa dhr mevr mevrouw meneer pan pani pana "
    "panu pania panem domnul doamna domnului doamnei herra rouva ur gospod gospa gospodin gospodja gospozha "
    "gospoza gn gzha kirios kyrios kyria kyr kos kungs ponas ponia ponios harra proua sinjur sinjura bay "
    "bayan sayin hr fru froken senhor senhora dona doutor dipl".split()
)
"""Words that stand before a surname."""
_ENDINGS = tuple(
    "ovic evic ovich evich opoulos opoulou idis idou akis aki escu ewicz owicz ewski owski ewska owska ynski "
    "inski ynska inska skiego skiemu skiej skim ckiego ckiej skemu ovska ovski evski evska ove ovem ovou "
    "kovou kemu skeho ckeho skych kova ikova cova nova dova rova lova tova sova zova nkova enko chuk czuk "
    "czyk sson sdottir dottir nen auskas evicius avicius auskaite unas onis aitis ytis aite yte iene berzs "
    "kalns ovs evs ovi ova eva ov ev enov inov oglu ssen nsen rsen lsen ksen mann meier meyer maier mayer "
    "mueller bauer berger stein bach huber hofer shvili dze yan ian ez elli etti ucci ini eira eiro".split()
)
"""How surnames end that are built alike."""
_PLACES = frozenset(
    "florence victoria charlotte sydney georgia jordan austin dallas houston madison lincoln jackson carolina "
    "virginia milan kent chester adelaide regina alexandria santiago diego rosa india china israel paris "
    "london roma lorraine savannah brooklyn aurora augusta columbia verona siena alba salvador trinidad "
    "chelsea august june april may christian roman german francis christmas easter dominican grant mark bill "
    "art general major prince king".split()
)
"""Given names that are places, months and words too: behind these, any word may stand."""
_TINY = 3
"""Letters of a word that is too short to be a surname of no list."""
_SHORTEST = 6
"""Letters of the shortest word whose ending makes it a surname."""
_SHORT = 60
"""Characters of the longest value that may be a name in lower case, or the title of a film."""
_REACH = 400
"""Characters within which the rest of a name must stand."""
_STEPS = 5
"""Words after a given name within which its surname must come."""


@cache
def _names(file: str) -> dict[str, bool]:
    """Name to whether it is strong: not an everyday word."""
    text = files("pratique.detect.residue").joinpath("data", file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.removeprefix("?"): not line.startswith("?") for line in lines}


def given(word: str) -> bool | None:
    """None for no given name; else whether it is a strong one. Of a double name the first half decides."""
    return _look_up(_names("given.txt"), word)


_CASES = ("em", "ovi", "iem", "owi", "ou", "oi", "ie", "ze", "u", "y", "e", "a", "i", "o")
"""What a given name ends with in the cases of a sentence."""
_STEM = 3
"""Letters of the shortest name whose cases are known."""


def inflected(word: str) -> bool:
    """Whether a word is a strong given name in another case than the first."""
    names, folded = _names("given.txt"), fold(word)
    for case in _CASES:
        stem = folded.removesuffix(case)
        if stem != folded and len(stem) >= _STEM and (names.get(stem) or names.get(stem + "a")):
            return True
    return False


def surname(word: str) -> bool | None:
    """None for no surname; else whether it is a strong one. What is built like one is a strong one."""
    listed = _look_up(_names("surnames.txt"), word)
    if listed is None and built(word):
        return True
    return listed


def built(word: str) -> bool:
    """Whether a word ends as surnames do, and begins with a capital letter."""
    folded = fold(word)
    return len(folded) >= _SHORTEST and word[0].isupper() and folded.endswith(_ENDINGS)


def _look_up(names: dict[str, bool], word: str) -> bool | None:
    folded = fold(word)
    strength = names.get(folded)
    if strength is None and "-" in folded:
        return names.get(folded.partition("-")[0])
    return strength


def _title(word: str) -> bool:
    return fold(word).replace("-", "") in _TITLES


@lru_cache(maxsize=1 << 16)
def _begins(word: str) -> bool:
    """Whether a name may begin with a word. Remembered: words come back, whatever stands around them."""
    return given(word) is not None or _title(word) or inflected(word)


def may_hold(text: str) -> bool:
    """Whether a name may begin with any word. Never False where `people` or `titled` finds someone."""
    return any(_begins(m[0]) for m in _WORD.finditer(text))


def people(text: str) -> Iterator[Found]:
    """``Given (Given | initial | particle)* Surname`` and ``Surname, Given``; or a whole value in lower case."""
    lowered = len(text) <= _SHORT and text.islower()
    past = 0
    for word in _WORD.finditer(text):
        if word.start() < past or not (word[0][0].isupper() or lowered):
            continue
        hit = (_begins(word[0]) and _forward(text, word, lowered=lowered)) or _reversed(text, word)
        if hit is not None:
            past = hit[1]
            yield hit


def _forward(text: str, first: re.Match[str], *, lowered: bool) -> Found | None:
    strength = given(first[0])
    cased = strength is None and not lowered and inflected(first[0])
    if strength is None and not cased:
        return None
    best: Found | None = None
    last = first
    particle = False
    for word in islice(_WORD.finditer(text, first.end(), first.end() + _REACH), _STEPS):
        if not _joined(text[last.end() : word.start()], initial=len(last[0]) == 1):
            break
        capital = word[0][0].isupper()
        family = surname(word[0]) if capital or lowered else None
        if family is None and last is first and strength and _unknown(text, first[0], word[0]):
            best = (first.start(), word.end(), "PERSON", 0.6)
        if family is None and particle and capital and strength and not lowered:
            # After "van der" any word is a surname.
            family = False
        if family is not None:
            score = (0.85 if family else 0.7) if strength else (0.5 if family else 0.4)
            if cased:
                # A case of a name is an everyday word as often: the surname must be built like one.
                score = 0.65 if built(word[0]) else 0.3
            # In lower case, only a value that is nothing but strong names is a name.
            if not lowered or (strength and family and first.start() == 0 and word.end() == len(text)):
                best = (first.start(), word.end(), "PERSON", min(score, 0.65) if lowered else score)
        elif not (word[0] in _PARTICLES or len(word[0]) == 1 or given(word[0]) is not None):
            break
        particle = word[0] in ("van", "von", "der", "den", "di", "della", "dos")
        last = word
    return best


def _unknown(text: str, name: str, word: str) -> bool:
    """Whether a word that stands in no list is a surname: in a sentence, behind a name that is that of no place."""
    return (
        len(text) > _SHORT
        and name[0].isupper()
        and fold(name) not in _PLACES
        and word[0].isupper()
        and len(word) > _TINY
        and word[1:].islower() == name[1:].islower()
        and given(word) is None
    )


def _joined(gap: str, *, initial: bool) -> bool:
    """Whether two words stand side by side; an initial may have its full stop."""
    return _GAP.fullmatch(gap.removeprefix(".") if initial else gap) is not None


def _reversed(text: str, family: re.Match[str]) -> Found | None:
    comma = _COMMA.match(text, family.end())
    name = _WORD.match(text, comma.end()) if comma is not None else None
    if name is None or not (family[0][0].isupper() and name[0][0].isupper()):
        return None
    return (family.start(), name.end(), "PERSON", 0.75) if surname(family[0]) and given(name[0]) else None


_AFTER_TITLE = re.compile(rf"\.?[ \t]{{1,3}}(?:(?:[A-Z]\.|[^\W\d_]{{2,4}}\.)[ \t]{{1,2}}){{0,3}}(?=({_LETTERS}))")


def titled(text: str) -> Iterator[Found]:
    """A title and a surname that stands in the list or is built like one; a short value may be the title of a show."""
    for word in _WORD.finditer(text):
        if not _title(word[0]):
            continue
        gap = _AFTER_TITLE.match(text, word.end())
        name = _WORD.match(text, gap.end()) if gap is not None else None
        if name is None or not name[0][0].isupper() or _title(name[0]):
            continue
        family = surname(name[0])
        if family is not None:
            yield name.start(), name.end(), "PERSON", 0.65 if family and len(text) > _SHORT else 0.5


ENTITIES = frozenset({"PERSON"})

SCANS = (people, titled)
