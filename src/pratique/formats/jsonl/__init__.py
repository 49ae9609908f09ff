"""JSON Lines: one JSON object a line, UTF-8 (RFC 8259, https://jsonlines.org). Arrays (`[` first) are refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import numpy as np

from pratique.errors import FormatError
from pratique.formats.distinct import hinted_kinds
from pratique.formats.jsonl.decode import decode_block
from pratique.formats.jsonl.encode import encode_batches
from pratique.formats.lines import BLOCK_SIZE, BOM, LONGEST, most_lines, read_lines, split_lines
from pratique.formats.rereading import by_place, places_of, reread_block
from pratique.formats.writing import RowEncoder
from pratique.model.data import Block, FormatSpec, Reject
from pratique.model.schema import Kind, Schema

__all__ = ["JsonLines"]


class JsonLines:
    r"""Implements `pratique.ports.Format`. Version 1 of the canonical record (`pratique.formats.jsonl.encode`).

    Decoding: blank lines do not count; line ends may be ``\n`` or ``\r\n``; a byte order mark at the start of the input
    is skipped; the rules of rejects are in `pratique.formats.jsonl.records.RULES`. A column without a value has the
    type that the schema hints at. Of a line longer than 16 MiB only its first 16 MiB are in the block's data.
    """

    name = "jsonl"
    version = 1
    extension = ".jsonl"

    def __init__(self, *, block: int = BLOCK_SIZE, longest: int = LONGEST, columns: bool = True) -> None:
        """``columns=False`` reads every row as a record: the same rows, only slower."""
        self._block = block
        self._longest = longest
        self._columns = columns

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """Nothing is to be found; refuses options, and input that is a JSON array."""
        if options:
            raise FormatError("JSON Lines takes no options")
        head = stream.read(self._block).removeprefix(BOM).lstrip()
        if head.startswith(b"["):
            raise FormatError("a JSON array, not JSON Lines", do="write one object a line")
        return FormatSpec(self.name)

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> None:
        """None: only the lines tell."""

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges that begin at lines; see `split_lines`."""
        del spec
        return split_lines(stream, size, part_size)

    def most(self, stream: BinaryIO, size: int, spec: FormatSpec) -> int:
        """As `pratique.ports.Bounded`: one record a line at most."""
        del spec
        return most_lines(stream, size)

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The records of a range as blocks of about 4 MiB."""
        del spec
        hints = hinted_kinds(schema)
        for lines in read_lines(stream, start, end, block=self._block, longest=self._longest):
            if lines.oversize:
                reject = Reject(lines.start, lines.oversize, "size")
                yield Block((), (reject,), lines.start, lines.data, 1)
            else:
                yield decode_block(lines.start, lines.data, hints, columns=self._columns)

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """Lines that were kept, in blocks of about 4 MiB."""
        del spec
        hints = hinted_kinds(schema)
        first = 0
        while first < len(originals):
            some, size = 0, 0
            while first + some < len(originals) and (not some or size + len(originals[first + some]) < self._block):
                size += len(originals[first + some])
                some += 1
            yield self._reread(originals[first : first + some], first, hints)
            first += some

    def _reread(self, originals: Sequence[bytes], first: int, hints: dict[str, Kind]) -> Block:
        lines = [original.rstrip(b"\n") + b"\n" for original in originals]
        # A line that was cut is as long as the longest; it is no record, whatever is left of it says.
        cut = [at for at, line in enumerate(lines) if len(line) > self._longest]
        for at in cut:
            lines[at] = b"\n"
        starts = np.cumsum([0, *map(len, lines[:-1])])
        read = decode_block(0, b"".join(lines), hints, columns=self._columns)
        rejects = [Reject(first + at, len(originals[at]), "size") for at in cut]
        for reject in read.rejects:
            place = int(places_of(np.array([reject.ordinal]), starts, first)[0])
            rejects.append(Reject(place, reject.length, reject.rule))
        return reread_block([by_place(batch, starts, first) for batch in read.batches], rejects, first, originals)

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> RowEncoder:
        """Canonical lines; nothing comes before the first or after the last."""
        del spec, seed
        return RowEncoder(b"", lambda batches: encode_batches(batches, schema))

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """There is nothing beside the lines."""
