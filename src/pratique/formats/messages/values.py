"""What values are: JSON objects, Avro records, Protobuf messages, texts, bytes. A codec turns a set's values into
batches, and batches back.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import numpy as np
import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.distinct import column_of, hinted_kinds
from pratique.formats.jsonl.encode import encode_batches
from pratique.formats.lines import LONGEST
from pratique.formats.messages.avro import AvroValues
from pratique.formats.messages.jsonschema import JsonSchemaValues
from pratique.formats.messages.protobuf import ProtobufValues
from pratique.formats.messages.reading import Read, by_ordinal
from pratique.formats.messages.values_json import read_json
from pratique.model.data import Batch
from pratique.model.logical import binary_of, binary_text
from pratique.model.messages import Bytes, Ints, MessageSet, lines_of
from pratique.model.schema import Schema

TEXT: Final = "text"
"""The one field of a value that is a text."""
BYTES: Final = "bytes"
"""The one field of a value that is any bytes."""
BINARY: Final = "binary"


class ValueCodec(Protocol):
    """Values to rows and back. Holds no state."""

    kind: str
    """What a registry calls such schemas: ``AVRO``, ``PROTOBUF``, ``JSON``; empty where values refer to none."""

    def read(self, messages: MessageSet, there: Ints, known: Schema | None, *, columns: bool) -> Read:
        """The values at the places ``there``, none of which is null. ``known`` is what the plan goes by: a value whose
        schema states another type for a field of it is a reject by the rule ``schema``.
        """
        ...

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """The rows, merged by ordinal, as values with a line feed after each. Raises `FormatError` as an encoder."""
        ...

    def schemas(self, schema: Schema) -> dict[str, str]:
        """By id, the schemas to which written values refer; empty where they refer to none."""
        ...

    def declared(self, text: str) -> Schema | None:
        """What a registry's schema states of values; None where it states nothing that is read. A place's property
        ``tags`` holds, with commas, what it is tagged with there.
        """
        ...


class JsonValues:
    """JSON objects; written in the canonical form of JSON Lines."""

    kind = ""

    def read(self, messages: MessageSet, there: Ints, known: Schema | None, *, columns: bool) -> Read:
        """See `pratique.formats.messages.values_json`."""
        return read_json(messages.values, there, hinted_kinds(known), columns=columns)

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """Canonical records, which hold no line feed."""
        data = encode_batches(batches, schema)
        ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")).astype(np.int64)
        lengths = np.diff(np.concatenate([np.array([-1], np.int64), ends])) - 1
        return Bytes(data, lengths, 1)

    def schemas(self, schema: Schema) -> dict[str, str]:
        """None."""
        del schema
        return {}

    def declared(self, text: str) -> Schema | None:
        """None."""
        del text
        return None


class PlainValues:
    """Values that are one thing: texts in UTF-8, in the field ``text``; or any bytes, in the field ``bytes``.

    Bytes are lowered to a text (`pratique.model.logical.binary_text`) in which all that is text can be found.
    """

    kind = ""

    def __init__(self, name: str) -> None:
        """``name``: of the one field."""
        self._name = name

    def read(self, messages: MessageSet, there: Ints, known: Schema | None, *, columns: bool) -> Read:
        """Each by itself."""
        del known
        found = Read()
        kept: list[int] = []
        texts: list[str] = []
        for place in there.tolist():
            value = messages.values.at(place) or b""
            try:
                if len(value) > LONGEST:
                    found.rejects.append((place, "size"))
                    continue
                texts.append(value.decode() if self._name == TEXT else binary_text(value))
                kept.append(place)
            except UnicodeDecodeError:
                found.rejects.append((place, "utf-8"))
        places = np.array(kept, np.int64)
        if kept and columns:
            found.batches.append(Batch(places, columns={self._name: column_of(pa.array(texts, pa.string()))}))
        elif kept:
            found.batches.append(Batch(places, records=[{self._name: text} for text in texts]))
        return found

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """The values as they were. Of bytes those that the text stands for; where a transform made a text that stands
        for none, that text. Raises `FormatError` where a row has none, or the schema another field.
        """
        if [name for name, _ in schema.root.fields] != [self._name]:
            raise FormatError(f"such values have the one field {self._name}", do="write them as json")
        values = [record.get(self._name) for record in by_ordinal(batches)]
        if not all(isinstance(value, str) for value in values):
            raise FormatError("a value must be a text", where="field #0")
        return lines_of([_raised(str(value)) if self._name == BYTES else str(value).encode() for value in values])

    def schemas(self, schema: Schema) -> dict[str, str]:
        """None."""
        del schema
        return {}

    def declared(self, text: str) -> Schema | None:
        """None."""
        del text
        return None


def _raised(text: str) -> bytes:
    data = binary_of(text)
    return text.encode() if data is None else data


CODECS: Final[Mapping[str, ValueCodec]] = {
    "json": JsonValues(),
    "avro": AvroValues(),
    "protobuf": ProtobufValues(),
    "json-schema": JsonSchemaValues(),
    "text": PlainValues(TEXT),
    "bytes": PlainValues(BYTES),
}
