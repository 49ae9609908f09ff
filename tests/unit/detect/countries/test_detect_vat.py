"""VAT numbers of every member state, in the forms in which invoices write them."""

import random
from functools import cache
from importlib import import_module

import pytest

from pratique.detect import Detector
from pratique.detect.entities import BUILT_IN

DETECTOR = Detector(model=None)
SHAPES = {
    "AT": "U########", "BE": "0#########", "BG": "#########", "CY": "1#######@", "CZ": "2#######", "DE": "#########",
    "DK": "########", "EE": "1########", "EL": "0########", "ES": "B########", "FI": "########", "FR": "##5########",
    "HR": "###########", "HU": "########", "IE": "#######@A", "IT": "0##########", "LT": "#######1#",
    "LU": "########", "LV": "4##########", "MT": "########", "NL": "#########B01", "PL": "##########",
    "PT": "5########", "RO": "1#######", "SE": "55########01", "SI": "########", "SK": "202#######",
}  # fmt: skip
"""``#`` is a digit, ``@`` a letter."""
ROWS = 4


def drawn(rng: random.Random, shape: str) -> str:
    figures = {"#": "0123456789", "@": "ABCDEFGHIJKLMNOPQRSTUVW"}
    return "".join(rng.choice(figures.get(c, c)) for c in shape)


@cache
def numbers(state: str) -> list[str]:
    """Numbers that python-stdnum takes for valid, the same in every run."""
    judge = import_module("stdnum.eu.vat").is_valid
    rng = random.Random(state)
    found: list[str] = []
    while len(found) < ROWS:
        text = state + drawn(rng, SHAPES[state])
        if judge(text):
            found.append(text)
    return found


def covered(text: str, value: str) -> list[str]:
    """The types of the findings that cover all of ``value`` in ``text``."""
    start = text.index(value)
    found = [f for f in DETECTOR.find(text) if f.score >= 0.5]
    return [f.entity for f in found if f.start <= start and f.end >= start + len(value)]


@pytest.mark.parametrize("state", SHAPES)
@pytest.mark.parametrize("frame", ["{}", "VAT ID: {}", "Rechnung an Muster, {}, vom 1. März", "({})"])
def test_a_vat_number_is_found_by_its_prefix(state: str, frame: str) -> None:
    country = "GR" if state == "EL" else state
    for value in numbers(state):
        for written in (value, f"{state} {value[2:]}"):
            entities = covered(frame.format(written), written)
            assert [e for e in entities if e.startswith(f"{country}_")], written


@pytest.mark.parametrize("state", SHAPES)
@pytest.mark.parametrize("label", ["VAT number: {}", "Umsatzsteuer-Nr. {}", "VAT No {}"])
def test_a_vat_number_is_found_by_its_label(state: str, label: str) -> None:
    for value in numbers(state):
        assert covered(label.format(value[2:]), value[2:])


def test_every_member_state_has_a_type_for_its_vat_number() -> None:
    names = {entity.name for entity in BUILT_IN}
    for state in SHAPES:
        country = "GR" if state == "EL" else state
        assert {f"{country}_VAT_CODE", f"{country}_VAT_ID"} & names


@pytest.mark.parametrize("state", SHAPES)
def test_an_eori_number_begins_with_its_state(state: str) -> None:
    value = f"{state}{numbers(state)[0][2:]}"
    assert covered(f"EORI: {value}", value)
