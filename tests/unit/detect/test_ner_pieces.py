"""The model's tokenizer: likeliest cuts, exact places on any text."""

# ruff: noqa: RUF003 - odd characters are what this is about

import math
import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pratique.detect.ner.pieces import BREAK, LONGEST_WORD, MARK, UNKNOWN, Pieces
from pratique.errors import DetectionError

MARKS = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
LETTERS = [(letter, -9.0) for letter in "abcdefghijklmnopqrstuvwxyzABCDEéé.,0123456789"]
WORDS = [
    (MARK, -6.0),
    (f"{MARK}an", -4.0),
    (f"{MARK}anna", -6.5),
    ("na", -5.0),
    ("nas", -5.2),
    ("s", -4.5),
    ("fi", -7.0),
]
PIECES = Pieces([*MARKS, *dict([*LETTERS, *WORDS]).items()])

ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            list("anna fi.\t\u0301\u0308\ufb01\u00a0\u200b\u00ad\u1100\u1161\u11a8\u0130ß㍿½\u3099か\ufdfa\U0001d552")
        ),
    ),
    max_size=60,
)


def cut(text):
    found = PIECES.tokens(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def test_the_likeliest_cut_is_taken():
    # ▁anna + s = -11.0 goes before ▁an + nas = -9.2? No: -9.2 is likelier.
    assert cut("annas") == ["an", "nas"]
    assert cut("anna") == ["anna"]


def test_places_are_those_of_the_text():
    found = PIECES.tokens("  anna  anna  ")
    assert list(zip(found.starts, found.ends, strict=True)) == [(2, 6), (8, 12)]


def test_between_two_lines_stands_one_break():
    found = PIECES.tokens("\n\nanna \n\n \tanna\n")
    assert [PIECES.tokens("anna").ids[0], BREAK, PIECES.tokens("anna").ids[0]] == found.ids
    assert (found.starts[1], found.ends[1]) == (8, 9)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("\ufb01na", ["", "\ufb01", "na"]),  # a ligature is read as two letters and is one character
        ("e\u0301na", ["", "e\u0301", "na"]),  # an accent apart belongs to its letter
        ("\U0001d552nna", ["\U0001d552nna"]),  # mathematical letters are read as letters
        ("½na", ["", "½", "½", "½", "na"]),  # 1⁄2: three characters from one, the middle one unknown
    ],
)
def test_what_the_normal_form_changes_keeps_its_place(text, pieces):
    assert cut(text) == pieces


def test_unknown_characters_in_a_row_are_one_piece():
    found = PIECES.tokens("na\u4e2d\u6587na")
    assert cut("na\u4e2d\u6587na") == ["", "na", "\u4e2d\u6587", "na"]
    assert found.ids[2] == UNKNOWN


def test_what_is_too_long_for_a_word_is_unknown_as_a_whole():
    found = PIECES.tokens("a" * (LONGEST_WORD + 1) + " anna")
    assert found.ids[0] == UNKNOWN
    assert found.ends[0] == LONGEST_WORD + 1
    assert len(found) == 2


@given(ODD)
def test_places_lie_in_order_inside_the_text_and_leave_no_letter_out(text):
    found = PIECES.tokens(text)
    spans = list(zip(found.starts, found.ends, strict=True))
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    covered = {at for start, end in spans for at in range(start, end)}
    left = [text[at] for at in range(len(text)) if at not in covered]
    assert all(
        not unicodedata.normalize("NFKC", c).strip() or c.isspace() or unicodedata.category(c)[0] == "M" for c in left
    )


TABLE = dict([*LETTERS, *WORDS])
LEAST = min(TABLE.values()) - 10


def best(rest):
    """The likelihood of the best of all cuts, by trying each."""
    sizes = [size for size in range(1, len(rest) + 1) if size == 1 or rest[:size] in TABLE]
    return max(TABLE.get(rest[:size], LEAST) + best(rest[size:]) for size in sizes) if rest else 0.0


@given(st.text(st.sampled_from("annasfi.é"), min_size=1, max_size=10))
def test_the_cut_is_the_best_of_all(word):
    listed = [*MARKS, *TABLE.items()]
    own = sum(listed[at][1] for at in PIECES.tokens(word).ids)
    assert math.isclose(own, best(MARK + word))


def test_a_file_that_is_not_pieces_is_refused_without_its_text(tmp_path):
    (tmp_path / "pieces.txt").write_text("secret\n")
    with pytest.raises(DetectionError) as caught:
        Pieces.load(tmp_path / "pieces.txt")
    assert "secret" not in str(caught.value)


def test_a_file_is_read_as_it_was_written(tmp_path):
    # A line separator is a piece like any other.
    listed = [*MARKS, ("\u2028", -3.5), (f"{MARK}na", -4.25)]
    (tmp_path / "pieces.txt").write_text("".join(f"{p}\t{s:.4f}\n" for p, s in listed), "utf-8", newline="\n")
    pieces = Pieces.load(tmp_path / "pieces.txt")
    assert len(pieces) == 6
    assert pieces.tokens("na").ids == [5]
