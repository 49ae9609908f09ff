"""Schemas of this house as Protobuf states them: what an output's values are written under.

Every place is one of these: an ``optional`` scalar, a message, a ``repeated`` one of them, or a map. Fields are
numbered by their place. A name that Protobuf does not allow is spelt as in Avro; the name itself stands as the field's
JSON name and in the property ``pratique.name``, by which it is read again. Tags and properties stand in the option
``confluent.field_meta``, where Confluent's registry looks for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pratique.errors import FormatError
from pratique.formats.avro.shaping import avro_names
from pratique.formats.protobuf.types import NAME, TIMESTAMP
from pratique.model.schema import Kind, Node, Schema

_NULL: Final = frozenset({Kind.NULL})
_WORDS: Final = {Kind.BOOLEAN: "bool", Kind.INTEGER: "int64", Kind.DOUBLE: "double", Kind.STRING: "string"}
_LOGICAL: Final = {
    "int32": "int32",
    "uint32": "uint32",
    "uint64": "uint64",
    "float32": "float",
    "binary": "bytes",
    TIMESTAMP: "timestamp",
}
_RESERVED: Final = range(19_000, 20_000)
"""Numbers that Protobuf keeps for itself."""
_STAMP: Final = "google.protobuf.Timestamp"


@dataclass(frozen=True, slots=True)
class Place:
    """One field of a message that is written."""

    number: int
    name: str
    """Of this house."""
    written: str
    kind: Kind | None
    """LIST, MAP, RECORD or a scalar's; None where there is never a value."""
    word: str
    """Of its values, items or map values: a scalar's, ``timestamp``, or ``message``."""
    below: "Shaped | None"
    """Of a message."""
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shaped:
    """One message."""

    name: str
    places: tuple[Place, ...]


def shaped(schema: Schema) -> tuple[Shaped, str]:
    """The message that records are written as, and the schema's text, in which it is the first.

    Raises `FormatError`, naming a field by its number, for what Protobuf cannot hold: a place of several kinds, lists
    of lists, lists and maps of maps.
    """
    maker = _Maker()
    top = maker.message(schema.root, "")
    return top, maker.text()


class _Maker:
    def __init__(self) -> None:
        self._messages: list[Shaped | None] = []

    def message(self, node: Node, where: str) -> Shaped:
        number = len(self._messages)
        self._messages.append(None)
        written = _names([name for name, _ in node.fields])
        places: list[Place] = []
        at = 0
        for place, (name, child) in enumerate(node.fields):
            at += 1
            at = _RESERVED.stop if at in _RESERVED else at
            spot = where or f"field #{place}"
            kind = _only(child, spot)
            inner = child
            if kind in (Kind.LIST, Kind.MAP):
                inner = (child.item if kind is Kind.LIST else child.value) or Node(frozenset())
            word, below = self._value(inner, spot, nested=kind in (Kind.LIST, Kind.MAP))
            places.append(Place(at, name, written[name], kind, word, below, child.properties or inner.properties))
        found = Shaped("Record" if not number else f"Record{number + 1}", tuple(places))
        self._messages[number] = found
        return found

    def _value(self, node: Node, where: str, *, nested: bool) -> tuple[str, Shaped | None]:
        kind = _only(node, where)
        if kind is Kind.RECORD:
            return "message", self.message(node, where)
        if kind in (Kind.LIST, Kind.MAP):
            assert nested
            raise FormatError("Protobuf has no lists or maps right inside lists or maps", where=where, do=_DO)
        return ("string" if kind is None else _LOGICAL.get(node.logical, _WORDS[kind])), None

    def text(self) -> str:
        """The whole file."""
        messages = [one for one in self._messages if one is not None]
        lines = ['syntax = "proto3";', "", 'import "confluent/meta.proto";']
        if any(place.word == "timestamp" for one in messages for place in one.places):
            lines.append('import "google/protobuf/timestamp.proto";')
        for one in messages:
            lines += ["", f"message {one.name} {{", *(f"  {_line(place)}" for place in one.places), "}"]
        return "\n".join([*lines, ""])


_DO: Final = "write to a topic of json, or treat the field by drop"


def _names(names: Sequence[str]) -> Mapping[str, str]:
    """The names under which fields are written. Protobuf takes no two that differ in case and underscores alone."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name, plain in avro_names(list(names)).items():
        written, again = plain, 1
        while (bare := written.replace("_", "").lower()) in taken:
            again += 1
            written = f"{plain}_{again}"
        taken.add(bare)
        found[name] = written
    return found


def _only(node: Node, where: str) -> Kind | None:
    kinds = sorted(node.kinds - _NULL)
    if len(kinds) > 1:
        raise FormatError("a field of several kinds, which Protobuf cannot hold", where=where, do=_DO)
    return kinds[0] if kinds else None


def _line(place: Place) -> str:
    word = place.word
    if place.below is not None:
        word = f".{place.below.name}"
    elif word == "timestamp":
        word = f".{_STAMP}"
    if place.kind is Kind.LIST:
        shown = f"repeated {word}"
    elif place.kind is Kind.MAP:
        shown = f"map<string, {word}>"
    else:
        shown = word if place.below is not None else f"optional {word}"
    return f"{shown} {place.written} = {place.number} [{', '.join(_options(place))}];"


def _options(place: Place) -> Sequence[str]:
    told = dict(place.properties)
    if place.written != place.name:
        told[NAME] = place.name
    meta: list[str] = []
    if entities := [e for e in told.get("pratique.entities", "").split(",") if e]:
        meta.append(f"tags: [{', '.join(map(_quoted, entities))}]")
    if told:
        params = ", ".join(f"{{ key: {_quoted(k)}, value: {_quoted(v)} }}" for k, v in sorted(told.items()))
        meta.append(f"params: [{params}]")
    named = f"json_name = {_quoted(place.name)}"
    return [named, *([f"(confluent.field_meta) = {{ {', '.join(meta)} }}"] if meta else [])]


def _quoted(text: str) -> str:
    """A text as the language writes it, in bytes that cannot end it."""
    shown = "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in "\"\\'" else f"\\{byte:03o}"  # noqa: PLR2004 - printable
        for byte in text.encode("utf-8", "surrogatepass")
    )
    return f'"{shown}"'
