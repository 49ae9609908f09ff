"""Runs and releases: what one run let through, and the statement that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pratique.model.chain import Span
from pratique.model.codec import LATER

RELEASE_VERSION = 1
RELEASE_TYPE = "urn:pratique:release:1"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
RELEASE_FILE = "release.json"
NEW_FIELD = "new fields"
"""Stands for every field that a plan does not know."""


@dataclass(frozen=True, slots=True)
class Counts:
    """``read = written + quarantined`` holds for every part; the gate refuses otherwise."""

    read: int
    """Records in the source, counted from its bytes."""
    written: int
    """Records in the output, counted by the gate from the bytes that it re-read."""
    quarantined: Mapping[str, int]
    """By rule."""


@dataclass(frozen=True, slots=True)
class InputState:
    """One input as a run saw it."""

    name: str
    number: int
    size: int
    digest: str
    """SHA-256 of the stored bytes, hex. Stays in the region; a release carries an HMAC of it."""


class PartState(StrEnum):
    """How far a part is."""

    OPEN = "open"
    CLEARED = "cleared"
    """Staged, and cleared by the gate."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A finished staging file of one part."""

    part: str
    name: str
    """The name that it will be published under, ``<run id>/<part>.<extension>``."""
    staged: str
    """Path in the staging folder, relative to it."""
    size: int
    digest: str
    """SHA-256, hex, as the gate computed it from the bytes that it re-read."""
    counts: Counts
    residue: int
    """Findings left inside, at most what the route allows."""
    waived: Mapping[str, int]
    """Findings that a waiver covered: ``#field number TYPE`` to count."""
    held: Mapping[str, int] = field(default_factory=dict)
    """Quarantined records by the field that held them back: ``#field number``, or `NEW_FIELD`. Those that no field did
    are not counted here."""
    seal: str = field(default="", metadata=LATER)
    """HMAC-SHA-256 (hex) of all this but the staging file, under the region's keys; see `pratique.runs.seal_part`."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a release."""

    name: str
    digest: str
    size: int
    records: int


@dataclass(frozen=True, slots=True)
class Release:
    """The predicate of a release statement: manifest and certificate in one. Never a source name, never a value."""

    version: int
    exporter: str
    dataset: str
    """The target dataset's name."""
    flow: str
    route: Mapping[str, str] | None
    """name, class, basis, until."""
    run: str
    sequence: int
    """Counts the releases of this flow, from 1."""
    previous: str
    """SHA-256 of the previous release's payload, or empty."""
    at: str
    """UTC, ISO 8601, seconds."""
    files: tuple[FileEntry, ...]
    """Exactly the files of the release; the statement's subjects are these."""
    plan: str
    """Plan hash."""
    policy: str
    code: str
    """Version of Pratique."""
    inputs: tuple[str, ...]
    """HMAC-SHA-256 (hex) of each input digest under the exporter's key."""
    counts: Counts
    data_class: str
    format: str
    detectors: Mapping[str, str]
    guard_score: float
    residue_score: float
    residue: int
    waivers: tuple[str, ...]
    """``#field number TYPE``."""
    bulk_decisions: int
    risk: str
    """``not measured`` until a risk measure exists."""
    key: str
    """Id of the signing key."""
    audit_head: str
    replays: tuple[str, ...] = field(default=(), metadata=LATER)
    """Of a replay: the runs in whose quarantine its records were. Empty for a run over the source."""
    span: Span | None = field(default=None, metadata=LATER)
    """Of a stream: the offsets that it covers, in place of files."""
