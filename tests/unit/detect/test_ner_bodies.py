"""Bodies of state that identify nobody."""

import pytest

from pratique.detect.ner.bodies import is_body_of_state


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
