"""Arrow arrays to what batches hold: columns of distinct values, or Python values for nested ones; all lowered."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.distinct import compact, encode_distinct
from pratique.formats.lines import LONGEST
from pratique.formats.lowering import Lowered, kind_and_logical, lower
from pratique.formats.parquet.types import is_list, without_dictionary
from pratique.model.data import Column
from pratique.model.schema import Kind

Mask = npt.NDArray[np.bool_]
MAX_VALUES = 1 << 21
"""Fields, items and entries of one nested row."""


class Rules:
    """Which rows of a block are rejects, and why: the rule that was found first."""

    def __init__(self) -> None:
        self.by_row: dict[int, str] = {}

    def add(self, rows: npt.NDArray[np.int64], rule: str) -> None:
        """These rows are rejects by this rule, unless they are by another already."""
        for row in rows.tolist():
            self.by_row.setdefault(row, rule)

    def good(self, rows: int) -> Mask | None:
        """Which of so many rows are none; None: all."""
        if not self.by_row:
            return None
        good = np.ones(rows, np.bool_)
        good[list(self.by_row)] = False
        return good


def _rule(arrow: pa.DataType) -> str:
    """Why a value of a type could not be lowered."""
    if pa.types.is_string(arrow) or pa.types.is_large_string(arrow):
        return "utf-8"
    return "number-range" if pa.types.is_floating(arrow) or pa.types.is_integer(arrow) else "range"


def down(values: pa.Array) -> tuple[Lowered, str, Mask | None]:
    """An array lowered, the rule for what could not be, and which values are too long for any record."""
    known = kind_and_logical(values.type)
    assert known is not None
    kind, logical = known
    if kind is Kind.NULL:
        return Lowered(pa.nulls(len(values), pa.string()), None), "", None
    lowered = lower(values, logical)
    long = None
    if kind is Kind.STRING and lowered.values.nbytes > LONGEST:
        found = pc.greater(pc.binary_length(lowered.values), pa.scalar(LONGEST, pa.int32()))
        long = np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), np.bool_)
    return lowered, _rule(values.type), long if long is not None and long.any() else None


def column_of(values: pa.Array, rules: Rules) -> Column:
    """A flat column by distinct values; rows with what cannot be lowered become rejects."""
    if pa.types.is_dictionary(values.type):
        distinct, codes = values.dictionary, values.indices.cast(pa.int32())
        bounds = pc.min_max(codes).as_py()
        if bounds["min"] is not None and not 0 <= bounds["min"] <= bounds["max"] < len(distinct):
            # Arrow takes a page's word for it.
            raise FormatError("a page points outside of its dictionary", do="the file is damaged")
        if distinct.null_count:
            again = distinct.dictionary_encode()
            distinct, codes = again.dictionary, again.indices.take(codes)
    elif pa.types.is_floating(values.type) or isinstance(values, pa.ExtensionArray):
        # Told apart by their bits; what cannot be lowered is null from here on.
        lowered, rule, _ = down(values)
        if lowered.bad is not None:
            rules.add(np.flatnonzero(lowered.bad), rule)
        encoded = encode_distinct(lowered.values)
        return Column(encoded.dictionary, encoded.indices)
    elif pa.types.is_null(values.type):
        return Column(pa.array([], pa.string()), pa.nulls(len(values), pa.int32()))
    else:
        encoded = values.dictionary_encode()
        distinct, codes = encoded.dictionary, encoded.indices
    lowered, rule, long = down(distinct)
    for bad, name in ((lowered.bad, rule), (long, "size")):
        if bad is not None:
            standing = np.append(bad, False)[np.asarray(codes.fill_null(len(bad)))]
            rules.add(np.flatnonzero(standing), name)
    return Column(lowered.values, codes)


def keep_rows(column: Column, good: Mask | None) -> Column:
    """The column of the rows that are no rejects, with only those values that one of them has."""
    codes = column.codes if good is None else column.codes.filter(pa.array(good))
    return compact(column.values, codes)


# --- nested ---------------------------------------------------------------------------------------------------------


def values_of(rows: pa.RecordBatch) -> int:
    """How many values nested rows have: cells, fields, items and entries, whatever each takes in the file."""
    return int(len(rows) * rows.num_columns) + sum(_inside(column) for column in rows.columns)


def _inside(values: pa.Array) -> int:
    arrow = values.type
    if pa.types.is_struct(arrow):
        return sum(len(values) + _inside(child) for child in values.flatten())
    if pa.types.is_map(arrow):
        values = values.cast(pa.list_(pa.struct([arrow.key_field, arrow.item_field])))
    if pa.types.is_map(arrow) or is_list(arrow):
        items = pc.list_flatten(values)
        return len(items) + _inside(items)
    return 0


def light_pieces(rows: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Nested rows in pieces of at most `MAX_VALUES`, or of one row; in order."""
    if len(rows) == 1 or values_of(rows) <= MAX_VALUES:
        yield rows
        return
    half = len(rows) // 2
    yield from light_pieces(rows.slice(0, half))
    yield from light_pieces(rows.slice(half))


def python_values(values: pa.Array, rules: Rules) -> list[object]:
    """Nested values, lowered, as batches of records hold them; rows with what cannot be lowered become rejects."""
    found, bad = _values(values)
    for rule, rows in bad.items():
        rules.add(np.flatnonzero(rows), rule)
    return found


_Bad = Mapping[str, Mask]
"""By rule: which values hold something that cannot be lowered."""


def _values(values: pa.Array) -> tuple[list[object], _Bad]:
    arrow = values.type
    if pa.types.is_dictionary(arrow):
        return _values(values.dictionary_decode())
    if pa.types.is_struct(arrow):
        return _structs(values)
    if pa.types.is_map(arrow):
        return _maps(values)
    if is_list(arrow):
        return _lists(values)
    lowered, rule, long = down(values)
    bad = {name: mask for name, mask in ((rule, lowered.bad), ("size", long)) if mask is not None}
    return lowered.values.to_pylist(), bad


def _merged(into: dict[str, Mask], more: _Bad) -> None:
    for rule, mask in more.items():
        into[rule] = into[rule] | mask if rule in into else mask


def _structs(values: pa.Array) -> tuple[list[object], _Bad]:
    names = [values.type.field(at).name for at in range(values.type.num_fields)]
    bad: dict[str, Mask] = {}
    columns: list[list[object]] = []
    for child in values.flatten():
        found, wrong = _values(child)
        _merged(bad, wrong)
        columns.append(found)
    rows: list[object] = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    if not names:
        rows = [{} for _ in range(len(values))]
    if values.null_count:
        there = np.asarray(values.is_valid())
        rows = [row if is_there else None for row, is_there in zip(rows, there.tolist(), strict=True)]
    return rows, bad


def _bounds(values: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where each list begins and ends in its items, which are those of ``values.flatten()``; null lists are empty."""
    lengths = np.asarray(pc.fill_null(pc.list_value_length(values), 0)).astype(np.int64)
    ends = np.cumsum(lengths)
    return ends - lengths, ends


def _spread(bad: _Bad, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> dict[str, Mask]:
    """Flags of items as flags of the lists that hold them."""
    spread = {}
    for rule, mask in bad.items():
        sums = np.concatenate([[0], np.cumsum(mask)])
        spread[rule] = sums[ends] > sums[starts]
    return spread


def _lists(values: pa.Array) -> tuple[list[object], _Bad]:
    items, bad = _values(pc.list_flatten(values))
    starts, ends = _bounds(values)
    there = np.asarray(values.is_valid()).tolist()
    bounds = zip(starts.tolist(), ends.tolist(), there, strict=True)
    return [items[start:end] if is_there else None for start, end, is_there in bounds], _spread(bad, starts, ends)


def _maps(values: pa.Array) -> tuple[list[object], _Bad]:
    arrow = values.type
    values = values.cast(pa.list_(pa.struct([arrow.key_field, arrow.item_field])))
    entries = pc.list_flatten(values)
    keys, bad_keys = _values(entries.field(0))
    inside, bad_values = _values(entries.field(1))
    bad: dict[str, Mask] = dict(bad_keys)
    _merged(bad, bad_values)
    starts, ends = _bounds(values)
    rows: list[object] = []
    twice = np.zeros(len(values), np.bool_)
    there = np.asarray(values.is_valid()).tolist()
    for at, (start, end, is_there) in enumerate(zip(starts.tolist(), ends.tolist(), there, strict=True)):
        row = dict(zip(keys[start:end], inside[start:end], strict=True)) if is_there else None
        # A key that could not be lowered is null, and its row a reject already.
        twice[at] = row is not None and len(row) < end - start
        rows.append(row)
    spread = _spread(bad, starts, ends)
    if twice.any():
        _merged(spread, {"duplicate-key": twice})
    return rows, spread


def is_flat(schema: pa.Schema) -> bool:
    """Whether no column nests."""
    return not any(pa.types.is_nested(without_dictionary(schema.field(at).type)) for at in range(len(schema)))
