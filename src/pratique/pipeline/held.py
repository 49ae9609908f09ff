"""What released runs hold in quarantine, and what of it can be replayed."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pratique.crypto.dsse import open_envelope
from pratique.errors import FormatError, RefusedError, StoreError
from pratique.model.data import Block, FormatSpec, Part, PartId
from pratique.model.quarantine import CUT, FOREIGN, Entry, HeldSet, Summary
from pratique.model.schema import Schema
from pratique.ports import Format, QuarantineStore, RunStore
from pratique.verify.statement import read_statement

_BLOCK = 4 << 20
"""Bytes of originals that are read again at a time."""

Open = Callable[[str, PartId], Iterator[Entry]]
"""Run and part to the held records, opened with the private key of the quarantine."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One part's quarantine, or what some rules hold in it."""

    run: str
    part: PartId
    digest: str
    """SHA-256 (hex) of the sealed file."""
    rules: tuple[str, ...]
    """Sorted; those whose records are meant."""
    records: int
    """How many those are."""

    @property
    def sets(self) -> frozenset[HeldSet]:
        """What is recorded as replayed."""
        return frozenset(HeldSet(self.run, self.part, rule) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a replay takes, and what it has to leave."""

    files: tuple[HeldFile, ...]
    """In the order of the releases, and of their parts."""
    cut: int
    """Records of which only the beginning was kept."""
    gone: int
    """Records whose sealed file is not there any more."""
    foreign: int = 0
    """Records in which a value of another record of their part stands, which a replay does not read."""

    @property
    def records(self) -> int:
        """Records that are replayed."""
        return sum(file.records for file in self.files)

    @property
    def sets(self) -> frozenset[HeldSet]:
        """What is recorded as replayed."""
        return frozenset().union(*(file.sets for file in self.files))


def released_runs(store: RunStore, flow: str) -> list[str]:
    """Runs of a flow that were released, oldest first; what any other run holds is in no release."""
    return [read_statement(open_envelope(statement).payload).run for statement in store.releases(flow)]


def select(
    store: RunStore, quarantine: QuarantineStore, flow: str, runs: Collection[str], rules: Collection[str]
) -> Selection:
    """What can be replayed of a flow: of released runs (of all, or of ``runs``), by any rule or by ``rules``, and never
    what was replayed before, or treated again by a full run.

    Raises `RefusedError` for a run that was never released or is superseded, and `StoreError` where a sealed file does
    not hold what its run counted.
    """
    superseded = store.superseded(flow)
    released = [run for run in released_runs(store, flow) if run not in superseded]
    for run in runs:
        if run in superseded:
            raise RefusedError("a full run has treated its records again", where=f"flow {flow}, run {run}")
        if run not in released:
            raise RefusedError(
                "was never released, so its records are in the source still",
                where=f"flow {flow}, run {run}",
                do=f"run: pratique run {flow}",
            )
    done = store.replayed(flow)
    files: list[HeldFile] = []
    cut = gone = foreign = 0
    for run in (run for run in released if not runs or run in runs):
        told = {PartId(one.part): one for one in quarantine.summaries(flow, run)}
        counted = {part: file.counts.quarantined for part, file in store.finished(run).items()}
        for part, counts in {**{part: one.counts for part, one in told.items()}, **counted}.items():
            left = {
                rule: n
                for rule, n in counts.items()
                if HeldSet(run, part, rule) not in done and (not rules or rule in rules)
            }
            if part not in told:
                gone += sum(left.values())
                continue
            _check_counts(told[part], counts)
            cut += left.pop(CUT, 0)
            foreign += left.pop(FOREIGN, 0)
            digest = quarantine.digest(flow, run, part)
            if left and digest is not None:
                files.append(HeldFile(run, part, digest, tuple(sorted(left)), sum(left.values())))
    return Selection(tuple(files), cut, gone, foreign)


def _check_counts(told: Summary, counted: Mapping[str, int]) -> None:
    if dict(told.counts) != dict(counted):
        raise StoreError(
            "a quarantine file does not hold what its run counted",
            where=f"run {told.run}, part {told.part}",
            do="restore it from a copy",
        )


@dataclass(frozen=True, slots=True)
class HeldBlock(Block):
    """Records that come out of quarantine; each keeps the ordinal that it had in its source."""

    originals: Mapping[int, bytes] = None  # type: ignore[assignment]  # always given
    """By ordinal."""

    @property
    def span(self) -> int:
        """Bytes of the originals."""
        return sum(map(len, self.originals.values()))

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The very bytes that were held, so that they can be held again."""
        del length
        return self.originals[ordinal]


@dataclass(frozen=True, slots=True)
class HeldReader:
    """Implements `pratique.pipeline.reading.Reader` over quarantine: part k of a replay is its k-th file."""

    flow: str
    files: Mapping[PartId, HeldFile]
    quarantine: QuarantineStore
    open: Open
    format: Format
    spec: FormatSpec
    schema: Schema

    def blocks(self, part: Part) -> Iterator[Block]:
        """As `Reader.blocks`. Raises `StoreError` for a file that was cut, altered or moved."""
        file = self.files[part.id]
        some: list[Entry] = []
        size = count = 0
        for entry in self.open(file.run, file.part):
            if entry.rule not in file.rules:
                continue
            some.append(entry)
            size, count = size + len(entry.original), count + 1
            if size >= _BLOCK:
                yield from self._reread(some)
                some, size = [], 0
        yield from self._reread(some)
        if count != file.records:
            raise StoreError("does not hold the records that were counted", where=f"run {file.run}, part {file.part}")

    def check(self, part: Part) -> None:
        """As `Reader.check`."""
        file = self.files[part.id]
        if self.quarantine.digest(self.flow, file.run, file.part) != file.digest:
            raise StoreError("changed since the replay began", where=f"run {file.run}, part {file.part}")

    def _reread(self, entries: Sequence[Entry]) -> Iterator[Block]:
        ordinals = np.array([entry.ordinal for entry in entries], np.int64)
        if not (np.diff(ordinals) > 0).all():
            raise StoreError("two held records have one origin, or they are out of order")
        if not entries:
            return
        count = 0
        try:
            for block in self.format.reread([entry.original for entry in entries], self.spec, self.schema):
                count += block.count
                yield _renumbered(block, entries, ordinals)
        except FormatError as error:
            raise FormatError(
                f"a held record does not read as {self.format.name} any more ({error.what})", where=f"flow {self.flow}"
            ) from None
        if count != len(entries):
            raise FormatError("not every held record was read again", where=f"flow {self.flow}")


def _renumbered(block: Block, entries: Sequence[Entry], ordinals: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Block:
    """The block with the ordinals of the source in place of places among the originals."""
    batches = tuple(replace(batch, ordinals=ordinals[batch.ordinals]) for batch in block.batches)
    rejects = tuple(replace(reject, ordinal=int(ordinals[reject.ordinal])) for reject in block.rejects)
    places = [int(at) for batch in block.batches for at in batch.ordinals] + [r.ordinal for r in block.rejects]
    originals = {entries[at].ordinal: entries[at].original for at in places}
    return HeldBlock(batches, rejects, int(ordinals[0]), b"", block.count, originals)
