"""Finds names of people: public lists of names, titles, greetings, labels and capital letters.

Scores: title before a name 0.85 (0.6 before an unknown word); given name and surname 0.85 where both are known, 0.7
where one is; a given name alone 0.55; names that are everyday words as well (Will, Rose, April) stay below 0.5 unless
a known surname follows.

Within one text, a word that was surely part of a name, or that an e-mail address spells, is a name wherever else it
stands.

Limits: a name that is in no list and has neither title, label nor address is not seen; names written without capital
letters are seen only in fields whose name says that they hold names.
"""

# ruff: noqa: PLR2004, RUF001 - scores are the table above; names are written with either apostrophe

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from pratique.detect.context import Context
from pratique.detect.entities.words import (
    GREETINGS,
    LOWER_TITLES,
    NAME_PARTICLES,
    NOT_NAMES,
    PEOPLE_CONTEXT,
    SIGN_OFFS,
    SURNAME_ENDINGS,
    TITLES,
)
from pratique.detect.mailboxes import fold, spelt
from pratique.detect.names import FAMILY, FAMILY_OR_WORD, GIVEN, GIVEN_OR_WORD, key, names
from pratique.detect.overlaps import CERTAIN, Candidate

DETECTOR = "names"
_LETTER = "(?:[^\\W\\d_][\u0300-\u036f]*)"
# A word whose first letter is not lower case in Latin letters; other scripts are judged by `str.isupper`.
_CAPITAL = re.compile(
    f"(?:(?<![\\w@#/\\\\.'’\u0300-\u036f-])|(?<=\\s[dD]['’]))[^\\W\\d_a-zß-öø-ÿ][\u0300-\u036f]*{_LETTER}*(?:['’-]{_LETTER}+)*(?![\\w@])"
)
_PIECES = re.compile(f"{_LETTER}+")
_GAP = re.compile("[ \u00a0]{1,2}\\Z")
_LEAD = re.compile(r"([^\W\d_]{1,20})(\s?[.:,]?\s{0,3})\Z")
_PARTICLE = re.compile(r"(?<![^\s.])([^\W\d_]{1,5})[ \u00a0]{1,2}\Z|(?<![^\s.])([dD])['’]\Z")
_BORN = re.compile(
    r",? ?\(?(?:born|geboren|geb\.|née?|nacid[oa]|nat[oa]|nascid[oa]|ur\.|urodzon[ya]|född|født|syntynyt)\b"
)
_LONGEST_RUN = 6
_TITLED = 0.85
"""The score that a title lends, and no other word."""
_AMOUNT = re.compile("[0-9][ \u00a0]\\Z")
_SURE = 0.65
"""Least score of a name whose words are taken for names elsewhere in the same text."""
_LEAST_SURE = 3
_SURE_KIND = 16
_LEAST_MAILED = 4
_LONGEST_NAME = 4
_SHOUTED = 4
_FORMS = (
    "subscriber applicant caller signé firmado firmato assinado podpisano getekend undertecknat gez gezeichnet "
    "referente "
)
_LABELS = frozenset(word for words in PEOPLE_CONTEXT.values() for word in words) | frozenset(_FORMS.split())
_BORN_WORDS = frozenset(
    ("born", "geboren", "geb", "né", "née", "nacido", "nacida", "nato", "nata", "nascido", "nascida", "ur", "urodzony",
     "urodzona", "född", "født", "syntynyt")
)  # fmt: skip
_ROLES = frozenset(
    [
        "customercare",
        "customerservice",
        "service",
        "support",
        "sales",
        "office",
        "frauddesk",
        "helpdesk",
        "contact",
        "press",
        "marketing",
        "finance",
    ]
)
"""What stands before the @ and is nobody's name."""
_ENDINGS = tuple(SURNAME_ENDINGS.split())
LEAD_WORDS = TITLES | GREETINGS | SIGN_OFFS | _LABELS | _BORN_WORDS | {"m"}
"""Words that can make an unknown capitalised word after them a name, lower case."""
_LEADING = LEAD_WORDS | NAME_PARTICLES | {"gez"}
_REACH = 24
_BETWEEN = " \u00a0\t\r\n.:,"
SHAPE = "(?:" + "|".join(sorted({*_ENDINGS})) + r")(?:[^\p{L}]|$)"
"""RE2: matches wherever a word ends like a surname, in lower case (see `SURNAME_ENDINGS`)."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A capitalised word of a text and what the lists know of it."""

    start: int
    end: int
    key: str
    kind: int
    """Of `pratique.detect.names`."""

    @property
    def given(self) -> bool:
        return bool(self.kind & (GIVEN | _SURE_KIND))

    @property
    def weak(self) -> bool:
        return bool(self.kind & GIVEN_OR_WORD)

    @property
    def family(self) -> bool:
        return bool(self.kind & FAMILY)

    @property
    def plain(self) -> bool:
        """A surname that is an everyday word as well."""
        return bool(self.kind & FAMILY_OR_WORD)

    @property
    def sure(self) -> bool:
        """In no list, but a name somewhere else in the same text."""
        return self.kind == _SURE_KIND

    @property
    def particle(self) -> bool:
        """Part of a name, but never its end: ``De``, ``Mac``, ``Della``."""
        return self.key in NAME_PARTICLES

    @property
    def initial(self) -> bool:
        return self.end - self.start == 1


class PeopleFinder:
    """Finds names in one text at a time, in time linear in its length. Stateless once made."""

    def __init__(self, order: int) -> None:
        self._order = order
        self._context = Context(_LABELS)

    @cached_property
    def _kinds(self) -> Mapping[str, int]:
        return names().kinds

    def find(self, text: str, *, by_name: bool = False) -> list[Candidate]:
        """Candidates of one text. ``by_name``: the field's name says that it holds names."""
        words = [w for m in _CAPITAL.finditer(text) if (w := self._word(text, m.start(), m.end())) is not None]
        runs = _runs(text, words)
        sure = _mailed(text, runs) if "@" in text else set()
        supports = (lambda *_: True) if by_name else self._context.near(text)
        found = [self._judge(text, run, sure, supports) for run in runs]
        if sure:
            found += [self._again(text, run, its, sure, supports) for run, its in zip(runs, found, strict=True)]
        return [candidate for its in found for candidate in its]

    def _again(
        self, text: str, run: list[_Word], its: list[Candidate], sure: set[str], supports: Callable[[int, int], bool]
    ) -> list[Candidate]:
        """What a run holds besides ``its`` candidates, once the words in ``sure`` are known as names."""
        if all(
            any(c.start <= word.start < c.end and c.score >= CERTAIN for c in its) for word in run if word.key in sure
        ):
            return []
        known = [_named(text, word) if word.key in sure else word for word in run]
        return self._judge(text, known, set(), supports)

    def _word(self, text: str, start: int, end: int) -> _Word | None:
        word = text[start:end]
        if word[-2:] in {"'s", "’s"}:
            word, end = word[:-2], end - 2
        if not (word[:1].isupper() or word[:1].istitle()):
            return None
        if word.isascii() and word.isalpha():
            whole = word.lower()
            kind = self._kinds.get(whole, 0)
        else:
            whole = key(word)
            kind = 0
            for piece in _PIECES.findall(whole):
                kind |= self._kinds.get(piece, 0)
        if not kind & FAMILY and whole.endswith(_ENDINGS):
            kind |= FAMILY
        return _Word(start, end, whole, kind)

    def _judge(
        self, text: str, run: list[_Word], sure: set[str], supports: Callable[[int, int], bool]
    ) -> list[Candidate]:
        """Candidates of one run; adds to ``sure`` the words that are names beyond doubt.

        ``supports``: whether anything speaks for a name from a start to an end.
        """
        found: list[Candidate] = []
        lead = _lead_before(text, run[0])
        if not lead and len(run) == 1 and not run[0].kind:
            return found
        at = 0
        while at < len(run):
            word = run[at]
            following = text[word.end : word.end + 1]
            if at + 1 < len(run) and (
                word.key in TITLES or word.key in GREETINGS or (word.key == "m" and following == ".")
            ):
                # A greeting does not hide a title before it, nor the other way round.
                lead = max(lead, 0.6 if word.key in GREETINGS else _TITLED)
                at += 1
                continue
            size, score = self._measure(text, run, at, lead)
            if size == 1 and not lead and _AMOUNT.search(text, max(0, word.start - 2), word.start):
                score = 0.0  # 14 Tage are days in German, and a name in Danish
            if size and score:
                start, end = _with_particles(text, word.start) if lead else word.start, run[at + size - 1].end
                if lead == _TITLED or (score >= _SURE and size > 1):
                    sure.update(w.key for w in run[at : at + size] if len(w.key) >= _LEAST_SURE and not w.particle)
                if 0.35 <= score < 0.6 and supports(start, end):
                    score = 0.65
                found.append(Candidate(start, end, "PERSON", score, DETECTOR, order=self._order))
            at += max(size, 1)
            lead = 0.0
        return found

    def _measure(self, text: str, run: list[_Word], at: int, lead: float) -> tuple[int, float]:
        """How many words of the run from ``at`` are one name, and its score; (0, 0) where no name begins there."""
        first, second = run[at], run[at + 1] if at + 1 < len(run) else None
        if first.key in NOT_NAMES:
            return 0, 0.0
        if lead:
            return self._led(run, at, lead)
        if at == 0 and 1 < len(run) <= _LONGEST_NAME and _BORN.match(text, run[-1].end):
            return len(run), _SURE
        if first.given or first.weak:
            return self._given_first(text, run, at)
        if second is not None and second.sure and not first.kind and not first.initial:
            return 1 + _extent(text, run, at + 1)[0], _SURE
        return self._unlisted_first(text, run, at)

    def _unlisted_first(self, text: str, run: list[_Word], at: int) -> tuple[int, float]:
        first, second = run[at], run[at + 1] if at + 1 < len(run) else None
        if first.initial:
            rest = run[at + 1 : at + 3]
            sure = next((k for k, w in enumerate(rest) if w.family and not w.initial), None)
            return (sure + 2, 0.7) if sure is not None else (0, 0.0)
        if first.family or first.plain:
            both = first.family and second is not None and second.given
            return (2, 0.7) if both else (1, 0.35 if first.family else 0.2)
        shaped = second is not None and second.key.endswith(_ENDINGS) and not _shouted(text, second)
        return (2, 0.55) if shaped else (0, 0.0)

    def _led(self, run: list[_Word], at: int, lead: float) -> tuple[int, float]:
        size = 1
        while at + size < len(run) and size < _LONGEST_NAME:
            word = run[at + size]
            if word.key in NOT_NAMES or not (word.kind or word.initial or word.particle or size < 3):
                break
            size += 1
        sure = any(w.kind for w in run[at : at + size])
        return size, lead if sure else min(lead, 0.6)

    def _given_first(self, text: str, run: list[_Word], at: int) -> tuple[int, float]:
        first = run[at]
        size, family, given, plain, unknown = _extent(text, run, at)
        if size == 1:
            alone = 0.45 if _shouted(text, first) and len(first.key) <= _SHOUTED else 0.55
            return 1, alone if first.given else 0.25
        if first.given or given:
            return size, 0.85 if family else 0.75 if plain else 0.7
        if family:
            return size, 0.65
        return (1, 0.25) if unknown else (size, 0.35)


def _extent(text: str, run: list[_Word], at: int) -> tuple[int, bool, bool, bool, bool]:
    """How far a name that begins with a given name goes, and what follows in it.

    That is: a surname or given name, a given name, a name that is a word too, an unknown word (two at most).
    """
    size, family, given, plain, unknown = 1, False, False, False, False
    strange = particles = 0
    for word in run[at + 1 : at + 5]:
        if word.key in NOT_NAMES and not word.kind:
            break
        if word.particle:
            particles += 1
            continue
        if word.family or word.given:
            family, given = True, given or word.given
        elif word.plain or word.weak:
            if plain and not family:
                break
            plain = True
        elif not word.initial:
            if strange == 2 or _shouted(text, word):
                break
            unknown, strange = True, strange + 1
        size, particles = size + particles + 1, 0
    return size, family, given, plain, unknown


def _shouted(text: str, word: _Word) -> bool:
    return text[word.start : word.end].isupper()


def _runs(text: str, words: list[_Word]) -> list[list[_Word]]:
    """Groups of words that only spaces, initials' full stops or name particles stand between."""
    runs: list[list[_Word]] = []
    if words:
        runs.append([words[0]])
    for before, word in pairwise(words):
        if len(runs[-1]) < _LONGEST_RUN and _joined(text, before, word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _joined(text: str, before: _Word, word: _Word) -> bool:
    if word.start - before.end > 20:
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


def _lead_before(text: str, word: _Word) -> float:
    """The score that the word before a run lends it; 0 where it lends none."""
    before = text[max(0, word.start - _REACH) : word.start].rstrip(_BETWEEN).rsplit(None, 1)
    if not before or (before[-1].isalpha() and before[-1].lower() not in _LEADING):
        return 0.0
    start = _with_particles(text, word.start)
    found = _LEAD.search(text[max(0, start - 24) : start])
    if found is None:
        return 0.0
    lead, gap = found[1].lower(), found[2].lstrip(" \u00a0") or found[2]
    if gap.startswith(":") or (lead == "gez" and gap.startswith(".")):
        return 0.65 if lead in _LABELS or lead in SIGN_OFFS else 0.0
    if "\n" in gap or gap.startswith(","):
        return 0.6 if "\n" in gap and lead in SIGN_OFFS else 0.0
    if lead in TITLES and (lead in LOWER_TITLES or gap.startswith(".")):
        return _TITLED
    return 0.6 if lead in GREETINGS and not gap.startswith(".") else 0.0


def _with_particles(text: str, start: int) -> int:
    """Where a name begins whose first capitalised word begins at ``start``: particles before it belong to it."""
    for _ in range(3):
        found = _PARTICLE.search(text[max(0, start - 8) : start])
        if found is None or (found[1] or "de").lower() not in NAME_PARTICLES:
            return start
        start -= found.end() - found.start()
    return start


def _named(text: str, word: _Word) -> _Word:
    """The word as a known name; one that is an everyday word as well only where it does not begin a sentence."""
    if (word.weak or word.plain) and not (word.given or word.family) and _starts_sentence(text, word):
        return word
    return replace(word, kind=word.kind | _SURE_KIND)


def _starts_sentence(text: str, word: _Word) -> bool:
    before = text[max(0, word.start - 4) : word.start].rstrip()
    return not before or before[-1] in ".!?:"


def _mailed(text: str, runs: list[list[_Word]]) -> set[str]:
    """Words of names that an e-mail address in the text spells: ``anna.kern@``, ``a.kern@``, ``kern7@``: Anna Kern."""
    said = set(spelt(text)) - _ROLES
    found: set[str] = set()
    for run in runs if said else ():
        folded = [fold(word.key) for word in run]
        for at in range(len(run) - 1):
            for end in range(at + 2, min(at + _LONGEST_NAME, len(run)) + 1):
                first, rest = folded[at], "".join(folded[at + 1 : end])
                if len(rest) >= _LEAST_MAILED and first and not said.isdisjoint({first + rest, first[0] + rest, rest}):
                    found.update(w.key for w in run[at:end] if len(w.key) >= _LEAST_SURE and not w.particle)
    return found
