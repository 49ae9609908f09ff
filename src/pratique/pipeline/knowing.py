"""What the ways of knowing give back beside scans: samples, history, differences, what an import did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pratique.catalogue import Fate, ProposalChange, StaleField
from pratique.catalogue.importing import Refusal
from pratique.infer.shapes import FieldShapes
from pratique.model.catalogue import Decision, Verdict
from pratique.model.paths import FieldPath


@dataclass(frozen=True, slots=True)
class Sample:
    """What some fields' values look like, read at the moment of asking."""

    dataset: str
    records: int
    """Records read: the first ones of each input, no random sample."""
    by_subject: bool
    """Whether a shape is shown by how many subjects share it; otherwise by how many different values."""
    fields: Sequence[FieldShapes]


@dataclass(frozen=True, slots=True)
class Revealed:
    """A few real values of one field, for the eyes of whoever asked. They do not print by themselves."""

    dataset: str
    path: FieldPath
    values: Sequence[str] = field(repr=False)
    """Different ones, in the order of their first appearance; long ones are cut."""


@dataclass(frozen=True, slots=True)
class RescoreReport:
    """What scoring a dataset's newest scan anew came to."""

    dataset: str
    scan: str
    """When the data was looked at."""
    noted: bool
    """Whether anything was other than at the last scoring, so that this one is kept."""
    changes: Sequence[ProposalChange]
    """Fields for which something else is proposed than at the last scoring."""
    verdicts: Mapping[FieldPath, Verdict]
    """Of those fields, as they are held now."""
    stale: Sequence[StaleField]
    """Fields to scan again: the stored evidence does not tell what today's detectors would find."""


class EventKind(StrEnum):
    """What can happen to a dataset in the catalogue."""

    SCAN = "scan"
    SCORING = "scoring"
    DECISION = "decision"


class Signed(StrEnum):
    """What a decision's signature is worth."""

    NO = "no"
    GOOD = "good"
    BAD = "bad"
    """Of nobody whom the project file lists as a steward, or of other words."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a dataset."""

    dataset: str
    at: str
    kind: EventKind
    path: FieldPath = ()
    """Of a decision."""
    number: int = 0
    """Of a scan, from 1; of a scoring that of its scan."""
    records: int = 0
    """Of a scan: records looked at."""
    changes: Sequence[tuple[FieldPath, str]] = ()
    """Of a scan or a scoring: what is other than before, field by field; of the first scan what it proposes."""
    decision: Decision | None = None
    fate: Fate | None = None
    signed: Signed = Signed.NO


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """How one field differs between two states of the catalogue."""

    path: FieldPath
    before: str | None
    """Its kinds, like ``integer|null``; None where it was not there."""
    after: str | None
    gained: tuple[str, ...]
    """Types that are proposed now and were not."""
    lost: tuple[str, ...]
    was_held: Verdict | None
    """None where it was not there, or where the state is a file's, which tells no verdicts."""
    is_held: Verdict | None
    decisions: tuple[Decision, ...]
    """That the second state has and the first has not."""
    missing: tuple[Decision, ...]
    """That the first state has and the second has not: a file of another catalogue, or an earlier state as second."""


@dataclass(frozen=True, slots=True)
class CatalogueDiff:
    """Two states of a dataset in the catalogue, side by side."""

    dataset: str
    before: str
    """Which state, in words."""
    after: str
    fields: Sequence[FieldDiff]
    """Those that differ."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an edited file came to."""

    dataset: str
    file: str
    new: Sequence[Decision]
    """Decisions of the file that the catalogue did not have; stored only if ``taken``."""
    refused: Sequence[Refusal]
    """Lines that cannot be taken; with any of them, nothing is."""
    taken: bool
