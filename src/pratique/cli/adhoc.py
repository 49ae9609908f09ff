"""``pratique detect`` and ``redact``: one text, there and then, with no project needed."""

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pratique.cli.options import Output
from pratique.cli.show import Cell, Column, Form, Screen, Style, drop_output, show
from pratique.cli.text import count, safe
from pratique.errors import ConfigError, SourceError
from pratique.model.families import FAMILIES

if TYPE_CHECKING:
    from pratique.model.catalogue import Finding
    from pratique.ports import TextDetector

MAX_TEXT = 64 * 2**20
"""Bytes of one text; what is larger belongs into a dataset and a flow."""

Source = Annotated[
    str, typer.Argument(metavar="FILE", help="A text in UTF-8; - is standard input.", show_default=False)
]
Entities = Annotated[
    list[str] | None, typer.Option("--entity", "-e", help="Only this type; once for each type.", show_default="all")
]
Language = Annotated[str | None, typer.Option("--language", "-l", help="Of the text, as en or de.", show_default="any")]
Score = Annotated[float, typer.Option("--score", min=0.0, max=1.0, help="Only findings at or above this score.")]


Listed = Annotated[bool, typer.Option("--list", help="Show the types that are known, with their sources, and end.")]
Family = Annotated[
    list[str] | None,
    typer.Option("--family", help="With --list: only types of this family; once for each.", show_default="all"),
]


def detect(
    file: Source = "-",
    entity: Entities = None,
    language: Language = None,
    score: Score = 0.5,
    listed: Listed = False,  # noqa: FBT002 - a switch of the command line
    family: Family = None,
    output: Output = Form.HUMAN,
) -> None:
    """Find personal data in a text: where, and of which type.

    Never shows the data itself. Uses the entity types and lists of pratique.yaml, if there is one in this folder.
    """
    if family and not listed:
        raise ConfigError("--family chooses among the types that --list shows", do="add --list")
    if listed:
        known = types(entity, family)
        show(output, known, lambda screen: _types(screen, known))
        return
    text = _read(file)
    findings = _find(text, entity, language, score)
    document = [
        {"start": f.start, "end": f.end, "entity": f.entity, "score": f.score, "detector": f.detector} for f in findings
    ]
    show(output, document, lambda screen: _findings(screen, text, findings))


_BY_MODEL = "no form: found by the model of language, in the words around it"


def types(wanted: Sequence[str] | None = None, families: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The entity types, or those that are wanted: name, family, countries, and where the form is laid down.

    Raises `ConfigError` for a family that there is not.
    """
    from pratique.config.values import suggest  # noqa: PLC0415 (heavy; `--help` does without)
    from pratique.detect.entities import BUILT_IN  # noqa: PLC0415
    from pratique.detect.entities.families import ONLY_MODELS, family_of  # noqa: PLC0415

    for name in families or ():
        if name not in FAMILIES:
            raise ConfigError(f"there is no family of types {name!r}", do=suggest(name, FAMILIES))
    told = {one.name: (list(one.countries), one.source) for one in BUILT_IN}
    told |= dict.fromkeys(ONLY_MODELS, ([], _BY_MODEL))
    found = [
        {"entity": name, "family": family_of(name), "countries": countries, "source": source}
        for name, (countries, source) in sorted(told.items())
    ]
    return [
        one for one in found if (not wanted or one["entity"] in wanted) and (not families or one["family"] in families)
    ]


def _types(screen: Screen, known: Sequence[Mapping[str, Any]]) -> None:
    rows: list[list[str | Cell]] = [
        [
            Cell(one["entity"], Style.NAME),
            one["family"],
            ", ".join(one["countries"]) or "all",
            Cell(one["source"], Style.FAINT),
        ]
        for one in known
    ]
    screen.table([Column("type"), Column("family"), Column("countries"), Column("source")], rows)
    screen.blank()
    of_models = sum(one["source"] == _BY_MODEL for one in known)
    only = f", {of_models} of them by a model of language only" if of_models else ""
    screen.line(f"{count(len(rows), 'type')} known{only}.")


def _findings(screen: Screen, text: str, findings: "Sequence[Finding]") -> None:
    if not findings:
        screen.line("Nothing found. That is not proof that nothing is there.")
        return
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    rows: list[list[str | Cell]] = []
    for finding in findings:
        line = bisect_right(starts, finding.start)
        rows.append(
            [
                f"{line}:{finding.start - starts[line - 1] + 1}",
                f"{finding.start}-{finding.end}",
                Cell(finding.entity, Style.NAME),
                f"{finding.score:.2f}",
                Cell(finding.detector, Style.FAINT),
            ]
        )
    columns = [Column("line:column", right=True), Column("characters", right=True), Column("type")]
    screen.table([*columns, Column("score", right=True), Column("detector")], rows)
    types = Counter(finding.entity for finding in findings)
    screen.blank()
    screen.line(f"{count(len(findings), 'finding')}: ", ", ".join(f"{n} {name}" for name, n in types.most_common()))


def redact(
    file: Source = "-",
    entity: Entities = None,
    language: Language = None,
    score: Score = 0.5,
    output: Output = Form.HUMAN,
) -> None:
    """Print a text with each finding replaced, as by <PERSON>.

    The rest stays as it is, and so does what no detector finds: what leaves the house needs a flow and its gate.
    """
    text = _read(file)
    findings = _find(text, entity, language, score)
    treated = replace(text, findings)
    if output is Form.JSON:
        types: dict[str, Any] = dict(sorted(Counter(finding.entity for finding in findings).items()))
        show(output, {"text": treated, "replaced": types}, lambda _: None)
    else:
        _write(treated)


def replace(text: str, findings: "Sequence[Finding]") -> str:
    """The text with each span replaced by its type; overlapping spans together, by the first one's type."""
    parts: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.start >= at:
            parts.extend((text[at : finding.start], f"<{finding.entity}>"))
        at = max(at, finding.end)
    return "".join((*parts, text[at:]))


def _write(text: str) -> None:
    """Piped: byte for byte. On a terminal: with control characters as escapes, line by line."""
    try:
        if sys.stdout.isatty():
            for line in text.split("\n"):
                print("\t".join(safe(piece) for piece in line.split("\t")))  # noqa: T201 (the program's output)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def _read(file: str) -> str:
    where = "standard input" if file == "-" else file
    try:
        if file == "-" and sys.stdin is None:
            raise SourceError("is closed", where=where)
        if file == "-":
            data = sys.stdin.buffer.read(MAX_TEXT + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(MAX_TEXT + 1)
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror or 'no reason given'})", where=where) from None
    if len(data) > MAX_TEXT:
        do = "make it a dataset and run a flow"
        raise SourceError(f"larger than {MAX_TEXT // 2**20} MiB, too large for one text", where=where, do=do)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8 at byte {error.start:,}", where=where, do="convert it to UTF-8") from None


def _find(text: str, entities: list[str] | None, language: str | None, score: float) -> "list[Finding]":
    return [finding for finding in detector(entities, language).find_many([text])[0] if finding.score >= score]


def detector(entities: list[str] | None, language: str | None) -> "TextDetector":
    """With the project's settings, where this folder has a project."""
    if Path("pratique.yaml").exists():
        from pratique.project import Project  # noqa: PLC0415 (heavy; `--help` does without)

        return Project.open(".").detector(language=language, entities=entities)
    from pratique.detect import Detector  # noqa: PLC0415

    return Detector(language=language, entities=entities)
