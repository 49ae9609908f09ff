"""Ed25519 keys, their files and their ids."""

import os
import pickle

import pytest

from pratique.crypto import signing
from pratique.crypto.files import MAX_SIZE, read_private, write_new
from pratique.crypto.seal import generate_unseal_key
from pratique.crypto.secret import SecretBytes
from pratique.errors import KeyStoreError
from pratique.ports import Signer

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")


def test_rfc_8032_test_1():
    signer = signing.Ed25519Signer.from_secret(SecretBytes(SEED))
    assert signer.public == PUBLIC
    assert signer.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    typed: Signer = signer
    assert typed.key_id == signing.key_id(PUBLIC) == "21fe31dfa154a261"


def test_verify_is_false_for_anything_else():
    signer = signing.generate()
    good = signer.sign(b"message")
    assert signing.verify(signer.public, b"message", good)
    assert not signing.verify(signer.public, b"massage", good)
    assert not signing.verify(signing.generate().public, b"message", good)
    for bad in (b"", good[:-1], good + b"x", good[::-1], bytes(64), b"\xff" * 64):
        assert not signing.verify(signer.public, b"message", bad)
    for bad in (b"", signer.public[:-1], bytes(33), b"\xff" * 32):
        assert not signing.verify(bad, b"message", good)


def test_files_round_trip_and_are_never_overwritten(tmp_path):
    signer = signing.generate()
    private, public = tmp_path / "keys" / "a.key", tmp_path / "keys" / "a.pub"
    signer.save(private)
    signing.save_public(public, signer.public)
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.parent.stat().st_mode & 0o777 == 0o700
    assert signing.load_signer(private).public == signing.load_public(public) == signer.public
    before = private.read_bytes()
    with pytest.raises(KeyStoreError, match="never overwritten"):
        signing.generate().save(private)
    assert private.read_bytes() == before
    assert sorted(p.name for p in private.parent.iterdir()) == ["a.key", "a.pub"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o777])
def test_a_private_file_that_others_may_open_is_refused(tmp_path, mode):
    signing.generate().save(tmp_path / "a.key")
    (tmp_path / "a.key").chmod(mode)
    with pytest.raises(KeyStoreError, match="others may open"):
        signing.load_signer(tmp_path / "a.key")


def test_links_are_judged_by_what_they_lead_to(tmp_path):
    signer = signing.generate()
    signer.save(tmp_path / "a.key")
    (tmp_path / "link").symlink_to("a.key")
    assert signing.load_signer(tmp_path / "link").public == signer.public
    (tmp_path / "a.key").chmod(0o644)
    with pytest.raises(KeyStoreError, match="others may open"):
        signing.load_signer(tmp_path / "link")
    (tmp_path / "dangling").symlink_to("nothing")
    with pytest.raises(KeyStoreError, match="never overwritten"):
        signer.save(tmp_path / "dangling")


def test_what_is_no_key_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    write_new(tmp_path / "noise", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", 0o600)
    write_new(tmp_path / "large", b"x" * (MAX_SIZE + 1), 0o600)
    generate_unseal_key().save(tmp_path / "x25519")
    for name in ("pipe", "noise", "large", "x25519", "missing", "a\0b", "."):
        with pytest.raises(KeyStoreError):
            signing.load_signer(tmp_path / name)
        with pytest.raises(KeyStoreError):
            signing.load_public(tmp_path / name)


def test_a_private_key_is_not_taken_for_a_public_one(tmp_path):
    signing.generate().save(tmp_path / "a.key")
    with pytest.raises(KeyStoreError, match="not a PEM public key"):
        signing.load_public(tmp_path / "a.key")


def test_a_failed_write_leaves_nothing(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(KeyStoreError):
        write_new(tmp_path / "file" / "below", b"x", 0o600)
    with pytest.raises(KeyStoreError):
        write_new(tmp_path / "file", b"x", 0o600)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    with pytest.raises(KeyStoreError):
        read_private(tmp_path)


def test_a_signer_stays_here():
    signer = signing.generate()
    assert repr(signer) == "<Ed25519Signer>"
    with pytest.raises(TypeError):
        pickle.dumps(signer)
