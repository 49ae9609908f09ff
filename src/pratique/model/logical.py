"""Logical types: the names of what JSON has no kind for, and the texts and numbers that stand for their values.

A format that has such a type *lowers* it when it decodes: the value becomes a text or number of the kind below, and the
schema's node says the type's name. So everything between two formats sees only kinds that it knows. Where the output
schema has the name, the encoder *raises* the value again. Both ways are exact: a value has one text, and a text that is
not the one of its value does not raise.

| name | kind | the value |
| --- | --- | --- |
| ``int8 int16 int32 uint8 uint16 uint32 uint64`` | integer | itself, within 64 signed bits |
| ``float16 float32`` | double | itself, finite |
| ``date32`` | string | ``2024-01-31``, years 0001 to 9999 |
| ``time32[s]`` ``time32[ms]`` ``time64[us]`` ``time64[ns]`` | string | ``23:59:59.123456`` |
| ``timestamp[UNIT]`` | string | ``2024-01-31T23:59:59.123``, years 0001 to 9999 |
| ``timestamp[UNIT, ZONE]`` | string | the same, of the instant in UTC, and ``Z``; whatever the zone |
| ``duration[UNIT]`` | integer | the number of units |
| ``decimal128(P, S)`` ``decimal256(P, S)`` | string | ``-12.30``: always S digits behind the point, no sign for zero |
| ``uuid`` | string | 8-4-4-4-12 small hexadecimal digits |
| ``binary`` ``fixed_size_binary(N)`` | string | see `binary_text` |

Fractions of seconds have 0, 3, 6 or 9 digits by the unit (``s ms us ns``), always. A value outside of what its line
says is no record's: it is a reject by the rule ``range``. An enumeration is its text, and has no name of its own: its
list of words would carry them out.
"""

import re
from dataclasses import dataclass
from typing import Final

from pratique.model.schema import Kind

LOGICAL_VERSION: Final = 1
"""Of the names and of the texts that stand for values; a release may hold them."""

DIGITS: Final = {"s": 0, "ms": 3, "us": 6, "ns": 9}
"""Units of time, and how many digits a fraction of a second has in them."""

_NAME = re.compile(
    r"(?P<number>u?int(?:8|16|32)|uint64|float16|float32)"
    r"|(?P<plain>date32|uuid|binary)"
    r"|(?P<fixed>fixed_size_binary)\((?P<width>[0-9]{1,9})\)"
    r"|(?P<decimal>decimal(?:128|256))\((?P<precision>[0-9]{1,2}), (?P<scale>[0-9]{1,2})\)"
    r"|(?P<time>time32|time64|timestamp|duration)\[(?P<unit>s|ms|us|ns)(?:, (?P<zone>[A-Za-z0-9_+:/-]{1,64}))?\]"
)
_ESCAPED = re.compile(r"\\(?:\\|x[0-9a-f]{2})|\\", re.ASCII)


@dataclass(frozen=True, slots=True)
class Logical:
    """A logical type, read from its name."""

    name: str
    base: str
    """The name without what stands in brackets."""
    unit: str = ""
    zone: str = ""
    precision: int = 0
    scale: int = 0
    width: int = 0
    """Bytes of a fixed-size binary."""

    @property
    def kind(self) -> Kind:
        """What its values are lowered to."""
        if self.base.startswith(("int", "uint", "duration")):
            return Kind.INTEGER
        return Kind.DOUBLE if self.base.startswith("float") else Kind.STRING


def read_logical(name: str) -> Logical | None:
    """The type of a name; None for what is no name of a logical type."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    got = found.groupdict()
    base = next(got[group] for group in ("number", "plain", "fixed", "decimal", "time") if got[group])
    units = {"time32": ("s", "ms"), "time64": ("us", "ns")}.get(base, tuple(DIGITS))
    if (got["unit"] and got["unit"] not in units) or (got["zone"] and base != "timestamp"):
        return None
    numbers = {word: int(got[word] or 0) for word in ("precision", "scale", "width")}
    most = 38 if base == "decimal128" else 76
    if got["decimal"] and not 1 <= numbers["precision"] <= most:
        return None
    return Logical(name, base, got["unit"] or "", got["zone"] or "", **numbers)


def binary_text(data: bytes) -> str:
    r"""Bytes as a text in which all that is UTF-8 can be read, and so be found.

    UTF-8 stands as it is, but a backslash as ``\\``; a byte that is no part of a character as ``\x`` and two small
    hexadecimal digits.
    """
    return data.replace(b"\\", rb"\\").decode("utf-8", "backslashreplace")


def binary_of(text: str) -> bytes | None:
    """The bytes that `binary_text` writes as this; None where there are none."""
    try:
        data = re.sub(_ESCAPED, _unescaped, text).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return None
    return data if binary_text(data) == text else None


def _unescaped(found: re.Match[str]) -> str:
    sign = found[0]
    if sign[1:2] != "x":
        return sign[:1]
    code = int(sign.removeprefix("\\x"), 16)
    # Bytes below 128 are characters of their own, and never written so: what says otherwise does not come back equal.
    return chr(0xDC00 + code) if code >= 0x80 else chr(code)  # noqa: PLR2004 - ASCII ends there
