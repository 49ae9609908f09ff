"""The exact way of reading Protobuf: every byte accounted for, nothing merged, overwritten or passed over.

Protobuf's own readers keep what they do not know, let the last of two values stand, and cut numbers to their type. Here
each of these is a reject: what was not looked at does not pass.
"""

import math
import struct
from collections.abc import Callable
from typing import Any, Final

from pratique.formats.avro.scalars import lower_with
from pratique.formats.protobuf.scan import FIXED32, FIXED64, LENGTH, VARINT, WireError, parts_of, varint_at
from pratique.formats.protobuf.types import TIMESTAMP, Member, Type
from pratique.model.data import Record
from pratique.model.logical import binary_text
from pratique.model.paths import MARKERS
from pratique.model.quarantine import CUT

RULES: Final = ("protobuf", "unknown-field", "utf-8", "number-range", "range", "duplicate-key", "name", CUT)
"""Why a message is a reject. ``protobuf``: not exactly one message of its type, a field or a oneof that stands twice.
``unknown-field``: a field that its type does not have. ``utf-8``: a text that is not UTF-8. ``number-range``: a number
beyond the bits of its type or 64 signed bits, NaN, infinities. ``range``: a number without a symbol, a boolean that is
neither 0 nor 1, an instant outside 1677 to 2262 (64 bits of nanoseconds). ``duplicate-key``: a map with two equal keys.
``name``: a map's key that is a path marker. ``size``: of more than 2,097,152 values."""
MAX_VALUES: Final = 1 << 21
"""Fields, items and entries of one message, those with their default included."""
_WIRES: Final = {
    **dict.fromkeys(("string", "bytes", "message", "timestamp"), LENGTH),
    **dict.fromkeys(("double", "fixed64", "sfixed64"), FIXED64),
    **dict.fromkeys(("float", "fixed32", "sfixed32"), FIXED32),
}
_NUMBERS: Final = {"double": "<d", "float": "<f", "fixed64": "<Q", "sfixed64": "<q", "fixed32": "<I", "sfixed32": "<i"}
_BITS: Final = {"int32": 32, "uint32": 32, "sint32": 32, "int64": 64, "uint64": 64, "sint64": 64}
_BILLION: Final = 10**9
_INSTANT: Final = lower_with(TIMESTAMP)

Value = Callable[[bytes, int, int], Any]
"""The value whose content stands from one place to another."""


class Reader:
    """Reads the messages of one type."""

    def __init__(self, top: Type) -> None:
        self._left = 0
        self._read = self._message(top)

    def read(self, data: bytes) -> Record | str:
        """The message that the bytes are, or the rule by which they are none."""
        self._left = MAX_VALUES
        try:
            found: Record = self._read(data, 0, len(data))
        except WireError as error:
            return str(error)
        return found

    def _spend(self, values: int) -> None:
        self._left -= values
        if self._left < 0:
            raise WireError(CUT)

    def _message(self, given: Type) -> Value:
        takers = {member.number: self._taker(member) for member in given.members}
        defaults = [(m.name, _default(m)) for m in given.members if not m.presence or m.repeated]
        size = len(given.members) + 1

        def read(data: bytes, at: int, end: int) -> Record:
            self._spend(size)
            found: Record = {}
            chosen: set[int] = set()
            for number, wire, start, stop in parts_of(data, at, end):
                taker = takers.get(number)
                if taker is None:
                    raise WireError("unknown-field")
                taker(found, chosen, wire, data, start, stop)
            for name, default in defaults:
                if name not in found:
                    found[name] = default()
            return found

        return read

    def _taker(self, member: Member) -> Callable[[Record, set[int], int, bytes, int, int], None]:
        name, oneof = member.name, member.oneof
        read, expected = self._value(member.type), _WIRES.get(member.type.name, VARINT)
        if member.key is not None:
            return self._entry(member)
        if member.repeated:
            return self._items(name, read, expected)

        def take(found: Record, chosen: set[int], wire: int, data: bytes, start: int, stop: int) -> None:
            if wire != expected or name in found or oneof in chosen:
                raise WireError("protobuf")
            if oneof >= 0:
                chosen.add(oneof)
            found[name] = read(data, start, stop)

        return take

    def _items(self, name: str, read: Value, expected: int) -> Callable[..., None]:
        """Items one by one or, if they are numbers, packed: a writer may choose."""

        def take(found: Record, _chosen: set[int], wire: int, data: bytes, start: int, stop: int) -> None:
            items: Any = found.setdefault(name, [])
            if wire == expected:
                self._spend(1)
                items.append(read(data, start, stop))
                return
            if wire != LENGTH:
                raise WireError("protobuf")
            step = {FIXED64: 8, FIXED32: 4}.get(expected)
            at = start
            while at < stop:
                end = at + step if step else varint_at(data, at, stop)[1]
                if end > stop:
                    raise WireError("protobuf")
                self._spend(1)
                items.append(read(data, at, end))
                at = end

        return take

    def _entry(self, member: Member) -> Callable[..., None]:
        """An entry of a map is a message of two fields, either of which may be left out for its default."""
        assert member.key is not None
        key = Member(1, "key", member.key)
        value = Member(2, "value", member.type, presence=member.type.name in ("message", "timestamp"))
        read = self._message(Type("message", members=(key, value)))
        empty = self._message(member.type) if member.type.name == "message" else None
        name = member.name

        def take(found: Record, _chosen: set[int], wire: int, data: bytes, start: int, stop: int) -> None:
            if wire != LENGTH:
                raise WireError("protobuf")
            entries: Any = found.setdefault(name, {})
            one = read(data, start, stop)
            text = one["key"]
            text = text if isinstance(text, str) else str(text).lower()
            if text in MARKERS:
                raise WireError("name")
            if text in entries:
                raise WireError("duplicate-key")
            if "value" not in one:
                one["value"] = None if empty is None else empty(b"", 0, 0)
            entries[text] = one["value"]

        return take

    def _value(self, given: Type) -> Value:
        if given.name == "message":
            return self._message(given)
        if given.name == "string":
            return _text
        if given.name == "bytes":
            return lambda data, start, stop: binary_text(data[start:stop])
        if given.name == "timestamp":
            return _instant
        if given.name in _NUMBERS:
            return _fixed(given.name)
        return _variable(given)


def _text(data: bytes, start: int, stop: int) -> str:
    try:
        return data[start:stop].decode()
    except UnicodeDecodeError:
        raise WireError("utf-8") from None


def _fixed(name: str) -> Value:
    form = struct.Struct(_NUMBERS[name])

    def read(data: bytes, start: int, _stop: int) -> Any:
        number = form.unpack_from(data, start)[0]
        fits = math.isfinite(number) if isinstance(number, float) else number < 1 << 63
        if not fits:
            raise WireError("number-range")
        return number

    return read


def _variable(given: Type) -> Value:
    """Numbers of variable length: integers, booleans, enums. A negative one that is not zigzag takes all 64 bits."""
    name, symbols = given.name, given.symbols

    def read(data: bytes, start: int, stop: int) -> Any:
        number, _ = varint_at(data, start, stop)
        if name == "bool":
            if number > 1:
                raise WireError("range")
            return bool(number)
        if name.startswith("sint"):
            number = (number >> 1) ^ -(number & 1)
        elif not name.startswith("uint") and number >> 63:
            number -= 1 << 64
        if name == "enum":
            if number not in symbols:
                raise WireError("range")
            return symbols[number]
        bits = _BITS[name]
        low, high = (0, 1 << min(bits, 63)) if name.startswith("uint") else (-1 << bits - 1, 1 << bits - 1)
        if not low <= number < high:
            raise WireError("number-range")
        return number

    return read


def _instant(data: bytes, start: int, stop: int) -> str:
    """Of a ``google.protobuf.Timestamp``: seconds (1) and nanoseconds (2)."""
    found: dict[int, int] = {}
    for number, wire, begin, end in parts_of(data, start, stop):
        if wire != VARINT or number not in (1, 2) or number in found:
            raise WireError("unknown-field" if number not in (1, 2) else "protobuf")
        value, _ = varint_at(data, begin, end)
        found[number] = value - (1 << 64) if value >> 63 else value
    seconds, nanos = found.get(1, 0), found.get(2, 0)
    number = seconds * _BILLION + nanos
    text = _INSTANT(number) if 0 <= nanos < _BILLION and -(1 << 63) <= number < 1 << 63 else None
    if text is None:
        raise WireError("range")
    return text


def _default(member: Member) -> Callable[[], Any]:
    if member.key is not None:
        return dict
    if member.repeated:
        return list
    given = member.type
    if given.name == "enum":
        # Proto3 demands a symbol of the number 0; where a schema lies, the field is null.
        return lambda: given.symbols.get(0)
    return {"string": str, "bytes": str, "bool": bool, "double": float, "float": float}.get(given.name, int)
