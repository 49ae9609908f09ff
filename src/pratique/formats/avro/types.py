"""Avro schemas as files state them, within bounds, and the schemas of this house that they amount to.

What a schema carries beside types (docs, defaults, aliases, properties) is read over, but tags: they are evidence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import orjson

from pratique.errors import FormatError
from pratique.formats.lines import LONGEST
from pratique.model.logical import read_logical
from pratique.model.paths import MARKERS
from pratique.model.schema import SCALARS, Kind, Node, Schema

MAX_DEPTH = 64
"""Records, arrays, maps and unions inside each other, the record itself included."""
MAX_TYPES = 10_000
"""Types in a schema, each counted wherever it stands."""
MAX_VOIDS = 64
"""Values of no bytes in one item of an array or a map."""
NAME: Final = "pratique.name"
"""Property of a field whose name Avro does not allow: the name itself."""
_NEEDED = frozenset(
    {"type", "name", "namespace", "fields", "items", "values", "symbols", "size", "logicalType", "precision", "scale"}
) | {NAME}
"""What of a schema decides how bytes are read."""
_KINDS = {
    "null": Kind.NULL,
    "boolean": Kind.BOOLEAN,
    "int": Kind.INTEGER,
    "long": Kind.INTEGER,
    "float": Kind.DOUBLE,
    "double": Kind.DOUBLE,
    "bytes": Kind.STRING,
    "string": Kind.STRING,
    "fixed": Kind.STRING,
    "enum": Kind.STRING,
    "record": Kind.RECORD,
    "array": Kind.LIST,
    "map": Kind.MAP,
}
_LEAST = {"null": 0, "boolean": 1, "int": 1, "long": 1, "float": 4, "double": 8, "bytes": 1, "string": 1}
_PLAIN = {"int": "int32", "float": "float32", "bytes": "binary"}
"""What a primitive type is by its width or content, beside its kind."""
_TIMES = {
    ("int", "date"): "date32",
    ("int", "time-millis"): "time32[ms]",
    ("long", "time-micros"): "time64[us]",
    ("string", "uuid"): "uuid",
} | {
    ("long", f"{local}timestamp-{name}"): f"timestamp[{unit}{zone}]"
    for name, unit in (("millis", "ms"), ("micros", "us"), ("nanos", "ns"))
    for local, zone in (("", ", UTC"), ("local-", ""))
}
_DECIMAL_DIGITS = 76


@dataclass(frozen=True, slots=True)
class Type:
    """An Avro type, all names in it resolved."""

    name: str
    """Avro's word: ``long``, ``record``, ``union``, …"""
    logical: str = ""
    """What its values are lowered from (`pratique.model.logical`)."""
    size: int = 0
    """Bytes, of a fixed."""
    symbols: tuple[str, ...] = ()
    """Of an enum."""
    fields: "tuple[tuple[str, Type], ...]" = ()
    """Of a record."""
    inner: "Type | None" = None
    """Items of an array, values of a map."""
    branches: "tuple[Type, ...]" = ()
    """Of a union."""
    least: int = 0
    """Bytes that a value has at least."""
    voids: int = 0
    """Values of no bytes (nulls outside unions, above all) that one value of it may bring along, for which no length of
    the file stands."""
    depth: int = 1
    count: int = 1
    """Types in it, itself included."""
    tags: tuple[str, ...] = ()
    """What the field that it is the type of is tagged with."""

    @property
    def kind(self) -> Kind:
        """What its values are lowered to; not of a union."""
        known = read_logical(self.logical)
        return _KINDS[self.name] if known is None else known.kind


@dataclass(slots=True)
class _Parser:
    """Reads one schema."""

    known: dict[str, Type] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    """Full names of the types that are being read."""
    where: str = ""
    level: int = 0

    def refuse(self, what: str, do: str = "write the data with a simpler schema") -> FormatError:
        return FormatError(what, where=f"the Avro schema, {self.where}" if self.where else "the Avro schema", do=do)

    def read(self, given: Any, space: str) -> Type:
        """A type as JSON states it; ``space`` is the namespace around it."""
        self.level += 1
        if self.level > MAX_DEPTH:
            raise self.refuse(f"types nested deeper than {MAX_DEPTH}")
        found = self._read(given, space)
        if found.depth > MAX_DEPTH:
            raise self.refuse(f"types nested deeper than {MAX_DEPTH}")
        if found.count > MAX_TYPES:
            raise self.refuse(f"more than {MAX_TYPES:,} types")
        self.level -= 1
        return found

    def _read(self, given: Any, space: str) -> Type:
        if isinstance(given, str):
            return self._named(given, space)
        if isinstance(given, list):
            return self._union(given, space)
        if not isinstance(given, dict):
            raise self.refuse("neither a name, a list nor an object where a type is expected", "the file is damaged")
        word = given.get("type")
        if isinstance(word, dict | list):
            return self.read(word, space)
        makers: Mapping[str, Callable[[dict[str, Any], str], Type]] = {
            "record": self._record,
            "error": self._record,
            "enum": self._enum,
            "fixed": self._fixed,
            "array": self._array,
            "map": self._map,
        }
        if not isinstance(word, str):
            raise self.refuse("an object without a type", "the file is damaged")
        if word in makers:
            return makers[word](given, space)
        found = self._named(word, space)
        return _with_logical(found, given) if found.name in _LEAST else found

    def _named(self, word: str, space: str) -> Type:
        if word in _LEAST:
            return Type(word, _PLAIN.get(word, ""), least=_LEAST[word], voids=int(not _LEAST[word]))
        full = _full(word, space)
        full = full if full in self.known or full in self.open else word
        if full in self.open:
            raise self.refuse("a type that contains itself is not read")
        if full not in self.known:
            raise self.refuse("a type that the schema does not define", "the file is damaged")
        return self.known[full]

    def _union(self, given: list[Any], space: str) -> Type:
        if not given:
            raise self.refuse("a union of nothing", "the file is damaged")
        branches = tuple(self.read(one, space) for one in given)
        if any(branch.name == "union" for branch in branches):
            raise self.refuse("a union right inside a union", "the file is damaged")
        least = 1 + min(branch.least for branch in branches)
        # The number of the branch is a byte, and stands for one value.
        voids = max(0, *(branch.voids - 1 for branch in branches))
        return _sized(Type("union", branches=branches, least=least, voids=voids), branches)

    def _enter(self, given: dict[str, Any], space: str) -> tuple[str, str]:
        """The full name of a type that is about to be read, and the namespace in it."""
        name = given.get("name")
        if not isinstance(name, str) or not name:
            raise self.refuse("a type without a name", "the file is damaged")
        stated = given.get("namespace")
        full = _full(name, stated if isinstance(stated, str) else space)
        if full in self.known or full in self.open:
            raise self.refuse("two types of one name", "the file is damaged")
        self.open.add(full)
        return full, full.rpartition(".")[0]

    def _leave(self, full: str, made: Type) -> Type:
        self.open.discard(full)
        self.known[full] = made
        return made

    def _record(self, given: dict[str, Any], space: str) -> Type:
        full, inside = self._enter(given, space)
        stated = given.get("fields")
        if not isinstance(stated, list):
            raise self.refuse("a record without a list of fields", "the file is damaged")
        found: dict[str, Type] = {}
        top = not self.where
        for number, one in enumerate(stated):
            if top:
                self.where = f"field #{number}"
            name = self._field_name(one)
            if name in found:
                raise self.refuse("two fields of a record have one name", "rename one")
            if "type" not in one:
                raise self.refuse("a field without a type", "the file is damaged")
            read, tags = self.read(one["type"], inside), tags_of(one)
            found[name] = replace(read, tags=tags) if tags else read
        least = sum(child.least for child in found.values())
        voids = sum(child.voids for child in found.values()) + int(not least)
        made = Type("record", fields=tuple(found.items()), least=least, voids=voids)
        return self._leave(full, _sized(made, found.values()))

    def _field_name(self, given: Any) -> str:
        name = given.get(NAME, given.get("name")) if isinstance(given, dict) else None
        if not isinstance(name, str):
            raise self.refuse("a field without a name", "the file is damaged")
        if name in MARKERS:
            raise self.refuse("a field's name is a path marker ([], {} or {keys})", "rename it")
        return name

    def _enum(self, given: dict[str, Any], space: str) -> Type:
        full, _ = self._enter(given, space)
        symbols = given.get("symbols")
        if not isinstance(symbols, list) or not all(isinstance(symbol, str) for symbol in symbols):
            raise self.refuse("an enum without a list of symbols", "the file is damaged")
        if len(set(symbols)) < len(symbols):
            raise self.refuse("an enum with two equal symbols", "the file is damaged")
        return self._leave(full, Type("enum", symbols=tuple(symbols), least=1))

    def _fixed(self, given: dict[str, Any], space: str) -> Type:
        full, _ = self._enter(given, space)
        size = given.get("size")
        if type(size) is not int or not 0 <= size <= LONGEST:
            raise self.refuse("a fixed whose size is none, or beyond 16 MiB")
        made = Type("fixed", f"fixed_size_binary({size})", size=size, least=size, voids=int(not size))
        return self._leave(full, _with_logical(made, given))

    def _array(self, given: dict[str, Any], space: str) -> Type:
        return self._holding("array", given.get("items"), space)

    def _map(self, given: dict[str, Any], space: str) -> Type:
        return self._holding("map", given.get("values"), space)

    def _holding(self, name: str, inner: Any, space: str) -> Type:
        found = self.read(inner, space)
        if name == "array" and not found.least:
            # A few bytes of the file would stand for any number of them.
            raise self.refuse("an array whose items may take no bytes")
        if found.voids > MAX_VOIDS:
            raise self.refuse(f"more than {MAX_VOIDS} values of no bytes in each item of an array or a map")
        return _sized(Type(name, inner=found, least=1), [found])


def tags_of(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags that a place in a schema carries, as Confluent's registry has them."""
    tags = given.get("confluent:tags")
    found = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    return tuple(one for one in dict.fromkeys(found) if one and "," not in one)


def _full(name: str, space: str) -> str:
    return name if "." in name or not space else f"{space}.{name}"


def _sized(made: Type, below: "Sequence[Type] | Any") -> Type:
    children = list(below)
    depth = 1 + max((child.depth for child in children), default=0)
    return replace(made, depth=depth, count=1 + sum(child.count for child in children))


def _with_logical(made: Type, given: Mapping[str, Any]) -> Type:
    """The type with the logical type that is stated, where it is one of this type: others do not count (as Avro
    says).
    """
    word = given.get("logicalType")
    if not isinstance(word, str):
        return made
    if word == "decimal" and made.name in ("bytes", "fixed"):
        precision, scale = given.get("precision"), given.get("scale", 0)
        if type(precision) is not int or type(scale) is not int or not 0 <= scale <= precision or not precision:
            return made
        if precision > _DECIMAL_DIGITS:
            what = f"a decimal of more than {_DECIMAL_DIGITS} digits"
            raise FormatError(what, where="the Avro schema", do="write it as text")
        return replace(made, logical=decimal_name(precision, scale))
    if word == "uuid" and made.name == "fixed" and made.size == 16:  # noqa: PLR2004 - what a UUID has
        return replace(made, logical="uuid")
    return replace(made, logical=_TIMES.get((made.name, word), made.logical))


def decimal_name(precision: int, scale: int) -> str:
    """The logical type of Avro's decimals."""
    return f"decimal{128 if precision <= 38 else 256}({precision}, {scale})"  # noqa: PLR2004 - what 128 bits hold


def read_schema(text: bytes) -> Type:
    """The record that a file's schema states. Raises `FormatError`, naming a place and never a name, for what is no
    schema, is out of bounds, contains itself, or is not a record.
    """
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise FormatError("the Avro schema is not JSON", do="the file is damaged") from None
    parser = _Parser()
    found = parser.read(given, "")
    parser.where = ""
    if found.name != "record":
        raise parser.refuse("the file holds no records", "write records")
    if not found.least:
        raise parser.refuse("records that may take no bytes", "write a field that is no null")
    return found


def slim_schema(text: bytes) -> bytes:
    """A schema without all that does not decide how bytes are read."""
    return orjson.dumps(_slim(orjson.loads(text)))


def _slim(given: Any) -> Any:
    if isinstance(given, list):
        return [_slim(one) for one in given]
    if isinstance(given, dict):
        return {name: _slim(one) for name, one in given.items() if name in _NEEDED}
    return given


# --- what it is here ------------------------------------------------------------------------------------------------


def declared_schema(top: Type) -> Schema:
    """The schema of a file's records; null is left to the records to show."""
    return Schema(_node(top))


def _node(given: Type) -> Node:
    made = _bare(given)
    return replace(made, properties=(("tags", ",".join(given.tags)),)) if given.tags else made


def _bare(given: Type) -> Node:
    if given.name == "union":
        branches = [_node(branch) for branch in given.branches if branch.name != "null"]
        return _joined(branches) if branches else Node(frozenset())
    kind = given.kind
    kinds = frozenset({kind}) - {Kind.NULL}
    if kind is Kind.RECORD:
        return Node(kinds, fields=tuple((name, _node(child)) for name, child in given.fields))
    if given.inner is not None:
        below = _node(given.inner)
        return Node(kinds, item=below) if kind is Kind.LIST else Node(kinds, value=below)
    return Node(kinds, logical=given.logical)


def _joined(nodes: Sequence[Node]) -> Node:
    """One node for all branches of a union; records of several kinds become one with the fields of all."""
    made = nodes[0]
    for other in nodes[1:]:
        fields = dict(made.fields)
        for name, child in other.fields:
            fields[name] = _joined([fields[name], child]) if name in fields else child
        made = Node(
            made.kinds | other.kinds,
            fields=tuple(fields.items()),
            item=_either(made.item, other.item),
            value=_either(made.value, other.value),
            logical=made.logical if made.logical == other.logical else "",
        )
    # A place with two scalar kinds has no logical type.
    return made if len(made.kinds & SCALARS) <= 1 else replace(made, logical="")


def _either(one: Node | None, other: Node | None) -> Node | None:
    return _joined([one, other]) if one is not None and other is not None else one or other


# --- logical types that Avro keeps ----------------------------------------------------------------------------------

_KEPT = {"int8": "int32", "int16": "int32", "uint8": "int32", "uint16": "int32", "float16": "float32"}


def stored_logical(name: str) -> str:
    """The logical type as which Avro keeps one: of a wider type, of UTC instead of a zone; empty where it keeps none,
    and only the text or number itself.
    """
    known = read_logical(name)
    if known is None or known.base in ("duration", "uint32", "uint64"):
        return ""
    if known.base == "timestamp":
        return "" if known.unit == "s" else f"timestamp[{known.unit}{', UTC' if known.zone else ''}]"
    if known.base in ("time32", "time64"):
        return name if known.unit in ("ms", "us") else ""
    if known.base.startswith("decimal"):
        return decimal_name(known.precision, known.scale) if known.scale <= known.precision else ""
    if known.base == "fixed_size_binary" and not known.width:
        return "binary"
    return _KEPT.get(name, name)
