"""Avro object containers (https://avro.apache.org, 1.12): read by blocks, written in blocks of one length."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from pratique.errors import FormatError
from pratique.formats.avro.container import PACKERS
from pratique.formats.avro.decode import Decoder, reread_rows
from pratique.formats.avro.encode import AvroEncoder, check_written
from pratique.formats.avro.exact import RULES
from pratique.formats.avro.shaping import schema_json
from pratique.model.data import Block, FormatSpec
from pratique.model.schema import Schema

__all__ = ["RULES", "Avro"]

_REREAD = 1 << 10
"""Originals read at a time."""


class Avro:
    """Implements `pratique.ports.Format`. Option: compression, of what is written (none, deflate, snappy, zstd).

    A record's ordinal is its block's place in the file times 2^22, and its number in the block; its original is a
    container of one record. A part is the blocks that begin in it. Flat records are columns, nested ones records. Not
    read: types that contain themselves, arrays of what takes no bytes, blocks beyond 64 MiB. A file that was cut right
    after a block cannot be told from a whole one: Avro has no end mark.
    """

    name = "avro"
    version = 1
    extension = ".avro"

    def __init__(self, *, columns: bool = True, block: int | None = None) -> None:
        """``columns=False`` gives every row as a record; ``block``: unpacked bytes of one block, about."""
        self._columns = columns
        self._block = block

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """The options as they are; refuses others, and what is no Avro container that is read."""
        spec = FormatSpec(self.name, dict(options))
        _compression(spec)
        self.declared(stream, spec)
        return spec

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> Schema:
        """The schema in the header."""
        del spec
        return Decoder(stream, None, columns=False).schema

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges that begin at blocks; there is none without one, but the first."""
        del spec
        if size is None:
            yield 0, None
            return
        begin, part = 0, None
        for block in Decoder(stream, None, columns=False).stored(0, size, data=False):
            if part is not None and block.start // part_size != part:
                yield begin, block.start
                begin = block.start
            part = block.start // part_size
        yield begin, size

    def most(self, stream: BinaryIO, size: int, spec: FormatSpec) -> int:
        """As `pratique.ports.Bounded`: what the blocks state of themselves."""
        del spec
        return sum(block.rows for block in Decoder(stream, None, columns=False).stored(0, size, data=False))

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The container's blocks that begin in the range, some at a time: about 4 MiB, or 16 where they are large."""
        del spec
        yield from Decoder(stream, schema, columns=self._columns, block=self._block).blocks(start, end)

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """Containers of one record."""
        del spec
        return reread_rows(originals, schema, _REREAD)

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> AvroEncoder:
        """Records in blocks; see `pratique.formats.avro.encode`."""
        return AvroEncoder(schema, _compression(spec), seed)

    def schema_document(self, schema: Schema) -> bytes:
        """As `pratique.ports.SchemaWriter`: what stands in a file's header."""
        return schema_json(schema)

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """The encoder's own header and sync markers, blocks packed as it packs them, and no byte beside them."""
        check_written(stream, self.encoder(schema, spec, seed))


def _compression(spec: FormatSpec) -> str:
    if unknown := set(spec.options) - {"compression"}:
        raise FormatError(f"{len(unknown)} unknown Avro options", do="known is compression")
    found = spec.options.get("compression", "none")
    if found not in PACKERS:
        raise FormatError("not a supported compression", do=f"use one of {', '.join(PACKERS)}")
    return found
