"""What an evaluation says. No value is in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall, from counts; None where there is nothing to take a share of."""

    mentions: int
    """What was to be found."""
    recalled: int
    """Of the mentions."""
    findings: int
    """What was found."""
    right: int
    """Of the findings."""

    @property
    def precision(self) -> float | None:
        """The share of findings that are right."""
        return self.right / self.findings if self.findings else None

    @property
    def recall(self) -> float | None:
        """The share of mentions that were found."""
        return self.recalled / self.mentions if self.mentions else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return self.f(1)

    @property
    def f2(self) -> float | None:
        """The same with recall counting twice as much (van Rijsbergen's F with beta 2)."""
        return self.f(2)

    def f(self, beta: float) -> float | None:
        """F-beta; None where there are neither mentions nor findings."""
        if not self.mentions and not self.findings:
            return None
        precision, recall = self.precision or 0.0, self.recall or 0.0
        weighed = beta * beta * precision + recall
        return (1 + beta * beta) * precision * recall / weighed if weighed else 0.0


@dataclass(frozen=True, slots=True)
class TypeScores:
    """Of one entity type."""

    entity: str
    exact: Rates
    """A finding is right where a mention of the type begins and ends with it."""
    overlapping: Rates
    """A finding is right where it shares a character with a mention of the type."""


@dataclass(frozen=True, slots=True)
class Identifiers:
    """By the Text Anonymization Benchmark's way of scoring.

    A mention is hidden where findings cover every letter and digit of it, but for courtesy titles, ``no`` and words of
    grammar. All findings count, whatever their type.
    """

    direct: Rates
    """Mentions that identify somebody by themselves; the findings are not counted."""
    quasi: Rates
    """Mentions that do together with others."""
    words: Rates
    """As findings, the words that were hidden; right are those in mentions of either kind. No mentions are counted."""

    @property
    def masked(self) -> Rates:
        """Mentions of both kinds."""
        both = self.direct, self.quasi
        return Rates(sum(r.mentions for r in both), sum(r.recalled for r in both), 0, 0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings of nearly the same score."""

    low: float
    high: float
    """Exclusive, but for 1."""
    findings: int
    right: int
    """Those that share a character with a mention of their type."""
    mean_score: float


@dataclass(frozen=True, slots=True)
class Error:
    """One finding or mention that is wrong."""

    line: int
    start: int
    end: int
    kind: str
    """``missed``, ``spurious``, ``type`` or ``extent``."""
    expected: str
    """Entity type; empty where nothing was."""
    found: str
    shape: str
    """The place with what stands around it, masked: the mention or finding in brackets."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a detector made of labelled texts."""

    texts: int
    characters: int
    types: tuple[TypeScores, ...]
    """Of every type that the texts mark, in the order of their number of mentions."""
    total: TypeScores
    """All of them together (micro-averaged); ``entity`` is empty."""
    any_type: Rates
    """Whatever the type: a mention and a finding that share nine tenths of the characters that they have together."""
    identifiers: Identifiers | None
    """None where no text tells which mentions identify somebody."""
    reliability: tuple[Bin, ...]
    errors: tuple[Error, ...]
    """The first ones, as many as were asked for."""
    wrong: int
    """How many there are."""
