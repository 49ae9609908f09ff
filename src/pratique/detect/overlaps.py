"""Which of overlapping findings stand."""

from dataclasses import dataclass, replace

from pratique.model.catalogue import Finding

CERTAIN = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding before overlaps are resolved."""

    start: int
    end: int
    entity: str
    score: float
    detector: str
    validated: bool = False
    order: int = 0
    """The place of the type in the list of types: settles ties."""

    def finding(self) -> Finding:
        """The finding that it becomes."""
        return Finding(self.start, self.end, self.entity, round(self.score, 4), self.detector)

    @property
    def rank(self) -> tuple[bool, bool, int, float, int, str]:
        """Highest first: a score of 0.5 or more, validated, longer, higher score, earlier type, name."""
        return (self.score < CERTAIN, not self.validated, self.start - self.end, -self.score, self.order, self.entity)


def resolve(text: str, candidates: list[Candidate]) -> list[Finding]:
    """Findings that do not overlap, sorted by start.

    The candidate of the best rank stands. What is left of a worse one that it only partly covers stands too, if its
    score is 0.5 or more and a letter or digit is in it, so that nothing found with certainty is laid open.
    Quasi-linear in the number of candidates.
    """
    taken: list[Candidate] = []
    for cluster in _clusters(candidates):
        if len(cluster) > 1:
            taken += _settle(text, cluster)
        else:
            taken += cluster
    return sorted(c.finding() for c in taken)


def _clusters(candidates: list[Candidate]) -> list[list[Candidate]]:
    clusters: list[list[Candidate]] = []
    reach = -1
    for candidate in sorted(candidates, key=lambda c: (c.start, c.end)):
        if candidate.start >= reach:
            clusters.append([])
        clusters[-1].append(candidate)
        reach = max(reach, candidate.end)
    return clusters


def _settle(text: str, cluster: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    covered = bytearray(max(c.end for c in cluster) - (base := min(c.start for c in cluster)))
    for candidate in sorted(cluster, key=lambda c: c.rank):
        at = candidate.start - base
        whole = covered[at : candidate.end - base]
        if not any(whole):
            kept.append(candidate)
        elif candidate.score >= CERTAIN:
            kept += _rest(text, candidate, whole)
        else:
            continue
        covered[at : candidate.end - base] = b"\x01" * len(whole)
    return kept


def _rest(text: str, candidate: Candidate, covered: bytearray) -> list[Candidate]:
    rest: list[Candidate] = []
    at = 0
    for covered_run in bytes(covered).replace(b"\x01", b" ").split(b" "):
        start = candidate.start + at
        at += len(covered_run) + 1
        piece = text[start : start + len(covered_run)]
        stripped = piece.strip()
        if any(c.isalnum() for c in stripped):
            start += len(piece) - len(piece.lstrip())
            rest.append(replace(candidate, start=start, end=start + len(stripped)))
    return rest
