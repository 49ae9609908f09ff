"""What a plan is said to do, what changed, and what its output looks like."""

from dataclasses import fields as fields_of
from dataclasses import replace

import pytest

from pratique.model.catalogue import VerdictState
from pratique.model.data import FormatSpec
from pratique.model.plan import Applied, Mode
from pratique.model.policy import Place
from pratique.model.schema import Kind, Node
from pratique.policy import diff, explain, output_schema, summarise
from pratique.policy.explain import treatment
from pratique.transform import registry
from tests.unit.policy.policy_fixtures import build, evidence, leaf, policy, project, rule, scan, verdict

FIELDS = {
    "user_id": leaf(),
    "friend": leaf(),
    "mail": leaf(),
    "name": leaf(),
    "show": leaf(),
    "note": leaf(),
    "ssn": leaf(),
}
VERDICTS = [
    verdict("user_id", "USER_ID", state=VerdictState.DECIDED, by="anna"),
    verdict("friend", "USER_ID"),
    verdict("mail", "EMAIL_ADDRESS", state=VerdictState.CONFLICT),
    verdict("name", "PERSON", ignored=2),
    verdict("show", bulk=True, by="bob"),
    verdict("ssn", "US_SSN"),
]
FACTS = [evidence("user_id", distinct=20), evidence("friend"), evidence("show", dates=("%d-%m-%Y", "%m-%d-%Y"))]


def explained(**more):
    plan = build(FIELDS, VERDICTS, settings=project(), facts=FACTS)
    found = explain(plan, scan(FIELDS, FACTS), {v.path: v for v in VERDICTS}, registry(), **more)
    return {e.path: e for e in found}


def test_of_a_treatment_only_those_parameters_are_told_that_say_something():
    params = {"keep_first": 0, "keep_last": 2, "char": "*", "in_text": False, "round": True, "with": "", "domain": "d"}
    applied = Applied("PHONE_NUMBER", "mask", 1, params)
    step = replace(build(FIELDS, VERDICTS, settings=project(), facts=FACTS).steps[0], mode=Mode.WHOLE, apply=applied)
    assert treatment(step) == "mask (char *, keep_last 2, round)"


def test_each_field_in_words():
    found = explained()
    assert list(found) == list(FIELDS)
    user = found["user_id"]
    assert (user.number, user.verdict, user.state, user.decided) == (1, "USER_ID", "decided", "person: anna")
    assert (user.treatment, user.output_class) == ("token in viewer", "pseudonymised")
    assert user.rule == "policy.default.entities.USER_ID"
    assert user.joins == ("friend",)
    assert found["friend"].joins == ("user_id",)
    assert found["mail"].joins == ()
    assert found["name"].treatment == "replace (with <PERSON>)"
    assert (found["show"].treatment, found["show"].verdict, found["show"].decided) == (
        "keep",
        "not personal",
        "bulk: bob",
    )
    assert (found["note"].treatment, found["note"].verdict, found["note"].state) == (
        "quarantine",
        "unknown",
        "undecided",
    )
    assert (found["ssn"].treatment, found["ssn"].loses) == ("drop", "the whole field")
    assert "key" in user.loses


def test_what_to_look_at():
    found = {path: " | ".join(e.warnings) for path, e in explained().items()}
    assert "only 20 distinct values in 10000" in found["user_id"]
    assert "distinct" not in found["friend"]
    assert "nobody reviewed this" in found["friend"]
    assert "reviewed" not in found["user_id"]
    assert "speaks against" in found["mail"]
    assert "2 decisions were ignored" in found["name"]
    assert "%d-%m-%Y or as %m-%d-%Y" in found["show"]
    assert "nothing was found and nobody decided" in found["note"]


def test_a_small_sample_is_no_small_domain():
    few = [evidence("user_id", distinct=20, sampled=25)]
    plan = build(FIELDS, VERDICTS, settings=project(), facts=few)
    found = explain(plan, scan(FIELDS, few), {v.path: v for v in VERDICTS}, registry())
    assert not any("distinct values" in w for w in found[0].warnings)


def test_joins_reach_other_flows_only_where_key_and_parameters_are_the_same():
    plan = build(FIELDS, VERDICTS, settings=project(), facts=FACTS)
    same = replace(plan, flow="g")
    local = build(FIELDS, VERDICTS, settings=project(target="eu"), facts=FACTS)
    assert explained(others=[same])["user_id"].joins == ("friend", "g: user_id", "g: friend")
    assert explained(others=[replace(local, flow="g")])["user_id"].joins == ("friend",)
    assert explained(others=[plan])["user_id"].joins == ("friend",)


def test_one_domain_for_two_types_is_said():
    rules = {"USER_ID": rule("token", 1, "viewer"), "PERSON": rule("token", 2, "viewer")}
    verdicts = [verdict("user_id", "USER_ID"), verdict("name", "PERSON")]
    fields = {"user_id": leaf(), "name": leaf()}
    plan = build(fields, verdicts, settings=project(policy(rules)))
    found = explain(plan, scan(fields), {v.path: v for v in verdicts}, registry())
    assert any("also holds PERSON, which does not join with USER_ID" in w for w in found[0].warnings)
    assert found[0].joins == ()


def test_the_rules_line_is_shown_where_it_is_known():
    places = {"policies.default.entities.USER_ID": Place("pratique.yaml", 12)}
    settings = replace(project(), places={**project().places, **places})
    assert explained(settings=settings)["user_id"].rule == "policy.default.entities.USER_ID (pratique.yaml:12)"


def test_text_says_each_rule_and_what_has_none():
    rules = {"PERSON": rule("replace"), "URL": rule("redact")}
    plan = build(
        {"text": leaf()},
        [verdict("text", "PERSON", "IBAN_CODE")],
        settings=project(policy(rules), subject=None),
        name="text",
    )
    (found,) = explain(
        plan,
        scan({"text": leaf()}, name="text"),
        {("text",): verdict("text", "PERSON", "IBAN_CODE")},
        registry(),
    )
    assert found.treatment == "free text: PERSON replace, URL redact"
    assert any(w.startswith("IBAN_CODE was found here and has no rule") for w in found.warnings)


def test_the_plan_in_figures():
    plan = build(FIELDS, VERDICTS, settings=project(), facts=FACTS, bulk_decisions=1)
    found = summarise(plan, scan(FIELDS))
    assert (found.fields, found.treated, found.kept, found.dropped, found.quarantined) == (7, 4, 1, 1, 1)
    assert (found.reviewed, found.data_class, found.guard_score) == (2, "pseudonymised", 0.5)
    assert found.route == "eu -> us, SCC, until 2027-06-30"
    assert found.hash == plan.hash
    assert any("1 of 7 fields quarantine" in w for w in found.warnings)
    assert any("in bulk: 1" in w for w in found.warnings)
    partial = summarise(plan, scan(FIELDS, complete=False))
    assert any("not random" in w for w in partial.warnings)


# --- diff -----------------------------------------------------------------------------------------------------------


def plan_of(fields=None, verdicts=None, settings=None, **more):
    return build(
        fields or FIELDS,
        VERDICTS if verdicts is None else verdicts,
        settings=settings or project(),
        facts=FACTS,
        **more,
    )


def test_equal_plans_differ_in_nothing():
    assert diff(plan_of(), plan_of()) == ()


def test_what_changed_is_said():
    old = plan_of()
    grown = plan_of({**FIELDS, "new": leaf()})
    assert diff(old, grown) == ("new is new: quarantine",)
    assert diff(grown, old) == ("new is gone",)
    decided = plan_of(verdicts=[*VERDICTS, verdict("note", "PERSON")])
    sentences = diff(old, decided)
    assert "note: quarantine becomes replace (with <PERSON>)" in sentences
    assert "note: was held to be none, now PERSON" in sentences
    rotated = diff(old, plan_of(key_version=lambda domain: 2 if domain == "viewer" else 1))
    assert [s for s in rotated if s.startswith("user_id: the key was for USER_ID, version 1")]
    until = diff(old, plan_of(settings=project(until="2028-01-01")))
    assert until == ("the route's last day was 2027-06-30, now 2028-01-01",)
    parts = diff(old, plan_of(components={"kernel": "2", "x": "1"}))
    assert parts == ("kernel changed from 1 to 2", "x is new (1)")


def test_a_reordered_schema_is_a_difference():
    turned = plan_of(dict(reversed(FIELDS.items())))
    assert diff(plan_of(), turned) == ("the plans differ in the order or the shape of their fields",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flow", "g"),
        ("source", "z"),
        ("target", "z"),
        ("source_region", "z"),
        ("target_region", "z"),
        ("policy", "z"),
        ("subject", None),
        ("source_format", FormatSpec("csv", {"delimiter": ";"})),
        ("target_format", FormatSpec("csv")),
        ("guard_score", 0.9),
        ("residue_score", 0.9),
        ("residue_limit", 9),
        ("max_quarantine", 0.9),
        ("max_quarantine_count", 7),
        ("part_size", 9),
        ("components", {}),
        ("decisions", "ff"),
        ("bulk_decisions", 9),
        ("route", None),
        ("version", 9),
    ],
)
def test_every_other_part_of_a_plan_has_its_sentence(name, value):
    old = plan_of()
    new = replace(old, **{name: value})
    (sentence,) = diff(old, new)
    assert "order or the shape" not in sentence


def test_no_part_of_a_plan_is_forgotten():
    tried = {m.args[1][i][0] for m in test_every_other_part_of_a_plan_has_its_sentence.pytestmark for i in range(20)}
    plan = plan_of()
    assert {f.name for f in fields_of(plan)} - tried == {"schema", "steps", "data_class"}


# --- output schema --------------------------------------------------------------------------------------------------


def test_the_output_of_flat_records():
    fields = {"a": leaf(), "b": leaf(Kind.INTEGER), "c": leaf(), "d": leaf(Kind.DOUBLE, optional=True), "e": leaf()}
    verdicts = [verdict("a", "USER_ID"), verdict("b", "CREDIT_CARD"), verdict("c", "US_SSN"), verdict("d")]
    plan = build(fields, verdicts)
    found = output_schema(plan)
    assert found.root.kinds == {Kind.RECORD}
    assert {name: node.kinds for name, node in found.root.fields} == {
        "a": {Kind.STRING, Kind.NULL},
        "b": {Kind.STRING, Kind.NULL},
        "d": {Kind.DOUBLE, Kind.NULL},
        "e": {Kind.NULL},
    }
    assert [name for name, _ in found.root.fields] == ["a", "b", "d", "e"]
    assert not any(node.optional for _, node in found.root.fields)


def test_the_output_of_nested_records():
    inner = Node(frozenset({Kind.RECORD, Kind.NULL}), fields=(("gone", leaf()), ("id", leaf(Kind.INTEGER))))
    fields = {
        "list": Node(frozenset({Kind.LIST}), item=inner),
        "map": Node(frozenset({Kind.MAP}), value=leaf(Kind.INTEGER)),
        "either": Node(frozenset({Kind.STRING, Kind.RECORD}), fields=(("x", leaf()),)),
        "empty": Node(frozenset({Kind.LIST})),
    }
    verdicts = [
        verdict("list[].gone", "US_SSN"),
        verdict("list[].id", "IBAN_CODE"),
        verdict("map{keys}", "USER_ID"),
        verdict("map{}", "US_SSN"),
        verdict("either", "US_SSN"),
        verdict("either.x"),
    ]
    root = dict(output_schema(build(fields, verdicts)).root.fields)
    assert root["list"].kinds == {Kind.LIST, Kind.NULL}
    assert root["list"].item is not None
    assert root["list"].item.kinds == {Kind.RECORD, Kind.NULL}
    assert {name: node.kinds for name, node in root["list"].item.fields} == {"id": {Kind.NULL}}
    assert root["map"].value.kinds == {Kind.NULL}
    assert root["either"].kinds == {Kind.RECORD, Kind.NULL}
    assert [name for name, _ in root["either"].fields] == ["x"]
    assert root["empty"].item is None
