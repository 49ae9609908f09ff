"""Purge: what is past its time goes, and a signed record of it stays.

Crash-safe: a release is recorded as purged, told in the log and marked in its target before its first file goes; of all
else the log is told first. So a process that is killed leaves either what was there, or a record that names it; what is
still there of it goes the next time.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from pratique.assembly.parts import Assembly
from pratique.assembly.retention import Kept, look, past, retention_of, staged
from pratique.crypto.dsse import open_envelope, sign
from pratique.errors import BusyError, SinkError
from pratique.model.purge import PURGE_FILE, PURGE_VERSION, PurgeRecord
from pratique.model.release import PAYLOAD_TYPE, RELEASE_FILE
from pratique.pipeline.results import PurgeItem, PurgeReport
from pratique.verify.purged import build_purge

Progress = Callable[[str, int, int | None], None]
_MOST = 200
"""Names in one entry of the log."""


def now() -> datetime:
    """The time that purging goes by."""
    return datetime.now(UTC)


def _silent(_label: str, _done: int, _whole: int | None) -> None:
    """Show no progress."""


def purge(assembly: Assembly, *, dry_run: bool = False, progress: Progress = _silent) -> PurgeReport:
    """Remove what is past its time in every region that keeps something, or only say what would go.

    Raises `RefusedError` where the clock went back, `VerifyError` where a log is not whole, `BusyError` after all else
    is done where a flow is being run or a database read just then.
    """
    at = now()
    items: list[PurgeItem] = []
    busy: BusyError | None = None
    # The clock and every log are asked before anything goes.
    looked = [(region, look(assembly, region, at)) for region in _regions(assembly)]
    due = [(region, kept, past(assembly, region, kept, at)) for region, kept in looked]
    whole, done = sum(item.size for _, _, found in due for item in found), 0
    for region, kept, found in due:
        items += found
        if not dry_run and found:
            progress("purge", done, whole)
            try:
                _Purge(assembly, region, kept, at).all(found)
            except BusyError as error:
                busy = error
            done += sum(item.size for item in found)
            progress("purge", done, whole)
    if busy is not None:
        raise busy
    return PurgeReport(dry_run, at.replace(microsecond=0).isoformat(), items)


def _regions(assembly: Assembly) -> list[str]:
    return [region for region in assembly.settings.regions if assembly.state(region).exists()]


class _Purge:
    """One purge of one region."""

    def __init__(self, assembly: Assembly, region: str, kept: Kept, at: datetime) -> None:
        self._assembly = assembly
        self._region = region
        self._kept = kept
        self._at = at.replace(microsecond=0).isoformat()
        self._store = assembly.runs(region)
        self._ledger = assembly.ledger(region)
        self._audit = assembly.audit(region)

    def all(self, items: Sequence[PurgeItem]) -> None:
        """Every item; those of a flow that is being run are left, and said so at the end."""
        busy: BusyError | None = None
        for (what, of), group in groupby(items, lambda item: (item.what, item.of)):
            some = list(group)
            try:
                with self._store.hold(of) if what in ("release", "quarantine") else contextlib.nullcontext():
                    getattr(self, f"_{what}")(some)
            except BusyError as error:
                busy = error
        self._ledger.scrub()
        if busy is not None:
            raise busy

    def _release(self, items: Sequence[PurgeItem]) -> None:
        for item in items:
            release = self._kept.releases[item.name]
            target = self._assembly.settings.datasets[release.dataset]
            record = self._store.store_purge(item.of, item.name, self._record(item))
            digest = hashlib.sha256(record).hexdigest()
            if digest not in self._kept.told:
                told = {
                    "flow": item.of,
                    "run": item.name,
                    "sequence": release.sequence,
                    "record": digest,
                    "files": len(release.files),
                    "records": release.counts.written,
                }
                self._tell("release", item, told)
            sink = self._assembly.sink(target)
            if sink.read(f"{item.name}/{RELEASE_FILE}") is not None:
                sink.commit(f"{item.name}/{PURGE_FILE}", record)
            sink.remove([file.name for file in release.files])
            self._ledger.forget_run(item.name)

    def _record(self, item: PurgeItem) -> bytes:
        """The signed record of a release's purge."""
        release = self._kept.releases[item.name]
        if item.name in self._kept.purged:
            return self._kept.purged[item.name]
        keys = self._assembly.keys(self._region)
        span, whose = retention_of(self._assembly, release)
        record = PurgeRecord(
            version=PURGE_VERSION,
            exporter=release.exporter,
            flow=release.flow,
            dataset=release.dataset,
            run=release.run,
            sequence=release.sequence,
            release=hashlib.sha256(open_envelope(self._kept.statements[item.name]).payload).hexdigest(),
            released=release.at,
            retention=span,
            retention_of=whose,
            due=item.due,
            purged=self._at,
            files=len(release.files),
            size=sum(file.size for file in release.files),
            records=release.counts.written,
            key=keys.exporter().key_id,
        )
        return sign(PAYLOAD_TYPE, build_purge(record), keys.exporter())

    def _restored(self, items: Sequence[PurgeItem]) -> None:
        folder = self._assembly.folder(self._assembly.settings.datasets[items[0].of])
        for some in _chunks(items):
            names = [item.name for item in some]
            self._tell("restored", some[0], {"dataset": some[0].of, "names": names, "size": sum(i.size for i in some)})
            for name in names:
                _unlink(folder / name, f"dataset {some[0].of}")

    def _quarantine(self, items: Sequence[PurgeItem]) -> None:
        store = self._assembly.quarantine(self._region)
        for item in items:
            told = {"flow": item.of, "run": item.name, "files": item.files, "size": item.size}
            self._tell("quarantine", item, told | {"counts": dict(store.counts(item.of, item.name))})
            store.remove(item.of, item.name)

    def _scan(self, items: Sequence[PurgeItem]) -> None:
        rows = {row.digest: row for row in self._kept.scans if row.owner == items[0].of}
        for some in _chunks(items):
            digests = [item.name for item in some]
            self._tell("scan", some[0], {"dataset": some[0].of, "scans": digests})
            self._ledger.drop_scans([rows[digest] for digest in digests], self._at.encode())

    def _plan(self, items: Sequence[PurgeItem]) -> None:
        for some in _chunks(items):
            names = [item.name for item in some]
            self._tell("plan", some[0], {"flow": some[0].of, "plans": names})
            self._ledger.drop_plans(names)

    def _staging(self, items: Sequence[PurgeItem]) -> None:
        self._tell("staging", items[0], {"region": self._region, "files": items[0].files})
        self._assembly.staging(self._region).sweep(lambda: staged(self._assembly, self._region, self._kept))

    def _tell(self, what: str, item: PurgeItem, details: dict[str, object]) -> None:
        rule = {"rule": item.rule, "since": item.since, "due": item.due} if item.rule else {}
        self._audit.append("purge", self._assembly.who, {"what": what, **details, **rule})


def _chunks(items: Sequence[PurgeItem]) -> Iterator[Sequence[PurgeItem]]:
    for start in range(0, len(items), _MOST):
        yield items[start : start + _MOST]


def _unlink(path: Path, where: str) -> None:
    """Remove a file of a restricted dataset, unless a process that restores writes it just now."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SinkError(f"cannot be removed: {error.strerror}", where=where) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)
    except BlockingIOError:
        raise BusyError("a re-identification writes just now", where=where, do="run: pratique purge, again") from None
    except OSError as error:
        raise SinkError(f"cannot be removed: {error.strerror}", where=where) from None
    finally:
        os.close(descriptor)
