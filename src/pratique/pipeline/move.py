"""Move: a flow from its source to a signed release, resumable after any crash.

The order of steps makes every crash harmless: a part counts as finished only when its staged bytes and its quarantine
are on disk; the statement is stored before it is published; readers believe the published statement only.
"""

import contextlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from pratique import __version__
from pratique.crypto.dsse import open_envelope, sign
from pratique.errors import KeyStoreError, PratiqueError, RefusedError, SourceError, StoreError, ThresholdError
from pratique.gate import believe
from pratique.model.classes import DataClass
from pratique.model.codec import canonical
from pratique.model.data import Input, Job, Part, PartId
from pratique.model.quarantine import HeldSet
from pratique.model.release import PAYLOAD_TYPE, RELEASE_FILE, InputState, StagedFile
from pratique.pipeline.mover import Mover
from pratique.pipeline.publishing import (
    abandon,
    clear_staging,
    commit,
    copy_files,
    finish_publishing,
    is_staged,
    sweep,
)
from pratique.pipeline.reading import check_unchanged, naming
from pratique.pipeline.results import RunReport
from pratique.runs import (
    assemble,
    by_field,
    check_inputs,
    check_quarantine,
    check_seals,
    hash_inputs,
    keyed_inputs,
    part_id,
    run_id,
    total,
)
from pratique.verify.statement import build_statement, read_statement


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
    with mover.store.hold(mover.plan.flow), contextlib.closing(mover.engine):
        try:
            return _move(mover, full=full)
        except (RefusedError, SourceError) as error:
            log_refusal(mover, error)
            raise


def _move(mover: Mover, *, full: bool) -> RunReport:
    plan = mover.plan
    finish_publishing(mover)
    sweep(mover)
    inputs = list(mover.source.inputs())
    identities = {item.number: mover.source.identity(item) for item in inputs}
    mover.engine.start()
    states = hash_inputs(mover.source, inputs, progress=lambda done: mover.progress("read inputs", done, None))
    for item in inputs:
        check_unchanged(mover.source, item, identities)
    known = {} if full else mover.store.inputs(plan.flow)
    fresh = check_inputs(known, states if full else _not_purged(mover, states), full=full)
    last = mover.store.last_release(plan.flow)
    if not fresh and last is not None:
        return report_of(mover, last[1], resumed=False, nothing_new=True)
    repeat = _repeat(mover, fresh, full=full)
    run = run_id(plan.hash, fresh, repeat)
    unfinished = mover.store.open_run(plan.flow)
    resumed = unfinished == run and is_staged(mover, run)
    if unfinished is not None and not resumed:
        abandon(mover, unfinished)
    # From here on an input's number is its place in the run, by which parts are named.
    numbers = {state.name: number for number, state in enumerate(fresh)}
    items = [replace(item, number=numbers[item.name]) for item in inputs if item.name in numbers]
    watched = {numbers[item.name]: identities[item.number] for item in inputs if item.name in numbers}
    parts = mover.store.parts(run) if resumed else _begin(mover, run, items, fresh, repeat)
    work_parts(mover, run, parts, watched)
    for item in items:
        check_unchanged(mover.source, item, watched)
    statement = release_run(mover, run, fresh)
    commit(mover, run, statement)
    clear_staging(mover, list(mover.store.finished(run).values()))
    return report_of(mover, statement, resumed=resumed, nothing_new=False)


def _not_purged(mover: Mover, states: Sequence[InputState]) -> list[InputState]:
    """The inputs less those of purged releases: what is past its time must not come back as a new release.

    Their names are forgotten; the releases' own keyed digests tell which they were.
    """
    purged = mover.store.purged(mover.plan.flow)
    if not purged:
        return list(states)
    releases = [read_statement(open_envelope(statement).payload) for statement in mover.store.releases(mover.plan.flow)]
    gone = {digest for release in releases if release.run in purged for digest in release.inputs}
    return [state for state in states if keyed_inputs(mover.keys, [state])[0] not in gone]


def log_refusal(mover: Mover, error: PratiqueError) -> None:
    """Write down that a run was refused, and what it had counted by then: no name of a field, no text of an error."""
    run = mover.store.open_run(mover.plan.flow)
    files = [] if run is None else mover.store.finished(run).values()
    read, held = sum(file.counts.read for file in files), Counter[str]()
    for file in files:
        held.update(file.counts.quarantined)
    if isinstance(error, ThresholdError):  # Of a run that was stopped, it knows of unfinished parts as well.
        read, held = error.read, Counter(error.quarantined)
    details = {
        "flow": mover.plan.flow,
        "plan": mover.plan.hash,
        "run": run or "",
        "kind": type(error).__name__,
        "read": read,
        "quarantined": dict(sorted(held.items())),
    }
    # The refusal stands even where the log cannot be written.
    with contextlib.suppress(StoreError, KeyStoreError):
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
    with naming(item), mover.source.open(item) as stream:
        ranges = list(mover.source_format.split(stream, size, mover.plan.part_size, mover.plan.source_format))
    return [Part(part_id(item.number, number), item, start, end) for number, (start, end) in enumerate(ranges)]


def work_parts(mover: Mover, run: str, parts: Sequence[Part], identities: Mapping[int, str]) -> None:
    """Work every part of a run that is not finished."""
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
        job = Job(mover.plan.hash, run, identities)
        mover.engine.map(left, job, progress=advance, finished=believe)


def release_run(mover: Mover, run: str, inputs: Sequence[InputState], replayed: Collection[HeldSet] = ()) -> bytes:
    """Hold the run against thresholds and route, make the statement, copy the cleared files, then store it, once.

    Nothing crosses the border before all that can refuse has been asked. ``replayed``: what a replay takes out of
    quarantine; it is held to no threshold, since it can only lessen what earlier runs hold.
    """
    plan = mover.plan
    files = finished_files(mover, run)
    counts = total(files)
    if not replayed:
        check_quarantine(plan, counts, by_field(plan, files))
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
        inputs=keyed_inputs(mover.keys, inputs),
        detectors=mover.detectors,
        key=mover.keys.exporter().key_id,
        audit_head=mover.audit.head,
        replays=tuple(sorted({one.run for one in replayed})),
    )
    statement = sign(PAYLOAD_TYPE, build_statement(release), mover.keys.exporter())
    copy_files(mover, files)
    mover.store.store_release(plan.flow, run, release.sequence, statement, replayed)
    return statement


def finished_files(mover: Mover, run: str) -> list[StagedFile]:
    """The finished file of every part of a run, in their order; `RefusedError` where one is not finished, or not what
    its worker sealed.
    """
    finished = mover.store.finished(run)
    parts = mover.store.parts(run)
    missing = [part.id for part in parts if part.id not in finished]
    if missing:
        raise RefusedError(f"{len(missing)} parts are not finished", where=f"flow {mover.plan.flow}", do="run it again")
    files = [finished[part.id] for part in parts]
    check_seals(mover.keys, run, files)
    return files


def report_of(mover: Mover, statement: bytes, *, resumed: bool, nothing_new: bool) -> RunReport:
    """What a release's statement says, for who ran it."""
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
