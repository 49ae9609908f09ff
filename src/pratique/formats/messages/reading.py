"""What a codec reads of some values, and the rows that one writes, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pratique.errors import FormatError
from pratique.formats.avro.hints import check_hint
from pratique.formats.distinct import row_values
from pratique.model.data import Batch, Record
from pratique.model.schema import Schema


@dataclass(slots=True)
class Read:
    """Rows and rejects. Ordinals and places are places in the set."""

    batches: list[Batch] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)


def fits(stated: Schema, known: Schema | None) -> bool:
    """Whether values of a schema may be read for a plan that goes by ``known``: it states no field as of another
    logical type. Further fields, and other kinds, are for whoever takes the rows to find.
    """
    try:
        check_hint(stated, known)
    except FormatError:
        return False
    return True


def by_ordinal(batches: Sequence[Batch]) -> list[Record]:
    """Every row as a record, merged by ordinal."""
    rows: list[tuple[int, Record]] = []
    for batch in batches:
        records = batch.records
        if batch.columns is not None:
            names = list(batch.columns)
            columns = [row_values(column) for column in batch.columns.values()]
            records = (
                [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
                if columns
                else [{} for _ in range(len(batch))]
            )
        assert records is not None
        rows += zip(batch.ordinals.tolist(), records, strict=True)
    rows.sort(key=lambda row: row[0])
    return [record for _, record in rows]
