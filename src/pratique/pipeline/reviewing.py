"""What a review shows of a field, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pratique.infer.shapes import FieldShapes
from pratique.model.catalogue import Decision, DecisionKind, Evidence, Verdict
from pratique.model.paths import FieldPath
from pratique.model.schema import Kind
from pratique.policy.outlook import FlowState, Outcome
from pratique.policy.queue import Rank

FieldName = tuple[str, FieldPath]
"""Dataset and path."""


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type that a field can be held to be."""

    name: str
    family: str
    """One of `pratique.model.families.FAMILIES`, or empty."""
    used: bool
    """Whether the project speaks of it: in a rule or a definition of its own, a decision, or what was found."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One field as a reviewer sees it. A decision is taken on exactly this: what came since is a conflict."""

    dataset: str
    path: FieldPath
    kinds: tuple[Kind, ...]
    evidence: Evidence
    verdict: Verdict
    decisions: Sequence[Decision]
    """All of the field, oldest first."""
    records: int
    """Records that the scan looked at."""
    miss_bound: float | None
    """As `Scan.miss_bound`."""
    scanned: str
    """When the scan was taken."""
    rank: Rank
    outcomes: Sequence[Outcome]
    """What each flow does with it now."""

    @property
    def name(self) -> FieldName:
        """What tells it from every other."""
        return self.dataset, self.path


@dataclass(frozen=True, slots=True)
class FlowChange:
    """What one decision would do to one flow."""

    before: Outcome
    after: Outcome
    flow_before: FlowState
    flow_after: FlowState

    @property
    def opens(self) -> bool:
        """Whether the flow could come to a release then, and cannot now."""
        return self.flow_after.open and not self.flow_before.open

    @property
    def closes(self) -> bool:
        """Whether the flow could come to a release now, and could not then."""
        return self.flow_before.open and not self.flow_after.open


@dataclass(frozen=True, slots=True)
class Option:
    """One decision that could be taken on a field, and what it would change."""

    kind: DecisionKind
    entities: tuple[str, ...]
    loosens: bool
    """Whether it counts only with a steward's signature."""
    found: tuple[str, ...]
    """Types of which the scan found some in the field's values."""
    verdict: Verdict
    """What the field would be held to be."""
    changes: Sequence[FlowChange]
    """One per flow that reads the field's dataset."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer chose for one field as it was shown."""

    item: ReviewItem
    kind: DecisionKind
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapesSeen:
    """Masked shapes of a dataset's fields, or why there are none."""

    fields: dict[FieldPath, FieldShapes] = field(default_factory=dict)
    problem: str = ""
