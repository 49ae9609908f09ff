"""A block that knows where each record ends; for formats whose records may span lines."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pratique.model.data import Block


@dataclass(frozen=True, slots=True)
class BoundedBlock(Block):
    """A `Block` whose `original` gives whole records, not lines."""

    bounds: npt.NDArray[np.int64]
    """Offsets in ``data`` of the records' first bytes, ascending, and last the end of the data."""
    line_end: bytes = b""
    """What ends a record and is no part of it."""

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The original bytes of the record at ``ordinal``, without its line end."""
        if length is not None:
            return Block.original(self, ordinal, length)
        at = ordinal - self.start
        # The last bound ends the last record; of an empty document it is also where that one begins.
        end = self.bounds[min(int(np.searchsorted(self.bounds, at, side="right")), len(self.bounds) - 1)]
        return bytes(self.data[at:end]).removesuffix(self.line_end)
