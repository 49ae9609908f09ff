"""Rows into a Parquet file: deterministic, whatever blocks they came in.

A row group ends after a fixed number of rows, or before the row with which its values would pass a fixed number of
bytes; a dictionary has the values in the order in which rows first have them, and none that no row has. There are no
statistics and no indexes: the only places of a file where a value stands are the rows'.
"""

import base64
import io
from collections.abc import Iterator, Sequence
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from pratique.formats.parquet.grouping import FlatRows, NestedRows
from pratique.formats.parquet.opening import reading
from pratique.formats.parquet.types import output_type
from pratique.model.data import Batch
from pratique.model.schema import SCALARS, Schema

COMPRESSIONS = ("zstd", "snappy", "none")
_SCHEMA = b"ARROW:schema"
"""Where Arrow keeps what Parquet has no words for: the metadata of fields, time zones."""


class _Rows(Protocol):
    def add(self, batches: Sequence[Batch]) -> None: ...

    def groups(self, *, rest: bool) -> Iterator[list[pa.Array]]: ...


class _Sink(io.RawIOBase):
    """What is written, to be taken as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        self._at += len(data)
        return len(data)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return parts[0] if len(parts) == 1 else b"".join(parts)


class ParquetEncoder:
    """Implements `pratique.ports.Encoder`."""

    def __init__(self, schema: Schema, compression: str) -> None:
        arrow = output_type(schema)
        flat = all(node.kinds <= SCALARS for _, node in schema.root.fields)
        self._rows: _Rows = FlatRows(schema, arrow) if flat else NestedRows(schema, arrow)
        # Texts are handed over as dictionaries. Who reads the file is told the types themselves.
        self._stated = {_SCHEMA: base64.b64encode(arrow.serialize().to_pybytes())}
        self._arrow = pa.schema([_stored(field) if flat else field for field in arrow])
        self._compression = compression
        self._sink = _Sink()
        self._writer: pq.ParquetWriter | None = None

    def head(self) -> bytes:
        """The magic number."""
        self._writer = pq.ParquetWriter(
            self._sink,
            self._arrow,
            version="2.6",
            compression=self._compression,
            write_statistics=False,
            store_schema=False,
            write_page_checksum=True,
        )
        return self._sink.taken()

    def encode(self, batches: Sequence[Batch]) -> bytes:
        """Take rows, merged by ordinal; the row groups that are full."""
        batches = [batch for batch in batches if len(batch)]
        if batches:
            self._rows.add(batches)
            self._write(rest=False)
        return self._sink.taken()

    def finish(self) -> bytes:
        """The last row group, and the footer."""
        self._write(rest=True)
        assert self._writer is not None
        with reading():
            self._writer.add_key_value_metadata(self._stated)
            self._writer.close()
        return self._sink.taken()

    def _write(self, *, rest: bool) -> None:
        assert self._writer is not None
        for arrays in self._rows.groups(rest=rest):
            rows = pa.Table.from_arrays(arrays, schema=self._arrow)
            with reading():
                self._writer.write_table(rows, row_group_size=len(rows))


def _stored(field: pa.Field) -> pa.Field:
    return field.with_type(pa.dictionary(pa.int32(), field.type)) if field.type == pa.string() else field
