"""``pratique status``: how the flows between topics are."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.model.codec import encode

if TYPE_CHECKING:
    from pratique.assembly.watching import StreamStatus


def status(
    flow: Annotated[str | None, typer.Argument(metavar="[FLOW]", help="Only this flow.", show_default="all")] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show how flows between topics are: worker, lag, rate, quarantine by rule, last release, what is waited for."""
    found = open_project(root).streams.status(flow)
    show(output, [_document(one) for one in found], lambda screen: _screen(screen, found))


def _document(one: "StreamStatus") -> dict[str, Any]:
    return {
        "flow": one.flow,
        "alive": one.alive,
        "worker": None if one.worker is None else encode(one.worker),
        "behind": one.behind,
        "read": one.read,
        "written": one.written,
        "quarantined": dict(one.quarantined),
        "release": one.release,
        "released": one.released,
        "silence": one.silence,
    }


def _screen(screen: Screen, found: "list[StreamStatus]") -> None:
    columns = [
        *(Column("flow"), Column("worker"), Column("behind", right=True), Column("a second", right=True)),
        *(
            Column("written", right=True),
            Column("quarantined", right=True),
            Column("release", right=True),
            Column("at"),
        ),
    ]
    screen.table(columns, [_row(one) for one in found])
    for one in found:
        screen.blank()
        if one.silence:
            screen.line(Cell(one.flow, Style.NAME), ": ", Cell(one.silence, Style.ATTENTION))
        if one.worker is not None and one.worker.why:
            screen.line(Cell(one.flow, Style.NAME), f", {one.worker.state}: ", Cell(one.worker.why, Style.ATTENTION))
        if one.quarantined:
            rules = ", ".join(f"{rule} {count:,}" for rule, count in one.quarantined.items())
            screen.line(Cell(one.flow, Style.NAME), f", quarantined: {rules}")


def _row(one: "StreamStatus") -> Row:
    worker = "-" if one.worker is None else one.worker.state
    return [
        Cell(one.flow, Style.NAME),
        worker,
        "-" if one.behind is None else f"{one.behind:,}",
        "-" if one.worker is None else f"{one.worker.rate:,.0f}",
        f"{one.written:,}",
        f"{sum(one.quarantined.values()):,}",
        "-" if one.release is None else str(one.release),
        one.released,
    ]
