"""Stores in memory. They pass the contract suites of the real ones, but for surviving the process."""

import contextlib
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from pratique.errors import BusyError, CatalogueError, StoreError
from pratique.model.catalogue import Decision, Scan, Scoring
from pratique.model.data import Part, PartId
from pratique.model.paths import FieldPath
from pratique.model.quarantine import HeldSet
from pratique.model.release import InputState, StagedFile


class MemoryCatalogueStore:
    """Implements `pratique.ports.CatalogueStore` in memory; safe for threads."""

    def __init__(self) -> None:
        self._scans: list[Scan] = []
        self._scorings: list[Scoring] = []
        self._decisions: list[Decision] = []
        self._lock = threading.Lock()

    def add_scan(self, scan: Scan) -> None:
        """Add what one look at a dataset found."""
        with self._lock:
            self._scans.append(scan)

    def latest_scan(self, dataset: str) -> Scan | None:
        """The scan of this dataset that was added last."""
        return next((scan for scan in reversed(self._scans) if scan.dataset == dataset), None)

    def scans(self, dataset: str) -> Sequence[Scan]:
        """In the order in which they were added."""
        return tuple(scan for scan in self._scans if scan.dataset == dataset)

    def add_scoring(self, scoring: Scoring) -> None:
        """Add how a stored scan was scored; a scan that is not there raises `CatalogueError`."""
        with self._lock:
            if not any((scan.dataset, scan.at) == (scoring.dataset, scoring.scan) for scan in self._scans):
                raise CatalogueError("there is no such scan to score", where=f"dataset {scoring.dataset}")
            self._scorings.append(scoring)

    def scorings(self, scan: Scan) -> Sequence[Scoring]:
        """How a stored scan was scored, in the order in which that was added."""
        return tuple(s for s in self._scorings if (s.dataset, s.scan) == (scan.dataset, scan.at))

    def datasets(self) -> Sequence[str]:
        """Every dataset that has a scan or a decision, by name."""
        return sorted({scan.dataset for scan in self._scans} | {decision.dataset for decision in self._decisions})

    def add_decisions(self, new: Sequence[Decision]) -> None:
        """All or none. Raises `CatalogueError` for a sequence that is taken, or that leaves a gap."""
        with self._lock:
            following: dict[tuple[str, FieldPath], int] = {}
            for known in self._decisions:
                following[known.dataset, known.path] = known.sequence + 1
            for decision in new:
                name = (decision.dataset, decision.path)
                if decision.sequence != following.get(name, 1):
                    raise CatalogueError("somebody decided on the same field meanwhile", where=decision.dataset)
                following[name] = decision.sequence + 1
            self._decisions.extend(new)

    def decisions(self, dataset: str) -> Sequence[Decision]:
        """In the order in which they were added."""
        return tuple(decision for decision in self._decisions if decision.dataset == dataset)


@dataclass(slots=True)
class _Run:
    """One run as `MemoryRunStore` keeps it."""

    flow: str
    plan: str
    repeat: int
    inputs: tuple[InputState, ...]
    parts: tuple[Part, ...]
    begun: int
    abandoned: bool = False
    finished: dict[str, StagedFile] = field(default_factory=dict)


class MemoryRunStore:
    """Implements `pratique.ports.RunStore` in memory; safe for threads. The lock is between users of this object."""

    def __init__(self) -> None:
        self._runs: dict[str, _Run] = {}
        self._releases: dict[str, list[tuple[str, bytes]]] = {}
        self._plans: dict[str, bytes] = {}
        self._purges: dict[str, dict[str, bytes]] = {}
        self._replayed: dict[HeldSet, str] = {}
        self._held: set[str] = set()
        self._begun = 0
        self._lock = threading.RLock()

    def hold(self, flow: str) -> AbstractContextManager[None]:
        """The flow's lock; `BusyError` if it is held."""
        return self._holding(flow)

    @contextlib.contextmanager
    def _holding(self, flow: str) -> Iterator[None]:
        with self._lock:
            if flow in self._held:
                raise BusyError("is being run", where=f"flow {flow}")
            self._held.add(flow)
        try:
            yield
        finally:
            self._held.discard(flow)

    def begin(
        self, flow: str, run: str, plan: str, inputs: Sequence[InputState], parts: Sequence[Part], repeat: int
    ) -> None:
        """Record a run, or find it as it was begun before; `StoreError` if it stands there otherwise."""
        with self._lock:
            known = self._runs.get(run)
            self._begun += 1
            new = _Run(flow, plan, repeat, tuple(inputs), tuple(parts), self._begun)
            if known is not None:
                if (known.flow, known.plan, known.repeat) != (flow, plan, repeat):
                    raise StoreError("is recorded with another plan", where=f"run {run}")
                if self._is_released(run) or self.open_run(flow) == run:
                    if (known.inputs, known.parts) != (new.inputs, new.parts):
                        raise StoreError("is recorded with other inputs or parts", where=f"run {run}")
                    return
            self._runs[run] = new

    def abandon(self, run: str) -> None:
        """Forget what is finished of a run that is not released: it is not open any more. Fine if it is unknown."""
        with self._lock:
            if self._is_released(run):
                raise StoreError("is released, and stays", where=f"run {run}")
            if run in self._runs:
                self._runs[run].abandoned = True
                self._runs[run].finished.clear()

    def abandoned(self, flow: str) -> Sequence[str]:
        """The runs of a flow that were abandoned and not begun again since, in the order of their begin."""
        with self._lock:
            found = [(known.begun, run) for run, known in self._runs.items() if known.flow == flow and known.abandoned]
            return [run for _, run in sorted(found)]

    def plan_of(self, run: str) -> str | None:
        """The hash of a run's plan; None for an unknown run."""
        return self._runs[run].plan if run in self._runs else None

    def superseded(self, flow: str) -> frozenset[str]:
        """The runs of a flow with a lower repeat number than its last full run that was released."""
        newest = self.repeats(flow)
        return frozenset(run for run, known in self._runs.items() if known.flow == flow and known.repeat < newest)

    def open_run(self, flow: str) -> str | None:
        """The run of this flow that was begun last, unless it is released or abandoned."""
        with self._lock:
            begun = {known.begun: run for run, known in self._runs.items() if known.flow == flow}
            if not begun:
                return None
            newest = begun[max(begun)]
            return None if self._runs[newest].abandoned or self._is_released(newest) else newest

    def inputs(self, flow: str) -> Mapping[str, InputState]:
        """Inputs of released runs by name; of two with one name, the later release's."""
        with self._lock:
            runs = [self._runs[run] for run, _ in self._releases.get(flow, ())]
            return {state.name: state for known in runs for state in known.inputs}

    def repeats(self, flow: str) -> int:
        """The highest repeat number of the flow's released runs; 0 if there is none."""
        with self._lock:
            return max((self._runs[run].repeat for run, _ in self._releases.get(flow, ())), default=0)

    def parts(self, run: str) -> Sequence[Part]:
        """In the order in which they were given; none for an unknown run."""
        return self._runs[run].parts if run in self._runs else ()

    def finished(self, run: str) -> Mapping[PartId, StagedFile]:
        """Parts that are staged and cleared, in the order of `parts`."""
        with self._lock:
            known = self._runs.get(run)
            if known is None:
                return {}
            return {part.id: known.finished[part.id] for part in known.parts if part.id in known.finished}

    def finish_part(self, run: str, staged: StagedFile) -> None:
        """Commit a part as cleared. The first to finish it wins; `StoreError` for another result or an unknown part."""
        with self._lock:
            known = self._runs.get(run)
            if known is None or staged.part not in {part.id for part in known.parts}:
                raise StoreError("is no part of this run", where=f"run {run}, part {staged.part}")
            first = known.finished.setdefault(staged.part, staged)
            if replace(first, staged="") != replace(staged, staged=""):
                raise StoreError("was finished before with another result", where=f"run {run}, part {staged.part}")

    def release(self, flow: str, run: str) -> bytes | None:
        """The stored statement of a run, byte for byte."""
        return dict(self._releases.get(flow, ())).get(run)

    def store_release(
        self, flow: str, run: str, sequence: int, statement: bytes, replayed: Collection[HeldSet] = ()
    ) -> None:
        """Commit a release, once; `StoreError` where it does not follow, or the run is not open and finished, or where
        it replays what was replayed before or never released.
        """
        where = f"flow {flow}, run {run}"
        with self._lock:
            known = self._releases.setdefault(flow, [])
            if self._is_released(run):
                if (run, statement) not in known or known.index((run, statement)) + 1 != sequence:
                    raise StoreError("is released already, with another statement", where=where)
                return
            if self.open_run(flow) != run:
                raise StoreError("is not the open run of the flow", where=where)
            if len(self._runs[run].finished) != len(self._runs[run].parts):
                raise StoreError("has parts that are not finished", where=where)
            if sequence != len(known) + 1:
                raise StoreError(f"release {sequence} does not follow release {len(known)}", where=where)
            taken = self.replayed(flow)
            if not {one.run for one in replayed} <= {name for name, _ in known} or any(
                one in taken for one in replayed
            ):
                raise StoreError("replays what was replayed before, or never released", where=where)
            known.append((run, statement))
            self._replayed.update(dict.fromkeys(replayed, run))

    def replayed(self, flow: str) -> Mapping[HeldSet, str]:
        """What of a flow's quarantine was replayed, and by which released run."""
        return {one: run for one, run in self._replayed.items() if self._runs[run].flow == flow}

    def releases(self, flow: str) -> Sequence[bytes]:
        """Every stored statement of a flow, oldest first."""
        return tuple(statement for _, statement in self._releases.get(flow, ()))

    def last_release(self, flow: str) -> tuple[int, bytes] | None:
        """Sequence and statement of the newest release of a flow."""
        known = self._releases.get(flow)
        return (len(known), known[-1][1]) if known else None

    def purged(self, flow: str) -> Mapping[str, bytes]:
        """The signed purge record of every purged run of a flow."""
        return dict(self._purges.get(flow, {}))

    def store_purge(self, flow: str, run: str, record: bytes) -> bytes:
        """Record that a release is purged, once, and give the record that stands: the first."""
        with self._lock:
            if not self._is_released(run):
                raise StoreError("was not released, so there is nothing to purge", where=f"flow {flow}, run {run}")
            return self._purges.setdefault(flow, {}).setdefault(run, record)

    def store_plan(self, plan_hash: str, document: bytes) -> None:
        """Keep a plan's canonical form under its hash; the same again is fine, other bytes raise `StoreError`."""
        if self._plans.setdefault(plan_hash, document) != document:
            raise StoreError("another plan is stored under this hash", where=f"plan {plan_hash}")

    def plan(self, plan_hash: str) -> bytes | None:
        """The stored form of a plan."""
        return self._plans.get(plan_hash)

    def _is_released(self, run: str) -> bool:
        return any(run == released for known in self._releases.values() for released, _ in known)
