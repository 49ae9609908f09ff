"""An exact automaton tells what RE2 tells, of every pattern that it is made of."""

import random
import string

import pytest

from pratique.detect import Detector, native
from pratique.detect.entities import BUILT_IN
from pratique.detect.shapes.exact import MOST_STATES, exact
from tests.effort import effort

pytestmark = pytest.mark.skipif(native.part is None, reason="built without a C compiler")

SHAPED = [group for group, form in Detector(model=None).without_model._scanner._shaped if not form.exact]
EXAMPLES = [
    value.encode("ascii", "ignore").decode()
    for entity in BUILT_IN
    for value in (*entity.examples, *entity.with_context, *entity.not_examples)
]


def pieces(rng: random.Random) -> str:
    piece = rng.choice(EXAMPLES)
    characters = list(piece[rng.randrange(len(piece) + 1) :] if rng.random() < 0.6 else piece)
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        if characters:
            characters[rng.randrange(len(characters))] = rng.choice(string.printable + " .-/_0123456789\0")
    return "".join(characters) + rng.choice(["", "_", " ", "a", "1", "é"])


@pytest.mark.fuzz
def test_matches_are_as_long_as_of_re2() -> None:
    rng = random.Random(7)
    automata = [(group, automaton) for group in SHAPED if (automaton := exact(group.source)) is not None]
    matches = 0
    for _ in range(effort(150)):
        piece = pieces(rng)
        for group, automaton in automata:
            told = native.part.longest(piece, automaton)
            if told >= 0:
                found = group.regex.match(piece.encode())
                assert told == (0 if found is None else found.end())
                matches += told > 0
    assert matches


def test_most_patterns_have_one() -> None:
    assert sum(exact(group.source) is not None for group in SHAPED) > len(SHAPED) / 2


@pytest.mark.parametrize(
    "regex",
    [r"a\b[. ]?b", r"\b[_a]1", r"a{1,200}", r"a1[.]\b", r"(a)", rf"(?:[ab]*a[ab]{{{MOST_STATES.bit_length()}}}c)"],
)
def test_what_cannot_be_said_has_none(regex: str) -> None:
    assert exact(regex) is None


def test_what_is_beyond_ascii_is_not_told() -> None:
    automaton = exact(r"\bAB?[0-9]{2}\b") or b""
    told = {text: native.part.longest(text, automaton) for text in ("A12", "A12é", "é", "A12_", "B", "")}
    assert told == {"A12": 3, "A12é": -1, "é": -1, "A12_": 0, "B": 0, "": 0}
    with pytest.raises(ValueError, match="damaged"):
        native.part.longest("A12", automaton[:-1])
