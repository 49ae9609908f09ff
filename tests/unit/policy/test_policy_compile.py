"""Policy, verdicts and schema to a plan: every rule of the design, and every refusal with its line."""

import pytest

from pratique.errors import PolicyError
from pratique.model.catalogue import VerdictState
from pratique.model.classes import DataClass
from pratique.model.paths import ITEM, KEY, VALUE
from pratique.model.plan import KeyRef, Mode
from pratique.model.schema import Kind, Node
from tests.unit.policy.policy_fixtures import build, evidence, leaf, one, policy, project, rule, verdict

DATES = [evidence("x", dates=("%d-%m-%Y",))]


@pytest.mark.parametrize(
    ("entities", "mode", "transform", "output_class"),
    [
        (["PERSON"], Mode.WHOLE, "replace", DataClass.NONE),
        (["USER_ID"], Mode.WHOLE, "token", DataClass.PSEUDONYMISED),
        (["EMAIL_ADDRESS"], Mode.WHOLE, "pseudonym", DataClass.PSEUDONYMISED),
        (["CREDIT_CARD"], Mode.WHOLE, "mask", DataClass.PSEUDONYMISED),
        (["DATE_TIME"], Mode.WHOLE, "shift_date", DataClass.PSEUDONYMISED),
        (["IP_ADDRESS"], Mode.WHOLE, "generalise", DataClass.PSEUDONYMISED),
        (["IBAN_CODE"], Mode.WHOLE, "redact", DataClass.NONE),
        (["US_SSN"], Mode.DROP, None, DataClass.NONE),
        (["UNKNOWN_TYPE"], Mode.QUARANTINE, None, DataClass.NONE),
        ([], Mode.KEEP, None, DataClass.NONE),
    ],
)
def test_one_type_goes_by_its_rule(entities, mode, transform, output_class):
    step = one(*entities, facts=DATES)
    assert (step.mode, step.output_class) == (mode, output_class)
    assert (step.apply.transform if step.apply else None) == transform
    assert step.entities == tuple(entities)


@pytest.mark.parametrize(
    ("entities", "winner"),
    [
        (["USER_ID", "PERSON"], "replace"),
        (["USER_ID", "EMAIL_ADDRESS"], "pseudonym"),
        (["EMAIL_ADDRESS", "CREDIT_CARD"], "mask"),
        (["CREDIT_CARD", "DATE_TIME"], "shift_date"),
        (["DATE_TIME", "IP_ADDRESS"], "generalise"),
        (["IP_ADDRESS", "PERSON"], "replace"),
        (["PERSON", "IBAN_CODE"], "redact"),
    ],
)
def test_the_strictest_rule_wins_whatever_the_order(entities, winner):
    for order in (entities, entities[::-1]):
        step = one(*order, facts=DATES)
        assert step.apply is not None
        assert step.apply.transform == winner


def test_a_type_without_rule_is_stricter_than_any_rule():
    assert one("US_SSN", "UNKNOWN_TYPE").mode is Mode.QUARANTINE
    assert one("UNKNOWN_TYPE", "PERSON").mode is Mode.QUARANTINE


def test_otherwise_drop_and_redact_rank_where_they_belong():
    drop = project(policy(otherwise="drop"))
    assert one("UNKNOWN_TYPE", settings=drop).mode is Mode.DROP
    assert one("UNKNOWN_TYPE", "IBAN_CODE", settings=drop).rule == "policy.default.otherwise"
    redact = project(policy(otherwise="redact"))
    step = one("UNKNOWN_TYPE", settings=redact)
    assert step.apply is not None
    assert step.apply.transform == "redact"
    assert one("UNKNOWN_TYPE", "US_SSN", settings=redact).rule == "policy.default.entities.US_SSN"


def test_equally_strict_rules_go_by_the_verdicts_order():
    rules = {"USER_ID": rule("token", 1, "viewer"), "PERSON": rule("token", 2, "viewer")}
    settings = project(policy(rules))
    first = one("USER_ID", "PERSON", settings=settings)
    second = one("PERSON", "USER_ID", settings=settings)
    assert first.apply is not None
    assert second.apply is not None
    assert (first.apply.entity, second.apply.entity) == ("USER_ID", "PERSON")


def test_two_masks_that_differ_are_for_a_person_to_settle():
    rules = {"A": rule("mask", 7, keep_last=4), "B": rule("mask", 8, keep_first=4)}
    with pytest.raises(PolicyError, match=r"pratique\.yaml:8: x is held to be A and B"):
        one("A", "B", settings=project(policy(rules)))
    rules["B"] = rule("mask", 8, keep_last=4)
    assert one("A", "B", settings=project(policy(rules))).mode is Mode.WHOLE


# --- states ---------------------------------------------------------------------------------------------------------


def test_what_nobody_knows_quarantines():
    for state in (VerdictState.UNDECIDED, VerdictState.PROPOSED, VerdictState.CONFLICT):
        step = one(state=state)
        assert (step.mode, step.rule) == (Mode.QUARANTINE, "undecided")
    assert one(path="elsewhere").mode is Mode.QUARANTINE


def test_a_conflict_is_treated():
    step = one("PERSON", state=VerdictState.CONFLICT)
    assert (step.mode, step.decided) == (Mode.WHOLE, "proposal")


@pytest.mark.parametrize(
    ("state", "bulk", "decided"),
    [
        (VerdictState.DECIDED, False, "person"),
        (VerdictState.DECIDED, True, "bulk"),
        (VerdictState.PROPOSED, False, "proposal"),
        (VerdictState.UNDECIDED, False, "none"),
    ],
)
def test_who_decided_is_in_the_step(state, bulk, decided):
    assert one("PERSON", state=state, bulk=bulk).decided == decided


def test_not_personal_goes_by_its_rule_and_does_not_count():
    assert one().rule == "policy.default.not_personal"
    step = one(settings=project(policy(not_personal=rule("token", 20, "rest"))))
    assert (step.mode, step.output_class) == (Mode.WHOLE, DataClass.NONE)


# --- field rules ----------------------------------------------------------------------------------------------------


def with_field(spec, key="a.x", **more):
    return project(policy(fields={key: rule(spec, 25, **more)}))


def test_a_field_rule_wins_over_type_rules():
    step = one("US_SSN", settings=with_field("token", domain="viewer"))
    assert step.apply is not None
    assert (step.apply.transform, step.apply.entity, step.rule) == ("token", "US_SSN", "policy.default.fields.a.x")


def test_the_datasets_own_field_rule_comes_before_the_general_one():
    settings = project(policy(fields={"*.x": rule("drop"), "a.x": rule("redact")}))
    assert one("PERSON", settings=settings).rule == "policy.default.fields.a.x"
    assert one("PERSON", settings=with_field("drop", "*.x")).mode is Mode.DROP
    assert one("PERSON", settings=with_field("drop", "b.x")).mode is Mode.WHOLE


def test_a_field_rule_may_treat_what_nobody_knows_but_not_let_it_pass():
    undecided = VerdictState.UNDECIDED
    assert one(state=undecided, settings=with_field("drop")).mode is Mode.DROP
    step = one(state=undecided, settings=with_field("token", domain="viewer"))
    assert step.apply is not None
    assert step.apply.entity == "FIELD"
    assert one(state=undecided, settings=with_field("keep")).mode is Mode.QUARANTINE
    assert one(state=undecided, settings=with_field("text")).mode is Mode.QUARANTINE


def test_kept_personal_data_is_personal():
    settings = project(policy(fields={"a.x": rule("keep", 25)}), route_class=DataClass.PERSONAL)
    step = one("PERSON", settings=settings)
    assert (step.mode, step.output_class) == (Mode.WHOLE, DataClass.PERSONAL)
    step = one("URL", settings=project(route_class=DataClass.PERSONAL), state=VerdictState.DECIDED)
    assert (step.mode, step.output_class) == (Mode.WHOLE, DataClass.PERSONAL)
    step = one(settings=with_field("keep"))
    assert (step.mode, step.output_class) == (Mode.KEEP, DataClass.NONE)


# --- text -----------------------------------------------------------------------------------------------------------

IN_TEXT = {"PERSON": rule("replace", 11), "USER_ID": rule("token", 12, "viewer"), "DATE_TIME": rule("generalise", 13)}


def test_a_document_is_treated_span_by_span():
    plan = build(
        {"text": leaf()}, [verdict("text", "PERSON")], settings=project(policy(IN_TEXT), subject=None), name="text"
    )
    step = plan.steps[0]
    assert (step.mode, step.output_class, step.output_kinds) == (Mode.TEXT, DataClass.PSEUDONYMISED, (Kind.STRING,))
    assert [(a.entity, a.transform) for a in step.spans] == [
        ("PERSON", "replace"),
        ("USER_ID", "token"),
        ("DATE_TIME", "generalise"),
    ]
    assert step.spans[1].key == KeyRef("viewer", "USER_ID", 1, "eu -> us")
    assert plan.data_class is DataClass.PSEUDONYMISED


def test_a_document_of_which_nothing_is_known_quarantines():
    plan = build({"text": leaf()}, [], settings=project(policy(IN_TEXT), subject=None), name="text")
    assert plan.steps[0].mode is Mode.QUARANTINE


def test_as_text_treats_spans_of_a_structured_field():
    settings = project(policy(IN_TEXT, fields={"a.x": rule("text", 25)}))
    assert one("PERSON", settings=settings).mode is Mode.TEXT
    assert one(settings=settings).mode is Mode.TEXT
    with pytest.raises(PolicyError, match=r"pratique\.yaml:25: .*integer"):
        one("PERSON", settings=settings, kinds=(Kind.STRING, Kind.INTEGER))


def test_what_a_text_keeps_makes_it_personal():
    settings = project(
        policy({**IN_TEXT, "URL": rule("keep", 14)}, fields={"a.x": rule("text", 25)}),
        route_class=DataClass.PERSONAL,
    )
    assert one("PERSON", settings=settings).output_class is DataClass.PERSONAL


def test_shift_date_in_text_needs_a_subject_too():
    settings = project(policy({"DATE_TIME": rule("shift_date", 15)}), subject=None)
    with pytest.raises(PolicyError, match=r"pratique\.yaml:15: .*subject"):
        build({"text": leaf()}, [verdict("text", "DATE_TIME")], settings=settings, name="text")


# --- subjects, dates, keys ------------------------------------------------------------------------------------------


def test_without_a_subject_shift_date_does_not_compile():
    with pytest.raises(PolicyError, match=r"pratique\.yaml:15: .*declares no subject \(x\)"):
        one("DATE_TIME", settings=project(subject=None), facts=DATES)


@pytest.mark.parametrize("subject", ["nobody", "tags[]", "deep"])
def test_a_subject_must_be_one_value_of_each_record(subject):
    fields = {
        "user_id": leaf(),
        "tags": Node(frozenset({Kind.LIST}), item=leaf()),
        "deep": Node(frozenset({Kind.RECORD}), fields=(("id", leaf()),)),
    }
    with pytest.raises(PolicyError, match=r"pratique\.yaml:5: the subject"):
        build(fields, [], settings=project(subject=subject))
    assert build(fields, [], settings=project(subject="deep.id")).subject == ("deep", "id")


def test_dates_that_cannot_be_told_apart_are_asked():
    both = [evidence("x", dates=("%d-%m-%Y", "%m-%d-%Y"))]
    with pytest.raises(PolicyError, match=r"pratique\.yaml:15: .*%d-%m-%Y or as %m-%d-%Y.*format") as caught:
        one("DATE_TIME", facts=both)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    settings = project(policy({"DATE_TIME": rule("shift_date", 15, format="%m-%d-%Y")}))
    step = one("DATE_TIME", facts=both, settings=settings)
    assert step.apply is not None
    assert step.apply.params["format"] == "%m-%d-%Y"


def test_generalise_takes_the_dates_format_but_not_for_other_things():
    settings = project(policy({"DATE_TIME": rule("generalise", 15), "IP_ADDRESS": rule("generalise", 16)}))
    step = one("DATE_TIME", facts=DATES, settings=settings)
    assert step.apply is not None
    assert (step.apply.params["format"], step.apply.params["to"]) == ("%d-%m-%Y", "year")
    step = one("IP_ADDRESS", facts=DATES, settings=settings)
    assert step.apply is not None
    assert "format" not in step.apply.params


def test_keys_are_named_by_domain_rule_type_version_and_route():
    fields = {"user_id": leaf(), "x": leaf()}
    verdicts = [verdict("user_id", "USER_ID"), verdict("x", "EMAIL_ADDRESS")]
    versions = {"viewer": 3, "mail": 1}
    for settings, routes in [
        (project(), ("eu -> us", "eu -> us")),
        (project(target="eu"), ("local", "local")),
        (project(shared=("viewer",)), ("shared", "eu -> us")),
    ]:
        plan = build(fields, verdicts, settings=settings, key_version=versions.__getitem__)
        keys = [s.apply.key for s in plan.steps if s.apply]
        assert keys == [KeyRef("viewer", "USER_ID", 3, routes[0]), KeyRef("mail", "EMAIL_ADDRESS", 1, routes[1])]


def test_a_joining_transform_needs_a_domain_and_others_take_none():
    with pytest.raises(PolicyError, match=r"pratique\.yaml:9: .*names none"):
        one("PERSON", settings=project(policy({"PERSON": rule("token", 9)})))
    with pytest.raises(PolicyError, match=r"pratique\.yaml:9: .*takes no domain"):
        one("PERSON", settings=project(policy({"PERSON": rule("replace", 9, "viewer")})))


# --- shapes ---------------------------------------------------------------------------------------------------------


def nested():
    person = Node(
        frozenset({Kind.RECORD, Kind.NULL}), optional=True, fields=(("name", leaf()), ("age", leaf(Kind.INTEGER)))
    )
    return {
        "who": person,
        "tags": Node(frozenset({Kind.LIST}), item=leaf(Kind.STRING, Kind.NULL)),
        "map": Node(frozenset({Kind.MAP}), value=leaf(Kind.DOUBLE)),
    }


def test_one_step_per_leaf_in_the_schemas_order():
    verdicts = [verdict("who.name", "PERSON"), verdict("who.age"), verdict("tags[]", "USER_ID"), verdict("map{keys}")]
    plan = build(nested(), verdicts)
    assert [s.path for s in plan.steps] == [
        ("who", "name"),
        ("who", "age"),
        ("tags", ITEM),
        ("map", KEY),
        ("map", VALUE),
    ]
    assert [s.mode for s in plan.steps] == [Mode.WHOLE, Mode.KEEP, Mode.WHOLE, Mode.KEEP, Mode.QUARANTINE]
    assert plan.steps[2].output_kinds == (Kind.NULL, Kind.STRING)


def test_map_keys_need_a_text_in_their_place():
    keys = frozenset({Kind.MAP})
    fields = {"map": Node(keys, value=leaf())}
    named = [verdict("map{keys}", "PERSON"), verdict("map{}")]
    assert build(fields, named).steps[0].mode is Mode.WHOLE
    for line, entity in ((17, "IBAN_CODE"), (18, "US_SSN")):
        with pytest.raises(PolicyError, match=rf"pratique\.yaml:{line}: .*keys of a map"):
            build(fields, [verdict("map{keys}", entity), verdict("map{}")])
    for otherwise in ("drop", "redact", "quarantine"):
        settings = project(policy(otherwise=otherwise), subject=None)
        plan = build(fields, [verdict("map{keys}", "UNKNOWN_TYPE"), verdict("map{}")], settings=settings)
        assert plan.steps[0].mode is Mode.QUARANTINE


def test_a_field_of_nulls_holds_back_its_first_value():
    assert one("PERSON", kinds=(Kind.NULL,)).mode is Mode.QUARANTINE
    assert one(kinds=(Kind.NULL,)).mode is Mode.KEEP
    assert one("US_SSN", kinds=(Kind.NULL,)).mode is Mode.DROP


def test_a_transform_that_does_not_take_the_kind_is_refused_with_its_line():
    with pytest.raises(PolicyError, match=r"pratique\.yaml:14: policy\.default\.entities\.CREDIT_CARD does not fit x"):
        one("CREDIT_CARD", kinds=(Kind.BOOLEAN,))
    with pytest.raises(PolicyError, match=r"pratique\.yaml:9: .*no parameter"):
        one("PERSON", settings=project(policy({"PERSON": rule("mask", 9, keep_lst=4)})))
    with pytest.raises(PolicyError, match=r"pratique\.yaml:9: .*no parameter"):
        one("PERSON", settings=project(policy({"PERSON": rule("drop", 9, hard=True)})))
    with pytest.raises(PolicyError, match=r"pratique\.yaml:9: .*no parameter"):
        one(settings=project(policy(not_personal=rule("keep", 9, hard=True))))


def test_records_that_are_not_objects_are_refused():
    with pytest.raises(PolicyError, match="nothing is known"):
        build({}, [])


def test_a_proposal_that_nobody_reviewed_is_no_leave_to_keep():
    step = one("URL", settings=project(route_class=DataClass.PERSONAL))
    assert (step.mode, step.rule) == (Mode.QUARANTINE, "undecided")
