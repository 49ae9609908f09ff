"""The headers of a column's pages: what they claim is bounded before Arrow believes it.

A page says how large it is decompressed, and Arrow takes that much memory. The values that the pages count are a count
of the rows that does not hang on the footer.
"""

from dataclasses import dataclass
from typing import BinaryIO

from pratique.errors import FormatError
from pratique.formats.parquet.thrift import Fields, Reader, Short, below, impossible, number

MAX_PAGE = 256 << 20
"""Bytes of the largest page, decompressed."""
MAX_RATIO = 200
"""Decompressed bytes per stored byte of a page that is larger than `FREE`, and values per stored byte of a column whose
rows have more than `FREE_VALUES` beyond one each.
"""
FREE = 64 << 20
FREE_VALUES = 1 << 24
MAX_VALUES = 1 << 26
"""Values of one page."""
_HEADER = 1 << 12
"""Bytes that are read of a header at first."""
_LONGEST = 1 << 20
"""Bytes of the longest header: one with statistics holds values."""
_DATA, _INDEX, _DICTIONARY, _DATA_2 = range(4)
_INSIDE = {_DATA: 5, _DATA_2: 8, _DICTIONARY: 7}
"""Where a header of each kind says more."""
_STATISTICS = {_DATA: 5, _DATA_2: 8}


@dataclass(frozen=True, slots=True)
class Pages:
    """What the pages of one column in one row group say together, or those of all its columns."""

    values: int
    """Of all data pages, nulls counted: as many as rows in a column that does not repeat."""
    statistics: bool
    """Whether a page carries statistics, which are values."""
    dictionary: int
    """Bytes of the largest dictionary of texts, decompressed: no value that rows refer to is longer."""


def read_pages(stream: BinaryIO, start: int, end: int) -> Pages:
    """Walk over the pages in ``[start, end)`` of a file. Raises `FormatError` where they do not fill it exactly, or one
    claims more than the bounds of this module.
    """
    values, statistics, dictionary, at = 0, False, 0, start
    while at < end:
        header, length = _header(stream, at, end)
        kind, whole, stored = (number(header, place) for place in (1, 2, 3))
        if not 0 <= stored <= end - at - length or not 0 <= whole <= MAX_PAGE:
            raise FormatError("a page is larger than it may be", do="write the file with smaller pages")
        if whole > FREE and whole > MAX_RATIO * (stored + length):
            raise FormatError("a page that expands too far", do="if it is sound, write the file with smaller pages")
        if kind not in _INSIDE:
            raise impossible()
        inside = below(header, _INSIDE[kind])
        count = number(inside, 1)
        if not 0 <= count <= MAX_VALUES:
            raise FormatError("a page holds more values than it may", do="write the file with smaller pages")
        if kind in _STATISTICS:
            values += count
            statistics = statistics or bool(inside.get(_STATISTICS[kind]))
        else:
            dictionary = max(dictionary, whole)
        at += length + stored
    return Pages(values, statistics, dictionary)


def _header(stream: BinaryIO, at: int, end: int) -> tuple[Fields, int]:
    """A page's header and its length."""
    size = _HEADER
    while True:
        stream.seek(at)
        data = stream.read(min(size, end - at))
        reader = Reader(data)
        try:
            return reader.struct(), reader.at
        except Short:
            if len(data) < size or size >= _LONGEST:
                raise impossible() from None
            size = min(size * 16, _LONGEST)
