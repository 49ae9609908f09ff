"""How many distinct values: exact while few, then estimated from the smallest hashes (K minimum values, Bar-Yossef et
al. 2002), with a relative error of about ``1 / sqrt(k)``. Only 64-bit hashes are kept, and only in memory.
"""

import hashlib
import heapq

_SPACE = 1 << 64


class DistinctEstimate:
    """Counts distinct texts: exact up to ``most``, an estimate beyond."""

    __slots__ = ("_heap", "_most", "seen")

    def __init__(self, most: int) -> None:
        self._most = most
        self.seen: set[int] = set()
        self._heap: list[int] = []
        """The same hashes, negated: the largest on top."""

    def add(self, text: str) -> None:
        """Take one text."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._take(int.from_bytes(digest, "big"))

    def _take(self, value: int) -> None:
        if value in self.seen:
            return
        # One more than `most` are kept, so that an estimate is told from an exact count.
        if len(self._heap) <= self._most:
            heapq.heappush(self._heap, -value)
        elif value < -self._heap[0]:
            self.seen.discard(-heapq.heappushpop(self._heap, -value))
        else:
            return
        self.seen.add(value)

    def absorb(self, other: "DistinctEstimate") -> None:
        """Take all that another has seen."""
        for value in other.seen:
            self._take(value)

    def estimate(self) -> int:
        """How many."""
        if len(self._heap) <= self._most:
            return len(self._heap)
        return round(self._most / ((-self._heap[0] + 1) / _SPACE))
