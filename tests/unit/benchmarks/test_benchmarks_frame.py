"""The benchmarks' own correctness: the input is what it says, a wrong result gives no figure."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from benchmarks import __main__ as command
from benchmarks import events as made
from benchmarks import frame, read_write, tables
from benchmarks.pratique_project import _compare, _holds


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(made, "CACHE", tmp_path)
    return tmp_path


def luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(sum(divmod(2 * digit, 10)) if at % 2 else digit for at, digit in enumerate(digits)) % 10 == 0


@pytest.mark.parametrize("distinct", [False, True])
def test_events_are_canonical_and_valid(cache: Path, distinct: bool) -> None:
    path = made.events(3000, distinct=distinct)
    lines = path.read_bytes().splitlines()
    records = [orjson.loads(line) for line in lines]
    assert len(records) == 3000
    assert [orjson.dumps(record) for record in records] == lines
    assert all(tuple(record) == made.FIELDS for record in records)
    assert all(len(record["card_number"]) == 15 and luhn(record["card_number"]) for record in records)
    pairs = Counter((record["user_id"], record["card_number"]) for record in records)
    assert len(pairs) == len({user for user, _ in pairs}) == len({card for _, card in pairs})
    if distinct:
        assert len(pairs) == 3000
    else:
        assert pairs.most_common(1)[0][1] > 3000 / 20
    assert made.events(3000, distinct=distinct).stat().st_mtime_ns == path.stat().st_mtime_ns


def test_events_do_not_depend_on_the_run(cache: Path) -> None:
    first = made.events(1000).read_bytes()
    made.events(1000).unlink()
    assert made.events(1000).read_bytes() == first


def test_a_measure_is_one_json_object_with_six_keys() -> None:
    line = frame.Measure("m", 2.0, "records/s", "peer", 8.0).json()
    assert json.loads(line) == {
        "measure": "m", "value": 2.0, "unit": "records/s", "peer": "peer", "peer_value": 8.0, "ratio": 0.25,
    }  # fmt: skip
    assert "\n" not in line


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], frame.Options(frozenset(), 1.0, frame.ROUNDS)),
        (["memory_2gb", "two_processes"], frame.Options(frozenset({"memory_2gb", "two_processes"}), 1.0, frame.ROUNDS)),
        (["--quick"], frame.Options(frozenset(), command.QUICK_SCALE, 1)),
        (["--quick", "--rounds", "2"], frame.Options(frozenset(), command.QUICK_SCALE, 2)),
    ],
)
def test_options_are_read(words: list[str], options: frame.Options, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[frame.Options] = []

    def fake(given: frame.Options) -> Iterator[frame.Measure]:
        seen.append(given)
        yield frame.Measure("m", 1.0, "s", "p", 2.0)

    monkeypatch.setitem(command.BENCHMARKS, "deidentify", fake)
    assert command.main(["deidentify", "--json", *words]) == 0
    assert seen == [options]


def test_a_wrong_result_ends_with_1_and_an_unknown_measure_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: frame.Options) -> Iterator[frame.Measure]:
        raise frame.BenchmarkError("a record differs")
        yield

    monkeypatch.setitem(command.BENCHMARKS, "deidentify", wrong)
    assert command.main(["deidentify"]) == 1
    with pytest.raises(SystemExit, match="2"):
        command.main(["deidentify", "no_such_measure"])


def test_a_child_that_fails_gives_no_figure() -> None:
    with pytest.raises(frame.BenchmarkError, match="ended with 3"):
        frame.child([sys.executable, "-c", "import sys; sys.exit(3)"])
    with pytest.raises(frame.BenchmarkError, match="no figure"):
        frame.child([sys.executable, "-c", "print('hello')"])


def test_a_child_is_pinned_and_watched() -> None:
    core = frame.cores()[0]
    peak = frame.PeakMemory()
    code = "import os, json; x = bytearray(80_000_000); print(json.dumps({'cores': sorted(os.sched_getaffinity(0))}))"
    code = f"import time; {code}; time.sleep(0.2)"
    result = frame.child([sys.executable, "-c", code], cores=[core], watch=peak)
    assert result["cores"] == [core]
    assert result["process_seconds"] > 0.2
    assert 0 < result["cpu_seconds"] < result["process_seconds"]
    assert 80_000_000 < peak.bytes < 400_000_000
    assert os.sched_getaffinity(0) == set(frame.cores())


def test_the_best_round_counts_and_turns_are_taken() -> None:
    turns: list[str] = []
    times = {"a": [3.0, 1.0, 2.0], "b": [5.0, 6.0, 4.0]}

    def contender(name: str) -> dict[str, float]:
        turns.append(name)
        return {"seconds": times[name][turns.count(name) - 1]}

    best = frame.interleaved({"a": lambda: contender("a"), "b": lambda: contender("b")}, 3)
    assert turns == ["a", "b"] * 3
    assert (best["a"]["seconds"], best["b"]["seconds"]) == (1.0, 4.0)


def test_a_wrong_result_is_found(tmp_path: Path) -> None:
    source, one, two = tmp_path / "s", tmp_path / "1", tmp_path / "2"
    source.write_bytes(b"a\nb\nc\n")
    one.write_bytes(b"a\n")
    two.write_bytes(b"b\nc\n")
    _compare(source, [one, two])
    with pytest.raises(frame.BenchmarkError, match="shorter"):
        _compare(source, [one])
    with pytest.raises(frame.BenchmarkError, match="differs"):
        _compare(source, [two, one])
    with pytest.raises(frame.BenchmarkError, match="differs"):
        _compare(source, [one, two, one])
    assert _holds(two, b"c\n")
    assert not _holds(two, b"a\n")


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_tables_hold_the_same_purchases(cache: Path, form: str) -> None:
    lines = made.events(3000)
    wanted = [orjson.loads(line) for line in lines.read_bytes().splitlines()]
    path = tables.table(lines, form)
    if form == "parquet":
        assert pq.read_table(path).to_pylist() == wanted
    else:
        header, *rows = path.read_text(encoding="ascii").splitlines()
        assert header == ",".join(made.FIELDS)
        assert rows == [",".join(str(record[name]) for name in made.FIELDS) for record in wanted]
    back = [orjson.loads(line) for line in tables.expected(lines, form).read_bytes().splitlines()]
    texts = [{name: str(value) for name, value in record.items()} for record in wanted]
    assert back == (wanted if form == "parquet" else texts)


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_bare_loop_writes_what_it_read(cache: Path, form: str) -> None:
    source = tables.table(made.events(3000), form)
    target = cache / f"copy.{form}"
    loop = read_write.copy_parquet if form == "parquet" else read_write.copy_csv
    assert loop(str(source), str(target)) == 3000
    read = pq.read_table if form == "parquet" else pa_csv.read_csv
    assert read(target).equals(read(source))
