"""What a worker knows of a run's quarantine, and how many records a run has at most."""

import io
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.errors import ThresholdError
from pratique.formats import registry
from pratique.model.data import FormatSpec, Input, Part
from pratique.model.release import Counts, StagedFile
from pratique.pipeline.limit import Limit, most_records
from pratique.ports import Bounded, Source
from pratique.runs import part_id
from tests.unit.runs.test_runs_release import PLAN


class Files:
    """Inputs in memory."""

    def __init__(self, *data: bytes) -> None:
        self.data = data

    def open(self, item: Input) -> io.BytesIO:
        return io.BytesIO(self.data[item.number])


def staged(number: int, read: int, held: int) -> StagedFile:
    counts = Counts(read, read - held, {"guard": held} if held else {})
    return StagedFile(part_id(number, 0), "x", "x", 1, "", counts, 0, {}, {"#1": held} if held else {})


def part(number: int, data: bytes, compression: str = "") -> Part:
    return Part(part_id(number, 0), Input(f"{number}", number, len(data), compression), 0, len(data))


CASES = {
    "jsonl": [b"", b'{"a": 1}\n\n{"a": 2}', b"\n\n\n", b'\xef\xbb\xbf{"a": 1}\n', b"x\r\ny\r\n"],
    "csv": [b"", b"a,b\n1,2\n", b'a,b\n"1\n2",3\n\n', b"a,b\n"],
    "text": [b"", b"a\nb\nc"],
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, cases in CASES.items() for data in cases])
def test_no_input_holds_more_than_its_bound(name: str, data: bytes) -> None:
    way = registry()[name]
    spec = FormatSpec(name)
    assert isinstance(way, Bounded)
    count = sum(block.count for block in way.decode(io.BytesIO(data), 0, len(data), spec, None)) if data else 0
    bound = way.most(io.BytesIO(data), len(data), spec)
    assert bound is not None
    assert count <= bound <= data.count(b"\n") + 1


def test_finished_parts_count_exactly() -> None:
    data = [b"{}\n" * 10, b"{}\n" * 10, b"{}\n" * 10]
    source, way = cast("Source", Files(*data)), registry()["jsonl"]
    parts = [part(n, d) for n, d in enumerate(data)]
    spec = FormatSpec("jsonl")
    assert most_records(source, way, spec, parts, []) == 33
    assert most_records(source, way, spec, parts, [staged(0, 7, 0), staged(2, 8, 1)]) == 7 + 11 + 8
    packed = [*parts[:2], part(2, data[2], "gzip")]
    assert most_records(source, way, spec, packed, []) is None
    assert most_records(source, way, spec, packed, [staged(2, 10, 0)]) == 32
    assert most_records(source, cast("Any", object()), spec, parts, []) is None


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12),
    st.floats(0, 1),
    st.none() | st.integers(0, 60),
    st.integers(1, 3),
    st.data(),
)
def test_workers_stop_only_what_cannot_pass(
    sizes: list[tuple[int, int]], share: float, count: int | None, workers: int, data: st.DataObject
) -> None:
    """Whichever worker works which part, and however a part is cut into blocks."""
    plan = replace(PLAN, max_quarantine=share, max_quarantine_count=count)
    files = [staged(n, max(a, b), min(a, b)) for n, (a, b) in enumerate(sizes)]
    read = sum(file.counts.read for file in files)
    held = sum(sum(file.counts.quarantined.values()) for file in files)
    passes = not held or (held / max(read, 1) <= share and (count is None or held <= count))
    done: list[StagedFile] = []
    limits = [Limit(plan, lambda: list(done), lambda: read) for _ in range(workers)]
    try:
        for file in files:
            limit = limits[data.draw(st.integers(0, workers - 1))]
            whole = sum(file.counts.quarantined.values())
            cut = data.draw(st.integers(0, whole))
            limit.look(min(cut, file.counts.read), {"guard": cut} if cut else {}, {})
            limit.look(file.counts.read, file.counts.quarantined, file.held)
            done.append(file)
            limit.add(file)
    except ThresholdError:
        assert not passes
    else:
        # One worker misses nothing; the last part of several may be some other's.
        assert passes or workers > 1
