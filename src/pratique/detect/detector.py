"""The treating detector behind `pratique.ports.TextDetector`: scanner, finder of people, users' types, recognisers."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.detect.check_digits import Validator
from pratique.detect.custom import CustomType
from pratique.detect.entities import BUILT_IN, EntityType, Pattern
from pratique.detect.entities.families import family_of
from pratique.detect.fieldnames import FieldNames
from pratique.detect.judging import REPORTED
from pratique.detect.look import FirstLook
from pratique.detect.names import names
from pratique.detect.overlaps import Candidate, resolve
from pratique.detect.people import PeopleFinder
from pratique.detect.phones import REGIONS, national, national_in
from pratique.detect.reading import read, wrapped
from pratique.detect.recognizer import Recognizer
from pratique.detect.scanner import Scanner
from pratique.detect.validators import VALIDATORS
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.codec import digest
from pratique.model.paths import FieldPath
from pratique.model.policy import Place, UserEntity

VERSION = 3
"""Of the code here, in `digests`: raised with every change that can change a finding."""
_WORTH_A_LOOK = 256
_SHORT = 200
"""Characters beyond which nearly every value is worth reading, and a first look only costs."""
_USER_ORDER = -1_000
_LONGEST_WHOLE = 200
_ANY = 1e-9
"""Less than any score that a type can have."""
_SURROGATE = re.compile("[\ud800-\udfff]")

More = Callable[[list[str], list[list[Candidate]]], list[list[Candidate]]]
"""Gets texts as they are read, without unseen characters, and their candidates; gives the candidates that count."""


class PatternDetector:
    """Finds personal data by patterns, lists and code. Deterministic, immutable once made, safe for several threads.

    No text makes the built-in part raise. A recogniser that raises makes `find_many` and `find_any` raise
    `DetectionError`, which names the recogniser only. Lone surrogates, which no encoding can hold, are read as U+FFFD;
    offsets stay exact.
    """

    def __init__(
        self,
        *,
        language: str | None = None,
        entities: frozenset[str] | None = None,
        custom: Sequence[UserEntity] = (),
        recognizers: Sequence[Recognizer] = (),
        allow: Sequence[str] = (),
        others: frozenset[str] = frozenset(),
        score: float | None = None,
    ) -> None:
        """``others``: types that may be among ``entities`` though nothing here finds them.

        ``score``: the least of a finding. Without it, that is 0.4, and for types that ``entities`` names anything above
        0: who asks for bank numbers gets every row of digits that may be one.
        """
        self._custom = tuple(CustomType(entity, _USER_ORDER + at) for at, entity in enumerate(custom))
        self._recognizers = tuple(recognizers)
        self._allow = frozenset(value.strip() for value in allow)
        available = {t.name for t in BUILT_IN} | {c.entity.name for c in self._custom}
        available |= {name for recognizer in recognizers for name in recognizer.entities}
        if entities is not None and (unknown := entities - available - others):
            raise DetectionError(f"unknown entity types: {', '.join(sorted(unknown))}")
        self._entities = frozenset(available if entities is None else entities & available)
        self._language = language
        self._types = tuple(t for t in BUILT_IN if t.name in self._entities)
        self._custom = tuple(c for c in self._custom if c.entity.name in self._entities)
        self._least = REPORTED if score is None else score
        self._asked = frozenset(entities or ()) if score is None else frozenset()
        reported = {t.name: _ANY if t.name in self._asked else self._least for t in self._types}
        self._scanner = Scanner(self._types, _validators(language), reported)
        order = {t.name: at for at, t in enumerate(BUILT_IN)}
        self._people = PeopleFinder(order["PERSON"]) if "PERSON" in self._entities else None
        self._by_name = {t.name: t for t in self._types if t.whole_value}
        self._order = order
        users = tuple(look for c in self._custom for look in c.looks)
        self._look = FirstLook(users, people=self._people is not None)

    @cached_property
    def _names(self) -> FieldNames:
        return FieldNames(self._types)

    @property
    def without_model(self) -> "PatternDetector":
        """Itself: it has none."""
        return self

    @property
    def digests(self) -> Mapping[str, str]:
        """Of patterns, code, lists of names, libraries with data, users' types, each recogniser."""
        from importlib.metadata import version  # noqa: PLC0415 - it brings the parser of e-mail with it

        shown = {
            "detect.code": str(VERSION),
            "detect.patterns": self._patterns_digest,
            "detect.names": names().digest if self._people is not None else "",
            "detect.phonenumbers": version("phonenumbers"),
            "detect.stdnum": version("python-stdnum"),
            "detect.language": self._language or "",
            "detect.custom": digest([replace(c.entity, place=Place(), family="") for c in self._custom]),
            "detect.allow": digest(sorted(self._allow)),
        }
        return {**shown, **{f"detect.recognizer.{r.name}": r.digest for r in self._recognizers}}

    @cached_property
    def _patterns_digest(self) -> str:
        return _digest(self._types)

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        return self._entities

    @property
    def families(self) -> Mapping[str, str]:
        """Every entity type to its family: what the project says of a type of its own, else what the table says."""
        own = {c.entity.name: c.entity.family for c in self._custom if c.entity.family}
        return {name: own.get(name) or family_of(name) for name in sorted(self._entities)}

    @property
    def types(self) -> Mapping[str, tuple[str, str]]:
        """Of built-in and users' types: digests of what finds them, and of the names that are evidence of them."""
        found = {t.name: (_digest(_finding(t)), _digest([t.field_names, t.whole_names])) for t in self._types}
        for user in (c.entity for c in self._custom):
            ways = digest(replace(user, place=Place(), field_names=(), family="")) if user.patterns or user.deny else ""
            own = (ways, digest(user.field_names))
            found[user.name] = (digest([found[user.name], own]),) * 2 if user.name in found else own
        return found

    def validated(self) -> frozenset[str]:
        """Types whose validator proves bare numbers by check digits; users' types with such a validator among them."""
        custom = {c.entity.name for c in self._custom if c.entity.validator in _DIGIT_VALIDATORS}
        return frozenset(t.name for t in self._types if t.checks_digits) | custom

    def types_of_name(self, field: FieldPath) -> frozenset[str]:
        """The entity types that the field's name is evidence of."""
        custom = {c.entity.name for c in self._custom if c.speaks_for(field)}
        return self._names.types_of(field) | custom

    def find_many(
        self, texts: Sequence[str], *, field: FieldPath | None = None, without: frozenset[str] = frozenset()
    ) -> list[list[Finding]]:
        """Findings of each text, sorted by start, overlaps resolved (`pratique.detect.overlaps`).

        Equal texts are read once. Types in ``without`` are left out before overlaps are resolved.
        """
        return self.find_with(None, texts, field=field, without=without)

    def find_with(
        self,
        more: More | None,
        texts: Sequence[str],
        *,
        field: FieldPath | None = None,
        without: frozenset[str] = frozenset(),
    ) -> list[list[Finding]]:
        """`find_many`, with all texts' own candidates passed through ``more`` before overlaps are resolved."""
        distinct = list(dict.fromkeys(texts))
        found = dict(zip(distinct, self._find(distinct, field, without, more), strict=True))
        return [list(found[text]) for text in texts]

    def find_any(
        self,
        values: pa.Array,
        *,
        score: float,
        field: FieldPath | None = None,
        without: frozenset[str] = frozenset(),
    ) -> npt.NDArray[np.bool_]:
        """Which values hold a finding at or above ``score``: exact."""
        answer = np.zeros(len(values), np.bool_)
        found = self.find_many(values.to_pylist(), field=field, without=without)
        for at, findings in enumerate(found):
            if findings:
                answer[at] = any(f.score >= score for f in findings)
        return answer

    def _find(
        self, texts: list[str], field: FieldPath | None, without: frozenset[str], more: More | None
    ) -> list[list[Finding]]:
        plain = _encodable(texts)
        texts = texts if plain else [clean(text) for text in texts]
        readings = None if plain and all(map(str.isascii, texts)) else [read(text) for text in texts]
        read_texts = texts if readings is None else [reading.text for reading in readings]
        candidates = self._candidates(read_texts, field, without)
        if more is not None:
            candidates = more(read_texts, candidates)
        findings = [
            self._settle(*each, without) if each[1] else [] for each in zip(read_texts, candidates, strict=True)
        ]
        if readings is None:
            return findings
        return [[reading.written(finding) for finding in its] for reading, its in zip(readings, findings, strict=True)]

    def _candidates(self, texts: list[str], field: FieldPath | None, without: frozenset[str]) -> list[list[Candidate]]:
        evidence = self.types_of_name(field) if field is not None else frozenset()
        found = self._scanner.scan(texts, evidence, without)
        self._add_wrapped(texts, evidence, found)
        if self._people is not None:
            by_name = "PERSON" in evidence
            for at in self._worth(texts, self._look.people, sure=by_name):
                found[at].extend(self._people.find(texts[at], by_name=by_name))
        if self._custom:
            named = field is not None and any(custom.speaks_for(field) for custom in self._custom)
            for at in self._worth(texts, self._look.users, sure=named or self._look.blind):
                for custom in self._custom:
                    found[at].extend(custom.find(texts[at], field))
        whole = [self._by_name[name] for name in sorted(evidence & self._by_name.keys())]
        if whole or self._recognizers:
            for text, candidates in zip(texts, found, strict=True):
                candidates.extend(c for entity in whole for c in self._whole(text, entity))
                candidates.extend(c for r in self._recognizers for c in self._recognized(r, text, field))
        return found

    @staticmethod
    def _worth(texts: list[str], look: Callable[[pa.Array], npt.NDArray[np.bool_]], *, sure: bool) -> Sequence[int]:
        """Which texts are worth reading: of many short ones those that a first look does not rule out."""
        if sure or len(texts) < _WORTH_A_LOOK or sum(map(len, texts)) > _SHORT * len(texts):
            return range(len(texts))
        return np.flatnonzero(look(pa.array(texts, pa.large_string()))).tolist()

    def _add_wrapped(self, texts: list[str], evidence: frozenset[str], found: list[list[Candidate]]) -> None:
        """Add what is validated and lies across a line break."""
        pieces = [(at, piece) for at, text in enumerate(texts) if "\n" in text for piece in wrapped(text)]
        if not pieces:
            return
        scanned = self._scanner.scan([piece.text for _, piece in pieces], evidence)
        for (at, piece), candidates in zip(pieces, scanned, strict=True):
            found[at].extend(piece.across(candidates))

    def _whole(self, text: str, entity: EntityType) -> list[Candidate]:
        """A worded value of a field whose name says what its values are."""
        stripped = text.strip()
        if not any(c.isalpha() for c in stripped) or len(stripped) > _LONGEST_WHOLE:
            return []
        start = text.index(stripped)
        return [Candidate(start, start + len(stripped), entity.name, entity.whole_value, "field-name",
                          order=self._order[entity.name])]  # fmt: skip

    def _recognized(self, recognizer: Recognizer, text: str, field: FieldPath | None) -> list[Candidate]:
        try:
            findings = recognizer.find(text, field)
            checked = [(int(f.start), int(f.end), str(f.entity), float(f.score)) for f in findings]
        except Exception:  # noqa: BLE001 - foreign code may raise anything, with the text in it
            raise DetectionError("a recogniser failed on a text", where=f"recogniser {recognizer.name}") from None
        made = []
        for start, end, entity, score in checked:
            if not (0 <= start < end <= len(text) and 0 <= score <= 1 and entity in recognizer.entities):
                raise DetectionError("a recogniser gave an impossible finding", where=f"recogniser {recognizer.name}")
            if entity in self._entities:
                made.append(Candidate(start, end, entity, score, recognizer.name, order=_USER_ORDER))
        return made

    def _settle(self, text: str, candidates: list[Candidate], without: frozenset[str]) -> list[Finding]:
        if not candidates or (self._allow and text.strip() in self._allow):
            return []
        standing = [
            c for c in candidates if c.entity not in without and (c.score >= self._least or c.entity in self._asked)
        ]
        if self._allow:
            standing = self._not_allowed(text, standing)
        return resolve(text, standing)

    def _not_allowed(self, text: str, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates less those that are an allowed value or lie inside one that was found."""
        allowed = bytearray(len(text))
        for c in candidates:
            if text[c.start : c.end].strip() in self._allow:
                allowed[c.start : c.end] = b"\x01" * (c.end - c.start)
        return [c for c in candidates if not all(allowed[c.start : c.end])]


_DIGIT_VALIDATORS = frozenset({"luhn"} | {t.validator for t in BUILT_IN if t.checks_digits})


def _encodable(texts: Sequence[str]) -> bool:
    """Whether no text has a lone surrogate."""
    try:
        "".join(texts).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def clean(text: str) -> str:
    """The text with every lone surrogate as U+FFFD: one character for one, so offsets stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _validators(language: str | None) -> Mapping[str, Validator]:
    regions = REGIONS.get(language or "", ())
    if not regions:
        return VALIDATORS

    def national_there(text: str) -> bool | None:
        return True if national_in(text, regions) else national(text)

    return {**VALIDATORS, "phone_national": national_there}


_RECORD = tuple(field.name for field in fields(EntityType))
_PATTERN = tuple(field.name for field in fields(Pattern))


def _finding(entity: EntityType) -> Mapping[str, object]:
    """What of a type decides where it is found, but for the names of fields."""
    told = {"field_names", "whole_names", "countries", "source", "examples", "with_context", "not_examples"}
    return {name: getattr(entity, name) for name in _RECORD if name not in told}


def _digest(value: object) -> str:
    """SHA-256 of parts of records, hex; `pratique.model.codec.digest` takes a second for all of them."""
    data = json.dumps(value, sort_keys=True, ensure_ascii=False, default=_parts)
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


def _parts(value: object) -> Mapping[str, object]:
    if isinstance(value, Pattern):
        return {name: getattr(value, name) for name in _PATTERN}
    assert isinstance(value, EntityType)
    return {name: getattr(value, name) for name in _RECORD}
