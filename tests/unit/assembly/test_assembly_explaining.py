"""A plan in words: which line of the project file says so, and with which fields of which flows it joins."""

from pathlib import Path

import pytest

from pratique.model.catalogue import DecisionKind
from pratique.project import Project
from tests.e2e.sample_projects import FLOW, STEWARD, copy, lines, prepare, record

MORE = """\
  orders: {uri: data/eu/orders/, format: jsonl, region: eu}
  orders-us: {uri: data/us/orders/, format: jsonl, region: us}
  later: {uri: data/eu/later/, format: jsonl, region: eu}
policies:
  apart: {entities: {USER_ID: {token: elsewhere}}, not_personal: keep}"""
FLOWS = """\
flows:
  orders: {from: orders, to: orders-us, policy: default}
  apart: {from: orders, to: orders-us, policy: apart}
  unscanned: {from: later, to: orders-us, policy: default}"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = prepare(tmp_path_factory.mktemp("template") / "project")
    file = root / "pratique.yaml"
    file.write_text(file.read_text().replace("policies:", MORE, 1).replace("flows:", FLOWS, 1))
    (root / "data/eu/orders").mkdir()
    rows = [{"buyer": record(n)["user_id"], "amount": n} for n in range(50)]
    (root / "data/eu/orders/a.jsonl").write_bytes(lines(rows))
    project = Project.open(root)
    project.scan(["orders"])
    project.decide("orders", [("buyer",)], DecisionKind.CONFIRM, reason="ids")
    project.decide("orders", [("amount",)], DecisionKind.NOT_PERSONAL, reason="sums", steward=STEWARD)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return copy(template, tmp_path / "project")


def test_joins_reach_into_other_flows_with_the_same_key(root: Path) -> None:
    project = Project.open(root)
    there = {field.path: field.joins for field in project.explain(FLOW).fields}
    assert there["user_id"] == ("note", "orders: buyer")  # a user's id in a note has the same token
    assert (there["card_number"], there["show"]) == (("note",), ())
    assert [f.joins for f in project.explain("orders").fields] == [(f"{FLOW}: user_id", f"{FLOW}: note"), ()]
    assert [f.joins for f in project.explain("apart").fields] == [(), ()]


def test_what_is_said_to_join_does(root: Path) -> None:
    project = Project.open(root)
    user = record(3)["user_id"]
    (event,) = project.protect(FLOW, [record(3)]).records or ()
    (order,) = project.protect("orders", [{"buyer": user, "amount": 1}]).records or ()
    (other,) = project.protect("apart", [{"buyer": user, "amount": 1}]).records or ()
    assert event["user_id"] == order["buyer"] != other["buyer"]


def test_a_rule_is_named_with_its_line(root: Path) -> None:
    text = (root / "pratique.yaml").read_text().splitlines()
    (rule,) = [field.rule for field in Project.open(root).explain(FLOW).fields if field.path == "user_id"]
    line = 1 + next(n for n, shown in enumerate(text) if "USER_ID: {token: viewer}" in shown)
    assert rule == f"policy.default.entities.USER_ID (pratique.yaml:{line})"
