"""Values in Avro with a schema registry's header: a zero byte, the schema's id (32 bits, big-endian), then the record.

Reading, the id's schema comes with the message set; a value whose schema is not in it is a reject by the rule
``schema``, one that is not of this form, or not exactly one record of its schema, by the rule ``avro``. Flat records of
one schema are read side by side, each bounded by its own message; where one of them is odd, all go one by one.

Written values have the id 0, and the set brings the schema that it stands for. Once the output schema is registered,
the sink puts its id in that place.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from pratique.errors import FormatError
from pratique.formats.avro.encode import AvroEncoder
from pratique.formats.avro.exact import Reader
from pratique.formats.avro.lanes import Flat, flat_fields, read_group
from pratique.formats.avro.shaping import schema_json
from pratique.formats.avro.types import declared_schema, read_schema
from pratique.formats.lines import LONGEST
from pratique.formats.messages.reading import Read, fits
from pratique.model.data import Batch, Record
from pratique.model.messages import WIRE, Bytes, Ints, MessageSet, lines_of
from pratique.model.schema import Schema

_ID: Final = struct.Struct(">bI")
_KEPT: Final = 64
"""Schemas that are kept read."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A schema, ready to read with."""

    schema: Schema
    reader: Reader
    flat: Sequence[Flat] | None


class AvroValues:
    """Implements `pratique.formats.messages.values.ValueCodec`."""

    kind = "AVRO"

    def read(self, messages: MessageSet, there: Ints, known: Schema | None, *, columns: bool) -> Read:
        """Values by their schema."""
        found = Read()
        by_schema: dict[int, tuple[list[int], list[bytes]]] = {}
        listed = messages.values.listed()
        for place in there.tolist():
            value = listed[place] or b""
            if len(value) < WIRE or value[0]:
                found.rejects.append((place, "avro"))
            elif len(value) > LONGEST:
                found.rejects.append((place, "size"))
            else:
                places, bodies = by_schema.setdefault(_ID.unpack_from(value)[1], ([], []))
                places.append(place)
                bodies.append(value[WIRE:])
        for number, (places, bodies) in by_schema.items():
            text = messages.schemas.get(str(number))
            way = None if text is None else _way(text)
            if way is None or not fits(way.schema, known):
                found.rejects += [(place, "schema") for place in places]
            else:
                _read(way, places, bodies, found, columns=columns)
        return found

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """The records, with the id 0."""
        data, lengths = AvroEncoder(schema, "none", bytes(32)).rows(batches)
        ends = np.cumsum(lengths).tolist()
        starts = [0, *ends[:-1]] if ends else []
        return lines_of([_ID.pack(0, 0) + data[start:end] for start, end in zip(starts, ends, strict=True)])

    def schemas(self, schema: Schema) -> dict[str, str]:
        """That of what is written."""
        return {"0": schema_json(schema, tags=True).decode()}

    def declared(self, text: str) -> Schema | None:
        """None for a schema that is not read."""
        way = _way(text)
        return None if way is None else way.schema


@lru_cache(_KEPT)
def _way(text: str) -> _Way | None:
    """None for a schema that is not read."""
    try:
        top = read_schema(text.encode())
    except FormatError:
        return None
    return _Way(declared_schema(top), Reader(top), flat_fields(top))


def _read(way: _Way, places: Sequence[int], bodies: Sequence[bytes], found: Read, *, columns: bool) -> None:
    """The records of one schema, as columns where they are flat."""
    ordinals = np.array(places, np.int64)
    read = read_group(way.flat, bodies, [1] * len(bodies)) if columns and way.flat is not None else None
    if read is not None:
        found.rejects += [(places[row], rule) for row, rule in read.bad.items()]
        if read.bad:
            ordinals = np.delete(ordinals, sorted(read.bad))
        if len(ordinals):
            found.batches.append(Batch(ordinals, columns=read.columns))
        return
    kept: list[int] = []
    records: list[Record] = []
    for place, body in zip(places, bodies, strict=True):
        one = _single(way.reader, body)
        if isinstance(one, str):
            found.rejects.append((place, one))
        else:
            kept.append(place)
            records.append(one)
    if records:
        found.batches.append(Batch(np.array(kept, np.int64), records=records))


def _single(reader: Reader, body: bytes) -> Record | str:
    try:
        read, end = reader.read(body, 0, "a message")
    except FormatError:
        return "avro"
    if end != len(body):
        return "avro"
    found: Record | str = read
    return found
