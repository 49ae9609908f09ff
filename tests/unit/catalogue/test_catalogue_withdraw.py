"""Withdrawals: what is taken back is as if it had never been said, and taking back never loosens unsigned."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.catalogue import counted, is_loosening, make_decision, sign_decision, standing, verdict_if, verdicts
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind, Verdict, VerdictState
from tests.unit.catalogue.test_catalogue_verdicts import (
    AFTER,
    ANN,
    BEFORE,
    CONFIRM,
    CONFLICT,
    DECIDED,
    FIELD,
    NOT_PERSONAL,
    PROPOSED,
    REJECT,
    SET,
    STEWARDS,
    UNDECIDED,
    WORDS,
    Word,
    decisions,
    scan,
    verdict,
)

WITHDRAW = DecisionKind.WITHDRAW


@pytest.mark.parametrize(
    ("proposed", "words", "state", "entities", "waived"),
    [
        ("A", [(CONFIRM, "A", False, AFTER), (WITHDRAW, "", False, AFTER)], PROPOSED, "A", ""),
        ("", [(NOT_PERSONAL, "", True, AFTER), (WITHDRAW, "", False, AFTER)], UNDECIDED, "", ""),
        ("A", [(NOT_PERSONAL, "", True, AFTER), (WITHDRAW, "", False, AFTER)], PROPOSED, "A", ""),
        ("A", [(REJECT, "A", True, AFTER), (WITHDRAW, "", False, AFTER)], PROPOSED, "A", ""),
        ("A", [(SET, "B", True, AFTER), (WITHDRAW, "", True, AFTER)], PROPOSED, "A", ""),
        ("A", [(SET, "AB", False, AFTER), (WITHDRAW, "", True, AFTER)], PROPOSED, "A", ""),
        # It is the newest that goes, one after the other.
        (
            "A",
            [(CONFIRM, "B", False, AFTER), (REJECT, "A", True, AFTER), (WITHDRAW, "", False, AFTER)],
            PROPOSED,
            "BA",
            "",
        ),
        (
            "A",
            [(REJECT, "A", True, AFTER), (NOT_PERSONAL, "", True, AFTER), *[(WITHDRAW, "", False, AFTER)] * 2],
            PROPOSED,
            "A",
            "",
        ),
        # What was taken back can be said again.
        (
            "A",
            [(NOT_PERSONAL, "", True, AFTER), (WITHDRAW, "", False, AFTER), (CONFIRM, "A", False, AFTER)],
            DECIDED,
            "A",
            "",
        ),
        # What not-personal hid from view is in view again, and so is the conflict that a later word settled.
        (
            "A",
            [(NOT_PERSONAL, "", True, BEFORE), (NOT_PERSONAL, "", True, AFTER), (WITHDRAW, "", False, AFTER)],
            CONFLICT,
            "A",
            "",
        ),
        # A decision that did not count is taken back like any other.
        ("A", [(NOT_PERSONAL, "", False, AFTER), (WITHDRAW, "", False, AFTER)], PROPOSED, "A", ""),
    ],
)
def test_the_rules(proposed: str, words: list[Word], state: VerdictState, entities: str, waived: str) -> None:
    found = verdict(proposed, *words)
    assert (found.state, "".join(found.entities), "".join(found.waived)) == (state, entities, waived)
    assert found.ignored == 0


@pytest.mark.parametrize(
    ("proposed", "words", "state", "entities", "waived"),
    [
        ("", [(WITHDRAW, "", True, AFTER)], UNDECIDED, "", ""),
        ("A", [(CONFIRM, "A", False, AFTER), (WITHDRAW, "A", True, AFTER)], DECIDED, "A", ""),
        # A type would go.
        ("A", [(SET, "AB", False, AFTER), (WITHDRAW, "", False, AFTER)], DECIDED, "AB", ""),
        # A waiver would come back.
        (
            "A",
            [(REJECT, "A", True, AFTER), (CONFIRM, "A", False, AFTER), (WITHDRAW, "", False, AFTER)],
            DECIDED,
            "A",
            "",
        ),
        # The field would be free of personal data again.
        (
            "",
            [
                (NOT_PERSONAL, "", True, AFTER),
                (CONFIRM, "B", False, AFTER),
                (REJECT, "B", True, AFTER),
                (WITHDRAW, "", False, AFTER),
                (WITHDRAW, "", False, AFTER),
            ],
            DECIDED,
            "B",
            "",
        ),
    ],
)
def test_what_does_not_count(proposed: str, words: list[Word], state: VerdictState, entities: str, waived: str) -> None:
    found = verdict(proposed, *words)
    assert (found.state, "".join(found.entities), "".join(found.waived), found.ignored) == (state, entities, waived, 1)


@given(st.sets(st.sampled_from("ABCD")).map(sorted), st.lists(WORDS, max_size=5), WORDS)
def test_a_word_and_its_withdrawal_leave_no_trace_but_themselves(
    proposed: list[str], words: list[Word], last: Word
) -> None:
    if last[0] is WITHDRAW:
        return
    made = decisions(*words)
    both = decisions(*words, last, (WITHDRAW, "", True, AFTER))
    assert verdicts(scan(*proposed), both, STEWARDS, 0.05) == verdicts(scan(*proposed), made, STEWARDS, 0.05)
    assert counted(scan(*proposed), both, STEWARDS, 0.05) == counted(scan(*proposed), made, STEWARDS, 0.05)


def test_without_the_steward_who_signed_it_a_withdrawal_still_means_the_same_decision() -> None:
    words = decisions((CONFIRM, "A", False, AFTER), (NOT_PERSONAL, "", True, AFTER), (WITHDRAW, "", False, AFTER))
    for stewards in (STEWARDS, {}):
        found = verdicts(scan("A"), words, stewards, 0.05)[FIELD]
        assert (found.state, found.entities, found.ignored) == (DECIDED, ("A",), 0)


def test_standing_are_those_that_were_not_withdrawn() -> None:
    words = decisions(
        (CONFIRM, "A", False, AFTER),
        (CONFIRM, "B", False, AFTER),
        (WITHDRAW, "", False, AFTER),
        (CONFIRM, "C", False, AFTER),
    )
    assert standing(words[::-1]) == [words[0], words[3]]
    assert standing([*words[:3], *decisions((WITHDRAW, "", False, AFTER))]) in ([words[0]], [])


@given(st.sets(st.sampled_from("ABCD")).map(sorted), st.lists(WORDS, max_size=4), WORDS)
def test_what_if_is_what_comes_true(proposed: list[str], words: list[Word], last: Word) -> None:
    made = decisions(*words)
    *_, following = decisions(*words, last)
    asked = verdict_if(scan(*proposed), made, STEWARDS, 0.05, following)
    signed = sign_decision(following, ANN) if not following.signature else following
    assert asked == verdicts(scan(*proposed), [*made, signed], STEWARDS, 0.05)[FIELD]


def test_what_if_of_an_unknown_field_refuses() -> None:
    decision = make_decision([], dataset="channel", path=("gone",), kind=CONFIRM, entities=("A",), who="ann")
    with pytest.raises(CatalogueError, match=r"channel\.gone: no such field"):
        verdict_if(scan("A"), [], STEWARDS, 0.05, decision)


def test_a_withdrawal_loosens_unless_shown_not_to() -> None:
    def held(state: VerdictState, entities: str = "", waived: str = "") -> Verdict:
        return Verdict(FIELD, state, tuple(entities), tuple(waived))

    [taken_back] = decisions((WITHDRAW, "", False, AFTER))
    assert is_loosening(taken_back, held(DECIDED, "A"))
    cases: Sequence[tuple[Verdict, Verdict, bool]] = [
        (held(DECIDED, "A"), held(PROPOSED, "A"), False),
        (held(DECIDED), held(UNDECIDED), False),
        (held(DECIDED), held(PROPOSED, "A"), False),
        (held(UNDECIDED), held(DECIDED), True),
        (held(DECIDED, "AB"), held(PROPOSED, "A"), True),
        (held(DECIDED, "A"), held(DECIDED, "A", "B"), True),
        (held(DECIDED), held(DECIDED), False),
    ]
    for before, after, loosens in cases:
        assert is_loosening(taken_back, before, after) is loosens, (before, after)


def test_a_withdrawal_needs_no_type_and_takes_none() -> None:
    made: Decision = make_decision([], dataset="channel", path=FIELD, kind=WITHDRAW, who="ann", reason="a slip")
    assert (made.entities, made.sequence) == ((), 1)
    with pytest.raises(CatalogueError, match="takes no type"):
        make_decision([], dataset="channel", path=FIELD, kind=WITHDRAW, entities=("A",), who="ann")
