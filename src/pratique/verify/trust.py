"""The trust file: whom and what a recipient accepts. JSON, written by the recipient, never taken from the release.

{"version": 1,
 "exporters": {"Hafen AG": ["<Base64 of the raw 32-byte Ed25519 public key>"]},
 "routes": {"eu -> us": ["pseudonymised"]},
 "revoked_runs": [], "revoked_releases": [],
 "lowest": {"channel": 1}}
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pratique.crypto.signing import PUBLIC_SIZE, key_id
from pratique.errors import VerifyError
from pratique.model.classes import DataClass
from pratique.model.codec import decode
from pratique.model.release import Release
from pratique.verify.strict import parse_json, read_small

TRUST_VERSION = 1
LOCAL = "local"
"""What a release without a route (inside one region) counts as among ``routes``."""


@dataclass(frozen=True, slots=True)
class TrustFile:
    """What a recipient accepts. What is not listed is not accepted; an empty trust file accepts nothing."""

    version: int
    exporters: Mapping[str, tuple[str, ...]]
    """Exporter name to its public keys: Base64 of the raw 32 bytes."""
    routes: Mapping[str, tuple[DataClass, ...]]
    """Route name (``eu -> us``; ``local`` for releases without a route) to the data classes that are accepted on it."""
    revoked_runs: tuple[str, ...]
    """Run ids whose releases are no longer to be used."""
    revoked_releases: tuple[str, ...]
    """SHA-256 (hex) of the payloads of releases that are no longer to be used."""
    lowest: Mapping[str, int]
    """Flow to the lowest sequence that is still accepted."""

    def keys(self, exporter: str) -> Mapping[str, bytes]:
        """Key id to raw public key of one exporter; raises `VerifyError` where a key cannot be read."""
        return {key_id(raw): raw for raw in map(_raw, self.exporters.get(exporter, ()))}


def read_trust(path: Path) -> TrustFile:
    """Read a trust file, strictly: a misspelt or missing key is an error, not a looser trust. Raises `VerifyError`."""
    fields = parse_json(read_small(path, "the trust file", follow=True), "the trust file")
    if isinstance(fields, dict) and fields.get("version") != TRUST_VERSION:
        raise VerifyError("the trust file is of a version that this version of Pratique does not know")
    try:
        trust = decode(TrustFile, fields)
    except ValueError as error:
        raise VerifyError(f"the trust file is wrong: {error}") from None
    for exporter in trust.exporters:
        trust.keys(exporter)
    return trust


def check_trust(trust: TrustFile, release: Release, digest: str) -> None:
    """Hold a release whose signature is good against the trust file; raises `VerifyError` for what is not accepted."""
    if release.run in trust.revoked_runs or digest in trust.revoked_releases:
        raise VerifyError("the release is revoked by the trust file", where=f"run {release.run}")
    name = release.route["name"] if release.route is not None else LOCAL
    accepted = trust.routes.get(name)
    if accepted is None:
        raise VerifyError("the trust file does not accept this route", where=f"route {name}")
    if release.data_class not in accepted and release.data_class != DataClass.NONE:
        raise VerifyError(f"the trust file does not accept {release.data_class} data", where=f"route {name}")
    lowest = trust.lowest.get(release.flow, 1)
    if release.sequence < lowest:
        raise VerifyError(
            f"the release has sequence {release.sequence}, and the trust file accepts {lowest} and up",
            where=f"flow {release.flow}",
        )


def _raw(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if len(raw) != PUBLIC_SIZE:
        raise VerifyError("the trust file holds a public key that is not the Base64 of 32 bytes")
    return raw
