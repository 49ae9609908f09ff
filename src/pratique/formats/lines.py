"""Bytes into blocks of whole lines, and inputs into ranges that begin at lines. Shared by the formats made of lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from pratique.errors import SourceError

BLOCK_SIZE = 4 << 20
"""Bytes read at a time."""
LONGEST = 16 << 20
"""Bytes of the longest record; a longer one is a reject by the rule ``size``."""
BOM = b"\xef\xbb\xbf"
_SCAN = 1 << 16
_PIECE = 1 << 17


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines, or the head of one line that is too long."""

    start: int
    """Offset of the first byte of ``data`` in the decompressed input."""
    data: bytes
    """Whole lines; only the last line of an input may lack its newline. Of a line that is too long: its first
    ``longest`` bytes."""
    oversize: int = 0
    """Length of the line that is too long, without its newline; 0 for whole lines."""


def read_lines(
    stream: BinaryIO, start: int, end: int | None, *, block: int = BLOCK_SIZE, longest: int = LONGEST
) -> Iterator[Lines]:
    """The range ``[start, end)`` as blocks of whole lines, in order, every byte once (but the rest of oversized lines).

    The range begins at a line. A UTF-8 byte order mark at offset 0 is skipped: it belongs to no record. Memory is
    bounded by ``block + longest``. Which lines are oversized depends on their length only, not on ``block``. Raises
    `SourceError` where the input ends before ``end``.
    """
    if block > longest:
        raise ValueError("a block must not be larger than the longest record")
    source = Range(stream, start, end)
    # One buffer for all reads, so that a block costs one copy and one new piece of memory: its own bytes.
    buffer = bytearray(block + _SCAN)
    view = memoryview(buffer)
    at, held = start, 0
    while True:
        if held + block > len(buffer):
            buffer = bytearray(min(2 * len(buffer), longest) + block)
            buffer[:held] = view[:held]
            view = memoryview(buffer)
        count = source.fill(view[held : held + block])
        if not count:
            break
        begin, filled = 0, held + count
        if at == 0 and not held and buffer.startswith(BOM, 0, filled):
            at = begin = len(BOM)
        cut = buffer.rfind(b"\n", max(begin, held), filled) + 1
        first = buffer.find(b"\n", max(begin, held), filled) if cut else filled
        if first - begin > longest:
            length, tail = source.skip_line(view[begin:filled].tobytes(), block)
            yield Lines(at, view[begin : begin + longest].tobytes(), length)
            # What follows the long line in this chunk is whole lines and the begin of another.
            at += length + 1
            begin, filled = 0, len(tail)
            view[:filled] = tail
            cut = buffer.rfind(b"\n", 0, filled) + 1
        if cut:
            yield Lines(at, view[begin:cut].tobytes())
            at, begin = at + cut - begin, cut
        held = filled - begin
        view[:held] = view[begin:filled]
    if held:
        yield Lines(at, view[:held].tobytes())


class Range:
    """Reads a range of a stream, and knows when the stream ended too early."""

    def __init__(self, stream: BinaryIO, start: int, end: int | None) -> None:
        self._stream = stream
        self._left = None if end is None else max(end - start, 0)
        if start:
            stream.seek(start)

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; fewer only at the end of the range."""
        want = size if self._left is None else min(size, self._left)
        pieces: list[bytes] = []
        while want:
            piece = self._stream.read(want)
            if not piece:
                break
            pieces.append(piece)
            want -= len(piece)
            if self._left is not None:
                self._left -= len(piece)
        if want and self._left:
            raise SourceError("the input ended before its size", do="do not change inputs while they are read")
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def fill(self, view: memoryview) -> int:
        """Read into ``view`` from its start; how many bytes: fewer than it holds only at the end of the range."""
        want = len(view) if self._left is None else min(len(view), self._left)
        done = 0
        while done < want and (count := self._stream.readinto(view[done:want])):  # type: ignore[attr-defined]
            done += count
        if self._left is not None:
            self._left -= done
            if done < want:
                raise SourceError("the input ended before its size", do="do not change inputs while they are read")
        return done

    def skip_line(self, data: bytes, block: int) -> tuple[int, bytes]:
        """The length of the line that begins ``data`` (without newline), and the bytes after it that were read
        already.
        """
        length = 0
        while (at := data.find(b"\n")) < 0:
            length += len(data)
            data = self.read(block)
            if not data:
                return length, b""
        return length + at, data[at + 1 :]


def split_lines(stream: BinaryIO, size: int | None, part_size: int) -> Iterator[tuple[int, int | None]]:
    """Ranges that begin at lines: the k-th holds the lines whose first byte lies in ``[k * part_size, (k + 1) *
    part_size)``.

    A range may be empty (a line longer than a part); an empty input is one empty range. ``size`` None: ``(0, None)``.
    """
    if size is None:
        yield 0, None
        return
    if part_size < 1:
        raise ValueError("a part has at least one byte")
    begin = 0
    for limit in range(part_size, size, part_size):
        finish = begin if begin >= limit else _line_start(stream, limit, size)
        yield begin, finish
        begin = finish
    yield begin, size


def _line_start(stream: BinaryIO, at: int, size: int) -> int:
    """The first offset at or after ``at`` where a line begins; ``size`` if there is none."""
    stream.seek(at - 1)
    offset = at - 1
    while offset < size and (piece := stream.read(min(_SCAN, size - offset))):
        found = piece.find(b"\n")
        if found >= 0:
            return offset + found + 1
        offset += len(piece)
    return size


def most_lines(stream: BinaryIO, size: int) -> int:
    """How many lines the first ``size`` bytes of a stream hold, blank ones too."""
    source, found = Range(stream, 0, size), 0
    stream.seek(0)
    while piece := source.read(BLOCK_SIZE):
        found += piece.count(b"\n")
    return found + 1


def newlines(raw: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Where the newlines are."""
    found = controls(raw)
    ends: npt.NDArray[np.int64] = found[raw[found] == ord("\n")]
    return ends


def controls(raw: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Where the control characters are, newlines among them. By pieces, whose flags stay in the processor's cache."""
    found = [np.flatnonzero(raw[at : at + _PIECE] < ord(" ")) + at for at in range(0, len(raw), _PIECE)]
    return np.concatenate(found) if found else np.empty(0, np.int64)


def count_lines(data: bytes, ends: npt.NDArray[np.int64] | None = None) -> int:
    """How many lines of ``data`` hold something other than spaces, tabs and carriage returns; from the bytes alone.

    ``ends``: where its newlines are, from who has looked already.
    """
    if not data:
        return 0
    raw = np.frombuffer(data, np.uint8)
    if ends is None:
        ends = newlines(raw)
    starts = ends[:-1] + 1 if len(ends) and ends[-1] == len(raw) - 1 else ends + 1
    if raw[0] <= ord(" ") or np.any(raw[starts] <= ord(" ")):
        return sum(1 for line in data.split(b"\n") if line.strip(b" \t\r"))
    return len(starts) + 1
