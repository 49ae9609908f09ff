"""The queue as data, for programs and for pipes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pratique.catalogue.alike import Alike, likeness
from pratique.cli.fields import decision_document, evidence_document, verdict_document
from pratique.cli.show import Cell, Column, Screen, Style
from pratique.cli.text import count
from pratique.model.paths import show_path

if TYPE_CHECKING:
    from pratique.assembly.review import Review
    from pratique.pipeline.reviewing import Option, ReviewItem
    from pratique.policy.outlook import FlowState, Outcome


def document(desk: "Review") -> dict[str, Any]:
    """Fields that wait, in order, each with why it waits, what happens to it, and what each decision would change."""
    waiting = desk.queue()
    sizes: dict[tuple[Alike, tuple[object, ...]], int] = {}
    for item in waiting:
        for by in Alike:
            same = by, _likeness(by, item, desk.families)
            sizes[same] = sizes.get(same, 0) + 1
    return {
        "who": desk.who,
        "signs": desk.signs,
        "fields": len(desk.fields()),
        "flows": [_flow(flow) for flow in desk.flows()],
        "queue": [
            _item(item)
            | {
                "options": [_option(option) for option in desk.options(item)],
                "alike": {by.value: sizes[by, _likeness(by, item, desk.families)] - 1 for by in Alike},
            }
            for item in waiting
        ],
    }


def _likeness(by: Alike, item: "ReviewItem", families: Mapping[str, str]) -> tuple[object, ...]:
    return likeness(by, item.path, item.kinds, item.evidence, item.verdict, families)


def _item(item: "ReviewItem") -> dict[str, Any]:
    return {
        "dataset": item.dataset,
        "field": show_path(item.path),
        "risk": item.rank.risk.value,
        "why": item.rank.why,
        "kinds": [kind.value for kind in item.kinds],
        "verdict": verdict_document(item.verdict),
        "evidence": evidence_document(item.evidence),
        "records": item.records,
        "miss_bound": item.miss_bound,
        "scanned": item.scanned,
        "decisions": [decision_document(d) for d in item.decisions],
        "now": [_outcome(outcome) for outcome in item.outcomes],
    }


def _outcome(outcome: "Outcome") -> dict[str, Any]:
    return {
        "flow": outcome.flow,
        "route": outcome.route,
        "treatment": outcome.treatment,
        "rule": outcome.rule,
        "class": outcome.output_class,
        "in_clear": outcome.in_clear,
        "held": outcome.held,
        "waived": list(outcome.waived),
        "problem": outcome.problem,
        "joins": list(outcome.joins),
    }


def _option(option: "Option") -> dict[str, Any]:
    return {
        "kind": option.kind.value,
        "entities": list(option.entities),
        "loosens": option.loosens,
        "then": [_outcome(c.after) | {"opens": c.opens, "closes": c.closes} for c in option.changes],
    }


def _flow(flow: "FlowState") -> dict[str, Any]:
    return {
        "flow": flow.flow,
        "open": flow.open,
        "closed": flow.closed,
        "class": flow.data_class,
        "held_fields": flow.held,
        "held_share": flow.held_share,
    }


def listing(to: Screen, desk: "Review") -> None:
    """One line a field."""
    waiting = desk.queue()
    if not desk.fields():
        to.line("Nothing here. Datasets get into the catalogue by ", Cell("pratique scan", Style.STRONG), ".")
        return
    to.table(
        [Column("#", right=True), Column("field"), Column("held to be"), Column("risk", whole=True), Column("why")],
        [
            [
                str(number),
                Cell(f"{item.dataset}.{show_path(item.path)}", Style.NAME),
                ", ".join(item.verdict.entities) or "nothing found",
                item.rank.risk.value,
                Cell(item.rank.why, Style.FAINT),
            ]
            for number, item in enumerate(waiting, 1)
        ],
    )
    if waiting:
        to.blank()
    to.line(f"{count(len(waiting), 'field')} to decide, of {len(desk.fields())}")
    if waiting:
        to.line(Cell("On a terminal, pratique review asks field by field.", Style.FAINT))
