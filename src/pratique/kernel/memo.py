"""What a step made of the values of earlier batches, so that a value that comes again costs a lookup.

Streams repeat themselves: the same customers, the same shows. A memory is bounded; when it is full it learns no more,
which keeps what came early and often. It lives in the worker's memory and nowhere else.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")

LIMIT = 1 << 17
"""Texts that one memory holds."""
ROOM = 4 << 20
"""Characters that they have together."""

_MISSING: Any = object()


class Memo(Generic[T]):
    """Outputs by text. Not for numbers: ``1``, ``1.0`` and ``True`` would be taken for each other."""

    __slots__ = ("_known", "_room")

    def __init__(self) -> None:
        self._known: dict[str, T] = {}
        self._room = ROOM

    def recall(self, values: Sequence[str], make: Callable[[list[str]], Sequence[T]]) -> list[T]:
        """The output of each value; ``make`` gets those that are not remembered, and gives one output each."""
        known = self._known
        get = known.get
        outputs = [get(value, _MISSING) for value in values]
        misses = [at for at, output in enumerate(outputs) if output is _MISSING]
        if misses:
            fresh = [values[at] for at in misses]
            made = make(fresh)
            for at, output in zip(misses, made, strict=True):
                outputs[at] = output
            size = sum(map(len, fresh))
            if len(known) + len(fresh) <= LIMIT and size <= self._room:
                known.update(zip(fresh, made, strict=True))
                self._room -= size
        return outputs
