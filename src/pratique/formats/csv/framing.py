"""Where CSV records end: at a newline that an even number of quotes stands before, counted from the file's first byte.

So one quote where none may stand turns what follows it inside out, until the next one: such records are rejects, and
never rows. All supported encodings write the newline and the quotes as their ASCII bytes and never otherwise.
"""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from pratique.formats.lines import BOM, Lines, Range

_SCAN = 1 << 20


def record_ends(data: bytes, quote: bytes, *, inside: bool = False) -> npt.NDArray[np.int64]:
    """The offsets after each record's newline, ascending; ``inside``: the data begin amid quotes."""
    raw = np.frombuffer(data, np.uint8)
    ends: npt.NDArray[np.int64] = np.flatnonzero(raw == ord("\n")) + 1
    if not quote:
        return ends
    quotes = np.flatnonzero(raw == quote[0])
    if not len(quotes) and not inside:
        return ends
    outside: npt.NDArray[np.bool_] = (np.searchsorted(quotes, ends) & 1) == int(inside)
    return ends[outside]


def read_records(
    stream: BinaryIO, start: int, end: int | None, quote: bytes, *, block: int, longest: int
) -> Iterator[Lines]:
    """As `pratique.formats.lines.read_lines`, in whole records."""
    if block > longest:
        raise ValueError("a block must not be larger than the longest record")
    source = Range(stream, start, end)
    at, carry = start, b""
    while chunk := source.read(block):
        if at == 0 and not carry and chunk.startswith(BOM):
            at, chunk = len(BOM), chunk[len(BOM) :]
        data = carry + chunk
        ends = record_ends(data, quote)
        if (int(ends[0]) - 1 if len(ends) else len(data)) > longest:
            length, tail = _skip_record(source, data, quote, block)
            yield Lines(at, data[:longest], length)
            at, data = at + length + 1, tail
            ends = record_ends(data, quote)
        cut = int(ends[-1]) if len(ends) else 0
        if cut:
            yield Lines(at, data[:cut])
        at, carry = at + cut, data[cut:]
    if carry:
        yield Lines(at, carry)


def _skip_record(source: Range, data: bytes, quote: bytes, block: int) -> tuple[int, bytes]:
    """The length of the record that begins ``data``, without its newline, and the bytes read after it."""
    length, inside = 0, False
    while not len(ends := record_ends(data, quote, inside=inside)):
        length += len(data)
        inside ^= bool(quote) and data.count(quote) % 2 == 1
        data = source.read(block)
        if not data:
            return length, b""
    return length + int(ends[0]) - 1, data[int(ends[0]) :]


def split_records(stream: BinaryIO, size: int | None, part_size: int, quote: bytes) -> Iterator[tuple[int, int | None]]:
    """As `pratique.formats.lines.split_lines`, in whole records; reads all of the stream once."""
    if size is None:
        yield 0, None
        return
    if part_size < 1:
        raise ValueError("a part has at least one byte")
    stream.seek(0)
    begin, limit, offset, inside = 0, part_size, 0, False
    while limit < size and (piece := stream.read(min(_SCAN, size - offset))):
        starts = record_ends(piece, quote, inside=inside) + offset
        at = 0
        while limit < size and (at := int(np.searchsorted(starts, limit))) < len(starts):
            finish = int(starts[at])
            while limit <= finish and limit < size:
                yield begin, finish
                begin, limit = finish, limit + part_size
        inside ^= bool(quote) and piece.count(quote) % 2 == 1
        offset += len(piece)
    while limit < size:
        yield begin, size
        begin, limit = size, limit + part_size
    yield begin, size


def count_records(data: bytes, quote: bytes) -> int:
    """How many records that are not blank lines the data hold; from the bytes alone: what is quoted is cut out
    first.
    """
    outside = data
    if quote and quote in data:
        # What was quoted leaves its quote, so that a quoted empty cell is no blank line.
        pieces = data.split(quote)
        outside = quote.join(pieces[::2]) + quote * (len(pieces) % 2 == 0)
    return sum(1 for line in outside.split(b"\n") if line not in (b"", b"\r"))
