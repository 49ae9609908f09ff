"""``pratique report``: where the page goes, and what is shown beside it."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from pratique.cli.report.page import MARK
from tests.report_projects import write

Cli = Callable[..., SimpleNamespace]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, ["one"])
    return tmp_path


def test_writes_a_page_for_its_owner_only(root: Path, cli: Cli):
    done = cli("report", "-p", str(root), "-O", str(root / "page.html"))
    assert done.code == 0
    assert "pratique scan one" in done.out
    assert (root / "page.html").stat().st_mode & 0o777 == 0o600
    assert MARK in (root / "page.html").read_text().splitlines()
    assert sorted(path.name for path in root.glob("*page*")) == ["page.html"]


def test_replaces_a_report_and_nothing_else(root: Path, cli: Cli):
    page, other = root / "page.html", root / "other.html"
    assert cli("report", "-p", str(root), "-O", str(page)).code == 0
    assert cli("report", "-p", str(root), "-O", str(page)).code == 0
    other.write_text("somebody's own")
    (root / "link.html").symlink_to(page)
    for name in ("other.html", "link.html", "keys"):
        done = cli("report", "-p", str(root), "-O", str(root / name))
        assert done.code == 2
        assert "no report" in done.err
    assert other.read_text() == "somebody's own"


def test_a_place_where_nothing_can_be_written_is_told(root: Path, cli: Cli):
    done = cli("report", "-p", str(root), "-O", str(root / "nowhere" / "page.html"))
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_json_is_one_document_with_everything(root: Path, cli: Cli):
    done = cli("report", "-p", str(root), "-O", str(root / "page.html"), "-o", "json")
    told = json.loads(done.out)
    assert told["file"] == str(root / "page.html")
    assert told["bytes"] == (root / "page.html").stat().st_size
    assert [one["name"] for one in told["report"]["datasets"]] == ["one", "one-us"]


def test_two_documents_do_not_share_a_stream(root: Path, cli: Cli):
    assert cli("report", "-p", str(root), "-O", "-", "-o", "json").code == 2


def test_without_names(root: Path, cli: Cli):
    done = cli("report", "-p", str(root), "-O", str(root / "page.html"), "--no-names")
    assert "pratique scan DATASET" in done.out
    assert "dataset 1" in (root / "page.html").read_text()
