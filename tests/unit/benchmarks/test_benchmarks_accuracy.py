"""The texts of ``accuracy`` and how findings in them are counted."""

from random import Random

import pytest
from stdnum import iban
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gr import amka, vat
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import nip, pesel
from stdnum.pt import cc, nif
from stdnum.ro import cnp
from stdnum.se import personnummer

from benchmarks import __main__ as command
from benchmarks import accuracy
from benchmarks.documents.business import VALUES, sentence
from benchmarks.documents.countries import COUNTRIES
from benchmarks.documents.page import (
    ACCOUNT,
    ADDRESS,
    DATE,
    DIRECT,
    INNOCENT,
    NATIONAL_ID,
    PERSON,
    Document,
    Mark,
)
from benchmarks.documents.scoring import Tally, rates
from benchmarks.documents.writer import document

KINDS = ("contract", "letter", "declaration", "judgment")
CHECKED = {
    ("cz", "birth_number"): rc,
    ("de", "tax_id"): idnr,
    ("es", "dni"): dni,
    ("es", "nie"): nie,
    ("fr", "nir"): nir,
    ("gr", "afm"): vat,
    ("gr", "amka"): amka,
    ("it", "fiscal"): codicefiscale,
    ("nl", "bsn"): bsn,
    ("pl", "pesel"): pesel,
    ("pl", "nip"): nip,
    ("pt", "nif"): nif,
    ("pt", "citizen"): cc,
    ("ro", "cnp"): cnp,
    ("se", "personal"): personnummer,
}
BY_CODE = {country.code: country for country in COUNTRIES}


def written(count=6):
    return [document(country, kind, at, "test") for country in COUNTRIES for kind in KINDS for at in range(count)]


def test_documents_are_the_same_in_every_run_and_differ_among_themselves():
    texts = [text.text for text in written(2)]
    assert texts == [text.text for text in written(2)]
    assert len(set(texts)) == len(texts) == 11 * 4 * 2


def test_marks_lie_in_order_and_slots_are_filled():
    for text in written():
        end = 0
        for mark in text.marks:
            assert end <= mark.start < mark.end <= len(text.text)
            assert text.text[mark.start : mark.end].strip()
            end = mark.end
        assert not set("{}#@") & set(text.text.replace("@", "", text.text.count("@")))
        assert {PERSON} <= {mark.kind for mark in text.marks}


def test_every_country_has_every_kind_of_identifier_and_a_page_or_two_of_text():
    for country in COUNTRIES:
        texts = [document(country, kind, at, "test") for kind in KINDS for at in range(10)]
        kinds = {mark.kind for text in texts for mark in text.marks}
        assert kinds >= DIRECT | {INNOCENT, DATE}
        names = {mark.name for text in texts for mark in text.marks if mark.kind == NATIONAL_ID}
        assert names == {kind.name for kind in country.ids}
        lengths = [len(text.text.split()) for text in texts]
        assert 120 < min(lengths) <= max(lengths) < 700


@pytest.mark.parametrize(("code", "name"), CHECKED, ids="-".join)
def test_numbers_that_have_check_digits_have_right_ones(code, name):
    kind = next(kind for kind in BY_CODE[code].ids if kind.name == name)
    texts = [document(BY_CODE[code], each, at, "check") for each in KINDS for at in range(12)]
    values = [text.text[m.start : m.end] for text in texts for m in text.marks if m.name == name]
    assert len(values) >= 5
    assert all(CHECKED[code, name].is_valid("".join(filter(str.isalnum, value))) for value in values), kind.name


def test_accounts_in_the_form_of_an_iban_are_valid():
    found = [text.text[m.start : m.end] for text in written() for m in text.marks if m.kind == ACCOUNT]
    ibans = [value for value in found if value[:2].isalpha() and value[2:].strip()[:2].isdigit()]
    assert len(ibans) > 100
    assert all(iban.is_valid(value, check_country=False) for value in ibans)


def test_addresses_over_lines_break_before_the_postcode():
    found = [text.text[m.start : m.end] for text in written() for m in text.marks if m.kind == ADDRESS]
    assert any("\n" in value for value in found)
    assert not any(line.isdigit() and len(line) < 4 for value in found for line in value.split("\n"))


def test_business_sentences_have_every_kind_and_none():
    texts = [sentence(at, "test") for at in range(1_500)]
    assert texts == [sentence(at, "test") for at in range(1_500)]
    assert {mark.kind for text in texts for mark in text.marks} == {kind for kind, _ in VALUES.values()} - {""}
    assert 0.05 < sum(not text.marks for text in texts) / len(texts) < 0.25
    assert all(text.text[m.start : m.end].strip() for text in texts for m in text.marks)


TEXT = Document(
    "test",
    "Anna Kern, born 1980, pays invoice 4711 from DE00.",
    (Mark(0, 9, PERSON), Mark(16, 20, DATE), Mark(35, 39, INNOCENT, "inv"), Mark(45, 49, ACCOUNT, "IBAN")),
)


def test_a_single_letter_leaves_a_mention_open():
    tally = Tally()
    wrong = tally.add(TEXT, [(0, 8, "PERSON"), (45, 49, "IBAN_CODE")])
    assert [(what, mark.kind) for what, mark in wrong] == [("open", PERSON), ("open", DATE), ("open", INNOCENT)]
    assert tally.direct_open == 0.5
    assert tally.ids_open == 0
    assert tally.words_right == 1
    assert tally.persons == 0


def test_what_is_hidden_without_need_counts_against_words():
    tally = Tally()
    wrong = tally.add(TEXT, [(0, 9, "PERSON"), (16, 20, "DATE_TIME"), (35, 39, "ID_CODE"), (45, 49, "IBAN_CODE")])
    assert [what for what, _ in wrong] == ["needless"]
    assert tally.direct_open == 0
    assert tally.words_right == 4 / 5
    assert tally.words_direct == 3 / 5
    assert tally.persons == 1
    total = accuracy.sum_of([tally, tally])
    assert (total.texts, total.words_right, total.persons) == (2, 4 / 5, 1)


def test_blanks_and_marks_of_punctuation_need_no_cover():
    tally = Tally()
    tally.add(TEXT, [(0, 4, "PERSON"), (5, 9, "PERSON"), (45, 49, "IBAN_CODE")])
    assert tally.direct_open == 0


def test_nine_tenths_of_the_characters_make_a_mention():
    text = Document("test", "x" * 40, (Mark(0, 20, PERSON), Mark(20, 40, PERSON)))
    figures = rates([text], [[(0, 18, "NRP"), (21, 38, "PERSON"), (22, 24, "PERSON")]])
    assert (figures.precision, figures.recall) == (1 / 3, 1 / 2)
    assert figures.f2 == pytest.approx(5 * (1 / 3) * (1 / 2) / (4 / 3 + 1 / 2))


def test_the_peer_reads_some_of_every_kind():
    texts = [document(COUNTRIES[0], kind, at, "test") for kind in KINDS for at in range(5)]
    first = accuracy._first(texts)
    assert len(first) == len(texts) * accuracy.PEER_SHARE
    assert {text.name.split()[1] for text in first} == set(KINDS)


def test_values_keep_their_check_digits():
    random = Random(1)
    for _ in range(50):
        assert iban.is_valid(VALUES["iban"][1](random), check_country=False)


def test_the_command_knows_every_measure():
    assert command.MEASURES["accuracy"] == accuracy.MEASURES
