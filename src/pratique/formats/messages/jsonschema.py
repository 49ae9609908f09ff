"""Values in JSON with a schema registry's header: a zero byte, the schema's id, then a JSON object.

A value is judged by what it holds: its schema is not held against it. A value whose id is not in the message set is a
reject by the rule ``schema``. Schemas are written in draft 7, the newest that registries compare.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import orjson

from pratique.formats.avro.types import tags_of
from pratique.formats.distinct import hinted_kinds
from pratique.formats.jsonl.encode import encode_batches
from pratique.formats.lines import LONGEST
from pratique.formats.messages.reading import Read
from pratique.formats.messages.values_json import read_json, split_lines
from pratique.model.data import Batch
from pratique.model.logical import read_logical
from pratique.model.messages import WIRE, Bytes, Ints, MessageSet, lines_of
from pratique.model.paths import MARKERS
from pratique.model.schema import Kind, Node, Schema

_ID: Final = struct.Struct(">bI")
DIALECT: Final = "http://json-schema.org/draft-07/schema#"
_DEEPEST: Final = 64
_MOST: Final = 10_000
"""Places of a schema that are declared; further ones are left to the values to show."""
_WORDS: Final = {
    Kind.RECORD: "object",
    Kind.MAP: "object",
    Kind.LIST: "array",
    Kind.STRING: "string",
    Kind.DOUBLE: "number",
    Kind.INTEGER: "integer",
    Kind.BOOLEAN: "boolean",
    Kind.NULL: "null",
}
_SCALARS: Final = {word: kind for kind, word in _WORDS.items() if kind not in (Kind.MAP, Kind.NULL, Kind.DOUBLE)}
"""``number`` is not declared: whole numbers and others are told apart by the values."""


class JsonSchemaValues:
    """Implements `pratique.formats.messages.values.ValueCodec`."""

    kind = "JSON"

    def read(self, messages: MessageSet, there: Ints, known: Schema | None, *, columns: bool) -> Read:
        """The objects behind the headers, read as JSON values are."""
        found = Read()
        kept: list[int] = []
        bodies: list[bytes] = []
        listed = messages.values.listed()
        for place in there.tolist():
            value = listed[place] or b""
            if len(value) > LONGEST:
                found.rejects.append((place, "size"))
            elif len(value) < WIRE or value[0]:
                found.rejects.append((place, "json"))
            elif not _is_schema(messages.schemas.get(str(_ID.unpack_from(value)[1]))):
                found.rejects.append((place, "schema"))
            else:
                kept.append(place)
                bodies.append(value[WIRE:])
        if kept:
            inner = read_json(lines_of(bodies), np.array(kept, np.int64), hinted_kinds(known), columns=columns)
            found.batches += inner.batches
            found.rejects += inner.rejects
        return found

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """Canonical records, with the id 0."""
        head = _ID.pack(0, 0)
        return lines_of([head + line for line in split_lines(encode_batches(batches, schema))])

    def schemas(self, schema: Schema) -> dict[str, str]:
        """That of what is written."""
        return {"0": orjson.dumps(schema_of(schema)).decode()}

    def declared(self, text: str) -> Schema | None:
        """The fields that a schema names, as far as they stand in it without references."""
        return declared_schema(text)


@lru_cache(64)
def _is_schema(text: str | None) -> bool:
    if text is None:
        return False
    try:
        return isinstance(orjson.loads(text), dict | bool)
    except orjson.JSONDecodeError:
        return False


# --- schemas that are written ----------------------------------------------------------------------------------------


def schema_of(schema: Schema) -> dict[str, Any]:
    """An output's schema, closed: it names every field, and none is required, so that one may be added."""
    return {"$schema": DIALECT, "title": "Record", **_stated(schema.root)}


def _stated(node: Node) -> dict[str, Any]:
    words = sorted({_WORDS[kind] for kind in node.kinds} or {"null"})
    if "number" in words and "integer" in words:
        words.remove("integer")
    made: dict[str, Any] = {"type": words[0] if len(words) == 1 else words}
    known = read_logical(node.logical)
    if known is not None and known.base == "timestamp" and known.zone:
        made["format"] = "date-time"
    elif known is not None and known.base == "date32":
        made["format"] = "date"
    if Kind.RECORD in node.kinds:
        made["properties"] = {name: _stated(child) for name, child in node.fields}
        made["additionalProperties"] = False
    elif Kind.MAP in node.kinds:
        made["additionalProperties"] = False if node.value is None else _stated(node.value)
    if Kind.LIST in node.kinds:
        made["items"] = False if node.item is None else _stated(node.item)
    told = dict(node.properties)
    if entities := [e for e in told.get("pratique.entities", "").split(",") if e]:
        made["confluent:tags"] = entities
    return made | told


# --- schemas that are read -------------------------------------------------------------------------------------------


def declared_schema(text: str) -> Schema | None:
    """None for what is no schema of an object."""
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("properties"), dict):
        return None
    left = [_MOST]
    return Schema(_declared(given, 0, left))


def _declared(given: Any, depth: int, left: list[int]) -> Node:
    """What a place says of itself. Kinds that it does not say are left to the values, and so is what is referred to."""
    left[0] -= 1
    if not isinstance(given, dict) or depth > _DEEPEST or left[0] < 0:
        return Node(frozenset())
    word = given.get("type")
    words = word if isinstance(word, list) else [word]
    kinds = frozenset(_SCALARS[w] for w in words if isinstance(w, str) and w in _SCALARS)
    stated, items = given.get("properties"), given.get("items")
    fields: tuple[tuple[str, Node], ...] = ()
    if isinstance(stated, dict) and (Kind.RECORD in kinds or not depth):
        kinds |= {Kind.RECORD}
        fields = tuple(
            (n, _declared(c, depth + 1, left)) for n, c in stated.items() if n not in MARKERS and left[0] > 0
        )
    elif Kind.RECORD in kinds:
        kinds -= {Kind.RECORD}  # whether it is a record or a map is for the values to show
    tags = tags_of(given)
    item = _declared(items, depth + 1, left) if Kind.LIST in kinds and isinstance(items, dict) else None
    return Node(kinds, fields=fields, item=item, properties=(("tags", ",".join(tags)),) if tags else ())
