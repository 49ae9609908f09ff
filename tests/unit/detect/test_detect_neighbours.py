"""What is refused for many hits at once is what is refused one by one."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pratique.detect.neighbours import KINDS, REFUSED, Neighbours, edges
from pratique.detect.shapes.finder import Hits
from pratique.detect.shapes.symbols import Alphabet
from tests.effort import effort

ALPHABET = Alphabet("\u00a0\u2013")
NEIGHBOURS = Neighbours(ALPHABET)
TEXTS = st.lists(st.text("aB19_.:,+-/# é\u0301²\u2013中", max_size=8), min_size=1, max_size=3)


@settings(max_examples=effort(300), deadline=None, database=None)
@given(TEXTS)
@example(["²中中1", "²²²1"])
@example(["12.3", "BSN123 aBN1", "Baa1:1", "a1_1", "__1 1__", ":1:1 ::1 1.1.1"])
def test_many_at_once_are_refused_as_one_by_one(texts):
    joined = "\n".join(texts)
    symbols = ALPHABET.read(joined)
    spans = [
        (at, text, start, end)
        for text, at in zip(texts, np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist(), strict=False)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
    ]
    starts = np.array([at + start for at, _, start, _ in spans], np.int64)
    hits = Hits(starts, np.zeros(len(spans), np.int64), np.array([at + end for at, _, _, end in spans], np.int64))
    for number, kind in enumerate(KINDS):
        kinds = np.full(len(spans), number, np.int8)
        closed = NEIGHBOURS.refuse(symbols, hits, kinds, np.ones(len(spans), np.bool_))
        refused = [edges(text, start, end, kind) == REFUSED for _, text, start, end in spans]
        assert closed.tolist() == refused
        begun = NEIGHBOURS.refuse(symbols, hits, kinds, np.zeros(len(spans), np.bool_))
        assert not (begun & ~closed).any()


def test_what_is_refused_by_its_beginning_is_refused_wherever_it_ends():
    text = "12.345 ab_77 :1:2"
    symbols = ALPHABET.read(text)
    for number, kind in enumerate(KINDS):
        for start in range(len(text)):
            ends = np.arange(start + 1, len(text) + 1)
            hits = Hits(np.full(len(ends), start), np.zeros(len(ends), np.int64), ends)
            none = np.zeros(len(ends), np.bool_)
            if NEIGHBOURS.refuse(symbols, hits, np.full(len(ends), number, np.int8), none).any():
                assert all(edges(text, start, end, kind) == REFUSED for end in ends.tolist())
