"""The command line of the benchmarks."""

import argparse
import sys
from collections.abc import Sequence

from benchmarks import accuracy, calibration, deidentify, model, scan, streams
from benchmarks.frame import ROUNDS, Benchmark, BenchmarkError, Options

BENCHMARKS: dict[str, Benchmark] = {
    "accuracy": accuracy.run, "calibration": calibration.run, "deidentify": deidentify.run, "model": model.run,
    "scan": scan.run, "streams": streams.run,
}  # fmt: skip
MEASURES: dict[str, Sequence[str]] = {
    "accuracy": accuracy.MEASURES, "calibration": calibration.MEASURES, "deidentify": deidentify.MEASURES,
    "model": model.MEASURES, "scan": scan.MEASURES,
    "streams": streams.MEASURES,
}  # fmt: skip
QUICK_SCALE = 0.005


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark and print its measures as they come; 1 where one could not be taken or was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHMARKS))
    parser.add_argument("measure", nargs="*", help="only these; all, unless named")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--quick", action="store_true", help="small and once: whether the benchmark works, no figures")
    parser.add_argument("--scale", type=float, default=None, help="share of the records that published figures use")
    parser.add_argument("--rounds", type=int, default=None, help="best of how many")
    chosen = parser.parse_intermixed_args(arguments)
    known = MEASURES[chosen.name]
    if unknown := [name for name in chosen.measure if name not in known]:
        parser.error(f"{chosen.name} has no measure {unknown[0]}; it has {', '.join(known)}")
    scale, rounds = (QUICK_SCALE, 1) if chosen.quick else (1.0, ROUNDS)
    options = Options(
        frozenset(chosen.measure),
        scale if chosen.scale is None else chosen.scale,
        rounds if chosen.rounds is None else chosen.rounds,
    )
    try:
        for measure in BENCHMARKS[chosen.name](options):
            print(measure.json() if chosen.json else measure.line(), flush=True)
    except BenchmarkError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
