"""What is in a Parquet file beside its rows, held against what the encoder writes there."""

import io
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pratique.errors import FormatError
from pratique.formats.parquet.encode import ParquetEncoder
from pratique.formats.parquet.footer import MAGIC, Group, check_pages, read_footer
from pratique.formats.parquet.opening import open_parquet, reading


def check_written(stream: BinaryIO, encoder: ParquetEncoder) -> None:
    """Raise `FormatError` unless a file's metadata are those of an empty file of this encoder, its row groups and
    columns follow each other without a gap, carry no statistics and no index, and its dictionaries hold only what rows
    have.
    """
    empty = io.BytesIO(encoder.head() + encoder.finish())
    footer = read_footer(stream)
    chunks = [chunk for group in footer.groups for chunk in group.chunks]
    bounds = [len(MAGIC), *[at for chunk in chunks for at in (chunk.start, chunk.end)], footer.start]
    if footer.empty or bounds[::2] != bounds[1::2]:
        raise FormatError("the file holds bytes that are no row's")
    if any(chunk.extras for chunk in chunks) or any(check_pages(stream, group).statistics for group in footer.groups):
        raise FormatError("the file holds statistics or an index")
    file = open_parquet(stream)
    with reading("the footer"):
        _check_metadata(file, open_parquet(empty))
    with reading():
        _check_dictionaries(stream, file, footer.groups)


def _check_metadata(file: pq.ParquetFile, expected: pq.ParquetFile) -> None:
    found, wanted = file.metadata, expected.metadata
    same = (found.metadata, found.created_by, found.format_version) == (
        wanted.metadata,
        wanted.created_by,
        wanted.format_version,
    )
    if not same or not found.schema.equals(wanted.schema):
        raise FormatError("the file's metadata are not those of the output schema")


def _check_dictionaries(stream: BinaryIO, file: pq.ParquetFile, groups: Sequence[Group]) -> None:
    """Every entry of a dictionary of texts is some row's; those of other types are made by Arrow, of the rows."""
    texts = [field.name for field in file.schema_arrow if field.type == pa.string() and "." not in field.name]
    if not texts:
        return
    again = open_parquet(stream, texts)
    for group in groups:
        columns = again.read_row_group(group.number, columns=texts, use_threads=False)
        for column in columns.columns:
            for chunk in column.chunks:
                used = np.zeros(len(chunk.dictionary), np.bool_)
                used[np.asarray(chunk.indices.drop_null())] = True
                if not used.all():
                    raise FormatError("a dictionary holds a value that no row has")
