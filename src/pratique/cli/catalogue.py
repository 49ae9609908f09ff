"""``pratique catalogue``: what every field is held to be, and who said so."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import fields as view
from pratique.cli.options import DatasetName, Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count, share
from pratique.errors import CatalogueError
from pratique.model.paths import FieldPath, parse_path, show_path

if TYPE_CHECKING:
    from pratique.model.catalogue import Evidence
    from pratique.pipeline.results import FieldView

app = typer.Typer(no_args_is_help=True, help="What every field is held to be: look, and decide.")

Fields = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD", help="Fields, as they are shown: user_id, address.street, tags[].", show_default=False
    ),
]


@app.command(
    "list",
    epilog="Example: pratique catalogue list channel --state undecided",
)
def list_fields(
    dataset: Annotated[
        str | None, typer.Argument(metavar="DATASET", help="Only this dataset.", show_default=False)
    ] = None,
    state: Annotated[view.State | None, typer.Option("--state", help="Only fields in this state.")] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """List fields and what they are held to be."""
    views = [v for v in open_project(root).catalogue(dataset) if state is None or view.state(v.verdict) is state]
    show(output, [_document(v, whole=False) for v in views], lambda screen: _list(screen, views))


def _list(screen: Screen, views: "Sequence[FieldView]") -> None:
    if not views:
        screen.line("Nothing here. Datasets get into the catalogue by ", Cell("pratique scan", Style.STRONG), ".")
        return
    screen.table(
        [
            Column("dataset"),
            Column("field"),
            Column("held to be"),
            Column("state", whole=True),
            Column("by"),
            Column("seen"),
        ],
        [
            [
                v.dataset,
                Cell(show_path(v.path), Style.NAME),
                *view.verdict_cells(v.verdict),
                v.verdict.by + (" (bulk)" if v.verdict.bulk else ""),
                Cell(view.seen(v.evidence), Style.FAINT),
            ]
            for v in views
        ],
    )
    undecided = sum(view.state(v.verdict) is view.State.UNDECIDED for v in views)
    screen.blank()
    screen.line(
        f"{count(len(views), 'field')}, ", Cell(f"{undecided} to be decided", Style.BAD if undecided else Style.GOOD)
    )


@app.command("show", epilog="Example: pratique catalogue show channel tv_show")
def show_fields(
    dataset: DatasetName,
    fields: Fields = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show fields: evidence, verdict, every decision."""
    views = list(open_project(root).catalogue(dataset))
    if fields:
        known = {v.path: v for v in views}
        views = [_known(known, dataset, parse_path(field)) for field in fields]
    show(output, [_document(v, whole=True) for v in views], lambda screen: _show(screen, views))


def _known(known: "dict[FieldPath, FieldView]", dataset: str, path: FieldPath) -> "FieldView":
    if path not in known:
        do = f"pratique catalogue list {dataset} shows those it has"
        raise CatalogueError("the catalogue has no such field", where=f"{dataset}.{show_path(path)}", do=do)
    return known[path]


def _show(screen: Screen, views: "Sequence[FieldView]") -> None:
    for v in views:
        held, state = view.verdict_cells(v.verdict)
        screen.line(Cell(f"{v.dataset}.", Style.FAINT), Cell(show_path(v.path), Style.STRONG))
        pairs: list[tuple[str, str | Cell]] = [
            ("held to be", held),
            ("state", state),
            ("by", v.verdict.by + (" (in bulk)" if v.verdict.bulk else "")),
            ("waived", ", ".join(v.verdict.waived)),
            ("ignored", count(v.verdict.ignored, "loosening decision") + " without a good signature"),
            ("sampled", _sampled(v.evidence)),
            ("dates", " or ".join(v.evidence.date_formats)),
        ]
        left_out = {"ignored"} if not v.verdict.ignored else set()
        screen.pairs([(name, value) for name, value in pairs if _cell_text(value) and name not in left_out])
        for note in v.verdict.notes:
            screen.line(Cell("  note: ", Style.ATTENTION), note)
        _show_tables(screen, v)
        screen.blank()


def _show_tables(screen: Screen, v: "FieldView") -> None:
    if v.evidence.types:
        screen.blank()
        screen.table(
            [
                Column("type"),
                *(Column(title, right=True) for title in ("hits", "share", "score", "whole value")),
                Column("by name"),
            ],
            [
                [
                    t.entity,
                    f"{t.hits:,}",
                    share(t.share),
                    f"{t.mean_score:.2f}" if t.hits else "",
                    f"{t.whole:,}",
                    "yes" if t.by_name else "",
                ]
                for t in v.evidence.types
            ],
        )
    if v.decisions:
        screen.blank()
        screen.table(
            [
                Column("#", right=True),
                Column("decision"),
                Column("who"),
                Column("when"),
                Column("signed"),
                Column("reason"),
            ],
            [
                [
                    str(d.sequence),
                    " ".join((d.kind.value, *d.entities)),
                    d.who,
                    d.at[:16].replace("T", " "),
                    Cell("yes", Style.GOOD) if d.signature else "no",
                    d.reason,
                ]
                for d in v.decisions
            ],
        )


def _sampled(evidence: "Evidence") -> str:
    return (
        f"{count(evidence.sampled, 'value')}, {count(evidence.nulls, 'null')}, about {evidence.distinct:,} distinct, "
        f"{evidence.mean_length:.1f} characters and {evidence.mean_words:.1f} words on average"
    )


def _cell_text(cell: str | Cell) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def _document(v: "FieldView", *, whole: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "dataset": v.dataset,
        "field": show_path(v.path),
        "verdict": view.verdict_document(v.verdict),
        "evidence": view.evidence_document(v.evidence),
    }
    if whole:
        document["decisions"] = [view.decision_document(d) for d in v.decisions]
    return document
