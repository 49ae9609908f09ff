"""Quarantine: what is held, record by record for whoever has its key, and its replay after a fix."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from pratique.assembly.flows import compile_flow, flow_of
from pratique.assembly.parts import Assembly
from pratique.assembly.samples import check_may_reveal
from pratique.assembly.worker import Work, make_shop
from pratique.crypto.seal import UnsealKey, load_unseal_key
from pratique.engines.local import SingleEngine
from pratique.errors import ConfigError, KeyStoreError, PolicyError, RefusedError, StoreError
from pratique.gate import Witness
from pratique.keys import keys_path
from pratique.model.data import Job, PartId
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Plan, read_plan
from pratique.model.policy import Flow
from pratique.model.quarantine import CUT, FOREIGN, Entry, HeldSet
from pratique.model.release import NEW_FIELD
from pratique.pipeline.held import HeldReader, released_runs, select
from pratique.pipeline.mover import Mover
from pratique.pipeline.replay import replay, replay_id, replayed_parts
from pratique.pipeline.results import Held, HeldRecord, HeldState, ReplayReport
from pratique.pipeline.work import work_part
from pratique.quarantine import read
from pratique.runs import named, seal_part

Progress = Callable[[str, int, int | None], None]


def list_held(assembly: Assembly, name: str | None) -> list[Held]:
    """What is in quarantine, of one flow or of all, by run, rule and field; without any key."""
    names = [name] if name is not None else list(assembly.settings.flows)
    return [row for flow in names for row in _held_of(assembly, flow_of(assembly, flow))]


def _held_of(assembly: Assembly, flow: Flow) -> list[Held]:
    region = assembly.settings.datasets[flow.source].region
    if region not in assembly.settings.keys or not assembly.state(region).exists():
        return []
    store, quarantine = assembly.runs(region), assembly.quarantine(region)
    released = {run: number for number, run in enumerate(released_runs(store, flow.name), start=1)}
    done, gone = store.replayed(flow.name), set(store.abandoned(flow.name))
    superseded = set(store.superseded(flow.name)) & released.keys()
    runs = [run for run in quarantine.runs(flow.name) if run not in gone]
    found: list[Held] = []
    for run in sorted(runs, key=lambda run: (released.get(run, len(released) + 1), run)):
        rows: Counter[tuple[str, str, str]] = Counter()
        for told in quarantine.summaries(flow.name, run):
            for rule, count in told.counts.items():
                by = done.get(HeldSet(run, PartId(told.part), rule), "")
                fields = told.fields.get(rule, {})
                rows.update({(by, rule, field): n for field, n in fields.items()})
                rows[by, rule, ""] += count - sum(fields.values())
        plan = _plan_of(assembly, region, run)
        for (by, rule, field), count in sorted(rows.items()):
            if count:
                state = HeldState.SUPERSEDED if run in superseded else _state(run, rule, by, released)
                shown = next(iter(named(plan, {field: 1}))) if plan is not None else field
                found.append(Held(flow.name, run, released.get(run), rule, shown, count, state, by))
    return found


def _state(run: str, rule: str, by: str, released: Collection[str]) -> HeldState:
    if run not in released:
        return HeldState.UNRELEASED
    if by:
        return HeldState.REPLAYED
    return {CUT: HeldState.CUT, FOREIGN: HeldState.FOREIGN}.get(rule, HeldState.HELD)


def _plan_of(assembly: Assembly, region: str, run: str) -> Plan | None:
    """The plan of a run, for the names of its fields; None where it is not stored any more."""
    store = assembly.runs(region)
    document = store.plan(store.plan_of(run) or "")
    try:
        return None if document is None else read_plan(document)
    except PolicyError:
        return None


def show_held(
    assembly: Assembly,
    name: str,
    *,
    run: str,
    rules: Collection[str],
    limit: int,
    key: Path | None,
    reason: str | None,
) -> list[HeldRecord]:
    """The first ``limit`` held records of a flow, newest run first, each with its rule and its field.

    Needs the private key of the quarantine. A field that the plan does not know is not named. With ``reason`` the
    records come with their original bytes, and with every name: to a person in the data's own region, on record in the
    audit log before anything is given. Raises `RefusedError`, `KeyStoreError`.
    """
    flow = flow_of(assembly, name)
    region = assembly.settings.datasets[flow.source].region
    private = private_key(assembly, region, key)
    runs = [resolve(assembly, flow, run)] if run else _newest_first(assembly, flow, region)
    found = list(islice(_records(assembly, flow, region, runs, rules, private), limit))
    if reason is None:
        return [one for one, _ in found]
    where = f"flow {name}"
    if not reason.strip():
        raise RefusedError(
            "values are shown for a reason only", where=where, do="say why with --reason: it goes into the audit log"
        )
    check_may_reveal(assembly, region, where)
    shown = sorted({one.run for one, _ in found})
    details = {"flow": name, "runs": shown[:100], "rules": sorted(rules)[:100], "count": len(found), "reason": reason}
    assembly.audit(region).append("reveal", assembly.who, details)
    return [
        dataclasses.replace(one, field=show_path(entry.path) if entry.path else "", original=entry.original)
        for one, entry in found
    ]


def _newest_first(assembly: Assembly, flow: Flow, region: str) -> list[str]:
    store, quarantine = assembly.runs(region), assembly.quarantine(region)
    released = released_runs(store, flow.name)
    there = set(quarantine.runs(flow.name)) - set(store.abandoned(flow.name))
    return [*sorted(there - set(released)), *(run for run in reversed(released) if run in there)]


def _records(
    assembly: Assembly, flow: Flow, region: str, runs: Sequence[str], rules: Collection[str], private: UnsealKey
) -> Iterator[tuple[HeldRecord, Entry]]:
    quarantine = assembly.quarantine(region)
    done = assembly.runs(region).replayed(flow.name)
    for run in runs:
        plan = _plan_of(assembly, region, run)
        for told in quarantine.summaries(flow.name, run):
            part = PartId(told.part)
            for entry in read(quarantine.path(flow.name, run, part), private):
                if not rules or entry.rule in rules:
                    by = done.get(HeldSet(run, part, entry.rule), "")
                    size = len(entry.original) if entry.size is None else entry.size
                    field = _field(plan, entry.path)
                    yield HeldRecord(flow.name, run, part, entry.ordinal, entry.rule, field, size, by), entry


def _field(plan: Plan | None, path: FieldPath | None) -> str:
    """The field's name where the plan knows it; what it does not know may be a value that became a name."""
    if not path:
        return ""
    known = plan is not None and any(step.path[: len(path)] == path for step in plan.steps)
    return show_path(path) if known else NEW_FIELD


def resolve(assembly: Assembly, flow: Flow, run: str) -> str:
    """A run of which something is in quarantine, by its id or the beginning of it; `ConfigError` where that is no one's
    or several's.
    """
    region = assembly.settings.datasets[flow.source].region
    runs = assembly.quarantine(region).runs(flow.name)
    found = [one for one in runs if one == run] or [one for one in runs if run and one.startswith(run)]
    if len(found) != 1:
        what = "holds nothing in quarantine" if not found else "could be several"
        do = f"see: pratique quarantine list {flow.name}"
        raise ConfigError(f"a run that begins like this {what}", where=f"flow {flow.name}", do=do)
    return found[0]


def private_key(assembly: Assembly, region: str, path: Path | None) -> UnsealKey:
    """The key that opens the region's quarantine: the file ``path``, or the one that `keys create` made.

    Raises `KeyStoreError` where it is not there or is not this quarantine's.
    """
    if path is None:
        keyset = keys_path(assembly.settings.keys[region], assembly.root)
        path = keyset.with_name(f"{keyset.stem}.quarantine.pem")
    if not path.exists():
        raise KeyStoreError(
            "the private key of the quarantine is not here", where=str(path), do="say where it is: --key FILE"
        )
    key = load_unseal_key(path)
    if key.public != assembly.keys(region).quarantine_public():
        raise KeyStoreError("is not the key of this region's quarantine", where=str(path))
    return key


def replay_flow(
    assembly: Assembly,
    name: str,
    *,
    run: str,
    rules: Collection[str],
    key: Path | None,
    today: date,
    progress: Progress,
) -> ReplayReport:
    """Compile the flow as it stands now, and treat again what it holds; see `pratique.pipeline.replay.replay`."""
    plan, _ = compile_flow(assembly, name, today)
    settings, region = assembly.settings, plan.source_region
    runs = [resolve(assembly, flow_of(assembly, name), run)] if run else []
    private = private_key(assembly, region, key)
    store, quarantine = assembly.runs(region), assembly.quarantine(region)

    def opened(of: str, part: PartId) -> Iterator[Entry]:
        return read(quarantine.path(name, of, part), private)

    def work_of(job: Job) -> Work:
        selection = select(store, quarantine, name, runs, rules)
        if replay_id(plan.hash, selection.files) != job.run:
            raise StoreError("the quarantine changed since the replay began", where=f"flow {name}", do="try again")
        parts = {part.id: part for part in replayed_parts(selection)}
        keys = assembly.keys(plan.source_region)
        files = dict(zip(parts, selection.files, strict=True))
        form = assembly.formats[plan.source_format.name]
        reader = HeldReader(name, files, quarantine, opened, form, plan.source_format, plan.schema)
        shop = make_shop(assembly, plan, job.run, today, reader=reader, limit=None)

        def work(part: PartId, tell: Callable[[int], None]) -> Witness | None:
            worked = work_part(shop, parts[part], tell)
            store.finish_part(job.run, seal_part(keys, job.run, worked.file))
            return worked.witness

        return work

    report = replay(
        Mover(
            settings=settings,
            plan=plan,
            source=assembly.source(settings.datasets[plan.source]),
            source_format=assembly.formats[plan.source_format.name],
            sink=assembly.sink(settings.datasets[plan.target]),
            store=store,
            staging=assembly.staging(region),
            quarantine=quarantine,
            keys=assembly.keys(region),
            audit=assembly.audit(region),
            # The one process that has the private key: no worker of an engine ever gets it.
            engine=SingleEngine(work_of),
            detectors={**assembly.digests(region, assembly.detector.digests), **assembly.residue.digests},
            who=assembly.who,
            progress=progress,
        ),
        runs=runs,
        rules=rules,
    )
    if report.release is None:
        return report
    target = assembly.folder(settings.datasets[plan.target])
    path = str(target / report.release.release_path)
    return dataclasses.replace(report, release=dataclasses.replace(report.release, release_path=path))
