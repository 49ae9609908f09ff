"""Canonical records outlive code: what a line of JSON, or a record of CSV, becomes is the same bytes for ever.

Every vector goes from source bytes to canonical bytes, alone and in a crowd, as columns and as records.
"""

# mypy: disable-error-code="no-untyped-call"

import io
import json
from pathlib import Path

import pytest

from pratique.errors import FormatError
from pratique.formats import registry
from pratique.formats.csv import Csv
from pratique.formats.doubles import CANONICAL, check_doubles
from pratique.formats.jsonl import JsonLines
from pratique.model.codec import decode
from pratique.model.data import FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import encode_rows

ASSETS = Path(__file__).parents[2] / "assets" / "golden"
RECORD = json.loads((ASSETS / "record.json").read_text(encoding="utf-8"))
CSV = json.loads((ASSETS / "csv.json").read_text(encoding="utf-8"))
MANY = 40


def through(way, data, spec, schema):
    """Decode and encode; the canonical bytes and the rules of the rejects."""
    blocks = list(way.decode(io.BytesIO(data), 0, None, spec, schema))
    batches = [batch for block in blocks for batch in block.batches]
    rules = [reject.rule for block in blocks for reject in block.rejects]
    return encode_rows(way, batches, schema, spec), rules


def test_the_versions_that_these_vectors_are_of():
    assert (RECORD["version"], JsonLines.version) == (1, 1)
    assert (CSV["version"], Csv.version) == (1, 1)


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize("group", RECORD["groups"], ids=lambda g: g["name"])
def test_json_records(group, columns):
    way, spec, schema = JsonLines(columns=columns), FormatSpec("jsonl"), decode(Schema, group["schema"])
    assert way.encoder(schema, spec, bytes(32)).head() == b""
    for row in group["rows"]:
        line, out = row["in"].encode() + b"\n", row["out"].encode() + b"\n"
        assert through(way, line, spec, schema) == (out, [])
        assert through(way, line * MANY, spec, schema) == (out * MANY, [])
    whole = "".join(row["in"] + "\n" for row in group["rows"]).encode() * MANY
    out = "".join(row["out"] + "\n" for row in group["rows"]).encode() * MANY
    assert through(way, whole, spec, schema) == (out, [])


@pytest.mark.parametrize("group", RECORD["groups"], ids=lambda g: g["name"])
def test_a_canonical_record_is_its_own_canonical_form(group):
    schema = decode(Schema, group["schema"])
    for row in group["rows"]:
        line = row["out"].encode() + b"\n"
        assert through(JsonLines(), line, FormatSpec("jsonl"), schema) == (line, [])


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize("vector", RECORD["rejects"], ids=lambda v: v["rule"])
def test_what_is_no_json_record(vector, columns):
    schema = Schema(Node(frozenset({Kind.RECORD})))
    data = vector["in"].encode("latin-1") + b"\n"
    assert through(JsonLines(columns=columns), data, FormatSpec("jsonl"), schema) == (b"", [vector["rule"]])


@pytest.mark.parametrize("columns", [True, False])
@pytest.mark.parametrize("vector", CSV["files"], ids=lambda v: v["name"])
def test_csv_files(vector, columns):
    node = Node(frozenset({Kind.STRING, Kind.NULL}))
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=tuple((name, node) for name in vector["columns"])))
    spec = FormatSpec("csv", vector["options"])
    codec = vector["options"].get("encoding", "utf-8").removesuffix("-sig")
    mark = b"\xef\xbb\xbf" if vector["options"].get("encoding") == "utf-8-sig" else b""
    way = Csv(columns=columns)
    head = mark + vector["head"].encode(codec)
    out = vector["out"].encode(codec)
    assert way.encoder(schema, spec, bytes(32)).head() == head
    body = vector["in"].encode(codec)
    assert through(way, head + body, spec, schema) == (out, [])
    assert through(way, head + body * MANY, spec, schema) == (out * MANY, [])
    assert through(way, head + out, spec, schema) == (out, [])


def test_an_orjson_that_writes_doubles_otherwise_is_refused(monkeypatch):
    check_doubles.cache_clear()
    registry()
    check_doubles.cache_clear()
    monkeypatch.setattr(
        "pratique.formats.doubles.orjson.dumps", lambda number: repr(number).replace("e+", "e").encode()
    )
    with pytest.raises(FormatError, match="writes doubles in another form"):
        registry()
    monkeypatch.undo()
    registry()


def test_every_form_of_a_double_reads_back_equal():
    assert [float(text) for _, text in CANONICAL] == [number for number, _ in CANONICAL]
    golden = [row["out"] for group in RECORD["groups"] if group["name"] == "doubles" for row in group["rows"]]
    assert {'{"d":1e+22}', '{"d":1e+16}', '{"d":0.00001}', '{"d":1e-7}'} <= set(golden)
