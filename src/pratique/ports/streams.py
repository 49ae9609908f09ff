"""Streams: what is taken from a topic and what is written for it are one transaction."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from pratique.model.stream import Mark, Sealed, Taken
from pratique.ports.data import Cleared


@runtime_checkable
class Stream(Protocol):
    """One worker's hold on some partitions of a source, and its way into the target.

    Exactly one worker has this hold: `resume` fences whoever had it before. Nothing is visible to readers that read
    committed messages before `commit` returns, or where that fails before the next `resume` has settled it.
    """

    def resume(self) -> Mapping[int, Mark | None]:
        """Take the hold, have what an earlier holder left undone settled, and give what is committed.

        None for a partition in which nothing was. `take` goes on from there. To be called first, and after every
        `UnsettledError`. Raises `UnsettledError` where the broker does not answer, `SourceError` where messages that
        were not taken yet are gone.
        """
        ...

    def settle(self) -> None:
        """Have what all other workers of the flow left undone settled: by the first of them, before the others start.

        Raises `UnsettledError` where that is not yet so.
        """
        ...

    def begin(self, partition: int) -> tuple[int, int]:
        """For a partition without a mark: the source's first offset, and the target's end."""
        ...

    def ends(self) -> Mapping[int, int]:
        """The end of each partition, as far as it is committed."""
        ...

    def everyone(self) -> Mapping[int, Mark | None]:
        """What is committed of every partition of the source, those of other workers too."""
        ...

    def take(self, most: int, seconds: float) -> Taken:
        """Up to ``most`` messages; fewer, or none, where no more came in so many seconds."""
        ...

    def commit(
        self, taken: Taken, cleared: Cleared, held: Sequence[Sealed], marks: Mapping[int, Mark]
    ) -> Mapping[int, Mark]:
        """Write what the gate cleared, and what is held, and commit the marks with it: all of it, or nothing.

        ``marks``: of the partitions in ``taken``; given back with `Mark.out` as it is now. ``cleared`` is a message set
        whose ordinals tell places in ``taken``. `RefusedError` where its bytes are not
        those that the gate saw; `UnsettledError` where nobody knows whether it happened. May be called in another
        thread than `take` and `everyone`, while they are called; no other methods may.
        """
        ...

    def close(self) -> None:
        """Let go. What is not committed did not happen."""
        ...


@runtime_checkable
class ReleaseLog(Protocol):
    """Where the releases of a stream stand for its readers: a topic beside the target."""

    def append(self, flow: str, sequence: int, statement: bytes) -> None:
        """Add a signed release; returns when it is kept. Raises `SinkError`."""
        ...

    def read(self, flow: str) -> Sequence[bytes]:
        """Every signed release of a flow, in the order in which they were added; one may stand there twice."""
        ...


@runtime_checkable
class Marks(Protocol):
    """What is committed of a flow, for who does not work it."""

    def marks(self) -> Mapping[int, Mark | None]:
        """Of every partition of the source."""
        ...

    def ends(self) -> Mapping[int, int]:
        """The end of each partition, as far as it is committed."""
        ...
