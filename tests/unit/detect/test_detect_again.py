"""A name that the model was certain of is found again where nothing around it says that it is one."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.again import CERTAINLY, SCORE, SURELY, WHOLE, again
from pratique.detect.overlaps import Candidate

TEXT = "Anna Maria Kern rents to Jan de Witt.\nKern: 4711, Witt: 4712; kern, Kerner, x.Kern@ott.example, Anna Kern\nDe"


def person(text, name, score=0.95):
    start = text.index(name)
    return Candidate(start, start + len(name), "PERSON", score, "model", order=9)


def found(text, said):
    return [(text[c.start : c.end], c.score, c.entity) for c in again(text, said)]


def test_words_of_a_name_are_found_as_they_were_written():
    said = [person(TEXT, "Anna Maria Kern"), person(TEXT, "Jan de Witt")]
    assert found(TEXT, said) == [(name, SCORE, "PERSON") for name in ("Kern", "Witt", "Anna Kern")]


def test_a_single_word_and_an_uncertain_name_say_nothing_of_others():
    text = "Grace paid. Grace, Ott: Mia Ott"
    assert again(text, [person(text, "Grace"), person(text, "Mia Ott", CERTAINLY - 0.01)]) == []


def test_what_the_model_called_something_else_stays_that():
    text = "Mia Ott works for Ott Ltd."
    company = Candidate(18, 25, "ORGANIZATION", 0.6, "model")
    assert again(text, [person(text, "Mia Ott"), company]) == []


def test_what_is_called_after_somebody_is_not_somebody():
    text = "Mia Ott won. Ott Prize, Ott prize"
    assert [c.start for c in again(text, [person(text, "Mia Ott")])] == [text.rindex("Ott")]


def test_titles_and_particles_are_no_names():
    text = "Mia van der Frau. Der Bote und die Frau. Van"
    assert again(text, [person(text, "Mia van der Frau")]) == []


def whole(text, mention, entity="ORGANIZATION", score=0.9):
    start = text.index(mention)
    return Candidate(start, start + len(mention), entity, score, "model", order=9)


@pytest.mark.parametrize("entity", sorted(WHOLE))
def test_an_organisation_or_a_place_is_found_again_as_it_was_written(entity):
    text = "He left Kern Valley. KERN VALLEY, Kern Valley: (Kern Valley) kern valley"
    said = [whole(text, "Kern Valley", entity)]
    starts = [text.index("Kern Valley:"), text.index("(Kern") + 1]
    assert [(c.start, c.end, c.entity, c.score) for c in again(text, said)] == [
        (start, start + 11, entity, WHOLE[entity]) for start in starts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Orange grew. Orange is sweeter than an orange",  # the text has it in small letters
        "Orange grew. Orange Telecom, Oranges, orange-Orange, www.Orange, Orange.fr",
    ],
)
def test_a_whole_is_not_a_word_of_the_language_nor_a_part_of_something_longer(text):
    assert again(text, [whole(text, "Orange")]) == []


def test_an_uncertain_or_very_short_whole_is_not_looked_for():
    text = "Bonn, Ulm: Bonn, Ulm"
    said = [whole(text, "Bonn", "LOCATION", SURELY - 0.01), whole(text, "Ulm", "LOCATION")]
    assert again(text, said) == []


def test_the_longest_of_several_wholes_is_found():
    text = "Kern Ltd and Kern Ltd of Bonn met. Then Kern Ltd of Bonn paid Kern Ltd"
    said = [whole(text, "Kern Ltd"), whole(text, "Kern Ltd of Bonn")]
    assert [text[c.start : c.end] for c in again(text, said)] == ["Kern Ltd of Bonn", "Kern Ltd"]


@given(st.text(alphabet="AKab é-.\n@'", max_size=60), st.integers(0, 59), st.integers(1, 20))
def test_nothing_found_overlaps_what_was_said_or_lies_outside(text, start, length):
    end = min(start + length, len(text))
    kinds = ("PERSON", "ORGANIZATION")
    said = [Candidate(start, end, kinds[length % 2], 0.99, "model")] if start < end else []
    for c in again(text, said):
        assert 0 <= c.start < c.end <= len(text)
        assert c.end <= start or c.start >= end
