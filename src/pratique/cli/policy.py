"""``pratique policy test``: the project's own cases."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pratique.cli.options import Output, Root, open_project
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pratique.pipeline.checking import CaseReport

app = typer.Typer(no_args_is_help=True, help="Hold the policy against cases of your own.")


@app.callback()
def _group() -> None:
    """Hold the policy against cases of your own."""


@app.command("test", epilog="Example: pratique policy test --flow channel")
def run_cases(
    *,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The file of cases.", show_default="policy-tests.yaml"),
    ] = None,
    flow: Annotated[str | None, typer.Option("--flow", help="Only the cases of this flow.", show_default="all")] = None,
    values: Annotated[
        bool, typer.Option("--values", help="Show what came out, too: for made-up values, at your own screen.")
    ] = False,
    root: Root = ".",
    output: Output = Form.HUMAN,
) -> None:
    """Try each case: this value in this field comes out like that.

    Runs the real plan with the real keys in memory, and writes nothing. Exits with 3 if a case fails.
    """
    reports = open_project(root).test_policy(file, flow=flow)
    document = {
        "passed": sum(report.passed for report in reports),
        "failed": sum(not report.passed for report in reports),
        "cases": [
            {
                "name": report.name,
                "file": report.place.file,
                "line": report.place.line,
                "flow": report.flow,
                "field": report.field,
                "passed": report.passed,
                "came_out": report.came_out,
                "problems": list(report.problems),
                **({"output": report.output} if values else {}),
            }
            for report in reports
        ],
    }
    show(output, document, lambda screen: _human(screen, reports, values=values))
    if document["failed"]:
        raise typer.Exit(RefusedError.exit_code)


def _human(screen: Screen, reports: "Sequence[CaseReport]", *, values: bool) -> None:
    screen.table(
        [
            Column("", whole=True),
            Column("line", right=True, whole=True),
            Column("case"),
            Column("field"),
            Column("came out"),
        ],
        [
            [
                Cell("ok", Style.GOOD) if report.passed else Cell("failed", Style.BAD),
                str(report.place.line),
                report.name,
                Cell(f"{report.flow}: {report.field}", Style.NAME),
                Cell(_came_out(report, values=values), Style.FAINT),
            ]
            for report in reports
        ],
    )
    screen.blank()
    for report in reports:
        for problem in report.problems:
            screen.line(Cell(f"{report.place}: ", Style.STRONG), problem)
    failed = sum(not report.passed for report in reports)
    told = Cell(f"{failed:,} failed" if failed else "all as expected", Style.BAD if failed else Style.GOOD)
    screen.line(f"{count(len(reports), 'case')}: ", told)


def _came_out(report: "CaseReport", *, values: bool) -> str:
    if not values or report.came_out not in ("treated", "kept"):
        return report.came_out
    return f"{report.came_out}: {json.dumps(report.output, ensure_ascii=False)}"
