"""The bundled lists of names: which words are given names, surnames, or names that are everyday words as well."""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Names:
    """Sets of single words, lower case and NFC."""

    given: frozenset[str]
    given_or_word: frozenset[str]
    family: frozenset[str]
    family_or_word: frozenset[str]
    every: frozenset[str]
    digest: str
    """SHA-256 of the data file."""


@cache
def names() -> Names:
    """The lists, read once. About 20 ms."""
    data = files("pratique.detect").joinpath("data", "names.txt").read_bytes()
    sections: dict[str, frozenset[str]] = {}
    for section in data.decode("utf-8").split("# ")[1:]:
        title, _, words = section.partition("\n")
        sections[title] = frozenset(words.split())
    parts = (sections["given"], sections["given-or-word"], sections["family"], sections["family-or-word"])
    return Names(*parts, frozenset().union(*parts), hashlib.sha256(data).hexdigest())


def key(word: str) -> str:
    """The form in which a word stands in the lists."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word.lower())
