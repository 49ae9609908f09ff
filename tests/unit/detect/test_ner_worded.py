"""Ages, jobs and nationals that English says in words."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.ner.worded import worded


def found(text):
    return [(text[start:end], entity) for start, end, entity in worded(text)]


@pytest.mark.parametrize(
    ("text", "mention", "entity"),
    [
        ("The applicant, aged sixty three, left.", "sixty three", "AGE"),
        ("She, aged twelve, left.", "twelve", "AGE"),
        ("He said that his age is 49.", "49", "AGE"),
        ("lodged by a United Kingdom national, Sean Kern", "United Kingdom", "NRP"),
        ("two US citizens", "US", "NRP"),
        ("the applicant, a primary school teacher in Brno", "primary school teacher", "OCCUPATION"),
        ("an exam for the post of a private security guard and", "private security guard", "OCCUPATION"),
        (
            "She was employed as a local authority housing officer.",
            "local authority housing officer",
            "OCCUPATION",
        ),
        ("At the relevant time he was a Lance Corporal in Northern Ireland.", "Lance Corporal", "OCCUPATION"),
        ("he was also the Chief Executive Officer of a firm", "Chief Executive Officer", "OCCUPATION"),
        ("Occupation: nurse", "nurse", "OCCUPATION"),
    ],
)
def test_what_is_said_of_somebody_is_found(text, mention, entity):
    assert found(text) == [(mention, entity)]


@pytest.mark.parametrize(
    "text",
    [
        "wine aged three to five years, aged two and a half",
        "pension age is 65",
        "in the United Kingdom, the United Kingdom Government",
        "Mr Kern, a lawyer practising in Bonn",
        "the driver of the bus, teachers and nurses",
        "the post of the month, employed as follows",
        "he was a long way from the engineer",
        "he was a friend and the officer left",
    ],
)
def test_what_names_nobody_is_not(text):
    assert found(text) == []


@given(st.text(alphabet="aged twenty-oneh wsc,.", max_size=80))
def test_any_text_gives_spans_inside_it(text):
    for start, end, _ in worded(text):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
