"""Characters that stand for others: one table, one to one, so that offsets stay what they are."""

import re

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
