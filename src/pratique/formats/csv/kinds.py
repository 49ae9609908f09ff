"""Cells as the kinds that a schema says they are: for files that were written by this format, where all is text.

A scan of CSV finds texts only, so this never touches a source. A column of which any cell is not the canonical text of
its kind stays text.
"""

from collections.abc import Mapping

import orjson
import pyarrow as pa

from pratique.formats.distinct import number_texts
from pratique.model.data import Batch, Column
from pratique.model.schema import Kind, Schema

_TYPES = {Kind.INTEGER: pa.int64(), Kind.DOUBLE: pa.float64(), Kind.BOOLEAN: pa.bool_()}
_KINDS = {int: Kind.INTEGER, float: Kind.DOUBLE, bool: Kind.BOOLEAN}


def typed_columns(schema: Schema | None) -> Mapping[str, frozenset[Kind]]:
    """The columns that hold no texts, and the kinds that they hold."""
    if schema is None:
        return {}
    found = {name: node.kinds - {Kind.NULL} for name, node in schema.root.fields}
    return {name: kinds for name, kinds in found.items() if kinds and kinds <= _TYPES.keys()}


def with_kinds(batch: Batch, typed: Mapping[str, frozenset[Kind]]) -> Batch:
    """The batch with its typed columns as what they are; as records where one column holds several kinds."""
    if not typed:
        return batch
    if batch.columns is None:
        assert batch.records is not None
        return Batch(batch.ordinals, records=[_record(record, typed) for record in batch.records])
    if any(len(typed[name]) > 1 for name in typed.keys() & batch.columns.keys()):
        names = list(batch.columns)
        cells = [column.values.take(column.codes).to_pylist() for column in batch.columns.values()]
        rows = (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))
        return Batch(batch.ordinals, records=[_record(row, typed) for row in rows])
    columns = {
        name: _column(column, next(iter(typed[name]))) if name in typed else column
        for name, column in batch.columns.items()
    }
    return Batch(batch.ordinals, columns=columns)


def _column(column: Column, kind: Kind) -> Column:
    try:
        if kind is Kind.DOUBLE:
            # Arrow reads more than JSON does, and is held to what it writes below.
            values = pa.array([float(text) for text in column.values.to_pylist()], pa.float64())
        else:
            values = column.values.cast(_TYPES[kind])
        same = number_texts(values).equals(column.values)
    except (pa.ArrowInvalid, ValueError):
        return column
    return Column(values, column.codes) if same else column


def _record(record: Mapping[str, object], typed: Mapping[str, frozenset[Kind]]) -> dict[str, object]:
    return {name: _value(text, typed[name]) if name in typed else text for name, text in record.items()}


def _value(text: object, kinds: frozenset[Kind]) -> object:
    try:
        value = orjson.loads(str(text))
    except orjson.JSONDecodeError:
        return text
    if _KINDS.get(type(value)) not in kinds or orjson.dumps(value).decode() != text:
        return text
    return value
