"""The purge record outlives code: the same record is the same bytes, and a reader takes nothing else."""

import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pratique.crypto.dsse import open_envelope
from pratique.errors import VerifyError
from pratique.model.purge import PURGE_VERSION
from pratique.verify.purged import build_purge, read_purge

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "purge.json").read_bytes())


def text(fields: object) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_record_and_its_bytes() -> None:
    assert PURGE_VERSION == 1
    payload = GOLDEN["payload"].encode()
    record = read_purge(payload)
    assert build_purge(record) == payload == text(GOLDEN["statement"])
    assert record.rule == "retention 2y of channel-us"
    assert open_envelope(GOLDEN["file"].encode()).payload == payload


def test_the_file_by_the_words_of_the_format_alone() -> None:
    payload = text(GOLDEN["statement"])
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(GOLDEN["seed"]))
    kind = b"application/vnd.in-toto+json"
    signature = key.sign(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
    name = sha256(key.public_key().public_bytes_raw()).hexdigest()[:16]
    envelope = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": kind.decode(),
        "signatures": [{"keyid": name, "sig": base64.b64encode(signature).decode()}],
    }
    assert text(envelope).decode() == GOLDEN["file"]
    assert GOLDEN["statement"]["predicate"]["key"] == name


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"predicateType": "urn:pratique:release:1"}, "of a kind"),
        ({"_type": "x"}, "of a kind"),
        ({"predicate": GOLDEN["statement"]["predicate"] | {"version": 2}}, "of a version"),
        ({"predicate": GOLDEN["statement"]["predicate"] | {"more": 1}}, "incomplete"),
        ({"predicate": GOLDEN["statement"]["predicate"] | {"files": "2"}}, "incomplete"),
        ({"predicate": None}, "incomplete"),
        ({"subject": []}, "incomplete"),
        ({"more": 1}, "incomplete"),
    ],
)
def test_nothing_else_is_read(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(VerifyError, match=sentence):
        read_purge(text(GOLDEN["statement"] | change))


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"{", b'{"a":1,"a":2}', GOLDEN["payload"].replace(",", ", ", 1).encode()]
)
def test_odd_bytes_are_refused(payload: bytes) -> None:
    with pytest.raises(VerifyError):
        read_purge(payload)
