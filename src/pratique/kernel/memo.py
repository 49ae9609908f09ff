"""What a step made of the values of earlier batches, so that a value that comes again costs a lookup.

Streams repeat themselves: the same customers, the same shows. A memory is bounded; when it is full it learns no more,
which keeps what came early and often. It lives in the worker's memory and nowhere else.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")

LIMIT = 1 << 17
"""Values that one memory holds: a few tens of megabytes of texts."""
_LONGEST = 256
"""Characters above which a text is not remembered."""

_MISSING: Any = object()


class Memo(Generic[T]):
    """Outputs by value.

    The values of one memory are of one kind, so that ``1``, ``1.0`` and ``true`` are not taken for each other; and
    they are
    not doubles, for ``0.0`` equals ``-0.0``. Their text form may be used instead.
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[object, T] = {}

    def recall(self, values: Sequence[Any], make: Callable[[list[Any]], Sequence[T]]) -> list[T]:
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
            if len(known) < LIMIT:
                known.update(
                    (value, output)
                    for value, output in zip(fresh, made, strict=True)
                    if not isinstance(value, str) or len(value) <= _LONGEST
                )
        return outputs
