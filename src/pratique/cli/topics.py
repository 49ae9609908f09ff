"""``pratique topics``: what topics there are, making what is missing, removing."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output, Root, Yes, ask, open_project
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.cli.text import count as count_of
from pratique.errors import ConfigError, RefusedError

if TYPE_CHECKING:
    from pratique.assembly.tailing import Tail

app = typer.Typer(no_args_is_help=True, help="Topics: make what is missing, look, remove.")

TopicName = Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's name.", show_default=False)]


@app.command("create", epilog="Example: pratique topics create")
def create(root: Root = ".", output: Output = Form.HUMAN) -> None:
    """Make every topic that the project file asks for and that is missing: quarantines and releases too.

    Nothing that exists is changed.
    """
    made = open_project(root).streams.create()
    rows: list[Row] = [[Cell(n, Style.NAME), "created" if new else "was there"] for n, new in made]
    document = [{"topic": name, "created": new} for name, new in made]
    show(output, document, lambda screen: screen.table([Column("topic"), Column("")], rows))


@app.command("list", epilog="Example: pratique topics list")
def list_topics(root: Root = ".", output: Output = Form.HUMAN) -> None:
    """List every topic on the project's clusters."""
    found = open_project(root).streams.topics()
    rows: list[Row] = [[Cell(t.name, Style.NAME), str(t.partitions), str(t.replication)] for t in found]
    document = [{"topic": t.name, "partitions": t.partitions, "replication": t.replication} for t in found]
    columns = [Column("topic"), Column("partitions", right=True), Column("replication", right=True)]
    show(output, document, lambda screen: screen.table(columns, rows))


@app.command("describe", epilog="Example: pratique topics describe channel-raw-data")
def describe(topic: TopicName, root: Root = ".", output: Output = Form.HUMAN) -> None:
    """Show one topic with its settings."""
    found = open_project(root).streams.describe(topic)
    document: dict[str, Any] = {
        "topic": found.name,
        "partitions": found.partitions,
        "replication": found.replication,
        "settings": dict(found.settings),
    }
    pairs: list[tuple[str, str | Cell]] = [
        ("topic", Cell(found.name, Style.NAME)),
        ("partitions", str(found.partitions)),
        ("replication", str(found.replication)),
        *sorted(found.settings.items()),
    ]
    show(output, document, lambda screen: screen.pairs(pairs))


@app.command("tail", epilog="Example: pratique topics tail channel-anonymised-data -n 5")
def tail(
    topic: TopicName,
    count: Annotated[int, typer.Option("--count", "-n", min=1, max=1_000, help="About so many messages.")] = 10,
    *,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show a raw topic's values, on a terminal only; it goes on record first.")
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="Why values are shown: it stands in the audit log for ever.")
    ] = "",
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show a topic's newest messages, decoded. Values of a raw topic are masked."""
    if reason and not reveal:
        raise ConfigError("a reason is for --reveal only", do="leave --reason out, or add --reveal")
    # Values are for eyes: a pipe or a file would keep them where nobody knows of them.
    if reveal and (output is not Form.HUMAN or not sys.stdout.isatty()):
        raise RefusedError(
            "values are shown on a terminal only, never piped, written to a file or made a document",
            where=f"topic {topic}",
            do="leave --reveal out to see shapes",
        )
    found = open_project(root).streams.tail(topic, count, reason=reason if reveal else None)
    show(output, _tail_document(found), lambda screen: _tail(screen, found))


def _tail_document(found: "Tail") -> dict[str, Any]:
    return {
        "topic": found.topic,
        "kind": found.kind.value,
        "messages": [
            {
                "partition": one.partition,
                "offset": one.offset,
                "bytes": one.size,
                "note": one.note,
                "fields": dict(one.fields),
                "unknown_fields": one.more,
            }
            for one in found.messages
        ],
    }


def _tail(screen: Screen, found: "Tail") -> None:
    for one in found.messages:
        more = f"  {count_of(one.more, 'field')} that nobody has seen yet" if one.more else ""
        head = f"{one.partition}:{one.offset}"
        screen.line(Cell(head, Style.NAME), f"  {one.size:,} bytes", Cell(f"  {one.note}{more}", Style.ATTENTION))
        screen.pairs([(f"  {name}", value) for name, value in one.fields.items()])
    if found.revealed:
        screen.line(Cell("That these values were shown stands in the audit log.", Style.ATTENTION))
    elif found.kind.value == "raw":
        screen.line(Cell("A raw topic: values are masked.", Style.FAINT))


@app.command("delete", epilog="Example: pratique topics delete channel-raw-data --yes")
def delete(topic: TopicName, *, yes: Yes = False, root: Root = ".", output: Output = Form.HUMAN) -> None:
    """Remove a topic of the project and everything in it. It is on record who did."""
    project = open_project(root)
    if not yes:
        ask(f"Remove {topic} and everything in it?", "nothing was removed")
    project.streams.delete(topic)
    show(output, {"deleted": topic}, lambda screen: screen.line("Removed ", Cell(topic, Style.NAME)))
