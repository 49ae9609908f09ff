"""The page of leak channels: its owners and tests are there, and its mutants are all the mutants there are."""

import re
from pathlib import Path

import pytest

from tools.canary_site.mutants import MUTANTS
from tools.canary_story import SCENES

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "reference" / "leak-channels.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| way out"))
]


def spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_channel_has_a_rule_an_owner_a_test_and_a_mutant(row: list[str]) -> None:
    assert len(row) == 4
    _, rule, owner, held = row
    assert rule
    owners, names = spans(owner), spans(held)
    tests = [name for name in names if "/" in name]
    mutants = [name for name in names if "/" not in name]
    assert owners
    assert tests
    assert mutants
    for name in (*owners, *tests):
        assert (ROOT / name).is_file(), name
    assert all(name.startswith("src/") for name in owners)
    assert all(name.startswith("tests/") for name in tests)
    assert set(mutants) <= MUTANTS.keys()


def test_each_mutant_stands_for_a_channel() -> None:
    named = {name for row in ROWS for name in spans(row[3]) if "/" not in name}
    assert named == MUTANTS.keys()
    assert len(MUTANTS) >= 24
    assert all(mutant.channel and mutant.scene in SCENES for mutant in MUTANTS.values())
