"""The column way and the record walk give the same outcome for every flat batch."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from kernel_fakes import TRANSFORMS, SignDetector, plan, step

from pratique.kernel import bind
from pratique.kernel.values import distinct, records_of
from pratique.model.data import Batch
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node

KINDS = {
    "who": Kind.STRING,
    "name": Kind.STRING,
    "note": Kind.STRING,
    "n": Kind.INTEGER,
    "x": Kind.DOUBLE,
    "b": Kind.BOOLEAN,
}
ROOT = Node(
    frozenset({Kind.RECORD}),
    fields=tuple((name, Node(frozenset({kind, Kind.NULL}))) for name, kind in KINDS.items()),
)
WORDS = st.sampled_from(
    ["Anna", "Anna Berg", "!bad", "@sign", "#other", "x Anna y", "1234567", "1234567 z", "", "é", "a_Anna"]
)
MODES = st.sampled_from(
    ["keep", "drop", "token", "replace", "shift_date", "text", "text-unruled", "text-subject", "undecided"]
)


def make_step(name: str, mode: str):
    kind = (KINDS[name],)
    if mode == "text" and KINDS[name] is Kind.STRING:
        return step((name,), Mode.TEXT, kind, spans=[("SIGN", "token"), ("OTHER", "replace")])
    if mode == "text-subject" and KINDS[name] is Kind.STRING:
        return step((name,), Mode.TEXT, kind, spans=[("SIGN", "shift_date"), ("OTHER", "replace")])
    if mode == "text-unruled" and KINDS[name] is Kind.STRING:
        return step((name,), Mode.TEXT, kind, spans=[("SIGN", "replace")])
    if mode in TRANSFORMS:
        return step((name,), Mode.WHOLE, kind, transform=mode)
    return step((name,), {"drop": Mode.DROP, "undecided": Mode.QUARANTINE}.get(mode, Mode.KEEP), kind, waived=["OTHER"])


ROW = st.fixed_dictionaries(
    {
        "who": st.none() | WORDS,
        "name": st.none() | WORDS,
        "note": st.none() | WORDS,
        "n": st.none() | st.sampled_from([0, 7, 1234567, -(2**63), 2**63 - 1]),
        "x": st.none() | st.sampled_from([0.0, -0.0, 1.5, 1e300, 1234567.0]),
        "b": st.none() | st.booleans(),
    }
)


def as_columns(rows, kinds):
    return {name: distinct([row[name] for row in rows], kind) for name, kind in kinds.items()}


@given(
    st.lists(ROW, min_size=1, max_size=8),
    st.tuples(*[MODES for _ in KINDS]),
    st.booleans(),
    st.sets(st.sampled_from(list(KINDS))),
)
def test_both_ways_are_equal(rows, modes, with_subject, unknown):
    """Whatever the rows, the steps, and the fields that the plan lacks."""
    root = Node(ROOT.kinds, fields=tuple((n, node) for n, node in ROOT.fields if n not in unknown))
    steps = [make_step(n, m) for n, m in zip(KINDS, modes, strict=True) if n not in unknown]
    made = plan(root, steps, subject=("who",) if with_subject else None)
    bound = bind(made, None, TRANSFORMS, SignDetector())
    ordinals = np.arange(len(rows), dtype=np.int64) * 10
    by_columns = bound.apply(Batch(ordinals, columns=as_columns(rows, KINDS)))
    by_records = bound.apply(Batch(ordinals, records=[{n: row[n] for n in KINDS} for row in rows]))
    assert by_columns.quarantined == by_records.quarantined
    assert by_columns.treated.ordinals.tolist() == by_records.treated.ordinals.tolist()
    names = [s.step.path[0] for s in bound.steps]
    left = [{n: row.get(n) for n in names} for row in records_of(by_columns.treated)]
    right = [{n: row.get(n) for n in names} for row in records_of(by_records.treated)]
    assert repr(left) == repr(right)  # repr tells -0.0 from 0.0 and 1 from 1.0
    assert len(by_columns.treated) + len(by_columns.quarantined) == len(rows)


def test_a_retyped_column_holds_back_exactly_the_rows_that_have_a_value():
    bound = bind(plan(ROOT, [make_step("n", "keep")]), None, TRANSFORMS, SignDetector())
    column = distinct(["7", None], Kind.STRING)
    outcome = bound.apply(Batch(np.array([0, 5]), columns={"n": column}))
    assert [(q.ordinal, q.rule, q.path) for q in outcome.quarantined] == [(0, "retyped-field", ("n",))]
    assert outcome.treated.ordinals.tolist() == [5]


def test_a_missing_column_is_null():
    bound = bind(plan(ROOT, [make_step("n", "keep"), make_step("who", "token")]), None, TRANSFORMS, SignDetector())
    outcome = bound.apply(Batch(np.array([0]), columns={"n": distinct([1], Kind.INTEGER)}))
    assert not outcome.quarantined
    assert records_of(outcome.treated) == [{"n": 1}]


def test_long_raw_values_under_a_joining_transform_are_told_to_the_gate():
    bound = bind(
        plan(ROOT, [make_step("who", "token"), make_step("name", "replace")]), None, TRANSFORMS, SignDetector()
    )
    rows = {"who": distinct(["12345678", "short"], Kind.STRING), "name": distinct(["another one"] * 2, Kind.STRING)}
    outcome = bound.apply(Batch(np.array([0, 1]), columns=rows))
    assert pa.chunked_array(outcome.raws).to_pylist() == ["12345678"]
