"""One entry of the log: its fields, its one byte form, its hash, and what may stand in its details.

An entry is one line of canonical JSON (sorted keys, no spaces, UTF-8) with ``version``, ``sequence`` (from 1), ``at``,
``event``, ``who``, ``details``, ``previous`` (the hash of the entry before; empty for the first) and ``hash``: SHA-256,
hex, of the canonical form of all the others.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pratique.errors import StoreError
from pratique.model.codec import canonical

AUDIT_VERSION: Final = 1
MAX_ENTRY: Final = 64 << 10
"""Bytes of a line."""

_KEYS: Final = frozenset({"version", "sequence", "at", "event", "who", "details", "previous", "hash"})
_EVENT: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MAX_TEXT: Final = 2000
_MAX_ITEMS: Final = 256


class AuditEvent(StrEnum):
    """What the log tells of. Others may be written, of the same form; these are the usual ones."""

    SCAN = "scan"
    DECISION = "decision"
    PLAN = "plan"
    RUN = "run"
    ABANDON = "abandon"
    REFUSAL = "refusal"
    RELEASE = "release"
    REIDENTIFY = "reidentify"
    REVEAL = "reveal"
    KEY = "key"
    PURGE = "purge"
    SEAL = "seal"
    """What stood before was not signed by the region's key; from here on it is."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the chain ends."""

    sequence: int
    hash: str


START: Final = Link(0, "")
"""The end of an empty chain."""


def build(previous: Link, at: str, event: str, who: str, details: Mapping[str, Any]) -> tuple[bytes, Link]:
    """The next entry as a line with its line break, and the new end of the chain; `StoreError` for unfit words."""
    if not _EVENT.fullmatch(event):
        raise StoreError("an audit event is a word of small letters, digits and dashes")
    if not who or len(who) > _MAX_TEXT:
        raise StoreError("an audit entry needs a name", where=f"event {event}")
    entry: dict[str, Any] = {
        "version": AUDIT_VERSION,
        "sequence": previous.sequence + 1,
        "at": at,
        "event": event,
        "who": who,
        "details": _checked(details, event),
        "previous": previous.hash,
    }
    try:
        entry["hash"] = entry_hash(entry)
        line = canonical(entry) + b"\n"
    except ValueError:
        raise StoreError("an audit entry is made of Unicode text", where=f"event {event}") from None
    if len(line) > MAX_ENTRY:
        raise StoreError("an audit entry is too long", where=f"event {event}")
    return line, Link(previous.sequence + 1, entry["hash"])


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical form of the entry without its hash."""
    return hashlib.sha256(canonical({key: value for key, value in entry.items() if key != "hash"})).hexdigest()


def parse(line: bytes) -> dict[str, Any]:
    """One line, without its line break, as an entry whose hash is right; raises `ValueError` that says what is wrong.

    Only the canonical form is taken: then there is no byte of the log that could change unnoticed.
    """
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("does not read as JSON") from None
    if not isinstance(entry, dict) or type(entry.get("version")) is not int:
        raise ValueError("is no entry")
    if entry["version"] > AUDIT_VERSION:
        raise ValueError("was written by a newer version of Pratique")
    if entry["version"] != AUDIT_VERSION:
        raise ValueError("is of a version that never was")
    texts = ("at", "event", "who", "previous", "hash")
    if entry.keys() != _KEYS or type(entry["sequence"]) is not int or any(type(entry[key]) is not str for key in texts):
        raise ValueError("is no entry")
    try:
        exact = canonical(entry) == line and entry_hash(entry) == entry["hash"]
    except (ValueError, RecursionError):
        exact = False
    if not exact:
        raise ValueError("was altered")
    return entry


def _checked(details: Mapping[str, Any], event: str) -> dict[str, Any]:
    """Numbers, short texts, short lists of them, one level of names to them. Bytes, tables, records have no place.

    This keeps large or structured data out; whether a short text is a value is for the caller to know.
    """
    found: dict[str, Any] = {}
    for key, value in details.items():
        if not isinstance(key, str) or not key.isidentifier():
            raise StoreError("a name of an audit detail is no identifier", where=f"event {event}")
        found[key] = _detail(value, f"event {event}, detail {key}")
    return found


def _detail(value: Any, where: str) -> Any:
    if isinstance(value, Mapping):
        if len(value) > _MAX_ITEMS or not all(isinstance(name, str) and len(name) <= _MAX_TEXT for name in value):
            raise StoreError("has too many names, or names that are no texts", where=where)
        return {name: _scalar(item, where) for name, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        if len(value) > _MAX_ITEMS:
            raise StoreError(f"is a list of more than {_MAX_ITEMS} items", where=where)
        return [_scalar(item, where) for item in value]
    return _scalar(value, where)


def _scalar(value: Any, where: str) -> str | int | float | bool | None:
    if isinstance(value, str) and len(value) <= _MAX_TEXT:
        return str(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and -(1 << 63) <= value < 1 << 63:
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    raise StoreError("is no short text, no number and no list of them", where=where)
