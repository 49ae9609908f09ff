"""Inferring a schema: records, lists, maps, unions, nulls and missing fields, in one pass and bounded memory.

An object below the top is a *map*, not a record, if one of these holds:

1. more than 100 different keys were seen at its place;
2. at least 8 objects with at least 8 different keys were seen there, and no key is in more than half of them;
3. every key seen there looks like a value: all digits, a UUID, or something with an ``@``.

So keys that carry data are treated as data. The top level is always a record. Where an input states its own schema,
that says what is a record and what a map.
"""

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pratique.errors import FormatError
from pratique.model.data import Batch, Block, Column
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath
from pratique.model.schema import Kind, Node, Schema

MAX_KEYS = 100
FEW = 8
MAX_NAMES = 10_000
"""Different top-level names; more are no dataset of records."""

_VALUE_LIKE = re.compile(r"[0-9]+\Z|.*@|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-")
_SCALAR_KINDS = {str: Kind.STRING, int: Kind.INTEGER, float: Kind.DOUBLE, bool: Kind.BOOLEAN, type(None): Kind.NULL}
_ARROW_KINDS = {
    pa.string(): Kind.STRING,
    pa.int64(): Kind.INTEGER,
    pa.float64(): Kind.DOUBLE,
    pa.bool_(): Kind.BOOLEAN,
}


class Shape:
    """What was seen at one place: the mutable form of a `Node`."""

    __slots__ = ("fields", "is_map", "item", "kinds", "logical", "objects", "seen", "stated", "value")

    def __init__(self) -> None:
        self.seen = 0
        """How many values, of any kind."""
        self.kinds: set[Kind] = set()
        self.objects = 0
        self.fields: dict[str, Shape] = {}
        self.item: Shape | None = None
        self.value: Shape | None = None
        self.is_map = False
        self.stated = False
        """Whether an input said itself what stands here."""
        self.logical = ""

    def declare(self, node: Node) -> None:
        """Take what an input states of this place. Where two inputs state two logical types, there is none."""
        self.logical = node.logical if not self.stated or self.logical == node.logical else ""
        self.stated = True
        self.kinds |= {Kind.RECORD if kind is Kind.MAP else kind for kind in node.kinds}
        if Kind.MAP in node.kinds and not self.is_map:
            self.collapse()
        for name, child in node.fields:
            self.below(name).declare(child)
        if node.item is not None:
            self.item = self.item or Shape()
            self.item.declare(node.item)
        if node.value is not None:
            self.value = self.value or Shape()
            self.value.declare(node.value)

    def add(self, value: Any, *, top: bool = False) -> None:
        """Take one value; raises `TypeError` for what no format gives."""
        self.seen += 1
        kind = _SCALAR_KINDS.get(type(value))
        if kind is not None:
            self.kinds.add(kind)
        elif isinstance(value, dict):
            self._add_object(value, top=top)
        elif isinstance(value, list):
            self.kinds.add(Kind.LIST)
            for item in value:
                self.item = self.item or Shape()
                self.item.add(item)
        else:
            raise TypeError(f"a record holds a {type(value).__name__}")

    def _add_object(self, value: Mapping[str, Any], *, top: bool) -> None:
        self.kinds.add(Kind.RECORD)
        self.objects += 1
        for name, child in value.items():
            self.below(name).add(child)
        if top:
            self.check_names()
        elif not self.is_map and not self.stated and len(self.fields) > MAX_KEYS:
            self.collapse()

    def check_names(self) -> None:
        """Raises `FormatError` where the top level has too many names to be records of one kind."""
        if len(self.fields) > MAX_NAMES:
            raise FormatError(
                f"more than {MAX_NAMES:,} different names at the top of the records",
                do="names that are data belong into a map: one field, with them as its keys",
            )

    def below(self, name: str) -> "Shape":
        """The shape of a field, or of the values of a map."""
        if self.is_map:
            self.value = self.value or Shape()
            return self.value
        if name not in self.fields:
            self.fields[name] = Shape()
        return self.fields[name]

    def collapse(self) -> None:
        """Turn a record into a map: all its fields become one."""
        self.is_map = True
        for child in self.fields.values():
            self.value = self.value or Shape()
            self.value.absorb(child)
        self.fields = {}

    def absorb(self, other: "Shape") -> None:
        """Take everything that another place saw."""
        self.seen += other.seen
        self.logical = other.logical if not self.stated or self.logical == other.logical else ""
        self.stated = self.stated or other.stated
        self.objects += other.objects
        self.kinds |= other.kinds
        if other.is_map and not self.is_map:
            self.collapse()
        for name, child in other.fields.items():
            self.below(name).absorb(child)
        for attribute in ("item", "value"):
            child = getattr(other, attribute)
            if child is not None:
                own = getattr(self, attribute) or Shape()
                own.absorb(child)
                setattr(self, attribute, own)

    def settle(self, *, top: bool) -> None:
        """Decide, from the top down, which objects are maps."""
        if not top and self.fields and not self.is_map and not self.stated and self._looks_like_map():
            self.collapse()
        for child in (*self.fields.values(), self.item, self.value):
            if child is not None:
                child.settle(top=False)

    def _looks_like_map(self) -> bool:
        if len(self.fields) > MAX_KEYS or all(_VALUE_LIKE.match(name) for name in self.fields):
            return True
        commonest = max(child.seen for child in self.fields.values())
        return self.objects >= FEW and len(self.fields) >= FEW and commonest * 2 <= self.objects

    def node(self, *, optional: bool = False) -> Node:
        """The frozen form."""
        kinds = {Kind.MAP if kind is Kind.RECORD and self.is_map else kind for kind in self.kinds}
        fields = tuple((name, child.node(optional=child.seen < self.objects)) for name, child in self.fields.items())
        item = self.item.node() if self.item is not None else None
        value = self.value.node() if self.value is not None else None
        logical = self.logical if len(kinds - {Kind.NULL}) == 1 else ""
        return Node(frozenset(kinds), optional=optional, fields=fields, item=item, value=value, logical=logical)


class SchemaBuilder:
    """Takes batches or records; gives the schema that all of them fit. Fields stand in the order of first
    appearance.
    """

    def __init__(self) -> None:
        self.top = Shape()
        self.top.kinds.add(Kind.RECORD)

    def declare(self, schema: Schema) -> None:
        """Take the schema that an input states, before its records."""
        self.top.declare(schema.root)

    def add_block(self, block: Block) -> None:
        """Every row of a block."""
        for batch in block.batches:
            self.add_batch(batch)

    def add_batch(self, batch: Batch) -> None:
        """Every row of a batch."""
        if batch.records is not None:
            for record in batch.records:
                self.top.add(record, top=True)
        elif batch.columns is not None:
            self.top.objects += len(batch)
            self.top.seen += len(batch)
            for name, column in batch.columns.items():
                self._add_column(self.top.below(name), column)
            self.top.check_names()

    def add_record(self, record: Mapping[str, Any]) -> None:
        """One record."""
        self.top.add(dict(record), top=True)

    @staticmethod
    def _add_column(shape: Shape, column: Column) -> None:
        shape.seen += len(column.codes)
        if column.codes.null_count < len(column.codes):
            shape.kinds.add(_ARROW_KINDS[column.values.type])
        if column.codes.null_count:
            shape.kinds.add(Kind.NULL)

    def build(self) -> Schema:
        """The schema of all that was added; more may be added after."""
        self.top.settle(top=True)
        return Schema(self.top.node())

    def settled(self, path: FieldPath) -> FieldPath:
        """Where a path that was taken before a record turned out to be a map stands now."""
        shape: Shape | None = self.top
        now: list[str] = []
        for name in path:
            if shape is not None and shape.is_map and name not in (ITEM, VALUE, KEY):
                now.append(VALUE)
                shape = shape.value
                continue
            now.append(name)
            if shape is not None:
                shape = shape.item if name == ITEM else shape.value if name == VALUE else shape.fields.get(name)
        return tuple(now)
