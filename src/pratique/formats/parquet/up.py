"""What batches hold to Arrow arrays of the output's types: raised, and held against the output schema."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.distinct import ARROW_KINDS
from pratique.formats.lowering import KIND_TYPES, raise_values
from pratique.model.schema import SCALARS, Kind, Node

_EXACT = 1 << 53
_KINDS = {str: Kind.STRING, int: Kind.INTEGER, float: Kind.DOUBLE, bool: Kind.BOOLEAN}
_NULL = frozenset({Kind.NULL})


def wrong(where: str) -> FormatError:
    """A value that the output schema does not allow; its place only."""
    return FormatError("a value of a kind that the output schema does not allow", where=where)


def checked(values: pa.Array, node: Node, where: str) -> pa.Array:
    """Distinct scalar values, held against the schema; of the one Arrow type that the output column has, lowered."""
    kind = ARROW_KINDS.get(values.type)
    kinds = node.kinds - _NULL
    if not len(values):
        return pa.array([], KIND_TYPES[_one(kinds)] if kinds else pa.string())
    if kind not in kinds:
        raise wrong(where)
    if len(kinds) > 1 and kind is Kind.INTEGER:
        values = _as_doubles(values, where)
    if values.type == pa.float64() and not np.isfinite(values.to_numpy(zero_copy_only=False)).all():
        raise wrong(where)
    return values


def raised(values: pa.Array, node: Node, where: str) -> pa.Array:
    """Distinct scalar values that are `checked`, as the output column has them."""
    kinds = node.kinds - _NULL
    return raise_values(values, node.logical if len(kinds) == 1 else "", where)


def _one(kinds: frozenset[Kind]) -> Kind:
    """The kind of a column: whole numbers beside doubles are doubles."""
    return Kind.DOUBLE if len(kinds) > 1 else next(iter(kinds))


def _as_doubles(values: pa.Array, where: str) -> pa.Array:
    """Whole numbers in a column of doubles; only those that a double holds exactly."""
    numbers = values.to_numpy(zero_copy_only=False)
    if len(numbers) and int(np.abs(numbers).max()) > _EXACT:
        raise FormatError("a whole number too large for a column of doubles", where=where)
    return values.cast(pa.float64())


# --- nested ---------------------------------------------------------------------------------------------------------


def array_of(values: Sequence[Any], node: Node, arrow: pa.DataType, where: str) -> pa.Array:
    """Python values of any depth as an array of the output type. Raises `FormatError` for what the node lacks."""
    kinds = node.kinds - _NULL
    if not kinds or kinds <= SCALARS:
        return _scalars(values, node, arrow, where)
    if Kind.LIST in kinds:
        return _lists(values, node, arrow, where)
    return _maps(values, node, arrow, where) if Kind.MAP in kinds else _records(values, node, arrow, where)


def _scalars(values: Sequence[Any], node: Node, arrow: pa.DataType, where: str) -> pa.Array:
    kinds = node.kinds - _NULL
    types = set(map(type, values)) - {type(None)}
    if {_KINDS.get(kind) for kind in types} - kinds:
        raise wrong(where)
    if not kinds:
        return pa.nulls(len(values), arrow)
    kind = _one(kinds)
    if len(kinds) > 1 and any(type(value) is int and abs(value) > _EXACT for value in values):
        raise FormatError("a whole number too large for a column of doubles", where=where)
    try:
        plain = pa.array(values, KIND_TYPES[kind])
    except (pa.ArrowInvalid, UnicodeEncodeError, OverflowError):
        raise wrong(where) from None
    if kind is Kind.DOUBLE and not np.isfinite(plain.drop_null().to_numpy(zero_copy_only=False)).all():
        raise wrong(where)
    return raise_values(plain, node.logical, where)


def _mask(values: Sequence[Any], kind: type, where: str) -> pa.Array | None:
    """Where the nulls are; raises for anything else than the kind."""
    if set(map(type, values)) - {kind, type(None)}:
        raise wrong(where)
    nulls = np.array([value is None for value in values], np.bool_)
    return pa.array(nulls) if nulls.any() else None


def _offsets(values: Sequence[Any]) -> pa.Array:
    lengths = [0 if value is None else len(value) for value in values]
    return pa.array(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))


def _lists(values: Sequence[Any], node: Node, arrow: pa.DataType, where: str) -> pa.Array:
    mask = _mask(values, list, where)
    items = [item for value in values if value is not None for item in value]
    below = array_of(items, node.item or Node(_NULL), arrow.value_type, where)
    return pa.ListArray.from_arrays(_offsets(values), below, type=arrow, mask=mask)


def _maps(values: Sequence[Any], node: Node, arrow: pa.DataType, where: str) -> pa.Array:
    mask = _mask(values, dict, where)
    keys = [key for value in values if value is not None for key in value]
    items = [item for value in values if value is not None for item in value.values()]
    if set(map(type, keys)) - {str}:
        raise wrong(where)
    below = array_of(items, node.value or Node(_NULL), arrow.item_type, where)
    names = array_of(keys, Node(frozenset({Kind.STRING})), pa.string(), where)
    made = pa.MapArray.from_arrays(_offsets(values), names, below, type=arrow)
    if mask is None:
        return made
    rows = pa.array(np.flatnonzero(~np.asarray(mask)))
    places = np.full(len(values), -1)
    places[np.asarray(rows)] = np.arange(len(rows))
    return made.take(rows).take(pa.array(places, mask=np.asarray(mask)))


def _records(values: Sequence[Any], node: Node, arrow: pa.DataType, where: str) -> pa.Array:
    mask = _mask(values, dict, where)
    names = {name for name, _ in node.fields}
    if any(value is not None and not names >= value.keys() for value in values):
        raise FormatError("a field that is not in the output schema", where=where)
    children = [
        array_of([None if value is None else value.get(name) for value in values], child, arrow.field(at).type, where)
        for at, (name, child) in enumerate(node.fields)
    ]
    return pa.StructArray.from_arrays(children, fields=[arrow.field(at) for at in range(arrow.num_fields)], mask=mask)


def top_arrays(records: Sequence[Mapping[str, Any]], root: Node, schema: pa.Schema) -> list[pa.Array]:
    """The columns of some records. Raises `FormatError` for a field that the output schema lacks."""
    names = {name for name, _ in root.fields}
    if any(not names >= record.keys() for record in records):
        raise FormatError("a field that is not in the output schema")
    return [
        array_of([record.get(name) for record in records], node, schema.field(at).type, f"field #{at}")
        for at, (name, node) in enumerate(root.fields)
    ]
