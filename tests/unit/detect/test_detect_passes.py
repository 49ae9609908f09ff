"""What RE2 is not asked about cannot match: patterns of whole texts give the same with native code and without."""

from itertools import accumulate
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pratique.detect import Detector, native
from pratique.detect.entities import BUILT_IN
from pratique.detect.passes import Passes
from pratique.detect.shapes.syntax import Reader
from tests.effort import effort

pytestmark = pytest.mark.skipif(native.part is None, reason="built without a C compiler")

SCANNER = Detector(model=None).without_model._scanner
PASSES: Passes = SCANNER._passes
EXAMPLES = [value for entity in BUILT_IN for value in (*entity.examples, *entity.not_examples, *entity.with_context)]
BITS = [
    "Straße 5", "12 ", "Am Alten ", "ulica Zielona 5", "u. 12", "iPhone 5, 12345 ", "a@b.de", "²a@b.de", "http://x.de",
    "password: abc1", "épassword=1234", "_pwd=abcde", "Rx 1234567", "x.com/y", "é", "Ä", "Lu", "-", "'", ".", ",", " ",
    "\t", "\r", "\n", " 5", "wohnhaft in ", "ul. ", "Via Roma 3", "Jean-Paul", "d'", "Kern St", "Hill", "A" * 30, "中",
    "mongodb://u:p@h", "\u0301", "a", "1", "@", "://", "парола: ", "x@b." + "b" * 30 + "@c.de", "\u00a0",
]  # fmt: skip
TEXTS = st.builds(
    lambda pieces, gap: gap.join(pieces),
    st.lists(st.one_of(st.sampled_from(BITS), st.sampled_from(EXAMPLES)), max_size=20),
    st.sampled_from(["", " ", ", "]),
)


def matches(texts: list[str]) -> list[tuple[int, int, int, str]]:
    joined = "\n".join(texts)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found = PASSES.matches(joined, starts, SCANNER._finder.read(joined))
    return [(at, start, end, group.source) for at, start, end, group in found]


@pytest.mark.fuzz
@settings(max_examples=effort(60), deadline=None, database=None)
@given(st.lists(TEXTS, min_size=1, max_size=6))
@example(["A." * 300 + " 5 a@b.de Im Alten Hof 7", "Aaa " * 200 + "5", "x Kern Street"])
@example(["é" * 300 + " Im Hof 7, password: geheim", "Ulica Ä 5", "x@b.de, y@c.de"])
def test_the_same_matches_are_found(texts: list[str]) -> None:
    found = matches(texts)
    with patch.object(native, "part", None):
        assert found == matches(texts)


def test_they_are_found_at_all() -> None:
    sources = {source for *_, source in matches([*EXAMPLES, "Berlin Mitte, Lange Gasse 5"])}
    assert sources == {group.source for group in PASSES._groups}


def test_a_pattern_with_a_sign_has_no_blank_in_it() -> None:
    alphabet = SCANNER._finder.alphabet
    blanks = {alphabet.symbol(character) for character in " \t\r"}
    for group, sign in zip(PASSES._groups, PASSES._signs, strict=True):
        assert bool(sign) == bool(group.look)
        if sign:
            node = Reader(alphabet).read(group.source).node
            assert not blanks & _symbols(node)


def _symbols(node: object) -> set[int]:
    found = set(getattr(node, "symbols", ()))
    parts = (getattr(node, "part", None), *getattr(node, "parts", ()), *getattr(node, "ways", ()))
    return found.union(*(_symbols(part) for part in parts if part is not None))


def test_a_new_automaton_is_begun_where_one_has_met_too_many_states() -> None:
    with patch.object(native, "MOST_STATES", 300):
        assert matches(EXAMPLES[:200]) == matches(EXAMPLES[:200])
        fresh = Passes(PASSES._groups, SCANNER._finder.alphabet, SCANNER._walker.flags)
        symbols = SCANNER._finder.read("Am Alten Hof 5, Kern Street")
        assert fresh._gated
        first = fresh._places(symbols)
        assert fresh._places(symbols) == first
