"""The exact way of reading JSON Lines: one line at a time, with a rule for everything that cannot be a record.

orjson is strict about grammar and UTF-8, but keeps the last of two equal keys and turns an integer beyond 64 bits
into a double. Both are found: the first by counting quotation marks in the line and in the re-dumped record, the
second by reading lines that hold 19 digits in a row once more with the standard library. RFC 8259 leaves both to the
reader.
"""

import json
import re
from typing import Any

import orjson

from pratique.model.data import Record
from pratique.model.paths import MARKERS
from pratique.model.quarantine import CUT

MAX_DEPTH = 64
"""Lists and objects inside each other, the record itself included."""
MAX_VALUES = 1 << 21
"""Commas and opening brackets of one line outside of strings: no fewer than its values. In memory a value takes many
times the two bytes that it may take in the line.
"""

RULES = ("json", "utf-8", "duplicate-key", "number-range", "depth", "size", "name", "surrogate")
"""Why a line is a reject. ``json``: not one JSON object. ``utf-8``: not UTF-8. ``duplicate-key``: two equal keys in one
object. ``number-range``: an integer beyond 64 signed bits, a double beyond the largest, NaN, Infinity. ``depth``:
nested deeper than 64. ``size``: longer than 16 MiB, or of more than 2,097,152 values. ``name``: a key that is a path
marker (``[]``, ``{}``, ``{keys}``). ``surrogate``: an escape of half a surrogate pair, which is no character."""

_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
_LONG_DIGITS = re.compile(rb"[0-9]{19}")
_LIMIT = 1 << 63
_DIGITS = 20
"""More characters than this are no 64-bit integer, and `int` is not asked."""


class _Break(Exception):  # noqa: N818 - not an error, but the way out of the hooks of `json`
    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(rule)


def read_record(line: bytes) -> Record | str:  # noqa: PLR0911 - one return a rule
    """The record of one line (without its newline), exactly; or the rule by which it is a reject. Never raises."""
    if line.count(b"{") + line.count(b"[") > MAX_DEPTH and _depth(line) > MAX_DEPTH:
        return "depth"
    if len(line) > MAX_VALUES and _values(line) > MAX_VALUES:
        return CUT
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _why(line)
    if not isinstance(value, dict):
        return "json"
    if _quotes(line) != _quotes(orjson.dumps(value)):
        return "duplicate-key"
    if _LONG_DIGITS.search(line) and (rule := _reread(line.decode())):
        return rule
    if (b"\\" in line or any(b'"%s"' % marker.encode() in line for marker in MARKERS)) and _has_marker(value):
        return "name"
    return value


def _quotes(line: bytes) -> int:
    """How many quotation marks delimit strings."""
    return (_ESCAPE.sub(b"", line) if b"\\" in line else line).count(b'"')


def _depth(line: bytes) -> int:
    """The deepest nesting; brackets inside strings do not count."""
    depth = deepest = 0
    for found in _BRACKET.finditer(_STRING.sub(b"", line)):
        depth += 1 if found[0] in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _values(line: bytes) -> int:
    """No fewer than there are values; what is inside strings is looked at only where it could matter."""
    counted = line.count(b",") + line.count(b"[") + line.count(b"{")
    if counted <= MAX_VALUES:
        return counted
    bare = _STRING.sub(b"", line)
    return bare.count(b",") + bare.count(b"[") + bare.count(b"{")


def _has_marker(value: Any) -> bool:
    if isinstance(value, dict):
        return not MARKERS.isdisjoint(value) or any(_has_marker(child) for child in value.values())
    return isinstance(value, list) and any(_has_marker(child) for child in value)


def _why(line: bytes) -> str:
    """The rule for a line that orjson refuses."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return "utf-8"
    return _reread(text) or "surrogate"


def _reread(text: str) -> str:
    """Read with the standard library, which tells more; the rule, or empty where it finds nothing wrong.

    It lets lone surrogates pass, which is how `_why` knows them.
    """
    try:
        value = json.loads(
            text, parse_int=_integer, parse_float=_double, parse_constant=_constant, object_pairs_hook=_pairs
        )
    except _Break as found:
        return found.rule
    except (ValueError, RecursionError):
        return "json"
    return "" if isinstance(value, dict) else "json"


def _integer(text: str) -> int:
    if len(text) > _DIGITS:
        raise _Break("number-range")
    value = int(text)
    if not -_LIMIT <= value < _LIMIT:
        raise _Break("number-range")
    return value


def _double(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _Break("number-range")
    return value


def _constant(_text: str) -> float:
    raise _Break("number-range")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise _Break("duplicate-key")
    return record
