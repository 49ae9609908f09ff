"""Words around a candidate. The windows are bounded, so a scan stays linear in the length of its text."""

import re
from collections.abc import Iterable

from pratique.detect.entities import EntityType

_BEFORE_CHARACTERS, _AFTER_CHARACTERS = 72, 40
_BEFORE_WORDS, _AFTER_WORDS = 6, 3
_LEAST_BEGINNING = 5
_WORD = re.compile(r"[^\W_]+#?")


class Context:
    """The context words of one entity type, of every language: an identifier does not depend on the text around it."""

    def __init__(self, words: Iterable[str], against: Iterable[str] = (), against_after: Iterable[str] = ()) -> None:
        every = {word.lower() for word in words}
        self._mail = "@" in every
        self._phrases = tuple(sorted(word for word in every if " " in word))
        self._words = frozenset(word for word in every if " " not in word)
        self._beginnings = tuple(sorted(word for word in self._words if len(word) >= _LEAST_BEGINNING))
        self._against = frozenset(word.lower() for word in against)
        self._against_after = frozenset(word.lower() for word in against_after)

    @classmethod
    def of(cls, entity: EntityType, near: Iterable[str] = ()) -> "Context":
        """The context of a type, and with it the words of one of its patterns."""
        words = [word for words in entity.context.values() for word in words]
        return cls((*words, *near), entity.against, entity.against_after)

    def supports(self, text: str, start: int, end: int) -> bool:
        """Whether a context word stands among the six words before or the three after ``text[start:end]``.

        A word of five letters or more also counts as the beginning of a longer one (``Telefonnummer``).
        """
        if not self._words and not self._phrases:
            return False
        window, words = _window(text, start, end)
        if not self._words.isdisjoint(words):
            return True
        if self._beginnings and any(word.startswith(self._beginnings) for word in words):
            return True
        if self._mail and "@" in text[max(0, start - _BEFORE_CHARACTERS) : end + _AFTER_CHARACTERS]:
            return True
        return any(f" {phrase} " in window for phrase in self._phrases)

    def refuses(self, text: str, start: int, end: int) -> bool:
        """Whether the word right before or right after the candidate rules it out."""
        if self._against:
            words = text[max(0, start - 24) : start].lower().split()
            if words and words[-1].strip(":=#.(") in self._against:
                return True
        if self._against_after:
            words = text[end : end + 16].lower().split()
            return bool(words) and words[0].strip(".,;:)") in self._against_after
        return False


def _window(text: str, start: int, end: int) -> tuple[str, list[str]]:
    before = _WORD.findall(text[max(0, start - _BEFORE_CHARACTERS) : start].lower())[-_BEFORE_WORDS:]
    after = _WORD.findall(text[end : end + _AFTER_CHARACTERS].lower())[:_AFTER_WORDS]
    return f" {' '.join(before)} | {' '.join(after)} ", before + after
