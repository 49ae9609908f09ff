"""Protobuf's smallest things: numbers of variable length, and the fields of a message as they stand."""

from collections.abc import Iterator
from typing import Final

META: Final = 1088
"""Number of the option ``confluent.field_meta``."""
_MOST: Final = 70
VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5


class WireError(Exception):
    """Bytes that are no message; its text is the rule that they break."""


class MetaError(Exception):
    """An option that is not what it should be."""


def varint_at(data: bytes, at: int, end: int) -> tuple[int, int]:
    """A number of variable length, at most 64 bits, and where it ends."""
    number = shift = 0
    while at < end:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:  # noqa: PLR2004 - no more follow
            if number >> 64:
                break
            return number, at
        shift += 7
        if shift == _MOST:
            break
    raise WireError("protobuf")


def varint(number: int) -> bytes:
    """A number from 0 to 64 bits, as short as it can be."""
    out = bytearray()
    while number > 127:  # noqa: PLR2004 - more follow
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def parts_of(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Each field of a message: number, wire type, where its content begins and where it ends."""
    while at < end:
        key, at = varint_at(data, at, end)
        number, wire = key >> 3, key & 7
        if wire == VARINT:
            _, stop = varint_at(data, at, end)
        elif wire == LENGTH:
            size, at = varint_at(data, at, end)
            stop = at + size
        elif wire in (FIXED64, FIXED32):
            stop = at + (8 if wire == FIXED64 else 4)
        else:
            raise WireError("protobuf")
        if stop > end or not number:
            raise WireError("protobuf")
        yield number, wire, at, stop
        at = stop


def field_meta(options: bytes) -> tuple[tuple[str, ...], dict[str, str]]:
    """Tags and properties in a field's options. Raises `MetaError` where they are not what they should be."""
    tags: list[str] = []
    found: dict[str, str] = {}
    try:
        for number, wire, start, stop in parts_of(options, 0, len(options)):
            if (number, wire) != (META, LENGTH):
                continue
            for inner, kind, begin, end in parts_of(options, start, stop):
                if (inner, kind) == (3, LENGTH):
                    tags.append(options[begin:end].decode())
                elif (inner, kind) == (2, LENGTH):
                    pair = {n: options[s:e].decode() for n, w, s, e in parts_of(options, begin, end) if w == LENGTH}
                    found[pair.get(1, "")] = pair.get(2, "")
    except (WireError, UnicodeDecodeError):
        raise MetaError from None
    return tuple(tags), found
