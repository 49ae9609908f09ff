"""Tables in running text: the head of a column is the label of every cell below it.

A table is two lines or more, parted alike (by tabs, bars, semicolons, or runs of blanks) into equally many cells; its
first line is its head, if it has no digit. Lines are read once a text, so the cost is linear.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

_PARTS = tuple(map(re.compile, ("\t", r" ?\| ?", "; ?", " {2,}")))
"""What parts cells; of a line, the first that is in it counts."""
_LONGEST_LINE = 1_000
_MOST_CELLS = 40
_DIGIT = re.compile("[0-9]")

Span = tuple[int, int]


class Row(NamedTuple):
    """A line below a head."""

    start: int
    end: int
    head: int
    """Where the line with the heads begins."""
    heads: tuple[Span, ...]
    """The head of each column."""
    part: re.Pattern[str]


class Columns:
    """The tables of one text."""

    def __init__(self, text: str, first: int = 0, last: int | None = None) -> None:
        """Of ``text[first:last]``, with offsets in the whole."""
        self._text = text
        self._rows = list(_rows(text, first, len(text) if last is None else last))
        self._starts = [row.start for row in self._rows]

    @property
    def any(self) -> bool:
        """Whether there are tables."""
        return bool(self._rows)

    def cell(self, start: int) -> tuple[Row, Span] | None:
        """The row in which ``text[start]`` stands, and the head of its column; None outside of tables."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or start >= self._rows[at].end:
            return None
        row = self._rows[at]
        column = sum(1 for _ in row.part.finditer(self._text, row.start, start))
        return (row, row.heads[column]) if column < len(row.heads) else None


def _rows(text: str, start: int, last: int) -> list[Row]:
    rows: list[Row] = []
    head: tuple[int, re.Pattern[str], tuple[Span, ...]] | None = None
    while start <= last:
        end = text.find("\n", start, last)
        end = last if end < 0 else end
        if head is not None:
            found = _cells(text, start, end, head[1])
            if len(found) == len(head[2]):
                rows.append(Row(start, end, head[0], head[2], head[1]))
            else:
                head = None
        if head is None:
            head = _head(text, start, end)
        start = end + 1
    return rows


def _head(text: str, start: int, end: int) -> tuple[int, re.Pattern[str], tuple[Span, ...]] | None:
    if not 0 < end - start <= _LONGEST_LINE:
        return None
    part = next((part for part in _PARTS if part.search(text, start, end)), None)
    if part is None or _DIGIT.search(text, start, end):
        return None
    cells = _cells(text, start, end, part)
    if not 1 < len(cells) <= _MOST_CELLS or not all(text[first:last].strip(" |") for first, last in cells[:2]):
        return None
    return start, part, cells


def _cells(text: str, start: int, end: int, part: re.Pattern[str]) -> tuple[Span, ...]:
    if end - start > _LONGEST_LINE:
        return ()
    cells, first = [], start
    for found in part.finditer(text, start, end):
        cells.append((first, found.start()))
        first = found.end()
    return (*cells, (first, end))
