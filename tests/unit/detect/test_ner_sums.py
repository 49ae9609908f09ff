"""Sums of money that an English text ties to somebody."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.ner.sums import sums


def found(text):
    return [text[start:end] for start, end in sums(text)]


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("The court ordered him to pay EUR 1,800 in costs.", "EUR 1,800"),
        ("The applicant was paid 54,000,000 Turkish liras (TRL), interest included.", "54,000,000 Turkish liras (TRL)"),
        ("The award was 4,393 pounds sterling (GBP) per year.", "4,393 pounds sterling (GBP)"),
        ("The defendant paid approximately GBP 268,000 to her.", "approximately GBP 268,000"),
        ("Her salary was £2,450.50 a month.", "£2,450.50"),
        ("The plaintiff claimed 1.5 million euros.", "1.5 million euros"),
        ("His debts of 12 000 € were left to the estate.", "12 000 €"),
        ("He was fined SEK 1 800 by the court.", "SEK 1 800"),
        ("The fine of PLN 10,000.", "PLN 10,000"),
    ],
)
def test_a_sum_that_is_somebodys_is_found_with_its_currency(text, sum_):
    assert found(text) == [sum_]


@pytest.mark.parametrize(
    "text",
    [
        "Please pay the invoice of EUR 1,800 by Friday.",
        "The licence costs 54 dollars a month.",
        "EUR 1,800",
        "Le tribunal a condamné le bailleur à payer 4 124 € de dommages.",
        "The court has 1,800 rooms and 20 judges.",
        "The applicant lives at Flat 4, EUR1234567.",
        "Her salary is paid under code ABC 1,800.",
    ],
)
def test_prices_other_languages_and_other_numbers_are_not(text):
    assert found(text) == []


def test_each_sum_of_a_sentence_is_its_own():
    text = "She sought a total of 205,000 Turkish liras (TRY) (136,000 euros (EUR) at the time) in compensation."
    assert found(text) == ["205,000 Turkish liras (TRY)", "136,000 euros (EUR)"]


@given(st.text(alphabet="EURcourt the1,. €£", max_size=80))
def test_any_text_gives_sums_in_order_that_hold_a_digit(text):
    last = 0
    for start, end in sums(text):
        assert last <= start < end <= len(text)
        assert any(map(str.isdigit, text[start:end]))
        last = end
