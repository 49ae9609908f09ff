"""A first project file from what was found: whatever the names are, it reads back as what was meant."""

from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.config.draft import Draft, DraftDataset, DraftField, DraftRule, bare, render
from pratique.config.load import read
from pratique.model.paths import MARKERS, show_path

HOSTILE = (
    "\x1b]0;gone\x07",
    "a: b",
    "# x",
    "'",
    '"',
    "\u202ename\n",
    "*x",
    "&x",
    "!x",
    "true",
    "null",
    "- a",
    "é",
    "{}x",
)
NAMES = (st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.sampled_from(HOSTILE)).filter(
    lambda name: name not in MARKERS
)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
URIS = (
    st.text(st.characters(categories=["L", "N", "Zs"], include_characters="-_./*"), min_size=1, max_size=20)
    .filter(lambda uri: uri.isprintable() and uri.strip() == uri and not uri.startswith((".", "/")))
    .filter(lambda uri: not fnmatch("released", uri.partition("/")[0]))
)  # a source that holds its own target is refused


def draft(paths, *, uri="data/*.csv", exporter="Hafen AG", source="eu", target="us", shown=True):
    fields = tuple(DraftField(path, n, "string", ("PERSON",), shown) for n, path in enumerate(paths, 1))
    subject = paths[0] if show_path(paths[0]).isprintable() else None
    dataset = DraftDataset("events", "events-us", uri, "released/us/events/", "", "csv", subject, 1, 2, fields)
    rules = tuple(DraftRule(f"events.{show_path(path)}", "{token: people}", "why") for path in dict.fromkeys(paths))
    families, entities = (DraftRule("name", "redact", "why"),), (DraftRule("PERSON", "replace"),)
    return Draft(exporter, source, target, "office", "2030-01-01", (dataset,), families, entities, rules)


@given(
    st.lists(PATHS, min_size=1, max_size=4), URIS, st.text(min_size=1).filter(lambda t: t.strip() and t.isprintable())
)
def test_it_reads_back_whatever_the_names_are(paths, uri, exporter):
    text = render(draft(paths, uri=uri, exporter=exporter))
    assert all(c == "\n" or c.isprintable() for c in text)
    settings = read(text.encode(), "pratique.yaml", Path("/project"))
    assert settings.name == exporter
    assert settings.datasets["events"].uri == uri
    assert settings.datasets["events"].subject == (paths[0] if show_path(paths[0]).isprintable() else None)
    assert set(settings.policies["default"].fields) == {f"events.{show_path(path)}" for path in paths}
    assert set(settings.policies["default"].families) == {"name"}
    assert settings.flows["events"].target == "events-us"


def test_inside_one_region_there_is_no_route():
    settings = read(render(draft([("a",)], target="eu")).encode(), "pratique.yaml", Path("/project"))
    assert settings.regions == ("eu",)
    assert not settings.routes


def test_a_name_that_may_be_personal_is_not_written_in_a_comment():
    text = render(draft([("k",), ("anna.schmidt@example.org",)], shown=False))
    assert "field #2" in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("#") and "anna" in line]


def test_only_so_many_fields_are_listed_those_with_types_first():
    paths = [(f"f{n}",) for n in range(60)]
    text = render(draft(paths))
    assert text.count("    #   f") == 40
    assert "and 20 more fields" in text


@pytest.mark.parametrize("name", HOSTILE)
def test_bare_text_is_one_line(name):
    assert bare(name).isprintable()
