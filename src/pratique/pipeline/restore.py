"""Return: released data, verified, through the inverse plan, into a restricted dataset of the exporter's region."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import orjson

from pratique.errors import RefusedError
from pratique.kernel import BoundPlan, InversePlan, bind_inverse
from pratique.kernel.inverse_columns import same_columns
from pratique.kernel.values import records_of
from pratique.model.data import Batch, FormatSpec
from pratique.model.paths import FieldPath
from pratique.model.release import Release
from pratique.model.schema import SCALARS, Kind, Node, Schema
from pratique.ports import Format

_NO_SEED: Final = bytes(32)
"""JSON Lines have nothing that varies."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a re-identification counted."""

    records: int
    failed: int
    fields: tuple[FieldPath, ...]


def restore(
    bound: BoundPlan,
    release: Release,
    streams: Iterable[tuple[BinaryIO, int]],
    *,
    format: Format,
    lines: Format,
    schema: Schema,
    fields: Collection[FieldPath],
    write: Callable[[bytes | memoryview], object],
    tell: Callable[[int], None] = lambda _: None,
) -> Restored:
    """Run the inverse of ``bound`` over all of a verified release and write ``lines`` (JSON Lines).

    ``streams``: the release's files, or what stands for them, each with its size; they are closed here. Only records
    come out: the caller has verified the release and settled who may ask, why, and where it goes. Fields that were not
    asked for stay as released. ``tell`` gets the bytes of each once it is done. Raises `RefusedError` for a release of
    another plan.
    """
    if release.plan != bound.plan.hash:
        raise RefusedError("the release was made under another plan", where=f"run {release.run}")
    inverse = bind_inverse(bound, fields)
    records = failed = 0
    for one, size in streams:
        with one as stream:
            for written, count, misses in _blocks(inverse, stream, format, lines, schema):
                write(written)
                records += count
                failed += misses
        tell(size)
    return Restored(records, failed, tuple(inverse.steps))


def _blocks(
    inverse: InversePlan, stream: BinaryIO, format: Format, lines: Format, schema: Schema
) -> Iterator[tuple[bytes | memoryview, int, int]]:
    for block in format.decode(stream, 0, None, inverse.bound.plan.target_format, schema):
        if block.rejects:
            raise RefusedError("the released file does not read as its format", where="re-identification")
        yield _by_columns(inverse, block.batches, lines) or _by_records(inverse, block.batches)


def _by_columns(
    inverse: InversePlan, batches: Sequence[Batch], lines: Format
) -> tuple[bytes | memoryview, int, int] | None:
    """The block's rows as lines, if all are flat and stay so; the bytes are those of the records' way."""
    if not same_columns(batches):
        return None
    restored = [inverse.restore_columns(batch) for batch in batches]
    found = [one for one in restored if one is not None]
    if len(found) < len(restored):
        return None
    fields = tuple((name, Node(SCALARS)) for name in found[0][0].columns or ())
    encoder = lines.encoder(Schema(Node(frozenset({Kind.RECORD}), fields=fields)), FormatSpec(lines.name), _NO_SEED)
    written = encoder.encode([batch for batch, _ in found])
    return written, sum(len(batch) for batch, _ in found), sum(misses for _, misses in found)


def _by_records(inverse: InversePlan, batches: Sequence[Batch]) -> tuple[bytes, int, int]:
    rows = [
        (int(ordinal), record)
        for batch in batches
        for ordinal, record in zip(batch.ordinals, records_of(batch), strict=True)
    ]
    rows.sort(key=lambda row: row[0])
    found, failed = inverse.restore([record for _, record in rows])
    return b"".join(orjson.dumps(record) + b"\n" for record in found), len(found), failed
