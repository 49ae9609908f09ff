"""What became of decisions."""

import pytest

from pratique.catalogue import fates, sign_decision
from pratique.crypto.signing import generate
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema

ANN = generate()
FIELD = ("f",)
LEAF = Node(frozenset({Kind.STRING}))
SCAN = Scan(
    "d",
    Schema(Node(frozenset({Kind.RECORD}), fields=(("f", LEAF),))),
    FormatSpec("jsonl"),
    (Evidence(FIELD, 9, 0, 9, 4.0, 1.0, (TypeEvidence("PERSON", 9, 1.0, 0.8, 0),)),),
    9,
    True,
    False,
    0,
    {},
    "2026-05-05T12:00:00+00:00",
)


def told(*words: str, path=FIELD) -> list[str]:
    """Each word: kind, types, and ``!`` where it is not signed."""
    made = []
    for number, word in enumerate(words, start=1):
        kind, *types = word.rstrip("!").split()
        d = Decision("d", path, DecisionKind(kind), tuple(types), "ann", "2026-05-05T13:00:00+00:00", "why", number)
        made.append(d if word.endswith("!") else sign_decision(d, ANN))
    found = fates(SCAN, made, {"ann": ANN.public}, 0.05)
    return [found[path, d.sequence].value for d in made]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["confirm PERSON!"], ["stands"]),
        (["confirm PERSON", "confirm PERSON"], ["superseded", "stands"]),
        (["confirm PERSON", "confirm CARD"], ["stands", "stands"]),
        (["confirm PERSON CARD", "confirm CARD"], ["stands", "stands"]),
        (["confirm PERSON", "set CARD"], ["superseded", "stands"]),
        (["not-personal", "confirm PERSON"], ["superseded", "stands"]),
        (["not-personal!"], ["ignored"]),
        (["reject PERSON", "confirm PERSON"], ["superseded", "stands"]),
        (["reject PERSON", "not-personal"], ["stands", "stands"]),
        (["confirm PERSON", "not-personal", "withdraw"], ["stands", "withdrawn", "stands"]),
        (["confirm PERSON", "not-personal", "withdraw", "withdraw"], ["withdrawn", "withdrawn", "stands", "stands"]),
        (["withdraw!"], ["ignored"]),
    ],
)
def test_fates(words, expected) -> None:
    assert told(*words) == expected


def test_a_field_that_the_scan_does_not_know_waits() -> None:
    assert told("confirm PERSON", path=("gone",)) == ["waiting"]
