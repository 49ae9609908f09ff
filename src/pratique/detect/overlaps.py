"""Which of overlapping findings stand."""

from dataclasses import dataclass, replace

from pratique.detect.entities.families import family_of
from pratique.model.catalogue import Finding

CERTAIN = 0.5
_ADDRESS = "address"
"""The family whose parts are addresses too."""
_AROUND = " \t\r\n,;:"
_PROOF = (0, 1, 3)
BESIDE = 2
"""The label of a candidate with a word beside it that speaks for its type."""


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
    label: int = 0
    """How near a word stands that speaks for the type: 2 beside it (one word between at most), 1 farther, 0 nowhere."""
    words: int = 0
    """How many words do."""

    def finding(self) -> Finding:
        """The finding that it becomes."""
        return Finding(self.start, self.end, self.entity, round(self.score, 4), self.detector)

    @property
    def proved(self) -> bool:
        """Whether a validator gave its verdict for it, or a word that speaks for its type stands beside it."""
        return self.validated or self.label == BESIDE

    @property
    def rank(self) -> tuple[bool, bool, int, float, int, str]:
        """Highest first: 0.5 or more; validated or with a label beside it; longer; higher score; earlier type; name."""
        return (self.score < CERTAIN, not self.proved, self.start - self.end, -self.score, self.order, self.entity)

    @property
    def meant(self) -> tuple[bool, int, int, float, int, str]:
        """Highest first, of those of the same span: 0.5 or more; proof; more words; higher score; earlier type; name.

        Proof adds up: 2 for a validator's verdict; 3 for a word beside the value that speaks for the type, 1 for one
        farther away. A label says more than check digits, which any number may have by chance.
        """
        proof = 2 * self.validated + _PROOF[self.label]
        return (self.score < CERTAIN, -proof, -self.words, -self.score, self.order, self.entity)


def resolve(text: str, candidates: list[Candidate]) -> list[Finding]:
    """Findings that do not overlap, sorted by start.

    Of candidates with the same span, the one that is best `Candidate.meant` counts; inside one of its own type, or of
    an address inside one of any type of that family, only one with a higher score does. Of others, the one of the
    best rank stands. What is left of a worse one that it only partly covers stands too, if its score is 0.5 or more and
    a letter or digit is in it, so that nothing found with certainty is laid open.
    Quasi-linear in the number of candidates.
    """
    if len(candidates) > 1:
        best: dict[tuple[int, int], Candidate] = {}
        for candidate in candidates:
            other = best.setdefault((candidate.start, candidate.end), candidate)
            if other is not candidate and candidate.meant < other.meant:
                best[candidate.start, candidate.end] = candidate
        candidates = list(best.values())
    taken: list[Candidate] = []
    for cluster in _clusters(candidates):
        if len(cluster) > 1:
            taken += _settle(text, _outer(cluster))
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


def _outer(cluster: list[Candidate]) -> list[Candidate]:
    """Those inside no certain one of the same kind with a score as high: a postcode is a part of an address."""
    outer: list[Candidate] = []
    last: dict[str, Candidate] = {}
    for candidate in sorted(cluster, key=lambda c: (c.start, -c.end, -c.score)):
        kind = candidate.entity if family_of(candidate.entity) != _ADDRESS else _ADDRESS
        other = last.get(kind)
        if other is None or candidate.end > other.end or candidate.score > other.score:
            outer.append(candidate)
            if candidate.score >= CERTAIN and (other is None or candidate.end >= other.end):
                last[kind] = candidate
    return outer


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
    """What is left of a candidate; of a code in capitals (``CPR 231074``) only what has a digit."""
    rest: list[Candidate] = []
    whole = text[candidate.start : candidate.end]
    code = any(map(str.isdigit, whole)) and not any(map(str.islower, whole))
    at = 0
    for covered_run in bytes(covered).replace(b"\x01", b" ").split(b" "):
        start = candidate.start + at
        at += len(covered_run) + 1
        piece = text[start : start + len(covered_run)]
        stripped = piece.lstrip(_AROUND + ".").rstrip(_AROUND)
        if any(map(str.isdigit if code else str.isalnum, stripped)):
            start += len(piece) - len(piece.lstrip(_AROUND + "."))
            rest.append(replace(candidate, start=start, end=start + len(stripped)))
    return rest
