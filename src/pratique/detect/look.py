"""The first look: which of many short values can hold a name or what users look for, all at once in Arrow.

Sound: in a value that it passes over, neither the finder of people nor a user's pattern finds anything.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.detect.names import key, names
from pratique.detect.people import LEAD_WORDS, SHAPE

# Latin letters to U+017F are looked up as they are; anything beyond (other scripts, combining marks, exotic letters,
# whose case and boundaries Arrow and Python might see differently) goes to the finder unseen.
_BEYOND = r"[^\x00-\x{17F}]"
_CAPITAL = r"[\p{Lu}\p{Lt}]"
_NOTHING = pa.array([""])
_BETWEEN = r"[^\p{L}\p{M}]+"


class FirstLook:
    """Immutable once made; safe for several threads."""

    def __init__(self, users: Sequence[str] = (), *, people: bool) -> None:
        self._users = tuple(users)
        self.blind = not all(_arrow_takes(pattern) for pattern in users)
        """Whether a user's pattern is too large for Arrow: the look then says nothing of them."""
        self._people = people

    def users(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Which values one of the users' patterns may match in."""
        import pyarrow.compute as pc  # noqa: PLC0415 - as in `_arrow_takes`

        possible = np.zeros(len(values), np.bool_)
        for pattern in self._users:
            possible |= _flags(pc.match_substring_regex(values, pattern))
        return possible

    def people(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Which values may name a person."""
        if not self._people:
            return np.zeros(len(values), np.bool_)
        import pyarrow.compute as pc  # noqa: PLC0415 - as in `_arrow_takes`

        possible = _flags(pc.match_substring_regex(values, _CAPITAL))
        if not possible.any():
            return possible
        at = np.flatnonzero(possible)
        capital = values.take(pa.array(at))
        sure = _flags(pc.match_substring_regex(capital, f"{_BEYOND}|{SHAPE}"))
        rest = np.flatnonzero(~sure)
        if len(rest):
            sure[rest] = self._any_known(capital.take(pa.array(rest)))
        possible[at] = sure
        return possible

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(names().kinds) | LEAD_WORDS

    @cached_property
    def _known_array(self) -> pa.Array:
        return pa.array(sorted(word for word in self._known if word.isascii()), pa.string())

    def _any_known(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        import pyarrow.compute as pc  # noqa: PLC0415 - as in `_arrow_takes`

        lists = pc.split_pattern_regex(values, _BETWEEN)
        words = pc.list_flatten(lists)
        parents = np.asarray(pc.list_parent_indices(lists))
        ascii_known = _flags(pc.is_in(pc.ascii_lower(words), value_set=self._known_array))
        known = np.zeros(len(values), np.bool_)
        known[parents[ascii_known]] = True
        strange = np.flatnonzero(~_flags(pc.string_is_ascii(words)))
        if len(strange):
            encoded = words.take(pa.array(strange)).dictionary_encode()
            hits = np.array([key(word) in self._known for word in encoded.dictionary.to_pylist()], np.bool_)
            known[parents[strange[hits[np.asarray(encoded.indices)]]]] = True
        return known


def _arrow_takes(pattern: str) -> bool:
    import pyarrow.compute as pc  # noqa: PLC0415 - a detector is made in less time than this takes

    try:
        pc.match_substring_regex(_NOTHING, pattern)
    except pa.ArrowInvalid:
        return False
    return True


def _flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    return np.array(array.to_numpy(zero_copy_only=False), dtype=np.bool_)
