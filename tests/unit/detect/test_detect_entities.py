"""Every entity type against the vectors in its own record, and the promises that records make to the scanner."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector
from pratique.detect.entities import BUILT_IN, EntityType, Pattern
from pratique.detect.scanner import compile_re2
from pratique.detect.validators import VALIDATORS
from tests.effort import effort

DETECTOR = Detector()


def str_id(value: object) -> str:
    return value.name if isinstance(value, EntityType) else str(value)


FOUND = [(e, text) for e in BUILT_IN for text in (*e.examples, *e.with_context)]
NOT_FOUND = [(e, text) for e in BUILT_IN for text in e.not_examples]


def types_in(text: str, score: float = 0.5) -> set[str]:
    return {f.entity for f in DETECTOR.find(text) if f.score >= score}


@pytest.mark.parametrize(("entity", "text"), FOUND, ids=str_id)
def test_a_value_of_the_type_is_found(entity: EntityType, text: str) -> None:
    assert entity.name in types_in(text)


@pytest.mark.parametrize(("entity", "text"), NOT_FOUND, ids=str_id)
def test_a_value_that_only_looks_like_it_is_not(entity: EntityType, text: str) -> None:
    assert entity.name not in types_in(text)


@pytest.mark.parametrize("entity", BUILT_IN, ids=lambda e: e.name)
@pytest.mark.parametrize(
    "frame", ["{} steht hier", "Voilà : {}.", "потому что {}, да", "値は{}です", "😀 ({})", "a\n{}\nb"]
)
def test_an_example_is_found_whatever_surrounds_it(entity: EntityType, frame: str) -> None:
    if frame.startswith("値") and entity.name != "EMAIL_ADDRESS":
        frame = frame.replace("{}", " {} ")  # letters that touch a number make it part of a word
    for text in entity.examples:
        if entity.name == "EMAIL_ADDRESS" and frame.startswith("値"):
            continue  # letters of any script may begin a mailbox
        whole = frame.format(text)
        spans = [whole[f.start : f.end] for f in DETECTOR.find(whole) if f.entity == entity.name and f.score >= 0.5]
        assert any(span.rstrip(".") in text or span.startswith(text) for span in spans), (whole, spans)


def test_there_are_the_types_that_were_asked_for() -> None:
    names = {e.name for e in BUILT_IN}
    assert len(names) == len(BUILT_IN)
    assert {"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS", "MAC_ADDRESS", "URL",
            "DATE_TIME", "UUID", "US_SSN", "DOMAIN_NAME", "ADDRESS"} <= names  # fmt: skip
    assert sum(bool(e.countries) for e in BUILT_IN if e.checks_digits) >= 12
    for entity in BUILT_IN:
        assert entity.source, entity.name
        assert entity.examples or entity.with_context, entity.name
        assert entity.not_examples, entity.name
        assert {entity.validator, *(p.validator for p in entity.patterns)} - {""} <= VALIDATORS.keys()


def pattern_id(value: object) -> str:
    return value.name if isinstance(value, EntityType) else ""


PATTERNS = [(e, p) for e in BUILT_IN for p in e.patterns]


@pytest.mark.parametrize(("entity", "pattern"), PATTERNS, ids=pattern_id)
def test_patterns_keep_the_rules_of_records(entity: EntityType, pattern: Pattern) -> None:
    compiled = compile_re2(pattern.regex)
    assert compiled.groups == 0
    assert compiled.search(b"") is None
    assert 0 <= pattern.score <= 1
    assert 0 <= pattern.validated <= 1
    assert 0 <= pattern.context <= 1


def _python(regex: str) -> str:
    """A pattern as Python's `re` writes it, near enough to draw examples from."""
    regex = re.sub(r"\\x\{([0-9A-F]+)\}", lambda m: f"\\u{int(m[1], 16):04x}", regex)
    regex = re.sub(r"\\p\{Lu\}", "A-ZÄ", re.sub(r"\[([^\]]*)\\p\{L\}", r"[\1a-zA-Zäß", regex))
    regex = regex.replace(r"[\p{Ll}", "[a-zäß").replace(r"\p{M}", "").replace("(?i)", "")
    return re.sub(r"(?<!\[)A-ZÄ(?![^\[]*\])", "[A-ZÄ]", regex)


VARIATIONS = st.tuples(st.floats(0, 1), st.sampled_from("ÀŻĄΔЖÇİǅßłéñšçοжſıŀ'’-.,  \u00a0\u202f\u0301\u200b0123456789"))  # noqa: RUF001


def _varied(text: str, variations: list[tuple[float, str]]) -> str:
    """With some characters exchanged for odd ones of their kind: letters of the same case, digits, marks and spaces."""
    characters = list(text)
    for where, odd in variations if text else ():
        at = min(int(where * len(characters)), len(characters) - 1)
        here = characters[at]
        if (here.isupper(), here.isalpha(), here.isdigit()) == (odd.isupper(), odd.isalpha(), odd.isdigit()):
            characters[at] = odd
    return "".join(characters)


@pytest.mark.fuzz
@pytest.mark.parametrize(("entity", "pattern"), [(e, p) for e, p in PATTERNS if p.look], ids=pattern_id)
def test_the_first_look_sees_whatever_the_pattern_matches(entity: EntityType, pattern: Pattern) -> None:
    compiled = compile_re2(pattern.regex)

    @settings(max_examples=effort(25), deadline=None, database=None)
    @given(st.from_regex(re.compile(_python(pattern.regex))), st.lists(VARIATIONS, max_size=4))
    def check(drawn: str, variations: list[tuple[float, str]]) -> None:
        text = _varied(drawn, variations)
        match = compiled.search(text.encode())
        name = pattern.validator or entity.validator
        if match is not None and not (name and VALIDATORS[name](match.group().decode()) is False):
            assert pc.match_substring_regex(pa.array([text]), pattern.look)[0].as_py()

    check()


@pytest.mark.fuzz
@settings(max_examples=effort(150), deadline=None, database=None)
@given(
    st.one_of(st.text(max_size=40), st.from_regex(r"[0-9A-Za-z +./:-]{0,30}", fullmatch=True), st.text("0123456789"))
)
def test_no_validator_raises(text: str) -> None:
    for validate in VALIDATORS.values():
        assert validate(text) in {True, False, None}


@pytest.mark.parametrize(
    "text", ["9" * 5000, "9" * 5000 + "/1/1", "FR" + "9" * 5000, "", " ", "\U0001d7dc\U0001d7d9", "٤١١١"]
)
def test_no_validator_raises_on_odd_numbers(text: str) -> None:
    for name, validate in VALIDATORS.items():
        if text or name != "ipv4":
            assert validate(text) in {True, False, None}


def test_the_first_look_sees_a_space_before_the_comma():
    text = "G Yhv des Ykky 2 , 138 85 Csx"  # once found by the pattern and not by its look
    address = next(e for e, _ in PATTERNS if e.name == "ADDRESS")
    matching = [p for p in address.patterns if p.look and compile_re2(p.regex).search(text.encode())]
    assert matching
    assert all(pc.match_substring_regex(pa.array([text]), p.look)[0].as_py() for p in matching)
