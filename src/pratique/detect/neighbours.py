"""The characters right before and right after a candidate: which of them rule it out."""

import numpy as np
import numpy.typing as npt

from pratique.detect.shapes.finder import Hits
from pratique.detect.shapes.symbols import FAR_NUMBER, Alphabet

CLEAN, JOINED, REFUSED, GLUED = 0, 1, 2, 3
KINDS = ("none", "word", "number", "parts")
"""As `Pattern.edges`."""
_NONE, _WORD, _NUMBER, _PARTS = range(4)
_INSIDE, _JOINTS = ".,:+", "-_/#"
_TIES = frozenset(_INSIDE + _JOINTS)
_JOINING = frozenset(_JOINTS)
_LEAST_GLUED = 3

Flags = npt.NDArray[np.bool_]


def edges(text: str, start: int, end: int, kind: str) -> int:  # noqa: PLR0911 - one line a rule
    """Whether the neighbours of ``text[start:end]`` leave it standing.

    ``number``: refused next to a letter, a digit or an underscore, or to ``.,:+-/`` with a digit behind it.
    *Joined*, so that it needs context, where ``-_/#`` ties it to letters, as in ``SKU-4711``. *Glued*, so that it needs
    its label there, where three letters stand right before a digit, as in ``BSN111222333``. Two underscores are
    a blank of a form.
    ``parts``: refused as ``word``, and where it is part of a longer number in dots or colons; a port may follow.
    """
    if kind == "none" or end - start == len(text):
        return CLEAN
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    far, farther = text[max(0, start - 2) : max(0, start - 1)], text[end + 1 : end + 2]
    if after.isalnum() or (before == "_" and far != "_") or (after == "_" and farther != "_"):
        return REFUSED
    clean = CLEAN
    if before.isalnum():
        label = text[max(0, start - _LEAST_GLUED) : start]
        if not (len(label) == _LEAST_GLUED and label.isalpha() and _digit(text[start])):
            return REFUSED
        clean = GLUED
    if kind == "word":
        return clean
    if kind == "parts":
        torn = before and before in ".:" and (far == before or _digit(far))
        return REFUSED if torn or (after == "." and _digit(farther)) else clean
    if (before in _TIES and _digit(far)) or (after in _TIES and _digit(farther)):
        return REFUSED
    if clean == GLUED:
        return GLUED
    if before == "#" or (before in _JOINING and far.isalpha()) or (after in _JOINING and farther.isalpha()):
        return JOINED
    return CLEAN


def _digit(character: str) -> bool:
    return "0" <= character <= "9"


class Neighbours:
    """`edges` of many hits at once, as far as the symbols of a text tell. Immutable."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._word = _table(alphabet.word.nonzero()[0].tolist())
        self._digit = _table(alphabet.digits)
        self._letter = self._word & ~self._digit
        self._letter[FAR_NUMBER] = False
        self._tie = _table(map(alphabet.symbol, _TIES))
        self._dots = _table(map(alphabet.symbol, ".:"))
        self._blank, self._dot = alphabet.symbol("_"), alphabet.symbol(".")

    def refuse(self, symbols: bytes, hits: Hits, kinds: npt.NDArray[np.int8], closed: Flags) -> Flags:
        """Which hits `edges` refuses wherever they end; of those that are ``closed``, because they end there.

        ``kinds``: of each its place in `KINDS`. Texts are parted by line feeds, which refuse nothing.
        """
        codes = np.frombuffer(symbols + bytes(_LEAST_GLUED), np.uint8)  # what stands before the first one too
        before, far = codes[hits.starts - 1], codes[hits.starts - 2]
        after, farther = codes[hits.ends], codes[hits.ends + 1]
        glued = self._digit[codes[hits.starts]] & self._letter[before] & self._letter[far]
        glued &= self._letter[codes[hits.starts - _LEAST_GLUED]]
        number, parts = kinds == _NUMBER, kinds == _PARTS
        first = (self._word[before] & ~glued) | ((before == self._blank) & (far != self._blank))
        first |= number & self._tie[before] & self._digit[far]
        first |= parts & self._dots[before] & ((far == before) | self._digit[far])
        last = self._word[after] | ((after == self._blank) & (farther != self._blank))
        last |= self._digit[farther] & ((number & self._tie[after]) | (parts & (after == self._dot)))
        refused: Flags = (first | (closed & last)) & (kinds != _NONE)
        return refused


def _table(symbols: "map[int] | list[int] | frozenset[int]") -> Flags:
    table = np.zeros(256, np.bool_)
    table[list(symbols)] = True
    return table
