"""Peer (b): the same library's bare loop that reads rows and writes them back. Usage: read_write.py INPUT OUTPUT.

By the input's name: Parquet row group by row group, CSV block by block, with pyarrow's own settings but one thread;
Avro record by record with fastavro, whose reader goes straight into its writer. Nothing is treated, checked, hashed or
signed.
"""

import json
import sys
import time
from pathlib import Path

import fastavro
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq


def copy_parquet(source: str, target: str) -> int:
    """Read and write every row group; how many rows."""
    file = pq.ParquetFile(source)
    with pq.ParquetWriter(target, file.schema_arrow) as out:
        for number in range(file.num_row_groups):
            out.write_table(file.read_row_group(number, use_threads=False))
    return int(file.metadata.num_rows)


def copy_csv(source: str, target: str) -> int:
    """Read and write every block; how many rows."""
    rows = 0
    blocks = pa_csv.open_csv(source, read_options=pa_csv.ReadOptions(use_threads=False))
    with blocks, pa_csv.CSVWriter(target, blocks.schema) as out:
        for block in blocks:
            out.write_batch(block)
            rows += len(block)
    return rows


def copy_avro(source: str, target: str) -> int:
    """Read and write every record; how many is told by the blocks of what was written, once the clock has stopped."""
    with open(source, "rb", 1 << 20) as data, open(target, "wb", 1 << 20) as out:  # noqa: PTH123 (as a script would)
        records = fastavro.reader(data)
        fastavro.writer(out, records.writer_schema or {}, records)
    return 0


def count_avro(path: str) -> int:
    """The records of an Avro file."""
    with Path(path).open("rb") as data:
        return sum(block.num_records for block in fastavro.block_reader(data))


LOOPS = {".parquet": copy_parquet, ".csv": copy_csv, ".avro": copy_avro}


def main() -> None:
    """Run the loop once and print seconds and records as JSON."""
    source, target = sys.argv[1:]
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    loop = LOOPS[Path(source).suffix]
    start = time.perf_counter()
    records = loop(source, target)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "records": records or count_avro(target)}))


if __name__ == "__main__":
    main()
