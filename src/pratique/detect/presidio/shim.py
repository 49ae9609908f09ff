"""The part of `presidio_analyzer` that recogniser files use, for when that package is not installed.

Same names, arguments and meaning (as documented by Presidio); no code of it. Context is not handled by a recogniser
there either: the caller raises scores (see `pratique.detect.presidio.adapter`).
"""

import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

_DEFAULT_FLAGS = re.DOTALL | re.MULTILINE | re.IGNORECASE


class AnalysisExplanation:
    """Why a result has its score."""

    def __init__(
        self,
        recognizer: str,
        original_score: float,
        pattern_name: str | None = None,
        pattern: str | None = None,
        validation_result: float | None = None,
        textual_explanation: str | None = None,
        regex_flags: int | None = None,
    ) -> None:
        self.recognizer = recognizer
        self.pattern_name = pattern_name
        self.pattern = pattern
        self.original_score = original_score
        self.score = original_score
        self.textual_explanation = textual_explanation
        self.score_context_improvement: float = 0
        self.supportive_context_word = ""
        self.validation_result = validation_result
        self.regex_flags = regex_flags

    def set_improved_score(self, score: float) -> None:
        """Record a score that context raised."""
        self.score = score
        self.score_context_improvement = score - self.original_score

    def set_supportive_context_word(self, word: str) -> None:
        """Record the word that raised it."""
        self.supportive_context_word = word

    def append_textual_explanation_line(self, text: str) -> None:
        """Add a line."""
        self.textual_explanation = f"{self.textual_explanation}\n{text}" if self.textual_explanation else text

    def to_dict(self) -> dict[str, Any]:
        """Its attributes."""
        return dict(self.__dict__)


class RecognizerResult:
    """A finding of a recogniser."""

    RECOGNIZER_NAME_KEY: ClassVar[str] = "recognizer_name"
    RECOGNIZER_IDENTIFIER_KEY: ClassVar[str] = "recognizer_identifier"
    IS_SCORE_ENHANCED_BY_CONTEXT_KEY: ClassVar[str] = "is_score_enhanced_by_context"

    def __init__(
        self,
        entity_type: str,
        start: int,
        end: int,
        score: float,
        analysis_explanation: AnalysisExplanation | None = None,
        recognition_metadata: dict[str, Any] | None = None,
    ) -> None:
        self.entity_type = entity_type
        self.start = start
        self.end = end
        self.score = score
        self.analysis_explanation = analysis_explanation
        self.recognition_metadata = recognition_metadata or {}

    def intersects(self, other: "RecognizerResult") -> int:
        """How many characters both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contained_in(self, other: "RecognizerResult") -> bool:
        """Whether the other covers all of this."""
        return self.start >= other.start and self.end <= other.end

    def contains(self, other: "RecognizerResult") -> bool:
        """Whether this covers all of the other."""
        return self.start <= other.start and self.end >= other.end

    def equal_indices(self, other: "RecognizerResult") -> bool:
        """Whether both cover the same."""
        return self.start == other.start and self.end == other.end


class Pattern:
    """A regular expression (Python's `re`) with a score."""

    def __init__(self, name: str, regex: str, score: float) -> None:
        if not 0 <= score <= 1:
            raise ValueError("a pattern's score is between 0 and 1")
        self.name = name
        self.regex = regex
        self.score = score
        self.compiled_regex: re.Pattern[str] | None = None
        self.compiled_with_flags: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Name, regex and score."""
        return {"name": self.name, "score": self.score, "regex": self.regex}

    @classmethod
    def from_dict(cls, pattern_dict: dict[str, Any]) -> "Pattern":
        """The inverse of `to_dict`."""
        return cls(**pattern_dict)


class NlpArtifacts:
    """What an NLP engine says of a text; here nothing but its words."""

    def __init__(
        self,
        entities: list[Any],
        tokens: Any,
        tokens_indices: list[int],
        lemmas: list[str],
        nlp_engine: Any,
        language: str,
        scores: list[float] | None = None,
    ) -> None:
        self.entities = entities
        self.tokens = tokens
        self.tokens_indices = tokens_indices
        self.lemmas = lemmas
        self.nlp_engine = nlp_engine
        self.language = language
        self.scores = scores or [0.85] * len(entities)
        self.keywords = [lemma.lower() for lemma in lemmas]


class EntityRecognizer:
    """The base of recognisers."""

    MIN_SCORE: ClassVar[float] = 0
    MAX_SCORE: ClassVar[float] = 1.0

    def __init__(
        self,
        supported_entities: list[str],
        name: str | None = None,
        supported_language: str = "en",
        version: str = "0.0.1",
        context: list[str] | None = None,
        **_later: Any,
    ) -> None:
        self.supported_entities = supported_entities
        self.name = name or type(self).__name__
        self._id = f"{self.name}_{id(self)}"
        self.supported_language = supported_language
        self.version = version
        self.is_loaded = False
        self.context = context or []
        self.load()
        self.is_loaded = True

    @property
    def id(self) -> str:
        """Unique in the process."""
        return self._id

    @abstractmethod
    def load(self) -> None:
        """Get ready."""

    @abstractmethod
    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        """Find."""
        raise NotImplementedError

    def enhance_using_context(
        self, text: str, raw_recognizer_results: list[Any], other_raw_recognizer_results: list[Any], nlp_artifacts: Any,
        context: list[str] | None = None,
    ) -> list[Any]:  # fmt: skip
        """A recogniser's own way to use context; by default none."""
        del text, other_raw_recognizer_results, nlp_artifacts, context
        return raw_recognizer_results

    def get_supported_entities(self) -> list[str]:
        """Entity types that it finds."""
        return self.supported_entities

    def get_supported_language(self) -> str:
        """Its language."""
        return self.supported_language

    def get_version(self) -> str:
        """Its version."""
        return self.version

    @staticmethod
    def remove_duplicates(results: list[Any]) -> list[Any]:
        """Of results with the same type, the longest and best; those inside another of their type go."""
        kept: list[Any] = []
        for result in sorted(set(results), key=lambda r: (-r.score, r.start, -(r.end - r.start))):
            inside = any(
                o.start <= result.start and result.end <= o.end and o.entity_type == result.entity_type for o in kept
            )
            if result.score and not inside:
                kept.append(result)
        return kept

    @staticmethod
    def sanitize_value(text: str, replacement_pairs: Sequence[tuple[str, str]]) -> str:
        """The text with each first string replaced by its second."""
        for search, replacement in replacement_pairs:
            text = text.replace(search, replacement)
        return text


class LocalRecognizer(EntityRecognizer):
    """A recogniser that runs in this process."""


class RemoteRecognizer(EntityRecognizer):
    """A recogniser that calls a service: never loaded by Pratique, since texts must not leave it."""


class PatternRecognizer(LocalRecognizer):
    """Finds by patterns and a deny list."""

    def __init__(
        self,
        supported_entity: str,
        name: str | None = None,
        supported_language: str = "en",
        patterns: list[Pattern] | None = None,
        deny_list: list[str] | None = None,
        context: list[str] | None = None,
        deny_list_score: float = 1.0,
        global_regex_flags: int | None = _DEFAULT_FLAGS,
        version: str = "0.0.1",
        **later: Any,
    ) -> None:
        if not supported_entity:
            raise ValueError("a pattern recogniser names its entity type")
        if not patterns and not deny_list:
            raise ValueError("a pattern recogniser has patterns or a deny list")
        self.patterns = list(patterns or [])
        self.deny_list = list(deny_list or [])
        self.deny_list_score = deny_list_score
        self.global_regex_flags = global_regex_flags or 0
        if self.deny_list:
            self.patterns.append(self._deny_list_to_regex(self.deny_list))
        super().__init__([supported_entity], name, supported_language, version, context, **later)

    def load(self) -> None:
        """Nothing to get."""

    def _deny_list_to_regex(self, deny_list: list[str]) -> Pattern:
        words = "|".join(re.escape(word) for word in deny_list)
        return Pattern("deny_list", rf"(?:^|(?<=\W))({words})(?:(?=\W)|$)", self.deny_list_score)

    def validate_result(self, pattern_text: str) -> bool | None:
        """True: certain. False: not one. None: no verdict."""
        del pattern_text
        return None

    def invalidate_result(self, pattern_text: str) -> bool | None:
        """True: not one. Otherwise no verdict."""
        del pattern_text
        return None

    def build_regex_explanation(
        self, recognizer_name: str, pattern_name: str, pattern: str, original_score: float,
        validation_result: Any = None, regex_flags: int | None = None,
    ) -> AnalysisExplanation:  # fmt: skip
        """The explanation of a match."""
        return AnalysisExplanation(
            recognizer_name, original_score, pattern_name, pattern, validation_result, regex_flags=regex_flags
        )

    @staticmethod
    def build_regex_explanation_text(*_parts: Any) -> str:
        """Kept for old recognisers."""
        return ""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """Every match of every pattern, validated."""
        del entities, nlp_artifacts
        flags = self.global_regex_flags if regex_flags is None else regex_flags
        results: list[RecognizerResult] = []
        for pattern in self.patterns:
            if pattern.compiled_regex is None or pattern.compiled_with_flags != flags:
                pattern.compiled_with_flags = flags
                pattern.compiled_regex = re.compile(pattern.regex, flags)
            for match in pattern.compiled_regex.finditer(text):
                result = self._result(pattern, text, *match.span(), flags)
                if result is not None:
                    results.append(result)
        return self.remove_duplicates(results)

    def _result(self, pattern: Pattern, text: str, start: int, end: int, flags: int) -> RecognizerResult | None:
        if start == end:
            return None
        score, value = pattern.score, text[start:end]
        verdict = self.validate_result(value)
        if verdict is not None:
            score = self.MAX_SCORE if verdict else self.MIN_SCORE
        if self.invalidate_result(value):
            score = self.MIN_SCORE
        if score <= self.MIN_SCORE:
            return None
        why = self.build_regex_explanation(self.name, pattern.name, pattern.regex, pattern.score, verdict, flags)
        return RecognizerResult(self.supported_entities[0], start, end, score, why)
