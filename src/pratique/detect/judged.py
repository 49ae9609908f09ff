"""Judging in native code (`native/judge.c`): the same candidates as of `pratique.detect.judging`.

What the native part is given is made here: patterns and types as numbers, words as bits, texts as codes. It asks back,
hit by hit and in order, where a match is RE2's to tell, a verdict a validator's, or characters beyond ASCII, tables and
what goes on behind a pattern are to be read. Without it, this module is not used.
"""

import struct
from array import array
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pratique.detect import native
from pratique.detect.check_digits import Validator, luhn, unchecked
from pratique.detect.claims import WORDS_OF_CLAIMS
from pratique.detect.context import ContextTable
from pratique.detect.dates import moment, plausible_date
from pratique.detect.ibans import IBAN_LENGTHS
from pratique.detect.judging import DETECTOR, Group, Here, Known, Member, Verdicts, extent, judge, match
from pratique.detect.neighbours import KINDS
from pratique.detect.overlaps import CERTAIN, Candidate
from pratique.detect.said import Known as KnownWord
from pratique.detect.said import Said
from pratique.detect.shapes.exact import exact
from pratique.detect.shapes.finder import Hits
from pratique.detect.shapes.stored import Form
from pratique.detect.validators import VALIDATORS, card, iban

_NO_CHECK, _ASKED, _LUHN, _CARD, _IBAN, _DATE, _MOMENT, _AT_VNR, _BG_EGN = range(9)
"""As in `page.h`."""
_CHECKS: Mapping[Validator | None, int] = {
    None: _NO_CHECK, unchecked: _NO_CHECK, luhn: _LUHN, card: _CARD, iban: _IBAN, plausible_date: _DATE,
    moment: _MOMENT, VALIDATORS["at_vnr"]: _AT_VNR, VALIDATORS["bg_egn"]: _BG_EGN,
}  # fmt: skip
_EXACT, _LONE, _WHOLE = 1, 2, 8
"""Of a pattern, as in `judge.c`."""
_TRIM = " ,"
_ALL = -1
"""The set of all types."""
_LISTED = 24
"""Bytes of a word of claims, as in `page.h`."""
_ASCII = 0x80
_MOST_REMEMBERED = 10_000
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Pass = tuple[int, int, int, int]
"""What was matched over the whole: the text's number, start and end in it, and the number of its group."""


class Judged:
    """Patterns and types as native code reads them. Immutable but for what it remembers."""

    def __init__(
        self, shaped: Sequence[tuple[Group, Form]], passed: Sequence[Group], mail: int, table: ContextTable
    ) -> None:
        """``shaped``: by the patterns' numbers; ``passed``: those matched over the whole, whose numbers follow.

        ``mail``: the types that an address of mail speaks for; ``table``: what rules candidates out.
        """
        self.groups = [*(group for group, _ in shaped), *passed]
        self._numbers_of_groups = {id(group): number for number, group in enumerate(self.groups)}
        self.forms = [form for _, form in shaped]
        self.table = table
        self.members = [member for group in self.groups for member in group.members]
        self._entities = tuple(dict.fromkeys(member.entity for member in self.members))
        self.numbers = {name: number for number, name in enumerate(self._entities)}
        most = max((max(member.bit, member.home).bit_length() for member in self.members), default=1)
        self._size = -(-max(most, mail.bit_length()) // 64) * 8
        sets = {bits: number for number, bits in enumerate(dict.fromkeys(group.bits for group in self.groups))}
        self._sets = b"".join(map(self.bits, sets))
        self._mail = self.bits(mail)
        flags = [self._flags(group, form) for group, form in shaped] + [_WHOLE] * len(passed)
        rows: list[int] = []
        first = 0
        for group, flag in zip(self.groups, flags, strict=True):
            rows += (first, flag, self.numbers.get(group.entity, -1), sets[group.bits])
            first += len(group.members)
        self._table_of_groups = array("q", [*rows, first, 0, 0, 0]).tobytes()
        self._table_of_members = b"".join(map(self._told, self.members))
        self._words = _words()
        self._lengths = bytes(IBAN_LENGTHS.get(a + b, 0) for a in _LETTERS for b in _LETTERS)
        self._known: dict[int, tuple[KnownWord, bytes]] = {}
        self._automata: list[bytes | None] = [None] * len(self.groups)
        """By group: what tells the length of a match; made when it is first asked for."""

    def judge(
        self, texts: Sequence[str], starts: Sequence[int], joined: str, said: Said, passes: Iterable[Pass], hits: Hits,
        found: list[list[Candidate]], evidence: frozenset[str], without: frozenset[str],
    ) -> None:  # fmt: skip
        """Add to ``found`` the candidates of all texts. ``starts``: of the texts in ``joined``, and behind the last.

        ``evidence``, ``without``: as of `judging.judge`.
        """
        these = sorted(passes, key=lambda one: one[0])  # stable: of one text they stay in order
        if not these and not len(hits.starts):
            return
        codes, far = _codes(joined)
        word_starts, word_ends, numbers, known, mails = said.spoken_of
        rows, knowns = self._spoken(known)
        marks = array("q", [word_starts[number] for number in numbers])
        asked = _Asked(self, texts, starts, said, found, evidence, without)
        native.part.judge(
            np.ascontiguousarray(np.stack(hits, axis=1)), array("q", [its for one in these for its in one]),
            array("q", starts), codes, far, word_starts, word_ends, array("q", numbers), rows, marks, array("q", mails),
            self._chosen(evidence), self._chosen(frozenset(self._entities) - without) if without else self._every,
            self._table_of_groups, self._table_of_members, self._sets, self._mail, self._words, self._lengths, knowns,
            found, self._entities, Candidate, DETECTOR,
            (asked.slow, asked.match, asked.verdict, asked.near, asked.edges, asked.refuses, asked.tabled,
             asked.extent),
            self._automata,
        )  # fmt: skip

    def number(self, group: Group) -> int:
        """Of a group."""
        return self._numbers_of_groups[id(group)]

    def learn(self, group: int) -> None:
        """Let native code tell from now on how long matches of a group are, where it can."""
        if self._automata[group] is None:
            form, automaton = self.forms[group], exact(self.groups[group].source)
            flags = bytes((form.endless, form.needs_digit, 0, 0))
            self._automata[group] = b"" if automaton is None else flags + automaton

    @property
    def _every(self) -> bytes:
        return b"\x01" * len(self._entities)

    def _chosen(self, names: frozenset[str]) -> bytes:
        return bytes(name in names for name in self._entities) if names else bytes(len(self._entities))

    def _spoken(self, known: Sequence[KnownWord]) -> tuple["array[int]", tuple[bytes, ...]]:
        """Of each marked word the number of what it speaks for, and what that is, as bytes."""
        distinct: dict[int, int] = {}
        rows = array("q", [distinct.setdefault(id(word), len(distinct)) for word in known])
        words = {id(word): word for word in known}
        return rows, tuple(self._bytes_of(words[key]) for key in distinct)

    def _bytes_of(self, word: KnownWord) -> bytes:
        kept = self._known.get(id(word))
        if kept is not None and kept[0] is word:
            return kept[1]
        types, phrases, every = word
        parts = [self.bits(types), self.bits(every), struct.pack("=I", len(phrases))]
        for rest, its in phrases:
            parts += (self.bits(its), struct.pack("=I", len(rest)))
            for listed in rest:
                data = listed.encode("utf-8")
                parts += (struct.pack("=I", len(data)), data)
        told = b"".join(parts)
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[id(word)] = word, told  # which keeps the word, and so its identity
        return told

    def bits(self, types: int) -> bytes:
        """A set of types, as bytes."""
        return (types & ((1 << self._size * 8) - 1)).to_bytes(self._size, "little")

    def _flags(self, group: Group, form: Form) -> int:
        return _EXACT * form.exact | _LONE * bool(group.alone)

    def _told(self, member: Member) -> bytes:
        check = _CHECKS.get(member.validate, _ASKED)
        pattern = member.pattern
        return struct.pack(
            "=8q4d", self.numbers[member.entity], member.bit.bit_length() - 1, member.home.bit_length() - 1,
            KINDS.index(pattern.edges), member.order, check, self.table.may_refuse(member.bit),
            member.reshaped or pattern.trim != _TRIM, pattern.score,
            pattern.validated, pattern.context, member.reported,
        )  # fmt: skip


class _Asked:
    """What native code asks while it judges the texts of one call; offsets are those in the text."""

    def __init__(
        self, these: Judged, texts: Sequence[str], starts: Sequence[int], said: Said, found: list[list[Candidate]],
        evidence: frozenset[str], without: frozenset[str],
    ) -> None:  # fmt: skip
        self._these = these
        self._texts, self._starts, self._said, self._found = texts, starts, said, found
        self._evidence, self._without = evidence, without
        self._verdicts: Verdicts = {}
        self._matches: Known = {}
        self._here = Here("", 0, [], said, self._verdicts)
        self._number = -1

    def _at(self, text: int) -> Here:
        if text != self._number:
            self._here = Here(self._texts[text], self._starts[text], self._found[text], self._said, self._verdicts)
            self._number = text
        return self._here

    def slow(self, text: int, start: int, end: int, group: int) -> bytes:
        """Judge a hit; of what is found start, end, number of the type, and whether it is certain and hides others."""
        these, here = self._these, self._at(text)
        its, first = these.groups[group], len(here.found)
        if group < len(these.forms):
            form = these.forms[group]
            if not (self._evidence or its.alone or here.may_speak(start, end, its.bits)):
                return b""
            if not form.exact:
                end = start + match(here.text, start, end, its, form, self._matches)
        if end > start:
            judge(here, start, end, its, self._evidence, these.table, without=self._without)
        return b"".join(
            struct.pack("=5q", c.start, c.end, these.numbers[c.entity], c.score >= CERTAIN,
                        c.proved and c.entity not in self._without)
            for c in here.found[first:]
        )  # fmt: skip

    def match(self, text: int, start: int, end: int, group: int) -> int:
        """How long the match is."""
        these = self._these
        these.learn(group)
        return match(self._texts[text], start, end, these.groups[group], these.forms[group], self._matches)

    def verdict(self, text: int, start: int, end: int, member: int) -> bool | None:
        """Of a member's validator."""
        return self._here.verdict(self._these.members[member], self._texts[text][start:end])  # all share them

    def near(self, text: int, start: int, end: int, _none: int) -> bytes:
        """What is said around: distances, how many words, and the types as bits."""
        first, last = self._starts[text], self._starts[text + 1] - 1
        around = self._said.around(first + start, first + end, first, last, _ALL)
        return b"".join(
            struct.pack("=2q", distance, words) + self._these.bits(types) for distance, types, words in around.said
        )

    def extent(self, text: int, start: int, end: int, member: int) -> bytes:
        """Where a member's candidate begins and ends, whether how it goes on proves it, and whether it has its lead."""
        its = self._these.members[member]
        first, stop, sure = extent(self._texts[text], start, end, its)
        return struct.pack("=4q", first, stop, sure, its.lead is not None and first > start)

    def edges(self, text: int, start: int, end: int, kind: int) -> int:
        """As `neighbours.edges`."""
        return self._at(text).joint(start, end, KINDS[kind])

    def refuses(self, text: int, start: int, end: int, _none: int) -> bytes:
        """The types that a word beside the candidate rules out."""
        these = self._these
        return these.bits(these.table.opposed(self._texts[text], start, end))

    def tabled(self, text: int, _start: int, _end: int, _none: int) -> int:
        """Whether there are tables in the text."""
        return self._said.tabled(self._starts[text], self._starts[text + 1] - 1)


def _words() -> bytes:
    """The words that claims are told by, sorted, of ASCII: others are asked of Python."""
    listed = {word.encode("ascii"): kind for word, kind in WORDS_OF_CLAIMS.items() if word.isascii()}
    assert max(map(len, listed)) < _LISTED
    return b"".join(word.ljust(_LISTED - 1, b"\0") + bytes([kind]) for word, kind in sorted(listed.items()))


def _codes(text: str) -> tuple[bytes, npt.NDArray[np.int64]]:
    """The characters as codes of one byte, or of four; and where those beyond ASCII stand."""
    if text.isascii():
        return text.encode("ascii"), np.zeros(0, np.int64)
    codes = text.encode("utf-32-le")
    return codes, np.flatnonzero(np.frombuffer(codes, np.uint32) >= _ASCII)
