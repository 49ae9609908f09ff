"""Fernet tokens: what opens, what does not, and that nothing of a key shows."""

import base64
import pickle

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from pratique.crypto.fernet import FernetDecoder, read_fernet_keys
from pratique.crypto.secret import SecretBytes
from pratique.errors import KeyStoreError

RAW = bytes(range(32))
OTHER = bytes(range(32, 64))
WAY = Fernet(base64.urlsafe_b64encode(RAW))
DECODER = FernetDecoder([SecretBytes(OTHER), SecretBytes(RAW)])

# The vector of the specification (github.com/fernet/spec, generate.json and verify.json).
SPEC_KEY = base64.urlsafe_b64decode("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=")
SPEC_TOKEN = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=="


def token(value: str, at: int | None = None) -> str:
    data = value.encode()
    return (WAY.encrypt(data) if at is None else WAY.encrypt_at_time(data, at)).decode()


def test_the_vector_of_the_specification() -> None:
    assert FernetDecoder([SecretBytes(SPEC_KEY)]).decode(SPEC_TOKEN) == "hello"


@given(st.text())
def test_any_text_comes_back(value: str) -> None:
    assert DECODER.decode(token(value.encode("utf-8", "ignore").decode())) == value.encode("utf-8", "ignore").decode()


@pytest.mark.parametrize("at", [0, 1, 2**62])
def test_the_time_in_it_is_ignored(at: int) -> None:
    assert DECODER.decode(token("x", at)) == "x"


@given(st.data())
def test_one_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    raw = bytearray(base64.urlsafe_b64decode(token("4111 1111 1111 1111")))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    assert DECODER.decode(base64.urlsafe_b64encode(raw).decode()) is None


@given(st.text())
def test_no_text_is_taken_for_a_token_or_raises(text: str) -> None:
    assert DECODER.decode(text) is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda t: t + "=",
        lambda t: t.rstrip("="),
        lambda t: t + "\n",
        lambda t: " " + t,
        lambda t: t[:20] + "Alice" * 0 + "!" + t[20:],
        lambda t: t[:20] + "\u00e9" + t[20:],
        lambda t: t.replace("-", "+").replace("_", "/"),
        lambda t: t[:-4],
        lambda _: "",
        lambda _: "\udcff",
    ],
)
def test_only_the_one_spelling_of_a_token_opens(harm) -> None:  # type: ignore[no-untyped-def]
    honest = next(t for t in (token("x" * 50) for _ in range(1000)) if t.endswith("=") and {"-", "_"} & set(t))
    assert DECODER.decode(honest) is not None
    assert DECODER.decode(harm(honest)) is None


def test_bytes_that_are_no_text_do_not_pass() -> None:
    assert DECODER.decode(WAY.encrypt(b"\xff\xfe").decode()) is None


def test_nothing_of_it_shows_or_leaves() -> None:
    assert repr(DECODER) == "<FernetDecoder>"
    with pytest.raises(TypeError):
        pickle.dumps(DECODER)


def test_a_key_file_has_one_key_a_line() -> None:
    lines = [base64.urlsafe_b64encode(key) for key in (RAW, OTHER)]
    assert read_fernet_keys(b"\n".join(lines) + b"\n\n", "f") == [RAW, OTHER]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"secret",
        base64.urlsafe_b64encode(RAW[:31]),
        base64.urlsafe_b64encode(RAW) + b"!",
        base64.urlsafe_b64encode(RAW) + b"\nsecret",
        (base64.urlsafe_b64encode(RAW) + b"\n") * 2,
        RAW,
    ],
)
def test_other_key_files_are_refused_and_not_quoted(data: bytes) -> None:
    with pytest.raises(KeyStoreError) as caught:
        read_fernet_keys(data, "f")
    assert "secret" not in str(caught.value)
    assert base64.urlsafe_b64encode(RAW).decode() not in str(caught.value)
