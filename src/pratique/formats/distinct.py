"""Columns as distinct values and codes: making, thinning and joining them. Shared by the formats."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.model.data import Batch, Column
from pratique.model.schema import Kind, Schema

ARROW_KINDS: Mapping[Any, Kind] = {
    pa.string(): Kind.STRING,
    pa.int64(): Kind.INTEGER,
    pa.float64(): Kind.DOUBLE,
    pa.bool_(): Kind.BOOLEAN,
}
"""The Arrow types that a column may have, and what they are in a schema."""
_ARROW_TYPES = {kind: arrow for arrow, kind in ARROW_KINDS.items()}


def encode_distinct(values: pa.Array) -> pa.DictionaryArray:
    """Distinct values and int32 codes; doubles are told apart by their bits, so that -0.0 and 0.0 stay two."""
    if values.type == pa.float64():
        encoded = values.view(pa.int64()).dictionary_encode()
        return pa.DictionaryArray.from_arrays(encoded.indices, encoded.dictionary.view(pa.float64()))
    return values.dictionary_encode()


def column_of(values: pa.Array) -> Column:
    """One value per row (nulls allowed) as a column."""
    encoded = encode_distinct(values)
    return Column(encoded.dictionary, encoded.indices)


def row_values(column: Column) -> list[Any]:
    """The value of every row, None for null. Rows share it: Arrow's own way makes room for a copy of a long value in
    each.
    """
    listed = [*column.values.to_pylist(), None]
    codes = column.codes.fill_null(len(listed) - 1) if column.codes.null_count else column.codes
    return [listed[code] for code in codes.to_numpy(zero_copy_only=False).tolist()]


def compact(values: pa.Array, codes: pa.Int32Array) -> Column:
    """The column with only those values that a row uses."""
    filled = codes.drop_null().to_numpy(zero_copy_only=False)
    used = np.zeros(len(values), np.bool_)
    used[filled] = True
    if used.all():
        return Column(values, codes)
    places = np.cumsum(used, dtype=np.int32) - np.int32(1)
    new = pa.array(places).take(codes).cast(pa.int32())
    return Column(values.filter(pa.array(used)), new)


def distinct_again(values: pa.Array, codes: pa.Int32Array) -> Column:
    """The column made free of duplicates and nulls: equal values become one, a null value a null code."""
    encoded = encode_distinct(values)
    if len(encoded.dictionary) == len(values):
        return Column(values, codes)  # No value comes twice and none is null (which would be no dictionary entry).
    return Column(encoded.dictionary, encoded.indices.take(codes))


def raw_bytes(values: pa.Array) -> npt.NDArray[np.uint8]:
    """The bytes of a string array, all values run together, without a copy."""
    offsets, body = values.buffers()[1:]
    if body is None or not len(values):
        return np.empty(0, np.uint8)
    bounds = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
    return np.frombuffer(body, np.uint8)[bounds[0] : bounds[-1]]


def number_texts(values: pa.Array) -> pa.Array:
    """The JSON text of each integer, double (the shortest that reads back equal) or boolean.

    Raises `ValueError` for NaN and infinities, which JSON has no text for.
    """
    if values.type != pa.float64():
        return values.cast(pa.string())
    if not len(values):
        return pa.array([], pa.string())
    if not pc.all(pc.is_finite(values)).as_py():
        raise ValueError("not a finite number")
    numbers = orjson.dumps(values.to_numpy(zero_copy_only=False), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1]
    offsets = pa.py_buffer(np.array([0, len(numbers)], np.int32))
    return pc.split_pattern(pa.StringArray.from_buffers(1, offsets, pa.py_buffer(numbers)), ",").flatten()


def nulls(rows: int, kind: Kind | None) -> Column:
    """A column without a value, of the type that the schema hints at (string if it hints at none)."""
    arrow = _ARROW_TYPES.get(kind, pa.string()) if kind is not None else pa.string()
    return Column(pa.array([], arrow), pa.nulls(rows, pa.int32()))


def hinted_kinds(schema: Schema | None) -> dict[str, Kind]:
    """The one scalar kind of each top-level field that has exactly one (null aside)."""
    if schema is None:
        return {}
    rest = {name: node.kinds - {Kind.NULL} for name, node in schema.root.fields}
    return {name: next(iter(kinds)) for name, kinds in rest.items() if len(kinds) == 1}


def merge_batches(batches: Sequence[Batch]) -> list[Batch]:
    """Column batches with the same fields and types as one batch each, rows in the order of their ordinals.

    A column without any value fits every type.
    """
    groups: list[list[Batch]] = []
    for batch in batches:
        for group in groups:
            if _alike(group, batch):
                group.append(batch)
                break
        else:
            groups.append([batch])
    return [group[0] if len(group) == 1 else _merge(group) for group in groups]


def _alike(group: Sequence[Batch], batch: Batch) -> bool:
    assert batch.columns is not None
    return all(
        other.columns is not None
        and other.columns.keys() == batch.columns.keys()
        and all(_fit(other.columns[name], column) for name, column in batch.columns.items())
        for other in group
    )


def _fit(one: Column, other: Column) -> bool:
    return one.values.type == other.values.type or not len(one.values) or not len(other.values)


def _merge(group: Sequence[Batch]) -> Batch:
    ordinals = np.concatenate([batch.ordinals for batch in group])
    order = np.argsort(ordinals, kind="stable")
    assert group[0].columns is not None
    names = list(group[0].columns)
    columns = {name: _join([batch.columns[name] for batch in group if batch.columns], order) for name in names}
    return Batch(ordinals[order], columns=columns)


def _join(columns: Sequence[Column], order: npt.NDArray[np.int64]) -> Column:
    typed = [column for column in columns if len(column.values)]
    arrow = (typed or columns)[0].values.type
    shifted, shift = [], 0
    for column in columns:
        shifted.append(pc.add(column.codes, pa.scalar(shift, pa.int32())))
        shift += len(column.values)
    values = pa.concat_arrays([column.values for column in typed]) if typed else pa.array([], arrow)
    return distinct_again(values, pa.concat_arrays(shifted).take(pa.array(order)))
