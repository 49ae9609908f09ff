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

ODD = "[" + "".join(rf"\x{{{point:X}}}" for point in sorted(_TABLE)) + "]"
"""An RE2 class of every character that `plain` changes."""

_ANY_ODD = re.compile("[" + "".join(map(chr, sorted(_TABLE))) + "]")


def plain(text: str) -> str:
    """``text`` with look-alike digits, letters, spaces and hyphens as ASCII. Same length, same offsets."""
    if text.isascii() or _ANY_ODD.search(text) is None:
        return text
    return text.translate(_TABLE)
