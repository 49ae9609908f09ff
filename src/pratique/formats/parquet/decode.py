"""Row groups to blocks: flat ones as dictionary columns, nested ones as records. What cannot be lowered is a reject."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pratique.errors import FormatError
from pratique.formats.lines import LONGEST
from pratique.formats.parquet.down import (
    MAX_VALUES,
    Rules,
    column_of,
    is_flat,
    keep_rows,
    light_pieces,
    python_values,
    values_of,
)
from pratique.formats.parquet.footer import Group, check_pages, read_footer
from pratique.formats.parquet.opening import open_parquet, reading
from pratique.formats.parquet.types import check_hint, declared_schema, without_dictionary
from pratique.formats.rereading import RereadBlock, reread_block
from pratique.model.data import Batch, Block, Reject
from pratique.model.quarantine import CUT
from pratique.model.schema import Schema

ROWS = 1 << 18
"""Most rows of a flat block."""
NESTED_ROWS = 1 << 13
"""Most rows of a nested one."""
BLOCK_SIZE = 16 << 20
"""Bytes that a block has about, as the footer tells."""
EXPANDED = 128 << 20
"""Bytes that the values of one column may have in a block at most, where rows repeat a long value of a dictionary and
are not read as one."""
FLAT_VALUE, NESTED_VALUE = 4, 32
"""Bytes that a value takes in a block at least, however little it takes in the file."""
_LEAST_ROWS = 64
"""Of a flat block."""


@dataclass(frozen=True, slots=True)
class RowsBlock(Block):
    """A block of rows that have no bytes of their own."""

    rows: pa.RecordBatch
    """As they were read."""
    share: int
    """Bytes of the row group that they stand for."""

    @property
    def span(self) -> int:
        """Their share of the row group."""
        return self.share

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The row as a Parquet file of its own; of a text or bytes that are too long, so much as is too long again."""
        del length
        return one_row(self.rows, ordinal - self.start)


def _cell(column: pa.Array, at: int) -> pa.Array:
    """One cell, of a plain type and not copied."""
    cell = column.slice(at, 1)
    if not pa.types.is_dictionary(cell.type):
        return cell
    return column.dictionary.slice(cell.indices[0].as_py(), 1) if cell.null_count == 0 else cell.dictionary_decode()


_TEXTS = {
    pa.string(): pa.binary(),
    pa.large_string(): pa.large_binary(),
    pa.binary(): pa.binary(),
    pa.large_binary(): pa.large_binary(),
}


def _length(cell: pa.Array) -> int:
    """Bytes of a cell in memory."""
    return (pc.binary_length(cell)[0].as_py() or 0) if cell.type in _TEXTS else int(cell.nbytes)


def _row_length(rows: pa.RecordBatch, at: int) -> int:
    return sum(_length(_cell(column, at)) for column in rows.columns)


def _head(cell: pa.Array) -> pa.Array:
    """A cell, or its beginning where it is a text or bytes that are too long."""
    if cell.type not in _TEXTS or _length(cell) <= LONGEST:
        return cell
    # No character is longer than four bytes.
    head = pc.binary_slice(cell.cast(_TEXTS[cell.type]), 0, LONGEST + 4)[0].as_py()
    return pa.array([head if _TEXTS[cell.type] == cell.type else head.decode("utf-8", "ignore")], cell.type)


def one_row(rows: pa.RecordBatch, at: int) -> bytes:
    """One row as a file, all its types kept."""
    arrays = [_head(_cell(column, at)) for column in rows.columns]
    fields = [rows.schema.field(number).with_type(array.type) for number, array in enumerate(arrays)]
    sink = io.BytesIO()
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
    with reading():
        pq.write_table(table, sink, compression="none", use_dictionary=False, write_statistics=False)
    return sink.getvalue()


class Decoder:
    """Reads one file. ``columns``: whether flat rows are given as columns."""

    def __init__(self, stream: BinaryIO, hint: Schema | None, *, columns: bool, rows: int | None = None) -> None:
        self._stream = stream
        self.groups = read_footer(stream).groups
        plain = open_parquet(stream)
        with reading("the footer"):
            self.arrow = plain.schema_arrow
            paths = _text_columns(self.arrow)
            self.schema = declared_schema(self.arrow)
        check_hint(self.schema, hint)
        self._flat = is_flat(self.arrow) and columns
        self._file = open_parquet(stream, paths) if self._flat and paths else plain
        self._dense = not self._flat or any("." in name for name in self.arrow.names)
        self._most = rows or (ROWS if self._flat else NESTED_ROWS)

    def blocks(self, groups: Sequence[Group]) -> Iterator[Block]:
        """The rows of some row groups."""
        for group in groups:
            if group.rows:
                yield from self._group(group)

    def _group(self, group: Group) -> Iterator[Block]:
        where = f"row group {group.number}"
        pages = check_pages(self._stream, group)
        with reading(where):
            values = pages.values * (FLAT_VALUE if self._flat else NESTED_VALUE)
            width = max(group.bytes, group.end - group.start, values) / group.rows
            step = max(min(self._most, int(BLOCK_SIZE / width)), min(_LEAST_ROWS, self._most) if self._flat else 1)
            if self._dense:
                step = max(min(step, EXPANDED // max(pages.dictionary, 1)), 1)
            batches = self._file.iter_batches(step, row_groups=[group.number], use_threads=False)
        past = 0
        while True:
            with reading(where):
                rows = next(batches, None)
            if rows is None:
                break
            if not len(rows):
                continue
            if past + len(rows) > group.rows:
                raise FormatError(
                    "the Parquet data holds more rows than its footer says",
                    where=where,
                    do="the file is damaged: copy it again",
                )
            for piece in [rows] if self._flat else light_pieces(rows):
                share = (group.end - group.start) * len(piece) // group.rows
                yield self._block(piece, group.first_row + past, share)
                past += len(piece)
        if past != group.rows:
            raise FormatError(
                "the Parquet data holds fewer rows than its footer says",
                where=where,
                do="the file is damaged: copy it again",
            )

    def _block(self, rows: pa.RecordBatch, first: int, share: int) -> RowsBlock:
        rules, names = Rules(), self.arrow.names
        ordinals = np.arange(first, first + len(rows), dtype=np.int64)
        if self._flat:
            columns = {name: column_of(values, rules) for name, values in zip(names, rows.columns, strict=True)}
            good = rules.good(len(rows))
            kept = {name: keep_rows(column, good) for name, column in columns.items()}
            batch = Batch(ordinals if good is None else ordinals[good], columns=kept)
        elif len(rows) == 1 and values_of(rows) > MAX_VALUES:
            return RowsBlock((), (Reject(first, _row_length(rows, 0), CUT),), first, b"", 1, rows, share)
        else:
            lists = [python_values(values, rules) for values in rows.columns]
            good = rules.good(len(rows))
            records = [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]
            if good is not None:
                records = [records[at] for at in np.flatnonzero(good).tolist()]
            batch = Batch(ordinals if good is None else ordinals[good], records=records)
        rejects = tuple(
            Reject(first + row, _row_length(rows, row) if rule == CUT else 0, rule)
            for row, rule in sorted(rules.by_row.items())
        )
        return RowsBlock((batch,) if len(batch) else (), rejects, first, b"", len(rows), rows, share)


def _text_columns(arrow: pa.Schema) -> list[str]:
    """Top-level columns of texts, which Arrow can read as dictionaries; it takes a dot in a name for a path."""
    wanted = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
    return [field.name for field in arrow if without_dictionary(field.type) in wanted and "." not in field.name]


def reread_rows(originals: Sequence[bytes], hint: Schema | None, *, columns: bool) -> Iterator[RereadBlock]:
    """Files of one row each, as `RowsBlock.original` gives them. Raises `FormatError` for any other file."""
    for place, original in enumerate(originals):
        decoder = Decoder(io.BytesIO(original), hint, columns=columns)
        blocks = list(decoder.blocks(decoder.groups))
        batches = [
            Batch(batch.ordinals + place, columns=batch.columns, records=batch.records)
            for block in blocks
            for batch in block.batches
        ]
        rejects = [Reject(r.ordinal + place, r.length, r.rule) for block in blocks for r in block.rejects]
        yield reread_block(batches, rejects, place, [original])
