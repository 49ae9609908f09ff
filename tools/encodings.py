"""The pages of docs/reference/encodings: what in them is written from the code and from the golden files.

A page is prose with blocks that are filled in here, so that they cannot drift: everything between a line
``<!-- WHAT: NAME -->`` and the next line ``<!-- end -->``.

- ``version: pratique.model.plan.PLAN_VERSION``: the version that the code states.
- ``fields: pratique.model.plan.Plan``: the fields of a dataclass, with what their docstrings say.
- ``golden: plan.json /plan/steps/0``: a place (RFC 6901) in a file of tests/assets/golden; of a ``.jsonl`` file the
  lines are a list; a place that is a text shows as it is.
"""

import ast
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.tree import ROOT

FOLDER = Path("docs/reference/encodings")
GOLDEN = Path("tests/assets/golden")
BLOCK = re.compile(r"(<!-- (version|fields|golden): ([^\n]+?) -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)


def rewritten(text: str, root: Path = ROOT) -> str:
    """The page with every block filled in anew; `KeyError` and its kin for a name that is not there."""
    writers: dict[str, Callable[[str], str]] = {
        "version": version,
        "fields": fields,
        "golden": lambda name: golden(name, root),
    }
    return BLOCK.sub(lambda found: f"{found[1]}{writers[found[2]](found[3])}{found[5]}", text)


def named(name: str) -> Any:
    """What a dotted name stands for: the module, then attributes of it."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise KeyError(name)


def version(name: str) -> str:
    """One line: the digits at the end of the constant (``tok1``, ``pratique/run/1``, 1)."""
    stated = named(name)
    text = stated.decode() if isinstance(stated, bytes) else str(stated)
    digits = re.search(r"[0-9]+(?=\0?\Z)", text)
    if digits is None:
        raise KeyError(name)
    return f"Version {digits[0]}, stated by `{name}`.\n"


def fields(name: str) -> str:
    """The fields of a dataclass as a table, in their order."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(named(name)))).body[0]
    assert isinstance(tree, ast.ClassDef)
    rows = ["\n| field | type | meaning |\n| --- | --- | --- |\n"]
    for at, node in enumerate(tree.body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            after = tree.body[at + 1] if at + 1 < len(tree.body) else None
            kind = ast.unparse(node.annotation).replace("|", "\\|")
            rows.append(f"| `{node.target.id}` | `{kind}` | {_docstring(after)} |\n")
    return "".join(rows) + "\n"


def _docstring(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split()).replace("``", "`").replace("|", "\\|")
    return ""


def golden(name: str, root: Path) -> str:
    """A fenced block with what stands at one place of a golden file."""
    file, _, pointer = name.partition(" ")
    text = (root / GOLDEN / file).read_text(encoding="utf-8")
    found: Any = [json.loads(line) for line in text.splitlines()] if file.endswith(".jsonl") else json.loads(text)
    for word in pointer.split("/")[1:]:
        key = word.replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    if isinstance(found, str):
        shown, language = found.removesuffix("\n"), "text"
    else:
        shown, language = json.dumps(found, indent=2, ensure_ascii=False), "json"
    return f"\n```{language}\n{shown}\n```\n\n"


def pages(root: Path = ROOT) -> list[Path]:
    """Every page, sorted."""
    return sorted((root / FOLDER).glob("*.md"))


def faults(root: Path = ROOT) -> Iterator[str]:
    """One line per page that says something else than the code or the golden files."""
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        if rewritten(text, root) != text:
            yield f"{page.relative_to(root)}: not up to date; run tools/encodings.py"


def main() -> int:
    """Fill in every page."""
    for page in pages():
        page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
