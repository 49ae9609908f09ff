"""``pratique catalogue history|diff|rescore``: what happened, what differs, what proposals changed."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import fields as view
from pratique.cli.catalogue import Fields
from pratique.cli.options import DatasetName, Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import RefusedError
from pratique.model.paths import FieldPath, parse_path, show_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pratique.model.catalogue import Decision
    from pratique.pipeline.knowing import CatalogueDiff, Event, FieldDiff, RescoreReport

_FATES = {
    "stands": Style.GOOD,
    "superseded": Style.FAINT,
    "withdrawn": Style.FAINT,
    "ignored": Style.BAD,
    "waiting": Style.ATTENTION,
}


def history(
    dataset: Annotated[
        str | None, typer.Argument(metavar="DATASET", help="Only this dataset.", show_default=False)
    ] = None,
    fields: Fields = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show who decided what, when and why, and the scans beside it.

    Signed or not, still standing or not; oldest first.
    """
    paths = [parse_path(field) for field in fields or ()]
    events = open_project(root).history(dataset, paths)
    show(output, [_event_document(e) for e in events], lambda screen: _events(screen, events))


def _event_document(e: "Event") -> dict[str, Any]:
    document: dict[str, Any] = {"dataset": e.dataset, "at": e.at, "event": e.kind.value}
    if e.decision is None:
        changed = [{"field": show_path(path), "what": what} for path, what in e.changes]
        return {**document, "scan": e.number, "records": e.records, "changes": changed}
    return {
        **document,
        "field": show_path(e.path),
        **view.decision_document(e.decision),
        "signature": e.signed.value,
        "fate": e.fate.value if e.fate is not None else "",
    }


def _events(screen: Screen, events: "Sequence[Event]") -> None:
    if not events:
        screen.line("Nothing here. Datasets get into the catalogue by ", Cell("pratique scan", Style.STRONG), ".")
    for at, dataset in enumerate(dict.fromkeys(e.dataset for e in events)):
        if at:
            screen.blank()
        screen.line(Cell(dataset, Style.STRONG))
        for e in events:
            if e.dataset == dataset:
                _event(screen, e)


def _event(screen: Screen, e: "Event") -> None:
    when = Cell(f"  {e.at[:16].replace('T', ' ')}  ", Style.FAINT)
    if e.decision is not None:
        _decision(screen, e, e.decision, when)
        return
    if e.kind.value == "scan":
        screen.line(when, f"scan {e.number}", Cell(f"  {count(e.records, 'record')}", Style.FAINT))
    else:
        screen.line(when, "scored anew", Cell(f"  scan {e.number}", Style.FAINT))
    for path, what in e.changes:
        screen.line("      ", Cell(show_path(path), Style.NAME), f"  {what}")


def _decision(screen: Screen, e: "Event", d: "Decision", when: Cell) -> None:
    fate = e.fate.value if e.fate is not None else ""
    bulk = "in bulk, " if d.bulk else ""
    signed = {"good": "signed", "bad": "badly signed", "no": "not signed"}[e.signed.value]
    what = f"  {' '.join((d.kind.value, *d.entities))}  "
    screen.line(when, Cell(show_path(e.path), Style.NAME), what, Cell(fate, _FATES[fate]))
    screen.line(Cell(f"      #{d.sequence} by {d.who}, {bulk}{signed}", Style.FAINT))
    if d.reason:
        screen.line(Cell(f"      {d.reason}", Style.FAINT))


def diff(
    *,
    dataset: DatasetName,
    before: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="STATE",
            help="now, a scan's number, a moment (2026-01-31T12:00), or an exported file (x.yaml).",
            show_default="the scan before the newest",
        ),
    ] = "",
    after: Annotated[str, typer.Option("--to", metavar="STATE", help="As --from.")] = "now",
    check: Annotated[bool, typer.Option("--check", help="Exit with 3 if anything differs.")] = False,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show what changed between two states of the catalogue.

    Fields new, gone or of another type; proposals; what fields are held to be; decisions since.
    """
    found = open_project(root).catalogue_diff(dataset, before, after)
    show(output, _diff_document(found), lambda screen: _diff(screen, found))
    if check and found.fields:
        raise typer.Exit(RefusedError.exit_code)


def _diff_document(found: "CatalogueDiff") -> dict[str, Any]:
    return {
        "dataset": found.dataset,
        "from": found.before,
        "to": found.after,
        "fields": [
            {
                "field": show_path(f.path),
                "kinds": [f.before, f.after],
                "gained": list(f.gained),
                "lost": list(f.lost),
                "was": view.verdict_document(f.was_held) if f.was_held is not None else None,
                "is": view.verdict_document(f.is_held) if f.is_held is not None else None,
                "decisions": [view.decision_document(d) for d in f.decisions],
                "missing": [view.decision_document(d) for d in f.missing],
            }
            for f in found.fields
        ],
    }


def _diff(screen: Screen, found: "CatalogueDiff") -> None:
    screen.line(Cell(found.dataset, Style.STRONG), Cell(f"  {found.before} -> {found.after}", Style.FAINT))
    if not found.fields:
        screen.line("  ", Cell("nothing differs", Style.GOOD))
    for f in found.fields:
        screen.blank()
        screen.line("  ", Cell(show_path(f.path), Style.NAME))
        for cells in _told(f):
            screen.line("      ", *cells)


def _told(f: "FieldDiff") -> "Iterator[Sequence[str | Cell]]":
    if f.before is None:
        yield Cell("new", Style.ATTENTION), f"  {f.after or 'known by decisions only'}"
    elif f.after is None:
        yield Cell("gone", Style.ATTENTION), f"  it was {f.before}"
    elif f.before != f.after:
        yield Cell("retyped", Style.ATTENTION), f"  {f.before} -> {f.after}"
    if f.gained or f.lost:
        yield Cell("proposed", Style.ATTENTION), f"  {_gained(f.gained, f.lost)}"
    if f.was_held is not None and f.is_held is not None:
        was, now = (f"{view.held(v)}, {v.state.value}" for v in (f.was_held, f.is_held))
        if was != now:
            yield ("held to be", f"  {was} -> {now}")
    for label, decisions in (("decided", f.decisions), ("only in the first", f.missing)):
        for d in decisions:
            what = f"  {' '.join((d.kind.value, *d.entities))}"
            yield Cell(label, Style.GOOD), what, Cell(f"  {d.who or 'new'}", Style.FAINT)


def _gained(gained: "Sequence[str]", lost: "Sequence[str]") -> str:
    return ", ".join((*(f"+{entity}" for entity in gained), *(f"-{entity}" for entity in lost)))


def rescore(
    datasets: Annotated[
        list[str] | None, typer.Argument(metavar="DATASET", help="Which datasets; all scanned ones if none is named.")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Score the newest scans anew, without reading data.

    By today's thresholds, entity types and detectors. Keeps every decision, shows which proposals changed, and which
    fields to scan again.
    """
    reports = open_project(root).rescore(datasets or None)
    show(output, [_rescored_document(r) for r in reports], lambda screen: _rescored(screen, reports))


def _rescored_document(r: "RescoreReport") -> dict[str, Any]:
    return {
        "dataset": r.dataset,
        "scan": r.scan,
        "noted": r.noted,
        "changes": [
            {
                "field": show_path(c.path),
                "gained": list(c.gained),
                "lost": list(c.lost),
                "verdict": view.verdict_document(r.verdicts[c.path]),
            }
            for c in r.changes
        ],
        "scan_again": [{"field": show_path(s.path), "because": list(s.because)} for s in r.stale],
    }


def _rescored(screen: Screen, reports: "Sequence[RescoreReport]") -> None:
    for r in reports:
        screen.line(Cell(r.dataset, Style.STRONG), Cell(f"  scan of {r.scan[:16].replace('T', ' ')}", Style.FAINT))
        rows: list[Row] = [
            [
                Cell(f"  {show_path(c.path)}", Style.NAME),
                _gained(c.gained, c.lost),
                *view.verdict_cells(r.verdicts[c.path]),
            ]
            for c in r.changes
        ]
        screen.table([Column("  field"), Column("proposed"), Column("held to be"), Column("state", whole=True)], rows)
        if not r.changes:
            screen.line("  ", Cell("the same is proposed as before", Style.GOOD))
        _stale(screen, r)
        screen.blank()
    again = [r.dataset for r in reports if r.stale]
    if again:
        screen.next(f"pratique scan {' '.join(again)}")
    elif not reports:
        screen.line("Nothing here. Datasets get into the catalogue by ", Cell("pratique scan", Style.STRONG), ".")


def _stale(screen: Screen, r: "RescoreReport") -> None:
    if not r.stale:
        screen.line("  ", Cell("the stored evidence tells all that a new scan of the same data would", Style.GOOD))
        return
    screen.line(
        "  ",
        Cell(f"{count(len(r.stale), 'field')} to scan again", Style.BAD),
        ": what finds personal data there changed since",
    )
    by_cause: dict[tuple[str, ...], list[FieldPath]] = {}
    for s in r.stale:
        by_cause.setdefault(tuple(s.because), []).append(s.path)
    for because, paths in by_cause.items():
        screen.line("    ", Cell(", ".join(map(show_path, paths)), Style.NAME))
        screen.line(Cell(f"      {', '.join(because)}", Style.FAINT))


def add_to(app: typer.Typer) -> None:
    """Three more commands of ``pratique catalogue``."""
    app.command(epilog="Example: pratique catalogue history movie card_number")(history)
    app.command(epilog="Example: pratique catalogue diff movie --from 1 --to now")(diff)
    app.command(epilog="Example: pratique catalogue rescore movie")(rescore)
