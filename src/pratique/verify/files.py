"""The exact set of files of a release: none changed, none added, none removed, none renamed."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence

from pratique.errors import VerifyError
from pratique.model.purge import PURGE_FILE
from pratique.model.release import RELEASE_FILE, FileEntry, Release
from pratique.verify.strict import open_regular

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_CHUNK = 1 << 20


def files_of(release: Release) -> Mapping[str, FileEntry]:
    """The release's files by their name inside the release's own folder.

    Names stand in a release either bare (``00000-00000.jsonl``) or under the run id
    (``<run id>/00000-00000.jsonl``). Raises `VerifyError` for names that could leave the folder, and for two files of
    one name.
    """
    found: dict[str, FileEntry] = {}
    for entry in release.files:
        name = entry.name.removeprefix(f"{release.run}/")
        if not _NAME.match(name) or name in (RELEASE_FILE, PURGE_FILE):
            raise VerifyError("the release names a file that no release may hold", where=shown(entry.name))
        if name in found or not _DIGEST.match(entry.digest) or entry.size < 0 or entry.records < 0:
            raise VerifyError("the release describes a file twice or wrongly", where=shown(name))
        found[name] = entry
    return found


def _silent(_done: int, _whole: int) -> None:
    """Show no progress."""


def check_files(folder: int, expected: Mapping[str, FileEntry], progress: Callable[[int, int], None] = _silent) -> None:
    """Hold an open folder against the release's files; raises `VerifyError` for the first that is not as it should be.

    1. Whatever is there must be named by the release (a renamed file is told as such), and be a regular file.
    2. Whatever is named must be there.
    3. Size and SHA-256 must be the release's.

    ``progress`` gets bytes read of the files that are named, and how many these are.
    """
    there = sorted(os.listdir(folder))
    added = [name for name in there if name != RELEASE_FILE and name not in expected]
    missing = [name for name in expected if name not in there]
    for name in missing:
        if (now := _renamed(folder, expected[name], added)) is not None:
            raise VerifyError(f"the file was renamed to {shown(now)}", where=f"file {name}")
        raise VerifyError("the release names this file, and it is missing", where=f"file {name}")
    if added:
        raise VerifyError("this file was added: the release does not name it", where=f"file {shown(added[0])}")
    done, whole = 0, sum(entry.size for entry in expected.values())
    for name, entry in expected.items():
        if _digest(folder, name, entry.size, lambda read, done=done: progress(done + read, whole)) != entry.digest:  # type: ignore[misc]
            raise VerifyError("the file was changed: its content is not what the release says", where=f"file {name}")
        done += entry.size


def shown(name: str) -> str:
    """A name of a stranger, fit for a terminal: ASCII, quoted where it is odd, cut where it is long."""
    return name if _NAME.match(name) else json.dumps(name[:80])


def _renamed(folder: int, entry: FileEntry, added: Sequence[str]) -> str | None:
    for name in added:
        try:
            if _digest(folder, name, entry.size) == entry.digest:
                return name
        except VerifyError:
            continue
    return None


def _digest(folder: int, name: str, size: int, tell: Callable[[int], None] = lambda _read: None) -> str:
    """SHA-256 (hex) of a file of exactly ``size`` bytes; empty for another size, so that a huge file is not read."""
    descriptor, found = open_regular(name, f"file {shown(name)}", folder=folder)
    with os.fdopen(descriptor, "rb") as file:
        if found != size:
            return ""
        total, left = hashlib.sha256(), size
        while left and (data := file.read(min(_CHUNK, left))):
            total.update(data)
            left -= len(data)
            tell(size - left)
        return "" if left or file.read(1) else total.hexdigest()
