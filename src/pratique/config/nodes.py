"""A project file's text as a tree of plain values, each with the line that it stands on.

A deliberately small YAML: mappings with text keys, lists, and scalars. Refused, each with its line: anchors, aliases,
tags, directives, a second document, two equal keys in one mapping, more than 256 KiB, more than 16 levels.

Plain scalars are read by narrow rules of our own, not by YAML 1.1's: ``true``, ``false``, ``null``, ``~``, decimal
integers and decimal fractions. Everything else is text: ``no`` and ``on`` (a country, a switch), ``2027-06-30``,
``012``, ``1_000``, ``12:30``. The text as written is kept beside the value, so that a place that wants text gets it
unchanged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import yaml

from pratique.errors import ConfigError
from pratique.model.policy import Place, Scalar

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value."""

    place: Place
    raw: str
    """The text as written, without quotes."""
    value: Scalar | None
    """What it is read as where the place does not say which kind it wants."""


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    place: Place
    items: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping; keys are text and differ."""

    place: Place
    entries: "Mapping[str, Node]"
    keys: Mapping[str, Place]
    """Where each key stands."""


Node = ScalarNode | ListNode | MapNode


def fail(place: Place, what: str, do: str = "") -> NoReturn:
    """Raise the `ConfigError` of this place."""
    raise ConfigError(what, where=str(place), do=do) from None


def quoted(text: str) -> str:
    """A name from the file as it may stand in one line of an error: short, and with nothing that a terminal obeys."""
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + '"'


def parse(data: bytes, file: str, limit: int = MAX_BYTES) -> MapNode:
    """The whole file; its top must be a mapping. ``file`` is the name that errors give, ``limit`` the most bytes."""
    top = Place(file, 1)
    if len(data) > limit:
        fail(top, f"the file is larger than {limit // 1024} KiB", "move long lists into files of their own")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fail(Place(file, line), "the file is not UTF-8", "save it as UTF-8")
    try:
        node = _build(_events(text), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _syntax(Place(file, mark.line + 1 if mark else 1), error.context or "", error.problem or "")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        fail(Place(file, line), "a character that YAML does not allow", "remove it")
    if node is None:
        fail(top, "the file is empty", "write one with pratique init")
    if not isinstance(node, MapNode):
        fail(node.place, "the file is not a mapping", "start with a section such as regions:")
    return node


def _syntax(place: Place, context: str, problem: str) -> NoReturn:
    """A scanner's complaint as a sentence; its own words never quote more than one character of the file."""
    if "alias" in context:
        fail(place, "text that starts with * must stand in quotes", 'write it like "*.name"')
    if "anchor" in context:
        fail(place, "text that starts with & must stand in quotes", 'write it like "&name"')
    if "cannot start any token" in problem:
        fail(place, "text cannot start with this character", "put the text in quotes, and indent with spaces")
    what = " ".join(f"{context} {problem}".split())
    fail(place, f"not readable as YAML ({what})", "mend it; quotes around text often help")


def _events(text: str) -> "Iterator[yaml.Event]":
    yield from yaml.parse(text, Loader=yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    place: Place
    items: list[Node] | None
    entries: dict[str, Node]
    keys: dict[str, Place]
    key: str | None = None

    def close(self) -> Node:
        if self.items is not None:
            return ListNode(self.place, tuple(self.items))
        return MapNode(self.place, self.entries, self.keys)

    def add(self, node: Node) -> None:
        """Take the next child: an item, a key, or the value of the key before."""
        if self.items is not None:
            self.items.append(node)
        elif self.key is not None:
            self.entries[self.key] = node
            self.key = None
        else:
            self.key = self._name(node)

    def _name(self, node: Node) -> str:
        if not isinstance(node, ScalarNode) or not node.raw:
            fail(node.place, "a key must be a name", "write it as name: value")
        if node.raw in self.keys:
            first = self.keys[node.raw].line
            fail(node.place, f"{quoted(node.raw)} stands here twice, first on line {first}", "keep one of the two")
        self.keys[node.raw] = node.place
        return node.raw


def _build(events: "Iterator[yaml.Event]", file: str) -> Node | None:
    """The tree, built without recursion, so that depth is bounded by a rule and not by the interpreter."""
    stack: list[_Open] = []
    root: Node | None = None
    for event in events:
        place = Place(file, _line(event))
        _refuse_extras(event, place, root=root)
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(stack) >= MAX_DEPTH:
                fail(place, f"nested more than {MAX_DEPTH} levels deep", "flatten it")
            is_list = isinstance(event, yaml.SequenceStartEvent)
            stack.append(_Open(place, [] if is_list else None, {}, {}))
            continue
        if isinstance(event, yaml.ScalarEvent):
            done: Node = _scalar(event, place)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = stack.pop().close()
        else:
            continue
        if stack:
            stack[-1].add(done)
        else:
            root = done
    return None if isinstance(root, ScalarNode) and root.value is None else root


def _line(event: "yaml.Event") -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _refuse_extras(event: "yaml.Event", place: Place, *, root: Node | None) -> None:
    if isinstance(event, yaml.AliasEvent):
        fail(place, "YAML aliases are not allowed", "write it out; text that starts with * must stand in quotes")
    if getattr(event, "anchor", None) is not None:
        fail(place, "YAML anchors are not allowed", "write it out; text that starts with & must stand in quotes")
    if getattr(event, "tag", None) is not None:
        fail(place, "YAML tags are not allowed", "remove it; text that starts with ! must stand in quotes")
    if isinstance(event, yaml.DocumentStartEvent):
        if root is not None:
            fail(place, "a second document begins here", "keep everything in one, without ---")
        if event.version or event.tags:
            fail(place, "YAML directives are not allowed", "remove the lines that start with %")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _scalar(event: "yaml.ScalarEvent", place: Place) -> ScalarNode:
    raw: str = event.value
    if not _encodable(raw):
        fail(place, "half of a surrogate pair, which no UTF-8 text holds", "write the character itself")
    if event.style is not None:
        return ScalarNode(place, raw, raw)
    if raw in _WORDS:
        return ScalarNode(place, raw, _WORDS[raw])
    if _INTEGER.match(raw):
        return ScalarNode(place, raw, int(raw))
    return ScalarNode(place, raw, float(raw) if _FRACTION.match(raw) else raw)
