"""Columns of ready texts into lines, by Arrow. Shared by the formats made of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pratique.model.data import Batch

MOST = 1 << 30
"""Bytes of lines joined in one call; Arrow's strings end at 2 GiB."""
_FEW = 4
"""Rows for each distinct text from which it is worth it to write the text's surroundings once."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands in every line, and after it one text by row."""

    before: str
    texts: pa.Array | None = None
    """Distinct texts without null; None: nothing follows."""
    codes: pa.Array | None = None
    """One for every row, without null."""


def null_text(texts: pa.Array, codes: pa.Array, null: str) -> tuple[pa.Array, pa.Array]:
    """Texts and codes in which null is a text like another."""
    if not codes.null_count:
        return texts, codes
    return pa.concat_arrays([texts, pa.array([null], pa.string())]), codes.fill_null(len(texts))


def join_lines(parts: Sequence[Texts], rows: int) -> list[pa.Array]:
    """One string per row, in one or more arrays that stay below Arrow's limit."""
    longest = 2 + sum(4 * len(part.before) + _longest(part.texts) for part in parts)
    step = max(min(rows, MOST // longest), 1)
    return [_join(parts, start, min(step, rows - start)) for start in range(0, rows, step)]


def _longest(texts: pa.Array | None) -> int:
    return 0 if texts is None else int(pc.max(pc.binary_length(texts)).as_py() or 0)


def _join(parts: Sequence[Texts], start: int, rows: int) -> pa.Array:
    arguments: list[Any] = []
    constant = ""
    for part in parts:
        constant += part.before
        if part.texts is not None and part.codes is not None:
            texts = part.texts
            if len(texts) * _FEW <= rows:
                # Once per distinct text, not once per row.
                texts = pc.binary_join_element_wise(_scalar(constant), texts, _scalar(""))
            else:
                arguments.append(_scalar(constant))
            arguments.append(texts.take(part.codes.slice(start, rows)))
            constant = ""
    if not arguments:
        return pa.array([constant] * rows, pa.string())
    return pc.binary_join_element_wise(*arguments, _scalar(constant), _scalar(""))


@lru_cache(maxsize=1024)
def _scalar(constant: str) -> pa.Scalar:
    """A name and its punctuation. Kept, since Arrow looks for a library of dates each time it makes a scalar."""
    return pa.scalar(constant)


def merge_lines(batches: Sequence[Batch], lines: Sequence[Sequence[pa.Array]]) -> bytes | memoryview:
    """The lines of each batch (`join_lines`, or large binary arrays), as bytes in the order of the rows' ordinals."""
    pieces = [piece for batch in lines for piece in batch]
    if not pieces:
        return b""
    if len(batches) == 1:
        views = [_view(piece) for piece in pieces]
        return views[0] if len(views) == 1 else b"".join(views)
    order = np.argsort(np.concatenate([batch.ordinals for batch in batches]), kind="stable")
    return _view(pa.concat_arrays([piece.cast(pa.large_binary()) for piece in pieces]).take(pa.array(order)))


def _view(lines: pa.Array) -> bytes | memoryview:
    """The bytes of a string or binary array, all lines run together, without a copy."""
    wide = lines.type in (pa.large_binary(), pa.large_string())
    offsets = np.frombuffer(lines.buffers()[1], np.int64 if wide else np.int32)
    first, last = int(offsets[lines.offset]), int(offsets[lines.offset + len(lines)])
    body = lines.buffers()[2]
    return b"" if body is None else memoryview(body)[first:last]
