"""HTML that cannot be broken out of: elements are made by function, and every text in them is escaped.

A text first passes `pratique.cli.text.safe`, as on a terminal (controls, bidirectional overrides and zero-width
characters become visible escapes), then HTML's own escaping; so do the values of attributes. Names of elements and
attributes are written in this package and nowhere else.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pratique.cli.text import safe

_VOID = frozenset({"meta", "br", "rect", "line", "path", "circle"})
"""Elements without content."""


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is finished; a `str` is text, and is escaped."""

    markup: str


Piece = Html | str
"""What can stand in an element."""
NOTHING = Html("")


def escape(text: str) -> str:
    """``text`` as it may stand in an element or in an attribute."""
    return html.escape(safe(text), quote=True)


def el(name: str, *content: Piece | Iterable[Piece], **attributes: str | float | bool) -> Html:
    """An element. Of attributes a trailing ``_`` goes and an inner one becomes ``-``; False leaves one out."""
    shown = "".join(
        f" {_attribute(key)}" + ("" if value is True else f'="{escape(_text(value))}"')
        for key, value in attributes.items()
        if value is not False and value != ""
    )
    if name in _VOID:
        return Html(f"<{name}{shown}>" if name in ("meta", "br") else f"<{name}{shown}/>")
    return Html(f"<{name}{shown}>{join(*content).markup}</{name}>")


def join(*content: Piece | Iterable[Piece]) -> Html:
    """Pieces one after the other."""
    return Html("".join(piece.markup if isinstance(piece, Html) else escape(piece) for piece in _flat(content)))


def listed(items: Sequence[Piece], between: str = ", ") -> Html:
    """Pieces with something between them."""
    return join(*(part for n, item in enumerate(items) for part in ((between, item) if n else (item,))))


def _flat(content: Iterable[Piece | Iterable[Piece]]) -> Iterator[Piece]:
    for piece in content:
        if isinstance(piece, Html | str):
            yield piece
        else:
            yield from piece


def _attribute(key: str) -> str:
    return {"viewBox_": "viewBox", "patternUnits_": "patternUnits"}.get(key, key.rstrip("_").replace("_", "-"))


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
