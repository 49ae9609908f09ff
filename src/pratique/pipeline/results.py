"""What the ways give back, for the library's users and the command line to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
class Explanation:
    """A plan for people."""

    summary: PlanSummary
    fields: Sequence[FieldExplanation]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
