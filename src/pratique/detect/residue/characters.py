"""Characters that stand for others: one table, one to one, so that offsets stay what they are."""

# ruff: noqa: RUF001 - letters of other scripts, as they are read

import re
import unicodedata

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_QUOTES = "\u2018\u2019\u02bc\u00b4"
_OTHER_DIGITS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50)
"""The zeros of scripts whose digits are written in order after it."""


def _table() -> dict[int, str]:
    table = dict.fromkeys(map(ord, _SPACES), " ")
    table.update(dict.fromkeys(map(ord, _HYPHENS), "-"))
    table.update(dict.fromkeys(map(ord, _QUOTES), "'"))
    table.update({0xFF01 + n: chr(0x21 + n) for n in range(0x5E)})
    for zero in _OTHER_DIGITS:
        table.update({zero + n: chr(ord("0") + n) for n in range(10)})
    return table


_TABLE = _table()

_UNSEEN = (
    *(0xAD, 0x34F, 0x61C, 0xFEFF),
    *(*range(0x180B, 0x180F), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
    *(*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0)),
)
"""Characters that nobody sees: joiners, direction marks, soft hyphens, variation selectors, tags."""
_NOTHING = dict.fromkeys(_UNSEEN)

ODD = "[" + "".join(rf"\x{{{point:X}}}" for point in sorted((*_TABLE, *_UNSEEN))) + "]"
"""An RE2 class of every character that `plain` or `seen` changes."""

_ANY_ODD = re.compile("[" + "".join(map(chr, sorted(_TABLE))) + "]")


def plain(text: str) -> str:
    """``text`` with look-alike digits, letters, spaces and hyphens as ASCII. Same length, same offsets."""
    if text.isascii() or _ANY_ODD.search(text) is None:
        return text
    return text.translate(_TABLE)


def seen(text: str) -> tuple[str, list[int]] | None:
    """``text`` without what nobody sees, and the offset of each character that is left; None where all is left."""
    if text.isascii():
        return None
    left = text.translate(_NOTHING)
    if len(left) == len(text):
        return None
    return left, [at for at, character in enumerate(text) if ord(character) not in _NOTHING]


_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфъыэ", "abvgdeziiklmnoprstufaye", strict=True))
    | dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True))
    | {"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t"}
    | {"ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ь": "", "ю": "yu", "я": "ya", "ё": "e"}
    | {"і": "i", "ї": "i", "є": "e", "ґ": "g", "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz"}
    | {"θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps", "\u0131": "i"}
)
"""Letters of the Latin script that no decomposition makes plain, and Cyrillic and Greek ones by their sound."""


def fold(word: str) -> str:
    """Lower case in plain Latin letters, without accents or apostrophes: as every list of this package is written."""
    lower = word.lower()
    if not lower.isascii():
        # One decomposition for accents, one reading for other scripts; Greek writes one sound as two letters.
        lower = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in lower if not unicodedata.combining(c)).replace("ου", "ou").translate(_LATIN)
    return lower.replace("'", "")
