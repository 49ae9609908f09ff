"""Shapes: they keep a format's bones, tell nobody apart, and say nothing that fewer than five share."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.infer.shapes import HOLDERS, LONGEST, WIDEST, ShapeCounter, coarse, leaves, shape_of, subjects
from pratique.model.data import Batch
from pratique.model.paths import KEY, VALUE
from pratique.model.schema import Kind, Node, Schema

SIGNS = frozenset("Aa9x… -*!\"#$%&'()+,./:;<=>?@[\\]^_`{|}~")


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("Ab-123", "Aa-999"),
        ("j.kowa@onet.pl", "a.aaaa@aaaa.aa"),
        ("Joanna Kowalska", "Aaaaa… Aaaaa…"),
        ("Łódź", "Aaaa"),
        ("Σοφία", "Aaaaa"),
        ("李小龍", "aaa"),
        ("محمد", "aaaa"),
        ("٠١٢", "999"),
        ("Ⅷ", "9"),
        ("12\u201313", "99-99"),
        ("a\u00a0\u2003b\tc", "a a a"),
        ("€ 5", "* 9"),
        ("🙂🙂", "*"),
        ("\x00\u202e", "*"),
        ("\ud800", "*"),
        ("", ""),
        (-12.5, "-99.9"),
        (7, "9"),
        (True, "boolean"),
        ("9" * 21, "9" * 20 + "…"),
        ("9" * 20, "9" * 20),
        ("a" * 300, "aaaa… …"),
    ],
)
def test_shapes(value, shape) -> None:
    assert shape_of(value) == shape


@given(st.text())
def test_nothing_of_a_text_is_left_but_its_punctuation(text: str) -> None:
    shape = shape_of(text)
    assert set(shape) <= SIGNS - {"x"}
    assert set(coarse(shape)) <= SIGNS
    assert len(coarse(shape)) <= WIDEST + 2
    assert len(shape) <= LONGEST * 2 + 2


@given(st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cs"])))
def test_an_accent_apart_is_no_other_shape(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert shape_of(composed[:50]) == shape_of(unicodedata.normalize("NFD", composed[:50])) or len(apart) > LONGEST


@given(st.text())
def test_every_text_of_a_shape_has_one_coarse_shape(text: str) -> None:
    swapped = text.translate(str.maketrans("abcdefgXYZ012", "bcdefgaYZX120"))
    assert coarse(shape_of(text)) == coarse(shape_of(swapped))


@pytest.mark.parametrize(
    ("shape", "rough"),
    [
        ("9a9aa999-a999-9999", "x…-x…-9…"),
        ("Aaaaa… Aaa", "Aa… Aa…"),
        ("AA 99", "A… 9…"),
        ("a a a a a a a a", "a… a… a… a… a… a… …"),
        ("boolean", "boolean"),
        ("--", "--"),
    ],
)
def test_coarse(shape: str, rough: str) -> None:
    assert coarse(shape) == rough


def count(values, holders=None):
    counter = ShapeCounter(("f",))
    for value, holder in zip(values, holders or [None if v is None else hash(v) for v in values], strict=True):
        counter.add(value, holder)
    return counter.found()


def test_a_shape_needs_five_different_values() -> None:
    found = count(["AB-1", "CD-2", "EF-3", "GH-4"] * 100)
    assert (found.shapes, found.rare, found.values) == ((), 400, 400)
    found = count(["AB-1", "CD-2", "EF-3", "GH-4", "IJ-5"])
    assert [(s.shape, s.count, s.coarse) for s in found.shapes] == [("AA-9", 5, False)]


def test_a_shape_needs_five_subjects_where_there_are_subjects() -> None:
    own = [f"AB-{n}" for n in range(9)]
    assert count(own, [1] * 9).rare == 9
    assert count(["yes"] * 5, [1, 2, 3, 4, 5]).shapes[0].shape == "aaa"
    assert count(["yes"] * 5, [1, 2, 3, 4, None]).rare == 5


def test_rare_shapes_are_told_together_and_only_if_enough_share_them() -> None:
    """Each of these lengths is one person's; together they are five people's."""
    words = ["a" * n + "-1" for n in range(1, 5)] + ["ab-12"]
    found = count(words)
    assert [(s.shape, s.count, s.coarse) for s in found.shapes] == [("a…-9…", 5, True)]
    assert found.rare == 0
    assert count([*words, "Ämter/7", "@"]).rare == 2


@given(st.lists(st.one_of(st.none(), st.text(max_size=6), st.integers(), st.booleans()), max_size=60))
def test_every_value_is_counted_once_and_no_shape_has_too_few(values) -> None:
    found = count(values)
    assert found.values == len(values)
    assert found.nulls == values.count(None)
    assert sum(s.count for s in found.shapes) + found.rare + found.nulls == len(values)
    assert all(s.count >= HOLDERS for s in found.shapes)
    told = {s.shape for s in found.shapes if not s.coarse}
    for shape in told:
        assert len({v for v in values if v is not None and shape_of(v) == shape}) >= HOLDERS


def test_many_shapes_cost_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pratique.infer.shapes.MAX_SHAPES", 3)
    counter = ShapeCounter(("f",))
    for number in range(200):
        counter.add(f"{'-' * (number % 40)}{number}", number)
    found = counter.found()
    assert len(counter._exact) <= 3
    assert len(counter._coarse) <= 3
    assert sum(s.count for s in found.shapes) + found.rare == 200


LEAF = Node(frozenset({Kind.STRING, Kind.NULL}))
SCHEMA = Schema(
    Node(
        frozenset({Kind.RECORD}),
        fields=(
            ("id", LEAF),
            ("tags", Node(frozenset({Kind.LIST}), item=LEAF)),
            ("by", Node(frozenset({Kind.MAP}), value=LEAF)),
        ),
    )
)


def test_leaves_of_records() -> None:
    rows = [{"id": "1", "tags": ["x", None], "by": {"k": "v"}, "new": "n"}, {"id": None, "tags": "late"}]
    batch = Batch(np.arange(2), records=rows)
    wanted = [leaf.path for leaf in SCHEMA.fields()]
    assert list(leaves(batch, SCHEMA, wanted)) == [
        (0, ("id",), "1"),
        (0, ("tags", "[]"), "x"),
        (0, ("tags", "[]"), None),
        (0, ("by", KEY), "k"),
        (0, ("by", VALUE), "v"),
        (1, ("id",), None),
    ]
    assert list(leaves(batch, SCHEMA, [("by", KEY)])) == [(0, ("by", KEY), "k")]
    assert subjects(batch, ("id",)) == ["1", None]
    assert subjects(batch, ("by", "k")) == ["v", None]
    assert subjects(batch, ("tags",)) == [None, "late"]
