"""``pratique init``, ``doctor`` and ``demo``: getting there."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.pipeline.checking import DraftReport
    from pratique.pipeline.results import Check


def init(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the project is to be.")] = Path(),
    name: Annotated[
        str | None, typer.Option("--name", help="The exporter's name in releases; else the folder's name.")
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="PATH", help="Look at these files, folders or 'patterns'; may be repeated."),
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help="With --from: where the files lie.", show_default="asks")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="With --from: where releases go.", show_default="asks")] = None,
    output: Output = Form.HUMAN,
) -> None:
    """Write a commented pratique.yaml, and the keys that it names.

    With --from it is a draft for real files, with what a glance at them found.

    It holds no value of theirs. Nothing is ever overwritten.
    """
    from pratique.project import Project  # noqa: PLC0415 (heavy; `--help` does without)

    exporter = name or folder.resolve().name
    if files:
        source = _asked(region, "--region", "In which region do the files lie", "eu")
        report = Project.draft(folder, exporter, files, region=source, target=_asked(to, "--to", "Where to", "us"))
        show(output, _draft_document(report), lambda screen: _drafted(screen, report))
        return
    if region or to:
        raise ConfigError("--region and --to go with --from", do="add --from PATH, or edit pratique.yaml afterwards")
    written = [str(path) for path in Project.init(folder, exporter)]
    show(output, {"written": written}, lambda screen: _written(screen, written))


def _asked(given: str | None, option: str, question: str, example: str) -> str:
    """What was given; else what a person at a terminal says. Nobody's region is guessed."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise ConfigError(f"a draft needs {option}", do=f"add {option}, such as {option} {example}")
    # Not by `input`: it writes to the descriptor of standard error, where only libraries write.
    print(f"{question} [{example}]: ", end="", file=sys.stderr, flush=True)  # noqa: T201
    return sys.stdin.readline().strip() or example


def _draft_document(report: "DraftReport") -> dict[str, Any]:
    return {
        "written": [str(path) for path in report.written],
        "datasets": [
            {
                "dataset": found.name,
                "uri": found.uri,
                "format": found.format,
                "files": found.files,
                "records": found.records,
                "subject": found.subject or None,
                "fields": found.fields,
                "types": list(found.types),
            }
            for found in report.datasets
        ],
        "passed_over": [{"files": count, "why": why} for why, count in report.passed_over.items()],
    }


def _drafted(screen: Screen, report: "DraftReport") -> None:
    screen.table(
        [
            Column("dataset"),
            Column("format", whole=True),
            Column("files", right=True, whole=True),
            Column("fields", right=True, whole=True),
            Column("subject"),
            Column("proposed types"),
        ],
        [
            [
                Cell(found.name, Style.NAME),
                found.format,
                f"{found.files:,}",
                f"{found.fields:,}",
                found.subject or Cell("none found", Style.ATTENTION),
                ", ".join(found.types) or Cell("none", Style.FAINT),
            ]
            for found in report.datasets
        ],
    )
    screen.blank()
    for why, files in report.passed_over.items():
        screen.line(Cell("! ", Style.ATTENTION), f"passed over: {count(files, 'file')} {why}")
    for path in report.written:
        screen.line(Cell("  wrote ", Style.FAINT), Cell(str(path), Style.NAME))
    screen.blank()
    screen.line("It is a draft: look at subjects, rules and the route's legal basis. Nothing is decided yet.")
    screen.line("Keep the keys where only you can read them, and a copy where a fire cannot reach it.")
    screen.next("edit pratique.yaml, then: pratique doctor && pratique scan && pratique review")


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
    document = [{"name": c.name, "ok": c.ok, "note": c.note, "detail": c.detail, "fix": c.fix} for c in checks]
    show(output, document, lambda screen: _checks(screen, checks))
    if not all(check.ok for check in checks):
        raise typer.Exit(ConfigError.exit_code)


def _verdict(check: "Check") -> Cell:
    if not check.ok:
        return Cell("amiss", Style.BAD)
    return Cell("note", Style.ATTENTION) if check.note else Cell("ok", Style.GOOD)


def _checks(screen: Screen, checks: "Sequence[Check]") -> None:
    screen.table(
        [Column("", whole=True), Column("check"), Column("found")],
        [[_verdict(c), c.name, Cell(c.detail, Style.FAINT)] for c in checks],
    )
    amiss = [check for check in checks if not check.ok]
    screen.blank()
    for check in checks:
        if check.fix and (check.note or not check.ok):
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
