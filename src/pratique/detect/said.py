"""What stands around a candidate: the words of one text, or several joined, that speak for a type.

The windows are bounded, so a scan stays linear in the length of its text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pratique.detect.claims import follows_sign, free, has_own
from pratique.detect.columns import Columns, Row
from pratique.detect.wordtable import LEAST_BEGINNING, Phrase, small

BEFORE_CHARACTERS, AFTER_CHARACTERS = 96, 40
_BEFORE_WORDS, _AFTER_WORDS = 6, 3
_BEFORE_NUMBER = 12
"""Words before a candidate that stands behind a word for "number"."""
_AFTER = 2
"""How much farther a word behind a candidate is than one before it."""
_HEAD = 1
"""How far the last word of a column's head is from its cells."""
_LINE_FEED = ord("\n")
_LONGEST_PHRASE = 6
FAR = 99
"""The distance of a type whose words are not there."""
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_Said = tuple[int, int, int]
"""Distance in words, the types that a word or phrase there speaks for, and how many words it has."""


@dataclass(frozen=True, slots=True)
class Around:
    """Which types the words around a candidate speak for, as sets of bits."""

    every: int
    """All of them."""
    said: Sequence[_Said]
    """Nearest first."""

    def distance(self, bit: int) -> int:
        """Of the nearest word that speaks for a type; `FAR` where there is none."""
        return next((distance for distance, types, _ in self.said if types & bit), FAR) if self.every & bit else FAR

    def words(self, bit: int) -> int:
        """How many words speak for a type."""
        return sum(words for _, types, words in self.said if types & bit)


SILENCE = Around(0, ())
Known = tuple[int, tuple[Phrase, ...], int]
"""What a word speaks for by itself, with which words behind it, and all of that together."""
SILENT: Known = (0, (), 0)


class _Place:
    """What is the same around a span for all types."""

    __slots__ = (
        "after", "before", "earliest", "end", "every", "free", "heads", "last", "latest", "least", "mailed", "marks",
        "start", "stop",
    )  # fmt: skip

    def __init__(
        self, span: tuple[int, int], bounds: tuple[int, int], marks: tuple[int, int], words: tuple[int, int, int],
        heads: tuple[range, int], mailed: bool, every: int,  # noqa: FBT001 - as below
    ) -> None:  # fmt: skip
        self.start, self.end = span
        self.least, self.last = bounds
        """Where words before may begin, and where the text, or its row of a table, ends."""
        self.marks = marks
        """The first and behind the last of the marked words near by."""
        self.before, self.after, self.latest = words
        """Numbers of words: behind the last before it, the first behind it, and behind the last that counts there."""
        self.heads, self.stop = heads
        """The marked words of the head of its column, and the number of the word behind them."""
        self.mailed = mailed
        """Whether an e-mail address is near."""
        self.every = every
        """What all of these may speak for."""
        self.free: tuple[int, int] | None = None
        self.earliest = 0
        """Where labels before it may begin, once it is known, and the number of the first word that may be one."""


class Said:
    """One text, or several joined, and the words in it that speak for a type."""

    def __init__(
        self,
        mail: int,
        text: str,
        starts: list[int],
        ends: list[int],
        marked: Sequence[tuple[int, Known]],
        mails: list[int],
    ) -> None:
        self._mail = mail
        self._text = text
        self._starts, self._ends = starts, ends
        self._numbers = [number for number, _ in marked]
        self._known = [known for _, known in marked]
        self._all = [known[2] for known in self._known]
        self._marks = [starts[number] for number in self._numbers]
        self._mails = mails
        self._tables: dict[int, Columns | None] = {}
        self._places: dict[tuple[int, int], _Place] = {}

    def may_speak(
        self, spans: tuple[Ints, Ints], bounds: tuple[Ints, Ints], wanted: Ints, sets: Sequence[int]
    ) -> Flags:
        """For each of many spans whether a word near it, within its text's bounds, may speak for the types it wants.

        ``wanted``: for each span the number of its set of types in ``sets``.
        """
        marks = np.array(self._marks, np.int64)
        mails = np.array(self._mails, np.int64)
        left = np.maximum(spans[0] - BEFORE_CHARACTERS, bounds[0])
        right = np.minimum(spans[1] + AFTER_CHARACTERS, bounds[1])
        spoken = np.searchsorted(mails, left) < np.searchsorted(mails, right)
        spoken &= np.array([bool(types & self._mail) for types in sets], np.bool_)[wanted]
        first = np.searchsorted(marks, left)
        counts = np.searchsorted(marks, right) - first
        pairs = np.repeat(np.arange(len(wanted)), counts)
        near = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(len(pairs))
        distinct = {every: number for number, every in enumerate(dict.fromkeys(self._all))}
        numbers = np.array([distinct[every] for every in self._all], np.int64)
        speaks = np.array([[bool(every & types) for types in sets] for every in distinct], np.bool_)
        if len(pairs):
            spoken[pairs[speaks[numbers[near], wanted[pairs]]]] = True
        lines = self._line_feeds
        silent = np.flatnonzero(~spoken)
        lined = np.searchsorted(lines, bounds[0][silent]) < np.searchsorted(lines, bounds[1][silent])
        texts = dict(zip(*(bound[silent[lined]].tolist() for bound in bounds), strict=True))
        tables = [first for first, last in texts.items() if self._table(first, last) is not None]
        if tables:
            for at in silent[lined & np.isin(bounds[0][silent], tables)].tolist():
                begin = int(bounds[0][at])
                spoken[at] = self._headed(int(spans[0][at]), begin, texts[begin], sets[wanted[at]])
        return spoken

    def speaks(self, start: int, end: int, first: int, last: int, wanted: int) -> bool:
        """As `may_speak`, of one span, between ``first`` and ``last``."""
        least, most = max(first, start - BEFORE_CHARACTERS), min(last, end + AFTER_CHARACTERS)
        if any(its & wanted for its in self._all[bisect_left(self._marks, least) : bisect_left(self._marks, most)]):
            return True
        if self._mail & wanted and bisect_left(self._mails, least) < bisect_left(self._mails, most):
            return True
        return self._headed(start, first, last, wanted)

    @cached_property
    def _line_feeds(self) -> Ints:
        return np.flatnonzero(np.frombuffer(self._text.encode("utf-32-le"), np.uint32) == _LINE_FEED)

    def _table(self, first: int, last: int) -> Columns | None:
        """The tables of the text from ``first`` to ``last``; None where there are none."""
        if first not in self._tables:
            lines = self._text.find("\n", first, last) >= 0
            columns = Columns(self._text, first, last) if lines else None
            self._tables[first] = columns if columns is not None and columns.any else None
        return self._tables[first]

    def _cell(self, start: int, first: int, last: int) -> tuple[Row, tuple[int, int]] | None:
        """As `Columns.cell`, in the text from ``first`` to ``last``."""
        table = self._table(first, last)
        return table.cell(start) if table is not None else None

    def _headed(self, start: int, first: int, last: int, wanted: int) -> bool:
        """Whether a word of the head of the column in which ``start`` stands may speak."""
        cell = self._cell(start, first, last)
        if cell is None:
            return False
        low, high = (bisect_left(self._marks, at) for at in cell[1])
        return any(its & wanted for its in self._all[low:high])

    def around(self, start: int, end: int, first: int, last: int, wanted: int) -> Around:
        """What stands among the six words before and the three after ``start:end``, between ``first`` and ``last``.

        ``wanted``: the types that are asked about; of others less is told.
        """
        place = self._places.get((start, end))
        if place is None:
            place = self._places[start, end] = self._place(start, end, first, last)
        if not place.every & wanted:
            return SILENCE
        said: list[_Said] = []
        for mark in place.heads:
            if self._all[mark] & wanted:
                self._speak(said, mark, place.stop, _HEAD + place.stop - 1 - self._numbers[mark], wanted)
        self._hear(said, place, wanted)
        if place.mailed and self._mail & wanted:
            said.append((FAR - 1, self._mail, 1))
        if not said:
            return SILENCE
        every = 0
        for _, types, _ in said:
            every |= types
        said.sort()
        return Around(every, said)

    def _place(self, start: int, end: int, first: int, last: int) -> "_Place":
        least, most = max(first, start - BEFORE_CHARACTERS), min(last, end + AFTER_CHARACTERS)
        cell = self._cell(start, first, last)
        heads, stop = range(0), 0
        if cell is not None:
            # A cell's labels are its head and what stands in its row, not what the heads of its neighbours say.
            least, most, last = max(least, cell[0].start), min(most, cell[0].end), min(last, cell[0].end)
            heads, stop = (
                range(*(bisect_left(self._marks, at) for at in cell[1])),
                bisect_left(self._starts, cell[1][1]),
            )
        low = bisect_left(self._marks, least)
        before, after = bisect_right(self._ends, start), bisect_left(self._starts, end)
        latest = min(after + _AFTER_WORDS, bisect_left(self._starts, most))
        high = bisect_left(self._numbers, latest, low)
        mailed = bool(self._mails) and bisect_left(self._mails, least) < bisect_left(self._mails, most)
        every = self._mail if mailed else 0
        for types in (*self._all[low:high], *self._all[heads.start : heads.stop]):
            every |= types
        return _Place((start, end), (least, last), (low, high), (before, after, latest), (heads, stop), mailed, every)

    def _hear(self, said: list[_Said], place: "_Place", wanted: int) -> None:
        """Add what the marked words around a place say."""
        for mark in range(*place.marks):
            if not self._all[mark] & wanted:
                continue
            number = self._numbers[mark]
            if number < place.before:
                if place.free is None:
                    place.free = free(self._text, place.least, place.start, place.end)
                    signed = follows_sign(self._text, place.least, place.start)
                    place.earliest = place.before - (_BEFORE_NUMBER if signed else _BEFORE_WORDS)
                if number >= place.earliest and place.free[0] <= self._starts[number] < place.free[1]:
                    self._speak(said, mark, place.before, place.before - 1 - number, wanted)
            elif number >= place.after:
                distance = number - place.after + _AFTER
                self._speak(said, mark, place.latest, distance, wanted, (place.end, place.last))

    def _speak(
        self, said: list[_Said], mark: int, stop: int, distance: int, wanted: int, behind: tuple[int, int] | None = None
    ) -> None:
        """Add what one word says; the words of its phrases must stand before that number ``stop``.

        ``behind``: of a word behind a candidate, where that ends, and where the text does.
        """
        types, phrases, _ = self._known[mark]
        number = self._numbers[mark]
        if types & wanted and not self._has_own(number, number, behind):
            said.append((distance, types, 1))
        words: list[str] | None = None
        for rest, its in phrases:
            if its & wanted:
                if words is None:
                    places = range(number + 1, min(number + 1 + _LONGEST_PHRASE, stop))
                    words = [small(self._text[self._starts[at] : self._ends[at]]) for at in places]
                if len(rest) > len(words) or not all(map(_is, words, rest)):
                    continue
                if behind is None:
                    said.append((distance - len(rest), its, 1 + len(rest)))
                elif not self._has_own(number, number + len(rest), behind):
                    said.append((distance, its, 1 + len(rest)))

    def _has_own(self, first: int, last: int, behind: tuple[int, int] | None) -> bool:
        return behind is not None and has_own(self._text, *behind, self._starts[first], self._ends[last])


def _is(word: str, listed: str) -> bool:
    return word == listed or (len(listed) >= LEAST_BEGINNING and word.startswith(listed))
