"""``scan``: patterns and lists of names, without a model, against Presidio's analyzer on the same inputs.

Each contender runs in a process of its own on one core; the clock covers reading the texts, not the start of the
process. Presidio reads the first of the same texts: its speed does not depend on how many there are. All texts are
distinct, so that what remembers values gains nothing, but in the measure that says so.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import scan_texts
from benchmarks.frame import CACHE, BenchmarkError, Measure, Options, child, cores, interleaved, python
from benchmarks.peers import peer_python

HERE = Path(__file__).resolve().parent
START_LIMIT = 0.3
_INPUTS: dict[str, tuple[Callable[[int], list[str]], int, int]] = {
    "fields": (scan_texts.fields, 200_000, 1_000),
    "memos": (scan_texts.memos, 10_000, 400),
    "documents": (scan_texts.documents, 1_000, 40),
}
"""By name: what makes the texts, how many Pratique reads, how many Presidio reads."""
_REPEATS = 10
_SHORT, _LONG = 10_000, 10_000_000
MEASURES = (
    *(f"{name}_vs_presidio" for name in _INPUTS), "fields_repeated_vs_presidio", "all_types_vs_default_types", "linear",
    "start",
)  # fmt: skip


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for, in a fixed order."""
    for name in _INPUTS:
        if options.wants(f"{name}_vs_presidio"):
            yield _against_presidio(f"{name}_vs_presidio", name, options)
    if options.wants("fields_repeated_vs_presidio"):
        yield _against_presidio("fields_repeated_vs_presidio", "fields", options, repeats=_REPEATS)
    if options.wants("all_types_vs_default_types"):
        yield _all_types(options)
    if options.wants("linear"):
        yield _linear(options)
    if options.wants("start"):
        yield _start(options)


def _written(name: str, texts: Sequence[str]) -> Path:
    path = CACHE / f"scan-{name}-{len(texts)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(list(texts)), encoding="utf-8")
    return path


def _ours(texts: Path, entities: Path | None = None) -> dict[str, Any]:
    command: list[str | Path] = [python(), HERE / "scan_pratique.py", texts]
    result = child([*command, entities] if entities else command, cores=cores()[:1])
    if not result["findings"]:
        raise BenchmarkError("nothing was found")
    return result


def _presidio(*texts: Path) -> dict[str, Any]:
    return child([peer_python("presidio"), HERE / "scan_presidio.py", *texts], cores=cores()[:1])


def _inputs(name: str, options: Options) -> tuple[list[str], list[str]]:
    make, ours, theirs = _INPUTS[name]
    texts = make(max(ours // 100, round(ours * options.scale)))
    return texts, texts[: max(10, round(theirs * min(options.scale, 1)))]


def _against_presidio(measure: str, name: str, options: Options, repeats: int = 1) -> Measure:
    ours, theirs = _inputs(name, options)
    if repeats > 1:
        ours = ours[: len(ours) // repeats] * repeats
    runs = {
        "presidio": partial(_presidio, _written(f"{name}-presidio", theirs)),
        "pratique": partial(_ours, _written(f"{name}-{repeats}", ours)),
    }
    best = interleaved(runs, options.rounds)
    speeds = {who: result["texts"] / result["seconds"] for who, result in best.items()}
    return Measure(measure, speeds["pratique"], f"{name}/s", "Presidio analyzer, blank pipeline", speeds["presidio"])


def _all_types(options: Options) -> Measure:
    """All types of all countries against the types that Presidio has on by default."""
    known = set(child([python(), "-c", _TYPES])["types"])
    shared = sorted(known & set(_presidio()["entities"]))
    texts = _written("all", _inputs("memos", options)[0] + _inputs("fields", options)[0])
    entities = CACHE / "scan-entities.json"
    entities.write_text(json.dumps(shared), encoding="utf-8")
    runs = {"all types": partial(_ours, texts), f"{len(shared)} types": partial(_ours, texts, entities)}
    best = interleaved(runs, options.rounds)
    every, some = (best[name]["texts"] / best[name]["seconds"] for name in runs)
    return Measure("all_types_vs_default_types", every, "texts/s", "the types that Presidio has on by default", some)


_TYPES = """
import json
from pratique.detect import Detector
print(json.dumps({"types": sorted(Detector(model=None).entities)}))
"""


def _linear(options: Options) -> Measure:
    """Characters a second of one text of 10 MB against many of 10 KB that are together as long."""
    size = round(_LONG * min(options.scale, 1))
    writer = scan_texts.Writer("linear")
    short = [writer.text(_SHORT, 0.1) for _ in range(max(1, size // _SHORT))]
    runs = {
        "10 KB": partial(_ours, _written("short", short)),
        "10 MB": partial(_ours, _written("long", [" ".join(short)])),
    }
    best = interleaved(runs, options.rounds)
    length = len(short) * _SHORT / 1e6
    long, pieces = length / best["10 MB"]["seconds"], length / best["10 KB"]["seconds"]
    return Measure("linear", long, "MB/s", "the same in texts of 10 KB", pieces)


def _start(options: Options) -> Measure:
    """Seconds to import the package and make a detector, without any cache."""
    best = interleaved({"start": partial(child, [python(), "-c", _STARTED], cores=cores()[:1])}, options.rounds)
    return Measure("start", best["start"]["seconds"], "s", "the limit", START_LIMIT)


_STARTED = """
import time
start = time.perf_counter()
import pratique.detect
pratique.detect.Detector(model=None)
print('{"seconds": %f}' % (time.perf_counter() - start))
"""
