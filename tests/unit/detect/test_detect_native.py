"""Native code and Python find the same, and what is damaged gives an error."""

# ruff: noqa: RUF001, SIM905 - names are written with either apostrophe; lists of words

import os
import random
import subprocess
import sys
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pratique.detect import Detector, native
from pratique.detect.entities import BUILT_IN
from pratique.detect.shapes.finder import Hits
from pratique.model.catalogue import Finding
from tests.effort import effort

pytestmark = pytest.mark.skipif(native.part is None, reason="built without a C compiler")

DETECTOR = Detector(model=None)
ASKED = Detector(model=None, entities=["PERSON", "PHONE_NUMBER", "IBAN_CODE", "US_SSN"])
SCANNER = DETECTOR.without_model._scanner
EXAMPLES = [value for entity in BUILT_IN for value in (*entity.examples, *entity.not_examples)]
WORDS = [
    *"The the Dr Dr. Frau Herr Anna Kern anna.kern@example.org O'Neill d'Angelo van der Berg's Mac Mc. J. K".split(),
    *"Monday Will Rose Wojciechowski Xyzzy born geb. née invoice no. Pass Nr. IBAN SSN Rechnung ČEZ ÅSA Łukasz".split(),
    *"İstanbul ß 中文 Dear label: Kontakt: Signed, M. m. ST e i y Passport; number 4111 1111 12.3.1990 ID".split(),
    "McDonald-Smith", "SHOUT", "\u00ad", "\0", "\u2028",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(EXAMPLES), st.sampled_from(WORDS), st.sampled_from(WORDS),
    st.sampled_from([" ", "  ", "\n", "\r\n", "\t", "_", "__", ".", ",", "-", "/", "@", "'", "’", "#", ":",
                     "1", "a", "\x1c", "\x0b", ""]),
    st.text(max_size=4),
)  # fmt: skip
TEXTS = st.builds(
    lambda pieces, gap: gap.join(pieces), st.lists(PIECES, max_size=14), st.sampled_from([" ", "", " ", "\n", ", "])
)


def in_python(detector: Detector, texts: list[str]) -> list[list[Finding]]:
    with patch.object(native, "part", None):
        return detector.find_many(texts)


@pytest.mark.fuzz
@settings(max_examples=effort(60), deadline=None, database=None)
@given(st.lists(TEXTS, min_size=1, max_size=10))
@example(["Dear Xyzzy, xyzzy.qwe@example.org is Xyzzy Qwe", "\0Anna Kern", "A\nB\nPass Nr.\t12345678\n1\t2"])
@example(["Anna Qwertzine called. Please copy Xyzzyo Qwertzine.", "Mr Qwertzine called. Xyzzyo Qwertzine paid."])
@example(["XYZ-DE89 3704 0044 0532 0130 00_", "__0000", "1", "", "BSN111222333"])
def test_the_same_is_found_with_native_code_and_without(texts: list[str]) -> None:
    assert DETECTOR.find_many(texts) == in_python(DETECTOR, texts)


@pytest.mark.fuzz
@settings(max_examples=effort(25), deadline=None, database=None)
@given(st.lists(TEXTS, min_size=1, max_size=10))
@example(["Monday The Will", "Rose"])
def test_the_same_is_found_of_types_that_were_asked_for(texts: list[str]) -> None:
    assert ASKED.find_many(texts) == in_python(ASKED, texts)


@pytest.mark.fuzz
@settings(max_examples=effort(15), deadline=None, database=None)
@given(st.integers(0, 1 << 32))
def test_the_same_hits_are_left_of_long_texts(seed: int) -> None:
    rng = random.Random(seed)
    texts = [" ".join(rng.choices(EXAMPLES + WORDS, k=40)).replace("\n", " ") for _ in range(12)]
    texts[0] = texts[0].replace(" ", "\t").replace("1\t", "1\n")
    joined = "\n".join(text.encode("utf-8", "replace").decode() for text in texts)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    symbols = SCANNER._finder.read(joined)
    ours = SCANNER._hits(symbols), SCANNER._read(joined, symbols)
    worth = SCANNER._worth(ours[0], starts, symbols, ours[1])
    with patch.object(native, "part", None):
        theirs = SCANNER._hits(symbols), SCANNER._read(joined, symbols)
        assert [column.tolist() for column in ours[0]] == [column.tolist() for column in theirs[0]]
        assert [list(column) for column in ours[1].spoken] == [list(column) for column in theirs[1].spoken]
        assert worth.tolist() == SCANNER._worth(theirs[0], starts, symbols, theirs[1]).tolist()


def test_states_that_are_new_are_asked_for_and_the_walk_goes_on() -> None:
    rng = random.Random(5)
    texts = ["".join(rng.choices("0123456789ABCDEFGH -/.:@_", k=300)) for _ in range(6)]
    fresh = Detector(model=None)
    automaton = fresh.without_model._scanner._finder.current()
    before = automaton.count
    found = fresh.find_many(texts)
    assert automaton.count > before
    assert found == in_python(DETECTOR, texts)


def test_what_is_damaged_is_an_error_and_never_read_behind_its_end() -> None:
    walker, finder = SCANNER._walker, SCANNER._finder
    symbols, automaton = finder.read("+49 30 901820 4111"), finder.current()
    walker.find(symbols)
    states = automaton.count
    begins, endings = automaton.endings()
    table = automaton.table[:states]
    given_ = [symbols, walker.flags, walker._runs, table, states, begins, endings, walker._sorts, 0]
    assert native.part.find(*given_)[1] == -1
    for place, bad in (
        (0, b""), (0, symbols[:-1]), (0, symbols[:2] + b"\xff\0"), (1, b"ab"), (2, b"1234"),
        (3, table[:, :-1].copy()[:5]), (4, 0), (4, states + 1), (5, begins[:4].copy()), (6, endings[:1].copy()),
        (6, endings + 10_000), (7, b"\0"), (8, -1), (3, np.full((states, table.shape[1]), 2, np.int32)),
    ):  # fmt: skip
        arguments = [*given_]
        arguments[place] = bad
        with pytest.raises(ValueError, match=r"damaged|fit"):
            native.part.find(*arguments)


def test_errors_of_other_arrays_that_do_not_fit() -> None:
    part, flags = native.part, SCANNER._walker.flags
    longs = np.zeros(3, np.int64)
    for call in (
        lambda: part.words(b"ab", b"a\0", flags, bytes(1 << 20)),
        lambda: part.words(b"ab", b"ab\0", flags, b""),
        lambda: part.names(("a",), b"", b""),
        lambda: part.names(["a"], b"\xff" * 64, b"", 0),
        lambda: part.worth(np.array([[0, 9, 1]]), longs[:2], b"a\0", b"\0", longs[:1], b"", b"", b"", b"", b"\0"),
    ):
        with pytest.raises((ValueError, TypeError)):
            call()


def test_it_can_be_switched_off() -> None:
    code = "from pratique.detect import Detector, native; print(native.part, len(Detector(model=None).find('a@b.org')))"
    told = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PRATIQUE_NATIVE": "0"}, text=True,
                          capture_output=True, check=True)  # fmt: skip
    assert told.stdout.split() == ["None", "1"]


def test_hits_are_sorted() -> None:
    hits = SCANNER._hits(SCANNER._finder.read("Pass 123456789, DE89 3704 0044 0532 0130 00, +49 30 901820"))
    assert isinstance(hits, Hits)
    keys = list(zip(hits.starts.tolist(), (-hits.ends).tolist(), hits.patterns.tolist(), strict=True))
    assert keys == sorted(keys)
    assert len(keys) > 3
