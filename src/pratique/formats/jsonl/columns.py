"""The fast way of reading JSON Lines: lines of one shape as columns, checked so that nothing is dropped or altered.

Arrow's CSV reader, told that quotation marks are delimiters, cuts a block of lines into the cells of a template
(`pratique.formats.jsonl.template`, which also says why that is exact). What it cannot prove to be as the template
says is left to the records way.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from pratique.formats.distinct import compact, distinct_again, nulls, raw_bytes
from pratique.formats.jsonl.scalars import Mask, framed_numbers, parse_scalars
from pratique.formats.jsonl.template import Slot, Template, load_text
from pratique.model.data import Column
from pratique.model.schema import Kind

DICTIONARY = pa.dictionary(pa.int32(), pa.string())


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
    types: dict[str, Any] = dict.fromkeys((str(at) for at in range(template.cells)), pa.string())
    types.update({str(slot.cell): DICTIONARY for slot in template.slots})
    cells = cut(data, lines, '"', types, check_utf8=not ascii_only)
    if cells is None:
        return None
    fits = np.ones(lines, np.bool_)
    for at, text in template.constants:
        _check_constant(cells[at], text, fits)
    raw: dict[str, Column] = {}
    for slot in template.slots:
        raw[slot.name] = _texts(cells[slot.cell], fits) if slot.text else _scalars(slot, cells[slot.cell], fits)
    if fits.all():
        columns = {name: whole(column, hints.get(name)) for name, column in raw.items()}
    else:
        rows = pa.array(fits)
        columns = {
            name: whole(compact(column.values, column.codes.filter(rows)), hints.get(name))
            for name, column in raw.items()
        }
    return Shape(fits, columns)


def cut(
    data: bytes | memoryview, lines: int, delimiter: str, types: dict[str, Any], *, check_utf8: bool
) -> list[pa.Array] | None:
    """So many lines cut into as many cells as there are types; None where a line has another number of them, or a cell
    is not UTF-8.
    """
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data)),
            read_options=pa_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=list(types)),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter, quote_char=False, escape_char=False, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=types, null_values=[], strings_can_be_null=False, check_utf8=check_utf8
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != lines:
        return None
    return [column.chunk(0) if column.num_chunks == 1 else column.combine_chunks() for column in table.columns]


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
    numbers = framed_numbers(gaps, slot.before.encode(), slot.after.encode())
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
    values, good = parse_scalars(middles)
    if not good.all():
        _strike(~good, codes, fits)
    return distinct_again(values, codes)


def _strike(bad: Mask, codes: pa.Int32Array, fits: Mask) -> None:
    """Clear ``fits`` for the rows whose code is bad."""
    fits &= ~bad[codes.to_numpy(zero_copy_only=False)]


def whole(column: Column, hint: Kind | None) -> Column:
    """The column, or one without values of the type that is hinted at where it has none."""
    return column if len(column.values) else nulls(len(column.codes), hint)
