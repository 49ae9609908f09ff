"""The alphabet of shapes: characters of one symbol are alike to the automaton.

Every printing ASCII character is its own, but that the digits 4 to 8, which hardly any pattern tells apart, are one:
the fewer digits differ, the fewer states there are. Beyond ASCII there are capitals, small letters, other letters,
marks, other numbers, and everything else; characters that patterns name and that are no letters (a no-break space, a
dash) are symbols of their own.
"""

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

END = 0
"""A line feed, and what lies behind the end of a text."""
MIDDLE_DIGIT, CONTROL = 1, 2
_MIDDLE_DIGITS = frozenset("45678")
_ASCII = 0x80
_PRINTING = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in _MIDDLE_DIGITS]
_FIRST = 3
_OWN = {character: _FIRST + at for at, character in enumerate([*_PRINTING, "\t", "\r"])}
FAR_UPPER = _FIRST + len(_OWN)
FAR_LOWER, FAR_LETTER, FAR_MARK, FAR_NUMBER, FAR_OTHER = range(FAR_UPPER + 1, FAR_UPPER + 6)
FAR = (FAR_UPPER, FAR_LOWER, FAR_LETTER, FAR_MARK, FAR_NUMBER, FAR_OTHER)
_FIRST_NAMED = FAR_OTHER + 1
_MOST_NAMED = 120
_IDEOGRAPHS, _BEHIND_IDEOGRAPHS = 0x20000, 0x40000
_FAR: defaultdict[str, int] = defaultdict(lambda: FAR_OTHER)
"""By general category of Unicode."""
_FAR.update({"Lu": FAR_UPPER, "Lt": FAR_UPPER, "Ll": FAR_LOWER, "Lo": FAR_LETTER, "Lm": FAR_LETTER})
_FAR.update(dict.fromkeys(("Mn", "Mc", "Me"), FAR_MARK) | dict.fromkeys(("Nd", "Nl", "No"), FAR_NUMBER))


def _of_ascii(character: str) -> int:
    if character == "\n":
        return END
    if character in _MIDDLE_DIGITS:
        return MIDDLE_DIGIT
    return _OWN.get(character, CONTROL)


ASCII_TABLE = bytes(_of_ascii(chr(code)) if code < _ASCII else FAR_OTHER for code in range(256))
"""The symbol of every ASCII byte, for `bytes.translate`."""


class Alphabet:
    """Symbols of characters; ``named`` characters beyond ASCII are symbols of their own. Immutable but for what it
    remembers.
    """

    def __init__(self, named: Iterable[str]) -> None:
        own = sorted({c for c in named if ord(c) >= _ASCII and not c.isalnum()})[:_MOST_NAMED]
        self._named = {ord(c): _FIRST_NAMED + at for at, c in enumerate(own)}
        self.size = _FIRST_NAMED + len(own)
        """How many symbols there are."""
        self.far = (*FAR, *self._named.values())
        """Every symbol of characters beyond ASCII."""
        alike = {MIDDLE_DIGIT, FAR_UPPER, FAR_LOWER, FAR_LETTER, FAR_NUMBER, *(_OWN[c] for c in _OWN if c.isalnum())}
        self.word = np.array([symbol in alike for symbol in range(self.size)])
        """Which symbols are letters or numbers."""
        self.digits = frozenset(ASCII_TABLE[b"0"[0] : b"9"[0] + 1])
        """The symbols of ASCII digits."""
        self.letters = frozenset(ASCII_TABLE[code] for code in range(_ASCII) if chr(code).isalpha())
        """The symbols of ASCII letters."""
        whole: dict[int, set[str]] = {symbol: {chr(code)} for code, symbol in self._named.items()}
        for code in range(_ASCII):
            whole.setdefault(ASCII_TABLE[code], set()).add(chr(code))
        self._whole = [frozenset(whole.get(symbol, ())) for symbol in range(self.size)]
        self._table: npt.NDArray[np.uint8] | None = None

    def symbol(self, character: str) -> int:
        """The symbol of one character."""
        code = ord(character)
        if code < _ASCII:
            return ASCII_TABLE[code]
        known = self._named.get(code)
        if known is not None:
            return known
        if _IDEOGRAPHS <= code < _BEHIND_IDEOGRAPHS:
            return FAR_LETTER
        return FAR_OTHER if code >= _BEHIND_IDEOGRAPHS else _FAR[unicodedata.category(character)]

    def whole(self, symbol: int) -> frozenset[str]:
        """Every character of a symbol; none for one beyond ASCII that many characters share."""
        return self._whole[symbol]

    def read(self, text: str) -> bytes:
        """The symbols of a text (without lone surrogates), one byte a character, and one `END` behind them."""
        if text.isascii():
            return text.encode("ascii").translate(ASCII_TABLE) + b"\0"
        if self._table is None:
            self._table = self._tabulated()
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        return self._table.take(codes).tobytes() + b"\0"

    def _tabulated(self) -> npt.NDArray[np.uint8]:
        """Of every code point; about 20 ms, paid with the first text beyond ASCII."""
        table = np.full(sys.maxunicode + 1, FAR_OTHER, np.uint8)
        near = map(unicodedata.category, map(chr, range(_ASCII, _IDEOGRAPHS)))
        table[_ASCII:_IDEOGRAPHS] = np.fromiter((_FAR[category] for category in near), np.uint8)
        table[_IDEOGRAPHS:_BEHIND_IDEOGRAPHS] = FAR_LETTER
        table[:_ASCII] = np.frombuffer(ASCII_TABLE[:_ASCII], np.uint8)
        for code, symbol in self._named.items():
            table[code] = symbol
        return table
