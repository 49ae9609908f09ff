"""A copy of the company's keys that may lie where others can reach it: sealed under a passphrase.

What is sealed, version 1: canonical JSON ``{"created", "regions", "version"}``; ``regions`` by name ``{"keyset",
"quarantine"}``: the key file and the private half of the quarantine key (empty where that was not here), in Base64,
byte for byte. Keys of people (stewards, those who may re-identify) are not in it: they belong to the people.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pratique.crypto import passphrase as sealing
from pratique.crypto.files import PRIVATE, read_private, read_public, write_new
from pratique.crypto.seal import parse_unseal_key
from pratique.crypto.secret import SecretBytes, Unpicklable
from pratique.errors import KeyStoreError
from pratique.keys.file import read_keyset
from pratique.model.codec import canonical

BACKUP_VERSION = 1


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the keys of one region are."""

    keyset: Path
    quarantine: Path
    """The private half of its quarantine key; it may be kept elsewhere."""


class Backup(Unpicklable):
    """The files of an opened backup. Shows and pickles nothing."""

    __slots__ = ("_regions", "created")

    def __init__(self, created: str, regions: Mapping[str, tuple[SecretBytes, SecretBytes]]) -> None:
        self.created = created
        self._regions = regions

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions whose keys it holds."""
        return tuple(self._regions)

    def keyset(self, region: str) -> SecretBytes:
        """The key file's bytes."""
        return self._regions[region][0]

    def quarantine(self, region: str) -> SecretBytes:
        """The bytes of the private half of the quarantine key; empty where it was not backed up."""
        return self._regions[region][1]


def write_backup(path: Path, regions: Mapping[str, KeyFiles], passphrase: SecretBytes, created: str) -> None:
    """Seal the keys of these regions into a new file, 0600, and open it again before it counts.

    Never overwrites. Raises `KeyStoreError`.
    """
    if os.path.lexists(path):
        raise KeyStoreError("exists already, and a backup is never overwritten", where=str(path), do="name another")
    held = {}
    for region, files in regions.items():
        keyset = read_private(files.keyset)
        read_keyset(keyset, str(files.keyset))
        apart = read_private(files.quarantine) if files.quarantine.exists() else b""
        held[region] = {"keyset": _text(keyset), "quarantine": _text(apart)}
    sealed = sealing.seal(passphrase, canonical({"version": BACKUP_VERSION, "created": created, "regions": held}))
    _opened(sealed, passphrase, str(path))
    write_new(path, sealed, PRIVATE)


def open_backup(path: Path, passphrase: SecretBytes) -> Backup:
    """Open a backup; raises `KeyStoreError`. Where it lay may be open to others: it is sealed."""
    return _opened(read_public(path), passphrase, str(path))


def restore_backup(backup: Backup, places: Mapping[str, KeyFiles]) -> list[Path]:
    """Put the keys of every region in ``places`` where they belong, all or none, and give what was written.

    A file that is there with the same bytes is left; one with others refuses, and nothing is written. What is put there
    reads as a keyset, and the private half of the quarantine key fits it. Raises `KeyStoreError`.
    """
    wanted = [(files.keyset, backup.keyset(region)) for region, files in places.items()]
    wanted += [(f.quarantine, backup.quarantine(r)) for r, f in places.items() if len(backup.quarantine(r))]
    missing = [(path, data) for path, data in wanted if not _is_there(path, data)]
    for region, files in places.items():
        _check(backup, region, files.keyset)
    written: list[Path] = []
    try:
        for path, data in missing:
            write_new(path, data.reveal(), PRIVATE)
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def _is_there(path: Path, data: SecretBytes) -> bool:
    if not os.path.lexists(path):
        return False
    if SecretBytes(read_private(path)) != data:
        raise KeyStoreError(
            "other keys are here, and no key is ever overwritten", where=str(path), do="move them away, then ask again"
        )
    return True


def _check(backup: Backup, region: str, path: Path) -> None:
    """What is to be put there reads as keys, and the two belong together."""
    public = read_keyset(backup.keyset(region).reveal(), str(path)).quarantine_public()
    apart = backup.quarantine(region)
    if len(apart) and parse_unseal_key(apart.reveal(), where=region).public != public:
        raise KeyStoreError("the quarantine key in the backup does not belong to its keyset", where=region)


def _opened(sealed: bytes, passphrase: SecretBytes, where: str) -> Backup:
    plain = sealing.unseal(passphrase, sealed, where=where)
    try:
        fields = json.loads(plain.reveal())
        version = fields["version"]
        if type(version) is int and version > BACKUP_VERSION:
            raise KeyStoreError("written by a newer version of Pratique", where=where, do="update to read it")
        regions = {
            region: (_bytes(files["keyset"]), _bytes(files["quarantine"]))
            for region, files in fields["regions"].items()
        }
        return Backup(str(fields["created"]), regions)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyStoreError("opens, and holds no keys", where=where) from None


def _bytes(text: str) -> SecretBytes:
    return SecretBytes(base64.b64decode(text, validate=True))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
