"""The note of the log's end: ``<log>.head``, one line beside the log.

``SEQUENCE HASH`` where the region had no key yet, else ``SEQUENCE HASH KEY SIGNATURE``: the exporter's Ed25519
signature, in base64, over `head_message`. An entry is noted in ``<log>.head.new`` before it is written, and that file
takes the note's name after it: so there is never an entry whose head is signed nowhere, whenever a process is killed.
"""

import base64
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pratique.audit.entries import START, Link
from pratique.crypto.files import sync_folder
from pratique.crypto.signing import verify
from pratique.errors import StoreError
from pratique.model.codec import canonical
from pratique.ports import Signer

HEAD_DOMAIN: Final = b"pratique/audit-head/1\0"
"""What the words that are signed begin with."""

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_KEY: Final = re.compile(r"[0-9a-f]{16}")
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside the log of its end."""

    link: Link
    key: str = ""
    """Id of the key that signed; empty where none did."""
    signature: bytes = b""

    def is_signed_by(self, region: str, key: str, public: bytes) -> bool:
        """Whether the key of this id signed this very end of this region's log."""
        return self.key == key and verify(public, head_message(region, self.link), self.signature)


UNNOTED: Final = Note(START)
"""Of a log that has no note."""


def head_message(region: str, link: Link) -> bytes:
    """What is signed: `HEAD_DOMAIN` and the canonical JSON ``{"hash", "region", "sequence"}``."""
    return HEAD_DOMAIN + canonical({"hash": link.hash, "region": region, "sequence": link.sequence})


def signed_note(region: str, link: Link, signer: Signer | None) -> Note:
    """The note of an end; unsigned where there is no key."""
    if signer is None:
        return Note(link)
    return Note(link, signer.key_id, signer.sign(head_message(region, link)))


def read_note(log: Path) -> Note:
    """What is noted of the end of the chain; `UNNOTED` where nothing is. Raises `StoreError`."""
    return _read(note_path(log))


def read_coming(log: Path) -> Note:
    """What a process noted of an entry that it was about to write; `UNNOTED` where there is none, or it is torn."""
    try:
        return _read(coming_path(log))
    except StoreError:
        return UNNOTED


def write_coming(log: Path, note: Note) -> None:
    """Note an entry that is about to be written, on the disk. Raises `OSError`."""
    text = f"{note.link.sequence} {note.link.hash}"
    if note.key:
        text += f" {note.key} {base64.b64encode(note.signature).decode()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(coming_path(log), flags, 0o600)
    try:
        os.write(descriptor, f"{text}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle(log: Path) -> None:
    """The entry is written: what was noted of it is the note now. Raises `OSError`."""
    coming_path(log).replace(note_path(log))
    sync_folder(log.parent)  # Also makes the names of a log that is new durable.


def note_path(log: Path) -> Path:
    """Where the note of a log is."""
    return log.with_name(log.name + ".head")


def coming_path(log: Path) -> Path:
    """Where the note of an entry is that is about to be written."""
    return log.with_name(log.name + ".head.new")


def _read(path: Path) -> Note:
    try:
        with path.open("rb") as stream:
            return _parsed(stream.read(_MOST).decode("ascii").split())
    except FileNotFoundError:
        return UNNOTED
    except (OSError, ValueError):
        raise StoreError(
            "the note of the audit log's end does not read", where=str(path), do="restore it from a copy"
        ) from None


def _parsed(words: list[str]) -> Note:
    """The note of two words, or of four; `ValueError`."""
    signed = len(words) == 4  # noqa: PLR2004 (sequence, hash, key, signature)
    if not (signed or len(words) == 2) or not words[0].isdecimal() or not _HASH.fullmatch(words[1]):  # noqa: PLR2004
        raise ValueError("words")
    link = Link(int(words[0]), words[1])
    if not signed:
        return Note(link)
    if not _KEY.fullmatch(words[2]):
        raise ValueError("key")
    return Note(link, words[2], base64.b64decode(words[3], validate=True))
