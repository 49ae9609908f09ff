"""Schemas as JSON Schema (draft 2020-12) states them: the shape of one record as JSON.

No enumeration, default, example, minimum or pattern: those would come from data. What Pratique knows of a field stands
beside its type as annotations, ``pratique.class`` and the like, which validators pass over.
"""

from typing import Any, Final

from pratique.exchange.properties import plain_properties
from pratique.model.logical import read_logical
from pratique.model.schema import Kind, Node, Schema

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Final = {
    Kind.RECORD: "object",
    Kind.MAP: "object",
    Kind.LIST: "array",
    Kind.STRING: "string",
    Kind.DOUBLE: "number",
    Kind.INTEGER: "integer",
    Kind.BOOLEAN: "boolean",
    Kind.NULL: "null",
}
"""In the order in which they stand where a place has several."""


def json_schema(schema: Schema, title: str) -> dict[str, Any]:
    """The schema of a record; it holds for every record that fits ``schema``, as JSON writes it.

    A record with a field that is not in the schema does not fit.
    """
    return {"$schema": DIALECT, "title": title, **_node(schema.root)}


def _node(node: Node) -> dict[str, Any]:
    types = list(dict.fromkeys(word for kind, word in _TYPES.items() if kind in node.kinds))
    if "number" in types and "integer" in types:
        types.remove("integer")
    made: dict[str, Any] = {}
    if types:
        made["type"] = types[0] if len(types) == 1 else types
    else:
        # Nothing but nothing was seen: only empty lists, say.
        made["type"] = "null"
    stated = _format(node)
    if stated:
        made["format"] = stated
    if Kind.RECORD in node.kinds:
        made["properties"] = {name: _node(child) for name, child in node.fields}
        made["required"] = [name for name, child in node.fields if not child.optional]
        made["additionalProperties"] = False
    elif Kind.MAP in node.kinds:
        made["additionalProperties"] = False if node.value is None else _node(node.value)
    if Kind.LIST in node.kinds:
        made["items"] = False if node.item is None else _node(node.item)
    return made | dict(plain_properties(node))


def _format(node: Node) -> str:
    """Of texts in a form that JSON Schema has a word for."""
    known = read_logical(node.logical)
    if known is None or known.kind is not Kind.STRING:
        return ""
    if known.base == "timestamp":
        return "date-time" if known.zone else ""
    return {"date32": "date", "uuid": "uuid"}.get(known.base, "")
