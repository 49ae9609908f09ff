"""A key file outlives code: what an old one holds, and what a newer one is answered."""

# mypy: disable-error-code="no-untyped-call"

import base64
import json
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pratique.errors import KeyStoreError
from pratique.keys import FileKeyStore, create_keys
from pratique.keys.file import KEYSET_VERSION

ASSETS = Path(__file__).parents[2] / "assets" / "golden"
GOLDEN = ASSETS / "keyset.json"
SECOND = ASSETS / "keyset-2.json"
FIELDS = json.loads(GOLDEN.read_text(encoding="utf-8"))


def store(tmp_path, **changes):
    path = tmp_path / "keyset.json"
    shutil.copyfile(GOLDEN, path)
    if changes:
        path.write_text(json.dumps(FIELDS | changes))
    path.chmod(0o600)
    return FileKeyStore(path)


def test_a_key_file_of_version_1_is_read_for_ever(tmp_path):
    assert (FIELDS["version"], KEYSET_VERSION) == (1, 2)
    keys = store(tmp_path)
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(FIELDS["exporter"]["private"]))
    assert keys.exporter_public() == private.public_key().public_bytes_raw()
    assert keys.exporter().sign(b"x") == private.sign(b"x")
    assert keys.quarantine_public() == base64.b64decode(FIELDS["quarantine"]["public"])
    assert (keys.current_version("viewer"), keys.current_version("not listed")) == (2, 1)


def test_what_is_made_today_has_the_same_form(tmp_path):
    create_keys(tmp_path / "eu.json", tmp_path / "q.pem")
    made = json.loads((tmp_path / "eu.json").read_text())
    assert made.keys() == FIELDS.keys()
    assert made["version"] == 1
    assert made["masters"][0].keys() == FIELDS["masters"][0].keys()
    assert made["exporter"].keys() == FIELDS["exporter"].keys()
    assert made["quarantine"].keys() == FIELDS["quarantine"].keys()


def test_a_newer_key_file_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(KeyStoreError, match="written by a newer version of Pratique; update to read it"):
        store(tmp_path, version=3, surprise={})


def test_a_key_file_of_version_2_is_read_for_ever(tmp_path):
    path = tmp_path / "keyset.json"
    shutil.copyfile(SECOND, path)
    path.chmod(0o600)
    keys = FileKeyStore(path)
    wanted = json.loads(SECOND.read_text(encoding="utf-8"))["fernet"]["old-warehouse"]["keys"]
    assert [base64.b64encode(key.reveal()).decode() for key in keys.fernet("old-warehouse")] == wanted
    assert keys.holds(store(tmp_path))
    with pytest.raises(KeyStoreError, match="no Fernet key is called new; run: pratique keys import-fernet new FILE"):
        keys.fernet("new")


def test_each_version_has_its_own_form(tmp_path):
    imported = json.loads(SECOND.read_text(encoding="utf-8"))["fernet"]
    name = "old-warehouse"
    for wrong in (
        {"fernet": imported},
        {"version": 2},
        {"version": 2, "fernet": []},
        {"version": 2, "fernet": {name: {"created": imported[name]["created"], "keys": []}}},
        {"version": 2, "fernet": {name: {**imported[name], "keys": ["secret"]}}},
        {"version": 2, "fernet": {name: {**imported[name], "more": 1}}},
    ):
        with pytest.raises(KeyStoreError) as error:
            store(tmp_path, **wrong)
        assert "secret" not in str(error.value)
