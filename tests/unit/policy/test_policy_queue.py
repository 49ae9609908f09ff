"""The order of a review: what would pass in clear or blocks most comes first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.catalogue import Evidence, Verdict, VerdictState
from pratique.policy.outlook import Outcome
from pratique.policy.queue import Rank, Risk, rank

CALM = Outcome(
    flow="f",
    route="eu -> us",
    treatment="replace",
    transform="replace",
    rule="policy.default.entities.PERSON",
    output_class="none",
    in_clear=False,
    held=False,
    waived=(),
    problem="",
    joins=(),
)
CLEAR = replace(CALM, in_clear=True, transform="keep")
TEXT = replace(CALM, in_clear=True, transform="free text")
HELD = replace(CALM, held=True, transform="quarantine", rule="undecided")
CLOSED = replace(CALM, problem="x is wrong")


def ranked(state, *outcomes, filled=100, records=100, notes=()):
    verdict = Verdict(("x",), state, ("PERSON",), by="ann", notes=notes)
    return rank(verdict, Evidence(("x",), filled + 5, 5, 7, 4.0, 1.0, ()), records, outcomes)


@pytest.mark.parametrize(
    ("state", "outcomes", "risk", "why"),
    [
        ("proposed", [CLEAR, CALM], Risk.IN_CLEAR, "passes in clear in flow f, by policy.default.entities.PERSON"),
        ("proposed", [TEXT], Risk.IN_CLEAR, "what no detector finds in the text passes in clear"),
        ("conflict", [CLEAR], Risk.IN_CLEAR, "passes in clear"),
        ("conflict", [CALM], Risk.CONFLICT, "speaks against"),
        ("conflict", [HELD], Risk.CONFLICT, "speaks against"),
        ("proposed", [CLOSED], Risk.CLOSES, "keeps flow f closed"),
        ("undecided", [HELD], Risk.HOLDS, "holds back 100% of the records in flow f: nothing found, nobody decided"),
        ("undecided", [HELD, replace(HELD, flow="g")], Risk.HOLDS, "in 2 flows"),
        ("proposed", [CALM], Risk.TREATED, "treated (replace), and nobody has said that this is right"),
        ("proposed", [], Risk.IDLE, "no flow reads it"),
        ("decided", [CLEAR, CLOSED], Risk.DECIDED, "decided by ann"),
    ],
)
def test_risks(state, outcomes, risk, why):
    found = ranked(VerdictState(state), *outcomes)
    assert found.risk is risk
    assert why in found.why


def test_risks_stand_in_the_order_of_the_queue():
    ranks = [Rank(risk, weight, "") for risk in Risk for weight in (9, 0)]
    assert sorted([*ranks[7:], *ranks[:7]], key=lambda r: r.key) == ranks


def test_more_records_in_more_flows_come_first():
    little = ranked(VerdictState.UNDECIDED, HELD, filled=10)
    much = ranked(VerdictState.UNDECIDED, HELD, filled=90)
    everywhere = ranked(VerdictState.UNDECIDED, HELD, HELD, filled=90)
    assert everywhere.key < much.key < little.key
    assert "10% of the records" in little.why
    assert "under 1%" in ranked(VerdictState.UNDECIDED, HELD, filled=1, records=1000).why
    assert "once one has a value here" in ranked(VerdictState.UNDECIDED, HELD, filled=0).why


def test_of_what_is_treated_the_weakest_treatment_comes_first():
    def treated(transform, filled=100):
        return ranked(VerdictState.PROPOSED, replace(CALM, transform=transform), filled=filled).key

    assert treated("token") < treated("pseudonym") < treated("mask") < treated("replace") < treated("drop")
    assert treated("token", 100) < treated("token", 50)
    both = ranked(VerdictState.PROPOSED, CALM, replace(CALM, transform="token"))
    assert both.key == ranked(VerdictState.PROPOSED, replace(CALM, transform="token")).key


@given(
    st.integers(0, 5),
    st.integers(0, 1000),
    st.sampled_from(list(VerdictState)),
    st.lists(st.sampled_from([CALM, CLEAR, HELD, CLOSED])),
)
def test_every_field_has_a_place(filled, records, state, outcomes):
    found = ranked(state, *outcomes, filled=filled, records=records)
    assert found.why
    assert (found.risk is Risk.DECIDED) == (state is VerdictState.DECIDED)
