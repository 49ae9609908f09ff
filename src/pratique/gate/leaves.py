"""A batch as leaves: for each field path its distinct values and where they stand. Both forms of a batch, one result.

Whatever the output schema does not name or allow refuses the part: the gate believes no encoder.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.errors import RefusedError
from pratique.model.data import Batch, Column
from pratique.model.paths import ITEM, KEY, VALUE, FieldPath
from pratique.model.schema import Kind, Node, Schema

_TYPES = {
    Kind.STRING: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DOUBLE: pa.float64(),
    Kind.BOOLEAN: pa.bool_(),
}
_NOT_ALLOWED = "the output holds a kind of value that its schema does not allow here"
_NOT_NAMED = "the output holds a field that its schema does not name"
_LEAST, _MOST = -(1 << 63), (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """The values of one path and kind in one batch."""

    path: FieldPath
    kind: Kind
    values: pa.Array
    """Without nulls; every one of them is in use. Of the Arrow type of its kind."""
    codes: npt.NDArray[np.int32]
    """Index into ``values``, per occurrence."""
    rows: npt.NDArray[np.int64]
    """The row of each occurrence, counted from the start of the part; as long as ``codes``."""


class LeafReader:
    """Takes batches apart by the output schema. ``name_of`` gives a path as errors may show it."""

    def __init__(self, schema: Schema, name_of: Callable[[FieldPath], str]) -> None:
        self._root = schema.root
        self._fields: Mapping[str, Node] = dict(schema.root.fields)
        self._name_of = name_of

    def leaves(self, batch: Batch, rows: npt.NDArray[np.int64]) -> Iterator[Leaf]:
        """Every leaf of a batch whose rows are numbered ``rows``. Nulls are no leaves: they carry nothing.

        Raises `RefusedError` for a field or kind that the output schema does not allow.
        """
        if batch.columns is not None:
            for name, column in batch.columns.items():
                leaf = self._column(name, column, rows)
                if leaf is not None:
                    yield leaf
        else:
            assert batch.records is not None
            walk = _Walk(self._refuse)
            for row, record in zip(rows, batch.records, strict=True):
                walk.record(record, self._root, (), int(row))
            yield from walk.leaves()

    def _refuse(self, path: FieldPath | None, rule: str) -> RefusedError:
        return RefusedError(rule, where="" if path is None else f"field {self._name_of(path)}")

    def _column(self, name: str, column: Column, rows: npt.NDArray[np.int64]) -> Leaf | None:
        node = self._fields.get(name)
        if node is None:
            raise self._refuse(None, _NOT_NAMED)
        codes, at = _codes(column, rows)
        if len(codes) == 0:
            return None
        kind = kind_of(column.values.type)
        if kind is None or kind not in node.kinds:
            raise self._refuse((name,), _NOT_ALLOWED)
        if kind is Kind.DOUBLE and not np.isfinite(np.asarray(column.values)).all():
            raise self._refuse((name,), _NOT_ALLOWED)
        values = column.values if column.values.type == _TYPES[kind] else column.values.cast(_TYPES[kind])
        used = np.zeros(len(values), dtype=bool)
        used[codes] = True
        if not used.all():
            places = np.cumsum(used, dtype=np.int32) - 1
            values, codes = values.filter(pa.array(used)), places[codes]
        return Leaf((name,), kind, values, codes, at)


def _codes(column: Column, rows: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    codes = column.codes
    if len(codes) != len(rows):
        raise RefusedError("the output cannot be read back: a column is of another length than its batch")
    if codes.null_count:
        there = np.asarray(codes.is_valid())
        found = np.asarray(codes.drop_null())
        rows = rows[there]
    else:
        found = np.asarray(codes)
    if len(found) and (found.min() < 0 or found.max() >= len(column.values)):
        raise RefusedError("the output cannot be read back: a column's codes are out of range")
    return found, rows


def kind_of(kind: pa.DataType) -> Kind | None:
    """The kind of an Arrow type, or None where a batch may not have it."""
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return Kind.STRING
    if pa.types.is_boolean(kind):
        return Kind.BOOLEAN
    if pa.types.is_int64(kind):
        return Kind.INTEGER
    return Kind.DOUBLE if pa.types.is_float64(kind) else None


@dataclass(slots=True)
class _Gathered:
    """The occurrences of one path and kind, while records are walked."""

    places: dict[object, int] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def add(self, value: object, row: int) -> None:
        self.codes.append(self.places.setdefault(value, len(self.places)))
        self.rows.append(row)


class _Walk:
    """One pass over records: every leaf, list item, map key and map value."""

    def __init__(self, refuse: Callable[[FieldPath | None, str], RefusedError]) -> None:
        self._refuse = refuse
        self._gathered: dict[tuple[FieldPath, Kind], _Gathered] = {}

    def record(self, value: object, node: Node, path: FieldPath, row: int) -> None:
        if value is None:
            return
        if isinstance(value, dict):
            self._object(value, node, path, row)
        elif isinstance(value, list):
            self._list(value, node, path, row)
        else:
            kind = _scalar_kind(value)
            if kind is None or kind not in node.kinds:
                raise self._refuse(path, _NOT_ALLOWED)
            self._add(path, kind, value, row)

    def _add(self, path: FieldPath, kind: Kind, value: object, row: int) -> None:
        self._gathered.setdefault((path, kind), _Gathered()).add(value, row)

    def _object(self, value: Mapping[object, object], node: Node, path: FieldPath, row: int) -> None:
        if not all(isinstance(name, str) for name in value):
            raise self._refuse(path, "the output holds a key that is no text")
        named = dict(node.fields)
        if Kind.RECORD in node.kinds and (Kind.MAP not in node.kinds or all(name in named for name in value)):
            for name, below in value.items():
                child = named.get(str(name))
                if child is None:
                    raise self._refuse(None, _NOT_NAMED)
                self.record(below, child, (*path, str(name)), row)
        elif Kind.MAP in node.kinds:
            for name, below in value.items():
                self._add((*path, KEY), Kind.STRING, name, row)
                if below is not None and node.value is None:
                    raise self._refuse(path, _NOT_ALLOWED)
                if node.value is not None:
                    self.record(below, node.value, (*path, VALUE), row)
        else:
            raise self._refuse(path, _NOT_ALLOWED)

    def _list(self, items: Sequence[object], node: Node, path: FieldPath, row: int) -> None:
        if Kind.LIST not in node.kinds or (node.item is None and any(item is not None for item in items)):
            raise self._refuse(path, _NOT_ALLOWED)
        for item in items:
            if node.item is not None:
                self.record(item, node.item, (*path, ITEM), row)

    def leaves(self) -> Iterator[Leaf]:
        for (path, kind), gathered in self._gathered.items():
            try:
                values = pa.array(list(gathered.places), type=_TYPES[kind])
            except (pa.ArrowInvalid, UnicodeEncodeError, OverflowError):
                raise self._refuse(path, "the output holds a value that cannot be written") from None
            yield Leaf(
                path, kind, values, np.array(gathered.codes, dtype=np.int32), np.array(gathered.rows, dtype=np.int64)
            )


def _scalar_kind(value: object) -> Kind | None:
    if isinstance(value, str):
        return Kind.STRING
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if isinstance(value, int):
        return Kind.INTEGER if _LEAST <= value <= _MOST else None
    return Kind.DOUBLE if isinstance(value, float) and math.isfinite(value) else None
