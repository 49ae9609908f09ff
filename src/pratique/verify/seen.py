"""The memory of a recipient: the newest release of each flow that was verified, so that an older one is a replay.

{"version": 1, "newest": {"<exporter>": {"<flow>": {"sequence": 3, "release": "<SHA-256 of the payload>"}}}}
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pratique.crypto.files import sync_folder
from pratique.errors import VerifyError
from pratique.model.codec import canonical, decode
from pratique.model.release import Release
from pratique.verify.strict import parse_json, read_small

SEEN_VERSION = 1


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest verified release of one flow."""

    sequence: int
    release: str
    """SHA-256 (hex) of its payload."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was verified before."""

    version: int
    newest: Mapping[str, Mapping[str, Newest]]
    """By exporter, then flow."""


def read_seen(path: Path) -> Seen:
    """The memory, or an empty one where there is no such file. Raises `VerifyError` for one that cannot be read."""
    if not os.path.lexists(path):
        return Seen(SEEN_VERSION, {})
    fields = parse_json(read_small(path, "the file of seen releases", follow=True), "the file of seen releases")
    if isinstance(fields, dict) and fields.get("version") != SEEN_VERSION:
        raise VerifyError("the file of seen releases is of a version that this version of Pratique does not know")
    try:
        return decode(Seen, fields)
    except ValueError as error:
        raise VerifyError(f"the file of seen releases is wrong: {error}") from None


def check_seen(seen: Seen, release: Release, digest: str) -> str:
    """Raise `VerifyError` for a replay or a broken chain; otherwise a sentence on what could not be told, or empty."""
    last = seen.newest.get(release.exporter, {}).get(release.flow)
    where = f"flow {release.flow}"
    if last is None:
        return "No release of this flow was seen before: whether this is the newest one cannot be told."
    if release.sequence < last.sequence:
        raise VerifyError(
            f"an older release is replayed: sequence {release.sequence}, after {last.sequence} was seen", where=where
        )
    if release.sequence == last.sequence and digest != last.release:
        raise VerifyError(f"another release with sequence {release.sequence} was seen", where=where)
    if release.sequence == last.sequence + 1 and release.previous != last.release:
        raise VerifyError("the release does not follow the one that was seen last", where=where)
    if release.sequence > last.sequence + 1:
        between = release.sequence - last.sequence - 1
        return f"{between} releases of this flow between this one and the last one seen were not shown here."
    return ""


def remember(path: Path, release: Release, digest: str) -> None:
    """Note a verified release, durably and in one step. Checks again under a lock: two verifiers never go back."""
    with _locked(path):
        seen = read_seen(path)
        check_seen(seen, release, digest)
        flows = {**seen.newest.get(release.exporter, {}), release.flow: Newest(release.sequence, digest)}
        updated = replace(seen, newest={**seen.newest, release.exporter: flows})
        if updated != seen:
            _write(path, canonical(updated) + b"\n")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        raise VerifyError("the file of seen releases cannot be written") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise VerifyError("the file of seen releases cannot be written") from None
