"""``pratique init``, ``doctor`` and ``demo``: getting there."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.pipeline.results import Check


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the project is to be.")] = Path(),
    name: Annotated[
        str | None, typer.Option("--name", help="The exporter's name in releases; else the folder's name.")
    ] = None,
    output: Output = Form.HUMAN,
) -> None:
    """Write a commented pratique.yaml, and the keys that it names."""
    from pratique.project import Project  # noqa: PLC0415 (heavy; `--help` does without)

    files = [str(path) for path in Project.init(folder, name or folder.resolve().name)]
    show(output, {"written": files}, lambda screen: _written(screen, files))


def _written(screen: Screen, files: "Sequence[str]") -> None:
    for file in files:
        screen.line(Cell("  wrote ", Style.FAINT), Cell(file, Style.NAME))
    screen.blank()
    screen.line("Keep the keys where only you can read them, and a copy where a fire cannot reach it.")
    screen.next("edit pratique.yaml, then: pratique scan")


def doctor(root: Root = ".", output: Output = Form.HUMAN) -> None:
    """Is the configuration sound, are the keys there?

    Exits with 2 if anything is amiss.
    """
    checks = list(open_project(root).doctor())
    document = [{"name": c.name, "ok": c.ok, "detail": c.detail, "fix": c.fix} for c in checks]
    show(output, document, lambda screen: _checks(screen, checks))
    if not all(check.ok for check in checks):
        raise typer.Exit(ConfigError.exit_code)


def _checks(screen: Screen, checks: "Sequence[Check]") -> None:
    screen.table(
        [Column("", whole=True), Column("check"), Column("found")],
        [
            [Cell("ok", Style.GOOD) if c.ok else Cell("amiss", Style.BAD), c.name, Cell(c.detail, Style.FAINT)]
            for c in checks
        ],
    )
    amiss = [check for check in checks if not check.ok]
    screen.blank()
    for check in amiss:
        if check.fix:
            screen.line(Cell(f"{check.name}: ", Style.ATTENTION), check.fix)
    screen.line(f"{count(len(checks), 'check')}, ", Cell(f"{len(amiss)} amiss", Style.BAD if amiss else Style.GOOD))


def demo(
    *,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where to play; a new folder if none is named.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of the sample data: same seed, same bytes.")] = 7,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Only write the sample data and the project file, for trying it yourself.")
    ] = False,
    output: Output = Form.HUMAN,
) -> None:
    """Tell the whole story on sample data."""
    place = _empty(folder)
    if prepare:
        _prepare(place, seed, output)
        return
    from pratique.cli import progress  # noqa: PLC0415 (heavy, as is what follows; `--help` does without)
    from pratique.cli.teller import ScreenTeller  # noqa: PLC0415
    from pratique.demo.story import tell  # noqa: PLC0415
    from pratique.demo.telling import Silent  # noqa: PLC0415

    if output is Form.JSON:
        show(output, tell(place, seed=seed, teller=Silent()), lambda _: None)
        return
    with progress.bar() as bar:

        def human(screen: Screen) -> None:
            tell(place, seed=seed, teller=ScreenTeller(screen, bar))

        show(output, None, human)


def _empty(folder: Path | None) -> Path:
    """The folder to play in; refuses one that holds something, so that nobody's files are touched."""
    if folder is None:
        import tempfile  # noqa: PLC0415

        return Path(tempfile.mkdtemp(prefix="pratique-demo-"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError("the demo needs a new or an empty folder", where=str(folder), do="name another one")
    return folder


def _prepare(folder: Path, seed: int, output: Form) -> None:
    from pratique.demo.data import make_sample  # noqa: PLC0415
    from pratique.demo.project_file import write_project  # noqa: PLC0415

    project = write_project(folder)
    sample = make_sample(folder, seed)
    document = {
        "folder": str(folder),
        "events": dict(sample.events),
        "memos": sample.memos,
        "planted": dict(sample.planted),
        "files": [str(path) for path in (*project, *sample.files)],
        "truth": str(sample.truth),
    }

    def human(screen: Screen) -> None:
        made = {**sample.events, "memos": sample.memos}
        screen.table(
            [Column("dataset"), Column("records", right=True)],
            [[Cell(dataset, Style.NAME), f"{number:,}"] for dataset, number in made.items()],
        )
        screen.blank()
        screen.line(
            f"{count(sample.total, 'event')} and {count(sample.memos, 'memo')} in ", Cell(str(folder), Style.NAME)
        )
        screen.next(f"cd {folder} && pratique keys create && pratique scan")

    show(output, document, human)
