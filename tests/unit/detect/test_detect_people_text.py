"""Names of people in running text: what one mention tells of the others."""

import pytest

from pratique.detect import Detector

DETECTOR = Detector(model=None)


def people(text: str) -> list[str]:
    return [text[f.start : f.end] for f in DETECTOR.find(text) if f.entity == "PERSON" and f.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ask Anna Vanhoutryvel about it.", ["Anna Vanhoutryvel"]),
        ("Ask Anna Quintavar Ruivelta about it.", ["Anna Quintavar Ruivelta"]),
        ("Maria Della Serravallo paid", ["Maria Della Serravallo"]),
        ("Peter Van Loockerenx paid", ["Peter Van Loockerenx"]),
        ("mevrouw van Schagerlooz belde", ["van Schagerlooz"]),
        ("Mr ten Broekhorstel called", ["ten Broekhorstel"]),
        ("Anna d'Espérandieux paid", ["Anna d'Espérandieux"]),
        ("Xyzzyo Qwertzine, born 1 May 1980", ["Xyzzyo Qwertzine"]),
        ("Xyzzyo Qwertzine, geboren am 1. Mai 1980", ["Xyzzyo Qwertzine"]),
        ("Signé : Xyzzyo Qwertzine", ["Xyzzyo Qwertzine"]),
        ("Write to Xyzzyo Qwertzine (xyzzyo.qwertzine@example.org).", ["Xyzzyo Qwertzine"]),
        ("Write to Xyzzyo Qwertzine (x.qwertzine@example.org).", ["Xyzzyo Qwertzine"]),
        ("Rocío Quintélar (rocio_quintelar@example.org)", ["Rocío Quintélar"]),
    ],
)
def test_whole_names_are_found(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Qwertzine called, and later Qwertzine wrote.", ["Qwertzine", "Qwertzine"]),
        ("Qwertzine wrote. The answer went to Mr Qwertzine.", ["Qwertzine", "Qwertzine"]),
        ("Anna Qwertzine called. Please copy Xyzzyo Qwertzine.", ["Anna Qwertzine", "Xyzzyo Qwertzine"]),
        ("Xyzzyo Qwertzine (xyzzyo.qwertzine@example.org). We asked Xyzzyo.", ["Xyzzyo Qwertzine", "Xyzzyo"]),
        # An unknown word before it may be the given name: rather one word too many than a name left open.
        ("Mr Qwertzine called. Xyzzyo Qwertzine paid.", ["Qwertzine", "Xyzzyo Qwertzine"]),
    ],
)
def test_a_name_once_is_a_name_throughout_the_text(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Write to Customer Service (customer.service@example.org).",
        "The Fraud Desk (fraud.desk@example.org) is open.",
        "The Harbour Road office, born of need, is open.",
        "Qwertzine wrote. Later Qwertzine wrote again.",
        "Sales Report and Sales Meeting (info@example.org)",
        "De Stille Polder",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert people(text) == []


def test_an_everyday_word_stays_one_at_the_start_of_a_sentence() -> None:
    assert people("Ask Will Smith. Will you come?") == ["Will Smith"]


def test_long_texts_take_linear_time() -> None:
    text = "Mr Qwertzine met Anna Qwertzine (a.qwertzine@example.org) and Qwertzine. " * 2_000
    assert len(people(text)) == 6_000
