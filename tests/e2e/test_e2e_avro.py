"""Flows from and to Avro, and from what is compressed as a whole: what only they have."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pytest

from pratique.errors import FormatError, RefusedError, SourceError
from pratique.model.catalogue import DecisionKind
from tests.e2e.sample_projects import STEWARD, quarantined
from tests.e2e.test_e2e_formats import AVRO_TYPES, FLOW, ROWS, avro, avro_fields, jsonl, out, project, read_out, row

pytestmark = pytest.mark.e2e


def plain_rows() -> list[dict[str, Any]]:
    return [row(number) for number in range(ROWS)]


def container(rows: list[dict[str, Any]], types: Mapping[str, Any]) -> bytes:
    fields = [{"name": name, "type": given} for name, given in types.items()]
    sink = io.BytesIO()
    fastavro.writer(sink, {"type": "record", "name": "Event", "fields": fields}, rows)
    return sink.getvalue()


def test_two_kinds_in_one_field_stay_two_in_avro(tmp_path: Path) -> None:
    rows = [{"user_id": f"user-{n:08d}", "x": n if n % 2 else f"n{n}", "y": n / 4} for n in range(ROWS)]
    report = project(tmp_path, "jsonl", "avro", jsonl(rows)).run(FLOW)
    files = out(tmp_path, report, "avro")
    assert [(item["x"], item["y"]) for item in read_out(files, "avro")] == [(r["x"], r["y"]) for r in rows]
    assert avro_fields(files[0])["x"]["type"] == ["null", "long", "string"]


def test_files_whose_schemas_differ_are_one_dataset(tmp_path: Path) -> None:
    old = [{"user_id": f"user-{n:08d}", "n": n, "kind": "A"} for n in range(20)]
    new = [{"user_id": f"user-{n:08d}", "n": n << 40, "kind": "B", "more": n / 2} for n in range(20, 40)]
    enum = {"type": "enum", "name": "Kind", "symbols": ["A", "B", "SECRET"]}
    found = project(tmp_path, "avro", "avro", container(old, {"user_id": "string", "n": "int", "kind": enum}))
    newer = {"user_id": "string", "n": "long", "kind": "string", "more": ["null", "double"]}
    (tmp_path / "data" / "eu" / "b.avro").write_bytes(container(new, newer))
    # What the plan does not know, and where a file is of another type than it was made for, it does not guess.
    with pytest.raises((RefusedError, FormatError)):
        found.run(FLOW)
    found.scan([FLOW])
    found.decide(FLOW, [("more",)], DecisionKind.NOT_PERSONAL, reason="x", steward=STEWARD)
    report = found.run(FLOW)
    files = out(tmp_path, report, "avro")
    assert [(item["n"], item["kind"], item["more"]) for item in read_out(files, "avro")] == [
        (item["n"], item["kind"], item.get("more")) for item in [*old, *new]
    ]
    assert all(avro_fields(data)["n"]["type"] == ["null", "long"] for data in files)
    assert not any(b"SECRET" in data for data in files)


def test_a_dataset_compressed_with_zstd_is_read_and_one_that_was_cut_is_refused(tmp_path: Path) -> None:
    rows = [{"user_id": f"user-{n:08d}", "x": n} for n in range(ROWS)]
    stored = bytes(pa.compress(jsonl(rows), "zstd", asbytes=True))
    found = project(tmp_path, "jsonl", "avro", stored)
    (tmp_path / "data" / "eu" / "a.jsonl").rename(tmp_path / "data" / "eu" / "a.jsonl.zst")
    report = found.run(FLOW)
    assert [item["x"] for item in read_out(out(tmp_path, report, "avro"), "avro")] == list(range(ROWS))
    (tmp_path / "data" / "eu" / "b.jsonl.zst").write_bytes(stored[:-9])
    with pytest.raises(SourceError, match=r"input #0: truncated zstd"):
        found.run(FLOW)


def test_what_is_held_is_kept_as_a_container_of_one_record_and_is_nowhere_in_the_release(tmp_path: Path) -> None:
    rows = plain_rows()
    found = project(tmp_path, "avro", "avro", avro(rows, AVRO_TYPES))
    secret = "DE89370400440532013000"
    rows[17]["raw"] = f"pay to {secret}".encode()
    (tmp_path / "data" / "eu" / "a.avro").write_bytes(avro(rows, AVRO_TYPES))
    report = found.run(FLOW)
    assert report.counts.quarantined == {"guard": 1}
    (original,) = quarantined(tmp_path, report.run)["guard"]
    assert list(fastavro.reader(io.BytesIO(original))) == [rows[17]]
    assert b"secret-word" not in original
    for data in out(tmp_path, report, "avro"):
        assert secret.encode() not in data
        assert set(fastavro.reader(io.BytesIO(data)).metadata) == {"avro.schema", "avro.codec"}


@pytest.mark.parametrize("part", ["head", "schema", "block", "sync", "cut"])
def test_a_damaged_container_is_refused_and_nothing_is_released(tmp_path: Path, part: str) -> None:
    data = bytearray(avro(plain_rows(), AVRO_TYPES))
    found = project(tmp_path, "avro", "avro", bytes(data))
    if part == "cut":
        del data[-5:]
    else:
        head = data.index(b"avro.schema")
        at = {"head": 0, "schema": head + 13, "block": len(data) - 40, "sync": len(data) - 1}[part]
        data[at] ^= 0xFF
    (tmp_path / "data" / "eu" / "a.avro").write_bytes(data)
    with pytest.raises((FormatError, RefusedError)) as caught:
        found.run(FLOW)
    assert "user-" not in str(caught.value)
    assert not list((tmp_path / "data").glob("us/*/release.json"))


def test_another_type_than_the_scan_saw_is_refused(tmp_path: Path) -> None:
    rows = plain_rows()
    found = project(tmp_path, "avro", "avro", avro(rows, AVRO_TYPES))
    texts = [{**item, "born": item["born"].isoformat()} for item in rows]
    (tmp_path / "data" / "eu" / "a.avro").write_bytes(avro(texts, {**AVRO_TYPES, "born": "string"}))
    with pytest.raises(FormatError, match=r"field #1.*scan"):
        found.run(FLOW)


def test_a_releases_schema_says_what_was_done_and_no_more(tmp_path: Path) -> None:
    report = project(tmp_path, "avro", "avro", avro(plain_rows(), AVRO_TYPES)).run(FLOW)
    schema = json.loads(fastavro.reader(io.BytesIO(out(tmp_path, report, "avro")[0])).metadata["avro.schema"])
    known = {"name", "type", "pratique.class", "pratique.decided", "pratique.entities", "pratique.transform"}
    assert set(schema) == {"type", "name", "fields"}
    assert all(set(item) <= known for item in schema["fields"])
