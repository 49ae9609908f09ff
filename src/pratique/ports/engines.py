"""The kernel, and the engines that map parts to workers."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from pratique.model.data import (
    Batch,
    Outcome,
    PartId,
)


@runtime_checkable
class Treatment(Protocol):
    """A plan bound to keys."""

    def apply(self, batch: Batch) -> Outcome:
        """Every row leaves exactly once, as treated or as quarantined by a named rule."""
        ...


class Engine(Protocol):
    """Maps parts to workers, nothing else."""

    def map(self, parts: Sequence[PartId], *, progress: Callable[[PartId, int], None]) -> None:
        """Work every part to its end once; raises the first part's error after the others have settled. ``progress``
        gets bytes done.
        """
        ...
