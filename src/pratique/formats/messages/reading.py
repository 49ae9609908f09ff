"""What a codec reads of some values."""

from dataclasses import dataclass, field

from pratique.model.data import Batch


@dataclass(slots=True)
class Read:
    """Rows and rejects. Ordinals and places are places in the set."""

    batches: list[Batch] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)
