"""The gate's detectors share nothing with those that treat: no code, no pattern, no list, no library of validators."""

# mypy: disable-error-code="no-untyped-call"

import ast
import hashlib
from pathlib import Path

from pratique.detect import residue

RESIDUE = Path(residue.__file__).parent
DETECT = RESIDUE.parent
ALLOWED = {"hashlib", "re", "unicodedata", "ipaddress", "functools", "itertools", "importlib", "collections",
           "dataclasses", "enum", "math", "typing", "numpy", "pyarrow"}  # fmt: skip
BORROWED = ("stdnum", "phonenumbers", "re2", "presidio_analyzer", "faker", "names")


def files(folder, *, inside_residue):
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and (RESIDUE in path.parents) == inside_residue
    ]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module or ""


def constants(path):
    """Every text in the code but docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    return {
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    }


def test_residue_imports_nothing_of_the_other_detectors_and_no_library_of_validators():
    sources = [path for path in files(RESIDUE, inside_residue=True) if path.suffix == ".py"]
    assert len(sources) >= 8
    for path in sources:
        for module in imports(path):
            top = module.partition(".")[0]
            assert top not in BORROWED, path.name
            if top == "pratique":
                assert module.startswith(("pratique.detect.residue", "pratique.model.")), path.name
            else:
                assert top in ALLOWED, (path.name, module)


def test_the_other_detectors_import_nothing_of_residue():
    others = [path for path in files(DETECT, inside_residue=False) if path.suffix == ".py"]
    assert others
    for path in others:
        assert not any(module.startswith("pratique.detect.residue") for module in imports(path)), path


def test_no_pattern_stands_in_both():
    mine = {
        text
        for path in files(RESIDUE, inside_residue=True)
        if path.suffix == ".py"
        for text in constants(path)
        if len(text) >= 10 and any(sign in text for sign in "[({\\")
    }
    assert len(mine) >= 15
    for path in files(DETECT, inside_residue=False):
        if path.suffix in {".py", ".yaml", ".yml", ".json", ".toml", ".txt"}:
            text = path.read_text(encoding="utf-8")
            theirs = constants(path) if path.suffix == ".py" else {text}
            shared = {pattern for pattern in mine for other in theirs if pattern in other}
            assert not shared, (path.name, shared)


def test_no_list_is_in_both():
    mine = {path.name: path for path in (RESIDUE / "data").iterdir()}
    assert set(mine) == {"given.txt", "surnames.txt"}
    assert sum(path.stat().st_size for path in mine.values()) < 400_000
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in mine.values()}
    lists = {
        path.name: {line.lstrip("?") for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"}
        for path in mine.values()
    }
    for path in files(DETECT, inside_residue=False):
        data = path.read_bytes()
        assert hashlib.sha256(data).hexdigest() not in digests
        theirs = set(data.decode("utf-8", "replace").lower().split())
        for name, names in lists.items():
            # Names are facts, and the common ones stand in every list: what may not be is one list being the other.
            assert len(names & theirs) < 0.5 * len(names | theirs), (path.name, name)


def test_the_lists_come_from_other_sources():
    mine = "".join(path.read_text(encoding="utf-8")[:600] for path in (RESIDUE / "data").iterdir())
    assert "2010 Census" in mine
    assert "Tzioumis" in mine
    for path in files(DETECT, inside_residue=False):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert "2010 Census" not in text
        assert "Tzioumis" not in text
