"""Echoes across a part: a raw value that was treated under a token or pseudonym and stands somewhere in the output."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.model.texts import beginnings, word_beginnings

Bools = npt.NDArray[np.bool_]

LEAST = 8
"""Characters from which a raw value is looked for: shorter ones coincide by chance."""
MOST_WORDS = 8
"""Words of the longest raw value that is looked for inside longer ones; longer ones are found as whole values only."""

_OUTER = " \t\r\n\u00a0+.,;:-()<>[]{}'\"!?#*/\\|&%$@=~^`_"
"""What is cut from both ends before comparing."""
_BETWEEN = r"[^\pL\pN]+"
_WORDS = r"[\pL\pN]+"
_ONE_WORD = re.compile(r"[^\W_]+")
_WORD = np.ones(256, dtype=bool)
_WORD[:128] = [chr(c).isalnum() for c in range(128)]
"""First bytes of texts that have nothing to be trimmed in front; a byte beyond ASCII may be part of a space."""
_WORD[0xC2] = _WORD[0] = False


class RawIndex(Protocol):
    """The raw values of a part."""

    def contains(self, values: pa.Array) -> Bools:
        """Of a string array without nulls: which values are a raw value."""
        ...

    def inside(self, values: pa.Array) -> Bools:
        """Of a string array without nulls: which values are, or hold at word boundaries, a raw value."""
        ...


class RawValues:
    """The distinct raw values of one part, in the worker's memory only. Compared exactly, but for outer punctuation.

    ``values``: string arrays without nulls; duplicates and short values are fine. Other types count by their text form.
    """

    def __init__(self, values: Sequence[pa.Array]) -> None:
        self._given = values

    def __repr__(self) -> str:
        return "RawValues(...)"

    def __reduce__(self) -> str:
        raise TypeError("raw values stay in their process")

    def _near(self, values: pa.Array) -> "_Near":
        """Those raw values that can stand in ``values``: the ones whose first bytes begin a word there.

        A raw value that begins with what is trimmed cannot be told by its first bytes, and is always among them.
        """
        places = word_beginnings(values)
        chunks: list[pa.Array] = []
        for given in self._given:
            chunk = given.drop_null() if pa.types.is_string(given.type) else given.drop_null().cast(pa.string())
            first = beginnings(chunk)
            near = np.isin(first, places) | ~_WORD[first & 0xFF]
            if near.any():
                chunks.append(chunk.filter(pa.array(near)))
        whole = pc.unique(pa.chunked_array(chunks, type=pa.string())) if chunks else pa.array([], pa.string())
        trimmed = pc.utf8_trim(whole, characters=_OUTER)
        return _Near(pc.unique(trimmed.filter(pc.greater_equal(pc.utf8_length(trimmed), LEAST))))

    def contains(self, values: pa.Array) -> Bools:
        """Which values are a raw value, but for outer punctuation."""
        return self._contained(values, self._near(values)) if len(values) else np.zeros(0, dtype=bool)

    def inside(self, values: pa.Array) -> Bools:
        """Which values are, or hold at word boundaries, a raw value of at most `MOST_WORDS` words."""
        if not len(values):
            return np.zeros(0, dtype=bool)
        near = self._near(values)
        found = self._contained(values, near)
        if not len(near.cores):
            return found
        # Raw values without a letter or digit in them have no words and are compared whole.
        left = np.flatnonzero(~found & _bools(pc.greater(pc.utf8_length(values), LEAST)))
        if not len(left):
            return found
        words = pc.split_pattern_regex(values.take(pa.array(left)), _BETWEEN)
        suspects = left[_suspects(words, near)]
        texts = values.take(pa.array(suspects)).to_pylist()
        stretches = [(place, s) for place, text in zip(suspects, texts, strict=True) for s in near.stretches(text)]
        if stretches:
            hits = _among(pa.array([s for _, s in stretches], type=pa.string()), near.cores)
            for (place, _), hit in zip(stretches, hits, strict=True):
                found[place] |= bool(hit)
        return found

    def _contained(self, values: pa.Array, near: "_Near") -> Bools:
        found = np.zeros(len(values), dtype=bool)
        if not len(near.cores):
            return found
        long = _bools(pc.greater_equal(pc.utf8_length(values), LEAST))
        if long.any():
            found[long] = _among(pc.utf8_trim(values.filter(pa.array(long)), characters=_OUTER), near.cores)
        return found


class _Near:
    """A few raw values, trimmed, that are searched for in a few others."""

    def __init__(self, cores: pa.Array) -> None:
        self.cores = cores

    @cached_property
    def first_words(self) -> pa.Array:
        """The first words, each once."""
        first = pc.struct_field(pc.extract_regex(self.cores, rf"(?P<word>{_WORDS})"), 0)
        words = pc.unique(first).drop_null()
        return words.filter(pc.not_equal(words, ""))

    @cached_property
    def _most_words(self) -> int:
        return min(MOST_WORDS, int(pc.max(pc.count_substring_regex(self.cores, _WORDS)).as_py()))

    @cached_property
    def _openers(self) -> frozenset[str]:
        """The first words, to look up single words."""
        return frozenset(self.first_words.to_pylist())

    def stretches(self, text: str) -> list[str]:
        """Every stretch of words of ``text`` that begins as a raw value does and is long enough to be one."""
        spans = [m.span() for m in _ONE_WORD.finditer(text)]
        return [
            text[start : spans[last][1]]
            for first, (start, end) in enumerate(spans)
            if text[start:end] in self._openers
            for last in range(first, min(len(spans), first + self._most_words))
            if spans[last][1] - start >= LEAST
        ]


def _suspects(words: pa.Array, near: _Near) -> npt.NDArray[np.int64]:
    """Which lists of words hold the first word of some raw value."""
    opening = _among(pc.list_flatten(words), near.first_words)
    parents = np.asarray(pc.list_parent_indices(words))
    return np.unique(parents[opening]).astype(np.int64)


def _bools(values: pa.Array) -> Bools:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _among(values: pa.Array, known: pa.Array) -> Bools:
    """`is_in`, hashing the smaller side: there may be few values and a million known ones, or the other way round."""
    if len(values) * 4 < len(known):
        known = known.filter(pc.is_in(known, value_set=pc.unique(values)))
    return _bools(pc.is_in(values, value_set=known))
