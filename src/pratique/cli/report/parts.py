"""What the sections of a report are built of: names, times, marks, tables that scroll by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from pratique.cli.report.html import Html, Piece, el, join
from pratique.pipeline.reporting import ProjectReport

_SHORT = 12
"""Characters of a hash that are enough to find it."""
_LONGEST = 100
"""Characters of a name that are shown."""
_UNFOLDED = 24
"""Items of a list that are shown at once."""


def name(text: str) -> Html:
    """A name that somebody gave: kept apart from its neighbours, whichever way its script runs, and cut if endless."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"
    return el("bdi", shown, class_="name")


def folded(kind: str, items: Sequence[Html], what: str, class_: str) -> Html:
    """A list, of which what comes after the first ones opens when asked for."""
    left = len(items) - _UNFOLDED
    if left <= _UNFOLDED // 3:
        return el(kind, items, class_=class_)
    rest = el(kind, items[_UNFOLDED:], class_=class_, **({"start": _UNFOLDED + 1} if kind == "ol" else {}))
    return join(el(kind, items[:_UNFOLDED], class_=class_), el("details", el("summary", f"{left:,} more {what}"), rest))


def command(text: str) -> Html:
    """Something to type."""
    return el("code", text, class_="command")


def short(text: str) -> Html:
    """The beginning of a hash or a run's id."""
    return el("code", text[:_SHORT]) if text else el("span", "none", class_="faint")


def when(text: str) -> Html:
    """A UTC moment, or a day."""
    if not text:
        return el("span", "never", class_="faint")
    return el("time", text[:16].replace("T", " "), datetime=text, class_="when")


_MARKS = {"good": "✓", "soon": "!", "bad": "✕", "note": "i"}


def mark(kind: str, text: str) -> Html:
    """A word with a sign of its own, so that its meaning does not hang on its colour."""
    return el("span", el("span", _MARKS[kind], class_="sign", aria_hidden="true"), " ", text, class_=f"mark {kind}")


def hidden(text: str) -> Html:
    """What only a screen reader says."""
    return el("span", text, class_="vh")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    right: bool = False
    """Numbers stand right."""
    tall: bool = False
    """The title runs downwards: for many narrow columns."""


def table(
    ident: str, caption: Piece, columns: Sequence[Column], rows: Sequence[Sequence[Piece]], *, class_: str = ""
) -> Html:
    """A table in a region of its own that scrolls and takes the keyboard's focus; the first cell of a row names it."""
    head = el("thead", el("tr", [_title(column) for column in columns]))
    body = el("tbody", [_row(row, columns) for row in rows])
    made = el("table", el("caption", caption, id=f"{ident}-caption"), head, body, class_=class_)
    return el("div", made, class_="scroll", role="region", aria_labelledby=f"{ident}-caption", tabindex="0")


def _title(column: Column) -> Html:
    kind = " ".join(word for word, on in (("right", column.right), ("tall", column.tall)) if on)
    return el("th", el("span", column.title), scope="col", class_=kind)


def _row(row: Sequence[Piece], columns: Sequence[Column]) -> Html:
    first = el("th", row[0], scope="row")
    rest = [el("td", cell, class_="right" if c.right else "") for cell, c in zip(row[1:], columns[1:], strict=True)]
    return el("tr", first, rest)


def section(ident: str, title: str, *content: Piece) -> Html:
    """One chapter, named by its heading."""
    heading = el("h2", title, id=ident)
    return el("section", heading, *content, aria_labelledby=ident)


def para(*content: Piece, class_: str = "") -> Html:
    """A paragraph."""
    return el("p", *content, class_=class_)


def nothing(report: ProjectReport, text: str) -> Html:
    """That there is nothing, where that can be said: what could not be read may hold something."""
    return para("Nothing can be shown: not everything could be read." if report.problems else text)


def faint(*content: Piece) -> Html:
    """A paragraph that explains."""
    return para(*content, class_="faint")


def more(left: int, what: str, where: str) -> Piece:
    """That a list was cut, by how much, and what shows the rest; nothing where it was not."""
    return faint(f"{left:,} {what} are not shown here: ", command(where)) if left > 0 else join()
