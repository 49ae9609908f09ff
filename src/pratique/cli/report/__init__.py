"""``pratique report``: one page for people who answer for a project."""

import os
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, drop_output, show
from pratique.cli.text import count, size
from pratique.errors import ConfigError, remedy

if TYPE_CHECKING:
    from pratique.pipeline.reporting import ProjectReport

_TASKS = 8
"""Open work that is told on the screen."""
_STREAM = "-"


def report(
    *,
    out: Annotated[
        str, typer.Option("--out", "-O", metavar="FILE", help="Where to write the page; - is standard output.")
    ] = "report.html",
    names: Annotated[
        bool, typer.Option("--names/--no-names", help="Name datasets, flows, fields and people; or number them.")
    ] = True,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Write one HTML page about the whole project.

    What is where, decided, planned, released, held back, about to expire, and open. Counts and names, never a value.
    The page needs no network and runs no script. An earlier report is replaced; any other file is not.
    """
    if out == _STREAM and output is Form.JSON:
        raise ConfigError("two documents cannot share standard output", do="name a file with -O, or leave out -o json")
    project = open_project(root)
    if out != _STREAM:
        _check(Path(out))
    found = project.report(named=names)
    from pratique.cli.report.page import page  # noqa: PLC0415 (heavy; `--help` does without)

    made = page(found).encode()
    if out == _STREAM:
        _stream(made)
        return
    _write(Path(out), made)
    show(output, _document(found, out, len(made)), lambda screen: _human(screen, found, out, len(made)))


def _stream(made: bytes) -> None:
    try:
        sys.stdout.buffer.write(made)
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def _check(path: Path) -> None:
    """Refuse to replace what is no report, before any work is done."""
    from pratique.cli.report.page import MARK  # noqa: PLC0415

    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", where=str(path), do=remedy(error)) from None
    ours = False
    if stat.S_ISREG(mode):
        with suppress(OSError), path.open("rb") as file:
            ours = MARK.encode() in file.read(200)
    if not ours:
        raise ConfigError("something that is no report lies there", where=str(path), do="name another file with -O")


def _write(path: Path, made: bytes) -> None:
    """Put the page there whole or not at all, readable to its owner only: it is for people of the data's region."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(made)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", where=str(path), do=remedy(error)) from None


def _document(found: "ProjectReport", out: str, written: int) -> dict[str, Any]:
    from pratique.model.codec import encode  # noqa: PLC0415

    return {"file": out, "bytes": written, "report": encode(found)}


def _human(screen: Screen, found: "ProjectReport", out: str, written: int) -> None:
    screen.line(Cell("Written", Style.GOOD), ": ", Cell(out, Style.NAME), f", {size(written)}")
    for line in found.problems:
        screen.line(Cell("  not read: ", Style.BAD), line)
    if not found.tasks:
        screen.line("Nothing waits for anybody.")
        return
    screen.blank()
    styles = {"now": Style.BAD, "soon": Style.ATTENTION, "look": Style.FAINT}
    screen.table(
        [Column("", whole=True), Column("open work"), Column("command")],
        [
            [Cell(task.urgency.value, styles[task.urgency.value]), task.what, Cell(task.command, Style.STRONG)]
            for task in found.tasks[:_TASKS]
        ],
    )
    if len(found.tasks) > _TASKS:
        screen.line(
            Cell(f"and {count(len(found.tasks) - _TASKS, 'more')} in the report".replace("mores", "more"), Style.FAINT)
        )
