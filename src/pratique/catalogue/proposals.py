"""Which entity types evidence proposes for a field. A proposal only ever makes treatment stricter."""

from typing import Final

from pratique.model.catalogue import Evidence, Scan, TypeEvidence
from pratique.model.paths import FieldPath

WHOLE_WEIGHT: Final = 5
"""A hit that covers a whole value weighs as much as so many hits inside longer values: a cell that *is* an IBAN says
more of its column than a text that mentions one."""


def propose(evidence: Evidence, proposal_share: float) -> tuple[str, ...]:
    """Every type that the evidence proposes, largest share first, then by name.

    A type is proposed when at least one of these holds:

    1. its share of the non-null values is ``proposal_share`` or more;
    2. its whole-value hits, weighed `WHOLE_WEIGHT` fold, are that share of the non-null values;
    3. the field's name speaks for it, and so does at least one value;
    4. the field's name speaks for it, and there is no value to speak against it;
    5. the schema that the data came with tags the field so.

    All types that pass are proposed, not the first or the most frequent. Nothing proposed is no finding of its own: the
    field is then undecided, not free of personal data.
    """
    filled = evidence.sampled - evidence.nulls
    kept = [found for found in evidence.types if _proposed(found, filled, proposal_share)]
    kept.sort(key=lambda found: (-found.share, found.entity))
    return tuple(dict.fromkeys(found.entity for found in kept))


def proposals(scan: Scan, proposal_share: float) -> dict[FieldPath, tuple[str, ...]]:
    """What the scan's evidence proposes for every field that it has evidence of."""
    found: dict[FieldPath, tuple[str, ...]] = {}
    for evidence in scan.evidence:
        before = found.get(evidence.path, ())
        found[evidence.path] = tuple(dict.fromkeys((*before, *propose(evidence, proposal_share))))
    return found


def _proposed(found: TypeEvidence, filled: int, share: float) -> bool:
    if found.tagged:
        return True
    if found.by_name and (found.hits > 0 or filled <= 0):
        return True
    if found.hits <= 0:
        return False
    # Written so that a share that is no number proposes.
    return not found.share < share or found.whole * WHOLE_WEIGHT >= share * filled
