"""Which types evidence proposes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.catalogue import propose
from pratique.model.catalogue import Evidence, TypeEvidence


def found(entity: str = "PERSON", hits: int = 0, whole: int = 0, *, named: bool = False, of: int = 100) -> TypeEvidence:
    return TypeEvidence(entity, hits, hits / of if of else 0.0, 0.8, whole, named)


def evidence(*types: TypeEvidence, sampled: int = 100, nulls: int = 0) -> Evidence:
    return Evidence(("field",), sampled, nulls, 10, 5.0, 1.0, types)


@pytest.mark.parametrize(
    ("seen", "proposed"),
    [
        (found(hits=5), True),
        (found(hits=4), False),
        (found(hits=4, named=True), True),
        (found(hits=1, named=True), True),
        (found(hits=0, named=True), False),
        (found(hits=1, whole=1), True),
        (found(hits=0, whole=0), False),
        (found(hits=100), True),
    ],
)
def test_the_rule(seen: TypeEvidence, proposed: bool) -> None:
    assert propose(evidence(seen), 0.05) == (("PERSON",) if proposed else ())


def test_every_type_is_proposed_not_the_majority() -> None:
    seen = evidence(found("A", 10), found("B", 90), found("C", 3), found("D", 10))
    assert propose(seen, 0.05) == ("B", "A", "D")


def test_a_name_counts_where_there_is_no_value_against_it() -> None:
    assert propose(evidence(found(hits=0, named=True, of=0), sampled=7, nulls=7), 0.05) == ("PERSON",)
    assert propose(evidence(found(hits=0, named=False, of=0), sampled=7, nulls=7), 0.05) == ()


def test_nothing_seen_proposes_nothing() -> None:
    assert propose(evidence(), 0.05) == ()


def test_a_share_that_is_no_number_proposes() -> None:
    assert propose(evidence(TypeEvidence("PERSON", 1, float("nan"), 0.5, 0)), 0.05) == ("PERSON",)


def test_a_share_of_nothing_still_needs_a_hit() -> None:
    assert propose(evidence(found(hits=0)), 0.0) == ()


@given(st.integers(0, 100), st.integers(0, 100), st.booleans(), st.floats(0, 1), st.floats(0, 1))
def test_a_lower_threshold_never_proposes_less(hits: int, whole: int, named: bool, one: float, two: float) -> None:
    seen = evidence(found(hits=hits, whole=min(hits, whole), named=named))
    low, high = sorted((one, two))
    assert set(propose(seen, high)) <= set(propose(seen, low))
