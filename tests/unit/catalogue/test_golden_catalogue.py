"""What the catalogue keeps outlives code: scans, decisions, and the bytes that a steward signs."""

# mypy: disable-error-code="no-untyped-call"

import base64
import hashlib
import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pratique.catalogue import check_signature, decisions_digest, sign_decision, signed_bytes
from pratique.catalogue.decisions import DOMAIN
from pratique.crypto.secret import SecretBytes
from pratique.crypto.signing import Ed25519Signer
from pratique.errors import StoreError
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Scan, TypeEvidence
from pratique.model.codec import canonical, decode
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.stores import SqliteCatalogueStore

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "catalogue.json").read_text(encoding="utf-8"))
SEED = bytes(range(96, 128))

SCAN = Scan(
    dataset="channel-eu",
    schema=Schema(
        Node(
            frozenset({Kind.RECORD}),
            fields=(
                ("user_id", Node(frozenset({Kind.STRING}))),
                ("shows", Node(frozenset({Kind.LIST, Kind.NULL}), optional=True, item=Node(frozenset({Kind.STRING})))),
            ),
        )
    ),
    format=FormatSpec("jsonl"),
    evidence=(
        Evidence(
            path=("user_id",),
            sampled=2000,
            nulls=0,
            distinct=1500,
            mean_length=8.0,
            mean_words=1.0,
            types=(TypeEvidence("USER_ID", 2000, 1.0, 0.75, 2000, by_name=True),),
            date_formats=("%d/%m/%Y", "%m/%d/%Y"),
        ),
        Evidence(("shows", "[]"), 4100, 10, 37, 11.5, 2.25, ()),
    ),
    records=2000,
    complete=False,
    random=True,
    rejects=3,
    detectors={"detect.code": "1", "detect.data": "5e" * 32},
    at="2026-01-31T12:00:00+00:00",
)
DECISIONS = (
    Decision(
        dataset="channel-eu",
        path=("shows", "[]"),
        kind=DecisionKind.REJECT,
        entities=("PERSON",),
        who="ann",
        at="2026-01-31T13:00:00.000001+00:00",
        reason="Titel, keine Menschen: „Jane Eyre“",
        sequence=1,
        bulk="b1",
    ),
    Decision(
        dataset="channel-eu",
        path=("user_id",),
        kind=DecisionKind.CONFIRM,
        entities=("USER_ID",),
        who="ann",
        at="2026-01-31T13:00:01.000000+00:00",
        reason="",
        sequence=1,
    ),
)


def signer():
    return Ed25519Signer.from_secret(SecretBytes(SEED))


def signed():
    return tuple(sign_decision(decision, signer()) for decision in DECISIONS)


def plain(value):
    """Canonical JSON by its words alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_version_that_these_vectors_are_of():
    assert GOLDEN["version"] == 1
    assert DOMAIN == b"pratique/decision/1\0"


def test_a_scan():
    assert canonical(SCAN) == plain(GOLDEN["scan"])
    assert hashlib.sha256(canonical(SCAN)).hexdigest() == GOLDEN["scan_sha256"]
    assert decode(Scan, GOLDEN["scan"]) == SCAN
    assert set(GOLDEN["scan"]) == {field.name for field in fields(Scan)}


@pytest.mark.parametrize("at", range(len(DECISIONS)))
def test_a_signed_decision(at):
    stored = GOLDEN["decisions"][at]
    message = b"pratique/decision/1\0" + plain(stored | {"signature": ""})
    assert signed_bytes(DECISIONS[at]) == message
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    assert base64.b64encode(key.sign(message)).decode() == stored["signature"]
    assert key.public_key().public_bytes_raw().hex() == GOLDEN["public"]
    assert canonical(signed()[at]) == plain(stored)
    read = decode(Decision, stored)
    assert read == signed()[at]
    assert check_signature(read, {"ann": bytes.fromhex(GOLDEN["public"])})
    assert not check_signature(replace(read, sequence=2), {"ann": bytes.fromhex(GOLDEN["public"])})


def test_the_digest_that_a_plan_carries():
    stored = sorted(GOLDEN["decisions"], key=lambda d: (d["dataset"], d["path"], d["sequence"]))
    assert decisions_digest(signed()[::-1]) == hashlib.sha256(plain(stored)).hexdigest() == GOLDEN["digest"]


def test_what_a_store_gives_back_is_what_was_put_in(tmp_path):
    store = SqliteCatalogueStore(tmp_path / "pratique.db")
    store.add_scan(SCAN)
    store.add_decisions(signed())
    assert store.latest_scan("channel-eu") == SCAN
    assert tuple(store.decisions("channel-eu")) == signed()
    store.close()


def test_a_document_with_more_in_it_is_refused_with_a_sentence(tmp_path, monkeypatch):
    store = SqliteCatalogueStore(tmp_path / "pratique.db")
    more = plain(GOLDEN["scan"] | {"surprise": 1})
    monkeypatch.setattr("pratique.stores.catalogue.canonical", lambda _: more)
    store.add_scan(SCAN)
    with pytest.raises(StoreError, match="a stored scan does not read as one; update Pratique"):
        store.latest_scan("channel-eu")
    store.close()
