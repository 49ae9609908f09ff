"""The check of documents, and the reference's formatting."""

from pathlib import Path
from typing import Annotated

import pytest
import typer
import typer.main

from tools import check_docs, gen_reference

app = typer.Typer(help="A program.")
keys = typer.Typer(help="Keys.")
app.add_typer(keys, name="keys")


@app.command()
def run(
    flow: Annotated[str, typer.Argument(help="Which | one.")],
    full: Annotated[bool, typer.Option("--full", help="Again.")] = False,
    workers: Annotated[int, typer.Option("--workers", "-w", help="How many.")] = 1,
    field: Annotated[list[str] | None, typer.Option("--field")] = None,
) -> None:
    """Run a flow.

    It uses ``plans``.
    """


@keys.command("list")
def list_keys() -> None:
    """List keys."""


PROGRAM = typer.main.get_command(app)


@pytest.mark.parametrize(
    "command",
    [
        "pratique",
        "pratique run channel",
        "pratique run --full -w 2 channel --field a --field b",
        "pratique run --help",
        "pratique run …",
        "pratique run",
        "pratique keys list",
    ],
)
def test_commands_that_exist(command: str) -> None:
    assert check_docs.fault_of(command, PROGRAM) == ""


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("pratique fly", "there is no command pratique fly"),
        ("pratique keys fly", "there is no command pratique keys fly"),
        ("pratique run --fast channel", "--fast"),
        ("pratique run channel --workers", "--workers"),
        ("pratique run channel movie", "too many arguments for pratique run"),
        ("pratique run 'channel", "a shell reads"),
    ],
)
def test_commands_that_do_not_exist(command: str, fault: str) -> None:
    assert fault in check_docs.fault_of(command, PROGRAM)


def test_commands_are_found_in_blocks_and_spans() -> None:
    text = """Say `pratique keys list`, not `other thing`.

```sh
$ HOME=x pratique run a \\
    --full | jq .   # not: pratique nothing
cat x | .venv/bin/pratique run - > y && pratique keys list
# pratique in a comment
echo pratique
```
```python
pratique = 1
```
"""
    assert list(check_docs.shown_commands(text)) == [
        (1, "pratique keys list"),
        (4, "pratique run a --full"),
        (6, "pratique run -"),
        (6, "pratique keys list"),
    ]


def test_links(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# First Heading!\n", encoding="utf-8")
    page = tmp_path / "b.md"
    page.write_text(
        "# Top\n[good](docs/a.md) [far](https://example.com/x) [here](#top) [there](docs/a.md#first-heading)\n"
        "`[code](nowhere.md)`\n```\n[block](nowhere.md)\n```\n",
        encoding="utf-8",
    )
    assert list(check_docs.broken_links(Path("b.md"), tmp_path)) == []
    page.write_text("[bad](docs/c.md)\n[out](../x.md) ![pic](x.svg)\n[worse](docs/a.md#nope)\n", encoding="utf-8")
    found = list(check_docs.broken_links(Path("b.md"), tmp_path))
    assert [line.split(":")[1] for line in found] == ["1", "2", "2", "3"]


def test_command_pages_show_options_arguments_and_defaults() -> None:
    text = "".join(gen_reference.command_pages(PROGRAM, "pratique", 2))
    assert "### pratique run\n" in text
    assert "| `FLOW` |  | Which \\| one. |" in text
    assert "| `--workers, -w <int>` | `1` | How many. |" in text
    assert "| `--full` |  | Again. |" in text
    assert "Run a flow.\n\nIt uses `plans`." in text
    assert "#### pratique keys list\n" in text


def test_a_page_that_is_not_up_to_date_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gen_reference, "PAGES", {"one.md": lambda: "text\n", "two.md": lambda: "text\n"})
    (tmp_path / gen_reference.FOLDER).mkdir(parents=True)
    (tmp_path / gen_reference.FOLDER / "one.md").write_text("text\n", encoding="utf-8")
    assert list(gen_reference.stale(tmp_path)) == ["docs/reference/two.md: not up to date; run make reference"]


@pytest.mark.parametrize(("text", "shown"), [("a|b", "`a\\|b`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``")])
def test_code_spans_survive_what_they_hold(text: str, shown: str) -> None:
    assert gen_reference.code(text) == shown
