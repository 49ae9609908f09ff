"""What everything rests on: routes, keys, logs; and what a report is not."""

from pratique.cli.report.html import Html, Piece, el, join, listed
from pratique.cli.report.parts import Column, command, faint, mark, name, nothing, para, section, table, when
from pratique.cli.text import count
from pratique.pipeline.reporting import ProjectReport, RouteReport
from pratique.pipeline.results import AuditReport

_SOON = 30
_PROBLEMS = 12
_HEX = 16


def routes(report: ProjectReport) -> Html:
    """Each route, the one that closes first in front."""
    if not report.routes:
        return section("routes", "Routes", para("The project file opens no route: nothing may leave its region."))
    columns = [Column("route"), Column("open until"), Column("state"), Column("takes"), Column("legal basis")]
    columns += [Column("residue allowed", right=True), Column("flows")]
    rows: list[list[Piece]] = [
        [
            name(route.name),
            when(route.until),
            _state(route),
            f"{route.data_class} and stronger",
            name(route.basis),
            f"{route.residue:,}",
            el("span", listed([name(flow) for flow in route.flows]), class_="names") if route.flows else "none",
        ]
        for route in report.routes
    ]
    return section("routes", "Routes", table("routed", "Routes, the first to close in front", columns, rows))


def _state(route: RouteReport) -> Html:
    if route.days < 0:
        return mark("bad", f"closed {count(-route.days, 'day')} ago")
    if route.days <= _SOON:
        return mark("soon", f"closes in {count(route.days, 'day')}" if route.days else "closes today")
    return mark("good", f"open, {count(route.days, 'day')} left")


def keys(report: ProjectReport) -> Html:
    """Key versions; no key."""
    if not report.keys:
        return section("keys", "Keys", nothing(report, "No region has keys yet."))
    titles = ("key", "of", "region", "version", "made (UTC)")
    rows: list[list[Piece]] = [
        [
            key.kind,
            el("code", key.id) if _is_hex(key.id) else name(key.id),
            key.region,
            key.version,
            when(key.created) if key.created else "with its master key",
        ]
        for key in report.keys
    ]
    note = faint("Ids and versions only. Keys stay in their region, and no report holds one.")
    return section("keys", "Keys", table("keyed", "Keys by region", [Column(t) for t in titles], rows), note)


def _is_hex(text: str) -> bool:
    return len(text) == _HEX and set(text) <= set("0123456789abcdef")


def audit(report: ProjectReport) -> Html:
    """Whether each region's log is whole, and its head."""
    if not report.audits:
        return section("audit", "Audit log", nothing(report, "Nothing was done here yet, so there is no log."))
    note = faint(
        "Note the head somewhere else: ",
        command("pratique audit verify --head HEAD"),
        " then proves that nothing before it was changed since.",
    )
    return section("audit", "Audit log", *(_log(one) for one in report.audits), note)


def _log(one: AuditReport) -> Html:
    state = mark("good", "whole") if one.ok else mark("bad", "not whole")
    pairs: list[tuple[str, Piece]] = [
        ("state", state),
        ("entries", f"{one.entries:,}"),
        (
            "end",
            mark("good", "signed by the region's exporter") if one.signed else mark("soon", "not shown to be signed"),
        ),
        ("head", el("code", one.head, class_="hash") if one.head else "none"),
        ("releases", f"{one.releases:,} stored, {one.published:,} in their targets"),
    ]
    found = [el("li", f"{p.where}: {p.what}" if p.where else p.what) for p in one.problems[:_PROBLEMS]]
    if len(one.problems) > _PROBLEMS:
        found.append(el("li", f"and {len(one.problems) - _PROBLEMS} more: ", command("pratique audit verify -o json")))
    notes = [el("li", note) for note in one.notes]
    return join(
        el("h3", "Region ", name(one.region)),
        el("dl", [join(el("dt", term), el("dd", what)) for term, what in pairs], class_="pairs"),
        join(para(mark("bad", "What does not fit")), el("ul", found)) if found else "",
        el("ul", notes, class_="faint") if notes else "",
    )


def about(report: ProjectReport) -> Html:
    """What the page is made of, and what it cannot say."""
    names = (
        "Names are of datasets, flows and stewards in the project file, and of fields that it names or that a person "
        "decided on. Other fields go by their number in the newest scan: a name that nobody looked at may be a value."
        if report.named
        else "Names of datasets, flows, fields, stewards, own types and key domains are left out."
    )
    items = [
        "It tells counts, states and names. No value of the data was read for it, and none is in it.",
        names,
        ("It is made for people in the exporter's region. " if report.named else "")
        + "It is not signed and proves nothing: release.json and the audit log do.",
        "A scan that saw only a sample can have missed what is rare. What no detector knows, no scan finds.",
        "Class none means: does not count, being not personal, dropped, or a constant.",
        f"Made by Pratique {report.code} from the project's state at {report.at}; the same state gives the same page.",
    ]
    return section("about", "What this page is, and is not", el("ul", [el("li", item) for item in items]))
