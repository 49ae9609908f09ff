"""``pratique quarantine``: what was held back, why, and its way out after a fix."""

import base64
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import progress
from pratique.cli.move import of_whole, run_document
from pratique.cli.options import FlowName, Output, Root, ShowProgress, open_project
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.cli.streams import stream_document, stream_report
from pratique.cli.text import count, size
from pratique.errors import ConfigError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.pipeline.results import Held, HeldRecord, ReplayReport

app = typer.Typer(no_args_is_help=True, help="What was held back: look, and treat it again after a fix.")

RUN = 8
"""Characters of a run's id on a screen; as many as it takes may be typed."""
_LONGEST = 2000
"""Characters of a revealed record on a screen."""
_STATES = {
    "held": Style.ATTENTION,
    "replayed": Style.GOOD,
    "cut": Style.BAD,
    "foreign": Style.BAD,
    "superseded": Style.FAINT,
    "unreleased": Style.FAINT,
}

Run = Annotated[str, typer.Option("--run", metavar="RUN", help="Only of this run; the beginning of its id will do.")]
Rules = Annotated[
    list[str] | None, typer.Option("--rule", help="Only what this rule held; once for each.", show_default="all")
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key", metavar="FILE", help="The quarantine's private key.", show_default="beside the region's keys"
    ),
]


@app.command("list", epilog="Example: pratique quarantine list channel")
def list_held(
    flow: Annotated[str | None, typer.Argument(metavar="[FLOW]", help="Only this flow.", show_default="all")] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """List what is held, by flow, run, rule and field.

    From what stands in clear: this needs no key, and shows no value.
    """
    rows = open_project(root).quarantine(flow)
    show(output, [_held_document(row) for row in rows], lambda screen: _list(screen, rows))


def _held_document(row: "Held") -> dict[str, Any]:
    return {
        "flow": row.flow,
        "run": row.run,
        "release": row.release,
        "rule": row.rule,
        "field": row.field,
        "records": row.records,
        "state": row.state.value,
        "replayed_by": row.replayed_by,
    }


def _list(screen: Screen, rows: "Sequence[Held]") -> None:
    if not rows:
        screen.line("Nothing is held.")
        return
    shown: list[Row] = []
    last = ("", "")
    for row in rows:
        fresh = (row.flow, row.run) != last
        last = (row.flow, row.run)
        shown.append(
            [
                Cell(row.flow if fresh else "", Style.NAME),
                row.run[:RUN] if fresh else "",
                ("" if row.release is None else f"#{row.release}") if fresh else "",
                Cell(row.rule, Style.STRONG),
                Cell(row.field, Style.NAME),
                f"{row.records:,}",
                Cell(_state(row), _STATES.get(row.state.value, Style.PLAIN)),
            ]
        )
    columns = [Column("flow"), Column("run", whole=True), Column("release", whole=True), Column("rule", whole=True)]
    screen.table([*columns, Column("field"), Column("records", right=True), Column("state")], shown)
    screen.blank()
    totals = {state: sum(row.records for row in rows if row.state.value == state) for state in _STATES}
    screen.line("; ".join(_TOTALS[state].format(count(n, "record")) for state, n in totals.items() if n), ".")
    held = next((row for row in rows if row.state.value in ("held", "unreleased")), None)
    if held is not None:
        screen.next(f"pratique quarantine show {held.flow} --run {held.run[:RUN]} --rule {held.rule}")


_TOTALS = {
    "held": "{} can be replayed after a fix",
    "replayed": "{} already replayed",
    "cut": "{} too long to be kept whole, in the source alone",
    "superseded": "{} of before a full run, which treated them again",
    "foreign": "{} cannot be replayed: a value of another record stands there",
    "unreleased": "{} of runs that are not released, and are treated by the next run",
}


def _state(row: "Held") -> str:
    if row.state.value == "replayed":
        return f"replayed by {row.replayed_by[:RUN]}"
    return "cut: not whole" if row.state.value == "cut" else row.state.value


@app.command("show", epilog="Example: pratique quarantine show channel --rule guard")
def show_held(
    *,
    flow: FlowName,
    run: Run = "",
    rule: Rules = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="At most so many records.")] = 20,
    key: Key = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show the records too, on a terminal only; it goes on record first.")
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="Why values are shown: it stands in the audit log for ever.")
    ] = "",
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show held records, newest run first: where each stood, its rule and its field; no value.

    Needs the quarantine's private key, which no worker has.
    """
    if reason and not reveal:
        raise ConfigError("a reason is for --reveal only", do="leave --reason out, or add --reveal")
    words: dict[str, Any] = {"run": run, "rules": rule or [], "limit": limit, "key": key}
    if not reveal:
        records = open_project(root).quarantined(flow, **words)
        show(output, [_record_document(one) for one in records], lambda screen: _show(screen, records, flow, limit))
        return
    # Values are for eyes: a pipe or a file would keep them where nobody knows of them.
    if output is not Form.HUMAN or not sys.stdout.isatty():
        raise RefusedError(
            "values are shown on a terminal only, never piped, written to a file or made a document",
            where=f"flow {flow}",
            do="leave --reveal out to see rules and fields",
        )
    records = open_project(root).reveal_quarantined(flow, reason=reason, **words)
    show(output, None, lambda screen: _reveal(screen, records))


def _record_document(one: "HeldRecord") -> dict[str, Any]:
    return {
        "flow": one.flow,
        "run": one.run,
        "part": one.part,
        "ordinal": one.ordinal,
        "rule": one.rule,
        "field": one.field,
        "bytes": one.size,
        "replayed_by": one.replayed_by,
    }


def _show(screen: Screen, records: "Sequence[HeldRecord]", flow: str, limit: int) -> None:
    if not records:
        screen.line("Nothing is held that fits.")
        return
    screen.table(
        [
            Column("run", whole=True),
            Column("part", whole=True),
            Column("at", right=True),
            Column("rule", whole=True),
            Column("field"),
            Column("size", right=True, whole=True),
            Column("replayed by", whole=True),
        ],
        [
            [
                one.run[:RUN],
                one.part,
                f"{one.ordinal:,}",
                Cell(one.rule, Style.STRONG),
                Cell(one.field, Style.NAME),
                size(one.size),
                Cell(one.replayed_by[:RUN], Style.GOOD),
            ]
            for one in records
        ],
    )
    screen.blank()
    more = f"The first {count(len(records), 'record')}; --limit shows more, --reveal what is in them."
    screen.line(more if len(records) == limit else f"{count(len(records), 'record')}; --reveal shows what is in them.")
    screen.next(f"pratique quarantine replay {flow}")


def _reveal(screen: Screen, records: "Sequence[HeldRecord]") -> None:
    for one in records:
        screen.line(
            Cell(f"{one.run[:RUN]} {one.part} at {one.ordinal:,}", Style.FAINT),
            "  ",
            Cell(one.rule, Style.STRONG),
            "  ",
            Cell(one.field, Style.NAME),
        )
        screen.line("  ", _text(one.original or b""))
        screen.blank()
    if not records:
        screen.line("Nothing is held that fits.")
    screen.line(Cell("That these records were shown stands in the audit log.", Style.ATTENTION))


def _text(original: bytes) -> str:
    """A record as text, cut where it is long; what is no text at all in Base64."""
    original = original.removesuffix(b"\n").removesuffix(b"\r")
    try:
        text = original.decode()
    except UnicodeDecodeError:
        mostly = original.decode("ascii", "replace").count("\ufffd") * 10 < len(original)
        text = original.decode("ascii", "backslashreplace") if mostly else base64.b64encode(original).decode()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


@app.command(epilog="Example: pratique quarantine replay channel --rule new-field")
def replay(
    flow: FlowName,
    run: Run = "",
    rule: Rules = None,
    key: Key = None,
    how: ShowProgress = progress.Kind.AUTO,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Treat what was held once more, after a fix.

    As a release of its own, by the same rules and the same gate; each record once. What fails again is held again.
    Needs the quarantine's private key, which no worker has.
    """
    project = open_project(root)
    if project.streams.is_stream(flow):
        if run:
            raise ConfigError("a stream has no runs to choose from", where=f"flow {flow}", do="choose with --rule")
        replayed = project.streams.replay(flow, rules=rule or [], key=key)
        show(output, stream_document(replayed), lambda screen: stream_report(screen, replayed))
        return
    with progress.bar(how) as bar:
        report = project.replay(flow, run=run, rules=rule or [], key=key, progress=bar)
    show(output, _replay_document(report), lambda screen: _replayed(screen, report, flow))


def _replay_document(report: "ReplayReport") -> dict[str, Any]:
    return {
        "replayed": 0 if report.release is None else report.release.counts.read,
        "runs": list(report.runs),
        "cut": report.cut,
        "gone": report.gone,
        "foreign": report.foreign,
        "release": None if report.release is None else run_document(report.release),
    }


def _replayed(screen: Screen, report: "ReplayReport", flow: str) -> None:
    done = report.release
    if done is None:
        screen.line("There is nothing to replay.")
    else:
        taken_up = ", taken up where it had stopped" if done.resumed else ""
        screen.line(
            Cell("Released", Style.GOOD),
            f" {count(done.counts.written, 'record')} to ",
            Cell(done.target, Style.NAME),
            taken_up,
        )
        screen.blank()
        counts = done.counts
        rows: list[Row] = [
            ["out of quarantine", f"{counts.read:,}", ""],
            ["written", f"{counts.written:,}", of_whole(counts.written, counts.read)],
        ]
        for rule, number in sorted(counts.quarantined.items()):
            label = Cell(f"held again: {rule}", Style.ATTENTION)
            rows.append([label, f"{number:,}", of_whole(number, counts.read)])
        screen.table([Column("records"), Column("", right=True), Column("", right=True)], rows)
        screen.blank()
        screen.pairs(
            [
                ("replay of", ", ".join(run[:RUN] for run in report.runs)),
                ("class", done.data_class.value),
                ("files", f"{count(done.files, 'file')}, {size(done.bytes)}"),
                ("release", Cell(done.release_path, Style.NAME)),
                ("sequence", str(done.sequence)),
            ]
        )
    for number, why in (
        (report.cut, "kept only in part, and in the source alone"),
        (report.gone, "not there any more"),
        (report.foreign, "a value of another record stands there (correct the source, then run with --full)"),
    ):
        if number:
            screen.line(Cell("! ", Style.ATTENTION), f"{count(number, 'record')} left: {why}")
    if done is not None:
        screen.next(f"pratique quarantine list {flow}")
