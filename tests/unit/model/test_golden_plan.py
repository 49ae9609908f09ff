"""A plan outlives code: its canonical form, its hash, and what is not read as one."""

# mypy: disable-error-code="no-untyped-call"

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pratique.errors import PolicyError
from pratique.model.classes import DataClass
from pratique.model.codec import canonical, encode
from pratique.model.data import FormatSpec
from pratique.model.paths import ITEM, KEY, VALUE
from pratique.model.plan import PLAN_VERSION, Applied, KeyRef, Mode, Plan, Step, read_plan
from pratique.model.policy import Route
from pratique.model.schema import Kind, Node, Schema

ASSETS = Path(__file__).parents[2] / "assets" / "golden"
GOLDEN = json.loads((ASSETS / "plan.json").read_text(encoding="utf-8"))
SECOND = json.loads((ASSETS / "plan-2.json").read_text(encoding="utf-8"))
USER = Applied("USER_ID", "token", 1, {}, KeyRef("viewer", "USER_ID", 2, "eu -> us"))
WORD = frozenset({Kind.STRING})


def step(*path, mode=Mode.WHOLE, kinds=(Kind.STRING,), output=DataClass.PSEUDONYMISED, **more):
    words = {
        "path": path,
        "mode": mode,
        "kinds": kinds,
        "optional": False,
        "entities": (),
        "apply": None,
        "spans": (),
        "waived": (),
        "output_class": output,
        "output_kinds": (Kind.STRING,),
        "decided": "person",
        "rule": "policy.default.not_personal",
    }
    return Step(**words | more)


PLAN = Plan(
    version=1,
    flow="channel",
    source="channel-eu",
    target="channel-us",
    source_region="eu",
    target_region="us",
    route=Route("eu", "us", DataClass.PSEUDONYMISED, "SCC 2021/914 module 2", "2027-06-30", residue=1),
    policy="default",
    schema=Schema(
        Node(
            frozenset({Kind.RECORD}),
            fields=(
                ("user_id", Node(frozenset({Kind.STRING, Kind.INTEGER}))),
                ("seen", Node(frozenset({Kind.STRING, Kind.NULL}), optional=True)),
                ("größe", Node(frozenset({Kind.DOUBLE}))),
                ("note", Node(WORD)),
                ("tags", Node(frozenset({Kind.MAP}), value=Node(frozenset({Kind.BOOLEAN})))),
                ("cards", Node(frozenset({Kind.LIST}), item=Node(WORD))),
                ("later", Node(WORD, optional=True)),
            ),
        )
    ),
    steps=(
        step(
            "user_id",
            kinds=(Kind.INTEGER, Kind.STRING),
            entities=("USER_ID",),
            apply=USER,
            rule="policy.default.entities.USER_ID",
        ),
        step(
            "seen",
            kinds=(Kind.NULL, Kind.STRING),
            optional=True,
            entities=("DATE_TIME",),
            apply=Applied(
                "DATE_TIME",
                "shift_date",
                1,
                {"days": 365, "format": "iso", "subject": "USER_ID"},
                KeyRef("default", "DATE_TIME", 1, "eu -> us"),
            ),
            output_kinds=(Kind.NULL, Kind.STRING),
            decided="proposal",
            rule="policy.default.entities.DATE_TIME",
        ),
        step(
            "größe",
            mode=Mode.KEEP,
            kinds=(Kind.DOUBLE,),
            waived=("PHONE_NUMBER",),
            output=DataClass.NONE,
            output_kinds=(Kind.DOUBLE,),
            decided="bulk",
        ),
        step(
            "note",
            mode=Mode.TEXT,
            entities=("PERSON", "USER_ID"),
            spans=(Applied("PERSON", "replace", 1, {"with": "<PERSON>"}), USER),
            rule="policy.default.fields.*.note",
        ),
        step("tags", KEY, mode=Mode.KEEP, output=DataClass.NONE),
        step("tags", VALUE, mode=Mode.KEEP, kinds=(Kind.BOOLEAN,), output=DataClass.NONE, output_kinds=(Kind.BOOLEAN,)),
        step(
            "cards",
            ITEM,
            mode=Mode.DROP,
            entities=("CREDIT_CARD",),
            output=DataClass.NONE,
            output_kinds=(),
            rule="policy.default.entities.CREDIT_CARD",
        ),
        step("later", mode=Mode.QUARANTINE, optional=True, output=DataClass.NONE, decided="none", rule=""),
    ),
    subject=("user_id",),
    data_class=DataClass.PSEUDONYMISED,
    source_format=FormatSpec("csv", {"delimiter": ";", "encoding": "cp1252"}),
    target_format=FormatSpec("jsonl"),
    guard_score=0.5,
    residue_score=0.6,
    residue_limit=1,
    max_quarantine=0.05,
    part_size=67_108_864,
    components={"format.jsonl": "1", "kernel": "1", "normalise": "1", "transform.token": "1"},
    decisions="4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945",
    bulk_decisions=1,
)


LATER = replace(
    PLAN,
    version=2,
    schema=Schema(
        Node(
            frozenset({Kind.RECORD}),
            fields=(
                ("user_id", Node(frozenset({Kind.STRING, Kind.INTEGER}))),
                ("seen", Node(frozenset({Kind.STRING, Kind.NULL}), logical="timestamp[us, UTC]")),
                ("price", Node(frozenset({Kind.STRING}), logical="decimal128(10, 2)")),
            ),
        )
    ),
    steps=(
        PLAN.steps[0],
        replace(PLAN.steps[1], optional=False, output_logical="timestamp[us, UTC]", fernet="old-warehouse"),
        step("price", mode=Mode.KEEP, output=DataClass.NONE, output_logical="decimal128(10, 2)"),
    ),
    source_format=FormatSpec("parquet"),
    target_format=FormatSpec("parquet", {"compression": "zstd"}),
    max_quarantine_count=1000,
)


def document(golden=GOLDEN, **changes):
    """The golden document with changes, by the words of the format alone."""
    text = json.dumps(golden["plan"] | changes, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def test_the_canonical_form_and_the_hash():
    assert PLAN_VERSION == LATER.version == 2
    assert PLAN.version == 1
    for plan, golden in ((PLAN, GOLDEN), (LATER, SECOND)):
        assert canonical(plan) == document(golden)
        assert plan.hash == hashlib.sha256(document(golden)).hexdigest() == golden["hash"]


def test_the_document_reads_back_as_the_plan():
    assert read_plan(document()) == PLAN
    assert read_plan(document(SECOND)) == LATER


def test_what_came_with_version_2_is_of_version_2():
    with pytest.raises(PolicyError, match="does not read as one"):
        read_plan(document(SECOND, version=1))
    for later in ({"max_quarantine_count": 5}, {"steps": [{**GOLDEN["plan"]["steps"][0], "fernet": "x"}]}):
        with pytest.raises(PolicyError, match="does not read as one"):
            read_plan(document(**later))
    assert read_plan(document(version=2)).version == 2


def test_the_vector_is_complete():
    assert {s.mode for s in PLAN.steps} == set(Mode)
    for plan in (PLAN, LATER):
        assert [s.path for s in plan.steps] == [f.path for f in plan.schema.fields()]
    seen = set()

    def walk(value):
        if is_dataclass(value):
            for field in fields(value):
                inner = getattr(value, field.name)
                if inner not in (None, (), {}, ""):
                    seen.add((type(value), field.name))
                walk(inner)
        elif isinstance(value, (tuple, list)):
            for item in value:
                walk(item)

    walk(PLAN)
    walk(LATER)
    only_of_outputs = {(Node, "properties")}
    for kind in (Plan, Step, Applied, KeyRef, Schema, Node, FormatSpec):
        assert {f.name for f in fields(kind)} == {name for of, name in seen | only_of_outputs if of is kind}


def test_the_hash_hangs_on_everything():
    changes: list[dict[str, Any]] = [
        {field.name: "x" if getattr(PLAN, field.name) is None else None} for field in fields(Plan)
    ]
    hashes = {replace(PLAN, **change).hash for change in changes} | {PLAN.hash}
    assert len(hashes) == len(fields(Plan)) + 1


def test_a_newer_plan_is_refused_with_a_sentence():
    for newer in (document(version=3), document(version=3, surprise=1)):
        with pytest.raises(PolicyError) as error:
            read_plan(newer, where="flow channel")
        assert str(error.value) == (
            "flow channel: the plan was written by a newer version of Pratique; update to use it"
        )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        document(version=0),
        document(version=True),
        document(version="1"),
        document(surprise=1),
        document(guard_score=float("nan")),
        document() + b"\n",
        document().replace(b'"version":1', b'"version":1,"version":1'),
        json.dumps(GOLDEN["plan"]).encode(),
        json.dumps({k: v for k, v in encode(PLAN).items() if k != "steps"}).encode(),
    ],
    ids=range(14),
)
def test_anything_else_is_no_plan(data):
    with pytest.raises(PolicyError, match="does not read as one"):
        read_plan(data)
