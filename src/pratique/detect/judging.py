"""Judging candidates: what matched a pattern, by its neighbours, its validator and the words around it."""

import re
from typing import Any

from pratique.detect.check_digits import Validator
from pratique.detect.compiled import compile_re2
from pratique.detect.context import ContextTable
from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.neighbours import GLUED, JOINED, REFUSED, edges
from pratique.detect.overlaps import BESIDE, CERTAIN, Candidate
from pratique.detect.places import BEFORE, MORE, Before, More
from pratique.detect.said import FAR, SILENCE, Around, Said
from pratique.detect.shapes.stored import Form

DETECTOR = "patterns"
REPORTED = 0.4
"""Candidates below this score are not findings, unless their type was asked for by name."""
LONGEST = 8_192
"""Characters of the longest match of an endless pattern that shapes begin."""
_ENDS_SENTENCE = " ,."
_DIGIT = re.compile(b"[0-9]")
_COUNTED = re.compile(r"(\[[^\]\[]*\])\{([01]),(?:1[6-9]|[2-9][0-9]|[0-9]{3,})\}")
_MOST_KNOWN, _SHORT = 10_000, 100
_ABROAD = 0.05
_MOST_GLUED = 0.75
"""The score that a label lends at most that is glued to its value, as codes of a shop are too."""
_NEXT = 1
"""Words between a value and its label."""
Known = dict[tuple[str, str], int]
"""By pattern and text: how long the match is."""
Verdicts = dict[tuple[Validator, str], bool | None]
"""By validator and value: its verdict."""


class Member:
    """One pattern of one type, ready to judge candidates."""

    __slots__ = (
        "_lead",
        "bare",
        "before",
        "best",
        "bit",
        "entity",
        "home",
        "more",
        "order",
        "pattern",
        "reported",
        "reshaped",
        "validate",
    )

    def __init__(self, order: int, entity: EntityType, pattern: Pattern, reported: float) -> None:
        self.order = order
        self.entity = entity.name
        self.pattern = pattern
        self.reported = reported
        """The least score of what is reported."""
        self.bare = max(pattern.score, pattern.validated)
        """The highest score without context."""
        self.best = pattern.best
        self._lead: Any = None
        self.more: More | None = MORE[pattern.more] if pattern.more else None
        self.before: Before | None = BEFORE.get(pattern.more)
        self.reshaped = bool(pattern.lead) or self.more is not None
        """Whether a candidate is not simply what the pattern matches."""
        self.validate: Validator | None = None
        self.bit = 0
        """Of its context words in the table."""
        self.home = 0
        """Of those in a language of its own countries."""

    @property
    def lead(self) -> Any:
        """What the pattern begins with as evidence only, in RE2, compiled when first needed; None where it does not."""
        if self._lead is None and self.pattern.lead:
            self._lead = compile_re2(self.pattern.lead)
        return self._lead

    def verdict(self, value: str) -> bool | None:
        """Of its validator; None where it has none, or it raises: what could not be checked is taken for what it looks
        like, since a check that fails is no licence to pass.
        """
        if self.validate is None:
            return None
        try:
            return self.validate(value)
        except Exception:  # noqa: BLE001 - of libraries too; one odd value must not end a scan
            return None


class Group:
    """A pattern and every type that uses it."""

    __slots__ = ("_regex", "alone", "bits", "entity", "look", "members", "source")

    def __init__(self, source: str, look: str) -> None:
        self.source = source
        self.look = look.encode("utf-8")
        self.members: list[Member] = []
        self.alone: tuple[Member, ...] = ()
        """Those that may report a value with nothing around it."""
        self.bits = 0
        """Of the context of all of them."""
        self.entity = ""
        """Their type, where they have one and the same."""
        self._regex: Any = None

    @property
    def reshaped(self) -> bool:
        """Whether a candidate of any of them is not simply what the pattern matches."""
        return any(member.reshaped for member in self.members)

    @property
    def regex(self) -> Any:
        """The pattern in RE2, compiled when first needed."""
        if self._regex is None:
            self._regex = compile_re2(self.source, never_newline=True, longest=True)
        return self._regex

    def loosen(self) -> None:
        """Let words be of any length: counted letters make RE2's automaton so large that it gives up on it."""
        self.source = _COUNTED.sub(lambda counted: counted[1] + ("*" if counted[2] == "0" else "+"), self.source)


class Here:
    """One text while it is scanned, and what was found out of the places in it."""

    __slots__ = ("around", "certain", "edges", "found", "offset", "proved", "said", "text", "verdicts")

    def __init__(self, text: str, offset: int, found: list[Candidate], said: Said, verdicts: Verdicts) -> None:
        self.text = text
        self.offset = offset
        """Where it begins among the joined texts."""
        self.found = found
        self.certain: dict[str, tuple[int, int]] = {}
        """By type: the last candidate that is certain."""
        self.proved = (0, 0)
        """The last candidate that is certain and proved: what lies inside it cannot stand against it."""
        self.said = said
        """The words of the joined texts that speak for a type."""
        self.verdicts = verdicts
        """Of validators on values of the same texts."""
        self.around: dict[tuple[int, int, int], Around] = {}
        self.edges: dict[tuple[str, int, int], int] = {}

    def add(self, candidate: Candidate, *, hides: bool) -> None:
        """Add a candidate; ``hides``: whether what lies inside it may be left out, if it is proved."""
        self.found.append(candidate)
        if candidate.score >= CERTAIN:
            self.certain[candidate.entity] = candidate.start, candidate.end
            if hides and candidate.proved and candidate.end > self.proved[1]:
                self.proved = candidate.start, candidate.end

    def near(self, start: int, end: int, wanted: int) -> Around:
        """What stands around ``text[start:end]`` of the types that are ``wanted``."""
        known = self.around.get((start, end, wanted))
        if known is None:
            first, last = self.offset, self.offset + len(self.text)
            known = self.said.around(first + start, first + end, first, last, wanted)
            self.around[start, end, wanted] = known
        return known

    def verdict(self, member: Member, value: str) -> bool | None:
        """As of the member; a value that comes again costs a look-up."""
        if member.validate is None:
            return None
        key = member.validate, value
        if key in self.verdicts:
            return self.verdicts[key]
        verdict = member.verdict(value)
        if len(self.verdicts) < _MOST_KNOWN:
            self.verdicts[key] = verdict
        return verdict

    def may_speak(self, start: int, end: int, wanted: int) -> bool:
        """Whether a word near ``text[start:end]``, or in it, may speak for one of the types that are ``wanted``."""
        return self.said.speaks(
            start + self.offset, end + self.offset, self.offset, self.offset + len(self.text), wanted
        )

    def joint(self, start: int, end: int, kind: str) -> int:
        """As `edges`."""
        known = self.edges.get((kind, start, end))
        if known is None:
            known = self.edges[kind, start, end] = edges(self.text, start, end, kind)
        return known

    def covers(self, group: Group, start: int, end: int) -> bool:
        """Whether a candidate need not be looked at: it lies inside a longer one that is proved, or begins inside one
        that is certain, of the only type that uses the pattern.
        """
        first, stop = self.proved
        if first <= start and end <= stop and end - start < stop - first:
            return True
        if group.entity not in self.certain:
            return False
        first, stop = self.certain[group.entity]
        return first < start < stop


def judge(
    here: Here,
    start: int,
    end: int,
    group: Group,
    evidence: frozenset[str],
    table: ContextTable,
    *,
    without: frozenset[str] = frozenset(),
) -> None:
    """Add the candidates that one match gives. ``evidence``: the types that the field's name speaks for; ``without``:
    types that hide nothing inside their values.
    """
    text = here.text
    alone = end - start == len(text)
    for member in group.alone if alone and not evidence else group.members:
        spoken = member.entity in evidence
        if alone and member.bare < member.reported and not spoken:
            continue  # with nothing around it, no context can raise it
        first, stop, sure, led = start, end, False, False
        if member.reshaped or text[end - 1] in member.pattern.trim:
            first, stop, sure = _extent(text, start, end, member)
            led = member.lead is not None and first > start
        joint = here.joint(first, stop, member.pattern.edges)
        if joint == REFUSED or stop <= first:
            continue
        likely = member.bare >= member.reported  # then most fall by their check digits, else by having no label
        verdict = here.verdict(member, text[first:stop]) if likely and not sure else None
        if verdict is False:
            continue
        around = SILENCE if alone else here.near(first, stop, group.bits)
        distance = 0 if spoken else around.distance(member.bit)
        if not _stands(member, joint, distance):
            continue
        verdict = here.verdict(member, text[first:stop]) if not likely and not sure else verdict
        if verdict is False:
            continue
        at_home = spoken or bool(around.every & member.home)
        score = _score(member.pattern, proved=bool(verdict or sure), labelled=distance < FAR, at_home=at_home)
        score = min(score, _MOST_GLUED) if joint == GLUED else score
        if score >= member.reported and not table.refuses(text, first, stop, member.bit):
            label = BESIDE if led or distance <= _NEXT else 1 if distance < FAR else 0
            words = around.words(member.bit)
            here.add(
                Candidate(first, stop, member.entity, score, DETECTOR, verdict is True, member.order, label, words),
                hides=member.entity not in without,
            )


def _stands(member: Member, joint: int, distance: int) -> bool:
    """Whether a candidate with such neighbours and its nearest label so far away can be one."""
    if joint == GLUED:
        return distance == 0
    if distance < FAR:
        return True
    return member.bare >= member.reported and (joint != JOINED or member.reported < REPORTED)


def _score(pattern: Pattern, *, proved: bool, labelled: bool, at_home: bool) -> float:
    """``at_home``: with a label in a language of the type's own countries; another is worth a little less, and no less
    certain.
    """
    score = max(pattern.score, pattern.validated) if proved else pattern.score
    if not labelled:
        return score
    return max(score, pattern.context if at_home else max(pattern.context - _ABROAD, min(pattern.context, CERTAIN)))


def match(text: str, start: int, end: int, group: Group, form: Form, known: Known) -> int:
    """The length of the longest match that begins at ``start``; 0 where there is none.

    ``end``: the furthest that the pattern's shape has. One character more tells RE2 whether a word ends there.
    ``known``: what the same texts have been found to be.
    """
    if form.endless:
        end = start + LONGEST
    elif text[end : end + 1] != "_":  # which RE2 takes for a letter
        end += 1
    piece = text[start:end]
    length = known.get((group.source, piece))
    if length is None:
        found = group.regex.match(piece.encode("utf-8"))
        if found is None or (form.needs_digit and _DIGIT.search(found.group()) is None):
            length = 0
        else:
            length = found.end() if piece.isascii() else len(found.group().decode("utf-8"))
        if len(known) < _MOST_KNOWN and len(piece) < _SHORT:
            known[group.source, piece] = length
    return length


def _extent(text: str, start: int, end: int, member: Member) -> tuple[int, int, bool]:
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
    if member.before is not None and (sure or member.pattern.score or member.pattern.context):
        start = member.before(text, start)
    return start, end, sure
