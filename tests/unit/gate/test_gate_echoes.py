"""Echoes across a part."""

# mypy: disable-error-code="no-untyped-call"

import copy
import pickle
import sys

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.gate import RawValues
from pratique.model.plan import Mode
from pratique.model.schema import Kind
from tests.unit.gate.gate_fakes import Grammar, Token, applied, flat, look, plan, step

TOKEN = Token()
PLAN = plan(step("u", Mode.WHOLE, apply=applied("token")), step("a"), step("n", kinds=(Kind.INTEGER,)))
SCHEMA = flat(u=Kind.STRING, a=Kind.STRING, n=Kind.INTEGER)
RAWS = ["user-12345", "Marie-Louise Delacroix", "+31612345678", "short", "a.b@example.org", "12345678"]


def echoes(value, *, field="a", raws=RAWS, form="columns"):
    rows = [{"u": TOKEN.make("x"), "a": "nothing", "n": 1}, {"u": TOKEN.make("x"), "a": "nothing", "n": 1}]
    rows[1][field] = value
    found = look(rows, PLAN, SCHEMA, form=form, bound={("u",): [TOKEN]}, raws=raws)
    assert (found.cleared is None) == bool(found.residue)
    assert all((hit.ordinal, hit.path, hit.detector) == (100, (field,), "gate") for hit in found.residue)
    return [hit.entity for hit in found.residue]


@pytest.mark.parametrize("form", ["columns", "records"])
@pytest.mark.parametrize(
    "value",
    [
        "user-12345", "seen by user-12345.", "(user-12345)", "x/user-12345/y", "user-12345's", "id_user-12345",
        "with Marie-Louise Delacroix today", "31612345678", "call +31612345678", "mail a.b@example.org now",
        "user-12345 user-12345",
    ],
)  # fmt: skip
def test_a_raw_value_in_a_kept_field_is_an_echo(value, form):
    assert echoes(value, form=form) == ["echo"]


@pytest.mark.parametrize(
    "value",
    ["user-1234", "user-123456", "superuser-12345", "user 12345", "USER-12345", "short", "Marie-Louise", "nothing", ""],
)
def test_what_only_resembles_a_raw_value_is_none(value):
    assert echoes(value) == []


def test_a_raw_value_that_turns_up_as_a_number_is_an_echo():
    assert echoes(12345678, field="n") == ["echo"]
    assert echoes(123456789, field="n") == []


def test_a_raw_value_left_in_a_pseudonym_field_is_an_echo_though_it_fits_the_grammar():
    the_plan = plan(step("p", Mode.WHOLE, apply=applied("pseudonym")))
    bound = {("p",): [Grammar("[0-9a-f]{16}")]}
    rows = [{"p": "0123456789abcdef"}, {"p": "fedcba9876543210"}]
    found = look(rows, the_plan, flat(p=Kind.STRING), bound=bound, raws=["fedcba9876543210"])
    assert [(hit.ordinal, hit.entity) for hit in found.residue] == [(100, "echo")]


@pytest.mark.parametrize("transform", ["mask", "generalise", "shift_date", "replace", "redact"])
def test_outputs_that_coincide_with_raw_values_by_nature_are_no_echoes(transform):
    the_plan = plan(step("p", Mode.WHOLE, apply=applied(transform)))
    found = look(
        [{"p": "2026-03-04"}], the_plan, flat(p=Kind.STRING), bound={("p",): [Grammar(".*")]}, raws=["2026-03-04"]
    )
    assert found.cleared


def test_free_text_is_searched_outside_proven_tokens_and_placeholders():
    the_plan = plan(step("t", Mode.TEXT, spans=[applied("token"), applied("replace", "LONG_NAME")]))
    bound = {("t",): [TOKEN]}
    schema = flat(t=Kind.STRING)
    raws = ["user-12345", "LONG_NAME", TOKEN.make("abcdefgh").removeprefix("tok1.1.")]
    clean = [{"t": f"about <LONG_NAME> and {TOKEN.make('abcdefgh')}"}]
    assert look(clean, the_plan, schema, bound=bound, raws=raws).cleared
    assert look([{"t": "about user-12345"}], the_plan, schema, bound=bound, raws=raws).cleared is None


def test_long_raw_values_are_found_whole():
    raw = "one two three four five six seven eight nine ten"
    assert echoes(raw, raws=[raw]) == ["echo"]
    assert echoes(" ".join(raw.split()[:8]) + " x", raws=[" ".join(raw.split()[:8])]) == ["echo"]


def test_raw_values_do_not_print_and_do_not_travel():
    raw = RawValues([pa.array(["Marie-Louise"])])
    assert "Marie" not in repr(raw)
    with pytest.raises(TypeError):
        pickle.dumps(raw)
    with pytest.raises(TypeError):
        copy.deepcopy(raw)


def test_no_raw_values_no_echoes():
    for raw in (RawValues([]), RawValues([pa.array([], type=pa.string())]), RawValues([pa.array(["a", "--------"])])):
        assert not raw.contains(pa.array(["--------", "anything at all"])).any()
        assert not raw.inside(pa.array(["--------", "anything at all"])).any()


def test_chunks_of_other_types_and_with_duplicates_are_fine():
    raw = RawValues([pa.array([123456789]), pa.array(["aaaaaaaa", "aaaaaaaa"]), pa.array(["aaaaaaaa", None])])
    assert raw.contains(pa.array(["123456789", "aaaaaaaa", "bbbbbbbb"])).tolist() == [True, True, False]


WORD = st.text(alphabet="abcé1", min_size=1, max_size=5)
RAW = st.lists(WORD, min_size=1, max_size=4).map("-".join)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(RAW, min_size=1, max_size=5),
    st.lists(st.one_of(RAW, WORD), max_size=6),
    st.sampled_from([" ", ", ", "/", " - "]),
)
def test_the_search_finds_exactly_the_raw_values_that_stand_at_word_boundaries(raws, words, gap):
    text = gap.join(words)
    import re

    expected = any(
        len(raw) >= 8 and re.search(rf"(?<![^\W_]){re.escape(raw)}(?![^\W_])", text) is not None for raw in raws
    )
    assert bool(RawValues([pa.array(raws)]).inside(pa.array([text]))[0]) == expected


def test_many_raw_values_cost_no_call_each():
    raw = RawValues([pa.array([f"person-{n:07}" for n in range(300_000)])])
    values = pa.array([f"show number {n}" for n in range(2000)] + ["person-0123456"])
    calls = 0

    def count_one(*_):
        nonlocal calls
        calls += 1

    sys.setprofile(count_one)
    try:
        found = raw.inside(values)
    finally:
        sys.setprofile(None)
    assert calls < 100_000
    assert found.sum() == 1
    assert found[-1]
