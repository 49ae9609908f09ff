"""Whether a log is whole: every entry as written, in order, none missing."""

import fcntl
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pratique.audit.entries import MAX_ENTRY, START, Link, parse
from pratique.audit.log import read_note
from pratique.errors import StoreError


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


def verify_chain(path: Path, head: str | None = None) -> AuditCheck:
    """Read the whole log and hold every entry against its hash and its predecessor.

    ``head`` is the hash of an entry that the log must hold (a release carries one): with it, a log that was cut off or
    rewritten is found out, by whomever it was; without it, only what ``<log>.head`` tells. Reads line by line, while
    nobody appends; raises `StoreError` where the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH)
            check, seen = _walk(stream, head)
            noted = read_note(path)
    except FileNotFoundError:
        return AuditCheck(ok=False, entries=0, head="", problem="there is no audit log here")
    except OSError as error:
        raise StoreError(f"the audit log cannot be read: {error.strerror}", where=str(path)) from None
    if not check.ok:
        return check
    end = Link(check.entries, check.head)
    if head and not seen:
        return _failed(end, "the entry that the given head names is missing: the log was cut off or rewritten")
    if noted.sequence > check.entries or (noted.sequence == check.entries and noted.hash != check.head):
        return _failed(end, f"entries are missing at the end: there were {noted.sequence}")
    return check


def _walk(stream: BinaryIO, head: str | None) -> tuple[AuditCheck, bool]:
    """The chain up to its end or its first fault, and whether ``head`` is one of its hashes."""
    end, seen = START, False
    number = 0
    while line := stream.readline(MAX_ENTRY + 1):
        number += 1
        try:
            entry = parse(line.removesuffix(b"\n"))
        except ValueError as error:
            if not line.endswith(b"\n") and len(line) <= MAX_ENTRY:
                return AuditCheck(ok=True, entries=end.sequence, head=end.hash, torn=True), seen
            return _failed(end, f"line {number} {error}", number), seen
        if entry["sequence"] != end.sequence + 1:
            return _failed(end, f"entry {end.sequence + 1} is missing or moved: line {number} is another", number), seen
        if entry["previous"] != end.hash:
            return _failed(end, f"line {number} does not follow the entry before it", number), seen
        end = Link(entry["sequence"], entry["hash"])
        seen = seen or entry["hash"] == head
    return AuditCheck(ok=True, entries=end.sequence, head=end.hash), seen


def _failed(end: Link, problem: str, line: int = 0) -> AuditCheck:
    return AuditCheck(ok=False, entries=end.sequence, head=end.hash, problem=problem, line=line)
