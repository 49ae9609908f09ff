"""The template is no show piece: its policy compiles with the real transforms."""

from datetime import date

from pratique.config import load, template
from pratique.detect.entities import BUILT_IN
from pratique.detect.entities.families import LISTED, family_of
from pratique.model.catalogue import Scan, Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.data import FormatSpec
from pratique.model.families import FAMILIES
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node, Schema
from pratique.policy import compile_plan
from pratique.transform import registry

FIELDS = {
    "customer_id": "CUSTOMER_ID",
    "name": "PERSON",
    "mail": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "card": "CREDIT_CARD",
    "account": "IBAN_CODE",
    "address": "IP_ADDRESS",
    "since": "DATE_TIME",
    "born": "DATE_OF_BIRTH",
    "remarks": "PERSON",
}


def test_the_templates_policy_compiles(tmp_path):
    (tmp_path / "pratique.yaml").write_text(template(until=date(2030, 1, 1)))
    settings = load(tmp_path)
    leaf = Node(frozenset({Kind.STRING}))
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=tuple((name, leaf) for name in FIELDS)))
    scan = Scan("customers", schema, FormatSpec("jsonl"), (), 1, True, False, 0, {}, "2026-01-01T00:00:00Z")
    plan = compile_plan(
        settings,
        "customers",
        scan=scan,
        verdicts={(n,): Verdict((n,), VerdictState.PROPOSED, (e,)) for n, e in FIELDS.items()},
        transforms=registry(),
        key_version=lambda _: 1,
        components={},
        decisions_digest="",
        bulk_decisions=0,
        target_format=FormatSpec("jsonl"),
        today=date(2026, 1, 1),
        known_entities={name: family_of(name) for name in (*(one.name for one in BUILT_IN), *LISTED)},
    )
    assert plan.data_class is DataClass.PSEUDONYMISED
    assert plan.steps[-1].mode is Mode.TEXT
    assert all(s.mode is Mode.WHOLE for s in plan.steps[:-1])
    # Whatever is found in a text later has a rule.
    assert settings.policies["default"].families.keys() == FAMILIES.keys()
    assert {span.entity for span in plan.steps[-1].spans} == {one.name for one in BUILT_IN} | {*LISTED, "CUSTOMER_ID"}
