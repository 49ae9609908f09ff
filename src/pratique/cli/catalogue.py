"""``pratique catalogue``: what every field is held to be, and who said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import fields as view
from pratique.cli.options import DatasetName, Output, Reason, Root, Steward, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count, share
from pratique.errors import CatalogueError, ConfigError
from pratique.model.paths import FieldPath, parse_path, show_path

if TYPE_CHECKING:
    from pratique.model.catalogue import Decision, Evidence
    from pratique.pipeline.results import FieldView
    from pratique.project import Project

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
    """Show all that is known of fields: evidence, verdict, every decision."""
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
                    d.at,
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


# --- decisions -----------------------------------------------------------------------------------------------------


@app.command(epilog="Example: pratique catalogue confirm channel user_id date --reason 'checked with the data owner'")
def confirm(
    dataset: DatasetName,
    reason: Reason,
    fields: Fields = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="All fields that are proposed now.")] = False,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say that what is proposed for these fields is right."""
    which = _Which(dataset, fields, view.State.PROPOSED if proposed else None, "--proposed")
    _decide(open_project(root), which, "confirm", (), reason=reason, steward=steward, output=output)


@app.command(
    epilog="Example: pratique catalogue reject channel tv_show --entity PERSON "
    "--reason 'titles of programmes, not people' --steward privacy-office"
)
def reject(
    dataset: DatasetName,
    entity: Annotated[str, typer.Option("--entity", "-e", help="The type that is not in these fields.")],
    reason: Reason,
    fields: Fields = None,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say that one type is not in these fields, whatever a detector says. Loosens: it counts only signed."""
    which = _Which(dataset, fields, None, "")
    _decide(open_project(root), which, "reject", (entity,), reason=reason, steward=steward, output=output)


@app.command(
    "set",
    epilog="Example: pratique catalogue set movie card_number --entity CUSTOM_CREDIT_CARD --reason 'card of the shop'",
)
def set_types(
    dataset: DatasetName,
    entity: Annotated[list[str], typer.Option("--entity", "-e", help="A type of these fields; once for each type.")],
    reason: Reason,
    fields: Fields = None,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say what these fields hold. If that removes a type, it loosens and counts only signed."""
    which = _Which(dataset, fields, None, "")
    _decide(open_project(root), which, "set", tuple(entity), reason=reason, steward=steward, output=output)


@app.command(
    "not-personal",
    epilog="Example: pratique catalogue not-personal channel channel_name tv_show_type --reason 'no person in them' "
    "--steward privacy-office",
)
def not_personal(
    dataset: DatasetName,
    reason: Reason,
    fields: Fields = None,
    undecided: Annotated[bool, typer.Option("--undecided", help="All fields that nobody decided yet.")] = False,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say that these fields hold no personal data. Loosens: it counts only signed."""
    which = _Which(dataset, fields, view.State.UNDECIDED if undecided else None, "--undecided")
    _decide(open_project(root), which, "not-personal", (), reason=reason, steward=steward, output=output)


@dataclass(frozen=True, slots=True)
class _Which:
    """Which fields are decided upon: those named, or all in a state; never both, never neither."""

    dataset: str
    fields: Sequence[str] | None
    state: view.State | None
    option: str
    """The option that asks for a state, if there is one."""

    def paths(self, project: "Project") -> list[FieldPath]:
        if bool(self.fields) == (self.state is not None):
            do = f"name fields, or give {self.option}, not both" if self.option else "name at least one"
            raise ConfigError("which fields?", do=do)
        if self.state is None:
            return [parse_path(field) for field in self.fields or ()]
        return [v.path for v in project.catalogue(self.dataset) if view.state(v.verdict) is self.state]


def _decide(
    project: "Project",
    which: _Which,
    kind: str,
    entities: Sequence[str],
    *,
    reason: str,
    steward: str | None,
    output: Form,
) -> None:
    from pratique.model.catalogue import DecisionKind  # noqa: PLC0415 (heavy; `--help` does without)

    paths = which.paths(project)
    decisions: list[Decision] = []
    if paths:
        decided = project.decide(which.dataset, paths, DecisionKind(kind), entities, reason=reason, steward=steward)
        decisions.extend(decided)
    document = [{"dataset": d.dataset, "field": show_path(d.path), **view.decision_document(d)} for d in decisions]
    show(output, document, lambda screen: _decided(screen, decisions))


def _decided(screen: Screen, decisions: "Sequence[Decision]") -> None:
    if not decisions:
        screen.line("Nothing to decide.")
        return
    for d in decisions:
        screen.line(
            Cell(f"{d.dataset}.", Style.FAINT),
            Cell(show_path(d.path), Style.NAME),
            f"  {' '.join((d.kind.value, *d.entities))}",
            Cell(f"  by {d.who}", Style.FAINT),
            Cell("  signed", Style.GOOD) if d.signature else Cell("  not signed", Style.FAINT),
        )
