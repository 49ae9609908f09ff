"""The log as a file of lines.

Durable and crash-safe: under a lock the new end is noted (and signed, where the region has a key), the entry is written
and flushed to disk, and only then `append` returns. A process killed while it wrote leaves at most one torn last line,
which no caller was ever told of: the next `append` takes it away. A torn line whose entry *was* complete once (the note
of the end says so) is damage, and refuses; so does an entry that stands after the signed end.

The limits: who holds the exporter's key can write another log. Who may write the folder can put log *and* note back to
an earlier state of both; what binds them then is outside: every release carries the head of its moment, and catalogue
and run store hold what the log told of (`pratique.audit.verify_chain`, `pratique.audit.compare`).
"""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.audit.entries import MAX_ENTRY, START, AuditEvent, Link, build, parse
from pratique.audit.note import Note, read_coming, read_note, settle, signed_note, write_coming
from pratique.errors import KeyStoreError, StoreError, remedy
from pratique.ports import Signer

_PROGRAM = "pratique"
"""Who writes what nobody asked for."""


class FileAuditLog:
    """Implements `pratique.ports.AuditLog` with one file; any number of threads and processes may append."""

    __slots__ = ("_path", "_region", "_signer")

    def __init__(self, path: Path, region: str = "", signer: Callable[[], Signer | None] = lambda: None) -> None:
        """``signer`` gives the region's exporter key, or None where the region has none (yet)."""
        self._path = path
        self._region = region
        self._signer = signer

    def append(self, event: str, who: str, details: Mapping[str, Any]) -> str:
        """Add an entry, durably, and return its hash, the new head.

        ``details``: numbers, short texts, short lists of them, one level of names to them; never a value of the data.
        Raises `StoreError` for others, for a log that is damaged, and where it cannot be written; `KeyStoreError` where
        the log is signed and its key is not here.
        """
        signer = self._signer()
        with self._open(os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX) as descriptor:
            end, size = self._end(descriptor)
            note = self._held(end, signer)
            if signer is None and note.key:
                raise KeyStoreError("the log is signed, and the region's keys are not here", where=str(self._path))
            if signer is not None and end != START and note.key != signer.key_id:
                # What stands there nobody signed, or with another key: from here on it cannot change unseen any more.
                details_of_seal = {"entries": end.sequence, "key": note.key}
                end, size = self._add(descriptor, size, end, AuditEvent.SEAL, _PROGRAM, details_of_seal, signer)
            return self._add(descriptor, size, end, event, who, details, signer)[0].hash

    @property
    def head(self) -> str:
        """The hash of the last entry; empty where there is none."""
        if not self._path.exists():
            self._held(START, self._signer())
            return START.hash
        with self._open(os.O_RDONLY, fcntl.LOCK_SH) as descriptor:
            end, _ = self._end(descriptor)
            self._held(end, self._signer())
            return end.hash

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
            what = f"the audit log cannot be used: {error.strerror}"
            raise StoreError(what, where=str(self._path), do=remedy(error)) from None

    def _add(
        self,
        descriptor: int,
        size: int,
        end: Link,
        event: str,
        who: str,
        details: Mapping[str, Any],
        signer: Signer | None,
    ) -> tuple[Link, int]:
        """One entry after ``end``, noted before and after; the new end and size."""
        line, link = build(end, datetime.now(UTC).isoformat(), event, who, details)
        write_coming(self._path, signed_note(self._region, link, signer))
        size = _write(descriptor, line, size)
        settle(self._path)
        return link, size

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
                return Link(entry["sequence"], entry["hash"]), size
        if not whole:
            if start:
                raise StoreError("the audit log is damaged", where=str(self._path), do="restore it from a copy")
            return START, 0
        try:
            entry = parse(whole[:-1].rpartition(b"\n")[2])
        except ValueError as error:
            raise StoreError(f"the last entry of the audit log {error}", where=str(self._path)) from None
        return Link(entry["sequence"], entry["hash"]), size - len(torn)

    def _held(self, end: Link, signer: Signer | None) -> Note:
        """Hold the end that was found against the noted one, and give the note that stands for it.

        The log may be ahead of its note by what was noted as coming, and of an unsigned note; never behind it.
        """
        where = str(self._path)
        # In this order: what another reader settles meanwhile is seen in one place or in the other.
        coming = read_coming(self._path)
        noted = read_note(self._path)
        if end == coming.link and end.sequence > noted.link.sequence:
            noted = coming
            with contextlib.suppress(OSError):  # Readers may have no right to.
                settle(self._path)
        if end.sequence < noted.link.sequence or (end.sequence == noted.link.sequence and end != noted.link):
            raise StoreError(
                f"the audit log ends at entry {end.sequence}, but was longer or different: "
                f"it had {noted.link.sequence}",
                where=where,
                do="restore it from a copy",
            )
        if signer is None or noted.key != signer.key_id:
            return noted
        if not noted.is_signed_by(self._region, signer.key_id, signer.public):
            raise StoreError("the signature of the log's end does not fit it", where=where, do="restore it from a copy")
        if end != noted.link:
            raise StoreError(
                f"entry {noted.link.sequence + 1} and what follows stand after the signed end: others wrote them",
                where=where,
                do="see: pratique audit verify",
            )
        return noted


def _write(descriptor: int, line: bytes, size: int) -> int:
    """Write the line at ``size``: what stands torn there goes, a line break that is missing before it comes.

    Gives the new size. What a full disk leaves of it is taken back where that can be done.
    """
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        line = b"\n" + line
    os.ftruncate(descriptor, size)
    at = size
    try:
        while line:
            written = os.pwrite(descriptor, line, at)
            line, at = line[written:], at + written
        os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise
    return at
