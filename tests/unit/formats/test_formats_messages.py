"""Messages: what goes in comes out, in rows as files of the same data have; what cannot be a row is a reject."""

import io
import json

import pytest

from pratique.errors import FormatError
from pratique.formats.messages import Messages
from pratique.model.data import FormatSpec
from pratique.model.messages import NO_TIME, pack_headers, read_sets, set_of, unpack_headers, unpack_set
from pratique.model.schema import Kind, Node, Schema

WAYS = [Messages(), Messages(columns=False)]
SPEC = FormatSpec("messages", {"value": "json", "timestamp": "drop"})
TIMED = FormatSpec("messages", {"value": "json", "timestamp": "field"})
BOTH = frozenset({Kind.STRING, Kind.NULL})
NUMBER = frozenset({Kind.INTEGER, Kind.NULL})


def schema(*names, **kinds):
    fields = tuple((name, Node(kinds.get(name, BOTH))) for name in names)
    return Schema(Node(frozenset({Kind.RECORD}), fields=fields))


def rows_of(block):
    rows = {}
    for batch in block.batches:
        if batch.records is not None:
            records = batch.records
        else:
            lists = {n: c.values.take(c.codes).to_pylist() for n, c in batch.columns.items()}
            records = [{n: values[at] for n, values in lists.items()} for at in range(len(batch))]
        rows.update(zip(batch.ordinals.tolist(), records, strict=True))
    return dict(sorted(rows.items()))


def decoded(way, messages, spec=SPEC):
    blocks = list(way.decode(io.BytesIO(messages.pack()), 0, None, spec, None))
    assert len(blocks) == 1
    return blocks[0]


def many(count):
    return set_of(
        [json.dumps({"user": f"u{at % 7}", "n": at}).encode() for at in range(count)],
        [f"k{at % 5}".encode() for at in range(count)],
        [None] * count,
        list(range(count)),
    )


@pytest.mark.parametrize("way", WAYS)
def test_key_and_value_stand_side_by_side(way):
    block = decoded(way, many(100))
    rows = rows_of(block)
    assert len(rows) == block.count == 100
    assert list(rows) == [2 * at for at in range(100)]
    assert rows[18] == {"kafka-key": "k4", "user": "u2", "n": 9}
    assert not block.rejects


@pytest.mark.parametrize("way", WAYS)
def test_a_tombstone_has_a_key_and_nothing_else(way):
    block = decoded(way, set_of([b'{"a":null}', None, b"{}"], [b"x", b"y", b"z"], [None] * 3, [1, 2, 3]))
    rows = rows_of(block)
    assert list(rows) == [0, 3, 4]
    assert rows[3] == {"kafka-key": "y"}
    assert rows[0]["kafka-key"] == "x"


@pytest.mark.parametrize("way", WAYS)
def test_headers_are_fields(way):
    headers = [[("trace", b"1"), ("who", b"anna")], None, [("trace", None)], [("trace", b"1"), ("trace", b"2")]]
    block = decoded(way, set_of([b'{"a":1}'] * 4, [None] * 4, headers, [0] * 4))
    rows = rows_of(block)
    assert rows[0] == {"kafka-header-trace": "1", "kafka-header-who": "anna", "a": 1}
    assert rows[2] == {"a": 1}
    assert rows[4] == {"a": 1}
    assert [(reject.ordinal, reject.rule) for reject in block.rejects] == [(6, "duplicate-key")]


@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_a_row_is_a_reject_by_its_rule(way):
    values = [b'{"a":1}', b"", b"  ", b"{", b'{"a":1,"a":2}', b'{"kafka-key":"x"}', b"\xff", b'{"a":\n1}', b"[1]"]
    keys = [b"k", b"k", b"k", b"k", b"k", b"k", b"k", b"\xff", b"k"]
    block = decoded(way, set_of(values, keys, [None] * 9, [0] * 9))
    rules = {reject.ordinal // 2: reject.rule for reject in block.rejects}
    expected = {1: "json", 2: "json", 3: "json", 4: "duplicate-key", 5: "name", 6: "utf-8", 7: "utf-8", 8: "json"}
    assert rules == expected
    assert rows_of(block) == {0: {"kafka-key": "k", "a": 1}}


@pytest.mark.parametrize("way", WAYS)
def test_values_that_span_lines_are_read(way):
    block = decoded(way, set_of([b'{"a":\n1}', b'{"a":2}\n'], [None, None], [None, None], [0, 0]))
    assert rows_of(block) == {0: {"a": 1}, 2: {"a": 2}}


def test_the_timestamp_is_a_field_only_where_asked_for():
    messages = set_of([b'{"a":1}', b'{"a":2}'], [None, None], [None, None], [7, NO_TIME])
    assert rows_of(decoded(Messages(), messages)) == {0: {"a": 1}, 2: {"a": 2}}
    assert rows_of(decoded(Messages(), messages, TIMED)) == {0: {"a": 1, "kafka-timestamp": 7}, 2: {"a": 2}}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("cut", [1, 3])
def test_written_rows_are_read_again(way, cut):
    values = [b'{"b":1,"a":"x"}', None, b'{"a":null}', b'{"b":4}', None, b'{"a":"y\\n"}']
    keys = [b"k", b"t", None, b"k", None, "ä".encode()]
    headers = [[("h", b"1")], None, None, [("h", b"")], [("h", b"z")], None]
    block = decoded(way, set_of(values, keys, headers, [9] * 6, first=5), TIMED)
    out = schema("kafka-key", "kafka-header-h", "kafka-timestamp", "a", "b", **{"kafka-timestamp": NUMBER, "b": NUMBER})
    encoder = way.encoder(out, TIMED, bytes(32))
    written = encoder.head()
    batches = sorted(block.batches, key=lambda batch: int(batch.ordinals[0]))
    for at in range(0, len(batches), cut):
        written += encoder.encode(batches[at : at + cut])
    written += encoder.finish()
    found = unpack_set(written)
    assert found.ordinals.tolist() == [10, 13, 14, 16, 19, 20]
    assert found.keys.listed() == keys
    assert found.timestamps.tolist() == [9] * 6
    assert [block and unpack_headers(block) for block in found.headers.listed()] == headers
    assert found.values.listed() == [
        b'{"a":"x","b":1}',
        None,
        b'{"a":null,"b":null}',
        b'{"a":null,"b":4}',
        None,
        b'{"a":"y\\n","b":null}',
    ]
    way.check_container(io.BytesIO(written), out, TIMED, bytes(32))
    assert list(rows_of(decoded(way, found, TIMED))) == found.ordinals.tolist()


def test_a_kept_original_is_one_message():
    messages = set_of([b"{", None], [b"k", b"\xff"], [[("h", b"1")], None], [5, 6])
    block = decoded(Messages(), messages)
    kept = [block.original(reject.ordinal) for reject in block.rejects]
    assert [unpack_set(one).values.listed() for one in kept] == [[b"{"], [None]]
    assert unpack_set(kept[0]).headers.listed() == [pack_headers([("h", b"1")])]
    again = list(Messages().reread(kept, SPEC, None))
    assert [one.rejects[0].rule for one in again] == ["json", "utf-8"]


def test_the_container_holds_nothing_beside_its_records():
    out = schema("a")
    encoder = Messages().encoder(out, SPEC, bytes(32))
    good = encoder.head() + encoder.encode(decoded(Messages(), set_of([b'{"a":"x"}'], [None], [None], [5])).batches)
    good += encoder.finish()
    Messages().check_container(io.BytesIO(good), out, SPEC, bytes(32))
    for values, keys, headers, times in (
        ([b'{"a":"x"}'], [b"k"], [None], [NO_TIME]),
        ([b'{"a":"x"}'], [None], [[("h", b"1")]], [NO_TIME]),
        ([b'{"a":"x"}'], [None], [None], [5]),
    ):
        bad = set_of(values, keys, headers, times).pack()
        with pytest.raises(FormatError):
            Messages().check_container(io.BytesIO(bad), out, SPEC, bytes(32))
    with pytest.raises(FormatError):
        Messages().check_container(io.BytesIO(good + good), out, SPEC, bytes(32))
    schemas = set_of([b'{"a":"x"}'], [None], [None], [NO_TIME], schemas={"1": "{}"})
    with pytest.raises(FormatError):
        Messages().check_container(io.BytesIO(schemas.pack()), out, SPEC, bytes(32))


def test_a_damaged_set_is_refused():
    good = bytearray(many(3).pack())
    for at in range(0, len(good), 3):
        bad = bytearray(good)
        bad[at] ^= 0x55
        try:
            found = list(read_sets(io.BytesIO(bytes(bad))))
        except FormatError:
            continue
        assert len(found) == 1
    with pytest.raises(FormatError):
        list(read_sets(io.BytesIO(bytes(good[:-1]))))


def test_unknown_options_are_refused():
    with pytest.raises(FormatError):
        Messages().detect(io.BytesIO(b""), {"speed": "high"})
    with pytest.raises(FormatError):
        Messages().detect(io.BytesIO(b""), {"value": "xml"})
    assert Messages().detect(io.BytesIO(b""), {}).options == {"timestamp": "drop", "value": "json"}


def test_texts_are_values_too():
    spec = FormatSpec("messages", {"value": "text"})
    block = decoded(Messages(), set_of([b"hello", b"\xff", b""], [None] * 3, [None] * 3, [0] * 3), spec)
    assert rows_of(block) == {0: {"text": "hello"}, 4: {"text": ""}}
    assert [(reject.ordinal, reject.rule) for reject in block.rejects] == [(2, "utf-8")]
    encoder = Messages().encoder(schema("text"), spec, bytes(32))
    encoder.encode(block.batches)
    assert unpack_set(encoder.finish()).values.listed() == [b"hello", b""]
