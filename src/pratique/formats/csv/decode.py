"""A block of CSV records into batches and rejects: plain lines by Arrow, the others one by one. Every cell is text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from pratique.formats.blocks import BoundedBlock
from pratique.formats.csv.cells import parse_cells
from pratique.formats.csv.dialect import Dialect
from pratique.formats.csv.encode import names_line
from pratique.formats.csv.framing import count_records, record_ends
from pratique.formats.csv.kinds import with_kinds
from pratique.formats.distinct import column_of, compact, merge_batches
from pratique.formats.lines import BOM
from pratique.model.data import Batch, Block, Column, Reject
from pratique.model.schema import Kind


@dataclass(frozen=True, slots=True)
class CsvBlock(BoundedBlock):
    """A block whose originals can be read alone."""

    head: bytes = b""
    """The line with the names of the file's columns."""

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The names of the columns, as a line, and after it the record's own bytes, without their newline."""
        del length
        return self.head + BoundedBlock.original(self, ordinal)


SMALL = 32
"""Fewer records than this are not worth Arrow's reader."""

Indices = npt.NDArray[np.int64]


def decode_block(
    start: int,
    data: bytes,
    names: Sequence[str],
    dialect: Dialect,
    *,
    columns: bool = True,
    typed: Mapping[str, frozenset[Kind]] = MappingProxyType({}),
) -> Block:
    """Decode whole records; ``columns=False`` gives the same rows as records. ``typed``: see `typed_columns`."""
    block = _Records(start, data, dialect)
    batches = []
    rest = block.filled
    for group, quoted in block.groups() if columns else ():
        fast = _by_arrow(block, group, names, quoted=quoted) if len(group) >= SMALL else None
        if fast is not None:
            batches.append(fast)
            rest = np.setdiff1d(rest, group, assume_unique=True) if len(group) < len(rest) else rest[:0]
    slow, rejects = _one_by_one(block, rest, names, columns=columns)
    if slow is not None:
        batches.append(slow)
    merged = [with_kinds(batch, typed) for batch in (merge_batches(batches) if columns else batches)]
    count = count_records(data, dialect.quote.encode(), short=block.short)
    head = names_line(names, dialect)
    return CsvBlock(tuple(merged), tuple(rejects), start, data, count, block.bounds, b"\n", head)


class _Records:
    """The records of a block and where they begin."""

    def __init__(self, start: int, data: bytes, dialect: Dialect) -> None:
        self.start = start
        self.dialect = dialect
        self.data = data
        ends = record_ends(data, dialect.quote.encode())
        if not len(ends) or ends[-1] != len(data):
            ends = np.append(ends, len(data))
        self.bounds = np.concatenate([np.zeros(1, np.int64), ends])
        lengths = np.diff(self.bounds)
        suspects = np.flatnonzero(lengths <= len(b"\r\n"))
        self.short = len(suspects) > 0
        blank = [at for at in suspects if not self.record(at)]
        self.filled = np.delete(np.arange(len(lengths)), blank)

    def record(self, at: int | np.int64) -> bytes:
        """A record without its line end."""
        return self.data[self.bounds[at] : self.bounds[at + 1]].removesuffix(b"\n").removesuffix(b"\r")

    def ordinals(self, records: Indices) -> npt.NDArray[np.int64]:
        return self.bounds[records] + self.start

    def groups(self) -> Iterator[tuple[Indices, bool]]:
        """The records that Arrow reads exactly, without and with quotes.

        Without: a cell is just what stands between delimiters. With: every quote stands where RFC 4180 lets it. Neither
        holds a line end, begins like a byte order mark (which Arrow would skip) or lacks its newline.
        """
        raw = np.frombuffer(self.data, np.uint8)
        odd = raw[self.bounds[:-1]] == BOM[0]
        if not self.data.endswith(b"\n"):
            odd[-1] = True
        if b"\r" in self.data:
            returns = np.flatnonzero(raw == ord("\r"))
            odd |= self._holds(returns[raw[np.minimum(returns + 1, len(raw) - 1)] != ord("\n")])
        if not self.dialect.quote or self.dialect.quote.encode() not in self.data:
            yield self.filled[~odd[self.filled]], False
            return
        quoted = self._holds(np.flatnonzero(raw == ord(self.dialect.quote)))
        yield self.filled[~(odd | quoted)[self.filled]], False
        newlines = np.flatnonzero(raw == ord("\n"))
        odd |= self._holds(newlines[~np.isin(newlines, self.bounds[1:] - 1, assume_unique=True)])
        candidates = self.filled[(quoted & ~odd)[self.filled]]
        sound = pc.match_substring_regex(self._array().take(pa.array(candidates)), _sound(self.dialect))
        yield candidates[sound.to_numpy(zero_copy_only=False)], True

    def _holds(self, places: Indices) -> npt.NDArray[np.bool_]:
        """Which records hold a byte at one of these places."""
        found = np.zeros(len(self.bounds) - 1, np.bool_)
        found[np.searchsorted(self.bounds, places, side="right") - 1] = True
        return found

    def _array(self) -> pa.Array:
        """The records with their line ends as a binary array, without a copy."""
        offsets = pa.py_buffer(self.bounds.astype(np.int32))
        return pa.Array.from_buffers(pa.binary(), len(self.bounds) - 1, [None, offsets, pa.py_buffer(self.data)])

    def gather(self, records: Indices) -> bytes | memoryview:
        """Some records with their line ends, one after the other."""
        if len(records) == len(self.bounds) - 1:
            return self.data
        taken = self._array().take(pa.array(records))
        return memoryview(taken.buffers()[2])[: int(np.frombuffer(taken.buffers()[1], np.int32)[len(records)])]


@lru_cache(maxsize=64)
def _sound(dialect: Dialect) -> str:
    """What a record on one line looks like, by RFC 4180, as a pattern for RE2; every byte counts as itself."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = rf"(?:{quote}(?:[^{quote}]|{quote}{quote})*{quote}|[^{quote}{delimiter}]*)"
    return rf"\A{cell}(?:{delimiter}{cell})*\r?\n\z"


def _by_arrow(block: _Records, records: Indices, names: Sequence[str], *, quoted: bool) -> Batch | None:
    """Records as columns; None where one of them has another number of cells, or is not of the encoding."""
    data = bytes(block.gather(records))
    if block.dialect.codec != "utf-8":
        try:
            data = data.decode(block.dialect.codec).encode()
        except UnicodeDecodeError:
            return None
    if len(names) == 1:
        if quoted:
            return None
        return _single(block, records, data, names[0])
    keys = [str(at) for at in range(len(names))]
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(data),
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=keys),
            parse_options=pa_csv.ParseOptions(
                delimiter=block.dialect.delimiter,
                quote_char=block.dialect.quote if quoted else False,
                double_quote=True,
                escape_char=False,
                ignore_empty_lines=False,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(keys, pa.dictionary(pa.int32(), pa.string())),
                null_values=[],
                strings_can_be_null=False,
                check_utf8=not data.isascii(),
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != len(records):
        return None
    columns = {}
    for name, cells in zip(names, table.columns, strict=True):
        chunk = cells.chunk(0) if cells.num_chunks == 1 else cells.combine_chunks()
        columns[name] = _without_null_word(Column(chunk.dictionary, chunk.indices), block.dialect.null)
    return Batch(block.ordinals(records), columns=columns)


def _single(block: _Records, records: Indices, data: bytes, name: str) -> Batch | None:
    """Of a file with one column every line is the cell; but a delimiter in it makes two."""
    if block.dialect.delimiter.encode() in data:
        return None
    try:
        cells = [line.removesuffix("\r") for line in data.decode().split("\n")[:-1]]
    except UnicodeDecodeError:
        return None
    column = _without_null_word(column_of(pa.array(cells, pa.string())), block.dialect.null)
    return Batch(block.ordinals(records), columns={name: column})


def _without_null_word(column: Column, null: str) -> Column:
    """The column with a null code where the cell is the null word."""
    at = pc.index(column.values, pa.scalar(null)).as_py()
    if at < 0:
        return column
    codes = pc.if_else(pc.equal(column.codes, pa.scalar(at, pa.int32())), pa.scalar(None, pa.int32()), column.codes)
    return compact(column.values, codes)


def _one_by_one(
    block: _Records, records: Indices, names: Sequence[str], *, columns: bool
) -> tuple[Batch | None, list[Reject]]:
    dialect = block.dialect
    rows: list[list[str | None]] = []
    kept: list[int] = []
    rejects: list[Reject] = []
    for at in records.tolist():
        record = block.record(at)
        cells = parse_cells(record, dialect.codec, dialect.delimiter, dialect.quote)
        rule = cells if isinstance(cells, str) else "cells" if len(cells) != len(names) else ""
        if rule:
            rejects.append(Reject(block.start + int(block.bounds[at]), len(record), rule))
        else:
            rows.append([None if cell == dialect.null else cell for cell in cells])
            kept.append(at)
    if not rows:
        return None, rejects
    ordinals = block.ordinals(np.array(kept, np.int64))
    if not columns:
        return Batch(ordinals, records=[dict(zip(names, row, strict=True)) for row in rows]), rejects
    by_name = zip(names, zip(*rows, strict=True), strict=True)
    return Batch(ordinals, columns={name: column_of(pa.array(cells, pa.string())) for name, cells in by_name}), rejects
