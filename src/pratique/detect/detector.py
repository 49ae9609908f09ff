"""The treating detector behind `pratique.ports.TextDetector`: scanner, finder of people, users' types, recognisers."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.detect.check_digits import Validator
from pratique.detect.custom import CustomType
from pratique.detect.entities import BUILT_IN, EntityType
from pratique.detect.fieldnames import FieldNames
from pratique.detect.look import FirstLook
from pratique.detect.names import names
from pratique.detect.overlaps import Candidate, resolve
from pratique.detect.people import PeopleFinder
from pratique.detect.phones import REGIONS, national, national_in
from pratique.detect.reading import LOOK, read, wrapped
from pratique.detect.recognizer import Recognizer
from pratique.detect.scanner import REPORTED, Scanner
from pratique.detect.validators import VALIDATORS
from pratique.errors import DetectionError
from pratique.model.catalogue import Finding
from pratique.model.codec import digest
from pratique.model.paths import FieldPath
from pratique.model.policy import Place, UserEntity

VERSION = 2
"""Of the code here, in `digests`: raised with every change that can change a finding."""
_WORTH_A_LOOK = 256
_SHORT = 200
"""Bytes a value, beyond which nearly every value is worth reading, and a first look only costs."""
_USER_ORDER = -1_000
_LONGEST_WHOLE = 200
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    ) -> None:
        self._custom = tuple(CustomType(entity, _USER_ORDER + at) for at, entity in enumerate(custom))
        self._recognizers = tuple(recognizers)
        self._allow = frozenset(value.strip() for value in allow)
        available = {t.name for t in BUILT_IN} | {c.entity.name for c in self._custom}
        available |= {name for recognizer in recognizers for name in recognizer.entities}
        if entities is not None and (unknown := entities - available):
            raise DetectionError(f"unknown entity types: {', '.join(sorted(unknown))}")
        self._entities = frozenset(available if entities is None else entities)
        self._language = language
        self._types = tuple(t for t in BUILT_IN if t.name in self._entities)
        self._custom = tuple(c for c in self._custom if c.entity.name in self._entities)
        self._scanner = Scanner(self._types, _validators(language))
        order = {t.name: at for at, t in enumerate(BUILT_IN)}
        self._people = PeopleFinder(order["PERSON"]) if "PERSON" in self._entities else None
        self._names = FieldNames(self._types)
        self._by_name = {t.name: t for t in self._types if t.whole_value}
        self._order = order
        users = tuple(look for c in self._custom for look in c.looks)
        self._look = FirstLook((*self._scanner.looks, LOOK), users, people=self._people is not None)

    @property
    def digests(self) -> Mapping[str, str]:
        """Of patterns, code, lists of names, libraries with data, users' types, each recogniser."""
        shown = {
            "detect.code": str(VERSION),
            "detect.patterns": _digest_of_types(self._types),
            "detect.names": names().digest if self._people is not None else "",
            "detect.phonenumbers": version("phonenumbers"),
            "detect.stdnum": version("python-stdnum"),
            "detect.language": self._language or "",
            "detect.custom": digest([replace(c.entity, place=Place()) for c in self._custom]),
            "detect.allow": digest(sorted(self._allow)),
        }
        return {**shown, **{f"detect.recognizer.{r.name}": r.digest for r in self._recognizers}}

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        return self._entities

    @property
    def types(self) -> Mapping[str, tuple[str, str]]:
        """Of built-in and users' types: digests of what finds them, and of the names that are evidence of them."""
        found = {t.name: (digest(_finding(t)), digest([t.field_names, t.whole_names])) for t in self._types}
        for user in (c.entity for c in self._custom):
            ways = digest(replace(user, place=Place(), field_names=())) if user.patterns or user.deny else ""
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
        distinct = list(dict.fromkeys(texts))
        found = dict(zip(distinct, self._find(distinct, field, without), strict=True))
        return [list(found[text]) for text in texts]

    def find_any(
        self,
        values: pa.Array,
        *,
        score: float,
        field: FieldPath | None = None,
        without: frozenset[str] = frozenset(),
    ) -> npt.NDArray[np.bool_]:
        """Which values hold a finding at or above ``score``: exact, by a look in Arrow and a scan of what is left."""
        values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        answer = np.zeros(len(values), np.bool_)
        if not len(values):
            return answer
        possible = np.flatnonzero(self._possible(values, field))
        if len(possible):
            texts = values.take(pa.array(possible)).to_pylist()
            found = self.find_many(texts, field=field, without=without)
            answer[possible] = [any(f.score >= score for f in findings) for findings in found]
        return answer

    def _possible(self, values: pa.Array, field: FieldPath | None) -> npt.NDArray[np.bool_]:
        if len(values) < _WORTH_A_LOOK or values.nbytes > _SHORT * len(values) or self._always(field):
            return np.ones(len(values), np.bool_)
        patterns = self._look.patterns(values)
        rest = np.flatnonzero(~patterns)
        if len(rest):
            patterns[rest] = self._look.people(values.take(pa.array(rest)), by_name=False)
        return patterns

    def _always(self, field: FieldPath | None) -> bool:
        """Whether the first look cannot speak: code it cannot see into, or a field whose name says what it holds."""
        if self._recognizers or self._look.blind:
            return True
        return field is not None and bool(self.types_of_name(field) & (set(self._by_name) | self._custom_names()))

    def _custom_names(self) -> set[str]:
        return {c.entity.name for c in self._custom}

    def _find(self, texts: list[str], field: FieldPath | None, without: frozenset[str]) -> list[list[Finding]]:
        texts = [clean(text) for text in texts]
        possible: Sequence[int] = range(len(texts))
        if len(texts) >= _WORTH_A_LOOK and max(map(len, texts)) < _SHORT and not self._always(field):
            possible = np.flatnonzero(self._possible(pa.array(texts, pa.large_string()), field)).tolist()
        findings: list[list[Finding]] = [[] for _ in texts]
        readings = [read(texts[at]) for at in possible]
        candidates = self._candidates([reading.text for reading in readings], field)
        for at, reading, found in zip(possible, readings, candidates, strict=True):
            findings[at] = [reading.written(finding) for finding in self._settle(reading.text, found, without)]
        return findings

    def _candidates(self, texts: list[str], field: FieldPath | None) -> list[list[Candidate]]:
        evidence = self.types_of_name(field) if field is not None else frozenset()
        found = self._scanner.scan(texts, evidence)
        self._add_wrapped(texts, evidence, found)
        by_name = "PERSON" in evidence
        for text, candidates in zip(texts, found, strict=True):
            if self._people is not None:
                candidates.extend(self._people.find(text, by_name=by_name))
            for custom in self._custom:
                candidates.extend(custom.find(text, field))
            for name in sorted(evidence & self._by_name.keys()):
                candidates.extend(self._whole(text, self._by_name[name]))
            for recognizer in self._recognizers:
                candidates.extend(self._recognized(recognizer, text, field))
        return found

    def _add_wrapped(self, texts: list[str], evidence: frozenset[str], found: list[list[Candidate]]) -> None:
        """Add what is validated and lies across a line break."""
        pieces = [(at, piece) for at, text in enumerate(texts) for piece in wrapped(text)]
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
            made.append(Candidate(start, end, entity, score, recognizer.name, order=_USER_ORDER))
        return made

    def _settle(self, text: str, candidates: list[Candidate], without: frozenset[str]) -> list[Finding]:
        if not candidates or (self._allow and text.strip() in self._allow):
            return []
        standing = [c for c in candidates if c.score >= REPORTED and c.entity in self._entities - without]
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


def _finding(entity: EntityType) -> Mapping[str, object]:
    """What of a type decides where it is found, but for the names of fields."""
    told = {"field_names", "whole_names", "countries", "source", "examples", "with_context", "not_examples"}
    return {name: value for name, value in asdict(entity).items() if name not in told}


def _digest_of_types(types: Sequence[EntityType]) -> str:
    data = json.dumps([asdict(t) for t in types], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(data.encode("utf-8")).hexdigest()
