"""Kinds, canonical texts and distinct values: the small vocabulary of both ways through the kernel."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.model.data import Batch, Column, Record
from pratique.model.schema import Kind

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

ARROW_TYPES: dict[Kind, pa.DataType] = {
    Kind.STRING: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DOUBLE: pa.float64(),
    Kind.BOOLEAN: pa.bool_(),
}
_KINDS = {str(arrow): kind for kind, arrow in ARROW_TYPES.items()}
_PYTHON_KINDS = {str: Kind.STRING, int: Kind.INTEGER, float: Kind.DOUBLE, bool: Kind.BOOLEAN}
SCALAR_TYPES = (str, int, float, bool)
_EXACT = float(1 << 53)
_INT64 = range(-(2**63), 2**63)


def kind_of_array(values: pa.Array) -> Kind:
    """The kind of a column's values."""
    return _KINDS[str(values.type)]


def kind_of(value: object) -> Kind | None:
    """The kind of one scalar; None for what no kind covers (integers beyond 64 bits, NaN, other types)."""
    kind = _PYTHON_KINDS.get(type(value))
    if kind is Kind.INTEGER and value not in _INT64:
        return None
    if kind is Kind.DOUBLE and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124 (NaN)
        return None
    return kind


def texts(values: pa.Array) -> pa.StringArray:
    """The canonical text of each distinct value, as it would stand in canonical JSON (strings: themselves)."""
    kind = kind_of_array(values)
    if kind is Kind.STRING:
        return values
    if kind is Kind.DOUBLE:
        # The shortest form that reads back equal; Arrow's own cast writes 1.0 as "1".
        listed = orjson.dumps(values.to_numpy(zero_copy_only=False), option=orjson.OPT_SERIALIZE_NUMPY)
        return pa.array(listed[1:-1].decode().split(",") if len(values) else [], pa.string())
    return pc.cast(values, pa.string())


def integers(values: pa.Array) -> tuple[pa.StringArray, Codes]:
    """The digits of the whole numbers among integers or doubles (no others have an exact form), and their places."""
    if kind_of_array(values) is Kind.INTEGER:
        return pc.cast(values, pa.string()), np.arange(len(values), dtype=np.int64)
    if kind_of_array(values) is not Kind.DOUBLE:
        return pa.array([], pa.string()), np.zeros(0, dtype=np.int64)
    numbers = values.to_numpy(zero_copy_only=False)
    whole = np.flatnonzero((np.abs(numbers) <= _EXACT) & (np.trunc(numbers) == numbers))
    return pc.cast(pa.array(numbers[whole].astype(np.int64)), pa.string()), whole


def text_of(value: object) -> str:
    """The canonical text of one scalar, as `texts` writes it."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def distinct(values: Sequence[object], kind: Kind) -> Column:
    """A column over a list of scalars of one kind, None for null."""
    encoded = pa.array(values, ARROW_TYPES[kind]).dictionary_encode()
    return Column(encoded.dictionary, encoded.indices)


def regroup(outputs: pa.Array, codes: pa.Array) -> Column:
    """A column whose distinct values were mapped to ``outputs`` (which may repeat, or be null), made distinct again."""
    encoded = outputs.dictionary_encode()
    return Column(encoded.dictionary, pc.take(encoded.indices, codes))


def spread(flags: Bools, codes: pa.Int32Array) -> Bools:
    """Flags of distinct values as flags of rows; a row without a value is False."""
    if not flags.any():
        return np.zeros(len(codes), dtype=bool)
    padded = np.append(flags, False)
    return np.asarray(padded[row_codes(codes)])


def row_codes(codes: pa.Int32Array) -> Codes:
    """Codes as numpy, null as -1."""
    filled = pc.fill_null(codes, -1) if codes.null_count else codes
    return np.asarray(filled).astype(np.int64, copy=False)


def records_of(batch: Batch) -> list[Record]:
    """The batch's rows as records, whichever form it has; what is missing from a column is None."""
    if batch.records is not None:
        return list(batch.records)
    assert batch.columns is not None
    rows: list[Record] = [{} for _ in range(len(batch))]
    for name, column in batch.columns.items():
        for row, value in zip(rows, _by_row(column.values, column.codes), strict=True):
            row[name] = value
    return rows


def column_texts(column: Column) -> list[str | None]:
    """The canonical text of every row, None for null."""
    return _by_row(texts(column.values), column.codes)


def _by_row(values: pa.Array, codes: pa.Int32Array) -> list[Any]:
    """The value of every row. Rows share it: Arrow's own way makes room for a copy of a long value in each."""
    listed = [*values.to_pylist(), None]
    return [listed[code] for code in row_codes(codes).tolist()]
