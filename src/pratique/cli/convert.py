"""``pratique convert-schema``: a dataset's schema for registries, catalogues and contracts."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.exchange import write_whole
from pratique.cli.options import DatasetName, Output, Root, open_project
from pratique.cli.show import Cell, Form, Screen, show

if TYPE_CHECKING:
    from pratique.assembly.converting import Converted


class Language(StrEnum):
    """A language for schemas."""

    AVRO = "avro"
    JSON_SCHEMA = "json-schema"
    ODCS = "odcs"


def convert_schema(
    *,
    dataset: DatasetName,
    to: Annotated[Language, typer.Option("--to", help="The language; odcs is the Open Data Contract Standard, 3.1.")],
    flow: Annotated[
        str | None, typer.Option("--flow", help="Whose treatment to tell.", show_default="the only one")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-O", metavar="FILE", help="Write it here instead of showing it.")
    ] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show a dataset's schema, with what each field is held to be and what is done to it.

    What a flow writes is shown as it is released, any other as it was scanned.

    It names fields and holds no value.
    """
    found = open_project(root).convert_schema(dataset, to.value, flow=flow)
    document = {"dataset": found.dataset, "to": found.form.value, "flow": found.flow or None}
    if out is None:
        show(output, {**document, "schema": found.document}, lambda screen: _text(screen, found))
        return
    write_whole(out, found.text.encode())
    show(output, {**document, "file": str(out)}, lambda screen: screen.line("Written to ", Cell(str(out))))


def _text(screen: Screen, found: "Converted") -> None:
    for line in found.text.splitlines():
        screen.line(line)
