"""What must not be found: everyday values by the thousand, and what no input may do."""

# ruff: noqa: E501, SIM905 - lists of forms, one a line

import random
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector
from tests.effort import effort

DETECTOR = Detector(model=None)
COUNT = 10_000
DIGITS, LOWER = "0123456789", "abcdefghijklmnopqrstuvwxyz"
UPPER = LOWER.upper()
WORDS = (
    "lamp kettle blue order ready small river paper green stone market window coffee garden winter summer bread table "
    "silver yellow bottle engine basket pocket button carpet candle copper cotton danger desert dinner fabric flower "
    "frozen gentle hammer island jacket ladder letter lumber magnet mirror needle orange oxygen pencil pillow planet "
    "quartz ribbon saddle shadow signal socket spring square stream string sunset switch ticket timber tunnel velvet"
).split()


def harmless(seed: int, count: int) -> list[str]:
    """Random short words, prices, quantities, versions, codes of a shop and timestamps, in equal shares."""
    rng = random.Random(seed)

    def digits(least: int, most: int) -> str:
        return "".join(rng.choices("0123456789", k=rng.randint(least, most)))

    def letters(least: int, most: int) -> str:
        return "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=rng.randint(least, most)))

    kinds = [
        lambda: rng.choice([" ".join(rng.choices(WORDS, k=rng.randint(1, 3))), letters(2, 7).lower(), letters(2, 5)]),
        lambda: f"{rng.choice(['', '€', '$', '£', '-', 'EUR '])}{rng.randrange(100_000)}{rng.choice(['.', ','])}{digits(2, 2)}",
        lambda: f"{rng.randrange(10_000)}{rng.choice([' ', ''])}{rng.choice(['kg', 'pcs', 'x', 'ml', '%', 'km', 'h', 'MB', ''])}",
        lambda: f"{rng.choice(['', 'v', 'V'])}{rng.randrange(30)}.{rng.randrange(50)}{rng.choice(['', f'.{rng.randrange(999)}', '-rc1', f'.0.{digits(4, 5)}'])}",
        lambda: rng.choice([
            f"{letters(2, 4)}-{digits(3, 7)}", f"{letters(1, 3)}{digits(2, 6)}", f"{letters(3, 3)}-{digits(4, 5)}-{letters(1, 3)}",
            f"SKU{digits(5, 9)}", f"{digits(3, 5)}-{digits(2, 4)}", f"{letters(2, 2)}/{digits(4, 6)}/{digits(1, 3)}",
        ]),
        lambda: rng.choice([
            str(rng.randrange(10**9, 2 * 10**9)), str(rng.randrange(10**12, 2 * 10**12)),
            f"{rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}",
            f"T+{rng.randrange(10**5)}ms", f"{rng.randrange(24):02d}:{rng.randrange(60):02d}",
        ]),
    ]  # fmt: skip
    return [kinds[at % len(kinds)]() for at in range(count)]


def office(seed: int, count: int) -> list[str]:
    """What else stands in fields: part numbers, builds, amounts of every notation, times with zones, hashes, moves of
    chess, ISBNs, sizes, ratios, decimals, ranges, boxes, folders, in equal shares.
    """
    rng = random.Random(seed)

    def some(alphabet: str, least: int, most: int) -> str:
        return "".join(rng.choices(alphabet, k=rng.randint(least, most)))

    def amount() -> str:
        whole, cents = rng.randrange(10, 10**7), rng.randrange(100)
        return rng.choice([
            f"{whole:,}.{cents:02d} USD", f"{whole:,}".replace(",", ".") + f",{cents:02d} €", f"{whole:,}".replace(",", " ") + f",{cents:02d} Kč",
            f"{whole:,}".replace(",", "'") + f".{cents:02d} CHF", f"€ {whole}", f"{whole} SEK", f"-{whole / 100:.2f}", f"{cents} %",
        ])  # fmt: skip

    def moment() -> str:
        day = f"20{rng.randrange(10, 27)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        time = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"
        return rng.choice(
            [
                f"{time}+02:00",
                f"{time}.{rng.randrange(1000):03d}Z",
                time,
                str(rng.randrange(1_400_000_000, 1_900_000_000)),
                f"{day}T{time}Z",
                f"{day} {time}",
                day.replace("-", "") + "T" + time.replace(":", ""),
                f"W{rng.randrange(1, 53):02d}-{rng.randrange(1, 8)}",
            ]
        )

    def isbn() -> str:
        body = "978" + some(DIGITS, 9, 9)
        check = -sum(int(d) * (1, 3)[at % 2] for at, d in enumerate(body)) % 10
        return f"{body[:3]}-{body[3]}-{body[4:7]}-{body[7:]}-{check}"

    def move() -> str:
        return f"{rng.randrange(1, 60)}. {rng.choice(['', 'N', 'B', 'R', 'Q', 'K'])}{rng.choice('abcdefgh')}{rng.randrange(1, 9)} {rng.choice(['', 'N', 'B'])}{rng.choice('abcdefgh')}{rng.randrange(1, 9)}{rng.choice(['', '+', '#'])}"

    kinds = [
        lambda: f"{some(UPPER, 3, 3)}-{some(DIGITS, 5, 5)}",
        lambda: f"v{rng.randrange(9)}.{rng.randrange(30)}.{rng.randrange(30)}{rng.choice(['', '-rc4', '-beta.2', '+build.77', '.post1', f'.{rng.randrange(100)}'])}",
        amount, moment, isbn, move,
        lambda: some("0123456789abcdef", *rng.choice([(7, 8), (12, 12), (40, 40), (64, 64)])),
        lambda: f"{rng.choice(['PO', 'SO', 'INV', 'RMA', 'BOX', 'LOT'])}{rng.choice(['', '-', ' ', '/'])}{some(DIGITS, 4, 8)}",
        lambda: f"{some(UPPER, 1, 2)}{some(DIGITS, 2, 4)}{some(UPPER, 1, 2)}{rng.choice(['', '/', '-'])}{some(DIGITS, 1, 3)}",
        lambda: f"{rng.random() * rng.choice([1, 100, 10_000]):.{rng.randrange(1, 7)}f}",
        lambda: f"{rng.randrange(4000)}x{rng.randrange(4000)}{rng.choice(['', ' px', 'x3 mm'])}",
        lambda: f"{rng.randrange(100)}-{rng.randrange(100, 999)} {rng.choice(['g', 'pcs', 'cm', 'pages'])}",
        lambda: f"{some(LOWER, 2, 8)}_{some(LOWER, 2, 8)}.{rng.choice(['csv', 'pdf', 'txt', 'py'])}",
        lambda: f"{rng.choice(['Shelf', 'Row', 'Room', 'Bay', 'Dock'])} {some(UPPER, 1, 1)}{rng.randrange(100)}",
    ]  # fmt: skip
    return [kinds[at % len(kinds)]() for at in range(count)]


@pytest.mark.parametrize(("make", "seed"), [(harmless, 7), (harmless, 20261), (office, 11), (office, 4096)])
def test_everyday_values_are_hardly_ever_taken_for_personal_data(
    make: Callable[[int, int], list[str]], seed: int
) -> None:
    texts = make(seed, COUNT)
    found = DETECTOR.find_many(texts)
    best = [max((f.score for f in its), default=0.0) for its in found]
    sure = [(text, f.entity) for text, its in zip(texts, found, strict=True) for f in its if f.score >= 0.8]
    half = Counter(f.entity for its in found for f in its if f.score >= 0.5)
    assert not sure
    assert sum(score >= 0.5 for score in best) <= 0.005 * COUNT, half


MAIL = "anna.kern@example.org"


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d\u200c", "\u202e"])
def test_what_nobody_sees_hides_nothing(unseen: str) -> None:
    for at in range(1, len(MAIL)):
        text = f"to {MAIL[:at]}{unseen}{MAIL[at:]} now"
        found = [f for f in DETECTOR.find(text) if f.entity == "EMAIL_ADDRESS"]
        assert [(f.start, f.end) for f in found] == [(3, 3 + len(MAIL) + len(unseen))]


@pytest.mark.parametrize(
    "plane",
    ["é", "Ж", "ש", "ع", "e\u0301", "\u0f40", "中", "\U00010400", "\U0001f600", "\U000e0041", "\U0010fffd", "\x00"],
)
def test_offsets_are_exact_beside_every_plane(plane: str) -> None:
    text = f"{plane * 3} {MAIL} {plane} 4111 1111 1111 1111 {plane}"
    found = {text[f.start : f.end] for f in DETECTOR.find(text)}
    assert {MAIL, "4111 1111 1111 1111"} <= found


@pytest.mark.fuzz
@settings(max_examples=effort(60), deadline=None, database=None)
@given(st.binary(max_size=600), st.sampled_from(["latin-1", "utf-8", "utf-16-le"]))
def test_fuzzed_bytes_give_sound_findings(data: bytes, encoding: str) -> None:
    text = data.decode(encoding, "surrogatepass" if encoding == "utf-16-le" and len(data) % 2 == 0 else "replace")
    end = 0
    for found in DETECTOR.find(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


def odd_characters() -> list[str]:
    """One or two of every block of 256 characters, unassigned ones too; no surrogates."""
    rng = random.Random(2)
    codes = [rng.randrange(block, block + 256) for block in range(0, sys.maxunicode, 256) for _ in range(2)]
    return [chr(code) for code in codes if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize("unit", ["a", "1", "1 ", "A ", "a.", "@", "é", "+1", "12-", ":", "(", "1.", "a@", "http://"])
def test_long_texts_of_little_are_read_in_linear_time(unit: str) -> None:
    """No timing is asserted; a text that took quadratic time would not come to an end."""
    for found in DETECTOR.find(text := unit * (400_000 // len(unit))):
        assert 0 <= found.start < found.end <= len(text)


def test_every_plane_at_once() -> None:
    text = "".join(odd_characters()) * 10
    for found in DETECTOR.find(f"{text} {MAIL} {text}"):
        assert 0 <= found.start < found.end <= 2 * len(text) + len(MAIL) + 2
