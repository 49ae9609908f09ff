"""``pratique topics``: what topics there are, making what is missing, removing."""

from typing import Annotated, Any

import typer

from pratique.cli.options import Output, Root, Yes, ask, open_project
from pratique.cli.show import Cell, Column, Form, Row, Style, show

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


@app.command("delete", epilog="Example: pratique topics delete channel-raw-data --yes")
def delete(topic: TopicName, *, yes: Yes = False, root: Root = ".", output: Output = Form.HUMAN) -> None:
    """Remove a topic of the project and everything in it. It is on record who did."""
    project = open_project(root)
    if not yes:
        ask(f"Remove {topic} and everything in it?", "nothing was removed")
    project.streams.delete(topic)
    show(output, {"deleted": topic}, lambda screen: screen.line("Removed ", Cell(topic, Style.NAME)))
