"""What the ways give back, for the library's users and the command line to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pratique.audit import Finding
from pratique.model.catalogue import Decision, Evidence, Scan, Verdict
from pratique.model.classes import DataClass
from pratique.model.paths import FieldPath
from pratique.model.release import Counts
from pratique.policy import FieldExplanation, PlanSummary


@dataclass(frozen=True, slots=True)
class ScanReport:
    """One scanned dataset."""

    scan: Scan
    verdicts: Mapping[FieldPath, Verdict]
    differences: Sequence[str]
    """What changed since the scan before, field by field."""
    rejected: Mapping[str, int] = field(default_factory=dict)
    """How many records could not be read, by the rule that they broke."""
    first_reject: str = ""
    """Where the first of them stands: its input and its offset; empty where there is none."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """All that the catalogue knows of one field."""

    dataset: str
    path: FieldPath
    evidence: Evidence
    verdict: Verdict
    decisions: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did."""

    flow: str
    run: str
    nothing_new: bool
    """Whether every input was in an earlier release already; then the other figures are of that release."""
    resumed: bool
    """Whether an unfinished run was taken up."""
    release_path: str
    """Of ``release.json``."""
    counts: Counts
    files: int
    bytes: int
    parts: int
    data_class: DataClass
    sequence: int
    target: str


@dataclass(frozen=True, slots=True)
class StreamReport:
    """What a stream's worker did, from its start to its end."""

    flow: str
    read: int
    written: int
    quarantined: int
    transactions: int
    resumed: int
    """How often it took hold of the stream: once, and once more after each fault."""
    releases: tuple[int, ...]
    """The numbers of those that it made."""
    target: str


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a flow is behind in one partition of its source."""

    flow: str
    partition: int
    offset: int | None
    """The next one to take; None where nothing was taken yet."""
    end: int
    read: int
    """Since the flow began, like the two below."""
    written: int
    quarantined: int

    @property
    def behind(self) -> int:
        """Offsets to go; those of a broker's own marks count too."""
        return self.end - (self.offset or 0)


class HeldState(StrEnum):
    """What can be done about records in quarantine."""

    HELD = "held"
    """They can be replayed."""
    REPLAYED = "replayed"
    """They were, and what failed again is held by the replay."""
    CUT = "cut"
    """They were longer than a format takes, and only their beginning was kept: they cannot be replayed."""
    FOREIGN = "foreign"
    """A value of another record stands in them, which a replay does not read: they cannot be replayed."""
    SUPERSEDED = "superseded"
    """A later full run has treated them again, and released or held them itself."""
    UNRELEASED = "unreleased"
    """Of a run that is not released: they are in the source still, and the next run treats them."""


@dataclass(frozen=True, slots=True)
class Held:
    """Records in quarantine that one rule held in one field of one run."""

    flow: str
    run: str
    release: int | None
    """The number of the run's release; None of a run that is not released."""
    rule: str
    field: str
    """As `show_path` writes it; ``new fields`` for those that the plan does not know; empty where no field did it."""
    records: int
    state: HeldState
    replayed_by: str
    """The run of the replay, or empty."""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record in quarantine."""

    flow: str
    run: str
    part: str
    ordinal: int
    """Where it begins in its input: a byte offset, or a number in formats whose records have none."""
    rule: str
    field: str
    """As in `Held`; whatever its name is where the record was revealed."""
    size: int
    """Bytes."""
    replayed_by: str
    original: bytes | None = None
    """The record itself, only where it was revealed."""

    def __repr__(self) -> str:
        return f"HeldRecord(run={self.run!r}, part={self.part!r}, ordinal={self.ordinal}, rule={self.rule!r})"


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay did."""

    release: RunReport | None
    """The replay as a release of its own: what it read is what it took out of quarantine, what it quarantined is held
    again. None where there was nothing to replay.
    """
    runs: tuple[str, ...]
    """Of which runs."""
    cut: int
    """Records that were left, since only their beginning was kept (rule ``size``): they are in the source alone."""
    gone: int
    """Records that were left, since their sealed file is not there any more."""
    foreign: int = 0
    """Records that were left, since a value of another record stands in them (rule ``foreign-echo``): that record is
    not read in a replay, so nothing would hold them back.
    """


@dataclass(frozen=True, slots=True)
class ReidentifyReport:
    """What a re-identification wrote."""

    path: str
    records: int
    fields: Sequence[FieldPath]
    failed: int
    """Values that could not be restored; they stand as released."""


@dataclass(frozen=True, slots=True)
class ProtectReport:
    """Data treated in memory. It went through no gate that mints `Cleared`: it is not released."""

    records: Sequence[Mapping[str, object]] | None
    text: str | None
    quarantined: Mapping[str, int]
    """By rule."""
    released: bool = False
    """Always False: only a signed release speaks."""


@dataclass(frozen=True, slots=True)
class FamilyMeaning:
    """What a policy's rule for a family of types means."""

    family: str
    rule: str
    """The transform, as a person writes it."""
    place: str
    """File and line."""
    types: tuple[str, ...]
    """The entity types that go by it: those of the family without a rule of their own."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A plan for people."""

    summary: PlanSummary
    fields: Sequence[FieldExplanation]
    families: Sequence[FamilyMeaning]
    """Those that the policy has a rule for, in its order."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry of a region's log."""

    sequence: int
    at: str
    event: str
    who: str
    details: Mapping[str, Any]
    """Numbers, names and digests; never a value."""
    hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries of a region's log."""

    region: str
    entries: Sequence[AuditEntry]
    """Oldest first."""
    earlier: int
    """How many that fit stand before them."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What checking one region's log found."""

    region: str
    ok: bool
    entries: int
    """Entries that are right, from the first on."""
    head: str
    """The hash of the last of them."""
    signed: bool
    """Whether the end is signed by the region's exporter."""
    torn: bool = False
    """Whether a line that was never finished stands at the end."""
    releases: int = 0
    """Stored releases whose head was looked for."""
    published: int = 0
    """Releases of this exporter in the flows' targets."""
    problems: Sequence[Finding] = ()
    """What does not fit."""
    notes: Sequence[str] = ()
    """What was not proven, and what a killed process explains, in sentences."""


@dataclass(frozen=True, slots=True)
class PurgeItem:
    """One thing that is past its time."""

    region: str
    """Whose log and stores tell of it."""
    what: str
    """``release``, ``restored``, ``quarantine``, ``scan``, ``plan`` or ``staging``."""
    of: str
    """The flow, or the dataset."""
    name: str
    """Run, file, or digest."""
    since: str = ""
    """When its time began: UTC, ISO 8601."""
    due: str = ""
    """When its time was over."""
    rule: str = ""
    """``retention 2y of customers``."""
    files: int = 0
    size: int = 0
    """Bytes."""
    again: bool = False
    """Whether it was purged before, and something of it is (still, or again) there."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What a purge removed, or would."""

    dry_run: bool
    at: str
    items: Sequence[PurgeItem]


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One flow that uses a domain's keys."""

    flow: str
    target: str
    fields: Sequence[str]
    """Those that the plan treats with them."""
    releases: int
    """How many releases, purged ones left out, were made with them."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A domain's key version, and who uses it."""

    region: str
    domain: str
    version: int
    """That new plans use."""
    uses: Sequence[KeyUse]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
    note: bool = False
    """Whether somebody should look, though nothing is amiss."""
