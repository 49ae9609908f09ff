"""Frozen dataclasses to JSON values and back, strictly, and the digest of the canonical form.

Used for everything that outlives a process: plans, scans, decisions, releases. `decode` refuses unknown and missing
keys, so that a newer document is never half understood. A field that came later is declared with a default and the
metadata `LATER`: it is left out where it has its default, so that documents from before it read and hash as they did.
"""

import dataclasses
import functools
import hashlib
import json
import sys
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin

T = TypeVar("T")
_LARGEST_DOUBLE = int(sys.float_info.max)
_LONGEST_SHOWN = 60

LATER: Mapping[str, bool] = types.MappingProxyType({"later": True})
"""Metadata of a field that an encoding did not have from the start: ``x: str = field(default="", metadata=LATER)``."""


def encode(value: object) -> Any:
    """``value`` (frozen dataclasses, enums, tuples, mappings with text keys, scalars) as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        given = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: encode(v) for f, v in given if not (_is_later(f) and v == f.default)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(encode(v) for v in value)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [encode(v) for v in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"cannot encode {type(value).__name__}")


def _is_later(field: "dataclasses.Field[Any]") -> bool:
    return bool(field.metadata.get("later"))


def canonical(value: object) -> bytes:
    """The one byte form of ``value``: sorted keys, no spaces, UTF-8, no NaN."""
    return json.dumps(
        encode(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def decode(kind: type[T], data: object) -> T:
    """Read what `encode` wrote as ``kind``; raises `ValueError` (naming the place, not the value) otherwise."""
    return typing.cast("T", _decode(kind, data, kind.__name__))


def _decode(kind: Any, data: Any, at: str) -> Any:  # noqa: C901, PLR0911, PLR0912 (one branch per kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(kind), data, at)
    if origin is tuple:
        return _decode_tuple(get_args(kind), data, at)
    if origin in (Sequence, list):
        return tuple(_decode(get_args(kind)[0], v, f"{at}[{i}]") for i, v in enumerate(_list(data, at)))
    if origin in (frozenset, set):
        return frozenset(_decode(get_args(kind)[0], v, at) for v in _list(data, at))
    if origin in (Mapping, dict) or kind in (Mapping, dict):
        if not isinstance(data, dict):
            raise ValueError(f"{at}: not an object")
        of = get_args(kind)[1] if get_args(kind) else Any
        return {k: _decode(of, v, f"{at}.{_shown(k)}") for k, v in data.items()}
    if kind is Any or kind is object:
        return data
    if hasattr(kind, "__supertype__"):
        return _decode(kind.__supertype__, data, at)
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(kind, data, at)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError:
            raise ValueError(f"{at}: not a {kind.__name__}") from None
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        if abs(data) > _LARGEST_DOUBLE:
            raise ValueError(f"{at}: not a float")
        return float(data)
    if kind is type(None) and data is None:
        return None
    if kind in (str, int, float, bool) and type(data) is kind:
        return data
    raise ValueError(f"{at}: not a {getattr(kind, '__name__', kind)}")


def _shown(name: str) -> str:
    """A name as it may stand in one line of an error."""
    cut = name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
    return cut if cut.isprintable() else ascii(cut)


def _list(data: Any, at: str) -> list[Any]:
    if not isinstance(data, list):
        raise ValueError(f"{at}: not a list")
    return data


def _decode_union(kinds: tuple[Any, ...], data: Any, at: str) -> Any:
    # bool before int and int before float, so that a scalar comes back as what it was.
    order = {bool: 0, int: 1, float: 2}
    for kind in sorted(kinds, key=lambda k: order.get(k, 3)):
        try:
            return _decode(kind, data, at)
        except ValueError:
            continue
    raise ValueError(f"{at}: none of the kinds allowed here")


def _decode_tuple(kinds: tuple[Any, ...], data: Any, at: str) -> Any:
    items = _list(data, at)
    if kinds[1:] == (Ellipsis,):
        return tuple(_decode(kinds[0], v, f"{at}[{i}]") for i, v in enumerate(items))
    if len(kinds) != len(items):
        raise ValueError(f"{at}: {len(items)} items instead of {len(kinds)}")
    return tuple(_decode(k, v, f"{at}[{i}]") for i, (k, v) in enumerate(zip(kinds, items, strict=True)))


@functools.cache
def _fields_of(kind: Any) -> tuple[Mapping[str, Any], frozenset[str], Mapping[str, Any]]:
    """Types, names, and the defaults of fields that came later; kept, since a scan has thousands of small parts."""
    fields = dataclasses.fields(kind)
    later = {f.name: f.default for f in fields if _is_later(f)}
    return typing.get_type_hints(kind), frozenset(f.name for f in fields), later


def _decode_dataclass(kind: Any, data: Any, at: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"{at}: not an object")
    hints, names, later = _fields_of(kind)
    if unknown := set(data) - names:
        raise ValueError(f"{at}: {len(unknown)} unknown keys")
    if missing := names - later.keys() - set(data):
        raise ValueError(f"{at}: missing {', '.join(sorted(missing))}")
    found = {n: _decode(hints[n], data[n], f"{at}.{n}") for n in sorted(names & data.keys())}
    if any(n in found and found[n] == default for n, default in later.items()):
        raise ValueError(f"{at}: a default that is never written")
    return kind(**found)
