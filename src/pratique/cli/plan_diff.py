"""``pratique plan FLOW --diff`` and ``--check``: what a run would do otherwise than the newest release did."""

from typing import TYPE_CHECKING, Any

from pratique.cli.show import Cell, Column, Screen, Style
from pratique.cli.text import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.pipeline.checking import PlanDiff
    from pratique.policy import Change

_NAMED = 4
"""Fields that a line of ``--check`` names."""


def document(found: "PlanDiff") -> dict[str, Any]:
    """What changed, for programs."""
    return {
        "flow": found.flow,
        "hash": found.hash,
        "same": found.same,
        "released": {"run": found.run, "sequence": found.sequence, "at": found.at, "hash": found.before}
        if found.run
        else None,
        "changes": [
            {
                "reason": change.reason.value,
                "field": change.field or None,
                "what": change.what,
                "before": change.before,
                "after": change.after,
                "says": change.sentence,
            }
            for change in found.changes
        ],
    }


def show_check(screen: Screen, found: "PlanDiff") -> None:
    """A line for each reason."""
    if _told(screen, found):
        return
    by_reason: dict[str, list[Change]] = {}
    for change in found.changes:
        by_reason.setdefault(change.reason.value, []).append(change)
    screen.pairs([(reason, _reason(changes)) for reason, changes in by_reason.items()])
    screen.blank()
    screen.line(Cell(_would(found), Style.BAD))
    screen.next(f"pratique plan {found.flow} --diff")


def _reason(changes: "Sequence[Change]") -> str:
    if len(changes) == 1:
        return changes[0].sentence
    named = list(dict.fromkeys(change.field or change.what for change in changes))
    rest = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"{count(len(changes), 'change')}: {', '.join(named[:_NAMED])}{rest}"


def show_diff(screen: Screen, found: "PlanDiff") -> None:
    """Change by change."""
    if _told(screen, found):
        return
    screen.line("Since release ", Cell(f"{found.sequence}", Style.STRONG), f" of {found.at} (run {found.run[:12]}):")
    fields = [change for change in found.changes if change.field]
    whole = [change for change in found.changes if not change.field]
    for title, changes in (("field", fields), ("the plan's", whole)):
        if not changes:
            continue
        screen.blank()
        screen.table(
            [
                Column(title),
                *([Column("what")] if title == "field" else []),
                Column("before"),
                Column("now"),
                Column("because of", whole=True),
            ],
            [
                [
                    Cell(change.field or change.what, Style.NAME),
                    *([change.what] if title == "field" else []),
                    Cell(change.before or "-", Style.FAINT),
                    change.after or "-",
                    Cell(change.reason.value, Style.ATTENTION),
                ]
                for change in changes
            ],
        )
    lost = [change.field for change in fields if change.what == "key"]
    if lost:
        screen.blank()
        screen.line(
            Cell("! ", Style.ATTENTION), f"what is released from now on does not join with before: {', '.join(lost)}"
        )
    screen.blank()
    screen.line(Cell(_would(found), Style.ATTENTION))


def _told(screen: Screen, found: "PlanDiff") -> bool:
    """Whether one line says it all."""
    if not found.run:
        screen.line(Cell("Nothing was released yet", Style.ATTENTION), ": there is no plan to hold this one against.")
        screen.next(f"pratique plan {found.flow}")
        return True
    if found.same:
        release = f"release {found.sequence} (plan {found.hash[:16]})"
        screen.line(Cell("Nothing changed", Style.GOOD), f": a run would work by the plan of {release}.")
    return found.same


def _would(found: "PlanDiff") -> str:
    changes = count(len(found.changes), "change")
    return f"A run would not work by the plan of release {found.sequence}: {changes}."
