"""The page of a report: nothing that is named in it can become markup, load something or run."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.assembly.reporting import report_project
from pratique.cli.report.html import el
from pratique.cli.report.page import page
from pratique.cli.text import safe
from pratique.model.paths import show_path
from tests.effort import effort
from tests.report_projects import HOSTILE, NOW, crowd, hostile, write


class Reader(HTMLParser):
    """What a browser would see: tags with their attributes, and texts."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a project full of hostile names."""
    return page(report_project(hostile(tmp_path_factory.mktemp("odd") / "p"), NOW, named=True))


@settings(max_examples=effort(100))
@given(st.text(), st.text())
def test_text_stays_text(content: str, attribute: str):
    read = Reader(el("p", content, title=attribute).markup)
    assert read.text == safe(content)
    assert read.tags == [("p", {"title": safe(attribute)} if attribute else {})]


def test_names_never_become_markup(odd: str):
    read = Reader(odd)
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "details"),
        *("summary", "h1", "h2", "h3", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "strong", "code"),
        *("bdi", "time", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
        *("svg", "defs", "pattern", "rect", "path", "line", "desc", "text"),
    }
    assert {tag for tag, _ in read.tags} <= allowed
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on") or key == "style"]
    for name in HOSTILE:
        assert safe(show_path((name,)))[:100] in read.text
    assert "<script>document.title" in read.text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b\ufeff]", odd)


def test_loads_and_runs_nothing(odd: str):
    read = Reader(odd)
    links = [a for _, attributes in read.tags for k, a in attributes.items() if k in ("src", "href", "action", "data")]
    assert all(link and link.startswith("#") for link in links)
    assert odd.count("url(") == odd.count("url(#p-")
    assert "url(" not in odd.partition("<style>")[2].partition("</style>")[0]
    assert "@import" not in odd
    policy = next(a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    style = odd.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_every_link_and_label_leads_somewhere(odd: str):
    read = Reader(odd)
    idents = [str(a["id"]) for _, a in read.tags if "id" in a]
    assert len(idents) == len(set(idents))
    wanted = {str(a["href"])[1:] for _, a in read.tags if "href" in a}
    wanted |= {one for _, a in read.tags for one in str(a.get("aria-labelledby") or "").split()}
    assert wanted <= set(idents)


def test_the_same_state_gives_the_same_page(tmp_path: Path):
    assembly = crowd(tmp_path / "p", datasets=3, types=5)
    assert page(report_project(assembly, NOW, named=True)) == page(report_project(assembly, NOW, named=True))


def test_what_is_much_is_folded_and_not_lost(tmp_path: Path):
    made = page(report_project(crowd(tmp_path / "p", datasets=36, types=1), NOW, named=True))
    assert made.count("<details>") >= 1
    assert all(f"dataset-{n:02d} in flow" in Reader(made).text for n in range(36))


def test_a_project_without_anything_has_a_page(tmp_path: Path):
    text = Reader(page(report_project(write(tmp_path / "p", ["one"]), NOW, named=True))).text
    assert "No dataset was scanned yet" in text
    assert "pratique scan one" in text
