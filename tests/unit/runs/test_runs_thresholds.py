"""Shares and counts: what is refused at the end, what is refused before, and that the two agree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.errors import RefusedError
from pratique.model.release import Counts
from pratique.runs import check_early, check_quarantine, named
from tests.unit.runs.test_runs_release import PLAN


def refused(check, *words):
    try:
        check(*words)
    except RefusedError as error:
        return str(error)
    return ""


def counts(read, held, rule="guard"):
    return Counts(read, read - held, {rule: held} if held else {})


def test_a_count_is_a_limit_beside_the_share():
    plan = replace(PLAN, max_quarantine=1.0, max_quarantine_count=10)
    assert not refused(check_quarantine, plan, counts(10, 10))
    assert "11 of 1,000 records are in quarantine, more than the 10 that are allowed" in refused(
        check_quarantine, plan, counts(1000, 11)
    )
    assert not refused(check_quarantine, replace(PLAN, max_quarantine=1.0), counts(1000, 1000))
    assert refused(check_quarantine, replace(plan, max_quarantine_count=0), counts(1000, 1))


def test_the_share_is_settled_early_only_where_it_is_settled():
    plan = replace(PLAN, max_quarantine=0.05)
    assert not refused(check_early, plan, counts(50, 50), 1000), "the other 950 may all pass"
    assert not refused(check_early, plan, counts(50, 50), None)
    line = refused(check_early, plan, counts(60, 51, "new-field"), 1000, {"street": 51})
    assert "stopped after 60 records: 51 of them are in quarantine" in line
    assert "more than 5.0% of the 1,000 that there are at most" in line
    assert "by rule: new-field 51; by field: street 51" in line


@pytest.mark.parametrize(
    ("rule", "command"),
    [
        ("new-field", "pratique scan channel-eu"),
        ("undecided-field", "pratique review channel-eu"),
        ("guard", "pratique quarantine list channel"),
        ("anything", "pratique quarantine list channel"),
    ],
)
def test_what_to_type_next(rule, command):
    plan = replace(PLAN, flow="channel", source="channel-eu")
    held = {rule: 60, "zzz": 10}
    assert f"run: {command}, or raise max_quarantine of the flow" in refused(
        check_quarantine, plan, Counts(100, 30, held)
    )


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=20),
    st.floats(0, 1),
    st.none() | st.integers(0, 100),
    st.integers(0, 50),
)
def test_what_is_refused_early_is_refused_at_the_end(parts, share, count, slack):
    """Whatever the order of the parts: the whole is the same."""
    plan = replace(PLAN, max_quarantine=share, max_quarantine_count=count)
    sizes = [(max(a, b), min(a, b)) for a, b in parts]
    whole = counts(sum(read for read, _ in sizes), sum(held for _, held in sizes))
    read = held = 0
    for more, bad in sizes:
        read, held = read + more, held + bad
        if refused(check_early, plan, counts(read, held), whole.read + slack):
            assert refused(check_quarantine, plan, whole)
    last = refused(check_early, plan, whole, whole.read)
    assert bool(last) == bool(refused(check_quarantine, plan, whole))


def test_names_are_the_plans():
    assert named(PLAN, {"#1": 2, "new fields": 1, "#9999": 3}) == {
        "new fields": 1,
        "#9999": 3,
        **named(PLAN, {"#1": 2}),
    }
