"""The formats that `tools/chaos_batch.py` moves: how inputs are written, and how what came of them is read.

An *item* is one record as bytes that can be compared: a line as it stands, or, where a record has no bytes of its own,
its values as JSON. `Form.items` reads the items of an input and of an original in quarantine alike.
"""

import csv
import gzip
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import fastavro
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

FIELDS = {
    "number": "long",
    "user_id": "string",
    "card_number": "string",
    "show": "string",
    "price": "double",
    "note": "string",
}
"""The fields of a record, in order, with their types in Avro."""
_AVRO = fastavro.parse_schema(
    {"type": "record", "name": "event", "fields": [{"name": name, "type": kind} for name, kind in FIELDS.items()]}
)
_ARROW = {"long": pa.int64(), "string": pa.string(), "double": pa.float64()}
_SCHEMA = pa.schema([(name, _ARROW[kind]) for name, kind in FIELDS.items()])
_ROWS = 400
"""Rows of a row group, and about as many of a block of Avro: a file has several, and small parts cut it."""
_FOUND = ("DE89370400440532013000", "user-00000007", "service.desk@example.org")
"""What must not stand in a field that is kept."""

Record = dict[str, Any]
Maker = Callable[[random.Random, int], Record]


@dataclass(frozen=True, slots=True)
class Form:
    """One format of inputs and of what is released."""

    name: str
    suffix: str
    gzipped: bool
    """Whether the last input of a batch is a gzip."""
    write: Callable[[random.Random, Sequence[int], Maker, float], bytes]
    """A file of the records with these numbers; with this share of odd ones, which must not pass."""
    items: Callable[[bytes], list[bytes]]
    numbers: Callable[[bytes], list[int]]
    """The numbers of the records of a released file, in order."""


def unpacked(form: Form, name: str, data: bytes) -> list[bytes]:
    """The items of an input file."""
    return form.items(gzip.decompress(data) if name.endswith(".gz") else data)


def _some(choose: random.Random, numbers: Sequence[int], make: Maker, odd: float) -> list[Record]:
    """Records, some of which have in a kept field what must not stand there."""
    records = [make(choose, number) for number in numbers]
    for record in records:
        if choose.random() < odd:
            record["show"] = choose.choice(_FOUND)
    return records


def _write_lines(choose: random.Random, numbers: Sequence[int], make: Maker, odd: float) -> bytes:
    return b"".join(
        _odd_line(choose, make(choose, number)) if choose.random() < odd else orjson.dumps(make(choose, number)) + b"\n"
        for number in numbers
    )


def _odd_line(choose: random.Random, record: Record) -> bytes:
    """A record that must not pass: unreadable, ambiguous, of another kind, with a new field, with something to find."""
    match choose.randrange(5):
        case 0:
            return orjson.dumps(record)[:-2] + b"\n"
        case 1:
            return orjson.dumps(record)[:-1] + b',"number":0}\n'
        case 2:
            record["price"] = "7"
        case 3:
            record["street"] = "Hafenstrasse 3"
        case _:
            record["show"] = choose.choice(_FOUND)
    return orjson.dumps(record) + b"\n"


def _write_rows(choose: random.Random, numbers: Sequence[int], make: Maker, odd: float) -> bytes:
    rows = [",".join(FIELDS).encode()]
    for record in _some(choose, numbers, make, odd / 2):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(record.values())
        row = line.getvalue().encode()
        rows.append(_odd_row(choose, row) if choose.random() < odd / 2 else row)
    return b"\n".join(rows) + b"\n"


def _odd_row(choose: random.Random, row: bytes) -> bytes:
    """A row that must not pass: a cell too many, a cell too few, bytes that are not UTF-8."""
    return choose.choice(
        (row + b",7", row.rpartition(b',"' if row.endswith(b'"') else b",")[0], row.replace(b"user", b"\xffser"))
    )


def _write_parquet(choose: random.Random, numbers: Sequence[int], make: Maker, odd: float) -> bytes:
    file = io.BytesIO()
    table = pa.Table.from_pylist(_some(choose, numbers, make, odd), _SCHEMA)
    pq.write_table(table, file, row_group_size=_ROWS)
    return file.getvalue()


def _write_avro(choose: random.Random, numbers: Sequence[int], make: Maker, odd: float) -> bytes:
    file = io.BytesIO()
    records = _some(choose, numbers, make, odd)
    fastavro.writer(file, _AVRO, records, codec="deflate", sync_interval=_ROWS * 80, sync_marker=bytes(16))
    return file.getvalue()


def _rows(data: bytes) -> list[Record]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def _parquet(data: bytes) -> list[Record]:
    rows: list[Record] = pq.read_table(io.BytesIO(data)).to_pylist()
    return rows


def _avro(data: bytes) -> list[Record]:
    return [dict(record) for record in fastavro.reader(io.BytesIO(data)) if isinstance(record, dict)]


def _items(read: Callable[[bytes], list[Record]]) -> Callable[[bytes], list[bytes]]:
    return lambda data: [orjson.dumps([record[name] for name in FIELDS]) for record in read(data)]


def _numbers(read: Callable[[bytes], list[Record]]) -> Callable[[bytes], list[int]]:
    return lambda data: [int(record["number"]) for record in read(data)]


FORMS = (
    Form("jsonl", ".jsonl", True, _write_lines, bytes.splitlines,
         lambda data: [orjson.loads(line)["number"] for line in data.splitlines()]),
    Form("csv", ".csv", True, _write_rows, lambda data: data.splitlines()[1:], _numbers(_rows)),
    Form("parquet", ".parquet", False, _write_parquet, _items(_parquet), _numbers(_parquet)),
    Form("avro", ".avro", False, _write_avro, _items(_avro), _numbers(_avro)),
)  # fmt: skip
