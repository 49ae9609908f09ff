"""Replay: what was held back, treated again after a fix, as a release of its own.

Exactly once, whatever is killed when: what a replay takes out of quarantine is recorded in the commit that stores its
release, and before that commit nothing of it counts. What fails again is sealed again, in the replay's own quarantine.
"""

import contextlib
import hashlib
from collections.abc import Collection, Sequence
from typing import Final

from pratique.errors import RefusedError, SourceError
from pratique.model.codec import canonical
from pratique.model.data import Input, Part
from pratique.model.plan import read_plan
from pratique.model.release import InputState
from pratique.pipeline.held import HeldFile, Selection, select
from pratique.pipeline.move import finished_files, log_refusal, release_run, report_of, work_parts
from pratique.pipeline.mover import Mover
from pratique.pipeline.publishing import (
    abandon,
    clear_staging,
    commit,
    finish_publishing,
    is_staged,
    sweep,
)
from pratique.pipeline.results import ReplayReport
from pratique.ports import RunStore
from pratique.runs import RUN_ID_LENGTH, by_field, held_by, part_id, total

REPLAY_DOMAIN: Final = "pratique/replay/1"
"""What the words that a replay's id is the hash of begin with."""
_LOGGED: Final = 200
"""Runs that the audit log names of a replay; the statement names all."""


def replay(mover: Mover, *, runs: Collection[str] = (), rules: Collection[str] = ()) -> ReplayReport:
    """Treat again what released runs of the flow hold, under the plan as it is now, and release what passes.

    1. Take the flow's lock, and finish what a crash left.
    2. Choose the records: of ``runs`` and ``rules`` where they are given, and never what was replayed before.
    3. Work them like a run: the same kernel, gate, sequence and statement, which says of which runs it is a replay.
    4. Where nothing passes, release nothing, and leave every record where it was.

    Raises `BusyError` if the flow is running, `RefusedError` where a run is unfinished, a route is closed or nothing
    passes, `KeyStoreError` for a key that does not open the quarantine, `StoreError` for a file that was altered.
    """
    with mover.store.hold(mover.plan.flow), contextlib.closing(mover.engine):
        try:
            return _replay(mover, runs, rules)
        except (RefusedError, SourceError) as error:
            log_refusal(mover, error)
            raise


def replayed_parts(selection: Selection) -> list[Part]:
    """A part for each file, in their order. Its input has no name: it is none of the source."""
    return [
        Part(part_id(number, 0), Input("", number, file.records), 0, None)
        for number, file in enumerate(selection.files)
    ]


def replay_id(plan_hash: str, files: Sequence[HeldFile]) -> str:
    """The id of the replay of these files under this plan."""
    words = [REPLAY_DOMAIN, plan_hash, [[file.run, file.part, file.digest, list(file.rules)] for file in files]]
    return hashlib.sha256(canonical(words)).hexdigest()[:RUN_ID_LENGTH]


def is_replay(store: RunStore, run: str) -> bool:
    """Whether a run is a replay."""
    parts = store.parts(run)
    return bool(parts) and not any(part.input.name for part in parts)


def _replay(mover: Mover, runs: Collection[str], rules: Collection[str]) -> ReplayReport:
    plan, store = mover.plan, mover.store
    finish_publishing(mover)
    sweep(mover)
    selection = select(store, mover.quarantine, plan.flow, runs, rules)
    if not selection.files:
        return ReplayReport(None, (), selection.cut, selection.gone, selection.foreign)
    _check_formats(mover, selection)
    run = replay_id(plan.hash, selection.files)
    unfinished = store.open_run(plan.flow)
    if unfinished not in (None, run) and not is_replay(store, str(unfinished)):
        raise RefusedError(
            "a run is unfinished, and goes first", where=f"flow {plan.flow}", do=f"run: pratique run {plan.flow}"
        )
    resumed = unfinished == run and is_staged(mover, run)
    if unfinished is not None and not resumed:
        abandon(mover, unfinished)
    if not resumed:
        _begin(mover, run, selection)
    work_parts(mover, run, replayed_parts(selection), {})
    worked = finished_files(mover, run)
    if not total(worked).written:
        abandon(mover, run)
        raise RefusedError(
            f"none of {selection.records} records passes, so all of them stay where they are "
            f"({held_by(total(worked), by_field(plan, worked))})",
            where=f"flow {plan.flow}",
            do=f"look with: pratique quarantine list {plan.flow}",
        )
    states = [InputState("", number, file.records, file.digest) for number, file in enumerate(selection.files)]
    statement = release_run(mover, run, states, selection.sets)
    commit(mover, run, statement)
    clear_staging(mover, list(store.finished(run).values()))
    report = report_of(mover, statement, resumed=resumed, nothing_new=False)
    of = tuple(dict.fromkeys(file.run for file in selection.files))
    return ReplayReport(report, of, selection.cut, selection.gone, selection.foreign)


def _check_formats(mover: Mover, selection: Selection) -> None:
    """What was held of another format cannot be read as the source's format of today."""
    now = mover.plan.source_format.name
    for run in {file.run for file in selection.files}:
        document = mover.store.plan(mover.store.plan_of(run) or "")
        then = now if document is None else read_plan(document).source_format.name
        if then != now:
            raise RefusedError(
                f"its records were held as {then}, and the source is {now} now",
                where=f"flow {mover.plan.flow}, run {run}",
                do="set the source's format back for the replay",
            )


def _begin(mover: Mover, run: str, selection: Selection) -> None:
    plan = mover.plan
    parts = replayed_parts(selection)
    mover.store.store_plan(plan.hash, canonical(plan))
    of = sorted({file.run for file in selection.files})
    details = {"flow": plan.flow, "run": run, "plan": plan.hash, "parts": len(parts), "replays": of[:_LOGGED]}
    mover.audit.append("run", mover.who, details)
    mover.store.begin(plan.flow, run, plan.hash, (), parts, mover.store.repeats(plan.flow))
