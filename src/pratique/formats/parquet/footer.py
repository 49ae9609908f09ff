"""The footer of a Parquet file that nobody vouches for, read and bounded before Arrow sees it."""

from dataclasses import dataclass
from typing import BinaryIO

from pratique.errors import FormatError
from pratique.formats.parquet.pages import FREE_VALUES, MAX_RATIO, Pages, read_pages
from pratique.formats.parquet.thrift import Fields, Reader, Short, below, impossible, number, structs

MAGIC = b"PAR1"
_ENCRYPTED = b"PARE"
_TAIL = 8
"""Bytes of the footer's length and the magic number after it."""
MAX_FOOTER = 64 << 20
"""Bytes of the longest footer."""
_INT96, _BYTES = 3, 6
_REPEATED = 2
_VALUE = 8
"""Bytes that a value takes in memory at least."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One column in one row group, as the footer tells of it."""

    start: int
    end: int
    repeats: bool
    """Whether a row may have several values."""
    texts: bool
    """Whether values are bytes of any length."""
    extras: bool
    """Whether the footer has statistics, an index, a Bloom filter or metadata for it: places where values stand."""


@dataclass(frozen=True, slots=True)
class Group:
    """One row group that has rows."""

    number: int
    """Its place in the file, from 0."""
    start: int
    end: int
    """The byte after its last."""
    first_row: int
    rows: int
    bytes: int
    """Of its pages, decompressed."""
    chunks: tuple[Chunk, ...]

    @property
    def weight(self) -> int:
        """About how many bytes of work: its pages decompressed, and eight bytes for each value. Rows that repeat each
        other weigh next to nothing in a file, and not in memory.
        """
        return max(self.bytes + _VALUE * self.rows * len(self.chunks), self.end - self.start)


@dataclass(frozen=True, slots=True)
class Footer:
    """What a file says of its row groups."""

    start: int
    """Where the footer begins."""
    groups: tuple[Group, ...]
    empty: int
    """How many row groups without rows there are beside them."""


def read_footer(stream: BinaryIO) -> Footer:
    """Read and check a file's footer.

    Raises `FormatError` for what is no Parquet file, is encrypted, cut short or out of bounds, and where the row groups
    overlap, are out of order, leave the file, or hold another number of rows than the whole.
    """
    start, size = _ends(stream)
    stream.seek(start)
    try:
        found = Reader(stream.read(size - _TAIL - start)).struct()
    except Short:
        raise impossible() from None
    if 8 in found or 9 in found:  # noqa: PLR2004 - the fields of an encryption in a footer that is none
        raise FormatError("an encrypted Parquet file", do="decrypt it first")
    repeats = _leaves(structs(found, 2))
    groups: list[Group] = []
    at, row = len(MAGIC), 0
    listed = structs(found, 4)
    for place, group in enumerate(listed):
        rows = number(group, 3)
        if rows:
            made = _group(group, place, row, repeats)
            if rows < 0 or made.start < at or made.end > start:
                raise _contradiction(place)
            groups.append(made)
            at, row = made.end, row + rows
    if row != number(found, 3):
        raise FormatError(
            "the Parquet footer contradicts itself", where="the number of rows", do="the file is damaged: copy it again"
        )
    return Footer(start, tuple(groups), len(listed) - len(groups))


def check_pages(stream: BinaryIO, group: Group) -> Pages:
    """Raise `FormatError` unless the pages of a row group keep to their bounds, and count as many rows as the footer
    says in every column that does not repeat. What they say together.
    """
    values, statistics, dictionary = 0, False, 0
    for place, chunk in enumerate(group.chunks):
        where = f"row group {group.number}, column #{place}"
        try:
            found = read_pages(stream, chunk.start, chunk.end)
        except FormatError as error:
            raise FormatError(error.what, where=where, do=error.do or "the file is damaged") from None
        statistics = statistics or found.statistics
        dictionary = max(dictionary, found.dictionary if chunk.texts else 0)
        if found.values < group.rows or (found.values != group.rows and not chunk.repeats):
            raise FormatError(
                "the pages hold another number of rows than the footer says",
                where=where,
                do="the file is damaged: copy it again",
            )
        if found.values - group.rows > max(FREE_VALUES, MAX_RATIO * (chunk.end - chunk.start)):
            # One row may have them all, and Arrow reads no less than a row.
            raise FormatError("a column of lists that expands too far", where=where, do="write smaller row groups")
        values += found.values
    return Pages(values, statistics, dictionary)


def _ends(stream: BinaryIO) -> tuple[int, int]:
    """Where the footer begins, and the file's size."""
    if not stream.seekable():
        raise FormatError(
            "a Parquet file that is compressed as a whole cannot be read",
            do="decompress it; Parquet compresses inside by itself",
        )
    size = stream.seek(0, 2)
    stream.seek(0)
    if size < len(MAGIC) + _TAIL or stream.read(len(MAGIC)) not in (MAGIC, _ENCRYPTED):
        raise FormatError("not a Parquet file", do="check the format that the dataset declares")
    stream.seek(size - _TAIL)
    tail = stream.read(_TAIL)
    if tail.endswith(_ENCRYPTED):
        raise FormatError("an encrypted Parquet file", do="decrypt it first")
    if not tail.endswith(MAGIC):
        raise FormatError("the Parquet file is cut short: it has no footer", do="let its writer finish first")
    length = int.from_bytes(tail[:4], "little")
    if not 0 < length <= min(size - _TAIL - len(MAGIC), MAX_FOOTER):
        raise FormatError("the Parquet footer's length is impossible", do="the file is damaged")
    return size - _TAIL - length, size


def _leaves(elements: list[Fields]) -> list[bool]:
    """For each leaf of the schema, which is a list of nodes in depth-first order: whether it may repeat."""
    found: list[bool] = []
    # How many children of each open node are still to come, and whether it repeats.
    above: list[list[int]] = []
    for place, element in enumerate(elements):
        children = number(element, 5, 0)
        repeats = number(element, 3, 0) == _REPEATED or bool(above and above[-1][1])
        if place:
            if not above:
                raise impossible()
            above[-1][0] -= 1
        if children > 0:
            above.append([children, int(repeats and bool(place))])
        elif place:
            found.append(repeats)
        while above and above[-1][0] <= 0:
            above.pop()
    if above or not found:
        raise impossible()
    return found


def _contradiction(place: int) -> FormatError:
    return FormatError(
        "the Parquet footer contradicts itself", where=f"row group {place}", do="the file is damaged: copy it again"
    )


def _group(group: Fields, place: int, row: int, repeats: list[bool]) -> Group:
    columns = structs(group, 1)
    if len(columns) != len(repeats):
        raise _contradiction(place)
    pairs = enumerate(zip(columns, repeats, strict=True))
    chunks = tuple(_chunk(column, place, at, repeats=leaf) for at, (column, leaf) in pairs)
    start, end = min(chunk.start for chunk in chunks), max(chunk.end for chunk in chunks)
    return Group(place, start, end, row, number(group, 3), max(number(group, 2), 0), chunks)


def _chunk(column: Fields, place: int, at: int, *, repeats: bool) -> Chunk:
    if 1 in column:
        raise FormatError(
            "the Parquet footer names another file", where=f"row group {place}", do="write it as one file"
        )
    if 8 in column or 9 in column:  # noqa: PLR2004 - where the column's key is told
        raise FormatError("an encrypted column", where=f"column #{at}", do="decrypt it first")
    told = below(column, 3)
    if number(told, 1) == _INT96:
        raise FormatError(
            "INT96 times are not read",
            where=f"column #{at}",
            do="write them as TIMESTAMP (Spark: spark.sql.parquet.outputTimestampType TIMESTAMP_MICROS)",
        )
    start = number(told, 9)
    dictionary = number(told, 11, 0)
    if dictionary > 0:
        start = min(start, dictionary)
    size = number(told, 7)
    if size <= 0:
        raise _contradiction(place)
    extras = any(field in column for field in (4, 5, 6, 7)) or any(told.get(field) for field in (8, 12, 14, 15, 17))
    return Chunk(start, start + size, repeats, number(told, 1) == _BYTES, extras)
