"""Stores: catalogue, runs, quarantine, audit."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

from pratique.model.catalogue import Decision, Scan, Scoring
from pratique.model.data import (
    Part,
    PartId,
)
from pratique.model.quarantine import Entry, HeldSet, Summary
from pratique.model.release import InputState, StagedFile


@runtime_checkable
class CatalogueStore(Protocol):
    """Scans and decisions. Append-only: nothing is ever changed or removed. Raises `CatalogueError`, `StoreError`."""

    def add_scan(self, scan: Scan) -> None: ...

    def latest_scan(self, dataset: str) -> Scan | None: ...

    def scans(self, dataset: str) -> Sequence[Scan]:
        """In the order in which they were added."""
        ...

    def add_scoring(self, scoring: Scoring) -> None:
        """Add how a stored scan was scored; a scan that is not there raises `CatalogueError`."""
        ...

    def scorings(self, scan: Scan) -> Sequence[Scoring]:
        """How a stored scan was scored, in the order in which that was added."""
        ...

    def datasets(self) -> Sequence[str]: ...

    def add_decisions(self, decisions: Sequence[Decision]) -> None:
        """All or none. A taken (dataset, path, sequence) raises `CatalogueError`: somebody else decided meanwhile."""
        ...

    def decisions(self, dataset: str) -> Sequence[Decision]:
        """In the order in which they were added."""
        ...


@runtime_checkable
class RunStore(Protocol):
    """What is finished. Every step is idempotent and survives ``kill -9``; one living run a flow (`BusyError`)."""

    def hold(self, flow: str) -> AbstractContextManager[None]:
        """The flow's lock, of the operating system: free the moment its holder dies."""
        ...

    def begin(
        self, flow: str, run: str, plan: str, inputs: Sequence[InputState], parts: Sequence[Part], repeat: int
    ) -> None:
        """Record a run, or find it as it was begun before."""
        ...

    def abandon(self, run: str) -> None:
        """Forget what is finished of a run that is not released; it is not open any more."""
        ...

    def abandoned(self, flow: str) -> Sequence[str]:
        """The runs of a flow that were abandoned and not begun again since."""
        ...

    def plan_of(self, run: str) -> str | None:
        """The hash of a run's plan; None for an unknown run."""
        ...

    def superseded(self, flow: str) -> Collection[str]:
        """The runs of a flow that a later full run was released over: it treated their inputs again."""
        ...

    def open_run(self, flow: str) -> str | None:
        """The run that was begun and not yet released, if any."""
        ...

    def inputs(self, flow: str) -> Mapping[str, InputState]:
        """Inputs of released runs, by name, latest first wins."""
        ...

    def parts(self, run: str) -> Sequence[Part]: ...

    def finished(self, run: str) -> Mapping[PartId, StagedFile]:
        """Parts that are staged and cleared."""
        ...

    def finish_part(self, run: str, staged: StagedFile) -> None:
        """Commit a part as cleared. The first to finish a part wins; the same again is fine."""
        ...

    def repeats(self, flow: str) -> int: ...

    def release(self, flow: str, run: str) -> bytes | None:
        """The stored statement of a run, byte for byte."""
        ...

    def store_release(
        self, flow: str, run: str, sequence: int, statement: bytes, replayed: Collection[HeldSet] = ()
    ) -> None:
        """Commit a release, once, and in the same commit what of earlier runs' quarantine it replayed.

        Other bytes for the same run, a taken sequence, and what was replayed before refuse.
        """
        ...

    def replayed(self, flow: str) -> Mapping[HeldSet, str]:
        """What of a flow's quarantine was replayed, and by which released run."""
        ...

    def releases(self, flow: str) -> Sequence[bytes]:
        """Every stored statement of a flow, oldest first."""
        ...

    def last_release(self, flow: str) -> tuple[int, bytes] | None:
        """Sequence and statement of the newest release of a flow."""
        ...

    def purged(self, flow: str) -> Mapping[str, bytes]:
        """The signed purge record of every purged run of a flow: its files are gone, and its statement stays."""
        ...

    def store_purge(self, flow: str, run: str, record: bytes) -> bytes:
        """Record that a release is purged, once, and give the record that stands: the first."""
        ...

    def store_plan(self, plan_hash: str, document: bytes) -> None: ...

    def plan(self, plan_hash: str) -> bytes | None: ...


class QuarantineWriter(Protocol):
    """Takes what could not be treated, sealed, in the region of its source."""

    def add(self, entry: Entry) -> None:
        """Take one record. Its rule and the number of its field are counted in clear; the rest is sealed."""
        ...

    def finish(self) -> None:
        """Flush and fsync; the file takes its final name. Before that it does not count."""
        ...

    def discard(self) -> None: ...


class QuarantineStore(Protocol):
    """Sealed records by flow, run and part."""

    def writer(self, flow: str, run: str, part: PartId) -> QuarantineWriter:
        """Replaces whatever an unfinished attempt left."""
        ...

    def counts(self, flow: str, run: str) -> Mapping[str, int]:
        """By rule, from the finished files' headers, without any key."""
        ...

    def runs(self, flow: str) -> Sequence[str]:
        """The runs of which there is anything, finished or not."""
        ...

    def summaries(self, flow: str, run: str) -> Sequence[Summary]:
        """What the finished files of a run say in clear, in the order of its parts."""
        ...

    def digest(self, flow: str, run: str, part: PartId) -> str | None:
        """SHA-256 (hex) of a part's finished file; None where there is none."""
        ...

    def remove(self, flow: str, run: str) -> None:
        """Remove all that a run left here; fine if there is nothing."""
        ...


class AuditLog(Protocol):
    """The hash-chained log of one region."""

    def append(self, event: str, who: str, details: Mapping[str, Any]) -> str:
        """Add an entry (durably) and return its hash, the new head. Details are value-free."""
        ...

    @property
    def head(self) -> str: ...
