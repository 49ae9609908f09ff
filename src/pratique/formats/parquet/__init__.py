"""Parquet: row groups of columns, read and written with Arrow; logical types are lowered (`pratique.model.logical`)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from pratique.errors import FormatError
from pratique.formats.parquet.container import check_written
from pratique.formats.parquet.decode import Decoder, reread_rows
from pratique.formats.parquet.encode import COMPRESSIONS, ParquetEncoder
from pratique.formats.parquet.footer import read_footer
from pratique.model.data import Block, FormatSpec
from pratique.model.schema import Schema

__all__ = ["RULES", "Parquet"]

RULES = ("utf-8", "number-range", "range", "duplicate-key", "size")
"""Why a row is a reject. ``utf-8``: a text that is not UTF-8. ``number-range``: an integer beyond 64 signed bits, NaN,
infinities. ``range``: a date before year 1 or after 9999, a time of day that is none. ``duplicate-key``: a map with two
equal keys. ``size``: a value longer than 16 MiB, or a row of more than 2,097,152 values."""


class Parquet:
    """Implements `pratique.ports.Format`. Option: compression, of what is written (zstd, snappy, none).

    A record's ordinal is its number in the file; its original is a file of one row. A part is the row groups that begin
    in it. Flat rows are columns, nested ones records. Not read: encrypted files, INT96 times, maps whose keys are no
    texts, files that are compressed as a whole.
    """

    name = "parquet"
    version = 1
    extension = ".parquet"

    def __init__(self, *, columns: bool = True, block: int | None = None) -> None:
        """``columns=False`` gives every row as a record; ``block``: rows of one block at most."""
        self._columns = columns
        self._block = block

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """The options as they are; refuses others, and what is no Parquet file that is read."""
        spec = FormatSpec(self.name, dict(options))
        _compression(spec)
        self.declared(stream, spec)
        return spec

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> Schema:
        """The schema in the footer."""
        del spec
        return Decoder(stream, None, columns=False).schema

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges that begin at row groups: as few of them in each as weigh a part's size (see `Group.weight`)."""
        del spec
        if size is None:
            yield 0, None
            return
        begin = weight = 0
        for group in read_footer(stream).groups:
            if weight >= part_size:
                yield begin, group.start
                begin, weight = group.start, 0
            weight += group.weight
        yield begin, size

    def most(self, stream: BinaryIO, size: int, spec: FormatSpec) -> int:
        """As `pratique.ports.Bounded`: the rows that the footer tells of, which decoding holds it to."""
        del size, spec
        return sum(group.rows for group in read_footer(stream).groups)

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The row groups that begin in the range, in blocks of at most 131,072 rows (nested: 8,192), and about 16 MiB.

        Memory is bounded by the block, a row group's dictionaries and the largest page.
        """
        del spec
        decoder = Decoder(stream, schema, columns=self._columns, rows=self._block)
        yield from decoder.blocks([g for g in decoder.groups if start <= g.start and (end is None or g.start < end)])

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """Files of one row."""
        del spec
        return reread_rows(originals, schema, columns=self._columns)

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> ParquetEncoder:
        """Rows in row groups; see `pratique.formats.parquet.encode`."""
        del seed
        return ParquetEncoder(schema, _compression(spec))

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """No metadata but the output schema's, no statistics, no index, no byte between pages, no unused value."""
        check_written(stream, self.encoder(schema, spec, seed))


def _compression(spec: FormatSpec) -> str:
    if unknown := set(spec.options) - {"compression"}:
        raise FormatError(f"{len(unknown)} unknown Parquet options", do="known is compression")
    found = spec.options.get("compression", COMPRESSIONS[0])
    if found not in COMPRESSIONS:
        raise FormatError("not a supported compression", do=f"use one of {', '.join(COMPRESSIONS)}")
    return found
