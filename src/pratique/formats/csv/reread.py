"""A CSV record that is kept for itself: a line with the names of its file's columns, and then its own bytes."""

from collections.abc import Iterator, Sequence

from pratique.errors import FormatError
from pratique.formats.csv.cells import parse_cells
from pratique.formats.csv.dialect import Dialect
from pratique.formats.csv.framing import record_ends
from pratique.formats.rereading import Gathered
from pratique.model.data import Block, Record

MOST = 4096
"""Originals in one block."""


def reread_originals(originals: Sequence[bytes], dialect: Dialect, *, longest: int) -> Iterator[Block]:
    """What `pratique.formats.csv.decode.CsvBlock.original` gave, in order. Raises `FormatError` for other bytes."""
    for first in range(0, len(originals), MOST):
        some, read = originals[first : first + MOST], Gathered()
        for place, data in enumerate(some, start=first):
            names, body = _apart(data, dialect)
            rule = "size" if len(body) >= longest else _cells(body, names, dialect)
            read.add(place, rule, len(body))
        yield read.block(first, some)


def _apart(data: bytes, dialect: Dialect) -> tuple[Sequence[str], bytes]:
    ends = [*record_ends(data, dialect.quote.encode()).tolist(), len(data)]
    head, body = data[: ends[0]].removesuffix(b"\n"), data[ends[0] :]
    names = parse_cells(head, dialect.codec, dialect.delimiter, dialect.quote)
    one = len(ends) > 1 and ends[1] == len(data) and body.strip(b"\r\n")
    if isinstance(names, str) or len(set(names)) < len(names) or not one:
        raise FormatError("what was kept is not the names of columns and one record")
    return names, body


def _cells(body: bytes, names: Sequence[str], dialect: Dialect) -> Record | str:
    record = body.removesuffix(b"\n").removesuffix(b"\r")
    cells = parse_cells(record, dialect.codec, dialect.delimiter, dialect.quote)
    if isinstance(cells, str):
        return cells
    if len(cells) != len(names):
        return "cells"
    return {name: None if cell == dialect.null else cell for name, cell in zip(names, cells, strict=True)}
