"""What comes of a first look at files, and of holding a project against its last release and its own cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pratique.model.policy import Place
from pratique.policy import Change


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """A flow's plan as it would be now, beside the one of its newest release."""

    flow: str
    hash: str
    """Of the plan as it would be."""
    run: str
    """The run of the newest release; empty where nothing was released yet."""
    sequence: int
    """Of that release; 0 where there is none."""
    at: str
    """When that release was made (UTC, ISO 8601); empty where there is none."""
    before: str
    """The hash of that release's plan; empty where there is none."""
    changes: Sequence[Change]
    """Empty if the plans are one, and where there is nothing to hold the plan against."""

    @property
    def same(self) -> bool:
        """Whether a run would work by the very plan of the newest release; not where there is none."""
        return self.hash == self.before


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What became of one case of the project's own."""

    name: str
    place: Place
    flow: str
    field: str
    """As `show_path` writes it."""
    problems: Sequence[str]
    """What is not as expected, without a value; none where the case passed."""
    came_out: str
    """``treated``, ``kept``, ``dropped``, or ``quarantined by`` a rule."""
    output: object
    """What came out; None as well where nothing did."""

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.problems

    def __repr__(self) -> str:
        return f"CaseReport({self.place}, passed={self.passed})"


@dataclass(frozen=True, slots=True)
class Drafted:
    """One dataset of a first project file."""

    name: str
    uri: str
    format: str
    files: int
    records: int
    """That were looked at."""
    subject: str
    """As `show_path` writes it; empty where none was found."""
    fields: int
    types: tuple[str, ...]
    """Entity types that are proposed for its fields."""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What a first look at files made of them."""

    written: Sequence[Path]
    datasets: Sequence[Drafted]
    passed_over: Mapping[str, int]
    """Why files were not taken, and how many."""
