"""Thrift's compact protocol, as far as Parquet's footer and page headers need it: numbers and the shape around them.

Arrow's own objects over a footer abort the process where a hostile one contradicts itself; this reads it before.
"""

from typing import Final

from pratique.errors import FormatError

Fields = dict[int, "int | Fields | list[int | Fields]"]
"""A struct by the numbers of its fields. A text is there as 1, whatever it says; so is all else that is no number. A
struct deep inside is there as 1 if it says anything, else as 0.
"""

LONGEST_TEXT = 16 << 20
MOST = 16 << 20
"""What a reader keeps before it gives up: a struct counts for eight, all else for one. In memory each takes many times
the byte that it may take in the data.
"""
_KEPT = 5
"""The depth of a column's metadata in a footer: of structs below, only whether they say anything is kept."""
_STRUCT_COUNTS = 8
_DEEPEST = 24
_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 12
_NUMBERS: Final = frozenset({4, 5, 6})
_MORE, _LONG = 0x80, 15
_BITS = 63


class Short(Exception):  # noqa: N818 - not an error of the data: more of it may follow
    """The data ended inside the struct."""


def impossible() -> FormatError:
    """What is not of this protocol, or out of all bounds."""
    return FormatError("the Parquet metadata cannot be read", do="the file is damaged, cut short, or of a newer kind")


class Reader:
    """Reads one struct after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST
        self.at = 0

    def struct(self, depth: int = 0) -> Fields:
        """The struct that begins here. Raises `Short`, and `FormatError` for what is none."""
        if depth > _DEEPEST:
            raise impossible()
        self._spend(_STRUCT_COUNTS - 1)
        fields: Fields = {}
        last = 0
        while (head := self._byte()) != _STOP:
            last = last + (head >> 4) if head >> 4 else self._number()
            fields[last] = self._value(head & 0x0F, depth + 1, inside=False)
        return fields

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise FormatError("the Parquet metadata are too large", do="write fewer columns or larger row groups")

    def _value(self, kind: int, depth: int, *, inside: bool) -> "int | Fields | list[int | Fields]":
        self._spend(1)
        if kind in _NUMBERS:
            return self._number()
        if kind == _STRUCT:
            left = self._left
            found = self.struct(depth)
            if depth <= _KEPT:
                return found
            self._left = left
            return int(bool(found))
        if kind in (_LIST, _SET):
            return self._list(depth)
        if kind == _BINARY:
            self._pass(self._varint())
        elif kind == _DOUBLE:
            self._pass(8)
        elif kind == _BYTE or (kind in (_TRUE, _FALSE) and inside):
            self._pass(1)
        elif kind not in (_TRUE, _FALSE):
            raise impossible()
        return 1

    def _list(self, depth: int) -> "list[int | Fields]":
        head = self._byte()
        size = head >> 4 if head >> 4 < _LONG else self._varint()
        if depth > _DEEPEST or size > len(self._data):
            # No item takes less than a byte.
            raise impossible() if depth > _DEEPEST else Short
        items: list[int | Fields] = []
        for _ in range(size):
            item = self._value(head & 0x0F, depth + 1, inside=True)
            items.append(1 if isinstance(item, list) else item)
        return items

    def _byte(self) -> int:
        if self.at >= len(self._data):
            raise Short
        self.at += 1
        return self._data[self.at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) >= _MORE:
            value |= (byte & 0x7F) << shift
            shift += 7
            if shift > _BITS:
                raise impossible()
        return value | byte << shift

    def _number(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _pass(self, size: int) -> None:
        if size > LONGEST_TEXT:
            raise impossible()
        if self.at + size > len(self._data):
            raise Short
        self.at += size


def number(fields: Fields, place: int, default: int | None = None) -> int:
    """A field that is a number; `FormatError` where it is not there and has no default, or is none."""
    found = fields.get(place, default)
    if not isinstance(found, int):
        raise impossible()
    return found


def below(fields: Fields, place: int) -> Fields:
    """A field that is a struct."""
    found = fields.get(place)
    if not isinstance(found, dict):
        raise impossible()
    return found


def structs(fields: Fields, place: int) -> list[Fields]:
    """A field that is a list of structs; empty where it is not there."""
    found = fields.get(place, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise impossible()
    return [item for item in found if isinstance(item, dict)]
