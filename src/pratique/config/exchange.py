"""Reads the YAML in which a dataset's decisions are reviewed and edited: as strictly as a project file.

What is wrong inside a field's block is noted with its line, and reading goes on, so that an editor sees everything at
once; what is wrong with the file as a whole (no YAML, another version, keys that there are not) ends it.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from pratique.config.nodes import ListNode, MapNode, Node, ScalarNode, fail, parse, quoted
from pratique.config.values import choice, field_path, mapping, required, text, texts, whole
from pratique.errors import ConfigError
from pratique.model.catalogue import DecisionKind
from pratique.model.exchange import EXCHANGE_VERSION, Entry, Exchange, ExchangedField
from pratique.model.paths import FieldPath

MAX_BYTES: Final = 8 << 20
_TOP: Final = ("version", "dataset", "scan", "decided", "fields")
_FIELD: Final = ("field", "kinds", "proposed", "decisions")
_ENTRY: Final = ("decision", "types", "reason", "number", "who", "at", "bulk", "signature")
_TAKEN: Final = ("who", "at", "bulk", "signature")
"""What only a decision with a number has."""
_MAX_NAME: Final = 2000

_T = TypeVar("_T")


def read_exchange(data: bytes, file: str) -> Exchange:
    """The file in these bytes; ``file`` is the name that errors give.

    Raises `ConfigError` with one line, ``FILE:LINE: what; do what``, where it is not such a file at all. What is wrong
    in single blocks stands in `Exchange.problems`; such a block is left out.
    """
    top = parse(data, file, MAX_BYTES)
    version = top.entries.get("version")
    if isinstance(version, ScalarNode) and type(version.value) is int and version.value > EXCHANGE_VERSION:
        fail(version.place, "written by a newer version of Pratique", "update to read it")
    mapping(top, "the file", _TOP)
    if whole(required(top, "version", "the file", "1"), "version", 0) != EXCHANGE_VERSION:
        fail(top.keys["version"], "a version that never was", f"write version: {EXCHANGE_VERSION}")
    dataset = text(required(top, "dataset", "the file", "NAME"), "dataset")
    scan = text(required(top, "scan", "the file", "the scan's time"), "scan")
    decided = whole(required(top, "decided", "the file", "0"), "decided", 0)
    reader = _Reader()
    fields = reader.each(required(top, "fields", "the file", "[]"), "fields", reader.field)
    return Exchange(dataset, scan, decided, tuple(fields), tuple(reader.problems))


class _Reader:
    """Reads blocks and notes what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[ConfigError] = []
        self._seen: dict[FieldPath, int] = {}

    def each(self, node: Node, what: str, read: Callable[[Node], _T]) -> list[_T]:
        """Every item of a list that can be read."""
        if isinstance(node, ScalarNode) and node.value is None:
            return []
        if not isinstance(node, ListNode):
            fail(node.place, f"{what} must be a list", f"write each of {what} after a dash")
        found = []
        for item in node.items:
            try:
                found.append(read(item))
            except ConfigError as error:
                self.problems.append(error)
        return found

    def field(self, node: Node) -> ExchangedField:
        """One block."""
        body = mapping(node, "a field's block", _FIELD)
        named = required(body, "field", "a field's block", "NAME")
        # A name may hold what no other text may; it is written with escapes, and shown so.
        name = _loose(named, "field")
        path = field_path(name, named.place, "field")
        if path in self._seen:
            fail(named.place, f"{quoted(name)} stands here twice, first on line {self._seen[path]}", "keep one block")
        self._seen[path] = named.place.line
        kinds = body.entries.get("kinds")
        decisions = body.entries.get("decisions")
        problems = len(self.problems)
        entries = [] if decisions is None else self.each(decisions, "decisions", _entry)
        found = ExchangedField(
            path=path,
            kinds="" if kinds is None else _loose(kinds, "kinds"),
            proposed=_names(body.entries.get("proposed"), "proposed"),
            entries=tuple(entries),
            place=named.place,
        )
        if len(self.problems) == problems:
            _check_order(found)
        return found


def _check_order(found: ExchangedField) -> None:
    """Decisions with a number stand first, 1, 2, 3 …; new entries after them."""
    expected = 1
    for entry in found.entries:
        if entry.number and entry.number != expected:
            fail(
                entry.place,
                f"decision {entry.number} stands where decision {expected} belongs" if expected else
                f"decision {entry.number} stands below a new entry",
                "leave decided entries as they were written, and new ones below them, without a number",
            )  # fmt: skip
        expected = expected + 1 if entry.number else 0


def _entry(node: Node) -> Entry:
    body = mapping(node, "a decision", _ENTRY)
    kinds = tuple(kind.value for kind in DecisionKind)
    kind = DecisionKind(choice(required(body, "decision", "a decision", "confirm"), "decision", kinds))
    get = body.entries.get
    number = whole(get("number"), "number", 0)
    place = body.keys["decision"]
    if not number:
        for key in _TAKEN:
            if key in body.keys:
                fail(body.keys[key], f"a new decision has no {key}: import fills it in", f"remove {key}")
        reason = get("reason")
        return Entry(kind, _types(get("types")), "" if reason is None else text(reason, "reason"), place=place)
    return Entry(
        kind=kind,
        entities=_names(get("types"), "types"),
        reason=_optional(body, "reason"),
        number=number,
        who=_loose(required(body, "who", f"decision {number}", "as it was"), "who"),
        at=text(required(body, "at", f"decision {number}", "as it was"), "at"),
        bulk=_optional(body, "bulk"),
        signature=_optional(body, "signature"),
        place=place,
    )


def _types(node: Node | None) -> tuple[str, ...]:
    return tuple(sorted(texts(node, "types")))


def _optional(body: MapNode, key: str) -> str:
    node = body.entries.get(key)
    return "" if node is None else _loose(node, key)


def _loose(node: Node, what: str) -> str:
    """Text that was written by Pratique, whatever is in it: to be compared, never to be taken anew."""
    if not isinstance(node, ScalarNode):
        fail(node.place, f"{what} must be text", "write one value, in quotes if in doubt")
    return node.raw


def _names(node: Node | None, what: str) -> tuple[str, ...]:
    if node is None or (isinstance(node, ScalarNode) and node.value is None):
        return ()
    if not isinstance(node, ListNode):
        fail(node.place, f"{what} must be a list", "write [ONE, TWO]")
    return tuple(_loose(item, f"each of {what}") for item in node.items)
