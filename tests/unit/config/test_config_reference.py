"""The written reference and the code say the same."""

import re
from pathlib import Path

import pytest

from pratique.config import load
from pratique.config.load import SECTIONS
from pratique.policy import STRICTNESS
from pratique.transform import registry

PAGE = Path("docs/reference/project-file.md")


def page():
    here = Path(__file__).resolve().parents[3] / PAGE
    return here.read_text()


def test_every_section_has_a_chapter_in_the_files_order():
    chapters = re.findall(r"^## (\w+)$", page(), re.MULTILINE)
    assert chapters == list(SECTIONS)


def test_the_table_of_transforms_is_complete_and_in_order_of_strictness():
    rows = re.findall(r"^\| `(\w+)` \| [^|]*\| [^|]*\| (?:does|pseud|personal)[^|]*\|$", page(), re.MULTILINE)
    assert rows == list(STRICTNESS[1:])
    assert set(rows) == set(registry())


@pytest.mark.parametrize(
    ("chapter", "keys"),
    [
        ("datasets", "uri region format subject owner purpose retention restricted topic"),
        ("routes", "class basis until residue residue_score"),
        ("flows", "from to policy max_quarantine shared_domains release"),
        ("clusters", "bootstrap registry security"),
        ("policies", "families entities fields not_personal otherwise"),
    ],
)
def test_every_key_is_described(chapter, keys):
    body = page().partition(f"\n## {chapter}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)`", body, re.MULTILINE)
    assert rows[: len(keys.split())] == keys.split()


def test_the_examples_together_are_a_project_file(tmp_path):
    blocks = re.findall(r"```yaml\n(.*?)```", page(), re.DOTALL)
    assert len(blocks) == len(SECTIONS)
    (tmp_path / "pratique.yaml").write_text("".join(blocks))
    found = load(tmp_path)
    assert found.name == "Example Ltd"
    assert set(found.flows) == {"channel"}
