"""Where in a text which patterns may match: the automaton, walked from every place at which a candidate can begin.

Candidates begin where a word begins, where digits begin, or at a character that is no letter and no digit. Long inputs
are walked from all places at once in NumPy, short ones place by place; both find the same.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pratique.detect.shapes.automaton import BEGIN, DEAD, Automaton, Longs, beginnings
from pratique.detect.shapes.positions import Ints, Net
from pratique.detect.shapes.symbols import Alphabet
from pratique.detect.shapes.trees import Shape, least_run, to_first_digit

SHORT = 2_000
"""Characters up to which walking place by place is faster."""
_FEW = 24
"""Places up to which the rest of a long walk is."""
_SLICE = 1 << 15
MOST_STATES = 40_000
"""States from which on the automaton begins anew, so that no text can fill the memory with them."""
REACH = 24
"""Characters within which a digit stands in every match of nearly all patterns."""
_NEVER = 1 << 30
_NONE = np.zeros(0, np.int64)
_Met = tuple[Longs, Longs, Longs]
"""Of many places: starts, ends, and rows of `Automaton.endings`."""


Hit = tuple[int, int, int]
"""One of `Hits`."""


class Hits(NamedTuple):
    """Where patterns may match, by start, the longest first; three arrays of the same length."""

    starts: Longs
    patterns: Longs
    ends: Longs
    """The furthest end that the pattern's shape has from there."""

    def those(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> "Hits":
        """Some of them."""
        return Hits(self.starts[chosen], self.patterns[chosen], self.ends[chosen])


class Finder:
    """Immutable but for the automaton, which grows; safe for several threads."""

    def __init__(self, alphabet: Alphabet, automaton: Automaton, runs: Ints) -> None:
        """``runs``: as `least_runs`."""
        self.alphabet = alphabet
        self._automaton = automaton
        self.least_run = runs
        begins = automaton.table[BEGIN] != DEAD
        self._word = np.zeros(256, np.bool_)
        self._word[: alphabet.size] = alphabet.word
        self._begins = np.zeros(256, np.bool_)
        self._begins[: alphabet.size] = begins
        self._digit = np.zeros(256, np.bool_)
        self._digit[list(alphabet.digits)] = True
        self._kinds = self._word.astype(np.int8) + self._digit
        tied = {alphabet.symbol(chr(code)) for code in range(0x80) if chr(code).isalnum()}
        self._tied = np.zeros(256, np.bool_)
        self._tied[list(tied)] = True
        self._tied_symbols = tied
        words = _members(np.flatnonzero(self._word))
        anywhere = _members(np.flatnonzero(self._begins & ~self._word))
        digits = _members(np.flatnonzero(self._digit))
        beginning = _members(np.flatnonzero(self._begins))
        self._places = re.compile(b"(?<!%s)%s|(?<!%s)%s|%s" % (words, beginning, digits, digits, anywhere))

    def read(self, text: str) -> bytes:
        """A text (without lone surrogates) as symbols."""
        return self.alphabet.read(text)

    def kinds(self, symbols: bytes) -> npt.NDArray[np.int8] | None:
        """Of every symbol of a long text: letter (1), digit (2), or neither (0). None for a short text."""
        return self._kinds[np.frombuffer(symbols, np.uint8)[:-1]] if len(symbols) > SHORT else None

    def find(self, symbols: bytes) -> Hits:
        """Every hit in a text. No hit crosses a line feed."""
        return self._one_by_one(symbols) if len(symbols) <= SHORT else self._at_once(symbols)

    def _one_by_one(self, symbols: bytes) -> Hits:
        automaton = self._current()
        hits: list[Hit] = []
        for place in self._places.finditer(symbols):
            its: dict[int, int] = {}
            self._walk(automaton, symbols, place.start(), BEGIN, its)
            hits.extend((place.start(), pattern, end) for pattern, end in its.items())
        return _columns(hits)

    def _current(self) -> Automaton:
        """The automaton; a new one where it has met too many states."""
        if len(self._automaton.rows) > MOST_STATES:
            self._automaton = self._automaton.anew()
        return self._automaton

    def _walk(self, automaton: Automaton, symbols: bytes, at: int, state: int, hits: dict[int, int]) -> None:
        """Follow the automaton from ``state`` before ``symbols[at]``; ``hits``: patterns and their furthest ends."""
        tied = self._tied_symbols
        rows, open_ends, bounded_ends = automaton.rows, automaton.open, automaton.bounded
        while True:
            after = (rows[state] or automaton.row(state))[symbols[at]]
            if after <= DEAD:
                if after == DEAD:
                    return
                after = automaton.step(state, symbols[at])
                if after == DEAD:
                    return
            state = after
            at += 1
            for pattern in open_ends[state]:
                hits[pattern] = at
            if bounded_ends[state] and symbols[at] not in tied:
                for pattern in bounded_ends[state]:
                    hits[pattern] = at

    def _at_once(self, symbols: bytes) -> Hits:
        codes = np.frombuffer(symbols, np.uint8)
        word = self._word[codes]
        digit = self._digit[codes]
        inside = np.zeros(len(codes), np.bool_)
        inside[1:] = word[1:] & word[:-1] & (digit[:-1] | ~digit[1:])
        starts = np.flatnonzero(self._begins[codes] & ~inside)
        runs = self.least_run[codes[starts], codes[np.minimum(starts + 1, len(codes) - 1)]]
        near = _next(digit)[starts] - starts < REACH
        starts = starts[near | (_next(~word)[starts] - starts >= runs)]
        parts = [self._walked(symbols, codes, starts[at : at + _SLICE]) for at in range(0, len(starts), _SLICE)]
        return Hits(*map(np.concatenate, zip(*parts, strict=True))) if parts else _columns([])

    def _walked(self, symbols: bytes, codes: npt.NDArray[np.uint8], starts: Longs) -> Hits:
        automaton = self._current()
        at, states = starts + 1, automaton.table[BEGIN, codes[starts]]
        met: list[_Met] = []
        late: list[Hit] = []
        while len(starts):
            following = codes[at]
            ends = automaton.ends[:, states]
            loose = ~self._tied[following]
            ending = np.flatnonzero(ends[0] | (ends[1] & loose))
            if len(ending):
                met.append((starts[ending], at[ending], 2 * states[ending].astype(np.int64) + loose[ending]))
            states = automaton.steps(states, following)
            alive = np.flatnonzero(states != DEAD)
            starts, at, states = starts[alive], at[alive] + 1, states[alive]
            if len(starts) <= _FEW:
                for start, here, state in zip(starts.tolist(), at.tolist(), states.tolist(), strict=True):
                    self._rest(automaton, symbols, start, here, state, late)
                break
        return _sorted(automaton, met, late)

    def _rest(self, automaton: Automaton, symbols: bytes, start: int, at: int, state: int, hits: list[Hit]) -> None:
        its: dict[int, int] = {}
        for pattern in automaton.open[state]:
            its[pattern] = at
        if symbols[at] not in self._tied_symbols:
            its.update(dict.fromkeys(automaton.bounded[state], at))
        self._walk(automaton, symbols, at, state, its)
        hits.extend((start, pattern, end) for pattern, end in its.items())


def least_runs(shapes: Sequence[Shape], net: Net, alphabet: Alphabet) -> Ints:
    """By two symbols that a pattern begins with: how many letters and digits must stand there, where no digit is near.

    It is so that most words of prose need not be walked at all.
    """
    word = frozenset(np.flatnonzero(alphabet.word).tolist())
    runs = np.full((256, 256), _NEVER, np.int32)
    far: dict[int, int] = {}
    for number, shape in enumerate(shapes):
        before, sure = to_first_digit(shape.node, alphabet.digits)
        if before >= REACH or not (sure or shape.needs_digit):
            far[number] = least_run(shape.node, word)[0]
    for number, first, second in beginnings(net):
        if number in far:
            pairs = np.ix_(np.flatnonzero(first), np.flatnonzero(second))
            runs[pairs] = np.minimum(runs[pairs], far[number])
    return runs


def _sorted(automaton: Automaton, met: Sequence[_Met], late: Sequence[Hit]) -> Hits:
    """All hits by start, the longest first, each with its furthest end. Sorted as single integers, which is quick."""
    begins, flat = automaton.endings()
    starts, ends, rows = (np.concatenate(columns) for columns in zip(*met, strict=True)) if met else ([_NONE] * 3)
    sizes = begins[rows + 1] - begins[rows]
    places = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    patterns = flat[np.repeat(begins[rows], sizes) + places]
    rest = _columns(late)
    starts = np.concatenate((np.repeat(starts, sizes), rest.starts))
    patterns = np.concatenate((patterns, rest.patterns))
    ends = np.concatenate((np.repeat(ends, sizes), rest.ends))
    sizes, count = ends - starts, int(patterns.max(initial=0)) + 1
    longest = int(sizes.max(initial=0)) + 1
    keys = np.sort((starts * count + patterns) * longest + sizes)
    last = np.ones(len(keys), np.bool_)
    last[:-1] = keys[1:] // longest != keys[:-1] // longest
    which, sizes = np.divmod(keys[last], longest)
    starts, patterns = np.divmod(which, count)
    keys = np.sort((starts * longest + (longest - sizes)) * count + patterns)
    which, patterns = np.divmod(keys, count)
    starts, sizes = np.divmod(which, longest)
    return Hits(starts, patterns, starts + longest - sizes)


def _columns(hits: Sequence[Hit]) -> Hits:
    columns = np.array(hits, np.int64).reshape(-1, 3)
    return Hits(columns[:, 0], columns[:, 1], columns[:, 2])


def _next(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """For every place the next one that is marked, itself included; far behind the end where there is none."""
    places = np.where(marked, np.arange(len(marked), dtype=np.int32), np.int32(_NEVER))
    return np.minimum.accumulate(places[::-1])[::-1]


def _members(symbols: npt.NDArray[np.intp]) -> bytes:
    """A class of a regular expression over symbols; never an empty one."""
    return b"[\xff%s]" % b"".join(b"\\x%02x" % symbol for symbol in symbols.tolist())
