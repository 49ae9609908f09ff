"""In which order fields are reviewed: what would pass in clear or blocks most comes first.

1. *in clear*: a field that nobody decided, or that evidence speaks against, whose values would pass as they are.
2. *conflict*: evidence that is newer than a decision speaks against it.
3. *closes*: a flow cannot run because of this field.
4. *holds back*: records with a value here go to quarantine.
5. *treated*: a proposal is treated by its type's rule, and nobody has said that this is right.
6. *idle*: no flow reads the field.

Inside a rank the fields of more records in more flows come first; of those that are treated, the weakest treatment; of
equals, the project file's order and the schema's. What a person decided, and nothing speaks against, is not in the
queue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pratique.model.catalogue import Evidence, Verdict, VerdictState
from pratique.policy.choose import STRICTNESS
from pratique.policy.outlook import Outcome, reach


class Risk(StrEnum):
    """Why a field is where it is in the queue; in the queue's order."""

    IN_CLEAR = "in clear"
    CONFLICT = "conflict"
    CLOSES = "closes"
    HOLDS = "holds back"
    TREATED = "treated"
    IDLE = "idle"
    DECIDED = "decided"
    """Not in the queue."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A field's place in the queue."""

    risk: Risk
    weight: float
    """Inside a risk: larger comes first."""
    why: str
    """One sentence for people: fields, flows and rules, no value."""

    @property
    def key(self) -> tuple[int, float]:
        """Sorts ranks into the queue's order."""
        return list(Risk).index(self.risk), -self.weight


def rank(verdict: Verdict, evidence: Evidence, records: int, outcomes: Sequence[Outcome]) -> Rank:
    """The place of a field that was seen in ``records`` records, by what each flow does with it."""
    filled = evidence.sampled - evidence.nulls
    part = reach(evidence, records)
    clear = [f for f in outcomes if f.in_clear]
    closed = [f for f in outcomes if f.problem]
    held = [f for f in outcomes if f.held]
    if verdict.state is VerdictState.DECIDED:
        found = Rank(Risk.DECIDED, 0, f"decided by {verdict.by}")
    elif clear:
        what = "what no detector finds in the text passes" if clear[0].transform == "free text" else "passes"
        found = Rank(Risk.IN_CLEAR, part * len(clear), f"{what} in clear in {_flows(clear)}, by {clear[0].rule}")
    elif verdict.state is VerdictState.CONFLICT:
        note = verdict.notes[0] if verdict.notes else "what was found speaks against what was decided"
        found = Rank(Risk.CONFLICT, part * max(1, len(outcomes)), note)
    elif closed:
        found = Rank(Risk.CLOSES, part * len(closed), f"keeps {_flows(closed)} closed")
    elif held:
        of = f"{_share(part)} of the records" if filled else "records, once one has a value here,"
        cause = "nothing found, nobody decided" if held[0].rule == "undecided" else f"by {held[0].rule}"
        found = Rank(Risk.HOLDS, part * len(held), f"holds back {of} in {_flows(held)}: {cause}")
    elif outcomes:
        words = ", ".join(dict.fromkeys(f.transform for f in outcomes))
        weakest = max(map(_weakness, outcomes))
        found = Rank(Risk.TREATED, weakest + part, f"treated ({words}), and nobody has said that this is right")
    else:
        found = Rank(Risk.IDLE, part, "no flow reads it")
    return found


def _weakness(outcome: Outcome) -> int:
    return STRICTNESS.index(outcome.transform) if outcome.transform in STRICTNESS else len(STRICTNESS)


def _flows(outcomes: Sequence[Outcome]) -> str:
    names = list(dict.fromkeys(f.flow for f in outcomes))
    return f"flow {names[0]}" if len(names) == 1 else f"{len(names)} flows"


def _share(share: float) -> str:
    return f"{share:.0%}" if share == 0 or share >= 0.01 else "under 1%"  # noqa: PLR2004
