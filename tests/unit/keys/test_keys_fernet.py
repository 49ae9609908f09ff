"""Fernet keys of older pipelines are taken into a keyset, and nothing of them shows."""

import base64
import json
from pathlib import Path

import pytest

from pratique.errors import KeyStoreError
from pratique.keys import FileKeyStore, create_keys, import_fernet, rotate_domain

KEYS = [base64.urlsafe_b64encode(bytes(range(at, at + 32))) for at in (0, 32)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_keys(tmp_path / "eu.json", tmp_path / "q.pem")
    return tmp_path / "eu.json"


def file(path: Path, *keys: bytes, mode: int = 0o600) -> Path:
    found = path.with_name("fernet.key")
    found.write_bytes(b"\n".join(keys) + b"\n")
    found.chmod(mode)
    return found


def test_they_are_kept_beside_the_others(path: Path) -> None:
    before = FileKeyStore(path)
    assert import_fernet(path, "old", file(path, *KEYS)) == 2
    after = FileKeyStore(path)
    assert after.holds(before)
    assert not before.holds(after)
    assert [key.reveal() for key in after.fernet("old")] == [base64.urlsafe_b64decode(key) for key in KEYS]
    assert json.loads(path.read_bytes())["version"] == 2
    assert [row["id"] for row in after.describe() if row["kind"] == "fernet"] == ["old"]
    shown = repr(after) + str(after.describe()) + str(after.fernet("old"))
    assert all(key.decode()[:8] not in shown for key in KEYS)
    rotate_domain(path, "viewer")
    assert FileKeyStore(path).holds(after)


def test_the_same_again_is_fine_and_others_never(path: Path) -> None:
    import_fernet(path, "old", file(path, KEYS[0]))
    data = path.read_bytes()
    import_fernet(path, "old", file(path, KEYS[0]))
    assert path.read_bytes() == data
    with pytest.raises(KeyStoreError, match="other Fernet keys are called old"):
        import_fernet(path, "old", file(path, KEYS[1]))
    assert path.read_bytes() == data
    import_fernet(path, "older", file(path, KEYS[1]))
    assert FileKeyStore(path).fernet("old")


def test_a_file_that_others_may_open_is_refused(path: Path) -> None:
    with pytest.raises(KeyStoreError, match="others may open"):
        import_fernet(path, "old", file(path, KEYS[0], mode=0o644))
    with pytest.raises(KeyStoreError, match="no such key file"):
        import_fernet(path, "old", path.with_name("none"))
