"""What a field's name says of its values."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pratique.detect.entities import EntityType
from pratique.model.paths import MARKERS, FieldPath

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-zß-öø-ÿ\u0100-\u024f]+|[^\W\d_A-Za-z]+|\d+")
_LABELS = frozenset(
    {"type", "kind", "status", "verified", "flag", "count", "hash", "format", "provider", "model", "hint", "valid"}
    | {"validated", "consent", "opt"}
)
_NUMBERS = frozenset({"number", "no", "nr", "num", "id", "code", "nummer"})
_TAILS = _NUMBERS | {"value", "text", "field", "raw", "1", "2", "3"}
_WORDED = frozenset({"PERSON", "ADDRESS", "LOCATION", "ORGANIZATION"})
"""Types that no number or code is of: a ``customer`` may be a person, a ``customer_id`` is none."""


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a field's name, lower case, without accents: ``kundenEMail_1`` gives kunden, e, mail, 1."""
    return tuple(_plain(part) for part in _PART.findall(unicodedata.normalize("NFC", name)))


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


def own_name(path: FieldPath) -> str:
    """The last name of a path that is not a marker; empty where there is none."""
    return next((part for part in reversed(path) if part not in MARKERS), "")


class FieldNames:
    """Entity types by the field names that are evidence of them. Immutable."""

    def __init__(self, types: Iterable[EntityType]) -> None:
        self._ending: dict[tuple[str, ...], frozenset[str]] = {}
        self._whole: dict[tuple[str, ...], frozenset[str]] = {}
        for entity in types:
            for phrases, table in ((entity.field_names, self._ending), (entity.whole_names, self._whole)):
                for phrase in phrases:
                    words = name_words(phrase)
                    table[words] = table.get(words, frozenset()) | {entity.name}
        # Names written together (``firstname``) count like names written apart.
        for table in (self._ending, self._whole):
            for words, entities in list(table.items()):
                joined = ("".join(words),)
                table[joined] = table.get(joined, frozenset()) | entities

    def types_of(self, path: FieldPath) -> frozenset[str]:
        """The types that the field's own name is evidence of; a name that labels (``email_verified``) is of none."""
        words = name_words(own_name(path))
        if not words or words[-1] in _LABELS:
            return frozenset()
        found: set[str] = set(self._whole.get(words, ()))
        found |= self._tails(words)
        if len(words) > 1 and words[-1] in _TAILS:
            more = self._tails(words[:-1]) | self._whole.get(words[:-1], frozenset())
            found |= more - _WORDED if words[-1] in _NUMBERS else more
        return frozenset(found)

    def _tails(self, words: tuple[str, ...]) -> set[str]:
        found: set[str] = set()
        for size in range(1, min(len(words), 5) + 1):
            found |= self._ending.get(words[-size:], frozenset())
        return found
