"""A keyset file is changed in one step, under a lock, and never so that a key would be lost."""

import base64
import fcntl
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.crypto.fernet import read_fernet_keys
from pratique.crypto.files import read_private, replace_private
from pratique.errors import KeyStoreError
from pratique.keys.file import KEYSET_VERSION, FileKeyStore

_SIZE = 32


def rotate_domain(path: Path, domain: str) -> int:
    """Give a domain its next key version, under a master key of its own, and give the version.

    The versions before stay: what was released under them is read back with them. Raises `KeyStoreError`.
    """

    def add(keyset: dict[str, Any], now: str) -> None:
        masters, domains = keyset["masters"], keyset["domains"]
        epoch = len(masters) + 1
        masters.append({"epoch": epoch, "created": now, "secret": base64.b64encode(os.urandom(_SIZE)).decode()})
        # A domain that is not listed has version 1 of the first epoch, and keeps it.
        first = [{"version": 1, "epoch": 1, "created": masters[0]["created"]}]
        versions = domains.setdefault(domain, first)
        versions.append({"version": len(versions) + 1, "epoch": epoch, "created": now})

    return change_keyset(path, add).current_version(domain)


def import_fernet(path: Path, name: str, file: Path) -> int:
    """Take the Fernet keys of a private file into the keyset under a name, and give how many they are.

    The same keys again are fine; other keys under the name raise `KeyStoreError`: what was decoded with them would not
    be any more.
    """
    where = str(file)
    keys = read_fernet_keys(read_private(file), where)

    def add(keyset: dict[str, Any], now: str) -> None:
        listed = [base64.b64encode(key).decode() for key in keys]
        known = keyset.setdefault("fernet", {}).setdefault(name, {"created": now, "keys": listed})
        if known["keys"] != listed:
            raise KeyStoreError(f"other Fernet keys are called {name}", where=where, do="choose another name")
        keyset["version"] = KEYSET_VERSION

    change_keyset(path, add)
    return len(keys)


def change_keyset(path: Path, change: Callable[[dict[str, Any], str], None]) -> FileKeyStore:
    """Read the keyset, let ``change`` (which gets its fields, and the time to write) alter it, and put it in place.

    One process at a time; a link is followed, so that the file itself is replaced. What results must read as a keyset
    that holds every key of before: else nothing is changed. A process that is killed leaves the one or the other.
    Raises `KeyStoreError`.
    """
    try:
        real = path.resolve(strict=True)
        folder = os.open(real.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise KeyStoreError(f"cannot be changed: {error.strerror}", where=str(path)) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        _sweep(real)
        before = FileKeyStore(real)
        keyset = json.loads(read_private(real))
        change(keyset, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        replace_private(real, json.dumps(keyset, indent=1).encode() + b"\n", lambda new: _hold(new, before))
    finally:
        os.close(folder)
    return FileKeyStore(path)


def _sweep(path: Path) -> None:
    """Remove what a process that was killed while it changed the file left beside it: a copy of every key."""
    for left in path.parent.iterdir():
        if re.fullmatch(rf"\.{re.escape(path.name)}\.[0-9]+\.[0-9a-f]{{12}}", left.name):
            left.unlink(missing_ok=True)


def _hold(new: Path, before: FileKeyStore) -> None:
    after = FileKeyStore(new)
    if not after.holds(before):
        raise KeyStoreError("a key would be lost, so nothing was changed")
