"""Offsets, context, overlaps, field names, and what must not be found."""

# ruff: noqa: E501, RUF001 - lists of values
import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector
from pratique.detect.entities import EntityType, Pattern
from pratique.detect.overlaps import Candidate, resolve
from pratique.detect.scanner import Scanner
from pratique.model.paths import FieldPath
from pratique.ports import TextDetector
from tests.effort import effort

DETECTOR = Detector(model=None)


def found(text: str, field: FieldPath | None = None) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.entity) for f in DETECTOR.find_many([text], field=field)[0] if f.score >= 0.5]


def test_it_is_a_text_detector() -> None:
    assert isinstance(DETECTOR, TextDetector)
    assert "PERSON" in DETECTOR.entities
    assert {"CREDIT_CARD", "PL_PESEL", "FR_NIR"} <= DETECTOR.validated()
    assert "PHONE_NUMBER" not in DETECTOR.validated()
    assert all(isinstance(v, str) for v in DETECTOR.digests.values())
    assert DETECTOR.digests == Detector(model=None).digests


@pytest.mark.parametrize("before", ["", "😀😀 ", "e\u0301e\u0301 ", "日本 ", "\x00\x00 ", "\ud800 ", "ﬁ\u200d "])
@pytest.mark.parametrize("value", ["anna@example.org", "4111 1111 1111 1111", "Katja Müller", "DE89370400440532013000"])
def test_offsets_are_str_positions(before: str, value: str) -> None:
    text = f"{before}{value} 😀"
    assert value in [text[f.start : f.end] for f in DETECTOR.find(text)]


def test_many_texts_are_as_one_by_one() -> None:
    texts = ["anna@example.org", "", "x\ny@example.org\nz", "Barry", "anna@example.org", "14 rue de la Paix\n\n", "\n"]
    assert DETECTOR.find_many(texts) == [DETECTOR.find(text) for text in texts]


def test_a_match_never_crosses_texts() -> None:
    halves = ["4111 1111", "1111 1111", "anna@", "example.org", "Katja", "Müller", "DE89 3704 0044", "0532 0130 00"]
    assert {e for findings in DETECTOR.find_many(halves) for e in (f.entity for f in findings)} <= {
        "PERSON",
        "DOMAIN_NAME",
    }


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("my BSN is 111222333", "NL_BSN"),
        ("111222333 (bsn)", "NL_BSN"),
        ("Telefonnummer: 030 901820", "PHONE_NUMBER"),
        ("national health service no 9434765870", "UK_NHS"),
    ],
)
def test_context_raises_a_weak_number(text: str, entity: str) -> None:
    assert entity in {e for _, e in found(text)}


def test_context_far_away_does_not() -> None:
    assert found("bsn " + "word " * 30 + "111222333") == []


@pytest.mark.parametrize(
    ("name", "value", "entity"),
    [
        ("bsn", "111222333", "NL_BSN"),
        ("kunden_bsn", "111222333", "NL_BSN"),
        ("a_party", "491701234567", "PHONE_NUMBER"),
        ("phoneNumber", "0170 1234567", "PHONE_NUMBER"),
        ("first_name", "zyxana", "PERSON"),
        ("lastName", "Qwxyz", "PERSON"),
        ("name", "Qwxyz Abcdef", "PERSON"),
        ("street", "Am Hang 4", "ADDRESS"),
        ("ssn", "536904399", "US_SSN"),
    ],
)
def test_a_field_name_is_evidence(name: str, value: str, entity: str) -> None:
    assert entity in DETECTOR.types_of_name((name,))
    assert entity in {e for _, e in found(value, field=("customer", name))}
    assert DETECTOR.find_any(pa.array([value]), score=0.5, field=(name, "[]"))[0]


@pytest.mark.parametrize(
    "name",
    [
        "channel_name",
        "movie_name",
        "tv_show",
        "email_verified",
        "price",
        "call_type",
        "user_id",
        "phone_type",
        "duration",
        "",
    ],
)
def test_other_names_are_not(name: str) -> None:
    assert DETECTOR.types_of_name((name,)) == frozenset()


@pytest.mark.parametrize(
    "path", [("first_name",), ("people", "[]", "firstName"), ("x", "FIRST NAME", "{}"), ("vorname",)]
)
def test_names_of_fields_are_read_as_written(path: FieldPath) -> None:
    assert DETECTOR.types_of_name(path) == {"PERSON"}


HARMLESS = (
    "12.99", "€ 1,299.00", "5 items", "1.2.3", "v2.10.4", "10:30:00", "1700000000", "1700000000123", "2 x 250 ml", "SKU-88213-B",
    "AB-1234-X", "user-12345", "documentary", "Action", "Comedy", "Premium Plan", "incoming", "Chicken Sandwich", "Wireless Mouse",
    "Room 101", "Q3 2024", "50%", "#FF00AA", "3/4", "100 km/h", "A4", "B2B", "N/A", "null", "true", "Level 5 Boss", "Series 3",
    "00012345", "1e10", "-42", "Order 12345678", "Flight LH 1234", "ISBN", "size XL", "Black Friday", "Monday", "Hello World",
    "Error: file not found", "The Big Short", "Breaking News", "Sports Weekly", "Prime Video", "Kitchen Table", "Green Tea",
)  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_everyday_values_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_random_numbers_are_seldom_taken_for_identifiers() -> None:
    rng = random.Random(5)
    for digits, most in ((6, 0), (7, 0), (8, 0.002), (9, 0.002), (10, 0.02), (11, 0.03), (12, 0.02), (13, 0.02)):
        values = [str(rng.randrange(10 ** (digits - 1), 10**digits)) for _ in range(2000)]
        assert DETECTOR.find_any(pa.array(values), score=0.5).mean() <= most, digits


NAMED = [
    *(
        "Barry",
        "Andi Mack",
        "Dr. Strange",
        "İbrahim",
        "ŁUKASZ Kowalski",
        "Frau Ümit",
        "Jose\u0301 García",
        "Ωmega Βασίλης",
    ),
    *(
        "anna@example.org",
        "a.b@c.de",
        "+49 170 1234567",
        "192.168.4.77",
        "23-11-2024",
        "3 mars 2021",
        "::1",
        "fe80::1:2",
    ),
    *("Hauptstr. 5", "Lange Gasse 12", "5 High Street", "4111111111111111", "RCCMNL83S18D969H", "Nowakowski"),
    *("Xqz Wqowski", "O’Brien Sean", "Name: Xyzzy"),
]
MIXED = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(HARMLESS),
        st.sampled_from(NAMED),
        st.text("0123456789 -./+()", max_size=24),
        st.text("AaBbÀßłİ '’-.0@", max_size=16),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.fuzz
@settings(max_examples=effort(120), deadline=None, database=None)
@given(MIXED, st.sampled_from([0.4, 0.5, 0.6, 0.9]), st.sampled_from([None, ("name",), ("phone",), ("note",)]))
def test_the_first_look_is_never_false_where_something_is_found(
    values: list[str], score: float, field: FieldPath | None
) -> None:
    every = DETECTOR.find_many(values, field=field)
    padded = pa.array([v for v in values if _encodable(v)] + ["filler"] * 300)
    flags = DETECTOR.find_any(padded, score=score, field=field)
    plain = [f for v, f in zip(values, every, strict=True) if _encodable(v)]
    for flag, findings in zip(flags, plain, strict=False):
        assert flag == any(f.score >= score for f in findings)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.fuzz
@settings(max_examples=effort(120), deadline=None, database=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_gives_sound_findings(text: str) -> None:
    findings = DETECTOR.find(text)
    end = 0
    for f in findings:
        assert end <= f.start < f.end <= len(text)
        assert 0 <= f.score <= 1
        end = f.end


def test_long_texts_of_one_character() -> None:
    for character in ("a", "A", "1", "@", ".", " ", ":", "+", "é", "/", "-", "A ", "1 ", "a.", "Barry "):
        assert isinstance(DETECTOR.find(character * 20_000), list)


def test_find_any_takes_what_arrow_has() -> None:
    assert DETECTOR.find_any(pa.array([], pa.string()), score=0.5).tolist() == []
    chunked = pa.chunked_array([pa.array(["x"]), pa.array(["anna@example.org"])])
    flags = DETECTOR.find_any(chunked, score=0.5)
    assert flags.dtype == np.bool_
    assert flags.tolist() == [False, True]
    assert DETECTOR.find_any(pa.array(["anna@example.org"], pa.large_string()), score=0.5).tolist() == [True]


def c(
    start: int, end: int, entity: str = "A", score: float = 0.9, *, validated: bool = False, order: int = 0
) -> Candidate:
    return Candidate(start, end, entity, score, "t", validated, order)


def test_overlaps_are_resolved_by_the_rule() -> None:
    text = "0123456789"

    def pick(*cs: Candidate) -> list[tuple[int, int, str]]:
        return [(f.start, f.end, f.entity) for f in resolve(text, list(cs))]

    assert pick(c(0, 5, "A", 0.9), c(0, 4, "B", 0.6, validated=True)) == [(0, 4, "B"), (4, 5, "A")]
    assert pick(c(0, 5, "A", 0.6), c(0, 5, "B", 0.9)) == [(0, 5, "B")]
    assert pick(c(0, 3, "A", 0.9), c(0, 8, "B", 0.6)) == [(0, 8, "B")]
    assert pick(c(0, 8, "A", 0.4, validated=True), c(2, 4, "B", 0.5)) == [(2, 4, "B")]
    assert pick(c(0, 4, "A"), c(4, 8, "B")) == [(0, 4, "A"), (4, 8, "B")]
    assert pick(c(0, 6, "A", order=1), c(0, 6, "B", order=0)) == [(0, 6, "B")]


@pytest.mark.fuzz
@settings(max_examples=effort(80), deadline=None, database=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.floats(0.4, 1), st.booleans()), max_size=12))
def test_nothing_certain_is_laid_open(spans: list[tuple[int, int, float, bool]]) -> None:
    text = "x" * 50
    candidates = [c(s, s + n, "ABC"[n % 3], p, validated=v) for s, n, p, v in spans]
    standing = resolve(text, candidates)
    covered = {at for f in standing for at in range(f.start, f.end)}
    assert len(covered) == sum(f.end - f.start for f in standing)
    assert {at for k in candidates if k.score >= 0.5 for at in range(k.start, k.end)} <= covered


def test_a_validator_that_raises_ends_no_scan_proves_nothing_and_lets_nothing_pass() -> None:
    def broken(value: str) -> bool | None:
        raise ValueError(value)

    scanner = Scanner(
        [EntityType("A_CODE", (Pattern(r"\bZQ[0-9]{4}\b", 0.6, validated=0.9),), validator="broken")],
        {"broken": broken},
        stored=None,
    )
    [[found]] = scanner.scan(["a ZQ1234 b"], frozenset())
    assert (found.start, found.end, found.entity, found.score, found.validated) == (2, 8, "A_CODE", 0.6, False)


def test_a_value_that_comes_again_is_validated_once_a_call() -> None:
    asked: list[str] = []

    def counting(value: str) -> bool | None:
        asked.append(value)
        return True

    kind = EntityType("A_CODE", (Pattern(r"\bZQ[0-9]{4}\b", 0.1, validated=0.9),), validator="counting")
    scanner = Scanner([kind], {"counting": counting}, stored=None)
    texts = ["a ZQ1234 b ZQ1234", "ZQ1234", "ZQ9999"]
    assert [len(its) for its in scanner.scan(texts, frozenset())] == [2, 1, 1]
    assert sorted(asked) == ["ZQ1234", "ZQ9999"]
