"""Typed readers of single values: each gives what the model wants or a `ConfigError` with the line.

Names are echoed in errors, since people wrote them to be names; values of free lists (``allow``, ``deny``, patterns)
are not.
"""

import difflib
import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date

from pratique.config.nodes import ListNode, MapNode, Node, ScalarNode, fail, quoted
from pratique.errors import ConfigError
from pratique.model.paths import FieldPath, parse_path
from pratique.model.policy import Place

MAX_TEXT = 2000
"""Characters of one text."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")
_ENTITY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}\Z")
_DURATION = re.compile(r"[1-9][0-9]{0,3}[dwmy]\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_CREDENTIAL = re.compile(r"//[^/@]*:[^/@]*@")


_BREAKING = frozenset({"Cc", "Zl", "Zp"})
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Bidirectional controls, which make a text look like another."""


def suggest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest known one, or the list."""
    choices = sorted(known)
    by_folded = {c.casefold(): c for c in choices}
    near = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean {quoted(by_folded[near[0]])}?"
    if not choices:
        return "none is declared"
    shown = ", ".join(choices[:12]) + (", …" if len(choices) > 12 else "")  # noqa: PLR2004 - a line's worth
    return f"use one of: {shown}"


def mapping(node: Node, what: str, keys: Collection[str] | None = None) -> MapNode:
    """A mapping; with ``keys``, one that has no others. An empty value is an empty mapping."""
    if isinstance(node, ScalarNode) and node.value is None:
        return MapNode(node.place, {}, {})
    if not isinstance(node, MapNode):
        fail(node.place, f"{what} must be a mapping", f"write {what.rpartition('.')[2]}: {{name: value}}")
    if keys is not None:
        for key, place in node.keys.items():
            if key not in keys:
                fail(place, f"unknown key {quoted(key)} in {what}", suggest(key, keys))
    return node


def required(node: MapNode, key: str, what: str, example: str) -> Node:
    """The value of a key that must be there."""
    found = node.entries.get(key)
    if found is None:
        fail(node.place, f"{what} lacks {quoted(key)}", f"add {key}: {example}")
    return found


def text(node: Node, what: str, *, empty: bool = False) -> str:
    """Text as it was written, whatever YAML would make of it."""
    if not isinstance(node, ScalarNode) or (node.value is None and not empty):
        fail(node.place, f"{what} must be text", "write one value, in quotes if in doubt")
    if len(node.raw) > MAX_TEXT:
        fail(node.place, f"{what} is longer than {MAX_TEXT} characters", "shorten it")
    if any(c in _REORDERING or (unicodedata.category(c) in _BREAKING and c != "\t") for c in node.raw):
        fail(node.place, f"{what} holds a line break or a control character", "write it on one line")
    if not node.raw.strip() and not empty:
        fail(node.place, f"{what} is empty", "write a value, or leave the key out")
    return node.raw


def name(value: str, place: Place, what: str) -> str:
    """A name of the project's own: it becomes a folder, part of a key's derivation, a word in a certificate."""
    if not _NAME.match(value):
        do = "use up to 64 letters, digits, - and _, starting with a letter or digit"
        fail(place, f"{quoted(value)} cannot be the name of {what}", do)
    return value


def entity(value: str, place: Place) -> str:
    """The name of an entity type."""
    if not _ENTITY.match(value):
        fail(place, f"{quoted(value)} cannot be an entity type", "write it like USER_ID")
    return value


def texts(node: Node | None, what: str) -> tuple[str, ...]:
    """A list of texts, or one text; nothing is an empty list. Two equal ones are a slip, and refused."""
    if node is None:
        return ()
    if isinstance(node, ScalarNode):
        return (text(node, what),)
    if not isinstance(node, ListNode):
        fail(node.place, f"{what} must be a list", "write [one, two]")
    found: set[str] = set()
    for item in node.items:
        value = text(item, f"each of {what}")
        if value in found:
            fail(item.place, f"{what} lists the same thing twice", "keep one of the two")
        found.add(value)
    return tuple(item.raw for item in node.items if isinstance(item, ScalarNode))


def choice(node: Node, what: str, choices: Collection[str]) -> str:
    """One of a few words."""
    value = text(node, what)
    if value not in choices:
        fail(node.place, f"{what} cannot be {quoted(value)}", suggest(value, choices))
    return value


def whole(node: Node | None, what: str, default: int) -> int:
    """A whole number from 0 on."""
    if node is None:
        return default
    if not isinstance(node, ScalarNode) or type(node.value) is not int or node.value < 0:
        fail(node.place, f"{what} must be a whole number, 0 or more", f"write {what.rpartition('.')[2]}: {default}")
    return node.value


def share(node: Node | None, what: str, default: float, *, zero: bool = True) -> float:
    """A number from 0 to 1; without ``zero``, more than 0."""
    if node is None:
        return default
    value = node.value if isinstance(node, ScalarNode) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1 or not (zero or value):
        fail(node.place, f"{what} must be a number {'from' if zero else 'above'} 0 to 1", f"write it like {default}")
    return float(value)


def threshold(node: Node | None, what: str, default: float) -> tuple[float, int | None]:
    """A share alone, or ``{share: 0.05, count: 1000}`` with one of the two or both; without a count any number."""
    if not isinstance(node, MapNode):
        return share(node, what, default), None
    body = mapping(node, what, ("share", "count"))
    if not body.entries:
        fail(node.place, f"{what} says nothing", f"write it like {default}, or {{share: {default}, count: 1000}}")
    count = body.entries.get("count")
    # Who gives a count alone means it alone.
    alone = 1.0 if "count" in body.entries else default
    return share(body.entries.get("share"), f"{what}.share", alone), (
        None if count is None else whole(count, f"{what}.count", 1000)
    )


def boolean(node: Node | None, what: str) -> bool:
    """``true`` or ``false``, written so; absent is false."""
    if node is None:
        return False
    if not isinstance(node, ScalarNode) or not isinstance(node.value, bool):
        fail(node.place, f"{what} must be true or false", "write true or false, without quotes")
    return node.value


def duration(node: Node | None, what: str) -> str:
    """A span such as ``90d``, ``6w``, ``18m`` (months) or ``2y``; absent is empty."""
    if node is None:
        return ""
    value = text(node, what)
    if not _DURATION.match(value):
        fail(node.place, f"{what} must be a span of time", "write it like 90d, 6w, 18m (months) or 2y")
    return value


def iso_date(node: Node, what: str) -> str:
    """A day that exists, as ``2027-06-30``."""
    value = text(node, what)
    with suppress(ValueError):
        if _DATE.match(value):
            return date.fromisoformat(value).isoformat()
    return fail(node.place, f"{what} must be a day of the calendar", "write it like 2027-06-30")


def field_path(value: str, place: Place, what: str) -> FieldPath:
    """A field path as `pratique.model.paths.show_path` writes it."""
    try:
        return parse_path(value)
    except (ConfigError, ValueError):
        fail(place, f"{what} is not a field path: {quoted(value)}", "write it like a.b[].c")


def inside(value: str, place: Place, what: str, *, absolute: bool) -> str:
    """A path that stays in the project's folder by its words (links are followed by whoever opens it)."""
    if "\\" in value or "\0" in value:
        fail(place, f"{what} holds a character that a path must not have", "write it with /")
    if value.startswith("/"):
        if not absolute:
            fail(place, f"{what} must be relative to the project's folder", "put the file inside the project")
        return posixpath.normpath(value)
    if value.startswith("~"):
        fail(place, f"{what} starts with ~, which is not expanded", "write the path out")
    path = posixpath.normpath(value)
    if path == ".." or path.startswith("../"):
        do = "write an absolute path" if absolute else "put the file inside the project"
        fail(place, f"{what} leaves the project's folder", do)
    return path


def location(node: Node, what: str) -> str:
    """A dataset's URI. A relative path stays inside the project; others are left as they are."""
    value = text(node, what).strip()
    if _CREDENTIAL.search(value):
        fail(node.place, f"{what} holds a password", "keep credentials out of the project file")
    if "://" not in value:
        inside(value, node.place, what, absolute=True)
    return value


def known(value: str, place: Place, what: str, names: Mapping[str, object] | Collection[str]) -> str:
    """A name that was declared elsewhere in the file."""
    if value not in names:
        fail(place, f"there is no {what} {quoted(value)}", suggest(value, names))
    return value
