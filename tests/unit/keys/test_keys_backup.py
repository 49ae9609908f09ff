"""A backup opens with its passphrase alone, is put back whole or not at all, and shows nothing."""

import json
import pickle
import stat
import unicodedata
from pathlib import Path

import pytest

from pratique.crypto import passphrase as sealing
from pratique.crypto.passphrase import passphrase_of
from pratique.errors import KeyStoreError
from pratique.keys import KeyFiles, create_keys, open_backup, restore_backup, rotate_domain, write_backup

WORDS = "correct horse battery staple"
NOW = "2026-01-31T12:00:00Z"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing may be cheap here."""
    monkeypatch.setattr(sealing, "LOG_N", 14)


def files(root: Path, region: str) -> KeyFiles:
    return KeyFiles(root / f"{region}.json", root / f"{region}.quarantine.pem")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for region in ("eu", "us"):
        here = files(tmp_path / "keys", region)
        create_keys(here.keyset, here.quarantine)
    return tmp_path


def backed_up(root: Path, name: str = "keys.backup") -> Path:
    path = root / name
    write_backup(path, {r: files(root / "keys", r) for r in ("eu", "us")}, passphrase_of(WORDS), NOW)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def restored(path: Path, folder: Path, words: str = WORDS) -> list[Path]:
    opened = open_backup(path, passphrase_of(words))
    return restore_backup(opened, {region: files(folder, region) for region in opened.regions})


def test_byte_for_byte_back(root: Path) -> None:
    path = backed_up(root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = restored(path, root / "new")
    assert tree(root / "new") == tree(root / "keys")
    assert {stat.S_IMODE(file.stat().st_mode) for file in written} == {0o600}
    assert restored(path, root / "new") == [], "what is there already is left"


def test_nothing_of_the_keys_shows(root: Path) -> None:
    path = backed_up(root)
    sealed = path.read_bytes()
    for data in tree(root / "keys").values():
        assert data not in sealed
        for part in data.split(b'"'):
            assert len(part) < 40 or part not in sealed
    opened = open_backup(path, passphrase_of(WORDS))
    assert repr(opened) == "<Backup>"
    with pytest.raises(TypeError):
        pickle.dumps(opened)
    assert WORDS not in repr(passphrase_of(WORDS))


@pytest.mark.parametrize("words", ["correct horse battery stable", WORDS + " ", WORDS.upper()])
def test_another_passphrase_opens_nothing(root: Path, words: str) -> None:
    with pytest.raises(KeyStoreError, match="does not open") as caught:
        open_backup(backed_up(root), passphrase_of(words))
    assert words not in str(caught.value)


def test_a_passphrase_is_what_a_person_typed() -> None:
    typed = "Größenwahn im Café"
    forms = {passphrase_of(unicodedata.normalize(form, typed)).reveal() for form in ("NFC", "NFD")}
    assert len(forms) == 1
    for short in ("", "elevenchars", "\udcff" * 20):
        with pytest.raises(KeyStoreError):
            passphrase_of(short)


def test_no_byte_changes_unseen(root: Path) -> None:
    path = backed_up(root)
    sealed = path.read_bytes()
    for at in [*range(40), len(sealed) // 2, len(sealed) - 1]:
        changed = bytearray(sealed)
        changed[at] ^= 1
        path.write_bytes(changed)
        with pytest.raises(KeyStoreError):
            open_backup(path, passphrase_of(WORDS))
    for cut in (0, 5, 20, len(sealed) - 1):
        path.write_bytes(sealed[:cut])
        with pytest.raises(KeyStoreError):
            open_backup(path, passphrase_of(WORDS))


def test_a_file_that_asks_for_all_memory_is_refused(root: Path) -> None:
    path = backed_up(root)
    sealed = bytearray(path.read_bytes())
    for log_n in (0, 1, 40, 255):
        sealed[len(sealing.MAGIC) + 1] = log_n
        path.write_bytes(sealed)
        with pytest.raises(KeyStoreError, match="altered"):
            open_backup(path, passphrase_of(WORDS))


def test_a_newer_backup_is_refused_with_a_sentence(root: Path) -> None:
    path = backed_up(root)
    sealed = bytearray(path.read_bytes())
    sealed[len(sealing.MAGIC)] = 2
    path.write_bytes(sealed)
    with pytest.raises(KeyStoreError, match="newer version"):
        open_backup(path, passphrase_of(WORDS))
    newer = sealing.seal(passphrase_of(WORDS), json.dumps({"version": 2, "more": 1}).encode())
    path.write_bytes(newer)
    with pytest.raises(KeyStoreError, match="newer version"):
        open_backup(path, passphrase_of(WORDS))


@pytest.mark.parametrize("inside", [b"", b"[]", b'{"version": 1}', b'{"version":1,"created":"","regions":{"eu":{}}}'])
def test_what_holds_no_keys_is_refused(root: Path, inside: bytes) -> None:
    path = root / "odd.backup"
    path.write_bytes(sealing.seal(passphrase_of(WORDS), inside))
    with pytest.raises(KeyStoreError, match="holds no keys"):
        open_backup(path, passphrase_of(WORDS))


def test_other_keys_are_never_overwritten(root: Path) -> None:
    """All or none: the second region's keys are others, so the first region's are not put there either."""
    path = backed_up(root)
    new = root / "new"
    create_keys(files(new, "us").keyset, files(new, "us").quarantine)
    before = tree(new)
    with pytest.raises(KeyStoreError, match="other keys are here"):
        restored(path, new)
    assert tree(new) == before


def test_newer_keys_are_not_put_back(root: Path) -> None:
    path = backed_up(root)
    rotate_domain(root / "keys" / "eu.json", "viewer")
    before = tree(root / "keys")
    with pytest.raises(KeyStoreError, match="other keys are here"):
        restored(path, root / "keys")
    assert tree(root / "keys") == before


def test_keys_that_do_not_belong_together_are_refused(root: Path) -> None:
    eu, us = files(root / "keys", "eu"), files(root / "keys", "us")
    eu.quarantine.write_bytes(us.quarantine.read_bytes())
    path = backed_up(root)
    with pytest.raises(KeyStoreError, match="does not belong to its keyset"):
        restored(path, root / "new")
    assert tree(root / "new") == {}


def test_a_quarantine_key_kept_elsewhere_is_not_missed(root: Path) -> None:
    files(root / "keys", "eu").quarantine.unlink()
    restored(backed_up(root), root / "new")
    assert sorted(tree(root / "new")) == ["eu.json", "us.json", "us.quarantine.pem"]


def test_a_backup_is_never_overwritten(root: Path) -> None:
    path = backed_up(root)
    before = path.read_bytes()
    with pytest.raises(KeyStoreError, match="never overwritten"):
        backed_up(root)
    assert path.read_bytes() == before
