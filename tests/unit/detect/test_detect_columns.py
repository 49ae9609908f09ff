"""The heads of tables speak for the cells below them."""

import pytest

from pratique.detect import Detector
from pratique.detect.columns import Columns

TABLE = (
    "Teilnehmer:\nName{0}KVNR{0}Mobil\nAnna Kern{0}A 123 456 780{0}0151 23456789\n"
    "Bernd Lau{0}B 355 998 258{0}0160 1234567\n\nEnde"
)


def head(text, word):
    cell = Columns(text).cell(text.index(word))
    return None if cell is None else text[slice(*cell[1])]


@pytest.mark.parametrize("part", ["\t", " | ", "; ", "   "])
def test_each_cell_has_the_head_of_its_column(part):
    text = TABLE.format(part)
    assert head(text, "Anna") == "Name"
    assert head(text, "A 123") == head(text, "B 355") == "KVNR"
    assert head(text, "0160") == "Mobil"
    assert head(text, "Name") is head(text, "Ende") is None


@pytest.mark.parametrize(
    "text",
    ["one | two", "a; b\n1; 2; 3", "Tel. 1; b\n2; 3", "x\n\ny", "", "\n" * 50, "a\tb\n" + "9" * 2_000],
    ids=["one line", "other cells", "a digit in the head", "no cells", "empty", "lines only", "a long line"],
)
def test_what_is_no_table_has_no_heads(text):
    columns = Columns(text)
    assert all(columns.cell(at) is None for at in range(len(text)))


def test_the_tables_of_a_text_are_its_own():
    text, other = TABLE.format("\t"), "Tag\tNamen\n"
    columns = Columns(other + text, len(other), len(other) + len(text))
    found = columns.cell(len(other) + text.index("A 123"))
    assert found is not None
    assert (other + text)[slice(*found[1])] == "KVNR"
    assert columns.cell(0) is None


def test_a_label_in_the_head_is_enough_however_long_the_table():
    rows = "".join(f"Person {at}\tA 123 456 780\t0151 23456789\n" for at in range(30))
    text = "Name\tKVNR\tMobil\n" + rows
    found = [f for f in Detector(model=None).find(text) if text[f.start : f.end] == "A 123 456 780"]
    assert len(found) == 30
    assert {f.entity for f in found} == {"DE_HEALTH_INSURANCE"}


def test_texts_in_one_call_keep_their_heads_to_themselves():
    texts = ["Name\tKVNR", "Anna\tA 123 456 780"]
    detector = Detector(model=None)
    assert detector.find_many(texts) == [detector.find(text) for text in texts]
