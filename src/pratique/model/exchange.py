"""A dataset's decisions as a file that people edit: what stands in it, and on which line."""

from dataclasses import dataclass, field

from pratique.errors import ConfigError
from pratique.model.catalogue import Decision, DecisionKind
from pratique.model.paths import FieldPath
from pratique.model.policy import Place

EXCHANGE_VERSION = 1
"""Of the file's form."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision in the file."""

    kind: DecisionKind
    entities: tuple[str, ...]
    reason: str
    number: int = 0
    """The decision's sequence; 0 of a new entry, which somebody wrote into the file."""
    who: str = ""
    """With a number: as it was taken, with ``at``, ``bulk`` and ``signature``. Empty of a new entry."""
    at: str = ""
    bulk: str = ""
    signature: str = ""
    place: Place = field(default=Place(), compare=False)

    def decision(self, dataset: str, path: FieldPath) -> Decision:
        """The decision as it was taken."""
        return Decision(
            dataset, path, self.kind, self.entities, self.who, self.at, self.reason, self.number, self.bulk,
            self.signature,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExchangedField:
    """One field in the file."""

    path: FieldPath
    kinds: str
    """``integer|null``; empty of a field that the scan does not know any more."""
    proposed: tuple[str, ...]
    """What was proposed when the file was written: what an editor had before the eyes."""
    entries: tuple[Entry, ...]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """The file of one dataset."""

    dataset: str
    scan: str
    """When the newest scan was made that the file tells of."""
    decided: int
    """How many decisions the catalogue had of the dataset; they are told apart by that from those that came since."""
    fields: tuple[ExchangedField, ...]
    problems: tuple[ConfigError, ...] = field(default=(), compare=False)
    """What cannot be read, each with its line, in the file's order."""
