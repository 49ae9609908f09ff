"""The input of ``deidentify``: purchases in JSON Lines, six short fields, seeded, written as a stream.

Viewers follow Zipf's law (exponent 1) over 100,000 subjects, and each has one card; or, in the *distinct* kind, every
record has a viewer and a card of its own. The bytes are canonical: what orjson writes for what it read is the same
line, so a treated and restored file can be held against this one byte by byte. No title holds a name.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.frame import CACHE, note

VERSION = 1
SUBJECTS = 100_000
CHUNK = 200_000
SEED = 20260723
FIELDS = ("user_id", "card_number", "tv_show", "date", "price", "duration")
KEYED = ("user_id", "card_number")
SHOWS = (
    "Night Ferry", "The Long Tide", "Harbour Lights", "Small Hours", "North of Nowhere", "Glass Mountain",
    "Paper Boats", "The Last Orchard", "Signal Lost", "Winter Kitchen", "Under the Bridge", "Second Shift",
    "Salt and Stone", "The Quiet Floor", "Border Radio", "Blue Notebook", "Low Water", "The Glass Ceiling Show",
    "Cold Platform", "Open Window", "Midnight Bakery", "Dust Road", "The Observatory", "Seven Lakes",
)  # fmt: skip

Ints = npt.NDArray[np.int64]


def events(records: int, *, distinct: bool = False) -> Path:
    """The file with that many records; made where it is not there yet (at about a million records a second)."""
    kind = "distinct" if distinct else "zipf"
    path = CACHE / f"deidentify-v{VERSION}-{kind}-{records}.jsonl"
    if path.exists():
        return path
    note(f"writing {path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    random = np.random.default_rng([SEED, records, distinct])
    weights = 1 / np.arange(1, SUBJECTS + 1)
    bounds = np.cumsum(weights / weights.sum())
    # A viewer's rank says nothing of the number in the id.
    numbers = random.permutation(SUBJECTS)
    with unfinished.open("wb") as out:
        for start in range(0, records, CHUNK):
            count = min(CHUNK, records - start)
            if distinct:
                subjects = np.arange(start, start + count, dtype=np.int64)
            else:
                ranks = np.minimum(np.searchsorted(bounds, random.random(count)), SUBJECTS - 1)
                subjects = numbers[ranks].astype(np.int64)
            out.write(_lines(subjects, random))
    unfinished.rename(path)
    return path


def _lines(subjects: Ints, random: np.random.Generator) -> memoryview:
    """The records of some subjects as JSON Lines."""
    count = len(subjects)
    users = _padded(subjects, 8)
    cards = _padded(_cards(subjects), 15)
    shows = pa.array(SHOWS).take(pa.array(random.integers(0, len(SHOWS), count)))
    day = np.datetime64("2024-01-01") + random.integers(0, 900, count)
    dates = pc.strftime(pa.array(day), format="%d-%m-%Y")
    price = _numbers(random.integers(99, 4999, count) / 100)
    duration = _numbers(random.integers(1, 180, count))
    line = pc.binary_join_element_wise(
        '{"user_id":"user-', users, '","card_number":"', cards, '","tv_show":"', shows, '","date":"', dates,
        '","price":', price, ',"duration":', duration, "}\n",
        "",
    )  # fmt: skip
    offsets = np.frombuffer(line.buffers()[1], np.int32)
    return memoryview(line.buffers()[2])[: int(offsets[count])]


def _padded(numbers: Ints, width: int) -> pa.Array:
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, padding="0")


def _numbers(values: npt.NDArray[np.int64] | npt.NDArray[np.float64]) -> pa.Array:
    """Numbers as orjson writes them: formatted once for each distinct one."""
    distinct, places = np.unique(values, return_inverse=True)
    texts = [orjson.dumps(value).decode() for value in distinct.tolist()]
    return pa.array(texts).take(pa.array(places))


def _cards(subjects: Ints) -> Ints:
    """A 15-digit card number per subject with its Luhn digit: 37, eleven digits that go by the subject, and a 5."""
    body = 37_000_000_000_005 + subjects * 10 * 7919 % 10**12
    total = np.zeros(len(subjects), np.int64)
    rest = body.copy()
    for place in range(14):
        digit = rest % 10
        rest //= 10
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled // 10 + doubled % 10
    return body * 10 + (-total) % 10
