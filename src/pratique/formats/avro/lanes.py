"""The fast way of reading flat Avro records: many blocks side by side, a lane each, one step a field for all of them.

Where a record ends is known only when it was read, so nothing within a block can be read at once; but blocks do not
wait for each other. What is not exactly as a writer of the common kind leaves it (a number in too many bytes, a union's
number of two bytes, a boolean that is neither) gives the whole group back to the exact way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.formats.avro.scalars import decimal_text, is_uuid
from pratique.formats.avro.types import Type
from pratique.formats.distinct import compact, distinct_again, encode_distinct
from pratique.formats.lowering import Lowered, arrow_type, lower
from pratique.model.data import Column
from pratique.model.logical import read_logical
from pratique.model.schema import Kind

LEAST_LANES = 24
"""Fewer blocks than this are read the exact way: a step costs the same for one lane as for many."""
_SPREAD = 4
"""Blocks may be that many times fewer than the longest one would have them."""
_PAD = 16
_BITS = 63
"""Shift of the tenth byte of a number, which has one bit left."""

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Raw = npt.NDArray[np.uint8]


class _Odd(Exception):  # noqa: N818 - not an error, but the way back to the exact reader
    """Something is not as common writers leave it."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A field of flat records."""

    name: str
    type: Type
    null: int
    """What stands before a null; -1: the field is never null."""
    there: int
    """What stands before a value; -1: nothing does."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a group of blocks."""

    columns: Mapping[str, Column]
    """Of the rows that are no rejects."""
    bad: Mapping[int, str]
    """Row number to the rule by which it is a reject."""


def flat_fields(top: Type) -> list[Flat] | None:
    """The fields of flat records; None where one nests, or holds several kinds."""
    found = []
    for name, child in top.fields:
        given, null, there = child, -1, -1
        if child.name == "union":
            given, null, there = _nullable(child.branches)
        if given is None or given.name in ("record", "array", "map", "union"):
            return None
        found.append(Flat(name, given, null, there))
    return found


def _nullable(branches: Sequence[Type]) -> tuple[Any, int, int]:
    """Of a union of one type, with null or without, the type, and the first bytes of nulls and values."""
    rest = [branch for branch in branches if branch.name != "null"]
    nulls = len(branches) - len(rest)
    if nulls > 1 or len(rest) > 1:
        return None, -1, -1
    if not rest:
        return branches[0], -1, 0
    place = branches.index(rest[0])
    return rest[0], (2 * (1 - place) if nulls else -1), 2 * place


def read_group(fields: Sequence[Flat], blocks: Sequence[bytes], counts: Sequence[int]) -> Read | None:
    """The rows of some blocks, in order; None where the exact way must be taken."""
    rows, most = sum(counts), max(counts)
    if len(blocks) < LEAST_LANES or most * len(blocks) > _SPREAD * rows:
        return None
    lanes = _Lanes(blocks, counts)
    bad: dict[int, str] = {}
    columns = {}
    try:
        for field, cells in zip(fields, lanes.walk(fields), strict=True):
            columns[field.name] = _column(field.type, lanes.raw, cells, bad)
    except (_Odd, IndexError):
        return None
    if bad:
        good = np.ones(rows, np.bool_)
        good[list(bad)] = False
        columns = {name: compact(c.values, c.codes.filter(pa.array(good))) for name, c in columns.items()}
    return Read(columns, bad)


class _Lanes:
    """Blocks side by side, those with most records first, so that the lanes in use are always the first ones."""

    def __init__(self, blocks: Sequence[bytes], counts: Sequence[int]) -> None:
        self.raw: Raw = np.frombuffer(b"".join((*blocks, bytes(_PAD))), np.uint8)
        lengths = np.array([len(block) for block in blocks], np.int64)
        rows = np.array(counts, np.int64)
        order = np.argsort(-rows, kind="stable")
        ends = np.cumsum(lengths)
        self._at = (ends - lengths)[order]
        self._ends = ends[order]
        self._rows = rows[order]
        self._back = np.argsort(order)
        self._shape = (int(rows.max()), len(blocks))

    def walk(self, fields: Sequence[Flat]) -> list[tuple[Ints, Ints | None, Mask | None]]:
        """Of each field by row: its number, or where it begins and ends; and whether it is there."""
        steps, lanes = self._shape
        firsts = [np.zeros(self._shape, np.int64) for _ in fields]
        seconds = [np.zeros(self._shape, np.int64) if f.type.name in ("string", "bytes") else None for f in fields]
        theres = [np.zeros(self._shape, np.bool_) if f.null >= 0 else None for f in fields]
        ways = [_WAYS[field.type.name] for field in fields]
        used = np.searchsorted(-self._rows, -np.arange(steps), side="left").tolist()
        for step in range(steps):
            lanes = used[step]
            at, ends = self._at[:lanes], self._ends[:lanes]
            for field, way, first, second, there in zip(fields, ways, firsts, seconds, theres, strict=True):
                is_there: Mask | None = None
                if field.there >= 0:
                    at, is_there = self._branch(at, field)
                    if there is not None:
                        there[step, :lanes] = True if is_there is None else is_there
                number, at = way(self, at, is_there, field.type)
                first[step, :lanes] = number
                if second is not None:
                    second[step, :lanes] = at
            if (at > ends).any():
                raise _Odd
            self._at[:lanes] = at
        if not np.array_equal(self._at, self._ends):
            raise _Odd
        mask = (np.arange(steps)[:, None] < self._rows[None, :]).T[self._back]
        return [
            (first.T[self._back][mask], _ordered(second, self._back, mask), _ordered(there, self._back, mask))
            for first, second, there in zip(firsts, seconds, theres, strict=True)
        ]

    def _branch(self, at: Ints, field: Flat) -> tuple[Ints, Mask | None]:
        """Past the union's number; which values are there, None for all."""
        sign = self.raw[at]
        is_there = sign == field.there
        if is_there.all():
            return at + 1, None
        if field.null < 0 or not (is_there | (sign == field.null)).all():
            raise _Odd
        return at + 1, is_there

    def number(self, at: Ints, is_there: Mask | None) -> tuple[Ints, Ints]:
        """The numbers that stand here, and where they end."""
        byte = self.raw[at]
        if is_there is not None:
            byte = byte * is_there
        number = (byte & 127).astype(np.int64)
        long = np.flatnonzero(byte > 127)  # noqa: PLR2004 - what seven bits hold
        at = at + 1 if is_there is None else at + is_there
        shift = 7
        while len(long):
            byte = self.raw[at[long]]
            if shift == _BITS and (byte > 1).any():
                raise _Odd
            at[long] += 1
            number[long] |= (byte & 127).astype(np.int64) << shift
            long = long[byte > 127]  # noqa: PLR2004 - what seven bits hold
            shift += 7
        return ((number >> 1) & 0x7FFF_FFFF_FFFF_FFFF) ^ -(number & 1), at

    def text(self, at: Ints, is_there: Mask | None, _given: Type) -> tuple[Ints, Ints]:
        """Where texts or bytes begin and end."""
        size, at = self.number(at, is_there)
        # As unsigned numbers, so that what is below zero is too large as well.
        if (size.view(np.uint64) > (self._ends[: len(at)] - at).view(np.uint64)).any():
            raise _Odd
        return at, at + size

    def integer(self, at: Ints, is_there: Mask | None, given: Type) -> tuple[Ints, Ints]:
        """Integers and the places of symbols; of 32 bits those only."""
        number, at = self.number(at, is_there)
        if given.name == "int" and (number != number.astype(np.int32)).any():
            raise _Odd
        if given.name == "enum" and (number.view(np.uint64) >= max(len(given.symbols), 1)).any():
            raise _Odd
        return number, at

    def boolean(self, at: Ints, is_there: Mask | None, _given: Type) -> tuple[Ints, Ints]:
        """0 or 1."""
        byte = self.raw[at] if is_there is None else self.raw[at] * is_there
        if (byte > 1).any():
            raise _Odd
        return byte.astype(np.int64), at + 1 if is_there is None else at + is_there

    def fixed(self, at: Ints, is_there: Mask | None, given: Type) -> tuple[Ints, Ints]:
        """Where so many bytes begin."""
        size = given.size if given.name == "fixed" else given.least
        ahead = at + size if is_there is None else at + is_there * size
        if (ahead > self._ends[: len(at)]).any():
            raise _Odd
        return at, ahead


_Way = Callable[[_Lanes, Ints, Mask | None, Type], tuple[Ints, Ints]]
_WAYS: Mapping[str, _Way] = {
    "null": _Lanes.fixed,
    "boolean": _Lanes.boolean,
    "int": _Lanes.integer,
    "long": _Lanes.integer,
    "enum": _Lanes.integer,
    "float": _Lanes.fixed,
    "double": _Lanes.fixed,
    "fixed": _Lanes.fixed,
    "string": _Lanes.text,
    "bytes": _Lanes.text,
}


def _ordered(values: Any, back: Ints, mask: Mask) -> Any:
    return None if values is None else values.T[back][mask]


# --- cells to columns -----------------------------------------------------------------------------------------------


def _column(given: Type, raw: Raw, cells: tuple[Ints, Ints | None, Mask | None], bad: dict[int, str]) -> Column:
    """One field's cells as a column; rows with what cannot be lowered become rejects."""
    first, second, there = cells
    mask = None if there is None or there.all() else ~there
    if given.name == "null":
        return Column(pa.array([], pa.string()), pa.nulls(len(first), pa.int32()))
    encoded = encode_distinct(_values(given, raw, first, second)) if mask is None else _encode_some(given, raw, cells)
    values, codes = encoded.dictionary, encoded.indices
    if given.name == "enum":
        symbols = pa.array(given.symbols, pa.string())
        return Column(symbols.take(values), codes)
    lowered, rule = _lowered(given, values)
    if lowered.bad is not None:
        standing = np.append(lowered.bad, False)[np.asarray(codes.fill_null(len(lowered.bad)))]
        for row in np.flatnonzero(standing).tolist():
            bad.setdefault(row, rule)
    if lowered.bad is None and not given.logical.startswith("decimal"):
        return Column(lowered.values, codes)
    # Several forms may stand for one number; and what is bad is null now.
    return distinct_again(lowered.values, codes)


def _encode_some(given: Type, raw: Raw, cells: tuple[Ints, Ints | None, Mask | None]) -> pa.DictionaryArray:
    """As `encode_distinct`, where some rows are null."""
    first, second, there = cells
    assert there is not None
    rows = np.flatnonzero(there)
    encoded = encode_distinct(_values(given, raw, first[rows], None if second is None else second[rows]))
    codes = np.zeros(len(first), np.int32)
    codes[rows] = np.asarray(encoded.indices)
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=~there), encoded.dictionary)


def _values(given: Type, raw: Raw, first: Ints, second: Ints | None) -> pa.Array:
    """As they are stored; what is raised to a logical type by its bits is of that type already."""
    if second is not None:
        return _slices(pa.string() if given.name == "string" else pa.binary(), raw, first, second)
    if given.name == "fixed":
        rows = _windows(raw, first, given.size)
        return pa.Array.from_buffers(pa.binary(given.size), len(first), [None, pa.py_buffer(rows)])
    if given.name in ("float", "double"):
        number = np.float32 if given.name == "float" else np.float64
        found = _windows(raw, first, given.least).view(number).ravel()
        with np.errstate(invalid="ignore"):  # A NaN of the kind that signals is a NaN like another: a reject.
            return pa.array(found.astype(np.float64))
    if given.name == "boolean":
        return pa.array(first.astype(np.bool_))
    return pa.array(first)


def _windows(raw: Raw, first: Ints, size: int) -> Raw:
    """So many bytes from each place."""
    if not size:
        return np.zeros((len(first), 0), np.uint8)
    return np.lib.stride_tricks.sliding_window_view(raw, size)[first]


def _slices(arrow: pa.DataType, raw: Raw, first: Ints, second: Ints) -> pa.Array:
    """Texts by where they begin and end, by letting Arrow take every other of all that the bounds cut."""
    if not len(first):
        return pa.array([], arrow)
    bounds = np.empty(2 * len(first), np.int32)
    bounds[0::2], bounds[1::2] = first, second
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(raw)]
    cut = pa.Array.from_buffers(pa.binary(), len(bounds) - 1, buffers)
    taken = cut.take(pa.array(np.arange(0, len(bounds) - 1, 2)))
    return taken.view(arrow)


def _lowered(given: Type, values: pa.Array) -> tuple[Lowered, str]:
    """Distinct values lowered, and the rule for those that cannot be."""
    known = read_logical(given.logical) if given.logical else None
    if known is None or known.base in ("int32", "float32"):
        return lower(values, ""), "utf-8" if given.name == "string" else "number-range"
    if known.base.startswith("decimal"):
        return _by_one(values, lambda data: decimal_text(data, known)), "range"
    if known.base == "uuid" and given.name == "string":
        plain = lower(values, "")
        if plain.bad is not None:
            # Which of the two rules a row breaks is told row by row: let the exact way do it.
            raise _Odd
        return _by_one(values, lambda text: text if is_uuid(text) else None), "range"
    if pa.types.is_integer(values.type):
        small = known.base in ("date32", "time32")
        values = values.cast(pa.int32()) if small else values
        return lower(values.view(arrow_type(Kind.STRING, known.name)), known.name), "range"
    return lower(values, known.name), "range"


def _by_one(values: pa.Array, text_of: Callable[[Any], str | None]) -> Lowered:
    texts = [text_of(value) for value in values.to_pylist()]
    found = pa.array(texts, pa.string())
    bad = np.asarray(pc.is_null(found)) if found.null_count else None
    return Lowered(found, bad)
