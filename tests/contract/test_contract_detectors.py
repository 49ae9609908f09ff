"""What every `TextDetector` promises (see `pratique.ports`)."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector, build_detector
from pratique.model.families import FAMILIES
from pratique.model.paths import FieldPath
from pratique.model.policy import DetectionSettings, UserEntity
from pratique.ports import TextDetector

MAKERS: dict[str, Callable[[], TextDetector]] = {
    "library": Detector,
    "project": lambda: build_detector(
        DetectionSettings(entities=(UserEntity("USER_ID", patterns=(r"\buser-\d{5}\b",)),), allow=("Barry",)), Path()
    ),
}
TEXTS = [
    "",
    "anna@example.org",
    "Anna Schmidt, 4111 1111 1111 1111",
    "user-12345",
    "Barry",
    "😀 23-11-2024",
    "plain words",
    "\ud800",
]


@pytest.fixture(params=MAKERS, scope="module")
def detector(request: pytest.FixtureRequest) -> TextDetector:
    return MAKERS[request.param]()


def test_it_is_one(detector: TextDetector) -> None:
    assert isinstance(detector, TextDetector)
    assert detector.entities
    assert detector.validated() <= detector.entities
    assert isinstance(detector.without_model, TextDetector)
    assert detector.without_model.entities <= detector.entities
    assert detector.families.keys() == detector.entities
    assert set(detector.families.values()) <= {"", *FAMILIES}


def test_digests_are_the_same_for_the_same_detector(detector: TextDetector, request: pytest.FixtureRequest) -> None:
    again = MAKERS[request.node.callspec.params["detector"]]()
    assert dict(detector.digests) == dict(again.digests)


def test_one_list_a_text_in_order_sorted_and_apart(detector: TextDetector) -> None:
    found = detector.find_many(TEXTS)
    assert len(found) == len(TEXTS)
    for text, findings in zip(TEXTS, found, strict=True):
        ends = 0
        for f in findings:
            assert ends <= f.start < f.end <= len(text)
            assert f.entity in detector.entities
            assert 0 <= f.score <= 1
            ends = f.end
    assert found == detector.find_many(TEXTS)
    assert found == [detector.find_many([text])[0] for text in TEXTS]


def test_no_findings_of_no_texts(detector: TextDetector) -> None:
    assert detector.find_many([]) == []
    assert len(detector.find_any(pa.array([], pa.string()), score=0.5)) == 0


@settings(max_examples=60, deadline=None, database=None)
@given(
    values=st.lists(
        st.one_of(st.text(st.characters(codec="utf-8"), max_size=20), st.sampled_from(TEXTS[:-1])), max_size=8
    ),
    score=st.sampled_from([0.0, 0.5, 0.8]),
    field=st.sampled_from([None, ("name",), ("user_id",), ("a", "[]", "email")]),
    padding=st.sampled_from([0, 300]),
)
def test_find_any_is_never_false_where_something_is_found(
    detector: TextDetector, values: list[str], score: float, field: FieldPath | None, padding: int
) -> None:
    array = pa.array(values + ["padding"] * padding, pa.string())
    flags = detector.find_any(array, score=score, field=field)
    assert flags.dtype == np.bool_
    assert len(flags) == len(array)
    for flag, findings in zip(flags, detector.without_model.find_many(values, field=field), strict=False):
        if any(f.score >= score for f in findings):
            assert flag


def test_types_of_a_name_are_its_types(detector: TextDetector) -> None:
    for name in ("email", "first_name", "user_id", "x", ""):
        assert detector.types_of_name((name,)) <= detector.entities
    assert detector.types_of_name(()) == frozenset()
