"""Look for the text that the detector reads slowest: hostile.py [--seconds N] [--seed N] [--size N] [--pure].

Every example, labelled example and label of every built-in type is repeated to ``--size`` characters, alone and in
pairs, parted by blanks, commas, line breaks, tabs or nothing; what is slowest is varied: cut, or joined to others.
Prints the slowest texts with seconds of processor time a megabyte; a text counts with the better of two readings.
``--pure``: without native code.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator

_PARTS = ("", " ", ", ", "\n", "\t", "; ", ". ", "/", "-", ": ", "\n\n", "  ")
_ODD = (
    "Street 5, ", "12 Main Street, ", "N 1 ", "ID 1 ", "sk-", "4111 1111 1111 1111 ", "a:", "DE89 3704 ", "00:",
    "age 5 ", "born 1.1.80 ", "GB 1 ", "www.a.de ", "a@", "a.b@c.de ", "10.0.0.1,", "+49 30 901820 ", "Anna Kern ",
    "Mr A ", "(0", "A\tB\n1\t2\n", "Am Alten Hof 5, ", "eyJ", "key=", "://", "\u00a0", "é ", "д 1 ", "_", "'",
)  # fmt: skip
_SHOWN = 20
_BEST = 40
_LONGEST = 200


def main() -> None:
    """Search and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--pure", action="store_true")
    options = parser.parse_args()
    if options.pure and os.environ.get("PRATIQUE_NATIVE") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PRATIQUE_NATIVE": "0"})  # noqa: S606
    search = Search(options.size, random.Random(options.seed))  # noqa: S311 - tries, not secrets
    search.run(options.seconds)
    for cost, part in sorted(((cost, part) for part, cost in search.costs.items()), reverse=True)[:_SHOWN]:
        print(f"{cost:7.2f} s/MB  {part!r}")
    print(f"{len(search.costs)} texts")


class Search:
    """What was read so far, and how long it took."""

    def __init__(self, size: int, rng: random.Random) -> None:
        """Texts of ``size`` characters."""
        from pratique.detect import Detector  # noqa: PLC0415 - after the environment was set
        from pratique.detect.entities import BUILT_IN  # noqa: PLC0415 - as above

        self._detector = Detector(model=None)
        self._size, self._rng = size, rng
        self._pieces = sorted(
            {value for t in BUILT_IN for value in (*t.examples, *t.with_context, *t.not_examples)}
            | {word for t in BUILT_IN for words in t.context.values() for word in words}
        )
        self.costs: dict[str, float] = {}
        """By repeated part: seconds a megabyte."""

    def run(self, seconds: float) -> None:
        """Read until the time is over: first what is known to be odd, then what may be."""
        until = time.monotonic() + seconds
        for part in self._parts():
            if time.monotonic() > until:
                return
            if part and part not in self.costs:
                self.costs[part] = self._cost(part)

    def _parts(self) -> Iterator[str]:
        yield from _ODD
        turns = self._rng.sample(self._pieces, len(self._pieces))
        while True:
            for piece in turns[:200]:
                yield piece + self._rng.choice(_PARTS[1:])
                yield piece + self._rng.choice(_PARTS) + self._rng.choice(self._pieces) + self._rng.choice(_PARTS)
                yield self._varied()
            turns = self._rng.sample(self._pieces, len(self._pieces))

    def _varied(self) -> str:
        """One of the slowest, cut, doubled, or with something else in it."""
        best = sorted(self.costs, key=self.costs.__getitem__)[-_BEST:]
        part, other = self._rng.choice(best), self._rng.choice([*best, *self._pieces])
        at = self._rng.randrange(len(part) + 1)
        ways = (part[:at], part[at:], part[:at] + self._rng.choice(_PARTS) + part[at:], part + other, part[:at] + other)
        return self._rng.choice(ways)[:_LONGEST]

    def _cost(self, part: str) -> float:
        text = (part * (self._size // len(part) + 1))[: self._size]
        self._detector.find_many([text[:500]])  # what is made once is no part of it
        return min(self._read(text), self._read(text)) / len(text) * 1e6

    def _read(self, text: str) -> float:
        start = time.process_time()
        self._detector.find_many([text])
        return time.process_time() - start


if __name__ == "__main__":
    main()
