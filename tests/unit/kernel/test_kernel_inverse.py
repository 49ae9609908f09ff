"""What the inverse may give back, and what it must not guess."""

import numpy as np
import pytest
from kernel_fakes import TRANSFORMS, Fake, SignDetector, plan, step

from pratique.errors import PolicyError
from pratique.kernel import bind, bind_inverse
from pratique.model.data import Batch
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node


class Shift(Fake):
    """Puts the subject before the value, and takes it away again: believes whatever subject it is told."""

    def bind(self, applied, keys):
        class Bound(type(super().bind(applied, keys))):
            def invert(self, values, subjects):
                return [f"{s}:{v}" for v, s in zip(values, subjects, strict=True)]

        return Bound("subject")


SHIFT = {**TRANSFORMS, "shift_date": Shift("shift_date", "subject", needs_subject=True)}


def treated(first, kind=Kind.STRING, value="anna"):
    fields = {"who": frozenset({kind, Kind.NULL}), "day": frozenset({Kind.STRING, Kind.NULL})}
    root = Node(frozenset({Kind.RECORD}), fields=tuple((name, Node(kinds)) for name, kinds in fields.items()))
    steps = [first, step(("day",), Mode.WHOLE, transform="shift_date")]
    bound = bind(plan(root, steps, subject=("who",)), None, SHIFT, SignDetector())
    outcome = bound.apply(Batch(np.array([0]), records=[{"who": value, "day": "monday"}]))
    assert outcome.treated.records is not None
    return bound, list(outcome.treated.records)


@pytest.mark.parametrize("first", [step(("who",), Mode.WHOLE, transform="replace"), step(("who",), Mode.DROP)])
def test_what_went_by_a_person_whom_nothing_tells_is_not_guessed_at(first):
    bound, _ = treated(first)
    with pytest.raises(PolicyError, match="reversibly"):
        bind_inverse(bound, [("day",)])
    with pytest.raises(PolicyError, match="no field"):
        bind_inverse(bound)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [(Kind.STRING, "anna", "anna"), (Kind.BOOLEAN, True, "true"), (Kind.DOUBLE, 1.0, "1.0")],
)
def test_a_subject_that_was_kept_is_read_as_it_was_when_treating(kind, value, shown):
    bound, records = treated(step(("who",), Mode.KEEP, (kind,)), kind, value)
    assert records[0]["day"] == f"{shown}/monday"
    restored, failed = bind_inverse(bound, [("day",)]).restore(records)
    assert (restored[0]["day"], failed) == (f"{shown}:{shown}/monday", 0)


def test_a_token_that_holds_no_number_stays_text_and_is_in_no_error():
    root = Node(frozenset({Kind.RECORD}), fields=(("n", Node(frozenset({Kind.INTEGER}))),))
    made = step(("n",), Mode.WHOLE, (Kind.INTEGER,))
    bound = bind(plan(root, [made]), None, TRANSFORMS, SignDetector())
    restored, failed = bind_inverse(bound).restore([{"n": "~321"}, {"n": "~annA"}, {"n": "raw"}])
    assert restored == [{"n": 123}, {"n": "Anna"}, {"n": "raw"}]
    assert failed == 1
