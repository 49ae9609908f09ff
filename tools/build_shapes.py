"""Writes ``src/pratique/detect/data/shapes.npz``: all built-in patterns, compiled (`pratique.detect.shapes.stored`).

Run after every change to a pattern (``make shapes``); a test says where it is out of date. What the file holds besides
the patterns are the states that the automaton met while it read the texts below, so that it need not find them again.
"""

import random
import sys

from pratique.detect.entities import BUILT_IN
from pratique.detect.scanner import Scanner
from pratique.detect.shapes.stored import BESIDE, compiled, store
from pratique.detect.validators import VALIDATORS
from pratique.detect.wordtable import digest, of_types
from tools.tree import ROOT

SEED = 11
FORMS, CODES, LINES, FIELDS = 2_000, 1_000, 3_000, 4_000
FILLERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def texts() -> list[str]:
    """What people write: the records' own examples, their context words, the project's pages, numbers in many forms."""
    chance = random.Random(SEED)  # noqa: S311 - forms, no secrets
    examples = [text for entity in BUILT_IN for text in (*entity.examples[:1], *entity.with_context[:1])]
    words = sorted({word for entity in BUILT_IN for words in entity.context.values() for word in words})
    pages = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/**/*.md"))]
    lines = [line for page in pages for line in page.splitlines()]
    groups = ["".join(chance.choices("0123456789", k=chance.randint(1, 12))) for _ in range(FORMS)]
    numbers = [
        chance.choice("  .-/,:").join(groups[at : at + chance.randint(1, 5)]) for at in range(0, FORMS, 2)
    ]  # fmt: skip
    codes = ["".join(chance.choices(FILLERS[: chance.choice([36, 62])], k=chance.randint(3, 30))) for _ in range(CODES)]
    return [*examples, *words, *lines, *numbers, *codes, *(line(chance, examples) for _ in range(LINES)),
            *(field(chance) for _ in range(FIELDS))]  # fmt: skip


def line(chance: random.Random, examples: list[str]) -> str:
    """One value as columns hold them: words, a code, a day, an amount, a link, an address of mail, or an example with
    its digits changed, in a sentence or alone.
    """

    def word() -> str:
        return "".join(chance.choices(FILLERS[36:], k=chance.randint(2, 11)))

    def digits(most: int) -> str:
        return "".join(chance.choices("0123456789", k=chance.randint(1, most)))

    code = f"{word()[:4].upper()}{chance.choice('- /_')}{digits(9)}{chance.choice(['', '-A', '-XL', 'b', '/2'])}"
    day = chance.choice(["{0}-{1}-{2}", "{2}.{1}.{0}", "{2}/{1}/{0}", "{0}{1}{2}"]).format(
        chance.randint(1900, 2040), *(f"{chance.randint(1, most):02}" for most in (12, 31))
    )
    time = chance.choice(
        ["", f"T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00", f" {digits(2)}:{digits(2)}"]
    )
    example = "".join(chance.choice("0123456789") if c.isdigit() else c for c in chance.choice(examples))
    value = chance.choice(
        [
            f"{word()} {word()} {digits(6)}".title(), code, code, day + time, f"{digits(7)}.{digits(2)}", digits(16),
            f"{word()}.{word()}{digits(4)}@{word()}.example.org", f"https://{word()}.example.org/{word()}/{digits(5)}",
            f"+{digits(3)} {digits(4)} {digits(4)} {digits(5)}", example, example, example,
        ]
    )  # fmt: skip
    return value if chance.random() < 1 / 2 else f"{word().title()} {word()} {value}, {word()} {day}. {word().title()}"


def field(chance: random.Random) -> str:
    """One short value of a shop or an office, alone or among a few words: a price, a number, a code, a product, a day,
    a number in groups, an account, a telephone number, an address of mail.
    """

    def word() -> str:
        return "".join(chance.choices(FILLERS[36:], k=chance.randint(2, 10)))

    def digits(least: int, most: int) -> str:
        return "".join(chance.choices("0123456789", k=chance.randint(least, most)))

    def capitals(least: int, most: int) -> str:
        return "".join(chance.choices(FILLERS[10:36], k=chance.randint(least, most)))

    separator = chance.choice(["-", " ", ".", "/", ""])
    host = f"{word()}.{word()}.{chance.choice(['com', 'org', 'de'])}"
    year, month, day = chance.randint(1900, 2040), chance.randint(1, 12), chance.randint(1, 31)
    value = chance.choice(
        [
            f"{digits(1, 6)}{chance.choice('.,')}{digits(2, 2)}", digits(5, 16), digits(8, 12),
            f"{word()} {word()} {word()} {digits(1, 5)}".title(), f"{word()} {word()} {word()}",
            f"{capitals(2, 4)}-{digits(3, 8)}-{capitals(1, 3)}", f"{capitals(1, 3)}{digits(3, 10)}",
            f"{year}-{month:02}-{day:02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00",
            chance.choice([f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}"]),
            separator.join(digits(4, 4) for _ in range(4)), separator.join((digits(3, 3), digits(2, 2), digits(4, 4))),
            f"{capitals(2, 2)}{digits(2, 2)}{separator if separator == ' ' else ''}{digits(11, 24)}",
            f"+{digits(2, 2)} {digits(1, 4)} {digits(3, 8)}", f"0{digits(2, 4)} {digits(3, 5)} {digits(2, 4)}",
            f"({digits(3, 3)}) {digits(3, 3)}-{digits(4, 4)}", f"+{digits(10, 13)}",
            f"{word()}{chance.choice('._-')}{word()}{digits(0, 4)}@{host}",
        ]
    )  # fmt: skip
    if chance.random() < 1 / 2:
        return value
    return f"{chance.choice([word(), capitals(2, 4)])} {value}{chance.choice('.,;)')} {word()} {word()}"


def main() -> int:
    """Compile, read, write."""
    scanner = Scanner(BUILT_IN, VALIDATORS, stored=None)
    these = compiled(scanner.sources)
    for at in range(0, len(every := texts()), 500):
        these.finder.find(these.finder.read("\n".join(every[at : at + 500])))
    store(these, scanner.sources, (digest(BUILT_IN), of_types(BUILT_IN).kept()), BESIDE)
    size = BESIDE.stat().st_size
    print(f"shapes: {len(scanner.sources)} patterns, {len(these.automaton.rows)} states, {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
