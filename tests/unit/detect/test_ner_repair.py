"""What a model marks, put right."""

# ruff: noqa: RUF001 - quotation marks and dashes as people write them

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.ner.repair import repair
from pratique.model.catalogue import Finding


def marked(text, *mentions, entity="PERSON"):
    """Findings of the text, each where its ``mention`` first stands."""
    return [Finding(text.index(m), text.index(m) + len(m), entity, 0.9, "model") for m in mentions]


@pytest.mark.parametrize(
    ("text", "mention", "entity", "repaired"),
    [
        ("by Anna Kern today", "nna Ker", "PERSON", "Anna Kern"),
        ("by Anna Kern, today", "Anna Kern,", "PERSON", "Anna Kern"),
        ("by “Anna Kern”.", "“Anna Kern”.", "PERSON", "Anna Kern"),
        ("Barry's cat", "Barry's", "PERSON", "Barry"),
        ("Barry’s cat", "Barry’s", "PERSON", "Barry"),
        ("Mr Barry Allen", "Mr Barry Allen", "PERSON", "Barry Allen"),
        ("Frau Dr. Anna Kern", "Frau Dr. Anna Kern", "PERSON", "Anna Kern"),
        ("Don McKellar and don Miguel", "Don McKellar", "PERSON", "Don McKellar"),
        ("firmado por don Miguel Hidalgo", "don Miguel Hidalgo", "PERSON", "Miguel Hidalgo"),
        ("then President Anna Kern said", "President Anna Kern", "PERSON", "Anna Kern"),
        ("Mr Justice Kern sat", "Mr Justice Kern", "PERSON", "Kern"),
        ("then King won", "King", "PERSON", "King"),
        ("Anna K. said", "Anna K.", "PERSON", "Anna K."),
        ("ul. Polna 8. Dom", "ul. Polna 8.", "ADDRESS", "ul. Polna 8"),
        ('SIA "Kern" un', 'SIA "Kern"', "ORGANIZATION", 'SIA "Kern"'),
        ('the "Kern" said', '"Kern"', "ORGANIZATION", "Kern"),
        ("of Kern Inc. now", "Kern Inc.", "ORGANIZATION", "Kern Inc."),
        ("of Kern. Now", "Kern.", "ORGANIZATION", "Kern"),
        ("at Halle (Saale) now", "Halle (Saale)", "LOCATION", "Halle (Saale)"),
        ("(in Halle) now", "Halle)", "LOCATION", "Halle"),
        ("call +44 20 7946 0018.", "+44 20 7946 0018.", "PHONE_NUMBER", "+44 20 7946 0018"),
        ("ask @anna_k_ there", "@anna_k_", "USERNAME", "@anna_k_"),
        ("by Zoe\u0301 there", "Zoe", "PERSON", "Zoe\u0301"),
    ],
)
def test_a_span_is_put_right(text, mention, entity, repaired):
    assert [text[f.start : f.end] for f in repair(text, marked(text, mention, entity=entity))] == [repaired]


@pytest.mark.parametrize(("text", "mention"), [("Dear Sir, hello", "Sir"), ("a -- b", "--")])
def test_what_is_no_name_at_all_goes(text, mention):
    assert repair(text, marked(text, mention)) == []


def test_parts_of_an_address_side_by_side_are_one():
    text = "lives at Hauptstr. 5,\n10115 Berlin since May"
    parts = [*marked(text, "Hauptstr. 5", "10115", entity="ADDRESS"), *marked(text, "Berlin", entity="LOCATION")]
    (found,) = repair(text, parts)
    assert (text[found.start : found.end], found.entity) == ("Hauptstr. 5,\n10115 Berlin", "ADDRESS")


def test_places_side_by_side_are_apart():
    text = "Paris, London"
    assert len(repair(text, marked(text, "Paris", "London", entity="LOCATION"))) == 2


def test_of_two_that_come_to_overlap_the_first_stands():
    text = "AnnaKern"
    both = [Finding(0, 4, "PERSON", 0.9, "model"), Finding(4, 8, "LOCATION", 0.9, "model")]
    assert [(f.start, f.end, f.entity) for f in repair(text, both)] == [(0, 8, "PERSON")]


@given(
    st.text(st.sampled_from("aB é.,'’s()\n-–\"Mr D\u0301"), max_size=30),
    st.lists(
        st.tuples(st.integers(0, 29), st.integers(1, 10), st.sampled_from(["PERSON", "ADDRESS", "LOCATION"])),
        max_size=6,
    ),
)
def test_findings_stay_in_the_text_apart_and_hold_a_letter(text, drawn):
    spans = [(start, min(start + size, len(text)), entity) for start, size, entity in drawn if start < len(text)]
    found = repair(text, [Finding(start, end, entity, 0.5, "model") for start, end, entity in spans])
    end = 0
    for f in found:
        assert end <= f.start < f.end <= len(text)
        assert any(map(str.isalnum, text[f.start : f.end]))
        end = f.end
    assert repair(text, found) == found
