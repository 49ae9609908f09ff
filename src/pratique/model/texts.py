"""The first bytes of many texts at once: a cheap look that tells where one text cannot stand inside another."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

WINDOW = 4
"""Bytes that are compared."""

_WORD_BYTES = np.zeros(256, dtype=bool)
_WORD_BYTES[[ord(c) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]] = True


def beginnings(values: pa.StringArray) -> npt.NDArray[np.uint32]:
    """The first `WINDOW` bytes of each text as a number; 0 of a shorter one. ``values`` has no nulls."""
    if not len(values):
        return np.zeros(0, dtype=np.uint32)
    data, starts, ends = _bytes_of(values)
    found = np.zeros(len(values), dtype=np.uint32)
    long = ends - starts >= WINDOW
    found[long] = _windows(data, starts[long])
    return found


def word_beginnings(values: pa.StringArray) -> npt.NDArray[np.uint32]:
    """`WINDOW` bytes, as numbers and each once, from wherever a word can begin: not after an ASCII letter or digit.

    Bytes of other letters, and underscores, may or may not end a word, so a place after one counts: whatever begins
    a word of a text is among these, and so is more.
    """
    if not len(values):
        return np.zeros(0, dtype=np.uint32)
    data, starts, ends = _bytes_of(values)
    data = data[: ends[-1]]
    opens = np.ones(len(data), dtype=bool)
    opens[1:] = ~_WORD_BYTES[data[:-1]]
    opens[starts[starts < len(data)]] = True
    opens[: starts[0]] = False
    opens[max(len(data) - WINDOW + 1, 0) :] = False
    # A window that reaches into the next value matches nothing that is there, or is looked at in vain.
    return np.unique(_windows(data, np.flatnonzero(opens)))


def _bytes_of(values: pa.StringArray) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    offsets = np.frombuffer(values.buffers()[1], dtype=np.int32)[values.offset : values.offset + len(values) + 1]
    data = np.frombuffer(values.buffers()[2] or b"", dtype=np.uint8)
    return data, offsets[:-1].astype(np.int64), offsets[1:].astype(np.int64)


def _windows(data: npt.NDArray[np.uint8], at: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    found = np.zeros(len(at), dtype=np.uint32)
    for step in range(WINDOW):
        found |= data[at + step].astype(np.uint32) << np.uint32(8 * step)
    return found
