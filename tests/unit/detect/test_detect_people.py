"""Names of people."""

# ruff: noqa: E501 - lists of values

import pytest

from pratique.detect import Detector
from pratique.detect.names import names

DETECTOR = Detector(model=None)


def people(text: str, score: float = 0.5) -> list[str]:
    return [text[f.start : f.end] for f in DETECTOR.find(text) if f.entity == "PERSON" and f.score >= score]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Barry", "Barry"),
        ("Andi Mack", "Andi Mack"),
        ("BARRY ALLEN", "BARRY ALLEN"),
        ("Mr. Qwertz called", "Qwertz"),
        ("Frau Dr. Zyxwska ist da", "Zyxwska"),
        ("M. Dupont est arrivé", "Dupont"),
        ("la señora Xiquena", "Xiquena"),
        ("Yesterday Anna Schmidt paid", "Anna Schmidt"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("Maria del Carmen López", "Maria del Carmen López"),
        ("John F. Kennedy", "John F. Kennedy"),
        ("J. Müller", "J. Müller"),
        ("Jean-Pierre O'Connor", "Jean-Pierre O'Connor"),
        ("Anna's invoice", "Anna"),
        ("Will Smith", "Will Smith"),
        ("Dear Xyzzy,", "Xyzzy"),
        ("Patient: Xyzzy Qwertz", "Xyzzy Qwertz"),
        ("Best regards,\nXyzzy Qwertz", "Xyzzy Qwertz"),
        ("Jose\u0301 Garci\u0301a", "Jose\u0301 Garci\u0301a"),
        ("Xqz Wqowski", "Xqz Wqowski"),
        ("Müller Anna", "Müller Anna"),
    ],
)
def test_names_are_found(text: str, name: str) -> None:
    assert people(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["Will", "Rose Garden", "May Day", "April Sales", "Dear Customer", "Dear Sir or Madam", "Paris", "The Green Mile", "barry",
     "user_Barry7", "barry@home", "Sehr geehrte Damen und Herren", "Sales Report", "Hope", "Christian"],
)  # fmt: skip
def test_words_are_not(text: str) -> None:
    assert people(text) == []


def test_known_names_score_higher_than_guesses() -> None:
    def score(text: str) -> float:
        return max(f.score for f in DETECTOR.find(text) if f.entity == "PERSON")

    assert score("Anna Schmidt") > score("Anna Qwxyz") > score("Anna")
    assert score("Mr. Schmidt") > score("Mr. Qwxyz")
    assert score("name Anna") > score("Anna")


def test_lists_are_what_they_say() -> None:
    kinds = names().kinds
    assert len(kinds) > 50_000
    assert all(word == word.lower() for word in kinds)
    assert len(names().digest) == 64
