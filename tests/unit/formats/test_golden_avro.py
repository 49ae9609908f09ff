"""Avro containers outlive code: what records become is the same bytes for ever, and another reader finds them there."""

# mypy: disable-error-code="no-untyped-call"

import io
import json
from pathlib import Path

import fastavro
import numpy as np
import pytest

from pratique.formats.avro import Avro
from pratique.model.codec import decode
from pratique.model.data import Batch, FormatSpec
from pratique.model.schema import Schema
from pratique.testing.formats import SEED, encode_file

GOLDEN = json.loads((Path(__file__).parents[2] / "assets" / "golden" / "avro.json").read_text(encoding="utf-8"))


def test_the_version_that_these_vectors_are_of():
    assert (GOLDEN["version"], Avro.version) == (1, 1)


@pytest.mark.parametrize("file", GOLDEN["files"], ids=lambda f: f["name"])
def test_files(file):
    schema, spec, data = decode(Schema, file["schema"]), FormatSpec("avro", file["options"]), bytes.fromhex(file["hex"])
    records = file["records"]
    assert encode_file(Avro(), [Batch(np.arange(len(records)), records=records)], schema, spec) == data
    Avro().check_container(io.BytesIO(data), schema, spec, SEED)
    (block,) = Avro(columns=False).decode(io.BytesIO(data), 0, None, spec, schema)
    assert block.batches[0].records == records
    other = fastavro.reader(io.BytesIO(data))
    assert other.metadata == {"avro.schema": file["stated"], "avro.codec": "null"}
    # Under the names that Avro allows; logical types are that reader's own, and looked at elsewhere.
    written = {item["name"]: item.get("pratique.name", item["name"]) for item in json.loads(file["stated"])["fields"]}
    found = [{written[name]: value for name, value in item.items()} for item in other]
    kept = {name for name, node in schema.root.fields if not node.logical and not node.fields}
    assert [{n: v for n, v in item.items() if n in kept} for item in found] == [
        {n: v for n, v in item.items() if n in kept} for item in records
    ]
