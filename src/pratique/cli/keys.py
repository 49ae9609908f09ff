"""``pratique keys``: the company's keys. No command prints a secret."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count

app = typer.Typer(no_args_is_help=True, help="The company's keys; no command prints a secret.")


@app.command(epilog="Example: pratique keys create")
def create(
    region: Annotated[
        str | None, typer.Argument(metavar="[REGION]", help="A region of the project file.", show_default="all")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Make the keys of a region, or every key that the project file names and that is missing. Never overwrites one."""
    project = open_project(root)
    written = [str(path) for path in project.create_keys(region)]
    keys = list(project.keys())
    document = {"written": written, "keys": [dict(key) for key in keys]}
    show(output, document, lambda screen: _created(screen, written, keys))


@app.command("list", epilog="Example: pratique keys list -o json")
def list_keys(root: Root = ".", output: Output = Form.HUMAN) -> None:
    """List keys by kind, id and version."""
    keys = list(open_project(root).keys())
    show(output, [dict(key) for key in keys], lambda screen: _keys(screen, keys))


@app.command("export-public", epilog="Example: pratique keys export-public exporter.pub")
def export_public(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.", show_default=False)],
    region: Annotated[
        str | None, typer.Option("--region", help="Whose exporter.", show_default="the only one with keys")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Write the exporter's public key: what a recipient needs to verify releases."""
    written = str(open_project(root).export_public(path, region))
    show(output, {"written": written}, lambda screen: _exported(screen, written))


def _exported(screen: Screen, written: str) -> None:
    screen.line("Wrote the exporter's public key to ", Cell(written, Style.NAME))
    screen.line("Give it to recipients by another way than the releases take.")


def _created(screen: Screen, written: Sequence[str], keys: Sequence[Mapping[str, str]]) -> None:
    for file in written:
        screen.line(Cell("  wrote ", Style.FAINT), Cell(file, Style.NAME))
    if not written:
        screen.line("They are all there already; nothing was written.")
    screen.blank()
    _keys(screen, keys)


def _keys(screen: Screen, keys: Sequence[Mapping[str, str]]) -> None:
    if not keys:
        screen.line("No keys yet.")
        screen.next("pratique keys create")
        return
    titles = list(dict.fromkeys(title for key in keys for title in key))
    screen.table([Column(title) for title in titles], [[key.get(title, "") for title in titles] for key in keys])
    screen.blank()
    screen.line(count(len(keys), "key"))
