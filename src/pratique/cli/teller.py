"""The demo's story on the screen: prose at a width that reads well, commands that can be copied."""

import re
import shutil
import textwrap
from collections.abc import Sequence

from pratique.cli.progress import Progress
from pratique.cli.show import Cell, Column, Screen, Style
from pratique.demo.telling import Mood

_WIDEST = 80
_PIECE = re.compile(r"--[a-z-]+ (?:'[^']*'|[^\s'-][^\s']*)|(?:[^\s']|'[^']*')+")
"""A word of a command, or an option with its value."""
_STYLES = {Mood.PLAIN: Style.PLAIN, Mood.GOOD: Style.GOOD, Mood.ATTENTION: Style.ATTENTION, Mood.FAINT: Style.FAINT}


class ScreenTeller:
    """Tells the story on a screen; prose and commands never wider than 80 columns."""

    def __init__(self, screen: Screen, bar: Progress) -> None:
        self._screen = screen
        self._bar = bar
        self._width = max(40, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))
        self._began = False

    def chapter(self, title: str) -> None:
        """A line of its own, with space before it."""
        self._line(Cell(title, Style.STRONG), before=self._began)
        self._began = True

    def say(self, text: str) -> None:
        """Prose."""
        self._wrapped(text, "", Style.PLAIN)

    def command(self, line: str) -> None:
        """Over several lines where it is long, so that it can be copied as it stands."""
        lines, room = [""], self._width - 6
        for piece in _PIECE.findall(line) if len(line) > self._width - 2 else [line]:
            if lines[-1] and len(lines[-1]) + len(piece) >= room:
                lines.append("")
            lines[-1] = f"{lines[-1]} {piece}".lstrip()
        for at, shown in enumerate(lines):
            start, end = "    " if at else "$ ", " \\" if at + 1 < len(lines) else ""
            self._line(Cell(start, Style.FAINT), Cell(shown + end, Style.NAME))

    def result(self, text: str, mood: Mood = Mood.PLAIN) -> None:
        """Indented."""
        self._wrapped(text, "  ", _STYLES[mood])

    def table(self, titles: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Indented like a result."""
        self._bar.close()
        columns = [Column(f"  {title}" if not at else title, right=at in right) for at, title in enumerate(titles)]
        self._screen.table(columns, [[f"  {row[0]}", *row[1:]] for row in rows])

    def progress(self, label: str, done: int, whole: int | None) -> None:
        """A bar, where there is a terminal."""
        self._bar(label, done, whole)

    def _wrapped(self, text: str, start: str, style: Style) -> None:
        lines = textwrap.wrap(text, self._width - len(start), break_long_words=False, break_on_hyphens=False)
        for line in lines:
            self._line(start, Cell(line, style))

    def _line(self, *cells: str | Cell, before: bool = False) -> None:
        self._bar.close()
        if before:
            self._screen.blank()
        self._screen.line(*cells)
