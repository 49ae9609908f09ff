"""Every transform keeps the promises of `pratique.ports.Transform` and `BoundTransform`."""

import copy
import math
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import KeyStoreError, TransformError
from pratique.keys import FileKeyStore, create_keys
from pratique.model.classes import DataClass
from pratique.model.plan import Applied, KeyRef
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import REFUSED, BoundTransform, Transform
from pratique.transform import registry

TEXT = frozenset({Kind.STRING})
WORDS = ["Jane Doe", "jane@example.com", "+49 30 1234567", "DE89370400440532013000", "x" * 100, "Zoë", "1234567890"]
DATES = ["2024-02-29", "1999-12-31T23:59:59+02:00", "2023-01-01 00:00:00.123Z", "1970-01-01"]


@dataclass(frozen=True)
class Case:
    """One transform with parameters, and raw values of its domain."""

    name: str
    raw: tuple[Any, ...]
    entity: str = "PERSON"
    params: Mapping[str, Scalar] = field(default_factory=dict)
    kinds: frozenset[Kind] = TEXT
    in_text: bool = False
    open_grammar: bool = False
    """Raw values fit as well (nobody can tell a shifted date from a date): then they must not be proven."""

    def __str__(self) -> str:
        return f"{self.name}{dict(self.params) or ''}{'-in-text' if self.in_text else ''}-{self.entity}"


NUMBERS = frozenset({Kind.INTEGER, Kind.NULL})
CASES = [
    Case("keep", (*WORDS, 1, True, 2.5), kinds=TEXT | {Kind.INTEGER, Kind.BOOLEAN, Kind.DOUBLE}, open_grammar=True),
    Case("drop", (*WORDS, 1)),
    Case("drop", tuple(WORDS), in_text=True),
    Case("redact", (*WORDS, 1)),
    Case("redact", tuple(WORDS), in_text=True),
    Case("replace", tuple(WORDS)),
    Case("replace", tuple(WORDS), in_text=True),
    Case("replace", (5, 7, 123), params={"with": 0}, kinds=NUMBERS),
    Case("replace", (5.5, 7.25), params={"with": 0.5}, kinds=frozenset({Kind.DOUBLE})),
    Case("replace", (True,), params={"with": False}, kinds=frozenset({Kind.BOOLEAN})),
    Case("mask", tuple(WORDS)),
    Case("mask", tuple(WORDS), params={"keep_last": 4}),
    Case("mask", tuple(WORDS), params={"keep_first": 1, "keep_last": 2, "char": "#"}, in_text=True),
    Case("mask", (123456789, -5), params={"keep_last": 2}, kinds=NUMBERS),
    Case("pseudonym", (*WORDS, 1, True, 2.5)),
    Case("pseudonym", tuple(WORDS), params={"encoding": "hex", "bits": 256}),
    Case("pseudonym", tuple(WORDS), params={"bits": 192}, in_text=True),
    Case("pseudonym", tuple(WORDS), params={"bits": 256}),
    Case("token", (*WORDS, 1, True, 2.5, "")),
    Case("token", tuple(WORDS), entity="PHONE_NUMBER", in_text=True),
    Case("shift_date", tuple(DATES), entity="DATE_TIME", open_grammar=True),
    Case("shift_date", ("31-12-1999", "01-02-2020"), params={"format": "%d-%m-%Y"}, open_grammar=True),
    Case("shift_date", (0, -86400, 1_700_000_000), params={"format": "unix"}, kinds=NUMBERS, open_grammar=True),
    Case("generalise", tuple(DATES), entity="DATE_TIME"),
    Case("generalise", tuple(DATES), entity="DATE_TIME", params={"to": "quarter"}),
    Case("generalise", tuple(DATES), entity="DATE_TIME", params={"to": "month"}),
    Case("generalise", (*DATES, "12 March 2024", "03/12/24", "Tuesday"), entity="DATE_TIME", in_text=True),
    Case("generalise", (1, 25, -3, 99), entity="AGE", params={"bins": 10}, kinds=NUMBERS),
    Case("generalise", (1.5, 25.0, -3.25), entity="AGE", params={"bins": "0,18,65"}, kinds=frozenset({Kind.DOUBLE})),
    Case("generalise", ("192.0.2.77", "2001:db8:1:2::3", "::1", "10.0.0.1"), entity="IP_ADDRESS"),
    Case("generalise", ("10115", "SW1A 1AA"), entity="POSTCODE", params={"first": 3}),
]
TEXTS_ODD = ["", "\0", "\ud800", "a\udfffb", " ", "\u200b", "\x85", "%", "\n"]
ODD: list[Any] = [*TEXTS_ODD, 1 << 63, -(1 << 63) - 1, 10**5000, math.nan, math.inf, -0.0, True, None, b"bytes", [], {}]


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> FileKeyStore:
    folder = tmp_path_factory.mktemp("keys")
    return create_keys(folder / "k.json", folder / "q.pem")


def prepared(case: Case) -> tuple[Transform, Applied]:
    transform = registry()[case.name]
    domain = "people" if transform.keyed else None
    params = transform.check(
        TransformSpec(case.name, domain, case.params), case.kinds, case.entity, in_text=case.in_text
    )
    key = KeyRef("people", case.entity, 1, "eu -> us") if transform.keyed else None
    return transform, Applied(case.entity, case.name, transform.version, params, key)


def bound(case: Case, keys: FileKeyStore | None) -> BoundTransform:
    transform, applied = prepared(case)
    return transform.bind(applied, keys)


def subjects(case: Case, count: int) -> list[str] | None:
    return [f"user-{n % 3}" for n in range(count)] if registry()[case.name].needs_subject else None


each = pytest.mark.parametrize("case", CASES, ids=str)


def test_the_registry_is_complete_and_every_transform_is_covered():
    names = {"keep", "drop", "redact", "replace", "mask", "pseudonym", "token", "shift_date", "generalise"}
    assert set(registry()) == names == {case.name for case in CASES}
    for name, transform in registry().items():
        assert isinstance(transform, Transform)
        assert transform.name == name
        assert transform.version >= 1
        assert transform.loses


@each
def test_it_is_a_bound_transform(case, keys):
    assert isinstance(bound(case, keys), BoundTransform)


@each
def test_one_output_a_value_in_order_and_the_same_every_time(case, keys):
    one, two = bound(case, keys), bound(case, keys)
    out = one.apply(case.raw, subjects(case, len(case.raw)))
    assert len(out) == len(case.raw)
    assert REFUSED not in out
    who = subjects(case, len(case.raw))
    for at, value in enumerate(case.raw):
        alone = two.apply([value], [who[at]] if who else None)
        assert alone == [out[at]]
    many = two.apply(list(case.raw) * 40, who and who * 40)
    assert many == out * 40
    assert one.apply([], [] if who else None) == []


@each
def test_outputs_are_of_the_declared_kinds(case, keys):
    transform, applied = prepared(case)
    kinds = transform.output_kinds(applied.params, case.kinds)
    of = {str: Kind.STRING, int: Kind.INTEGER, float: Kind.DOUBLE, bool: Kind.BOOLEAN, type(None): Kind.NULL}
    for value in bound(case, keys).apply(case.raw, subjects(case, len(case.raw))):
        assert of[type(value)] in kinds
    if Kind.NULL in case.kinds:
        assert Kind.NULL in kinds


@each
def test_every_output_fits_its_grammar(case, keys):
    it = bound(case, keys)
    for out in it.apply(case.raw, subjects(case, len(case.raw))):
        assert it.fits(pa.array([out])).tolist() == [True]
    assert it.fits(pa.array([None, None])).tolist() == [True, True]
    for kind in (pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.large_string()):
        assert it.fits(pa.array([], kind)).tolist() == []
        assert it.fits(pa.array([None], kind)).dtype == np.bool_


@each
def test_a_planted_raw_value_does_not_fit_or_is_not_proven(case, keys):
    it = bound(case, keys)
    out = it.apply(case.raw, subjects(case, len(case.raw)))
    for raw, treated in zip(case.raw, out, strict=True):
        fits, proven = it.fits(pa.array([raw])).tolist()[0], it.proves(pa.array([raw])).tolist()[0]
        assert not proven
        assert case.open_grammar or not fits or raw == treated == "", f"{case} lets a raw value fit"


@each
def test_a_bound_transform_never_raises_on_a_value(case, keys):
    it = bound(case, keys)
    for value in ODD:
        who = ["someone"] if registry()[case.name].needs_subject else None
        (out,) = it.apply([value], who)
        assert out is None or out is REFUSED or isinstance(out, (str, int, float))
        if isinstance(out, str):
            out.encode()
        (back,) = it.invert([value], who)
        assert back is None or back is REFUSED or isinstance(back, (str, int, float))
    mixed = it.apply([*ODD, *case.raw], subjects(case, len(ODD) + len(case.raw)))
    assert len(mixed) == len(ODD) + len(case.raw)


@each
def test_proof_is_for_tokens_and_takes_any_array(case, keys):
    it = bound(case, keys)
    arrays = [
        pa.array(["tok1.1.AAAA", "", None]),
        pa.array([1, None]),
        pa.array([True]),
        pa.array([1.5]),
        pa.array([None]),
        pa.array(["x", "y"]).dictionary_encode(),
        pa.chunked_array([["a"], ["b"]]),
    ]
    for array in arrays:
        assert it.proves(array).tolist() == [False] * len(array)
        assert len(it.fits(array)) == len(array)
    if case.name == "token":
        out = pa.array(it.apply(case.raw, None))
        for array in (out, out.cast(pa.large_string()), out.dictionary_encode(), out.slice(1)):
            assert it.proves(array).all()
            assert it.fits(array).all()


@each
def test_what_is_reversible_comes_back_and_what_is_not_is_refused(case, keys):
    it = bound(case, keys)
    who = subjects(case, len(case.raw))
    treated: list[Any] = it.apply(case.raw, who)
    back: list[Any] = it.invert(treated, who)
    if not registry()[case.name].reversible:
        assert back == [REFUSED] * len(case.raw)
    else:
        # What comes back is the normal form: treated again, it gives the same.
        assert REFUSED not in back
        assert it.apply(back, who) == it.apply(case.raw, who)


@each
def test_equal_inputs_join_only_where_it_says_so(case, keys):
    transform, _ = prepared(case)
    if transform.joins:
        out = bound(case, keys).apply(case.raw, None)
        assert len(set(map(str, out))) == len(set(map(str, case.raw)))


@each
def test_keyed_transforms_need_their_key_and_hide_it(case, keys):
    transform, applied = prepared(case)
    it = transform.bind(applied, keys)
    if not transform.keyed:
        transform.bind(applied, None)
        return
    for bad, store in ((applied, None), (replace(applied, key=None), keys)):
        with pytest.raises(KeyStoreError):
            transform.bind(bad, store)
    assert applied.key is not None
    with pytest.raises(KeyStoreError):
        transform.bind(replace(applied, key=replace(applied.key, version=7)), keys)
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(it)
    assert len(repr(it)) < 40


@each
def test_another_key_gives_unrelated_outputs(case, keys):
    transform, applied = prepared(case)
    if not transform.keyed or transform.needs_subject:
        return
    assert applied.key is not None
    out = set(transform.bind(applied, keys).apply(case.raw, None))
    for key in (
        replace(applied.key, domain="others"),
        replace(applied.key, route="eu -> jp"),
        replace(applied.key, entity="OTHER"),
    ):
        it = transform.bind(replace(applied, key=key), keys)
        assert not out & set(it.apply(case.raw, None))
        assert not it.proves(pa.array(sorted(map(str, out)))).any()


@each
def test_its_class(case):
    transform, applied = prepared(case)
    found = transform.output_class(applied.params, in_text=case.in_text)
    if case.name == "keep":
        assert found is DataClass.PERSONAL
    elif case.name in {"drop", "redact", "replace"} and not case.in_text:
        assert found is DataClass.NONE
    else:
        assert found is DataClass.PSEUDONYMISED


@pytest.mark.parametrize("name", sorted(registry()))
def test_wrong_parameters_are_named(name):
    transform = registry()[name]
    domain = "d" if transform.keyed else None
    with pytest.raises(TransformError, match="nonsense"):
        transform.check(TransformSpec(name, domain, {"nonsense": 1}), TEXT, "DATE_TIME", in_text=False)
    wrong = None if name in {"token", "pseudonym"} else "d"
    if name != "shift_date":
        with pytest.raises(TransformError, match="domain"):
            transform.check(TransformSpec(name, wrong, {}), TEXT, "DATE_TIME", in_text=False)


@pytest.mark.parametrize("name", sorted(registry()))
def test_checked_parameters_are_complete(name):
    """Checked again, they are the same: nothing is left to a default that may change."""
    transform = registry()[name]
    spec = TransformSpec(name, "d" if transform.keyed else None, {})
    params = dict(transform.check(spec, TEXT, "DATE_TIME", in_text=False))
    own = {k: v for k, v in params.items() if k != "in_text"}
    assert dict(transform.check(replace(spec, params=own), TEXT, "DATE_TIME", in_text=False)) == params


ANY_TEXTS = st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(ANY_TEXTS, st.sampled_from(["PERSON", "PHONE_NUMBER"]))
def test_any_text_through_every_text_transform(values, entity):
    for name in ("mask", "replace", "redact"):
        it = bound(Case(name, (), entity), None)
        out = it.apply(values, None)
        kept = [o for o in out if o is not REFUSED]
        assert it.fits(pa.array(kept, pa.string())).all()
        assert [o is REFUSED for o in out] == [name == "mask" and not encodable(v) for v in values]


def encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
