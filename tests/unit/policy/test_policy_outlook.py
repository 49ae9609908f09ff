"""What flows would do with fields: the same as a plan says, field by field, whatever keeps the plan from compiling."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.errors import KeyStoreError, PolicyError
from pratique.model.catalogue import Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.schema import Kind
from pratique.policy.outlook import Joins, Outlook
from pratique.transform import registry
from tests.unit.policy.policy_fixtures import TODAY, build, evidence, leaf, policy, project, rule, scan, verdict

FIELDS = {"user_id": leaf(), "x": leaf(), "y": leaf(), "n": leaf(Kind.INTEGER, optional=True)}
KNOWN = dict.fromkeys((*policy().entities, "LOCATION"), "")


def outlook(verdicts, *, settings=None, facts=(), today=TODAY, key_version=lambda _: 1, fields=None):
    return Outlook(
        settings or project(),
        "f",
        scan=scan(fields or FIELDS, facts),
        verdicts={v.path: v for v in verdicts},
        transforms=registry(),
        key_version=key_version,
        today=today,
        known_entities=KNOWN,
    )


def outcome(found, name):
    return found.outcome((name,), Joins([found]))


ENTITIES = st.lists(
    st.sampled_from(["PERSON", "USER_ID", "EMAIL_ADDRESS", "IBAN_CODE", "US_SSN", "LOCATION"]), unique=True
)
VERDICTS = st.builds(
    lambda name, entities, state: Verdict((name,), state if entities else VerdictState.UNDECIDED, tuple(entities)),
    st.sampled_from(sorted(FIELDS)),
    ENTITIES,
    st.sampled_from([VerdictState.PROPOSED, VerdictState.DECIDED, VerdictState.CONFLICT]),
)


@given(st.lists(VERDICTS, unique_by=lambda v: v.path))
def test_it_says_what_the_plan_says(verdicts):
    found = outlook(verdicts)
    if found.state().closed:
        with pytest.raises(PolicyError) as refused:
            build(FIELDS, verdicts, settings=project(), known_entities=KNOWN)
        assert found.state().closed == refused.value.line
        return
    plan = build(FIELDS, verdicts, settings=project(), known_entities=KNOWN)
    assert tuple(found.steps.values()) == plan.steps
    assert found.state().data_class == plan.data_class.value
    assert found.state().held == sum(step.mode.value == "quarantine" for step in plan.steps)


@given(st.lists(VERDICTS, unique_by=lambda v: v.path), VERDICTS)
def test_what_if_is_what_comes_true(verdicts, changed):
    after = outlook(verdicts).after({changed.path: changed})
    fresh = outlook([*(v for v in verdicts if v.path != changed.path), changed])
    assert after.steps == fresh.steps
    assert after.state() == fresh.state()


def test_an_outlook_does_not_change_when_asked_what_if():
    found = outlook([verdict("x", "PERSON")])
    before = dict(found.steps)
    found.after({("x",): verdict("x", state=VerdictState.DECIDED)})
    found.after({("user_id",): verdict("user_id", "USER_ID")})
    assert found.steps == before


def test_a_closed_route_closes_the_flow_and_tells_all_the_same():
    found = outlook([verdict("x", "PERSON")], today=date(2030, 1, 1))
    assert "closed after 2027-06-30" in found.state().closed
    assert not found.state().open
    assert outcome(found, "x").treatment.startswith("replace")
    assert outcome(found, "x").problem == ""


def test_the_field_that_keeps_a_flow_closed_says_so_and_the_others_do_not():
    settings = project(policy(fields={"a.x": rule("as: text"[4:], 50), "a.n": rule("text", 51)}))
    found = outlook([verdict("n", "PERSON"), verdict("y", "PERSON")], settings=settings)
    assert "not only text" in outcome(found, "n").problem
    assert outcome(found, "y").problem == ""
    assert "not only text" in found.state().closed


def test_a_field_too_weak_for_the_route_says_so():
    found = outlook([verdict("x", "URL", state=VerdictState.DECIDED)])
    assert "would be personal because of x" in outcome(found, "x").problem
    assert outcome(found, "x").in_clear
    assert found.state().closed


def test_a_missing_key_is_a_problem_and_no_crash():
    def nothing(_):
        raise KeyStoreError("no such file", where="keys/eu.json")

    found = outlook([verdict("x", "USER_ID")], key_version=nothing)
    assert outcome(found, "x").problem == "keys/eu.json: no such file"


@pytest.mark.parametrize(
    ("entities", "state", "in_clear", "held"),
    [
        ((), VerdictState.UNDECIDED, False, True),
        ((), VerdictState.DECIDED, True, False),
        (("PERSON",), VerdictState.PROPOSED, False, False),
        (("URL",), VerdictState.PROPOSED, False, True),
        (("LOCATION",), VerdictState.DECIDED, False, True),
    ],
)
def test_what_passes_in_clear_and_what_is_held(entities, state, in_clear, held):
    found = outcome(outlook([Verdict(("x",), state, entities)]), "x")
    assert (found.in_clear, found.held) == (in_clear, held)


def test_free_text_passes_in_clear_and_says_what_is_waived_in_it():
    settings = project(policy(fields={"a.x": rule("text", 50)}))
    found = outcome(outlook([verdict("x", "PERSON", waived=("IBAN_CODE",))], settings=settings), "x")
    assert (found.transform, found.in_clear, found.waived) == ("free text", True, ("IBAN_CODE",))


def test_a_flow_is_open_only_if_what_it_holds_back_is_little():
    few = [evidence("n", sampled=100)]
    many = [evidence("n", sampled=10_000)]
    decided = [verdict(name, "PERSON", state=VerdictState.DECIDED) for name in ("user_id", "x", "y")]
    assert outlook(decided, facts=few).state().open
    assert outlook(decided, facts=few).state().held_share == 0.01
    assert not outlook(decided, facts=many).state().open


def test_joins_reach_across_fields_and_flows_but_not_to_itself():
    one = outlook([verdict("x", "USER_ID"), verdict("y", "USER_ID")])
    other = outlook([verdict("x", "USER_ID")])
    other.name = "g"
    joins = Joins([one, other])
    assert one.outcome(("x",), joins).joins == ("y", "g: x")
    assert one.outcome(("n",), joins).joins == ()
    then = one.after({("n",): verdict("n", "USER_ID")})
    assert then.outcome(("n",), joins).joins in ((), ("x", "y", "g: x"))


def test_inside_a_region_there_is_no_route():
    found = outlook([verdict("x", "PERSON")], settings=project(target="eu", route_class=DataClass.PERSONAL))
    assert outcome(found, "x").route == ""
    assert outcome(found, "nowhere").problem == "the flow does not know this field"
