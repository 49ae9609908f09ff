"""token: what a forger, a copyist and an odd length can do."""

import base64
import string

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto.secret import SecretBytes
from pratique.model.plan import KeyRef
from pratique.ports import REFUSED
from pratique.transform.token import BoundToken

KEY = SecretBytes(bytes(range(64)))


def bound(version: int = 1, entity: str = "USER_ID", key: SecretBytes = KEY) -> BoundToken:
    return BoundToken(key, KeyRef("viewer", entity, version, "eu -> us"))


TOKENS = bound()
ALPHABET = string.ascii_letters + string.digits + "-_"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=60).map(str.strip), max_size=6), st.sampled_from([1, 30])
)
def test_round_trip_and_proof(values, repeat):
    values = values * repeat
    out = TOKENS.apply(values, None)
    array = pa.array(out, pa.string())
    assert TOKENS.proves(array).all()
    assert TOKENS.fits(array).all()
    again = TOKENS.invert(out, None)
    assert TOKENS.apply(again, None) == out
    assert [a == v for a, v in zip(again, values, strict=True) if v.isascii()] == [True] * sum(map(str.isascii, values))


def test_length_shows_in_steps_of_sixteen_bytes():
    lengths = {n: len(str(TOKENS.apply(["x" * n], None)[0])) for n in (0, 1, 15, 16, 31, 32)}
    assert lengths[0] == lengths[1] == lengths[15] < lengths[16] == lengths[31] < lengths[32]


def test_many_values_of_many_lengths_keep_their_order():
    values = [f"value {n}" + "y" * (n % 90) for n in range(20_000)]
    out = TOKENS.apply(values, None)
    assert len(set(out)) == len(values)
    assert TOKENS.invert(out, None) == values
    assert TOKENS.proves(pa.array(out)).all()


def test_long_values_go_one_by_one():
    values = ["z" * 5000 + str(n) for n in range(40)]
    out = TOKENS.apply(values, None)
    assert TOKENS.invert(out, None) == values


def test_a_token_changed_anywhere_is_neither_read_nor_proven():
    token = str(TOKENS.apply(["user-12345"], None)[0])
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    changed += [token + c for c in ("A", "=", "\n", " ", "AAAA")] + [" " + token, token[:-1], token.upper()]
    assert TOKENS.invert(changed, None) == [REFUSED] * len(changed)
    assert not TOKENS.proves(pa.array(changed)).any()
    # Enough of them for the array way.
    assert not TOKENS.proves(pa.array(changed * 50)).any()


def test_a_token_has_one_text_only():
    token = str(TOKENS.apply(["user-12345"], None)[0])
    sealed = base64.urlsafe_b64decode(token.split(".")[2] + "=")
    twins = [
        token[:-1] + last
        for last in ALPHABET
        if last != token[-1] and base64.urlsafe_b64decode(token.split(".")[2][:-1] + last + "=") == sealed
    ]
    assert len(twins) == 3
    assert not TOKENS.proves(pa.array(twins)).any()
    assert TOKENS.invert(twins, None) == [REFUSED] * 3
    standard = token.replace("-", "+").replace("_", "/")
    if standard != token:
        assert not TOKENS.proves(pa.array([standard])).any()


def test_tokens_of_another_key_version_type_or_spelling():
    token = str(TOKENS.apply(["user-12345"], None)[0])
    other = SecretBytes(bytes(64))
    for it in (bound(2), bound(entity="PERSON"), bound(key=other), bound(11)):
        assert not it.proves(pa.array([token])).any()
        assert it.invert([token], None) == [REFUSED]
    body = token.removeprefix("tok1.1.")
    for form in (f"tok1.01.{body}", f"tok1.2.{body}", f"tok2.1.{body}", f"tok1.1{body}", f"tok1..{body}", body):
        assert not TOKENS.fits(pa.array([form])).any()
        assert not TOKENS.proves(pa.array([form])).any()


@pytest.mark.parametrize("size", [0, 1, 16, 31, 33, 47])
def test_a_body_of_a_length_that_no_token_has_does_not_fit(size):
    body = base64.urlsafe_b64encode(bytes(size)).decode().rstrip("=")
    assert not TOKENS.fits(pa.array([f"tok1.1.{body}"])).any()
    assert not TOKENS.proves(pa.array([f"tok1.1.{body}"])).any()


def test_numbers_and_booleans_are_tokened_by_their_text():
    out = TOKENS.apply([1, True, 2.5, -0.0, 1 << 62], None)
    assert TOKENS.invert(out, None) == ["1", "true", "2.5", "-0.0", str(1 << 62)]  # type: ignore[arg-type]
    assert out[0] == TOKENS.apply(["1"], None)[0]


def test_a_refused_value_leaves_the_others_in_place():
    out = TOKENS.apply(["a", "\ud800", "b", 1 << 64], None)
    assert [o is REFUSED for o in out] == [False, True, False, True]
    assert TOKENS.invert(out, None)[:3:2] == ["a", "b"]  # type: ignore[arg-type]


def test_the_normal_form_joins():
    phones = bound(entity="PHONE_NUMBER")
    assert len(set(phones.apply(["+49 30 1234567", "0049301234567", "+49 (0)30/1234567"], None))) == 1
