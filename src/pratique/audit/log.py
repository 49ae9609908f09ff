"""The log as a file of lines.

Durable and crash-safe: an entry is written under a lock and flushed to disk, then the new end of the chain is noted in
``<log>.head``, and only then `append` returns. A process killed while it wrote leaves at most one torn last line, which
no caller was ever told of: the next `append` takes it away. A torn line whose entry *was* complete once (the note of
the end says so) is damage, and refuses.

The limit: whoever may write the folder can rewrite the whole chain. What binds it is outside: every release carries the
head of its moment (`pratique.audit.verify_chain` with that head).
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.audit.entries import MAX_ENTRY, START, Link, build, parse
from pratique.errors import StoreError


class FileAuditLog:
    """Implements `pratique.ports.AuditLog` with one file; any number of threads and processes may append."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, event: str, who: str, details: Mapping[str, Any]) -> str:
        """Add an entry, durably, and return its hash, the new head.

        ``details``: numbers, short texts, short lists of them, one level of names to them; never a value of the data.
        Raises `StoreError` for others, for a log that is damaged, and where it cannot be written.
        """
        with self._open(os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX) as descriptor:
            end, size = self._end(descriptor)
            line, link = build(end, datetime.now(UTC).isoformat(), event, who, details)
            _write(descriptor, line, size)
            self._note(link)
        return link.hash

    @property
    def head(self) -> str:
        """The hash of the last entry; empty where there is none."""
        if not self._path.exists():
            return self._noted(START).hash
        with self._open(os.O_RDONLY, fcntl.LOCK_SH) as descriptor:
            return self._end(descriptor)[0].hash

    @contextlib.contextmanager
    def _open(self, flags: int, lock: int) -> Iterator[int]:
        try:
            if flags & os.O_CREAT:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(descriptor, lock)
                yield descriptor
            finally:
                os.close(descriptor)
        except OSError as error:
            raise StoreError(f"the audit log cannot be used: {error.strerror}", where=str(self._path)) from None

    def _end(self, descriptor: int) -> tuple[Link, int]:
        """The end of the chain, and the size of the file up to the end of its last whole entry."""
        size = os.fstat(descriptor).st_size
        start = max(0, size - 2 * MAX_ENTRY)
        tail = os.pread(descriptor, size - start, start)
        torn = tail.rpartition(b"\n")[2]
        whole = tail[: len(tail) - len(torn)]
        if torn:
            # Only the line break is missing where an entry reads whole: it counts.
            with contextlib.suppress(ValueError):
                entry = parse(torn)
                return self._noted(Link(entry["sequence"], entry["hash"])), size
        if not whole:
            if start:
                raise StoreError("the audit log is damaged", where=str(self._path), do="restore it from a copy")
            return self._noted(START), 0
        try:
            entry = parse(whole[:-1].rpartition(b"\n")[2])
        except ValueError as error:
            raise StoreError(f"the last entry of the audit log {error}", where=str(self._path)) from None
        return self._noted(Link(entry["sequence"], entry["hash"])), size - len(torn)

    def _noted(self, end: Link) -> Link:
        """Hold the end that was found against the noted one: the log may be ahead of its note, never behind it."""
        noted = read_note(self._path)
        if end.sequence < noted.sequence or (end.sequence == noted.sequence and end.hash != noted.hash):
            raise StoreError(
                f"the audit log ends at entry {end.sequence}, but was longer or different: it had {noted.sequence}",
                where=str(self._path),
                do="restore it from a copy",
            )
        return end

    def _note(self, end: Link) -> None:
        path = _note_path(self._path)
        temporary = path.with_name(path.name + ".new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            os.write(descriptor, f"{end.sequence} {end.hash}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            # Also makes the names of a log that is new durable.
            os.fsync(folder)
        finally:
            os.close(folder)


def read_note(log: Path) -> Link:
    """What ``<log>.head`` says of the end of the chain; `START` where there is no such file."""
    try:
        sequence, _, found = _note_path(log).read_text("ascii").strip().partition(" ")
        return Link(int(sequence), found)
    except FileNotFoundError:
        return START
    except (OSError, ValueError):
        raise StoreError("the note of the audit log's end does not read", where=str(_note_path(log))) from None


def _note_path(log: Path) -> Path:
    return log.with_name(log.name + ".head")


def _write(descriptor: int, line: bytes, size: int) -> None:
    """Write the line at ``size``: what stands torn there goes, a line break that is missing before it comes."""
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        line = b"\n" + line
    os.ftruncate(descriptor, size)
    at = size
    while line:
        written = os.pwrite(descriptor, line, at)
        line, at = line[written:], at + written
    os.fsync(descriptor)
