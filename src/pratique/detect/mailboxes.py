"""What an address of mail spells: the letters before its @, and a name as people write it there."""

import re
import unicodedata
from collections.abc import Iterator

_MAILBOX = re.compile(r"[\w.+-]{6,64}")
_LONGEST_MAILBOX = 64
_NO_LETTER = re.compile("[^a-z]+")
_FOLDED = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "đ": "d", "œ": "oe"})


def spelt(text: str) -> Iterator[str]:
    """The letters a to z before every @ of a text, in lower case; six characters before it at least."""
    at = text.find("@")
    while at >= 0:
        found = _MAILBOX.match(text[max(0, at - _LONGEST_MAILBOX) : at][::-1])
        if found is not None:
            yield _NO_LETTER.sub("", found.group()[::-1].lower())
        at = text.find("@", at + 1)


def fold(word: str) -> str:
    """The letters a to z that people write for a name in an address."""
    if not word.isascii():
        word = unicodedata.normalize("NFD", word.translate(_FOLDED))
    return _NO_LETTER.sub("", word)
