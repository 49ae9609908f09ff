"""Arrow tables that somebody has in memory, as records; values of types beyond JSON's are lowered."""

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa

from pratique.formats.parquet.down import Rules, python_values
from pratique.formats.parquet.types import declared_schema
from pratique.model.data import Record


def records_of_table(table: pa.Table | pa.RecordBatch) -> tuple[list[Record], Mapping[str, int]]:
    """The rows that can be records, and how many cannot, by rule. Raises `FormatError` for types that are not read."""
    declared_schema(table.schema)
    records: list[Record] = []
    rejects: Counter[str] = Counter()
    for batch in table.to_batches() if isinstance(table, pa.Table) else [table]:
        rules = Rules()
        columns = [python_values(values, rules) for values in batch.columns]
        for row, values in enumerate(zip(*columns, strict=True)):
            if row in rules.by_row:
                rejects[rules.by_row[row]] += 1
            else:
                records.append(dict(zip(batch.schema.names, values, strict=True)))
    return records, rejects
