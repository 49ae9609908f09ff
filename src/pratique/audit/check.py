"""Whether a log is whole: every entry as written, in order, none missing, and its end signed."""

import fcntl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from pratique.audit.entries import MAX_ENTRY, START, AuditEvent, Link, parse
from pratique.audit.note import Note, read_coming, read_note
from pratique.crypto.signing import key_id
from pratique.errors import StoreError

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What `verify_chain` found."""

    ok: bool
    entries: int
    """Entries that are right, from the first on."""
    head: str
    """The hash of the last of them."""
    problem: str = ""
    """What is wrong, in one sentence; empty if nothing is."""
    line: int = 0
    """The line where it is wrong, from 1; 0 where it is not one line's fault."""
    torn: bool = False
    """Whether a torn line of a killed process stands at the end. It never was complete; the next entry replaces it."""
    signed: bool = False
    """Whether the end is signed by the key that was given."""
    sealed: tuple[int, ...] = ()
    """Up to which entries nobody had signed what the log said until then (or another key had)."""


def verify_chain(
    path: Path,
    head: str | None = None,
    *,
    region: str = "",
    public: bytes | None = None,
    each: Callable[[Entry], None] = lambda _: None,
) -> AuditCheck:
    """Read the whole log and hold every entry against its hash and its predecessor.

    ``head`` is the hash of an entry that the log must hold (a release carries one): with it, a log that was cut off or
    rewritten is found out, by whomever it was. ``public`` is the raw public key of the region's exporter: with it, the
    end must be signed by that key for this ``region``, and a log that was changed by anybody without the key is found
    out, unless log and note were both put back to an earlier state. ``each`` gets every entry that is right, in order.
    Reads line by line, while nobody appends; raises `StoreError` where the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH)
            walk = _Walk(head, each)
            check = walk.walk(stream)
            coming, noted = read_coming(path), read_note(path)
    except FileNotFoundError:
        return AuditCheck(ok=False, entries=0, head="", problem="there is no audit log here")
    except OSError as error:
        raise StoreError(f"the audit log cannot be read: {error.strerror}", where=str(path)) from None
    check = replace(check, sealed=tuple(walk.sealed))
    if not check.ok:
        return check
    if coming.link == Link(check.entries, check.head) and check.entries > noted.link.sequence:
        noted = coming
    if noted.link.sequence > check.entries:
        cut = "the last line was cut, and was whole once" if check.torn else "entries are missing at the end"
        return _failed(replace(check, torn=False), f"{cut}: there were {noted.link.sequence} entries")
    if noted.link.sequence == check.entries and noted.link.hash != check.head:
        return _failed(check, "the last entry is not the one that was written there")
    if head and not walk.seen:
        return _failed(check, "the entry that the given head names is missing: the log was cut off or rewritten")
    return check if public is None else _held(check, noted, region, public)


def _held(check: AuditCheck, noted: Note, region: str, public: bytes) -> AuditCheck:
    """Hold the noted end against the region's key."""
    key = key_id(public)
    if noted.key != key:
        by = f"by another key ({noted.key})" if noted.key else "by no key"
        return _failed(
            check, f"the end of the log is signed {by}: it is another region's, or was written by others than Pratique"
        )
    if not noted.is_signed_by(region, key, public):
        return _failed(check, "the signature of the log's end does not fit it: it was altered, or is another region's")
    if noted.link.sequence < check.entries:
        return _failed(
            check,
            f"entry {noted.link.sequence + 1} stands after the signed end: others than Pratique wrote it",
            noted.link.sequence + 1,
        )
    return replace(check, signed=True)


class _Walk:
    """One way through a log."""

    def __init__(self, head: str | None, each: Callable[[Entry], None]) -> None:
        self.seen = False
        """Whether ``head`` is one of the hashes."""
        self.sealed: list[int] = []
        self._head = head
        self._each = each

    def walk(self, stream: BinaryIO) -> AuditCheck:
        """The chain up to its end or its first fault."""
        end = START
        number = 0
        while line := stream.readline(MAX_ENTRY + 1):
            number += 1
            try:
                entry = parse(line.removesuffix(b"\n"))
            except ValueError as error:
                if not line.endswith(b"\n") and len(line) <= MAX_ENTRY:
                    return AuditCheck(ok=True, entries=end.sequence, head=end.hash, torn=True)
                return _at(end, f"line {number} {error}", number)
            if entry["sequence"] != end.sequence + 1:
                return _at(end, f"entry {end.sequence + 1} is missing or moved: line {number} is another", number)
            if entry["previous"] != end.hash:
                return _at(end, f"line {number} does not follow the entry before it", number)
            end = Link(entry["sequence"], entry["hash"])
            self.seen = self.seen or entry["hash"] == self._head
            if entry["event"] == AuditEvent.SEAL:
                self.sealed.append(end.sequence - 1)
            self._each(entry)
        return AuditCheck(ok=True, entries=end.sequence, head=end.hash)


def _at(end: Link, problem: str, line: int) -> AuditCheck:
    return AuditCheck(ok=False, entries=end.sequence, head=end.hash, problem=problem, line=line)


def _failed(check: AuditCheck, problem: str, line: int = 0) -> AuditCheck:
    return replace(check, ok=False, problem=problem, line=line)
