"""token: what a forger, a copyist and an odd length can do."""

import base64
import string
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto.secret import SecretBytes
from pratique.model.plan import KeyRef
from pratique.model.policy import Scalar
from pratique.ports import REFUSED
from pratique.transform.token import BoundToken

KEY = SecretBytes(bytes(range(64)))


def bound(version: int = 1, entity: str = "USER_ID", key: SecretBytes = KEY) -> BoundToken:
    return BoundToken(key, KeyRef("viewer", entity, version, "eu -> us"))


TOKENS = bound()


def made(values: Sequence[Scalar]) -> list[Any]:
    return list(TOKENS.apply(values, None))


def read(tokens: Sequence[Any]) -> list[Any]:
    return list(TOKENS.invert(tokens, None))


ALPHABET = string.ascii_letters + string.digits + "-_"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=60).map(str.strip), max_size=6), st.sampled_from([1, 30])
)
def test_round_trip_and_proof(values, repeat):
    values = values * repeat
    out = made(values)
    array = pa.array(out, pa.string())
    assert TOKENS.proves(array).all()
    assert TOKENS.fits(array).all()
    again = read(out)
    assert made(again) == out
    assert [a == v for a, v in zip(again, values, strict=True) if v.isascii()] == [True] * sum(map(str.isascii, values))


def test_length_shows_in_steps_of_sixteen_bytes():
    lengths = {n: len(str(made(["x" * n])[0])) for n in (0, 1, 15, 16, 31, 32)}
    assert lengths[0] == lengths[1] == lengths[15] < lengths[16] == lengths[31] < lengths[32]


def test_many_values_of_many_lengths_keep_their_order():
    values = [f"value {n}" + "y" * (n % 90) for n in range(20_000)]
    out = made(values)
    assert len(set(out)) == len(values)
    assert read(out) == values
    assert TOKENS.proves(pa.array(out)).all()


def test_long_values_go_one_by_one():
    values = ["z" * 5000 + str(n) for n in range(40)]
    out = made(values)
    assert read(out) == values


def test_a_token_changed_anywhere_is_neither_read_nor_proven():
    token = str(made(["user-12345"])[0])
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    changed += [token + c for c in ("A", "=", "\n", " ", "AAAA")] + [" " + token, token[:-1], token.upper()]
    assert read(changed) == [REFUSED] * len(changed)
    assert not TOKENS.proves(pa.array(changed)).any()
    # Enough of them for the array way.
    assert not TOKENS.proves(pa.array(changed * 50)).any()


def test_a_token_has_one_text_only():
    token = str(made(["user-12345"])[0])
    sealed = base64.urlsafe_b64decode(token.split(".")[2] + "=")
    twins = [
        token[:-1] + last
        for last in ALPHABET
        if last != token[-1] and base64.urlsafe_b64decode(token.split(".")[2][:-1] + last + "=") == sealed
    ]
    assert len(twins) == 3
    assert not TOKENS.proves(pa.array(twins)).any()
    assert read(twins) == [REFUSED] * 3
    standard = token.replace("-", "+").replace("_", "/")
    if standard != token:
        assert not TOKENS.proves(pa.array([standard])).any()


def test_tokens_of_another_key_version_type_or_spelling():
    token = str(made(["user-12345"])[0])
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


def test_tokens_are_found_in_a_text_whatever_they_touch():
    short, long = (str(t) for t in made(["Müller", "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff " * 3]))
    foreign = str(bound(2).apply(["Müller"], None)[0])
    forged = short[:-5] + "AAAA" + short[-1]
    text = f"Frau {short}-Lüdenscheidt, {long}_x{short}{short}-{foreign} {forged} tok1.1. tok1.1.A {short}"
    found = TOKENS.spans(text)
    assert [text[a:b] for a, b in found] == [short, long, short, short, short]
    assert TOKENS.spans("") == TOKENS.spans("Jane Doe") == []
    huge = str(made(["x" * 9000])[0])
    assert TOKENS.spans(f"a {huge} b") == [(2, 2 + len(huge))]


def test_a_run_of_a_million_signs_does_not_blow_up():
    assert TOKENS.spans("tok1.1." + "A" * 1_000_000) == []
    assert TOKENS.spans("tok1.1.A" * 20_000) == []


def test_numbers_and_booleans_are_tokened_by_their_text():
    out = made([1, True, 2.5, -0.0, 1 << 62])
    assert read(out) == ["1", "true", "2.5", "-0.0", str(1 << 62)]
    assert out[0] == made(["1"])[0]


def test_a_refused_value_leaves_the_others_in_place():
    out = made(["a", "\ud800", "b", 1 << 64])
    assert [o is REFUSED for o in out] == [False, True, False, True]
    assert read(out)[:3:2] == ["a", "b"]


def test_the_normal_form_joins():
    phones = bound(entity="PHONE_NUMBER")
    assert len(set(phones.apply(["+49 30 1234567", "0049301234567", "+49 (0)30/1234567"], None))) == 1
