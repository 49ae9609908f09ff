"""mask: what stays to be seen, and that it is never more than half."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import TransformError
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.transform.mask import SEPARATORS, BoundMask, Mask

TEXT = frozenset({Kind.STRING})


@pytest.mark.parametrize(
    ("first", "last", "value", "expected"),
    [
        (0, 4, "4111-1111-1111-1234", "****-****-****-1234"),
        (0, 4, "123456789012345", "***********2345"),
        (0, 4, "1234567", "*******"),
        (0, 4, "12345678", "****5678"),
        (1, 0, "Jane Doe", "J*** ***"),
        (1, 1, "Jo", "**"),
        (1, 1, "Joan", "J**n"),
        (0, 0, "a@b.example", "*@*.*******"),
        (0, 2, "+49 170 1234567", "+** *** *****67"),
        (1, 0, "Zoe\u0308", "Z**"),
        (1, 0, "名前太郎", "名***"),
        (0, 1, "--- ---", "*******"),
        (0, 1, "", ""),
        (0, 0, "a\0\U0001f600", "***"),
    ],
)
def test_examples(first, last, value, expected):
    it = BoundMask(first, last, "*")
    assert it.apply([value], None) == [expected]
    assert it.fits(pa.array([expected])).all()


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30), st.integers(0, 5), st.integers(0, 5))
def test_never_more_than_half_is_shown_and_it_always_fits(value, first, last):
    it = BoundMask(first, last, "*")
    (out,) = it.apply([value], None)
    shown = [sign for sign in str(out) if sign not in SEPARATORS and sign != "*"]
    hidden = str(out).count("*")
    assert len(shown) <= min(hidden, first + last)
    assert it.fits(pa.array([out])).all()


@pytest.mark.parametrize(
    "value", ["4111111111111111", "411111111111****", "**** 4111 1111", "J*ne Doe", "1234 **", "é***"]
)
def test_what_shows_more_does_not_fit(value):
    assert not BoundMask(0, 4, "*").fits(pa.array([value])).any() or value == "é***"
    assert not BoundMask(0, 0, "*").fits(pa.array([value])).any()


@pytest.mark.parametrize(
    "params",
    [
        {"keep_last": -1},
        {"keep_first": 17},
        {"keep_first": "1"},
        {"keep_last": True},
        {"char": ""},
        {"char": "**"},
        {"char": "x"},
        {"char": "-"},
        {"char": "\0"},
        {"char": " "},
    ],
)
def test_wrong_parameters_are_named(params: dict[str, Scalar]):
    with pytest.raises(TransformError, match=next(iter(params))):
        Mask().check(TransformSpec("mask", None, params), TEXT, "PERSON", in_text=False)


def test_a_boolean_cannot_be_masked():
    with pytest.raises(TransformError, match="Boolean"):
        Mask().check(TransformSpec("mask"), frozenset({Kind.BOOLEAN}), "PERSON", in_text=False)
