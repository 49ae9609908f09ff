"""``pratique scan``: what is in the datasets."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import fields, progress
from pratique.cli.options import Output, Root, ShowProgress, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count, share
from pratique.errors import ConfigError
from pratique.model.paths import show_path

if TYPE_CHECKING:
    from pratique.model.catalogue import Scan
    from pratique.model.stream import Window
    from pratique.pipeline.results import ScanReport


def scan(
    datasets: Annotated[
        list[str] | None, typer.Argument(metavar="DATASET", help="Which datasets; all if none is named.")
    ] = None,
    *,
    newest: Annotated[
        int | None,
        typer.Option("--newest", min=1, help="Of topics only so many messages, the newest of each partition."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Of topics from this time (UTC).")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="Of topics up to this time.")] = None,
    how: ShowProgress = progress.Kind.AUTO,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Look at datasets: schema, personal data, proposals.

    Writes counts and proposals to the catalogue, never a value. Of a topic all is read that is there now, or less.
    """
    project = open_project(root)
    window = window_of(newest, since, until)
    with progress.bar(how) as bar:
        reports = project.scan(datasets or None, progress=bar, window=window)
    show(output, [_document(report) for report in reports], lambda screen: _human(screen, reports))


def window_of(newest: int | None, since: str | None, until: str | None) -> "Window | None":
    """What of topics is looked at; None where nothing is said. Raises `ConfigError` for what is no time."""
    from pratique.model.stream import Window  # noqa: PLC0415 (heavy; `--help` does without)

    if newest is None and since is None and until is None:
        return None
    return Window(newest, _milliseconds(since, "--since"), _milliseconds(until, "--until"))


def _milliseconds(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{option} is no time", do="write 2026-01-31 or 2026-01-31T12:00") from None
    zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)
    return int(zoned.timestamp() * 1000)


def _document(report: "ScanReport") -> dict[str, Any]:
    scan = report.scan
    kinds = _kinds(scan)
    logical = {field.path: field.logical for field in scan.schema.fields()}
    return {
        "dataset": scan.dataset,
        "at": scan.at,
        "format": scan.format.name,
        "format_options": dict(scan.format.options),
        "records": scan.records,
        "rejects": scan.rejects,
        "complete": scan.complete,
        "random": scan.random,
        "miss_bound": scan.miss_bound,
        # An unkeyed digest of a list of values would let anybody test a guess.
        "detectors": {name: digest for name, digest in scan.detectors.items() if name != "detect.allow"},
        "fields": [
            {
                "field": show_path(evidence.path),
                "kinds": kinds.get(evidence.path, []),
                "logical": logical.get(evidence.path, ""),
                "evidence": fields.evidence_document(evidence),
                "verdict": fields.verdict_document(report.verdicts[evidence.path])
                if evidence.path in report.verdicts
                else None,
            }
            for evidence in scan.evidence
        ],
        "differences": list(report.differences),
        "rejected": dict(report.rejected),
        "first_reject": report.first_reject,
    }


def _kinds(scan: "Scan") -> dict[tuple[str, ...], list[str]]:
    return {field.path: sorted(kind.value for kind in field.kinds) for field in scan.schema.fields()}


def _shown_kinds(scan: "Scan") -> dict[tuple[str, ...], str]:
    """For people: what the format itself calls it, where it has a name that says more than the kind."""
    return {
        field.path: field.logical or " | ".join(sorted(kind.value for kind in field.kinds if kind.value != "null"))
        for field in scan.schema.fields()
    }


def _human(screen: Screen, reports: "list[ScanReport]") -> None:
    for report in reports:
        scan = report.scan
        screen.line(Cell(scan.dataset, Style.STRONG), Cell(f"  {_extent(scan)}", Style.FAINT))
        screen.blank()
        kinds = _shown_kinds(scan)
        screen.table(
            [Column("field"), Column("kind"), Column("held to be"), Column("state", whole=True), Column("seen")],
            [
                [
                    Cell(show_path(evidence.path), Style.NAME),
                    kinds.get(evidence.path, ""),
                    *fields.verdict_cells(report.verdicts.get(evidence.path)),
                    Cell(fields.seen(evidence), Style.FAINT),
                ]
                for evidence in scan.evidence
            ],
        )
        if report.rejected:
            rules = ", ".join(f"{rule} {number:,}" for rule, number in sorted(report.rejected.items()))
            screen.line(Cell("  not readable: ", Style.BAD), f"{rules}; the first in {report.first_reject}")
        for difference in report.differences:
            screen.line(Cell("  changed: ", Style.ATTENTION), difference)
        screen.blank()
    _summary(screen, reports)


def _extent(scan: "Scan") -> str:
    parts = [count(scan.records, "record"), f"format {scan.format.name}"]
    bound = scan.miss_bound
    if scan.complete:
        parts.append("every record looked at")
    elif bound is not None:
        parts.append(f"random sample: a type in {share(bound)} of records or more would have been seen (95 %)")
    else:
        parts.append("a sample that is not random: it has no miss bound")
    if scan.rejects:
        parts.append(f"{count(scan.rejects, 'reject')}")
    return ", ".join(parts)


def _summary(screen: Screen, reports: "list[ScanReport]") -> None:
    verdicts = [verdict for report in reports for verdict in report.verdicts.values()]
    proposed = sum(fields.state(verdict) is fields.State.PROPOSED for verdict in verdicts)
    undecided = sum(fields.state(verdict) is fields.State.UNDECIDED for verdict in verdicts)
    conflicts = sum(fields.state(verdict) is fields.State.CONFLICT for verdict in verdicts)
    in_conflict: list[str | Cell] = [", ", Cell(count(conflicts, "conflict"), Style.BAD)] if conflicts else []
    screen.line(
        f"{count(len(reports), 'dataset')}, {count(len(verdicts), 'field')}: ",
        Cell(f"{proposed} proposed as personal", Style.ATTENTION),
        ", ",
        Cell(f"{undecided} to be decided", Style.BAD if undecided else Style.GOOD),
        *in_conflict,
    )
    if undecided or conflicts:
        screen.line(
            Cell("Until a person decides, a field in which nothing was found quarantines its records.", Style.FAINT)
        )
    if reports:
        screen.next(f"pratique catalogue list {reports[0].scan.dataset}")
