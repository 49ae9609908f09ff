"""What a report tells of a whole project: counts, states and names, never a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pratique.pipeline.results import AuditReport, HeldState


class Exposure(StrEnum):
    """What becomes of one field in one flow, the worst first."""

    IN_CLEAR = "in clear"
    """Personal data that passes as it is."""
    CLOSES = "closes the flow"
    """The flow cannot run because of this field."""
    HELD = "held back"
    """Nobody decided, or there is no rule: a record with a value here goes to quarantine."""
    TEXT = "free text"
    """What is found in the text is treated; what no detector finds passes."""
    PROPOSED = "treated, unreviewed"
    """Treated on a proposal that nobody has reviewed."""
    KEPT = "kept"
    """Passes as it is, since a person said that it is not personal; or a rule keeps it."""
    TREATED = "treated"
    """Treated, and a person said what it is."""
    GONE = "gone"
    """Dropped, or replaced by a constant."""


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many fields of one dataset are held to be of one type."""

    decided: int = 0
    proposed: int = 0
    conflict: int = 0


@dataclass(frozen=True, slots=True)
class FamilyCount:
    """How many fields of one dataset are held to be of one family."""

    fields: TypeCount
    """One with several types of the family counts once."""
    types: Mapping[str, TypeCount]
    """Of its types, by name: one with several counts with each."""


@dataclass(frozen=True, slots=True)
class ScanPoint:
    """One scan of a dataset, beside the one before."""

    number: int
    """From 1."""
    at: str
    records: int
    rejects: int
    new: int
    """Fields that the scan before did not have; 0 of the first scan."""
    gone: int
    retyped: int
    """Fields with a kind that they did not have."""


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """One dataset of the project file, as its catalogue stands."""

    name: str
    region: str
    restricted: bool
    read: bool
    """Whether a flow reads it."""
    written: bool
    """Whether a flow writes it."""
    unread: bool = False
    """Whether what is known of it could not be read: then nothing else is told of it."""
    scanned: str = ""
    """When the newest scan was taken; empty where there is none."""
    records: int = 0
    """Records that it looked at."""
    miss_bound: float | None = None
    """As `Scan.miss_bound`."""
    fields: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    """Fields by `VerdictState`."""
    kept: int = 0
    """Fields that a person decided to be not personal."""
    bulk: int = 0
    """Fields that rest on a decision that was taken in bulk."""
    decisions: int = 0
    """Decisions ever taken."""
    ignored: int = 0
    """Decisions that loosen and do not count, for want of a steward's signature."""
    families: Mapping[str, FamilyCount] = field(default_factory=dict)
    """By family of entity types; types that are in none stand under an empty name."""
    exposures: Mapping[str, Mapping[Exposure, int]] = field(default_factory=dict)
    """Fields by what becomes of them, for each flow that reads the dataset."""
    scans: Sequence[ScanPoint] = ()
    """Oldest first; the newest of them where there are many."""


@dataclass(frozen=True, slots=True)
class Loosening:
    """One decision of a kind that can loosen."""

    dataset: str
    field: str
    """Its name, or ``#n`` where names are left out."""
    kind: str
    entities: tuple[str, ...]
    at: str
    signed_by: str
    """The listed steward whose signature it bears; empty where nobody's is good."""
    bulk: bool
    fate: str
    """As `Fate`."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release of a flow."""

    sequence: int
    run: str
    at: str
    read: int
    written: int
    quarantined: Mapping[str, int]
    """By rule."""
    data_class: str
    route: str
    """``eu -> us``; empty inside one region."""
    residue: int
    residue_score: float
    guard_score: float
    max_quarantine: float | None
    """The share that was allowed; None where the plan is not stored any more."""
    waivers: int
    bulk: int
    """Fields that rested on a bulk decision."""
    replays: int
    """Of a replay: from how many runs' quarantine its records came."""
    plan: str
    state: str
    """``there``, ``purged``, or ``missing``: its target holds no such ``release.json``."""

    @property
    def held(self) -> int:
        """Records that went to quarantine."""
        return sum(self.quarantined.values())

    @property
    def adds_up(self) -> bool:
        """Whether every record that was read is written or in quarantine."""
        return self.read == self.written + self.held


@dataclass(frozen=True, slots=True)
class FlowReport:
    """One flow: could it run, by which plan, and what did it release."""

    name: str
    source: str
    target: str
    policy: str
    route: str
    closed: str = ""
    """Why it cannot run; empty if it could."""
    data_class: str = ""
    fields: int = 0
    held: int = 0
    """Fields whose every value holds its record back."""
    held_share: float = 0.0
    """The largest share of the scanned records that one of them has values in."""
    max_quarantine: float = 0.0
    max_quarantine_count: int | None = None
    plan: str = ""
    """Hash of the plan as it would be now; empty where none compiles."""
    newest_plan: str = ""
    """Hash of the newest release's plan."""
    changes: Mapping[str, int] = field(default_factory=dict)
    """What changed since the newest release's plan, by where it comes from."""
    releases: Sequence[ReleaseRow] = ()
    """Oldest first."""
    open_run: str = ""
    """A run that was begun and is not released."""


@dataclass(frozen=True, slots=True)
class RouteReport:
    """One route."""

    name: str
    data_class: str
    basis: str
    until: str
    days: int
    """Until it closes; negative once it has."""
    residue: int
    flows: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldReport:
    """Records in quarantine that one rule holds in one field of one run."""

    flow: str
    release: int | None
    rule: str
    field: str
    records: int
    state: HeldState


@dataclass(frozen=True, slots=True)
class KeyReport:
    """One key, by what describes it."""

    region: str
    kind: str
    id: str
    version: str
    created: str


class Urgency(StrEnum):
    """How pressing a piece of work is."""

    NOW = "now"
    """Something is wrong, or stands still."""
    SOON = "soon"
    """It will be, or a person is waited for."""
    LOOK = "look"
    """Somebody should know."""


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of open work."""

    urgency: Urgency
    what: str
    command: str = ""
    """What to type; empty where a person edits a file."""


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """A project as it stands at one moment."""

    project: str
    at: str
    """UTC, ISO 8601, seconds."""
    code: str
    """Version of Pratique."""
    named: bool
    """Whether datasets, flows, fields and people are named."""
    datasets: Sequence[DatasetReport]
    flows: Sequence[FlowReport]
    routes: Sequence[RouteReport]
    loosenings: Sequence[Loosening]
    held: Sequence[HeldReport]
    keys: Sequence[KeyReport]
    audits: Sequence[AuditReport]
    tasks: Sequence[Task]
    """The most urgent first."""
    problems: Sequence[str]
    """What could not be read, so that it is missing here."""
