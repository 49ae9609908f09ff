"""The kernel, and the engines that map parts to workers."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from pratique.model.data import (
    Batch,
    Job,
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

    def start(self) -> None:
        """Begin to start the workers and return, so that they come up while other things are done; `map` does it where
        nobody has. What goes wrong is told by `map`.
        """
        ...

    def map(
        self,
        parts: Sequence[PartId],
        job: Job,
        *,
        progress: Callable[[PartId, int], None],
        finished: Callable[[object], None],
    ) -> None:
        """Work every part of the job to its end once; raises the first part's error after the others have settled.

        ``progress`` gets bytes done. ``finished`` gets what the work of a part gave, where the engine started its
        worker itself on this machine; the word of any other is not brought here.
        """
        ...

    def close(self) -> None:
        """Let the workers go; fine if none was started."""
        ...
