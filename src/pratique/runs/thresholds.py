"""How much of a run may lie in quarantine: the flow's share and count, held against it at its end, and before."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from pratique.errors import ThresholdError
from pratique.model.paths import show_path
from pratique.model.plan import Plan
from pratique.model.release import Counts, StagedFile

_SHOWN: Final = 10
_REMEDIES: Final = {
    "new-field": "run: pratique scan {source}",
    "retyped-field": "run: pratique scan {source}",
    "undecided-field": "run: pratique review {source}",
    "fernet": "run: pratique keys list",
}
"""By rule, what a person would type next; `_LOOK` for the others."""
_LOOK: Final = "run: pratique quarantine list {flow}"


def check_quarantine(plan: Plan, counts: Counts, fields: Mapping[str, int] | None = None) -> None:
    """Raise `ThresholdError` where more records are in quarantine than the flow allows, by share or by count.

    The error gives counts by rule and, where ``fields`` tells them (``#n``, or names on a terminal in the exporter's
    region, to counts), by field.
    """
    held = sum(counts.quarantined.values())
    if held and held / max(counts.read, 1) > plan.max_quarantine:
        allowed = f"{plan.max_quarantine:.1%}"
    elif over_count(plan, held):
        allowed = f"the {plan.max_quarantine_count:,} that are allowed"
    else:
        return
    raise _refusal(plan, f"{held:,} of {counts.read:,} records are in quarantine, more than {allowed}", counts, fields)


def check_early(plan: Plan, counts: Counts, most: int | None, fields: Mapping[str, int] | None = None) -> None:
    """Raise `ThresholdError` where what a run has counted so far settles that `check_quarantine` will at its end.

    ``most``: how many records the whole run has at most; None where nobody knows, and then only the count can tell.
    Whatever is refused here is refused at the end too, in whatever order the parts were worked.
    """
    held = sum(counts.quarantined.values())
    if over_count(plan, held):
        why = f"more than the {plan.max_quarantine_count:,} that are allowed"
    elif most and held / most > plan.max_quarantine:
        why = f"more than {plan.max_quarantine:.1%} of the {most:,} that there are at most"
    else:
        return
    raise _refusal(
        plan, f"stopped after {counts.read:,} records: {held:,} of them are in quarantine, {why}", counts, fields
    )


def over_count(plan: Plan, held: int) -> bool:
    """Whether this many held records are more than the flow's count allows."""
    return plan.max_quarantine_count is not None and held > plan.max_quarantine_count


def by_field(plan: Plan, files: Collection[StagedFile]) -> dict[str, int]:
    """Quarantined records by field, named: for the terminal of a person in the exporter's region."""
    held: Counter[str] = Counter()
    for file in files:
        held.update(file.held)
    return named(plan, held)


def named(plan: Plan, held: Mapping[str, int]) -> dict[str, int]:
    """Counts by field number with the names that the plan has for them."""
    names = {f"#{number}": show_path(step.path) for number, step in enumerate(plan.steps, start=1)}
    return {names.get(number, number): count for number, count in held.items()}


def held_by(counts: Counts, fields: Mapping[str, int] | None) -> str:
    """What held records back, in words."""
    return f"by rule: {_shown(counts.quarantined)}" + (f"; by field: {_shown(fields)}" if fields else "")


def _refusal(plan: Plan, what: str, counts: Counts, fields: Mapping[str, int] | None) -> ThresholdError:
    worst = min(counts.quarantined, key=lambda rule: (-counts.quarantined[rule], rule))
    remedy = _REMEDIES.get(worst, _LOOK).format(source=plan.source, flow=plan.flow)
    error = ThresholdError(
        f"{what} ({held_by(counts, fields)})",
        where=f"flow {plan.flow}",
        do=f"{remedy}, or raise max_quarantine of the flow",
    )
    error.read, error.quarantined = counts.read, dict(sorted(counts.quarantined.items()))
    return error


def _shown(counts: Mapping[str, int]) -> str:
    largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    more = f" and {len(largest) - _SHOWN} more" if len(largest) > _SHOWN else ""
    return ", ".join(f"{name} {count}" for name, count in largest[:_SHOWN]) + more
