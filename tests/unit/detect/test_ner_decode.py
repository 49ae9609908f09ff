"""From scores of pieces to spans; long texts as windows."""

import itertools
import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from pratique.detect.ner.decode import Calibration, PieceSpan, Tags
from pratique.detect.ner.pieces import BREAK, Tokens
from pratique.detect.ner.windows import windows

NAMES = ["O", "B-A", "I-A", "B-B", "I-B"]
TAGS = Tags(NAMES)


def scores(*tags, sure=5.0):
    return np.array([[sure if name == tag else 0.0 for name in NAMES] for tag in tags], np.float32)


def test_spans_of_tags():
    found = TAGS.spans(scores("B-A", "I-A", "O", "B-B", "B-B", "I-B"))
    assert [(s.first, s.last, s.label) for s in found] == [(0, 2, "A"), (3, 4, "B"), (4, 6, "B")]
    assert all(0.95 < s.score <= 1 for s in found)


def test_nothing_of_nothing():
    assert TAGS.spans(np.zeros((0, 5), np.float32)) == []


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_best_sequence_that_stands_is_taken(length, seed):
    answers = np.random.default_rng(seed).normal(size=(length, 5)).astype(np.float32)

    def stands(path):
        before = ("O", *path)
        return all(not t.startswith("I-") or b in {f"B-{t[2:]}", t} for b, t in zip(before, path, strict=False))

    total = {
        p: sum(answers[at, NAMES.index(t)] for at, t in enumerate(p))
        for p in itertools.product(NAMES, repeat=length)
        if stands(p)
    }
    best = max(total, key=total.get)
    wanted = [at for at, tag in enumerate(best) if tag.startswith("B-")]
    found = TAGS.spans(answers)
    assert [s.first for s in found] == wanted
    assert all(best[at] == f"I-{s.label}" for s in found for at in range(s.first + 1, s.last))


@pytest.mark.parametrize("wrong", [["O", "B-A"], ["B-A", "I-A"], ["O", "B-A", "I-A", "S-A"]])
def test_tags_that_are_not_a_set_of_tags_are_refused(wrong):
    with pytest.raises(ValueError, match="tags"):
        Tags(wrong)


def test_calibration_is_a_rising_curve_and_one_without_figures_the_score_itself():
    calibration = Calibration({"A": [2.0, -1.0]})
    raw = [0.0, 0.1, 0.5, 0.9, 1.0]
    found = [calibration.score(PieceSpan(0, 1, "A", at)) for at in raw]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1
    assert math.isclose(found[2], 1 / (1 + math.e))
    assert calibration.score(PieceSpan(0, 1, "B", 0.3)) == 0.3
    with pytest.raises(ValueError, match="calibration"):
        Calibration({"A": [-1.0, 0.0]})


@given(
    st.lists(st.sampled_from(["ab", "c", "a.", "\n", "x,"]), max_size=120),
    st.integers(4, 20),
    st.integers(0, 6),
)
def test_every_piece_is_owned_once_by_a_window_that_holds_it(parts, size, overlap):
    text, ids, starts, ends = "", [], [], []
    for part in parts:
        ids.append(BREAK if part == "\n" else 9)
        starts.append(len(text))
        text += part
        ends.append(len(text))
        text += "" if part in {"c", "\n"} else " "
    found = windows(text, Tokens(ids, starts, ends), size, min(overlap, size // 2 - 1))
    owned = [at for w in found for at in range(w.own_first, w.own_last)]
    assert owned == list(range(len(ids)))
    assert all(w.first <= w.own_first < w.own_last <= w.last and w.last - w.first <= size for w in found)


def test_a_window_ends_with_a_line_where_it_can():
    ids = [9, 9, 9, 9, BREAK, 9, 9, 9]
    places = list(range(0, 16, 2))
    tokens = Tokens(ids, places, [at + 1 for at in places])
    first, second = windows("a " * 8, tokens, 6, 2)
    assert (first.first, first.last) == (0, 4)
    assert (second.first, second.last) == (2, 8)
    assert (first.own_last, second.own_first) == (3, 3)
