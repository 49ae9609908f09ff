"""Fields that are alike, so that one decision can be taken on all of them.

Three ways to be alike, each narrower in what it looks at than "the same data"; none of them compares values:

- *name*: the field's own name, without regard to capitals, whatever it lies in.
- *types*: the state, and the types that the field is held to be.
- *evidence*: the state, the kinds of value, and every type seen, each by the band of its share (`BANDS`) and whether
  the name speaks for it; and, in bands too, how long the texts are and how often values repeat.
"""

from bisect import bisect_right
from collections.abc import Iterable
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
    EVIDENCE = "evidence"


def likeness(
    by: Alike, path: FieldPath, kinds: Iterable[Kind], evidence: Evidence, verdict: Verdict
) -> tuple[object, ...]:
    """Equal for two fields exactly if they are alike in this way."""
    held = (verdict.state, tuple(sorted(verdict.entities)), tuple(sorted(verdict.waived)))
    match by:
        case Alike.NAME:
            return (next((part for part in reversed(path) if part not in MARKERS), "").casefold(),)
        case Alike.TYPES:
            return held
        case Alike.EVIDENCE:
            filled = max(1, evidence.sampled - evidence.nulls)
            seen = sorted((t.entity, _band(t.share) if t.hits else -1, t.by_name) for t in evidence.types)
            shape = (bisect_right(_WORDS, evidence.mean_words), bisect_right(_REPEATS, evidence.distinct / filled))
            return (*held, tuple(sorted(set(kinds) - {Kind.NULL})), tuple(seen), shape, evidence.date_formats)


def _band(share: float) -> int:
    return bisect_right(BANDS, share)
