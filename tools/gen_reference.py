"""Write docs/reference from the code's own data: entity types, transforms, the command line, errors and exit codes.

The same code gives the same bytes. ``--check`` writes nothing and exits with 1 where a page is not what it would be.
"""

import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

# Before Rich or Click look: widths and colours of whoever runs this are not part of the pages.
os.environ.update(NO_COLOR="1", TERM="dumb", COLUMNS="100")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.tree import ROOT

FOLDER = Path("docs/reference")
NOTE = "<!-- Made by `make reference` from the code; do not edit. -->\n\n"


def cell(text: object) -> str:
    """A text in a table: one line, nothing that ends the cell or is taken for markup."""
    return re.sub(r"\s+", " ", str(text)).strip().replace("|", "\\|").replace("<", "&lt;")


def code(text: object) -> str:
    """A code span in a table, whatever back-ticks the text holds."""
    shown = re.sub(r"\s+", " ", str(text)).strip()
    marks = "`" * (1 + max((len(run) for run in re.findall(r"`+", shown)), default=0))
    inner = f" {shown} " if shown.startswith("`") or shown.endswith("`") else shown
    return f"{marks}{inner}{marks}".replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def paragraphs(docstring: str | None) -> str:
    """A docstring as Markdown: paragraphs joined to lines, reST's literals and roles as code spans."""
    text = inspect.cleandoc(docstring or "")
    text = text.replace("\b\n", "").replace("``", "`")
    return "\n\n".join(re.sub(r"\s*\n\s*", " ", part).strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def exit_codes() -> str:
    """Exit codes and the errors that give them."""
    from pratique import errors  # noqa: PLC0415

    found: dict[int, list[type[errors.PratiqueError]]] = {}
    for item in vars(errors).values():
        if isinstance(item, type) and issubclass(item, errors.PratiqueError) and item.__module__ == errors.__name__:
            found.setdefault(item.exit_code, []).append(item)
    rows = [["0", "", "Done."]]
    for number in sorted(found):
        for error in found[number]:
            if error is errors.PratiqueError:
                meaning = "A defect of Pratique; please report it."
            else:
                meaning = paragraphs(error.__doc__).split("\n\n")[0]
            again = " The same call may succeed later." if error.transient else ""
            rows.append([str(number), code(error.__name__), cell(meaning + again)])
    rows.append(["130", "", "Interrupted from the keyboard."])
    return (
        "# Exit codes\n\n"
        + NOTE
        + "Every command ends with one of these, and every error is one line on stderr: where, what, what to do. An "
        "error names a place and a rule, never a value.\n\n" + table(["code", "error", "meaning"], rows)
    )


_OVERLAPS = """Findings of one text do not overlap. Where candidates do:

1. Of those with the same span one counts: the best proved one (a validator's verdict is worth 2; a word beside the
   value that speaks for the type 3, one farther away 1), then the one that more words speak for, then the one with the
   higher score, then the type that stands earlier in the code.
2. Of others the one stands that scores 0.5 or more; that a validator proved, or that has a word for its type beside it;
   that is longer; that scores higher.
3. What is left of a candidate that is only partly covered stands too, if its score is 0.5 or more and a letter or digit
   is in it: nothing that was found with certainty is laid open.

A word speaks for a type if it stands among the six words before the value or the three after it, in any language; words
of five letters also as the beginning of longer ones. Findings below 0.4 are not told, but for types that are asked for
by name.

"""


def entities() -> str:
    """Entity types and their families, from the records that the scanner compiles."""
    from pratique.detect.entities import BUILT_IN  # noqa: PLC0415
    from pratique.detect.entities.families import LISTED, ONLY_MODELS, family_of  # noqa: PLC0415
    from pratique.model.families import FAMILIES  # noqa: PLC0415

    names = sorted({record.name for record in BUILT_IN} | LISTED.keys())
    families = [
        [code(family), cell(what), cell(str(sum(family_of(name) == family for name in names)))]
        for family, what in FAMILIES.items()
    ]

    rows = []
    for record in sorted(BUILT_IN, key=lambda one: one.name):
        validators = {pattern.validator or record.validator for pattern in record.patterns} - {""}
        rows.append(
            [
                code(record.name),
                cell(family_of(record.name)),
                cell(", ".join(record.countries) or "all"),
                cell(", ".join(sorted(validators)) or "-"),
                cell(f"{max((pattern.best for pattern in record.patterns), default=record.whole_value):g}"),
                cell(", ".join(sorted({*record.field_names, *record.whole_names})[:6]) or "-"),
                cell(record.source or "-"),
            ]
        )
    by_model = "no form: found by the model of language, in the words around it"
    rows = sorted(rows + [[code(name), cell(family_of(name)), "all", "-", "-", "-", by_model] for name in ONLY_MODELS])
    return (
        "# Entity types\n\n"
        + NOTE
        + f"The {len(rows)} classes of personal data that Pratique finds by itself. A project adds its own in its "
        "file, or as Presidio recognisers. *Best score* is the highest that a finding can have, with validator and "
        "context; *field names* are evidence by themselves (the first six in the alphabet).\n\n" + "## Families\n\n"
        "A policy speaks of types by family: `families:` in [the project file](project-file.md#policies).\n\n"
        + table(["family", "what is in it", "types"], families)
        + "\n## Overlaps and context\n\n"
        + _OVERLAPS
        + "## Types\n\n"
        + table(["entity type", "family", "countries", "validator", "best score", "field names", "source"], rows)
    )


def transforms() -> str:
    """Transforms, from their registry."""
    from pratique.transform import registry  # noqa: PLC0415

    rows, details = [], []
    for transform in sorted(registry().values(), key=lambda one: one.name):
        yes = {True: "yes", False: "no"}
        rows.append(
            [
                f"[`{transform.name}`](#{transform.name})",
                str(transform.version),
                yes[bool(transform.keyed)],
                yes[bool(transform.reversible)],
                yes[bool(transform.joins)],
                yes[bool(transform.needs_subject)],
                cell(transform.loses),
            ]
        )
        document = paragraphs(sys.modules[type(transform).__module__].__doc__).removeprefix(f"{transform.name}: ")
        details.append(f"\n## {transform.name}\n\n{document[:1].upper()}{document[1:]}\n")
    return (
        "# Transforms\n\n"
        + NOTE
        + "The ways to treat a value. *Joins*: equal values have equal outputs inside a domain.\n\n"
        + table(["transform", "version", "keyed", "reversible", "joins", "needs a subject", "what is lost"], rows)
        + "".join(details)
    )


def command_line() -> str:
    """Every command with its arguments and options."""
    import typer.main  # noqa: PLC0415

    from pratique.cli.app import app  # noqa: PLC0415

    program = typer.main.get_command(app)
    return "# Command line\n\n" + NOTE + "".join(command_pages(program, "pratique", 2))


def command_pages(node: Any, path: str, level: int) -> Iterator[str]:
    """The section of a command, then those of its children, in the program's order."""
    context = node.context_class(node, info_name=path)
    usage = " ".join([path, *node.collect_usage_pieces(context)])
    yield f"{'#' * level} {path}\n\n```text\n{usage}\n```\n\n{paragraphs(node.help)}\n\n"
    rows = [option_row(parameter, context) for parameter in node.params if not getattr(parameter, "hidden", False)]
    if rows:
        yield table(["argument or option", "default", "meaning"], rows) + "\n"
    if node.epilog:
        label, _, example = paragraphs(node.epilog).partition(": ")
        yield f"Example:\n\n```sh\n{example}\n```\n\n" if label == "Example" else f"{label}: {example}\n\n"
    for name, child in getattr(node, "commands", {}).items():
        if not child.hidden:
            yield from command_pages(child, f"{path} {name}", min(level + 1, 4))


def value_name(parameter: Any, context: Any) -> str:
    """How the value of an option or argument is shown: its own word for it, or its type."""
    return str(parameter.metavar or parameter.display_type(context))


def option_row(parameter: Any, context: Any) -> list[str]:
    """One argument or option as a table's row."""
    if parameter.param_type_name == "argument":
        shown = parameter.metavar or parameter.name.upper()
    else:
        names = "/".join(filter(None, [", ".join(parameter.opts), ", ".join(parameter.secondary_opts)]))
        shown = names if parameter.is_flag or parameter.count else f"{names} {value_name(parameter, context)}"
    default = parameter.default
    plain = default is not None and not callable(default) and default not in (False, (), [], "")
    meaning = paragraphs(getattr(parameter, "help", "") or "")
    if parameter.required:
        meaning = f"{meaning} Required.".strip() if parameter.param_type_name == "option" else meaning
    return [code(shown), code(getattr(default, "value", default)) if plain else "", cell(meaning)]


PAGES = {
    "cli.md": command_line,
    "entities.md": entities,
    "exit-codes.md": exit_codes,
    "transforms.md": transforms,
}


def stale(root: Path = ROOT) -> Iterator[str]:
    """One line per page that is not what it would be now."""
    for name, page in PAGES.items():
        path = root / FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != page():
            yield f"{FOLDER / name}: not up to date; run make reference"


def main() -> int:
    """Write the pages, or with ``--check`` compare them."""
    if "--check" in sys.argv[1:]:
        found = list(stale())
        print("\n".join(found) or "reference: up to date")
        return 1 if found else 0
    for name, page in PAGES.items():
        (ROOT / FOLDER).mkdir(parents=True, exist_ok=True)
        (ROOT / FOLDER / name).write_text(page(), encoding="utf-8")
        print(f"reference: {FOLDER / name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
