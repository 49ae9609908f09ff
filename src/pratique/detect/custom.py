"""Entity types of the user's own: RE2 patterns, deny lists, field names, checked when built."""

import re
from typing import Any

import re2

from pratique.detect.compiled import character_positions, compile_re2
from pratique.detect.context import Context
from pratique.detect.fieldnames import name_words, own_name
from pratique.detect.overlaps import Candidate
from pratique.detect.validators import VALIDATORS
from pratique.errors import DetectionError
from pratique.model.paths import FieldPath
from pratique.model.policy import UserEntity

DETECTOR = "user"
_RAISED_BY = 0.35
_VALIDATED = 0.95
_DENIED = 1.0
_BY_NAME = 0.8
_BESIDE = 2
"""As `Candidate.label`: what users name themselves counts as labelled beside it."""
_MOST_MATCHES = 10_000
MOST_PLACES, MOST_PATTERNS, MOST_DENIED = 500, 200, 1_000_000
"""Limits of one type: of a pattern, with its counted repetitions written out; of patterns; of a deny list's letters."""
_PIECE = re.compile(
    r"\\Q.*?(?:\\E|\Z)|\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[\^?\]?(?:\[:[^\]]*:\]|\\.|[^\]\\])*\]|\(\?[^():]*[:)]|[()|]"
    r"|\{[0-9]*,?[0-9]*\}|.",
    re.DOTALL,
)
"""A piece of a pattern: an escape, a class, a bracket, a counted repetition, or a character."""
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}\Z")


class CustomType:
    """One `UserEntity`, compiled. Raises `DetectionError` that names the entity's place where it does not compile."""

    def __init__(self, entity: UserEntity, order: int) -> None:
        where = str(entity.place) or f"entity {entity.name}"
        self.entity = entity
        self.order = order
        if not _NAME.match(entity.name):
            raise DetectionError("an entity type's name is in capitals, digits and _", where=where)
        if not 0 < entity.score <= 1:
            raise DetectionError(f"the score of {entity.name} is not between 0 and 1", where=where)
        if not (entity.patterns or entity.deny or entity.field_names):
            raise DetectionError(f"{entity.name} has no pattern, no deny list and no field name", where=where)
        if entity.validator and entity.validator not in VALIDATORS:
            raise DetectionError(
                f"{entity.name} names an unknown validator", where=where, do=f"known: {', '.join(sorted(VALIDATORS))}"
            )
        self._validate = VALIDATORS[entity.validator] if entity.validator else None
        self._context = Context(entity.context)
        self._patterns = tuple(self._compile(pattern, where) for pattern in entity.patterns)
        words = [word for word in entity.deny if word.strip()]
        if len(entity.patterns) > MOST_PATTERNS or sum(map(len, words)) > MOST_DENIED:
            what = f"{entity.name} has over {MOST_PATTERNS} patterns, or over {MOST_DENIED:,} characters to deny"
            raise DetectionError(what, where=where, do="make several types of it")
        self._deny = compile_re2("|".join(map(_quote, sorted(words, key=len, reverse=True)))) if words else None
        self.looks = (*entity.patterns, *(_quote(word) for word in words))
        """RE2 patterns of which one matches wherever this type finds something in a value."""

    def _compile(self, pattern: str, where: str) -> Any:
        try:
            compiled = compile_re2(pattern)
        except DetectionError as error:
            raise DetectionError(f"{self.entity.name}: {error.what}", where=where, do=error.do) from None
        if (size := size_of(pattern)) > MOST_PLACES:
            what = f"{self.entity.name}: a pattern of {size:,} places; at most {MOST_PLACES:,} are read in good time"
            raise DetectionError(what, where=where, do="write a repetition without its upper limit: {1,} for {1,1000}")
        if compiled.search(b"") is not None:
            what = f"{self.entity.name}: a pattern matches the empty text"
            raise DetectionError(what, where=where, do="write it so that it needs at least one character")
        return compiled

    def speaks_for(self, field: FieldPath) -> bool:
        """Whether the field's whole name, whatever its case, is one of the type's field names."""
        return own_name(field).casefold() in {name.casefold() for name in self.entity.field_names}

    def supported_by(self, field: FieldPath) -> bool:
        """Whether a context word is a word of the field's name."""
        words = " ".join(name_words(own_name(field)))
        return bool(words) and self._context.supports(words, len(words), len(words))

    def find(self, text: str, field: FieldPath | None) -> list[Candidate]:
        """Candidates in one text (encodable as UTF-8)."""
        data = text.encode("utf-8")
        spans = [(span, False) for pattern in self._patterns for span in _spans(pattern, data)]
        if self._deny is not None:
            spans += [(span, True) for span in _spans(self._deny, data)]
        by_name = field is not None and self.speaks_for(field)
        if not spans:
            return self._whole(text) if by_name and not self._patterns else []
        if len(data) != len(text):
            positions = character_positions(data)
            spans = [((int(positions[a]), int(positions[b])), denied) for (a, b), denied in spans]
        helped = by_name or (field is not None and self.supported_by(field))
        found = [self._candidate(text, *span, denied=denied, helped=helped) for span, denied in spans]
        return [candidate for candidate in found if candidate is not None]

    def _candidate(self, text: str, start: int, end: int, *, denied: bool, helped: bool) -> Candidate | None:
        if denied:
            if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
                return None
            return self._made(start, end, _DENIED, validated=True, label=_BESIDE)
        verdict = self._validate(text[start:end]) if self._validate is not None else None
        if verdict is False:
            return None
        score = max(self.entity.score, _VALIDATED) if verdict else self.entity.score
        helped = helped or self._context.supports(text, start, end)
        score = min(1.0, score + _RAISED_BY) if helped else score
        return self._made(start, end, score, validated=verdict is True, label=_BESIDE if helped else 0)

    def _whole(self, text: str) -> list[Candidate]:
        stripped = text.strip()
        if not stripped:
            return []
        start = text.index(stripped)
        return [self._made(start, start + len(stripped), max(self.entity.score, _BY_NAME), validated=False)]

    def _made(self, start: int, end: int, score: float, *, validated: bool, label: int = 0) -> Candidate:
        return Candidate(start, end, self.entity.name, score, DETECTOR, validated, self.order, label)


def size_of(pattern: str) -> int:
    """How many characters a pattern (valid RE2) stands for at most, its counted repetitions written out.

    RE2 reads any pattern in linear time, but where it cannot tell early on what it reads (``.{0,900}x``), each
    character costs as much as this.
    """
    sizes, last = [0], 0
    for piece in _PIECE.findall(pattern):
        if piece == ")":
            last = sizes.pop() if len(sizes) > 1 else last
            sizes[-1] += last
        elif piece.startswith("(") and not (piece.startswith("(?") and piece.endswith(")")):
            sizes.append(0)
            last = 0
        elif piece[0] == "{" and len(piece) > 1:
            counts = [int(count) for count in piece[1:-1].split(",") if count]
            sizes[-1] += last * (max(counts, default=1) - 1)
            last *= max(counts, default=1)
        elif piece not in {"|", "*", "+", "?"} and not piece.startswith("(?"):
            last = len(piece) - 4 if piece.startswith("\\Q") else 1
            sizes[-1] += last
    return sum(sizes)


def _quote(word: str) -> str:
    return str(re2.escape(word.strip()))


def _spans(pattern: Any, data: bytes) -> list[tuple[int, int]]:
    """Byte spans of the non-empty matches; beyond 10,000 in one text the rest counts as one match (fail closed)."""
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer(data):
        start, end = match.span()
        if start == end:
            continue
        if len(spans) == _MOST_MATCHES:
            spans.append((start, len(data)))
            break
        spans.append((start, end))
    return spans
