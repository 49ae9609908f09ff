"""Bodies of state that identify nobody."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.ner.bodies import is_body_of_state, place_of_court


@pytest.mark.parametrize(
    "name",
    [
        *(
            "the Supreme Court",
            "United Kingdom Government",
            "Republic of Turkey",
            "Court of Cassation (Cour de cassation)",
            "Public Prosecutor",
            "7th Chamber of the Administrative Court",
            "Employment Appeal Tribunal",
        ),
        *("Ministère de la Justice", "Bundesgerichtshof", "Corte di Cassazione", "Sąd Najwyższy", "Върховен съд"),
    ],
)
def test_states_governments_and_courts_without_a_place_are(name):
    assert is_body_of_state(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Ankara Administrative Court", "Amtsgericht München", "Stockholm District Court", "Justice for Anna"),
        *("Siemens AG", "Court & Sons Ltd", "", "...", "Tribunal de Lyon"),
    ],
)
def test_what_names_a_place_or_anything_else_is_not(name):
    assert not is_body_of_state(name)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Ankara Administrative Court", "Ankara"),
        ("7th Chamber of the Ankara Administrative Court", "Ankara"),
        ("the High Court of Justice in Newcastle upon Tyne", "Newcastle upon Tyne"),
        ("Crown Court in Newcastle (England)", "Newcastle (England)"),
        ("High Court against the Kern Agency", "Kern Agency"),
        ("Supreme Court", None),
        ("Amtsgericht München", None),
        ("Tribunal Superior do Trabalho", None),
        ("Kern Ltd", None),
    ],
)
def test_of_a_court_the_place_is_told(name, place):
    found = place_of_court(name)
    assert (None if found is None else name[slice(*found)]) == place


@given(st.text(alphabet="Court of A1()é", max_size=40))
def test_the_place_lies_in_the_name(name):
    found = place_of_court(name)
    assert found is None or 0 <= found[0] < found[1] <= len(name)
