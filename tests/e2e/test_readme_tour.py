"""What the documents show works: every command of README's tour and of the guide, in order, as a reader types it."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.forked import preloaded
from tests.e2e.offline import environment, run, shell

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    *(
        f"docs/guide/{name}.md"
        for name in (
            "catalogue",
            "first-steps",
            "keys",
            "older-data",
            "policies",
            "quarantine",
            "record",
            "verifying",
            "when-it-stops",
        )
    ),
)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HELD = {"README.md": "print(treated.released, len(treated.records), 'user-12345' in str(treated))"}
"""Of each page with code of the library: what is asked of the names that its code leaves."""
SHOWN = {"README.md": "IBAN_CODE 5 32 0.95\nFalse 1 False\n"}
"""What code and question print."""
FAILS = re.compile(r"\s+# exit (\d+)$")


def commands(page: str) -> list[tuple[str, int]]:
    """Each command of a page's ``console`` blocks, and the exit code that the page says it has.

    A command begins with ``$ `` and reaches to the next one: continued lines and here-documents belong to it.
    """
    found: list[tuple[str, int]] = []
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        assert block.startswith("$ "), f"{page}: a console block begins with a command"
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line = command.rstrip("\n")
            fails = FAILS.search(line)
            found.append((line, int(fails[1]) if fails else 0))
    return found


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("script")
    with preloaded(folder, environment(folder)) as bin_:
        yield bin_


@pytest.mark.parametrize("page", PAGES)
def test_every_command_works(page: str, tmp_path: Path, script: Path) -> None:
    env = environment(tmp_path)
    env["PATH"] = os.pathsep.join((str(script), env["PATH"]))
    place = tmp_path / "place"
    place.mkdir()
    shown = commands(page)
    assert sum("pratique " in line for line, _ in shown) >= 5
    for line, code in shown:
        after = tmp_path / "after"
        done = shell(f"{line}\npwd > '{after}'", place, env)
        assert done.returncode == code, f"{page}: {line}: exit {done.returncode}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        if code == 0:
            place = Path(after.read_text(encoding="utf-8").rstrip("\n"))
    # What a page shows of the library goes on from where its commands began.
    for block in PYTHON.findall((ROOT / page).read_text(encoding="utf-8")):
        done = run([sys.executable, "-c", f"{block}\n{HELD[page]}"], tmp_path / "place", env)
        assert (done.returncode, done.stderr) == (0, ""), page
        assert done.stdout == SHOWN[page]


def test_the_tour_shows_what_its_words_say(tmp_path: Path) -> None:
    """A command that fails is no command of the tour, and a block without its prompt would not be run."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tour = text.split("## A five-minute tour")[1].split("## As a library")[0]
    assert "```sh" not in tour
    assert [code for _, code in commands("README.md")] == [0] * len(commands("README.md"))
    for word in (
        "scan",
        "catalogue",
        "plan",
        "run",
        "verify",
        "reidentify",
        "detect",
        "redact",
        "keys",
        "doctor",
        "review",
        "quarantine",
        "report",
        "audit",
    ):
        assert re.search(rf"^\$ .*pratique {word}\b", tour, re.MULTILINE), f"the tour shows no {word}"
