"""JSON Lines: one JSON object a line, UTF-8 (RFC 8259, https://jsonlines.org). Arrays (`[` first) are refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from pratique.errors import FormatError
from pratique.formats.distinct import hinted_kinds
from pratique.formats.jsonl.decode import decode_block
from pratique.formats.jsonl.encode import encode_batches
from pratique.formats.lines import BLOCK_SIZE, BOM, LONGEST, read_lines, split_lines
from pratique.model.data import Batch, Block, FormatSpec, Reject
from pratique.model.schema import Schema

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

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges that begin at lines; see `split_lines`."""
        del spec
        return split_lines(stream, size, part_size)

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

    def encode(self, batches: Sequence[Batch], schema: Schema, spec: FormatSpec) -> bytes | memoryview:
        """Canonical lines, merged by ordinal."""
        del spec
        return encode_batches(batches, schema)

    def head(self, schema: Schema, spec: FormatSpec) -> bytes:
        """Nothing comes before the first line."""
        del schema, spec
        return b""
