"""``pratique purge``: what is past its retention goes, and a record of it stays."""

import sys
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import progress
from pratique.cli.options import Output, Root, ShowProgress, Yes, ask, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count, size

if TYPE_CHECKING:
    from pratique.pipeline.results import PurgeItem, PurgeReport

_SHORT = 12
_WORDS = {
    "scan": "old scans",
    "plan": "plans",
}


def purge(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    yes: Yes = False,
    how: ShowProgress = progress.Kind.AUTO,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Remove what is past its dataset's retention, everywhere this project wrote it.

    Source data is never touched. Each purged release keeps its release.json and gets a signed purged.json; the audit
    log says what went, when and by which rule.
    """
    project = open_project(root)
    report = project.purge(dry_run=True)
    told = False
    if not dry_run and report.items:
        if not yes:
            told = output is Form.HUMAN and sys.stdin.isatty()
            if told:
                show(output, None, lambda screen: _items(screen, report))
            ask("This cannot be undone. Remove all of it?", "nothing was removed")
        with progress.bar(how) as bar:
            report = project.purge(progress=bar)
    show(output, _document(report), lambda screen: _shown(screen, report, told=told))


def _document(report: "PurgeReport") -> dict[str, Any]:
    return {
        "dry_run": report.dry_run,
        "at": report.at,
        "items": [
            {
                "region": item.region,
                "what": item.what,
                "of": item.of,
                "name": item.name,
                "since": item.since,
                "due": item.due,
                "rule": item.rule,
                "files": item.files,
                "size": item.size,
                "again": item.again,
            }
            for item in report.items
        ],
    }


def _shown(screen: Screen, report: "PurgeReport", *, told: bool) -> None:
    if not report.items:
        screen.line("Nothing is past its time.")
        return
    if not told:
        _items(screen, report)
    screen.blank()
    files = f"{count(sum(item.files for item in report.items), 'file')}, {size(sum(i.size for i in report.items))}"
    if report.dry_run:
        screen.line(Cell("Would go: ", Style.ATTENTION), files)
        screen.next("pratique purge")
    else:
        screen.line(Cell("Purged: ", Style.GOOD), files)
        screen.next("pratique audit list --event purge")


def _items(screen: Screen, report: "PurgeReport") -> None:
    screen.table(
        [
            Column("what"),
            Column("of"),
            Column("which"),
            Column("past since", whole=True),
            Column("retention", whole=True),
            Column("files", right=True),
            Column("bytes", right=True, whole=True),
        ],
        [_row(list(group)) for _, group in groupby(report.items, _group)],
    )


def _group(item: "PurgeItem") -> tuple[str, ...]:
    """What has no name for people is told together."""
    own = () if item.what in ("scan", "plan") else (item.name,)
    return (item.region, item.what, item.of, item.rule, *own)


def _row(items: "Sequence[PurgeItem]") -> list[str | Cell]:
    first = items[0]
    which = f"{len(items):,} of them" if first.what in ("scan", "plan") else first.name
    if first.what in ("release", "quarantine"):
        which = first.name[:_SHORT] + (", still there" if first.again else "")
    return [
        Cell(_WORDS.get(first.what, first.what), Style.STRONG),
        Cell(first.of, Style.NAME),
        which,
        Cell(min(item.due for item in items)[:10], Style.FAINT),
        first.rule.removeprefix("retention "),
        f"{sum(item.files for item in items):,}" if first.files else "",
        size(sum(item.size for item in items)) if first.size else "",
    ]
