"""The first look's patterns stay within RE2's memory, whatever text they meet: else each byte costs a hundred times."""

import random
import re

import pytest
import re2

from pratique.detect import Detector
from pratique.detect.entities import BUILT_IN

LOOKS = Detector()._look._patterns
LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00), 0x4E00, 0x1F600)]


def words(patterns: tuple[str, ...]) -> list[str]:
    """What the patterns spell out."""
    plain = [re.sub(r"\\[a-zA-Z]|\\x\{[0-9A-F]+\}", " ", pattern) for pattern in patterns]
    return sorted({word for pattern in plain for word in re.findall(r"[^\W_]{2,}", pattern)})


def text(kind: str, chance: random.Random) -> str:
    """2,000 characters: of the patterns' own words and their beginnings, of odd letters, or of both."""
    spelt = words(LOOKS)
    pieces = []
    while sum(map(len, pieces)) < 2000:
        word = chance.choice(spelt)
        odd = chance.choice(LETTERS)
        cut = word[: chance.randrange(1, len(word) + 1)]
        pieces.append({"words": word, "odd": odd, "both": cut if chance.random() < 0.7 else odd}[kind])
        pieces.append(chance.choice(["", "", " ", ", ", ".", "1", "-"]))
    return "".join(pieces)


def written(capfd: pytest.CaptureFixture[str], pattern: str, texts: list[str]) -> str:
    """What RE2 writes while it looks: by its own defaults, which are Arrow's but for the writing."""
    compiled = re2.compile(pattern)
    for one in texts:
        compiled.search(one)
    return capfd.readouterr().err


@pytest.mark.parametrize("kind", ["words", "odd", "both"])
def test_no_look_outgrows_its_memory(capfd: pytest.CaptureFixture[str], kind: str) -> None:
    chance = random.Random(7)
    texts = [text(kind, chance) for _ in range(20)]
    for pattern in LOOKS:
        assert written(capfd, pattern, texts) == ""


def test_one_that_does_would_be_seen(capfd: pytest.CaptureFixture[str]) -> None:
    """The check above can fail."""
    address = next(entity for entity in BUILT_IN if entity.name == "EMAIL_ADDRESS").patterns[0]
    chance = random.Random(3)
    odd = ["".join(chance.choice(LETTERS[:700]) for _ in range(12)) for _ in range(30)]
    assert "DFA out of memory" in written(capfd, address.regex, ["a@" + ".".join(odd)])
