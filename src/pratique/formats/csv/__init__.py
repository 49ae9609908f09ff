"""CSV and its kin (RFC 4180; delimiter comma, semicolon, tab or pipe): every cell is text and keeps its characters."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import numpy as np

from pratique.errors import FormatError
from pratique.formats.csv.cells import parse_cells
from pratique.formats.csv.decode import CsvBlock, decode_block
from pratique.formats.csv.dialect import Dialect, detect_dialect, dialect_of
from pratique.formats.csv.encode import check_flat, encode_batches, names_line, write_head
from pratique.formats.csv.framing import read_records, record_ends, split_records
from pratique.formats.csv.kinds import typed_columns
from pratique.formats.csv.reread import reread_originals
from pratique.formats.lines import BLOCK_SIZE, LONGEST, Lines, most_lines
from pratique.formats.writing import RowEncoder
from pratique.model.data import Block, FormatSpec, Reject
from pratique.model.paths import MARKERS
from pratique.model.schema import Schema

__all__ = ["RULES", "Csv"]

RULES = ("cells", "quote", "utf-8", "encoding", "line-end", "size")
"""Why a record is a reject. ``cells``: not as many cells as the header (or first record) has. ``quote``: a quote where
none may stand, or one that is never closed. ``utf-8``, ``encoding``: bytes that are not of the declared encoding.
``line-end``: a carriage return outside quotes that ends no line. ``size``: longer than 16 MiB."""
_HEAD = 1 << 20
"""Bytes that `Csv.detect` looks at, and the longest header."""


class Csv:
    """Implements `pratique.ports.Format`. Options: delimiter, quote, header, encoding, null (see `Dialect`).

    The header is read from each file, is no record, and must have no name twice. Without one the columns are
    ``column_1`` and so on, as many as the first record has. Blank lines do not count. Null is a cell with exactly the
    null word, quoted or not. A quote where none may stand turns the rest of the file inside out up to the next one:
    all of that is rejects, never rows. Cells that begin like spreadsheet formulas are data, and stay as they are.
    """

    name = "csv"
    version = 1
    extension = ".csv"

    def __init__(self, *, block: int = BLOCK_SIZE, longest: int = LONGEST, columns: bool = True) -> None:
        """``columns=False`` gives every row as a record: the same rows, only slower."""
        self._block = block
        self._longest = longest
        self._columns = columns

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """The options completed from the first MiB; raises `FormatError` where two readings fit."""
        head = stream.read(_HEAD)
        dialect = detect_dialect(head, options, whole=len(head) < _HEAD)
        if dialect.header and head:
            _names(io.BytesIO(head), dialect)
        return FormatSpec(self.name, dialect.options)

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> None:
        """None: every cell is text."""

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges that begin at records; the first holds the header. Reads the whole input once."""
        return split_records(stream, size, part_size, dialect_of(spec.options).quote.encode())

    def most(self, stream: BinaryIO, size: int, spec: FormatSpec) -> int:
        """As `pratique.ports.Bounded`: one record a line at most."""
        del spec
        return most_lines(stream, size)

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The records of a range as blocks of about 4 MiB, as columns of text. Where the schema says, as only an output
        schema can, that a column holds no text, then of numbers and the like. Reads the header first in any case.

        Raises `FormatError` where the header has no name in common with ``schema``.
        """
        dialect = dialect_of(spec.options)
        names = _names(stream, dialect) if start else None
        if names is not None:
            _hold(names, dialect, schema)
        quote, typed = dialect.quote.encode(), typed_columns(schema)
        for piece in read_records(stream, start, end, quote, block=self._block, longest=self._longest):
            lines = piece
            if names is None:
                names, lines = _first(piece, dialect)
                _hold(names, dialect, schema)
            if lines.oversize:
                reject = Reject(lines.start, lines.oversize, "size")
                bounds, head = np.array([0, len(lines.data)]), names_line(names or (), dialect)
                yield CsvBlock((), (reject,), lines.start, lines.data, 1, bounds, head=head)
            elif lines.data:
                yield decode_block(lines.start, lines.data, names or (), dialect, columns=self._columns, typed=typed)

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """Records that were kept with the names of their columns, as `CsvBlock` gives them."""
        del schema
        return reread_originals(originals, dialect_of(spec.options), longest=self._longest)

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> RowEncoder:
        """The header, and records in the dialect; line ends are newlines. Raises `FormatError` for a nested schema."""
        del seed
        dialect = dialect_of(spec.options)
        check_flat(schema)
        return RowEncoder(write_head(schema, dialect), lambda batches: encode_batches(batches, schema, dialect))

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """The header must be the schema's."""
        del seed
        head = write_head(schema, dialect_of(spec.options))
        stream.seek(0)
        if stream.read(len(head)) != head:
            raise FormatError("the header is not the output schema's")


def _names(stream: BinaryIO, dialect: Dialect) -> tuple[str, ...] | None:
    """The column names, read at the stream's start; None where it holds blank lines only."""
    stream.seek(0)
    for piece in read_records(stream, 0, None, dialect.quote.encode(), block=_HEAD, longest=_HEAD):
        names, _ = _first(piece, dialect)
        if names is not None:
            return names
    return None


def _first(piece: Lines, dialect: Dialect) -> tuple[tuple[str, ...] | None, Lines]:
    """The column names, and the piece without the header; blank lines before it go too."""
    if piece.oversize:
        raise FormatError("the first record is too long to tell the columns", do="declare quote and delimiter")
    at = 0
    for end in [*record_ends(piece.data, dialect.quote.encode()).tolist(), len(piece.data)]:
        line = piece.data[at:end].removesuffix(b"\n").removesuffix(b"\r")
        if line:
            cells = parse_cells(line, dialect.codec, dialect.delimiter, dialect.quote)
            names = _checked(cells, dialect)
            begin = end if dialect.header else at
            return names, Lines(piece.start + begin, piece.data[begin:])
        at = end
    return None, Lines(piece.start + at, b"")


def _hold(names: tuple[str, ...] | None, dialect: Dialect, schema: Schema | None) -> None:
    """A first row without a single known name is a record that would be lost as a header: refused."""
    if names is None or schema is None or not dialect.header:
        return
    known = {field.path[0] for field in schema.fields() if field.path}
    if known and known.isdisjoint(names):
        raise FormatError("the first row names none of the dataset's columns", do="is the header missing? add it")


def _checked(cells: list[str] | str, dialect: Dialect) -> tuple[str, ...]:
    if isinstance(cells, str):
        raise FormatError(
            "the first record cannot be read", where=f"rule {cells}", do="mend it, or declare the dialect"
        )
    if not dialect.header:
        return tuple(f"column_{number}" for number in range(1, len(cells) + 1))
    if len(set(cells)) < len(cells):
        raise FormatError("two columns have the same name", do="rename one, or declare header: false")
    if MARKERS & set(cells):
        raise FormatError("a column's name is a path marker ([], {} or {keys})", do="rename it")
    return tuple(cells)
