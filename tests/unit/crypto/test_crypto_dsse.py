"""DSSE: the protocol's own vector, and a strict reader."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.crypto import dsse, signing
from pratique.errors import VerifyError

SIGNER = signing.generate()
PUBLICS = {SIGNER.key_id: SIGNER.public}
TYPE = "application/vnd.in-toto+json"
GOOD = dsse.sign(TYPE, b'{"a":1}', SIGNER)


def test_pae_of_the_protocol():
    assert dsse.encode("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )
    assert dsse.encode("é", b"") == "DSSEv1 2 é 0 ".encode()


@settings(max_examples=50)
@given(st.text(st.characters(codec="utf-8"), max_size=30), st.binary(max_size=200))
def test_round_trip(kind, payload):
    data = dsse.sign(kind, payload, SIGNER)
    assert data == dsse.sign(kind, payload, SIGNER)
    envelope = dsse.open_envelope(data)
    assert (envelope.payload_type, envelope.payload) == (kind, payload)
    assert dsse.verify(envelope, PUBLICS) == SIGNER.key_id


def test_every_changed_byte_is_noticed():
    for at in range(len(GOOD)):
        for change in (1, 2, 32, 128):
            bad = GOOD[:at] + bytes([GOOD[at] ^ change]) + GOOD[at + 1 :]
            with pytest.raises(VerifyError):
                dsse.verify(dsse.open_envelope(bad), PUBLICS)


def test_every_cut_and_added_byte_is_noticed():
    for bad in [GOOD[:at] for at in range(len(GOOD))] + [GOOD + b"\n", b" " + GOOD, b"\xef\xbb\xbf" + GOOD]:
        with pytest.raises(VerifyError, match="not a DSSE envelope"):
            dsse.open_envelope(bad)


def change(**changes: Any) -> bytes:
    return json.dumps(json.loads(GOOD) | changes, sort_keys=True, separators=(",", ":")).encode()


SIGNATURE = json.loads(GOOD)["signatures"][0]


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"null",
        b"[]",
        b"1e999",
        b"[" * 100_000,
        b"NaN",
        GOOD.replace(b'{"payload"', b'{"payload":"","payload"'),
        change(extra=1),
        change(payload=None),
        change(payload="e30"),
        change(payload="e3 0="),
        change(payload="e31="),
        change(payload="_-8="),
        change(payload="é"),
        change(payloadType=3),
        change(signatures=[]),
        change(signatures={}),
        change(signatures=[None]),
        change(signatures=[SIGNATURE, SIGNATURE]),
        change(signatures=[SIGNATURE | {"cert": ""}]),
        change(signatures=[SIGNATURE | {"keyid": 1}]),
        change(signatures=[SIGNATURE | {"keyid": SIGNATURE["keyid"].upper() + "A"}]),
        change(signatures=[SIGNATURE | {"sig": ""}]),
        change(signatures=[{**SIGNATURE, "keyid": f"{n:016x}"} for n in range(17)]),
        GOOD.decode().encode("utf-16"),
        b"\xff\xfe",
    ],
)
def test_hostile_envelopes_are_refused(bad):
    with pytest.raises(VerifyError, match="not a DSSE envelope"):
        dsse.open_envelope(bad)


def test_a_too_large_envelope_is_refused_unread(monkeypatch):
    monkeypatch.setattr(dsse, "MAX_SIZE", len(GOOD) - 1)
    with pytest.raises(VerifyError, match="too large"):
        dsse.open_envelope(GOOD)
    with pytest.raises(ValueError, match="larger"):
        dsse.sign(TYPE, b'{"a":1}', SIGNER)


def test_who_signed_must_be_trusted():
    envelope = dsse.open_envelope(GOOD)
    other = signing.generate()
    for publics in ({}, {other.key_id: other.public}):
        with pytest.raises(VerifyError, match="trusted"):
            dsse.verify(envelope, publics)
    with pytest.raises(VerifyError, match="under the id of another"):
        dsse.verify(envelope, {SIGNER.key_id: other.public})


def test_a_bad_signature_of_a_trusted_key_refuses_even_beside_a_good_one():
    other = signing.generate()
    forged = {"keyid": other.key_id, "sig": base64.b64encode(bytes(64)).decode()}
    envelope = dsse.open_envelope(change(signatures=[SIGNATURE, forged]))
    assert dsse.verify(envelope, PUBLICS) == SIGNER.key_id
    with pytest.raises(VerifyError, match="does not fit"):
        dsse.verify(envelope, PUBLICS | {other.key_id: other.public})


def test_the_payload_type_is_signed():
    envelope = dsse.open_envelope(change(payloadType="text/plain"))
    with pytest.raises(VerifyError, match="does not fit"):
        dsse.verify(envelope, PUBLICS)
