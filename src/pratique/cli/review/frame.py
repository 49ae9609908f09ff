"""A screen as lines of cells: made safe, cut and wrapped to a width in columns, and put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from pratique.cli.show import Cell, Style
from pratique.cli.text import safe

Line = list[Cell]
"""One line; every text in it is safe to show."""

SMALLEST = (40, 12)
"""Columns and lines below which nothing useful can be shown."""
ELLIPSIS = "…"
_MOST = 4
"""Characters that one column may be made of."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a terminal."""

    width: int
    height: int


def line(*cells: str | Cell) -> Line:
    """Cells side by side, made safe."""
    return [Cell(safe(c.text), c.style) if isinstance(c, Cell) else Cell(safe(c)) for c in cells]


def text_of(of: Line) -> str:
    """What a line says."""
    return "".join(cell.text for cell in of)


def width_of(of: Line) -> int:
    """How many columns a line takes."""
    return sum(cell_len(cell.text) for cell in of)


def cut(of: Line, width: int) -> Line:
    """The line, no wider than ``width``; what is cut off shows as an ellipsis."""
    if width_of(of) <= width:
        return of
    left, found = max(width - 1, 0), Line()
    for cell in of:
        kept = _head(cell.text, left)
        found.append(Cell(kept, cell.style))
        left -= cell_len(kept)
        if kept != cell.text:
            break
    return [*found, Cell(ELLIPSIS[:width])]


def sides(left: Line, right: Line, width: int) -> Line:
    """Two lines in one, the second at the right edge; the first gives way."""
    right = cut(right, width)
    room = width - width_of(right)
    left = cut(left, max(room - 2, 0))
    return [*left, Cell(" " * (room - width_of(left))), *right]


def wrap(text: str | Cell, width: int, *, first: Line | None = None, indent: int = 0) -> list[Line]:
    """A text over several lines, broken at spaces where it can be; after ``first``, then under an indent."""
    cell = text if isinstance(text, Cell) else Cell(text)
    start = first or []
    found: list[Line] = []
    for piece in _pieces(safe(cell.text), max(width - width_of(start), 8), max(width - indent, 8)):
        found.append([*(start if not found else [Cell(" " * indent)]), Cell(piece, cell.style)])
    return found or [start]


def flow(
    parts: Sequence[str],
    width: int,
    *,
    style: Style = Style.PLAIN,
    gap: int = 3,
    first: Line | None = None,
    indent: int = 0,
) -> list[Line]:
    """Parts one after the other, each whole on its line where a line is long enough; as `wrap` otherwise."""
    start = first or []
    rows: list[str] = []
    for part in parts:
        longer = f"{rows[-1]}{' ' * gap}{part}" if rows else part
        taken = width_of(start) if len(rows) <= 1 else indent
        if rows and taken + cell_len(safe(longer)) <= width:
            rows[-1] = longer
        else:
            rows.append(part)
    found: list[Line] = []
    for row in rows:
        begin = [Cell(" " * indent)] if found else start
        found += wrap(Cell(row, style), width, first=begin, indent=indent)
    return found or [start]


def shortened(lines: Sequence[Line], most: int, width: int) -> list[Line]:
    """At most so many of the lines; an ellipsis says that there are more."""
    if len(lines) <= most:
        return list(lines)
    last = lines[most - 1]
    fits = width_of(last) + 2 <= width
    return [*lines[: most - 1], [*(last if fits else cut(last, width - 2)), Cell(f" {ELLIPSIS}", Style.FAINT)]]


def window(at: int, total: int, height: int) -> tuple[range, list[Line]]:
    """The page of rows that row ``at`` is on, and a line that counts the others; all rows where they fit."""
    if total <= height:
        return range(total), []
    page = max(1, height - 1)
    start = at - at % page
    shown = range(start, min(start + page, total))
    others = [f"{number:,} {where}" for number, where in ((start, "above"), (total - shown.stop, "below")) if number]
    return shown, [line(Cell(f"{ELLIPSIS} {', '.join(others)}", Style.FAINT))]


def _pieces(text: str, first: int, rest: int) -> Iterator[str]:
    room, now = first, ""
    for word in text.split(" "):
        left = word
        if now and cell_len(now) + 1 + cell_len(left) <= room:
            now += f" {left}"
            continue
        if now:
            yield now
            room, now = rest, ""
        while cell_len(left) > room:
            head = _head(left, room) or left[:1]
            yield head
            left, room = left[len(head) :], rest
        now = left
    if now:
        yield now


def _head(text: str, width: int) -> str:
    """As much of a text as fits; at least nothing, and never a heap of marks on one letter."""
    fits = 0
    for end in range(1, min(len(text), _MOST * width + _MOST) + 1):
        if cell_len(text[:end]) > width:
            break
        fits = end
    return text[:fits]


def columns(rows: Sequence[Sequence[str | Cell]], width: int, *, gap: int = 2, widest: int = 34) -> list[Line]:
    """Rows with their cells under each other; all columns but the last are at most ``widest``."""
    lines = [[line(cell)[0] for cell in row] for row in rows]
    if not lines:
        return []
    count = max(len(row) for row in lines)
    widths = [
        min(widest, max((cell_len(row[at].text) for row in lines if at < len(row)), default=0)) for at in range(count)
    ]
    found = []
    for row in lines:
        made: Line = []
        for at, cell in enumerate(row):
            if at + 1 == len(row):
                made.append(cell)
                continue
            [*kept] = cut([cell], widths[at])
            made += [*kept, Cell(" " * (widths[at] - width_of(kept) + gap))]
        found.append(cut(made, width))
    return found


def frame(
    size: Size, head: tuple[Line, Line], body: Sequence[Line], message: Sequence[Line], keys: Sequence[Line]
) -> list[Line]:
    """A whole screen, exactly as many lines as the terminal has: head, body, message, keys."""
    rule = [Cell("─" * size.width, Style.FAINT)]
    foot = [rule, *message, *keys]
    room = size.height - 2 - len(foot)
    shown = [cut(one, size.width) for one in body[: max(room, 0)]]
    shown += [[] for _ in range(room - len(shown))]
    whole = [sides(*head, size.width), rule, *shown, *(cut(one, size.width) for one in foot)]
    return whole[: size.height]
