"""``deidentify`` from tabular files: the same purchases as Parquet, CSV and Avro, against the library's own bare loop.

A measure holds three things at once: the share of the peer's speed, which is its ratio; that JSON Lines of the same
records, taken in turns with it, is no faster (on stderr); and the peak of memory, which has a limit of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import fastavro
import orjson
import pyarrow as pa
import pyarrow.json as pa_json
import pyarrow.parquet as pq

from benchmarks.events import FIELDS, events
from benchmarks.frame import (
    CACHE,
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
from benchmarks.pratique_project import check_restored, copied, prepared, run_pratique

MEASURES = ("parquet_vs_read_write", "csv_vs_read_write", "avro_vs_read_write")
RECORDS = 10_000_000
MEMORY_LIMIT_MB = 400.0
ROW_GROUP = 1 << 20
"""Rows of a row group in the input, as pyarrow writes them unless told otherwise."""
PEERS = {"parquet": "pyarrow", "csv": "pyarrow", "avro": "fastavro"}
HERE = Path(__file__).resolve().parent
_CHUNK = 64 << 20
_NUMBERS = re.compile(rb'"price":([^,]+),"duration":([^}]+)\}')
_LINE = re.compile(b"".join([rb"\{", b",".join(b'"%s":"?([^,"}]+)"?' % name.encode() for name in FIELDS), rb"\}"]))


def run(options: Options) -> Iterator[Measure]:
    """The measures that were asked for."""
    for name in MEASURES:
        if options.wants(name):
            yield _against_read_write(name, options)


def _against_read_write(name: str, options: Options) -> Measure:
    form = name.partition("_")[0]
    records = options.records(RECORDS)
    lines, one_core = events(records), cores()[:1]
    source = table(lines, form)
    projects = {form: prepared(source), "jsonl": prepared(lines)}
    peaks: list[int] = []
    best = interleaved(
        {
            "read and write": partial(_read_write, source),
            **{
                kind: partial(_one_run, project, records, one_core, peaks if kind == form else [])
                for kind, project in projects.items()
            },
        },
        options.rounds,
    )
    lines_speed, peak = records / best["jsonl"]["seconds"], max(peaks) / 1e6
    note(
        f"{name}: {records / best[form]['seconds']:,.0f} records/s, JSON Lines {lines_speed:,.0f}; peak {peak:,.0f} MB"
    )
    folder = projects[form].with_name(projects[form].name + "-run")
    check_restored(folder, expected(lines, form), records)
    if peak > MEMORY_LIMIT_MB:
        raise BenchmarkError(f"{name}: {peak:,.0f} MB at the peak, more than {MEMORY_LIMIT_MB:,.0f}")
    ours, bare = best[form]["seconds"], best["read and write"]["seconds"]
    return Measure(name, records / ours, "records/s", f"{PEERS[form]} {form} read and write", records / bare)


def _read_write(source: Path) -> dict[str, Any]:
    target = CACHE / f"read-write{source.suffix}"
    try:
        return child([python(), HERE / "read_write.py", source, target], cores=cores()[:1])
    finally:
        target.unlink(missing_ok=True)


def _one_run(project: Path, records: int, on: list[int], peaks: list[int]) -> dict[str, Any]:
    peak = PeakMemory()
    result = run_pratique(copied(project), 1, cores=on, watch=peak)
    peaks.append(peak.bytes)
    if (result["read"], result["written"], result["quarantined"]) != (records, records, 0):
        raise BenchmarkError(f"of {records} records not all came out: {result}")
    return result


# --- the input ------------------------------------------------------------------------------------------------------


def table(lines: Path, form: str) -> Path:
    """The records of a file of JSON Lines in another format; made where it is not there yet."""
    path = lines.with_suffix(f".{form}")
    if not path.exists():
        note(f"writing {path.name}")
        unfinished = path.with_suffix(".part")
        _WRITERS[form](lines, unfinished)
        unfinished.rename(path)
    return path


def _tables(lines: Path) -> Iterator[pa.Table]:
    with lines.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            data = chunk + stream.readline()
            yield pa_json.read_json(pa.BufferReader(data), pa_json.ReadOptions(block_size=len(data) + 1))


def _write_parquet(lines: Path, path: Path) -> None:
    waiting: list[pa.Table] = []
    rows = 0
    with pq.ParquetWriter(path, next(_tables(lines)).schema) as out:
        for piece in _tables(lines):
            waiting.append(piece)
            rows += len(piece)
            while rows >= ROW_GROUP:
                whole = pa.concat_tables(waiting)
                out.write_table(whole.slice(0, ROW_GROUP), row_group_size=ROW_GROUP)
                waiting, rows = [whole.slice(ROW_GROUP)], rows - ROW_GROUP
        if rows:
            out.write_table(pa.concat_tables(waiting), row_group_size=ROW_GROUP)


def _write_csv(lines: Path, path: Path) -> None:
    with lines.open("rb") as stream, path.open("wb") as out:
        out.write(",".join(FIELDS).encode() + b"\n")
        while chunk := stream.read(_CHUNK):
            out.write(_LINE.sub(rb"\1,\2,\3,\4,\5,\6", chunk + stream.readline()))


def _write_avro(lines: Path, path: Path) -> None:
    """By fastavro, with its own settings."""
    types = dict.fromkeys(FIELDS, "string") | {"price": "double", "duration": "long"}
    schema = {"type": "record", "name": "Purchase", "fields": [{"name": n, "type": t} for n, t in types.items()]}
    with lines.open("rb") as stream, path.open("wb") as out:
        fastavro.writer(out, schema, map(orjson.loads, stream))


_WRITERS: Mapping[str, Callable[[Path, Path], None]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "avro": _write_avro,
}


def expected(lines: Path, form: str) -> Path:
    """What a restored release must be, byte by byte: the JSON Lines, and from CSV, where all is text, with texts."""
    if form != "csv":
        return lines
    path = lines.with_suffix(".texts.jsonl")
    if not path.exists():
        unfinished = path.with_suffix(".part")
        with lines.open("rb") as stream, unfinished.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                out.write(_NUMBERS.sub(rb'"price":"\1","duration":"\2"}', chunk + stream.readline()))
        unfinished.rename(path)
    return path
