"""``pratique catalogue export|import``: decisions as a file for review, and the edited file back."""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import fields as view
from pratique.cli.options import DatasetName, Output, Root, Steward, open_project
from pratique.cli.show import Cell, Form, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import RefusedError, SinkError
from pratique.model.paths import show_path

if TYPE_CHECKING:
    from pratique.pipeline.knowing import ImportReport


def export(
    dataset: DatasetName,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write it here instead of showing it.")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show a dataset's fields and decisions as YAML.

    For a code review, or to decide in an editor. Evidence stands in comments; there are no values.
    """
    text = open_project(root).export_catalogue(dataset)
    document = {"dataset": dataset, "file": str(to) if to is not None else None}
    if to is None:
        show(output, {**document, "yaml": text}, lambda screen: _text(screen, text))
        return
    write_whole(to, text.encode())
    show(output, document, lambda screen: _written(screen, to))


def _text(screen: Screen, text: str) -> None:
    for line in text.splitlines():
        screen.line(Cell(line, Style.FAINT if line.lstrip().startswith("#") else Style.PLAIN))


def _written(screen: Screen, to: Path) -> None:
    screen.line("Written to ", Cell(str(to), Style.NAME))
    screen.next(f"pratique catalogue import {to} --dry-run")


def write_whole(to: Path, data: bytes) -> None:
    """Whole or not at all, over what an earlier export left."""
    unfinished = to.parent / f".{to.name}.{os.getpid()}"
    try:
        try:
            unfinished.write_bytes(data)
            unfinished.replace(to)
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise SinkError(f"cannot be written: {error.strerror}", where=str(to)) from None


def import_file(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An exported file, edited.", show_default=False)],
    steward: Steward = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken.")] = False,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Take the new decisions of an edited file: all, or none.

    Exits with 3 and names every line that cannot be taken, and why.
    """
    report = open_project(root).import_catalogue(file, steward=steward, dry_run=dry_run)
    show(output, _document(report, dry_run=dry_run), lambda screen: _human(screen, report, dry_run=dry_run))
    if report.refused:
        raise typer.Exit(RefusedError.exit_code)


def _document(report: "ImportReport", *, dry_run: bool) -> dict[str, Any]:
    return {
        "dataset": report.dataset,
        "file": report.file,
        "dry_run": dry_run,
        "taken": report.taken,
        "decisions": [{"field": show_path(d.path), **view.decision_document(d)} for d in report.new],
        "refused": [
            {
                "line": r.line,
                "field": show_path(r.path) if r.path else None,
                "conflict": r.conflict,
                "why": r.why,
                "do": r.do,
            }
            for r in report.refused
        ],
    }


def _human(screen: Screen, report: "ImportReport", *, dry_run: bool) -> None:
    for r in report.refused:
        screen.line(
            Cell(f"{report.file}:{r.line}", Style.STRONG),
            Cell(f"  {show_path(r.path)}" if r.path else "", Style.NAME),
            Cell("  conflict" if r.conflict else "  refused", Style.BAD),
        )
        told = (("why", r.why), ("do", r.do))
        screen.pairs([(name, text) for name, text in told if text])
    if report.refused:
        screen.blank()
    for d in report.new:
        screen.line(
            Cell(f"{d.dataset}.", Style.FAINT),
            Cell(show_path(d.path), Style.NAME),
            f"  {' '.join((d.kind.value, *d.entities))}",
            Cell(f"  by {d.who}", Style.FAINT),
            Cell("  signed", Style.GOOD) if d.signature else Cell("  not signed", Style.FAINT),
        )
    lines = count(len(report.refused), "line")
    if report.refused:
        others = f", nor {count(len(report.new), 'other decision')}" if report.new else ""
        screen.line(Cell(f"Nothing is taken: {lines} cannot be{others}.", Style.BAD))
    elif not report.new:
        screen.line("The catalogue has all that the file says.")
    elif dry_run:
        screen.line(Cell(f"{count(len(report.new), 'decision')} would be taken.", Style.ATTENTION))
    else:
        screen.line(Cell(f"{count(len(report.new), 'decision')} taken.", Style.GOOD))


def add_to(app: typer.Typer) -> None:
    """Two more commands of ``pratique catalogue``."""
    app.command(epilog="Example: pratique catalogue export movie --to movie.yaml")(export)
    app.command("import", epilog="Example: pratique catalogue import movie.yaml --as privacy-office")(import_file)
