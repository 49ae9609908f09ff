"""``pratique audit``: what was done, by whom and when, and whether the log of it is whole."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import VerifyError

if TYPE_CHECKING:
    from pratique.pipeline.results import AuditEntry, AuditPage, AuditReport

app = typer.Typer(no_args_is_help=True, help="What was done, by whom and when; and is the log of it whole.")

Region = Annotated[
    str | None, typer.Option("--region", help="Whose log.", show_default="the only one there is; verify: all")
]
_SHOWN = 12
"""Problems of one region that a person is shown."""
_SHORT = 12
"""Characters of an id that are enough to find it."""


@app.command("list", epilog="Example: pratique audit list --since 7d --flow channel --event release")
def list_entries(
    region: Region = None,
    since: Annotated[
        str, typer.Option("--since", metavar="WHEN", help="From a day (2026-01-31), a time, or a span back (7d) on.")
    ] = "",
    event: Annotated[str, typer.Option("--event", help="Only these: scan, decision, run, release, purge …")] = "",
    flow: Annotated[str, typer.Option("--flow", help="Only what is about a flow or its datasets.")] = "",
    before: Annotated[int, typer.Option("--before", metavar="NUMBER", min=0, help="The page before this entry.")] = 0,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Entries of a page; 0 shows all.")] = 25,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """List what was done, newest last.

    No entry holds a value of the data.
    """
    page = open_project(root).audit(region, since=since, event=event, flow=flow, before=before, limit=limit)
    document = {"region": page.region, "earlier": page.earlier, "entries": [_document(e) for e in page.entries]}
    show(output, document, lambda screen: _list(screen, page, _again(since, event, flow, region)))


@app.command("verify", epilog="Example: pratique audit verify --region eu")
def verify(
    region: Region = None,
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="A head noted elsewhere: the log must hold it.")
    ] = "",
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Is the log whole, is its end signed, and do stores and releases hold what it tells?

    Exits with 7 and says which, if anything is wrong.
    """
    reports = open_project(root).verify_audit(region, head=head)
    show(output, [_report_document(r) for r in reports], lambda screen: _verified(screen, reports))
    if not all(report.ok for report in reports):
        raise typer.Exit(VerifyError.exit_code)


def _document(entry: "AuditEntry") -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": entry.at,
        "event": entry.event,
        "who": entry.who,
        "details": dict(entry.details),
        "hash": entry.hash,
    }


def _list(screen: Screen, page: "AuditPage", options: str) -> None:
    if not page.entries:
        screen.line("Nothing here.")
        return
    screen.table(
        [Column("#", right=True, whole=True), Column("UTC", whole=True), Column("who"), Column("what")],
        [
            [
                str(entry.sequence),
                Cell(entry.at[:16].replace("T", " "), Style.FAINT),
                _who(entry.who),
                Cell(*_what(entry.event, entry.details)),
            ]
            for entry in page.entries
        ],
    )
    screen.blank()
    more = f"; {page.earlier:,} earlier" if page.earlier else ""
    screen.line(f"{count(len(page.entries), 'entry', 'entries')} of region ", Cell(page.region, Style.NAME), more)
    if page.earlier:
        screen.next(f"pratique audit list --before {page.entries[0].sequence}{options}")


def _again(since: str, event: str, flow: str, region: str | None) -> str:
    words = {"--since": since, "--event": event, "--flow": flow, "--region": region or ""}
    return "".join(f" {name} {value}" for name, value in words.items() if value)


def _who(who: str) -> Cell:
    """What nothing proves is told as such, and stands back."""
    name = who.removeprefix("unproven:")
    return Cell(name, Style.FAINT) if name != who else Cell(who, Style.STRONG)


_SENTENCES: dict[str, tuple[str, Style]] = {
    "scan": ("scan of {dataset}: {records:record}, {fields:field}", Style.PLAIN),
    "decision": ("{kind} of {fields:field} of {dataset}", Style.PLAIN),
    "run": ("run {run} of {flow} began: {parts:part}", Style.PLAIN),
    "release": ("release of {flow}, run {run}", Style.GOOD),
    "abandon": ("run {run} of {flow} abandoned", Style.PLAIN),
    "refusal": ("refused: {flow} ({kind})", Style.ATTENTION),
    "reidentify": ("re-identification of {flow} into {to}: {purpose}", Style.ATTENTION),
    "reidentified": ("re-identified {records:record} of {flow}", Style.ATTENTION),
    "purge": ("purged {what} of {flow}{dataset}{region}: {rule}", Style.ATTENTION),
    "key": ("keys of {region}: {what} {domain}", Style.PLAIN),
    "seal": ("not signed before: {entries:entry}", Style.ATTENTION),
}
"""What the usual events say, by their details; those with a noun are numbers of it."""


def _what(event: str, details: Mapping[str, Any]) -> tuple[str, Style]:
    """One entry in words: the usual events in theirs, any other by its details."""
    sentence, style = _SENTENCES.get(event, ("", Style.PLAIN))
    if sentence:
        words = re.sub(r"\{(\w+)(?::(\w+))?\}", lambda found: _told(details.get(found[1], ""), found[2]), sentence)
        return words.rstrip(" :") + (", signed" if event == "decision" and details.get("signed") else ""), style
    texts = [f"{name} {_shown(value)}" for name, value in details.items() if value not in ("", None, [], {})]
    return f"{event}: {', '.join(texts)}" if texts else event, style


def _told(value: Any, noun: str | None) -> str:
    if not noun:
        return _shown(value)
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return count(value, noun, many) if isinstance(value, int) else f"{_shown(value)} {many}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return str(value[0])[:_SHORT] if len(value) == 1 else f"({len(value)})"
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    is_id = len(text) in (32, 64) and set(text) <= set("0123456789abcdef")
    return text[:_SHORT] if is_id else text


def _report_document(report: "AuditReport") -> dict[str, Any]:
    return {
        "region": report.region,
        "ok": report.ok,
        "entries": report.entries,
        "head": report.head,
        "signed": report.signed,
        "torn": report.torn,
        "releases": report.releases,
        "published": report.published,
        "problems": [{"where": p.where, "what": p.what, "entry": p.entry} for p in report.problems],
        "notes": list(report.notes),
    }


def _verified(screen: Screen, reports: "Sequence[AuditReport]") -> None:
    if not reports:
        screen.line("Nothing was done here yet.")
    for number, report in enumerate(reports):
        if number:
            screen.blank()
        if report.ok:
            screen.line(Cell("Whole", Style.GOOD), ": the log of region ", Cell(report.region, Style.NAME))
        else:
            screen.line(Cell("Not whole", Style.BAD), ": the log of region ", Cell(report.region, Style.NAME))
        if report.entries:
            _figures(screen, report)
        for problem in report.problems[:_SHOWN]:
            where = f"{problem.where}: " if problem.where else ""
            screen.line(Cell("  ! ", Style.BAD), f"{where}{problem.what}")
        if len(report.problems) > _SHOWN:
            screen.line(f"    and {len(report.problems) - _SHOWN} more; all of them with -o json")
        for note in report.notes:
            screen.line(Cell("  - ", Style.ATTENTION), note)


def _figures(screen: Screen, report: "AuditReport") -> None:
    screen.blank()
    screen.pairs(
        [
            ("entries", f"{report.entries:,}"),
            ("end", "signed by the region's exporter" if report.signed else "not shown to be signed"),
            ("head", report.head),
            ("releases", f"{report.releases:,} stored, {report.published:,} in their targets"),
        ]
    )
    screen.blank()
