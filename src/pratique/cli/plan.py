"""``pratique plan``: what would happen, field by field, before it does."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli import plan_diff
from pratique.cli.options import FlowName, Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import share
from pratique.errors import RefusedError

if TYPE_CHECKING:
    from pratique.pipeline.results import Explanation
    from pratique.policy import FieldExplanation, PlanSummary

_CLASSES = {
    "personal": Style.BAD,
    "pseudonymised": Style.ATTENTION,
    "anonymised": Style.GOOD,
    "none": Style.FAINT,
}


def plan(
    *,
    flow: FlowName,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what changed since the newest release, field by field.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Exit with 3 if a run would not work by the newest release's plan; for CI."),
    ] = False,
    families: Annotated[
        bool, typer.Option("--families", help="Show which types go by each family's rule, and end.")
    ] = False,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Show what a run would do to each field, before it does.

    By which rule, what still joins, and what is lost. Changes nothing.

    With --check, a flow that released nothing yet exits with 3 as well.
    """
    project = open_project(root)
    if not diff and not check:
        explanation = project.explain(flow)
        human = _families if families else _human
        show(output, _document(explanation), lambda screen: human(screen, explanation))
        return
    found = project.plan_diff(flow)
    show(output, plan_diff.document(found), lambda s: (plan_diff.show_diff if diff else plan_diff.show_check)(s, found))
    if check and not found.same:
        raise typer.Exit(RefusedError.exit_code)


def _document(explanation: "Explanation") -> dict[str, Any]:
    summary = explanation.summary
    return {
        "flow": summary.flow,
        "hash": summary.hash,
        "source": summary.source,
        "target": summary.target,
        "route": summary.route,
        "policy": summary.policy,
        "class": summary.data_class,
        "subject": summary.subject,
        "guard_score": summary.guard_score,
        "residue_score": summary.residue_score,
        "residue_limit": summary.residue_limit,
        "max_quarantine": summary.max_quarantine,
        "max_quarantine_count": summary.max_quarantine_count,
        "bulk_decisions": summary.bulk_decisions,
        "warnings": list(summary.warnings),
        "families": [asdict(family) for family in explanation.families],
        "fields": [_field_document(field) for field in explanation.fields],
    }


def _field_document(field: "FieldExplanation") -> dict[str, Any]:
    return {
        "field": field.path,
        "number": field.number,
        "kinds": list(field.kinds),
        "verdict": field.verdict,
        "state": field.state,
        "decided": field.decided,
        "rule": field.rule,
        "treatment": field.treatment,
        "spans": dict(field.spans),
        "class": field.output_class,
        "joins": list(field.joins),
        "loses": field.loses,
        "warnings": list(field.warnings),
    }


def _human(screen: Screen, explanation: "Explanation") -> None:
    summary = explanation.summary
    _head(screen, summary)
    screen.blank()
    screen.table(
        [
            Column("field"),
            Column("held to be"),
            Column("treatment"),
            Column("class", whole=True),
            Column("what is lost"),
        ],
        [
            [
                Cell(field.path, Style.NAME),
                field.verdict,
                Cell(field.treatment, Style.BAD if field.treatment == "quarantine" else Style.STRONG),
                Cell(field.output_class, _CLASSES.get(field.output_class, Style.PLAIN)),
                Cell(field.loses, Style.FAINT),
            ]
            for field in explanation.fields
        ],
    )
    screen.blank()
    screen.table(
        [Column("field"), Column("rule"), Column("decided by"), Column("joins with")],
        [
            [
                Cell(field.path, Style.NAME),
                field.rule.removeprefix(f"policy.{summary.policy}."),
                field.decided,
                ", ".join(field.joins),
            ]
            for field in explanation.fields
        ],
    )
    _warnings(screen, explanation)
    screen.next(f"pratique run {summary.flow}")


def _families(screen: Screen, explanation: "Explanation") -> None:
    if not explanation.families:
        screen.line(f"The policy {explanation.summary.policy} has no rule for a family of types.")
        return
    screen.line(f"Types that go by a family's rule in the policy {explanation.summary.policy}; a type's own rule wins.")
    screen.blank()
    screen.table(
        [Column("family"), Column("rule", whole=True), Column("types", right=True), Column("which")],
        [
            [Cell(one.family, Style.NAME), Cell(one.rule, Style.STRONG), str(len(one.types)), ", ".join(one.types)]
            for one in explanation.families
        ],
    )


def _head(screen: Screen, summary: "PlanSummary") -> None:
    screen.line(Cell(summary.source, Style.STRONG), " -> ", Cell(summary.target, Style.STRONG))
    screen.blank()
    screen.pairs(
        [
            ("route", summary.route),
            ("policy", summary.policy),
            ("class", Cell(summary.data_class, _CLASSES.get(summary.data_class, Style.PLAIN))),
            ("subject", summary.subject or "none"),
            ("fields", _figures(summary)),
            ("guard", f"findings from score {summary.guard_score:g} hold a record back"),
            ("gate", f"at most {summary.residue_limit} findings from score {summary.residue_score:g} in what leaves"),
            ("refused", f"if more than {_most(summary)} are held back"),
            ("plan", Cell(summary.hash[:16], Style.FAINT)),
        ]
    )


def _most(summary: "PlanSummary") -> str:
    shown = f"{share(summary.max_quarantine)} of the records"
    most = summary.max_quarantine_count
    return shown if most is None else f"{shown}, or more than {most:,} of them,"


def _figures(summary: "PlanSummary") -> str:
    return f"{summary.treated} treated, {summary.kept} kept, {summary.dropped} dropped, {summary.quarantined} held back"


def _warnings(screen: Screen, explanation: "Explanation") -> None:
    lines = [("", warning) for warning in explanation.summary.warnings]
    lines.extend((field.path, warning) for field in explanation.fields for warning in field.warnings)
    if lines:
        screen.blank()
    for path, warning in lines:
        screen.line(Cell("! ", Style.ATTENTION), Cell(f"{path}: " if path else "", Style.NAME), warning)
