"""Native code and Python find the same, and what is damaged gives an error."""

# ruff: noqa: RUF001, SIM905 - names are written with either apostrophe; lists of words

import os
import random
import subprocess
import sys
from array import array
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pratique.detect import Detector, native
from pratique.detect.entities import BUILT_IN
from pratique.detect.overlaps import Candidate, resolve
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


def test_check_digits_are_judged_alike() -> None:
    rng = random.Random(5)
    numbers = [
        f"{rng.randrange(10_000):04}{rng.randrange(1, 33):02}{rng.randrange(1, 17):02}{rng.randrange(100):02}"
        for _ in range(2_000)
    ]
    numbers += [f"{rng.randrange(100):02}{rng.randrange(1, 54):02}{rng.randrange(10**6):06}" for _ in range(2_000)]
    texts = [text for number in numbers for text in (number, f"ЕГН {number}", f"SVNR: {number}")]
    detector = Detector(model=None, entities=["AT_SVNR", "BG_EGN"], score=0.4)
    found = detector.find_many(texts)
    assert {finding.entity for its in found for finding in its} == {"AT_SVNR", "BG_EGN"}
    assert found == in_python(detector, texts)


@pytest.mark.fuzz
@settings(max_examples=effort(15), deadline=None, database=None)
@given(st.integers(0, 1 << 32))
def test_the_same_hits_are_left_of_long_texts(seed: int) -> None:
    rng = random.Random(seed)
    texts = [" ".join(rng.choices(EXAMPLES + WORDS, k=40)).replace("\n", " ") for _ in range(12)]
    texts[0] = texts[0].replace(" ", "\t").replace("1\t", "1\n")
    joined = "\n".join(text.encode("utf-8", "replace").decode() for text in texts)
    symbols = SCANNER._finder.read(joined)
    ours = SCANNER._hits(symbols), SCANNER._read(joined, symbols)
    with patch.object(native, "part", None):
        theirs = SCANNER._hits(symbols), SCANNER._read(joined, symbols)
        assert [column.tolist() for column in ours[0]] == [column.tolist() for column in theirs[0]]
        assert [list(column) for column in ours[1].spoken] == [list(column) for column in theirs[1].spoken]


SPANS = st.builds(
    lambda start, size, *others: Candidate(start, start + size, *others),
    st.integers(0, 12), st.integers(1, 9), st.sampled_from(["PERSON", "ADDRESS", "DE_PLZ", "URL", "IBAN_CODE"]),
    st.sampled_from([0.2, 0.45, 0.5, 0.65, 0.849996, 1.0]), st.sampled_from(["patterns", "names"]), st.booleans(),
    st.integers(0, 4), st.integers(0, 2), st.integers(0, 2),
)  # fmt: skip
SETS = st.sampled_from([frozenset(), frozenset(["URL"]), frozenset(["PERSON", "DE_PLZ"])])


@pytest.mark.fuzz
@settings(max_examples=effort(300), deadline=None, database=None)
@given(st.lists(st.lists(SPANS, max_size=6), max_size=4), SETS, SETS)
@example([[Candidate(0, 9, "URL", 0.3, "a", order=at) for at in range(40)]], frozenset(["URL"]), frozenset())
def test_the_same_findings_stand(found: list[list[Candidate]], asked: frozenset[str], without: frozenset[str]) -> None:
    texts = ["Anna, B.C Kern 12 a-b;"] * len(found)
    told = native.part.settle(texts, found, Finding, resolve, 0.4, asked, without)
    counted = [[c for c in its if c.entity not in without and (c.score >= 0.4 or c.entity in asked)] for its in found]
    assert told == [resolve(text, its) for text, its in zip(texts, counted, strict=True)]
    assert all(type(finding.start) is int and type(finding.score) is float for its in told for finding in its)


def test_candidates_that_are_none_are_an_error() -> None:
    empty: frozenset[str] = frozenset()
    for found in ([[1]], [1], [[], []], [[Candidate("a", 2, "URL", 0.5, "")]], [[Candidate(0, 2, "URL", "b", "")]]):
        with pytest.raises((TypeError, ValueError, AttributeError)):
            native.part.settle(["a"], found, Finding, resolve, 0.4, empty, empty)
    crossing = [Candidate(0, 3, "URL", 0.5, ""), Candidate(1, 4, "URL", 0.5, "")]
    with pytest.raises(TypeError, match="findings"):
        native.part.settle(["abcd"], [crossing], Finding, lambda *_: None, 0.4, empty, empty)


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


class Recorder:
    """The native part, and what its `judge` was called with."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self.calls: list[list[Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._part, name)

    def judge(self, *arguments: Any) -> None:
        self.calls.append([np.array(a) if isinstance(a, array) else a for a in arguments])


def arguments_of_judging(text: str) -> list[Any]:
    recorder = Recorder(native.part)
    with patch.object(native, "part", recorder):
        SCANNER.scan([text], frozenset())
    return recorder.calls[0]


def test_what_is_judged_by_damaged_arrays_is_an_error() -> None:
    given_ = arguments_of_judging("Pass no. 256408995, card 4111 1111 1111 1111, Müller, x@y.example.org")
    assert native.part.judge(*given_) is None
    hits, starts, rows, groups = given_[0], given_[2], given_[8], given_[13]
    for place, bad in (
        (0, hits + 10_000), (0, hits - 1_000), (0, hits[:, 0].copy()), (1, np.array([5, 0, 1, 0])),
        (1, np.array([0, 0, 1, 1 << 40])), (2, starts[::-1].copy()), (2, starts * 0), (3, b"abc"), (4, b"1"),
        (5, given_[5] - 9), (6, given_[6] + 9_999), (7, given_[7] + 9_999), (8, rows + 9_999), (8, rows[:-1].copy()),
        (9, b""), (11, b""), (12, b""), (13, groups[:-8]), (13, b"\xff" * len(groups)), (14, given_[14][:-8]),
        (14, b"\xff" * len(given_[14])), (15, b"12345678"), (16, b""), (17, b"1"), (18, b""), (19, ()),
        (19, (b"",) * len(given_[19])), (20, []), (21, ()), (24, ()),
    ):  # fmt: skip
        arguments = [*given_]
        arguments[place] = bad
        with pytest.raises(ValueError, match="fit"):
            native.part.judge(*arguments)


def test_an_error_of_what_is_asked_back_ends_judging() -> None:
    given_ = arguments_of_judging("Call +49 30 901820 or 030 901820")

    def broken(*_: int) -> int:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        native.part.judge(*given_[:24], (broken,) * len(given_[24]), *given_[25:])
    for wrong in ("a", -1, b"12"):
        with pytest.raises((TypeError, ValueError)):
            native.part.judge(*given_[:24], (lambda *_, told=wrong: told,) * len(given_[24]), *given_[25:])


def test_errors_of_other_arrays_that_do_not_fit() -> None:
    part, flags = native.part, SCANNER._walker.flags
    for call in (
        lambda: part.words(b"ab", b"a\0", flags, bytes(1 << 20)),
        lambda: part.words(b"ab", b"ab\0", flags, b""),
        lambda: part.names(("a",), b"", b""),
        lambda: part.names(["a"], b"\xff" * 64, b"", bytes(1 << 20), 0, 0.0, False),
        lambda: part.names(["a"], b"\xff" * 64, b"", b"", 0, 0.0, False),
        lambda: part.labelled("ab", 1, 3, bytes(1 << 20)),
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
