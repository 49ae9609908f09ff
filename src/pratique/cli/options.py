"""Options and arguments that several commands share."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.progress import Kind
from pratique.cli.show import Form
from pratique.errors import ConfigError, RefusedError

if TYPE_CHECKING:
    from pratique.crypto.secret import SecretBytes
    from pratique.project import Project

Output = Annotated[Form, typer.Option("--output", "-o", help="For people, or one JSON document for programs.")]
ShowProgress = Annotated[
    Kind,
    typer.Option(
        "--progress",
        help="How far it is: a bar, plain lines, or none; auto is a bar on a terminal, else lines, if long.",
    ),
]
Root = Annotated[str, typer.Option("--project", "-p", metavar="FOLDER", help="The project's folder.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why: it stands in the audit log for ever.")]
Steward = Annotated[
    str | None, typer.Option("--steward", "--as", "-s", help="Sign as this steward; what loosens counts only signed.")
]
DatasetName = Annotated[
    str, typer.Argument(metavar="DATASET", help="A dataset of the project file.", show_default=False)
]
FlowName = Annotated[str, typer.Argument(metavar="FLOW", help="A flow of the project file.", show_default=False)]


Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def ask(question: str, otherwise: str) -> None:
    """Ask a person at a terminal; where there is none, or the answer is no, refuse."""
    if not sys.stdin.isatty():
        raise ConfigError("this asks first, and nobody is here to answer", do="add --yes once you are sure")
    # Not by `input`: it writes to the descriptor of standard error, where only libraries write.
    print(f"{question} [y/N]: ", end="", file=sys.stderr, flush=True)  # noqa: T201
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise RefusedError(otherwise)


PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help="Its first line is the passphrase; only you may open it."),
]
_VARIABLE = "PRATIQUE_PASSPHRASE"


def passphrase(file: Path | None, *, twice: bool = False) -> "SecretBytes":
    """The passphrase: from the file, from the environment, or from a person at a terminal (``twice``, to be sure).

    It is never an argument, for arguments show in listings of processes.
    """
    from pratique.crypto.files import read_private  # noqa: PLC0415 (heavy; `--help` does without)
    from pratique.crypto.passphrase import passphrase_of  # noqa: PLC0415

    if file is not None:
        try:
            return passphrase_of(read_private(file).decode().partition("\n")[0].rstrip("\r"))
        except UnicodeDecodeError:
            raise ConfigError("the passphrase file is not UTF-8 text", where=str(file)) from None
    if _VARIABLE in os.environ:
        return passphrase_of(os.environ.pop(_VARIABLE))
    if not sys.stdin.isatty():
        raise ConfigError("no passphrase is given", do=f"add --passphrase-file FILE, or set {_VARIABLE}")
    return passphrase_of(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))


def open_project(root: str) -> "Project":
    """The project in this folder."""
    from pratique.project import Project  # noqa: PLC0415 (heavy; `--help` does without)

    return Project.open(root)
