"""JSON Lines: what is read is exactly what the bytes say, in both ways."""

import io
import json

import numpy as np
import orjson
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pratique.errors import FormatError, SourceError
from pratique.formats.jsonl import JsonLines
from pratique.model.data import Batch, Column, FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import encode_rows

SPEC = FormatSpec("jsonl")
SCALARS = frozenset({Kind.NULL, Kind.BOOLEAN, Kind.INTEGER, Kind.DOUBLE, Kind.STRING})


def decode(data, *, columns=True, block=4 << 20, start=0, end=None, schema=None, longest=16 << 20):
    way = JsonLines(block=block, columns=columns, longest=longest)
    return list(way.decode(io.BytesIO(data), start, end, SPEC, schema))


def rows(blocks):
    """Every row as (ordinal, record with None for null), in order."""
    out = []
    for block in blocks:
        here = []
        for batch in block.batches:
            assert list(batch.ordinals) == sorted(batch.ordinals)
            if batch.records is not None:
                here += zip(batch.ordinals.tolist(), batch.records, strict=True)
                continue
            lists = {}
            for name, column in batch.columns.items():
                values = column.values.to_pylist()
                assert column.values.null_count == 0
                assert len({(type(v), repr(v)) for v in values}) == len(values), "values are distinct"
                assert column.codes.type == pa.int32()
                lists[name] = [None if code is None else values[code] for code in column.codes.to_pylist()]
            for at, ordinal in enumerate(batch.ordinals.tolist()):
                here.append((ordinal, {name: cells[at] for name, cells in lists.items()}))
        out += sorted(here, key=lambda row: row[0])
    return out


def rejects(blocks):
    return [(reject.ordinal, reject.length, reject.rule) for block in blocks for reject in block.rejects]


def shown(found):
    """Comparable with kinds and signs of zero told apart."""
    return [(ordinal, sorted((name, repr(value)) for name, value in record.items())) for ordinal, record in found]


def check(data, **options):
    """Both ways agree, nothing is lost, the original bytes are found again; returns rows and rejects."""
    fast, slow = decode(data, **options), decode(data, columns=False, **options)
    assert shown(rows(fast)) == shown(rows(slow))
    assert rejects(fast) == rejects(slow)
    for block in fast:
        assert sum(map(len, block.batches)) + len(block.rejects) == block.count
        for batch in block.batches:
            for at, ordinal in enumerate(batch.ordinals.tolist()):
                line = block.original(ordinal)
                if batch.records is not None:
                    assert orjson.loads(line) == batch.records[at]
                assert data[ordinal : ordinal + len(line)] == line
    naive = sum(1 for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip(b" \t\r"))
    assert sum(block.count for block in fast) == naive
    return rows(fast), rejects(fast)


FLAT = b'{"name":"Ann","n":%d,"price":%s,"ok":true}\n'


def test_flat_lines_are_read_as_columns_with_exact_types():
    data = b"".join(FLAT % (at, repr(at / 4).encode()) for at in range(100))
    (block,) = decode(data)
    (batch,) = block.batches
    assert {name: str(column.values.type) for name, column in batch.columns.items()} == {
        "name": "string",
        "n": "int64",
        "price": "double",
        "ok": "bool",
    }
    found, bad = check(data)
    assert found[5][1] == {"name": "Ann", "n": 5, "price": 1.25, "ok": True}
    assert not bad


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b'{"a":1', "json"),
        (b"[1]", "json"),
        (b"3", "json"),
        (b"nothing", "json"),
        (b'{"a":"x\ty"}', "json"),
        (b'{"a":"x\x00y"}', "json"),
        (b'{"a":01}', "json"),
        (b'{"a":1}{"a":2}', "json"),
        (b'\xef\xbb\xbf{"a":1}', "json"),
        (b'{"a":"\xff"}', "utf-8"),
        (b'{"a":"\xed\xa0\x80"}', "utf-8"),
        (b'{"a":1,"a":2}', "duplicate-key"),
        (b'{"a":1,"\\u0061":2}', "duplicate-key"),
        (b'{"a":{"b":1,"b":"\\""}}', "duplicate-key"),
        (b'{"a":9223372036854775808}', "number-range"),
        (b'{"a":-9223372036854775809}', "number-range"),
        (b'{"a":[1,' + b"9" * 5000 + b"]}", "number-range"),
        (b'{"a":1e400}', "number-range"),
        (b'{"a":NaN}', "number-range"),
        (b'{"a":-Infinity}', "number-range"),
        (b'{"a":"\\ud800"}', "surrogate"),
        (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", "depth"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "depth"),
        (b"[" * 10_000, "depth"),
        (b'{"{}":1}', "name"),
        (b'{"a":[{"\\u005b]":1}]}', "name"),
        (b'{"a":{"{keys}":1}}', "name"),
    ],
)
def test_what_cannot_be_a_record_is_rejected_by_its_rule(line, rule):
    good = b'{"a":1}\n'
    found, bad = check(good * 40 + line + b"\n" + good * 40)
    assert bad == [(len(good) * 40, len(line), rule)]
    assert len(found) == 80
    assert check(b"\n" + line)[1] == [(1, len(line), rule)]


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":"[]","b":"{}"}',
        b'{"a":-9223372036854775808,"b":9223372036854775807}',
        b'{"a":"1234567890123456789012"}',
        b'{"a":1e-400,"b":-0.0,"c":1E3,"d":0.1234567890123456789012}',
        b'{"a":' + b"[" * 63 + b"]" * 63 + b"}",
        b'{"a":"\\ud83d\\ude00\\u0000\\"\\\\"}',
        b'{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}',
        b'{"":"","\xc3\xa9":null}',
        b"{}",
        b'\t{ "a" :\r 1 , "b":"x" } \r',
    ],
)
def test_odd_but_sound_lines_are_kept_exactly(line):
    for data in (line, (line + b"\n") * 50):
        found, bad = check(data)
        assert not bad
        assert repr(found[0][1]) == repr(json.loads(line))


def test_same_value_written_in_two_ways_is_one_distinct_value():
    data = b'{"a":"\\u0041","b":1.50}\n{"a":"A","b":1.5}\n' * 40
    found, bad = check(data)
    assert not bad
    assert {tuple(record.values()) for _, record in found} == {("A", 1.5)}


def test_escaped_quotes_and_backslashes_stay_columns():
    cells = ["x", '"', "\\", '\\"', '"\\', '","b":"', "\\\\", "\n", "é\\u0041", "\x7f"]
    lines = [json.dumps({"a": one, "b": other}, ensure_ascii=False) for one in cells for other in cells]
    data = "".join(line + "\n" for line in lines).encode()
    found, bad = check(data)
    assert not bad
    assert [record for _, record in found] == [{"a": one, "b": other} for one in cells for other in cells]
    (block,) = decode(data)
    assert [batch.columns is not None for batch in block.batches] == [True]


def test_nulls_and_changing_kinds_stay_columns_where_they_can():
    lines = [b'{"a":"x","b":1}', b'{"a":null,"b":2}', b'{"a":"y","b":null}', b'{"a":"z","b":2.5}'] * 50
    data = b"\n".join(lines) + b"\n"
    found, bad = check(data)
    assert not bad
    assert [record["b"] for _, record in found[:4]] == [1, 2, None, 2.5]
    (block,) = decode(data)
    assert all(batch.columns is not None for batch in block.batches)
    assert len(block.batches) == 2, "one for integers, one for doubles"


def test_a_column_of_nulls_has_the_type_of_the_hint():
    schema = Schema(Node(frozenset({Kind.RECORD}), fields=(("a", Node(frozenset({Kind.NULL, Kind.INTEGER}))),)))
    (block,) = decode(b'{"a":null}\n' * 50, schema=schema)
    assert block.batches[0].columns["a"].values.type == pa.int64()


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":"x\\","b":"y"}',  # the cells are those of the template, the meaning is not
        b'{"a":"x","b":"y\\"}',
        b'{"a\\":"x","b":"y"}',
        b'{"a":"x\\\\","b":"y"}',
        b'{"a":"x\\"b","b":1}',
        b'{"a":"x","b":"\\x"}',
        b'{"b":"x","a":"y"}',
        b'{"a":"x", "b":"y"}',
        b'{"a":"x","b":"y"},',
        b'\xef\xbb\xbf{"a":"x","b":"y"}',
    ],
)
def test_lines_that_only_look_like_the_template_are_read_as_what_they_are(line):
    other = b'{"a":"x","b":"y"}\n'
    check(other * 40 + line + b"\n" + other * 40)
    check(line + b"\n" + other * 40)


def test_line_ends_blank_lines_and_a_missing_last_newline():
    body = b'{"a":"x","b":1}\r\n' * 40 + b"\r\n \t\n\n" + b'{"a":"x","b":1}\n' * 40 + b'  {"a":"x","b":1}'
    found, bad = check(body)
    assert len(found) == 81
    assert not bad
    marked, bad = check(b"\xef\xbb\xbf" + body)
    assert [ordinal for ordinal, _ in marked] == [ordinal + 3 for ordinal, _ in found]
    assert not bad
    assert check(b"") == ([], [])
    assert check(b"\n\n") == ([], [])


def test_a_line_that_is_too_long_is_a_reject_whatever_the_block():
    longest = 64
    for block in (7, 33, 64):
        for length in (63, 64, 65, 1000):
            line = b'{"a":"' + b"x" * (length - 8) + b'"}'
            data = b'{"a":"b"}\n' + line + b"\n" + b'{"a":"c"}\n' + line
            blocks = decode(data, block=block, longest=longest)
            expected = [(10, length, "size"), (10 + length + 1 + 10, length, "size")] if length > longest else []
            assert rejects(blocks) == expected
            assert [o for o, r in rows(blocks) if len(r["a"]) == 1] == [0, 10 + length + 1]
            assert sum(block.count for block in blocks) == 4
            assert max(len(block.data) for block in blocks) <= block + longest


def test_an_input_that_ends_early_is_an_error():
    with pytest.raises(SourceError):
        decode(b'{"a":1}\n', end=9)


def test_json_arrays_and_options_are_refused():
    way = JsonLines()
    with pytest.raises(FormatError, match="array"):
        way.detect(io.BytesIO(b'\xef\xbb\xbf \n [{"a":1}]'), {})
    with pytest.raises(FormatError):
        way.detect(io.BytesIO(b"{}"), {"x": "y"})
    assert way.detect(io.BytesIO(b'{"a":1}'), {}) == SPEC


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [b'{"a":"', b'","b":"', b'"}', b"\\", b'"', b":", b",", b"1", b"x", b"\xc3\xa9", b"\xc3", b" ", b"\r"]
            ),
            max_size=9,
        ).map(b"".join),
        max_size=12,
    )
)
@settings(max_examples=150, deadline=None)
@example([b'{"a":"\\","b":"x"}', b'{"a":"1","b":"\\"}'])
def test_broken_lines_among_good_ones_read_the_same_in_both_ways(lines):
    good = [b'{"a":"1","b":"x"}'] * 40
    check(b"\n".join(good + lines))
    check(b"\n".join(lines + good))


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6)
doubles = st.floats(allow_nan=False, allow_infinity=False)
ints = st.integers(-(1 << 63), (1 << 63) - 1)
scalars = st.none() | st.booleans() | ints | doubles | texts
flat = st.fixed_dictionaries({}, optional={"a": scalars, "b": scalars, 'q"': scalars})


@given(st.lists(flat, max_size=6), st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" ,", " :  ")]))
@settings(max_examples=80, deadline=None)
def test_records_survive_decode_encode_decode(records, ascii_only, separators):
    lines = [json.dumps(record, ensure_ascii=ascii_only, separators=separators).encode() for record in records]
    data = b"".join(line + b"\n" for line in lines * 33)
    found, bad = check(data)
    assert not bad
    assert [row[1] for row in shown(found)] == [row[1] for row in shown((0, json.loads(line)) for line in lines * 33)]
    schema = Schema(
        Node(frozenset({Kind.RECORD}), fields=tuple((n, Node(SCALARS, optional=True)) for n in ("b", "a", 'q"')))
    )
    outputs = []
    for columns in (True, False):
        batches = [batch for block in decode(data, columns=columns) for batch in block.batches]
        outputs.append(encode_rows(JsonLines(), batches, schema, SPEC))
    expected = [{name: record.get(name) for name in ("b", "a", 'q"')} for _, record in found]
    assert outputs[0] == b"".join(orjson.dumps(record) + b"\n" for record in expected)
    assert outputs[1] == outputs[0]
    again = rows(decode(outputs[0]))
    assert [repr(record) for _, record in again] == [repr(record) for record in expected]


def one(kinds):
    return Schema(Node(frozenset({Kind.RECORD}), fields=(("a", Node(frozenset(kinds))),)))


def column(values):
    encoded = values.dictionary_encode()
    return Column(encoded.dictionary, encoded.indices)


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ("secret", {Kind.INTEGER}),
        (1, {Kind.STRING}),
        (1.0, {Kind.INTEGER}),
        (True, {Kind.INTEGER}),
        (float("nan"), {Kind.DOUBLE}),
        (float("inf"), {Kind.DOUBLE}),
    ],
)
def test_values_outside_the_schema_are_refused_in_both_ways(value, kinds):
    ordinals = np.zeros(1, np.int64)
    for batch in (
        Batch(ordinals, records=[{"a": value}]),
        Batch(ordinals, columns={"a": column(pa.array([value]))}),
    ):
        with pytest.raises(FormatError) as caught:
            encode_rows(JsonLines(), [batch], one(kinds), SPEC)
        assert "secret" not in str(caught.value)
        assert "field #0" in str(caught.value)


@pytest.mark.parametrize("value", [1 << 63, "\ud800", {"x": 1}, [1], (1,)])
def test_records_that_cannot_be_written_are_refused(value):
    batch = Batch(np.zeros(1, np.int64), records=[{"a": value}])
    with pytest.raises(FormatError):
        encode_rows(JsonLines(), [batch], one({Kind.INTEGER, Kind.STRING}), SPEC)


def test_fields_outside_the_schema_are_refused_in_both_ways():
    ordinals = np.zeros(1, np.int64)
    empty = column(pa.array(["x"]))
    for batch in (Batch(ordinals, records=[{"b": 1}]), Batch(ordinals, columns={"b": empty})):
        with pytest.raises(FormatError):
            encode_rows(JsonLines(), [batch], one({Kind.INTEGER}), SPEC)


def test_nested_records_are_written_in_the_order_of_the_schema():
    text = Node(frozenset({Kind.STRING}))
    inner = Node(frozenset({Kind.RECORD}), fields=(("y", text), ("x", text)))
    schema = Schema(
        Node(
            frozenset({Kind.RECORD}),
            fields=(
                ("m", Node(frozenset({Kind.MAP}), value=text)),
                ("l", Node(frozenset({Kind.LIST}), item=inner)),
                ("r", inner),
            ),
        )
    )
    batch = Batch(
        np.array([4, 9]),
        records=[
            {"r": {"x": "1", "y": "2"}, "l": [{"x": "3"}], "m": {"b": "4", "a": "5"}},
            {"r": None},
        ],
    )
    assert encode_rows(JsonLines(), [batch], schema, SPEC) == (
        b'{"m":{"b":"4","a":"5"},"l":[{"y":null,"x":"3"}],"r":{"y":"2","x":"1"}}\n{"m":null,"l":null,"r":null}\n'
    )


def test_batches_are_merged_by_ordinal_and_nothing_gives_nothing():
    batches = [
        Batch(np.array([0, 20]), columns={"a": column(pa.array([1, 2]))}),
        Batch(np.array([10, 30]), records=[{"a": 3}, {}]),
        Batch(np.array([], np.int64), records=[]),
    ]
    expected = b'{"a":1}\n{"a":3}\n{"a":2}\n{"a":null}\n'
    assert encode_rows(JsonLines(), batches, one({Kind.INTEGER}), SPEC) == expected
    assert encode_rows(JsonLines(), [], one({Kind.INTEGER}), SPEC) == b""
    bare = Schema(Node(frozenset({Kind.RECORD})))
    for batch in (Batch(np.array([1, 2]), columns={}), Batch(np.array([1, 2]), records=[{}, {}])):
        assert encode_rows(JsonLines(), [batch], bare, SPEC) == b"{}\n{}\n"


def test_sliced_columns_are_written_as_what_they_show():
    values = pa.array(["zero", 'o"ne', "two", "three"]).slice(1, 2)
    codes = pa.array([9, 0, 1, None, 0], pa.int32()).slice(1, 4)
    batch = Batch(np.arange(4), columns={"a": Column(values, codes)})
    expected = b'{"a":"o\\"ne"}\n{"a":"two"}\n{"a":null}\n{"a":"o\\"ne"}\n'
    assert encode_rows(JsonLines(), [batch], one({Kind.STRING}), SPEC) == expected


# --- lines cut at commas ------------------------------------------------------------------------------------------

PLAIN = (
    b'{"a":"x%d","b,c":"y"}\n',
    b'{"a":"x%d","n":%d.5,"m":%d}\n',
    b'{"a":"x%d","n":null,"m":null}\n',
    b'{"k:":%d,"a":"x%d"}\n',
    b'{"n":%d}\n',
)
ODD = (
    b'{"a":"one, two","n":1.5}',
    b'{"a":"x1","n":1.5,"m":9223372036854775807}',
    b'{"a":"x1","n":1.5,"m":9223372036854775808}',
    b'{"a":"x1","n":1.5,"m":123456789012345678901234}',
    b'{"a":"x1","n":123456789012345678901234,"m":1}',
    b'{"a":"x1","n":9300000000000000000.0,"m":1}',
    b'{"a":"x1","n":1e999,"m":1}',
    b'{"a":"x1","n":-0.0,"m":-0}',
    b'{"a":"x1","n":01.5,"m":1}',
    b'{"a":"x1","n":2,"m":1}',
    b'{"a":"x1","n":null,"m":null}',
    b'{"a":"x1","n":"text","m":1}',
    b'{"a":null,"n":1.5,"m":"1"}',
    b'{"a":"x1","n":true,"m":false}',
    b'{"a":"x1","n":[1.5],"m":1}',
    b'{"a":"x1","n": 1.5 ,"m":1 } ',
    b'{"a":"x1","n":1.5:1,"m":1}',
    b'{"a":"x1","n":1.5}{,"m":1}',
    b'{"a":"","n":1.5,"m":1}',
    b'{"a":"\\"","n":1.5,"m":1}',
    b'{"a":"\\\\","n":1.5,"m":1}',
    b'{"a":"\xc3\xa9","n":1.5,"m":1}',
    b'{"a":"\xe9","n":1.5,"m":1}',
    b'{"a":"x1","n":1.5,"m":1}\r',
    b'{"a":"x1","n":1.5,"a":"x2"}',
    b'{"a":"x","k":1,"m":1}',
    b'{"a":"x1"n":1.5,"m":1}',
    b'{"n":1}x',
    b'{"n":}',
    b"{}",
)


@pytest.mark.parametrize("plain", PLAIN)
@pytest.mark.parametrize("odd", ODD)
def test_one_odd_line_among_plain_ones_is_read_as_it_is_by_itself(plain, odd):
    lines = [plain.replace(b"%d", b"%d" % number) for number in range(40)]
    by_itself = rows(decode(odd, columns=False))
    for place in (0, 20, 40):
        data = b"".join([*lines[:place], odd + b"\n", *lines[place:]])
        found, _ = check(data)
        ordinal = sum(map(len, lines[:place]))
        assert shown(row for row in found if row[0] == ordinal) == shown((ordinal, row) for _, row in by_itself)
        assert len(found) == 40 + len(by_itself)
    check(b"".join([odd + b"\n"] * 40))


def test_a_line_of_too_many_values_is_a_reject_whatever_strings_hold(monkeypatch):
    """A value of two bytes takes a hundred in memory."""
    monkeypatch.setattr("pratique.formats.jsonl.records.MAX_VALUES", 50)
    good = b'{"l": [[1]]}\n'
    text = b'{"l": "%s\\",[{"}\n' % (b",[{" * 60)
    for heavy in (b'{"l": [%s]}' % b",".join([b"[]"] * 40), b'{"l": [%s]}' % b",".join([b"0"] * 60)):
        blocks = decode(good + heavy + b"\n" + text + good)
        assert rejects(blocks) == [(len(good), len(heavy), "size")]
        assert len(rows(blocks)) == 3
        kept = blocks[0].original(len(good), len(heavy))
        assert kept.strip() == heavy
        (again,) = JsonLines().reread([kept], SPEC, None)
        assert [(one.ordinal, one.rule) for one in again.rejects] == [(0, "size")]
