"""`make check`: format, lint, types, layers, file sizes and documents; every check runs, then one line sums them up."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Check:
    """One command that must exit with 0."""

    name: str
    command: Sequence[str]


CHECKS = (
    Check("types", [str(BIN / "mypy")]),  # the longest first
    Check("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Check("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    Check("layers", [str(BIN / "lint-imports"), "--no-cache"]),
    Check("sizes", [sys.executable, "tools/check_sizes.py"]),
    Check("docs", [sys.executable, "tools/check_docs.py"]),
)


def run(check: Check) -> tuple[bool, str]:
    """Whether it passed, and what to print."""
    start = time.monotonic()
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    passed = done.returncode == 0
    line = f"check: {check.name:8} {'ok' if passed else 'FAILED'} ({time.monotonic() - start:.1f} s)"
    return passed, line if passed else f"{done.stdout.rstrip()}\n{line}"


def main() -> int:
    """Run the checks, two at a time, and report in their order."""
    start = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = []
        for passed, text in pool.map(run, CHECKS):
            print(text, flush=True)
            results.append(passed)
    failed = [check.name for check, passed in zip(CHECKS, results, strict=True) if not passed]
    seconds = time.monotonic() - start
    if failed:
        print(f"check: failed: {', '.join(failed)} ({seconds:.0f} s)")
        return 1
    print(f"check: {len(CHECKS)} checks passed ({seconds:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
