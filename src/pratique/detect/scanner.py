"""The scanner: entity types compiled into one pass over many texts at once.

Where a pattern may match is found for all patterns together (`pratique.detect.shapes`); RE2 then matches there, unless
the shape says it all. A candidate begins where a word begins, where digits begin, or at a character that is no letter
and no digit, and is the longest match there. Patterns that go on without an end are run over the whole by RE2.
Validators and context see candidates only (`pratique.detect.judging`). Time is linear in the texts' length.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pratique.detect.check_digits import Validator
from pratique.detect.compiled import character_positions
from pratique.detect.context import ContextTable
from pratique.detect.entities.record import EntityType
from pratique.detect.judging import REPORTED, Group, Here, Known, Member, Verdicts, judge, match
from pratique.detect.neighbours import KINDS, Neighbours
from pratique.detect.overlaps import Candidate
from pratique.detect.said import Said
from pratique.detect.shapes.finder import Hits
from pratique.detect.shapes.stored import BESIDE, Kept, compiled
from pratique.detect.wordtable import WordTable, of_types
from pratique.detect.wordtable import digest as digest_of_words

_CHUNK = 1 << 18
_MANY = 200
"""Hits from which on they are looked through together."""


class Scanner:
    """Runs the patterns of entity types. Immutable once made, but for what it remembers; safe for several threads."""

    def __init__(
        self,
        types: Sequence[EntityType],
        validators: Mapping[str, Validator],
        reported: Mapping[str, float] | None = None,
        *,
        stored: Path | None = BESIDE,
    ) -> None:
        """``reported``: by type, the least score of what is reported, where it is not `REPORTED`.

        ``stored``: a file with patterns as `pratique.detect.shapes.stored` keeps them.
        """
        kept = Kept(stored) if stored is not None else None
        groups: dict[tuple[str, bool], Group] = {}
        words = _words(types, kept)
        numbers = iter(words.numbers)
        least = reported or {}
        for order, entity in enumerate(types):
            for pattern in entity.patterns:
                member = Member(order, entity, pattern, least.get(entity.name, REPORTED))
                name = pattern.validator or entity.validator
                member.validate = validators[name] if name else None
                member.bit, member.home = (1 << number for number in next(numbers))
                if member.best and member.best >= member.reported:
                    key = pattern.regex, pattern.needs_digit
                    groups.setdefault(key, Group(pattern.regex, pattern.look)).members.append(member)
        self._context = ContextTable(words)
        for group in groups.values():
            group.alone = tuple(member for member in group.members if member.bare >= member.reported)
            for member in group.members:
                group.bits |= member.bit | member.home
            its = {member.entity for member in group.members}
            group.entity = its.pop() if len(its) == 1 else ""
        self.sources = list(groups)
        """Every pattern, and whether it needs a digit."""
        these = compiled(self.sources, kept)
        self._finder = these.finder
        patterns = list(groups.values())
        self._shaped = [(group, form) for group, form in zip(patterns, these.forms, strict=True) if form is not None]
        self._passed = [group for group, form in zip(patterns, these.forms, strict=True) if form is None]
        for group in self._passed:
            group.loosen()
        self._neighbours = Neighbours(these.finder.alphabet)
        self._kinds = np.array([_kind(group) for group, _ in self._shaped], np.int8)
        self._closed = np.array([form.exact and not group.reshaped for group, form in self._shaped], np.bool_)
        self._lone = np.array([bool(group.alone) for group, _ in self._shaped], np.bool_)
        sets = {bits: number for number, bits in enumerate(dict.fromkeys(group.bits for group, _ in self._shaped))}
        self._sets = list(sets)
        self._set_of = np.array([sets[group.bits] for group, _ in self._shaped], np.int64)

    def scan(
        self, texts: Sequence[str], evidence: frozenset[str], without: frozenset[str] = frozenset()
    ) -> list[list[Candidate]]:
        """Candidates of each text (encodable as UTF-8), unresolved.

        ``evidence``: the types that the field's name speaks for. Candidates that could never stand against a proved one
        may be left out; ``without``: types that will be left out afterwards, and so hide nothing.
        """
        found: list[list[Candidate]] = [[] for _ in texts]
        for first, last in _chunks(texts):
            self._scan_chunk(texts[first:last], evidence, without, found[first:last])
        return found

    def _scan_chunk(
        self,
        texts: Sequence[str],
        evidence: frozenset[str],
        without: frozenset[str],
        found: Sequence[list[Candidate]],
    ) -> None:
        joined = "\n".join(texts)
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        symbols = self._finder.read(joined)
        said = self._context.read(joined, self._finder.kinds(symbols))
        heres: dict[int, Here] = {}
        verdicts: Verdicts = {}
        for at, start, end, group in self._passes(joined, starts):
            here = heres.get(at) or heres.setdefault(at, Here(texts[at], starts[at], found[at], said, verdicts))
            judge(here, start, end, group, evidence, self._context, without=without)
        here, until = Here("", 0, [], said, verdicts), 0
        known: Known = {}
        hits = self._finder.find(symbols)
        together = len(hits.starts) > _MANY
        if together:
            kinds, closed = self._kinds[hits.patterns], self._closed[hits.patterns]
            hits = hits.those(~self._neighbours.refuse(symbols, hits, kinds, closed))
            if not evidence:
                hits = hits.those(self._worth(hits, np.array(starts), said))
        for start, number, end in zip(*(column.tolist() for column in hits), strict=True):
            if start >= until:
                text = bisect_right(starts, start) - 1
                here = heres.get(text) or Here(texts[text], starts[text], found[text], said, verdicts)
                until = starts[text + 1]
            group, form = self._shaped[number]
            first, stop = start - here.offset, end - here.offset
            if here.covers(group, first, stop):
                continue
            if not (together or evidence or group.alone or here.may_speak(first, stop, group.bits)):
                continue
            if not form.exact:
                stop = first + match(here.text, first, stop, group, form, known)
            if stop > first:
                judge(here, first, stop, group, evidence, self._context, without=without)

    def _worth(self, hits: Hits, starts: npt.NDArray[np.int64], said: Said) -> npt.NDArray[np.bool_]:
        """Which hits can become findings: those that need no context, and those with a word near them that may help."""
        worth = self._lone[hits.patterns]
        rest = np.flatnonzero(~worth)
        asked = hits.those(rest)
        texts = np.searchsorted(starts, asked.starts, side="right") - 1
        first, last = starts[texts], starts[texts + 1] - 1
        some = np.flatnonzero((asked.starts > first) | (asked.ends < last))
        asked, rest = asked.those(some), rest[some]
        bounds = first[some], last[some]
        worth[rest] = said.may_speak((asked.starts, asked.ends), bounds, self._set_of[asked.patterns], self._sets)
        return worth

    def _passes(self, joined: str, starts: Sequence[int]) -> Iterator[tuple[int, int, int, Group]]:
        """Matches of what no shape begins, over all texts: the text's number, start and end in it, and the pattern."""
        data = joined.encode("utf-8")
        positions: npt.NDArray[np.int64] | None = None
        for group in self._passed:
            if group.look not in data:
                continue
            spans = [matched.span() for matched in group.regex.finditer(data)]
            if spans and len(data) != len(joined):
                positions = character_positions(data) if positions is None else positions
                spans = [(int(positions[a]), int(positions[b])) for a, b in spans]
            for start, end in spans:
                at = bisect_right(starts, start) - 1
                yield at, start - starts[at], end - starts[at], group


def _kind(group: Group) -> int:
    """The place in `KINDS` of the edges of a pattern; of none, where a candidate begins elsewhere than its match."""
    kinds = {member.pattern.edges for member in group.members}
    moved = any(member.pattern.lead or member.before is not None for member in group.members)
    return KINDS.index(kinds.pop()) if len(kinds) == 1 and not moved else 0


def _words(types: Sequence[EntityType], kept: Kept | None) -> WordTable:
    stored = kept.words(digest_of_words(types)) if kept is not None else None
    return of_types(types) if stored is None else WordTable.restored(stored)


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for at, text in enumerate(texts):
        if size and size + len(text) > _CHUNK:
            yield first, at
            first, size = at, 0
        size += len(text) + 1
    if first < len(texts):
        yield first, len(texts)
