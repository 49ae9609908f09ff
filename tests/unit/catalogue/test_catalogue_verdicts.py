"""Verdicts: what counts, what does not, and that nothing unsigned ever loosens."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.catalogue import bulk_count, counted, is_loosening, sign_decision, verdicts
from pratique.crypto.signing import generate
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence, Verdict, VerdictState
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema

ANN = generate()
STEWARDS = {"ann": ANN.public}
FIELD = ("tv_show",)
SCAN_AT = "2026-05-05T12:00:00+00:00"
BEFORE = "2026-05-05T11:00:00+00:00"
AFTER = "2026-05-05T13:00:00+00:00"
CONFIRM, REJECT, SET, NOT_PERSONAL = (
    DecisionKind.CONFIRM,
    DecisionKind.REJECT,
    DecisionKind.SET,
    DecisionKind.NOT_PERSONAL,
)
PROPOSED, DECIDED, UNDECIDED, CONFLICT = (
    VerdictState.PROPOSED,
    VerdictState.DECIDED,
    VerdictState.UNDECIDED,
    VerdictState.CONFLICT,
)

Word = tuple[DecisionKind, Sequence[str], bool, str]
"""Kind, types, whether it is signed, when."""


def scan(*proposed: str, at: str = SCAN_AT) -> Scan:
    leaf = Node(frozenset({Kind.STRING}))
    types = tuple(TypeEvidence(entity, 50, 0.5, 0.8, 0) for entity in proposed)
    return Scan(
        dataset="channel",
        schema=Schema(Node(frozenset({Kind.RECORD}), fields=(("tv_show", leaf), ("other", leaf)))),
        format=FormatSpec("jsonl"),
        evidence=(Evidence(FIELD, 100, 0, 10, 5.0, 1.0, types),),
        records=100,
        complete=True,
        random=False,
        rejects=0,
        detectors={},
        at=at,
    )


def decisions(*words: Word, bulk: Sequence[int] = ()) -> list[Decision]:
    made = []
    for number, (kind, entities, signed, at) in enumerate(words, start=1):
        group = "b1" if number in bulk else ""
        decision = Decision("channel", FIELD, kind, tuple(sorted(entities)), "ann", at, "because", number, group)
        made.append(sign_decision(decision, ANN) if signed else decision)
    return made


def verdict(proposed: Sequence[str], *words: Word) -> Verdict:
    return verdicts(scan(*proposed), decisions(*words), STEWARDS, 0.05)[FIELD]


@pytest.mark.parametrize(
    ("proposed", "words", "state", "entities", "waived"),
    [
        # Nobody said anything.
        ("", [], UNDECIDED, "", ""),
        ("AB", [], PROPOSED, "AB", ""),
        # Confirm adds, and never takes away.
        ("A", [(CONFIRM, "A", False, AFTER)], DECIDED, "A", ""),
        ("AB", [(CONFIRM, "A", False, AFTER)], PROPOSED, "AB", ""),
        ("AB", [(CONFIRM, "A", False, BEFORE)], CONFLICT, "AB", ""),
        ("", [(CONFIRM, "C", False, AFTER)], DECIDED, "C", ""),
        ("AB", [(CONFIRM, "A", False, AFTER), (CONFIRM, "B", False, AFTER)], DECIDED, "AB", ""),
        # Reject takes one type away, and says nothing about the field.
        ("A", [(REJECT, "A", True, AFTER)], UNDECIDED, "", "A"),
        ("AB", [(REJECT, "A", True, AFTER)], PROPOSED, "B", "A"),
        ("A", [(REJECT, "A", True, BEFORE)], UNDECIDED, "", "A"),
        ("A", [(CONFIRM, "A", False, AFTER), (REJECT, "A", True, AFTER)], UNDECIDED, "", "A"),
        ("A", [(REJECT, "A", True, AFTER), (NOT_PERSONAL, "", True, AFTER)], DECIDED, "", "A"),
        ("A", [(NOT_PERSONAL, "", True, AFTER), (REJECT, "A", True, AFTER)], DECIDED, "", "A"),
        ("A", [(REJECT, "A", True, AFTER), (CONFIRM, "A", False, AFTER)], DECIDED, "A", ""),
        ("A", [(REJECT, "A", True, AFTER), (SET, "A", False, AFTER)], DECIDED, "A", ""),
        # Not personal dismisses what was known, waives nothing, and meets new evidence in a conflict.
        ("", [(NOT_PERSONAL, "", True, BEFORE)], DECIDED, "", ""),
        ("A", [(NOT_PERSONAL, "", True, AFTER)], DECIDED, "", ""),
        ("A", [(NOT_PERSONAL, "", True, SCAN_AT)], DECIDED, "", ""),
        ("A", [(NOT_PERSONAL, "", True, BEFORE)], CONFLICT, "A", ""),
        ("AB", [(NOT_PERSONAL, "", True, BEFORE), (REJECT, "A", True, AFTER)], CONFLICT, "B", "A"),
        ("A", [(NOT_PERSONAL, "", True, BEFORE), (REJECT, "A", True, AFTER)], DECIDED, "", "A"),
        ("A", [(NOT_PERSONAL, "", True, BEFORE), (NOT_PERSONAL, "", True, AFTER)], DECIDED, "", ""),
        ("A", [(NOT_PERSONAL, "", True, AFTER), (CONFIRM, "B", False, AFTER)], PROPOSED, "BA", ""),
        # Set says all there is.
        ("", [(SET, "C", False, AFTER)], DECIDED, "C", ""),
        ("A", [(SET, "C", True, AFTER)], DECIDED, "C", ""),
        ("A", [(SET, "AC", False, AFTER)], DECIDED, "AC", ""),
        ("A", [(SET, "C", False, BEFORE)], CONFLICT, "CA", ""),
        ("A", [(SET, "C", True, BEFORE)], CONFLICT, "CA", ""),
        ("A", [(SET, "C", True, AFTER), (REJECT, "C", True, AFTER)], UNDECIDED, "", "C"),
        ("A", [(SET, "C", True, AFTER), (CONFIRM, "D", False, AFTER)], DECIDED, "CD", ""),
        ("A", [(NOT_PERSONAL, "", True, AFTER), (SET, "C", False, AFTER)], DECIDED, "C", ""),
    ],
)
def test_the_rules(proposed: str, words: list[Word], state: VerdictState, entities: str, waived: str) -> None:
    found = verdict(proposed, *words)
    assert (found.state, "".join(found.entities), "".join(found.waived)) == (state, entities, waived)
    assert found.ignored == 0


@pytest.mark.parametrize(
    ("proposed", "words", "state", "entities"),
    [
        ("A", [(REJECT, "A", False, AFTER)], PROPOSED, "A"),
        ("A", [(NOT_PERSONAL, "", False, AFTER)], PROPOSED, "A"),
        ("", [(NOT_PERSONAL, "", False, AFTER)], UNDECIDED, ""),
        ("A", [(SET, "C", False, AFTER)], PROPOSED, "A"),
        ("", [(SET, "AB", False, AFTER), (SET, "A", False, AFTER)], DECIDED, "AB"),
        ("A", [(SET, "C", False, "2999-01-01T00:00:00+00:00")], PROPOSED, "A"),
        ("A", [(CONFIRM, "", False, AFTER)], PROPOSED, "A"),
        ("A", [(SET, "", True, AFTER)], PROPOSED, "A"),
        ("AB", [(REJECT, "AB", True, AFTER)], PROPOSED, "AB"),
        ("A", [(NOT_PERSONAL, "A", True, AFTER)], PROPOSED, "A"),
    ],
)
def test_what_does_not_count(proposed: str, words: list[Word], state: VerdictState, entities: str) -> None:
    found = verdict(proposed, *words)
    assert (found.state, "".join(found.entities), found.waived, found.ignored) == (state, entities, (), 1)
    assert "ignored" in found.notes[-1]


def test_a_signature_of_a_key_that_is_not_listed_does_not_count() -> None:
    word = decisions((NOT_PERSONAL, "", True, AFTER))
    for stewards in ({}, {"bob": ANN.public}, {"ann": generate().public}):
        assert verdicts(scan("A"), word, stewards, 0.05)[FIELD].state == PROPOSED


def test_a_later_scan_below_the_share_is_no_conflict() -> None:
    word = decisions((NOT_PERSONAL, "", True, BEFORE))
    assert verdicts(scan("A"), word, STEWARDS, 0.6)[FIELD].state == DECIDED


def test_every_leaf_has_a_verdict_in_the_order_of_the_schema() -> None:
    found = verdicts(
        scan("A"), [replace(d, path=("gone",)) for d in decisions((CONFIRM, "A", False, AFTER))], STEWARDS, 0.05
    )
    assert list(found) == [("tv_show",), ("other",)]
    assert found[("other",)].state == UNDECIDED


@pytest.mark.parametrize("sequences", [[2], [1, 3], [1, 1], [0, 1]])
def test_lost_or_doubled_decisions_refuse(sequences: list[int]) -> None:
    [word] = decisions((CONFIRM, "A", False, AFTER))
    with pytest.raises(CatalogueError, match=r"channel\.tv_show"):
        verdicts(scan("A"), [replace(word, sequence=n) for n in sequences], STEWARDS, 0.05)


def test_decisions_of_another_dataset_refuse() -> None:
    [word] = decisions((CONFIRM, "A", False, AFTER))
    with pytest.raises(CatalogueError):
        verdicts(scan("A"), [replace(word, dataset="movie")], STEWARDS, 0.05)


def test_a_time_that_is_none_refuses() -> None:
    [word] = decisions((CONFIRM, "A", False, "yesterday"))
    with pytest.raises(CatalogueError):
        verdicts(scan("A"), [word], STEWARDS, 0.05)


def test_times_are_moments_not_texts() -> None:
    found = verdict("A", (NOT_PERSONAL, "", True, "2026-05-05T13:30:00+02:00"))
    assert found.state == CONFLICT, "half past eleven in UTC, before the scan"
    assert verdict("A", (NOT_PERSONAL, "", True, "2026-05-05T12:30:00")).state == DECIDED


def test_who_and_bulk() -> None:
    words = decisions((REJECT, "A", True, AFTER), (NOT_PERSONAL, "", True, AFTER), bulk=[2])
    found = verdicts(scan("A"), words, STEWARDS, 0.05)
    assert (found[FIELD].by, found[FIELD].bulk) == ("ann", True)
    assert bulk_count(found) == 1
    alone = verdicts(scan("A"), decisions((CONFIRM, "A", False, AFTER)), STEWARDS, 0.05)
    assert not alone[FIELD].bulk
    undone = decisions((NOT_PERSONAL, "", True, AFTER), (SET, "A", True, AFTER), bulk=[1])
    assert bulk_count(verdicts(scan("A"), undone, STEWARDS, 0.05)) == 0, "the bulk one does not stand any more"


def test_counted_are_those_that_count() -> None:
    words = decisions((REJECT, "A", True, AFTER), (NOT_PERSONAL, "", False, AFTER), (CONFIRM, "B", False, AFTER))
    assert counted(scan("A"), words, STEWARDS, 0.05) == (words[0], words[2])


def test_is_loosening() -> None:
    before = Verdict(FIELD, PROPOSED, ("A", "B"))
    [reject, nothing, fewer, more, confirm] = decisions(
        (REJECT, "Z", False, AFTER),
        (NOT_PERSONAL, "", False, AFTER),
        (SET, "A", False, AFTER),
        (SET, "ABC", False, AFTER),
        (CONFIRM, "C", False, AFTER),
    )
    assert [is_loosening(d, before) for d in (reject, nothing, fewer, more, confirm)] == [
        True,
        True,
        True,
        False,
        False,
    ]


WORDS = st.tuples(
    st.sampled_from(list(DecisionKind)),
    st.sets(st.sampled_from("ABCD"), max_size=3).map(sorted),
    st.booleans(),
    st.sampled_from([BEFORE, SCAN_AT, AFTER, "2999-01-01T00:00:00+00:00"]),
)


@given(st.sets(st.sampled_from("ABCD")).map(sorted), st.lists(WORDS, max_size=5), WORDS)
def test_what_is_unsigned_never_loosens(proposed: list[str], words: list[Word], last: Word) -> None:
    before = verdict(proposed, *words)
    after = verdict(proposed, *words, (last[0], last[1], False, last[3]))
    assert set(before.entities) <= set(after.entities)
    assert set(after.waived) <= set(before.waived)
    if before.state is not DECIDED or before.entities:
        assert after.state is not DECIDED or after.entities, "made free of personal data"


@given(st.sets(st.sampled_from("ABCD")).map(sorted), st.sets(st.sampled_from("ABCD")), st.lists(WORDS, max_size=5))
def test_more_evidence_never_loosens(proposed: list[str], more: set[str], words: list[Word]) -> None:
    signed = [word for word in words if word[0] is not SET or word[2]]
    less = verdict(proposed, *signed)
    found = verdict(sorted({*proposed, *more}), *signed)
    assert set(less.entities) <= set(found.entities)
    assert less.waived == found.waived


@given(st.sets(st.sampled_from("ABCD")).map(sorted), st.lists(WORDS, max_size=6))
def test_what_always_holds(proposed: list[str], words: list[Word]) -> None:
    found = verdict(proposed, *words)
    assert not set(found.entities) & set(found.waived)
    assert (found.state is UNDECIDED) <= (not found.entities)
    assert (found.state in {PROPOSED, CONFLICT}) <= bool(found.entities)
    if found.state is DECIDED and not found.entities:
        assert any(kind is NOT_PERSONAL and signed for kind, _, signed, _ in words)
