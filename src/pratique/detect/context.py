"""The words that speak for types, marked in texts, and those that rule a candidate out.

The words of all types stand in one table. Those of a text that may speak for a type are marked once, whatever the
number of types; what is around a candidate is then looked up among the marked ones.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from pratique.detect.claims import SIGNS
from pratique.detect.said import (
    AFTER_CHARACTERS,
    BEFORE_CHARACTERS,
    SILENT,
    Ints,
    Known,
    Said,
)
from pratique.detect.wordtable import LEAST_BEGINNING, WORD, Words, WordTable, of_words, small

_LONGEST_BEGINNING = 24
_MOST_REMEMBERED = 1 << 16
_BLOCK = 1 << 16
_BITS = 20
_ASKED = 4
"""How often a text is asked about before its words are marked for all further times."""
_MAIL = re.compile("@")
_REACH = 24
_STRIPPED = ".,:;=#()[]"
_NUMBER_SIGNS = frozenset({"", *SIGNS})
"""What may stand between a word that rules a candidate out and the candidate."""


class ContextTable:
    """The words of many types; a type is the bit of its number. Immutable but for what it remembers."""

    def __init__(self, words: WordTable) -> None:
        self._whole = words.whole
        self._phrases = words.phrases
        self._against = words.against
        self._against_after = words.against_after
        self.mail = words.mail
        self._opposed = 0
        for types in (*words.against.values(), *words.against_after.values()):
            self._opposed |= types
        self._known: dict[str, Known] = {}
        self._marks: npt.NDArray[np.bool_] | None = None

    def of(self, word: str) -> Known:
        """What a word in lower case speaks for."""
        known = self._known.get(word)
        if known is not None:
            return known
        firsts = (*(word[:size] for size in range(LEAST_BEGINNING, len(word))), word)
        types = 0
        for first in firsts:
            types |= self._whole.get(first, 0)
        phrases = tuple(phrase for first in firsts for phrase in self._phrases.get(first, ()))
        every = types
        for _, its in phrases:
            every |= its
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        known = self._known[word] = (types, phrases, every) if every else SILENT
        return known

    def read(self, text: str, kinds: npt.NDArray[np.int8] | None) -> "Said":
        """The words of a text that speak for a type: letters in a row.

        ``kinds``: for a long text, of every character whether it is a letter (1), a digit (2), or neither (0).
        """
        if kinds is None:
            found = [(one.start(), one.end(), self.of(small(one.group()))) for one in WORD.finditer(text)]
            starts, ends = [start for start, _, _ in found], [end for _, end, _ in found]
            marked = [(at, known) for at, (_, _, known) in enumerate(found) if known is not SILENT]
        else:
            starts, ends, maybe = self._marked(text, kinds)
            spoken = ((at, self.of(small(text[starts[at] : ends[at]]))) for at in maybe)
            marked = [(at, known) for at, known in spoken if known is not SILENT]
        mails = [mail.start() for mail in _MAIL.finditer(text)] if self.mail else []
        return Said(self.mail, text, starts, ends, marked, mails)

    def _marked(self, text: str, kinds: npt.NDArray[np.int8]) -> tuple[list[int], list[int], list[int]]:
        """Starts and ends of all words, and the numbers of those that may speak for a type."""
        codes = _lower(text)
        changes = np.flatnonzero(np.diff(kinds, prepend=np.int8(0), append=np.int8(0)))
        inside = np.flatnonzero(kinds[np.minimum(changes[:-1], len(kinds) - 1)] == 1)
        starts, ends = changes[inside], changes[inside + 1]
        marked: list[Ints] = []
        first = 0
        while first < len(starts):
            last = max(int(np.searchsorted(starts, starts[first] + _BLOCK)), first + 1)
            marked.append(self._block(codes, starts[first:last], ends[first:last]) + first)
            first = last
        return starts.tolist(), ends.tolist(), np.concatenate(marked).tolist() if marked else []

    def _block(self, codes: npt.NDArray[Any], starts: Ints, ends: Ints) -> Ints:
        """Which of some words may speak for a type: by marks at hashes of the listed words, some of them by chance."""
        marks = self._marks if self._marks is not None else self._marked_hashes()
        origin = int(starts[0])
        sizes = np.minimum(ends - starts, _LONGEST_BEGINNING)
        hashes = np.zeros(len(starts), np.uint64)
        maybe = np.zeros(len(starts), np.bool_)
        left = np.arange(len(starts))
        codes = codes[origin : int(ends[-1])].astype(np.uint64)
        places = starts - origin
        for size in range(1, _LONGEST_BEGINNING + 1):
            hashes = hashes * _FACTOR + codes[places[left] + (size - 1)]
            asked = left if size >= LEAST_BEGINNING else left[sizes[left] == size]
            of_asked = hashes if size >= LEAST_BEGINNING else hashes[sizes[left] == size]
            maybe[asked] |= marks[of_asked * _SPREAD >> _SHIFT]
            more = sizes[left] > size
            left, hashes = left[more], hashes[more]
            if not len(left):
                break
        return np.flatnonzero(maybe)

    def _marked_hashes(self) -> npt.NDArray[np.bool_]:
        listed = [word[:_LONGEST_BEGINNING] for word in (*self._whole, *self._phrases)]
        codes = np.zeros((len(listed), _LONGEST_BEGINNING), np.uint64)
        sizes = np.array([len(word) for word in listed], np.int64)
        every = np.frombuffer("".join(listed).encode("utf-32-le"), np.uint32)
        codes[np.arange(_LONGEST_BEGINNING) < sizes[:, np.newaxis]] = every
        hashes = np.zeros(len(listed), np.uint64)
        for place in range(_LONGEST_BEGINNING):
            hashes = np.where(place < sizes, hashes * _FACTOR + codes[:, place], hashes)
        marks = np.zeros(1 << _BITS, np.bool_)
        marks[hashes * _SPREAD >> _SHIFT] = True
        self._marks = marks
        return marks

    def refuses(self, text: str, start: int, end: int, bit: int) -> bool:
        """Whether the word right before or right after ``text[start:end]`` rules a type out (``invoice no. 123``)."""
        if not self._opposed & bit:
            return False
        before = [word.strip(_STRIPPED) for word in text[max(0, start - _REACH) : start].lower().split()]
        while before and before[-1] in _NUMBER_SIGNS:
            before.pop()
        if before and self._against.get(before[-1], 0) & bit:
            return True
        after = text[end : end + _REACH].lower().split(maxsplit=1)
        return bool(after) and bool(self._against_after.get(after[0].strip(_STRIPPED), 0) & bit)


_FACTOR, _SPREAD, _SHIFT = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - _BITS)


def _lower(text: str) -> npt.NDArray[Any]:
    """The code points of a text in lower case, one for one."""
    lower = small(text)
    if len(lower) != len(text):
        lower = "".join(its if len(its := c.lower()) == 1 else c for c in text)
    if lower.isascii():
        return np.frombuffer(lower.encode("ascii"), np.uint8)
    return np.frombuffer(lower.encode("utf-32-le"), np.uint32)


class Context:
    """The context words of one type."""

    def __init__(self, words: Iterable[str]) -> None:
        self._table = ContextTable(of_words([Words(frozenset(word.lower() for word in words))]))

    def supports(self, text: str, start: int, end: int) -> bool:
        """Whether a context word stands among the six words before or the three after ``text[start:end]``."""
        first = max(0, start - BEFORE_CHARACTERS)
        window = text[first : end + AFTER_CHARACTERS]
        said = self._table.read(window, None)
        return bool(said.around(start - first, end - first, 0, len(window), 1).every)

    def near(self, text: str) -> Callable[[int, int], bool]:
        """`supports` for one text that is asked about often: linear in its length, however often that is."""
        asked = 0
        places: list[int] | None = None

        def supports(start: int, end: int) -> bool:
            nonlocal asked, places
            asked += 1
            if asked > _ASKED:
                if places is None:
                    of = self._table.of
                    places = [m.start() for m in WORD.finditer(text) if of(small(m.group())) is not SILENT]
                first = bisect_left(places, start - BEFORE_CHARACTERS - _LONGEST_BEGINNING)
                if first == len(places) or places[first] > end + AFTER_CHARACTERS:
                    return False
            return self.supports(text, start, end)

        return supports
