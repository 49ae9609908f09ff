"""A flow may change the format: every pair, flat and nested, to the same records. What cannot be written is refused."""

import datetime as dt
import decimal
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from pratique.assembly import Assembly
from pratique.assembly.start import create_missing
from pratique.config import load
from pratique.errors import ConfigError, FormatError, RefusedError
from pratique.model.catalogue import DecisionKind
from pratique.pipeline.results import RunReport
from pratique.project import Project
from tests.e2e.sample_projects import STEWARD, quarantined

pytestmark = pytest.mark.e2e

FLOW = "events"
ROWS = 60
CONFIG = """\
name: Hafen AG
regions: {{eu: {{}}, us: {{}}}}
keys: {{eu: file:keys/eu.json}}
stewards: {{{steward}: keys/{steward}.pub}}
reidentifiers: {{desk: {{key: keys/desk.pub, flows: [events]}}}}
datasets:
  events: {{uri: data/eu/, format: {source}, region: eu, subject: user_id, purpose: test, retention: 1d}}
  events-us: {{uri: data/us/, format: {target}, region: us}}
  back: {{uri: data/back/, format: jsonl, region: eu, restricted: true}}
policies:
  default:
    entities: {{USER_ID: {{token: viewer}}, DATE_TIME: shift_date}}
    not_personal: keep
    otherwise: quarantine
routes:
  eu -> us: {{class: pseudonymised, basis: none (made-up data), until: 2099-12-31, residue: 0, residue_score: 0.6}}
flows:
  events: {{from: events, to: events-us, policy: default, max_quarantine: 0.5}}
detection:
  entities:
    USER_ID: {{pattern: '\\buser-[0-9]{{8}}\\b', score: 0.9, field_names: [user_id]}}
"""
LOGICAL = pa.schema(
    [
        ("user_id", pa.string()),
        ("born", pa.date32()),
        ("seen", pa.timestamp("us", "UTC")),
        ("price", pa.decimal128(10, 2)),
        ("count", pa.int32()),
        ("raw", pa.binary()),
        ("ratio", pa.float32()),
        ("yes", pa.bool_()),
    ]
)
NESTED = pa.schema(
    [
        ("user_id", pa.string()),
        ("when", pa.struct([("day", pa.date32()), ("hours", pa.list_(pa.int32()))])),
        ("scores", pa.map_(pa.string(), pa.float64())),
    ]
)


def row(number: int) -> dict[str, Any]:
    return {
        "user_id": f"user-{number:08d}",
        "born": dt.date(1980, 1, 1) + dt.timedelta(days=number),
        "seen": dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(microseconds=number),
        "price": decimal.Decimal(number) / 4 if number % 7 else None,
        "count": number % 5,
        "raw": b"\xff" + bytes([65 + number % 3]),
        "ratio": number / 8,
        "yes": number % 2 == 0,
    }


def nested(number: int) -> dict[str, Any]:
    return {
        "user_id": f"user-{number:08d}",
        "when": {"day": dt.date(2024, 1, 1), "hours": [number % 24, None]} if number % 5 else None,
        "scores": [("one", number / 2), ("two", None)],
    }


def parquet(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), sink, row_group_size=16)
    return sink.getvalue()


AVRO_TYPES = {
    "user_id": "string",
    "born": {"type": "int", "logicalType": "date"},
    "seen": {"type": "long", "logicalType": "timestamp-micros"},
    "price": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2},
    "count": "int",
    "raw": "bytes",
    "ratio": "float",
    "yes": "boolean",
}
WHEN = {
    "type": "record",
    "name": "When",
    "fields": [
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "hours", "type": {"type": "array", "items": ["null", "int"]}},
    ],
}
AVRO_NESTED = {
    "user_id": "string",
    "when": WHEN,
    "scores": {"type": "map", "values": ["null", "double"]},
}


def avro(rows: Sequence[Mapping[str, Any]], types: Mapping[str, Any]) -> bytes:
    fields = [{"name": name, "type": ["null", given]} for name, given in types.items()]
    maps = [{**item, "scores": dict(item["scores"])} if "scores" in item else item for item in rows]
    schema = {"type": "record", "name": "Event", "doc": "secret-word", "fields": fields}
    sink = io.BytesIO()
    fastavro.writer(sink, schema, maps, sync_interval=100, metadata={"by": "secret-word"}, codec="deflate")
    return sink.getvalue()


def avro_fields(data: bytes) -> dict[str, Any]:
    """The fields of a container, as its schema states them."""
    schema = fastavro.reader(io.BytesIO(data)).writer_schema
    assert isinstance(schema, dict)
    return {item["name"]: item for item in schema["fields"]}


def plain(value: Any) -> Any:  # noqa: PLR0911 - one return a type
    """A value as JSON Lines has it."""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return f"{value:.2f}"
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return {key: plain(item) for key, item in value}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def jsonl(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return b"".join(json.dumps(plain(dict(item))).encode() + b"\n" for item in rows)


def csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    texts = [{name: None if v is None else str(v) for name, v in plain(dict(item)).items()} for item in rows]
    sink = io.BytesIO()
    pa_csv.write_csv(pa.Table.from_pylist(texts), sink)
    return sink.getvalue()


def project(root: Path, source: str, target: str, data: bytes) -> Project:
    (root / "data" / "eu").mkdir(parents=True)
    (root / "data" / "eu" / f"a.{source}").write_bytes(data)
    (root / "pratique.yaml").write_text(CONFIG.format(steward=STEWARD, source=source, target=target))
    create_missing(Assembly(load(root / "pratique.yaml")))
    found = Project.open(root)
    found.scan([FLOW])
    dates = [view.path for view in found.catalogue(FLOW) if view.path[-1] in ("born", "seen", "day")]
    found.decide(FLOW, [("user_id",)], DecisionKind.SET, ["USER_ID"], reason="x", steward=STEWARD)
    found.decide(FLOW, dates, DecisionKind.SET, ["DATE_TIME"], reason="x", steward=STEWARD)
    for view in found.catalogue(FLOW):
        if view.path not in dates and view.path != ("user_id",):
            for entity in sorted({one.entity for one in view.evidence.types}):
                found.decide(FLOW, [view.path], DecisionKind.REJECT, [entity], reason="x", steward=STEWARD)
            found.decide(FLOW, [view.path], DecisionKind.NOT_PERSONAL, reason="x", steward=STEWARD)

    return found


def out(root: Path, report: RunReport, extension: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((root / "data" / "us" / report.run).glob(f"0*.{extension}"))]


def read_out(files: Sequence[bytes], target: str) -> list[dict[str, Any]]:
    """The records of a release, by readers that are not ours, as JSON would have them."""
    rows: list[dict[str, Any]] = []
    for data in files:
        if target == "jsonl":
            rows += [json.loads(line) for line in data.splitlines()]
        elif target == "avro":
            rows += [plain(item) for item in fastavro.reader(io.BytesIO(data))]
        elif target == "parquet":
            rows += [plain(item) for item in pq.read_table(io.BytesIO(data)).to_pylist()]
        else:
            texts = pa_csv.ConvertOptions(column_types=dict.fromkeys(LOGICAL.names, pa.string()))
            rows += pa_csv.read_csv(io.BytesIO(data), convert_options=texts).to_pylist()
    return rows


SOURCES: Mapping[str, Callable[..., bytes]] = {
    "jsonl": jsonl,
    "csv": csv,
    "parquet": lambda rows: parquet(rows, LOGICAL),
    "avro": lambda rows: avro(rows, AVRO_TYPES),
}
NESTING: Mapping[str, Callable[..., bytes]] = {
    "jsonl": jsonl,
    "parquet": lambda rows: parquet(rows, NESTED),
    "avro": lambda rows: avro(rows, AVRO_NESTED),
}


@pytest.mark.parametrize("target", ["jsonl", "csv", "parquet", "avro"])
@pytest.mark.parametrize("source", ["jsonl", "csv", "parquet", "avro"])
def test_flat_records_from_every_format_to_every_format(tmp_path: Path, source: str, target: str) -> None:
    rows = [row(number) for number in range(ROWS)]
    found = project(tmp_path, source, target, SOURCES[source](rows))
    report = found.run(FLOW)
    assert (report.counts.read, report.counts.written) == (ROWS, ROWS)
    released = read_out(out(tmp_path, report, target), target)
    assert [list(item) for item in released] == [LOGICAL.names] * ROWS
    for item, true in zip(released, rows, strict=True):
        assert item["user_id"].startswith("tok1.")
        assert (item["born"], item["seen"]) != (plain(true["born"]), plain(true["seen"]))
        moved = dt.date.fromisoformat(item["born"]) - true["born"]
        assert moved == dt.date.fromisoformat(item["seen"][:10]) - true["seen"].date()
        for name in ("price", "count", "raw", "ratio", "yes"):
            wanted = plain(true[name])
            if "csv" in (source, target):
                assert str(item[name] or "").lower() == ("" if wanted is None else str(wanted).lower())
            else:
                assert item[name] == wanted
    if target == "parquet":
        (data, *_) = out(tmp_path, report, target)
        types = pq.read_schema(io.BytesIO(data))
        wanted_types = LOGICAL.types if source in ("parquet", "avro") else None
        assert wanted_types is None or types.types == wanted_types
        assert types.field("user_id").metadata[b"pratique.transform"] == b"token"
        assert types.field("price").metadata[b"pratique.class"] == b"none"
    if target == "avro":
        (data, *_) = out(tmp_path, report, target)
        fields = avro_fields(data)
        if source in ("parquet", "avro"):
            assert {name: item["type"] for name, item in fields.items()} == {
                name: ["null", given] for name, given in AVRO_TYPES.items()
            }
        assert fields["user_id"]["pratique.transform"] == "token"
        assert fields["price"]["pratique.class"] == "none"
        assert b"secret-word" not in data
        assert b"org.example" not in data
    back = found.reidentify(FLOW, purpose="test", to="back", who="desk")
    (restored,) = Path(back.path).glob("*.jsonl")
    for line, true in zip(restored.read_bytes().splitlines(), rows, strict=True):
        item = json.loads(line)
        assert [item[name] for name in ("user_id", "born", "seen")] == [
            plain(true[name]) for name in ("user_id", "born", "seen")
        ]


@pytest.mark.parametrize("target", NESTING)
@pytest.mark.parametrize("source", NESTING)
def test_nested_records_between_the_formats_that_nest(tmp_path: Path, source: str, target: str) -> None:
    rows = [nested(number) for number in range(ROWS)]
    report = project(tmp_path, source, target, NESTING[source](rows)).run(FLOW)
    assert report.counts.written == ROWS
    for item, true in zip(read_out(out(tmp_path, report, target), target), rows, strict=True):
        assert item["user_id"].startswith("tok1.")
        assert (item["when"] is None) == (true["when"] is None)
        if true["when"]:
            assert item["when"]["day"] != "2024-01-01"
            assert item["when"]["hours"] == true["when"]["hours"]
        assert plain(item["scores"]) == plain(true["scores"])
    if source == target == "parquet":
        types = pq.read_schema(io.BytesIO(out(tmp_path, report, target)[0]))
        assert types.field("when").type.field("day").type == pa.date32()
        assert types.field("when").type.field("hours").type.value_type == pa.int32()
        assert pa.types.is_map(types.field("scores").type)
    if target == "avro" and source != "jsonl":
        fields = avro_fields(out(tmp_path, report, target)[0])
        _, when = fields["when"]["type"]
        day, hours = when["fields"]
        assert (when["name"], day["type"][1]) == ("Record2", {"type": "int", "logicalType": "date"})
        assert hours["type"] == ["null", {"items": ["null", "int"], "type": "array", **hours["type"][1]}]
        assert fields["scores"]["type"][1]["values"] == ["null", "double"]


@pytest.mark.parametrize("source", NESTING)
def test_nested_records_do_not_go_to_csv(tmp_path: Path, source: str) -> None:
    rows = [nested(number) for number in range(ROWS)]
    found = project(tmp_path, source, "csv", NESTING[source](rows))
    with pytest.raises(ConfigError, match="field when: CSV cannot hold record"):
        found.plan(FLOW)
    with pytest.raises(ConfigError):
        found.run(FLOW)


def test_two_kinds_in_one_field_do_not_go_to_parquet(tmp_path: Path) -> None:
    rows = [{"user_id": f"user-{n:08d}", "x": n if n % 2 else f"n{n}"} for n in range(ROWS)]
    found = project(tmp_path, "jsonl", "parquet", jsonl(rows))
    with pytest.raises(ConfigError, match="cannot hold integer and string in one column"):
        found.run(FLOW)


def test_whole_numbers_among_doubles_are_doubles_in_parquet(tmp_path: Path) -> None:
    rows = [{"user_id": f"user-{n:08d}", "x": n if n % 2 else n / 4} for n in range(ROWS)]
    report = project(tmp_path, "jsonl", "parquet", jsonl(rows)).run(FLOW)
    assert [item["x"] for item in read_out(out(tmp_path, report, "parquet"), "parquet")] == [r["x"] for r in rows]


def test_quarantined_rows_are_kept_as_files_of_one_row_and_their_values_are_nowhere_in_the_release(
    tmp_path: Path,
) -> None:
    rows = [row(number) for number in range(ROWS)]
    found = project(tmp_path, "parquet", "parquet", parquet(rows, LOGICAL))
    secret = "DE89370400440532013000"
    rows[17]["raw"] = f"pay to {secret}".encode()
    rows[18]["born"] = dt.date(1, 1, 1)
    (tmp_path / "data" / "eu" / "a.parquet").write_bytes(parquet(rows, LOGICAL))
    report = found.run(FLOW)
    assert report.counts.quarantined["guard"] == 1
    kept = quarantined(tmp_path, report.run)
    (original,) = kept["guard"]
    assert pq.read_table(io.BytesIO(original)).to_pylist() == [rows[17]]
    for data in out(tmp_path, report, "parquet"):
        assert secret.encode() not in data
        for column in pq.read_table(io.BytesIO(data)).columns:
            assert secret not in str(column.to_pylist())


@pytest.mark.parametrize("part", ["head", "middle", "tail", "cut"])
def test_a_damaged_file_is_refused_and_nothing_is_released(tmp_path: Path, part: str) -> None:
    data = bytearray(parquet([row(number) for number in range(ROWS)], LOGICAL))
    found = project(tmp_path, "parquet", "parquet", bytes(data))
    if part == "cut":
        del data[len(data) // 2 :]
    else:
        at = {"head": 0, "middle": 40, "tail": len(data) - 1}[part]
        data[at] ^= 0xFF
    (tmp_path / "data" / "eu" / "a.parquet").write_bytes(data)
    with pytest.raises((FormatError, RefusedError)):
        found.run(FLOW)
    assert not list((tmp_path / "data").glob("us/*/release.json"))


def test_another_type_than_the_scan_saw_is_refused(tmp_path: Path) -> None:
    rows = [row(number) for number in range(ROWS)]
    found = project(tmp_path, "parquet", "parquet", parquet(rows, LOGICAL))
    other = LOGICAL.set(1, pa.field("born", pa.string()))
    texts = [{**item, "born": item["born"].isoformat()} for item in rows]
    (tmp_path / "data" / "eu" / "a.parquet").write_bytes(parquet(texts, other))
    with pytest.raises(FormatError, match="scan"):
        found.run(FLOW)
    shutil.rmtree(tmp_path / "data")


def test_a_table_in_memory_is_treated_as_its_file_would_be(tmp_path: Path) -> None:
    rows = [row(number) for number in range(ROWS)]
    found = project(tmp_path, "parquet", "parquet", parquet(rows, LOGICAL))
    table = pa.Table.from_pylist(rows[:3], schema=LOGICAL)
    report = found.protect(FLOW, table)
    assert report.quarantined == {}
    assert report.records is not None
    assert [item["price"] for item in report.records] == [None, "0.25", "0.50"]
    assert all(item["born"] != plain(true["born"]) for item, true in zip(report.records, rows, strict=False))
    far = table.set_column(1, "born", pa.array([4_000_000] * 3, pa.int32()).cast(pa.date32()))
    assert found.protect(FLOW, far).quarantined == {"range": 3}
