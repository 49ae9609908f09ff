"""Originals that were kept, as blocks again. Shared by the formats."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pratique.errors import FormatError
from pratique.model.data import Batch, Block, Record, Reject


@dataclass(frozen=True, slots=True)
class RereadBlock(Block):
    """A block of originals: the ordinal of a record is the place of its original."""

    originals: Sequence[bytes] = ()
    """Those of this block, in order."""

    @property
    def span(self) -> int:
        """Bytes of the originals."""
        return sum(map(len, self.originals))

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The original again."""
        del length
        return self.originals[ordinal - self.start]


def reread_block(
    batches: Sequence[Batch], rejects: Sequence[Reject], first: int, originals: Sequence[bytes]
) -> RereadBlock:
    """The block of some originals, the first of which has the place ``first``. Raises `FormatError` unless each is one
    row or one reject.
    """
    places = [batch.ordinals for batch in batches] + [np.array([reject.ordinal for reject in rejects], np.int64)]
    found = np.sort(np.concatenate(places))
    if not np.array_equal(found, np.arange(first, first + len(originals), dtype=np.int64)):
        raise FormatError("what was kept is not the bytes of one record")
    return RereadBlock(tuple(batches), tuple(rejects), first, b"", len(originals), tuple(originals))


def by_place(batch: Batch, starts: npt.NDArray[np.int64], first: int) -> Batch:
    """A batch whose ordinals are offsets, with the places of the originals that begin at ``starts`` instead."""
    return Batch(places_of(batch.ordinals, starts, first), columns=batch.columns, records=batch.records)


def places_of(offsets: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], first: int) -> npt.NDArray[np.int64]:
    """Which original each offset lies in."""
    return np.asarray(np.searchsorted(starts, offsets, side="right") - 1 + first, np.int64)


class Gathered:
    """Records and rejects of originals that are read one by one."""

    def __init__(self) -> None:
        self._ordinals: list[int] = []
        self._records: list[Record] = []
        self._rejects: list[Reject] = []

    def add(self, place: int, read: Record | str, length: int) -> None:
        """What was read of one original: a record, or the rule by which it is a reject."""
        if isinstance(read, str):
            self._rejects.append(Reject(place, length, read))
        else:
            self._ordinals.append(place)
            self._records.append(read)

    def block(self, first: int, originals: Sequence[bytes]) -> RereadBlock:
        """All of them as one block."""
        batches = [Batch(np.array(self._ordinals, np.int64), records=self._records)] if self._records else []
        return reread_block(batches, self._rejects, first, originals)
