"""Decisions: numbered, signed, checked."""

from dataclasses import replace

import pytest

from pratique.catalogue import check_signature, decisions_digest, make_decision, sign_decision, signed_bytes
from pratique.crypto.signing import generate
from pratique.errors import CatalogueError
from pratique.model.catalogue import Decision, DecisionKind

ANN = generate()
STEWARDS = {"ann": ANN.public}


def decision(
    kind: DecisionKind = DecisionKind.REJECT, entities: tuple[str, ...] = ("PERSON",), **more: str
) -> Decision:
    words = {"who": "ann", "reason": "titles, not people", "dataset": "channel"} | more
    return make_decision([], path=("tv_show",), kind=kind, entities=entities, **words)


def test_numbers_go_by_field() -> None:
    known = [decision(), replace(decision(), sequence=2), replace(decision(), path=("other",), sequence=9)]
    new = make_decision(
        known, dataset="channel", path=("tv_show",), kind=DecisionKind.NOT_PERSONAL, who="ann", reason="shows"
    )
    assert new.sequence == 3
    assert new.signature == ""
    assert (
        make_decision(
            known, dataset="movie", path=("tv_show",), kind=DecisionKind.CONFIRM, entities=["A"], who="a"
        ).sequence
        == 1
    )


def test_types_are_sorted_and_single() -> None:
    assert decision(DecisionKind.SET, ("B", "A", "B")).entities == ("A", "B")


@pytest.mark.parametrize(
    ("kind", "entities", "more"),
    [
        (DecisionKind.CONFIRM, (), {}),
        (DecisionKind.REJECT, (), {}),
        (DecisionKind.REJECT, ("A", "B"), {}),
        (DecisionKind.SET, (), {}),
        (DecisionKind.NOT_PERSONAL, ("A",), {}),
        (DecisionKind.REJECT, ("A",), {"reason": "  "}),
        (DecisionKind.NOT_PERSONAL, (), {"reason": ""}),
        (DecisionKind.CONFIRM, ("A",), {"who": ""}),
        (DecisionKind.CONFIRM, ("",), {}),
        (DecisionKind.CONFIRM, ("A\x1b[2J",), {}),
        (DecisionKind.CONFIRM, ("A",), {"reason": "x" * 2001}),
    ],
)
def test_words_that_make_no_sense_are_refused(
    kind: DecisionKind, entities: tuple[str, ...], more: dict[str, str]
) -> None:
    with pytest.raises(CatalogueError):
        decision(kind, entities, **more)


def test_a_signature_holds() -> None:
    signed = sign_decision(decision(), ANN)
    assert check_signature(signed, STEWARDS)
    assert signed_bytes(signed) == signed_bytes(decision_of(signed))


def decision_of(signed: Decision) -> Decision:
    return replace(signed, signature="")


@pytest.mark.parametrize(
    "change",
    [
        {"dataset": "movie"},
        {"path": ("tv", "show")},
        {"kind": DecisionKind.CONFIRM},
        {"entities": ("IBAN_CODE",)},
        {"who": "bob"},
        {"at": "2020-01-01"},
        {"reason": "else"},
        {"sequence": 2},
        {"bulk": "b"},
        {"signature": ""},
        {"signature": "!"},
        {"signature": "AAAA"},
        {"signature": "é"},
    ],
)
def test_it_is_of_this_very_decision(change: dict[str, object]) -> None:
    signed = sign_decision(decision(), ANN)
    assert not check_signature(replace(signed, **change), {**STEWARDS, "bob": generate().public})  # type: ignore[arg-type]


def test_only_listed_stewards_count() -> None:
    assert not check_signature(sign_decision(decision(), ANN), {})
    assert not check_signature(sign_decision(decision(), generate()), STEWARDS)
    assert not check_signature(sign_decision(decision(), ANN), {"ann": b"short"})
    assert not check_signature(sign_decision(decision(who="bob"), ANN), STEWARDS), "her key, another's name"


def test_a_signature_without_the_prefix_is_none() -> None:
    import base64

    from pratique.model.codec import canonical

    bare = replace(decision(), signature=base64.b64encode(ANN.sign(canonical(decision()))).decode())
    assert not check_signature(bare, STEWARDS)


def test_the_digest_is_of_what_was_decided_not_of_the_order_of_fields() -> None:
    one, two = decision(at="t"), replace(decision(at="t"), path=("a",))
    assert decisions_digest([one, two]) == decisions_digest([two, one])
    assert decisions_digest([one]) != decisions_digest([one, two])
    assert decisions_digest([one]) != decisions_digest([sign_decision(one, ANN)])


def test_signed_bytes_are_golden() -> None:
    fixed = Decision(
        "channel", ("tv_show", "[]"), DecisionKind.REJECT, ("PERSON",), "ann", "2026-01-02T03:04:05+00:00", "ü", 1
    )
    assert signed_bytes(fixed) == (
        b'pratique/decision/1\x00{"at":"2026-01-02T03:04:05+00:00","bulk":"","dataset":"channel","entities":["PERSON"],'
        b'"kind":"reject","path":["tv_show","[]"],"reason":"\xc3\xbc","sequence":1,"signature":"","who":"ann"}'
    )
