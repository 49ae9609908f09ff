"""Planting: made-up data in which every value is unlike every other, and what must become of each.

Three kinds. *Treated* values stand in fields that a plan treats, in free text, in keys of maps, in names of files
and fields, and in whatever a run must hold back: they must turn up nowhere. *Kept* ones stand in fields that pass:
they must turn up in their own field of their own record of the release, whole, and nowhere else. *Guarded* ones are
valid identifiers in such a field: their records must be in quarantine, so that they too turn up nowhere.

What is expected is worked out here, from what was planted; the program under test is never asked.
"""

import csv
import gzip
import io
import json
import random
import string
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

CONSONANTS = "bcdfghjklmnpqrstvwxz"
"""Of these letters no list of names, places or words has twelve in a row."""
JOINED = "2019-05-05T05:05:05"
"""The one date that every record has: shifted by person, it must come out as many."""


class Kind(StrEnum):
    """Where a planted value may turn up."""

    TREATED = "treated"
    """Nowhere."""
    KEPT = "kept"
    """In its own field of its own record of the release."""
    GUARDED = "guarded"
    """Nowhere: its record is held back."""
    SECRET = "secret"  # noqa: S105 (the name of a kind)
    """A key or a passphrase: in its own file, and nowhere else."""
    NAMED = "named"
    """The name of an input: in the state of the exporter's region, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Canary:
    """One planted value."""

    kind: Kind
    text: str
    """As it was planted."""
    spellings: tuple[str, ...]
    """Other ways to write the same thing."""


@dataclass(slots=True)
class Planted:
    """All that was planted, and what must become of it."""

    canaries: list[Canary] = field(default_factory=list)
    kept: dict[tuple[str, int, str], list[str]] = field(default_factory=dict)
    """Flow, record and field to the kept values that stand there."""
    released: dict[str, list[int]] = field(default_factory=dict)
    """Flow to the numbers of the records that must come out, in their order."""
    held: dict[str, Counter[str]] = field(default_factory=dict)
    """Flow to how many records each rule must hold back."""
    raws: dict[tuple[str, str], dict[int, str]] = field(default_factory=dict)
    """Flow and treated field to the value of each record that must come out."""

    allowed: str = ""
    """The value that the project file says is never a finding."""
    until_gate: set[str] = field(default_factory=set)
    """Treated values that only the gate can find: a staged file holds them until it has."""

    def texts(self, first: int = 0) -> list[tuple[str, ...]]:
        """What is sought, in the order of `canaries`, from the ``first`` on."""
        return [(canary.text, *canary.spellings) for canary in self.canaries[first:]]

    def count(self, kind: Kind) -> int:
        """How many of a kind."""
        return sum(canary.kind is kind for canary in self.canaries)


class Planter:
    """Makes values, each once, and writes down what must become of them."""

    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)  # noqa: S311 (made-up data, not secrets)
        self.planted = Planted()
        self._used: set[str] = set()

    def add(self, kind: Kind, text: str, *spellings: str) -> str:
        """Plant a value."""
        self.planted.canaries.append(Canary(kind, text, spellings))
        return text

    def word(self, kind: Kind) -> str:
        """Letters that mean nothing."""
        return self.add(kind, self.letters(14))

    def email(self, kind: Kind = Kind.TREATED) -> str:
        """An address. All are padded to one length by a token, and have many lengths themselves."""
        box = self.letters(self.choose.randint(16, 22))
        return self.add(kind, f"{box}@{self.letters(8)}.example.org", box)

    def name(self, kind: Kind = Kind.TREATED) -> str:
        """Two capitalised words."""
        first, last = self.letters(9).capitalize(), self.letters(9).capitalize()
        return self.add(kind, f"{first} {last}", f"{last}, {first}")

    def user(self) -> str:
        """Of the project's own type."""
        digits = self._fresh(lambda: f"{self.choose.randrange(10**13, 10**14)}")
        return self.add(Kind.TREATED, f"user-{digits}", digits)

    def card(self, kind: Kind = Kind.TREATED) -> str:
        """A number with its Luhn digit, in groups or not."""
        body = self._fresh(lambda: f"4{self.choose.randrange(10**14):014d}")
        total = 0
        for place, digit in enumerate(reversed(body)):
            double = int(digit) * (2 - place % 2)
            total += double // 10 + double % 10
        digits = f"{body}{-total % 10}"
        grouped = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
        return self.add(kind, self.choose.choice((digits, grouped)), digits, f"{float(digits)!r}000000000000")

    def iban(self, kind: Kind = Kind.TREATED) -> str:
        """A German one with its check digits."""
        account = self._fresh(lambda: f"{self.choose.randrange(10**18):018d}")
        check = 98 - int(f"{account}131400") % 97
        return self.add(kind, f"DE{check:02d}{account}", account)

    def phone(self, kind: Kind = Kind.TREATED) -> str:
        """Of Berlin."""
        number = self._fresh(lambda: f"{self.choose.randrange(20_000_000, 99_999_999)}")
        return self.add(kind, f"+49 30 {number}", f"004930{number}")

    def moment(self) -> str:
        """A birthday to the microsecond; also sought as a number since 1970."""
        found = datetime(1950, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.choose.randrange(1_500_000_000_000_000))
        since = int((found - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)
        text = found.replace(tzinfo=None).isoformat(timespec="microseconds")
        spellings = [found.strftime("%d.%m.%Y %H:%M:%S.%f")]
        return self.add(Kind.TREATED, text, *spellings, *([str(abs(since))] if len(str(abs(since))) > 13 else []))

    def keep(self, flow: str, record: int, path: str, text: str) -> None:
        """Say where a kept value stands."""
        self.planted.kept.setdefault((flow, record, path), []).append(text)

    def letters(self, length: int) -> str:
        """Some that were never used."""
        return self._fresh(lambda: "".join(self.choose.choices(CONSONANTS, k=length)))

    def _fresh(self, make: Callable[[], str]) -> str:
        while (text := make()) in self._used:
            pass
        self._used.add(text)
        return text


@dataclass(slots=True)
class Row:
    """One record to be: its number, its fields, and the rule that must hold it back (empty: it must come out)."""

    number: int
    record: dict[str, Any]
    rule: str = ""
    line: bytes | None = None
    """In place of the record, where it must not be one."""


def settle(planter: Planter, flow: str, rows: list[Row], treated: tuple[str, ...]) -> None:
    """Write down what must become of rows."""
    planted = planter.planted
    planted.released.setdefault(flow, []).extend(row.number for row in rows if not row.rule)
    planted.held.setdefault(flow, Counter()).update(row.rule for row in rows if row.rule)
    for row in rows:
        if not row.rule:
            for name in treated:
                planted.raws.setdefault((flow, name), {})[row.number] = row.record[name]


def lines(rows: list[Row]) -> bytes:
    """Rows as JSON Lines."""
    return b"".join((json.dumps(row.record).encode() if row.line is None else row.line) + b"\n" for row in rows)


def zipped(data: bytes, name: str) -> bytes:
    """A gzip with a name inside."""
    found = io.BytesIO()
    with gzip.GzipFile(name, "wb", 6, found, mtime=0) as stream:
        stream.write(data)
    return found.getvalue()


def table(header: list[str], rows: list[Row]) -> bytes:
    """Rows as CSV."""
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        if row.line is None:
            writer.writerow([row.record[name] for name in header])
        else:
            found.write(row.line.decode() + "\n")
    return found.getvalue().encode()


def put(path: Path, data: bytes) -> None:
    """Write an input."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def hyphenated(planter: Planter, name: str) -> str:
    """The name of an input, with a value in it."""
    return f"{name}-{planter.word(Kind.NAMED)}"


assert not set(CONSONANTS) & set("aeiouy" + string.digits)
