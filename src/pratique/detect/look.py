"""The first look: which of many values can hold anything at all, column by column in Arrow.

Sound: a value that it passes over holds nothing that the scanner, a user's pattern or the finder of people reports.
It says nothing of recognisers, which are code.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.detect.names import key, names
from pratique.detect.people import LEAD_WORDS, SHAPE

# Latin letters to U+017F are looked up as they are; anything beyond (other scripts, combining marks, exotic letters,
# whose case and boundaries Arrow and Python might see differently) goes to the finder unseen.
_BEYOND = r"[^\x00-\x{17F}]"
_CAPITAL = r"[\p{Lu}\p{Lt}]"
_TOGETHER = 12
_NOTHING = pa.array([""])
_BETWEEN = r"[^\p{L}\p{M}]+"


class FirstLook:
    """Immutable once made; safe for several threads."""

    def __init__(self, looks: Sequence[str], users: Sequence[str] = (), *, people: bool) -> None:
        # One alternation of all would be one pass, but its automaton outgrows RE2's memory on random text, and RE2 then
        # falls back to a matcher that is a hundred times slower.
        together = [looks[at : at + _TOGETHER] for at in range(0, len(looks), _TOGETHER)]
        self._patterns = (*("|".join(f"(?:{look})" for look in some) for some in together), *users)
        self.blind = not all(_arrow_takes(pattern) for pattern in users)
        """Whether a user's pattern is too large for Arrow: the look then says nothing, and every value is scanned."""
        self._people = people
        self._known: frozenset[str] = frozenset(names().kinds) | LEAD_WORDS if people else frozenset()
        self._known_array = pa.array(sorted(w for w in self._known if w.isascii()), pa.string()) if people else None

    def patterns(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Which values a pattern may match in."""
        possible = np.zeros(len(values), np.bool_)
        for pattern in self._patterns:
            possible |= _flags(pc.match_substring_regex(values, pattern))
        return possible

    def people(self, values: pa.Array, *, by_name: bool) -> npt.NDArray[np.bool_]:
        """Which values may name a person; ``by_name``: the field's name is evidence of people."""
        if not self._people:
            return np.zeros(len(values), np.bool_)
        possible = _flags(pc.match_substring_regex(values, _CAPITAL))
        if by_name or not possible.any():
            return possible
        at = np.flatnonzero(possible)
        capital = values.take(pa.array(at))
        sure = _flags(pc.match_substring_regex(capital, f"{_BEYOND}|{SHAPE}"))
        rest = np.flatnonzero(~sure)
        if len(rest):
            sure[rest] = self._any_known(capital.take(pa.array(rest)))
        possible[at] = sure
        return possible

    def _any_known(self, values: pa.Array) -> npt.NDArray[np.bool_]:
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
    try:
        pc.match_substring_regex(_NOTHING, pattern)
    except pa.ArrowInvalid:
        return False
    return True


def _flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    return np.array(array.to_numpy(zero_copy_only=False), dtype=np.bool_)
