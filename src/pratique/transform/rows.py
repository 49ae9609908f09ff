"""Columns of texts as rows of bytes, without a Python object a value."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bytes2D = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]

LONGEST = 4096
"""Bytes of a text above which a column is not taken apart in bulk: one long text would widen every row of its group."""


def offsets_of(texts: pa.StringArray) -> Places:
    """Where each text begins in the array's data, and where the last ends: ``n + 1`` byte offsets."""
    found = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return found.astype(np.int64)


def padded(texts: pa.StringArray, step: int) -> Iterator[tuple[Places, Bytes2D]]:
    """The texts padded by ISO/IEC 7816-4 to multiples of ``step`` bytes: places and rows, one group a length.

    ``texts`` has no nulls.
    """
    if not len(texts):
        return
    offsets = offsets_of(texts)
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    lengths = np.diff(offsets)
    widths = (lengths // step + 1) * step
    for width in np.unique(widths).tolist():
        places = np.flatnonzero(widths == width)
        at = np.arange(width)
        inside = at < lengths[places, None]
        rows = np.zeros((len(places), width), dtype=np.uint8)
        if len(data):
            source = np.minimum(offsets[places, None] + at, len(data) - 1)
            np.copyto(rows, data[source], where=inside)
        rows[np.arange(len(places)), lengths[places]] = 0x80
        yield places, rows


def texts_from(groups: list[tuple[Places, Bytes2D]], count: int) -> pa.StringArray:
    """ASCII rows as texts, each at its place; together the places are ``0 … count - 1``."""
    parts = []
    for _, rows in groups:
        starts = np.arange(len(rows) + 1, dtype=np.int32) * np.int32(rows.shape[1])
        buffers = [None, pa.py_buffer(starts.tobytes()), pa.py_buffer(rows.tobytes())]
        parts.append(pa.StringArray.from_buffers(len(rows), buffers[1], buffers[2]))
    if len(parts) == 1:
        return parts[0]
    order = np.empty(count, dtype=np.int64)
    order[np.concatenate([places for places, _ in groups])] = np.arange(count)
    return pa.concat_arrays(parts).take(pa.array(order))
