"""AES-SIV: the vectorised way equals OpenSSL's, and OpenSSL's equals RFC 5297."""

import pickle

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto import siv
from pratique.crypto.secret import SecretBytes
from pratique.crypto.siv import SMALL, SivKey

KEY = bytes(range(64))


def blocks(most: int) -> st.SearchStrategy[bytes]:
    return st.integers(1, most).flatmap(lambda n: st.binary(min_size=16 * n, max_size=16 * n))


def test_rfc_5297_a_1():
    key = bytes.fromhex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
    associated = bytes.fromhex("101112131415161718191a1b1c1d1e1f2021222324252627")
    plain = bytes.fromhex("112233445566778899aabbccddee")
    expected = "85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c"
    assert AESSIV(key).encrypt(plain, [associated]).hex() == expected
    mac = siv._Ecb(key[:16])
    assert siv._cmac(mac, bytes(16)).hex() == "0e04dfafc1efbf040140582859bf073a"
    assert siv._cmac(mac, associated).hex() == "f1f922b7f5193ce64ff80cb47d93f23b"
    assert siv._s2v_start(mac, [associated]).hex() == "edf09de876c642ee4d78bce4ceedfc4f"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "bb1d6929e95937287fa37d129b756746"),
        ("6bc1bee22e409f96e93d7e117393172a", "070a16b46b4d4144f79bdd9dd04a287c"),
        (
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411",
            "dfa66747de9ae63030ca32611497c827",
        ),
    ],
)
def test_cmac_rfc_4493(message, code):
    mac = siv._Ecb(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"))
    assert siv._cmac(mac, bytes.fromhex(message)).hex() == code


@settings(max_examples=40, deadline=None)
@given(
    st.binary(min_size=64, max_size=64),
    st.lists(st.binary(max_size=40), max_size=4),
    st.lists(blocks(5), min_size=1, max_size=4),
    st.sampled_from([1, SMALL, 2 * SMALL]),
)
def test_equals_openssl(key, associated, plains, repeat):
    many = plains * repeat
    ours = SivKey(SecretBytes(key), associated)
    theirs = [AESSIV(key).encrypt(p, associated) for p in plains] * repeat
    assert ours.seal_many(many) == theirs
    assert ours.open_many(theirs) == many


def test_mixed_lengths_keep_their_order():
    plains = [bytes([n % 251]) * (16 * (1 + n % 7)) for n in range(700)]
    key = SivKey(SecretBytes(KEY), [b"a", b""])
    sealed = key.seal_many(plains)
    assert sealed == [AESSIV(KEY).encrypt(p, [b"a", b""]) for p in plains]
    assert key.open_many(sealed) == plains


@pytest.mark.parametrize("low", [0xFFFFFFFF_FFFFFFFF, 0x7FFFFFFF_FFFFFFFF, 0x80000000_7FFFFFFF, 0x7FFFFFFF, 0])
def test_the_counter_carries_as_128_bits(low):
    # The keystream for a chosen IV, against AES of counters made by integer arithmetic.
    iv = (0xFFFFFFFF_FFFFFFFF << 64 | low).to_bytes(16)
    start = int.from_bytes(iv) & ~(1 << 63) & ~(1 << 31)
    key = SivKey(SecretBytes(KEY), [])
    stream = key._keystream(np.frombuffer(iv, dtype=np.uint8).reshape(1, 16).copy(), 16 * 300)
    counters = b"".join(((start + n) % (1 << 128)).to_bytes(16) for n in range(300))
    assert stream.tobytes() == key._ctr(np.frombuffer(counters, dtype=np.uint8).reshape(1, -1)).tobytes()


@pytest.mark.parametrize("count", [1, 3 * SMALL])
def test_what_is_not_authentic_is_none(count):
    key = SivKey(SecretBytes(KEY), [b"viewer"])
    good = key.seal_many([b"x" * 32])[0]
    flipped = [good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :] for at in range(len(good))]
    other = [
        SivKey(SecretBytes(KEY[::-1]), [b"viewer"]).seal_many([b"x" * 32])[0],
        SivKey(SecretBytes(KEY), [b"viewers"]).seal_many([b"x" * 32])[0],
        SivKey(SecretBytes(KEY), [b"view", b"er"]).seal_many([b"x" * 32])[0],
    ]
    for bad in flipped + other:
        found = key.open_many([good] * count + [bad] * count)
        assert found == [b"x" * 32] * count + [None] * count
    assert key.open_many([b"", good[:16], good[:-1], good + b"x" * 16, good[16:]]) == [None] * 5


@pytest.mark.parametrize("length", [0, 1, 15, 17, 31])
def test_plaintexts_are_whole_blocks(length):
    with pytest.raises(ValueError, match="multiple of 16"):
        SivKey(SecretBytes(KEY), []).seal_many([b"x" * length])


def test_the_key_has_512_bits_and_stays_here():
    for size in (0, 32, 48, 63, 65):
        with pytest.raises(ValueError, match="512"):
            SivKey(SecretBytes(bytes(size)), [])
    key = SivKey(SecretBytes(KEY), [])
    with pytest.raises(TypeError):
        pickle.dumps(key)
    assert repr(key) == "<SivKey>"


def test_nothing_in_nothing_out():
    key = SivKey(SecretBytes(KEY), [])
    assert key.seal_many([]) == []
    assert key.open_many([]) == []
