"""The model of language on one core: how fast it reads, what it costs to begin with it, and in memory.

Compared with what issue 7 sets: figures of the machine, so ratios are to limits and not to a peer.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.frame import BenchmarkError, Measure, Options, child, cores, interleaved, note, python

MEASURES = ("long_texts", "short_texts", "start", "memory")
LONG_TEXTS, LONG_LIMIT = 600, 50.0
"""Texts of 500 characters; how many a second there must be."""
SHORT_TEXTS, SHORT_LIMIT = 3_000, 300.0
"""Texts of 20 words."""
START_LIMIT_SECONDS = 0.5
MEMORY_LIMIT_MB = 200.0
_READER = Path(__file__).resolve().parent / "model_reader.py"


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for."""
    for name, kind, count, limit in (
        ("long_texts", "long", LONG_TEXTS, LONG_LIMIT),
        ("short_texts", "short", SHORT_TEXTS, SHORT_LIMIT),
    ):
        if options.wants(name):
            best = _best(options, kind, max(20, round(count * options.scale)))
            yield Measure(name, best["texts"] / best["seconds"], "texts/s", "the limit", limit)
    if options.wants("start"):
        seconds = _best(options, "start", 1)["seconds"]
        yield Measure("start", seconds, "s", "the limit", START_LIMIT_SECONDS)
    if options.wants("memory"):
        bare = _reader("nothing", 0)["peak"]
        used = _reader("model", 100)["peak"] - bare
        note(f"with patterns and lists besides: {(_reader('detector', 100)['peak'] - bare) / 1e6:.0f} MB")
        yield Measure("memory", used / 1e6, "MB", "the limit", MEMORY_LIMIT_MB)


def _best(options: Options, what: str, count: int) -> dict[str, Any]:
    best = interleaved({what: partial(_reader, what, count)}, options.rounds)[what]
    if not best["findings"]:
        raise BenchmarkError("the model found nothing in texts that are full of names")
    return best


def _reader(what: str, count: int) -> dict[str, Any]:
    return child([python(), _READER, what, str(count)], cores=cores()[:1])
