"""Rows into an Avro container: deterministic, whatever calls they came in.

A block ends with the row with which its bytes reach a fixed number. The header holds the schema and the codec, and
nothing else; the sync marker comes of the run's id and the part's.
"""

import hashlib
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.avro.cells import NULL, column_cells, longest, row_cells
from pratique.formats.avro.container import (
    PACKERS,
    SYNC,
    Taker,
    Unpacker,
    block_bytes,
    blocks_of,
    header_bytes,
    read_header,
)
from pratique.formats.avro.shaping import schema_json
from pratique.formats.joining import MOST
from pratique.model.data import Batch
from pratique.model.schema import Schema

BLOCK = 16 << 10
"""Bytes with which a block ends, before they are packed."""
_EMPTY = pa.scalar(b"", pa.binary())


class AvroEncoder:
    """Implements `pratique.ports.Encoder`."""

    def __init__(self, schema: Schema, compression: str, seed: bytes) -> None:
        self.codec, self.pack = PACKERS[compression]
        self._root = schema.root
        self._sync = hashlib.sha256(b"pratique/avro-sync/1\0" + seed).digest()[:SYNC]
        self._head = header_bytes(schema_json(schema), self.codec, self._sync)
        self._waiting = b""
        self._lengths = np.empty(0, np.int64)
        """Of the rows that wait."""

    def head(self) -> bytes:
        """The header."""
        return self._head

    def encode(self, batches: Sequence[Batch]) -> bytes:
        """Take rows, merged by ordinal; the blocks that are full."""
        data, lengths = self.rows(batches)
        return self._cut(self._waiting + data, np.concatenate([self._lengths, lengths]), rest=False) if data else b""

    def rows(self, batches: Sequence[Batch]) -> tuple[bytes, npt.NDArray[np.int64]]:
        """Rows, merged by ordinal, as records that belong to no block: their bytes, run together, and their lengths."""
        batches = [batch for batch in batches if len(batch)]
        if not batches:
            return b"", np.empty(0, np.int64)
        pieces = [piece for batch in batches for piece in self._rows(batch)]
        if len(batches) > 1:
            order = np.argsort(np.concatenate([batch.ordinals for batch in batches]), kind="stable")
            pieces = [pa.concat_arrays([piece.cast(pa.large_binary()) for piece in pieces]).take(pa.array(order))]
        views, lengths = zip(*map(_content, pieces), strict=True)
        return b"".join(views), np.concatenate(lengths)

    def finish(self) -> bytes:
        """The last block."""
        return self._cut(self._waiting, self._lengths, rest=True)

    def _cut(self, data: bytes, lengths: npt.NDArray[np.int64], *, rest: bool) -> bytes:
        """The blocks that are full; what is left waits."""
        ends = np.cumsum(lengths)
        view = memoryview(data)
        out: list[bytes | memoryview] = []
        row = start = 0
        while row < len(ends):
            last = int(np.searchsorted(ends, start + BLOCK, side="left"))
            if last == len(ends):
                if not rest:
                    break
                last -= 1
            end = int(ends[last])
            out += block_bytes(last + 1 - row, self.pack(view[start:end]), self._sync)
            row, start = last + 1, end
        self._waiting, self._lengths = bytes(view[start:]), lengths[row:]
        return b"".join(out)

    def _rows(self, batch: Batch) -> list[pa.Array]:
        """One value of bytes per row, in one or more arrays."""
        if batch.columns is None:
            assert batch.records is not None
            return [row_cells(batch.records, self._root)]
        columns = batch.columns
        if unknown := len(columns.keys() - {name for name, _ in self._root.fields}):
            raise FormatError(f"{unknown} columns that are not in the output schema")
        width = sum(longest(columns[name]) if name in columns else 1 for name, _ in self._root.fields)
        step = max(min(len(batch), MOST // max(width, 1)), 1)
        cells = [
            column_cells(columns[name], node, f"field #{number}") if name in columns else pa.scalar(NULL, pa.binary())
            for number, (name, node) in enumerate(self._root.fields)
        ]
        if not any(name in columns for name, _ in self._root.fields):
            return [pa.array([NULL * len(cells)] * len(batch), pa.binary())]
        return [
            pc.binary_join_element_wise(
                *(cell.slice(start, step) if isinstance(cell, pa.Array) else cell for cell in cells), _EMPTY
            )
            for start in range(0, len(batch), step)
        ]


def _content(rows: pa.Array) -> tuple[memoryview | bytes, npt.NDArray[np.int64]]:
    """The bytes of all rows, run together, and their lengths."""
    wide = pa.types.is_large_binary(rows.type)
    offsets = np.frombuffer(rows.buffers()[1], np.int64 if wide else np.int32)
    offsets = offsets[rows.offset : rows.offset + len(rows) + 1].astype(np.int64)
    body = rows.buffers()[2]
    return b"" if body is None else memoryview(body)[int(offsets[0]) : int(offsets[-1])], np.diff(offsets)


def check_written(stream: BinaryIO, encoder: AvroEncoder) -> None:
    """Raise `FormatError` unless a file begins with this encoder's header, and is blocks of its sync marker, packed as
    it packs them, to its last byte.
    """
    taker = Taker(stream)
    expected = encoder.head()
    header = read_header(taker)
    stream.seek(0)
    if header.end != len(expected) or stream.read(len(expected)) != expected:
        raise FormatError("the file's header is not that of the output schema")
    stream.seek(0)
    taker = Taker(stream)
    taker.go(len(expected))
    packed = encoder.codec != "null"
    unpacker = Unpacker(encoder.codec, voids=0)
    for block in blocks_of(taker, header, None, data=packed):
        if not block.rows:
            raise FormatError("the file holds a block without records")
        # Some codecs have room for more than what they pack.
        if packed and bytes(encoder.pack(unpacker.unpack(block))) != block.data:
            raise FormatError("the file holds a block that is not packed as it should be")
