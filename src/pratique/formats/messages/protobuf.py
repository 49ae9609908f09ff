"""Values in Protobuf with a schema registry's header: a zero byte, the schema's id, the message's indexes, the message.

The indexes are numbers of variable length, zigzag: how many there are, and each; a single 0 stands for the first
message. Reading, the id's schema comes with the message set. Written values have the id 0 and the first message.
"""

import struct
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.distinct import column_of, nulls
from pratique.formats.lines import LONGEST
from pratique.formats.lowering import KIND_TYPES
from pratique.formats.messages.reading import Read, by_ordinal, fits
from pratique.formats.protobuf import Reader, Type, declared_schema, read_types, shaped, type_at, writer
from pratique.formats.protobuf.scan import WireError, varint_at
from pratique.formats.protobuf.types import Types
from pratique.model.data import Batch, Column, Record
from pratique.model.messages import WIRE, Bytes, Ints, MessageSet, lines_of
from pratique.model.schema import Kind, Schema

_ID: Final = struct.Struct(">bI")
_FIRST: Final = b"\0"
"""Indexes of the first message."""
_KEPT: Final = 64
_DEEPEST: Final = 64

Indexes = tuple[int, ...]


class ProtobufValues:
    """Implements `pratique.formats.messages.values.ValueCodec`."""

    kind = "PROTOBUF"

    def read(self, messages: MessageSet, there: Ints, known: Schema | None, *, columns: bool) -> Read:
        """Values by their schema and message."""
        found = Read()
        by_type: dict[tuple[int, Indexes], tuple[list[int], list[bytes]]] = {}
        listed = messages.values.listed()
        for place in there.tolist():
            value = listed[place] or b""
            if len(value) > LONGEST:
                found.rejects.append((place, "size"))
                continue
            try:
                indexes, at = _indexes(value)
            except WireError:
                found.rejects.append((place, "protobuf"))
                continue
            places, bodies = by_type.setdefault((_ID.unpack_from(value)[1], indexes), ([], []))
            places.append(place)
            bodies.append(value[at:])
        for (number, indexes), (places, bodies) in by_type.items():
            text = messages.schemas.get(str(number))
            top = None if text is None else _type(text, indexes)
            if top is None or not fits(declared_schema(top), known):
                found.rejects += [(place, "schema") for place in places]
            else:
                _read(top, places, bodies, found, columns=columns)
        return found

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """The records, with the id 0."""
        write = writer(shaped(schema)[0])
        head = _ID.pack(0, 0) + _FIRST
        return lines_of([head + write(record) for record in by_ordinal(batches)])

    def schemas(self, schema: Schema) -> dict[str, str]:
        """That of what is written."""
        return {"0": shaped(schema)[1]}

    def declared(self, text: str) -> Schema | None:
        """Of the first message of a schema; None for one that is not read."""
        top = _type(text, (0,))
        return None if top is None else declared_schema(top)


def _indexes(value: bytes) -> tuple[Indexes, int]:
    """The message's indexes, and where the message begins. `WireError` for what has no such header."""
    if len(value) <= WIRE or value[0]:
        raise WireError("protobuf")
    count, at = _zigzag(value, WIRE)
    if not count:
        return (0,), at
    if not 0 < count <= _DEEPEST:
        raise WireError("protobuf")
    found = []
    for _ in range(count):
        index, at = _zigzag(value, at)
        found.append(index)
    return tuple(found), at


def _zigzag(value: bytes, at: int) -> tuple[int, int]:
    number, at = varint_at(value, at, len(value))
    return (number >> 1) ^ -(number & 1), at


@lru_cache(_KEPT)
def _types(text: str) -> Types | None:
    try:
        return read_types(text)
    except FormatError:
        return None


@lru_cache(_KEPT)
def _type(text: str, indexes: Indexes) -> Type | None:
    """None for a schema or a message that is not read."""
    types = _types(text)
    try:
        return None if types is None else type_at(types, indexes)
    except FormatError:
        return None


def _read(top: Type, places: Sequence[int], bodies: Sequence[bytes], found: Read, *, columns: bool) -> None:
    reader = Reader(top)
    kept: list[int] = []
    records: list[Record] = []
    for place, body in zip(places, bodies, strict=True):
        one = reader.read(body)
        if isinstance(one, str):
            found.rejects.append((place, one))
        else:
            kept.append(place)
            records.append(one)
    if not records:
        return
    flat = columns and all(member.type.name != "message" and not member.repeated for member in top.members)
    if flat:
        made = {m.name: _column([r.get(m.name) for r in records], m.type.kind) for m in top.members}
        found.batches.append(Batch(np.array(kept, np.int64), columns=made))
    else:
        found.batches.append(Batch(np.array(kept, np.int64), records=records))


def _column(values: Sequence[Any], kind: Kind) -> Column:
    if all(value is None for value in values):
        return nulls(len(values), None)
    return column_of(pa.array(values, KIND_TYPES[kind]))
