"""Scoring anew: what stored evidence can still tell, what it cannot, and that nothing hides behind a decision."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.catalogue import (
    changes,
    latest,
    moments,
    proposals,
    proposed,
    rescored,
    score,
    sign_decision,
    stale,
    verdicts,
)
from pratique.catalogue.scoring import UNSEEN
from pratique.crypto.signing import generate
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence, VerdictState
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema

ANN = generate()
STEWARDS = {"ann": ANN.public}
T = [f"2026-05-05T{hour:02d}:00:00+00:00" for hour in range(24)]
TEXT, NUMBER, EMPTY = ("text",), ("number",), ("empty",)
OLD = {
    "detect.code": "1",
    "detect.names": "n",
    "detect.patterns": "p",
    "detect.custom": "c",
    **{f"{kind}.{entity}": "1" for kind in ("type", "name") for entity in ("PERSON", "CARD", "NAMED")},
    "type.NAMED": "",
}


class Detector:
    """Knows types by name only."""

    def __init__(self, entities=("PERSON", "CARD", "NAMED"), names=None, validated=("CARD",)):
        self.entities = frozenset(entities)
        self._names = names or {}
        self._validated = frozenset(validated)

    def types_of_name(self, field):
        return frozenset(self._names.get(field, ()))

    def validated(self):
        return self._validated


def seen(entity, hits, *, by_name=False):
    return TypeEvidence(entity, hits, hits / 100, 0.8 if hits else 0.0, 0, by_name)


def scan(*types: TypeEvidence, at: str = T[1], number=(), empty=()) -> Scan:
    kinds = {"text": Kind.STRING, "number": Kind.INTEGER, "empty": Kind.NULL}
    nodes = tuple((name, Node(frozenset({kind}))) for name, kind in kinds.items())
    return Scan(
        dataset="d",
        schema=Schema(Node(frozenset({Kind.RECORD}), fields=nodes)),
        format=FormatSpec("jsonl"),
        evidence=(
            Evidence(TEXT, 100, 0, 9, 4.0, 1.0, types),
            Evidence(NUMBER, 100, 0, 9, 4.0, 1.0, tuple(number)),
            Evidence(EMPTY, 100, 100, 0, 0.0, 0.0, tuple(empty)),
        ),
        records=100,
        complete=True,
        random=False,
        rejects=0,
        detectors=OLD,
        at=at,
    )


def decision(kind, entities, at, *, signed=True, sequence=1):
    made = Decision("d", TEXT, kind, tuple(entities), "ann", at, "why", sequence)
    return sign_decision(made, ANN) if signed else made


def verdict(found, scorings, decisions, share=0.05):
    held = latest(found, scorings)
    return verdicts(held, decisions, STEWARDS, share, moments(found, scorings, share))[TEXT]


def test_a_threshold_needs_no_data() -> None:
    found = scan(seen("PERSON", 3))
    first, second = (score(found, share, OLD, at=T[hour]) for share, hour in ((0.05, 1), (0.01, 5)))
    assert proposed(first) == {}
    assert proposed(second) == {TEXT: ("PERSON",)}
    (change,) = changes(proposed(first), proposed(second))
    assert (change.path, change.gained, change.lost) == (TEXT, ("PERSON",), ())
    assert stale(found, Detector(), OLD) == ()


def test_what_a_decision_dismissed_stays_dismissed_and_what_came_later_is_a_conflict() -> None:
    found = scan(seen("PERSON", 50), seen("CARD", 3))
    said = [decision(DecisionKind.NOT_PERSONAL, (), T[3])]
    scorings = [score(found, 0.05, OLD, at=T[1])]
    assert verdict(found, scorings, said).state is VerdictState.DECIDED
    scorings.append(score(found, 0.01, OLD, at=T[5]))
    after = verdict(found, scorings, said, share=0.01)
    assert (after.state, after.entities) == (VerdictState.CONFLICT, ("CARD",))
    again = [*said, decision(DecisionKind.NOT_PERSONAL, (), T[6], sequence=2)]
    assert verdict(found, scorings, again, share=0.01).state is VerdictState.DECIDED


def test_what_no_scoring_tells_of_was_seen_by_nobody() -> None:
    """The threshold changed and nobody scored anew: even a decision of a time to come does not dismiss it."""
    found = scan(seen("CARD", 3))
    scorings = [score(found, 0.05, OLD, at=T[1])]
    assert moments(found, scorings, 0.01) == {TEXT: {"CARD": UNSEEN}, NUMBER: {}, EMPTY: {}}
    late = [decision(DecisionKind.NOT_PERSONAL, (), "9000-01-01T00:00:00+00:00")]
    assert verdict(found, scorings, late, share=0.01).state is VerdictState.CONFLICT


def test_a_proposal_that_was_gone_for_a_while_is_new_when_it_comes_back() -> None:
    found = scan(seen("CARD", 3))
    scorings = [score(found, share, OLD, at=T[hour]) for share, hour in ((0.01, 1), (0.05, 2), (0.01, 3))]
    assert moments(found, scorings, 0.01)[TEXT]["CARD"] == datetime.fromisoformat(T[3]).astimezone(UTC)
    assert moments(found, scorings[:1], 0.01)[TEXT]["CARD"] == datetime.fromisoformat(T[1]).astimezone(UTC)


def test_a_scan_of_before_scorings_is_as_it_was() -> None:
    found = scan(seen("PERSON", 50))
    assert moments(found, [], 0.05) == {}
    assert verdict(found, [], [decision(DecisionKind.NOT_PERSONAL, (), T[3])]).state is VerdictState.DECIDED


@given(
    st.lists(st.tuples(st.integers(0, 100), st.sampled_from(["PERSON", "CARD", "NAMED"])), max_size=3),
    st.lists(st.sampled_from([0.01, 0.05, 0.3, 0.9]), min_size=1, max_size=5),
    st.sampled_from([0.01, 0.05, 0.3, 0.9]),
    st.lists(st.tuples(st.sampled_from(DecisionKind), st.integers(0, 12)), max_size=4),
)
def test_unsigned_words_never_loosen_however_often_it_is_scored(hits, shares, share, words) -> None:
    found = scan(*{entity: seen(entity, number) for number, entity in hits}.values())
    scorings = [score(found, s, OLD, at=T[2 * n + 1]) for n, s in enumerate(shares)]
    entities = {DecisionKind.REJECT: ("PERSON",), DecisionKind.CONFIRM: ("CARD",), DecisionKind.SET: ("CARD",)}
    said = [
        decision(kind, entities.get(kind, ()), T[hour], signed=False, sequence=n)
        for n, (kind, hour) in enumerate(words, start=1)
    ]
    before, after = verdict(found, scorings, [], share), verdict(found, scorings, said, share)
    assert set(before.entities) <= set(after.entities)
    assert not after.waived
    assert not (after.state is VerdictState.DECIDED and not after.entities)


def test_names_and_types_are_asked_anew() -> None:
    found = scan(seen("PERSON", 2), seen("OLD", 70), empty=[seen("OLD", 0, by_name=True)])
    detector = Detector(names={TEXT: ("PERSON",), EMPTY: ("CARD",)})
    anew = rescored(found, detector)
    assert proposals(anew, 0.05) == {TEXT: ("PERSON",), NUMBER: (), EMPTY: ("CARD",)}
    noted = score(anew, 0.05, OLD, at=T[4], looked=found)
    assert {e.path for e in noted.evidence} == {TEXT, EMPTY}
    assert latest(found, [noted]) == anew
    assert latest(found, []) == found


def drift(detector=None, found=None, **other):
    new = {**OLD, **{name.replace("__", "."): value for name, value in other.items()}}
    new = {name: value for name, value in new.items() if value is not None}
    return {s.path: s.because for s in stale(found or scan(seen("PERSON", 9)), detector or Detector(), new)}


def test_the_same_detectors_leave_nothing_to_scan_again() -> None:
    assert drift() == {}


@pytest.mark.parametrize(
    ("other", "paths"),
    [
        ({"detect__code": "2"}, {TEXT, NUMBER}),
        ({"detect__recognizer__x": "1"}, {TEXT, NUMBER}),
        ({"detect__names": "m"}, {TEXT}),
        ({"type__PERSON": "2"}, {TEXT}),
        ({"type__CARD": "2"}, {TEXT, NUMBER}),
        ({"type__NAMED": "2", "detect__patterns": "q"}, {TEXT}),
        ({"detect__patterns": "q"}, set()),
        ({"detect__custom": "q"}, {TEXT}),
        ({"type__NAMED": None, "name__NAMED": None}, set()),
    ],
)
def test_what_changed_says_which_fields(other, paths) -> None:
    """Never a field without a value; numbers only for what goes by check digits, or for code."""
    assert set(drift(**other)) == paths


def test_a_type_that_goes_leaves_room_where_it_was() -> None:
    without = Detector(entities=("CARD", "NAMED"))
    assert drift(without, type__PERSON=None, name__PERSON=None) == {TEXT: ("PERSON: gone",)}
    assert drift(without, scan(), type__PERSON=None, name__PERSON=None) == {}


def test_a_name_that_speaks_suffices_where_something_was_seen() -> None:
    speaks = Detector(names={TEXT: ("PERSON",)})
    assert drift(speaks, scan(seen("PERSON", 1)), name__PERSON="2") == {}
    assert set(drift(speaks, scan(), name__PERSON="2")) == {TEXT}
    assert set(drift(Detector(), scan(seen("PERSON", 1, by_name=True)), name__PERSON="2")) == {TEXT}
    assert drift(Detector(), scan(seen("PERSON", 0, by_name=True)), name__PERSON="2") == {}
    assert drift(Detector(names={NUMBER: ("PERSON",)}), scan(), name__PERSON="2") == {}
    assert set(drift(Detector(names={NUMBER: ("CARD",)}), scan(), name__CARD="2")) == {NUMBER}


def test_a_scan_of_before_types_had_digests_is_scanned_again_for_any_pattern() -> None:
    before = replace(scan(), detectors={n: d for n, d in OLD.items() if not n.startswith(("type.", "name."))})
    assert {s.path for s in stale(before, Detector(), {**OLD, "detect.patterns": "q"})} == {TEXT, NUMBER}
    assert stale(before, Detector(), OLD) == ()
