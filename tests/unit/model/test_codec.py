from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.codec import canonical, decode, digest, encode


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    n: int | float | bool | str | None


@dataclass(frozen=True)
class Outer:
    colour: Colour
    inner: tuple[Inner, ...]
    words: frozenset[str]
    table: Mapping[str, float]
    maybe: Inner | None = None


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
OUTER = st.builds(
    Outer,
    st.just(Colour.RED),
    st.lists(st.builds(Inner, SCALARS)).map(tuple),
    st.frozensets(st.text()),
    st.dictionaries(st.text(), st.floats(allow_nan=False, allow_infinity=False)),
    st.none() | st.builds(Inner, SCALARS),
)


@given(OUTER)
def test_what_is_encoded_decodes_to_the_same(value):
    read = decode(Outer, encode(value))
    assert read == value
    assert repr(read.inner) == repr(value.inner)  # true stays true, 1.0 stays 1.0
    assert digest(read) == digest(value)


def test_the_canonical_form_does_not_depend_on_order():
    one = Outer(Colour.RED, (), frozenset({"a", "b"}), {"x": 1.0, "y": 2.0})
    other = Outer(Colour.RED, (), frozenset({"b", "a"}), {"y": 2.0, "x": 1.0})
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "blue"},
        {"inner": {}},
        {"inner": [{"n": 1, "more": 2}]},
        {"inner": [{}]},
        {"words": "a"},
        {"table": {"x": "secret"}},
        {"unknown": 1},
        {"maybe": []},
    ],
)
def test_anything_else_is_refused_without_showing_it(change):
    data = encode(Outer(Colour.RED, (), frozenset(), {}))
    with pytest.raises(ValueError, match=r"^Outer") as caught:
        decode(Outer, {**data, **change})
    assert "secret" not in str(caught.value)


def test_what_has_no_json_form_is_refused():
    with pytest.raises(TypeError):
        encode(b"bytes")


@pytest.mark.parametrize("name", ["\0", "a\nb", "\u202e", "\ud800", "x" * 5000])
def test_an_error_shows_an_odd_name_in_one_short_line(name):
    data = encode(Outer(Colour.RED, (), frozenset(), {}))
    with pytest.raises(ValueError, match=r"^Outer\.table\.") as caught:
        decode(Outer, {**data, "table": {name: None}})
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_a_whole_number_that_no_double_holds_is_refused(number):
    data = encode(Outer(Colour.RED, (), frozenset(), {}))
    with pytest.raises(ValueError, match=r"^Outer\.table\.x: not a float"):
        decode(Outer, {**data, "table": {"x": number}})
