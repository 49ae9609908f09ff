"""Shapes against RE2: what all patterns together find is what each finds alone."""

# ruff: noqa: RUF001 - names and dashes as people write them

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pratique.detect.compiled import compile_re2
from pratique.detect.entities import BUILT_IN
from pratique.detect.judging import LONGEST, match
from pratique.detect.scanner import Scanner
from pratique.detect.shapes.automaton import UNKNOWN, Automaton
from pratique.detect.shapes.finder import MOST_STATES, SHORT, Finder, least_runs
from pratique.detect.shapes.positions import Builder
from pratique.detect.shapes.stored import BESIDE, Kept, compiled, digest, store
from pratique.detect.shapes.symbols import Alphabet
from pratique.detect.shapes.syntax import Reader, UnreadableError, named_characters
from pratique.detect.shapes.trees import least_run, to_first_digit
from pratique.detect.validators import VALIDATORS
from pratique.detect.wordtable import WordTable, of_types
from pratique.detect.wordtable import digest as digest_of_words
from tests.effort import effort

SCANNER = Scanner(BUILT_IN, VALIDATORS)
EXAMPLES = [text for entity in BUILT_IN for text in (*entity.examples, *entity.with_context, *entity.not_examples)]
PIECES = st.one_of(
    st.sampled_from(EXAMPLES),
    st.text("0123456789 -./", max_size=24),
    st.from_regex(r"[A-Z]{1,6}[ -]?[0-9]{1,12}[A-Za-z]{0,2}", fullmatch=True),
    st.text(st.characters(exclude_characters="_\u017f\u212a", exclude_categories=("Cs", "Cn")), max_size=12),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).flatmap(
    lambda pieces: st.sampled_from([" ", ", ", "\n", "", ": "]).map(lambda joint: joint.join(pieces).replace("_", "-"))
)


def begins(text: str, at: int) -> bool:
    """Whether a candidate may begin there: a word, digits, or something else."""
    here, before = text[at], text[at - 1 : at]
    glued = "0" <= here <= "9" and not "0" <= before <= "9"
    return not (here.isalnum() and before.isalnum()) or glued


def alone(text: str) -> set[tuple[int, int, str]]:
    """The reference: every pattern by RE2, at every place."""
    found = set()
    for group, shape in SCANNER._shaped:
        for at in range(len(text)):
            line = text[at:].partition("\n")[0][: LONGEST if shape.endless else None]
            there = group.regex.match(line.encode()) if begins(text, at) else None
            matched = there.group().decode() if there is not None else ""
            if matched and (not shape.needs_digit or any("0" <= c <= "9" for c in matched)):
                found.add((at, at + len(matched), group.source))
    return found


def together(text: str) -> set[tuple[int, int, str]]:
    """What the scanner judges."""
    finder, found = SCANNER._finder, set()
    hits = finder.find(finder.read(text))
    for start, number, end in zip(*(column.tolist() for column in hits), strict=True):
        group, shape = SCANNER._shaped[number]
        stop = end if shape.exact else start + match(text, start, end, group, shape, {})
        if stop > start:
            found.add((start, stop, group.source))
    return found


@pytest.mark.fuzz
@settings(max_examples=effort(40), deadline=None, database=None)
@given(TEXTS)
@example("Tel.: (030) 90 18 20-0, 85.07.30-033.28 \u2013 DE89 3704 0044 0532 0130 00\nBSN111222333 \u20ac 12")
def test_all_patterns_together_find_what_each_finds_alone(text: str) -> None:
    assert together(text) == alone(text)


@pytest.mark.fuzz
@settings(max_examples=effort(60), deadline=None, database=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_walking_at_once_finds_what_walking_one_by_one_finds(texts: list[str]) -> None:
    finder = SCANNER._finder
    symbols = finder.read("\n".join(texts))
    hits = [sorted(zip(*(c.tolist() for c in walk(symbols)), strict=True))
            for walk in (finder._at_once, finder._one_by_one)]  # fmt: skip
    assert hits[0] == hits[1]


def test_long_texts_are_walked_at_once_and_find_the_same() -> None:
    rng = random.Random(4)
    text = " ".join(rng.choices(EXAMPLES, k=400))
    assert len(text) > SHORT
    finder = SCANNER._finder
    symbols = finder.read(text)
    assert [c.tolist() for c in finder.find(symbols)] == [c.tolist() for c in finder._at_once(symbols)]


def finder_of(*regexes: str, needs_digit: bool = False) -> Finder:
    alphabet = Alphabet(named_characters(regexes))
    shapes = [Reader(alphabet).read(regex, needs_digit=needs_digit) for regex in regexes]
    net = Builder(alphabet).net(shapes)
    return Finder(alphabet, Automaton(alphabet.size, lambda: net), least_runs(shapes, net, alphabet))


def hits(finder: Finder, text: str) -> list[tuple[int, ...]]:
    return [tuple(hit) for hit in np.array(finder.find(finder.read(text))).T.tolist()]


@pytest.mark.parametrize(
    ("regex", "text", "expected"),
    [
        (r"\b[0-9]{3}\b", "12 345 6789 a12", [(3, 0, 6)]),
        (r"\b[0-9]{2,4}\b", "x 1234", [(2, 0, 6)]),
        (r"\b(?:AB|C)[ \-]?[0-9]\b", "AB-1 C2 ABC3", [(0, 0, 4), (5, 0, 7)]),
        (r"(?i)\bab[0-9]\b", "aB1 Ab2", [(0, 0, 3), (4, 0, 7)]),
        (r"\b(?i:x)Y\b", "xY XY xy", [(0, 0, 2), (3, 0, 5)]),
        (r"\bк[0-9]{2}\b", "к12 x12", [(0, 0, 3)]),
        (r"\b[^a-z ]{2}\b", "AB ab 1\x7f", [(0, 0, 2), (6, 0, 8)]),  # whether a word ends there, RE2 is asked
        (r"\b\p{Lu}\p{Ll}{2}\b", "Été abc", [(0, 0, 3)]),
        (r"\b0x[0-9a-f]{2,}", "0xbeef", [(0, 0, 4)]),
    ],
)
def test_shapes_by_example(regex: str, text: str, expected: list[tuple[int, int, int]]) -> None:
    assert hits(finder_of(regex), text) == expected


def test_a_pattern_may_ask_for_a_digit() -> None:
    assert hits(finder_of(r"\b[A-Z0-9]{4}\b", needs_digit=True), "ABCD AB1D 1BCD ABC1") == [
        (5, 0, 9), (10, 0, 14), (15, 0, 19),
    ]  # fmt: skip


@pytest.mark.parametrize("regex", ["^a", "a$", "(a)", "[[:alpha:]]", "(?s:.)", "a{2", "*a", r"\pX", r"\Qa"])
def test_what_shapes_do_not_know_is_said_so(regex: str) -> None:
    with pytest.raises(UnreadableError):
        Reader(Alphabet(())).read(regex)


def test_what_is_known_of_a_shape() -> None:
    alphabet = Alphabet(())
    word = frozenset(np.flatnonzero(alphabet.word).tolist())
    reader = Reader(alphabet)

    def known(regex: str) -> tuple[tuple[int, bool], tuple[int, bool]]:
        node = reader.read(regex).node
        return to_first_digit(node, alphabet.digits), least_run(node, word)

    assert known("[A-Z]{2}[0-9]{3}") == ((2, True), (5, True))
    assert known("[A-Z]{2,4}-?[0-9]") == ((5, True), (2, False))
    assert known("ab(?:c|-1)") == ((3, False), (2, False))
    assert known("[A-Z0-9]{8}") == ((8, False), (8, True))


def test_states_are_few_whatever_the_text() -> None:
    rng = random.Random(9)
    alphabet = "".join(map(chr, range(0x20, 0x7F))) + "éЖ–"
    for _ in range(20):
        SCANNER.scan(
            ["".join(rng.choices(alphabet, k=500)), "".join(rng.choices("0123456789 .-/", k=500))], frozenset()
        )
    assert len(SCANNER._finder._automaton.rows) < 2 * MOST_STATES


def test_an_automaton_that_begins_anew_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = finder_of(r"\b[0-9]{2}-[0-9]{2}\b", r"\b[A-Z]{3}[0-9]\b")
    text = "12-34 ABC1 56-78\n" * 300
    before = hits(finder, text)
    monkeypatch.setattr("pratique.detect.shapes.finder.MOST_STATES", 1)
    assert hits(finder, text) == before
    assert hits(finder, "12-34") == [(0, 0, 5)]


def test_what_is_stored_is_of_these_patterns() -> None:
    assert Kept(BESIDE).patterns(digest(SCANNER.sources)), "a pattern changed: make shapes"
    words = Kept(BESIDE).words(digest_of_words(BUILT_IN))
    assert words is not None, "a context word changed: make shapes"
    assert WordTable.restored(words) == of_types(BUILT_IN)


def test_what_was_stored_finds_the_same(tmp_path: Path) -> None:
    sources = SCANNER.sources[::7]
    fresh = compiled(sources)
    text = " ".join(EXAMPLES[::5])
    expected = [column.tolist() for column in fresh.finder.find(fresh.finder.read(text))]
    words = digest_of_words(BUILT_IN[:9]), of_types(BUILT_IN[:9]).kept()
    store(fresh, sources, words, tmp_path / "shapes.npz")
    kept = Kept(tmp_path / "shapes.npz")
    assert kept.patterns(digest(sources))
    assert kept.words(words[0]) == words[1]
    assert kept.words("another") is None
    again = compiled(sources, kept)
    assert again.forms == fresh.forms
    assert [column.tolist() for column in again.finder.find(again.finder.read(text))] == expected
    short = text[:1000]
    one, other = (these.finder.find(these.finder.read(short)) for these in (fresh, again))
    assert [c.tolist() for c in one] == [c.tolist() for c in other]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"no file of arrays"])
def test_a_stored_file_that_is_torn_or_of_others_is_not_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "torn.npz").write_bytes(content)
    sources = [(r"\b[0-9]{4}\b", False)]
    these = compiled(sources, Kept(tmp_path / "torn.npz"))
    assert [c.tolist() for c in these.finder.find(these.finder.read("a 1234"))] == [[2], [0], [6]]
    store(these, sources, ("", b""), tmp_path / "others.npz")
    others = compiled([(r"\b[0-9]{5}\b", False)], Kept(tmp_path / "others.npz"))
    assert [c.tolist() for c in others.finder.find(others.finder.read("1234 12345"))] == [[5], [0], [10]]


def test_a_state_is_the_same_whoever_finds_it() -> None:
    alphabet = Alphabet(())
    net = Builder(alphabet).net([Reader(alphabet).read(r"\b[0-9]{2}-[0-9]{2}\b")])
    automaton = Automaton(alphabet.size, lambda: net)
    symbols = np.frombuffer(alphabet.read("12-34"), np.uint8)
    state, states = 1, np.array([1], np.int32)
    for symbol in symbols:
        state = automaton.step(state, int(symbol))
        states = automaton.steps(states, np.array([symbol], np.uint8))
        assert states.tolist() == [state]
    assert state == 0


def test_patterns_are_compiled_for_their_longest_match() -> None:
    match = compile_re2("a|ab", longest=True).match(b"ab")
    assert match is not None
    assert match.group() == b"ab"


def test_moves_between_known_states_are_made_before_they_are_asked_for() -> None:
    finder = finder_of(r"\b[A-Z]{2}-?[0-9]{2,4}\b", r"\b[0-9]{2}[./][0-9]{2}\b")
    hits(finder, "AB-12 12.3")
    automaton = finder.current()
    before = automaton.kept().table.copy()
    automaton.complete()
    after, count = automaton.kept().table, automaton.count
    assert np.array_equal(after[before != UNKNOWN], before[before != UNKNOWN])
    made, unmade = (list(zip(*np.nonzero(which), strict=True)) for which in ((before != after), (after == UNKNOWN)))
    assert made
    assert unmade
    assert all(automaton._found(int(state), int(symbol)) == after[state, symbol] for state, symbol in made)
    assert automaton.count == count
    assert all(automaton._found(int(state), int(symbol)) >= count for state, symbol in unmade)
