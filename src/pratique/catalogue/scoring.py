"""Scoring anew: what stored evidence proposes under today's thresholds and detectors, without reading data again.

Evidence is counts, and counts last as long as what counted them:

- *thresholds and weights* (the share from which a type is proposed, what a whole value weighs) work on counts alone, so
  the stored evidence always suffices;
- *what a field's name says* is asked anew; it suffices where a type was seen anyway, or where there is no value;
- *a type that is gone* goes from the evidence;
- *what finds a type in values* (patterns, validators, lists, code, recognisers) cannot be asked again without the
  values: the fields where it could find something else are to be scanned again (`stale`).

A `Scoring` notes what was proposed at the scan and at every scoring anew. From them follows since when a type is
proposed (`moments`): what somebody dismissed who saw it stays dismissed, what is proposed only since then was not seen,
and is a conflict with what was decided. So scoring anew keeps every decision, and hides nothing behind one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from pratique.catalogue.proposals import proposals
from pratique.catalogue.verdicts import Moments, moment
from pratique.model.catalogue import Evidence, Proposal, Scan, Scoring, TypeEvidence
from pratique.model.paths import FieldPath
from pratique.model.schema import Kind
from pratique.ports import TextDetector

UNSEEN: Final = datetime.max.replace(tzinfo=UTC)
"""Since when a type is proposed that no scoring tells of yet: nobody can have seen it."""
_TYPE, _NAME = "type.", "name."
_COVERED: Final = frozenset({"detect.patterns", "detect.custom"})
"""Digests over all types at once, which each type's own digests tell apart."""
_OF_TEXTS: Final = frozenset({"detect.names", "detect.allow", "detect.model"})
"""What can only change what is found in texts."""
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DOUBLE})


@dataclass(frozen=True, slots=True)
class ProposalChange:
    """A field for which something else is proposed than before."""

    path: FieldPath
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaleField:
    """A field whose stored evidence no longer tells what the detectors of today would find."""

    path: FieldPath
    because: tuple[str, ...]
    """What changed since the scan: ``PERSON: how it is found``, ``detect.code``."""


def latest(scan: Scan, scorings: Sequence[Scoring]) -> Scan:
    """The scan with its evidence as it was last scored; its own detectors stay: they counted."""
    if not scorings or not scorings[-1].evidence:
        return scan
    newer = {found.path: found for found in scorings[-1].evidence}
    return replace(scan, evidence=tuple(newer.get(found.path, found) for found in scan.evidence))


def score(scan: Scan, share: float, detectors: Mapping[str, str], *, at: str, looked: Scan | None = None) -> Scoring:
    """What ``scan``'s evidence proposes; ``looked`` is the scan as it was stored, where its evidence was since scored
    anew.
    """
    before = {found.path: found for found in (looked or scan).evidence}
    found = proposals(scan, share)
    return Scoring(
        dataset=scan.dataset,
        scan=scan.at,
        at=at,
        share=share,
        detectors=dict(detectors),
        evidence=tuple(found for found in scan.evidence if before.get(found.path) != found),
        proposals=tuple(Proposal(path, entities) for path, entities in found.items() if entities),
    )


def moments(scan: Scan, scorings: Sequence[Scoring], share: float) -> Moments:
    """Since when what is proposed now has been proposed without a break.

    The first scoring is the scan's own. What no scoring tells of is `UNSEEN`; where there is none at all (a scan of
    before there were any), everything is as old as the scan.
    """
    now = proposals(latest(scan, scorings), share)
    since: dict[FieldPath, dict[str, datetime]] = {}
    for number, scoring in enumerate(scorings):
        at = moment(scoring.at) if number else moment(scan.at)
        before, since = since, {}
        for proposal in scoring.proposals:
            known = before.get(proposal.path, {})
            since[proposal.path] = {entity: known.get(entity, at) for entity in proposal.entities}
    if not scorings:
        return {}
    return {
        path: {entity: since.get(path, {}).get(entity, UNSEEN) for entity in entities} for path, entities in now.items()
    }


def rescored(scan: Scan, detector: TextDetector) -> Scan:
    """The scan with what can be asked anew: what names say, and which types there are."""
    return replace(scan, evidence=tuple(_rescored(found, detector) for found in scan.evidence))


def _rescored(evidence: Evidence, detector: TextDetector) -> Evidence:
    named = detector.types_of_name(evidence.path)
    known = [found for found in evidence.types if found.entity in detector.entities]
    seen = {found.entity: found for found in known if found.hits or found.tagged}
    seen |= {entity: TypeEvidence(entity, 0, 0.0, 0.0, 0) for entity in named if entity not in seen}
    types = [replace(found, by_name=entity in named) for entity, found in seen.items()]
    return replace(evidence, types=tuple(sorted(types, key=lambda found: (-found.share, found.entity))))


def changes(
    before: Mapping[FieldPath, Sequence[str]], after: Mapping[FieldPath, Sequence[str]]
) -> tuple[ProposalChange, ...]:
    """Where proposals differ, in the order of ``after``, then of what is only in ``before``."""
    found = []
    for path in dict.fromkeys((*after, *before)):
        was, now = before.get(path, ()), after.get(path, ())
        gained, lost = (tuple(sorted(set(a) - set(b))) for a, b in ((now, was), (was, now)))
        if gained or lost:
            found.append(ProposalChange(path, gained, lost))
    return tuple(found)


def proposed(scoring: Scoring) -> dict[FieldPath, tuple[str, ...]]:
    """What a scoring proposed, by field."""
    return {proposal.path: proposal.entities for proposal in scoring.proposals}


def stale(scan: Scan, detector: TextDetector, detectors: Mapping[str, str]) -> tuple[StaleField, ...]:
    """The fields to scan again, and why; ``scan`` is the scan as it was stored, ``detectors`` those of today.

    Errs on one side: a field that is not listed would give the same evidence again (its name aside, see `rescored`); a
    listed one might. Fields without a value are never listed, numbers only for what finds types by their check digits.
    """
    drift = _Drift.between(scan.detectors, detectors, detector)
    if not drift:
        return ()
    kinds = {leaf.path: leaf.kinds for leaf in scan.schema.fields()}
    found = []
    for evidence in scan.evidence:
        if evidence.sampled <= evidence.nulls:
            continue
        because = drift.reasons(evidence, kinds.get(evidence.path, frozenset()), detector)
        if because:
            found.append(StaleField(evidence.path, tuple(dict.fromkeys(because))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Drift:
    """What is other than at the scan."""

    everywhere: tuple[str, ...]
    """Components that could change any finding."""
    in_texts: tuple[str, ...]
    """Components that could change what is found in texts."""
    finding: tuple[str, ...]
    """Types that are found in values otherwise, or newly."""
    naming: tuple[str, ...]
    """Types of which other names are evidence, or newly."""
    gone: tuple[str, ...]

    @classmethod
    def between(cls, old: Mapping[str, str], new: Mapping[str, str], detector: TextDetector) -> "_Drift":
        changed = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
        typed = any(name.startswith(_TYPE) for name in old)
        shared = [name for name in changed if not name.startswith((_TYPE, _NAME)) and not (typed and name in _COVERED)]
        types = {prefix: [n.removeprefix(prefix) for n in changed if n.startswith(prefix)] for prefix in (_TYPE, _NAME)}
        # A scan of before types had digests of their own says nothing of them.
        finding = [t for t in types[_TYPE] if typed and new.get(_TYPE + t)]
        gone = [t for t in types[_TYPE] if typed and t not in detector.entities]
        naming = [t for t in types[_NAME] if typed and t in detector.entities]
        order = ["detect.custom"] if typed and "detect.custom" in changed and not (finding or gone or naming) else []
        return cls(
            everywhere=tuple(n for n in shared if n not in _OF_TEXTS),
            in_texts=(*(n for n in shared if n in _OF_TEXTS), *order),
            finding=tuple(finding),
            naming=tuple(naming),
            gone=tuple(gone),
        )

    def __bool__(self) -> bool:
        return any((self.everywhere, self.in_texts, self.finding, self.naming, self.gone))

    def reasons(self, evidence: Evidence, kinds: frozenset[Kind], detector: TextDetector) -> list[str]:
        """Why one field is to be scanned again."""
        hits = {found.entity for found in evidence.types if found.hits}
        was_named = {found.entity for found in evidence.types if found.by_name}
        named = detector.types_of_name(evidence.path)
        texts, numbers = Kind.STRING in kinds, bool(kinds & _NUMBERS)
        found = list(self.everywhere) if texts or numbers else []
        found += self.in_texts if texts else ()
        seekable = detector.entities if texts else detector.validated() if numbers else frozenset()
        found += [f"{entity}: how it is found" for entity in self.finding if entity in seekable]
        found += [
            f"{entity}: what the field's name says"
            for entity in self.naming
            if entity in seekable
            and (entity in named) != (entity in was_named)
            and (entity in named) != (entity in hits)
        ]
        return found + [f"{entity}: gone" for entity in self.gone if entity in hits]
