"""Plain text: one document a file, one field ``text``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from pratique.errors import FormatError, SourceError
from pratique.formats.blocks import BoundedBlock
from pratique.formats.rereading import Gathered
from pratique.model.data import Batch, Block, Column, FormatSpec, Record, Reject
from pratique.model.schema import Schema

FIELD = "text"
"""The name of the one field."""
LONGEST = 64 << 20
"""Bytes of the longest document; a longer one is a reject by the rule ``size``."""
RULES = ("utf-8", "size")
_READ = 1 << 20


class Text:
    """Implements `pratique.ports.Format` for UTF-8 documents.

    A file is one record and one part; an empty file is a part without a record. A byte order mark is a character of
    the text, and stays. Memory is bounded by the longest document. Of a longer one only the first 64 MiB are in the
    block's data.
    """

    name = "text"
    version = 1
    extension = ".txt"

    def __init__(self, *, longest: int = LONGEST, columns: bool = True) -> None:
        """``columns=False`` gives the document as a record."""
        self._longest = longest
        self._columns = columns

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """Nothing is to be found; refuses options."""
        del stream
        if options:
            raise FormatError("plain text takes no options")
        return FormatSpec(self.name)

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> None:
        """None: a document is a text."""

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """One range, whatever the part size."""
        del stream, part_size, spec
        yield 0, size

    def most(self, stream: BinaryIO, size: int, spec: FormatSpec) -> int:
        """As `pratique.ports.Bounded`: a file is one document."""
        del stream, size, spec
        return 1

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """One block with one row or one reject."""
        del spec, schema
        if start:
            raise FormatError("a document is read from its start")
        data, length = self._read(stream, end)
        if not length:
            return
        if length > self._longest:
            yield Block((), (Reject(0, length, "size"),), 0, data, 1)
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            yield Block((), (Reject(0, length, "utf-8"),), 0, data, 1)
            return
        ordinals = np.zeros(1, np.int64)
        if self._columns:
            encoded = pa.array([text], pa.string()).dictionary_encode()
            batch = Batch(ordinals, columns={FIELD: Column(encoded.dictionary, encoded.indices)})
        else:
            batch = Batch(ordinals, records=[{FIELD: text}])
        yield BoundedBlock((batch,), (), 0, data, 1, np.array([0, length]))

    def _read(self, stream: BinaryIO, end: int | None) -> tuple[bytes, int]:
        """The document (at most its first ``longest`` bytes) and its length."""
        pieces: list[bytes] = []
        length = 0
        while (end is None or length < end) and (
            piece := stream.read(_READ if end is None else min(_READ, end - length))
        ):
            if length < self._longest:
                pieces.append(piece[: self._longest - length])
            length += len(piece)
        if end is not None and length < end:
            raise SourceError("the input ended before its size", do="do not change inputs while they are read")
        return b"".join(pieces), length

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """One block a document."""
        del spec, schema
        for place, original in enumerate(originals):
            read = Gathered()
            read.add(place, self._document(original), len(original))
            yield read.block(place, [original])

    def _document(self, data: bytes) -> Record | str:
        # One that was cut is as long as the longest.
        if len(data) >= self._longest:
            return "size"
        try:
            return {FIELD: data.decode()}
        except UnicodeDecodeError:
            return "utf-8"

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> "_Writer":
        """The document as it is. Raises `FormatError` for a schema of other fields than the one text."""
        del spec, seed
        if [name for name, _ in schema.root.fields] != [FIELD]:
            raise FormatError("plain text has the one field text", do="write to another format")
        return _Writer()

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """There is nothing beside the text."""


class _Writer:
    """Implements `pratique.ports.Encoder` for one document a file."""

    def __init__(self) -> None:
        self._written = False

    def head(self) -> bytes:
        """Nothing comes before a document."""
        return b""

    def finish(self) -> bytes:
        """Nothing comes after it."""
        return b""

    def encode(self, batches: Sequence[Batch]) -> bytes | memoryview:
        """The document. Raises `FormatError` for more than one row a file, or anything but one text."""
        values: list[object] = []
        for batch in batches:
            if batch.records is not None:
                values += [record.get(FIELD) if set(record) == {FIELD} else None for record in batch.records]
            elif batch.columns is not None and set(batch.columns) == {FIELD}:
                column = batch.columns[FIELD]
                values += column.values.take(column.codes).to_pylist()
            elif len(batch):
                raise FormatError("plain text has the one field text")
        if not values:
            return b""
        if len(values) > 1 or self._written:
            raise FormatError("plain text holds one document a file")
        self._written = True
        if not isinstance(values[0], str):
            raise FormatError("a document must be a text", where="field #0")
        try:
            return values[0].encode()
        except UnicodeEncodeError:
            raise FormatError("a document that is not Unicode text", where="field #0") from None
