"""The fast way of reading JSON Lines: lines of one shape as columns, checked so that nothing is dropped or altered.

Arrow's CSV reader, told that quotation marks are delimiters, cuts a block of lines into the cells of a template
(`pratique.formats.jsonl.template`, which also says why that is exact). What it cannot prove to be as the template
says is left to the records way.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from pratique.formats.distinct import compact, distinct_again, nulls, raw_bytes
from pratique.formats.jsonl.template import Slot, Template, load_text
from pratique.model.data import Column
from pratique.model.schema import Kind

_MOST = (1 << 63) - 1
Mask = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Shape:
    """What a template made of some lines."""

    fits: Mask
    """By line: whether it is exactly as the template says."""
    columns: dict[str, Column]
    """Of the lines that fit."""


def read_shape(
    data: bytes | memoryview, lines: int, template: Template, hints: dict[str, Kind], *, ascii_only: bool = False
) -> Shape | None:
    """Read ``lines`` whole lines by a template; None where some line has another number of cells or is not UTF-8.

    ``data`` has its escapes hidden, ends in a newline, holds no blank line, no control character but newlines, carriage
    returns before them and the marks of escapes, and no byte order mark at its start. ``ascii_only``: it is known to be
    ASCII, so that Arrow need not look whether each cell is UTF-8.
    """
    table = _cut(data, template, check_utf8=not ascii_only)
    if table is None or table.num_rows != lines:
        return None
    cells = [_chunk(column) for column in table.columns]
    fits = np.ones(lines, np.bool_)
    for at, text in template.constants:
        _check_constant(cells[at], text, fits)
    raw: dict[str, Column] = {}
    for slot in template.slots:
        raw[slot.name] = _texts(cells[slot.cell], fits) if slot.text else _scalars(slot, cells[slot.cell], fits)
    if fits.all():
        columns = {name: _whole(column, hints.get(name)) for name, column in raw.items()}
    else:
        rows = pa.array(fits)
        columns = {
            name: _whole(compact(column.values, column.codes.filter(rows)), hints.get(name))
            for name, column in raw.items()
        }
    return Shape(fits, columns)


def _cut(data: bytes | memoryview, template: Template, *, check_utf8: bool) -> pa.Table | None:
    names = [str(at) for at in range(template.cells)]
    types = dict.fromkeys(names, pa.string())
    types.update({str(slot.cell): pa.dictionary(pa.int32(), pa.string()) for slot in template.slots})
    try:
        return pa_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data)),
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
            parse_options=pa_csv.ParseOptions(
                delimiter='"', quote_char=False, escape_char=False, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=types, null_values=[], strings_can_be_null=False, check_utf8=check_utf8
            ),
        )
    except pa.ArrowInvalid:
        return None


def _chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _check_constant(cells: pa.Array, text: str, fits: Mask) -> None:
    """Clear ``fits`` where a cell is not ``text``: by the whole buffer first, cell by cell only if that differs."""
    expected = text.encode()
    offsets = np.frombuffer(cells.buffers()[1], np.int32)[cells.offset : cells.offset + len(cells) + 1]
    body = cells.buffers()[2]
    first, last = int(offsets[0]), int(offsets[-1])
    lengths_agree = last - first == len(cells) * len(expected) and bool(np.all(np.diff(offsets) == len(expected)))
    if lengths_agree and (not expected or memoryview(body)[first:last].tobytes() == expected * len(cells)):
        return
    fits &= pc.equal(cells, pa.scalar(text)).to_numpy(zero_copy_only=False)


def _texts(cells: pa.DictionaryArray, fits: Mask) -> Column:
    """String values; those with a backslash are decoded one by one, since each must be a whole string by itself."""
    values, codes = cells.dictionary, cells.indices
    raw = raw_bytes(values)
    if not np.any((raw == ord("\\")) | (raw < ord(" "))):
        return Column(values, codes)
    escaped = pc.match_substring_regex(values, r"[\\\x01\x02]").to_numpy(zero_copy_only=False)
    bad = np.zeros(len(values), np.bool_)
    decoded = values.to_pylist()
    for at in np.flatnonzero(escaped):
        try:
            decoded[at] = load_text(decoded[at])
        except orjson.JSONDecodeError:
            bad[at] = True
            decoded[at] = ""
    _strike(bad, codes, fits)
    return distinct_again(pa.array(decoded, pa.string()), codes)


def _scalars(slot: Slot, cells: pa.DictionaryArray, fits: Mask) -> Column:
    """Numbers, booleans and nulls; every value must be of the first value's kind or null."""
    gaps, codes = cells.dictionary, cells.indices
    numbers = _framed_numbers(slot, gaps)
    if numbers is not None:
        return distinct_again(numbers, codes)
    around = len(slot.before) + len(slot.after)
    framed = pc.and_(
        pc.and_(pc.starts_with(gaps, slot.before), pc.ends_with(gaps, slot.after)),
        pc.greater(pc.binary_length(gaps), pa.scalar(around, pa.int32())),
    ).to_numpy(zero_copy_only=False)
    if not framed.all():
        _strike(~framed, codes, fits)
        gaps = pc.if_else(pa.array(framed), gaps, pa.scalar(f"{slot.before}null{slot.after}"))
    middles = pc.binary_slice(gaps.cast(pa.binary()), len(slot.before), -len(slot.after)).cast(pa.string())
    values, good = _parse_scalars(middles)
    if not good.all():
        _strike(~good, codes, fits)
    return distinct_again(values, codes)


def _framed_numbers(slot: Slot, gaps: pa.Array) -> pa.Array | None:
    """The numbers of all gaps in one go, where each is framed as the template says and all are integers or all are
    doubles; None where that cannot be said.

    A frame has one colon, and a JSON number has none. If there are as many colons as gaps, then every
    ``after + before`` in the joined gaps is a seam, and what is left between commas are the numbers' own texts.
    """
    before, after = slot.before.encode(), slot.after.encode()
    joined = raw_bytes(gaps)
    if not _are_framed(gaps, joined, before, after):
        return None
    text = joined.tobytes()
    if text.count(b":") != len(gaps):
        return None
    try:
        values = orjson.loads(b"[%b]" % text[len(before) : len(text) - len(after)].replace(after + before, b","))
    except orjson.JSONDecodeError:
        return None
    return _numbers(values) if len(values) == len(gaps) else None


def _are_framed(gaps: pa.Array, joined: npt.NDArray[np.uint8], before: bytes, after: bytes) -> bool:
    """Whether each gap has the one at its begin, the other at its end, and something between them."""
    if not len(gaps):
        return False
    bounds = np.frombuffer(gaps.buffers()[1], np.int32)[gaps.offset : gaps.offset + len(gaps) + 1]
    starts, ends = bounds[:-1] - bounds[0], bounds[1:] - bounds[0]
    if int((ends - starts).min()) <= len(before) + len(after):
        return False
    signs = [(starts + at, sign) for at, sign in enumerate(before)]
    signs += [(ends - len(after) + at, sign) for at, sign in enumerate(after)]
    return all(bool((joined[places] == sign).all()) for places, sign in signs)


def _numbers(values: list[Any]) -> pa.Array | None:
    """Parsed values as integers of 64 bits or as doubles; None where they are not all of one of these kinds."""
    kinds = set(map(type, values))
    if kinds == {int}:
        # Integers from 2**63 to 2**64 are read as such, and are beyond what a column holds.
        return pa.array(values, pa.int64()) if max(values) <= _MOST else None
    if kinds != {float}:
        return None
    numbers = np.array(values)
    # An integer beyond 64 bits comes back as a double: none as small as these can be one.
    return pa.array(numbers) if bool((np.abs(numbers) < float(_MOST)).all()) else None


def _strike(bad: Mask, codes: pa.Int32Array, fits: Mask) -> None:
    """Clear ``fits`` for the rows whose code is bad."""
    fits &= ~bad[codes.to_numpy(zero_copy_only=False)]


def _parse_scalars(texts: pa.Array) -> tuple[pa.Array, Mask]:
    """JSON scalars as one typed Arrow array, and which of them are of that type (or null); the others are null."""
    parsed, good = _load_all(texts.to_pylist())
    kind = next((type(value) for value in parsed if value is not None), None)
    if kind is None:
        return pa.nulls(len(parsed), pa.string()), good
    arrow = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[kind]
    wrong = _wrong_kind(parsed, kind)
    if kind is float:
        # An integer beyond 64 bits comes back as a double too: only the sign of a fraction or an exponent proves one.
        proven = pc.match_substring_regex(texts, "[.eE]").to_numpy(zero_copy_only=False)
        if not proven.all():
            wrong |= ~proven & np.fromiter((value is not None for value in parsed), np.bool_, len(parsed))
    if wrong.any():
        parsed = [None if bad else value for value, bad in zip(parsed, wrong, strict=True)]
    return pa.array(parsed, arrow), good & ~wrong


def _wrong_kind(parsed: list[Any], kind: type) -> Mask:
    """Which values are neither null nor of the kind; integers beyond 64 bits are of none."""
    wrong = np.zeros(len(parsed), np.bool_)
    if set(map(type, parsed)) - {kind, type(None)}:
        wrong |= np.fromiter((value is not None and type(value) is not kind for value in parsed), np.bool_, len(parsed))
    if kind is int:
        # orjson reads integers up to 2**64 - 1; below -2**63 it gives a double, which is of the wrong kind already.
        wrong |= np.fromiter((type(value) is int and value > _MOST for value in parsed), np.bool_, len(parsed))
    return wrong


def _load_all(texts: list[str]) -> tuple[list[Any], Mask]:
    """Parse many scalars in one call, one by one only if that fails.

    No text holds a quotation mark. If the joined texts parse to as many values as there are texts, none of them a
    list or an object, then there is no comma but the joining ones, and each value is its text's.
    """
    good = np.ones(len(texts), np.bool_)
    try:
        values = orjson.loads("[" + ",".join(texts) + "]")
    except orjson.JSONDecodeError:
        values = []
    if len(values) == len(texts) and not {list, dict} & set(map(type, values)):
        return values, good
    one_by_one: list[Any] = []
    for at, text in enumerate(texts):
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            value = []
        if isinstance(value, list | dict):
            good[at] = False
            value = None
        one_by_one.append(value)
    return one_by_one, good


def _whole(column: Column, hint: Kind | None) -> Column:
    return column if len(column.values) else nulls(len(column.codes), hint)
