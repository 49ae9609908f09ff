"""Move: a flow from its source to a signed release, resumable after any crash.

The order of steps makes every crash harmless: a part counts as finished only when its staged bytes and its quarantine
are on disk; the statement is stored before it is published; readers believe the published statement only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from pratique import __version__
from pratique.crypto.dsse import open_envelope, sign
from pratique.errors import RefusedError, StoreError
from pratique.gate import reopen
from pratique.model.classes import DataClass
from pratique.model.codec import canonical
from pratique.model.data import Input, Part, PartId
from pratique.model.plan import Plan
from pratique.model.policy import Settings
from pratique.model.release import PAYLOAD_TYPE, RELEASE_FILE, InputState, Release, StagedFile
from pratique.pipeline.results import RunReport
from pratique.ports import AuditLog, Engine, Format, KeyStore, RunStore, Sink, Source, StagingArea
from pratique.runs import assemble, check_inputs, check_share, hash_inputs, keyed_inputs, run_id, total
from pratique.verify.statement import build_statement, read_statement


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
    engine: Callable[[str], Engine]
    """Run id to the engine that works the parts of that run."""
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
    against it, and whatever a part's work raises.
    """
    plan = mover.plan
    with mover.store.hold(plan.flow):
        _sweep(mover)
        _finish_publishing(mover)
        inputs = list(mover.source.inputs())
        states = hash_inputs(mover.source, inputs, progress=lambda done: mover.progress("read inputs", done, None))
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
        parts = mover.store.parts(run) if resumed else _begin(mover, run, inputs, fresh, repeat)
        _work(mover, run, parts)
        statement = _release(mover, run, fresh)
        _commit(mover, run, statement)
        _clear_staging(mover, list(mover.store.finished(run).values()))
        return _report(mover, statement, resumed=resumed, nothing_new=False)


def _repeat(mover: Mover, fresh: Sequence[InputState], *, full: bool) -> int:
    """The repeat number: 0, or one more than the last full run; an unfinished full run keeps its number."""
    done = mover.store.repeats(mover.plan.flow)
    if not full:
        return done
    unfinished = mover.store.open_run(mover.plan.flow)
    if unfinished is not None and unfinished == run_id(mover.plan.hash, fresh, done):
        return done
    return done + 1


def _begin(mover: Mover, run: str, inputs: Sequence[Input], fresh: Sequence[InputState], repeat: int) -> Sequence[Part]:
    plan = mover.plan
    wanted = {state.name: number for number, state in enumerate(fresh)}
    parts: list[Part] = []
    for item in inputs:
        if item.name in wanted:
            parts.extend(_parts(mover, replace(item, number=wanted[item.name])))
    mover.store.store_plan(plan.hash, canonical(plan))
    mover.store.begin(plan.flow, run, plan.hash, fresh, parts, repeat)
    mover.audit.append("run", mover.who, {"flow": plan.flow, "run": run, "plan": plan.hash, "parts": len(parts)})
    return parts


def _parts(mover: Mover, item: Input) -> list[Part]:
    size = None if item.compression else item.size
    with mover.source.open(item) as stream:
        ranges = list(mover.source_format.split(stream, size, mover.plan.part_size, mover.plan.source_format))
    return [
        Part(PartId(f"{item.number:05d}-{number:05d}"), item, start, end) for number, (start, end) in enumerate(ranges)
    ]


def _work(mover: Mover, run: str, parts: Sequence[Part]) -> None:
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
        mover.engine(run).map(left, progress=advance)


def _release(mover: Mover, run: str, fresh: Sequence[InputState]) -> bytes:
    """Hold the run against its thresholds, copy the cleared files, then make and store the statement, once."""
    plan = mover.plan
    files = _finished(mover, run)
    counts = total(files)
    check_share(plan, counts)
    _copy(mover, files)
    last = mover.store.last_release(plan.flow)
    release: Release = assemble(
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
    mover.store.store_release(plan.flow, run, release.sequence, statement)
    return statement


def _finished(mover: Mover, run: str) -> list[StagedFile]:
    finished = mover.store.finished(run)
    parts = mover.store.parts(run)
    missing = [part.id for part in parts if part.id not in finished]
    if missing:
        raise RefusedError(f"{len(missing)} parts are not finished", where=f"flow {mover.plan.flow}", do="run it again")
    return [finished[part.id] for part in parts]


def _copy(mover: Mover, files: Sequence[StagedFile]) -> None:
    whole = sum(file.size for file in files)
    done = 0
    for file in files:
        with mover.staging.open(file.staged) as stream:
            mover.sink.publish(reopen(stream, file))
        done += file.size
        mover.progress("publish", done, whole)


def _commit(mover: Mover, run: str, statement: bytes) -> None:
    """Log the release, then let it speak: none is out that the log does not tell of (a crash may make it tell twice)."""
    digest = sha256(statement).hexdigest()
    mover.audit.append("release", mover.who, {"flow": mover.plan.flow, "run": run, "digest": digest})
    mover.sink.commit(f"{run}/{RELEASE_FILE}", statement)


def _finish_publishing(mover: Mover) -> None:
    """Write the newest stored statement where a crash kept it from its target; its files were copied before."""
    last = mover.store.last_release(mover.plan.flow)
    if last is None:
        return
    run = read_statement(open_envelope(last[1]).payload).run
    if mover.sink.read(f"{run}/{RELEASE_FILE}") is None:
        _commit(mover, run, last[1])
    else:
        # Holds it against what is there, and takes away what a crash in the middle of it left.
        mover.sink.commit(f"{run}/{RELEASE_FILE}", last[1])


def _sweep(mover: Mover) -> None:
    """Remove what killed processes left in staging: all that is in no finished part of an unfinished run."""

    def keep() -> set[str]:
        flows = {mover.plan.flow, *(flow.name for flow in mover.settings.flows.values())}
        runs = [run for run in map(mover.store.open_run, sorted(flows)) if run is not None]
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
