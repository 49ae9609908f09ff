"""``pratique registry``: what schemas a registry holds, what they say of fields, what it enforces."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.cli.text import count
from pratique.model.paths import show_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.assembly.registries import Subject, SubjectView
    from pratique.model.schema import Node

app = typer.Typer(no_args_is_help=True, help="Schema registries: what they hold, and what they enforce.")

SubjectName = Annotated[str, typer.Argument(metavar="SUBJECT", help="A subject, as TOPIC-value.", show_default=False)]


@app.command("list", epilog="Example: pratique registry list")
def list_subjects(root: Root = ".", output: Output = Form.HUMAN) -> None:
    """List every subject, its newest version, and what the registry enforces for it."""
    found = open_project(root).streams.subjects()
    columns = [Column("subject"), Column("kind"), Column("versions", right=True), Column("id", right=True)]
    rows: list[Row] = [
        [Cell(s.name, Style.NAME), s.kind, str(s.versions), "-" if s.id < 0 else str(s.id), s.compatibility]
        for s in found
    ]
    show(
        output,
        [_document(one) for one in found],
        lambda screen: screen.table([*columns, Column("enforces")], rows),
    )


@app.command("show", epilog="Example: pratique registry show channel-raw-data-value")
def show_subject(
    subject: SubjectName,
    version: Annotated[int | None, typer.Option("--version", min=1, help="Another than the newest.")] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show the fields of a schema: kinds, tags, and what Pratique wrote of them."""
    found = open_project(root).streams.subject(subject, version)
    fields = [] if found.schema is None else list(_fields(found.schema.root, ()))
    document = _document(found.subject) | {
        "version": found.shown.version,
        "id": found.shown.id,
        "all_versions": list(found.versions),
        "read": found.schema is not None,
        "fields": [
            {"field": name, "kinds": kinds, "logical": logical, "tags": tags} for name, kinds, logical, tags in fields
        ],
    }
    show(output, document, lambda screen: _human(screen, found, fields))


@app.command(
    "compatibility", epilog="Example: pratique registry compatibility channel-anonymised-data-value --set BACKWARD"
)
def compatibility(
    subject: Annotated[
        str | None, typer.Argument(metavar="[SUBJECT]", show_default="all", help="Only this one.")
    ] = None,
    level: Annotated[
        str | None, typer.Option("--set", metavar="LEVEL", help="Enforce this from now on; on record.")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show what registries enforce when a schema changes, or have them enforce another level."""
    streams = open_project(root).streams
    found = streams.compatibility(subject) if level is None else streams.set_compatibility(subject, level.upper())
    document = [{"cluster": cluster, "subject": subject, "enforces": one} for cluster, one in found]
    rows: list[Row] = [[Cell(cluster, Style.NAME), subject or "all", one] for cluster, one in found]
    columns = [Column("cluster"), Column("subject"), Column("enforces")]
    show(output, document, lambda screen: screen.table(columns, rows))


def _document(one: "Subject") -> dict[str, Any]:
    return {
        "cluster": one.cluster,
        "subject": one.name,
        "kind": one.kind,
        "versions": one.versions,
        "newest_id": one.id,
        "enforces": one.compatibility,
    }


_Line = tuple[str, list[str], str, list[str]]


def _fields(node: "Node", path: tuple[str, ...]) -> "list[_Line]":
    """Each place that has values or tags."""
    from pratique.model.paths import ITEM, VALUE  # noqa: PLC0415 (heavy; `--help` does without)

    found: list[_Line] = []
    tags = [tag for tag in dict(node.properties).get("tags", "").split(",") if tag]
    below = [((*path, name), child) for name, child in node.fields]
    below += [((*path, mark), child) for mark, child in ((ITEM, node.item), (VALUE, node.value)) if child is not None]
    if path and (tags or not below):
        found.append((show_path(path), sorted(kind.value for kind in node.kinds), node.logical, tags))
    for inner, child in below:
        found += _fields(child, inner)
    return found


def _human(screen: Screen, found: "SubjectView", fields: "Sequence[_Line]") -> None:
    line, shown = found.subject, found.shown
    extent = f"  {shown.kind}, version {shown.version} of {count(len(found.versions), 'version')}, id {shown.id}"
    screen.line(Cell(line.name, Style.STRONG), Cell(f"{extent}, enforces {line.compatibility}", Style.FAINT))
    screen.blank()
    if found.schema is None:
        screen.line(Cell("Pratique does not read this schema: messages of it are held back.", Style.BAD))
        return
    rows: list[Row] = [
        [Cell(name, Style.NAME), logical or " | ".join(kinds), Cell(", ".join(tags), Style.ATTENTION)]
        for name, kinds, logical, tags in fields
    ]
    screen.table([Column("field"), Column("kind"), Column("tags")], rows)
