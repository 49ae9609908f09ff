"""Return: released data, verified, through the inverse plan, into a restricted dataset of the exporter's region."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import orjson

from pratique.errors import RefusedError
from pratique.kernel import BoundPlan, InversePlan, bind_inverse
from pratique.kernel.values import records_of
from pratique.model.paths import FieldPath
from pratique.model.release import Release
from pratique.model.schema import Schema
from pratique.ports import Format


@dataclass(frozen=True, slots=True)
class Restored:
    """What a re-identification counted."""

    records: int
    failed: int
    fields: tuple[FieldPath, ...]


def restore(
    bound: BoundPlan,
    release: Release,
    open_file: Callable[[str], BinaryIO],
    *,
    format: Format,
    schema: Schema,
    fields: Collection[FieldPath],
    write: Callable[[bytes], object],
) -> Restored:
    """Run the inverse of ``bound`` over every file of a verified release and write JSON Lines.

    Only records come out: the caller has verified the release and settled who may ask, why, and where it goes. Fields
    that were not asked for stay as released. Raises `RefusedError` for a release of another plan.
    """
    if release.plan != bound.plan.hash:
        raise RefusedError("the release was made under another plan", where=f"run {release.run}")
    inverse = bind_inverse(bound, fields)
    records = failed = 0
    for file in release.files:
        with open_file(file.name) as stream:
            for lines, count, misses in _blocks(inverse, stream, format, bound, schema):
                write(lines)
                records += count
                failed += misses
    return Restored(records, failed, tuple(inverse.steps))


def _blocks(
    inverse: InversePlan,
    stream: BinaryIO,
    format: Format,
    bound: BoundPlan,
    schema: Schema,
) -> Iterator[tuple[bytes, int, int]]:
    for block in format.decode(stream, 0, None, bound.plan.target_format, schema):
        if block.rejects:
            raise RefusedError("the released file does not read as its format", where="re-identification")
        rows = [
            (int(ordinal), record)
            for batch in block.batches
            for ordinal, record in zip(batch.ordinals, records_of(batch), strict=True)
        ]
        rows.sort(key=lambda row: row[0])
        found, failed = inverse.restore([record for _, record in rows])
        yield b"".join(orjson.dumps(record) + b"\n" for record in found), len(found), failed
