"""Records as Protobuf's bytes, in one form: fields by number, numbers packed, what is null left out."""

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pratique.errors import FormatError
from pratique.formats.avro.scalars import raise_with
from pratique.formats.protobuf.scan import FIXED32, FIXED64, LENGTH, VARINT, varint
from pratique.formats.protobuf.shaping import Place, Shaped
from pratique.formats.protobuf.types import TIMESTAMP
from pratique.model.logical import binary_of
from pratique.model.schema import Kind

_FLOAT, _DOUBLE = struct.Struct("<f"), struct.Struct("<d")
_RANGES: Final = {
    "int64": range(-(1 << 63), 1 << 63),
    "int32": range(-(1 << 31), 1 << 31),
    "uint32": range(1 << 32),
    "uint64": range(1 << 63),
}
_WIRES: Final = {"double": FIXED64, "float": FIXED32} | dict.fromkeys(
    ("string", "bytes", "message", "timestamp"), LENGTH
)
_PACKED: Final = frozenset({"bool", "double", "float", *_RANGES})
_BILLION: Final = 10**9
_INSTANT: Final = raise_with(TIMESTAMP)

Content = Callable[[Any], bytes]
"""A value's content, without its length."""


def writer(top: Shaped) -> Callable[[Mapping[str, Any]], bytes]:
    """What gives a record's bytes. It raises `FormatError` for a value that the schema does not allow."""
    return _message(top, "")


def _message(given: Shaped, where: str) -> Callable[[Mapping[str, Any]], bytes]:
    writers = [(p.name, _place(p, where or f"field #{at}")) for at, p in enumerate(given.places)]
    names = {name for name, _ in writers}

    def write(record: Any) -> bytes:
        if not isinstance(record, Mapping):
            raise _wrong(where)
        if not names >= record.keys():
            raise FormatError("a field that is not in the output schema", where=where)
        out: list[bytes] = []
        for name, put in writers:
            value = record.get(name)
            if value is not None:
                put(value, out)
        return b"".join(out)

    return write


def _place(place: Place, where: str) -> Callable[[Any, list[bytes]], None]:
    content = _content(place, where)
    wire = _WIRES.get(place.word, VARINT)
    tag = varint(place.number << 3 | wire)
    if place.kind is Kind.LIST:
        return _list(place, where, content, tag)
    if place.kind is Kind.MAP:
        return _map(place, where, content, wire)

    def put(value: Any, out: list[bytes]) -> None:
        if place.kind is None:
            raise _wrong(where)
        out.append(tag)
        out.append(_measured(content(value)) if wire == LENGTH else content(value))

    return put


def _list(place: Place, where: str, content: Content, tag: bytes) -> Callable[[Any, list[bytes]], None]:
    packed = varint(place.number << 3 | LENGTH)

    def put(value: Any, out: list[bytes]) -> None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise _wrong(where)
        if place.word in _PACKED and value:
            out += (packed, _measured(b"".join([content(_there(item, where)) for item in value])))
            return
        for item in value:
            out += (tag, _measured(content(_there(item, where))))

    return put


def _map(place: Place, where: str, content: Content, wire: int) -> Callable[[Any, list[bytes]], None]:
    tag, key_tag, value_tag = varint(place.number << 3 | LENGTH), varint(1 << 3 | LENGTH), varint(2 << 3 | wire)

    def put(value: Any, out: list[bytes]) -> None:
        if not isinstance(value, Mapping):
            raise _wrong(where)
        for key, item in value.items():
            inner = content(_there(item, where))
            entry = key_tag + _measured(_text(key, where)) + value_tag + (_measured(inner) if wire == LENGTH else inner)
            out += (tag, _measured(entry))

    return put


def _content(place: Place, where: str) -> Content:  # noqa: PLR0911 - one return a type
    word = place.word
    if place.below is not None:
        return _message(place.below, where)
    if word == "string":
        return lambda value: _text(value, where)
    if word == "bytes":
        return lambda value: _bytes(value, where)
    if word == "timestamp":
        return lambda value: _instant(value, where)
    if word == "bool":
        return lambda value: _boolean(value, where)
    if word in ("double", "float"):
        return lambda value: _double(value, where, _DOUBLE if word == "double" else _FLOAT)
    stated = _RANGES[word]

    def integer(value: Any) -> bytes:
        if type(value) is not int:
            raise _wrong(where)
        if value not in stated:
            raise _unfit(where)
        return varint(value & (1 << 64) - 1)

    return integer


def _measured(data: bytes) -> bytes:
    return varint(len(data)) + data


def _there(item: Any, where: str) -> Any:
    if item is None:
        raise FormatError("Protobuf has no nulls in lists and maps", where=where, do="write to a topic of json")
    return item


def _text(value: Any, where: str) -> bytes:
    try:
        if isinstance(value, str):
            return value.encode()
    except UnicodeEncodeError:
        pass
    raise _wrong(where)


def _bytes(value: Any, where: str) -> bytes:
    data = binary_of(value) if isinstance(value, str) else None
    if data is None:
        raise _unfit(where)
    return data


def _instant(value: Any, where: str) -> bytes:
    try:
        number = _INSTANT(value)
    except (ValueError, TypeError, OverflowError):
        raise _unfit(where) from None
    seconds, nanos = divmod(number, _BILLION)
    parts = [varint(tag << 3) + varint(part & (1 << 64) - 1) for tag, part in ((1, seconds), (2, nanos)) if part]
    return b"".join(parts)


def _boolean(value: Any, where: str) -> bytes:
    if type(value) is not bool:
        raise _wrong(where)
    return b"\1" if value else b"\0"


def _double(value: Any, where: str, form: struct.Struct) -> bytes:
    if type(value) is not float or not math.isfinite(value):
        raise _wrong(where)
    try:
        packed = form.pack(value)
    except OverflowError:
        raise _unfit(where) from None
    if form.unpack(packed)[0] != value:
        raise _unfit(where)
    return packed


def _wrong(where: str) -> FormatError:
    return FormatError("a value of a kind that the output schema does not allow", where=where)


def _unfit(where: str) -> FormatError:
    return FormatError(
        "a treated value is not of its type any more", where=where, do="choose a transform that gives text"
    )
