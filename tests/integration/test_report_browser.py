"""The report in a real browser: no fault for axe-core, no script, nothing refused, no page wider than the screen."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.assembly import Assembly
from pratique.assembly.reporting import report_project
from pratique.cli.report.page import page
from tests.integration.browser import MISSING, Browser
from tests.report_projects import crowd, hostile, released, unreadable, write

pytestmark = [pytest.mark.integration, pytest.mark.skipif(bool(MISSING), reason=MISSING)]

PROJECTS: dict[str, Callable[[Path], Assembly]] = {
    "empty": lambda root: write(root, ["one"]),
    "crowd": lambda root: crowd(root, datasets=8, types=40),
    "hostile": hostile,
    "released": released,
    "unreadable": unreadable,
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module", params=PROJECTS)
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp(request.param)
    assembly = PROJECTS[request.param](root / "project")
    report = report_project(assembly, datetime.now(UTC), named=True)
    assert bool(report.problems) == (request.param == "unreadable")
    (root / "page.html").write_text(page(report), encoding="utf-8")
    return root / "page.html"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_is_in_anybodys_way(browser: Browser, shown: Path, width: int, dark: bool):
    browser.open(shown, width=width, dark=dark)
    assert browser.complaints() == []
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.violations() == []
    # axe changes nothing, and neither did any name in the page.
    assert browser.evaluate("/: report of [0-9-]{10}$/.test(document.title)")
    assert browser.evaluate("document.scripts.length") == 0


def test_printed_it_shows_everything(browser: Browser, shown: Path):
    browser.open(shown, width=800, media="print")
    cut = "[...document.querySelectorAll('.scroll')].filter(e => getComputedStyle(e).overflowX !== 'visible').length"
    assert browser.evaluate(cut) == 0


def test_the_keyboard_reaches_every_table_and_shows_where_it_is(browser: Browser, shown: Path):
    browser.open(shown, width=400)
    wide = "[...document.querySelectorAll('.scroll')]"
    assert browser.evaluate(f"{wide}.every(e => e.tabIndex === 0 && e.getAttribute('role') === 'region')")
    browser.call("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
