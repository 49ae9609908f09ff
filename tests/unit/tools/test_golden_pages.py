"""The pages of encodings say what the code and the golden files say, and leave none of them out."""

import json
import re
from pathlib import Path

import pytest

from tools import encodings
from tools.tree import ROOT

TEXTS = {page.name: page.read_text(encoding="utf-8") for page in encodings.pages()}
BLOCKS = {name: [(found[2], found[3]) for found in encodings.BLOCK.finditer(text)] for name, text in TEXTS.items()}
WITHOUT_VERSION = {"README.md", "canonical-json.md"}
QUOTED_ELSEWHERE = {"parts.json", "release/00000-00000.jsonl", "release/00001-00000.jsonl"}


def test_every_page_is_up_to_date():
    assert list(encodings.faults()) == []


def test_every_marker_is_a_block():
    for name, text in TEXTS.items():
        markers = re.findall(r"^<!-- (?!end).* -->$", text, re.MULTILINE)
        assert len(markers) == text.count("<!-- end -->") == len(BLOCKS[name]), name


def test_every_page_states_a_version_and_shows_an_example():
    for name in TEXTS.keys() - WITHOUT_VERSION:
        kinds = {kind for kind, _ in BLOCKS[name]}
        assert {"version", "golden"} <= kinds, name
        assert "Guaranteed: " in TEXTS[name], name


def test_the_list_names_every_page():
    listed = set(re.findall(r"\]\(([a-z-]+\.md)\)", TEXTS["README.md"]))
    assert listed == TEXTS.keys() - {"README.md"}
    assert "(encodings/README.md)" in (ROOT / "docs/reference/README.md").read_text(encoding="utf-8")


def test_every_golden_file_is_shown_on_a_page_and_held_by_a_test():
    folder = ROOT / encodings.GOLDEN
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    shown = {name.partition(" ")[0] for blocks in BLOCKS.values() for kind, name in blocks if kind == "golden"}
    assert shown | QUOTED_ELSEWHERE == files
    unit = ROOT / "tests" / "unit"
    held = "".join(p.read_text(encoding="utf-8") for p in [*unit.rglob("test_golden_*.py"), *unit.rglob("*_golden.py")])
    for file in files - {name for name in files if name.startswith("release/")}:
        assert Path(file).name in held or f'vectors("{Path(file).stem}")' in held, file


def test_a_page_that_drifts_is_found(tmp_path):
    (tmp_path / encodings.FOLDER).mkdir(parents=True)
    (tmp_path / encodings.GOLDEN).mkdir(parents=True)
    (tmp_path / encodings.GOLDEN / "a.json").write_text(json.dumps({"x/y": [1, {"z": "text\n"}]}))
    (tmp_path / encodings.GOLDEN / "b.jsonl").write_text('{"n":1}\n{"n":2}\n')
    page = tmp_path / encodings.FOLDER / "a.md"
    page.write_text(
        "<!-- version: pratique.transform.token.ENCODING -->\n<!-- end -->\n"
        "<!-- golden: a.json /x~1y/1/z -->\nstale\n<!-- end -->\n<!-- golden: b.jsonl /1 -->\n<!-- end -->\n"
    )
    assert list(encodings.faults(tmp_path)) == ["docs/reference/encodings/a.md: not up to date; run tools/encodings.py"]
    page.write_text(encodings.rewritten(page.read_text(), tmp_path))
    assert list(encodings.faults(tmp_path)) == []
    text = page.read_text()
    assert "Version 1, stated by" in text
    assert "```text\ntext\n```" in text
    assert '```json\n{\n  "n": 2\n}\n```' in text
    assert "stale" not in text


@pytest.mark.parametrize("name", ["pratique.model.plan.NOTHING", "nothing.at.all", "pratique.model.plan.Plan"])
def test_a_version_that_is_not_there(name):
    with pytest.raises((KeyError, AttributeError)):
        encodings.version(name)
