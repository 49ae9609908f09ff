"""The bundled lists of names: which words are given names, surnames, or names that are everyday words as well."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

GIVEN, GIVEN_OR_WORD, FAMILY, FAMILY_OR_WORD = 1, 2, 4, 8
_SECTIONS = {"given": GIVEN, "given-or-word": GIVEN_OR_WORD, "family": FAMILY, "family-or-word": FAMILY_OR_WORD}


@dataclass(frozen=True, slots=True)
class Names:
    """The lists as one table."""

    kinds: Mapping[str, int]
    """Word, lower case and NFC, to the sum of what it is."""
    digest: str
    """SHA-256 of the data file."""


@cache
def names() -> Names:
    """The lists, read once. About 30 ms."""
    data = files("pratique.detect").joinpath("data", "names.txt").read_bytes()
    kinds: dict[str, int] = {}
    for section in data.decode("utf-8").split("# ")[1:]:
        title, _, listed = section.partition("\n")
        words = listed.split()
        kind = _SECTIONS[title]
        if kinds.keys().isdisjoint(words):
            kinds.update(dict.fromkeys(words, kind))
        else:
            for word in words:
                kinds[word] = kinds.get(word, 0) | kind
    return Names(MappingProxyType(kinds), hashlib.sha256(data).hexdigest())


def key(word: str) -> str:
    """The form in which a word stands in the lists."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word.lower())
