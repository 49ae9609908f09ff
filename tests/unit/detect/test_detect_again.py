"""A name that the model was certain of is found again where nothing around it says that it is one."""

import hypothesis.strategies as st
from hypothesis import given

from pratique.detect.again import CERTAINLY, SCORE, again
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


@given(st.text(alphabet="AKab é-.\n@'", max_size=60), st.integers(0, 59), st.integers(1, 20))
def test_nothing_found_overlaps_what_was_said_or_lies_outside(text, start, length):
    end = min(start + length, len(text))
    said = [Candidate(start, end, "PERSON", 0.99, "model")] if start < end else []
    for c in again(text, said):
        assert 0 <= c.start < c.end <= len(text)
        assert c.end <= start or c.start >= end
