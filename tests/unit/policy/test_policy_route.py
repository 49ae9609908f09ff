"""What a plan is held against: names, routes, classes; and the plan as a document."""

import json
from dataclasses import replace
from datetime import date

import pytest

from pratique.errors import PolicyError
from pratique.model.catalogue import VerdictState
from pratique.model.classes import DataClass
from pratique.model.codec import canonical, decode
from pratique.model.data import FormatSpec
from pratique.model.plan import Plan
from pratique.model.schema import Kind, Node
from pratique.policy import compile_plan
from tests.unit.policy.policy_fixtures import TODAY, build, evidence, leaf, one, policy, project, rule, scan, verdict

DATES = [evidence("x", dates=("%d-%m-%Y",))]


def test_unknown_names_are_refused_with_a_guess():
    with pytest.raises(PolicyError, match='did you mean "replace"'):
        one("PERSON", settings=project(policy({"X": rule("replase", 9)})))
    with pytest.raises(PolicyError, match=r'pratique\.yaml:9: .*PERSN.*did you mean "PERSON"'):
        build(
            {"x": leaf()},
            [verdict("x")],
            settings=project(policy({"PERSN": rule("replace", 9), "USER_ID": rule("redact")}), subject=None),
            known_entities={"PERSON": "name"},
        )
    with pytest.raises(PolicyError, match="no flow"):
        compile_plan(
            project(),
            "g",
            scan=scan({"x": leaf()}),
            verdicts={},
            transforms={},
            key_version=lambda _: 1,
            components={},
            decisions_digest="",
            bulk_decisions=0,
            target_format=FormatSpec("jsonl"),
            today=TODAY,
        )


def test_only_a_field_is_read_as_text():
    for bad in (policy({"PERSON": rule("text", 9)}), policy(not_personal=rule("text", 9))):
        with pytest.raises(PolicyError, match=r"pratique\.yaml:9: .*names no transform"):
            one(settings=project(bad))


def test_a_field_rule_must_meet_a_field():
    fields = {"x": leaf(), "deep": Node(frozenset({Kind.RECORD}), fields=(("y", leaf()),))}
    verdicts = [verdict("x"), verdict("deep.y")]
    for name, do in (("a.xx", 'did you mean "a.x"'), ("a.deep", '"a.deep.y"')):
        settings = project(policy(fields={name: rule("drop", 25)}), subject=None)
        with pytest.raises(PolicyError, match=rf"pratique\.yaml:25: .*no value at .*{do}"):
            build(fields, verdicts, settings=settings)
    for name in ("*.xx", "b.xx", "a.deep.y"):
        build(fields, verdicts, settings=project(policy(fields={name: rule("drop", 25)}), subject=None))


def test_a_route_closes_after_its_last_day():
    fields, verdicts = {"x": leaf()}, [verdict("x")]
    settings = project(subject=None, until="2026-11-23")
    assert build(fields, verdicts, settings=settings).route is not None
    with pytest.raises(PolicyError, match=r"pratique\.yaml:30: .*closed after 2026-11-23"):
        build(fields, verdicts, settings=settings, today=date(2026, 11, 24))
    assert build(fields, verdicts, settings=project(subject=None, target="eu"), today=date(2099, 1, 1)).route is None


def test_anonymised_is_not_measured_yet():
    with pytest.raises(PolicyError, match=r"pratique\.yaml:30: .*not measured yet"):
        build({"x": leaf()}, [verdict("x")], settings=project(subject=None, route_class=DataClass.ANONYMISED))


def test_no_route_no_border():
    settings = replace(project(subject=None), routes={})
    with pytest.raises(PolicyError, match=r"pratique\.yaml:40: .*no route"):
        build({"x": leaf()}, [verdict("x")], settings=settings)


def test_a_record_has_the_weakest_class_and_the_route_says_which_fields_hold_it_back():
    fields = {f"f{n}": leaf() for n in range(8)}
    none = [verdict(f"f{n}") for n in range(8)]
    assert build(fields, none).data_class is DataClass.NONE
    tokens = [verdict("f0", "USER_ID"), *none[1:]]
    assert build(fields, tokens).data_class is DataClass.PSEUDONYMISED
    kept = [verdict(f"f{n}", "URL", state=VerdictState.DECIDED) for n in range(7)] + [verdict("f7", "USER_ID")]
    with pytest.raises(PolicyError) as caught:
        build(fields, kept)
    line = str(caught.value)
    assert "f0 (policy.default.entities.URL)" in line
    assert "and 2 more" in line
    assert "f7" not in line
    inside = build(fields, kept, settings=project(subject=None, target="eu"))
    assert inside.data_class is DataClass.PERSONAL


def test_the_scan_must_be_of_the_flows_source():
    with pytest.raises(PolicyError, match="the scan is of other"):
        build({"x": leaf()}, [], scan=replace(scan({"x": leaf()}), dataset="other"))


# --- the plan as a document -----------------------------------------------------------------------------------------


def test_the_plan_is_complete_deterministic_and_reads_back():
    verdicts = [verdict("user_id", "USER_ID"), verdict("x", "DATE_TIME", waived=("PERSON", "IBAN_CODE"))]
    fields = {"user_id": leaf(), "x": leaf(Kind.STRING, Kind.NULL, optional=True)}
    plan = build(fields, verdicts, settings=project(), facts=DATES, bulk_decisions=2)
    again = build(fields, verdicts[::-1], settings=project(), facts=DATES, bulk_decisions=2)
    assert plan.hash == again.hash
    assert decode(Plan, json.loads(canonical(plan))).hash == plan.hash
    assert plan.steps[1].waived == ("IBAN_CODE", "PERSON")
    assert (plan.guard_score, plan.residue_score, plan.residue_limit, plan.bulk_decisions) == (0.5, 0.6, 0, 2)
    assert plan.subject == ("user_id",)
    other = build(fields, verdicts, settings=project(), facts=DATES, bulk_decisions=2, key_version=lambda _: 2)
    assert other.hash != plan.hash
