"""A key backup is opened for ever, and by its words alone."""

import base64
import json
import unicodedata
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pratique.crypto import passphrase as sealing
from pratique.crypto.passphrase import passphrase_of
from pratique.keys import FileKeyStore, KeyFiles, open_backup, restore_backup
from pratique.keys.backup import BACKUP_VERSION

GOLDEN = Path(__file__).parents[2] / "assets" / "golden" / "key-backup.json"


def test_the_form_by_its_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Golden: a file of version 1 opens for ever, here with nothing but the library's primitives."""
    golden = json.loads(GOLDEN.read_bytes())
    sealed = base64.b64decode(golden["file"])
    assert (sealing.VERSION, BACKUP_VERSION) == (1, 1)
    assert sealed[:9] == b"PRQBACKUP"
    assert (sealed[9], sealed[10]) == (1, golden["log_n"])
    salt, nonce = sealed[11:27], sealed[27:39]
    assert (salt.hex(), nonce.hex()) == (golden["salt"], golden["nonce"])
    words = unicodedata.normalize("NFC", golden["passphrase"]).encode()
    key = Scrypt(salt, 32, 1 << golden["log_n"], 8, 1).derive(words)
    plain = AESGCM(key).decrypt(nonce, sealed[39:], sealed[:39])
    assert plain.decode() == golden["plaintext"]
    fields = json.loads(plain)
    assert sorted(fields) == ["created", "regions", "version"]
    monkeypatch.setattr(sealing, "LOG_N", golden["log_n"])
    assert sealing.seal(passphrase_of(golden["passphrase"]), plain, salt=salt, nonce=nonce) == sealed


def test_the_golden_backup_is_put_back(tmp_path: Path) -> None:
    golden = json.loads(GOLDEN.read_bytes())
    path = tmp_path / "keys.backup"
    path.write_bytes(base64.b64decode(golden["file"]))
    place = KeyFiles(tmp_path / "keys" / "eu.json", tmp_path / "keys" / "eu.quarantine.pem")
    restore_backup(open_backup(path, passphrase_of(golden["passphrase"])), {"eu": place})
    assert FileKeyStore(place.keyset).exporter().key_id == golden["exporter"]
