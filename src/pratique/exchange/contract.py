"""Data contracts by the Open Data Contract Standard (https://bitol.io), version 3.1.0.

A draft: what is known of one dataset, for people to complete. Where the standard has no word, Pratique's stands under
``customProperties``. Version 3.1 has no maps: a map is an object whose values are the property ``{}``, as in field
paths. No examples, no quality rules with bounds, no places: those would come from data, or tell where it lies.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pratique.exchange.properties import plain_properties
from pratique.model.logical import Logical, read_logical
from pratique.model.paths import VALUE
from pratique.model.schema import Kind, Node, Schema

API_VERSION: Final = "v3.1.0"
_SPACE: Final = uuid.UUID("6f0b5f0e-6f4e-5d0c-9f39-0d3c5f6f3a55")
"""The namespace of contracts' ids."""
_TYPES: Final = {
    Kind.STRING: "string",
    Kind.INTEGER: "integer",
    Kind.DOUBLE: "number",
    Kind.BOOLEAN: "boolean",
    Kind.RECORD: "object",
    Kind.MAP: "object",
    Kind.LIST: "array",
}
_CLASS: Final = "pratique.class"


@dataclass(frozen=True, slots=True)
class Contract:
    """What a contract says of a dataset as a whole."""

    exporter: str
    dataset: str
    version: str
    """Another one for every scan or plan that it was made from."""
    format: str
    region: str
    purpose: str = ""
    owner: str = ""
    retention: str = ""


def contract(schema: Schema, about: Contract) -> dict[str, Any]:
    """The contract of a dataset of this schema; the same words give the same contract."""
    told = (
        ("pratique.owner", about.owner),
        ("pratique.region", about.region),
        ("pratique.retention", about.retention),
    )
    made: dict[str, Any] = {
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": str(uuid.uuid5(_SPACE, f"{about.exporter}\n{about.dataset}")),
        "name": about.dataset,
        "version": about.version,
        "status": "draft",
    }
    if about.purpose:
        made["description"] = {"purpose": about.purpose}
    made["schema"] = [
        {
            "name": about.dataset,
            "logicalType": "object",
            "physicalType": about.format,
            "properties": [_property(name, child) for name, child in schema.root.fields],
        }
    ]
    return made | _custom((name, text) for name, text in told if text)


def _property(name: str, node: Node) -> dict[str, Any]:
    return {"name": name, **_element(node)}


def _element(node: Node) -> dict[str, Any]:
    kinds = sorted(node.kinds - {Kind.NULL})
    known = read_logical(node.logical)
    made: dict[str, Any] = {}
    logical = _logical(kinds, known)
    if logical:
        made["logicalType"] = logical
    if known is not None and known.base == "timestamp":
        made["logicalTypeOptions"] = {"timezone": bool(known.zone)}
    made["physicalType"] = known.name if known is not None else " or ".join(kinds) or "null"
    made["required"] = not node.optional and Kind.NULL not in node.kinds
    properties = plain_properties(node)
    if _CLASS in dict(properties):
        made["classification"] = dict(properties)[_CLASS]
    if Kind.RECORD in node.kinds:
        made["properties"] = [_property(name, child) for name, child in node.fields]
    elif Kind.MAP in node.kinds and node.value is not None:
        made["properties"] = [_property(VALUE, node.value)]
    if Kind.LIST in node.kinds and node.item is not None:
        made["items"] = _element(node.item)
    return made | _custom(properties)


def _logical(kinds: list[Kind], known: Logical | None) -> str:
    """The standard's word; none for a place that holds several kinds."""
    if known is not None and known.kind is Kind.STRING:
        words = {"date32": "date", "timestamp": "timestamp", "time32": "time", "time64": "time"}
        # A decimal is a number, whatever text stands for it between formats.
        return "number" if known.base.startswith("decimal") else words.get(known.base, "string")
    return _TYPES[kinds[0]] if len(kinds) == 1 else ""


def _custom(pairs: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> dict[str, Any]:
    found = [{"property": name, "value": text} for name, text in pairs]
    return {"customProperties": found} if found else {}
