"""A Presidio recogniser as a `Recognizer` of Pratique."""

import re
from typing import Any

from pratique.detect.context import Context
from pratique.detect.fieldnames import name_words, own_name
from pratique.detect.presidio import shim
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath

LONGEST = 20_000
"""Characters that a recogniser is given at a time: its patterns are Python's, which can take time beyond linear."""
OVERLAP = 1_000
"""Characters that two windows of a longer text share: a longer value across their border may be missed."""
_RAISED_BY, _LEAST_WITH_CONTEXT = 0.35, 0.4
_WORD = re.compile(r"\w+")


class PresidioRecognizer:
    """One recogniser.

    Scores rise by 0.35, to 0.4 at least, where one of its context words is near (Presidio's defaults).
    """

    def __init__(self, inner: Any, *, digest: str, file: str) -> None:
        self._inner = inner
        self._digest = digest
        self._name = f"{file}:{getattr(inner, 'name', '') or type(inner).__name__}"
        self._entities = frozenset(str(entity) for entity in inner.get_supported_entities())
        self._context = Context(str(word) for word in (getattr(inner, "context", None) or ()))

    @property
    def name(self) -> str:
        """File and the recogniser's own name (its class, unless it says otherwise)."""
        return self._name

    @property
    def entities(self) -> frozenset[str]:
        """What it says it supports."""
        return self._entities

    @property
    def digest(self) -> str:
        """SHA-256 of its file."""
        return self._digest

    def find(self, text: str, field: FieldPath | None = None) -> list[Finding]:
        """What it finds; raises whatever it raises."""
        name = " ".join(name_words(own_name(field))) if field is not None else ""
        helped = bool(name) and self._context.supports(name, len(name), len(name))
        found: dict[tuple[int, int, str], float] = {}
        for offset, window in windows(text):
            for result in self._inner.analyze(window, sorted(self._entities), _artifacts(window, self._inner)) or ():
                start, end, entity, score = (
                    int(result.start),
                    int(result.end),
                    str(result.entity_type),
                    float(result.score),
                )
                if score <= 0 or start == end:
                    continue
                if helped or self._context.supports(window, start, end):
                    score = min(1.0, max(score + _RAISED_BY, _LEAST_WITH_CONTEXT))
                at = (offset + start, offset + end, entity)
                found[at] = max(score, found.get(at, 0.0))
        return [Finding(start, end, entity, score, self._name) for (start, end, entity), score in sorted(found.items())]


def windows(text: str) -> list[tuple[int, str]]:
    """The text in pieces of `LONGEST` characters that share `OVERLAP`, each with where it begins."""
    if len(text) <= LONGEST:
        return [(0, text)]
    return [(at, text[at : at + LONGEST]) for at in range(0, len(text) - OVERLAP, LONGEST - OVERLAP)]


def _artifacts(text: str, inner: Any) -> Any:
    # Recognisers by pattern take no notice of it; others find words, and no entities of an NLP engine.
    if isinstance(inner, shim.PatternRecognizer):
        return None
    words = list(_WORD.finditer(text))
    forms = [match[0] for match in words]
    language = str(getattr(inner, "supported_language", "en"))
    return shim.NlpArtifacts(
        [], forms, [match.start() for match in words], [form.lower() for form in forms], None, language
    )
