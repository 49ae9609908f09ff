"""The catalogue's words: findings, evidence, decisions, verdicts. No type here ever holds a value, but `Finding`
spans.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pratique.model.codec import LATER
from pratique.model.data import FormatSpec
from pratique.model.paths import FieldPath
from pratique.model.schema import Schema


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Where in one text something was found. Offsets count Python `str` positions; ``text[start:end]`` is the
    mention.
    """

    start: int
    end: int
    entity: str
    score: float
    """0 to 1."""
    detector: str


@dataclass(frozen=True, slots=True)
class TypeEvidence:
    """How one entity type showed itself in one field."""

    entity: str
    hits: int
    """Sampled values with at least one finding of the type."""
    share: float
    """Hits per non-null sampled value."""
    mean_score: float
    whole: int
    """Hits that cover the whole value (but for surrounding spaces)."""
    by_name: bool = False
    """Whether the field's name is evidence of this type."""
    tagged: bool = field(default=False, metadata=LATER)
    """Whether the schema that the data came with tags the field as this type."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Value-free counts for one field."""

    path: FieldPath
    sampled: int
    """Values looked at, nulls included."""
    nulls: int
    distinct: int
    """Estimate of the distinct values among those sampled (exact up to 10,000)."""
    mean_length: float
    """In characters, of the text form."""
    mean_words: float
    types: tuple[TypeEvidence, ...]
    """Every type seen, largest share first."""
    date_formats: tuple[str, ...] = ()
    """strptime patterns that fit every date-like value; several mean that day and month cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look at a dataset found."""

    dataset: str
    schema: Schema
    format: FormatSpec
    """The format with everything that was detected once (dialect, header, encoding)."""
    evidence: tuple[Evidence, ...]
    records: int
    """Records looked at."""
    complete: bool
    """Whether every record was looked at."""
    random: bool
    """Whether a partial sample was random over records; only then has it a miss bound."""
    rejects: int
    detectors: Mapping[str, str]
    """Detector name to version digest."""
    at: str
    """UTC, ISO 8601."""

    @property
    def miss_bound(self) -> float | None:
        """A class present in at least this share of records would have been seen with 95 % confidence; 0 for a complete
        scan, None where the sample was not random (the exact form of the rule of three: ``1 - 0.05 ** (1 / n)``).
        """
        if self.complete:
            return 0.0
        return 1 - 0.05 ** (1 / self.records) if self.random and self.records else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The types that evidence proposes for one field."""

    path: FieldPath
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scoring:
    """What a scan's evidence proposed, by the thresholds and detectors of a moment: at the scan, and whenever it was
    scored anew without reading the data. So a change of mind can be told from a change of data.
    """

    dataset: str
    scan: str
    """``at`` of the scan whose evidence it is."""
    at: str
    """UTC, ISO 8601."""
    share: float
    """The share of values from which a type was proposed."""
    detectors: Mapping[str, str]
    """Of the moment: detector name to version digest."""
    evidence: tuple[Evidence, ...]
    """Of the fields whose evidence is not the scan's any more: a name that says something else, a type that is gone."""
    proposals: tuple[Proposal, ...]
    """Of the fields for which anything was proposed."""


class DecisionKind(StrEnum):
    """What a person can say of a field."""

    CONFIRM = "confirm"
    """The proposed types are right."""
    REJECT = "reject"
    """This type is not in this field; also the waiver for it. Loosens."""
    SET = "set"
    """These are the types. Loosens if it removes a proposed or set one."""
    NOT_PERSONAL = "not-personal"
    """No personal data here. Loosens."""
    WITHDRAW = "withdraw"
    """The newest decision that still stands is taken back, as if it had never been taken. Loosens if that does."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One append-only row: who decided what of which field, when, why, and the signature where it loosens."""

    dataset: str
    path: FieldPath
    kind: DecisionKind
    entities: tuple[str, ...]
    """The rejected type (exactly one), the set types, the confirmed types; empty for not-personal and withdraw."""
    who: str
    """A steward's name, or ``unproven:<system user>``."""
    at: str
    reason: str
    sequence: int
    """Counts the decisions of one field, from 1: two decisions on one state collide instead of overwriting."""
    bulk: str = ""
    """An id shared by decisions that were taken together; empty for one by one."""
    signature: str = ""
    """Base64 Ed25519 over `canonical` of this decision with an empty signature; empty where none was given."""


class VerdictState(StrEnum):
    """How a verdict came to be."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    UNDECIDED = "undecided"
    """Nothing was found and nobody decided: the field quarantines."""
    CONFLICT = "conflict"
    """New evidence speaks against a decision: shown, treated as the stricter of the two."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one field is held to be, now."""

    path: FieldPath
    state: VerdictState
    entities: tuple[str, ...]
    """Types to treat. Empty: not personal if DECIDED, unknown if UNDECIDED."""
    waived: tuple[str, ...] = ()
    """Types that a signed ``reject`` says are not here, whatever a detector says."""
    by: str = ""
    bulk: bool = False
    ignored: int = 0
    """Loosening decisions that were ignored for want of a good signature."""
    notes: tuple[str, ...] = field(default=())
