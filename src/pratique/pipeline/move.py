"""Move: a flow from its source to a signed release, resumable after any crash.

The order of steps makes every crash harmless: a part counts as finished only when its staged bytes and its quarantine
are on disk; the statement is stored before it is published; readers believe the published statement only.
"""

import contextlib
import itertools
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import BinaryIO

from pratique import __version__
from pratique.crypto.dsse import open_envelope, sign
from pratique.errors import PratiqueError, RefusedError, SourceError, StoreError
from pratique.gate import reopen
from pratique.model.classes import DataClass
from pratique.model.codec import canonical
from pratique.model.data import Input, Part, PartId
from pratique.model.paths import show_path
from pratique.model.plan import Plan
from pratique.model.policy import Settings
from pratique.model.release import PAYLOAD_TYPE, RELEASE_FILE, InputState, Release, StagedFile
from pratique.pipeline.results import RunReport
from pratique.pipeline.work import check_unchanged
from pratique.ports import AuditLog, Cleared, Engine, Format, KeyStore, RunStore, Sink, Source, StagingArea
from pratique.runs import assemble, check_inputs, check_share, hash_inputs, keyed_inputs, part_id, run_id, total
from pratique.verify.statement import build_statement, read_statement

_HASHERS = 2
"""Staged files that are hashed beside each other before they are published."""


@dataclass(frozen=True, slots=True)
class Mover:
    """All that the parent of a run needs."""

    settings: Settings
    plan: Plan
    source: Source
    source_format: Format
    sink: Sink
    store: RunStore
    staging: StagingArea
    keys: KeyStore
    audit: AuditLog
    engine: Callable[[str, Mapping[int, str]], Engine]
    """Run id, and what the source said of each input by its number, to the engine that works the parts of that run."""
    detectors: Mapping[str, str]
    who: str
    progress: Callable[[str, int, int | None], None] = lambda _label, _done, _total: None
    """Called with what is done, bytes done so far, and bytes in all."""


def move(mover: Mover, *, full: bool = False) -> RunReport:
    """Run the flow to its release.

    1. Take the flow's lock, list and hash the inputs, and leave out what an earlier release holds.
    2. Begin the run, or find it as it was begun before the last crash.
    3. Work every part that is not finished.
    4. Hold the whole against the flow's thresholds.
    5. Publish: copy the cleared files, then write ``release.json`` last.

    Raises `BusyError` if the flow is running already, `RefusedError` where a threshold, a route or an input stands
    against it, `SourceError` for an input that changes meanwhile, and whatever else a part's work raises. What was
    refused stands in the log.
    """
    with mover.store.hold(mover.plan.flow):
        try:
            return _move(mover, full=full)
        except (RefusedError, SourceError) as error:
            _log_refusal(mover, error)
            raise


def _move(mover: Mover, *, full: bool) -> RunReport:
    plan = mover.plan
    _finish_publishing(mover)
    _sweep(mover)
    inputs = list(mover.source.inputs())
    identities = {item.number: mover.source.identity(item) for item in inputs}
    states = hash_inputs(mover.source, inputs, progress=lambda done: mover.progress("read inputs", done, None))
    for item in inputs:
        check_unchanged(mover.source, item, identities)
    known = {} if full else mover.store.inputs(plan.flow)
    fresh = check_inputs(known, states, full=full)
    last = mover.store.last_release(plan.flow)
    if not fresh and last is not None:
        return _report(mover, last[1], resumed=False, nothing_new=True)
    repeat = _repeat(mover, fresh, full=full)
    run = run_id(plan.hash, fresh, repeat)
    unfinished = mover.store.open_run(plan.flow)
    resumed = unfinished == run and _is_staged(mover, run)
    if unfinished is not None and not resumed:
        _abandon(mover, unfinished)
    # From here on an input's number is its place in the run, by which parts are named.
    numbers = {state.name: number for number, state in enumerate(fresh)}
    items = [replace(item, number=numbers[item.name]) for item in inputs if item.name in numbers]
    watched = {numbers[item.name]: identities[item.number] for item in inputs if item.name in numbers}
    parts = mover.store.parts(run) if resumed else _begin(mover, run, items, fresh, repeat)
    _work(mover, run, parts, watched)
    for item in items:
        check_unchanged(mover.source, item, watched)
    statement = _release(mover, run, fresh)
    _commit(mover, run, statement)
    _clear_staging(mover, list(mover.store.finished(run).values()))
    return _report(mover, statement, resumed=resumed, nothing_new=False)


def _log_refusal(mover: Mover, error: PratiqueError) -> None:
    """Write down that a run was refused, and what it had counted by then: no name of a field, no text of an error."""
    run = mover.store.open_run(mover.plan.flow)
    files = [] if run is None else mover.store.finished(run).values()
    held: Counter[str] = Counter()
    for file in files:
        held.update(file.counts.quarantined)
    details = {
        "flow": mover.plan.flow,
        "plan": mover.plan.hash,
        "run": run or "",
        "kind": type(error).__name__,
        "read": sum(file.counts.read for file in files),
        "quarantined": dict(sorted(held.items())),
    }
    # The refusal stands even where the log cannot be written.
    with contextlib.suppress(StoreError):
        mover.audit.append("refusal", mover.who, details)


def _repeat(mover: Mover, fresh: Sequence[InputState], *, full: bool) -> int:
    """The repeat number: 0, or one more than the last full run; an unfinished full run keeps its number."""
    done = mover.store.repeats(mover.plan.flow)
    if not full:
        return done
    unfinished = mover.store.open_run(mover.plan.flow)
    if unfinished is not None and unfinished == run_id(mover.plan.hash, fresh, done):
        return done
    return done + 1


def _begin(mover: Mover, run: str, items: Sequence[Input], fresh: Sequence[InputState], repeat: int) -> Sequence[Part]:
    plan = mover.plan
    parts = [part for item in items for part in _parts(mover, item)]
    mover.store.store_plan(plan.hash, canonical(plan))
    # Logged first: no run is resumed that the log does not tell of (a crash may make it tell twice).
    mover.audit.append("run", mover.who, {"flow": plan.flow, "run": run, "plan": plan.hash, "parts": len(parts)})
    mover.store.begin(plan.flow, run, plan.hash, fresh, parts, repeat)
    return parts


def _parts(mover: Mover, item: Input) -> list[Part]:
    size = None if item.compression else item.size
    with mover.source.open(item) as stream:
        ranges = list(mover.source_format.split(stream, size, mover.plan.part_size, mover.plan.source_format))
    return [Part(part_id(item.number, number), item, start, end) for number, (start, end) in enumerate(ranges)]


def _work(mover: Mover, run: str, parts: Sequence[Part], identities: Mapping[int, str]) -> None:
    finished = mover.store.finished(run)
    left = [part.id for part in parts if part.id not in finished]
    sizes = {part.id: (part.end or part.input.size) - part.start for part in parts}
    whole = sum(sizes.values())
    done = sum(sizes[name] for name in finished)
    mover.progress("treat and gate", done, whole)

    def advance(_part: PartId, count: int) -> None:
        nonlocal done
        done += count
        mover.progress("treat and gate", min(done, whole), whole)

    if left:
        mover.engine(run, identities).map(left, progress=advance)


def _release(mover: Mover, run: str, fresh: Sequence[InputState]) -> bytes:
    """Hold the run against thresholds and route, make the statement, copy the cleared files, then store it, once.

    Nothing crosses the border before all that can refuse has been asked.
    """
    plan = mover.plan
    files = _finished(mover, run)
    counts = total(files)
    check_share(plan, counts, _by_field(plan, files))
    last = mover.store.last_release(plan.flow)
    release = assemble(
        plan,
        exporter=mover.settings.name,
        run=run,
        files=files,
        counts=counts,
        sequence=1 if last is None else last[0] + 1,
        previous="" if last is None else sha256(open_envelope(last[1]).payload).hexdigest(),
        at=datetime.now(UTC).replace(microsecond=0).isoformat(),
        code=__version__,
        inputs=keyed_inputs(mover.keys, fresh),
        detectors=mover.detectors,
        key=mover.keys.exporter().key_id,
        audit_head=mover.audit.head,
    )
    statement = sign(PAYLOAD_TYPE, build_statement(release), mover.keys.exporter())
    _copy(mover, files)
    mover.store.store_release(plan.flow, run, release.sequence, statement)
    return statement


def _finished(mover: Mover, run: str) -> list[StagedFile]:
    finished = mover.store.finished(run)
    parts = mover.store.parts(run)
    missing = [part.id for part in parts if part.id not in finished]
    if missing:
        raise RefusedError(f"{len(missing)} parts are not finished", where=f"flow {mover.plan.flow}", do="run it again")
    return [finished[part.id] for part in parts]


def _by_field(plan: Plan, files: Sequence[StagedFile]) -> dict[str, int]:
    """Quarantined records by field, named: for the terminal of a person in the exporter's region."""
    names = {f"#{number}": show_path(step.path) for number, step in enumerate(plan.steps, start=1)}
    held: Counter[str] = Counter()
    for file in files:
        for number, count in file.held.items():
            held[names.get(number, number)] += count
    return dict(held)


def _copy(mover: Mover, files: Sequence[StagedFile]) -> None:
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


def _commit(mover: Mover, run: str, statement: bytes) -> None:
    """Log the release, then let it speak: what is out is in the log (after a crash maybe twice)."""
    digest = sha256(statement).hexdigest()
    mover.audit.append("release", mover.who, {"flow": mover.plan.flow, "run": run, "digest": digest})
    mover.sink.commit(f"{run}/{RELEASE_FILE}", statement)


def _finish_publishing(mover: Mover) -> None:
    """Write the newest stored statement where a crash kept it from its target.

    Staging tells: it is cleared after the statement is out. So where it is empty and no statement is in the target, the
    release was out, and somebody has taken it away since; a statement without its files is not put there.
    """
    last = mover.store.last_release(mover.plan.flow)
    if last is None:
        return
    release = read_statement(open_envelope(last[1]).payload)
    files = list(mover.store.finished(release.run).values())
    if mover.sink.read(f"{release.run}/{RELEASE_FILE}") is not None:
        # Holds it against what is there, and takes away what a crash in the middle of it left.
        mover.sink.commit(f"{release.run}/{RELEASE_FILE}", last[1])
    elif _is_staged(mover, release.run):
        _check_same_way(mover, release)
        _copy(mover, files)
        _commit(mover, release.run, last[1])
    _clear_staging(mover, files)


def _check_same_way(mover: Mover, release: Release) -> None:
    """A release that a crash held up goes where it was signed for, or nowhere."""
    route = None if mover.plan.route is None else mover.plan.route.name
    if (release.dataset, (release.route or {}).get("name")) != (mover.plan.target, route):
        raise RefusedError(
            f"release {release.sequence} is signed and not published, and the flow's target is another one now",
            where=f"flow {mover.plan.flow}",
            do="set the target back and run again: that publishes it",
        )


def _sweep(mover: Mover) -> None:
    """Remove what killed processes left in staging: all that is in no finished part of a run that is not published."""

    def keep() -> set[str]:
        flows = sorted({mover.plan.flow, *(flow.name for flow in mover.settings.flows.values())})
        runs = [run for run in map(mover.store.open_run, flows) if run is not None]
        # Of a release whose statement is stored and not yet written, the parts are the only proof of it.
        last = [found[1] for found in map(mover.store.last_release, flows) if found is not None]
        runs += [read_statement(open_envelope(statement).payload).run for statement in last]
        return {file.staged for run in runs for file in mover.store.finished(run).values()}

    mover.staging.sweep(keep)


def _is_staged(mover: Mover, run: str) -> bool:
    """Whether everything that the run finished still lies in staging."""
    for file in mover.store.finished(run).values():
        try:
            mover.staging.open(file.staged).close()
        except StoreError:
            return False
    return True


def _abandon(mover: Mover, run: str) -> None:
    """Forget an unfinished run that plan or inputs have overtaken: what it staged or copied is in no release."""
    files = list(mover.store.finished(run).values())
    # In this order: once the run is abandoned, nobody knows any more what it copied.
    mover.sink.remove([file.name for file in files])
    mover.store.abandon(run)
    _clear_staging(mover, files)
    mover.audit.append("abandon", mover.who, {"flow": mover.plan.flow, "run": run, "parts": len(files)})


def _clear_staging(mover: Mover, files: Sequence[StagedFile]) -> None:
    for file in files:
        mover.staging.remove(file.staged)


def _report(mover: Mover, statement: bytes, *, resumed: bool, nothing_new: bool) -> RunReport:
    release = read_statement(open_envelope(statement).payload)
    return RunReport(
        flow=release.flow,
        run=release.run,
        nothing_new=nothing_new,
        resumed=resumed,
        release_path=f"{release.run}/{RELEASE_FILE}",
        counts=release.counts,
        files=len(release.files),
        bytes=sum(file.size for file in release.files),
        parts=len(mover.store.parts(release.run)),
        data_class=DataClass(release.data_class),
        sequence=release.sequence,
        target=release.dataset,
    )
