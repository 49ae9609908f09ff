"""The texts of logical types outlive code, and so does what a release in Parquet says of its fields."""

# mypy: disable-error-code="no-untyped-call"

import datetime as dt
import decimal
import io
import json
import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pratique.formats.lowering import arrow_type, lower, raise_values
from pratique.formats.parquet import Parquet
from pratique.model.codec import decode
from pratique.model.data import Batch, FormatSpec
from pratique.model.logical import LOGICAL_VERSION, read_logical
from pratique.model.schema import Schema
from pratique.testing.formats import encode_file

ASSETS = Path(__file__).parents[2] / "assets" / "golden"
LOGICAL = json.loads((ASSETS / "logical.json").read_text(encoding="utf-8"))
PARQUET = json.loads((ASSETS / "parquet.json").read_text(encoding="utf-8"))
MAKERS: dict[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "instant": dt.datetime.fromisoformat,
    "decimal": decimal.Decimal,
    "bytes": bytes.fromhex,
    "uuid": lambda text: uuid.UUID(text).bytes,
    "units": int,
    "whole": int,
    "number": float,
}
"""How a golden value is made with Python's own types."""


def test_the_versions_that_these_vectors_are_of():
    assert LOGICAL["version"] == LOGICAL_VERSION == 1
    assert PARQUET["version"] == Parquet.version == 1


@pytest.mark.parametrize("vector", LOGICAL["values"], ids=lambda v: f"{v['logical']} {v['lowered']}")
def test_values_and_their_texts(vector):
    known = read_logical(vector["logical"])
    arrow = arrow_type(known.kind, known.name)
    made = MAKERS[vector["made"]](vector["from"])
    units = pa.array([made], pa.int64()).view(arrow) if vector["made"] == "units" else pa.array([made], arrow)
    assert lower(units, known.name).values.to_pylist() == [vector["lowered"]]
    assert raise_values(lower(units, known.name).values, known.name, "x").equals(units)


def test_every_name_has_a_vector():
    bases = {read_logical(vector["logical"]).base for vector in LOGICAL["values"]}
    numbers = {f"{sign}int{width}" for sign in ("", "u") for width in (8, 16, 32)} | {"uint64", "float16", "float32"}
    others = {"date32", "time32", "time64", "timestamp", "duration", "decimal128", "decimal256", "uuid", "binary"}
    assert bases == numbers | others | {"fixed_size_binary"}


def test_what_a_file_says_of_its_fields():
    shape = decode(Schema, PARQUET["schema"])
    data = encode_file(
        Parquet(), [Batch(np.arange(1), records=[PARQUET["record"]])], shape, FormatSpec("parquet", PARQUET["options"])
    )
    found = pq.read_schema(io.BytesIO(data))
    assert {field.name: str(field.type) for field in found} == PARQUET["types"]
    told = {field.name: {k.decode(): v.decode() for k, v in (field.metadata or {}).items()} for field in found}
    assert told == PARQUET["metadata"]
    (block,) = Parquet(columns=False).decode(io.BytesIO(data), 0, None, FormatSpec("parquet"), None)
    assert block.batches[0].records == [PARQUET["record"]]
