"""Avro containers in tests: made byte by byte, and read in both forms."""

import io
import json

import numpy as np
import pyarrow as pa

from pratique.formats.avro import Avro
from pratique.formats.avro.container import varint
from pratique.model.data import Batch, Column, FormatSpec
from pratique.model.schema import Kind, Node, Schema

SPEC = FormatSpec("avro")
MARK = b"0123456789abcdef"
NULL = frozenset({Kind.NULL})
SECRET = "anna.schmidt@example.org"


def record(*fields):
    return {"type": "record", "name": "R", "fields": [{"name": name, "type": given} for name, given in fields]}


def container(schema, *blocks, codec=b"null", **metadata):
    """A file of blocks as they are given: (rows, bytes)."""
    entries = {"avro.schema": json.dumps(schema).encode(), "avro.codec": codec, **metadata}
    packed = b"".join(varint(len(w)) + w for k, v in entries.items() for w in (k.encode(), v))
    head = b"Obj\x01" + varint(len(entries)) + packed + varint(0) + MARK
    return head + b"".join(varint(rows) + varint(len(data)) + data + MARK for rows, data in blocks)


def decode(data, *, columns=True, block=None, hint=None):
    return list(Avro(columns=columns, block=block).decode(io.BytesIO(data), 0, None, SPEC, hint))


def rows(blocks):
    """Records and rules by ordinal."""
    out = {}
    for block in blocks:
        for batch in block.batches:
            lists = None
            if batch.columns is not None:
                lists = {name: column.values.take(column.codes).to_pylist() for name, column in batch.columns.items()}
            for at, ordinal in enumerate(batch.ordinals.tolist()):
                out[ordinal] = (
                    batch.records[at] if lists is None else {name: cells[at] for name, cells in lists.items()}
                )
        out |= {reject.ordinal: reject.rule for reject in block.rejects}
    return [repr(out[ordinal]) for ordinal in sorted(out)]


def both(data):
    """The rows, which are the same in both forms."""
    fast, slow = rows(decode(data)), rows(decode(data, columns=False))
    assert fast == slow
    return slow


def nullable(node):
    return Node(
        node.kinds | NULL,
        fields=tuple((name, nullable(child)) for name, child in node.fields),
        item=nullable(node.item) if node.item else None,
        value=nullable(node.value) if node.value else None,
        logical=node.logical,
    )


def stated(data):
    root = nullable(Avro().declared(io.BytesIO(data), SPEC).root)
    return Schema(Node(frozenset({Kind.RECORD}), fields=root.fields))


LONGS = record(("x", "long"))
STRING = record(("x", "string"))


def text_cell(text):
    return varint(len(text)) + text


def column_of(encoded):
    return Column(encoded.dictionary, encoded.indices)


def many(count):
    return [{"a": f"user-{n % 97}", "b": None if n % 5 == 0 else n * n} for n in range(count)]


AB = Schema(
    Node(frozenset({Kind.RECORD}), fields=(("a", Node(NULL | {Kind.STRING})), ("b", Node(NULL | {Kind.INTEGER}))))
)


def pieces(records, cuts, *, columns):
    """The rows as batches that end at some places."""
    out = []
    for start, end in zip([0, *cuts], [*cuts, len(records)], strict=True):
        some, ordinals = records[start:end], np.arange(start, end)
        if columns:
            table = {
                "a": pa.array([r["a"] for r in some], pa.string()),
                "b": pa.array([r["b"] for r in some], pa.int64()),
            }
            made = {name: column_of(values.dictionary_encode()) for name, values in table.items()}
            out.append(Batch(ordinals, columns=made))
        else:
            out.append(Batch(ordinals, records=some))
    return out
