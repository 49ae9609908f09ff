"""What of a dataset is looked at: everything up to 2 GB of decompressed bytes; beyond that, random records.

Every record is read; beyond the limit each is looked at with the same probability, by a seeded generator, whatever its
length and its neighbours. So a partial sample is random over records, and its miss bound holds.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.model.data import Batch, Column, Input
from pratique.ports import Source

LIMIT = 2_000_000_000
_PROBE = 1 << 20


def estimate_size(source: Source, items: Sequence[Input]) -> int:
    """Decompressed bytes of all inputs; of those compressed by the ratio of their first stored MiB."""
    total = 0
    for item in items:
        if not item.compression:
            total += item.size
            continue
        with source.open_stored(item) as stored:
            head = stored.read(_PROBE)
        total += _EXPANDED[item.compression](head, item.size)
    return total


def _gunzipped(head: bytes, size: int) -> int:
    """Decompressed size of a gzip of ``size`` bytes, guessed from its first bytes. Damage is for the reader to find."""
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        given = len(unpack.decompress(head, _PROBE * 64))
    except zlib.error:
        return size
    used = len(head) - len(unpack.unconsumed_tail) - len(unpack.unused_data)
    return -(-given * size // max(used, 1))


def _unzstd(head: bytes, size: int) -> int:
    """The same of Zstandard's frames."""
    stored, given = pa.BufferReader(head), 0
    frames = pa.CompressedInputStream(stored, "zstd")
    try:
        while given < _PROBE * 64 and (piece := frames.read(_PROBE)):
            given += len(piece)
    except (OSError, pa.ArrowException):
        return size if not given else -(-given * size // len(head))
    used = max(int(stored.tell()), 1)
    return -(-given * size // used)


_EXPANDED: Mapping[str, Callable[[bytes, int], int]] = {"gzip": _gunzipped, "zstd": _unzstd}


class Sampler:
    """Takes each row with one probability."""

    def __init__(self, size: int, *, limit: int = LIMIT, seed: int = 0) -> None:
        self.share = 1.0 if size <= limit else limit / size
        self._random = np.random.default_rng(seed)

    @property
    def complete(self) -> bool:
        """Whether every row is taken."""
        return self.share >= 1.0

    def take(self, batch: Batch) -> Batch:
        """The rows of a batch that are looked at."""
        if self.complete:
            return batch
        return thin(batch, self._random.random(len(batch)) < self.share)


def thin(batch: Batch, rows: npt.NDArray[np.bool_]) -> Batch:
    """The rows that a mask keeps. Columns may hold values that no row uses any more."""
    ordinals = batch.ordinals[rows]
    if batch.records is not None:
        return Batch(ordinals, records=[batch.records[at] for at in np.flatnonzero(rows).tolist()])
    assert batch.columns is not None
    mask = pa.array(rows)
    columns = {name: Column(column.values, column.codes.filter(mask)) for name, column in batch.columns.items()}
    return Batch(ordinals, columns=columns)
