"""What values are: JSON objects, Avro records, texts. A codec turns a set's values into batches, and batches back."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import numpy as np
import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.distinct import column_of
from pratique.formats.jsonl.decode import decode_block
from pratique.formats.jsonl.encode import encode_batches
from pratique.formats.jsonl.records import read_record
from pratique.formats.lines import LONGEST
from pratique.formats.messages.avro import AvroValues
from pratique.formats.messages.reading import Read
from pratique.model.data import Batch, Record
from pratique.model.messages import Bytes, Ints, MessageSet, lines_of
from pratique.model.schema import Kind, Schema

TEXT: Final = "text"
"""The one field of a value that is a text."""


class ValueCodec(Protocol):
    """Values to rows and back. Holds no state."""

    def read(self, messages: MessageSet, there: Ints, hints: dict[str, Kind], *, columns: bool) -> Read:
        """The values at the places ``there``, none of which is null."""
        ...

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """The rows, merged by ordinal, as values with a line feed after each. Raises `FormatError` as an encoder."""
        ...

    def schemas(self, schema: Schema) -> dict[str, str]:
        """By id, the schemas to which written values refer; empty where they refer to none."""
        ...


class JsonValues:
    """JSON objects; written in the canonical form of JSON Lines."""

    def read(self, messages: MessageSet, there: Ints, hints: dict[str, Kind], *, columns: bool) -> Read:
        """Values that are lines all together; one that spans lines, or is blank or too long, by itself."""
        found = Read()
        values = messages.values
        data = bytes(values.data)
        raw = np.frombuffer(data, np.uint8)
        starts, lengths = values.starts[there], values.lengths[there]
        if np.count_nonzero(raw == ord("\n")) == len(there) and len(there) and lengths.max() <= LONGEST:
            block = decode_block(0, data, hints, columns=columns)
            places = there
            for batch in block.batches:
                at = places[np.searchsorted(starts, batch.ordinals)]
                found.batches.append(Batch(at, columns=batch.columns, records=batch.records))
            for reject in block.rejects:
                found.rejects.append((int(places[np.searchsorted(starts, reject.ordinal)]), reject.rule))
            seen = sum(len(batch) for batch in block.batches) + len(block.rejects)
            if seen != len(there):  # blank lines count for nothing in a file; a blank value is a message
                known = np.concatenate([*(b.ordinals for b in found.batches), [at for at, _ in found.rejects]])
                found.rejects += [(int(at), "json") for at in np.setdiff1d(there, known.astype(np.int64))]
            return found
        kept: list[int] = []
        records: list[Record] = []
        for place, start, length in zip(there.tolist(), starts.tolist(), lengths.tolist(), strict=True):
            read = read_record(data[start : start + length]) if length <= LONGEST else "size"
            if isinstance(read, str):
                found.rejects.append((place, read))
            else:
                kept.append(place)
                records.append(read)
        if records:
            found.batches.append(Batch(np.array(kept, np.int64), records=records))
        return found

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


class TextValues:
    """Texts in UTF-8: one field, ``text``."""

    def read(self, messages: MessageSet, there: Ints, hints: dict[str, Kind], *, columns: bool) -> Read:
        """Each by itself."""
        del hints
        found = Read()
        kept: list[int] = []
        texts: list[str] = []
        for place in there.tolist():
            value = messages.values.at(place) or b""
            try:
                if len(value) > LONGEST:
                    found.rejects.append((place, "size"))
                    continue
                texts.append(value.decode())
                kept.append(place)
            except UnicodeDecodeError:
                found.rejects.append((place, "utf-8"))
        places = np.array(kept, np.int64)
        if kept and columns:
            found.batches.append(Batch(places, columns={TEXT: column_of(pa.array(texts, pa.string()))}))
        elif kept:
            found.batches.append(Batch(places, records=[{TEXT: text} for text in texts]))
        return found

    def write(self, batches: Sequence[Batch], schema: Schema) -> Bytes:
        """The texts as they are. Raises `FormatError` where a row has none, or the schema another field."""
        if [name for name, _ in schema.root.fields] != [TEXT]:
            raise FormatError("values that are texts have the one field text", do="write them as json")
        rows: list[tuple[int, object]] = []
        for batch in batches:
            if batch.columns is not None:
                column = batch.columns.get(TEXT)
                texts = [None] * len(batch) if column is None else column.values.take(column.codes).to_pylist()
            else:
                assert batch.records is not None
                texts = [record.get(TEXT) for record in batch.records]
            rows += zip(batch.ordinals.tolist(), texts, strict=True)
        rows.sort(key=lambda row: row[0])
        if not all(isinstance(text, str) for _, text in rows):
            raise FormatError("a value must be a text", where="field #0")
        return lines_of([str(text).encode() for _, text in rows])

    def schemas(self, schema: Schema) -> dict[str, str]:
        """None."""
        del schema
        return {}


CODECS: Final[Mapping[str, ValueCodec]] = {"json": JsonValues(), "text": TextValues(), "avro": AvroValues()}
