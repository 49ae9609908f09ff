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
from pratique.detect.shapes.automaton import Automaton
from pratique.detect.shapes.finder import MOST_STATES, Finder, Hits
from pratique.detect.shapes.symbols import END, FAR_NUMBER

_WORD, _DIGIT, _BEGINS, _TIED, _TIE, _DOTS, _BLANK, _DOT = (1 << bit for bit in range(8))
"""Of a symbol, as in `native.h`."""
_VERSION = 8
"""Of what native functions take and give, as in `module.c`: an older library is as good as none."""
_LEADING, _LEADS, _TITLE, _PARTICLE, _NO_NAME = 32, 64, 128, 256, 512
"""Of a listed word, besides its kind, as in `people.h`."""
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


class Gate:
    """From where patterns may match, by an automaton of patterns that go on (`Builder` with loops). Immutable but for
    the automaton.
    """

    def __init__(self, automaton: Automaton, flags: bytes, patterns: int) -> None:
        """``flags``: as `flags_of`; ``patterns``: how many there are."""
        self._automaton = automaton
        self._flags = flags
        self._patterns = patterns

    def find(self, symbols: bytes) -> Iterable[tuple[int, int]]:
        """Every place from which a pattern may match, ascending, and its number; -1: all may, from there on."""
        parts: list[bytes] = []
        at = 0
        while at >= 0:
            if self._automaton.count > MOST_STATES:
                self._automaton = self._automaton.anew()
            automaton = self._automaton
            states = automaton.count
            found, at, state, symbol = part.gate(
                symbols, self._flags, automaton.table[:states], states, *automaton.endings(), self._patterns, at
            )
            parts.append(found)
            if at >= 0:
                automaton.step(state, symbol)
        flat = memoryview(b"".join(parts)).cast("q").tolist()
        return zip(flat[::2], flat[1::2], strict=True)


def tokens(symbols: bytes, flags: bytes, marks: bytes) -> list[tuple[int, int, int]]:
    """Start, end and kinds of the runs of characters without a blank that have a sign of an address on the net in them.

    ``marks``: the symbols of what signs are made of, and of blanks, as `passes.c` wants them.
    """
    flat = memoryview(part.tokens(symbols, flags, marks)).cast("q").tolist()
    return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))


def words(
    text: bytes | npt.NDArray[Any], symbols: bytes, flags: bytes, marks: npt.NDArray[np.bool_]
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Starts and ends of all words, and the numbers of those that may speak for a type, as `ContextTable` marks them.

    ``text``: ASCII in any case, or code points in lower case.
    """
    starts, ends, maybe = part.words(text, symbols, flags, marks.view(np.uint8))
    return _longs(starts), _longs(ends), _longs(maybe)


def labelled(text: str, start: int, end: int, marks: npt.NDArray[np.bool_]) -> bool:
    """Whether a word that has one of the ``marks`` stands near ``text[start:end]``, of ASCII."""
    told: bool = part.labelled(text, start, end, marks.view(np.uint8))
    return told


def _longs(data: bytes) -> "array[int]":
    longs = array("q")
    longs.frombytes(data)
    return longs


_Told = tuple[int, list[tuple[int, int, float]] | None, bytes | None, bytes | None]
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
        no_names: Collection[str],
        labels: npt.NDArray[np.bool_],
        weak: int = 0,
        least: float = 0.0,
    ) -> None:
        """``kinds``: of names. ``endings``: of surnames. ``leading``: words that may make a name of an unknown word
        behind them, and of them ``leads``, that do so in a run. ``labels``: marks of words that are labels of names, as
        `ContextTable.marks`. ``weak``: kinds of words that are no names alone. ``least``: names with a lower score are
        left out.
        """
        self._weak = weak
        self._least = least
        self._labels = labels.view(np.uint8)
        known = dict(kinds)
        for bit, words_ in ((_LEADING, leading), (_LEADS, leads), (_TITLE, titles), (_PARTICLE, particles),
                            (_NO_NAME, no_names)):  # fmt: skip
            for word in words_:
                known[word] = known.get(word, 0) | bit
        known = {word: value for word, value in known.items() if word.isascii()}
        values = np.fromiter(known.values(), np.uint16, len(known))
        self._listed: bytes = part.listed("\n".join(known).encode("ascii"), values)
        self._endings = "\n".join(ending for ending in endings if ending.isascii()).encode("ascii")

    def names(self, texts: list[str], *, by_name: bool) -> list[_Told]:
        """Of texts in which there may be names: the number, and start, end and score of each name.

        Where Python is to judge, instead of names the words of `runs`: live ones, which may be names, and idle ones,
        which are only if the same word is one elsewhere. None of all for a text that is not ASCII. ``by_name``: whether
        the field's name speaks for names.
        """
        told: list[_Told] = part.names(
            texts, self._listed, self._endings, self._labels, self._weak, self._least, by_name
        )
        return told
