"""``pratique eval``: how good the detector is on labelled texts."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output
from pratique.cli.show import Cell, Column, Form, Screen, Style, show
from pratique.cli.text import count
from pratique.errors import ConfigError

if TYPE_CHECKING:
    from pratique.detect.evaluate import Labelled, Rates, Report
    from pratique.ports import TextDetector

_TOGETHER = 64
"""Texts given to the detector at a time."""


def evaluate(
    file: Annotated[str, typer.Argument(metavar="DATASET", help="Labelled texts: JSON Lines, .gz or not.")],
    label: Annotated[
        list[str] | None,
        typer.Option("--label", "-L", metavar="LABEL=TYPE", help="What a label is called here; LABEL= leaves it out."),
    ] = None,
    entity: Annotated[
        list[str] | None, typer.Option("--entity", "-e", help="Only this type; once for each type.", show_default="all")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", "-l", help="Of the texts, as en or de.")] = None,
    score: Annotated[float, typer.Option("--score", min=0.0, max=1.0, help="Only findings at or above this.")] = 0.5,
    errors: Annotated[int, typer.Option("--errors", min=0, max=10_000, help="Show so many errors, masked.")] = 0,
    model: Annotated[bool, typer.Option("--model/--no-model", help="With the model of language, or without.")] = True,  # noqa: FBT002 - Typer's way
    output: Output = Form.HUMAN,
) -> None:
    """Measure the detector on labelled texts: precision, recall, F1 and F2 of each entity type.

    A line is {"text": …, "spans": [[start, end, label], …]}; see docs/guide/evaluating.md. No value is shown: errors
    are told by line and offset, with the text around them as a shape.
    """
    report = measure(Path(file), _labels(label or ()), _detector(entity, language, model=model), score, errors, entity)
    show(output, document(report), lambda screen: _human(screen, report))


def measure(
    file: Path,
    labels: dict[str, str],
    detector: "TextDetector",
    score: float,
    errors: int = 0,
    only: list[str] | None = None,
) -> "Report":
    """Read the file twice, once for its labels; compare what the detector finds with what is marked."""
    from pratique.detect.evaluate import Evaluator, read  # noqa: PLC0415 (heavy; `--help` does without)
    from pratique.infer.shapes import shape_of  # noqa: PLC0415

    asked = frozenset(only) if only else None
    marked = frozenset(label for text in read(file, labels) for _, _, label in text.spans)
    evaluator = Evaluator(shape_of, errors, score)
    for texts in _batches(read(file, labels)):
        for text, findings in zip(texts, detector.find_many([text.text for text in texts]), strict=True):
            counted = marked if text.annotated is None else text.annotated
            evaluator.add(text, findings, counted if asked is None else counted & asked)
    return evaluator.report()


def _batches(texts: "Iterator[Labelled]") -> "Iterator[list[Labelled]]":
    while some := list(islice(texts, _TOGETHER)):
        yield some


def _labels(said: list[str] | tuple[str, ...]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for one in said:
        label, equals, entity = one.partition("=")
        if not label or not equals:
            raise ConfigError(
                "--label takes LABEL=TYPE", do="write --label PER=PERSON, or --label MISC= to leave it out"
            )
        labels[label] = entity
    return labels


def _detector(entities: list[str] | None, language: str | None, *, model: bool) -> "TextDetector":
    """With the project's settings, where this folder has a project."""
    from pratique.cli.adhoc import detector  # noqa: PLC0415

    made = detector(entities, language)
    return made if model else made.without_model


def document(report: "Report") -> dict[str, Any]:
    """The report as one JSON document."""
    return {
        "texts": report.texts,
        "characters": report.characters,
        "types": [
            {"entity": t.entity, "exact": _rates(t.exact), "overlapping": _rates(t.overlapping)} for t in report.types
        ],
        "total": {"exact": _rates(report.total.exact), "overlapping": _rates(report.total.overlapping)},
        "any_type": _rates(report.any_type),
        "identifiers": None
        if report.identifiers is None
        else {
            "masked_recall": report.identifiers.masked.recall,
            "direct_recall": report.identifiers.direct.recall,
            "quasi_recall": report.identifiers.quasi.recall,
            "token_precision": report.identifiers.words.precision,
            "direct": report.identifiers.direct.mentions,
            "quasi": report.identifiers.quasi.mentions,
        },
        "reliability": [asdict(its) | {"share_right": its.right / its.findings} for its in report.reliability],
        "wrong": report.wrong,
        "errors": [asdict(error) for error in report.errors],
    }


def _rates(rates: "Rates") -> dict[str, Any]:
    return {
        "mentions": rates.mentions,
        "findings": rates.findings,
        "precision": rates.precision,
        "recall": rates.recall,
        "f1": rates.f1,
        "f2": rates.f2,
    }


def _human(screen: Screen, report: "Report") -> None:
    screen.line(f"{count(report.texts, 'text')}, {count(report.characters, 'character')}.")
    screen.blank()
    rows: list[list[str | Cell]] = []
    for name, exact, overlapping in [
        *((t.entity, t.exact, t.overlapping) for t in report.types),
        ("all types", report.total.exact, report.total.overlapping),
        ("whatever the type", report.any_type, None),
    ]:
        figures = [exact.precision, exact.recall, exact.f1, exact.f2]
        loose = [None] * 3 if overlapping is None else [overlapping.precision, overlapping.recall, overlapping.f2]
        rows.append(
            [Cell(name, Style.NAME), f"{exact.mentions:,}", f"{exact.findings:,}", *map(_figure, (*figures, *loose))]
        )
    titles = ("precision", "recall", "F1", "F2", "~precision", "~recall", "~F2")
    columns = [Column("type"), Column("mentions", right=True), Column("findings", right=True)]
    screen.table([*columns, *(Column(title, right=True, whole=True) for title in titles)], rows)
    screen.blank()
    screen.line("Exact spans; with ~ such as share a character; whatever the type: spans that share nine tenths.")
    if report.identifiers is not None:
        told = report.identifiers
        screen.blank()
        screen.line("Text Anonymization Benchmark: what is hidden")
        screen.pairs(
            [
                ("mentions to mask", f"{_figure(told.masked.recall)} of {told.masked.mentions:,}"),
                ("direct identifiers", f"{_figure(told.direct.recall)} of {told.direct.mentions:,}"),
                ("quasi-identifiers", f"{_figure(told.quasi.recall)} of {told.quasi.mentions:,}"),
                ("hidden words rightly so", f"{_figure(told.words.precision)} of {told.words.findings:,}"),
            ]
        )
    if report.reliability:
        screen.blank()
        screen.line("Scores: how many findings are right (share a character with a mention of their type)")
        bins = [
            [f"{b.low:.1f}-{b.high:.1f}", f"{b.findings:,}", f"{b.mean_score:.2f}", f"{b.right / b.findings:.2f}"]
            for b in report.reliability
        ]
        screen.table([Column("score"), *(Column(t, right=True) for t in ("findings", "mean", "right"))], bins)
    _show_errors(screen, report)


def _show_errors(screen: Screen, report: "Report") -> None:
    if not report.errors:
        return
    screen.blank()
    screen.line(f"{len(report.errors):,} of {count(report.wrong, 'error')}:")
    rows: list[list[str | Cell]] = [
        [
            f"{error.line}",
            f"{error.start}-{error.end}",
            Cell(error.kind, Style.ATTENTION),
            error.expected or "-",
            error.found or "-",
            Cell(error.shape, Style.FAINT),
        ]
        for error in report.errors
    ]
    columns = [Column("line", right=True), Column("characters", right=True), Column("error")]
    screen.table([*columns, Column("expected"), Column("found"), Column("around it")], rows)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
