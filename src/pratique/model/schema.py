"""Schemas: what shape the records of a dataset have. A tree of nodes; every leaf is one field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pratique.model.codec import LATER
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath


class Kind(StrEnum):
    """The kind of one value, as JSON sees it. What a format knows beyond it is lowered to one of these; see
    `Node.logical`.
    """

    NULL = "null"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    """Exact, within 64 signed bits."""
    DOUBLE = "double"
    STRING = "string"
    RECORD = "record"
    LIST = "list"
    MAP = "map"


SCALARS = frozenset({Kind.NULL, Kind.BOOLEAN, Kind.INTEGER, Kind.DOUBLE, Kind.STRING})


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a schema: every kind seen there, and what lies below."""

    kinds: frozenset[Kind]
    """All kinds allowed here; several make a union. NULL means that the value may be null."""
    optional: bool = False
    """Whether the enclosing record may lack this field."""
    fields: "tuple[tuple[str, Node], ...]" = ()
    """Of a record: its fields, in the order of first appearance."""
    item: "Node | None" = None
    """Of a list: what its items are; None when only empty lists were seen."""
    value: "Node | None" = None
    """Of a map: what its values are."""
    logical: str = field(default="", metadata=LATER)
    """What the one scalar kind stands for in a format that knows more than JSON: ``date32``, ``timestamp[us, UTC]``,
    ``decimal128(10, 2)``; empty for the kind itself. The names are in `pratique.model.logical`."""
    properties: "tuple[tuple[str, str], ...]" = field(default=(), metadata=LATER)
    """Of a field of an output schema: what plan and verdict say of it (``pratique.class`` and the like), sorted by
    name. Free of values."""


@dataclass(frozen=True, slots=True)
class Field:
    """One leaf of a schema."""

    path: FieldPath
    kinds: frozenset[Kind]
    optional: bool
    logical: str = ""
    """As of its node."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The shape of a dataset's records."""

    root: Node

    def fields(self) -> Iterator[Field]:
        """Every leaf in document order: scalars, list items, map values, and map keys (under `KEY`)."""
        yield from _leaves(self.root, ())

    @property
    def flat(self) -> bool:
        """Whether every field is a scalar at the top level: only then does the column way apply."""
        return all(len(field.path) == 1 for field in self.fields())


def _leaves(node: Node, path: FieldPath) -> Iterator[Field]:
    scalars = node.kinds & SCALARS
    below = node.kinds - SCALARS
    if scalars and not (below and scalars == {Kind.NULL}):
        yield Field(path, scalars, node.optional, node.logical)
    for name, child in node.fields:
        yield from _leaves(child, (*path, name))
    if node.item is not None:
        yield from _leaves(node.item, (*path, ITEM))
    if Kind.MAP in node.kinds:
        yield Field((*path, KEY), frozenset({Kind.STRING}), optional=False)
        if node.value is not None:
            yield from _leaves(node.value, (*path, VALUE))
