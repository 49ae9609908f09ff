"""Flows: could they run, by which plan, what changed since the last release, and what was released."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from pratique.assembly.comparing import compare
from pratique.assembly.parts import Assembly
from pratique.assembly.reporting.guard import Guard
from pratique.assembly.reporting.names import Names
from pratique.assembly.worker import stored_plan
from pratique.crypto.dsse import open_envelope
from pratique.errors import PratiqueError
from pratique.model.policy import Flow
from pratique.model.release import RELEASE_FILE, Release
from pratique.pipeline.reporting import FlowReport, ReleaseRow
from pratique.policy.outlook import FlowState, Outlook
from pratique.verify.statement import read_statement


def look_at_flows(
    assembly: Assembly, today: date, guard: Guard, names: Names, outlooks: Mapping[str, Outlook]
) -> list[FlowReport]:
    """Every flow of the project file, in its order."""
    flows = assembly.settings.flows.values()
    return [_flow(assembly, flow, today, guard, names, outlooks.get(flow.name)) for flow in flows]


def _flow(
    assembly: Assembly, flow: Flow, today: date, guard: Guard, names: Names, outlook: Outlook | None
) -> FlowReport:
    settings = assembly.settings
    what, here, there = f"flow {flow.name}", settings.datasets[flow.source], settings.datasets[flow.target]
    state = None if outlook is None else outlook.state()
    plan, newest, changes = _plan(assembly, flow, today) if outlook is not None else ("", "", {})
    kept = assembly.state(here.region).exists()
    releases: list[ReleaseRow] = []
    if kept:
        releases = guard.attempt(what, lambda: list(_releases(assembly, flow, guard)), releases)
    open_run = guard.attempt(what, lambda: assembly.runs(here.region).open_run(flow.name), None) if kept else None
    return FlowReport(
        name=names.flow(flow.name),
        source=names.dataset(flow.source),
        target=names.dataset(flow.target),
        policy=names.policy(flow.policy),
        route="" if here.region == there.region else f"{here.region} -> {there.region}",
        closed=_closed(flow, state, names),
        data_class="" if state is None else state.data_class,
        fields=0 if outlook is None else len(outlook.steps),
        held=0 if state is None else state.held,
        held_share=0.0 if state is None else state.held_share,
        max_quarantine=flow.max_quarantine,
        max_quarantine_count=flow.max_quarantine_count,
        plan=plan,
        newest_plan=newest or (releases[-1].plan if releases else ""),
        changes=changes,
        releases=releases,
        open_run=open_run or "",
    )


def _closed(flow: Flow, state: FlowState | None, names: Names) -> str:
    """Why the flow cannot run; empty if it could."""
    if state is None:
        return "what is in its source is not known"
    otherwise = "it cannot run now; pratique plan says why"
    return names.sentence(flow.source, state.closed, otherwise) if state.closed else ""


def _plan(assembly: Assembly, flow: Flow, today: date) -> tuple[str, str, dict[str, int]]:
    """The plan's hash as it would be, that of the newest release, and what changed, by where it comes from."""
    with contextlib.suppress(PratiqueError):  # `_closed` says why none compiles
        found = compare(assembly, flow.name, today)
        return found.hash, found.before, dict(Counter(change.reason.value for change in found.changes))
    return "", "", {}


def _releases(assembly: Assembly, flow: Flow, guard: Guard) -> Iterator[ReleaseRow]:
    store = assembly.runs(_region(assembly, flow))
    purged = store.purged(flow.name)
    sink = assembly.sink(assembly.settings.datasets[flow.target])
    for statement in store.releases(flow.name):
        release = read_statement(open_envelope(statement).payload)
        there = guard.attempt(
            f"flow {flow.name}, release {release.sequence}",
            lambda run=release.run: sink.read(f"{run}/{RELEASE_FILE}"),  # type: ignore[misc]
            None,
        )
        state = "purged" if release.run in purged else "there" if there == statement else "missing"
        yield _row(assembly, flow, release, state)


def _row(assembly: Assembly, flow: Flow, release: Release, state: str) -> ReleaseRow:
    try:
        allowed: float | None = stored_plan(assembly, flow.name, release.plan).max_quarantine
    except PratiqueError:  # purged with the release, or of a newer version
        allowed = None
    return ReleaseRow(
        sequence=release.sequence,
        run=release.run,
        at=release.at,
        read=release.counts.read,
        written=release.counts.written,
        quarantined=dict(sorted(release.counts.quarantined.items())),
        data_class=release.data_class,
        route=release.route["name"] if release.route is not None else "",
        residue=release.residue,
        residue_score=release.residue_score,
        guard_score=release.guard_score,
        max_quarantine=allowed,
        waivers=len(release.waivers),
        bulk=release.bulk_decisions,
        replays=len(release.replays),
        plan=release.plan,
        state=state,
    )


def _region(assembly: Assembly, flow: Flow) -> str:
    return assembly.settings.datasets[flow.source].region
