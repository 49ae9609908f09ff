"""The native part of the detector (`native/*.c`), where it was built: the same results, faster.

Without it, or with ``PRATIQUE_NATIVE=0`` in the environment, NumPy and Python do the same; tests hold the two to each
other.
"""

import os
from array import array
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from pratique.detect.neighbours import DOTS, TIES
from pratique.detect.said import Said
from pratique.detect.shapes.finder import Finder, Hits
from pratique.detect.shapes.symbols import END, FAR_NUMBER

_WORD, _DIGIT, _BEGINS, _TIED, _TIE, _DOTS, _BLANK, _DOT = (1 << bit for bit in range(8))
"""Of a symbol, as in `native.h`."""
_VERSION = 2
"""Of what native functions take and give, as in `module.c`: an older library is as good as none."""
_LEADING, _LEADS, _TITLE, _PARTICLE = 32, 64, 128, 256
"""Of a listed word, besides its kind, as in `people.c`."""
_LINED = 2
"""Of a hit for which only the head of a column could speak, as in `worth.c`."""
_MOST_ROWS = 10_000
_CLOSED = 4
"""Of a pattern, besides its place in `neighbours.KINDS`, as in `walk.c`."""


def _loaded() -> Any:
    if os.environ.get("PRATIQUE_NATIVE") == "0":
        return None
    try:
        found: Any = import_module("pratique.detect._native")
    except ImportError:
        return None
    return found if found.VERSION == _VERSION else None


part: Any = _loaded()
"""The native part; None where there is none. Tests set it."""


def flags_of(finder: Finder) -> bytes:
    """Of every symbol what it is."""
    alphabet = finder.alphabet
    flags = (
        _WORD * finder.word + _DIGIT * finder.digit + _BEGINS * finder.begins + _TIED * finder.tied
    ).astype(np.uint8)  # fmt: skip
    for bit, characters in ((_TIE, TIES), (_DOTS, DOTS), (_BLANK, "_"), (_DOT, ".")):
        flags[[alphabet.symbol(character) for character in characters]] |= bit
    flags[FAR_NUMBER] |= _TIE
    flags[END] = 0
    told: bytes = flags.tobytes()
    return told


class Walker:
    """`Finder.find`, less the hits that `Neighbours.refuse`, in native code. Immutable but for the automaton."""

    def __init__(self, finder: Finder, kinds: npt.NDArray[np.int8], closed: npt.NDArray[np.bool_]) -> None:
        """``kinds``, ``closed``: of the patterns, as of `Neighbours.refuse`."""
        self._finder = finder
        self.flags = flags_of(finder)
        self._runs = np.ascontiguousarray(finder.least_run, np.int32)
        self._sorts = (kinds + _CLOSED * closed).astype(np.uint8).tobytes()

    def find(self, symbols: bytes) -> Hits:
        """Hits by start, the longest first."""
        parts: list[bytes] = []
        at = 0
        while at >= 0:
            automaton = self._finder.current()
            states = automaton.count
            begins, endings = automaton.endings()
            hits, at, state, symbol = part.find(
                symbols, self.flags, self._runs, automaton.table[:states], states, begins, endings, self._sorts, at
            )
            parts.append(hits)
            if at >= 0:
                automaton.step(state, symbol)
        columns = np.frombuffer(parts[0] if len(parts) == 1 else b"".join(parts), np.int64).reshape(-1, 3)
        return Hits(columns[:, 0], columns[:, 1], columns[:, 2])


class Sieve:
    """Which hits can become findings, in native code. Immutable but for what it remembers."""

    def __init__(
        self, lone: npt.NDArray[np.bool_], set_of: npt.NDArray[np.int64], sets: Sequence[int], mail: int
    ) -> None:
        """By pattern: whether it needs no label, and the number of its types in ``sets``. ``mail``: the types that an
        e-mail address speaks for.
        """
        self._lone = lone.astype(np.uint8).tobytes()
        self._set_of = set_of
        self._sets = sets
        self._mailed = bytes(bool(types & mail) for types in sets)
        self._speaks: dict[int, bytes] = {}

    def worth(self, hits: Hits, starts: npt.NDArray[np.int64], symbols: bytes, said: Said) -> npt.NDArray[np.bool_]:
        """Of `Walker.find`'s hits; ``starts``: of the texts, and behind the last."""
        marks, every, mails = said.spoken
        distinct = {types: number for number, types in enumerate(dict.fromkeys(every))}
        rows = array("q", [distinct[types] for types in every])
        speaks = b"".join(map(self._row, distinct))
        columns = np.ascontiguousarray(np.stack(hits, axis=1))
        told = part.worth(
            columns, starts, symbols, self._lone, self._set_of, array("q", marks), rows, speaks, array("q", mails),
            self._mailed,
        )  # fmt: skip
        worth: npt.NDArray[np.bool_] = np.frombuffer(told, np.uint8) == 1
        lined = np.flatnonzero(np.frombuffer(told, np.uint8) == _LINED)
        if len(lined):
            asked = hits.those(lined)
            texts = np.searchsorted(starts, asked.starts, side="right") - 1
            bounds = starts[texts], starts[texts + 1] - 1
            worth[lined] = said.headed(asked.starts, bounds, self._set_of[asked.patterns], self._sets)
        return worth

    def _row(self, types: int) -> bytes:
        """By set whether some types are among it."""
        row = self._speaks.get(types)
        if row is None:
            if len(self._speaks) >= _MOST_ROWS:
                self._speaks.clear()
            row = self._speaks[types] = bytes(bool(types & its) for its in self._sets)
        return row


def words(
    text: bytes | npt.NDArray[Any], symbols: bytes, flags: bytes, marks: npt.NDArray[np.bool_]
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Starts and ends of all words, and the numbers of those that may speak for a type, as `ContextTable` marks them.

    ``text``: ASCII in any case, or code points in lower case.
    """
    starts, ends, maybe = part.words(text, symbols, flags, marks.view(np.uint8))
    return _longs(starts), _longs(ends), _longs(maybe)


def _longs(data: bytes) -> "array[int]":
    longs = array("q")
    longs.frombytes(data)
    return longs


Run = list[tuple[int, int, int]]
"""Capitalised words that belong together: start, end, and kind (`pratique.detect.names`) of each."""


def runs(told: bytes, chosen: Container[int] | None = None) -> list[Run]:
    """The runs that `Lists.names` told of; only those of ``chosen`` numbers, if there are any."""
    found: list[Run] = []
    last = -1
    for start, end, kind, number in zip(*_columns(told), strict=True):
        if chosen is not None and number not in chosen:
            continue
        if number != last:
            last = number
            found.append([])
        found[-1].append((start, end, kind))
    return found


def runs_of(told: bytes, text: str, wanted: Container[str]) -> list[Run]:
    """Those of the runs in which one of the words stands that are ``wanted``, in lower case."""
    starts, ends, _, numbers = _columns(told)
    these = zip(starts, ends, numbers, strict=True)
    chosen = {number for start, end, number in these if text[start:end].lower() in wanted}
    return runs(told, chosen) if chosen else []


def _columns(told: bytes) -> tuple[list[int], list[int], list[int], list[int]]:
    flat = memoryview(told).cast("i").tolist()
    return flat[::4], flat[1::4], flat[2::4], flat[3::4]


class Lists:
    """What is known of words, as native code reads it. Immutable."""

    def __init__(
        self,
        kinds: Mapping[str, int],
        endings: Iterable[str],
        leading: Collection[str],
        leads: Collection[str],
        titles: Collection[str],
        particles: Collection[str],
        weak: int = 0,
    ) -> None:
        """``kinds``: of names. ``endings``: of surnames. ``leading``: words that may make a name of an unknown word
        behind them, and of them ``leads``, that do so in a run. ``weak``: kinds of words that are no names alone.
        """
        self._weak = weak
        known = dict(kinds)
        for bit, words_ in ((_LEADING, leading), (_LEADS, leads), (_TITLE, titles), (_PARTICLE, particles)):
            for word in words_:
                known[word] = known.get(word, 0) | bit
        known = {word: value for word, value in known.items() if word.isascii()}
        values = np.fromiter(known.values(), np.uint16, len(known))
        self._listed: bytes = part.listed("\n".join(known).encode("ascii"), values)
        self._endings = "\n".join(ending for ending in endings if ending.isascii()).encode("ascii")

    def names(self, texts: list[str]) -> list[tuple[int, bytes | None, bytes | None]]:
        """The numbers of texts in which there may be a name, and the words of `runs`: live ones, and idle ones.

        Live ones may be names; idle ones only if the same word is one elsewhere. None of a text that is not ASCII.
        """
        told: list[tuple[int, bytes | None, bytes | None]] = part.names(texts, self._listed, self._endings, self._weak)
        return told
