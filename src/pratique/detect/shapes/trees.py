"""Patterns as trees over symbols, and what can be known of one without a text."""

from dataclasses import dataclass

MOST_COPIES = 96
"""Times that a repetition is written out; a longer one counts as endless."""


@dataclass(frozen=True, slots=True)
class One:
    """One character of some symbols."""

    symbols: frozenset[int]


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other; none: the empty text."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """One of several ways."""

    ways: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Times:
    """A part ``least`` to ``most`` times; no ``most``: endless, and nothing of the pattern behind it is looked at."""

    part: "Node"
    least: int
    most: int | None


Node = One | Row | Either | Times


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern, read."""

    node: Node
    exact: bool
    """Whether the tree accepts what the pattern matches and nothing else."""
    bounded: bool
    """Whether the pattern ends at a boundary of words."""
    endless: bool
    """Whether it goes on without an end, so that the tree is only its beginning."""
    least: int
    """Characters of the shortest text that the tree accepts."""
    needs_digit: bool = False
    """Whether only texts with an ASCII digit count."""


def edge_symbols(node: Node, *, last: bool = False) -> frozenset[int]:
    """The symbols that a part may begin with; ``last``: may end with."""
    if isinstance(node, One):
        return node.symbols
    if isinstance(node, Either):
        return frozenset[int]().union(*(edge_symbols(way, last=last) for way in node.ways))
    if isinstance(node, Times):
        return edge_symbols(node.part, last=last)
    found: frozenset[int] = frozenset()
    for part in reversed(node.parts) if last else node.parts:
        found |= edge_symbols(part, last=last)
        if least_length(part)[0]:
            break
    return found


def to_first_digit(node: Node, digits: frozenset[int]) -> tuple[int, bool]:
    """Characters that may stand before the first digit of a part at most, and whether there always is one.

    Without a digit the former is the length of the longest text; `MOST_COPIES` squared stands for an endless one.
    """
    if isinstance(node, One):
        return (0, True) if node.symbols <= digits else (1, False)
    if isinstance(node, Either):
        ways = [to_first_digit(way, digits) for way in node.ways]
        return max(most for most, _ in ways), all(sure for _, sure in ways)
    if isinstance(node, Row):
        most = 0
        for part in node.parts:
            more, sure = to_first_digit(part, digits)
            most += more
            if sure:
                return most, True
        return most, False
    most, sure = to_first_digit(node.part, digits)
    if sure and node.least:
        return most, True
    return (MOST_COPIES**2 if node.most is None else most * node.most), False


def least_run(node: Node, word: frozenset[int]) -> tuple[int, bool]:
    """Letters and digits that a part begins with at least, and whether it may have no other characters."""
    if isinstance(node, One):
        return (1, True) if node.symbols <= word else (0, False)
    if isinstance(node, Either):
        ways = [least_run(way, word) for way in node.ways]
        return min(least for least, _ in ways), all(whole for _, whole in ways)
    if isinstance(node, Row):
        least = 0
        for part in node.parts:
            more, whole = least_run(part, word)
            least += more
            if not whole:
                return least, False
        return least, True
    least, whole = least_run(node.part, word)
    return (least * node.least, True) if whole else (least if node.least else 0, False)


def least_length(node: Node) -> tuple[int, bool]:
    """Characters of the shortest text that a part accepts, and whether that text ends in an endless repetition."""
    if isinstance(node, One):
        return 1, False
    if isinstance(node, Either):
        ways = [least_length(way) for way in node.ways]
        return min(length for length, _ in ways), any(endless for _, endless in ways)
    if isinstance(node, Row):
        length = 0
        for part in node.parts:
            more, endless = least_length(part)
            length += more
            if endless:
                return length, True
        return length, False
    length, endless = least_length(node.part)
    return node.least * length, endless or node.most is None
