"""Findings that overlap in a text: the strictest of their rules treats all of it."""

import numpy as np
import pytest
from kernel_fakes import TRANSFORMS, Fake, SignDetector, plan, step

from pratique.kernel import bind
from pratique.model.catalogue import Finding
from pratique.model.data import Batch
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node

ROOT = Node(frozenset({Kind.RECORD}), fields=(("note", Node(frozenset({Kind.STRING, Kind.NULL}))),))
TEXT = "at site/anna/x today"


class Keep(Fake):
    def bind(self, applied, keys):
        class Bound(type(super().bind(applied, keys))):
            def apply(self, values, subjects):
                return list(values)

        return Bound("keep")


class Overlapping(SignDetector):
    """A site from 3 to 14; a person inside it, or from inside to beyond its end."""

    entities = frozenset({"SITE", "WHO"})

    def __init__(self, *, end: int) -> None:
        self.end = end

    def find_many(self, texts, *, field=None, without=frozenset()):
        return [[Finding(3, 14, "SITE", 0.9, "x"), Finding(8, self.end, "WHO", 0.6, "x")] for _ in texts]


@pytest.mark.parametrize(("end", "left"), [(12, "at <X> today"), (20, "at <X>")])
@pytest.mark.parametrize("site", ["keep", "replace"])
def test_a_kept_span_lets_nothing_through_that_another_rule_treats(end, left, site):
    made = step(("note",), Mode.TEXT, spans=[("SITE", site), ("WHO", "replace")])
    bound = bind(plan(ROOT, [made]), None, {**TRANSFORMS, "keep": Keep("keep", "keep")}, Overlapping(end=end))
    outcome = bound.apply(Batch(np.array([0]), records=[{"note": TEXT}]))
    assert outcome.treated.records == [{"note": left}]


def test_a_type_without_a_rule_holds_the_record_back_whatever_it_overlaps():
    made = step(("note",), Mode.TEXT, spans=[("SITE", "replace")])
    bound = bind(plan(ROOT, [made]), None, TRANSFORMS, Overlapping(end=12))
    outcome = bound.apply(Batch(np.array([0]), records=[{"note": TEXT}]))
    assert [q.rule for q in outcome.quarantined] == ["text"]
