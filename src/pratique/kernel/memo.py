"""What a step made of the values of earlier batches, so that a value that comes again costs a lookup.

Streams repeat themselves: the same customers, the same shows. A memory is bounded; when it is full it learns no more,
which keeps what came early and often. It lives in the worker's memory and nowhere else.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

T = TypeVar("T")

LIMIT = 1 << 17
"""Values that one memory holds: about 30 MB of tokens."""
_LONGEST = 256
"""Characters above which a text is not remembered."""

SEPARATORS = r"[^\pL\pN]+"
"""RE2: what is between words."""
_LEADING = r"^[^\pL\pN]+"

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


class Openers:
    """The first words of every raw value that a step has seen: no echo without one of them in another field.

    A superset of what any one batch holds, so that "none of them" is certain. Beyond `LIMIT` words it is not kept any more.
    """

    __slots__ = ("_words",)

    def __init__(self) -> None:
        self._words: set[str] | None = set()

    def add(self, values: pa.StringArray) -> None:
        """Remember the first words of ``values``."""
        if self._words is not None:
            self._words.update(first_words(pc.unique(values)).to_pylist())
            if len(self._words) > LIMIT:
                self._words = None

    def may_open(self, words: set[str]) -> bool:
        """Whether any of ``words`` may be the first word of a raw value."""
        return self._words is None or not self._words.isdisjoint(words)


def first_words(values: pa.StringArray) -> pa.StringArray:
    """The first word of each text; empty where there is none."""
    trimmed = pc.replace_substring_regex(values, _LEADING, "")
    return pc.list_element(pc.split_pattern_regex(trimmed, SEPARATORS, max_splits=1), 0)
