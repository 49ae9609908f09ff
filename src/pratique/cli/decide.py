"""``pratique catalogue confirm|reject|set|not-personal|withdraw``: what a person says of fields, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli import fields as view
from pratique.cli.catalogue import Fields
from pratique.cli.options import DatasetName, Output, Reason, Root, Steward, open_project
from pratique.cli.show import Cell, Form, Screen, Style, show
from pratique.errors import ConfigError
from pratique.model.paths import FieldPath, parse_path, show_path

if TYPE_CHECKING:
    from pratique.model.catalogue import Decision
    from pratique.project import Project


def confirm(
    *,
    dataset: DatasetName,
    reason: Reason,
    fields: Fields = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="All fields that are proposed now.")] = False,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say that what is proposed for these fields is right."""
    which = _Which(dataset, fields, view.State.PROPOSED if proposed else None, "--proposed")
    _decide(open_project(root), which, "confirm", (), reason=reason, steward=steward, output=output)


def reject(
    dataset: DatasetName,
    entity: Annotated[str, typer.Option("--entity", "-e", help="The type that is not in these fields.")],
    reason: Reason,
    fields: Fields = None,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say that a type is not in these fields.

    Whatever a detector says. Loosens: it counts only signed.
    """
    which = _Which(dataset, fields, None, "")
    _decide(open_project(root), which, "reject", (entity,), reason=reason, steward=steward, output=output)


def set_types(
    dataset: DatasetName,
    entity: Annotated[list[str], typer.Option("--entity", "-e", help="A type of these fields; once for each type.")],
    reason: Reason,
    fields: Fields = None,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say what these fields hold.

    If that removes a type, it loosens and counts only signed.
    """
    which = _Which(dataset, fields, None, "")
    _decide(open_project(root), which, "set", tuple(entity), reason=reason, steward=steward, output=output)


def not_personal(
    *,
    dataset: DatasetName,
    reason: Reason,
    fields: Fields = None,
    undecided: Annotated[bool, typer.Option("--undecided", help="All fields that nobody decided yet.")] = False,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Say that these fields hold no personal data.

    Loosens: it counts only signed.
    """
    which = _Which(dataset, fields, view.State.UNDECIDED if undecided else None, "--undecided")
    _decide(open_project(root), which, "not-personal", (), reason=reason, steward=steward, output=output)


def withdraw(
    dataset: DatasetName,
    reason: Reason,
    fields: Fields = None,
    steward: Steward = None,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Take back the newest decision on these fields that stands.

    It is then as if it had never been taken, and both stay on record. If that loosens, it counts only signed.
    """
    which = _Which(dataset, fields, None, "")
    _decide(open_project(root), which, "withdraw", (), reason=reason, steward=steward, output=output)


@dataclass(frozen=True, slots=True)
class _Which:
    """Which fields are decided upon: those named, or all in a state; never both, never neither."""

    dataset: str
    fields: Sequence[str] | None
    state: view.State | None
    option: str
    """The option that asks for a state, if there is one."""

    def paths(self, project: "Project") -> list[FieldPath]:
        if bool(self.fields) == (self.state is not None):
            do = f"name fields, or give {self.option}, not both" if self.option else "name at least one"
            raise ConfigError("which fields?", do=do)
        if self.state is None:
            return [parse_path(field) for field in self.fields or ()]
        return [v.path for v in project.catalogue(self.dataset) if view.state(v.verdict) is self.state]


def _decide(
    project: "Project",
    which: _Which,
    kind: str,
    entities: Sequence[str],
    *,
    reason: str,
    steward: str | None,
    output: Form,
) -> None:
    from pratique.model.catalogue import DecisionKind  # noqa: PLC0415 (heavy; `--help` does without)

    paths = which.paths(project)
    decisions: list[Decision] = []
    if paths:
        decided = project.decide(which.dataset, paths, DecisionKind(kind), entities, reason=reason, steward=steward)
        decisions.extend(decided)
    document = [{"dataset": d.dataset, "field": show_path(d.path), **view.decision_document(d)} for d in decisions]
    show(output, document, lambda screen: _decided(screen, decisions))


def _decided(screen: Screen, decisions: "Sequence[Decision]") -> None:
    if not decisions:
        screen.line("Nothing to decide.")
        return
    for d in decisions:
        screen.line(
            Cell(f"{d.dataset}.", Style.FAINT),
            Cell(show_path(d.path), Style.NAME),
            f"  {' '.join((d.kind.value, *d.entities))}",
            Cell(f"  by {d.who}", Style.FAINT),
            Cell("  signed", Style.GOOD) if d.signature else Cell("  not signed", Style.FAINT),
        )


def add_to(app: typer.Typer) -> None:
    """The decisions, as commands of ``pratique catalogue``."""
    start = "Example: pratique catalogue"
    app.command(epilog=f"{start} confirm channel user_id date --reason 'checked with the data owner'")(confirm)
    app.command(
        epilog=f"{start} reject channel tv_show --entity PERSON --reason 'titles, not people' --steward privacy-office"
    )(reject)
    app.command(
        "set", epilog=f"{start} set movie card_number --entity CUSTOM_CREDIT_CARD --reason 'the card of the shop'"
    )(set_types)
    app.command(
        "not-personal",
        epilog=f"{start} not-personal channel channel_name --reason 'nobody in it' --steward privacy-office",
    )(not_personal)
    app.command(epilog=f"{start} withdraw channel channel_name --reason 'decided on the wrong field'")(withdraw)
