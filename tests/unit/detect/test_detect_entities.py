"""Every entity type against the vectors in its own record, and the promises that records make to the scanner."""

import re
from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.detect import Detector
from pratique.detect.compiled import compile_re2
from pratique.detect.entities import BUILT_IN, EntityType, Pattern
from pratique.detect.validators import VALIDATORS
from pratique.model.catalogue import Finding
from tests.effort import effort

DETECTOR = Detector(model=None)


@cache
def asked_for(name: str) -> Detector:
    """A detector of one type: many states' numbers share a form and a label, and only one type of a span is told."""
    return Detector(entities=[name], model=None)


Spans = list[tuple[int, int]]
FRAMES = ("{} steht hier", "Voilà : {}.", "потому что {}, да", "値は {} です", "😀 ({})", "a\n{}\nb")


def spans(findings: list[Finding], score: float = 0.5) -> Spans:
    return [(f.start, f.end) for f in findings if f.score >= score]


@cache
def covered() -> dict[str, set[int]]:
    """By text of the records' vectors, what all types together find: the offsets that they cover."""
    texts = [text for entity in BUILT_IN for text in (*entity.examples, *entity.with_context)]
    found = zip(texts, DETECTOR.find_many(texts), strict=True)
    return {text: {at for start, end in spans(its) for at in range(start, end)} for text, its in found}


@pytest.mark.parametrize("entity", BUILT_IN, ids=lambda e: e.name)
def test_a_type_is_found_in_its_vectors_and_in_no_others(entity: EntityType) -> None:
    """Each has at least two that hold it and two that do not, from its public specification."""
    positive, negative = [*entity.examples, *entity.with_context], list(entity.not_examples)
    assert min(len(set(positive)), len(set(negative))) >= 2
    found = asked_for(entity.name).find_many([*positive, *negative])
    for text, its in zip(positive, found, strict=False):
        assert spans(its), text
        # With all types on, it is covered to the last letter, by that type or by another one.
        assert all(set(range(start, end)) <= covered()[text] for start, end in spans(its)), text
    for text, its in zip(negative, found[len(positive) :], strict=True):
        assert not spans(its), text


@pytest.mark.parametrize("entity", [e for e in BUILT_IN if e.examples], ids=lambda e: e.name)
def test_an_example_is_found_whatever_surrounds_it(entity: EntityType) -> None:
    frames = [f for f in FRAMES if entity.name != "EMAIL_ADDRESS" or not f.startswith("値")]  # any letter begins one
    cases = [(frame.format(text), text) for frame in frames for text in entity.examples]
    for (whole, text), its in zip(cases, asked_for(entity.name).find_many([w for w, _ in cases]), strict=True):
        found = [whole[start:end] for start, end in spans(its)]
        assert any(span.rstrip(".") in text or span.startswith(text) for span in found), (whole, found)


def test_there_are_the_types_that_were_asked_for() -> None:
    names = {e.name for e in BUILT_IN}
    assert len(names) == len(BUILT_IN)
    assert {"PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS", "MAC_ADDRESS", "URL",
            "DATE_TIME", "UUID", "US_SSN", "DOMAIN_NAME", "ADDRESS"} <= names  # fmt: skip
    assert sum(bool(e.countries) for e in BUILT_IN if e.checks_digits) >= 12
    for entity in BUILT_IN:
        assert entity.source, entity.name
        assert {entity.validator, *(p.validator for p in entity.patterns)} - {""} <= VALIDATORS.keys()


def pattern_id(value: object) -> str:
    return value.name if isinstance(value, EntityType) else ""


PATTERNS = [(e, p) for e in BUILT_IN for p in e.patterns]


def test_patterns_keep_the_rules_of_records() -> None:
    for regex in {pattern.regex for _, pattern in PATTERNS}:
        compiled = compile_re2(regex)
        assert compiled.groups == 0, regex
        assert compiled.search(b"") is None, regex
    for entity, pattern in PATTERNS:
        assert all(0 <= score <= 1 for score in (pattern.score, pattern.validated, pattern.context)), entity.name


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
            assert pattern.look in text

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


def test_the_first_look_sees_a_space_before_the_comma() -> None:
    text = "G Yhv des Ykky 2 , 138 85 Csx"  # once found by the pattern and not by its look
    assert spans(asked_for("ADDRESS").find(text))
    assert asked_for("ADDRESS").find_any(pa.array([text] * 300), score=0.5).all()
