"""Patterns and lists together with a model of language, as one detector."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.detect.again import again
from pratique.detect.claims import names_nobody
from pratique.detect.detector import PatternDetector
from pratique.detect.entities.families import family_of
from pratique.detect.overlaps import CERTAIN, Candidate
from pratique.detect.people import DETECTOR as NAMES
from pratique.detect.recognizer import TextModel
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath

VERSION = 2
"""Of how model and patterns are put together, in `digests`: raised with every change that can change a finding."""
ADDRESS, CODE = "ADDRESS", "ID_CODE"
YIELDING = frozenset({CODE, "PHONE_NUMBER"})
"""Types that a model only guesses at, and patterns know."""
UNSAID = 0.7
"""What becomes of the score of a name of the lists where the model, having read the text, says nothing: what a title
stands before, or is known as given name and surname, is still one, and what falls below 0.5 is none.
"""
_SERIES = re.compile(r"(?<![\w.])[A-ZΑ-ΩА-Я]{1,3}(?:[ -]|,? (?:nr|no|br|αρ)\.? )\Z")  # noqa: RUF001
_SERIES_REACH = 12
_STATE_BETWEEN = re.compile(r"[,\s]{1,3}[A-Za-z]{2}\s")
_LAST = 16
_CODE_LAST = re.compile(r"[0-9]\w?,?\s(?:[0-9]{4,5}|[0-9]{4} ?[A-Z]{2}|[0-9]{3} [0-9]{2})\Z")
_TOWN_BEHIND = re.compile(r",?(?: |\r?\n)(?![a-zß-öø-ÿ])[^\W\d_]{2,}(?:[ '’-][^\W\d_]+){0,3}(?=[,.;)\n]|[ \t]*\(|\Z)")  # noqa: RUF001
_PROVINCE = re.compile(r" ?\([A-Z]{2}\)")
_NAME_BEFORE = re.compile(r"[^\W\d][^\d\n]*(?:, |,?\n)")
_ORDER = 1_000_000
"""Of a model's candidates among others of the same rank: last."""


class ModelDetector:
    """A `pratique.ports.TextDetector`: a `PatternDetector`, and a model whose findings are further candidates.

    The model runs in `find_many`: in free text, in samples that are scanned, in texts at hand. It does not run in
    `find_any`, nor in `without_model`, by which kept fields are guarded: it would make a run a hundred times slower,
    and its guesses at single short values are not worth a quarantine.

    Deterministic and safe for several threads, if the model is. A model that raises makes `find_many` raise
    `DetectionError`, which names the model only.
    """

    def __init__(
        self, patterns: PatternDetector, model: TextModel | None, entities: frozenset[str] | None = None
    ) -> None:
        """``entities``: of the model's types only these count."""
        self._patterns = patterns
        self._model = model
        self._said = model.entities if model is not None else frozenset()
        if entities is not None:
            self._said &= entities

    @property
    def without_model(self) -> PatternDetector:
        """The same without the model."""
        return self._patterns

    @property
    def digests(self) -> Mapping[str, str]:
        """Of the patterns' parts, and of the model (``detect.model``), where there is one."""
        model = self._model
        said = {"detect.model": f"{VERSION} {model.digest} {' '.join(sorted(self._said))}"} if model is not None else {}
        return {**self._patterns.digests, **said}

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        return self._patterns.entities | self._said

    @property
    def families(self) -> Mapping[str, str]:
        """Every entity type to its family."""
        return {**{name: family_of(name) for name in sorted(self._said)}, **self._patterns.families}

    @property
    def types(self) -> Mapping[str, tuple[str, str]]:
        """Of built-in and users' types: digests of what finds them, and of the names that are evidence of them."""
        return self._patterns.types

    def validated(self) -> frozenset[str]:
        """Types whose validator proves bare numbers by check digits."""
        return self._patterns.validated()

    def types_of_name(self, field: FieldPath) -> frozenset[str]:
        """The entity types that the field's name is evidence of."""
        return self._patterns.types_of_name(field)

    def find_many(
        self, texts: Sequence[str], *, field: FieldPath | None = None, without: frozenset[str] = frozenset()
    ) -> list[list[Finding]]:
        """Findings of each text, sorted by start, overlaps resolved (`pratique.detect.overlaps`); the model's too."""
        if self._model is None or not self._said:
            return self._patterns.find_many(texts, field=field, without=without)

        def more(read: list[str], found: list[list[Candidate]]) -> list[list[Candidate]]:
            said = self._ask(read, field)
            every = zip(read, found, said, strict=True)
            return [own if its is None else together(text, own, its) for text, own, its in every]

        return self._patterns.find_with(more, texts, field=field, without=without)

    def find_any(
        self,
        values: pa.Array,
        *,
        score: float,
        field: FieldPath | None = None,
        without: frozenset[str] = frozenset(),
    ) -> npt.NDArray[np.bool_]:
        """Which values hold a finding at or above ``score``, without asking the model: as of `without_model`."""
        return self._patterns.find_any(values, score=score, field=field, without=without)

    def _ask(self, texts: list[str], field: FieldPath | None) -> list[list[Candidate] | None]:
        model = self._model
        assert model is not None
        where = f"model {model.name}"
        try:
            listed = model.find_many(texts, field=field)
            checked = [None if found is None else [_plain(f) for f in found] for found in listed]
        except DetectionError:
            raise
        except Exception:  # noqa: BLE001 - foreign code may raise anything, with the text in it
            raise DetectionError("the model failed on a text", where=where) from None
        if len(checked) != len(texts):
            raise DetectionError("the model gave findings for other texts than it was given", where=where)
        said: list[list[Candidate] | None] = []
        for text, found in zip(texts, checked, strict=True):
            for start, end, entity, score in found or ():
                if not (0 <= start < end <= len(text) and 0 <= score <= 1 and entity in model.entities):
                    raise DetectionError("the model gave an impossible finding", where=where)
            if found is None:
                said.append(None)
                continue
            counted = (f for f in found if f[2] in self._said)
            said.append([Candidate(*f, model.name, order=_ORDER) for f in counted])
        return said


def _plain(finding: Finding) -> tuple[int, int, str, float]:
    return int(finding.start), int(finding.end), str(finding.entity), float(finding.score)


def together(text: str, found: Sequence[Candidate], said: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that count, of those of patterns and lists and those of a model in one text.

    1. A number or code that the model guesses at yields to what a pattern is certain of; what is left of it counts
       where a digit is in it, or no blank parts it from what the pattern took. A series of capitals right before its
       digits is part of it. Behind a word for an invoice, a parcel, a law it names nobody, and does not count.
    2. Of names that the lists know, the model tells better where they begin and end, and which are none: where it is
       certain of something, they do not count; elsewhere they count less.
    3. Names that the model is certain of are found again (`pratique.detect.again`).
    4. Addresses that overlap, or that only a state parts, are one; a name before them is apart.

    Quasi-linear in the number of candidates.
    """
    certain = _Cover(c for c in found if c.score >= CERTAIN and c.detector != NAMES)
    sure = _Cover(c for c in said if c.score >= CERTAIN)
    kept = []
    for c in found:
        if c.detector != NAMES:
            kept.append(c)
        elif c.score * UNSAID >= CERTAIN and not sure.meets(c):
            kept.append(replace(c, score=c.score * UNSAID))
    for c in (*said, *again(text, said)):
        if c.entity in YIELDING:
            if not names_nobody(text, c.start, c.end):
                kept += [piece for piece in certain.left(_with_series(text, c)) if _is_worth(text, piece, c)]
        else:
            kept.append(c)
    return _joined_addresses(text, kept)


def _with_series(text: str, code: Candidate) -> Candidate:
    """With the capitals before its digits: ``ZUL 662521``, ``AB-140245``, ``RX nr. 112157``."""
    if code.entity == CODE and text[code.start].isdigit():
        series = _SERIES.search(text, max(0, code.start - _SERIES_REACH), code.start)
        if series is not None:
            return replace(code, start=series.start())
    return code


def _is_worth(text: str, piece: Candidate, whole: Candidate) -> bool:
    """Whether what is left of a number stands: with a digit, or in one word with what was taken of it."""
    if any(map(str.isdigit, text[piece.start : piece.end])):
        return True
    before = piece.start > whole.start and text[piece.start].isalnum() and text[piece.start - 1].isalnum()
    behind = piece.end < whole.end and text[piece.end].isalnum() and text[piece.end - 1].isalnum()
    return before or behind


def _joined_addresses(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Addresses that overlap, or have no more than a state between them (``…, macon, ga 31201``), as one. What stands
    before a house number that begins an address, and has none itself, is somebody's name: covered, and apart.
    """
    joined: list[Candidate] = []
    for c in sorted((c for c in candidates if c.entity == ADDRESS), key=lambda c: (c.start, -c.end)):
        last = joined[-1] if joined else None
        if last is None or not (c.start < last.end or _STATE_BETWEEN.fullmatch(text, last.end, c.start)):
            joined.append(c)
            continue
        end, score = max(last.end, c.end), max(last.score, c.score)
        if text[c.start].isdigit() and _NAME_BEFORE.fullmatch(text, last.start, c.start):
            name = text[last.start : c.start].rstrip(", \n")
            joined[-1] = replace(last, end=last.start + len(name))
            joined.append(replace(c, end=end, score=score))
        else:
            joined[-1] = replace(last, end=end, score=score)
    return [c for c in candidates if c.entity != ADDRESS] + [_to_its_end(text, c) for c in joined]


def _to_its_end(text: str, address: Candidate) -> Candidate:
    """With the town behind a postcode that stands right behind the house number, and a province in brackets."""
    end = address.end
    town = _TOWN_BEHIND.match(text, end) if _CODE_LAST.search(text, max(address.start, end - _LAST), end) else None
    province = _PROVINCE.match(text, end if town is None else town.end())
    last = province or town
    return address if last is None else replace(address, end=last.end())


class _Cover:
    """What some candidates cover together."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((c.start, c.end) for c in candidates):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meets(self, candidate: Candidate) -> bool:
        at = bisect_right(self._ends, candidate.start)
        return at < len(self._starts) and self._starts[at] < candidate.end

    def left(self, candidate: Candidate) -> list[Candidate]:
        """The parts of the candidate that are not covered."""
        parts, start = [], candidate.start
        for at in range(bisect_right(self._ends, start), len(self._starts)):
            if self._starts[at] >= candidate.end:
                break
            if start < self._starts[at]:
                parts.append(replace(candidate, start=start, end=self._starts[at]))
            start = self._ends[at]
        return [*parts, replace(candidate, start=start)] if start < candidate.end else parts
