"""Rows as canonical JSON lines: from columns by distinct values, from records one by one; the bytes are the same.

Canonical: UTF-8, keys in the schema's order, no spaces, integers exact, doubles in the shortest form that reads back
equal, missing and null both ``null``, one newline after each record. Keys of maps keep the order in which they came.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.distinct import ARROW_KINDS, number_texts, raw_bytes
from pratique.formats.joining import Texts, join_lines, merge_lines, null_text
from pratique.model.data import Batch, Column
from pratique.model.schema import Kind, Node, Schema

_INT64 = range(-(1 << 63), 1 << 63)
_NEEDS_ESCAPE = r'["\\\x00-\x1f]'

Writer = Callable[[Any], Any]


def encode_batches(batches: Sequence[Batch], schema: Schema) -> bytes | memoryview:
    """All rows as lines, merged by ordinal. Raises `FormatError` where a value is not of a kind that the schema has."""
    batches = [batch for batch in batches if len(batch)]
    return merge_lines(batches, [_lines(batch, schema) for batch in batches])


def _lines(batch: Batch, schema: Schema) -> list[pa.Array]:
    """One string per row, newline included, in one or more arrays."""
    if batch.columns is not None:
        return _column_lines(batch.columns, len(batch), schema)
    assert batch.records is not None
    write = _writer(schema.root, "the record")
    options = orjson.OPT_APPEND_NEWLINE
    return [pa.array([orjson.dumps(write(record), option=options) for record in batch.records], pa.large_binary())]


# --- columns --------------------------------------------------------------------------------------------------------


def _column_lines(columns: Mapping[str, Column], rows: int, schema: Schema) -> list[pa.Array]:
    if unknown := len(columns.keys() - {name for name, _ in schema.root.fields}):
        raise FormatError(f"{unknown} columns that are not in the output schema")
    parts: list[Texts] = []
    after = "" if schema.root.fields else "{"
    for number, (name, node) in enumerate(schema.root.fields):
        before = after + ("," if number else "{") + orjson.dumps(name).decode() + ":"
        if name in columns:
            texts, after, codes = _texts(columns[name], node, number)
            parts.append(Texts(before + after, texts, codes))
        else:
            after = before + "null"
    return join_lines([*parts, Texts(after + "}\n")], rows)


def _texts(column: Column, node: Node, number: int) -> tuple[pa.Array, str, pa.Array]:
    """The JSON text of each distinct value, what quotes it (where all are strings, without null), codes without
    null.
    """
    values, codes = column.values, column.codes
    if len(values) and ARROW_KINDS.get(values.type) not in node.kinds:
        raise _wrong(f"field #{number}")
    texts, quote = _value_texts(values, f"field #{number}")
    if quote and codes.null_count:
        texts, quote = pc.binary_join_element_wise(pa.scalar(quote), texts, pa.scalar(quote), pa.scalar("")), ""
    texts, codes = null_text(texts, codes, "null")
    return texts, quote, codes


def _value_texts(values: pa.Array, where: str) -> tuple[pa.Array, str]:
    if values.type == pa.string():
        return _string_texts(values), '"'
    try:
        return number_texts(values), ""
    except ValueError:
        raise _wrong(where) from None


def _string_texts(values: pa.Array) -> pa.Array:
    """The insides of JSON strings; only values that need an escape leave Arrow."""
    raw = raw_bytes(values)
    if not np.any((raw < ord(" ")) | (raw == ord('"')) | (raw == ord("\\"))):
        return values
    odd = pc.match_substring_regex(values, _NEEDS_ESCAPE)
    escaped = [orjson.dumps(value)[1:-1].decode() for value in values.filter(odd).to_pylist()]
    return pc.replace_with_mask(values, odd, pa.array(escaped, pa.string()))


# --- records --------------------------------------------------------------------------------------------------------


def _wrong(where: str) -> FormatError:
    return FormatError("a value of a kind that the output schema does not allow", where=where)


def _writer(node: Node, where: str) -> Writer:
    """What brings a value into canonical order, checking its kind. Null is written wherever it stands."""
    plain = _plain_types(node)
    record = _record_writer(node, where) if Kind.RECORD in node.kinds else None
    mapping = _map_writer(node, where) if record is None and Kind.MAP in node.kinds else None
    items = _list_writer(node, where) if Kind.LIST in node.kinds else None

    def write(value: Any) -> Any:
        kind = type(value)
        if kind in plain:
            if (kind is float and not math.isfinite(value)) or (kind is int and value not in _INT64):
                raise _wrong(where)
            if kind is str:
                _check_text(value, where)
            return value
        if kind is dict and (below := record or mapping):
            return below(value)
        if kind is list and items:
            return items(value)
        raise _wrong(where)

    return write


def _plain_types(node: Node) -> frozenset[type]:
    types = {Kind.STRING: str, Kind.INTEGER: int, Kind.DOUBLE: float, Kind.BOOLEAN: bool}
    return frozenset({type(None)} | {types[kind] for kind in node.kinds if kind in types})


def _check_text(value: str, where: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _wrong(where) from None


def _record_writer(node: Node, where: str) -> Writer:
    top = where == "the record"
    writers = [
        (name, _writer(child, f"field #{number}" if top else where)) for number, (name, child) in enumerate(node.fields)
    ]
    names = {name for name, _ in writers}

    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        if not names >= value.keys():
            raise FormatError("a field that is not in the output schema", where=where)
        return {name: below(value.get(name)) for name, below in writers}

    return write


def _map_writer(node: Node, where: str) -> Writer:
    below = _writer(node.value or Node(frozenset()), where)

    def write(value: Mapping[str, Any]) -> dict[str, Any]:
        for key in value:
            _check_text(key, where)
        return {key: below(child) for key, child in value.items()}

    return write


def _list_writer(node: Node, where: str) -> Writer:
    below = _writer(node.item or Node(frozenset()), where)
    return lambda value: [below(item) for item in value]
