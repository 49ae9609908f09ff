"""What is known and decided: the matrix of types, risk, decisions, how schemas drift."""

from collections.abc import Mapping, Sequence

from pratique.cli.report import plots
from pratique.cli.report.html import Html, Piece, el, join, listed
from pratique.cli.report.parts import (
    Column,
    command,
    faint,
    folded,
    hidden,
    mark,
    more,
    name,
    nothing,
    para,
    section,
    table,
    when,
)
from pratique.cli.text import count, share
from pratique.model.catalogue import VerdictState
from pratique.model.families import FAMILIES
from pratique.pipeline.reporting import DatasetReport, Exposure, FamilyCount, ProjectReport, TypeCount

_SHOWN = 200
"""Decisions that loosen, one by one."""
_MEANINGS = (
    (Exposure.IN_CLEAR, "personal, and passes as it is"),
    (Exposure.CLOSES, "the flow cannot run because of it"),
    (Exposure.HELD, "nobody decided, or no rule: its records go to quarantine"),
    (Exposure.TEXT, "what is found in it is treated; what no detector finds passes"),
    (Exposure.PROPOSED, "treated on a proposal that nobody reviewed"),
    (Exposure.KEPT, "passes as it is: a person said that it is not personal, or a rule says so"),
    (Exposure.TREATED, "treated, and a person said what it is"),
    (Exposure.GONE, "dropped, or replaced by a constant"),
)


# --- datasets by types -----------------------------------------------------------------------------------------------


def types(report: ProjectReport) -> Html:
    """How many fields of each dataset are held to be of each family of types, and in it of each type."""
    looked = [dataset for dataset in report.datasets if dataset.scanned]
    held = {family for dataset in looked for family in dataset.families}
    found = [family for family in (*FAMILIES, "") if family in held]
    never = [dataset for dataset in report.datasets if dataset.read and not dataset.scanned and not dataset.unread]
    body: list[Piece] = []
    if not looked:
        unread = any(dataset.unread for dataset in report.datasets)
        why = "What is known could not be read." if unread else "No dataset was scanned yet: nothing is known of them."
        body.append(para(why))
    elif not found:
        body.append(para("No field of any scanned dataset is held to be personal."))
    else:
        columns = [
            Column("dataset"),
            Column("fields", right=True),
            *(Column(family or "other types", tall=True) for family in found),
        ]
        rows: list[list[Piece]] = [
            [name(one.name), f"{one.fields:,}", *(_family(one.families.get(family)) for family in found)]
            for one in looked
        ]
        body.append(
            faint(
                "● decided by a person, ◐ proposed and treated as such, ✕ in conflict. A field can be of several ",
                "types; a family opens to show its own.",
            )
        )
        body.append(table("matrix", "Fields by dataset and family of entity types", columns, rows, class_="matrix"))
    if never:
        body.append(para("Read by a flow, and never scanned: ", listed([name(one.name) for one in never]), "."))
    return section("types", "Where personal data is", *body)


def _family(counted: FamilyCount | None) -> Html:
    if counted is None:
        return el("span", el("span", "·", class_="faint", aria_hidden="true"), hidden("none"))
    its = [el("li", entity, " ", _signs(types)) for entity, types in counted.types.items()]
    return el("details", el("summary", _signs(counted.fields)), el("ul", its))


def _signs(counted: TypeCount) -> Html:
    parts = [
        ("✕", "in conflict", counted.conflict),
        ("◐", "proposed", counted.proposed),
        ("●", "decided", counted.decided),
    ]
    shown = [join(el("span", sign, aria_hidden="true"), f"{n}", hidden(f" {word}")) for sign, word, n in parts if n]
    return listed(shown, " ")


# --- risk ------------------------------------------------------------------------------------------------------------


def risk(report: ProjectReport) -> Html:
    """What becomes of each dataset's fields in each flow, worst first."""
    rows = [
        (_badness(counts), dataset, flow, counts)
        for dataset in report.datasets
        for flow, counts in dataset.exposures.items()
        if counts
    ]
    rows.sort(key=lambda row: row[0], reverse=True)
    idle = [dataset for dataset in report.datasets if dataset.scanned and not dataset.exposures]
    body: list[Piece] = [
        para(
            "Shares of fields by what becomes of them in a flow, the worst first. This tells what passes, what is ",
            "held back and what nobody reviewed. It does not tell how likely a person is recognised in what is ",
            "released: no such risk (k-anonymity and the like) is measured yet.",
        )
    ]
    if rows:
        used = {exposure for _, _, _, counts in rows for exposure in counts}
        body.append(plots.legend([item for item in _MEANINGS if item[0] in used]))
        bars = [el("li", _bar(dataset, flow, counts)) for _, dataset, flow, counts in rows]
        body.append(folded("ol", bars, "datasets, none worse than these", "bars"))
    else:
        body.append(nothing(report, "No flow reads a dataset that was scanned."))
    if idle:
        body.append(para("Scanned, and read by no flow: ", listed([name(one.name) for one in idle]), "."))
    return section("risk", "Risk by dataset", *body)


def _badness(counts: Mapping[Exposure, int]) -> tuple[float, ...]:
    """Compares as the shares of the worst kinds do, one kind after the other."""
    whole = sum(counts.values())
    unreviewed = (Exposure.CLOSES, Exposure.HELD, Exposure.PROPOSED)
    return (
        counts.get(Exposure.IN_CLEAR, 0) / whole,
        sum(counts.get(one, 0) for one in unreviewed) / whole,
        counts.get(Exposure.TEXT, 0) / whole,
        counts.get(Exposure.KEPT, 0) / whole,
    )


def _bar(dataset: DatasetReport, flow: str, counts: Mapping[Exposure, int]) -> Html:
    ordered = [(exposure, counts[exposure]) for exposure in Exposure if exposure in counts]
    whole = sum(counts.values())
    told = ", ".join(f"{exposure.value} {n} ({share(n / whole)})" for exposure, n in ordered)
    words = [
        el(
            "span",
            plots.swatch(exposure),
            f" {exposure.value} {n} ",
            el("span", f"({share(n / whole)})", class_="faint"),
        )
        for exposure, n in ordered
    ]
    heading = el("p", name(dataset.name), " in flow ", name(flow), f": {count(whole, 'field')}", class_="bar-title")
    return join(heading, plots.stacked(ordered, told), el("p", words, class_="shares"))


# --- decisions -------------------------------------------------------------------------------------------------------


def decisions(report: ProjectReport) -> Html:
    """What is open, taken, taken together, and what loosens and who signed it."""
    looked = [dataset for dataset in report.datasets if dataset.scanned]
    if not looked:
        return section("decisions", "Decisions", para("There is nothing to show."))
    columns = [
        Column("dataset"),
        *(Column(title, right=True) for title in ("fields", "conflict", "undecided", "proposed", "decided")),
        *(Column(title, right=True) for title in ("of these not personal", "in bulk", "decisions taken", "ignored")),
    ]
    rows: list[list[Piece]] = [[name(one.name), *_figures(one)] for one in looked]
    if len(looked) > 1:
        totals = [sum(values) for values in zip(*(_numbers(one) for one in looked), strict=True)]
        rows.append([el("strong", "all"), *(el("strong", f"{n:,}") for n in totals)])
    note = faint(
        "Conflict: what was found speaks against what was decided. In bulk: fields that rest on a decision taken on ",
        "several at once. Ignored: decisions that would loosen and that no listed steward signed; they do not count.",
    )
    return section(
        "decisions",
        "Decisions",
        table("decided", "Fields by what is held of them", columns, rows),
        note,
        *_loosening(report),
    )


def _numbers(one: DatasetReport) -> list[int]:
    states = (VerdictState.CONFLICT, VerdictState.UNDECIDED, VerdictState.PROPOSED, VerdictState.DECIDED)
    return [one.fields, *(one.states.get(s.value, 0) for s in states), one.kept, one.bulk, one.decisions, one.ignored]


def _figures(one: DatasetReport) -> list[Piece]:
    numbers = _numbers(one)
    signs = {1: "bad", 2: "bad", 3: "soon", 8: "soon"}
    return [mark(signs[at], f"{n:,}") if n and at in signs else f"{n:,}" for at, n in enumerate(numbers)]


def _loosening(report: ProjectReport) -> Sequence[Piece]:
    title = el("h3", "What loosens, and who signed it")
    if not report.loosenings:
        return (title, nothing(report, "No decision loosens anything."))
    rows = [
        [
            name(one.field),
            name(one.dataset),
            one.kind,
            listed([name(entity) for entity in one.entities]) if one.entities else "",
            mark("good", one.signed_by) if one.signed_by else mark("soon", "nobody"),
            when(one.at),
            "in bulk" if one.bulk else "",
            one.fate,
        ]
        for one in report.loosenings[:_SHOWN]
    ]
    titles = ("field", "dataset", "decision", "types", "signed by", "UTC", "how", "what became of it")
    note = faint(
        "Rejections and not-personal decisions, and those to set or withdraw that were signed or do not count. ",
        "Reasons are not shown: people write them, and they may quote a value. ",
        command("pratique catalogue history"),
        " shows them.",
    )
    made = table("loosening", "Decisions that loosen or may, newest first", [Column(t) for t in titles], rows)
    return (
        title,
        made,
        more(len(report.loosenings) - len(rows), "older decisions", "pratique catalogue history"),
        note,
    )


# --- drift -----------------------------------------------------------------------------------------------------------


def drift(report: ProjectReport) -> Html:
    """How schemas changed from scan to scan, and how much of each release went to quarantine."""
    again = [dataset for dataset in report.datasets if len(dataset.scans) > 1]
    flows = [flow for flow in report.flows if flow.releases]
    body: list[Piece] = [el("h3", "Share in quarantine over releases")]
    if flows:
        body.append(faint("One column a release; the dashed line is what was allowed."))
        shown = [
            el("figure", el("figcaption", name(flow.name)), plots.over_releases(flow.name, flow.releases))
            for flow in flows
        ]
        body.append(el("div", shown, class_="plots"))
    else:
        body.append(nothing(report, "Nothing was released yet."))
    body.append(el("h3", "Fields over scans"))
    if again:
        columns = [Column("dataset"), Column("scan", right=True), Column("UTC")]
        columns += [Column(t, right=True) for t in ("records", "not readable", "new", "gone", "retyped")]
        rows = [
            [
                name(one.name),
                f"{point.number}",
                when(point.at),
                f"{point.records:,}",
                mark("soon", f"{point.rejects:,}") if point.rejects else "0",
                *(mark("soon", f"{n:,}") if n else "0" for n in (point.new, point.gone, point.retyped)),
            ]
            for one in again
            for point in one.scans
        ]
        body.append(table("scans", "Fields that came, went or changed their kind, scan by scan", columns, rows))
    else:
        body.append(nothing(report, "No dataset was scanned more than once, so there is nothing to compare."))
    return section("drift", "Drift", *body)
