"""Patterns that no shape begins: RE2 runs them over whole texts, or where native code has seen that they may match.

Both give what `finditer` of each pattern gives over all texts: the first match, the longest from there, and so on from
its end. What native code leaves out cannot match: a part of an address on the net stands in a run of characters with
its sign in it, and from where any other match begins, an automaton of all these patterns (`pratique.detect.shapes`,
with repetitions as they are) gets to an end.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pratique.detect import native
from pratique.detect.judging import Group
from pratique.detect.shapes.automaton import Automaton
from pratique.detect.shapes.positions import Builder
from pratique.detect.shapes.symbols import Alphabet
from pratique.detect.shapes.syntax import Reader, UnreadableError
from pratique.detect.shapes.trees import edge_symbols

_SIGNS = {b"@": 1, b"://": 2, b".": 4}
"""By what a pattern looks for (`Pattern.look`): its bit, as in `passes.c`."""
_MARKS = "@:/. \t\r"
"""As `passes.c` wants them: what the signs are made of, and what no pattern with a sign has in it."""
_LINE = -1
"""In place of a pattern: all may match, from there to the end of the line."""

Match = tuple[int, int, int, Group]
"""The text's number, start and end in it, and the pattern."""
Span = tuple[int, int]


class Passes:
    """Immutable but for an automaton, which grows; safe for several threads."""

    def __init__(self, groups: Sequence[Group], alphabet: Alphabet, flags: bytes) -> None:
        """``flags``: what the symbols are (`pratique.detect.native`)."""
        self._groups = groups
        self._alphabet = alphabet
        self._flags = flags
        self._signs = [_SIGNS.get(group.look, 0) for group in groups]

    def matches(self, joined: str, starts: Sequence[int], symbols: bytes) -> Iterator[Match]:
        """Of all patterns in texts joined by line feeds, by pattern. ``starts``: of the texts, and behind the last."""
        page = _Page(joined)
        for group, spans in self._everywhere(page) if native.part is None else self._where(page, symbols):
            for span in spans:
                start, end = page.characters(span)
                at = bisect_right(starts, start) - 1
                yield at, start - starts[at], end - starts[at], group

    def _everywhere(self, page: "_Page") -> Iterator[tuple[Group, Iterator[Span]]]:
        for group in self._groups:
            if group.look in page.data:
                yield group, _spans(group.regex.finditer(page.data))

    def _where(self, page: "_Page", symbols: bytes) -> Iterator[tuple[Group, Iterator[Span]]]:
        tokens: list[tuple[int, int, int]] | None = None
        places: dict[int, list[int]] | None = None
        for number, (group, sign) in enumerate(zip(self._groups, self._signs, strict=True)):
            if sign:
                if tokens is None:
                    tokens = native.tokens(symbols, self._flags, self._marks)
                within = [(start, end) for start, end, kinds in tokens if kinds & sign]
                if within:
                    yield group, _within(group, page, within)
            elif number not in self._gated[0]:
                yield group, _spans(group.regex.finditer(page.data))
            else:
                if places is None:
                    places = self._places(symbols)
                here, lines = places.get(self._gated[0][number], []), places.get(_LINE, [])
                if here or lines:
                    yield group, _from(group, page, here, lines)

    @cached_property
    def _marks(self) -> bytes:
        return bytes(map(self._alphabet.symbol, _MARKS))

    @cached_property
    def _gated(self) -> tuple[dict[int, int], native.Gate]:
        """By number of a pattern its number in the automaton, and what walks that. Made in some 40 ms."""
        reader = Reader(self._alphabet)
        tied = self._alphabet.digits | self._alphabet.letters
        shapes, gated = [], {}
        for number, (group, sign) in enumerate(zip(self._groups, self._signs, strict=True)):
            if not sign:
                try:
                    shape = reader.read(group.source)
                except UnreadableError:
                    continue
                bounded = group.source.endswith(r"\b") and edge_symbols(shape.node, last=True) <= tied
                shapes.append(replace(shape, bounded=bounded))
                gated[number] = len(shapes) - 1
        net = Builder(self._alphabet, loops=True).net(shapes)
        return gated, native.Gate(Automaton(self._alphabet.size, lambda: net), self._flags, len(shapes))

    def _places(self, symbols: bytes) -> dict[int, list[int]]:
        """By pattern of the automaton the places, ascending, from which it may match."""
        places: dict[int, list[int]] = {}
        for start, pattern in self._gated[1].find(symbols):
            places.setdefault(pattern, []).append(start)
        return places


class _Page:
    """Texts joined, as characters and as UTF-8."""

    def __init__(self, joined: str) -> None:
        self.data = joined.encode("utf-8")
        self._plain = len(self.data) == len(joined)

    @cached_property
    def _offsets(self) -> npt.NDArray[np.int64]:
        """Of every character, and of the end of the last."""
        begins = (np.frombuffer(self.data, np.uint8) & 0xC0) != 0x80  # noqa: PLR2004 - continuation bytes are 10xxxxxx
        return np.append(np.flatnonzero(begins), len(self.data))

    def offset(self, place: int) -> int:
        """Of a character in ``data``."""
        return place if self._plain else int(self._offsets[place])

    def characters(self, span: Span) -> Span:
        """Of a part of ``data`` the first character and behind the last."""
        return span if self._plain else (bisect_left(self._offsets, span[0]), bisect_left(self._offsets, span[1]))


def _spans(found: Iterable[Any]) -> Iterator[Span]:
    return (matched.span() for matched in found)


def _within(group: Group, page: _Page, spans: Sequence[Span]) -> Iterator[Span]:
    """The matches in some parts; what parts them is in none."""
    for first, last in spans:
        yield from _spans(group.regex.finditer(page.data, page.offset(first), page.offset(last)))


def _from(group: Group, page: _Page, places: Sequence[int], lines: Sequence[int]) -> Iterator[Span]:
    """The matches that begin at one of some places, or from one of ``lines`` on before the line ends."""
    until, whole = 0, frozenset(lines)
    for place in sorted(whole.union(places)):
        start = page.offset(place)
        if start < until:
            continue
        if place in whole:
            until = page.data.find(b"\n", start)
            until = len(page.data) if until < 0 else until
            yield from _spans(group.regex.finditer(page.data, start, until))
        elif (matched := group.regex.match(page.data, start)) is not None:
            until = matched.end()
            yield matched.span()
