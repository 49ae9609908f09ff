"""A block of JSON lines into batches and rejects: lines of one shape as columns, the rest as records."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.formats.distinct import merge_batches
from pratique.formats.jsonl.columns import read_shape
from pratique.formats.jsonl.commas import read_plain
from pratique.formats.jsonl.records import read_record
from pratique.formats.jsonl.template import hide_escapes, parse_template
from pratique.formats.lines import controls, count_lines
from pratique.model.data import Batch, Block, Record, Reject
from pratique.model.schema import Kind

SMALL = 32
"""Fewer lines than this of one shape are not worth columns."""
MAX_SHAPES = 24
"""Templates tried for one block; what is left goes record by record."""
MAX_MISSES = 4
"""Lines in a row without a template, after which a group is held to have none."""

Indices = npt.NDArray[np.int64]


def decode_block(start: int, data: bytes, hints: dict[str, Kind], *, columns: bool = True) -> Block:
    """Decode whole lines; ``columns=False`` reads every line as a record (the same rows in the other form)."""
    block = _Lines(start, data)
    batches, rest = _by_shapes(block, hints) if columns else ([], block.filled)
    records, rejects = _by_records(block, rest)
    if records is not None:
        batches.append(records)
    return Block(tuple(batches), tuple(rejects), start, data, count_lines(data, block.ends))


class _Lines:
    """The lines of a block and where they begin."""

    def __init__(self, start: int, data: bytes) -> None:
        self.start = start
        self.data = data if data.endswith(b"\n") else data + b"\n"
        self.raw = np.frombuffer(self.data, np.uint8)
        found = controls(self.raw)
        is_end = self.raw[found] == ord("\n")
        ends = found[is_end]
        self._controls = found[~is_end]
        self.ends = ends if self.data is data else ends[:-1]
        self.bounds = np.concatenate([np.zeros(1, np.int64), ends + 1])
        self.filled = self._filled()
        self.ascii_only = data.isascii()
        self._safe = hide_escapes(self.data)
        self._safe_raw = self.raw
        self._safe_bounds = self.bounds
        if self._safe is not self.data:
            self._safe_raw = np.frombuffer(self._safe, np.uint8)
            self._safe_bounds = np.append(0, np.flatnonzero(self._safe_raw == ord("\n")) + 1)

    def _filled(self) -> Indices:
        """The lines that are not blank."""
        starts = self.bounds[:-1]
        suspects = np.flatnonzero(self.raw[starts] <= ord(" "))
        if not len(suspects):
            return np.arange(len(starts))
        blank = [at for at in suspects if not self.line(at).strip(b" \t\r")]
        return np.delete(np.arange(len(starts)), blank)

    def line(self, at: int | np.int64) -> bytes:
        """A line without its newline."""
        return self.data[self.bounds[at] : self.bounds[at + 1] - 1]

    def ordinals(self, lines: Indices) -> npt.NDArray[np.int64]:
        return self.bounds[lines] + self.start

    def gather(self, lines: Indices) -> bytes | memoryview:
        """Some lines, escapes hidden, each with its newline, one after the other."""
        if len(lines) == len(self.bounds) - 1:
            return self._safe
        offsets = pa.py_buffer(self._safe_bounds.astype(np.int32))
        whole = pa.Array.from_buffers(pa.binary(), len(self.bounds) - 1, [None, offsets, pa.py_buffer(self._safe)])
        taken = whole.take(pa.array(lines))
        return memoryview(taken.buffers()[2])[: int(np.frombuffer(taken.buffers()[1], np.int32)[len(lines)])]

    def controlled(self) -> Indices:
        """The lines with a control character that is not part of a line's end: no JSON string holds one."""
        if not len(self._controls):
            return np.empty(0, np.int64)
        ends_line = (self.raw[self._controls] == ord("\r")) & (self.raw[self._controls + 1] == ord("\n"))
        return np.unique(np.searchsorted(self.bounds, self._controls[~ends_line], side="right") - 1)

    def mangled(self, lines: Indices) -> Indices:
        """Those of the lines that are not UTF-8."""
        if _is_utf8(self.data):
            return np.empty(0, np.int64)
        return np.array([at for at in lines if not _is_utf8(self.line(at))], np.int64)

    def quotes(self, lines: Indices) -> npt.NDArray[np.int64]:
        """How many quotation marks that delimit strings each of the lines has."""
        marks = np.add.reduceat((self._safe_raw == ord('"')).astype(np.uint8), self._safe_bounds[:-1], dtype=np.int64)
        return marks[lines]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Group:
    lines: Indices
    even: bool
    """Whether all lines are known to have the same number of quotation marks."""


def _by_shapes(block: _Lines, hints: dict[str, Kind]) -> tuple[list[Batch], Indices]:
    """Column batches, and the lines that no template took, in order."""
    odd = block.controlled()
    groups = [_Group(np.setdiff1d(block.filled, odd, assume_unique=True) if len(odd) else block.filled, even=False)]
    rest: list[Indices] = [np.intersect1d(block.filled, odd, assume_unique=True)]
    batches: list[Batch] = []
    tries = 0
    while groups:
        group = groups.pop()
        if len(group.lines) < SMALL or tries >= MAX_SHAPES:
            rest.append(group.lines)
            continue
        tries += 1
        batch, left = _read_group(block, group.lines, hints)
        if batch is not None:
            batches.append(batch)
        # A template that takes little of its group is not worth another: what is left goes record by record.
        if batch is not None and len(batch) * 8 >= len(group.lines):
            groups.append(_Group(left, group.even))
        elif group.even:
            rest.append(left)
        else:
            mangled = block.mangled(left)
            rest.append(mangled)
            groups.extend(_even(block, np.setdiff1d(left, mangled, assume_unique=True)))
    return merge_batches(batches), np.sort(np.concatenate(rest))


def _even(block: _Lines, lines: Indices) -> Iterable[_Group]:
    """The lines by their number of quotation marks, the largest group last (it is taken first)."""
    marks = block.quotes(lines)
    numbers, counts = np.unique(marks, return_counts=True)
    for number in numbers[np.argsort(counts, kind="stable")]:
        yield _Group(lines[marks == number], even=True)


def _read_group(block: _Lines, lines: Indices, hints: dict[str, Kind]) -> tuple[Batch | None, Indices]:
    """The lines that fit the template of one of the first of them, and those that do not."""
    for first in lines[:MAX_MISSES]:
        template = parse_template(block.line(first).removesuffix(b"\r"))
        if template is not None:
            break
    else:
        return None, lines
    # Arrow skips a byte order mark where it begins to read: only lines that begin like the template go there.
    candidates = lines[block.raw[block.bounds[lines]] == block.raw[block.bounds[first]]]
    data = block.gather(candidates)
    line = block.line(first).removesuffix(b"\r")
    shape = read_plain(data, len(candidates), line, template, hints, ascii_only=block.ascii_only)
    if shape is None:
        shape = read_shape(data, len(candidates), template, hints, ascii_only=block.ascii_only)
    if shape is None or not shape.fits.any():
        return None, lines
    fitting = candidates[shape.fits]
    left = np.setdiff1d(lines, fitting, assume_unique=True) if len(fitting) < len(lines) else lines[:0]
    return Batch(block.ordinals(fitting), columns=shape.columns), left


def _by_records(block: _Lines, lines: Indices) -> tuple[Batch | None, list[Reject]]:
    records: list[Record] = []
    kept: list[int] = []
    rejects: list[Reject] = []
    for at in lines.tolist():
        line = block.line(at)
        read = read_record(line)
        if isinstance(read, str):
            rejects.append(Reject(block.start + int(block.bounds[at]), len(line), read))
        else:
            records.append(read)
            kept.append(at)
    if not records:
        return None, rejects
    return Batch(block.ordinals(np.array(kept, np.int64)), records=records), rejects
