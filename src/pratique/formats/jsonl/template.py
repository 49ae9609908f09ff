"""The template of a line: where in a flat JSON object the constant bytes stand, and where the values.

Escaped backslashes and quotation marks are first written as two control characters, which no line that comes here
holds: every quotation mark left delimits a string. A line split at these gives cells: punctuation and the insides of
strings by turns. Lines with the same keys in the same order and the same spacing have equal cells everywhere but in
the values. If every cell that is not a string value is what the template says, and every string value is by itself
the inside of a valid JSON string, then the line parses as the template says and in no other way: no quotation mark
can be anything but what the template holds it for.
"""

import re
from dataclasses import dataclass

import orjson

from pratique.model.paths import MARKERS

_OPEN = re.compile(rb"[ \t\r]*\{[ \t\r]*\Z")
_COLON = re.compile(rb"[ \t\r]*:[ \t\r]*\Z")
_GAP = re.compile(rb"([ \t\r]*:[ \t\r]*)([-+.0-9A-Za-z]+)([ \t\r]*[,}][ \t\r]*)\Z")
_NEXT = re.compile(rb"[ \t\r]*[,}][ \t\r]*\Z")


MARKS = ("\x01", "\x02")
"""What stands for an escaped quotation mark and for an escaped backslash."""


def hide_escapes(data: bytes) -> bytes:
    """The data with every escaped backslash and quotation mark as its mark. Lines stay lines."""
    if b"\\" not in data:
        return data
    # Pairs of backslashes first, from the left: what then stands before a quotation mark escapes it.
    return data.replace(b"\\\\", MARKS[1].encode()).replace(b'\\"', MARKS[0].encode())


def load_text(cell: str) -> str:
    """The text of a string with this inside (escapes hidden); raises `orjson.JSONDecodeError` where it is none."""
    shown = cell.replace(MARKS[0], '\\"').replace(MARKS[1], "\\\\")
    return str(orjson.loads(f'"{shown}"'))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands."""

    name: str
    cell: int
    text: bool
    """Whether the cell is the inside of a string; otherwise it is a number, true, false or null amid punctuation."""
    before: str = ""
    """The punctuation before the value, in the same cell; of values that are not text."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The constant cells and the slots of a line."""

    cells: int
    constants: tuple[tuple[int, str], ...]
    slots: tuple[Slot, ...]


def parse_template(line: bytes) -> Template | None:
    """The template of a line (without its newline), or None where it is not a flat object of plain keys.

    Keys with escapes, equal keys, marker names and nested values have no template.
    """
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict) or not value or MARKERS & value.keys():
        return None
    cells = hide_escapes(line).split(b'"')
    slots = _slots(cells)
    if slots is None or [slot.name for slot in slots] != list(value):
        return None
    if not all(_holds(cells[slot.cell], value[slot.name]) for slot in slots if slot.text):
        return None
    variable = {slot.cell for slot in slots}
    constants = tuple((at, cell.decode()) for at, cell in enumerate(cells) if at not in variable)
    return Template(len(cells), constants, slots)


def _holds(cell: bytes, value: object) -> bool:
    try:
        return load_text(cell.decode()) == value
    except orjson.JSONDecodeError:
        return False


def _slots(cells: list[bytes]) -> tuple[Slot, ...] | None:
    if not _OPEN.match(cells[0]):
        return None
    slots: list[Slot] = []
    at = 1
    while at + 1 < len(cells):
        if any(sign in cells[at] for sign in (b"\\", b"\x01", b"\x02")):
            return None
        name = cells[at].decode()
        if found := _GAP.match(cells[at + 1]):
            slots.append(Slot(name, at + 1, text=False, before=found[1].decode(), after=found[3].decode()))
            closing, at = found[3], at + 2
        elif at + 3 < len(cells) and _COLON.match(cells[at + 1]) and _NEXT.match(cells[at + 3]):
            slots.append(Slot(name, at + 2, text=True))
            closing, at = cells[at + 3], at + 4
        else:
            return None
        if b"}" in closing:
            return tuple(slots) if at == len(cells) else None
    return None
