"""Files of every format, bent in any way: each record comes out, or is a reject, or the file is refused in one line."""

import decimal
import gzip
import io
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.connectors.files.gunzip import Gunzip
from pratique.connectors.files.unzstd import Unzstd
from pratique.errors import FormatError, SourceError
from pratique.formats import registry
from pratique.model.data import Batch, Block, FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import encode_file
from tests.effort import effort
from tests.fuzz.hostile import SECRET, mutated, reads_or_refuses

pytestmark = pytest.mark.fuzz
FORMATS = registry()
MOST_RECORDS = 5000
"""No sound reader makes more of the few bytes that are given here."""
SPECS = {
    "csv": [{}, {"delimiter": ";", "encoding": "cp1252"}, {"header": "false"}, {"delimiter": "tab", "quote": "none"}],
}
WORDS = [
    *(
        b'"',
        b'""',
        b",",
        b";",
        b"\t",
        b"\r",
        b"\r\n",
        b"\n\n",
        b'"\n',
        b'{"a":1}\n',
        b"{}\n",
        b"[]\n",
        b"null\n",
        b"\xa0",
    ),
    *(
        b'{"note":"x","note":"y"}\n',
        b'{"number":1e400}\n',
        b"-0",
        b"1e5",
        b"0x1",
        b"01",
        b'"\\u0000"',
        b'"\\ud83d\\ude00"',
    ),
    *(b"\x02\x80\x80\x80\x80\x80\x80\x80\x80\x01", b"\x00\x00\x00\x80", b"deflate", b"zstandard", b"avro.codec"),
]


def texts_only(*names: str) -> Schema:
    leaf = Node(frozenset({Kind.STRING, Kind.NULL}))
    return Schema(Node(frozenset({Kind.RECORD}), fields=tuple((name, leaf) for name in names)))


def sound(name: str) -> Sequence[bytes]:
    """Small sound files of a format, as Pratique and others write them."""
    if name == "text":
        return [f"Dear {SECRET},\r\nyours".encode(), b""]
    schema = texts_only("note", "show")
    records = [{"note": f"{SECRET} {number}", "show": None if number % 3 else 'é,"x"\n'} for number in range(9)]
    batch = Batch(np.arange(len(records)), records=records)
    made = [encode_file(FORMATS[name], [batch], schema, FormatSpec(name))]
    if name == "jsonl":
        made.append(b'{"number":1,"l":[{"a":1.5},{}],"m":{"k":true},"note":"%s"}\n' % SECRET.encode() * 4)
    if name == "parquet":
        made += [_parquet(codec) for codec in ("none", "snappy", "zstd")]
    if name == "avro":
        made += [_avro(codec) for codec in ("null", "deflate")]
    return made


def _parquet(codec: str) -> bytes:
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "n": pa.array([1, None, 3]),
            "note": pa.array([SECRET, None, "x"]).dictionary_encode(),
            "l": pa.array([[{"a": 1}], None, []], pa.list_(pa.struct([("a", pa.int8())]))),
            "d": pa.array([1, 2, None], pa.date32()),
        }
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, compression=codec)
    return sink.getvalue()


def _avro(codec: str) -> bytes:
    import fastavro

    leaf = {"type": "record", "name": "L", "fields": [{"name": "a", "type": ["null", "int"], "default": None}]}
    fields = [
        {"name": "n", "type": "long"},
        {"name": "note", "type": ["null", "string"], "doc": SECRET, "default": None},
        {"name": "l", "type": {"type": "array", "items": leaf}},
        {"name": "m", "type": {"type": "map", "values": ["L", "bytes", "double"]}},
        {"name": "k", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}},
        {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "t", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "f", "type": {"type": "fixed", "name": "F", "size": 4}},
    ]
    rows = [
        {
            "n": number,
            "note": SECRET,
            "l": [{"a": 1}],
            "m": {"x": b"\xff", "y": 0.5},
            "k": "B",
            "d": decimal.Decimal("1.25"),
            "t": 1_700_000_000_000,
            "f": b"abcd",
        }
        for number in range(5)
    ]
    out = io.BytesIO()
    schema = fastavro.parse_schema({"type": "record", "name": "R", "fields": fields})
    fastavro.writer(out, schema, rows, codec=codec, sync_interval=40)
    return out.getvalue()


def whole(blocks: Sequence[Block]) -> int:
    """How many records a file gave; every one is a row of one batch, or a reject."""
    count = 0
    for block in blocks:
        here = [int(o) for batch in block.batches for o in batch.ordinals] + [r.ordinal for r in block.rejects]
        assert len(here) == block.count == len(set(here))
        assert all(ordinal >= block.start for ordinal in here)
        for batch in block.batches:
            assert (np.diff(batch.ordinals) > 0).all()
        for reject in block.rejects:
            assert reject.rule
            assert SECRET not in reject.rule
        count += block.count
    return count


CASES = [(name, options) for name in FORMATS for options in SPECS.get(name, [{}])]


@pytest.mark.parametrize(("name", "options"), CASES, ids=[f"{name}{at}" for at, (name, _) in enumerate(CASES)])
def test_a_file(name: str, options: dict[str, str]) -> None:
    way = FORMATS[name]
    seeds = sound(name)
    for seed in seeds:
        if not options and seed:
            assert whole(list(way.decode(io.BytesIO(seed), 0, len(seed), FormatSpec(name), None))) > 0

    @settings(max_examples=effort(50), deadline=None)
    @given(mutated(seeds, WORDS))
    def check(data: bytes) -> None:
        spec = reads_or_refuses(lambda: way.detect(io.BytesIO(data), options))
        spec = spec or FormatSpec(name, options)
        reads_or_refuses(lambda: way.declared(io.BytesIO(data), spec))
        reads_or_refuses(lambda: list(way.split(io.BytesIO(data), len(data), 64, spec)))
        read = _reader(lambda: list(way.decode(io.BytesIO(data), 0, len(data), spec, None)))
        blocks = reads_or_refuses(read)
        if blocks is not None:
            assert whole(blocks) <= MOST_RECORDS

    check()


def _reader(read: Callable[[], list[Block]]) -> Callable[[], list[Block]]:
    """Decoding, and looking into each original, as quarantine does."""

    def looked() -> list[Block]:
        blocks = read()
        for block in blocks:
            for ordinal in [r.ordinal for r in block.rejects][:5]:
                block.original(ordinal)
        return blocks

    return looked


def _zstd(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


GZIP = [
    gzip.compress(SECRET.encode() * 50),
    gzip.compress(b"") + gzip.compress(b"{}\n"),
    gzip.compress(b"x") + bytes(9),
]
ZSTD = [_zstd(SECRET.encode() * 50), _zstd(b"{}\n") * 3, b"\x50\x2a\x4d\x18\x02\0\0\0ab" + _zstd(b"x")]
HEADS = [
    b"\x1f\x8b\x08\x00",
    b"\x1f\x8b\x08\x1c\xff\xff",
    b"\x28\xb5\x2f\xfd",
    b"\x28\xb5\x2f\xfd\xe4",
    b"\x5f\x2a\x4d\x18",
]


@pytest.mark.parametrize(("way", "seeds"), [(Gunzip, GZIP), (Unzstd, ZSTD)], ids=["gzip", "zstd"])
def test_packed_bytes(way: type[Gunzip | Unzstd], seeds: Sequence[bytes]) -> None:
    def unpacked(data: bytes, size: int) -> bytes:
        stream = io.BufferedReader(way(io.BytesIO(data), "input #0", free=1 << 12, max_ratio=20), size)
        return b"".join(iter(lambda: stream.read(size), b""))

    whole = [unpacked(seed, 7) for seed in seeds]
    assert whole == [unpacked(seed, 4096) for seed in seeds]

    @settings(max_examples=effort(60), deadline=None)
    @given(mutated(seeds, HEADS), st.integers(1, 70))
    def check(data: bytes, size: int) -> None:
        found = reads_or_refuses(lambda: unpacked(data, size))
        if found is not None and way is Gunzip and data:
            assert found == gzip.decompress(data), "what is read is what was packed"
        assert found is None or len(found) <= max(1 << 12, 21 * len(data)) + (1 << 17), "no bomb"

    check()


def test_errors_of_formats_are_what_the_suite_expects() -> None:
    with pytest.raises(SourceError):
        Gunzip(io.BytesIO(b"rubbish"), "x").read()
    with pytest.raises(FormatError):
        FORMATS["jsonl"].detect(io.BytesIO(b"[1]"), {})
