"""Values as Avro's bytes: columns by distinct values, nested ones one by one; the bytes are the same.

A cell is the number of its branch in the union, and the value. Null is one zero byte.
"""

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.avro.container import varint
from pratique.formats.avro.scalars import decimal_bytes, raise_with
from pratique.formats.avro.shaping import Branch, branches_of
from pratique.formats.distinct import ARROW_KINDS
from pratique.formats.lowering import raise_values
from pratique.model.data import Column
from pratique.model.logical import read_logical
from pratique.model.schema import Kind, Node

NULL = b"\0"
_MOST = 10
"""Bytes of the longest number."""
_FLOAT, _DOUBLE = struct.Struct("<f"), struct.Struct("<d")
_INT64 = range(-(1 << 63), 1 << 63)
_TABLE = 1 << 12
"""Lengths whose bytes are kept."""
_EMPTY = pa.scalar(b"", pa.binary())

Write = Callable[[Any, bytearray], None]


def wrong(where: str) -> FormatError:
    """A value that the output schema does not allow; its place only."""
    return FormatError("a value of a kind that the output schema does not allow", where=where)


# --- columns --------------------------------------------------------------------------------------------------------


def column_cells(column: Column, node: Node, where: str) -> pa.Array:
    """One cell per row of a flat column. Raises `FormatError` for what the schema does not allow."""
    cells = _distinct_cells(column.values, node, where)
    codes = column.codes
    if codes.null_count:
        cells = pa.concat_arrays([cells, pa.array([NULL], pa.binary())])
        codes = codes.fill_null(len(cells) - 1)
    return cells.take(codes)


def longest(column: Column) -> int:
    """Bytes that a cell of the column has at most."""
    if pa.types.is_string(column.values.type) and len(column.values):
        return int(pc.max(pc.binary_length(column.values)).as_py()) + _MOST + 1
    return _MOST + 1


def _distinct_cells(values: pa.Array, node: Node, where: str) -> pa.Array:
    if not len(values):
        return pa.array([], pa.binary())
    kind = ARROW_KINDS.get(values.type)
    for branch in branches_of(node):
        if branch.kind is kind:
            return _cells(values, branch, node, where)
    raise wrong(where)


def _cells(values: pa.Array, branch: Branch, node: Node, where: str) -> pa.Array:
    known = read_logical(branch.logical)
    # What Avro has no type for stays the text or number that it is, but must be one of its type all the same.
    raised = raise_values(values, node.logical, where) if node.logical else values
    if known is None or known.base == "uuid":
        raised = values
    if branch.word in ("string", "bytes"):
        if known is not None and known.base.startswith("decimal"):
            raised = pa.array([decimal_bytes(text) for text in values.to_pylist()], pa.binary())
        return _measured(raised.cast(pa.binary()), branch.prefix)
    if branch.word == "fixed":
        return pc.binary_join_element_wise(pa.scalar(branch.prefix), raised.cast(pa.binary()), _EMPTY)
    if branch.word == "boolean":
        return _framed(raised.cast(pa.uint8()).to_numpy(zero_copy_only=False).reshape(-1, 1), branch.prefix)
    if branch.word in ("double", "float"):
        return _doubles(values, branch, where)
    if pa.types.is_temporal(raised.type):
        raised = raised.view(pa.int32() if branch.word == "int" else pa.int64())
    return _numbers(np.asarray(raised.cast(pa.int64())), branch.prefix)


def _measured(values: pa.Array, prefix: bytes) -> pa.Array:
    """Bytes with their length before them."""
    lengths = np.asarray(pc.binary_length(values))
    if int(lengths.max()) < _TABLE:
        heads = _length_table(prefix).take(pa.array(lengths))
    else:
        distinct, places = np.unique(lengths, return_inverse=True)
        heads = pa.array([prefix + varint(size) for size in distinct.tolist()], pa.binary()).take(pa.array(places))
    return pc.binary_join_element_wise(heads, values, _EMPTY)


@lru_cache(maxsize=16)
def _length_table(prefix: bytes) -> pa.Array:
    return pa.array([prefix + varint(size) for size in range(_TABLE)], pa.binary())


def _framed(rows: npt.NDArray[np.uint8], prefix: bytes) -> pa.Array:
    """Rows of bytes, all of one length, with the prefix before each."""
    count, width = rows.shape
    whole = np.empty((count, width + len(prefix)), np.uint8)
    whole[:, : len(prefix)] = np.frombuffer(prefix, np.uint8)
    whole[:, len(prefix) :] = rows
    return _cut(whole.ravel(), np.full(count, whole.shape[1], np.int64))


def _cut(data: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int64]) -> pa.Array:
    bounds = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=bounds[1:])
    return pa.Array.from_buffers(pa.binary(), len(lengths), [None, pa.py_buffer(bounds), pa.py_buffer(data)])


def _doubles(values: pa.Array, branch: Branch, where: str) -> pa.Array:
    numbers = values.to_numpy(zero_copy_only=False)
    if not np.isfinite(numbers).all():
        raise wrong(where)
    if branch.word == "float":
        numbers = numbers.astype("<f4")
    return _framed(np.ascontiguousarray(numbers).view(np.uint8).reshape(len(numbers), -1), branch.prefix)


def _numbers(numbers: npt.NDArray[np.int64], prefix: bytes) -> pa.Array:
    """Zigzag numbers of variable length."""
    rest = ((numbers << 1) ^ (numbers >> 63)).view(np.uint64)
    cells = np.zeros((len(numbers), _MOST + 1), np.uint8)
    cells[:, 0] = prefix[0]
    lengths = np.full(len(numbers), 2, np.int64)
    for place in range(1, _MOST + 1):
        cells[:, place] = (rest & np.uint64(127)).astype(np.uint8)
        rest >>= np.uint64(7)
        more = rest > 0
        if not more.any():
            break
        cells[more, place] |= 128
        lengths += more
    width = int(lengths.max())
    used = np.arange(width)[None, :] < lengths[:, None]
    return _cut(cells[:, :width][used], lengths)


# --- nested ---------------------------------------------------------------------------------------------------------


def record_writer(node: Node) -> Callable[[Mapping[str, Any]], bytes]:
    """What gives the bytes of a whole record."""
    write = _record(node, "the record", b"")

    def whole(record: Mapping[str, Any]) -> bytes:
        out = bytearray()
        write(record, out)
        return bytes(out)

    return whole


def _writer(node: Node, where: str) -> Write:
    """What appends one value's cell."""
    ways: dict[type, Write] = {}
    for branch in branches_of(node):
        if branch.kind is Kind.RECORD:
            ways[dict] = _record(node, where, branch.prefix)
        elif branch.kind is Kind.MAP:
            ways[dict] = _items(node.value, where, branch.prefix, keyed=True)
        elif branch.kind is Kind.LIST:
            ways[list] = _items(node.item, where, branch.prefix, keyed=False)
        else:
            ways[_PYTHON[branch.kind]] = _scalar(branch, node, where)

    def write(value: Any, out: bytearray) -> None:
        if value is None:
            out.append(0)
            return
        way = ways.get(type(value))
        if way is None:
            raise wrong(where)
        way(value, out)

    return write


_PYTHON: Mapping[Kind, type] = {Kind.BOOLEAN: bool, Kind.INTEGER: int, Kind.DOUBLE: float, Kind.STRING: str}


def _record(node: Node, where: str, prefix: bytes) -> Write:
    top = where == "the record"
    writers = [
        (name, _writer(child, f"field #{number}" if top else where)) for number, (name, child) in enumerate(node.fields)
    ]
    names = {name for name, _ in writers}

    def write(value: Mapping[str, Any], out: bytearray) -> None:
        if not names >= value.keys():
            raise FormatError("a field that is not in the output schema", where=where)
        out += prefix
        for name, below in writers:
            below(value.get(name), out)

    return write


def _items(inner: Node | None, where: str, prefix: bytes, *, keyed: bool) -> Write:
    below = _writer(inner or Node(frozenset()), where)

    def write(value: Any, out: bytearray) -> None:
        out += prefix
        if value:
            out += varint(len(value))
            if keyed:
                for key, item in value.items():
                    _put_bytes(_encoded(key, where), out)
                    below(item, out)
            else:
                for item in value:
                    below(item, out)
        out.append(0)

    return write


def _encoded(text: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise wrong(where) from None


def _put_bytes(data: bytes, out: bytearray) -> None:
    out += varint(len(data))
    out += data


def _scalar(branch: Branch, node: Node, where: str) -> Write:
    prefix, word = branch.prefix, branch.word
    if branch.kind is Kind.STRING and branch.logical:
        return _raising(branch, where)
    stated = _range_of(node.logical, branch)

    def write(value: Any, out: bytearray) -> None:
        if branch.kind is Kind.INTEGER and value not in stated:
            raise _unfit(node.logical, where) if value in _INT64 else wrong(where)
        out += prefix
        if word == "string":
            _put_bytes(_checked(_encoded(value, where), value, node.logical, where), out)
        elif word in ("int", "long"):
            out += varint(value)
        elif word == "boolean":
            out.append(value)
        elif not math.isfinite(value):
            raise wrong(where)
        else:
            out += _DOUBLE.pack(value) if word == "double" else _float(value, node.logical, where)

    return write


def _unfit(logical: str, where: str) -> FormatError:
    known = read_logical(logical)
    return FormatError(
        f"a treated value is no {known.base if known else 'value'} any more",
        where=where,
        do="choose a transform that gives text",
    )


def _range_of(logical: str, branch: Branch) -> range:
    """The integers that a logical type has."""
    known = read_logical(logical)
    if branch.kind is not Kind.INTEGER or known is None or known.base == "duration":
        return _INT64
    bits = int(known.base.lstrip("uint"))
    if known.base.startswith("u"):
        return range(min(1 << bits, 1 << 63))
    return range(-(1 << (bits - 1)), 1 << (bits - 1))


def _checked(data: bytes, text: str, logical: str, where: str) -> bytes:
    """A text that stands for a type that Avro lacks: it must be one of that type all the same."""
    if logical:
        raise_values(pa.array([text], pa.string()), logical, where)
    return data


def _float(value: float, logical: str, where: str) -> bytes:
    try:
        packed = _FLOAT.pack(value)
        fits = _FLOAT.unpack(packed)[0] == value
        if logical == "float16":
            fits = fits and struct.unpack("<e", struct.pack("<e", value))[0] == value
    except OverflowError:
        fits = False
    if not fits:
        raise _unfit(logical, where)
    return packed


def _raising(branch: Branch, where: str) -> Write:
    """Texts that are raised to a logical type."""
    raised, prefix, word = raise_with(branch.logical), branch.prefix, branch.word

    def write(value: str, out: bytearray) -> None:
        try:
            stored = raised(value)
        except (ValueError, OverflowError):
            raise _unfit(branch.logical, where) from None
        out += prefix
        if word in ("int", "long"):
            out += varint(stored)
        elif word == "fixed":
            out += stored
        else:
            _put_bytes(stored.encode() if isinstance(stored, str) else stored, out)

    return write


def row_cells(records: Sequence[Mapping[str, Any]], node: Node) -> pa.Array:
    """One record's bytes per row."""
    write = record_writer(node)
    return pa.array([write(record) for record in records], pa.large_binary())
