"""The command line of the benchmarks."""

import argparse
import sys

from benchmarks import deidentify
from benchmarks.frame import Benchmark, BenchmarkError, Options

BENCHMARKS: dict[str, Benchmark] = {"deidentify": deidentify.run}


def main() -> int:
    """Run one benchmark and print its measures as they come; 1 where one could not be taken or was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--measure", action="append", default=[], metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the records that published figures use")
    parser.add_argument("--rounds", type=int, default=5, help="best of how many")
    chosen = parser.parse_args()
    options = Options(frozenset(chosen.measure), chosen.scale, chosen.rounds)
    try:
        for measure in BENCHMARKS[chosen.name](options):
            print(measure.json() if chosen.json else measure.line(), flush=True)
    except BenchmarkError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
