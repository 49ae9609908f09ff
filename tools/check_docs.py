"""Checks of the documents: links lead somewhere, the reference is up to date, every command that is shown exists.

1. A relative link in a Markdown file names a file (and a heading) of the project.
2. docs/reference is what `tools/gen_reference.py` writes now.
3. Every line of a code block, and every code span, that begins with ``pratique`` parses as a command of the program,
   with options that it has. (That the tour's commands also work is tests/e2e's business.) A token with ``…`` in it
   stands for the reader's own and is left out.
"""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.tree import ROOT, project_files

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|!\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
FENCE = re.compile(r"^\s*(```+|~~~+)\s*([\w+-]*)")
SPAN = re.compile(r"(?<!`)`(pratique [^`]+)`(?!`)")
SHELL = {"", "sh", "shell", "bash", "console"}
ENDS = {"|", "||", "&&", ";", ">", ">>", "<", "&", "2>"}


def prose_and_code(text: str) -> Iterator[tuple[int, str, str | None]]:
    """Lines with their number and, inside a fenced block, the block's language; None outside."""
    fence: str | None = None
    language = ""
    for number, line in enumerate(text.splitlines(), start=1):
        found = FENCE.match(line)
        if found and fence is None:
            fence, language = found[1], found[2]
        elif found and fence is not None and found[1].startswith(fence) and not found[2]:
            fence = None
        else:
            yield number, line, None if fence is None else language


def anchors(text: str) -> set[str]:
    """The headings' anchors, as the usual renderers make them."""
    found: set[str] = set()
    for _, line, code in prose_and_code(text):
        if code is None and (heading := re.match(r"#{1,6}\s+(.*?)\s*#*$", line)):
            words = re.sub(r"[^\w\- ]", "", heading[1].lower()).replace(" ", "-")
            found.add(words)
    return found


def broken_links(name: Path, root: Path) -> Iterator[str]:
    """Relative links of one Markdown file that lead nowhere, or out of the project."""
    text = (root / name).read_text(encoding="utf-8")
    for number, line, code in prose_and_code(text):
        if code is not None:
            continue
        for found in LINK.finditer(re.sub(r"`[^`]*`", "", line)):
            link = found[1] or found[2]
            if re.match(r"[a-z][a-z0-9+.-]*:", link):
                continue
            path, _, anchor = link.partition("#")
            target = ((root / name).parent / path).resolve() if path else root / name
            if not target.is_relative_to(root.resolve()) or not target.exists():
                yield f"{name}:{number}: the link {link} leads nowhere"
            elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
                yield f"{name}:{number}: no heading for the link {link}"


def shown_commands(text: str) -> Iterator[tuple[int, str]]:
    """Every ``pratique …`` that a document shows, with its line; continued lines are joined."""
    joined, start = "", 0
    for number, line, code in prose_and_code(text):
        if code is None:
            yield from ((number, found[1]) for found in SPAN.finditer(line))
            continue
        if code not in SHELL:
            continue
        start = start if joined else number
        joined += line.strip()
        if joined.endswith("\\"):
            joined = joined[:-1] + " "
            continue
        yield from ((start, command) for command in commands_of(joined))
        joined = ""


def commands_of(line: str) -> Iterator[str]:
    """The simple commands of one shell line that call ``pratique``."""
    line = line.removeprefix("$ ")
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:
        words = line.split()
    simple: list[str] = []
    for word in [*words, ";"]:
        if word in ENDS:
            while simple and re.fullmatch(r"[A-Z_]+=.*", simple[0]):
                simple.pop(0)
            if simple and simple[0].rpartition("/")[2] == "pratique":
                yield shlex.join(["pratique", *simple[1:]])
            simple = []
        else:
            simple.append(word)


def fault_of(command: str, program: Any) -> str:
    """What is wrong with a shown command; empty where it parses. Nothing of it is run."""
    try:
        words = [word for word in shlex.split(command)[1:] if "…" not in word and "..." not in word]
    except ValueError:
        return "is not a line that a shell reads"
    node, path = program, "pratique"
    while True:
        context = node.context_class(node, info_name=path)
        try:
            _, rest, _ = node.make_parser(context).parse_args(list(words))
        except Exception as error:  # noqa: BLE001  # every wrong use is an exception of its own in the parser
            return str(getattr(error, "message", "") or error)
        children = getattr(node, "commands", None)
        if children is None:
            return f"too many arguments for {path}" if rest else ""
        if not rest:
            return ""
        if rest[0] not in children:
            return f"there is no command {path} {rest[0]}"
        node, path, words = children[rest[0]], f"{path} {rest[0]}", rest[1:]


def program() -> Any:
    """The command line as a tree of commands."""
    import typer.main  # noqa: PLC0415  # only this check needs it

    from pratique.cli.app import app  # noqa: PLC0415

    return typer.main.get_command(app)


def faults(root: Path = ROOT) -> Iterator[str]:
    """One line per fault."""
    from tools import gen_reference  # noqa: PLC0415  # imports the whole program

    commands = program()
    for name in (name for name in project_files(root) if name.suffix == ".md"):
        yield from broken_links(name, root)
        text = (root / name).read_text(encoding="utf-8")
        for number, command in shown_commands(text):
            if fault := fault_of(command, commands):
                yield f"{name}:{number}: {command}: {fault}"
    yield from gen_reference.stale(root)


def main() -> int:
    """Print the faults; 1 where there are any."""
    found = list(faults())
    for fault in found:
        print(fault)
    print(f"docs: {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
