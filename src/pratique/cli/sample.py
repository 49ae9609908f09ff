"""``pratique catalogue sample``: what the values of fields look like, as masked shapes; or, on record, as they are."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import progress
from pratique.cli.catalogue import Fields
from pratique.cli.options import DatasetName, Output, Root, ShowProgress, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count, share
from pratique.errors import ConfigError, RefusedError
from pratique.model.paths import parse_path, show_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.infer.shapes import FieldShapes
    from pratique.pipeline.knowing import Revealed, Sample
    from pratique.project import Project

_SHOWN = 8
"""Shapes of a field on a screen; the JSON document has all."""


def sample(
    *,
    dataset: DatasetName,
    fields: Fields = None,
    records: Annotated[
        int, typer.Option("--records", "-n", min=1, max=1_000_000, help="About so many records are read.")
    ] = 10_000,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show real values instead, on a terminal only; it goes on record first.")
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="Why values are shown: it stands in the audit log for ever.")
    ] = "",
    how: ShowProgress = progress.Kind.AUTO,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show what the values of fields look like.

    As masked shapes: a letter is a or A, a digit 9. A shape that fewer than five share is not shown. Read now, stored
    nowhere.
    """
    if reason and not reveal:
        raise ConfigError("a reason is for --reveal only", do="leave --reason out, or add --reveal")
    project = open_project(root)
    if reveal:
        _reveal(project, dataset, fields or (), reason=reason, output=output)
        return
    with progress.bar(how) as bar:
        found = project.sample(dataset, [parse_path(f) for f in fields or ()], records=records, progress=bar)
    show(output, _document(found), lambda screen: _human(screen, found))


def _document(found: "Sample") -> dict[str, Any]:
    return {
        "dataset": found.dataset,
        "records": found.records,
        "shared_by": _sharers(found),
        "fields": [
            {
                "field": show_path(f.path),
                "values": f.values,
                "nulls": f.nulls,
                "rare": f.rare,
                "shapes": [
                    {"shape": s.shape, "count": s.count, "share": s.share, "coarse": s.coarse} for s in f.shapes
                ],
            }
            for f in found.fields
        ],
    }


def _sharers(found: "Sample") -> str:
    return "subjects" if found.by_subject else "values"


def _human(screen: Screen, found: "Sample") -> None:
    extent = f"  the first {count(found.records, 'record')} of its inputs"
    screen.line(Cell(found.dataset, Style.STRONG), Cell(extent, Style.FAINT))
    screen.blank()
    screen.table(
        [Column("field"), Column("shape"), Column("share", right=True, whole=True), Column("values", right=True)],
        [row for f in found.fields for row in _rows(f)],
    )
    screen.blank()
    who = "subjects" if found.by_subject else "different values"
    screen.line(Cell(f"A shape is shown if five {who} or more share it; (rare) is what fewer do.", Style.FAINT))
    if not found.by_subject:
        screen.line(Cell("The dataset declares no subject: one person's values may count as many's.", Style.FAINT))


def _rows(f: "FieldShapes") -> list[list[str | Cell]]:
    filled = f.values - f.nulls
    rows: list[tuple[str | Cell, int]] = [(s.shape or Cell("(empty)", Style.FAINT), s.count) for s in f.shapes[:_SHOWN]]
    for label, number in (
        (f"({len(f.shapes) - _SHOWN} more)", sum(s.count for s in f.shapes[_SHOWN:])),
        ("(rare)", f.rare),
        ("(null)", f.nulls),
    ):
        if number:
            rows.append((Cell(label, Style.FAINT), number))
    if not rows:
        rows = [(Cell("(no value)", Style.FAINT), 0)]
    return [
        [
            Cell(show_path(f.path) if not at else "", Style.NAME),
            shape,
            share(number / (f.values if isinstance(shape, Cell) and shape.text == "(null)" else filled))
            if number
            else "",
            f"{number:,}",
        ]
        for at, (shape, number) in enumerate(rows)
    ]


def _reveal(project: "Project", dataset: str, fields: "Sequence[str]", *, reason: str, output: Form) -> None:
    # Values are for eyes: a pipe or a file would keep them where nobody knows of them.
    if output is not Form.HUMAN or not sys.stdout.isatty():
        raise RefusedError(
            "values are shown on a terminal only, never piped, written to a file or made a document",
            where=f"dataset {dataset}",
            do="leave --reveal out to see shapes",
        )
    found = project.reveal(dataset, [parse_path(f) for f in fields], reason=reason)
    show(output, None, lambda screen: _revealed(screen, found))


def _revealed(screen: Screen, found: "Sequence[Revealed]") -> None:
    for f in found:
        screen.line(Cell(f"{f.dataset}.", Style.FAINT), Cell(show_path(f.path), Style.STRONG))
        for value in f.values:
            screen.line("  ", value)
        if not f.values:
            screen.line(Cell("  no value in the records that were read", Style.FAINT))
        screen.blank()
    screen.line(Cell("That these values were shown stands in the audit log.", Style.ATTENTION))


def add_to(app: typer.Typer) -> None:
    """One more command of ``pratique catalogue``."""
    app.command(epilog="Example: pratique catalogue sample movie card_number email")(sample)
