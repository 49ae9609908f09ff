"""Where CSV records end: at a newline that an even number of quotes stands before, counted from the file's first byte.

So one quote where none may stand turns what follows it inside out, until the next one: such records are rejects, and
never rows. All supported encodings write the newline and the quotes as their ASCII bytes and never otherwise.
"""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from pratique.formats.lines import BOM, Lines, Range, newlines

_SCAN = 1 << 20


def record_ends(data: bytes, quote: bytes, *, inside: bool = False) -> npt.NDArray[np.int64]:
    """The offsets after each record's newline, ascending; ``inside``: the data begin amid quotes."""
    raw = np.frombuffer(data, np.uint8)
    ends = newlines(raw) + 1
    if not inside and (not quote or quote not in data):
        return ends
    if not quote:
        return ends[:0]
    quotes = np.flatnonzero(raw == quote[0])
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
        first, cut = _first_and_last(data, quote)
        if (first - 1 if first else len(data)) > longest:
            length, tail = _skip_record(source, data, quote, block)
            yield Lines(at, data[:longest], length)
            at, data = at + length + 1, tail
            _, cut = _first_and_last(data, quote)
        if cut:
            yield Lines(at, data[:cut])
        at, carry = at + cut, data[cut:]
    if carry:
        yield Lines(at, carry)


def _first_and_last(data: bytes, quote: bytes) -> tuple[int, int]:
    """The offsets after the first and after the last record's newline; 0 where there is none."""
    if not quote or quote not in data:
        return data.find(b"\n") + 1, data.rfind(b"\n") + 1
    ends = record_ends(data, quote)
    return (int(ends[0]), int(ends[-1])) if len(ends) else (0, 0)


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
        if offset + len(piece) >= limit:
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


def count_records(data: bytes, quote: bytes, *, short: bool = True) -> int:
    """How many records that are not blank lines the data hold; from the bytes alone, by running through the quotes.

    ``short``: whether any line has two bytes or fewer, its end included; who knows that there is none may say so.
    """
    if quote and quote in data:
        return _count_quoted(np.frombuffer(data, np.uint8), quote[0])
    if not short:
        last = data[data.rfind(b"\n") + 1 :]
        return data.count(b"\n") + (last not in (b"", b"\r"))
    return sum(1 for line in data.split(b"\n") if line not in (b"", b"\r"))


def _count_quoted(raw: npt.NDArray[np.uint8], quote: int) -> int:
    # The sum of quotes so far may run over: only whether it is odd is asked.
    inside = np.cumsum(raw == quote, dtype=np.uint8) & 1
    ends = (raw == ord("\n")) & (inside == 0)
    # Before the first byte stands an end, so that every record begins after one.
    starts = np.concatenate([[True], ends[:-1]])
    blank = ends & starts
    returned = (raw[:-1] == ord("\r")) & starts[:-1] & ends[1:]
    whole = int(np.count_nonzero(ends)) - int(np.count_nonzero(blank)) - int(np.count_nonzero(returned))
    last = raw[len(raw) - int(np.argmax(ends[::-1])) :] if ends.any() else raw
    return whole + (last.tobytes() not in (b"", b"\r"))
