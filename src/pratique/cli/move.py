"""``pratique run`` and ``reidentify``: data on the move, and on its way back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import progress
from pratique.cli.options import FlowName, Output, Root, ShowProgress, open_project
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.cli.streams import Log, run_stream
from pratique.cli.text import count, share, size
from pratique.errors import ConfigError
from pratique.model.paths import parse_path, show_path

if TYPE_CHECKING:
    from pratique.pipeline.results import ReidentifyReport, RunReport
    from pratique.project import Project


def run(
    flow: FlowName,
    *,
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, max=256, help="Processes that treat parts, or partitions.")
    ] = 1,
    full: Annotated[bool, typer.Option("--full", help="Treat every input again, as a run of its own.")] = False,
    follow: Annotated[bool, typer.Option("--follow", help="Of a topic: go on until this process is ended.")] = False,
    log: Annotated[
        Log, typer.Option("--log", help="Of a topic: how to tell what is done, on standard error.")
    ] = Log.TEXT,
    serve: Annotated[
        str | None, typer.Option("--serve", metavar="HOST:PORT", help="Of a topic: health, readiness and metrics.")
    ] = None,
    how: ShowProgress = progress.Kind.AUTO,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Treat what is new, and publish it as a signed release.

    Everything passes the gate: what it finds is held back, or the release is refused.

    An interrupted run is taken up where it stopped. With nothing new there is nothing to do, and that is no error.

    From topic to topic it treats each message once, to where the topic ends now; SIGTERM ends it between transactions.
    """
    project = open_project(root)
    if project.streams.is_stream(flow):
        run_stream(project, flow, forever=follow, output=output, workers=workers, log=log, serve=serve)
        return
    if follow or serve is not None:
        raise ConfigError("only flows between topics can be followed or watched", where=f"flow {flow}")
    with progress.bar(how) as bar:
        report = project.run(flow, workers=workers, full=full, progress=bar)
    show(output, run_document(report), lambda screen: _run(screen, report))


def run_document(report: "RunReport") -> dict[str, Any]:
    """A run for programs."""
    return {
        "flow": report.flow,
        "run": report.run,
        "nothing_new": report.nothing_new,
        "resumed": report.resumed,
        "release": report.release_path,
        "target": report.target,
        "sequence": report.sequence,
        "read": report.counts.read,
        "written": report.counts.written,
        "quarantined": dict(report.counts.quarantined),
        "files": report.files,
        "bytes": report.bytes,
        "parts": report.parts,
        "class": report.data_class.value,
    }


def _run(screen: Screen, report: "RunReport") -> None:
    held_back = sum(report.counts.quarantined.values())
    if report.nothing_new:
        screen.line("Nothing new. The newest release of ", Cell(report.flow, Style.NAME), ":")
    else:
        taken_up = ", taken up where it had stopped" if report.resumed else ""
        screen.line(
            Cell("Released", Style.GOOD),
            f" {count(report.counts.written, 'record')} to ",
            Cell(report.target, Style.NAME),
            taken_up,
        )
    screen.blank()
    rows: list[Row] = [
        ["read", f"{report.counts.read:,}", ""],
        ["written", f"{report.counts.written:,}", of_whole(report.counts.written, report.counts.read)],
    ]
    for rule, number in sorted(report.counts.quarantined.items()):
        rows.append(
            [Cell(f"quarantined: {rule}", Style.ATTENTION), f"{number:,}", of_whole(number, report.counts.read)]
        )
    screen.table([Column("records"), Column("", right=True), Column("", right=True)], rows)
    screen.blank()
    screen.pairs(
        [
            ("class", report.data_class.value),
            ("files", f"{count(report.files, 'file')}, {size(report.bytes)}, from {count(report.parts, 'part')}"),
            ("release", Cell(report.release_path, Style.NAME)),
            ("sequence", str(report.sequence)),
        ]
    )
    if held_back:
        screen.line(Cell("  held back: ", Style.FAINT), Cell(f"pratique quarantine list {report.flow}", Style.STRONG))
    if report.counts.read != report.counts.written + held_back:
        screen.line(Cell("The counts do not add up: this must not be, please report it.", Style.BAD))
    screen.next(f"pratique keys export-public exporter.pub && pratique verify {report.release_path} --key exporter.pub")


def of_whole(number: int, whole: int) -> str:
    """The share, or nothing of nothing."""
    return share(number / whole) if whole else ""


def reidentify(
    flow: FlowName,
    purpose: Annotated[str, typer.Option("--purpose", help="What for: it stands in the audit log for ever.")],
    to: Annotated[str, typer.Option("--to", metavar="DATASET", help="A restricted dataset of the source's region.")],
    field: Annotated[
        list[str] | None,
        typer.Option("--field", "-f", help="Only this field; once for each field.", show_default="all"),
    ] = None,
    who: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="NAME", help="Who asks, of the project file's reidentifiers.", show_default="the only one"
        ),
    ] = None,
    how: ShowProgress = progress.Kind.AUTO,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Turn released tokens back into what they stood for.

    Only for those whom the project file names.
    """
    project = open_project(root)
    paths = tuple(parse_path(name) for name in field or ())
    asks = who or _only_one(project, flow)
    with progress.bar(how) as bar:
        report = project.reidentify(flow, purpose=purpose, to=to, fields=paths, who=asks, progress=bar)
    show(output, _back_document(report), lambda screen: _back(screen, report, to))


def _only_one(project: "Project", flow: str) -> str:
    """The one who may re-identify this flow, where there is but one."""
    allowed = [person.name for person in project.settings.reidentifiers.values() if flow in person.flows]
    if len(allowed) != 1:
        do = "say it with --as NAME" if allowed else "name somebody under reidentifiers in pratique.yaml"
        raise ConfigError(f"who asks? {len(allowed)} people may re-identify this flow", where=flow, do=do)
    return allowed[0]


def _back_document(report: "ReidentifyReport") -> dict[str, Any]:
    return {
        "path": report.path,
        "records": report.records,
        "fields": [show_path(path) for path in report.fields],
        "failed": report.failed,
    }


def _back(screen: Screen, report: "ReidentifyReport", to: str) -> None:
    screen.line(
        Cell("Re-identified", Style.ATTENTION), f" {count(report.records, 'record')} into ", Cell(to, Style.NAME)
    )
    screen.blank()
    pairs: list[tuple[str, str | Cell]] = [
        ("fields", ", ".join(show_path(path) for path in report.fields)),
        ("file", Cell(report.path, Style.NAME)),
    ]
    if report.failed:
        pairs.append(("not restored", Cell(f"{count(report.failed, 'value')}, left as released", Style.ATTENTION)))
    screen.pairs(pairs)
    screen.line(Cell("This is personal data again; the audit log says who asked, and why.", Style.FAINT))
