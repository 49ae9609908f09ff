"""The record walk: lists, maps, nested records, and everything that is not as the plan expects."""

import numpy as np
import pytest
from kernel_fakes import TRANSFORMS, SignDetector, plan, step

from pratique.kernel import bind, bind_inverse
from pratique.model.data import Batch
from pratique.model.paths import ITEM, KEY, VALUE
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node

TEXT = Node(frozenset({Kind.STRING, Kind.NULL}))
ROOT = Node(
    frozenset({Kind.RECORD}),
    fields=(
        ("id", TEXT),
        ("person", Node(frozenset({Kind.RECORD}), fields=(("name", TEXT), ("note", TEXT)))),
        ("tags", Node(frozenset({Kind.LIST}), item=TEXT)),
        ("scores", Node(frozenset({Kind.MAP}), value=Node(frozenset({Kind.INTEGER})))),
        ("rows", Node(frozenset({Kind.LIST}), item=Node(frozenset({Kind.RECORD}), fields=(("v", TEXT),)))),
    ),
)
STEPS = [
    step(("id",), Mode.WHOLE),
    step(("person", "name"), Mode.WHOLE),
    step(("person", "note"), Mode.TEXT, spans=[("SIGN", "replace")]),
    step(("tags", ITEM), Mode.WHOLE),
    step(("scores", KEY), Mode.WHOLE),
    step(("scores", VALUE), Mode.KEEP, (Kind.INTEGER,)),
    step(("rows", ITEM, "v"), Mode.DROP),
]


def treat(*records, steps=STEPS, subject=None):
    bound = bind(plan(ROOT, steps, subject), None, TRANSFORMS, SignDetector())
    return bound.apply(Batch(np.arange(len(records), dtype=np.int64), records=list(records)))


def test_every_leaf_is_reached():
    outcome = treat(
        {
            "id": "abc",
            "person": {"name": "Anna", "note": "ask @bob now"},
            "tags": ["x1", None, "y2"],
            "scores": {"left": 1, "right": 2},
            "rows": [{"v": "gone"}, {"v": None}, {}],
        }
    )
    assert outcome.quarantined == ()
    assert outcome.treated.records == [
        {
            "id": "~cba",
            "person": {"name": "~annA", "note": "ask <X> now"},
            "tags": ["~1x", None, "~2y"],
            "scores": {"~tfel": 1, "~thgir": 2},
            "rows": [{}, {}, {}],
        }
    ]


@pytest.mark.parametrize(
    ("record", "rule", "path"),
    [
        ({"extra": 1}, "new-field", ("extra",)),
        ({"extra": None}, "new-field", ("extra",)),
        ({"person": {"name": "A", "age": 3}}, "new-field", ("person", "age")),
        ({"rows": [{"v": "x", "w": "y"}]}, "new-field", ("rows", ITEM, "w")),
        ({"id": 7}, "retyped-field", ("id",)),
        ({"id": {"a": 1}}, "retyped-field", ("id",)),
        ({"id": ["x"]}, "retyped-field", ("id",)),
        ({"person": "Anna"}, "retyped-field", ("person",)),
        ({"scores": {"a": "1"}}, "retyped-field", ("scores", VALUE)),
        ({"scores": {"a": True}}, "retyped-field", ("scores", VALUE)),
        ({"scores": {"a": 2**63}}, "retyped-field", ("scores", VALUE)),
        ({"scores": {"a": float("nan")}}, "retyped-field", ("scores", VALUE)),
        ({"scores": {"!a": 1}}, "transform", ("scores", KEY)),
        ({"tags": ["ok", "!no"]}, "transform", ("tags", ITEM)),
        ({"person": {"note": "x #other"}}, "text", ("person", "note")),
        ({"[]": 1}, "new-field", ("[]",)),
    ],
)
def test_what_the_plan_does_not_know_is_held_back(record, rule, path):
    outcome = treat(record, {"id": "fine"})
    assert [(q.ordinal, q.rule, q.path) for q in outcome.quarantined] == [(0, rule, path)]
    assert outcome.treated.records == [{"id": "~enif"}]


def test_map_keys_that_become_equal_hold_the_record_back():
    steps = [s if s.path != ("scores", KEY) else step(s.path, Mode.WHOLE, transform="replace") for s in STEPS]
    outcome = treat({"scores": {"a": 1, "b": 2}}, {"scores": {"a": 1}}, steps=steps)
    assert [(q.ordinal, q.rule) for q in outcome.quarantined] == [(0, "map-key")]
    assert outcome.treated.records == [{"scores": {"<X>": 1}}]


def test_an_echo_into_another_field_holds_the_record_back():
    outcome = treat(
        {"person": {"name": "Anna Berg", "note": "met Anna Berg today"}},
        {"person": {"name": "Anna Berg", "note": "met Anna Bergson"}},
    )
    assert [(q.ordinal, q.rule) for q in outcome.quarantined] == [(0, "echo")]


def test_a_dropped_value_must_not_stand_elsewhere():
    outcome = treat({"person": {"note": "see secret9 there"}, "rows": [{"v": "secret9"}]})
    assert [q.rule for q in outcome.quarantined] == ["echo"]


def test_a_mention_is_treated_wherever_it_stands_in_the_text():
    class Once(SignDetector):
        def _find(self, text):
            return super()._find(text)[:1]

    bound = bind(plan(ROOT, STEPS), None, TRANSFORMS, Once())
    outcome = bound.apply(Batch(np.array([0]), records=[{"person": {"note": "@anna and again @anna, not @annabel"}}]))
    assert outcome.treated.records == [{"person": {"note": "<X> and again <X>, not @annabel"}}]


def test_the_inverse_gives_back_what_went_in():
    record = {"id": "abc", "tags": ["x1", None], "scores": {"left": 1}, "person": {"name": "Anna"}}
    bound = bind(plan(ROOT, STEPS), None, TRANSFORMS, SignDetector())
    treated = bound.apply(Batch(np.array([0]), records=[record])).treated.records
    assert treated is not None
    restored, failed = bind_inverse(bound).restore(treated)
    assert (restored, failed) == ([record], 0)


def test_the_inverse_touches_only_the_chosen_fields():
    bound = bind(plan(ROOT, STEPS), None, TRANSFORMS, SignDetector())
    treated = bound.apply(Batch(np.array([0]), records=[{"id": "abc", "person": {"name": "Anna"}}])).treated.records
    assert treated is not None
    restored, _ = bind_inverse(bound, [("id",)]).restore(treated)
    assert restored == [{"id": "abc", "person": {"name": "~annA"}}]


def test_tokens_in_a_text_are_read_back():
    steps = [step(("person", "note"), Mode.TEXT, spans=[("SIGN", "token"), ("OTHER", "replace")])]
    record = {"person": {"note": "ask @bob-now and #it"}}
    bound = bind(plan(ROOT, steps), None, TRANSFORMS, SignDetector())
    treated = bound.apply(Batch(np.array([0]), records=[record])).treated.records
    assert treated == [{"person": {"note": "ask ~bob@-now and <X>"}}]


def test_spans_go_by_the_records_subject_where_their_rule_does():
    steps = [step(("id",), Mode.WHOLE), step(("person", "note"), Mode.TEXT, spans=[("SIGN", "shift_date")])]
    outcome = treat(
        {"id": "one", "person": {"note": "at @noon"}},
        {"id": "two", "person": {"note": "at @noon"}},
        {"person": {"note": "at @noon"}},
        steps=steps,
        subject=("id",),
    )
    assert outcome.treated.records == [
        {"id": "~eno", "person": {"note": "at one/@noon"}},
        {"id": "~owt", "person": {"note": "at two/@noon"}},
    ]
    assert [(q.ordinal, q.rule) for q in outcome.quarantined] == [(2, "subject")]
