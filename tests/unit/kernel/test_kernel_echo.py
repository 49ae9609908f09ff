"""What a free text's detector finds must stand nowhere else in the record, whichever way the record goes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel_fakes import TRANSFORMS, Fake, SignDetector, plan, step

from pratique.kernel import bind
from pratique.kernel.text import CUT
from pratique.kernel.values import distinct, records_of
from pratique.model.catalogue import Finding
from pratique.model.data import Batch
from pratique.model.paths import ITEM
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node

STRING = Node(frozenset({Kind.STRING, Kind.NULL}), optional=True)
DOUBLE = Node(frozenset({Kind.DOUBLE, Kind.NULL}), optional=True)
TAGS = Node(frozenset({Kind.LIST, Kind.NULL}), item=STRING, optional=True)
FLAT = Node(frozenset({Kind.RECORD}), fields=(("who", STRING), ("note", STRING), ("memo", STRING), ("x", DOUBLE)))
DEEP = Node(frozenset({Kind.RECORD}), fields=(("note", STRING), ("tags", TAGS)))
SPANS = [("SIGN", "token"), ("OTHER", "replace")]
NOTE = step(("note",), Mode.TEXT, spans=SPANS)
MEMO = step(("memo",), Mode.TEXT, spans=SPANS)
KEPT = step(("memo",), Mode.KEEP, waived=["SIGN", "OTHER"])


class First(SignDetector):
    """Finds only what stands at the beginning of a text, as a detector that goes by what stands before a name."""

    def _find(self, text):
        return [f for f in super()._find(text) if f.start == 0]


def both_ways(rows, steps, detector, subject=None):
    """The outcome by columns, once it is shown to be the one by records."""
    bound = bind(plan(FLAT, steps, subject=subject), None, TRANSFORMS, detector)
    ordinals = np.arange(len(rows), dtype=np.int64)
    names = [s.step.path[0] for s in bound.steps]
    kinds = {n: Kind.DOUBLE if n == "x" else Kind.STRING for n in names}
    columns = {n: distinct([row.get(n) for row in rows], kinds[n]) for n in names}
    by_columns = bound.apply(Batch(ordinals, columns=columns))
    by_records = bound.apply(Batch(ordinals, records=[{n: row.get(n) for n in names} for row in rows]))
    assert by_columns.quarantined == by_records.quarantined
    left = [{n: row.get(n) for n in names} for row in records_of(by_columns.treated)]
    assert repr(left) == repr([{n: row.get(n) for n in names} for row in records_of(by_records.treated)])
    return by_columns


def held(rows, steps, detector=None, subject=None):
    outcome = both_ways(rows, steps, detector or First(), subject)
    assert {q.rule for q in outcome.quarantined} <= {"echo"}
    return [q.ordinal for q in outcome.quarantined]


@pytest.mark.parametrize("other", [KEPT, MEMO], ids=["kept", "free text"])
def test_a_span_that_stands_in_another_field_holds_the_record_back(other):
    rows = [
        {"note": "@anna called", "memo": "ask @anna again"},
        {"note": "@anna called", "memo": "ask @annabel again"},
        {"note": "@anna called", "memo": "ask her again"},
        {"note": "@anna called", "memo": None},
        {"note": None, "memo": "ask @anna again"},
        {"note": "called", "memo": "ask @anna again"},
        {"note": "#anna called", "memo": "or not #anna"},
    ]
    assert held(rows, [NOTE, other]) == [0, 6]


def test_a_span_under_a_rule_that_keeps_is_no_source():
    class Keep(Fake):
        def bind(self, applied, keys):
            class Bound(type(super().bind(applied, keys))):
                def apply(self, values, subjects):
                    return list(values)

            return Bound("keep")

    note = step(("note",), Mode.TEXT, spans=[("SIGN", "keep"), ("OTHER", "replace")])
    bound = bind(plan(FLAT, [note, KEPT]), None, {**TRANSFORMS, "keep": Keep("keep", "keep")}, First())
    outcome = bound.apply(Batch(np.array([0]), records=[{"note": "@anna called", "memo": "ask @anna"}]))
    assert outcome.treated.records == [{"note": "@anna called", "memo": "ask @anna"}]


def test_short_spans_are_no_echoes():
    assert held(
        [{"note": "@an called", "memo": "ask @an"}, {"note": "@12345 is", "memo": "no @12345"}], [NOTE, KEPT]
    ) == [1]


def test_what_was_written_in_a_spans_place_echoes_nothing():
    """A date that was shifted onto another date of the record is no echo of it; a constant's letters are no value."""
    note = step(("note",), Mode.TEXT, spans=[("OTHER", "replace")])
    rows = [{"who": "X", "note": "#one"}, {"who": "<X>", "note": "#one"}]
    who = step(("who",), Mode.WHOLE)
    assert held([{**row, "who": row["who"] * 4} for row in rows], [who, note]) == []
    longer = step(("who",), Mode.WHOLE)
    shifted = step(("note",), Mode.TEXT, spans=[("OTHER", "shift_date")])
    assert held([{"who": "person-1", "note": "#one"}], [longer, shifted], subject=("who",)) == []


def test_a_finding_inside_another_is_a_source_too():
    class Nested(SignDetector):
        def find_many(self, texts, *, field=None, without=frozenset()):
            at = [text.find("site/anna") for text in texts]
            return [
                [Finding(n, n + 9, "OTHER", 0.9, "x"), Finding(n + 5, n + 9, "SIGN", 0.9, "x")] if n >= 0 else []
                for n in at
            ]

        def find_any(self, values, *, score, field=None, without=frozenset()):
            return np.zeros(len(values), dtype=bool)

    rows = [{"note": "at site/anna", "memo": "anna was here"}, {"note": "at site/anna", "memo": "site only"}]
    assert held(rows, [NOTE, KEPT], Nested()) == [0]


def test_items_of_a_list_are_apart_and_an_item_is_not_its_own_echo():
    tags = step(("tags", ITEM), Mode.TEXT, spans=SPANS)
    bound = bind(plan(DEEP, [NOTE, tags]), None, TRANSFORMS, First())
    records = [
        {"tags": ["@anna called", "ask @anna"]},
        {"tags": ["@anna called, ask @anna"]},
        {"tags": ["@anna called", "@anna wrote"]},
        {"note": "@anna called", "tags": ["none", "ask @anna"]},
        {"note": "ask @anna", "tags": ["@anna called"]},
    ]
    outcome = bound.apply(Batch(np.arange(len(records)), records=records))
    assert [(q.ordinal, q.rule) for q in outcome.quarantined] == [(0, "echo"), (3, "echo"), (4, "echo")]


def test_a_double_is_long_enough_for_its_letter():
    rows = [{"who": "1e-7", "x": 1e-7}, {"who": "1e-7", "x": 2e-7}]
    assert held(rows, [step(("who",), Mode.WHOLE), step(("x",), Mode.KEEP, (Kind.DOUBLE,))]) == [0]


WORDS = st.lists(
    st.sampled_from(["@anna", "#berta", "anna", "@annabel", "1234567", "@1234567", CUT, "<X>", ",", "_"]), max_size=4
).map(" ".join)


@given(
    st.lists(st.fixed_dictionaries({n: st.none() | WORDS for n in ("who", "note", "memo")}), min_size=1, max_size=6),
    st.sampled_from(["token", "shift_date", "replace"]),
    st.sampled_from([KEPT, MEMO]),
    st.sampled_from([First(), SignDetector()]),
)
def test_both_ways_find_the_same_echoes_and_no_found_span_is_left(rows, rule, memo, detector):
    note = step(("note",), Mode.TEXT, spans=[("SIGN", rule), ("OTHER", "replace")])
    outcome = both_ways(rows, [step(("who",), Mode.WHOLE), note, memo], detector, subject=("who",))
    kept = set(range(len(rows))) - {q.ordinal for q in outcome.quarantined}
    for row, record in zip(sorted(kept), records_of(outcome.treated), strict=True):
        left = record["memo"] or ""
        for finding in detector._find(rows[row]["note"] or ""):
            raw = (rows[row]["note"] or "")[finding.start : finding.end]
            # What was written in the place of a span may look like anything, a rest may not.
            if len(raw) > 4 and memo is KEPT:
                assert f" {raw} " not in f" {left} "
