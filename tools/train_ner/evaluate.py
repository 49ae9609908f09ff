"""Figures of an exported model on the parts that are kept for it: what ships is measured, with its own runtime.

The scoring is that of ``pratique eval``: exact spans by label, and TAB's own figures on TAB.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from pratique.detect.evaluate.labelled import Labelled, read
from pratique.detect.evaluate.report import Rates, Report
from pratique.detect.evaluate.scoring import Evaluator
from pratique.detect.ner.model import NerModel
from pratique.model.catalogue import Finding
from tools.train_ner.tags import LABELS

_AT_ONCE = 64


def measured_files(data: Path, part: str) -> list[Path]:
    """The English files kept for measuring, and the other languages' ``part`` (``dev`` or ``test``)."""
    return [*sorted((data / "dev").glob("*.jsonl.gz")), *sorted((data / "multi").glob(f"*.{part}.jsonl.gz"))]


def found_in(model: NerModel, path: Path, most: int | None = None) -> Iterator[tuple[Labelled, list[Finding]]]:
    """Each text of a file, at most ``most`` of them, with what the model finds in it."""
    texts = islice(read(path), most)
    while some := list(islice(texts, _AT_ONCE)):
        for text, findings in zip(some, model.find_many([each.text for each in some]), strict=True):
            yield text, findings or []  # what it does not read holds nothing for it


def report(model: NerModel, path: Path, most: int | None = None) -> Report:
    """What the model makes of one file."""
    scores = Evaluator(mask=lambda _: "")
    for text, findings in found_in(model, path, most):
        scores.add(text, findings, frozenset(LABELS))
    return scores.report()


def figures(folder: Path, data: Path, part: str, most: int | None = None) -> dict[str, Any]:
    """Figures by source and label, and TAB's own; ``most`` texts of a source at most."""
    model = NerModel(folder)
    sources: dict[str, Any] = {}
    for path in measured_files(data, part):
        said = report(model, path, most)
        name = path.name.split(".")[0]
        sources[name] = {"labels": {of.entity: _rates(of.exact) for of in said.types if of.exact.mentions}}
        if said.identifiers is not None:
            sources[name]["tab"] = {
                "recall": _round(said.identifiers.masked.recall),
                "recall of direct identifiers": _round(said.identifiers.direct.recall),
                "precision by word": _round(said.identifiers.words.precision),
            }
    return {"part": part, "sources": sources}


def table(result: Mapping[str, Any]) -> str:
    """The exact F1 figures as a Markdown table."""
    lines = ["| source | " + " | ".join(LABELS) + " |", "| --- | " + "--: | " * len(LABELS)]
    for name, source in result["sources"].items():
        cells = [f"{source['labels'][label]['f1']:.3f}" if label in source["labels"] else "" for label in LABELS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _rates(rates: Rates) -> dict[str, float | int | None]:
    return {
        "precision": _round(rates.precision),
        "recall": _round(rates.recall),
        "f1": _round(rates.f1),
        "mentions": rates.mentions,
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
