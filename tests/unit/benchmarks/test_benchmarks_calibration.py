"""How ``calibration`` counts findings."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import calibration
from benchmarks.calibration import EDGES, Bins
from benchmarks.documents import page
from benchmarks.documents.page import Document, Mark

TEXT = Document("x", "Anna Kern, 8001014308, invoice 4711", (Mark(0, 9, page.PERSON), Mark(11, 21, page.NATIONAL_ID), Mark(31, 35, page.INNOCENT)))  # fmt: skip  # noqa: E501


def counted(*found: calibration.Found) -> Bins:
    bins = Bins()
    calibration._count(bins, TEXT, found)
    return bins


def test_a_finding_is_right_where_half_of_it_is_marked_as_of_its_family() -> None:
    assert counted((0, 9, "PERSON", "name", 0.8)).share("", 0.8) == (1, 1.0)
    assert counted((0, 9, "PHONE_NUMBER", "contact", 0.85)).share("contact", 0.8) == (1, 0.0)
    assert counted((11, 21, "BG_EGN", "national-id", 0.55)).share("national-id", 0.5) == (1, 1.0)
    assert counted((23, 35, "ID_CODE", "reference", 0.4)).share("", 0.4) == (1, 0.0)
    assert counted((0, 35, "PERSON", "name", 1.0)).share("", 0.9) == (1, 1.0)  # all of a mark lies in it
    assert counted((11, 21, "ID_CODE", "reference", 0.9)).share("reference", 0.9) == (1, 1.0)  # any number is a code
    assert counted((5, 9, "PERSON", "name", 0.9), (23, 30, "PERSON", "name", 0.95)).share("name", 0.9) == (2, 0.5)


def test_bins_begin_at_their_edges() -> None:
    bins = Bins()
    for edge in EDGES[:-1]:
        bins.add("name", edge, right=True)
    assert [bins.share("name", edge) for edge in EDGES[:-1]] == [(1, 1.0)] * (len(EDGES) - 1)
    assert bins.share("contact", 0.5) == (0, 0.0)


def test_labelled_texts_count_by_the_types_that_they_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"text": "Anna Kern in Rome", "spans": [[0, 9, "PERSON"]], "annotated": ["PERSON"]}
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    found = [[(5, 9, "PERSON", "name", 0.8), (13, 17, "LOCATION", "place", 0.9)]]
    monkeypatch.setattr(calibration, "_read", lambda texts, who: found if texts == [row["text"]] else [])
    monkeypatch.setenv("PRATIQUE_LABELLED", str(tmp_path))
    bins = Bins()
    calibration._count_labelled(bins, 1.0, "patterns")
    assert bins.share("", 0.8) == (1, 1.0)
    assert bins.share("", 0.9) == (0, 0.0)


def test_bins_take_in_what_others_counted() -> None:
    bins = counted((0, 9, "PERSON", "name", 0.8))
    bins.include(counted((5, 9, "PERSON", "name", 0.85), (23, 30, "PERSON", "name", 0.85)))
    count, share = bins.share("name", 0.8)
    assert count == 3
    assert share == pytest.approx(2 / 3)
