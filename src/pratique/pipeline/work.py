"""One part, from its source to a cleared staging file: decode, treat, encode, stage, gate.

The unit of work that every engine maps. It depends on nothing but the plan, the keys, the run id and the part's bytes,
so that any worker at any time writes the same bytes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import RefusedError
from pratique.gate import ECHO, Inspection, RawValues, Witness, inspect
from pratique.kernel import BoundPlan
from pratique.model.data import Batch, Block, Outcome, Part, PartId, Quarantined
from pratique.model.paths import FieldPath, show_path
from pratique.model.plan import Plan
from pratique.model.quarantine import CUT, FOREIGN, Entry
from pratique.model.release import NEW_FIELD, Counts, StagedFile
from pratique.model.schema import Schema
from pratique.pipeline.limit import Limit
from pratique.pipeline.reading import Reader
from pratique.ports import Encoder, Format, QuarantineWriter, ResidueDetector, Staged, StagingArea
from pratique.runs import file_name, part_seed

_RAWS = 32 << 20
"""Bytes of raw values that are added before they are made distinct again."""
_RESIDUE = "residue"
"""The rule of records in which the gate's detectors found something."""
_ATTEMPTS = 4
"""How often a part is staged anew because the gate found something; what is found after that refuses the part."""


class Holding(Protocol):
    """Where what a part holds back goes: of `pratique.ports.QuarantineStore`, what working a part needs."""

    def writer(self, flow: str, run: str, part: PartId) -> QuarantineWriter:
        """For one attempt at a part."""
        ...


@dataclass(frozen=True, slots=True)
class Workshop:
    """All that working a part needs, made once per worker."""

    plan: Plan
    run: str
    reader: Reader
    target_format: Format
    treatment: BoundPlan
    output_schema: Schema
    residue: ResidueDetector
    staging: StagingArea
    quarantine: Holding
    today: date
    limit: Limit | None
    """The flow's thresholds; None of a replay, which can only lessen what is held."""


@dataclass(slots=True)
class _Tally:
    """What staging one part counted."""

    read: int = 0
    quarantined: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    """Of those quarantined, by field."""
    origins: list[npt.NDArray[np.int64]] = field(default_factory=list)
    raws: list[pa.Array] = field(default_factory=list)
    pending: int = 0
    """Bytes of raw values that were added since they were last made distinct."""
    kept: int = 0
    """Bytes of those that were distinct then."""

    def keep(self, raws: Sequence[pa.Array]) -> None:
        """Take raw values for the gate. What streams repeat from block to block is kept once."""
        self.raws.extend(raws)
        self.pending += sum(array.nbytes for array in raws)
        if self.pending > max(_RAWS, self.kept):
            self.raws = [pc.unique(pa.chunked_array(self.raws, pa.string()))]
            self.pending, self.kept = 0, self.raws[0].nbytes


@dataclass(frozen=True, slots=True)
class WorkedPart:
    """What became of a part."""

    file: StagedFile
    """Finished and cleared, for the run store."""
    witness: Witness | None
    """That the gate read this very file, for who publishes it on this machine."""


def work_part(shop: Workshop, part: Part, progress: Callable[[int], None] = lambda _: None) -> WorkedPart:
    """Bring one part to a finished, cleared staging file with its sealed quarantine beside it.

    1. Stage: every record is written treated, or quarantined by a named rule.
    2. Gate: the staged bytes are read again. Where it finds residue, those records are quarantined under the rule
       ``residue`` (``foreign-echo`` for a raw value of the part) and the part is staged once more.
    3. The input is still the one whose digest was taken.
    4. The quarantine is finished before the part counts as done, so that nothing is lost by a crash between the two.

    Raises `RefusedError` where the part cannot be cleared or the run is beyond its thresholds, and `SourceError` where
    its input changed.
    """
    excluded: dict[int, Quarantined] = {}
    for _ in range(_ATTEMPTS):
        staged = shop.staging.create(part.id, shop.target_format.extension)
        writer = shop.quarantine.writer(shop.plan.flow, shop.run, part.id)
        try:
            tally = _stage(shop, part, excluded, staged, writer, progress)
            shop.reader.check(part)
            with staged.finish() as stream:
                found = _inspect(shop, part, stream, tally)
            if found.cleared is not None:
                staged.settle()
                writer.finish()
        except BaseException:
            staged.discard()
            writer.discard()
            raise
        if found.cleared is not None:
            counts = Counts(tally.read, found.written, dict(sorted(tally.quarantined.items())))
            file = StagedFile(
                part=part.id,
                name=file_name(shop.run, part.id, shop.target_format.extension),
                staged=staged.name,
                size=found.size,
                digest=found.digest,
                counts=counts,
                residue=0,
                waived=found.waived,
                held=dict(sorted(tally.held.items())),
            )
            return WorkedPart(file, found.witness)
        staged.discard()
        writer.discard()
        for hit in found.residue:
            rule = FOREIGN if hit.entity == ECHO else _RESIDUE
            if rule == FOREIGN or hit.ordinal not in excluded:
                excluded[hit.ordinal] = Quarantined(hit.ordinal, rule, hit.path)
    raise RefusedError(
        f"the gate still finds something after {_ATTEMPTS} stagings ({_hits(found)})",
        where=f"flow {shop.plan.flow}, part {part.id}",
        do="look at the fields named with: pratique catalogue show",
    )


def _hits(found: Inspection) -> str:
    """Fields and types of what is left, for the terminal of a person in the exporter's region."""
    kinds = sorted({f"{'record' if hit.path is None else show_path(hit.path)} {hit.entity}" for hit in found.residue})
    return ", ".join(kinds[:5])


def _stage(
    shop: Workshop,
    part: Part,
    excluded: Mapping[int, Quarantined],
    staged: Staged,
    writer: QuarantineWriter,
    progress: Callable[[int], None],
) -> _Tally:
    tally = _Tally()
    seed = part_seed(shop.run, part.id)
    encoder = shop.target_format.encoder(shop.output_schema, shop.plan.target_format, seed)
    staged.write(encoder.head())
    for block in shop.reader.blocks(part):
        _stage_block(shop, block, excluded, encoder, staged, writer, tally)
        progress(block.span)
    staged.write(encoder.finish())
    return tally


def _stage_block(
    shop: Workshop,
    block: Block,
    excluded: Mapping[int, Quarantined],
    encoder: Encoder,
    staged: Staged,
    writer: QuarantineWriter,
    tally: _Tally,
) -> None:
    tally.read += block.count
    treated: list[Batch] = []
    held: list[Quarantined] = [Quarantined(r.ordinal, r.rule) for r in block.rejects]
    for whole in block.batches:
        batch, out = _without(whole, excluded)
        held.extend(excluded[ordinal] for ordinal in out)
        outcome = shop.treatment.apply(batch)
        _check_rows(batch, outcome)
        held.extend(outcome.quarantined)
        tally.keep(outcome.raws)
        if len(outcome.treated):
            treated.append(outcome.treated)
    if treated:
        staged.write(encoder.encode(treated))
        tally.origins.append(np.sort(np.concatenate([batch.ordinals for batch in treated])))
    if held:
        for entry in _entries(shop.plan, block, held):
            writer.add(entry)
            tally.quarantined[entry.rule] = tally.quarantined.get(entry.rule, 0) + 1
            if entry.field:
                tally.held[entry.field] = tally.held.get(entry.field, 0) + 1
    _look(shop.limit, tally, writer)


def _look(limit: Limit | None, tally: _Tally, writer: QuarantineWriter) -> None:
    """Stop where the run cannot pass any more; what was held until then stays, sealed, to be looked at."""
    try:
        if limit is not None:
            limit.look(tally.read, tally.quarantined, tally.held)
    except RefusedError:
        writer.finish()
        raise


def _number(plan: Plan, path: FieldPath) -> str:
    """The field's number in the plan; of a record, list or map that of the first field in it."""
    numbers = (n for n, step in enumerate(plan.steps, start=1) if step.path[: len(path)] == path)
    found = next(numbers, None)
    return NEW_FIELD if found is None else f"#{found}"


def _check_rows(batch: Batch, outcome: Outcome) -> None:
    """Every row of the batch left once: the sums alone would not show one that was lost for one that came twice."""
    left = outcome.treated.ordinals
    if outcome.quarantined:
        held = np.fromiter((item.ordinal for item in outcome.quarantined), dtype=np.int64)
        left = np.sort(np.concatenate([left, held]))
    if not np.array_equal(left, batch.ordinals):
        raise RefusedError("the treatment lost a record, or gave one twice", do="please report it")


def _entries(plan: Plan, block: Block, held: Sequence[Quarantined]) -> Iterator[Entry]:
    """What goes into quarantine of a block, in the order of its records."""
    starts = np.array(
        sorted({int(o) for batch in block.batches for o in batch.ordinals} | {r.ordinal for r in block.rejects}),
        dtype=np.int64,
    )
    lengths: Mapping[int, int] = {r.ordinal: r.length for r in block.rejects}
    for item in sorted(held, key=lambda q: q.ordinal):
        # A record reaches to where the next one starts: exact for any format, line breaks inside records included.
        following = int(np.searchsorted(starts, item.ordinal, side="right"))
        end = int(starts[following]) if following < len(starts) else block.start + len(block.data)
        length = lengths.get(item.ordinal, end - item.ordinal)
        original = block.original(item.ordinal, length)
        number = _number(plan, item.path) if item.path else ""
        yield Entry(item.ordinal, item.rule, item.path, original, number, length if item.rule == CUT else None)


def _without(batch: Batch, excluded: Collection[int]) -> tuple[Batch, list[int]]:
    """The batch less the rows at ``excluded`` ordinals, and the ordinals that were taken out."""
    if not excluded:
        return batch, []
    gone = np.isin(batch.ordinals, np.fromiter(excluded, dtype=np.int64))
    if not gone.any():
        return batch, []
    keep = ~gone
    out = [int(o) for o in batch.ordinals[gone]]
    if batch.columns is not None:
        mask = pa.array(keep)
        columns = {name: type(c)(c.values, c.codes.filter(mask)) for name, c in batch.columns.items()}
        return Batch(batch.ordinals[keep], columns=columns), out
    assert batch.records is not None
    return Batch(batch.ordinals[keep], records=[batch.records[i] for i in np.flatnonzero(keep).tolist()]), out


def _inspect(shop: Workshop, part: Part, stream: BinaryIO, tally: _Tally) -> Inspection:
    origins = np.concatenate(tally.origins) if tally.origins else np.zeros(0, dtype=np.int64)
    return inspect(
        stream,
        name=file_name(shop.run, part.id, shop.target_format.extension),
        plan=shop.plan,
        output_schema=shop.output_schema,
        format=shop.target_format,
        bound=shop.treatment.bound(),
        emits=shop.treatment.emits(),
        residue=shop.residue,
        origins=origins,
        raw=RawValues(tally.raws),
        read=tally.read,
        quarantined=tally.quarantined,
        today=shop.today,
        seed=part_seed(shop.run, part.id),
    )
