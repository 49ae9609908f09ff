"""One automaton of all shapes, made deterministic as texts need it.

A state is the set of positions that the last symbol may have been. States are numbered as they are met, and their moves
remembered, so that the cost of a character is one look-up, however many patterns there are.
"""

import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pratique.detect.shapes.positions import Ints, Net

Longs = npt.NDArray[np.int64]
UNKNOWN, DEAD, BEGIN = -1, 0, 1
_ROOM = 256


class Known(NamedTuple):
    """States of an automaton, as arrays; what is seldom needed is a function."""

    table: Ints | npt.NDArray[np.int16]
    """By state and symbol: the next state, or `UNKNOWN`."""
    begins: Longs
    """As of `Automaton.endings`."""
    endings: Longs
    states: Callable[[], tuple[Ints, Ints]]
    """How many positions each state has, and all of them, one state after another."""


class Automaton:
    """Grows while it is used; safe for several threads."""

    def __init__(self, size: int, net: Callable[[], Net], known: Known | None = None) -> None:
        """``size``: how many symbols there are. ``net``: asked for with the first state that is not ``known``, which is
        what `kept` gave of the same net.
        """
        self._size = size
        self._of = net
        self._known = known
        self._lock = threading.Lock()
        self.open: list[tuple[int, ...]] = []
        """By state: the numbers of the patterns that may end there, whatever comes."""
        self.bounded: list[tuple[int, ...]] = []
        """By state: the numbers of those that end there if no letter or digit of ASCII comes."""
        self.rows: list[list[int]] = []
        """By state and symbol: the next state, or `UNKNOWN`; empty where nobody asked yet (`row`)."""
        self.table = np.empty((_ROOM, size), np.int32)
        """The same as one array; behind the last state, anything."""
        self.ends = np.zeros((2, _ROOM), np.bool_)
        """By state: whether any of `open` ends there, and any of `bounded`."""
        self._begins: Longs = np.zeros(2 * _ROOM + 1, np.int64)
        self._endings: Longs = np.zeros(_ROOM, np.int64)
        if known is not None:
            self._restore(known)
            return
        net_ = self._net
        self._number(np.zeros(0, np.int32))
        self._number(np.array([-1], np.int32))
        self.rows[DEAD] = [DEAD] * size
        self.table[DEAD] = DEAD
        for symbol in range(size):
            self._move(
                BEGIN, symbol, np.unique(net_.firsts[net_.symbols[net_.firsts, symbol]]) if symbol else net_.firsts[:0]
            )

    def anew(self) -> "Automaton":
        """Another of the same patterns, that has met no states but those that were known from the beginning."""
        return Automaton(self._size, self._of, self._known)

    def kept(self) -> Known:
        """The states that are known."""
        count = len(self.rows)
        sizes = np.array([len(state) for state in self._states], np.int32)
        states = np.concatenate(self._states)
        begins, endings = self.endings()
        return Known(self.table[:count], begins, endings, lambda: (sizes, states))

    def complete(self) -> None:
        """Make every move from one known state to another. Some two seconds for all built-in patterns."""
        net, numbers = self._net, self._numbers
        for state in range(BEGIN + 1, self.count):
            following = np.unique(_following(net, self._states[state]))
            reached, row = net.symbols[following], self.table[state]
            for symbol in np.flatnonzero(row == UNKNOWN).tolist():
                row[symbol] = numbers.get(following[reached[:, symbol]].tobytes(), UNKNOWN)
            self.rows[state] = []

    def _restore(self, known: Known) -> None:
        count = len(known.table)
        self.table = np.empty((2 * count + _ROOM, self._size), np.int32)  # what no state has touched takes no memory
        self.table[:count] = known.table
        self.rows = [[]] * count
        self.ends = np.zeros((2, len(self.table)), np.bool_)
        self.open, self.bounded = [()] * count, [()] * count
        self._begins, self._endings = known.begins, known.endings
        firsts, seconds, ends = known.begins[:-1:2], known.begins[1::2], known.begins[2::2]
        ties = 2 * seconds - firsts
        self.ends[0, :count], self.ends[1, :count] = firsts < seconds, ties < ends
        endings = known.endings.tolist()
        for patterns, begins, stops in ((self.open, firsts, seconds), (self.bounded, ties, ends)):
            some = np.flatnonzero(begins < stops)
            spans = zip(some.tolist(), begins[some].tolist(), stops[some].tolist(), strict=True)
            for state, begin, stop in spans:
                patterns[state] = tuple(endings[begin:stop])

    @cached_property
    def _net(self) -> Net:
        return self._of()

    @cached_property
    def _states(self) -> list[Ints]:
        if self._known is None:
            return []
        sizes, states = self._known.states()
        ends = np.cumsum(sizes).tolist()
        return [states[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {state.tobytes(): number for number, state in enumerate(self._states)}

    @property
    def count(self) -> int:
        """How many states are known."""
        return len(self.rows)  # which grow last

    def step(self, state: int, symbol: int) -> int:
        """The state after ``state`` and ``symbol``."""
        known = (self.rows[state] or self.row(state))[symbol]
        return known if known != UNKNOWN else self._found(state, symbol)

    def row(self, state: int) -> list[int]:
        """What `rows` holds of a state."""
        row: list[int] = self.table[state].tolist()
        self.rows[state] = row
        return row

    def steps(self, states: Ints, symbols: npt.NDArray[np.uint8]) -> Ints:
        """`step` of many at once."""
        after = self.table[states, symbols]
        unknown = np.flatnonzero(after == UNKNOWN)
        if len(unknown):
            pairs = states[unknown].astype(np.int64) * self._size + symbols[unknown]
            distinct, places = np.unique(pairs, return_inverse=True)
            new = [self.step(*divmod(pair, self._size)) for pair in distinct.tolist()]
            after[unknown] = np.array(new, np.int32)[places]
        return after

    def endings(self) -> tuple[Longs, Longs]:
        """Where each state's patterns begin in one array of all, and that array.

        Row ``2 * state`` holds those of `open`, row ``2 * state + 1`` those of `open` and `bounded`.
        """
        end = 2 * len(self.open) + 1
        return self._begins[:end], self._endings[: int(self._begins[end - 1])]

    def _end(self, state: int, free: list[int], tied: list[int]) -> None:
        """Let patterns end at a new state."""
        self.open.append(tuple(free))
        self.bounded.append(tuple(tied))
        self.ends[:, state] = bool(free), bool(tied)
        row = 2 * state
        if row + 2 >= len(self._begins):
            self._begins = np.concatenate((self._begins, np.zeros_like(self._begins)))
        first = int(self._begins[row])
        second, last = first + len(free), first + 2 * len(free) + len(tied)
        while last > len(self._endings):
            self._endings = np.concatenate((self._endings, np.zeros_like(self._endings)))
        self._endings[first:last] = [*free, *free, *tied]
        self._begins[row + 1 : row + 3] = second, last

    def _found(self, state: int, symbol: int) -> int:
        from pratique.detect import native  # noqa: PLC0415 - which is made of this

        with self._lock:
            net, positions = self._net, self._states[state]
            if native.part is not None:
                told = native.part.follow(net.symbols.view(np.uint8), net.begins, net.follow, positions, symbol)
                return self._move(state, symbol, np.frombuffer(told, np.int32))
            following = _following(net, positions)
            return self._move(state, symbol, np.unique(following[net.symbols[following, symbol]]))

    def _move(self, state: int, symbol: int, positions: Ints) -> int:
        """``positions``: ascending, of the state that follows."""
        number = self._number(positions)
        self.table[state, symbol] = number
        if self.rows[state]:
            self.rows[state][symbol] = number
        return number

    def _number(self, positions: Ints) -> int:
        key = positions.tobytes()
        known = self._numbers.get(key)
        if known is not None:
            return known
        number = len(self.rows)
        if number >= len(self.table):
            larger = np.empty((2 * number, self._size), np.int32)
            larger[:number] = self.table
            self.table = larger
            self.ends = np.concatenate((self.ends, np.zeros_like(self.ends)), axis=1)
        ending = np.unique(self._net.ends[positions[positions >= 0]])
        ending = ending[ending >= 0]
        tied = self._net.bounded[ending]
        self.table[number] = UNKNOWN
        self.table[number, 0] = DEAD
        self._states.append(positions)
        self._end(number, ending[~tied].tolist(), ending[tied].tolist())
        self.rows.append([DEAD] + [UNKNOWN] * (self._size - 1))
        self._numbers[key] = number
        return number


def _following(net: Net, positions: Ints) -> Ints:
    """The positions that may follow some, as often as they do."""
    begins = net.begins[positions]
    sizes = net.begins[positions + 1] - begins
    return net.follow[np.repeat(begins - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))]


def beginnings(net: Net) -> Iterator[tuple[int, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]:
    """Of every position that a pattern may begin with: the pattern, its symbols, and those that may come second."""
    for position in net.firsts.tolist():
        following = net.follow[net.begins[position] : net.begins[position + 1]]
        second = net.symbols[following].any(axis=0) | (net.ends[position] >= 0)
        yield int(net.patterns[position]), net.symbols[position], second
