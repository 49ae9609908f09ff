"""The keyset file: who may read it, what it may hold, and what an error may say."""

import json
import pickle
from pathlib import Path

import pytest

from pratique.crypto import signing
from pratique.errors import KeyStoreError
from pratique.keys import FileKeyStore, create_keys, create_person_key, keys_path, open_keys
from pratique.model.plan import KeyRef


@pytest.fixture
def keyset(tmp_path):
    create_keys(tmp_path / "eu.json", tmp_path / "q.pem")
    return tmp_path / "eu.json"


def rewrite(path: Path, **changes: object) -> None:
    fields = json.loads(path.read_text()) | changes
    path.write_text(json.dumps(fields))


def test_both_files_are_private_and_never_overwritten(keyset, tmp_path):
    for path in (keyset, tmp_path / "q.pem"):
        assert path.stat().st_mode & 0o777 == 0o600
    before = keyset.read_bytes()
    for a, b in ((keyset, tmp_path / "new.pem"), (tmp_path / "new.json", tmp_path / "q.pem")):
        with pytest.raises(KeyStoreError, match="never overwritten"):
            create_keys(a, b)
    assert keyset.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["eu.json", "q.pem"]


def test_a_keyset_that_cannot_be_written_leaves_no_half(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(KeyStoreError):
        create_keys(tmp_path / "file" / "eu.json", tmp_path / "q.pem")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_the_keyset_does_not_hold_the_private_quarantine_key(keyset, tmp_path):
    assert set(json.loads(keyset.read_text())["quarantine"]) == {"created", "public"}
    assert "PRIVATE" not in keyset.read_text()
    assert "PRIVATE" in (tmp_path / "q.pem").read_text()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
def test_a_keyset_that_others_may_open_is_refused(keyset, mode):
    keyset.chmod(mode)
    with pytest.raises(KeyStoreError, match="others may open"):
        FileKeyStore(keyset)


def test_stores_made_twice_share_nothing(tmp_path):
    one = create_keys(tmp_path / "a.json", tmp_path / "a.pem")
    two = create_keys(tmp_path / "b.json", tmp_path / "b.pem")
    ref = KeyRef("d", "E", 1, "local")
    assert one.derive("token", ref, 64) != two.derive("token", ref, 64)
    assert one.exporter_public() != two.exporter_public()
    assert one.quarantine_public() != two.quarantine_public()


def test_a_domain_with_several_versions(keyset):
    fields = json.loads(keyset.read_text())
    created = fields["created"]
    masters = [*fields["masters"], {"epoch": 2, "created": created, "secret": "A" * 43 + "="}]
    versions = [{"version": n, "epoch": e, "created": created} for n, e in ((1, 1), (2, 2), (3, 2))]
    before = FileKeyStore(keyset).derive("token", KeyRef("viewer", "E", 1, "r"), 32)
    rewrite(keyset, masters=masters, domains={"viewer": versions})
    store = FileKeyStore(keyset)
    assert (store.current_version("viewer"), store.current_version("other")) == (3, 1)
    keys = [store.derive("token", KeyRef("viewer", "E", n, "r"), 32) for n in (1, 2, 3)]
    assert keys[0] == before
    assert keys[0] != keys[1] != keys[2] != keys[0]
    with pytest.raises(KeyStoreError, match="domain viewer has no key version 4"):
        store.derive("token", KeyRef("viewer", "E", 4, "r"), 32)
    assert {"kind": "domain", "id": "viewer", "version": "3", "created": created} in store.describe()


DATE = "2026-01-31T12:00:00Z"
SECRET = "c2VjcmV0IHRoYXQgbXVzdCBub3QgYmUgc2hvd24hIQ=="


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 0},
        {"version": True},
        {"version": "1"},
        {"extra": SECRET},
        {"created": "yesterday"},
        {"created": None},
        {"masters": []},
        {"masters": {}},
        {"masters": [{"epoch": 2, "created": DATE, "secret": SECRET}]},
        {"masters": [{"epoch": 1, "created": DATE, "secret": SECRET[:-4]}]},
        {"masters": [{"epoch": 1, "created": DATE, "secret": SECRET + "!"}]},
        {"masters": [{"epoch": 1, "created": DATE, "secret": "é"}]},
        {"masters": [{"epoch": 1, "created": DATE}]},
        {"domains": []},
        {"domains": {"d": []}},
        {"domains": {"d": [{"version": 1, "epoch": 9, "created": DATE}]}},
        {"domains": {"d": [{"version": 2, "epoch": 1, "created": DATE}]}},
        {"exporter": {"created": DATE, "private": ""}},
        {"exporter": SECRET},
        {"quarantine": {"created": DATE, "public": SECRET, "private": SECRET}},
    ],
)
def test_a_damaged_keyset_is_refused_without_showing_it(keyset, changes):
    rewrite(keyset, **changes)
    with pytest.raises(KeyStoreError) as caught:
        FileKeyStore(keyset)
    assert SECRET not in caught.value.line
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"version": 1, "version": 1}'])
def test_noise_is_refused(keyset, data):
    keyset.write_bytes(data)
    with pytest.raises(KeyStoreError):
        FileKeyStore(keyset)


def test_a_newer_keyset_is_refused_with_a_sentence(keyset):
    rewrite(keyset, version=3, surprise={})
    with pytest.raises(KeyStoreError, match="newer version of Pratique; update"):
        FileKeyStore(keyset)


def test_uris(tmp_path, keyset):
    assert keys_path("file:keys/eu.json", tmp_path) == tmp_path / "keys" / "eu.json"
    assert keys_path("file:/etc/eu.json", tmp_path).as_posix() == "/etc/eu.json"
    assert keys_path("file:///etc/eu.json", tmp_path).as_posix() == "/etc/eu.json"
    for uri in ("", "file:", "keys/eu.json", "vault:eu", "file://host/eu.json"):
        with pytest.raises(KeyStoreError):
            open_keys(uri, tmp_path)
    with pytest.raises(KeyStoreError, match="no such key file"):
        open_keys("file:missing.json", tmp_path)
    assert open_keys("file:eu.json", tmp_path).exporter_public() == FileKeyStore(keyset).exporter_public()


def test_person_keys(tmp_path):
    identity = create_person_key(tmp_path / "p.key", tmp_path / "p.pub")
    public = signing.load_public(tmp_path / "p.pub")
    signer = signing.load_signer(tmp_path / "p.key")
    assert identity == signing.key_id(public) == signer.key_id
    assert (tmp_path / "p.key").stat().st_mode & 0o777 == 0o600
    assert signing.verify(public, b"decision", signer.sign(b"decision"))
    for a, b in (("p.key", "n.pub"), ("n.key", "p.pub")):
        with pytest.raises(KeyStoreError, match="never overwritten"):
            create_person_key(tmp_path / a, tmp_path / b)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p.key", "p.pub"]


def test_a_store_inside_a_job_does_not_travel(keyset):
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps({"plan": 1, "keys": FileKeyStore(keyset)})
