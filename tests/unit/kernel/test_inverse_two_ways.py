"""The way back by columns and record by record: real transforms and keys, held equal byte for byte."""

import io
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_two_ways_real import FREE, ROW, ROWS, RULES, detector, keys, lines, pass_through, plan

from pratique.errors import PolicyError
from pratique.formats.jsonl import JsonLines
from pratique.kernel import bind
from pratique.pipeline.restore import restore
from pratique.policy import output_schema
from pratique.transform import registry


def way_back(bound, released, *, columns):
    """What comes back, how many records, how many values did not."""
    pieces = []
    found = restore(
        bound,
        SimpleNamespace(plan=bound.plan.hash, run="r"),
        [(io.BytesIO(released), len(released))],
        format=JsonLines(block=1 << 16, columns=columns),
        lines=JsonLines(),
        schema=output_schema(bound.plan),
        fields=(),
        write=lambda some: pieces.append(bytes(some)),
    )
    return b"".join(pieces), found.records, found.failed


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4), RULES, st.sampled_from([b"", b"tok1.1.", b"2024"]))
def test_the_same_bytes_come_back_by_columns_and_by_records(rows, rules, spoilt):
    """``spoilt``: the first of every other line's such words is changed, so that something fails to come back."""
    bound = bind(plan(rules), keys(), registry(), detector())
    released, _, _ = pass_through(bound, b"".join(lines([row for row in rows for _ in range(ROWS)])), columns=True)
    if spoilt:
        halves = released.splitlines(keepends=True)
        halves[::2] = [line.replace(spoilt, spoilt[:-1] + b"x", 1) for line in halves[::2]]
        released = b"".join(halves)
    try:
        by_columns = way_back(bound, released, columns=True)
    except PolicyError:  # Nothing of this plan comes back, whichever way.
        with pytest.raises(PolicyError):
            way_back(bound, released, columns=False)
        return
    assert by_columns == way_back(bound, released, columns=False)
    assert by_columns[1] == released.count(b"\n")


def test_what_was_treated_comes_back_as_it_was():
    rules = {**FREE, "who": ("token", {}), "day": ("shift_date", {"format": "%d-%m-%Y"}), "n": ("token", {})}
    bound = bind(plan(rules), keys(), registry(), detector())
    rows = [{"who": f"user-{n:05d}", "day": f"{n % 28 + 1:02d}-03-2024", "n": n * 7} for n in range(3 * ROWS)]
    released, held, as_columns = pass_through(bound, b"".join(lines(rows)), columns=True)
    assert (held, as_columns) == ([], len(rows))
    assert b"user-" not in released
    back, records, failed = way_back(bound, released, columns=True)
    assert (records, failed) == (len(rows), 0)
    filled = [{"who": None, "text": None, "day": None, "n": None, "x": None, "b": None, **row} for row in rows]
    wanted = [{**row, "home": None, "tags": None, "empty": None} for row in filled]
    assert [line.replace(b" ", b"") for line in lines(wanted)] == back.splitlines(keepends=True)


def test_the_columns_way_is_taken():
    """The two ways would agree just as well if there were only one."""
    rules = {**FREE, "who": ("token", {})}
    bound = bind(plan(rules), keys(), registry(), detector())
    released, _, _ = pass_through(bound, b"".join(lines([{"who": "user-12345"}] * ROWS)), columns=True)
    from pratique.kernel.inverse import InversePlan

    def refuse(*_):
        raise AssertionError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(InversePlan, "restore", refuse)
        assert way_back(bound, released, columns=True)[1:] == (ROWS, 0)
