"""Rows that wait for their row group to be full; where it ends hangs on the rows alone."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.distinct import column_of, distinct_again, merge_batches, nulls
from pratique.formats.parquet.up import checked, raised, top_arrays
from pratique.model.data import Batch, Column, Record
from pratique.model.schema import Schema

ROWS = 1 << 18
"""Most rows of a row group of flat records."""
NESTED_ROWS = 1 << 14
"""Most rows of one of nested records."""
GROUP_BYTES = 64 << 20
"""Most bytes of a row group's values in their lowered form, counted row by row; one row may have more."""
_NUMBER = 8
"""Bytes that a value other than a text counts for."""

Sizes = npt.NDArray[np.int64]


class FlatRows:
    """Flat rows, as columns of distinct values all the way."""

    def __init__(self, schema: Schema, arrow: pa.Schema) -> None:
        self._nodes = schema.root.fields
        self._arrow = arrow
        self._waiting: list[Mapping[str, Column]] = []
        self._rows = 0
        self._most_bytes = 0
        """No fewer than the bytes of what waits."""

    def add(self, batches: Sequence[Batch]) -> None:
        """Take rows, merged by ordinal."""
        whole = merge_batches([Batch(batch.ordinals, columns=self._columns(batch)) for batch in batches])
        if len(whole) > 1:
            raise FormatError("a field holds two kinds of values where Parquet has one")
        columns = whole[0].columns
        assert columns is not None
        self._waiting.append(columns)
        self._rows += len(whole[0])
        self._most_bytes += len(whole[0]) * sum(_longest(column.values) for column in columns.values())

    def _columns(self, batch: Batch) -> Mapping[str, Column]:
        """Every column of the output, each of the one kind that it has there."""
        given = batch.columns
        if given is None:
            assert batch.records is not None
            given = _from_records(batch.records, [name for name, _ in self._nodes])
        if unknown := len(given.keys() - {name for name, _ in self._nodes}):
            raise FormatError(f"{unknown} columns that are not in the output schema")
        columns: dict[str, Column] = {}
        for number, (name, node) in enumerate(self._nodes):
            column = given.get(name) or nulls(len(batch), None)
            columns[name] = Column(checked(column.values, node, f"field #{number}"), column.codes)
        return columns

    def groups(self, *, rest: bool) -> Iterator[list[pa.Array]]:
        """The row groups that are full; with ``rest`` what is left as well."""
        while self._rows and (rest or self._rows >= ROWS or self._most_bytes > GROUP_BYTES):
            columns = self._joined()
            end = self._end(columns)
            if end == self._rows and not rest and end < ROWS:
                self._waiting = [columns]
                self._most_bytes = int(self._sizes(columns).sum())
                return
            yield [self._array(number, column, end) for number, column in enumerate(columns.values())]
            left = {name: Column(column.values, column.codes.slice(end)) for name, column in columns.items()}
            self._rows -= end
            self._waiting = [left] if self._rows else []
            self._most_bytes = self._rows * sum(_longest(column.values) for column in left.values())

    def _joined(self) -> Mapping[str, Column]:
        if len(self._waiting) == 1:
            return self._waiting[0]
        return {name: _join([columns[name] for columns in self._waiting]) for name, _ in self._nodes}

    def _sizes(self, columns: Mapping[str, Column]) -> Sizes:
        """Bytes of each waiting row."""
        total = np.zeros(self._rows, np.int64)
        for column in columns.values():
            if pa.types.is_string(column.values.type):
                lengths = np.asarray(pc.binary_length(column.values)).astype(np.int64)
                total += np.append(lengths, 0)[np.asarray(column.codes.fill_null(len(lengths)))]
            else:
                total += _NUMBER
        return total

    def _end(self, columns: Mapping[str, Column]) -> int:
        """How many of the waiting rows the next row group has."""
        end = min(self._rows, ROWS)
        if self._most_bytes <= GROUP_BYTES:
            return end
        sums = np.cumsum(self._sizes(columns)[:end])
        return max(int(np.searchsorted(sums, GROUP_BYTES, side="right")), 1)

    def _array(self, number: int, column: Column, end: int) -> pa.Array:
        node = self._nodes[number][1]
        arrow = self._arrow.field(number).type
        if pa.types.is_null(arrow):
            return pa.nulls(end)
        values, codes = _in_order(column.values, column.codes.slice(0, end))
        up = raised(values, node, f"field #{number}")
        if arrow == pa.string():
            return pa.DictionaryArray.from_arrays(codes, up)
        return up.take(codes) if len(up) else pa.nulls(end, arrow)


def _longest(values: pa.Array) -> int:
    if not pa.types.is_string(values.type):
        return _NUMBER
    return int(pc.max(pc.binary_length(values)).as_py() or 0)


def _join(columns: Sequence[Column]) -> Column:
    """Columns below each other as one."""
    typed = [column for column in columns if len(column.values)]
    if not typed:
        return Column(columns[0].values, pa.concat_arrays([column.codes for column in columns]))
    shifted, shift = [], 0
    for column in columns:
        shifted.append(pc.add(column.codes, pa.scalar(shift, pa.int32())))
        shift += len(column.values)
    return distinct_again(pa.concat_arrays([column.values for column in typed]), pa.concat_arrays(shifted))


def _in_order(values: pa.Array, codes: pa.Int32Array) -> tuple[pa.Array, pa.Int32Array]:
    """The values that the codes use, in the order in which they first do."""
    rows = np.asarray(codes.fill_null(-1) if codes.null_count else codes)
    first = np.full(len(values) + 1, len(rows), np.int64)
    # Written from the last row to the first, so that the first stays. The entry past the end is that of nulls.
    first[rows[::-1]] = np.arange(len(rows) - 1, -1, -1)
    used = np.flatnonzero(first[:-1] < len(rows))
    order = used[np.argsort(first[used], kind="stable")]
    if len(order) == len(values) and np.array_equal(order, np.arange(len(values))):
        return values, codes
    places = np.zeros(len(values) + 1, np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    mask = np.asarray(codes.is_null()) if codes.null_count else None
    return values.take(pa.array(order)), pa.array(places[rows], mask=mask)


def _from_records(records: Sequence[Record], names: Sequence[str]) -> Mapping[str, Column]:
    known = set(names)
    if any(not known >= record.keys() for record in records):
        raise FormatError("a field that is not in the output schema")
    columns = {}
    for number, name in enumerate(names):
        values = [record.get(name) for record in records]
        try:
            columns[name] = column_of(_typed(values))
        except (pa.ArrowException, UnicodeEncodeError, OverflowError, KeyError):
            raise FormatError(
                "a value of a kind that the output schema does not allow", where=f"field #{number}"
            ) from None
    return columns


_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def _typed(values: Sequence[object]) -> pa.Array:
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {int, float}:
        return pa.array(values, pa.float64())
    return pa.array(values, _TYPES[kinds.pop()] if len(kinds) == 1 else pa.string())


class NestedRows:
    """Nested rows, as the records that they are until their row group is full."""

    def __init__(self, schema: Schema, arrow: pa.Schema) -> None:
        self._root = schema.root
        self._arrow = arrow
        self._records: list[Record] = []
        self._sizes: list[int] = []

    def add(self, batches: Sequence[Batch]) -> None:
        """Take rows, merged by ordinal."""
        records = [record for batch in batches for record in _records(batch)]
        if len(batches) > 1:
            order = np.argsort(np.concatenate([batch.ordinals for batch in batches]), kind="stable")
            records = [records[at] for at in order.tolist()]
        self._records += records
        try:
            self._sizes += [len(orjson.dumps(record)) for record in records]
        except (TypeError, orjson.JSONEncodeError):
            raise FormatError("a value that the output schema does not allow") from None

    def groups(self, *, rest: bool) -> Iterator[list[pa.Array]]:
        """The row groups that are full; with ``rest`` what is left as well."""
        while self._records:
            sums = np.cumsum(self._sizes[:NESTED_ROWS])
            end = max(int(np.searchsorted(sums, GROUP_BYTES, side="right")), 1)
            if end == len(self._records) and end < NESTED_ROWS and not rest:
                return
            yield top_arrays(self._records[:end], self._root, self._arrow)
            del self._records[:end]
            del self._sizes[:end]


def _records(batch: Batch) -> Sequence[Record]:
    if batch.records is not None:
        return batch.records
    assert batch.columns is not None
    names = list(batch.columns)
    lists = [column.values.take(column.codes).to_pylist() for column in batch.columns.values()]
    return [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]
