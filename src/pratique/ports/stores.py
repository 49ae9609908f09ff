"""Stores: catalogue, runs, quarantine, audit."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, runtime_checkable

from pratique.model.catalogue import Decision, Scan
from pratique.model.data import (
    Part,
    PartId,
)
from pratique.model.paths import FieldPath
from pratique.model.release import InputState, StagedFile


@runtime_checkable
class CatalogueStore(Protocol):
    """Scans and decisions. Append-only: nothing is ever changed or removed. Raises `CatalogueError`, `StoreError`."""

    def add_scan(self, scan: Scan) -> None: ...

    def latest_scan(self, dataset: str) -> Scan | None: ...

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

    def store_release(self, flow: str, run: str, sequence: int, statement: bytes) -> None:
        """Commit a release, once; other bytes for the same run or a taken sequence refuse."""
        ...

    def releases(self, flow: str) -> Sequence[bytes]:
        """Every stored statement of a flow, oldest first."""
        ...

    def last_release(self, flow: str) -> tuple[int, bytes] | None:
        """Sequence and statement of the newest release of a flow."""
        ...

    def store_plan(self, plan_hash: str, document: bytes) -> None: ...

    def plan(self, plan_hash: str) -> bytes | None: ...


class QuarantineWriter(Protocol):
    """Takes what could not be treated, sealed, in the region of its source."""

    def add(self, ordinal: int, rule: str, path: FieldPath | None, original: bytes) -> None: ...

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


class AuditLog(Protocol):
    """The hash-chained log of one region."""

    def append(self, event: str, who: str, details: Mapping[str, Any]) -> str:
        """Add an entry (durably) and return its hash, the new head. Details are value-free."""
        ...

    @property
    def head(self) -> str: ...
