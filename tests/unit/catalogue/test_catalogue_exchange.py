"""Decisions out to a file and back: nothing is lost on the way, and nothing in a name can break out of its line."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pratique.catalogue import proposals, verdicts
from pratique.catalogue.exchange import exchange, render
from pratique.catalogue.importing import Editor, State, judge
from pratique.config.exchange import read_exchange
from pratique.errors import ConfigError
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence, Verdict, VerdictState
from pratique.model.data import FormatSpec
from pratique.model.exchange import Entry, Exchange, ExchangedField
from pratique.model.paths import MARKERS
from pratique.model.schema import Kind, Node, Schema

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NASTY = st.sampled_from(
    [
        *('"', "\\", "# no", "- x", "a: b", "{}x", "&a", "*a", "!t", "'", "%", "@", "`", "...", "---", " x "),
        *("null", "no", "1", "1.5", "~"),
        *("\n", "\r\n", "\u2028", "\x85", "\x1b[31m", "\ufeff", "\U0001f642", "\U000e0001"),
    ]
)
WORDS = TEXTS | NASTY
NAMES = WORDS.filter(lambda name: name not in MARKERS)
ENTITIES = st.lists(WORDS, max_size=3).map(tuple)
NUMBERED = st.builds(
    Entry,
    kind=st.sampled_from(DecisionKind),
    entities=ENTITIES,
    reason=st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | WORDS,
    who=WORDS,
    at=st.just("2026-01-01T00:00:00+00:00"),
    bulk=st.sampled_from(["", "b1"]),
    signature=st.sampled_from(["", "c2ln="]),
)
FIELDS = st.builds(
    ExchangedField,
    path=st.lists(NAMES | st.sampled_from(["[]", "{}", "{keys}"]), min_size=1, max_size=3).map(tuple),
    kinds=st.sampled_from(["", "string", "integer|null", "string (timestamp[us, UTC])"]),
    proposed=ENTITIES,
    entries=st.lists(NUMBERED, max_size=3).map(
        lambda entries: tuple(replace(e, number=n) for n, e in enumerate(entries, start=1))
    ),
)
CONTENTS = st.builds(
    Exchange,
    dataset=st.just("channel"),
    scan=st.just("2026-01-01T00:00:00+00:00"),
    decided=st.integers(0, 9),
    fields=st.lists(FIELDS, max_size=4, unique_by=lambda f: f.path).map(tuple),
)


@given(CONTENTS, WORDS)
def test_what_is_written_is_read_back(content: Exchange, word: str) -> None:
    verdict = {
        f.path: Verdict(f.path, VerdictState.DECIDED, f.proposed, (word,), by=word, notes=(word,))
        for f in content.fields
    }
    evidence = [
        Evidence(f.path, 9, 1, 3, 2.5, 1.0, (TypeEvidence(word, 1, 0.1, 0.5, 0),), (word,)) for f in content.fields
    ]
    text = render(content, verdict, evidence)
    read = read_exchange(text.encode(), "x.yaml")
    assert (read, read.problems) == (content, ())
    assert all(line.isprintable() for line in text.split("\n"))
    # Other readers of YAML see the same texts.
    plain = yaml.safe_load(text)
    for block, written in zip(plain["fields"], content.fields, strict=True):
        assert tuple(block["proposed"]) == written.proposed
        assert [e["who"] for e in block["decisions"]] == [e.who for e in written.entries]


HEAD = 'version: 1\ndataset: d\nscan: "2026"\ndecided: 0\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("version: 2\n", "newer version"),
        ("version: 0\ndataset: d\n", "never was"),
        ("version: one\n", "whole number"),
        (HEAD, 'lacks "fields"'),
        (HEAD + "fields: x\n", "must be a list"),
        (HEAD + "fields: []\nmore: 1\n", 'unknown key "more"'),
        (HEAD + "fields: []\nfields: []\n", "twice"),
        (HEAD + "fields: &a []\n", "anchors"),
        (HEAD + "fields: [*a]\n", "aliases"),
        (HEAD + "fields: [!!python/object:os.system x]\n", "tags"),
    ],
)
def test_what_is_no_such_file_ends_with_one_line(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_exchange(text.encode(), "x.yaml")
    assert words in caught.value.line
    assert caught.value.where.startswith("x.yaml:")


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("  - x", 6, "must be a mapping"),
        ("  - proposed: [A]", 6, 'lacks "field"'),
        ("  - field: a\n    what: 1", 7, "unknown key"),
        ("  - field: a..b", 6, "not a field path"),
        ("  - field: a\n    decisions:\n      - confirm", 8, "must be a mapping"),
        ("  - field: a\n    decisions:\n      - decision: maybe", 8, "cannot be"),
        ("  - field: a\n    decisions:\n      - decision: confirm\n        who: me", 9, "import fills it in"),
        ("  - field: a\n    decisions:\n      - decision: confirm\n        number: 1", 8, 'lacks "who"'),
        (
            "  - field: a\n    decisions:\n      - decision: confirm\n        number: 2\n        who: a\n        at: b",
            8,
            "decision 2",
        ),
        ("  - field: a\n    decisions:\n      - decision: confirm\n        types: [A, A]", 9, "same thing twice"),
        ('  - field: a\n    decisions:\n      - decision: confirm\n        reason: "a\\nb"', 9, "line break"),
    ],
)
def test_every_block_that_does_not_read_is_named_with_its_line(block: str, line: int, words: str) -> None:
    """The good blocks around it are read all the same."""
    text = f"{HEAD}fields:\n{block}\n  - field: fine\n  - field: fine\n"
    read = read_exchange(text.encode(), "x.yaml")
    assert [f.path for f in read.fields if f.path == ("fine",)] == [("fine",)]
    first, last = read.problems
    assert first.where == f"x.yaml:{line}"
    assert words in first.line
    assert "twice" in last.line


@given(st.binary(max_size=200))
def test_odd_bytes_are_an_error_of_ours_and_nothing_else(data: bytes) -> None:
    with pytest.raises(ConfigError):
        read_exchange(data, "x.yaml")


SCAN = Scan(
    "channel",
    Schema(Node(frozenset({Kind.RECORD}), fields=(("a b", Node(frozenset({Kind.STRING, Kind.NULL}))),))),
    FormatSpec("jsonl"),
    (Evidence(("a b",), 9, 0, 9, 4.0, 1.0, (TypeEvidence("PERSON", 9, 1.0, 0.8, 0),)),),
    9, True, False, 0, {}, "2026-05-05T12:00:00+00:00",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(DecisionKind), ENTITIES, WORDS, st.booleans()), max_size=5))
def test_importing_what_was_exported_changes_nothing(words) -> None:
    """Whatever stands in the catalogue, fields that are gone too; even what no longer could be decided so."""
    decisions: list[Decision] = []
    for kind, entities, word, gone in words:
        path = ("gone", word) if gone else ("a b",)
        number = sum(d.path == path for d in decisions) + 1
        decisions.append(Decision("channel", path, kind, entities, word, "2026-05-05T13:00:00+00:00", word, number))
    proposed = proposals(SCAN, 0.05)
    held = verdicts(SCAN, decisions, {}, 0.05)
    text = render(exchange(SCAN, proposed, decisions), held, SCAN.evidence)
    state = State(SCAN, proposed, held, decisions, {}, 0.05, {})
    outcome = judge(read_exchange(text.encode(), "x.yaml"), state, Editor("unproven:x", "2026", None), bulk="b")
    assert (outcome.new, outcome.refused) == ((), ())
    assert text == render(read_exchange(text.encode(), "x.yaml"), held, SCAN.evidence)
