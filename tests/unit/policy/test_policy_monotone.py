"""One more type found in a field makes its treatment stricter or leaves it, whatever the policy."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import PolicyError
from pratique.model.catalogue import VerdictState
from pratique.model.plan import Mode
from pratique.policy import strictness
from tests.unit.policy.policy_fixtures import evidence, one, policy, project, rule

TYPES = ["A_DATE", "B_DATE", "C_DATE", "D_DATE", "E_DATE"]
RULES = [
    rule("drop"),
    rule("redact"),
    rule("replace"),
    rule("generalise", to="year"),
    rule("generalise", to="month"),
    rule("shift_date"),
    rule("shift_date", days=30),
    rule("mask", keep_last=4),
    rule("mask", keep_first=2),
    rule("pseudonym", domain="p"),
    rule("token", domain="t"),
    rule("token", domain="u"),
    rule("keep"),
]
NOT_PERSONAL = [rule("keep"), rule("drop"), rule("replace"), rule("token", domain="t")]
REFUSED = 100
FACTS = [evidence("x", dates=("%d-%m-%Y",))]


def rank(step):
    if step.mode in (Mode.QUARANTINE, Mode.DROP, Mode.KEEP):
        return strictness(step.mode.value)
    return strictness(step.apply.transform)


def compiled(chosen, entities, state):
    try:
        return one(*entities, state=state, settings=chosen, facts=FACTS)
    except PolicyError:
        return None


policies = st.builds(
    policy,
    st.dictionaries(st.sampled_from(TYPES), st.sampled_from(RULES)),
    not_personal=st.sampled_from(NOT_PERSONAL),
    otherwise=st.sampled_from(["quarantine", "drop", "redact"]),
)


@settings(max_examples=300, deadline=None)
@given(policies, st.lists(st.sampled_from(TYPES), unique=True, max_size=4), st.sampled_from(TYPES), st.data())
def test_one_more_type_never_loosens(rules, entities, more, data):
    chosen = project(rules, target="eu")
    state = data.draw(st.sampled_from([VerdictState.PROPOSED, VerdictState.DECIDED, VerdictState.CONFLICT]))
    if not entities:
        state = VerdictState.DECIDED  # held as not personal; with one more type found it is a conflict
    before = compiled(chosen, entities, state)
    if before is None or (state is VerdictState.PROPOSED and before.rule == "undecided"):
        return  # refused; or waiting for a review of what would be kept, which a type that is treated makes needless
    grown = data.draw(st.permutations([*entities, more])) if more not in entities else entities
    after_state = VerdictState.CONFLICT if not entities else state
    after = compiled(chosen, grown, after_state)
    if after is None:
        return  # refused altogether
    assert rank(after) >= rank(before)
    if entities:
        assert not after.output_class < before.output_class


@settings(max_examples=100, deadline=None)
@given(policies, st.lists(st.sampled_from(TYPES), unique=True, min_size=1), st.data())
def test_the_order_of_types_never_changes_how_strict(rules, entities, data):
    chosen = project(rules, target="eu")
    ways = [
        compiled(chosen, order, VerdictState.PROPOSED) for order in (entities, data.draw(st.permutations(entities)))
    ]
    assert len({None if w is None else rank(w) for w in ways}) == 1
