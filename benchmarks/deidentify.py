"""``deidentify``: the whole way from JSON Lines to a signed release, against peers.

Six short fields a record, two of them tokens; scan and decisions are made before the clock starts; the guard, the gate,
publishing and the signature are inside it. Every run starts from a project that has released nothing, in a process of
its own; the clock runs from opening the project, after Python has started and imported, to the signed release on disk.
Of the bare loop only the loop is timed. Contenders take turns and the best of the rounds counts. The release of the
last round is verified, reversed and compared with the input, byte by byte.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import tables
from benchmarks.events import events
from benchmarks.frame import (
    CACHE,
    ROOT,
    BenchmarkError,
    Measure,
    Options,
    PeakMemory,
    child,
    cores,
    interleaved,
    note,
    python,
)
from benchmarks.peers import peer_python
from benchmarks.pratique_project import check_restored, copied, prepared, released_digests, run_pratique

MEASURES = (
    "jsonl_vs_parse_write",
    "jsonl_vs_presidio",
    "jsonl_distinct_vs_parse_write",
    "two_processes",
    "memory_2gb",
    *tables.MEASURES,
)
RECORDS = 2_000_000
MANY_RECORDS = 8_000_000
PRESIDIO_RECORDS = 2_000
LARGE_BYTES = 2_000_000_000
MEMORY_LIMIT_MB = 300.0
HERE = Path(__file__).resolve().parent


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for, in a fixed order."""
    if options.wants("jsonl_vs_parse_write") or options.wants("jsonl_vs_presidio"):
        yield from _zipf(options)
    if options.wants("jsonl_distinct_vs_parse_write"):
        yield _against_parse_write("jsonl_distinct_vs_parse_write", options, distinct=True)
    if options.wants("two_processes"):
        yield _two_processes(options)
    if options.wants("memory_2gb"):
        yield _memory(options)
    yield from tables.run(options)


def _zipf(options: Options) -> Iterator[Measure]:
    measure = _against_parse_write("jsonl_vs_parse_write", options, distinct=False)
    if options.wants("jsonl_vs_parse_write"):
        yield measure
    if options.wants("jsonl_vs_presidio"):
        yield _against_presidio(options, measure.value)


def _one_run(
    project: Path, records: int, workers: int = 1, on: Sequence[int] | None = None, watch: PeakMemory | None = None
) -> dict[str, Any]:
    """A run from a fresh copy, whose counts must add up."""
    result = run_pratique(copied(project), workers, cores=None if on is None else list(on), watch=watch)
    if (result["read"], result["written"], result["quarantined"]) != (records, records, 0):
        raise BenchmarkError(f"of {records} records not all came out: {result}")
    return result


def _reversed(project: Path, source: Path, records: int) -> None:
    note("reversing the release and comparing it with the input")
    check_restored(project.with_name(project.name + "-run"), source, records)


def _parse_write(source: Path, on: Sequence[int]) -> dict[str, Any]:
    target = CACHE / "parse-write.jsonl"
    try:
        return child([python(), HERE / "parse_write.py", source, target], cores=on)
    finally:
        target.unlink(missing_ok=True)


def _against_parse_write(name: str, options: Options, *, distinct: bool) -> Measure:
    records = options.records(RECORDS)
    source, one_core = events(records, distinct=distinct), cores()[:1]
    project = prepared(source)
    best = interleaved(
        {
            "parse and write": partial(_parse_write, source, one_core),
            "pratique": partial(_one_run, project, records, on=one_core),
        },
        options.rounds,
    )
    _reversed(project, source, records)
    ours, bare = best["pratique"]["seconds"], best["parse and write"]["seconds"]
    return Measure(name, records / ours, "records/s", "orjson parse and write", records / bare)


def _against_presidio(options: Options, ours: float) -> Measure:
    """Presidio treats the first records of the same file; its speed does not depend on how many there are."""
    source, one_core = events(options.records(RECORDS)), cores()[:1]
    wanted = min(options.records(RECORDS), PRESIDIO_RECORDS)
    command: list[str | Path] = [peer_python("presidio"), HERE / "presidio_peer.py", source, str(wanted)]
    best = interleaved({"presidio": partial(child, command, cores=one_core, directory=ROOT)}, options.rounds)
    theirs = best["presidio"]["records"] / best["presidio"]["seconds"]
    return Measure("jsonl_vs_presidio", ours, "records/s", "Presidio analyzer and anonymizer", theirs)


def _two_processes(options: Options) -> Measure:
    records = options.records(MANY_RECORDS)
    if len(cores()) < 2:
        raise BenchmarkError("two_processes needs two cores")
    source = events(records)
    project = prepared(source)
    released: set[tuple[tuple[str, str], ...]] = set()

    def contender(workers: int) -> dict[str, Any]:
        result = _one_run(project, records, workers)
        released.add(tuple(sorted(released_digests(project.with_name(project.name + "-run")).items())))
        if len(released) != 1 or not next(iter(released)):
            raise BenchmarkError("two runs over the same input wrote other bytes")
        return result

    best = interleaved({"one process": partial(contender, 1), "two processes": partial(contender, 2)}, options.rounds)
    _reversed(project, source, records)
    one, two = best["one process"]["seconds"], best["two processes"]["seconds"]
    return Measure("two_processes", records / two, "records/s", "one process", records / one)


def _memory(options: Options) -> Measure:
    sample = events(options.records(100_000))
    width = sample.stat().st_size / options.records(100_000)
    records = options.records(int(LARGE_BYTES / width) + 1)
    source = events(records)
    project = prepared(source)
    peak = PeakMemory()
    _one_run(project, records, watch=peak)
    _reversed(project, source, records)
    return Measure("memory_2gb", peak.bytes / 1e6, "MB", "the limit", MEMORY_LIMIT_MB)
