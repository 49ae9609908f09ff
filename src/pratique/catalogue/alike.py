"""Fields that are alike, so that one decision can be taken on all of them.

Four ways to be alike, each narrower in what it looks at than "the same data"; none of them compares values:

- *name*: the field's own name, without regard to capitals, whatever it lies in.
- *types*: the state, and the types that the field is held to be.
- *families*: the state, and the families of those types: passports of thirty states are one thing to a policy.
- *evidence*: the state, the kinds of value, and every type seen, each by the band of its share (`BANDS`) and whether
  the name speaks for it; and, in bands too, how long the texts are and how often values repeat.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pratique.model.catalogue import Evidence, Verdict
from pratique.model.paths import MARKERS, FieldPath
from pratique.model.schema import Kind

BANDS = (0.05, 0.5, 0.95)
"""Shares at which a band begins: under 5 %, to half, to 95 %, and nearly all."""
_WORDS = (1.05, 4.0)
_REPEATS = (0.01, 0.5)


class Alike(StrEnum):
    """In what fields are alike."""

    NAME = "name"
    TYPES = "types"
    FAMILIES = "families"
    EVIDENCE = "evidence"


def likeness(
    by: Alike,
    path: FieldPath,
    kinds: Iterable[Kind],
    evidence: Evidence,
    verdict: Verdict,
    families: Mapping[str, str] | None = None,
) -> tuple[object, ...]:
    """Equal for two fields exactly if they are alike in this way. ``families``: entity type to family; a type that is
    in none is alike to itself only.
    """
    held = (verdict.state, tuple(sorted(verdict.entities)), tuple(sorted(verdict.waived)))
    match by:
        case Alike.NAME:
            return (next((part for part in reversed(path) if part not in MARKERS), "").casefold(),)
        case Alike.TYPES:
            return held
        case Alike.FAMILIES:
            of = {(families or {}).get(entity) or entity for entity in verdict.entities}
            return verdict.state, tuple(sorted(of)), tuple(sorted(verdict.waived))
        case Alike.EVIDENCE:
            filled = max(1, evidence.sampled - evidence.nulls)
            seen = sorted((t.entity, _band(t.share) if t.hits else -1, t.by_name) for t in evidence.types)
            shape = (bisect_right(_WORDS, evidence.mean_words), bisect_right(_REPEATS, evidence.distinct / filled))
            return (*held, tuple(sorted(set(kinds) - {Kind.NULL})), tuple(seen), shape, evidence.date_formats)


def _band(share: float) -> int:
    return bisect_right(BANDS, share)
