"""Findings compared with marks: every figure by hand, and bad input in one line."""

import gzip
import json
import random

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.evaluate import Evaluator, Labelled, read
from pratique.detect.evaluate.scoring import _met, _nearly
from pratique.errors import SourceError
from pratique.model.catalogue import Finding


def labelled(text, *spans, annotated=None, identifiers=()):
    annotated = None if annotated is None else frozenset(annotated)
    return Labelled(1, text, tuple(sorted(spans)), annotated, tuple(sorted(identifiers)))


def found(*spans, score=0.9):
    return [Finding(start, end, entity, score, "test") for start, end, entity in spans]


def evaluated(*pairs, marked=("PERSON", "LOCATION"), errors=0, score=0.0):
    evaluator = Evaluator(lambda text: "x" * len(text), errors, score)
    for text, findings in pairs:
        evaluator.add(text, findings, frozenset(marked))
    return evaluator.report()


def test_figures_of_a_type_by_hand():
    text = labelled("x" * 40, (0, 5, "PERSON"), (10, 15, "PERSON"), (20, 25, "PERSON"), (30, 35, "LOCATION"))
    report = evaluated((text, found((0, 5, "PERSON"), (10, 14, "PERSON"), (30, 35, "PERSON"))))
    person, location = report.types
    assert (person.entity, location.entity) == ("PERSON", "LOCATION")
    assert (person.exact.precision, person.exact.recall) == (1 / 3, 1 / 3)
    assert person.exact.f1 == pytest.approx(1 / 3)
    assert (person.overlapping.precision, person.overlapping.recall) == (2 / 3, 2 / 3)
    assert (location.exact.precision, location.exact.recall, location.exact.f1) == (None, 0.0, 0.0)
    assert (report.total.exact.mentions, report.total.exact.right) == (4, 1)
    # Whatever the type: 0-5 and 30-35 are mentions; 10-14 shares only 0.8 with its own.
    assert (report.any_type.recall, report.any_type.precision) == (2 / 4, 2 / 3)


def test_f2_counts_recall_twice():
    text = labelled("x" * 40, (0, 5, "PERSON"), (10, 15, "PERSON"))
    (scores, _) = evaluated((text, found((0, 5, "PERSON")))).types
    assert scores.exact.f2 == pytest.approx(5 * 1.0 * 0.5 / (4 * 1.0 + 0.5))


def test_what_a_text_does_not_mark_exhaustively_does_not_count():
    text = labelled("x" * 40, (0, 5, "PERSON"), (30, 35, "LOCATION"), annotated=["PERSON"])
    report = evaluated((text, found((0, 5, "PERSON"), (10, 15, "LOCATION"), (30, 35, "LOCATION"), (36, 38, "URL"))))
    assert [(t.entity, t.exact.mentions, t.exact.findings) for t in report.types] == [("PERSON", 1, 1)]
    assert (report.any_type.precision, report.any_type.recall) == (1.0, 1.0)


def test_any_type_takes_a_finding_of_a_type_that_is_not_marked():
    text = labelled("x" * 40, (0, 5, "LOCATION"))
    report = evaluated((text, found((0, 5, "ADDRESS"), (10, 12, "URL"))))
    assert (report.any_type.mentions, report.any_type.recalled, report.any_type.findings) == (1, 1, 1)


def test_findings_below_the_score_count_for_reliability_only():
    text = labelled("x" * 40, (0, 5, "PERSON"), (10, 15, "PERSON"))
    report = evaluated((text, [*found((0, 5, "PERSON"), score=0.45), *found((20, 22, "PERSON"), score=1.0)]), score=0.5)
    assert report.types[0].exact.findings == 1
    assert [(b.low, b.findings, b.right, b.mean_score) for b in report.reliability] == [
        (0.4, 1, 1, 0.45),
        (0.9, 1, 0, 1.0),
    ]


def test_identifiers_as_the_benchmark_scores_them():
    text = "Mr Yusuf Gabay of Ankara, no. 70829/01, born in 1960 (Turkish)."
    at = text.index
    identifiers = [
        (0, 14, "DIRECT"),
        (at("no."), at(", born"), "DIRECT"),
        (at("Ankara"), at("Ankara") + 6, "QUASI"),
        (at("1960"), at("1960") + 4, "QUASI"),
        (at("Turkish"), at("Turkish") + 7, "NO_MASK"),
    ]
    findings = found(
        (3, 14, "PERSON"),
        (at("70829"), at("70829") + 5, "ID_CODE"),
        (at("1960"), at("1960") + 4, "AGE"),
        (at("born"), at("born") + 4, "X"),
    )
    told = evaluated((labelled(text, identifiers=identifiers), findings)).identifiers
    # The title need not be hidden; of 70829/01 only a part is; 1960 is, whatever it was taken for; "born" is none.
    assert (told.direct.recalled, told.direct.mentions) == (1, 2)
    assert (told.quasi.recalled, told.quasi.mentions) == (1, 2)
    assert told.masked.recall == 0.5
    assert (told.words.right, told.words.findings) == (4, 5)
    assert evaluated((labelled(text), findings)).identifiers is None


def test_errors_are_told_without_a_value():
    text = labelled("Anna saw Berlin, Rome and Zork", (0, 4, "PERSON"), (9, 15, "LOCATION"), (17, 21, "LOCATION"))
    findings = found((0, 3, "PERSON"), (9, 15, "PERSON"), (26, 30, "PERSON"))
    report = evaluated((text, findings), errors=3)
    kinds = [(e.kind, e.expected, e.found, e.start, e.end) for e in report.errors]
    assert kinds == [
        ("extent", "PERSON", "PERSON", 0, 4),
        ("type", "LOCATION", "PERSON", 9, 15),
        ("missed", "LOCATION", "", 17, 21),
    ]
    assert report.wrong == 4
    assert not set("AnnaZorkBerlin") & set("".join(e.shape for e in report.errors))
    assert report.errors[1].shape == "xxxxxxxxx[xxxxxx]xxxxxxxxxxxxxxx"


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from("AB")), max_size=8).map(
    lambda drawn: sorted({(start, start + size, entity) for start, size, entity in drawn})
)


@given(SPANS, SPANS)
def test_what_meets_is_told_as_by_looking_at_every_pair(ours, theirs):
    for span, other in zip(ours, _met(ours, theirs), strict=True):
        wanted = [t for t in theirs if t[2] == span[2] and t[0] < span[1] and span[0] < t[1]]
        assert (other is not None) == bool(wanted)
        assert other is None or other in wanted


@given(SPANS, SPANS)
def test_what_is_nearly_the_same_is_told_as_by_looking_at_every_pair(ours, theirs):
    pairs = _nearly(ours, theirs)

    def share(a, b):
        return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))

    assert all(share(ours[number], theirs[at]) >= 0.9 for number, at in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    left = [a for number, a in enumerate(ours) if number not in pairs]
    free = [b for at, b in enumerate(theirs) if at not in pairs.values()]
    assert not any(share(a, b) >= 0.9 for a in left for b in free)


def write(tmp_path, *lines, name="labelled.jsonl"):
    data = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return tmp_path / name


@pytest.mark.parametrize("name", ["labelled.jsonl", "labelled.jsonl.gz"])
def test_labelled_texts_are_read_with_labels_as_they_are_called_here(tmp_path, name):
    lines = [
        {"text": "Anna in Rome", "spans": [[8, 12, "GPE"], [0, 4, "PER"]], "annotated": ["PER", "GPE", "MISC"]},
        b"\n",
        {"text": "x", "spans": [], "meta": {"identifier_types": [[0, 1, "CODE", "DIRECT"]]}, "other": 1},
    ]
    first, second = read(write(tmp_path, *lines, name=name), {"MISC": ""})
    assert first.spans == ((0, 4, "PERSON"), (8, 12, "LOCATION"))
    assert first.annotated == frozenset({"PERSON", "LOCATION"})
    assert (second.line, second.annotated, second.identifiers) == (3, None, ((0, 1, "DIRECT"),))
    assert "Anna" not in repr(first)


SECRET = "Zorkina"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{" + SECRET.encode(), "not a JSON object"),
        (b"\xff\n", "not a JSON object"),
        ([SECRET], "not an object with a text"),
        ({"spans": []}, "not an object with a text"),
        ({"text": SECRET}, "spans is no list"),
        ({"text": SECRET, "spans": [[0, 99, "PERSON"]]}, "outside the text"),
        ({"text": SECRET, "spans": [[2, 2, "PERSON"]]}, "outside the text"),
        ({"text": SECRET, "spans": [[0, 1]]}, "not what it must be"),
        ({"text": SECRET, "spans": [[True, 1, "X"]]}, "not what it must be"),
        ({"text": SECRET, "spans": [], "annotated": "X"}, "annotated is no list"),
        ({"text": SECRET, "spans": [], "meta": {"identifier_types": [[0, 1, "X", "Y"]]}}, "none of DIRECT"),
    ],
)
def test_bad_input_is_one_line_that_names_the_line_and_no_value(tmp_path, line, says):
    with pytest.raises(SourceError, match=says) as caught:
        list(read(write(tmp_path, {"text": "", "spans": []}, line)))
    assert "labelled.jsonl:2" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert caught.value.__cause__ is None


def test_files_that_are_none_are_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        list(read(tmp_path / "none.jsonl"))
    with pytest.raises(SourceError, match="is empty"):
        list(read(write(tmp_path)))
    (tmp_path / "x.gz").write_bytes(gzip.compress(random.Random(1).randbytes(9_000))[:5_000])
    with pytest.raises(SourceError):
        list(read(tmp_path / "x.gz"))
    (tmp_path / "y.gz").write_bytes(b"not gzip")
    with pytest.raises(SourceError):
        list(read(tmp_path / "y.gz"))
