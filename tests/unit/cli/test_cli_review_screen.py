"""The parts of a review's screens: keys out of bytes, lines that fit whatever is in them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pratique.cli.review.frame import (
    Size,
    columns,
    cut,
    flow,
    frame,
    line,
    shortened,
    sides,
    text_of,
    width_of,
    window,
    wrap,
)
from pratique.cli.review.session import PASTE
from pratique.cli.review.terminal import _decoded, split_keys
from pratique.cli.show import Cell

HOSTILE = st.text(alphabet=st.characters(), max_size=60) | st.sampled_from(
    ["\x1b[2J", "日本語" * 20, "e\u0301" * 40, "\u202egnp.exe", "a" * 200, "🏴‍☠️ x", "\udcff", "\t\n", "", " ", "  a  "]
)


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("c", ["c"]),
        ("cn", ["c", "n"]),
        ("\r", ["enter"]),
        ("\n", ["enter"]),
        ("\x7f", ["backspace"]),
        ("\x1b[A\x1b[B\x1bOC\x1b[D", ["up", "down", "right", "left"]),
        ("\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[1~", ["pgup", "pgdn", "home", "end", "home"]),
        ("\x1b", ["esc"]),
        ("\x1bc", ["esc", "c"]),
        # What no key of ours sends is left out, whole: no letter of it decides anything.
        ("\x1b[15~n", ["n"]),
        ("\x1b[1;5C\x1b[<0;33;12M", []),
        ("\x1b[200~n\nx\x1b[201~c", [f"{PASTE}n\nx", "c"]),
        ("\x1b[200~nnn", []),
        ("\x00\x02\x03", []),
        ("\x01\x05\x15\x17\x1b[3~", ["ctrl-a", "ctrl-e", "ctrl-u", "ctrl-w", "delete"]),
        ("é日", ["é", "日"]),
    ],
)
def test_keys(sent, keys):
    assert split_keys(sent, whole=True) == (keys, "")


def test_the_beginning_of_a_key_waits_for_its_end():
    for start in ("\x1b", "\x1b[", "\x1b[1", "\x1bO", "\x1b[200~nn", "\x1b[200~nn\x1b[20"):
        assert split_keys(start, whole=False) == ([], start)


@given(
    st.lists(st.sampled_from(["c", "n", "é", "\x1b[A", "\x1b[5~", "\x1bOH", "\x1b[200~ x n\x1b[201~", "\r", "\x7f"])),
    st.integers(0, 40),
)
def test_it_does_not_matter_where_bytes_are_cut(sent, at):
    data = "".join(sent).encode()
    text, tail = _decoded(data[:at])
    first, rest = split_keys(text, whole=False)
    text, tail = _decoded(rest.encode() + tail + data[at:])
    second, rest = split_keys(text, whole=False)
    assert (first + second, rest, tail) == (split_keys(data.decode(), whole=True)[0], "", b"")


@given(st.binary(max_size=80))
def test_any_bytes_end_in_keys(data):
    text, tail = _decoded(data)
    assert len(tail) < 4
    keys, rest = split_keys(text, whole=False)
    assert all(keys)
    assert split_keys(rest, whole=True)[1] == ""


@given(HOSTILE, st.integers(1, 50))
def test_a_cut_line_fits(text, width):
    made = cut(line(Cell("x: "), Cell(text)), width)
    assert width_of(made) <= width
    assert all(unicodedata.category(c)[0] != "C" for c in text_of(made))


@given(HOSTILE, st.integers(12, 60), st.integers(0, 4))
def test_wrapped_lines_fit_and_lose_nothing(text, width, indent):
    made = wrap(text, width, first=line("ab "), indent=indent)
    assert all(width_of(one) <= width for one in made)
    whole = "".join(text_of(one).removeprefix("ab " if not at else "") for at, one in enumerate(made))
    assert whole.replace(" ", "") == text_of(line(text)).replace(" ", "")


@given(st.lists(HOSTILE, max_size=6), st.integers(12, 60), st.integers(0, 4))
def test_parts_side_by_side_fit_and_lose_nothing(parts, width, indent):
    made = flow(parts, width, first=line("ab "), indent=indent)
    assert all(width_of(one) <= width for one in made)
    whole = "".join(text_of(one).removeprefix("ab " if not at else "") for at, one in enumerate(made))
    assert whole.replace(" ", "") == "".join(text_of(line(part)) for part in parts).replace(" ", "")


def test_a_part_that_fits_on_a_line_is_not_torn_apart():
    made = flow(["one two", "three four", "five six seven eight nine"], 14, gap=2, first=line("> "), indent=2)
    assert [text_of(one).rstrip() for one in made] == [
        "> one two",
        "  three four",
        "  five six",
        "  seven eight",
        "  nine",
    ]
    assert [text_of(one) for one in flow(["a b", "c d"], 20)] == ["a b   c d"]


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 40))
def test_a_window_is_around_the_row_and_counts_the_others(at, total, height):
    places, more = window(min(at, max(total - 1, 0)), total, height)
    assert len(places) + len(more) <= max(height, 2)
    assert not total or min(at, total - 1) in places
    told = sum(int(word.replace(",", "")) for one in more for word in text_of(one).split() if word[0].isdigit())
    assert len(places) + told == total


@given(st.lists(HOSTILE, max_size=8), st.integers(1, 5), st.integers(12, 40))
def test_lines_that_were_cut_off_are_shown_by_an_ellipsis(texts, most, width):
    lines = [cut(line(text), width) for text in texts]
    made = shortened(lines, most, width)
    assert len(made) == min(most, len(lines))
    assert all(width_of(one) <= width for one in made)
    if len(lines) > most:
        assert text_of(made[-1]).endswith("…")


@given(HOSTILE, HOSTILE, st.integers(4, 80))
def test_two_sides_are_as_wide_as_the_screen(left, right, width):
    assert width_of(sides(line(left), line(right), width)) == width


@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), max_size=5), st.integers(10, 60))
def test_columns_stand_under_each_other(rows, width):
    made = columns(rows, width)
    assert len(made) == len(rows)
    assert all(width_of(one) <= width for one in made)


@given(st.lists(HOSTILE, max_size=30), HOSTILE, st.integers(40, 90), st.integers(12, 30))
def test_a_screen_is_exactly_as_large_as_the_terminal(body, message, width, height):
    size = Size(width, height)
    made = frame(size, (line("a"), line("b")), [line(t) for t in body], wrap(message, width)[:4], [line("keys")])
    assert len(made) == height
    assert all(cell_len(text_of(one)) <= width for one in made)
    assert text_of(made[-1]) == "keys"
