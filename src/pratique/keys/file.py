"""A region's keys in one JSON file, open to its owner only.

The file, version 1 or, where it has ``fernet``, 2 (strict: an unknown or repeated key refuses, a newer version
refuses)::

    {"version": 1, "created": "2026-01-31T12:00:00Z",
     "masters": [{"epoch": 1, "created": "…", "secret": "<32 bytes, Base64>"}],
     "domains": {"viewer": [{"version": 1, "epoch": 1, "created": "…"}]},
     "exporter": {"created": "…", "private": "<32 bytes: Ed25519>"},
     "quarantine": {"created": "…", "public": "<32 bytes: X25519>"},
     "fernet": {"old": {"created": "…", "keys": ["<32 bytes: Fernet>"]}}}

A domain that is not listed has version 1, of epoch 1; the versions of a listed one count from 1 and the last is
current. An epoch is never removed while anything released under it may have to be read back. The private half of the
quarantine key is not in this file: workers read this file, and must not be able to open the quarantine.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pratique.crypto.files import PRIVATE, read_private, write_new
from pratique.crypto.kdf import MAX_LENGTH, hkdf
from pratique.crypto.seal import generate_unseal_key
from pratique.crypto.secret import SecretBytes, Unpicklable
from pratique.crypto.signing import Ed25519Signer, key_id
from pratique.errors import KeyStoreError
from pratique.model.codec import canonical
from pratique.model.plan import KeyRef

KEYSET_VERSION = 2
FIRST_VERSION = 1
"""Of a keyset without imported Fernet keys."""
USES = frozenset({"token", "pseudonym", "shift_date", "inputs", "parts"})
"""What a key may be derived for; anything else refuses."""
_SIZE = 32


@dataclass(frozen=True, slots=True)
class _Version:
    """One key version of a domain."""

    epoch: int
    created: str


class FileKeyStore(Unpicklable):
    """Implements `pratique.ports.KeyStore` over a keyset file, read once. Shows and pickles nothing.

    Raises `KeyStoreError` if the file is missing, open to others, damaged or of a newer version.
    """

    __slots__ = ("_created", "_domains", "_exporter", "_fernet", "_masters", "_quarantine", "_where")

    def __init__(self, path: Path) -> None:
        self._load(str(path), read_private(path))

    def _load(self, where: str, data: bytes) -> None:
        self._where = where
        keyset = _Reader(where, data).keyset()
        self._created: Mapping[str, str] = keyset.created
        self._masters: Mapping[int, SecretBytes] = keyset.masters
        self._domains: Mapping[str, tuple[_Version, ...]] = keyset.domains
        self._exporter = Ed25519Signer.from_secret(keyset.exporter)
        self._quarantine = keyset.quarantine
        self._fernet: Mapping[str, tuple[SecretBytes, ...]] = keyset.fernet

    def derive(self, use: str, ref: KeyRef, length: int) -> SecretBytes:
        """HKDF-SHA-256 of the master key of ``ref.version``'s epoch; ``info`` is the canonical JSON of use and ref.

        ``info`` is ``{"domain", "entity", "route", "use", "version"}``. `KeyStoreError` for a use that is not known, a
        version that the domain does not have, or a length that HKDF does not give.
        """
        if use not in USES:
            raise KeyStoreError("no key is kept for this use", where=self._where)
        if not 1 <= length <= MAX_LENGTH:
            raise KeyStoreError("no key of this length", where=self._where)
        versions = self._versions(ref.domain)
        if not 1 <= ref.version <= len(versions):
            raise KeyStoreError(
                f"domain {ref.domain} has no key version {ref.version}",
                where=self._where,
                do="use the key file that the plan was made with",
            )
        info = {
            "use": use,
            "domain": ref.domain,
            "entity": ref.entity,
            "version": ref.version,
            "route": ref.route,
        }
        return hkdf(self._masters[versions[ref.version - 1].epoch], canonical(info), length)

    def current_version(self, domain: str) -> int:
        """The key version that new plans use for this domain (1 unless rotated)."""
        return len(self._versions(domain))

    def exporter(self) -> Ed25519Signer:
        """The key that signs releases and audit heads."""
        return self._exporter

    def exporter_public(self) -> bytes:
        """Raw 32-byte Ed25519 public key of `exporter`."""
        return self._exporter.public

    def quarantine_public(self) -> bytes:
        """Raw 32-byte X25519 public key that quarantine is sealed to."""
        return self._quarantine

    def fernet(self, name: str) -> Sequence[SecretBytes]:
        """The imported Fernet keys of this name; `KeyStoreError` if there are none."""
        if name not in self._fernet:
            raise KeyStoreError(
                f"no Fernet key is called {name}", where=self._where, do=f"run: pratique keys import-fernet {name} FILE"
            )
        return self._fernet[name]

    def describe(self) -> Sequence[Mapping[str, str]]:
        """For people: kind, id, version, created. No secret."""
        rows = [("master", f"epoch {e}", str(e), self._created[f"master {e}"]) for e in sorted(self._masters)]
        for domain, versions in sorted(self._domains.items()):
            rows += [("domain", domain, str(n), v.created) for n, v in enumerate(versions, 1)]
        rows.append(("exporter", self._exporter.key_id, "1", self._created["exporter"]))
        rows.append(("quarantine", key_id(self._quarantine), "1", self._created["quarantine"]))
        rows += [
            ("fernet", n, str(len(keys)), self._created[f"fernet {n}"]) for n, keys in sorted(self._fernet.items())
        ]
        return [dict(zip(("kind", "id", "version", "created"), row, strict=True)) for row in rows]

    def holds(self, other: "FileKeyStore") -> bool:
        """Whether every key of another keyset is one of this: what ``other`` read back, this reads back."""
        theirs = (other._masters, other._domains, other._exporter.public, other._quarantine)  # noqa: SLF001 (its kind)
        masters, domains, exporter, quarantine = theirs
        return (
            all(self._masters.get(epoch) == secret for epoch, secret in masters.items())
            and all(self._versions(domain)[: len(known)] == known for domain, known in domains.items())
            and (self._exporter.public, self._quarantine) == (exporter, quarantine)
            and all(self._fernet.get(name) == keys for name, keys in other._fernet.items())  # noqa: SLF001
        )

    def _versions(self, domain: str) -> tuple[_Version, ...]:
        return self._domains.get(domain) or (_Version(1, self._created["master 1"]),)


def read_keyset(data: bytes, where: str) -> FileKeyStore:
    """The key store of a keyset that is in no file (yet); raises `KeyStoreError` as a file of it would."""
    store = FileKeyStore.__new__(FileKeyStore)
    store._load(where, data)  # noqa: SLF001 (its kind)
    return store


def create_keys(path: Path, quarantine_private: Path) -> FileKeyStore:
    """Make a region's keys: the keyset at ``path``, the private half of its quarantine key apart; both 0600.

    Never overwrites: `KeyStoreError` if either exists. Keep the second file where no worker reads it.
    """
    for wanted in (path, quarantine_private):
        if wanted.exists() or wanted.is_symlink():
            raise KeyStoreError(
                "exists already, and a key is never overwritten", where=str(wanted), do="name another file"
            )
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    unseal = generate_unseal_key()
    keyset = {
        "version": FIRST_VERSION,
        "created": created,
        "masters": [{"epoch": 1, "created": created, "secret": _text(os.urandom(_SIZE))}],
        "domains": {},
        "exporter": {"created": created, "private": _text(os.urandom(_SIZE))},
        "quarantine": {"created": created, "public": _text(unseal.public)},
    }
    unseal.save(quarantine_private)
    try:
        write_new(path, json.dumps(keyset, indent=1).encode() + b"\n", PRIVATE)
    except KeyStoreError:
        quarantine_private.unlink()
        raise
    return FileKeyStore(path)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class _Keyset(Unpicklable):
    """A keyset file, checked."""

    __slots__ = ("created", "domains", "exporter", "fernet", "masters", "quarantine")

    def __init__(
        self,
        created: Mapping[str, str],
        masters: Mapping[int, SecretBytes],
        domains: Mapping[str, tuple[_Version, ...]],
        exporter: SecretBytes,
        quarantine: bytes,
        fernet: Mapping[str, tuple[SecretBytes, ...]],
    ) -> None:
        self.created = created
        self.masters = masters
        self.domains = domains
        self.exporter = exporter
        self.quarantine = quarantine
        self.fernet = fernet


class _Reader(Unpicklable):
    """Reads a keyset file strictly; every refusal says which part of the file, never what stands there."""

    __slots__ = ("_data", "_where")

    def __init__(self, where: str, data: bytes) -> None:
        self._where = where
        self._data = data

    def keyset(self) -> _Keyset:
        try:
            fields = json.loads(self._data.decode("utf-8"), object_pairs_hook=self._unique)
        except (ValueError, RecursionError):
            raise self._bad("is not JSON") from None
        version = fields.get("version") if isinstance(fields, dict) else None
        if type(version) is int and version > KEYSET_VERSION:
            raise KeyStoreError("written by a newer version of Pratique", where=self._where, do="update to read it")
        if type(version) is not int or version < FIRST_VERSION:
            raise self._bad("has no version")
        later = " fernet" if version > FIRST_VERSION else ""
        top = self._fields(fields, f"version created masters domains exporter quarantine{later}", "the keyset")
        exporter = self._fields(top["exporter"], "created private", "exporter")
        quarantine = self._fields(top["quarantine"], "created public", "quarantine")
        created = {
            "exporter": self._date(exporter["created"], "exporter"),
            "quarantine": self._date(quarantine["created"], "quarantine"),
        }
        self._date(top["created"], "the keyset")
        masters: dict[int, SecretBytes] = {}
        for number, item in enumerate(self._list(top["masters"], "masters"), 1):
            master = self._fields(item, "epoch created secret", "masters")
            if type(master["epoch"]) is not int or master["epoch"] != number:
                raise self._bad("has master keys whose epochs do not count from 1")
            masters[number] = SecretBytes(self._key(master["secret"], "masters"))
            created[f"master {number}"] = self._date(master["created"], "masters")
        if not isinstance(top["domains"], dict):
            raise self._bad("has a wrong form at domains")
        domains = {name: self._domain(item, masters) for name, item in top["domains"].items()}
        private = SecretBytes(self._key(exporter["private"], "exporter"))
        fernet = self._imported(top.get("fernet", {}), created)
        return _Keyset(created, masters, domains, private, self._key(quarantine["public"], "quarantine"), fernet)

    def _imported(self, items: Any, created: dict[str, str]) -> dict[str, tuple[SecretBytes, ...]]:
        if not isinstance(items, dict):
            raise self._bad("has a wrong form at fernet")
        found: dict[str, tuple[SecretBytes, ...]] = {}
        for name, item in items.items():
            fields = self._fields(item, "created keys", "fernet")
            created[f"fernet {name}"] = self._date(fields["created"], "fernet")
            found[name] = tuple(SecretBytes(self._key(key, "fernet")) for key in self._list(fields["keys"], "fernet"))
        return found

    def _domain(self, item: Any, masters: Mapping[int, SecretBytes]) -> tuple[_Version, ...]:
        versions = []
        for number, entry in enumerate(self._list(item, "domains"), 1):
            fields = self._fields(entry, "version epoch created", "domains")
            if type(fields["version"]) is not int or fields["version"] != number:
                raise self._bad("has a domain whose versions do not count from 1")
            if type(fields["epoch"]) is not int or fields["epoch"] not in masters:
                raise self._bad("has a domain version of an epoch without a master key")
            versions.append(_Version(fields["epoch"], self._date(fields["created"], "domains")))
        return tuple(versions)

    def _bad(self, what: str) -> KeyStoreError:
        return KeyStoreError(f"the key file {what}", where=self._where, do="restore it from a backup")

    def _unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(pairs)
        if len(fields) != len(pairs):
            raise self._bad("has a key twice")
        return fields

    def _fields(self, value: Any, names: str, at: str) -> dict[str, Any]:
        if not isinstance(value, dict) or set(value) != set(names.split()):
            raise self._bad(f"has a wrong form at {at}")
        return value

    def _list(self, value: Any, at: str) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise self._bad(f"has a wrong form at {at}")
        return value

    def _date(self, value: Any, at: str) -> str:
        try:
            datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except (ValueError, TypeError):
            raise self._bad(f"has a wrong date at {at}") from None
        return str(value)

    def _key(self, value: Any, at: str) -> bytes:
        try:
            raw = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != _SIZE:
            raise self._bad(f"has no good key at {at}")
        return raw
