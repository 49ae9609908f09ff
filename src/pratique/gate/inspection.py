"""The inspection of a staged part: everything that must hold before a file may cross a border."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError, RefusedError
from pratique.gate._mint import mint
from pratique.gate.echoes import RawIndex
from pratique.gate.judging import ECHO, GATE, Judge
from pratique.gate.leaves import Leaf, LeafReader
from pratique.gate.reading import HashingStream
from pratique.gate.residency import check_residency
from pratique.gate.witness import Witness, believed, witness_of
from pratique.model.data import Block
from pratique.model.paths import FieldPath
from pratique.model.plan import Plan
from pratique.model.release import StagedFile
from pratique.model.schema import Kind, Schema
from pratique.ports import BoundTransform, Cleared, Format, ResidueDetector

_POOL = 32 << 20
"""Bytes of distinct values that are held before they are judged."""

Rows = npt.NDArray[np.int64]
Reasons = Mapping[tuple[FieldPath, Kind], Mapping[object, frozenset[tuple[str, str]]]]
"""By path and kind: a bad value to its (entity, detector) pairs. In memory only, never shown."""


@dataclass(frozen=True, slots=True, order=True)
class ResidueHit:
    """Something that must not cross, in one record. Holds no value."""

    ordinal: int
    """The record's origin in the source part."""
    path: FieldPath
    entity: str
    """An entity type, ``grammar`` (not the output that the plan's transform gives) or ``echo`` (a raw value)."""
    detector: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the gate found."""

    cleared: Cleared | None
    """None exactly where there is residue."""
    residue: tuple[ResidueHit, ...]
    """Sorted by ordinal."""
    written: int
    """Records, counted from the bytes that were re-read."""
    waived: Mapping[str, int]
    """Findings that a waiver covered: ``#field number TYPE`` to count over all records."""
    digest: str
    """SHA-256, hex."""
    size: int
    """Bytes."""
    witness: Witness | None
    """For `reopen` in this process, or in the one that started it; None where there is residue."""


def inspect(
    staged: BinaryIO,
    *,
    name: str,
    plan: Plan,
    output_schema: Schema,
    format: Format,
    bound: Mapping[FieldPath, Sequence[BoundTransform]],
    emits: Mapping[FieldPath, frozenset[str]],
    residue: ResidueDetector,
    origins: Rows,
    raw: RawIndex,
    read: int,
    quarantined: Mapping[str, int],
    today: date,
    seed: bytes,
) -> Inspection:
    """Inspect one staged part and clear it, or say which records must be taken out.

    1. Residency: the border, the route, its expiry, the class of the data.
    2. Read the staged bytes from the descriptor once: hash them, hold what is beside the records against what the
       format writes there (``seed`` is the part's own), and decode them with the output format. A reject, a field or a
       kind that the output schema does not allow refuses the part.
    3. Judge the distinct values of every field: what the plan treats whole must be proven treated or fit its grammar;
       what is not proven is scanned; what a transform may rightly emit, and what is waived, is set aside.
    4. Search kept and free-text fields, and pseudonyms, for raw values of the part (echoes).
    5. Count: ``read == written + quarantined``, and an origin of its own for every row, in ascending order.
    6. Where a value was bad, read once more to tell in which records it stands. Where none was, mint `Cleared`.

    ``origins``: the ordinals of the rows in output order. ``raw``: the raw values that went under a token or pseudonym.
    Memory: the part's distinct values up to 32 MiB, one decoded block, and the hits. Raises `RefusedError`; never shows
    a value.
    """
    check_residency(plan, today)
    if format.name != plan.target_format.name:
        raise RefusedError("the format is not the plan's", where=f"flow {plan.flow}")
    gate = _Gate(plan, output_schema, format, Judge(plan, bound, emits, residue), raw)
    try:
        stream = HashingStream(staged)
        format.check_container(staged, output_schema, plan.target_format, seed)
        gate.look(stream)
        digest, size = stream.finish()
        _count(gate.rows, origins, read, quarantined)
        hits = gate.locate(staged, origins) if gate.bad else ()
    except FormatError:
        raise RefusedError("the output cannot be read back", where=f"part {name}") from None
    except RefusedError as error:
        raise RefusedError(
            error.what, where=", ".join(filter(None, (f"part {name}", error.where))), do=error.do
        ) from None
    cleared = None if hits else mint(name=name, digest=digest, size=size, descriptor=staged)
    witness = None if hits else witness_of(staged, digest, size)
    return Inspection(cleared, hits, gate.rows, dict(sorted(gate.waived.items())), digest, size, witness)


def reopen(staged: BinaryIO, file: StagedFile) -> Cleared:
    """Clear a file again that an earlier inspection of this run cleared: for the parent of workers, and after a crash.

    The bytes are hashed anew, unless a believed witness has read this very file and the system says that nothing
    touched it since; any difference from what the gate then recorded raises `RefusedError`.
    """
    digest, size = believed(staged) or HashingStream(staged).finish()
    if (digest, size) != (file.digest, file.size):
        raise RefusedError(
            "the staged file is not the one that the gate cleared", where=f"part {file.part}", do="run the flow again"
        )
    if file.counts.read != file.counts.written + sum(file.counts.quarantined.values()):
        raise RefusedError("the counts of the staged file do not add up", where=f"part {file.part}")
    return mint(name=file.name, digest=digest, size=size, descriptor=staged)


def _count(rows: int, origins: Rows, read: int, quarantined: Mapping[str, int]) -> None:
    held = sum(quarantined.values())
    if min([read, *quarantined.values()]) < 0 or read != rows + held:
        raise RefusedError(f"{read} records were read, but {rows} are in the output and {held} in quarantine")
    if len(origins) != rows:
        raise RefusedError(f"the output holds {rows} records, but {len(origins)} have an origin")
    if not (np.diff(origins) > 0).all():
        raise RefusedError("two records of the output have one origin, or they are out of order")


@dataclass(slots=True)
class _Pool:
    """Values of one path and kind that wait to be judged."""

    chunks: list[pa.Array] = field(default_factory=list)
    counts: list[npt.NDArray[np.int64]] = field(default_factory=list)
    """Occurrences of each value, where waivers must be counted."""

    def distinct(self) -> tuple[pa.Array, npt.NDArray[np.int64] | None]:
        if len(self.chunks) == 1:
            return self.chunks[0], self.counts[0] if self.counts else None
        if not self.counts:
            return pa.chunked_array(self.chunks).unique(), None
        encoded = pa.chunked_array(self.chunks).combine_chunks().dictionary_encode()
        counts = np.bincount(
            np.asarray(encoded.indices), weights=np.concatenate(self.counts), minlength=len(encoded.dictionary)
        )
        return encoded.dictionary, counts.astype(np.int64)


class _Gate:
    """One part's inspection: state between the blocks."""

    def __init__(
        self,
        plan: Plan,
        schema: Schema,
        format: Format,
        judge: Judge,
        raw: RawIndex,
    ) -> None:
        self._plan, self._schema, self._format, self._judge, self._raw = plan, schema, format, judge, raw
        self._reader = LeafReader(schema, judge.name_of)
        self._pools: dict[tuple[FieldPath, Kind], _Pool] = {}
        self._held = 0
        self.rows = 0
        self.bad: dict[tuple[FieldPath, Kind], dict[object, set[tuple[str, str]]]] = {}
        self.waived: dict[str, int] = {}

    def look(self, stream: io.RawIOBase) -> None:
        """Decode everything; judge every distinct value."""
        for rows, leaves in self._leaves(stream):
            for leaf in leaves:
                self._pool(leaf)
                if self._held > _POOL:
                    self._flush()
            self.rows += rows
        self._flush()

    def locate(self, staged: BinaryIO, origins: Rows) -> tuple[ResidueHit, ...]:
        """Read again: in which records the bad values stand."""
        hits: set[ResidueHit] = set()
        left = {key: set(values) for key, values in self.bad.items()}
        total = 0
        for rows, leaves in self._leaves(HashingStream(staged)):
            total += rows
            if total > len(origins):
                break
            for leaf in leaves:
                reasons = self.bad.get((leaf.path, leaf.kind))
                if reasons:
                    left[leaf.path, leaf.kind] -= _hits(leaf, reasons, origins, hits)
        if total != len(origins) or any(left.values()):
            raise RefusedError("the staged file changed while it was read")
        return tuple(sorted(hits))

    def _leaves(self, stream: io.RawIOBase) -> Iterator[tuple[int, list[Leaf]]]:
        """Per block: its rows, and its leaves with rows numbered over the whole part in output order."""
        buffered = cast("BinaryIO", io.BufferedReader(stream, 1 << 20))
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        past = 0
        for block in self._format.decode(buffered, 0, size, self._plan.target_format, self._schema):
            rows = _number(block, past)
            leaves = [
                leaf
                for batch, numbers in zip(block.batches, rows, strict=True)
                for leaf in self._reader.leaves(batch, numbers)
            ]
            count = sum(len(batch) for batch in block.batches)
            past += count
            yield count, leaves

    def _pool(self, leaf: Leaf) -> None:
        pool = self._pools.setdefault((leaf.path, leaf.kind), _Pool())
        pool.chunks.append(leaf.values)
        if self._judge.waives(leaf.path):
            pool.counts.append(np.bincount(leaf.codes, minlength=len(leaf.values)))
        self._held += leaf.values.nbytes

    def _flush(self) -> None:
        texts: list[pa.Array] = []
        owners: list[tuple[tuple[FieldPath, Kind], pa.Array, Rows]] = []
        for key, pool in self._pools.items():
            values, counts = pool.distinct()
            judged = self._judge.judge(*key, values)
            for place, entity, detector in judged.bad:
                self._note(key, values, place, (entity, detector))
            for place, entity in judged.waived:
                name = f"{self._judge.name_of(key[0])} {entity}"
                self.waived[name] = self.waived.get(name, 0) + (int(counts[place]) if counts is not None else 0)
            if judged.echoable is not None and len(judged.echoable):
                texts.append(judged.echoable)
                owners.append((key, values, judged.echoed))
        self._echoes(texts, owners)
        self._pools.clear()
        self._held = 0

    def _echoes(
        self, texts: Sequence[pa.Array], owners: Sequence[tuple[tuple[FieldPath, Kind], pa.Array, Rows]]
    ) -> None:
        """One search over the texts of all fields: the raw values are hashed once."""
        if not texts:
            return
        found = self._raw.inside(pa.concat_arrays(texts))
        past = 0
        for (key, values, places), chunk in zip(owners, texts, strict=True):
            for hit in np.flatnonzero(found[past : past + len(chunk)]):
                self._note(key, values, int(places[hit]), (ECHO, GATE))
            past += len(chunk)

    def _note(self, key: tuple[FieldPath, Kind], values: pa.Array, place: int, reason: tuple[str, str]) -> None:
        self.bad.setdefault(key, {}).setdefault(values[place].as_py(), set()).add(reason)


def _number(block: Block, past: int) -> list[Rows]:
    """The row numbers of each batch: their place by ordinal in the block, after ``past`` rows. Checks the count."""
    if block.rejects:
        raise RefusedError(f"the output cannot be read back: {block.rejects[0].rule}")
    sizes = [len(batch) for batch in block.batches]
    if sum(sizes) != block.count:
        raise RefusedError("the output cannot be read back: not every record became a row")
    if not sizes:
        return []
    ordinals = np.concatenate([batch.ordinals for batch in block.batches])
    if len(sizes) == 1 and (len(ordinals) < 2 or bool((np.diff(ordinals) > 0).all())):  # noqa: PLR2004 (nothing to compare)
        return [np.arange(past, past + sizes[0], dtype=np.int64)]
    order = np.argsort(ordinals, kind="stable")
    if len(order) > 1 and not bool((np.diff(ordinals[order]) > 0).all()):
        raise RefusedError("the output cannot be read back: two records have one place")
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(past, past + len(order), dtype=np.int64)
    return np.split(ranks, np.cumsum(sizes)[:-1])


def _hits(
    leaf: Leaf, reasons: Mapping[object, set[tuple[str, str]]], origins: Rows, hits: set[ResidueHit]
) -> set[object]:
    """Add a hit for every record in which a bad value stands; the values that were found."""
    known = pa.array(list(reasons), type=leaf.values.type)
    bad = np.asarray(pc.is_in(leaf.values, value_set=known).to_numpy(zero_copy_only=False), dtype=np.bool_)
    if not bad.any():
        return set()
    values = leaf.values.to_pylist()
    standing = bad[leaf.codes]
    for code, row in zip(leaf.codes[standing].tolist(), leaf.rows[standing].tolist(), strict=True):
        ordinal = int(origins[row])
        hits.update(ResidueHit(ordinal, leaf.path, *reason) for reason in reasons[values[code]])
    return {values[place] for place in np.flatnonzero(bad)}
