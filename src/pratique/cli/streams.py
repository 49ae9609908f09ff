"""``pratique produce`` and ``lag``, and how ``run`` works a flow between topics."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import DatasetName, Output, Root, open_project
from pratique.cli.serving import Lines, Served
from pratique.cli.show import Cell, Column, Form, Row, Screen, Style, show
from pratique.cli.text import count

if TYPE_CHECKING:
    from pratique.pipeline.results import Lag, StreamReport
    from pratique.pipeline.streaming import Progress
    from pratique.project import Project

_SECONDS = 5.0
"""Between two lines of progress."""


def produce(
    dataset: DatasetName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Lines of JSON.", show_default=False)],
    *,
    key: Annotated[str | None, typer.Option("--key", help="The field that is the message's key.")] = None,
    rate: Annotated[float, typer.Option("--rate", min=0, help="Messages a second; 0 is all at once.")] = 0,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Write the lines of a file into a dataset's topic, a message a line."""
    written = open_project(root).streams.produce_file(dataset, file, key=key, rate=rate)
    document = {"dataset": dataset, "messages": written}
    show(output, document, lambda screen: screen.line(f"{count(written, 'message')} to ", Cell(dataset, Style.NAME)))


def lag(
    flow: Annotated[str | None, typer.Argument(metavar="[FLOW]", help="Only this flow.", show_default="all")] = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show how far flows between topics are behind, by what is committed."""
    found = open_project(root).streams.lag(flow)
    columns = [
        *(Column("flow"), Column("partition", right=True), Column("offset", right=True), Column("end", right=True)),
        *(Column("behind", right=True), Column("written", right=True), Column("quarantined", right=True)),
    ]
    show(output, [_lag_document(one) for one in found], lambda s: s.table(columns, [_lag_row(one) for one in found]))


def _lag_document(one: "Lag") -> dict[str, Any]:
    return {
        "flow": one.flow,
        "partition": one.partition,
        "offset": one.offset,
        "end": one.end,
        "behind": one.behind,
        "read": one.read,
        "written": one.written,
        "quarantined": one.quarantined,
    }


def _lag_row(one: "Lag") -> Row:
    offset = "-" if one.offset is None else f"{one.offset:,}"
    numbers = [f"{n:,}" for n in (one.end, one.behind, one.written, one.quarantined)]
    return [Cell(one.flow, Style.NAME), str(one.partition), offset, *numbers]


class Log(StrEnum):
    """How a worker tells what it does, on standard error."""

    TEXT = "text"
    JSON = "json"


def run_stream(
    project: "Project",
    flow: str,
    *,
    forever: bool,
    output: Form,
    workers: int = 1,
    log: Log = Log.TEXT,
    serve: str | None = None,
) -> None:
    """Work a flow between topics until its end, or until this process is asked to end.

    ``serve``: ``HOST:PORT`` of health, readiness and metrics; None: nothing listens.
    """
    tellers: list[Callable[[Progress], None]] = [Lines(flow) if log is Log.JSON else _Teller()]

    def tell(progress: "Progress") -> None:
        for one in tellers:
            one(progress)

    with ExitStack() as kept:
        stop = kept.enter_context(_asked())
        if serve is not None:
            served = kept.enter_context(Served(flow, serve, lambda: project.streams.lag(flow)))
            tellers.append(served.tell)
        report = project.streams.follow(flow, forever=forever, stop=stop.__bool__, tell=tell, workers=workers)
    show(output, stream_document(report), lambda screen: stream_report(screen, report))


class _Asked:
    """Whether this process was asked to end."""

    def __init__(self) -> None:
        self._asked = False

    def __bool__(self) -> bool:
        return self._asked

    def ask(self, _number: int, _frame: object) -> None:
        """The signal came: the transaction at hand is brought to its end."""
        self._asked = True


@contextmanager
def _asked() -> Iterator[_Asked]:
    import pyarrow as pa  # noqa: PLC0415 (not for every command)

    # Arrow has a handler of its own, by which a signal breaks off the reading that is going on: with an error.
    pa.enable_signal_handlers(False)
    asked = _Asked()
    before = {number: signal.signal(number, asked.ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        pa.enable_signal_handlers(True)
        for number, handler in before.items():
            signal.signal(number, handler)


class _Teller:
    """A line of progress now and then, on standard error."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _SECONDS
        self._state = ""

    def __call__(self, progress: "Progress") -> None:
        now = time.monotonic()
        if progress.state == self._state and now < self._next:
            return
        if self._state or progress.state != "running":
            line = f"{progress.state}: {progress.written:,} written, {progress.quarantined:,} quarantined"
            print(line, file=sys.stderr, flush=True)  # noqa: T201
        self._state, self._next = progress.state, now + _SECONDS


def stream_document(report: "StreamReport") -> dict[str, Any]:
    """A stream's run for programs."""
    return {
        "flow": report.flow,
        "read": report.read,
        "written": report.written,
        "quarantined": report.quarantined,
        "transactions": report.transactions,
        "resumed": report.resumed,
        "releases": list(report.releases),
        "target": report.target,
    }


def stream_report(screen: Screen, report: "StreamReport") -> None:
    """A stream's run for people."""
    screen.line(f"{count(report.written, 'message')} to ", Cell(report.target, Style.NAME))
    screen.blank()
    pairs: list[tuple[str, str | Cell]] = [
        ("read", f"{report.read:,}"),
        ("written", f"{report.written:,}"),
        ("quarantined", f"{report.quarantined:,}"),
        ("transactions", f"{report.transactions:,}"),
        ("releases", ", ".join(str(number) for number in report.releases) or "none: nothing new"),
    ]
    screen.pairs(pairs)
