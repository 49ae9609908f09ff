"""The exact way of reading Avro: one value after the other, every byte of a block accounted for.

What only one value is wrong with (its end is known) makes its record a reject. What hides where a value ends raises
`FormatError`: the rest of the block cannot be read.
"""

import math
import struct
from collections.abc import Callable
from typing import Any

from pratique.errors import FormatError
from pratique.formats.avro.container import damaged
from pratique.formats.avro.scalars import lower_with
from pratique.formats.avro.types import Type
from pratique.model.paths import MARKERS
from pratique.model.quarantine import CUT
from pratique.model.schema import Kind

RULES = ("utf-8", "number-range", "range", "duplicate-key", "name", "size")
"""Why a record is a reject. ``utf-8``: a text that is not UTF-8. ``number-range``: an integer beyond the bits of its
type, NaN, infinities. ``range``: a boolean that is neither 0 nor 1, an enum's number without a symbol, a value that its
logical type does not allow: a date before year 1 or after 9999, a decimal with too many digits, a UUID in other than
small digits. ``duplicate-key``: a map with two equal keys. ``name``: a map's key that is a path marker. ``size``: a
record longer than 16 MiB, or of more than 2,097,152 values."""
MAX_VALUES = 1 << 21
"""Fields, items and entries of one record. In memory each takes many times the byte that it may take in a file."""

Read = Callable[[bytes, int], tuple[Any, int]]
Skip = Callable[[bytes, int], int]

_FLOAT, _DOUBLE = struct.Struct("<f"), struct.Struct("<d")
_MOST = 70
"""Bits of the longest number: ten times seven."""


class _Lost(Exception):  # noqa: N818 - not an error, but the way out of the readers
    """Where the next value begins cannot be told."""


def number_at(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends; of up to 70 bits."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:  # noqa: PLR2004 - no more follow
            return (number >> 1) ^ -(number & 1), at
        shift += 7
        if shift == _MOST:
            raise _Lost


def _length_at(data: bytes, at: int) -> tuple[int, int]:
    """Where the value begins whose length stands here, and where it ends."""
    size, at = number_at(data, at)
    if not 0 <= size <= len(data) - at:
        raise _Lost
    return at, at + size


class _Heavy(Exception):  # noqa: N818 - not an error, but the way out of the readers
    """A record of more values than it may have."""


class _Budget:
    """How many values a record may still have."""

    def __init__(self) -> None:
        self.left = MAX_VALUES

    def spend(self, values: int) -> None:
        """Raises `_Heavy` where there are not so many left."""
        self.left -= values
        if self.left < 0:
            raise _Heavy


class Reader:
    """Reads the records of one file, one by one."""

    def __init__(self, top: Type) -> None:
        self._bad: list[str] = []
        self._budget = _Budget()
        self._read = self._reader(top)
        self._skip = _skipper(top)

    def read(self, data: bytes, at: int, where: str) -> tuple[Any, int]:
        """The record that begins here, or the rule by which it is a reject; and where it ends."""
        self._bad.clear()
        self._budget.left = MAX_VALUES
        try:
            record, end = self._read(data, at)
        except _Heavy:
            return CUT, self.skip(data, at, where)
        except (IndexError, _Lost, struct.error):
            raise damaged(where) from None
        if end > len(data):
            raise damaged(where)
        return (self._bad[0] if self._bad else record), end

    @property
    def values(self) -> int:
        """How many values the record has that was read last."""
        return MAX_VALUES - max(self._budget.left, 0)

    def skip(self, data: bytes, at: int, where: str) -> int:
        """Where the record ends that begins here."""
        try:
            end = self._skip(data, at)
        except (IndexError, _Lost):
            raise damaged(where) from None
        if end > len(data):
            raise damaged(where)
        return end

    def _reader(self, given: Type) -> Read:  # noqa: C901, PLR0911 - one branch a type
        bad = self._bad
        if given.name == "union":
            return self._union(given)
        if given.name == "record":
            return self._record(given)
        if given.inner is not None:
            return self._array(given.inner) if given.name == "array" else self._map(given.inner)
        if given.name == "null":
            return lambda _data, at: (None, at)
        if given.name == "boolean":
            return _boolean(bad)
        if given.name in ("float", "double"):
            return _float(bad, _FLOAT if given.name == "float" else _DOUBLE)
        if given.name == "enum":
            return _enum(bad, given.symbols)
        stored = _stored(given, bad)
        if given.kind is Kind.INTEGER or not given.logical:
            return stored
        lower = lower_with(given.logical)

        def lowered(data: bytes, at: int) -> tuple[Any, int]:
            value, at = stored(data, at)
            text = None if value is None else lower(value)
            if text is None:
                bad.append("range")
            return text, at

        return lowered

    def _union(self, given: Type) -> Read:
        readers = [self._reader(branch) for branch in given.branches]

        def union(data: bytes, at: int) -> tuple[Any, int]:
            branch, at = number_at(data, at)
            if not 0 <= branch < len(readers):
                raise _Lost
            return readers[branch](data, at)

        return union

    def _record(self, given: Type) -> Read:
        readers = [(name, self._reader(child)) for name, child in given.fields]
        spend, width = self._budget.spend, len(readers)

        def record(data: bytes, at: int) -> tuple[Any, int]:
            spend(width)
            found = {}
            for name, read in readers:
                found[name], at = read(data, at)
            return found, at

        return record

    def _array(self, inner: Type) -> Read:
        read = self._reader(inner)
        spend = self._budget.spend

        def array(data: bytes, at: int) -> tuple[Any, int]:
            found: list[Any] = []
            while True:
                count, at, end = _count_at(data, at)
                if not count:
                    return found, at
                spend(count)
                for _ in range(count):
                    value, at = read(data, at)
                    found.append(value)
                if end not in (None, at):
                    raise _Lost

        return array

    def _map(self, inner: Type) -> Read:
        bad = self._bad
        name = _text(bad)
        read = self._reader(inner)
        spend = self._budget.spend

        def mapping(data: bytes, at: int) -> tuple[Any, int]:
            found: dict[str, Any] = {}
            keys = 0
            while True:
                count, at, end = _count_at(data, at)
                if not count:
                    break
                keys += count
                spend(count)
                for _ in range(count):
                    key, at = name(data, at)
                    found[key], at = read(data, at)
                if end not in (None, at):
                    raise _Lost
            if len(found) < keys:
                bad.append("duplicate-key")
            if not MARKERS.isdisjoint(found):
                bad.append("name")
            return found, at

        return mapping


def _count_at(data: bytes, at: int) -> tuple[int, int, int | None]:
    """How many items follow, where, and where they end if that is told."""
    count, at = number_at(data, at)
    end = None
    if count < 0:
        count = -count
        start, end = _length_at(data, at)
        at = start
    # Every item takes a byte at least.
    if count > len(data) - at:
        raise _Lost
    return count, at, end


def _boolean(bad: list[str]) -> Read:
    def boolean(data: bytes, at: int) -> tuple[Any, int]:
        byte = data[at]
        if byte > 1:
            bad.append("range")
        return byte == 1, at + 1

    return boolean


def _float(bad: list[str], form: struct.Struct) -> Read:
    unpack, size = form.unpack_from, form.size

    def double(data: bytes, at: int) -> tuple[Any, int]:
        (value,) = unpack(data, at)
        if not math.isfinite(value):
            bad.append("number-range")
        return value, at + size

    return double


def _enum(bad: list[str], symbols: tuple[str, ...]) -> Read:
    def enum(data: bytes, at: int) -> tuple[Any, int]:
        place, at = number_at(data, at)
        if 0 <= place < len(symbols):
            return symbols[place], at
        bad.append("range")
        return None, at

    return enum


def _text(bad: list[str]) -> Read:
    def text(data: bytes, at: int) -> tuple[Any, int]:
        at, end = _length_at(data, at)
        try:
            return data[at:end].decode(), end
        except UnicodeDecodeError:
            bad.append("utf-8")
            return None, end

    return text


def _bytes(data: bytes, at: int) -> tuple[Any, int]:
    at, end = _length_at(data, at)
    return data[at:end], end


def _stored(given: Type, bad: list[str]) -> Read:
    """Numbers, texts and bytes as they are stored."""
    if given.name == "string":
        return _text(bad)
    if given.name == "bytes":
        return _bytes
    if given.name == "fixed":
        size = given.size

        def fixed(data: bytes, at: int) -> tuple[Any, int]:
            if at + size > len(data):
                raise _Lost
            return data[at : at + size], at + size

        return fixed
    half = 1 << (31 if given.name == "int" else 63)

    def integer(data: bytes, at: int) -> tuple[Any, int]:
        number, at = number_at(data, at)
        if not -half <= number < half:
            bad.append("number-range")
            return None, at
        return number, at

    return integer


# --- passing over ---------------------------------------------------------------------------------------------------


def _skipper(given: Type) -> Skip:
    """What tells where a value ends, without making it."""
    if given.name == "union":
        ways = [_skipper(branch) for branch in given.branches]

        def union(data: bytes, at: int) -> int:
            branch, at = number_at(data, at)
            if not 0 <= branch < len(ways):
                raise _Lost
            return ways[branch](data, at)

        return union
    if given.name == "record":
        fields = [_skipper(child) for _, child in given.fields]

        def record(data: bytes, at: int) -> int:
            for skip in fields:
                at = skip(data, at)
            return at

        return record
    if given.inner is not None:
        return _skip_items(_skipper(given.inner), keyed=given.name == "map")
    if given.name in ("string", "bytes"):
        return lambda data, at: _length_at(data, at)[1]
    if given.name in ("int", "long", "enum"):
        return lambda data, at: number_at(data, at)[1]
    size = given.size if given.name == "fixed" else given.least
    return lambda _data, at: at + size


def _skip_items(inner: Skip, *, keyed: bool) -> Skip:
    def items(data: bytes, at: int) -> int:
        while True:
            count, at, end = _count_at(data, at)
            if not count:
                return at
            for _ in range(count):
                if keyed:
                    at = _length_at(data, at)[1]
                at = inner(data, at)
            if end not in (None, at):
                raise _Lost

    return items


def ends_of(reader: Reader, data: bytes, rows: int, where: str) -> list[int]:
    """Where each of a block's records ends. Raises `FormatError` unless they are the whole block."""
    at, ends = 0, []
    for _ in range(rows):
        at = reader.skip(data, at, where)
        ends.append(at)
    if at != len(data):
        raise damaged(where)
    return ends


def check_rows(least: int, rows: int, data: bytes, where: str) -> None:
    """Raise `FormatError` for more records than bytes could hold."""
    if rows * least > len(data):
        raise FormatError("an Avro block that states more records than it holds", where=where, do="the file is damaged")
