"""``pratique review``: the queue of fields that wait for a decision, one key per decision."""

from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.options import Output, Root, Steward, open_project
from pratique.cli.show import Cell, Form, Style, screen, show

if TYPE_CHECKING:
    from pratique.assembly.review import Review
    from pratique.cli.review.session import Session


def review(
    dataset: Annotated[
        str | None,
        typer.Argument(metavar="DATASET", help="Only this dataset; all that were scanned if none is named."),
    ] = None,
    *,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Decide what fields hold: a queue ordered by risk, one key per decision.

    On a terminal; what is decided is saved at once and can be taken back, and ? shows the keys. Piped, or with -o json,
    the queue as data: every field that waits, why, and what each decision would change. It exits with 0 whether or not
    fields wait.
    """
    desk = open_project(root).review(dataset, steward=steward)
    if output is Form.JSON or not desk.fields() or not _on_terminal():
        from pratique.cli.review.queue import document, listing  # noqa: PLC0415 (heavy; `--help` does without)

        show(output, document(desk) if output is Form.JSON else None, lambda to: listing(to, desk))
        return
    _told(_interactive(desk), desk)


def _on_terminal() -> bool:
    from pratique.cli.review.terminal import possible  # noqa: PLC0415

    return possible()


def _interactive(desk: "Review") -> "Session":
    from pratique.cli.review.field import home  # noqa: PLC0415
    from pratique.cli.review.session import Session  # noqa: PLC0415
    from pratique.cli.review.terminal import run  # noqa: PLC0415

    def moved(session: Session) -> None:
        if session.item is not None:
            desk.remember(session.item.name)

    session = Session(desk, home, desk.remembered())
    run(session, moved)
    return session


def _told(session: "Session", desk: "Review") -> None:
    waiting = len(session.open_names())
    to = screen()
    to.line(
        f"{session.decided} decided, ", Cell(f"{waiting} to decide", Style.ATTENTION if waiting else Style.GOOD), "."
    )
    if not waiting and (flows := desk.flows()):
        to.next(f"pratique plan {flows[0].flow}")
