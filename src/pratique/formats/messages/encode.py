"""Rows into a message set: the value's fields by their codec, the others into key, headers and timestamp."""

import re
from collections.abc import Sequence
from typing import BinaryIO, Final

import numpy as np

from pratique.errors import FormatError
from pratique.formats.distinct import row_values
from pratique.formats.messages.decode import thinned
from pratique.formats.messages.fields import HEADER, KEY, TIME, Options, is_envelope
from pratique.formats.messages.values import CODECS
from pratique.model.data import Batch
from pratique.model.messages import NO_TIME, Bytes, Ints, MessageSet, bytes_of, pack_headers, read_sets, unpack_headers
from pratique.model.schema import Kind, Node, Schema

_NULL = Kind.NULL
_PLACE: Final = re.compile(r"field #([0-9]+)")


class MessageEncoder:
    """Implements `pratique.ports.Encoder`. Rows are held until the end: a set is one transaction's messages, no more.

    Raises `FormatError` for an output schema whose key or headers are not texts.
    """

    def __init__(self, schema: Schema, options: Options) -> None:
        self._value, self._beside = value_schema(schema), _beside(schema)
        self._codec = CODECS[options.value]
        self._batches: list[Batch] = []
        self._check_value(schema)
        for number, (name, node) in enumerate(schema.root.fields):
            wanted = Kind.INTEGER if name == TIME else Kind.STRING
            if is_envelope(name) and not node.kinds - {_NULL} <= {wanted}:
                raise FormatError(f"must be {wanted.value} in a message", where=f"field #{number}")

    def _check_value(self, schema: Schema) -> None:
        """Raise `FormatError` where values cannot hold their fields; fields are told by their place in the whole."""
        try:
            self._codec.schemas(self._value)
        except FormatError as error:
            found = _PLACE.fullmatch(error.where)
            if found is None:
                raise
            places = [at for at, (name, _) in enumerate(schema.root.fields) if not is_envelope(name)]
            raise FormatError(error.what, where=f"field #{places[int(found[1])]}", do=error.do) from None

    def head(self) -> bytes:
        """Nothing: a set begins with what it counts."""
        return b""

    def encode(self, batches: Sequence[Batch]) -> bytes:
        """Nothing yet."""
        self._batches += [batch for batch in batches if len(batch)]
        return b""

    def finish(self) -> bytes:
        """The set."""
        batches, self._batches = self._batches, []
        every = np.concatenate([batch.ordinals for batch in batches]) if batches else np.zeros(0, np.int64)
        order = np.argsort(every, kind="stable")
        ordinals = every[order]
        return MessageSet(
            ordinals,
            self._times(batches, order),
            self._values(batches, ordinals),
            bytes_of(_encoded(_column(batches, KEY, order))) if KEY in self._beside else _none(len(ordinals)),
            self._headers(batches, order),
            self._codec.schemas(self._value),
        ).pack()

    def _values(self, batches: Sequence[Batch], ordinals: Ints) -> Bytes:
        """The values of all rows; odd ordinals have none."""
        valued: list[Batch] = []
        for batch in batches:
            even = batch.ordinals % 2 == 0
            some = batch if even.all() else thinned(batch, even)
            if len(some):
                valued.append(_without_beside(some))
        written = self._codec.write(valued, self._value)
        lengths = np.full(len(ordinals), -1, np.int64)
        lengths[ordinals % 2 == 0] = written.lengths
        return Bytes(written.data, lengths, written.gap)

    def _times(self, batches: Sequence[Batch], order: Ints) -> Ints:
        if TIME not in self._beside:
            return np.full(len(order), NO_TIME, np.int64)
        return np.array([NO_TIME if t is None else t for t in _column(batches, TIME, order)], np.int64)

    def _headers(self, batches: Sequence[Batch], order: Ints) -> Bytes:
        names = [name for name in self._beside if name.startswith(HEADER)]
        if not names:
            return _none(len(order))
        columns = [_encoded(_column(batches, name, order)) for name in names]
        blocks = []
        for row in zip(*columns, strict=True):
            there = [(n.removeprefix(HEADER), value) for n, value in zip(names, row, strict=True) if value is not None]
            blocks.append(pack_headers(there) if there else None)
        return bytes_of(blocks)


def check_written(stream: BinaryIO, schema: Schema, options: Options) -> None:
    """Raise `FormatError` unless the stream is what a `MessageEncoder` of this schema may have written."""
    stream.seek(0)
    data = stream.read()
    stream.seek(0)
    sets = list(read_sets(stream))
    stream.seek(0)
    value, beside = value_schema(schema), _beside(schema)
    known = CODECS[options.value].schemas(value)
    if len(sets) != 1 or sets[0].pack() != data or sets[0].schemas != known:
        raise FormatError("not one set of messages in its one form")
    found = sets[0]
    if TIME not in beside and (found.timestamps != NO_TIME).any():
        raise FormatError("a timestamp that the output has no field for")
    if KEY not in beside and (found.keys.lengths >= 0).any():
        raise FormatError("a key that the output has no field for")
    for block in found.headers.listed() if (found.headers.lengths >= 0).any() else ():
        if block is not None and not {f"{HEADER}{name}" for name, _ in unpack_headers(block)} <= set(beside):
            raise FormatError("a header that the output has no field for")


def value_schema(schema: Schema) -> Schema:
    """The schema of values: without what stands beside them."""
    root = schema.root
    fields = tuple((name, node) for name, node in root.fields if not is_envelope(name))
    return Schema(Node(root.kinds, fields=fields, item=root.item, value=root.value))


def _beside(schema: Schema) -> tuple[str, ...]:
    return tuple(name for name, _ in schema.root.fields if is_envelope(name))


def _without_beside(batch: Batch) -> Batch:
    if batch.columns is not None:
        columns = {name: column for name, column in batch.columns.items() if not is_envelope(name)}
        return Batch(batch.ordinals, columns=columns)
    assert batch.records is not None
    records = [{name: value for name, value in record.items() if not is_envelope(name)} for record in batch.records]
    return Batch(batch.ordinals, records=records)


def _column(batches: Sequence[Batch], name: str, order: Ints) -> list[object]:
    """One field of all rows, in the rows' order."""
    values: list[object] = []
    for batch in batches:
        if batch.columns is not None:
            column = batch.columns.get(name)
            values += [None] * len(batch) if column is None else row_values(column)
        else:
            assert batch.records is not None
            values += [record.get(name) for record in batch.records]
    return [values[at] for at in order.tolist()]


def _encoded(texts: Sequence[object]) -> list[bytes | None]:
    if not all(text is None or isinstance(text, str) for text in texts):
        raise FormatError("a key or a header must be a text")
    return [None if text is None else str(text).encode() for text in texts]


def _none(count: int) -> Bytes:
    return Bytes(b"", np.full(count, -1, np.int64))
