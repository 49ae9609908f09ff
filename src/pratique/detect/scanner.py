"""The scanner: entity types compiled into patterns that run over many texts at once.

Texts are joined with line feeds, which no built-in pattern can match (compiled with RE2's ``never_nl``), and each
distinct pattern runs once over the whole; validators and context run on candidates only. Time is linear in the texts'
length.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import re2

from pratique.detect.check_digits import Validator
from pratique.detect.context import Context
from pratique.detect.entities import EntityType, Pattern
from pratique.detect.overlaps import Candidate
from pratique.detect.places import MORE, More
from pratique.errors import DetectionError

DETECTOR = "patterns"
REPORTED = 0.4
"""Candidates below this score are not findings."""
_CHUNK = 1 << 18
_ENDS_SENTENCE = " ,."
_JOINTS = frozenset("-_/#")
_INSIDE = frozenset(".,:+")


def compile_re2(regex: str, *, never_newline: bool = False) -> Any:
    """A compiled RE2 pattern over UTF-8 bytes; raises `DetectionError` without quoting the pattern's own error text."""
    options = re2.Options()
    options.log_errors = False
    options.never_nl = never_newline
    options.max_mem = 64 << 20
    try:
        return re2.compile(regex.encode("utf-8"), options)
    except (re2.error, UnicodeEncodeError):
        raise DetectionError(
            "not a valid RE2 pattern, or too large", do="RE2 has no look-around and no back-references"
        ) from None


@dataclass(frozen=True, slots=True)
class _Member:
    """One pattern of one type, ready to judge candidates."""

    order: int
    entity: str
    pattern: Pattern
    validate: Validator | None
    context: Context
    bare: float
    """The highest score without context."""
    best: float
    lead: Any
    """The pattern's ``lead``, compiled; None where it has none."""
    more: More | None
    """How a candidate goes on."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A compiled pattern and every type that uses it."""

    regex: Any
    members: tuple[_Member, ...]


class Scanner:
    """Runs the patterns of entity types. Immutable once made; safe for several threads."""

    def __init__(self, types: Sequence[EntityType], validators: Mapping[str, Validator]) -> None:
        members: dict[str, list[_Member]] = {}
        for order, entity in enumerate(types):
            context = Context.of(entity)
            for pattern in entity.patterns:
                name = pattern.validator or entity.validator
                validate = validators[name] if name else None
                its = Context.of(entity, pattern.near) if pattern.near else context
                bare = max(pattern.score, pattern.validated)
                lead = compile_re2(pattern.lead) if pattern.lead else None
                more = MORE[pattern.more] if pattern.more else None
                members.setdefault(pattern.regex, []).append(
                    _Member(order, entity.name, pattern, validate, its, bare, pattern.best, lead, more)
                )
        self._groups = tuple(
            _Group(compile_re2(regex, never_newline=True), tuple(found)) for regex, found in members.items()
        )
        self.looks = tuple(dict.fromkeys(p.look or p.regex for entity in types for p in entity.patterns))
        """Patterns of which at least one matches in any text that holds a candidate."""

    def scan(self, texts: Sequence[str], evidence: frozenset[str]) -> list[list[Candidate]]:
        """Candidates of each text (encodable as UTF-8), unresolved.

        ``evidence``: the types that the field's name speaks for.
        """
        found: list[list[Candidate]] = [[] for _ in texts]
        for first, last in _chunks(texts):
            self._scan_chunk(texts[first:last], evidence, found, first)
        return found

    def _scan_chunk(
        self, texts: Sequence[str], evidence: frozenset[str], found: list[list[Candidate]], first: int
    ) -> None:
        joined = "\n".join(texts)
        data = joined.encode("utf-8")
        starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
        positions: npt.NDArray[np.int64] | None = None
        for group in self._groups:
            spans = [match.span() for match in group.regex.finditer(data)]
            if not spans:
                continue
            if len(data) != len(joined):
                positions = character_positions(data) if positions is None else positions
                spans = [(int(positions[a]), int(positions[b])) for a, b in spans]
            for start, end in spans:
                number = bisect_right(starts, start) - 1
                offset = starts[number]
                _judge(texts[number], start - offset, end - offset, group, evidence, found[first + number])


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for at, text in enumerate(texts):
        if size and size + len(text) > _CHUNK:
            yield first, at
            first, size = at, 0
        size += len(text) + 1
    if first < len(texts):
        yield first, len(texts)


def character_positions(data: bytes) -> npt.NDArray[np.int64]:
    """For each byte offset of UTF-8 ``data``, its end included: the `str` offset of the character that begins there."""
    begins = (np.frombuffer(data, np.uint8) & 0xC0) != 0x80  # noqa: PLR2004 - continuation bytes are 10xxxxxx
    positions = np.zeros(len(data) + 1, np.int64)
    np.cumsum(begins[:-1], out=positions[1:-1])
    positions[-1] = int(begins.sum())
    return positions


def _judge(text: str, start: int, end: int, group: _Group, evidence: frozenset[str], found: list[Candidate]) -> None:
    edges: dict[tuple[str, int, int], int] = {}
    alone = end - start == len(text)
    for member in group.members:
        pattern = member.pattern
        if member.best < REPORTED or (alone and member.bare < REPORTED and member.entity not in evidence):
            continue  # with nothing around it, no context can raise it
        first, stop, sure = _extent(text, start, end, member)
        joint = edges.get((pattern.edges, first, stop))
        if joint is None:
            joint = edges[pattern.edges, first, stop] = _edges(text, first, stop, pattern.edges)
        if joint == _REFUSED or stop <= first:
            continue
        verdict = member.validate(text[first:stop]) if member.validate is not None and not sure else None
        if verdict is False:
            continue
        score = max(pattern.score, pattern.validated) if verdict or sure else pattern.score
        if joint == _JOINED or pattern.context > score:
            supported = member.entity in evidence or member.context.supports(text, first, stop)
            if joint == _JOINED and not supported:
                continue
            score = max(score, pattern.context) if supported else score
        if score >= REPORTED and not member.context.refuses(text, first, stop):
            found.append(Candidate(first, stop, member.entity, score, DETECTOR, verdict is True, member.order))


def _extent(text: str, start: int, end: int, member: _Member) -> tuple[int, int, bool]:
    """Where the candidate begins after its lead and ends with how it goes on, and whether that proves it."""
    while end > start and text[end - 1] in member.pattern.trim:
        end -= 1
    if member.lead is not None:
        lead = member.lead.match(text[start:end].encode("utf-8"))
        start += len(lead.group().decode("utf-8")) if lead is not None else 0
    if member.more is None:
        return start, end, False
    end, sure = member.more(text, end)
    while end > start and text[end - 1] in _ENDS_SENTENCE:
        end -= 1
    return start, end, sure


_CLEAN, _JOINED, _REFUSED = 0, 1, 2


def _edges(text: str, start: int, end: int, kind: str) -> int:
    """Whether the neighbours of ``text[start:end]`` leave it standing.

    ``number``: refused next to a letter, a digit or an underscore, or to ``.,:+-/`` with a digit behind it.
    *Joined*, so that it needs context, where ``-_/#`` ties it to letters, as in ``SKU-4711``.
    """
    if kind == "none" or end - start == len(text):
        return _CLEAN
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before.isalnum() or after.isalnum() or before == "_" or after == "_":
        return _REFUSED
    if kind == "word":
        return _CLEAN
    far, farther = text[max(0, start - 2) : max(0, start - 1)], text[end + 1 : end + 2]
    if (_digit(far) and before in _INSIDE | _JOINTS) or (_digit(farther) and after in _INSIDE | _JOINTS):
        return _REFUSED
    if before == "#" or (before in _JOINTS and far.isalpha()) or (after in _JOINTS and farther.isalpha()):
        return _JOINED
    return _CLEAN


def _digit(character: str) -> bool:
    return "0" <= character <= "9"
