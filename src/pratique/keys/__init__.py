"""Where a region's keys are kept. One adapter a kind of store; `open_keys` chooses by URI."""

from pathlib import Path

from pratique.errors import KeyStoreError
from pratique.keys.backup import Backup, KeyFiles, open_backup, restore_backup, write_backup
from pratique.keys.change import change_keyset, import_fernet, rotate_domain
from pratique.keys.file import FileKeyStore, create_keys
from pratique.keys.person import create_person_key
from pratique.ports import KeyStore

__all__ = [
    "Backup",
    "FileKeyStore",
    "KeyFiles",
    "change_keyset",
    "create_keys",
    "create_person_key",
    "import_fernet",
    "keys_path",
    "open_backup",
    "open_keys",
    "restore_backup",
    "rotate_domain",
    "write_backup",
]

_FILE = "file:"


def keys_path(uri: str, root: Path) -> Path:
    """The path of a ``file:`` key URI, relative to ``root`` unless absolute; `KeyStoreError` for other URIs."""
    path = uri.removeprefix(_FILE)
    if not uri.startswith(_FILE) or not path:
        raise KeyStoreError("not a key store that is known here", do="write it like file:keys/eu.json")
    if path.startswith("//"):
        # file:///path is an absolute path; file://host/path would be another machine's.
        path = path[2:]
        if not path.startswith("/"):
            raise KeyStoreError("a key file cannot be on another machine", do="write it like file:keys/eu.json")
    return root / path


def open_keys(uri: str, root: Path) -> KeyStore:
    """The key store that ``uri`` names; raises `KeyStoreError` if it cannot be used."""
    return FileKeyStore(keys_path(uri, root))
