"""The model's tokenizer: words cut into the likeliest pieces of a vocabulary, each with its exact place in the text.

A Unigram language model (Kudo, "Subword Regularization", ACL 2018) over words, which are runs without white space, each
with ``▁`` before it, as SentencePiece writes them. A piece's place is told in the text as it was given: what the normal
form changes (a ligature, an accent apart from its letter) is read in normal form and told where it was written.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pratique.errors import DetectionError

BEGIN, PAD, BREAK, UNKNOWN = range(4)
"""Ids of the marks ``<s>``, ``<pad>``, ``</s>`` and ``<unk>``. ``</s>`` ends a window, and stands between two lines."""
MARK = "▁"
LONGEST_WORD = 64
"""Characters beyond which a run without white space is no word of any language, and unknown as a whole."""
_CACHED = 1 << 16
_UNKNOWN_COSTS = 10.0
"""Below the unlikeliest piece, as in SentencePiece."""
_WORD = re.compile(r"\S+")

Cut = tuple[tuple[int, int, int], ...]
"""Of one word: each piece's id, and where it begins and ends in the word."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pieces of one text, without marks. All three have one entry a piece, in the order of the text."""

    ids: Sequence[int]
    starts: Sequence[int]
    """`str` offsets; where a ``▁`` stands alone, its piece is empty."""
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.ids)


class Pieces:
    """A vocabulary. Immutable but for its memory of words; safe for several threads.

    Time is linear in a text's length: a word's is at most `LONGEST_WORD` times the longest piece.
    """

    def __init__(self, pieces: Iterable[tuple[str, float]]) -> None:
        """``pieces`` in the order of their ids, with the logarithms of their likelihoods; the first four are marks."""
        self._ids: dict[str, int] = {}
        self._scores = array("d")
        for at, (piece, score) in enumerate(pieces):
            self._scores.append(score)
            if at > UNKNOWN:
                self._ids[piece] = at
        self._longest = max(map(len, self._ids), default=1)
        self._unknown = min(self._scores[UNKNOWN + 1 :], default=0.0) - _UNKNOWN_COSTS
        self._cut = lru_cache(maxsize=_CACHED)(self._cut_word)

    @classmethod
    def load(cls, file: Path) -> "Pieces":
        """From UTF-8 lines ``piece<TAB>score`` in the order of the ids; `DetectionError` where they are not that."""
        try:
            # As bytes, whose lines end at line feeds only: some of what ends a line of text is a piece like any other.
            with file.open("rb") as stream:
                return cls(_piece(line) for line in stream)
        except (OSError, ValueError):
            raise DetectionError("the model's pieces cannot be read", where=file.name) from None

    def __len__(self) -> int:
        return len(self._scores)

    def tokens(self, text: str) -> Tokens:
        """The pieces of a text, with their places in it; that of a `BREAK` is the last line feed between two lines."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        end = 0
        for match in _WORD.finditer(text):
            last_end, (at, end) = end, match.span()
            line = text.rfind("\n", last_end, at) if ids else -1
            if line >= 0:
                ids.append(BREAK)
                starts.append(line)
                ends.append(line + 1)
            cut = ((UNKNOWN, 0, end - at),) if end - at > LONGEST_WORD else self._cut(match[0])
            for piece, first, last in cut:
                ids.append(piece)
                starts.append(at + first)
                ends.append(at + last)
        return Tokens(ids, starts, ends)

    def _cut_word(self, word: str) -> Cut:
        if word.isascii() or unicodedata.is_normalized("NFKC", word):
            return tuple((piece, max(first - 1, 0), max(last - 1, 0)) for piece, first, last in self._best(word))
        read, begins, ends = _normal(word)
        if not read:
            return ((UNKNOWN, 0, len(word)),)
        cut = []
        for piece, first, last in self._best(read):
            start = begins[max(first - 1, 0)]
            cut.append((piece, start, ends[last - 2] if last > 1 else start))
        return tuple(cut)

    def _best(self, word: str) -> list[tuple[int, int, int]]:
        """The likeliest cut of ``▁word``, offsets in that; of unknown characters in a row one piece. Viterbi's way."""
        text = MARK + word
        size, longest, ids, scores = len(text), self._longest, self._ids, self._scores
        best = [0.0] + [-1e300] * size
        back: list[tuple[int, int]] = [(UNKNOWN, 0)] * (size + 1)
        for first in range(size):
            so_far = best[first]
            if so_far + self._unknown > best[first + 1]:
                best[first + 1], back[first + 1] = so_far + self._unknown, (UNKNOWN, first)
            for last in range(first + 1, min(first + longest, size) + 1):
                piece = ids.get(text[first:last])
                if piece is not None and so_far + scores[piece] > best[last]:
                    best[last], back[last] = so_far + scores[piece], (piece, first)
        cut: list[tuple[int, int, int]] = []
        at = size
        while at:
            piece, first = back[at]
            if piece == UNKNOWN and cut and cut[-1][0] == UNKNOWN:
                cut[-1] = (UNKNOWN, first, cut[-1][2])
            else:
                cut.append((piece, first, at))
            at = first
        cut.reverse()
        return cut


def _piece(line: bytes) -> tuple[str, float]:
    piece, score = line.rstrip(b"\n").split(b"\t")
    return piece.decode("utf-8"), float(score)


def _normal(word: str) -> tuple[str, list[int], list[int]]:
    """The word in NFKC, and of each character of that where what it came from begins and ends in the word.

    A letter goes with the marks that follow it. What NFKC would put together across such groups stays apart; what it
    would write as white space is left out.
    """
    read: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(word):
        end = at + 1
        while end < len(word) and unicodedata.category(word[end])[0] == "M":
            end += 1
        normal = "".join(unicodedata.normalize("NFKC", word[at:end]).split())
        read.append(normal)
        begins += [at] * len(normal)
        ends += [end] * len(normal)
        at = end
    return "".join(read), begins, ends
