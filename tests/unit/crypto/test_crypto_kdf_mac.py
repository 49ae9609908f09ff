"""HKDF and HMAC against RFC 5869, RFC 4231 and the standard library."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto.kdf import MAX_LENGTH, hkdf
from pratique.crypto.mac import HmacKey
from pratique.crypto.secret import SecretBytes


def test_hkdf_rfc_5869_case_1_and_3():
    key = SecretBytes(b"\x0b" * 22)
    salted = hkdf(key, bytes(range(0xF0, 0xFA)), 42, salt=bytes(range(13)))
    assert salted.reveal().hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )
    assert hkdf(key, b"", 42).reveal().hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


@pytest.mark.parametrize("length", [0, -1, MAX_LENGTH + 1])
def test_hkdf_refuses_a_length_out_of_range(length):
    with pytest.raises(ValueError, match="8160"):
        hkdf(SecretBytes(b"k" * 32), b"", length)


def test_hmac_rfc_4231_case_2_and_6():
    assert HmacKey(SecretBytes(b"Jefe")).many([b"what do ya want for nothing?"])[0].hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    long = HmacKey(SecretBytes(b"\xaa" * 131)).one(b"Test Using Larger Than Block-Size Key - Hash Key First")
    assert long.reveal().hex() == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"


@settings(max_examples=50)
@given(st.binary(max_size=200), st.lists(st.binary(max_size=200), max_size=5))
def test_hmac_equals_the_standard_library(key, messages):
    assert HmacKey(SecretBytes(key)).many(messages) == [hmac.digest(key, m, hashlib.sha256) for m in messages]
