"""What every benchmark shares: measures, pinned children, interleaving, and the peak memory of a process tree."""

import contextlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "bench"
ROUNDS = 5


class BenchmarkError(Exception):
    """A benchmark cannot give a figure: something failed, or a result was wrong."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure beside its peer's."""

    measure: str
    value: float
    unit: str
    peer: str
    """What it is compared with."""
    peer_value: float
    """In the same unit."""

    @property
    def ratio(self) -> float:
        """``value / peer_value``."""
        return self.value / self.peer_value

    def json(self) -> str:
        """One JSON object on one line."""
        data = asdict(self)
        rounded = {key: float(f"{data[key]:.6g}") for key in ("value", "peer_value")}
        return json.dumps({**data, **rounded, "ratio": float(f"{self.ratio:.4g}")})

    def line(self) -> str:
        """For people."""
        return (
            f"{self.measure}: {self.value:,.6g} {self.unit}; {self.peer}: {self.peer_value:,.6g}; "
            f"ratio {self.ratio:.4g}"
        )


Benchmark = Callable[["Options"], Iterator[Measure]]
"""Gives its measures one by one, each as soon as it has it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How big and how often; the defaults are those that published figures use."""

    measures: frozenset[str]
    """Names of measures; empty: all."""
    scale: float = 1.0
    """Of the number of records."""
    rounds: int = ROUNDS

    def wants(self, measure: str) -> bool:
        """Whether this measure was asked for."""
        return not self.measures or measure in self.measures

    def records(self, full: int) -> int:
        """The number of records at this scale; never so few that nothing is measured."""
        return max(1000, round(full * self.scale))


def note(text: str) -> None:
    """What goes on, on stderr: stdout holds figures only."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def child(
    command: Sequence[str | Path],
    *,
    cores: Sequence[int] | None = None,
    watch: Callable[[int], None] | None = None,
    directory: Path = ROOT,
) -> dict[str, Any]:
    """Run a command to its end and give the JSON object on its last line of output.

    To it are added ``process_seconds``, the life of the process from before its start to its end, and ``cpu_seconds``,
    what it and its children spent in user and system mode. ``cores`` pins it and its children (Linux); ``watch`` is
    called with its process id again and again while it lives. Raises `BenchmarkError` with the end of its error output
    where it fails.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_NUM_THREADS": "1",
    }
    spent, start = _cpu_of_children(), time.perf_counter()
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if cores is None else lambda: os.sched_setaffinity(0, set(cores)),  # noqa: PLW1509
    ) as process:
        if watch is not None:
            while process.poll() is None:
                watch(process.pid)
                time.sleep(0.02)
        output, errors = process.communicate()
    seconds, spent = time.perf_counter() - start, _cpu_of_children() - spent
    if process.returncode:
        raise BenchmarkError(f"{Path(command[0]).name} ended with {process.returncode}: {errors.strip()[-2000:]}")
    try:
        result = dict(json.loads(output.strip().splitlines()[-1]))
    except (IndexError, ValueError) as error:
        raise BenchmarkError(f"no figure came out: {output[-500:]!r}") from error
    return {**result, "process_seconds": seconds, "cpu_seconds": spent}


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def interleaved(
    runs: Mapping[str, Callable[[], dict[str, Any]]], rounds: int, key: str = "seconds"
) -> dict[str, dict[str, Any]]:
    """The best of ``rounds`` for each contender, run by turns, so that a slow minute of the machine hits all."""
    best: dict[str, dict[str, Any]] = {}
    for number in range(rounds):
        for name, run in runs.items():
            result = run()
            note(f"round {number + 1}/{rounds}: {name}: {result[key]:.3f} s{_beside(result)}")
            if name not in best or result[key] < best[name][key]:
                best[name] = result
    return best


def _beside(result: Mapping[str, Any]) -> str:
    """What tells a slow program from a busy machine."""
    if "process_seconds" not in result:
        return ""
    return f" (process {result['process_seconds']:.3f} s, processor time {result['cpu_seconds']:.3f} s)"


class PeakMemory:
    """The peak resident memory of a process and all its descendants, in bytes (Linux).

    Adds up each process's own high-water mark, as the kernel keeps it. The sum is at least the true peak of the tree,
    since not all need be at their highest at once; no sampling can miss it but for a process that lives less than the
    interval. Memory that processes share is counted once for each.
    """

    def __init__(self) -> None:
        self._highest: dict[int, int] = {}

    def __call__(self, pid: int) -> None:
        """Look at the tree below ``pid`` now."""
        for one in _tree(pid):
            with contextlib.suppress(OSError, StopIteration):
                status = Path(f"/proc/{one}/status").read_text(encoding="ascii", errors="replace")
                line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
                self._highest[one] = max(self._highest.get(one, 0), int(line.split()[1]) * 1024)

    @property
    def bytes(self) -> int:
        """What was seen."""
        return sum(self._highest.values())


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for name in (task / "children").read_text(encoding="ascii").split():
                yield from _tree(int(name))


def python() -> str:
    """The interpreter that benchmarks, and so Pratique, run under."""
    return sys.executable


def cores() -> list[int]:
    """The cores that this process may use."""
    return sorted(os.sched_getaffinity(0))
