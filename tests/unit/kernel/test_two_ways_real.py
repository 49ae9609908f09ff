"""The two ways with nothing made up: JSON Lines, real transforms, keys and detector, held equal byte for byte."""

import io
import json
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import build_detector
from pratique.formats.jsonl import JsonLines
from pratique.kernel import bind
from pratique.keys import FileKeyStore, create_keys
from pratique.model.catalogue import Scan, Verdict, VerdictState
from pratique.model.data import Dataset, FormatSpec
from pratique.model.policy import DetectionSettings, Flow, Policy, Rule, Settings, TransformSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.policy import compile_plan, output_schema
from pratique.testing.formats import encode_rows
from pratique.transform import registry

ROWS = 40
"""Lines of one shape, so that they go by columns."""
LEAF = frozenset({Kind.NULL})
KINDS = {
    "who": Kind.STRING,
    "text": Kind.STRING,
    "day": Kind.STRING,
    "n": Kind.INTEGER,
    "x": Kind.DOUBLE,
    "b": Kind.BOOLEAN,
}
NESTED = Node(
    frozenset({Kind.RECORD, Kind.NULL}),
    fields=(("city", Node(frozenset({Kind.STRING, Kind.NULL}))),),
    optional=True,
)
TAGS = Node(frozenset({Kind.LIST, Kind.NULL}), item=Node(frozenset({Kind.STRING, Kind.NULL})), optional=True)
EMPTY = Node(frozenset({Kind.LIST, Kind.NULL}), optional=True)
SCHEMA = Schema(
    Node(
        frozenset({Kind.RECORD}),
        fields=(
            *((name, Node(frozenset({kind, Kind.NULL}), optional=True)) for name, kind in KINDS.items()),
            ("home", NESTED),
            ("tags", TAGS),
            ("empty", EMPTY),
        ),
    )
)
TEXTS = st.sampled_from(
    [
        "user-12345",
        "USER-12345",
        "Anna Schmidt",
        "write to anna.schmidt@example.org or call Anna Schmidt",
        "DE89370400440532013000",
        "378282246310005",
        "192.0.2.17",
        "02-03-2024",
        "31-12-2024",
        "Straße, naïve \u0065\u0301 \U0001f600",
        "",
        " ",
        "1234567",
        "a_Anna Schmidt_b",
        "\u0000\t\n",
        '"quoted" \\ back',
    ]
)
NUMBERS = st.sampled_from([0, 1, -7, 1234567, 378282246310005, 2**63 - 1, -(2**63), 2**63])
DOUBLES = st.sampled_from([0.0, -0.0, 1.5, 1234567.0, 0.1, 1e22, 5e-324])
ROW = st.fixed_dictionaries(
    {},
    optional={
        "who": st.none() | TEXTS,
        "text": st.none() | TEXTS | NUMBERS,
        "day": st.none() | TEXTS,
        "n": st.none() | NUMBERS | DOUBLES,
        "x": st.none() | DOUBLES,
        "b": st.none() | st.booleans(),
        "home": st.none() | TEXTS | st.fixed_dictionaries({"city": st.none() | TEXTS}),
        "tags": st.none() | TEXTS | st.lists(st.none() | TEXTS, max_size=3),
        "empty": st.none() | st.just([]) | TEXTS,
        "new": st.none() | TEXTS,
    },
)
STRINGS = [
    ("token", {}),
    ("pseudonym", {}),
    ("mask", {"keep_last": 4}),
    ("replace", {}),
    ("redact", {}),
    ("drop", {}),
    ("keep", {}),
    ("text", {}),
    ("free", {}),
]
DAYS = [("shift_date", {"format": "%d-%m-%Y"}), ("generalise", {"to": "month", "format": "%d-%m-%Y"}), *STRINGS]
INTEGERS = [("token", {}), ("pseudonym", {}), ("generalise", {"bins": "0, 10, 100"}), ("drop", {}), ("free", {})]
RULES = st.fixed_dictionaries(
    {
        "who": st.sampled_from([*STRINGS[:2], ("free", {})]),
        "text": st.sampled_from(STRINGS),
        "day": st.sampled_from(DAYS),
        "n": st.sampled_from(INTEGERS),
        "x": st.sampled_from([("token", {}), ("drop", {}), ("free", {})]),
        "b": st.sampled_from([("free", {}), ("drop", {}), ("keep", {})]),
        "home.city": st.sampled_from(STRINGS),
        "tags[]": st.sampled_from(STRINGS),
    }
)
SPANS = {"PERSON": "replace", "EMAIL_ADDRESS": "token", "IBAN_CODE": "pseudonym", "DATE_TIME": "shift_date"}
SPEC = FormatSpec("jsonl")


@cache
def keys() -> FileKeyStore:
    folder = Path(tempfile.mkdtemp())
    return create_keys(folder / "keys.json", folder / "apart.pem")


@cache
def detector():
    return build_detector(DetectionSettings(), Path())


def plan(rules):
    """The plan that the compiler makes of one rule for each field; ``free`` is a field held as not personal."""

    def rule(name, params):
        if name == "text":
            return Rule(None, as_text=True)
        keyed = registry()[name].keyed and registry()[name].joins
        return Rule(TransformSpec(name, "people" if keyed else None, params))

    made = {f"a.{path}": rule(*chosen) for path, chosen in rules.items() if chosen[0] != "free"}
    policy = Policy(
        "p", {e: rule(t, {}) for e, t in SPANS.items()}, made, Rule(TransformSpec("keep")), otherwise="quarantine"
    )
    found = Settings(
        root=".",
        name="x",
        regions=("eu",),
        keys={},
        stewards={},
        reidentifiers={},
        datasets={"a": Dataset("a", "a/", "eu", subject=("who",)), "b": Dataset("b", "b/", "eu")},
        policies={"p": policy},
        routes={},
        flows={"f": Flow("f", "a", "b", "p")},
        detection=DetectionSettings(),
    )
    free = {path for path, chosen in rules.items() if chosen[0] == "free"}
    paths = {"home.city": ("home", "city"), "tags[]": ("tags", "[]")}
    verdicts = {
        at: Verdict(at, VerdictState.DECIDED, () if path in free else ("PERSON",))
        for path in rules
        for at in [paths.get(path, (path,))]
    }
    return compile_plan(
        found,
        "f",
        scan=Scan("a", SCHEMA, SPEC, (), 1, True, False, 0, {}, "2026-11-23T00:00:00+00:00"),
        verdicts=verdicts,
        transforms=registry(),
        key_version=lambda _: 1,
        components={},
        decisions_digest="",
        bulk_decisions=0,
        target_format=SPEC,
        today=date(2026, 11, 23),
    )


def pass_through(bound, data, *, columns) -> tuple[bytes, list[tuple[int, str]], int]:
    """What comes out, what is held back by which rule, and how many rows went as columns."""
    schema = output_schema(bound.plan)
    out, held, as_columns = b"", [], 0
    way = JsonLines(block=1 << 12, columns=columns)
    for block in way.decode(io.BytesIO(data), 0, len(data), SPEC, SCHEMA):
        outcomes = [bound.apply(batch) for batch in block.batches]
        as_columns += sum(len(batch) for batch in block.batches if batch.columns is not None)
        out += encode_rows(way, [o.treated for o in outcomes if len(o.treated)], schema, SPEC)
        held += [(r.ordinal, r.rule) for r in block.rejects]
        held += [(q.ordinal, q.rule) for o in outcomes for q in o.quarantined]
        assert block.count == len(block.rejects) + sum(
            len(o.treated) + len(o.quarantined) for o in outcomes
        )  # nothing lost, nothing twice
    return out, sorted(held), as_columns


def lines(rows) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=4), RULES)
def test_the_same_bytes_by_columns_and_by_records(rows, rules):
    made = plan(rules)
    data = b"".join(lines([row for row in rows for _ in range(ROWS)]))
    by_columns = pass_through(bind(made, keys(), registry(), detector()), data, columns=True)
    by_records = pass_through(bind(made, keys(), registry(), detector()), data, columns=False)
    assert by_columns[1] == by_records[1]
    assert by_columns[0] == by_records[0]


FREE = dict.fromkeys(["who", "text", "day", "n", "x", "b", "home.city", "tags[]"], ("free", {}))


@pytest.mark.parametrize("row", [{"home": "17 Quay Street"}, {"tags": "one"}, {"empty": "one"}])
def test_a_value_where_a_record_or_a_list_stood_is_held_back_whichever_way_it_comes(row):
    bound = bind(plan(FREE), keys(), registry(), detector())
    data = b"".join(lines([row] * ROWS))
    out, held, as_columns = pass_through(bound, data, columns=True)
    assert as_columns == ROWS
    assert out == b""
    assert {rule for _, rule in held} == {"retyped-field"}
    assert pass_through(bound, data, columns=False)[:2] == (out, held)


@pytest.mark.parametrize("row", [{"home": None}, {"tags": None}, {"empty": None}, {}])
def test_nothing_where_a_record_or_a_list_stood_passes_whichever_way_it_comes(row):
    bound = bind(plan(FREE), keys(), registry(), detector())
    data = b"".join(lines([{"n": 1, **row}] * ROWS))
    out, held, _ = pass_through(bound, data, columns=True)
    assert (held, out.count(b"\n")) == ([], ROWS)
    assert pass_through(bound, data, columns=False)[:2] == (out, held)


def test_a_boolean_echoes_nothing_whichever_way_it_comes():
    bound = bind(plan({**FREE, "text": ("token", {})}), keys(), registry(), detector())
    data = b"".join(lines([{"text": "true", "b": True}] * ROWS))
    assert pass_through(bound, data, columns=True)[:2] == pass_through(bound, data, columns=False)[:2]


def test_a_dropped_boolean_is_no_word_of_a_text():
    bound = bind(plan({**FREE, "b": ("drop", {})}), keys(), registry(), detector())
    data = b"".join(lines([{"text": "that is true indeed", "b": True}] * ROWS))
    assert pass_through(bound, data, columns=True)[1] == []
