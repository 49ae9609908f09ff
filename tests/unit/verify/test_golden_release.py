"""A release outlives code: the statement, its envelope, the trust file and the memory of what was seen.

``tests/assets/golden/release`` is a whole release as a recipient has it. It is verified for ever, and every byte of it
is made anew here from fixed words. Its key is the exporter's of the golden key file.
"""

# mypy: disable-error-code="no-untyped-call"

import base64
import dataclasses
import hashlib
import json
import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pratique.crypto import dsse
from pratique.crypto.secret import SecretBytes
from pratique.crypto.signing import Ed25519Signer, key_id
from pratique.errors import VerifyError
from pratique.model.release import (
    PAYLOAD_TYPE,
    RELEASE_TYPE,
    RELEASE_VERSION,
    STATEMENT_TYPE,
    Counts,
    FileEntry,
    Release,
)
from pratique.verify import build_statement, read_statement, read_trust, verify_release
from pratique.verify.seen import SEEN_VERSION, read_seen, remember
from pratique.verify.trust import TRUST_VERSION

ASSETS = Path(__file__).parents[2] / "assets" / "golden"
FOLDER = ASSETS / "release"
RUN = "3381e688c2b37852c7b3b1ee598ab684"
SEED = bytes(range(64, 96))
TODAY = date(2026, 11, 23)
STATEMENT = (ASSETS / "statement.json").read_bytes()


def content(name):
    return (FOLDER / name).read_bytes()


def signer():
    return Ed25519Signer.from_secret(SecretBytes(SEED))


def release():
    run = json.loads((ASSETS / "run.json").read_text(encoding="utf-8"))
    names = ("00000-00000.jsonl", "00001-00000.jsonl")
    return Release(
        version=1,
        exporter="Hafen AG",
        dataset="channel-us",
        flow="channel",
        route={"name": "eu -> us", "class": "pseudonymised", "basis": "SCC 2021/914 module 2", "until": "2027-06-30"},
        run=run["runs"][0]["run"],
        sequence=2,
        previous="ab" * 32,
        at="2026-11-23T12:00:00+00:00",
        files=tuple(
            FileEntry(f"{RUN}/{name}", hashlib.sha256(content(name)).hexdigest(), len(content(name)), lines)
            for name, lines in zip(names, (2, 1), strict=True)
        ),
        plan=run["plan"],
        policy="default",
        code="0.1.0",
        inputs=tuple(run["codes"]),
        counts=Counts(5, 3, {"guard": 1, "json": 1}),
        data_class="pseudonymised",
        format="jsonl",
        detectors={"residue.code": "1", "residue.data": "5e" * 32},
        guard_score=0.5,
        residue_score=0.6,
        residue=0,
        waivers=("#3 PHONE_NUMBER",),
        bulk_decisions=1,
        risk="not measured",
        key=signer().key_id,
        audit_head=json.loads((ASSETS / "audit.jsonl").read_bytes().splitlines()[1])["hash"],
    )


def plain(value):
    """Canonical JSON by its words alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_versions_that_these_vectors_are_of():
    assert RELEASE_VERSION == release().version == 1
    assert RELEASE_TYPE == "urn:pratique:release:1"
    assert (TRUST_VERSION, SEEN_VERSION) == (1, 1)


def test_the_statement():
    assert build_statement(release()) == STATEMENT
    assert read_statement(STATEMENT) == release()
    found = json.loads(STATEMENT)
    assert plain(found) == STATEMENT
    assert (found["_type"], found["predicateType"]) == (STATEMENT_TYPE, RELEASE_TYPE)
    assert found["subject"] == [
        {"name": file["name"], "digest": {"sha256": file["digest"]}} for file in found["predicate"]["files"]
    ]
    assert set(found["predicate"]) == {field.name for field in fields(Release)} - {"replays", "span"}


def test_a_replay_says_of_which_runs_and_no_other_release_does():
    replay = dataclasses.replace(release(), replays=("ab" * 16,))
    found = json.loads(build_statement(replay))
    assert found["predicate"].pop("replays") == ["ab" * 16]
    assert plain(found) == STATEMENT
    assert read_statement(build_statement(replay)) == replay
    for wrong in ([], "ab", [1], None):
        found["predicate"]["replays"] = wrong
        with pytest.raises(VerifyError):
            read_statement(plain(found))


def test_the_envelope():
    assert dsse.sign(PAYLOAD_TYPE, STATEMENT, signer()) == content("release.json")
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    kind = b"application/vnd.in-toto+json"
    message = b"DSSEv1 28 application/vnd.in-toto+json " + str(len(STATEMENT)).encode() + b" " + STATEMENT
    assert dsse.encode(kind.decode(), STATEMENT) == message
    assert content("release.json") == plain(
        {
            "payload": base64.b64encode(STATEMENT).decode(),
            "payloadType": kind.decode(),
            "signatures": [
                {
                    "keyid": hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()[:16],
                    "sig": base64.b64encode(key.sign(message)).decode(),
                }
            ],
        }
    )


def test_an_old_release_is_verified_for_ever(tmp_path):
    for name in ("trust.json", "seen.json"):
        shutil.copyfile(ASSETS / name, tmp_path / name)
    trust = read_trust(tmp_path / "trust.json")
    assert list(trust.keys("Hafen AG")) == [key_id(signer().public)]
    found = verify_release(FOLDER, trust=trust, exporter_key=None, seen=tmp_path / "seen.json", today=TODAY)
    assert found.release == release()
    assert found.digest == hashlib.sha256(STATEMENT).hexdigest()
    assert (tmp_path / "seen.json").read_bytes() == (ASSETS / "seen.json").read_bytes()


def test_the_memory_of_what_was_seen(tmp_path):
    digest = hashlib.sha256(STATEMENT).hexdigest()
    remember(tmp_path / "seen.json", release(), digest)
    assert (tmp_path / "seen.json").read_bytes() == (ASSETS / "seen.json").read_bytes()
    newest = {"Hafen AG": {"channel": {"sequence": 2, "release": digest}}}
    assert (ASSETS / "seen.json").read_bytes() == plain({"version": 1, "newest": newest}) + b"\n"


def test_a_newer_release_is_refused_with_a_sentence():
    fields = json.loads(STATEMENT)
    with pytest.raises(VerifyError, match="the release is of a version that this version of Pratique cannot judge"):
        read_statement(plain(fields | {"predicate": fields["predicate"] | {"version": 2, "surprise": 1}}))
    with pytest.raises(VerifyError, match="not a release of a kind that this version of Pratique knows"):
        read_statement(plain(fields | {"predicateType": "urn:pratique:release:2"}))


@pytest.mark.parametrize(
    ("name", "read", "what"),
    [
        ("trust.json", read_trust, "the trust file"),
        ("seen.json", read_seen, "the file of seen releases"),
    ],
)
def test_newer_files_of_the_recipient_are_refused_with_a_sentence(tmp_path, name, read, what):
    newer = json.loads((ASSETS / name).read_text(encoding="utf-8")) | {"version": 2, "surprise": 1}
    (tmp_path / name).write_text(json.dumps(newer))
    with pytest.raises(VerifyError, match=f"{what} is of a version that this version of Pratique does not know"):
        read(tmp_path / name)
