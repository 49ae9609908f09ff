"""Messages of a stream in one byte form, the message set: what is taken from a topic, staged, gated, and quarantined.

A message is a key, headers, a value and a timestamp; a null value is a *tombstone*. Connectors make message sets, the
format `messages` reads and writes them, and neither needs to know the other.

The form, version 1; integers are little-endian. Sets may follow each other.

1. `MAGIC`, the length of the whole set (u64), the length of the head (u32), the head: canonical JSON
   ``{"count": n, "schemas": {...}, "version": 1}``.
2. Arrays of ``n`` items: ordinals (i64), timestamps (i64), lengths of values, of keys, of header blocks (i32 each).
3. Values, then keys, then header blocks, run together. After each value stands one line feed that is no part of it.

A length of -1 is null; a timestamp of `NO_TIME` is none. The ordinal is twice the message's place, and odd of a
tombstone. A header block is, for each header, the length of its name (u16), the name in UTF-8, the length of its value
(i32, -1 for null) and the value.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final, NoReturn

import numpy as np
import numpy.typing as npt

from pratique.errors import FormatError
from pratique.model.codec import canonical

MAGIC: Final = b"PRQMSGS1"
VERSION: Final = 1
WIRE: Final = 5
"""Bytes that a registry's header takes before a value: a zero byte and the schema's id."""
NO_TIME: Final = -1
"""The timestamp of a message that is given none."""
LONGEST_SET: Final = 1 << 30
"""Bytes of one set; a longer one is refused unread."""
_SIZES: Final = struct.Struct("<QI")
_NAME: Final = struct.Struct("<H")
_LENGTH: Final = struct.Struct("<i")
_START: Final = len(MAGIC) + _SIZES.size

Ints = npt.NDArray[np.int64]
Header = tuple[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Bytes:
    """Byte strings or nulls, run together."""

    data: bytes | memoryview
    lengths: Ints
    """-1 for null."""
    gap: int = 0
    """Bytes after each that are no part of it; after a null there are none."""

    @property
    def starts(self) -> Ints:
        """Where each begins in ``data``."""
        held = np.where(self.lengths < 0, 0, self.lengths + self.gap)
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(held, dtype=np.int64)[:-1]])[: len(held)]

    def listed(self) -> list[bytes | None]:
        """Each by itself."""
        data = bytes(self.data)
        return [
            None if length < 0 else data[start : start + length]
            for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True)
        ]

    def at(self, place: int) -> bytes | None:
        """The one at a place."""
        length = int(self.lengths[place])
        start = int(self.starts[place])
        return None if length < 0 else bytes(self.data[start : start + length])


@dataclass(frozen=True, slots=True)
class MessageSet:
    """Some messages, in order. ``repr`` shows none of them."""

    ordinals: Ints
    timestamps: Ints
    """Milliseconds since 1970, or `NO_TIME`."""
    values: Bytes
    """With a gap of one: the line feed."""
    keys: Bytes
    headers: Bytes
    """Header blocks (`pack_headers`); null where a message has none."""
    schemas: Mapping[str, str] = field(default_factory=dict)
    """By id, the schemas that values refer to; empty where they refer to none."""

    def __len__(self) -> int:
        return len(self.ordinals)

    def __repr__(self) -> str:
        return f"MessageSet({len(self)} messages)"

    def pack(self) -> bytes:
        """The set in its one byte form."""
        head = canonical({"version": VERSION, "count": len(self), "schemas": self.schemas})
        parts = [
            head,
            self.ordinals.astype("<i8").tobytes(),
            self.timestamps.astype("<i8").tobytes(),
            *(column.lengths.astype("<i4").tobytes() for column in (self.values, self.keys, self.headers)),
            self.values.data,
            self.keys.data,
            self.headers.data,
        ]
        whole = _START + sum(len(part) for part in parts)
        return b"".join([MAGIC, _SIZES.pack(whole, len(head)), *parts])

    def take(self, place: int) -> "MessageSet":
        """The one message at a place, as a set."""
        value = self.values.at(place)
        used = self.schemas if self.schemas and value is not None else {}
        return MessageSet(
            self.ordinals[place : place + 1],
            self.timestamps[place : place + 1],
            lines_of([value]),
            bytes_of([self.keys.at(place)]),
            bytes_of([self.headers.at(place)]),
            used,
        )


def set_of(
    values: Sequence[bytes | None],
    keys: Sequence[bytes | None],
    headers: Sequence[Sequence[Header] | None],
    timestamps: Sequence[int],
    *,
    first: int = 0,
    schemas: Mapping[str, str] | None = None,
) -> MessageSet:
    """Messages as a set; the first has the place ``first``. A message without headers has None for them."""
    lines = lines_of(values)
    places = np.arange(first, first + len(values), dtype=np.int64)
    blocks = [None if one is None else pack_headers(one) for one in headers]
    stamps = np.array(timestamps, np.int64)
    return MessageSet(2 * places + (lines.lengths < 0), stamps, lines, bytes_of(keys), bytes_of(blocks), schemas or {})


def bytes_of(items: Sequence[bytes | None]) -> Bytes:
    """Items run together."""
    lengths = np.array([-1 if item is None else len(item) for item in items], np.int64)
    return Bytes(b"".join([item for item in items if item]), lengths)


def lines_of(items: Sequence[bytes | None]) -> Bytes:
    """Items run together with a line feed after each."""
    lengths = np.array([-1 if item is None else len(item) for item in items], np.int64)
    there = [item for item in items if item is not None]
    return Bytes(b"\n".join([*there, b""]) if there else b"", lengths, 1)


def pack_headers(headers: Sequence[Header]) -> bytes:
    """A header block."""
    parts: list[bytes] = []
    for name, value in headers:
        text = name.encode("utf-8", "surrogatepass")
        parts += [_NAME.pack(len(text)), text, _LENGTH.pack(-1 if value is None else len(value)), value or b""]
    return b"".join(parts)


def unpack_headers(block: bytes) -> list[Header]:
    """The inverse of `pack_headers`; `FormatError` for anything else."""
    found: list[Header] = []
    at = 0
    try:
        while at < len(block):
            size = _NAME.unpack_from(block, at)[0]
            name = block[at + 2 : at + 2 + size].decode()
            at += 2 + size
            length = _LENGTH.unpack_from(block, at)[0]
            at += 4
            if length < -1 or at + max(length, 0) > len(block):
                _refuse()
            found.append((name, None if length < 0 else block[at : at + length]))
            at += max(length, 0)
    except (struct.error, UnicodeDecodeError):
        _refuse()
    return found


def read_sets(stream: BinaryIO) -> Iterator[MessageSet]:
    """Every set of a stream, to its end. Raises `FormatError` for anything that `MessageSet.pack` did not write."""
    while start := stream.read(_START):
        if len(start) < _START or not start.startswith(MAGIC):
            _refuse()
        whole, head = _SIZES.unpack_from(start, len(MAGIC))
        if whole > LONGEST_SET or whole < _START + head:
            _refuse()
        body = stream.read(whole - _START)
        if len(body) != whole - _START:
            _refuse()
        yield _unpack(memoryview(body), head)


def unpack_set(data: bytes) -> MessageSet:
    """The one set that ``data`` is. Raises `FormatError` for anything else."""
    if len(data) < _START or not data.startswith(MAGIC):
        _refuse()
    whole, head = _SIZES.unpack_from(data, len(MAGIC))
    if whole != len(data) or whole < _START + head:
        _refuse()
    return _unpack(memoryview(data)[_START:], head)


def _unpack(body: memoryview, head: int) -> MessageSet:
    try:
        fields = json.loads(bytes(body[:head]))
        count, schemas, version = fields["count"], fields["schemas"], fields["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        _refuse()
    if version != VERSION or type(count) is not int or count < 0 or not isinstance(schemas, dict):
        _refuse()
    at = head
    arrays: list[Ints] = []
    for kind in ("<i8", "<i8", "<i4", "<i4", "<i4"):
        end = at + count * int(kind[2])
        if end > len(body):
            _refuse()
        arrays.append(np.frombuffer(body[at:end], kind).astype(np.int64))
        at = end
    ordinals, timestamps, *lengths = arrays
    columns: list[Bytes] = []
    for column, gap in zip(lengths, (1, 0, 0), strict=True):
        if len(column) and column.min() < -1:
            _refuse()
        end = at + int(np.where(column < 0, 0, column + gap).sum())
        columns.append(Bytes(body[at:end], column, gap))
        at = end
    values, keys, headers = columns
    there = values.lengths >= 0
    ends = (values.starts + values.lengths)[there]
    if at != len(body) or not np.array_equal(ordinals & 1, (~there).astype(np.int64)):
        _refuse()
    if len(ends) and (np.frombuffer(values.data, np.uint8)[ends] != ord("\n")).any():
        _refuse()
    if len(ordinals) > 1 and not (np.diff(ordinals) > 0).all():
        _refuse()
    return MessageSet(ordinals, timestamps, values, keys, headers, {str(k): str(v) for k, v in schemas.items()})


def _refuse() -> NoReturn:
    raise FormatError("not a set of messages", do="please report it") from None
