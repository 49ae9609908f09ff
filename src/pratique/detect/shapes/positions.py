"""Patterns as positions: each symbol in a pattern is one, and follows others (Glushkov's construction)."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pratique.detect.shapes.symbols import Alphabet
from pratique.detect.shapes.trees import Either, Node, One, Row, Shape, Times

Ints = npt.NDArray[np.int32]


class Net(NamedTuple):
    """The positions of all patterns, as arrays."""

    symbols: npt.NDArray[np.bool_]
    """By position and symbol: whether it may be that symbol."""
    begins: Ints
    """By position: where those that may follow it begin in ``follow``; one more, for the end of the last."""
    follow: Ints
    ends: Ints
    """By position: the number of the pattern that may end there, or -1."""
    firsts: Ints
    """Positions that a pattern may begin with."""
    patterns: Ints
    """By position: its pattern."""
    bounded: npt.NDArray[np.bool_]
    """By pattern: whether it ends at a boundary of words."""


class _Part:
    """Of a part of a pattern: whether it may be empty, its first positions, and those after which the pattern goes on.

    ``cut``: the pattern may be given up before this part, which an endless repetition begins.
    """

    __slots__ = ("cut", "empty", "first", "last")

    def __init__(self, first: AbstractSet[int], last: AbstractSet[int], *, empty: bool, cut: bool = False) -> None:
        self.first, self.last, self.empty, self.cut = first, last, empty, cut


class Builder:
    """Makes a `Net`."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._digits = alphabet.digits
        self._size = alphabet.size
        self._of: list[AbstractSet[int]] = []
        self._follow: list[set[int]] = []
        self._ends: dict[int, int] = {}
        self._pattern = 0

    def net(self, shapes: Iterable[Shape]) -> Net:
        """Of the patterns of these shapes."""
        firsts: list[int] = []
        bounded: list[bool] = []
        patterns: list[int] = []
        for number, shape in enumerate(shapes):
            self._pattern = number
            bounded.append(shape.bounded)
            before = len(self._of)
            part = self._part(shape.node)
            self._end(part.last)
            firsts += sorted(self._with_digit(before, part.first) if shape.needs_digit else part.first)
            patterns += [number] * (len(self._of) - before)
        symbols = np.zeros((len(self._of), self._size), np.bool_)
        for position, its in enumerate(self._of):
            symbols[position, list(its)] = True
        begins = np.zeros(len(self._of) + 1, np.int32)
        np.cumsum([len(following) for following in self._follow], out=begins[1:])
        follow = np.array([p for following in self._follow for p in sorted(following)], np.int32)
        ends = np.full(len(self._of), -1, np.int32)
        ends[list(self._ends)] = list(self._ends.values())
        return Net(
            symbols, begins, follow, ends, np.array(firsts, np.int32), np.array(patterns, np.int32),
            np.array(bounded, np.bool_),
        )  # fmt: skip

    def _part(self, node: Node) -> _Part:
        if isinstance(node, One):
            position = len(self._of)
            self._of.append(node.symbols)
            self._follow.append(set())
            one = frozenset((position,))
            return _Part(one, one, empty=False)
        if isinstance(node, Row):
            return self._row([self._part(part) for part in node.parts])
        if isinstance(node, Either):
            ways = [self._part(way) for way in node.ways]
            first = {position for way in ways for position in way.first}
            last = {position for way in ways for position in way.last}
            return _Part(first, last, empty=any(way.empty for way in ways), cut=any(way.cut for way in ways))
        return self._times(node)

    def _with_digit(self, before: int, first: AbstractSet[int]) -> set[int]:
        """Let the last pattern, whose positions begin at ``before``, end only behind a digit; its first positions.

        Every position is there three times: as it is without digits, with digits only, and in all behind a digit.
        """
        count = len(self._of) - before
        plain = range(before, before + count)
        self._of += [self._of[p] & self._digits for p in plain] + [self._of[p] for p in plain]
        self._follow += [{p + 2 * count for p in self._follow[p]} for p in plain] * 2
        for position in plain:
            self._of[position] -= self._digits
            self._follow[position] |= {p + count for p in self._follow[position]}
            if self._ends.pop(position, None) is not None:
                self._end({position + count, position + 2 * count})
        return {p for position in first for p in (position, position + count)}

    def _end(self, positions: AbstractSet[int]) -> None:
        self._ends.update(dict.fromkeys(positions, self._pattern))

    def _row(self, parts: Sequence[_Part]) -> _Part:
        whole = _Part(frozenset(), frozenset(), empty=True)
        for part in parts:
            for position in whole.last:
                self._follow[position] |= part.first
            if part.cut:
                self._end(whole.last)
            first = whole.first | part.first if whole.empty else whole.first
            last = whole.last | part.last if part.empty else part.last
            cut = whole.cut or (whole.empty and part.cut)
            whole = _Part(first, last, empty=whole.empty and part.empty, cut=cut)
        return whole

    def _times(self, node: Times) -> _Part:
        copies = [self._part(node.part) for _ in range(node.least if node.most is None else node.most)]
        if node.most is None:
            return self._row([*copies, _Part(frozenset(), frozenset(), empty=False, cut=True)])
        for at in range(node.least, node.most):
            copies[at].empty = True
        return self._row(copies)
