"""Blocks of a container to batches and rejects: flat ones as columns, nested ones as records."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.avro.container import (
    INDEX_BITS,
    SYNC,
    Header,
    Stored,
    Taker,
    Unpacker,
    block_bytes,
    blocks_of,
    header_bytes,
    read_header,
)
from pratique.formats.avro.exact import Reader, check_rows, ends_of
from pratique.formats.avro.hints import check_hint
from pratique.formats.avro.lanes import LEAST_LANES, Flat, flat_fields, read_group
from pratique.formats.avro.types import declared_schema, read_schema, slim_schema
from pratique.formats.distinct import column_of, nulls
from pratique.formats.lines import LONGEST
from pratique.formats.lowering import KIND_TYPES
from pratique.formats.rereading import Gathered, RereadBlock
from pratique.model.data import Batch, Block, Column, Record, Reject
from pratique.model.quarantine import CUT
from pratique.model.schema import Kind, Schema

GROUP = 4 << 20
"""Unpacked bytes of the container's blocks that become one block, about."""
MOST = 16 << 20
"""The same, where the container's blocks are large, and go side by side."""
ROWS = 1 << 14
"""Most records of a block that is read one by one."""
_MAX_PLACE = 1 << (63 - INDEX_BITS)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A container's block, or some records of one that follow each other."""

    first: int
    """Ordinal of its first record."""
    rows: int
    data: bytes
    where: str


@dataclass(frozen=True, slots=True)
class AvroBlock(Block):
    """Some of a container's blocks."""

    header: bytes
    """Of a container of their records."""
    reader: Reader
    inside: tuple[Unpacked, ...]
    share: int
    """Bytes of the file that they stand for."""
    ends: dict[int, list[int]] = field(default_factory=dict)
    """Place in ``inside`` to where its records end; found when it is first asked for."""

    @property
    def span(self) -> int:
        """Bytes of the file."""
        return self.share

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The record as a container of its own."""
        del length
        place = int(np.searchsorted([one.first for one in self.inside], ordinal, side="right")) - 1
        block = self.inside[place]
        if place not in self.ends:
            self.ends[place] = ends_of(self.reader, block.data, block.rows, block.where)
        at = ordinal - block.first
        ends = self.ends[place]
        body = block.data[ends[at - 1] if at else 0 : ends[at]]
        # Of a record that is too long, one byte more than the longest may have: enough to be too long again.
        return b"".join([self.header, *block_bytes(1, body[: LONGEST + 1], bytes(SYNC))])


class _Some:
    """Records that become a block."""

    def __init__(self) -> None:
        self.inside: list[Unpacked] = []
        self.rejects: list[Reject] = []
        self.size = 0
        """Bytes."""
        self.weight = 0
        """The same, where a value counts for a byte at least."""
        self.rows = 0
        self._records: list[Record] = []
        self._ordinals: list[int] = []

    def add(self, ordinal: int, read: Record | str, size: int, values: int) -> None:
        """A record, or the rule by which it is a reject; its bytes, and how many values it has."""
        self.size += size
        self.weight += max(size, values)
        self.rows += 1
        if isinstance(read, str):
            self.rejects.append(Reject(ordinal, size if read == CUT else 0, read))
        else:
            self._records.append(read)
            self._ordinals.append(ordinal)

    def batches(self, flat: Sequence[Flat] | None) -> tuple[Batch, ...]:
        """Of those that are none; as columns where they are flat."""
        if not self._records:
            return ()
        ordinals = np.array(self._ordinals, np.int64)
        if flat is None:
            return (Batch(ordinals, records=self._records),)
        columns = {field.name: _column([r[field.name] for r in self._records], field.type.kind) for field in flat}
        return (Batch(ordinals, columns=columns),)


def _column(values: Sequence[object], kind: Kind) -> Column:
    if kind is Kind.NULL:
        return nulls(len(values), None)
    return column_of(pa.array(values, KIND_TYPES[kind]))


class Decoder:
    """Reads one container. ``columns``: whether flat records are given as columns."""

    def __init__(self, stream: BinaryIO, hint: Schema | None, *, columns: bool, block: int | None = None) -> None:
        self._taker = Taker(stream)
        self._header = read_header(self._taker)
        self._top = read_schema(self._header.schema)
        self.schema = declared_schema(self._top)
        check_hint(self.schema, hint)
        self._reader = Reader(self._top)
        self._flat = flat_fields(self._top) if columns else None
        self._least, self._most = (GROUP, MOST) if block is None else (block, block)
        self._own = header_bytes(slim_schema(self._header.schema), "null", bytes(SYNC))

    @property
    def header(self) -> Header:
        """As it was read."""
        return self._header

    def stored(self, start: int, end: int | None, *, data: bool = True) -> Iterator[Stored]:
        """The container's blocks that begin in a range of offsets."""
        if start > self._taker.at:
            self._taker.go(start)
        return blocks_of(self._taker, self._header, end, data=data)

    def blocks(self, start: int, end: int | None) -> Iterator[Block]:
        """The records of a range."""
        unpacker = Unpacker(self._header.codec, self._top.voids)
        group: list[Unpacked] = []
        weight = share = 0
        for stored in self.stored(start, end):
            where = f"the block at offset {stored.start:,}"
            if stored.start >= _MAX_PLACE:
                raise FormatError(f"an Avro file of more than {_MAX_PLACE >> 40} TiB", do="split it")
            data = unpacker.unpack(stored)
            check_rows(self._top.least, stored.rows, data, where)
            if not stored.rows:
                continue
            group.append(Unpacked(stored.start << INDEX_BITS, stored.rows, data, where))
            weight, share = weight + self._weight(group[-1]), share + stored.end - stored.start
            if weight >= self._most or (weight >= self._least and (len(group) >= LEAST_LANES or self._flat is None)):
                yield from self._read(group, share)
                group, weight, share = [], 0, 0
        if group:
            yield from self._read(group, share)

    def _weight(self, one: Unpacked) -> int:
        """Its bytes, and one for each value that takes none."""
        return len(one.data) + one.rows * self._top.voids

    def _read(self, group: Sequence[Unpacked], share: int) -> Iterator[AvroBlock]:
        columns = self._columns(group)
        if columns is None:
            yield from self._records(group, share)
        else:
            yield self._block(group, *columns, share)

    def _block(
        self, inside: Sequence[Unpacked], batches: tuple[Batch, ...], rejects: tuple[Reject, ...], share: int
    ) -> AvroBlock:
        rows = sum(one.rows for one in inside)
        first = inside[0].first
        return AvroBlock(batches, rejects, first, b"", rows, self._own, self._reader, tuple(inside), share)

    def _columns(self, group: Sequence[Unpacked]) -> tuple[tuple[Batch, ...], tuple[Reject, ...]] | None:
        """By columns; None where they must be read record by record."""
        if self._flat is None or any(self._weight(one) > LONGEST for one in group):
            return None
        read = read_group(self._flat, [one.data for one in group], [one.rows for one in group])
        if read is None:
            return None
        ordinals = np.concatenate([np.arange(one.first, one.first + one.rows, dtype=np.int64) for one in group])
        rejects = tuple(Reject(int(ordinals[row]), 0, rule) for row, rule in sorted(read.bad.items()))
        if rejects:
            ordinals = np.delete(ordinals, sorted(read.bad))
        return (Batch(ordinals, columns=read.columns),) if len(ordinals) else (), rejects

    def _records(self, group: Sequence[Unpacked], share: int) -> Iterator[AvroBlock]:
        """Record by record; in several blocks where there are many of them."""
        size = sum(len(one.data) for one in group)
        some = _Some()
        for one in group:
            at = begin = 0
            first = one.first
            for ordinal in range(one.first, one.first + one.rows):
                read, end = self._one(one.data, at, one.where)
                some.add(ordinal, read, end - at, self._reader.values)
                at = end
                if some.weight >= self._least or some.rows >= ROWS:
                    some.inside.append(Unpacked(first, ordinal + 1 - first, one.data[begin:at], one.where))
                    yield self._block(
                        some.inside, some.batches(self._flat), tuple(some.rejects), share * some.size // size
                    )
                    some, first, begin = _Some(), ordinal + 1, at
            if at != len(one.data):
                raise FormatError(
                    "an Avro block holds more than its records", where=one.where, do="the file is damaged"
                )
            if first < one.first + one.rows:
                some.inside.append(Unpacked(first, one.first + one.rows - first, one.data[begin:], one.where))
        if some.rows:
            yield self._block(some.inside, some.batches(self._flat), tuple(some.rejects), share * some.size // size)

    def _one(self, data: bytes, at: int, where: str) -> tuple[Record | str, int]:
        if len(data) > LONGEST:
            # Nothing is made of a record before it is known not to be too long.
            end = self._reader.skip(data, at, where)
            if end - at > LONGEST:
                return CUT, end
        return self._reader.read(data, at, where)

    def single(self) -> tuple[Record | str, int]:
        """The one record of an original. Raises `FormatError` for any other container."""
        found = list(self.stored(0, None))
        if len(found) != 1 or found[0].rows != 1 or self._header.codec != "null":
            raise FormatError("what was kept is not the bytes of one record")
        data = found[0].data
        if len(data) > LONGEST:
            return CUT, len(data)
        read, end = self._reader.read(data, 0, "what was kept")
        if end != len(data):
            raise FormatError("what was kept is not the bytes of one record")
        return read, end


def reread_rows(originals: Sequence[bytes], hint: Schema | None, rows: int) -> Iterator[RereadBlock]:
    """Containers of one record each, as `AvroBlock.original` gives them; ``rows`` of them at a time."""
    for first in range(0, len(originals), rows):
        some, gathered = originals[first : first + rows], Gathered()
        for place, original in enumerate(some, first):
            read, length = Decoder(io.BytesIO(original), hint, columns=False).single()
            gathered.add(place, read, length)
        yield gathered.block(first, some)
