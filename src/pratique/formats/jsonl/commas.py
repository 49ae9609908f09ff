"""The fastest way of reading JSON Lines: lines of one shape cut at commas, where no value holds one.

Each cell is then one field: a name, a value and the punctuation around them. If every line has as many cells as the
template has fields, every cell begins and ends as the template's does, every text between is free of quotation marks,
backslashes and control characters, and every other value is a JSON scalar by itself, then each line parses as the
template says and in no other way. All of that is looked at once per distinct cell. Where any of it fails the block
goes the way of `pratique.formats.jsonl.columns`, which cuts at quotation marks and takes line by line what fits.
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pratique.formats.distinct import distinct_again, raw_bytes
from pratique.formats.jsonl.columns import DICTIONARY, Shape, cut, whole
from pratique.formats.jsonl.scalars import are_framed, framed_numbers, parse_scalars
from pratique.formats.jsonl.template import Template
from pratique.model.data import Column
from pratique.model.schema import Kind

_TEXT = re.compile(rb'([^"]*"[^"]*"[ \t\r]*:[ \t\r]*")[^"]*("[ \t\r}]*)\Z')
_SCALAR = re.compile(rb'([^"]*"[^"]*"[ \t\r]*:[ \t\r]*)[-+.0-9A-Za-z]+([ \t\r}]*)\Z')


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a field's value, up to the commas."""

    name: str
    before: bytes
    after: bytes
    text: bool


def read_plain(
    data: bytes | memoryview, lines: int, line: bytes, template: Template, hints: dict[str, Kind], *, ascii_only: bool
) -> Shape | None:
    """Read ``lines`` whole lines, all of which are to fit the template of ``line``; None where not all do.

    ``data`` is as `pratique.formats.jsonl.columns.read_shape` wants it.
    """
    frames = _frames(line, template)
    if frames is None:
        return None
    types = {str(at): DICTIONARY for at in range(len(frames))}
    cells = cut(data, lines, ",", types, check_utf8=not ascii_only)
    if cells is None:
        return None
    columns: dict[str, Column] = {}
    for frame, cell in zip(frames, cells, strict=True):
        column = _texts(frame, cell) if frame.text else _scalars(frame, cell)
        if column is None:
            return None
        columns[frame.name] = whole(column, hints.get(frame.name))
    return Shape(np.ones(lines, np.bool_), columns)


def _frames(line: bytes, template: Template) -> list[_Frame] | None:
    """The frame of every field of a line that has this template; None where a name or a value has a comma."""
    cells = line.split(b",")
    if len(cells) != len(template.slots):
        return None
    frames = []
    for slot, cell in zip(template.slots, cells, strict=True):
        found = (_TEXT if slot.text else _SCALAR).match(cell)
        if found is None or b"\\" in cell:
            return None
        frames.append(_Frame(slot.name, found[1], found[2], slot.text))
    return frames


def _texts(frame: _Frame, cell: pa.DictionaryArray) -> Column | None:
    if not are_framed(cell.dictionary, frame.before, frame.after, least=0):
        return None
    values = _middles(frame, cell.dictionary)
    raw = raw_bytes(values)
    # Control characters are the marks of escapes: what has one is not its own text.
    if np.any((raw < ord(" ")) | (raw == ord('"')) | (raw == ord("\\"))):
        return None
    return Column(values, cell.indices)


def _scalars(frame: _Frame, cell: pa.DictionaryArray) -> Column | None:
    numbers = framed_numbers(cell.dictionary, frame.before, frame.after)
    if numbers is None:
        if not are_framed(cell.dictionary, frame.before, frame.after, least=1):
            return None
        middles = _middles(frame, cell.dictionary)
        # Where the first line has a null, another may have a text.
        if np.any(raw_bytes(middles) == ord('"')):
            return None
        numbers, good = parse_scalars(middles)
        if not good.all():
            return None
    return distinct_again(numbers, cell.indices)


def _middles(frame: _Frame, values: pa.Array) -> pa.Array:
    """What stands between; whole characters, since both sides of it are."""
    whole_values = values.cast(pa.binary())
    if frame.after:
        return pc.binary_slice(whole_values, len(frame.before), -len(frame.after)).view(pa.string())
    # Not without an end: Arrow then reckons with a negative size.
    longest = pc.max(pc.binary_length(whole_values)).as_py()
    return pc.binary_slice(whole_values, len(frame.before), longest).view(pa.string())
