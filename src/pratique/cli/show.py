"""What a command shows: tables and lines for people, one JSON document for programs.

On a terminal there is colour and the terminal's width; piped there is neither, nothing is cut off, and Rich is not even
loaded. Every text passes `safe`; nothing is read as markup.
"""

import json
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pratique.cli.text import safe

if TYPE_CHECKING:
    from rich.text import Text


class Form(StrEnum):
    """How a command shows what it did."""

    HUMAN = "human"
    JSON = "json"


class Style(StrEnum):
    """What a text means; the terminal's colours follow from it."""

    PLAIN = ""
    STRONG = "bold"
    FAINT = "dim"
    GOOD = "green"
    ATTENTION = "yellow"
    BAD = "red"
    NAME = "cyan"


@dataclass(frozen=True, slots=True)
class Cell:
    """One text with its meaning."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    right: bool = False
    """Numbers stand right."""
    whole: bool = False
    """Never folded: short words and figures."""


Row = Sequence[str | Cell]


class Screen(ABC):
    """Where a command writes for people."""

    @abstractmethod
    def line(self, *cells: str | Cell) -> None:
        """The cells, side by side, as one line."""

    @abstractmethod
    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table; nothing at all where there are no rows."""

    def blank(self) -> None:
        """An empty line."""
        self.line("")

    def pairs(self, pairs: Sequence[tuple[str, str | Cell]]) -> None:
        """Names and what they stand for, one pair a line."""
        width = max((len(name) for name, _ in pairs), default=0)
        for name, value in pairs:
            self.line(Cell(f"  {name:<{width}}  ", Style.FAINT), value)

    def next(self, command: str) -> None:
        """What a person would do now."""
        self.blank()
        self.line(Cell("next: ", Style.FAINT), Cell(command, Style.STRONG))


class PlainScreen(Screen):
    """Piped: columns of plain text with two spaces between, however wide."""

    def line(self, *cells: str | Cell) -> None:
        """The cells' texts."""
        print("".join(_cell(cell).text for cell in cells).rstrip())  # noqa: T201 (this is the program's output)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """One line a row, under one line of titles."""
        if not rows:
            return
        texts = [[column.title for column in columns], *([_cell(c).text for c in row] for row in rows)]
        widths = [max(len(row[at]) for row in texts) for at in range(len(columns))]
        for row in texts:
            parts = [
                text.rjust(width) if column.right else text.ljust(width)
                for text, width, column in zip(row, widths, columns, strict=True)
            ]
            print("  ".join(parts).rstrip())  # noqa: T201


class RichScreen(Screen):
    """A terminal."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415 (a piped command does not need it)

        self._console = Console(highlight=False, markup=False, emoji=False)

    def line(self, *cells: str | Cell) -> None:
        """The cells with their colours, wrapped at words."""
        from rich.text import Text  # noqa: PLC0415

        text = Text()
        for cell in cells:
            text.append_text(_text(cell))
        self._console.print(text)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table that folds what does not fit, and hides nothing."""
        from rich import box  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415

        if not rows:
            return
        table = Table(box=box.SIMPLE_HEAD, header_style="dim", show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for column in columns:
            table.add_column(
                column.title,
                justify="right" if column.right else "left",
                no_wrap=column.whole,
                overflow="fold",
            )
        for row in rows:
            table.add_row(*(_text(cell) for cell in row))
        self._console.print(table)

    def pairs(self, pairs: Sequence[tuple[str, str | Cell]]) -> None:
        """As on paper, but what is long is wrapped under itself."""
        from rich.table import Table  # noqa: PLC0415

        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in pairs:
            grid.add_row(_text(Cell(f"  {name}", Style.FAINT)), _text(value))
        self._console.print(grid)


def _cell(cell: str | Cell) -> Cell:
    return Cell(safe(cell.text), cell.style) if isinstance(cell, Cell) else Cell(safe(cell))


def _text(cell: str | Cell) -> "Text":
    from rich.text import Text  # noqa: PLC0415

    made = _cell(cell)
    return Text(made.text, style=made.style.value)


def show(form: Form, document: Any, human: Callable[[Screen], None]) -> None:
    """Show a result in the form asked for. A reader that closes the pipe early is no error."""
    try:
        if form is Form.JSON:
            # ASCII: no character of a name can reach the terminal as more than a letter.
            print(json.dumps(document, indent=2 if sys.stdout.isatty() else None, allow_nan=False))  # noqa: T201
        else:
            human(screen())
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def screen() -> Screen:
    """The screen that standard output is."""
    return RichScreen() if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else PlainScreen()


def drop_output() -> None:
    """Nobody reads standard output any more: let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
