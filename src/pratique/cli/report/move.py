"""What would run, what was released, and what is held."""

from collections.abc import Sequence

from pratique.cli.report.html import Html, Piece, el, join, listed
from pratique.cli.report.parts import (
    Column,
    command,
    faint,
    mark,
    more,
    name,
    nothing,
    para,
    section,
    short,
    table,
    when,
)
from pratique.cli.text import count, share
from pratique.pipeline.reporting import FlowReport, HeldReport, ProjectReport, ReleaseRow
from pratique.pipeline.results import HeldState

_RELEASES = 25
"""The newest releases of one flow that are shown one by one."""
_HELD = 200


# --- flows and plans -------------------------------------------------------------------------------------------------


def plans(report: ProjectReport) -> Html:
    """Each flow: could it run, and by which plan."""
    if not report.flows:
        return section("plans", "Flows and plans", para("The project file has no flow."))
    titles = ("flow", "from", "to", "policy", "could run", "class", "may hold", "plan", "since the newest release")
    rows = [
        [
            name(flow.name),
            name(flow.source),
            name(flow.target),
            name(flow.policy),
            _could_run(flow),
            flow.data_class or "unknown",
            _allowed(flow),
            short(flow.plan),
            _changes(flow),
        ]
        for flow in report.flows
    ]
    note = faint(
        "Could run: as far as file, catalogue and keys tell now. May hold: how much may go to quarantine at most."
    )
    made = table("flows", "Flows, and the plans that they would run by", [Column(t) for t in titles], rows)
    return section("plans", "Flows and plans", made, note)


def _could_run(flow: FlowReport) -> Html:
    if flow.closed:
        return join(mark("bad", "no"), el("span", ": ", flow.closed, class_="why"))
    if flow.held_share > flow.max_quarantine:
        told = f": {count(flow.held, 'field')} would hold back up to {share(flow.held_share)} of the records"
        return join(mark("bad", "no"), el("span", told, class_="why"))
    if flow.held:
        return join(
            mark("soon", "yes"), el("span", f": {count(flow.held, 'field')} would hold records back", class_="why")
        )
    return mark("good", "yes")


def _allowed(flow: FlowReport) -> str:
    most = "" if flow.max_quarantine_count is None else f", {count(flow.max_quarantine_count, 'record')}"
    return f"{share(flow.max_quarantine)}{most}"


def _changes(flow: FlowReport) -> Piece:
    if not flow.newest_plan:
        return "never released"
    if not flow.plan:
        return "no plan to compare"
    if flow.plan == flow.newest_plan:
        return mark("good", "unchanged")
    told = ", ".join(f"{reason} {n}" for reason, n in sorted(flow.changes.items()))
    return mark("soon", f"changed: {told}" if told else "changed")


# --- releases --------------------------------------------------------------------------------------------------------


def releases(report: ProjectReport) -> Html:
    """Each flow's releases, with counts that add up, or not."""
    body: list[Piece] = []
    for number, flow in enumerate(report.flows, start=1):
        if flow.releases or flow.open_run:
            body.append(el("h3", "Flow ", name(flow.name)))
            if flow.open_run:
                told = "a run was begun and is not released: run the flow again to take it up"
                body.append(para(mark("soon", told), " (", short(flow.open_run), ")"))
            if flow.releases:
                body += _of_flow(f"releases-{number}", flow)
    silent = [name(flow.name) for flow in report.flows if not flow.releases]
    if silent:
        body.append(para("No release of ", listed(silent), " is known." if report.problems else " yet."))
    if not report.flows:
        body.append(para("There is no flow, so there is no release."))
    return section("releases", "Runs and releases", *body)


def _of_flow(ident: str, flow: FlowReport) -> list[Piece]:
    shown = list(reversed(flow.releases))[:_RELEASES]
    columns = [
        Column("release", right=True),
        Column("run"),
        Column("UTC"),
        *(Column(title, right=True) for title in ("read", "written", "quarantined")),
        *(Column(title) for title in ("adds up", "in its target", "class", "route", "residue", "waivers", "in bulk")),
    ]
    caption = join("Releases of flow ", name(flow.name), ", newest first")
    left = more(len(flow.releases) - len(shown), "earlier releases", "pratique audit list --event release")
    return [table(ident, caption, columns, [_release(row) for row in shown]), left]


def _release(row: ReleaseRow) -> list[Piece]:
    states = {
        "there": mark("good", "yes"),
        "purged": mark("note", "purged: its statement stays"),
        "missing": mark("bad", "no"),
    }
    rules = ", ".join(f"{rule} {n:,}" for rule, n in row.quarantined.items())
    allowed = "" if row.max_quarantine is None else f"; {share(row.max_quarantine)} allowed"
    part = f"{share(row.held / row.read)}{allowed}" if row.held and row.read else ""
    return [
        f"{row.sequence}",
        join(short(row.run), el("span", f"replay of {count(row.replays, 'run')}", class_="why") if row.replays else ""),
        when(row.at),
        f"{row.read:,}",
        f"{row.written:,}",
        join(f"{row.held:,}", el("span", f"{rules} ({part})", class_="why") if row.held else ""),
        mark("good", "yes") if row.adds_up else mark("bad", "no"),
        states[row.state],
        row.data_class,
        row.route or "inside one region",
        f"{row.residue:,} (from {row.residue_score:g})",
        f"{row.waivers:,}",
        f"{row.bulk:,}",
    ]


# --- quarantine ------------------------------------------------------------------------------------------------------

_STATES = {
    HeldState.HELD: ("soon", "open: can be replayed"),
    HeldState.CUT: ("soon", "open: only the beginning was kept"),
    HeldState.FOREIGN: ("soon", "open: a value of another record stands in it"),
    HeldState.UNRELEASED: ("note", "of a run that is not released"),
    HeldState.REPLAYED: ("good", "replayed"),
    HeldState.SUPERSEDED: ("good", "treated again by a full run"),
}


def quarantine(report: ProjectReport) -> Html:
    """What is held, by rule and field, the open first."""
    if not report.held:
        return section("quarantine", "Quarantine", nothing(report, "Nothing is in quarantine."))
    order = list(_STATES)
    rows = sorted(report.held, key=lambda row: (order.index(row.state), -row.records))
    still = sum(row.records for row in rows if _STATES[row.state][0] == "soon")
    columns = [Column("rule"), Column("flow"), Column("release", right=True), Column("field")]
    columns += [Column("records", right=True), Column("what became of them")]
    made = table("held", "Records in quarantine by rule and field, the open first", columns, _held(rows))
    told = para(
        f"{count(still, 'record')} open, sealed in the region of their source. ", command("pratique quarantine list")
    )
    return section("quarantine", "Quarantine", told, made, more(len(rows) - _HELD, "rows", "pratique quarantine list"))


def _held(rows: Sequence[HeldReport]) -> list[list[Piece]]:
    return [
        [
            row.rule,
            name(row.flow),
            "" if row.release is None else f"{row.release}",
            name(row.field) if row.field else "",
            f"{row.records:,}",
            mark(*_STATES[row.state]),
        ]
        for row in rows[:_HELD]
    ]
