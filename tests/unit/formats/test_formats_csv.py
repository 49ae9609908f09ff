"""CSV: every cell is text and keeps its characters; the dialect is told, never guessed."""

import csv
import io
import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.errors import ConfigError, FormatError
from pratique.formats import format_for
from pratique.formats.csv import Csv
from pratique.formats.csv.framing import count_records, record_ends
from pratique.model.data import Batch, Column, Dataset, FormatSpec
from pratique.model.schema import Kind, Node, Schema
from pratique.testing.formats import encode_file, encode_rows


def decode(data, *, columns=True, block=4 << 20, longest=16 << 20, **options):
    way = Csv(columns=columns, block=block, longest=longest)
    return list(way.decode(io.BytesIO(data), 0, None, FormatSpec("csv", options), None))


def rows(blocks):
    found = []
    for block in blocks:
        for batch in block.batches:
            cells = {name: column.values.take(column.codes).to_pylist() for name, column in batch.columns.items()}
            found += [
                (ordinal, {name: values[at] for name, values in cells.items()})
                for at, ordinal in enumerate(batch.ordinals.tolist())
            ]
    return [record for _, record in sorted(found, key=lambda row: row[0])]


def rejects(blocks):
    return [(reject.ordinal, reject.length, reject.rule) for block in blocks for reject in block.rejects]


def schema(*names, kinds=frozenset({Kind.STRING})):
    return Schema(Node(frozenset({Kind.RECORD}), fields=tuple((name, Node(kinds)) for name in names)))


def detect(data, **options):
    return Csv().detect(io.BytesIO(data), options).options


@pytest.mark.parametrize("many", [1, 50])
def test_cells_keep_their_characters(many):
    data = b"a,b,c\n" + b'007, x ,"q ""y"" \xc3\xa9"\n+49,1e5,=SUM(A1)\n"",NULL,\x00\x1b\n' * many
    assert (
        rows(decode(data))
        == [
            {"a": "007", "b": " x ", "c": 'q "y" é'},
            {"a": "+49", "b": "1e5", "c": "=SUM(A1)"},
            {"a": None, "b": "NULL", "c": "\x00\x1b"},
        ]
        * many
    )


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        (b"1,2,3", "cells"),
        (b"1", "cells"),
        (b'1,"2"x', "quote"),
        (b'1,x"2"', "quote"),
        (b'1, "2"', "quote"),
        (b"1,\xff", "utf-8"),
        (b"1,2\r3", "line-end"),
    ],
)
@pytest.mark.parametrize("good", [b"1,2\n", b'"1","2"\n'])
def test_what_cannot_be_a_row_is_rejected_by_its_rule(record, rule, good):
    blocks = decode(b"a,b\n" + good * 40 + record + b"\n" + good * 40)
    assert rejects(blocks) == [(4 + 40 * len(good), len(record), rule)]
    assert len(rows(blocks)) == 80


def test_a_stray_quote_makes_rejects_and_never_rows():
    blocks = decode(b'a,b\n1,2\nx,5" disk\n3,4\n5,6\n')
    assert rows(blocks) == [{"a": "1", "b": "2"}]
    assert rejects(blocks) == [(8, 17, "quote")]
    assert sum(block.count for block in blocks) == 2


def test_an_endless_quote_does_not_fill_the_memory():
    data = b'a,b\n1,2\n3,"' + b"x\n" * 5000
    blocks = decode(data, block=64, longest=256)
    assert rejects(blocks) == [(8, len(data) - 8, "size")]
    assert max(len(block.data) for block in blocks) <= 320
    closed = data + b'"\n5,6\n'
    blocks = decode(closed, block=64, longest=256)
    assert rejects(blocks) == [(8, len(data) - 8 + 1, "size")]
    assert rows(blocks) == [{"a": "1", "b": "2"}, {"a": "5", "b": "6"}]


def test_encodings():
    data = b"a;b\n" + b"Zo\xeb;\x80\n" * 50
    assert rows(decode(data, delimiter=";", encoding="cp1252"))[0] == {"a": "Zoë", "b": "€"}
    assert rows(decode(data, delimiter=";", encoding="latin-1"))[49] == {"a": "Zoë", "b": "\x80"}
    assert rejects(decode(b"a\n\x81\n", encoding="cp1252")) == [(2, 1, "encoding")]
    spec = FormatSpec("csv", {"encoding": "cp1252"})
    batch = Batch(np.arange(1), records=[{"a": "€"}])
    assert encode_rows(Csv(), [batch], schema("a"), spec) == b"\x80\n"
    with pytest.raises(FormatError):
        encode_rows(Csv(), [Batch(np.arange(1), records=[{"a": "☃"}])], schema("a"), spec)
    marked = FormatSpec("csv", {"encoding": "utf-8-sig"})
    assert Csv().encoder(schema("é", "b,c"), marked, bytes(32)).head() == b'\xef\xbb\xbf\xc3\xa9,"b,c"\n'


def test_dialects_are_told_from_the_head():
    assert detect(b"name,age\nAnn,12\nBob,13\n")["delimiter"] == ","
    semicolons = detect(b'name;price\nAnn;"1,50;x"\nBob;2,50\n')
    assert (semicolons["delimiter"], semicolons["header"], semicolons["quote"]) == (";", "true", '"')
    assert detect(b"id\tname\n1\ta,b\n2\tc\n")["delimiter"] == "\t"
    assert detect(b"1;Ann\n2;Bob\n")["header"] == "false"
    assert detect(b"ann@example.org;x\nbob@example.org;y\n")["header"] == "false"
    assert detect(b"first_name,city\nAnn,Paris\n")["header"] == "true"
    assert detect(b"name\nAnn\n")["delimiter"] == ","
    assert detect(b"\xef\xbb\xbfid,n\n1,2\n")["encoding"] == "utf-8-sig"
    assert detect(b"id,n\n1,\\N\n2,3\n")["null"] == "\\N"
    assert detect(b"id,n\n1,\n2,3\n")["null"] == ""
    assert detect(b"")["header"] == "true"


@pytest.mark.parametrize(
    "data",
    [
        b"a;b,c\nd;e,f\n",
        b"Ann,Paris\nBob,Lyon\n",
        b"a,b\n1,2,3\n",
        b"id,n\xff\n1,2\n",
        "id,n\n1,2\n".encode("utf-16"),
        b"[],id\n1,2\n3,4\n",
    ],
)
def test_what_two_readings_fit_or_none_is_refused(data):
    with pytest.raises(FormatError):
        detect(data)


def test_what_is_declared_is_not_looked_for():
    """So that the remedy that a refusal names is one: rows that do not fit are then rejects."""
    told = {"delimiter": ",", "header": "true", "encoding": "utf-8"}
    for data in (b"a,b\n1,2,3\n", b"a,b\n1\n", b"id,n\n1,\xff\n", b"Ann,Paris\nBob,Lyon\n", b"a;b,c\nd;e,f\n"):
        assert {name: detect(data, **told)[name] for name in told} == told
    assert detect(b"id,n\n1,\xff\n2,3\n", encoding="cp1252")["delimiter"] == ","
    with pytest.raises(FormatError, match="UTF-16"):
        detect("id,n\n1,2\n".encode("utf-16"), **told)


def test_a_hostile_cell_does_not_hold_detection_up():
    for long in (b"1" + b"." * 300_000 + b"x", b"a@" * 100_000, b"1" * 300_000):
        assert detect(b"name,n\n" + long + b",2\n")["header"] == "true"
        with pytest.raises(FormatError):
            detect(long + b",x\n" + b"y,z\n")


def test_two_columns_of_one_name_look_like_data_and_are_no_header():
    assert detect(b"id,id\n1,2\n3,4\n")["header"] == "false"
    with pytest.raises(FormatError, match="same name"):
        detect(b"id,id\n1,2\n3,4\n", header="true")


@pytest.mark.parametrize(
    "options",
    [
        {"delimiter": "::"},
        {"quote": "x"},
        {"header": "perhaps"},
        {"encoding": "utf-16"},
        {"null": "a,b"},
        {"unknown": "1"},
    ],
)
def test_options_that_cannot_be_are_refused(options):
    with pytest.raises(FormatError):
        detect(b"id,n\n1,2\n", **options)


def test_null_words_are_null_and_are_written_back():
    spec = FormatSpec("csv", {"null": "NA"})
    data = b"a,b\n" + b"NA,\nx,NA\n" * 40
    assert rows(decode(data, null="NA"))[:2] == [{"a": None, "b": ""}, {"a": "x", "b": None}]
    batches = [batch for block in decode(data, null="NA") for batch in block.batches]
    assert encode_file(Csv(), batches, schema("a", "b"), spec) == data


def test_other_kinds_are_written_as_text_and_wrong_ones_refused():
    kinds = frozenset({Kind.INTEGER, Kind.DOUBLE, Kind.BOOLEAN, Kind.STRING})
    spec = FormatSpec("csv")
    records = [{"a": 1, "b": 1e16}, {"a": True, "b": -0.0}, {"a": "x,y", "b": None}, {}]
    expected = b'1,1e+16\ntrue,-0.0\n"x,y",\n,\n'
    assert encode_rows(Csv(), [Batch(np.arange(4), records=records)], schema("a", "b", kinds=kinds), spec) == expected
    numbers = schema("a", kinds=frozenset({Kind.INTEGER}))
    assert encode_rows(Csv(), [Batch(np.arange(1), records=[{"a": 7}])], numbers, spec) == b"7\n"
    column = Column(pa.array([1e16, -0.0]), pa.array([0, 1, None], pa.int32()))
    batch = Batch(np.arange(3), columns={"b": column})
    assert encode_rows(Csv(), [batch], schema("a", "b", "c", kinds=kinds), spec) == b",1e+16,\n,-0.0,\n,,\n"
    for wrong in (float("nan"), [1], {"x": 1}):
        with pytest.raises(FormatError):
            encode_rows(Csv(), [Batch(np.arange(1), records=[{"a": wrong}])], schema("a", kinds=kinds), spec)
    for batch in (Batch(np.arange(1), records=[{"z": 1}]), Batch(np.arange(3), columns={"z": column})):
        with pytest.raises(FormatError):
            encode_rows(Csv(), [batch], schema("a"), spec)


def test_quotes_are_needed_and_missing():
    spec = FormatSpec("csv", {"quote": "none"})
    for value in ("a,b", "a\nb", "a\r"):
        with pytest.raises(FormatError, match="field #0"):
            encode_rows(Csv(), [Batch(np.arange(1), records=[{"a": value}])], schema("a", "b"), spec)


cells = st.text(alphabet=st.sampled_from('ab,;"\n\r\té ='), max_size=5)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]), st.integers(0, 1))
@settings(max_examples=100, deadline=None)
def test_what_the_standard_library_writes_is_read_as_it_was(table, delimiter, quote_all):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerows([("first", "second"), *table * 8])
    blocks = decode(text.getvalue().encode(), delimiter=delimiter, null="\\N")
    assert not rejects(blocks)
    assert [tuple(record.values()) for record in rows(blocks)] == table * 8
    spec = FormatSpec("csv", {"delimiter": delimiter, "null": "\\N"})
    batches = [batch for block in blocks for batch in block.batches]
    written = encode_rows(Csv(), batches, schema("first", "second"), spec)
    reread = list(csv.reader(io.StringIO(written.decode(), newline=""), delimiter=delimiter, strict=True))
    assert [tuple(row) for row in reread] == table * 8


@given(st.lists(st.sampled_from([b"a", b'"', b"\n", b"\r\n", b",", b'""']), max_size=30).map(b"".join))
@settings(max_examples=200, deadline=None)
def test_the_two_ways_of_counting_records_agree(data):
    bounds = [0, *record_ends(data, b'"').tolist()]
    if bounds[-1] != len(data):
        bounds.append(len(data))
    pieces = [data[start:end] for start, end in itertools.pairwise(bounds)]
    assert count_records(data, b'"') == sum(1 for piece in pieces if piece not in (b"\n", b"\r\n", b"\r"))


def test_formats_are_told_by_extension():
    def told(name, declared=None):
        return format_for(Dataset("d", "x", "eu", format=declared), name)

    assert told("a.JSONL.gz").name == "jsonl"
    assert told("x/a.ndjson").name == "jsonl"
    assert told("a.csv") == FormatSpec("csv")
    assert told("a.tsv.gz").options == {"delimiter": "\t"}
    assert told("a.txt").name == "text"
    assert told("secret.bin", FormatSpec("csv")).name == "csv"
    for name, declared in (("secret.json", None), ("secret", None), ("secret.gz", None), ("a", FormatSpec("xml"))):
        with pytest.raises(ConfigError) as caught:
            told(name, declared)
        assert "secret" not in str(caught.value)


@given(st.text(alphabet='a"\n\r,', max_size=14))
@settings(max_examples=400, deadline=None)
def test_csv_records_are_counted_as_by_cutting_out_what_is_quoted(text):
    data = text.encode()
    outside = data
    if b'"' in data:
        pieces = data.split(b'"')
        outside = b'"'.join(pieces[::2]) + b'"' * (len(pieces) % 2 == 0)
    assert count_records(data, b'"') == sum(1 for line in outside.split(b"\n") if line not in (b"", b"\r"))
