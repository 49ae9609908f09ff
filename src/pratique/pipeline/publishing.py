"""The last steps of a release, and what is done about those that a crash kept from their end.

Staged files are copied first, then the statement is stored, then it is written to the target: readers believe nothing
else.
"""

import contextlib
import itertools
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from typing import BinaryIO

from pratique.crypto.dsse import open_envelope
from pratique.errors import RefusedError, StoreError
from pratique.gate import reopen
from pratique.model.release import RELEASE_FILE, Release, StagedFile
from pratique.pipeline.mover import Mover
from pratique.ports import Cleared
from pratique.runs import check_seals
from pratique.verify.statement import read_statement

_HASHERS = 2
"""Staged files that are hashed beside each other before they are published."""


def copy_files(mover: Mover, files: Sequence[StagedFile]) -> None:
    """Publish the finished files of a run, each exactly as the gate saw it."""
    whole = sum(file.size for file in files)
    done = 0
    with ThreadPoolExecutor(_HASHERS) as pool, contextlib.ExitStack() as opened:
        # Digests are taken ahead, beside each other; what is published is published in order.
        ahead: deque[tuple[StagedFile, BinaryIO, Future[Cleared]]] = deque()
        waiting = iter(files)
        while True:
            for file in itertools.islice(waiting, 2 * _HASHERS - len(ahead)):
                stream = opened.enter_context(mover.staging.open(file.staged))
                ahead.append((file, stream, pool.submit(reopen, stream, file)))
            if not ahead:
                return
            file, stream, cleared = ahead.popleft()
            mover.sink.publish(cleared.result())
            stream.close()
            done += file.size
            mover.progress("publish", done, whole)


def commit(mover: Mover, run: str, statement: bytes) -> None:
    """Log the release, then let it speak: what is out is in the log (after a crash maybe twice)."""
    digest = sha256(statement).hexdigest()
    mover.audit.append("release", mover.who, {"flow": mover.plan.flow, "run": run, "digest": digest})
    mover.sink.commit(f"{run}/{RELEASE_FILE}", statement)


def finish_publishing(mover: Mover) -> None:
    """Write the newest stored statement where a crash kept it from its target.

    Staging tells: it is cleared after the statement is out. So where it is empty and no statement is in the target, the
    release was out, and somebody has taken it away since; a statement without its files is not put there.
    """
    last = mover.store.last_release(mover.plan.flow)
    if last is None:
        return
    release = read_statement(open_envelope(last[1]).payload)
    files = list(mover.store.finished(release.run).values())
    if release.run in mover.store.purged(mover.plan.flow):
        # Its files are gone for good, or on their way: nothing of it is put there again.
        return
    if mover.sink.read(f"{release.run}/{RELEASE_FILE}") is not None:
        # Holds it against what is there, and takes away what a crash in the middle of it left.
        mover.sink.commit(f"{release.run}/{RELEASE_FILE}", last[1])
    elif is_staged(mover, release.run):
        _check_same_way(mover, release)
        check_seals(mover.keys, release.run, files)
        copy_files(mover, files)
        commit(mover, release.run, last[1])
    clear_staging(mover, files)


def _check_same_way(mover: Mover, release: Release) -> None:
    """A release that a crash held up goes where it was signed for, or nowhere."""
    route = None if mover.plan.route is None else mover.plan.route.name
    if (release.dataset, (release.route or {}).get("name")) != (mover.plan.target, route):
        raise RefusedError(
            f"release {release.sequence} is signed and not published, and the flow's target is another one now",
            where=f"flow {mover.plan.flow}",
            do="set the target back and run again: that publishes it",
        )


def sweep(mover: Mover) -> None:
    """Remove what killed processes left: in staging all that is in no finished part of a run that is not published, in
    quarantine what belongs to abandoned runs.
    """

    def keep() -> set[str]:
        flows = sorted({mover.plan.flow, *(flow.name for flow in mover.settings.flows.values())})
        runs = [run for run in map(mover.store.open_run, flows) if run is not None]
        # Of a release whose statement is stored and not yet written, the parts are the only proof of it.
        last = [found[1] for found in map(mover.store.last_release, flows) if found is not None]
        runs += [read_statement(open_envelope(statement).payload).run for statement in last]
        return {file.staged for run in runs for file in mover.store.finished(run).values()}

    mover.staging.sweep(keep)
    gone = set(mover.store.abandoned(mover.plan.flow))
    for run in mover.quarantine.runs(mover.plan.flow):
        # What no record says to be abandoned stays: the record itself may be lost.
        if run in gone:
            mover.quarantine.remove(mover.plan.flow, run)


def is_staged(mover: Mover, run: str) -> bool:
    """Whether everything that the run finished still lies in staging."""
    for file in mover.store.finished(run).values():
        try:
            mover.staging.open(file.staged).close()
        except StoreError:
            return False
    return True


def abandon(mover: Mover, run: str) -> None:
    """Forget an unfinished run that plan or inputs have overtaken: what it staged or copied is in no release."""
    files = list(mover.store.finished(run).values())
    # In this order: once the run is abandoned, nobody knows any more what it copied.
    mover.sink.remove([file.name for file in files])
    mover.store.abandon(run)
    clear_staging(mover, files)
    # Nothing of it was released, so the source holds all of it still.
    mover.quarantine.remove(mover.plan.flow, run)
    mover.audit.append("abandon", mover.who, {"flow": mover.plan.flow, "run": run, "parts": len(files)})


def clear_staging(mover: Mover, files: Sequence[StagedFile]) -> None:
    """Remove what is published or abandoned."""
    for file in files:
        mover.staging.remove(file.staged)
