"""Parquet: deterministic, only what rows hold, and sentences for every file that lies."""

# mypy: disable-error-code="no-untyped-call"

import gzip
import io
import itertools
import random
import re

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError, PratiqueError
from pratique.formats.parquet import RULES, Parquet, grouping, pages
from pratique.formats.parquet import decode as decoding
from pratique.formats.parquet.footer import read_footer
from pratique.formats.parquet.thrift import Reader, Short
from pratique.model.data import Batch, Column, FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import SEED, encode_file

SPEC = FormatSpec("parquet")
NULL = frozenset({Kind.NULL})


def schema(**kinds):
    nodes = {n: k if isinstance(k, Node) else Node(frozenset({k}) | NULL) for n, k in kinds.items()}
    return Schema(Node(frozenset({Kind.RECORD}), fields=tuple(nodes.items())))


def file_of(table, **options):
    sink = io.BytesIO()
    pq.write_table(pa.table(table) if isinstance(table, dict) else table, sink, **options)
    return sink.getvalue()


def blocks_of(data, hint=None, **options):
    return list(Parquet(**options).decode(io.BytesIO(data), 0, None, SPEC, hint))


def columns(rows, names, ordinals=None):
    made = {}
    for name in names:
        encoded = pa.array([row[name] for row in rows], {"s": pa.string(), "n": pa.int64()}[name]).dictionary_encode()
        made[name] = Column(encoded.dictionary, encoded.indices)
    return Batch(np.arange(len(rows)) if ordinals is None else np.array(ordinals), columns=made)


ROWS = st.lists(
    st.fixed_dictionaries({"s": st.none() | st.text(max_size=3), "n": st.none() | st.integers(0, 4)}), max_size=40
)


@given(
    ROWS, st.lists(st.integers(0, 40), max_size=4), st.data(), st.sampled_from([4, 7, 100]), st.sampled_from([9, 1000])
)
@settings(max_examples=80, deadline=None)
def test_the_same_rows_are_the_same_bytes_however_they_come(rows, cuts, data, most, size):
    shape = schema(s=Kind.STRING, n=Kind.INTEGER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "ROWS", most)
        patch.setattr(grouping, "GROUP_BYTES", size)
        whole = encode_file(Parquet(), [columns(rows, "sn")] if rows else [], shape, SPEC)
        encoder = Parquet().encoder(shape, SPEC, SEED)
        pieces = [encoder.head()]
        bounds = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
        for start, end in itertools.pairwise(bounds):
            part, ordinals = rows[start:end], list(range(start, end))
            mine = data.draw(st.lists(st.booleans(), min_size=len(part), max_size=len(part)))
            batches = []
            for chosen in (True, False):
                some = [(o, r) for o, r, m in zip(ordinals, part, mine, strict=True) if m is chosen]
                if some and chosen:
                    batches.append(Batch(np.array([o for o, _ in some]), records=[r for _, r in some]))
                elif some:
                    batches.append(columns([r for _, r in some], "sn", [o for o, _ in some]))
            pieces.append(encoder.encode(batches))
        pieces.append(encoder.finish())
    assert b"".join(pieces) == whole
    assert pq.read_table(io.BytesIO(whole)).to_pylist() == rows
    groups = read_footer(io.BytesIO(whole)).groups
    assert all(group.rows <= most for group in groups)


def test_a_dictionary_holds_only_what_rows_have():
    values = pa.array(["kept", "SECRET", "also kept"])
    batch = Batch(np.arange(3), columns={"s": Column(values, pa.array([2, 0, None], pa.int32()))})
    data = encode_file(Parquet(), [batch], schema(s=Kind.STRING), FormatSpec("parquet", {"compression": "none"}))
    assert b"SECRET" not in data
    assert b"also kept" in data
    assert data.index(b"also kept") < data.index(b"\x04\x00\x00\x00kept")


def test_no_statistics_no_index_no_name_of_a_source():
    shape = schema(s=Node(frozenset({Kind.STRING}), properties=(("pratique.class", "personal"),)))
    data = encode_file(Parquet(), [columns([{"s": "a"}, {"s": "zz"}], "s")], shape, SPEC)
    metadata = pq.read_metadata(io.BytesIO(data))
    assert set(metadata.metadata) == {b"ARROW:schema"}
    column = metadata.row_group(0).column(0)
    assert [column.is_stats_set, column.has_column_index, column.has_offset_index] == [False] * 3
    assert pq.read_schema(io.BytesIO(data)).field("s").metadata == {b"pratique.class": b"personal"}
    assert pq.read_schema(io.BytesIO(data)).metadata is None


def forged(change):
    """A file as the encoder writes it, but for one thing."""
    table = pa.table({"s": pa.array(["a", "b", "a"])})
    sink = io.BytesIO()
    options = {"write_statistics": False, "store_schema": True, "compression": "zstd"} | change.get("options", {})
    table = table.replace_schema_metadata(change.get("metadata"))
    with pq.ParquetWriter(sink, change.get("schema", table.schema), **options) as writer:
        writer.write_table(change.get("table", table).cast(change.get("schema", table.schema)))
    return sink.getvalue()


UNUSED = pa.table(
    {"s": pa.DictionaryArray.from_arrays(pa.array([0, 1, 0], pa.int32()), pa.array(["a", "b", "SECRET"]))}
)


@pytest.mark.parametrize(
    "change",
    [
        {"options": {"write_statistics": True}},
        {"options": {"write_statistics": True, "write_page_index": True}},
        {"metadata": {"origin": "SECRET"}},
        {"schema": pa.schema([pa.field("s", pa.string(), metadata={"origin": "SECRET"})])},
        {"table": UNUSED, "schema": UNUSED.schema, "options": {"store_schema": False}},
    ],
    ids=["statistics", "index", "metadata", "field metadata", "unused value"],
)
def test_the_gate_finds_what_is_beside_the_rows(change):
    shape = schema(s=Kind.STRING)
    with pytest.raises(FormatError) as caught:
        Parquet().check_container(io.BytesIO(forged(change)), shape, SPEC, SEED)
    assert "SECRET" not in str(caught.value)


def test_the_gate_finds_bytes_between_the_rows():
    shape = schema(s=Kind.STRING)
    good = encode_file(Parquet(), [columns([{"s": "a"}], "s")], shape, SPEC)
    Parquet().check_container(io.BytesIO(good), shape, SPEC, SEED)
    length = int.from_bytes(good[-8:-4], "little")
    for at in (len(good) - 8 - length, 4):
        with pytest.raises(FormatError):
            Parquet().check_container(io.BytesIO(good[:at] + b"SECRET" + good[at:]), shape, SPEC, SEED)


@pytest.mark.parametrize("kind", ["cut", "magic", "empty", "gzip", "encrypted", "length", "jsonl"])
def test_files_that_are_none(kind, monkeypatch):
    good = file_of({"a": ["x", "y"]})
    data = {
        "cut": good[:-20],
        "magic": b"PAR2" + good[4:],
        "empty": b"",
        "gzip": good,
        "encrypted": good[:-4] + b"PARE",
        "length": good[:-8] + b"\xff\xff\xff\x7fPAR1",
        "jsonl": b'{"a":1}\n' * 10,
    }[kind]
    stream = gzip.open(io.BytesIO(gzip.compress(data))) if kind == "gzip" else io.BytesIO(data)  # noqa: SIM115
    if kind == "gzip":
        monkeypatch.setattr(stream, "seekable", lambda: False)
    with pytest.raises(FormatError) as caught:
        list(Parquet().decode(stream, 0, None, SPEC, None))
    assert caught.value.do
    assert caught.value.__cause__ is None


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damage_is_told_or_harmless(data):
    base = data.draw(st.sampled_from(BASES))
    damaged = bytearray(base)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(base) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([0, 0, 0, 1, 9, 60]))
    damaged = damaged[: len(damaged) - cut]
    blocks, told = [], None
    try:
        blocks = blocks_of(bytes(damaged))
    except PratiqueError as error:
        told = error
    assert told is None or (told.__cause__ is None and re.fullmatch(r"[\x20-\x7e]+", str(told)))
    for block in blocks:
        assert sum(map(len, block.batches)) + len(block.rejects) == block.count
        for batch in block.batches:
            for column in (batch.columns or {}).values():
                column.values.validate(full=True)


NESTED = {"r": [{"a": n, "b": [str(n)] * (n % 3)} for n in range(20)], "m": ["x"] * 20}
BASES = [
    file_of({"s": ["x", None, "y"] * 9, "n": list(range(27)), "f": [0.5] * 27}, row_group_size=10),
    file_of(NESTED, compression="zstd"),
    file_of(NESTED, use_dictionary=False, compression="none", data_page_version="2.0"),
]


def test_a_page_that_would_take_too_much_memory(monkeypatch):
    data = file_of({"s": ["x" * 100_000]}, compression="zstd", use_dictionary=False)
    assert blocks_of(data)[0].count == 1
    monkeypatch.setattr(pages, "FREE", 10_000)
    with pytest.raises(FormatError, match="expands too far"):
        blocks_of(data)
    monkeypatch.setattr(pages, "MAX_PAGE", 50_000)
    with pytest.raises(FormatError, match="larger than it may be"):
        blocks_of(data)


@pytest.mark.parametrize(
    "table",
    [
        {f"c{at}": pa.nulls(20_000, pa.int64()) for at in range(100)},
        {f"c{at}": pa.array([{"a": None}] * 4000, pa.struct([("a", pa.int64())])) for at in range(100)},
    ],
    ids=["flat", "nested"],
)
def test_values_that_take_nothing_in_the_file_count_all_the_same(table, monkeypatch):
    data = file_of(table)
    assert len(data) < 100_000
    monkeypatch.setattr(decoding, "BLOCK_SIZE", 1 << 20)
    blocks = blocks_of(data)
    assert max(block.count for block in blocks) <= 2622
    assert sum(block.count for block in blocks) == len(next(iter(table.values())))


def test_one_row_of_too_many_values_is_a_reject_and_its_neighbours_are_rows(monkeypatch):
    monkeypatch.setattr("pratique.formats.parquet.down.MAX_VALUES", 100)
    monkeypatch.setattr(decoding, "MAX_VALUES", 100)
    short = [[1, 2]] * 30
    for inside in (pa.list_(pa.int64()), pa.list_(pa.struct([("a", pa.int64())]))):
        lists = [*short, list(range(200)), *short]
        values = lists if inside.value_type == pa.int64() else [[{"a": n} for n in one] for one in lists]
        data = file_of(pa.table({"l": pa.array(values, inside)}))
        blocks = blocks_of(data)
        rejects = [reject for block in blocks for reject in block.rejects]
        assert [(one.ordinal, one.rule) for one in rejects] == [(30, "size")]
        assert [n for block in blocks for batch in block.batches for n in batch.ordinals.tolist()] == [
            *range(30),
            *range(31, 61),
        ]
        (holding,) = [block for block in blocks if block.rejects]
        (again,) = Parquet().reread([holding.original(30)], SPEC, None)
        assert [(one.ordinal, one.rule) for one in again.rejects] == [(0, "size")]


def test_a_list_that_expands_too_far_is_refused(monkeypatch):
    data = file_of({"l": [[0] * 50_000, [1]]}, compression="zstd")
    assert len(data) < 5000
    assert sum(block.count for block in blocks_of(data)) == 2
    monkeypatch.setattr("pratique.formats.parquet.footer.FREE_VALUES", 10_000)
    with pytest.raises(FormatError, match=r"row group 0, column #0: .*expands too far"):
        blocks_of(data)


def test_a_footer_of_many_small_pieces_is_given_up(monkeypatch):
    monkeypatch.setattr("pratique.formats.parquet.thrift.MOST", 5000)
    structs = b"\x59\xfc\xe8\x07" + b"\x15\x00\x00" * 1000 + b"\x00"
    fields = b"\x15\x00" * 6000 + b"\x00"
    numbers = b"\x59\xf5\xf0\x2e" + bytes(6000) + b"\x00"
    for footer in (structs, fields, numbers):
        data = b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"
        with pytest.raises(FormatError, match="metadata are too large"):
            blocks_of(data)


def test_a_footer_of_many_columns_and_row_groups_is_read(monkeypatch):
    """Of each of its chunks little is kept."""
    monkeypatch.setattr("pratique.formats.parquet.thrift.MOST", 60 * 100)
    data = file_of({f"c{at}": list(range(10)) for at in range(10)}, row_group_size=1)
    assert sum(block.count for block in blocks_of(data)) == 10
    assert all(chunk.extras for group in read_footer(io.BytesIO(data)).groups for chunk in group.chunks), "statistics"


def test_row_groups_larger_than_a_block_are_read_in_slices(monkeypatch):
    data = file_of({"s": [f"value {n}" for n in range(5000)], "n": list(range(5000))})
    monkeypatch.setattr(decoding, "BLOCK_SIZE", 10_000)
    blocks = blocks_of(data)
    assert len(blocks) > 5
    assert sum(block.count for block in blocks) == 5000
    assert [int(block.start) for block in blocks] == list(np.cumsum([0, *[block.count for block in blocks[:-1]]]))
    assert max(len(batch.columns["s"].values) for block in blocks for batch in block.batches) < 1000


def test_a_long_value_that_nested_rows_repeat_stays_in_bounds(monkeypatch):
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 500, pa.int32()), pa.array(["x" * 10_000]))
    data = file_of(pa.table({"r": pa.array([{"a": 1}] * 500), "s": long}))
    monkeypatch.setattr(decoding, "EXPANDED", 100_000)
    assert max(block.count for block in blocks_of(data)) <= 10


def test_a_value_longer_than_a_record_may_be_is_a_reject(monkeypatch):
    monkeypatch.setattr("pratique.formats.parquet.down.LONGEST", 50)
    for table in ({"s": ["a", "b" * 60, None]}, {"s": ["a", "b" * 60, None], "r": [{"x": "c"}] * 3}):
        (block,) = blocks_of(file_of(table))
        assert [(r.ordinal, r.rule) for r in block.rejects] == [(1, "size")]
        assert sum(map(len, block.batches)) == 2


@pytest.mark.parametrize("long", ["b" * 60 + "é" * 200, b"b" * 460])
@pytest.mark.parametrize("dictionary", [True, False])
def test_of_a_value_that_is_too_long_the_head_is_kept(long, dictionary, monkeypatch):
    for place in ("down", "decode"):
        monkeypatch.setattr(f"pratique.formats.parquet.{place}.LONGEST", 50)
    data = file_of({"n": [1, 2], "s": ["a" if isinstance(long, str) else b"a", long]}, use_dictionary=dictionary)
    (block,) = blocks_of(data)
    (reject,) = block.rejects
    assert (reject.ordinal, reject.rule) == (1, "size")
    assert reject.length >= 460
    kept = block.original(1, reject.length)
    assert b"b" * 40 in kept
    assert 50 < pq.read_table(io.BytesIO(kept))["s"].nbytes < 80
    (again,) = Parquet().reread([kept], SPEC, None)
    assert [(one.ordinal, one.rule) for one in again.rejects] == [(0, "size")]


def test_parts_weigh_what_they_take_in_memory():
    data = file_of({"n": [1] * 40_000}, row_group_size=10_000)
    ranges = list(Parquet().split(io.BytesIO(data), len(data), 100_000, SPEC))
    assert len(ranges) == 2
    assert [sum(b.count for b in Parquet().decode(io.BytesIO(data), *r, SPEC, None)) for r in ranges] == [
        20_000,
        20_000,
    ]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (pa.table([pa.array([1]), pa.array([2])], names=["a", "a"]), "same name"),
        (pa.table({"[]": [1]}), "path marker"),
        (pa.table({"a": pa.array([[(1, "x")]], pa.map_(pa.int64(), pa.string()))}), "keys are no texts"),
        (pa.table({"a": pa.array([{"{}": 1}])}), "path marker"),
    ],
)
def test_schemas_that_are_not_read(table, words):
    with pytest.raises(FormatError, match=words):
        blocks_of(file_of(table))


def test_int96_is_refused_with_what_to_do():
    data = file_of({"t": pa.array([1], pa.timestamp("ns"))}, use_deprecated_int96_timestamps=True)
    with pytest.raises(FormatError, match=r"INT96.*TIMESTAMP"):
        blocks_of(data)


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (schema(), "records without fields"),
        (schema(a=Node(frozenset({Kind.STRING, Kind.INTEGER}))), "integer and string in one column"),
        (schema(a=Node(frozenset({Kind.RECORD}))), "a record without fields"),
        (schema(a=Node(frozenset({Kind.STRING}), logical="date99")), "does not know"),
    ],
)
def test_output_schemas_that_it_cannot_hold(shape, words):
    with pytest.raises(FormatError, match=words):
        Parquet().encoder(shape, SPEC, SEED)


@pytest.mark.parametrize("options", [{"compression": "lzo"}, {"level": "1"}])
def test_options_that_it_does_not_know(options):
    with pytest.raises(FormatError):
        Parquet().detect(io.BytesIO(BASES[0]), options)


@pytest.mark.parametrize(
    ("shape", "record"),
    [
        (schema(s=Kind.STRING), {"s": 1}),
        (schema(s=Kind.STRING), {"x": "a"}),
        (schema(s=Kind.STRING), {"s": "\udcff"}),
        (schema(s=Kind.STRING), {"s": ["a"]}),
        (schema(n=Kind.INTEGER), {"n": 1 << 64}),
        (schema(n=Kind.INTEGER), {"n": True}),
        (schema(f=Kind.DOUBLE), {"f": float("nan")}),
        (schema(f=Node(frozenset({Kind.DOUBLE, Kind.INTEGER}))), {"f": (1 << 53) + 1}),
        (schema(d=Node(frozenset({Kind.STRING}), logical="date32")), {"d": "SECRET"}),
        (schema(l=Node(frozenset({Kind.LIST}), item=Node(frozenset({Kind.STRING})))), {"l": [1]}),
        (schema(l=Node(frozenset({Kind.LIST}), item=Node(frozenset({Kind.STRING})))), {"l": "SECRET"}),
        (schema(m=Node(frozenset({Kind.MAP}), value=Node(frozenset({Kind.STRING})))), {"m": {"a": 1}}),
        (schema(r=Node(frozenset({Kind.RECORD}), fields=(("a", Node(NULL)),))), {"r": {"b": 1}}),
        (schema(r=Node(frozenset({Kind.RECORD}), fields=(("a", Node(NULL)),))), {"r": {"a": 1}}),
    ],
)
def test_values_that_the_output_schema_does_not_allow(shape, record):
    with pytest.raises(FormatError) as caught:
        encode_file(Parquet(), [Batch(np.arange(1), records=[record])], shape, SPEC)
    assert "SECRET" not in str(caught.value)


def test_a_type_that_another_file_does_not_have_is_refused_where_the_plan_goes_by_it():
    data = file_of({"d": pa.array(["2024-01-01"])})
    hint = schema(d=Node(frozenset({Kind.STRING}), logical="date32"))
    with pytest.raises(FormatError, match="scan"):
        blocks_of(data, hint)
    assert blocks_of(data, schema(d=Kind.STRING))[0].count == 1


def test_a_missing_or_new_column_is_for_the_kernel_to_judge():
    data = file_of({"new": ["x"]})
    (block,) = blocks_of(data, schema(old=Kind.STRING))
    assert list(block.batches[0].columns) == ["new"]


def test_rules_are_listed():
    assert set(RULES) == {"utf-8", "number-range", "range", "duplicate-key", "size"}


def test_thrift_of_any_bytes_ends():
    rng = random.Random(1)
    for _ in range(3000):
        try:
            Reader(rng.randbytes(rng.randrange(40))).struct()
        except (Short, FormatError):
            continue
