"""Patterns, lists and a model together: who wins where they meet, and where the model is not asked."""

import hypothesis.strategies as st
import pyarrow as pa
import pytest
from hypothesis import given
from ner_models import write_model

from pratique.detect import Detector
from pratique.detect.modelled import together
from pratique.detect.ner.model import NerModel
from pratique.detect.overlaps import Candidate, resolve

TAGGED = {"_Anna": "B-PERSON", "_Kern": "I-PERSON", "_Paris": "B-LOCATION", "_Zork": "B-PERSON", "_ref": "O", "_:": "O"}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return NerModel(write_model(tmp_path_factory.mktemp("model"), TAGGED))


@pytest.fixture(scope="module")
def detector(model):
    return Detector(model=model)


def mentions(detector, text, **more):
    return [(text[f.start : f.end], f.entity) for f in detector.find_many([text], **more)[0] if f.score >= 0.5]


def test_the_model_finds_what_is_in_no_list(detector):
    assert mentions(detector, "ask Zork or anna@example.org") == [
        ("Zork", "PERSON"),
        ("anna@example.org", "EMAIL_ADDRESS"),
    ]
    assert mentions(detector.without_model, "ask Zork") == []


def test_a_name_of_the_lists_that_the_model_takes_for_a_place_is_one(detector):
    assert mentions(detector, "flew to Paris") == [("Paris", "LOCATION")]


def test_unseen_characters_move_nothing(detector):
    text = "ask \u200bZo\u00adrk!"
    assert mentions(detector, text) == [("Zo\u00adrk", "PERSON")]


def test_what_is_allowed_is_allowed_to_the_model_too(model):
    assert mentions(Detector(model=model, allow=["Zork"]), "ask Zork") == []


def test_types_left_out_are_left_out_of_the_model_too(detector, model):
    assert mentions(detector, "ask Zork in Paris", without=frozenset({"PERSON"})) == [("Paris", "LOCATION")]
    assert mentions(Detector(entities=["PERSON"], model=model), "ask Zork in Paris") == [("Zork", "PERSON")]


def test_kept_values_are_looked_at_without_the_model(detector):
    values = pa.array(["Zork"] * 300)
    assert not detector.find_any(values, score=0.5).any()
    assert detector.without_model.without_model is detector.without_model
    assert "detect.model" in detector.digests
    assert "detect.model" not in detector.without_model.digests


def candidate(start, end, entity="ID_CODE", score=0.9, detector="model", *, validated=False):
    return Candidate(start, end, entity, score, detector, validated)


def spans(candidates):
    return [(c.start, c.end, c.entity) for c in sorted(candidates, key=lambda c: (c.start, c.end, c.entity))]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("faktura č. FA-2019-044", False),
        ("Legii nr. 293/2004", False),
        ("Aktenzeichen: 3 C 14/20", True),
        ("ref X1", True),
    ],
)
def test_a_code_behind_a_word_for_an_invoice_or_a_law_is_none(text, stands):
    start = next(at for at, c in enumerate(text) if c.isdigit() or text.startswith(("FA-", "X1"), at))
    assert bool(together(text, [], [candidate(start, len(text))])) == stands


def test_a_name_that_the_model_is_certain_of_is_found_again():
    text = "Zoe Kern owes Jan. Kern: 4711"
    assert spans(together(text, [], [candidate(0, 8, "PERSON", 0.95)])) == [(0, 8, "PERSON"), (19, 23, "PERSON")]


def test_a_code_yields_to_a_certain_pattern_and_keeps_what_has_a_digit():
    text = "ref BG 7501020018 / 17 end"
    number = candidate(7, 17, "BG_EGN", 0.6, "patterns")
    assert spans(together(text, [number], [candidate(4, 22)])) == [(7, 17, "BG_EGN"), (17, 22, "ID_CODE")]
    unsure = candidate(7, 17, "BG_EGN", 0.45, "patterns")
    assert (4, 22, "ID_CODE") in spans(together(text, [unsure], [candidate(4, 22)]))


def test_a_validated_pattern_wins_over_a_longer_finding_of_the_model():
    text = "card 4111 1111 1111 1111 Anna"
    card = candidate(5, 24, "CREDIT_CARD", 0.9, "patterns", validated=True)
    found = resolve(text, together(text, [card], [candidate(5, 29, "PERSON", 0.99)]))
    assert [(f.start, f.end, f.entity) for f in found] == [(5, 24, "CREDIT_CARD"), (25, 29, "PERSON")]


def test_names_of_the_lists_weigh_less_where_the_model_says_nothing():
    text = "Mr Zork met May Day"
    titled, word = candidate(3, 7, "PERSON", 0.85, "names"), candidate(12, 15, "PERSON", 0.55, "names")
    found = {(c.start, c.end): c.score for c in together(text, [titled, word], [])}
    assert set(found) == {(3, 7)}
    assert 0.5 < found[3, 7] < 0.85


def test_where_the_model_is_certain_names_of_the_lists_do_not_count():
    text = "Anna Kern Berlin"
    listed, said = candidate(0, 16, "PERSON", 0.85, "names"), candidate(0, 9, "PERSON", 0.9)
    assert spans(together(text, [listed], [said])) == [(0, 9, "PERSON")]
    assert spans(together(text, [listed], [candidate(0, 9, "PERSON", 0.45)])) == [(0, 9, "PERSON"), (0, 16, "PERSON")]


def test_addresses_that_overlap_are_one():
    ours, said = candidate(0, 12, "ADDRESS", 0.8, "patterns"), candidate(5, 30, "ADDRESS", 0.9)
    assert spans(together("x" * 40, [ours], [said])) == [(0, 30, "ADDRESS")]


def test_addresses_that_only_a_state_parts_are_one():
    text = "458 old mill st., macon, ga 31201 x"
    assert spans(together(text, [], [candidate(0, 23, "ADDRESS"), candidate(28, 33, "ADDRESS")])) == [
        (0, 33, "ADDRESS")
    ]
    assert len(together("1 High St and 2 Low St", [], [candidate(0, 9, "ADDRESS"), candidate(14, 22, "ADDRESS")])) == 2


def test_a_name_before_a_house_number_is_apart_and_stays_covered():
    text = "ship to Tamsin LLC, 753 King Blvd, Macon"
    ours, said = candidate(20, 40, "ADDRESS", 0.8, "patterns"), candidate(8, 40, "ADDRESS")
    assert spans(together(text, [ours], [said])) == [(8, 18, "ADDRESS"), (20, 40, "ADDRESS")]


@pytest.mark.parametrize(
    ("text", "said", "end"),
    [
        ("Rickweg 1\n5412KE\nSibrandabuorren\nTel. 1", 16, 32),
        ("Suzeweg 194, 1760 JR Ingen.", 20, 26),
        ("Via Sagnelli 70, 26033 Pescarolo (CR), Italia", 32, 37),
        ("12 King Blvd, Macon, GA 31201\nAnna Kern", 29, 29),
        ("Via Sagnelli 70, 26033 che", 22, 22),
    ],
)
def test_an_address_goes_on_to_its_town_and_its_province(text, said, end):
    assert spans(together(text, [], [candidate(0, said, "ADDRESS")])) == [(0, end, "ADDRESS")]


def test_a_series_of_capitals_belongs_to_a_code():
    text = "card ZUL 662521, or RX, nr. 112157, page A 12"
    assert spans(together(text, [], [candidate(9, 15), candidate(28, 34)])) == [(5, 15, "ID_CODE"), (20, 34, "ID_CODE")]
    assert spans(together("XZUL 662521", [], [candidate(5, 11)])) == [(5, 11, "ID_CODE")]


def test_what_is_one_word_with_what_a_pattern_took_stays_covered():
    number = candidate(7, 13, "IT_BANK_ACCOUNT", 0.6, "patterns")
    assert spans(
        together("no CAB607964 x", [candidate(6, 12, "IT_BANK_ACCOUNT", 0.6, "patterns")], [candidate(3, 12)])
    ) == [
        (3, 6, "ID_CODE"),
        (6, 12, "IT_BANK_ACCOUNT"),
    ]
    assert spans(together("no CAB 607964 x", [number], [candidate(3, 13)])) == [(7, 13, "IT_BANK_ACCOUNT")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Faktura č. FA-2019-044", False),
        ("the parcel number FA-2019-044", False),
        ("Aktenzeichen FA-2019-044", True),
        ("application no. FA-2019-044", True),
    ],
)
def test_numbers_of_invoices_and_parcels_name_nobody(text, kept):
    start = text.index("FA-")
    assert bool(together(text, [], [candidate(start, len(text))])) is kept


DRAWN = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.integers(1, 9),
        st.sampled_from(["ID_CODE", "ADDRESS", "PERSON"]),
        st.sampled_from([0.3, 0.9]),
    ),
    max_size=8,
)


@given(DRAWN, DRAWN, st.text("ab12", min_size=40, max_size=40))
def test_what_a_side_is_certain_of_stays_covered_where_a_digit_is(ours, theirs, text):
    found = [
        candidate(a, a + n, entity if entity != "ID_CODE" else "UK_NHS", score, "patterns")
        for a, n, entity, score in ours
    ]
    said = [candidate(a, a + n, entity, score) for a, n, entity, score in theirs]
    kept = together(text, found, said)
    covered = {at for c in kept if c.score >= 0.5 for at in range(c.start, c.end)}
    for c in (*found, *said):
        if c.score >= 0.5:
            assert all(at in covered for at in range(c.start, c.end) if text[at].isdigit())
