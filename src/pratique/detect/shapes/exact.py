"""One pattern as an automaton that says all, in texts of ASCII: how long its longest match is.

A shape (`pratique.detect.shapes.finder`) knows the digits 4 to 8 as one and gives up endless parts; where it is not
exact, RE2 is asked, which takes microseconds a question. Here every character of ASCII is itself, repetitions go on,
and all states are made at once; there are few, for patterns are short.
"""

import struct
from functools import lru_cache
from typing import Any

import numpy as np

from pratique.detect.shapes.positions import Builder, Net
from pratique.detect.shapes.symbols import END, FAR, FAR_OTHER, Alphabet
from pratique.detect.shapes.syntax import Reader, UnreadableError
from pratique.detect.shapes.trees import MOST_COPIES, Node, One, edge_symbols

MOST_STATES = 600
"""A pattern of more states is RE2's."""
_ASCII = 0x80
_DEAD = 0
_NO_END, _ENDS, _ENDS_WORD = range(3)
"""Of a state, as in `exact.c`: whether a match ends there; only where no letter, digit or underscore follows."""


class _Fine(Alphabet):
    """Every character of ASCII but the line feed is a symbol of its own; those beyond are not told apart."""

    def __init__(self) -> None:
        super().__init__("")
        self.size = 2 * _ASCII
        self.word = np.array([symbol >= _ASCII and chr(symbol - _ASCII).isalnum() for symbol in range(self.size)])
        self.digits = frozenset(map(self.symbol, "0123456789"))
        self.letters = frozenset(symbol for symbol in range(_ASCII, self.size) if chr(symbol - _ASCII).isalpha())
        self.far = FAR

    def symbol(self, character: str) -> int:
        """The symbol of one character."""
        code = ord(character)
        return FAR_OTHER if code >= _ASCII else END if character == "\n" else _ASCII + code

    def whole(self, symbol: int) -> frozenset[str]:
        """Every character of a symbol of ASCII."""
        return frozenset(chr(symbol - _ASCII) if symbol >= _ASCII else "\n" if symbol == END else "")


class _FineReader(Reader):
    """Reads patterns as they are for texts of ASCII."""

    def exactly(self, regex: str) -> tuple[Net, bool] | None:
        """The pattern's positions, and whether it ends where a word does; None where that does not say all."""
        try:
            shape = self.read(regex)
        except UnreadableError:
            return None
        tied = self.alphabet.digits | self.alphabet.letters
        begins, bounded = self._bounds
        # A boundary beside anything but a letter or digit is another condition.
        sound = self._exact and (not begins or edge_symbols(shape.node) <= tied)
        if not sound or (bounded and not edge_symbols(shape.node, last=True) <= tied):
            return None
        return Builder(self.alphabet, loops=True).net([shape]), bounded

    def _one(self, characters: Any) -> tuple[One, bool]:
        return super()._one(characters)[0], True

    def _times(self, part: Node, least: int, most: int | None) -> Node:
        self._exact = self._exact and max(least, most or 0) <= MOST_COPIES  # else it becomes endless
        return super()._times(part, least, most)


_READER = _FineReader(_Fine())


@lru_cache(maxsize=2_000)
def exact(regex: str) -> bytes | None:
    """The automaton of a pattern, as `exact.c` reads it; None where it has too many states, or no automaton says all
    that the pattern says.
    """
    read = _READER.exactly(regex)
    if read is None:
        return None
    net, bounded = read
    columns: dict[bytes, int] = {bytes(len(net.symbols)): 0}
    packed = net.symbols[:, _ASCII:]
    classes = bytearray(_ASCII)
    for code in range(_ASCII):
        symbol = packed[:, code].tobytes()
        classes[code] = columns.setdefault(symbol, len(columns)) if code != ord("\n") else 0
    masks = [_mask(np.flatnonzero(np.frombuffer(column, np.bool_)).tolist()) for column in columns]
    follow = [_mask(net.follow[net.begins[p] : net.begins[p + 1]].tolist()) for p in range(len(net.symbols))]
    last = _mask(np.flatnonzero(net.ends >= 0).tolist())
    return _determined(classes, masks, follow, _mask(net.firsts.tolist()), last, _ENDS_WORD if bounded else _ENDS)


def _determined(
    classes: bytes | bytearray, masks: list[int], follow: list[int], firsts: int, last: int, ends: int
) -> bytes | None:
    """All states, each a set of positions as bits. ``firsts``: what the first state may go on to."""
    numbers: dict[int, int] = {}
    following = [0, firsts]
    rows = [[_DEAD] * len(masks)]
    told = bytearray((_NO_END, _NO_END))
    while len(rows) < len(following):
        if len(following) > MOST_STATES:
            return None
        state, row = following[len(rows)], []
        for mask in masks:
            positions = state & mask
            if positions and positions not in numbers:
                numbers[positions] = len(following)
                following.append(_followed(positions, follow))
                told.append(ends if positions & last else _NO_END)
            row.append(numbers[positions] if positions else _DEAD)
        rows.append(row)
    sizes = struct.pack("=HH", len(masks), len(rows))
    return sizes + bytes(classes) + np.array(rows, np.uint16).tobytes() + bytes(told)


def _mask(positions: list[int]) -> int:
    mask = 0
    for position in positions:
        mask |= 1 << position
    return mask


def _followed(positions: int, follow: list[int]) -> int:
    found = 0
    while positions:
        lowest = positions & -positions
        found |= follow[lowest.bit_length() - 1]
        positions ^= lowest
    return found
