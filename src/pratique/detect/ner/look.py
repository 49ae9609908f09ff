"""A cheap look at a text before the model reads it: whether there is language in it, and anything that it may name.

Columns are full of values that are not language: codes, prices, versions, single words of which nothing is known. In
them the model would only guess. In longer texts people write names without capitals, and the model finds some: they are
all read. On the dev parts that the model is measured with, what it finds rightly is passed over in texts of a single
word alone (4 in 3,000), where lists of names decide.
"""

import re
from typing import Final

from pratique.detect.names import FAMILY, GIVEN, key, names

SHORT: Final = 3
"""Words up to which a text is short."""
_WORD = re.compile(r"(?<![\w./@-])@?[^\W\d_]{2,}(?:['’-][^\W\d_]+)*(?![\w/-])")  # noqa: RUF001 - either apostrophe
_SMALL = re.compile(r"[^\W\d_A-Z]")
_CAPITALS = 4
"""Letters of a word in capitals; shorter ones are units, currencies, parts of codes."""
_SIGN = re.compile(r"[0-9@A-ZÀ-ÖØ-Þ]")
_BEYOND = re.compile(r"[^\x00-\xff]")
_LETTERS = re.compile(r"[^\W\d_]+")


def worth_reading(text: str, *, named: bool = False) -> bool:
    """False for a text without a word of a language, for a single word of which nothing more is known, and for a short
    text with no digit, no ``@``, no capital letter, no letter of a script without case, and no name of the public lists
    that is no everyday word as well.

    ``named``: the text is the value of a field whose name is known, which says something of a single word.
    """
    parts = text.split(maxsplit=SHORT)
    words = (m for m in _WORD.finditer(text) if m.end() - m.start() >= _CAPITALS or _SMALL.search(m[0]))
    if next(words, None) is None:
        return False
    if not named and len(parts) < SHORT and next(words, None) is None:
        return False
    if _SIGN.search(text) is not None:
        return True
    if _BEYOND.search(text) is not None and any(c.isdecimal() or (c.isalpha() and not c.islower()) for c in text):
        return True
    if len(parts) > SHORT:
        return True
    kinds = names().kinds
    return any(kinds.get(key(word), 0) & (GIVEN | FAMILY) for word in _LETTERS.findall(text))
