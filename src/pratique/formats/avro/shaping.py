"""Output schemas as Avro states them.

Every place is a union that begins with null. A field's name that Avro does not allow is written with ``_x2d_`` for each
character that it does not (here the ``-``), and ``_2`` behind it where another field of the record has that name
already; the name itself stands in the property ``pratique.name``, by which it is read again. Types are called by what
they are and their number, never by a field: ``Record``, ``Record2``, ``Fixed3``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from pratique.errors import FormatError
from pratique.formats.avro.types import NAME, stored_logical
from pratique.model.logical import Logical, read_logical
from pratique.model.schema import Kind, Node, Schema

_ORDER = (
    Kind.BOOLEAN,
    Kind.INTEGER,
    Kind.DOUBLE,
    Kind.STRING,
    Kind.LIST,
    Kind.MAP,
    Kind.RECORD,
)
"""In which the branches of a union stand, after null."""
_PRIMITIVES = {Kind.BOOLEAN: "boolean", Kind.INTEGER: "long", Kind.DOUBLE: "double", Kind.STRING: "string"}
_OTHER = re.compile(r"[^A-Za-z0-9_]")
_FIRST_DIGIT = re.compile(r"\A[0-9]")
_UNITS = {"ms": "millis", "us": "micros", "ns": "nanos"}


@dataclass(frozen=True, slots=True)
class Branch:
    """One kind of a place's values."""

    kind: Kind
    prefix: bytes
    """What stands before such a value: the branch's number in the union."""
    word: str
    """Avro's primitive type; empty for what nests."""
    logical: str
    """That Avro keeps; empty for a kind's own type."""


def branches_of(node: Node) -> list[Branch]:
    """The branches of a place's union but null, which is the first."""
    kinds = [kind for kind in _ORDER if kind in node.kinds]
    one = len(kinds) == 1
    return [_branch(kind, place, node.logical if one else "") for place, kind in enumerate(kinds, 1)]


def _branch(kind: Kind, place: int, stated: str) -> Branch:
    logical = stored_logical(stated)
    known = read_logical(logical)
    word = _PRIMITIVES.get(kind, "")
    if known is not None:
        if known.kind is not kind:
            raise FormatError("a logical type of another kind than its field", do="please report it")
        word = _word(known)
    return Branch(kind, bytes([2 * place]), word, logical)


def _word(known: Logical) -> str:
    if known.base in ("int32", "date32", "time32"):
        return "int"
    if known.base in ("time64", "timestamp"):
        return "long"
    if known.base == "float32":
        return "float"
    if known.base == "fixed_size_binary":
        return "fixed"
    return "string" if known.base == "uuid" else "bytes"


def schema_json(schema: Schema, *, tags: bool = False) -> bytes:
    """The schema that stands in a file's header. ``tags``: with the fields' types as tags, as a registry knows them.

    Raises `FormatError` for records without fields.
    """
    if not schema.root.fields:
        raise FormatError("Avro cannot hold records without fields", do="keep a field, or write to jsonl")
    return orjson.dumps(_Shaper(tags=tags).record(schema.root))


class _Shaper:
    """Numbers the types that need a name."""

    def __init__(self, *, tags: bool) -> None:
        self._types = 0
        self._tags = tags

    def _name(self, word: str) -> str:
        self._types += 1
        return word if self._types == 1 else f"{word}{self._types}"

    def record(self, node: Node) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "record", "name": self._name("Record")}
        names = avro_names([name for name, _ in node.fields])
        made["fields"] = [self._field(name, names[name], child) for name, child in node.fields]
        return made

    def _field(self, name: str, written: str, node: Node) -> dict[str, Any]:
        made: dict[str, Any] = {"name": written, "type": self._type(node)}
        if written != name:
            made[NAME] = name
        return made | self._told(node)

    def _told(self, node: Node) -> dict[str, Any]:
        told: dict[str, Any] = dict(node.properties)
        if self._tags and (entities := [e for e in told.get("pratique.entities", "").split(",") if e]):
            told["confluent:tags"] = entities
        return told

    def _type(self, node: Node) -> list[Any]:
        return ["null", *(self._one(branch, node) for branch in branches_of(node))]

    def _one(self, branch: Branch, node: Node) -> Any:
        if branch.kind is Kind.RECORD:
            return self.record(node)
        if branch.kind is Kind.LIST:
            return self._holding("array", "items", node.item)
        if branch.kind is Kind.MAP:
            return self._holding("map", "values", node.value)
        known = read_logical(branch.logical)
        if known is None:
            return branch.word
        if branch.word == "fixed":
            return {"type": "fixed", "name": self._name("Fixed"), "size": known.width}
        stated = _stated(known)
        return {"type": branch.word, **stated} if stated else branch.word

    def _holding(self, word: str, inner: str, node: Node | None) -> dict[str, Any]:
        below = node or Node(frozenset())
        return {"type": word, inner: self._type(below)} | self._told(below)


def _stated(known: Logical) -> Mapping[str, Any]:
    """What Avro says of a logical type."""
    if known.base.startswith("decimal"):
        return {"logicalType": "decimal", "precision": known.precision, "scale": known.scale}
    word = {"date32": "date", "uuid": "uuid"}.get(known.base)
    if known.base in ("time32", "time64"):
        word = f"time-{_UNITS[known.unit]}"
    if known.base == "timestamp":
        word = f"{'' if known.zone else 'local-'}timestamp-{_UNITS[known.unit]}"
    return {} if word is None else {"logicalType": word}


def avro_names(names: list[str]) -> Mapping[str, str]:
    """The names under which the fields of a record are written."""
    taken = {name for name in names if name == _allowed(name)}
    found: dict[str, str] = {}
    for name in names:
        plain = written = _allowed(name)
        again = 1
        while written != name and written in taken:
            again += 1
            written = f"{plain}_{again}"
        taken.add(written)
        found[name] = written
    return found


def _allowed(name: str) -> str:
    spelt = _OTHER.sub(_spelt, name)
    return _FIRST_DIGIT.sub(_spelt, spelt) or "_"


def _spelt(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):x}_"
