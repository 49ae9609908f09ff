"""The first look at names, and RE2's memory: beyond it, each byte costs a hundred times."""

# ruff: noqa: RUF001 - names and dashes as people write them

import random
import re

import pyarrow as pa
import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect.entities import BUILT_IN
from pratique.detect.look import FirstLook
from pratique.detect.people import PeopleFinder
from pratique.detect.scanner import Scanner
from pratique.detect.validators import VALIDATORS
from tests.effort import effort

PASSED = [group.source for group in Scanner(BUILT_IN, VALIDATORS)._passed]
LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00), 0x4E00, 0x1F600)]
LOOK, PEOPLE = FirstLook(people=True), PeopleFinder(0)
NAMED = [
    "Barry",
    "Andi Mack",
    "Dr. Strange",
    "İbrahim",
    "ŁUKASZ",
    "Frau Ümit",
    "Ωmega Βασίλης",
    "O’Brien",
    "Xqz Wqowski",
]


@pytest.mark.fuzz
@settings(max_examples=effort(150), deadline=None, database=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=30), st.sampled_from(NAMED), st.text("AaBbÀßłİ '’-.0@", max_size=16)), max_size=12
    )
)
def test_the_look_at_names_is_never_false_where_one_is_found(values: list[str]) -> None:
    values = [value for value in values if value.isprintable()]
    flags = LOOK.people(pa.array(values, pa.large_string()))
    assert not any(PEOPLE.find(value) and not flag for value, flag in zip(values, flags, strict=True))


def words(patterns: list[str]) -> list[str]:
    """What the patterns spell out."""
    plain = [re.sub(r"\\[a-zA-Z]|\\x\{[0-9A-F]+\}", " ", pattern) for pattern in patterns]
    return sorted({word for pattern in plain for word in re.findall(r"[^\W_]{2,}", pattern)})


def text(kind: str, chance: random.Random) -> str:
    """2,000 characters: of the patterns' own words and their beginnings, of odd letters, or of both."""
    spelt = words(PASSED)
    pieces: list[str] = []
    while sum(map(len, pieces)) < 2000:
        word = chance.choice(spelt)
        odd = chance.choice(LETTERS)
        cut = word[: chance.randrange(1, len(word) + 1)]
        pieces.append({"words": word, "odd": odd, "both": cut if chance.random() < 0.7 else odd}[kind])
        pieces.append(chance.choice(["", "", " ", ", ", ".", "1", "-"]))
    return "".join(pieces)


def written(capfd: pytest.CaptureFixture[str], pattern: str, texts: list[str], memory: int) -> str:
    """What RE2 writes while it looks."""
    options = re2.Options()
    options.longest_match = options.never_nl = True
    options.max_mem = memory
    compiled = re2.compile(pattern, options)
    for one in texts:
        for _ in compiled.finditer(one):
            pass
    return capfd.readouterr().err


@pytest.mark.parametrize("kind", ["words", "odd", "both"])
def test_no_pattern_that_is_run_over_whole_texts_outgrows_its_memory(
    capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    chance = random.Random(7)
    texts = [text(kind, chance) for _ in range(20)]
    for pattern in PASSED:
        assert written(capfd, pattern, texts, 64 << 20) == "", pattern[:60]


def test_one_that_does_would_be_seen(capfd: pytest.CaptureFixture[str]) -> None:
    """The check above can fail."""
    address = next(entity for entity in BUILT_IN if entity.name == "EMAIL_ADDRESS").patterns[0]
    chance = random.Random(3)
    odd = ["".join(chance.choice(LETTERS[:700]) for _ in range(12)) for _ in range(30)]
    assert "DFA out of memory" in written(capfd, address.regex, ["a@" + ".".join(odd)], 8 << 20)
