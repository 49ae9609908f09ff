"""Protobuf schemas, within bounds, and the schemas of this house that they amount to.

A message is a record, a repeated field a list, a map a map with texts as keys, an enum the text of its symbol,
``google.protobuf.Timestamp`` the text of an instant, bytes the text of bytes. Not read: types that contain themselves,
groups, and schemas that import other subjects.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pratique.errors import FormatError
from pratique.formats.protobuf.compiler import compile_schema
from pratique.formats.protobuf.scan import MetaError, field_meta
from pratique.model.paths import MARKERS
from pratique.model.schema import Kind, Node, Schema

MAX_DEPTH: Final = 64
MAX_TYPES: Final = 10_000
"""Types in a schema, each counted wherever it stands."""
NAME: Final = "pratique.name"
"""Property of a field whose name Protobuf does not allow: the name itself."""
TAGS: Final = "tags"
"""Under which a node's properties hold what a schema's owner tagged a field with, with commas."""
TIMESTAMP: Final = "timestamp[ns, UTC]"
_TIMESTAMP: Final = ".google.protobuf.Timestamp"
_MESSAGE, _ENUM, _GROUP = 11, 14, 10
_REPEATED: Final = 3
_MESSAGES: Final = ("message", "timestamp")
_WORDS: Final = {
    1: "double",
    2: "float",
    3: "int64",
    4: "uint64",
    5: "int32",
    6: "fixed64",
    7: "fixed32",
    8: "bool",
    9: "string",
    12: "bytes",
    13: "uint32",
    15: "sfixed32",
    16: "sfixed64",
    17: "sint32",
    18: "sint64",
}
"""By a descriptor's number."""
_LOGICAL: Final = {
    **dict.fromkeys(("int32", "sfixed32", "sint32"), "int32"),
    **dict.fromkeys(("uint32", "fixed32"), "uint32"),
    **dict.fromkeys(("uint64", "fixed64"), "uint64"),
    "float": "float32",
    "bytes": "binary",
    "timestamp": TIMESTAMP,
}
_KINDS: Final = {
    "bool": Kind.BOOLEAN,
    **dict.fromkeys(("double", "float"), Kind.DOUBLE),
    **dict.fromkeys(("string", "bytes", "enum", "timestamp"), Kind.STRING),
    "message": Kind.RECORD,
}


@dataclass(frozen=True, slots=True)
class Type:
    """A type, all names in it resolved."""

    name: str
    """Protobuf's word of a scalar; ``enum``, ``message``, ``timestamp``."""
    symbols: Mapping[int, str] = field(default_factory=dict)
    """Of an enum; of several symbols of one number the first."""
    members: "tuple[Member, ...]" = ()
    depth: int = 1
    count: int = 1
    """Types in it, itself included."""

    @property
    def kind(self) -> Kind:
        """What its values are lowered to."""
        return _KINDS.get(self.name, Kind.INTEGER)

    @property
    def logical(self) -> str:
        """What its values are lowered from (`pratique.model.logical`)."""
        return _LOGICAL.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Member:
    """A field of a message."""

    number: int
    name: str
    type: Type
    """Of one item, or of one value of a map."""
    repeated: bool = False
    key: Type | None = None
    """Of a map's keys; None where it is no map."""
    presence: bool = False
    """Whether a field that is not there is missing; else it has its type's default."""
    oneof: int = -1
    """Fields of one number here exclude each other; -1: none."""
    tags: tuple[str, ...] = ()


class _Parser:
    """Reads one descriptor."""

    def __init__(self, files: Sequence[Any]) -> None:
        self._messages: dict[str, tuple[Any, str]] = {}
        """By full name, with the syntax of its file."""
        self._enums: dict[str, Any] = {}
        self._done: dict[str, Type] = {}
        self._open: set[str] = set()
        for one in files:
            space = f".{one.package}" if one.package else ""
            self._enter(one.message_type, one.enum_type, space, one.syntax or "proto2")
            if one.syntax == "editions":
                raise self.refuse("an edition of the language is not read", "write the schema in proto3")

    def refuse(self, what: str, do: str = "write the data with a simpler schema") -> FormatError:
        return FormatError(what, where="the Protobuf schema", do=do)

    def _enter(self, messages: Iterable[Any], enums: Iterable[Any], space: str, syntax: str, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise self.refuse(f"types nested deeper than {MAX_DEPTH}")
        for one in enums:
            self._enums[f"{space}.{one.name}"] = one
        for one in messages:
            name = f"{space}.{one.name}"
            self._messages[name] = (one, syntax)
            self._enter(one.nested_type, one.enum_type, name, syntax, depth + 1)

    def message(self, name: str) -> Type:
        if name in self._done:
            return self._done[name]
        if name in self._open:
            raise self.refuse("a type that contains itself is not read")
        if name not in self._messages:
            raise self.refuse("a type that the schema does not define", "register schemas without references")
        if len(self._open) >= MAX_DEPTH:
            raise self.refuse(f"types nested deeper than {MAX_DEPTH}")
        given, syntax = self._messages[name]
        self._open.add(name)
        try:
            members = [self._member(one, syntax) for one in given.field]
        finally:
            self._open.discard(name)
        if len({m.name for m in members}) < len(members) or len({m.number for m in members}) < len(members):
            raise self.refuse("two fields of a message have one name or one number", "rename one")
        depth = 1 + max((m.type.depth for m in members), default=0)
        count = 1 + sum(m.type.count for m in members)
        if depth > MAX_DEPTH or count > MAX_TYPES:
            raise self.refuse(f"more than {MAX_TYPES:,} types, or deeper than {MAX_DEPTH}")
        self._done[name] = Type("message", members=tuple(members), depth=depth, count=count)
        return self._done[name]

    def _member(self, one: Any, syntax: str) -> Member:
        if one.type == _GROUP or not 0 < one.number < 1 << 29:
            raise self.refuse("a group, or a field's number that is none")
        try:
            tags, properties = field_meta(one.options.SerializeToString())
        except MetaError:
            tags, properties = (), {}
        name = properties.get(NAME, one.name)
        if not name or name in MARKERS:
            raise self.refuse("a field's name is empty or a path marker ([], {} or {keys})", "rename it")
        repeated = one.label == _REPEATED
        found = self._type(one)
        alone = one.HasField("oneof_index") and not one.proto3_optional
        made = Member(
            one.number,
            name,
            found,
            repeated=repeated,
            presence=not repeated and (syntax == "proto2" or found.name in _MESSAGES or one.HasField("oneof_index")),
            oneof=one.oneof_index if alone else -1,
            tags=tuple(tag for tag in dict.fromkeys(tags) if tag and "," not in tag),
        )
        entry = self._messages.get(one.type_name, (None, ""))[0] if one.type == _MESSAGE else None
        if entry is None or not entry.options.map_entry:
            return made
        parts = {m.number: m for m in found.members}
        if parts.keys() != {1, 2} or parts[1].type.kind not in (Kind.STRING, Kind.INTEGER, Kind.BOOLEAN):
            raise self.refuse("a map's entry that is none")
        return replace(made, type=parts[2].type, key=parts[1].type, repeated=True)

    def _type(self, one: Any) -> Type:
        if one.type == _ENUM:
            stated = self._enums.get(one.type_name)
            if stated is None:
                raise self.refuse("a type that the schema does not define", "register schemas without references")
            symbols: dict[int, str] = {}
            for symbol in stated.value:
                symbols.setdefault(symbol.number, symbol.name)
            return Type("enum", symbols=symbols)
        if one.type == _MESSAGE:
            return Type("timestamp") if one.type_name == _TIMESTAMP else self.message(one.type_name)
        if one.type not in _WORDS:
            raise self.refuse("a type that is not read")
        return Type(_WORDS[one.type])


@dataclass(frozen=True, slots=True)
class Types:
    """The messages of a schema, by their place."""

    file: Any
    parser: _Parser


def read_types(text: str) -> Types:
    """A schema, ready to be asked for its messages. Raises as `compile_schema`."""
    files = compile_schema(text)
    return Types(files[-1], _Parser(files))


def type_at(types: Types, indexes: Sequence[int]) -> Type:
    """The message that a value's indexes name: the first's place in the file, then those of messages inside messages.

    Raises `FormatError` for a place where there is none, and for a message that is not read.
    """
    space = f".{types.file.package}" if types.file.package else ""
    inside = types.file.message_type
    for index in indexes:
        if not 0 <= index < len(inside):
            raise types.parser.refuse("a value names a message that its schema does not have")
        space, inside = f"{space}.{inside[index].name}", inside[index].nested_type
    if not indexes:
        raise types.parser.refuse("a value that names no message")
    return types.parser.message(space)


def declared_schema(top: Type) -> Schema:
    """The schema of a message's records; null is left to the records to show."""
    return Schema(_message(top))


def _message(given: Type) -> Node:
    return Node(frozenset({Kind.RECORD}), fields=tuple((m.name, _member_node(m)) for m in given.members))


def _member_node(member: Member) -> Node:
    told = ((TAGS, ",".join(member.tags)),) if member.tags else ()
    of_one = _message(member.type) if member.type.name == "message" else _scalar(member.type)
    if member.key is not None:
        return Node(frozenset({Kind.MAP}), value=of_one, properties=told)
    if member.repeated:
        return Node(frozenset({Kind.LIST}), item=of_one, properties=told)
    return replace(of_one, properties=told)


def _scalar(given: Type) -> Node:
    return Node(frozenset({given.kind}), logical=given.logical)
