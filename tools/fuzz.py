"""`make fuzz`: the suite's own properties, tried for longer, round after round with another seed each.

``python tools/fuzz.py [--seconds 240] [--examples 300] [--seed N] [--only WORDS]``: every test that is marked ``fuzz``
gets at least so many examples a round; rounds go on until the time is up, one at least. A failure ends it, with what
Hypothesis made of it and the command that shows it again. A round that does not end is a failure too: the test that
hangs is named, with the lines at which it stands.
"""

import argparse
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.effort import EXAMPLES  # noqa: E402 (the tree is no package that is installed)

HANG = 120
"""Seconds after which a single test is held to hang: more than any takes for a round of usual size."""


def command(seed: int, only: str) -> list[str]:
    """One round."""
    words = [sys.executable, "-m", "pytest", "-x", "-m", "fuzz", "-p", "no:cacheprovider", "--no-header", "-q"]
    words += ["-o", "addopts=--strict-markers --strict-config --allow-unix-socket"]
    words += [f"--hypothesis-seed={seed}", "-o", f"faulthandler_timeout={HANG}", "-o", "faulthandler_exit_on_timeout=1"]
    return [*words, *(["-k", only] if only else []), "tests"]


def run(seed: int, examples: int, only: str) -> tuple[bool, int, str]:
    """Whether a round passed, how many properties there were, and what it printed."""
    done = subprocess.run(
        command(seed, only),
        cwd=ROOT,
        env={**os.environ, EXAMPLES: str(examples), "PYTHONPATH": str(ROOT / "src"), "HYPOTHESIS_PROFILE": "fuzz"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="backslashreplace",
        check=False,
    )
    tried = re.search(r"\b([0-9]+) passed", done.stdout)
    return done.returncode == 0, int(tried[1]) if tried else 0, done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Rounds until the time is up; 0 if nothing fell out."""
    parser = argparse.ArgumentParser(description="Try the suite's properties for longer.")
    parser.add_argument("--seconds", type=float, default=240, help="stop after the round in which these are over")
    parser.add_argument("--examples", type=int, default=300, help="how many each property gets in a round, at least")
    parser.add_argument("--seed", type=int, default=None, help="of the first round; the next ones count on")
    parser.add_argument("--only", default="", help="only tests whose names fit (pytest's -k)")
    asked = parser.parse_args(arguments)
    first = asked.seed if asked.seed is not None else secrets.randbelow(1 << 32)
    start, seed = time.monotonic(), first
    while True:
        passed, properties, text = run(seed, asked.examples, asked.only)
        seconds = time.monotonic() - start
        if not passed:
            again = f"make fuzz SEED={seed} EXAMPLES={asked.examples} SECONDS=0"
            print(f"{text.rstrip()}\nfuzz: something fell out after {seconds:.0f} s; to see it again: {again}")
            return 1
        seed += 1
        print(f"fuzz: round {seed - first}: {properties} properties, {asked.examples} examples each, seed {seed - 1}")
        if seconds >= asked.seconds:
            break
    rounds = seed - first
    print(f"fuzz: nothing fell out: {rounds} rounds from seed {first}, {rounds * asked.examples:,} examples each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
