"""Options and arguments that several commands share."""

from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.show import Form

if TYPE_CHECKING:
    from pratique.project import Project

Output = Annotated[Form, typer.Option("--output", "-o", help="For people, or one JSON document for programs.")]
Root = Annotated[str, typer.Option("--project", "-p", metavar="FOLDER", help="The project's folder.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why: it stands in the audit log for ever.")]
Steward = Annotated[
    str | None, typer.Option("--steward", "-s", help="Sign as this steward; what loosens counts only signed.")
]
DatasetName = Annotated[
    str, typer.Argument(metavar="DATASET", help="A dataset of the project file.", show_default=False)
]
FlowName = Annotated[str, typer.Argument(metavar="FLOW", help="A flow of the project file.", show_default=False)]


def open_project(root: str) -> "Project":
    """The project in this folder."""
    from pratique.project import Project  # noqa: PLC0415 (heavy; `--help` does without)

    return Project.open(root)
