"""An edited file, judged: what is taken, what is refused and on which line, and what is a conflict."""

from dataclasses import replace

import pytest

from pratique.catalogue import check_signature, proposals, sign_decision, verdicts
from pratique.catalogue.exchange import exchange, render
from pratique.catalogue.importing import Editor, State, judge
from pratique.config.exchange import read_exchange
from pratique.crypto.signing import generate
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema

ANN, EVE = generate(), generate()
STEWARDS = {"ann": ANN.public}
LEAF = Node(frozenset({Kind.STRING}))
NOW = "2026-05-05T14:00:00+00:00"


def scan(*types: str) -> Scan:
    found = tuple(TypeEvidence(entity, 9, 1.0, 0.8, 0) for entity in types or ("PERSON",))
    return Scan(
        "d", Schema(Node(frozenset({Kind.RECORD}), fields=(("name", LEAF), ("other", LEAF)))), FormatSpec("jsonl"),
        (Evidence(("name",), 9, 0, 9, 4.0, 1.0, found),), 9, True, False, 0, {}, "2026-05-05T12:00:00+00:00",
    )  # fmt: skip


def decided(number: int, kind: str, *types: str, by=None, who: str = "unproven:bob", path="name") -> Decision:
    made = Decision("d", (path,), DecisionKind(kind), types, who, "2026-05-05T13:00:00+00:00", "why", number)
    return made if by is None else sign_decision(made, by)


def state(*decisions: Decision, found: Scan | None = None) -> State:
    found = found or scan()
    held = verdicts(found, decisions, STEWARDS, 0.05)
    return State(found, proposals(found, 0.05), held, decisions, STEWARDS, 0.05, {})


def exported(here: State) -> str:
    return render(exchange(here.scan, here.proposed, here.decisions), here.verdicts, here.scan.evidence)


def add(text: str, field: str, *entries: str) -> str:
    """The text with new entries under a field, as an editor would write them."""
    head, _, rest = text.partition(f"  - field: {field}\n")
    block, gap, tail = rest.partition("\n\n")
    block = block.removesuffix("\n").replace("decisions: []", "decisions:")
    for entry in entries:
        kind, *more = entry.split("; ")
        block += f"\n      - decision: {kind}" + "".join(f"\n        {line}" for line in more)
    return f"{head}  - field: {field}\n{block}{gap or chr(10)}{tail}"


def given_back(text: str, here: State, *, sign=None, who: str = "unproven:eve"):
    editor = Editor(who, NOW, None if sign is None else lambda d: sign_decision(d, sign))
    return judge(read_exchange(text.encode(), "x.yaml"), here, editor, bulk="b1")


def refusals(outcome) -> list[str]:
    return [f"{'conflict: ' if r.conflict else ''}{r.why}" for r in outcome.refused]


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if words in line)


def test_a_new_entry_is_taken_and_numbered() -> None:
    here = state(decided(1, "confirm", "PERSON"))
    outcome = given_back(add(exported(here), "name", "confirm; types: [CARD]; reason: both"), here)
    assert outcome.refused == ()
    assert outcome.new == (
        Decision("d", ("name",), DecisionKind.CONFIRM, ("CARD",), "unproven:eve", NOW, "both", 2),
    )  # fmt: skip


def test_what_loosens_is_refused_unless_it_is_signed() -> None:
    here = state()
    for entry in ("not-personal; reason: r", "reject; types: [PERSON]; reason: r", "set; types: [CARD]; reason: r"):
        text = add(exported(here), "name", entry)
        (refused,) = given_back(text, here).refused
        assert "signature" in refused.why
        assert refused.line == line_of(text, f"      - decision: {entry.partition(';')[0]}")
        outcome = given_back(text, here, sign=ANN, who="ann")
        assert outcome.refused == ()
        assert check_signature(outcome.new[0], STEWARDS)


def test_what_to_do_about_an_entry_that_makes_no_sense_is_said() -> None:
    here = state()
    for entry, do in (
        ("confirm; reason: r", "say which, below it: types: [PERSON]"),
        ("not-personal; types: [CARD]; reason: r", "correct the entry"),
    ):
        (refused,) = given_back(add(exported(here), "name", entry), here, sign=ANN, who="ann").refused
        assert refused.do == do


def test_a_signature_of_nobody_listed_does_not_loosen() -> None:
    here = state()
    text = add(exported(here), "name", "not-personal; reason: r")
    assert given_back(text, here, sign=EVE, who="ann").refused
    assert given_back(text, here, sign=EVE, who="eve").refused


def test_several_entries_of_one_field_follow_each_other() -> None:
    here = state()
    text = add(exported(here), "name", "confirm; types: [CARD]; reason: r", "set; types: [CARD, PERSON]; reason: r")
    outcome = given_back(text, here)
    assert [(d.kind.value, d.sequence) for d in outcome.new] == [("confirm", 1), ("set", 2)]
    text = add(exported(here), "name", "confirm; types: [CARD]; reason: r", "set; types: [PERSON]; reason: r")
    assert "set loosens" in refusals(given_back(text, here))[0]


def test_all_or_nothing_and_every_line_is_named() -> None:
    here = state()
    text = add(exported(here), "name", "not-personal; reason: r")
    text = add(text, "other", "reject; types: [A, B]; reason: r")
    outcome = given_back(text, here)
    assert refusals(outcome) == [
        "not-personal loosens, so it counts only with a steward's signature",
        "a rejection names exactly one type",
    ]
    assert [r.line for r in outcome.refused] == [
        line_of(text, "      - decision: not-personal"),
        line_of(text, "      - decision: reject"),
    ]


def test_the_same_said_of_several_fields_is_bulk() -> None:
    here = state()
    entry = "confirm; types: [PERSON]; reason: r"
    text = add(add(exported(here), "name", entry), "other", entry)
    assert [d.bulk for d in given_back(text, here).new] == ["b1", "b1"]
    text = add(add(exported(here), "name", entry), "other", entry + "2")
    assert [d.bulk for d in given_back(text, here).new] == ["", ""]


def test_what_is_decided_cannot_be_changed_or_left_out() -> None:
    here = state(decided(1, "confirm", "PERSON"), decided(2, "confirm", "CARD"))
    text = exported(here)
    (why,) = refusals(given_back(text.replace("        reason: why", "        reason: because", 1), here))
    assert "cannot be changed" in why
    head, middle, tail = text.partition("      - decision: confirm\n        types: [CARD]")
    assert middle
    cut = head + tail.partition("\n\n")[2]
    outcome = given_back(cut, here)
    assert "decision 2 is left out" in refusals(outcome)[0]
    whole = text[: text.index("  - field: name")] + text[text.index("  - field: other") :]
    assert given_back(whole, here).refused == ()


def test_somebody_decided_meanwhile() -> None:
    before = state(decided(1, "confirm", "PERSON"))
    now = state(*before.decisions, decided(2, "confirm", "CARD", who="ann", by=ANN))
    text = add(exported(before), "name", "confirm; types: [CARD]; reason: r")
    (why,) = refusals(given_back(text, now))
    assert why == "conflict: the catalogue moved on: decided since, confirm CARD by ann"
    text = add(exported(before), "other", "confirm; types: [CARD]; reason: r")
    assert [d.path for d in given_back(text, now).new] == [("other",)]


def test_another_scan_proposes_otherwise() -> None:
    text = add(exported(state()), "name", "confirm; types: [PERSON]; reason: r")
    (why,) = refusals(given_back(text, state(found=scan("PERSON", "CARD"))))
    assert why == "conflict: the catalogue moved on: proposed was PERSON, and is CARD, PERSON"
    number = Node(frozenset({Kind.INTEGER}))
    retyped = replace(scan(), schema=Schema(Node(frozenset({Kind.RECORD}), fields=(("name", number),))))
    (why,) = refusals(given_back(text, state(found=retyped)))
    assert why == "conflict: the catalogue moved on: the field was string, and is integer"
    gone = replace(scan(), schema=Schema(Node(frozenset({Kind.RECORD}), fields=(("other", LEAF),))))
    assert refusals(given_back(text, state(found=gone))) == ["the newest scan has no such field"]


def test_decisions_of_another_catalogue_come_with_their_signatures() -> None:
    there = state(decided(1, "confirm", "PERSON"), decided(2, "not-personal", who="ann", by=ANN))
    here = state()
    outcome = given_back(exported(there), here)
    assert (outcome.new, outcome.refused) == (there.decisions, ())


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (decided(1, "confirm", "PERSON", who="ann"), "nothing proves it"),
        (decided(1, "confirm", "PERSON", who="ann", by=EVE), "signature of decision 1"),
        (decided(1, "not-personal"), "loosens"),
        (decided(1, "not-personal", who="eve", by=EVE), "signature of decision 1"),
        (replace(decided(1, "not-personal", who="ann", by=ANN), reason="other"), "signature of decision 1"),
        (replace(decided(1, "confirm", "PERSON"), at="2126-01-01T00:00:00+00:00"), "a time to come"),
        (replace(decided(1, "confirm", "PERSON"), at="then"), "the time of decision 1"),
        (decided(1, "confirm", "PERSON", "CARD"), "not written as Pratique writes it"),
        (decided(1, "confirm"), "no type to confirm"),
    ],
)
def test_what_nobody_proves_is_not_taken(decision: Decision, words: str) -> None:
    there = state(decided(1, "confirm", "PERSON"))
    content = exchange(there.scan, there.proposed, [decision])
    (why,) = refusals(judge(content, state(), Editor("unproven:x", NOW, None), bulk="b"))
    assert words in why


def test_a_signature_is_not_moved_to_another_field() -> None:
    there = state(decided(1, "not-personal", who="ann", by=ANN))
    content = exchange(there.scan, there.proposed, there.decisions)
    block, other = content.fields[0], content.fields[1]
    moved = replace(content, fields=(replace(block, entries=()), replace(other, entries=block.entries)))
    assert "signature of decision 1" in refusals(judge(moved, state(), Editor("unproven:x", NOW, None), bulk="b"))[0]
