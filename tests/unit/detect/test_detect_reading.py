"""What is read of a text, and where it stands in what is written."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.detect.detector import PatternDetector
from pratique.detect.reading import LOOK, read, wrapped
from pratique.model.catalogue import Finding

DETECTOR = PatternDetector()
UNSEEN = "\u00ad\u200b\u200d\u2060\ufeff\ufe0f"


@given(st.text(alphabet="ab1\uff11\uff20 " + UNSEEN, max_size=40))
def test_what_is_found_in_the_reading_is_told_where_it_is_written(text: str) -> None:
    reading = read(text)
    assert not set(reading.text) & set(UNSEEN)
    for start in range(len(reading.text)):
        there = reading.written(Finding(start, start + 1, "X", 1.0, "test"))
        assert read(text[there.start : there.end]).text == reading.text[start]
        assert there.end - there.start == 1


@pytest.mark.parametrize(
    ("text", "mention", "entity"),
    [
        ("to hans\u200b.mueller@exam\u00adple.com,", "hans\u200b.mueller@exam\u00adple.com", "EMAIL_ADDRESS"),
        ("hans.mueller\uff20example.com", "hans.mueller\uff20example.com", "EMAIL_ADDRESS"),
        ("\u200bAnna\u2060 Schmidt\u200b", "Anna\u2060 Schmidt", "PERSON"),
        ("DE89 3704 0044\n0532 0130 00", "DE89 3704 0044\n0532 0130 00", "IBAN_CODE"),
        ("DE89370400-\r\n440532013000 x", "DE89370400-\r\n440532013000", "IBAN_CODE"),
        ("> 4111 1111\n> 1111 1111 now", "4111 1111\n> 1111 1111", "CREDIT_CARD"),
        ("call +49 170\n1234567", "+49 170\n1234567", "PHONE_NUMBER"),
    ],
)
def test_found_though_torn_apart(text: str, mention: str, entity: str) -> None:
    found = {(text[f.start : f.end], f.entity) for f in DETECTOR.find_many([text])[0]}
    assert (mention, entity) in found
    # Beside many others it is looked at first, and that look must not pass it over.
    assert DETECTOR.find_any(pa.array([text, *("user-1",) * 500]), score=0.5)[0]


@pytest.mark.parametrize("text", ["40001234\n50005678", "4111\n1111\n1111\n1111", "2024\n4111\n", "x\n\ny", "1\n2"])
def test_columns_of_numbers_are_not_run_together(text: str) -> None:
    assert not [f for f in DETECTOR.find_many([text])[0] if f.entity == "CREDIT_CARD"]


@given(st.text(alphabet="aB1 -\r\n>\u00ad\uff11", max_size=60))
def test_the_look_sees_all_that_reading_changes(text: str) -> None:
    changed = read(text).text != text or bool(wrapped(text))
    values = pa.array([text])
    matched = pc.match_substring_regex(values, LOOK)[0].as_py()
    assert matched or not changed
