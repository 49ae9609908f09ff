"""A message set into batches and rejects: values by their codec, key, headers and timestamp as columns beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.errors import FormatError
from pratique.formats.distinct import column_of
from pratique.formats.messages.fields import HEADER, KEY, TIME, Options, is_envelope
from pratique.formats.messages.values import CODECS
from pratique.model.data import Batch, Block, Column, Record, Reject
from pratique.model.messages import NO_TIME, Bytes, Ints, MessageSet, unpack_headers
from pratique.model.schema import Schema


@dataclass(frozen=True, slots=True)
class MessageBlock(Block):
    """A block whose originals are sets of one message."""

    messages: MessageSet

    @property
    def span(self) -> int:
        """Messages."""
        return len(self.messages)

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The message again."""
        del length
        return self.messages.take(int(np.searchsorted(self.messages.ordinals, ordinal))).pack()


@dataclass(slots=True)
class _Beside:
    """What stands beside the values: one array a field, with a null where a message has none."""

    columns: dict[str, pa.Array]
    rejects: dict[int, str]
    """By place."""
    signature: Ints
    """Equal for messages that have the same fields beside their values."""


def decode_set(messages: MessageSet, options: Options, schema: Schema | None, *, columns: bool) -> MessageBlock:
    """The messages as rows and rejects, each once."""
    beside = _beside(messages, options)
    rejects = dict(beside.rejects)
    there = np.flatnonzero(messages.values.lengths >= 0)
    read = CODECS[options.value].read(messages, there, schema, columns=columns)
    for place, rule in read.rejects:
        rejects.setdefault(place, rule)
    batches = [*read.batches]
    tombstones = np.flatnonzero(messages.values.lengths < 0)
    if len(tombstones):
        empty: list[Record] = [{} for _ in tombstones]
        batches.append(Batch(tombstones, columns={}) if columns else Batch(tombstones, records=empty))
    found = [whole for batch in batches for whole in _with(batch, beside, rejects)]
    rows = tuple(Batch(messages.ordinals[b.ordinals], columns=b.columns, records=b.records) for b in found)
    refused = tuple(
        Reject(int(messages.ordinals[place]), max(int(messages.values.lengths[place]), 0), rule)
        for place, rule in sorted(rejects.items())
    )
    start = int(messages.ordinals[0]) if len(messages) else 0
    return MessageBlock(rows, refused, start, b"", len(messages), messages)


def _with(batch: Batch, beside: _Beside, rejects: dict[int, str]) -> Iterator[Batch]:
    """The batch with what stands beside its values, less rejects, in batches of equal fields."""
    _refuse_names(batch, rejects)
    keep = np.array([place not in rejects for place in batch.ordinals.tolist()], np.bool_) if rejects else None
    if keep is not None and not keep.all():
        batch = thinned(batch, keep)
    kinds = beside.signature[batch.ordinals]
    for kind in np.unique(kinds):
        rows = kinds == kind
        some = batch if rows.all() else thinned(batch, rows)
        names = {n: c.take(pa.array(some.ordinals)) for n, c in beside.columns.items()}
        present = {n: c for n, c in names.items() if c.null_count < len(c)}
        if some.columns is not None:
            yield Batch(some.ordinals, columns={**{n: column_of(c) for n, c in present.items()}, **some.columns})
        else:
            assert some.records is not None
            lists = {n: c.to_pylist() for n, c in present.items()}
            yield Batch(
                some.ordinals,
                records=[
                    {**{n: values[row] for n, values in lists.items()}, **record}
                    for row, record in enumerate(some.records)
                ],
            )


def _refuse_names(batch: Batch, rejects: dict[int, str]) -> None:
    if batch.columns is not None:
        if any(is_envelope(name) for name in batch.columns):
            rejects.update((int(place), "name") for place in batch.ordinals)
        return
    assert batch.records is not None
    for place, record in zip(batch.ordinals.tolist(), batch.records, strict=True):
        if any(is_envelope(name) for name in record):
            rejects[int(place)] = "name"


def thinned(batch: Batch, rows: npt.NDArray[np.bool_]) -> Batch:
    """The rows that a mask keeps."""
    if batch.columns is None:
        assert batch.records is not None
        return Batch(batch.ordinals[rows], records=[batch.records[at] for at in np.flatnonzero(rows).tolist()])
    mask = pa.array(rows)
    columns = {name: Column(column.values, column.codes.filter(mask)) for name, column in batch.columns.items()}
    return Batch(batch.ordinals[rows], columns=columns)


def _beside(messages: MessageSet, options: Options) -> _Beside:
    count = len(messages)
    found = _Beside({}, {}, np.zeros(count, np.int64))
    keys = _texts(messages.keys, range(count), found.rejects)
    if keys.null_count < count:
        found.columns[KEY] = keys
    if options.timestamp == "field":
        stamps = messages.timestamps
        found.columns[TIME] = pa.array(stamps, pa.int64(), mask=stamps == NO_TIME)
    if (messages.headers.lengths >= 0).any():
        _headers(messages, found)
    for number, column in enumerate(found.columns.values()):
        found.signature += np.asarray(column.is_valid()).astype(np.int64) << (number % 62)
    return found


def _headers(messages: MessageSet, found: _Beside) -> None:
    """A column for each name. With more than 62 of them two signatures may be one; then rows have nulls, as others."""
    by_name: dict[str, list[str | None]] = {}
    for place, block in enumerate(messages.headers.listed()):
        if block is None:
            continue
        try:
            headers = unpack_headers(block)
            read = {f"{HEADER}{name}": None if value is None else value.decode() for name, value in headers}
        except (FormatError, UnicodeDecodeError):
            found.rejects[place] = "utf-8"
            continue
        if len(read) < len(headers):
            found.rejects[place] = "duplicate-key"
            continue
        for name, text in read.items():
            by_name.setdefault(name, [None] * len(messages))[place] = text
    for name, texts in by_name.items():
        found.columns[name] = pa.array(texts, pa.string())


def _texts(items: Bytes, places: Sequence[int], rejects: dict[int, str]) -> pa.StringArray:
    """The items as texts; those that are none are rejects, and null."""
    there = items.lengths >= 0
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.where(there, items.lengths, 0))])
    if ends[-1] <= np.iinfo(np.int32).max:
        offsets = pa.py_buffer(ends.astype(np.int32))
        raw = pa.BinaryArray.from_buffers(pa.binary(), len(there), [None, offsets, pa.py_buffer(items.data)])
        try:
            texts: Any = raw.cast(pa.string())
        except pa.ArrowInvalid:
            pass
        else:
            return texts if there.all() else pa.array(texts.to_pylist(), pa.string(), mask=~there)
    found: list[str | None] = []
    for place, item in zip(places, items.listed(), strict=True):
        try:
            found.append(None if item is None else item.decode())
        except UnicodeDecodeError:
            rejects[place] = "utf-8"
            found.append(None)
    return pa.array(found, pa.string())
