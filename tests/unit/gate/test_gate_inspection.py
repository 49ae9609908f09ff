"""Counts, schema, residency, residue, waivers; in both forms of a batch."""

# mypy: disable-error-code="no-untyped-call"

import hashlib
import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError, RefusedError
from pratique.gate import ResidueHit, inspection, is_cleared
from pratique.model.classes import DataClass
from pratique.model.data import FormatSpec
from pratique.model.paths import ITEM, KEY, VALUE
from pratique.model.plan import Mode
from pratique.model.schema import Kind, Node, Schema
from tests.unit.gate.gate_fakes import (
    ROUTE,
    Grammar,
    LinesFormat,
    Token,
    Words,
    applied,
    encode,
    flat,
    look,
    plan,
    step,
)

TOKEN = Token()
KEEP = plan(step("a"))
A = flat(a=Kind.STRING)
FORMS = pytest.mark.parametrize("form", ["columns", "records"])


def hits(inspection):
    return [(hit.ordinal, hit.path, hit.entity) for hit in inspection.residue]


# --- clean --------------------------------------------------------------------------------------------------------


@FORMS
def test_a_clean_part_is_cleared_with_the_digest_of_its_bytes(form):
    rows = [{"a": "x", "u": TOKEN.make("w"), "n": 5}, {"a": None, "u": TOKEN.make("v"), "n": 7}] * 4
    the_plan = plan(
        step("a"),
        step("u", Mode.WHOLE, apply=applied("token"), output_class=DataClass.PSEUDONYMISED),
        step("n", kinds=(Kind.INTEGER,)),
    )
    schema = flat(a=Kind.STRING, u=Kind.STRING, n=Kind.INTEGER)
    found = look(rows, the_plan, schema, form=form, bound={("u",): [TOKEN]}, quarantined={"guard": 2})
    assert is_cleared(found.cleared)
    assert found.residue == ()
    assert found.written == 8
    assert found.digest == found.cleared.digest == hashlib.sha256(encode(rows)).hexdigest()
    assert found.size == found.cleared.size == len(encode(rows))
    assert found.cleared.descriptor().read() == encode(rows)
    assert found.cleared.name == "run/00000-00000.jsonl"


def test_an_empty_part_is_cleared_where_everything_was_quarantined():
    found = look(b"", KEEP, A, quarantined={"guard": 3}, read=3)
    assert is_cleared(found.cleared)
    assert found.written == 0


# --- counts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "quarantined"), [(3, {}), (1, {}), (2, {"guard": 1}), (3, {"guard": 2}), (1, {"x": -1})]
)
def test_records_that_are_not_accounted_for_refuse(read, quarantined):
    with pytest.raises(RefusedError, match="records were read"):
        look([{"a": "x"}, {"a": "y"}], KEEP, A, read=read, quarantined=quarantined)


@pytest.mark.parametrize("count", [1, 3])
def test_a_row_without_an_origin_or_the_reverse_refuses(count):
    with pytest.raises(RefusedError, match="origin"):
        look([{"a": "x"}, {"a": "y"}], KEEP, A, origins=np.arange(count, dtype=np.int64))


def test_a_format_that_loses_a_row_refuses():
    with pytest.raises(RefusedError, match="not every record became a row"):
        look([{"a": "x"}], KEEP, A, format=LinesFormat(miscount=1))


# --- what the output schema allows --------------------------------------------------------------------------------


def test_bytes_that_do_not_decode_refuse_without_showing_them():
    with pytest.raises(RefusedError, match="json") as refused:
        look(b'{"a":"x"}\n{"a":"Secret\n', KEEP, A)
    assert "Secret" not in str(refused.value)


def test_a_format_error_is_a_refusal_without_its_cause():
    class Broken(LinesFormat):
        def decode(self, *args):
            raise FormatError("Secret")

    with pytest.raises(RefusedError, match="cannot be read back") as refused:
        look([{"a": "x"}], KEEP, A, format=Broken())
    assert "Secret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@FORMS
@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"a": "x", "Secret": "y"}, "a field that its schema does not name"),
        ({"a": 5}, "a kind of value that its schema does not allow"),
        ({"a": True}, "a kind of value"),
        ({"a": 1.5}, "a kind of value"),
    ],
)
def test_a_field_or_kind_that_the_schema_does_not_allow_refuses(form, row, message):
    with pytest.raises(RefusedError, match=message) as refused:
        look([{"a": "x"}] * 3 + [row], KEEP, A, form=form)
    assert "Secret" not in str(refused.value)


@pytest.mark.parametrize(
    "row",
    [
        {"a": {"b": 1}}, {"a": [1]}, {"a": 1 << 63}, {"a": float("inf")}, {"a": float("nan")}, {"l": "x"}, {"l": [[1]]},
        {"m": {"k": 5}}, {"m": ["x"]}, {"r": {"z": "x"}}, {"e": ["x"]}, {"a": "\ud800"},
    ],
)  # fmt: skip
def test_a_nested_kind_that_the_schema_does_not_allow_refuses(row):
    string = Node(frozenset({Kind.STRING}))
    root = Node(
        frozenset({Kind.RECORD}),
        fields=(
            ("a", Node(frozenset({Kind.STRING, Kind.INTEGER, Kind.DOUBLE}))),
            ("l", Node(frozenset({Kind.LIST}), item=string)),
            ("e", Node(frozenset({Kind.LIST}))),
            ("m", Node(frozenset({Kind.MAP}), value=string)),
            ("r", Node(frozenset({Kind.RECORD}), fields=(("b", string),))),
        ),
    )
    paths = [("a",), ("l", ITEM), ("m", KEY), ("m", VALUE), ("r", "b")]

    class Given(LinesFormat):
        """Rows that JSON could not even carry."""

        def _batch(self, rows):
            return super()._batch([(at, {"a": "x"} | row) for at, _ in rows])

    the_plan = plan(*map(step, paths))
    good = {"l": ["x", None], "m": {"k": "x"}, "r": {"b": "x"}, "e": []}
    assert look([good], the_plan, Schema(root), format=LinesFormat("records")).cleared
    with pytest.raises(RefusedError, match=r"does not allow|does not name|cannot be written"):
        look([{}], the_plan, Schema(root), format=Given("records"))


@FORMS
@pytest.mark.parametrize("mode", [Mode.DROP, Mode.QUARANTINE])
def test_a_value_where_the_plan_lets_nothing_through_refuses(form, mode):
    the_plan = plan(step("a"), step("b", mode))
    schema = flat(a=Kind.STRING, b=Kind.STRING)
    assert look([{"a": "x", "b": None}], the_plan, schema, form=form).cleared
    with pytest.raises(RefusedError, match="#2: the output holds a field that the plan lets nothing through"):
        look([{"a": "x", "b": "y"}], the_plan, schema, form=form)


def test_a_field_without_a_step_or_a_transform_refuses():
    with pytest.raises(RefusedError, match="does not name"):
        look([{"a": "x"}], plan(), A)
    with pytest.raises(RefusedError, match="#1: no transform is bound"):
        look([{"a": "x"}], plan(step("a", Mode.WHOLE, apply=applied("mask"))), A)


def test_another_format_than_the_plans_refuses():
    with pytest.raises(RefusedError, match="format"):
        look([{"a": "x"}], replace(KEEP, target_format=FormatSpec("csv")), A)


# --- residency ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("the_plan", "message"),
    [
        (plan(step("a"), route=None), "no route covers"),
        (plan(step("a"), source="us"), "stays in its region"),
        (plan(step("a"), target="uk"), "no route covers"),
        (plan(step("a"), source="ch"), "no route covers"),
        (plan(step("a"), data_class=DataClass.PERSONAL), "the output is personal"),
        (plan(step("a", output_class=DataClass.PERSONAL)), "the output is personal"),
        (
            plan(step("a"), route=replace(ROUTE, data_class=DataClass.ANONYMISED), data_class=DataClass.NONE),
            "not measured",
        ),
        (plan(step("a"), route=replace(ROUTE, data_class=DataClass.NONE)), "no route can ask"),
        (plan(step("a"), route=replace(ROUTE, until="2026-11-22")), "open until 2026-11-22"),
        (plan(step("a"), route=replace(ROUTE, until="some day")), "open until"),
    ],
)
def test_what_may_not_leave_its_region_is_refused(the_plan, message):
    with pytest.raises(RefusedError, match=message):
        look([{"a": "x"}], the_plan, A)


def test_a_route_is_open_on_its_last_day():
    the_plan = plan(step("a"), route=replace(ROUTE, until="2026-11-23"))
    assert look([{"a": "x"}], the_plan, A, today=date(2026, 11, 23)).cleared
    with pytest.raises(RefusedError, match="open until"):
        look([{"a": "x"}], the_plan, A, today=date(2026, 11, 24))


def test_a_flow_inside_one_region_needs_no_route_and_is_still_scanned():
    inside = plan(step("a"), route=None, target="eu", data_class=DataClass.PERSONAL)
    assert look([{"a": "x"}], inside, A).cleared
    assert look([{"a": "Secret"}], inside, A).cleared is None


# --- residue ------------------------------------------------------------------------------------------------------


@FORMS
def test_residue_in_a_kept_field_is_told_by_origin_field_and_type_and_clears_nothing(form):
    rows = [{"a": "x"}, {"a": "my Secret"}, {"a": None}, {"a": "y"}, {"a": "my Secret"}]
    found = look(rows, KEEP, A, form=form, origins=np.array([0, 10, 25, 40, 77]))
    assert found.cleared is None
    assert found.residue == (
        ResidueHit(10, ("a",), "PERSON", "words"),
        ResidueHit(77, ("a",), "PERSON", "words"),
    )
    assert found.written == 5
    assert "Secret" not in repr(found)


def test_interleaved_batches_are_numbered_in_output_order():
    rows = [{"a": f"v{n}"} for n in range(20)]
    rows[7] = rows[12] = {"a": "Secret"}
    for form in ("columns", "records"):
        found = look(rows, KEEP, A, format=LinesFormat(form, rows=6, interleave=True))
        assert [hit.ordinal for hit in found.residue] == [700, 1200]


def test_only_findings_at_the_plans_score_or_above_count():
    rows = [{"a": "Secret"}]
    assert look(rows, plan(step("a"), score=0.9), A).cleared is None
    assert look(rows, plan(step("a"), score=0.91), A).cleared


def test_a_waiver_covers_its_type_in_its_field_only_and_is_counted():
    the_plan = plan(step("a", waived=["PERSON"]), step("b"))
    schema = flat(a=Kind.STRING, b=Kind.STRING)
    rows = [{"a": "Secret", "b": "x"}] * 5 + [{"a": "y", "b": "x"}, {"a": "another Secret", "b": "x"}]
    for form in ("columns", "records"):
        found = look(rows, the_plan, schema, form=form)
        assert found.cleared
        assert found.waived == {"#1 PERSON": 6}
    assert hits(look([{"a": "x", "b": "Secret"}], the_plan, schema)) == [(0, ("b",), "PERSON")]
    assert hits(look([{"a": "4111111111111111", "b": "x"}], the_plan, schema)) == [(0, ("a",), "CREDIT_CARD")]


@FORMS
def test_a_raw_value_or_a_forged_token_in_a_token_field_is_residue(form):
    the_plan = plan(step("u", Mode.WHOLE, apply=applied("token"), output_class=DataClass.PSEUDONYMISED))
    rows = [{"u": TOKEN.make("a")}, {"u": "user-1"}, {"u": "tok1.1.forged"}, {"u": Token("q").make("b")}]
    found = look(rows, the_plan, flat(u=Kind.STRING), form=form, bound={("u",): [TOKEN]})
    assert hits(found) == [(100, ("u",), "grammar"), (200, ("u",), "grammar"), (300, ("u",), "grammar")]


def test_proven_values_are_not_scanned():
    the_plan = plan(step("u", Mode.WHOLE, apply=applied("token")))
    words = Words()
    found = look([{"u": TOKEN.make("Secret")}], the_plan, flat(u=Kind.STRING), bound={("u",): [TOKEN]}, residue=words)
    assert found.cleared
    assert not words.shown


def test_what_a_transform_may_emit_is_covered_only_where_its_grammar_fits():
    the_plan = plan(step("d", Mode.WHOLE, apply=applied("shift_date")))
    schema = flat(d=Kind.STRING)
    bound = {("d",): [Grammar(r"\d{4}-\d\d-\d\d")]}
    rows = [{"d": "2026-01-02"}]
    assert look(rows, the_plan, schema, bound=bound, emits={("d",): frozenset({"DATE_TIME"})}).cleared
    assert hits(look(rows, the_plan, schema, bound=bound)) == [(0, ("d",), "DATE_TIME")]
    rows = [{"d": "on 2026-01-02"}]
    found = look(rows, the_plan, schema, bound=bound, emits={("d",): frozenset({"DATE_TIME"})})
    assert hits(found) == [(0, ("d",), "grammar")]


@FORMS
def test_numbers_are_held_to_the_grammar_and_scanned_by_their_digits(form):
    schema = flat(n=(Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN), g=Kind.INTEGER)
    the_plan = plan(step("n", kinds=(Kind.INTEGER,)), step("g", Mode.WHOLE, apply=applied("generalise")))
    bound = {("g",): [Grammar(r"\d+0")]}
    for clean in (1, 2.5, True, -3, 0.0, 1e300):
        assert look([{"n": clean, "g": 10}], the_plan, schema, form=form, bound=bound).cleared
    for card in (4111111111111111, 4111111111111111.0):
        found = look([{"n": card, "g": 10}], the_plan, schema, form=form, bound=bound)
        assert hits(found) == [(0, ("n",), "CREDIT_CARD")]
    assert hits(look([{"n": 1, "g": 11}], the_plan, schema, form=form, bound=bound)) == [(0, ("g",), "grammar")]


def test_equal_values_of_other_kinds_are_kept_apart():
    schema = flat(n=(Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN))
    the_plan = plan(step("n", Mode.WHOLE, apply=applied("generalise")))

    class Integers(Grammar):
        def fits(self, values):
            return np.full(len(values), str(values.type) == "int64")

    found = look([{"n": 1}, {"n": True}, {"n": 1.0}], the_plan, schema, form="records", bound={("n",): [Integers("")]})
    assert [hit.ordinal for hit in found.residue] == [100, 200]


def test_nested_values_map_keys_and_list_items_are_scanned():
    string = Node(frozenset({Kind.STRING, Kind.NULL}))
    root = Node(
        frozenset({Kind.RECORD}),
        fields=(
            ("l", Node(frozenset({Kind.LIST}), item=string)),
            ("m", Node(frozenset({Kind.MAP}), value=string)),
            ("r", Node(frozenset({Kind.RECORD}), fields=(("b", string),))),
        ),
    )
    paths = [("l", ITEM), ("m", KEY), ("m", VALUE), ("r", "b")]
    the_plan = plan(*map(step, paths))
    dirty = [{"l": ["x", "Secret"]}, {"m": {"Secret": "x"}}, {"m": {"k": "Secret"}}, {"r": {"b": "Secret"}}]
    clean = {"l": ["x", None], "m": {"k": None}, "r": None}
    assert look([clean], the_plan, Schema(root), form="records").cleared
    found = look([clean, *dirty], the_plan, Schema(root), form="records")
    assert hits(found) == [(100 * n, path, "PERSON") for n, path in enumerate(paths, start=1)]


# --- free text ----------------------------------------------------------------------------------------------------


TEXT = plan(
    step(
        "t",
        Mode.TEXT,
        spans=[applied("replace", "PERSON"), applied("token"), applied("shift_date", "DATE_TIME")],
        output_class=DataClass.PSEUDONYMISED,
    )
)
T = flat(t=Kind.STRING)
BOUND = {("t",): [TOKEN, Grammar("<PERSON>"), Grammar(r"\d{4}-\d\d-\d\d")]}


@FORMS
def test_placeholders_and_tokens_that_authenticate_are_not_residue_in_text(form):
    words = Words(PERSON=("PERSON", 0.9), hiddenz=("PERSON", 0.9))
    text = f"Dear <PERSON>, you are {TOKEN.make('hidden')}."
    found = look([{"t": text}, {"t": "plain"}, {"t": "also plain"}], TEXT, T, form=form, bound=BOUND, residue=words)
    assert found.cleared
    assert f"Dear {'|' * 8}, you are {'|' * 14}." in words.shown


@pytest.mark.parametrize(
    "text",
    [
        "tok1.1.Secret",
        f"{TOKEN.make('ok')} and Secret",
        "<PERSON> Secret",
        "<Secret>",
        "<CREDIT_CARD> 4111111111111111",
    ],
)
def test_what_else_stands_in_text_is_residue(text):
    assert look([{"t": "x"}, {"t": text}], TEXT, T, bound=BOUND).residue[0].ordinal == 100


def test_only_the_plans_own_placeholders_are_passed_over():
    words = Words(IBAN=("IBAN_CODE", 0.9))
    assert look([{"t": "<IBAN>"}], TEXT, T, bound=BOUND, residue=words).cleared is None


def test_a_span_that_a_transform_may_emit_must_fit_its_grammar():
    emits = {("t",): frozenset({"DATE_TIME", "PERSON"})}
    assert look([{"t": "on 2026-01-02"}], TEXT, T, bound=BOUND, emits=emits).cleared
    assert look([{"t": "on 2026-01-02"}], TEXT, T, bound=BOUND).cleared is None
    assert hits(look([{"t": "by Secret"}], TEXT, T, bound=BOUND, emits=emits)) == [(0, ("t",), "PERSON")]


# --- both forms, any number of flushes ----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "a": st.sampled_from(["x", "Secret", "my Secret", "raw-value-1", "see raw-value-1.", None]),
                "b": st.sampled_from(["Secret", "y", None]),
                "u": st.sampled_from([TOKEN.make("a"), "tok1.1.q", "raw-value-1", None]),
                "n": st.sampled_from([1, 2.0, True, 4111111111111111, None]),
            },
        ),
        max_size=12,
    ),
    st.sampled_from([0, 1 << 25]),
)
def test_both_forms_and_any_number_of_flushes_have_one_result(rows, pool):
    the_plan = plan(
        step("a"), step("b", waived=["PERSON"]), step("u", Mode.WHOLE, apply=applied("token")), step("n", kinds=())
    )
    schema = flat(a=Kind.STRING, b=Kind.STRING, u=Kind.STRING, n=(Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN))
    results = []
    for reader in (
        LinesFormat("columns", rows=1),
        LinesFormat("records", rows=3),
        LinesFormat("records", 4, interleave=True),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inspection, "_POOL", pool)
            results.append(
                look(rows, the_plan, schema, format=reader, bound={("u",): [TOKEN]}, raws=["raw-value-1"], emits={})
            )
    first = results[0]
    assert all(
        (r.residue, r.waived, r.digest, r.written) == (first.residue, first.waived, first.digest, first.written)
        for r in results
    )
    assert first.waived.get("#2 PERSON", 0) == sum(row.get("b") == "Secret" for row in rows)
    bad = [
        n
        for n, row in enumerate(rows)
        if row.get("a") not in ("x", None)
        or row.get("u") in ("tok1.1.q", "raw-value-1")
        or row.get("n") == 4111111111111111
    ]
    assert sorted({hit.ordinal // 100 for hit in first.residue}) == bad
    assert is_cleared(first.cleared) == (not bad)


# --- the descriptor -----------------------------------------------------------------------------------------------


def test_a_file_that_changes_between_the_readings_is_refused():
    class Turncoat(io.BytesIO):
        reads = 0

        def seek(self, offset, whence=0):
            if offset == 0 and whence == 0 and self.reads:
                self.getbuffer()[:] = self.getvalue().replace(b"Secret", b"Public")
            return super().seek(offset, whence)

        def read(self, size=-1):
            self.reads += 1
            return super().read(size)

        def readinto(self, buffer):
            self.reads += 1
            return super().readinto(buffer)

    data = encode([{"a": "Secret"}])
    with pytest.raises(RefusedError, match="changed"):
        look(data, KEEP, A, stream=Turncoat(data))


def test_the_digest_covers_bytes_that_the_format_did_not_read():
    class Lazy(LinesFormat):
        def decode(self, stream, start, end, spec, schema):
            stream.seek(12)
            yield from super().decode(stream, 0, 12, spec, schema)

    data = encode([{"a": "xx"}, {"a": "yy"}, {"a": "zz"}])
    found = look(data, KEEP, A, format=Lazy(), read=1, origins=np.array([0]), stream=io.BytesIO(data))
    assert found.digest == hashlib.sha256(data).hexdigest()
    assert found.size == len(data)
