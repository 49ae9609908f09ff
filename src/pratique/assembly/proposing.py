"""What a first draft proposes for files that were looked at: a subject, rules for families, types and fields."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pratique.config.draft import DraftDataset, DraftRule
from pratique.detect.entities.families import family_of
from pratique.detect.fieldnames import name_words
from pratique.errors import TransformError
from pratique.model.catalogue import Evidence, Scan
from pratique.model.paths import MARKERS, FieldPath, show_path
from pratique.model.policy import TransformSpec
from pratique.model.schema import Field, Kind
from pratique.transform import registry

_DOMAIN: Final = "people"
"""In which subjects join."""
_WORDS_OF_TEXT: Final = 4
"""Words that the values of a field of free text have on average, at least."""
_DATES: Final = frozenset({"DATE_TIME", "DATE_OF_BIRTH"})
_EMPTY: Final = 0.05
"""The share of records that may lack a subject."""

FAMILIES: Final[Mapping[str, TransformSpec]] = {
    "name": TransformSpec("replace"),
    "contact": TransformSpec("token", "contact"),
    "address": TransformSpec("replace"),
    "place": TransformSpec("replace"),
    "date": TransformSpec("shift_date"),
    "trait": TransformSpec("redact"),
    "national-id": TransformSpec("redact"),
    "identity-card": TransformSpec("redact"),
    "passport": TransformSpec("redact"),
    "driving-licence": TransformSpec("redact"),
    "tax-id": TransformSpec("redact"),
    "vat-id": TransformSpec("redact"),
    "social-security": TransformSpec("redact"),
    "health": TransformSpec("redact"),
    "profession": TransformSpec("redact"),
    "bank-account": TransformSpec("redact"),
    "payment": TransformSpec("redact"),
    "organisation": TransformSpec("replace"),
    "vehicle": TransformSpec("redact"),
    "device": TransformSpec("redact"),
    "online": TransformSpec("redact"),
    "reference": TransformSpec("replace"),
    "credential": TransformSpec("redact"),
}
"""Every family has a rule, so that what the first glance did not see is treated too, and holds no text back."""
_TYPES: Final[Mapping[str, TransformSpec]] = {
    "UUID": TransformSpec("token", "ids"),
    "CREDIT_CARD": TransformSpec("mask", None, {"keep_last": 4}),
    "IP_ADDRESS": TransformSpec("generalise"),
}
"""Of types that are found and are better served by a rule of their own."""
_OTHERWISE: Final = TransformSpec("redact")
"""Where a rule does not fit what was found, and for types in no family."""

_WHO: Final = frozenset(
    {
        "account",
        "client",
        "contact",
        "customer",
        "employee",
        "guest",
        "holder",
        "household",
        "member",
        "passenger",
        "patient",
        "payer",
        "person",
        "policyholder",
        "student",
        "subject",
        "subscriber",
        "tenant",
        "user",
        "viewer",
        "visitor",
        "benutzer",
        "kunde",
        "kunden",
        "mieter",
        "mitarbeiter",
        "patientin",
        "versicherter",
    }
)
_WHICH: Final = frozenset({"id", "ids", "key", "nr", "no", "num", "number", "nummer", "code", "ref", "uuid"})


def kinds_words(leaf: Field) -> str:
    """The kinds of a field's values, for a comment."""
    return leaf.logical or " or ".join(sorted(leaf.kinds - {Kind.NULL})) or "null"


def likely_subject(scan: Scan, proposed: Mapping[FieldPath, tuple[str, ...]]) -> FieldPath | None:
    """The field that most likely says whom a record is about: by its name, else a filled field of addresses."""
    evidence = {e.path: e for e in scan.evidence}
    best: tuple[int, FieldPath] | None = None
    for leaf in scan.schema.fields():
        seen = evidence.get(leaf.path)
        if set(leaf.path) & MARKERS or leaf.kinds - {Kind.NULL} not in ({Kind.STRING}, {Kind.INTEGER}) or seen is None:
            continue
        if not show_path(leaf.path).isprintable():
            continue  # A project file takes no such name there.
        if not seen.sampled or seen.nulls > _EMPTY * seen.sampled or leaf.optional:
            continue
        rank = _rank(leaf, seen, proposed.get(leaf.path, ()))
        if rank and (best is None or rank > best[0]):
            best = rank, leaf.path
    return None if best is None else best[1]


def _rank(leaf: Field, seen: Evidence, types: Sequence[str]) -> int:
    words = name_words(leaf.path[-1])
    joined = re.fullmatch(f"({'|'.join(sorted(_WHO))})({'|'.join(sorted(_WHICH))})", words[-1]) if words else None
    if joined or (len(words) > 1 and words[-1] in _WHICH and words[-2] in _WHO):
        return 3
    if words and words[-1] in _WHO and seen.mean_words < 2:  # noqa: PLR2004 - one word, not a name
        return 2
    return 1 if "EMAIL_ADDRESS" in types and seen.distinct > 1 else 0


def _is_text(leaf: Field, seen: Evidence | None) -> bool:
    """Whether what is personal stands inside the field's values, not as a whole."""
    if seen is None or Kind.STRING not in leaf.kinds or leaf.logical or seen.mean_words < _WORDS_OF_TEXT:
        return False
    hits = sum(found.hits for found in seen.types)
    return hits > 0 and 2 * sum(found.whole for found in seen.types) < hits


_Found = Sequence[tuple[DraftDataset, Scan, Mapping[FieldPath, tuple[str, ...]]]]
_Drafted = tuple[tuple[DraftRule, ...], tuple[DraftRule, ...], tuple[DraftRule, ...]]


def draft_rules(found: _Found) -> _Drafted:
    """Rules for every family of types, for types that need another than their family's, and for single fields."""
    rules = _Rules(subjects=all(dataset.subject is not None for dataset, _, _ in found))
    for dataset, scan, proposed in found:
        evidence = {e.path: e for e in scan.evidence}
        for leaf in scan.schema.fields():
            rules.add(dataset, scan, leaf, evidence.get(leaf.path), proposed.get(leaf.path, ()))
    return rules.drafted()


class _Rules:
    """Gathers the rules that what is found in fields asks for."""

    def __init__(self, *, subjects: bool) -> None:
        """``subjects``: whether every dataset has one."""
        self._transforms = registry()
        self._families = dict(FAMILIES) if subjects else {**FAMILIES, "date": _OTHERWISE}
        self._subjects = subjects
        self._own: dict[str, TransformSpec] = {}
        self._why: dict[str, str] = {}
        self._fields: list[DraftRule] = []

    def add(
        self, dataset: DraftDataset, scan: Scan, leaf: Field, seen: Evidence | None, proposed: tuple[str, ...]
    ) -> None:
        """What one field asks for."""
        types, key = proposed, f"{dataset.name}.{show_path(leaf.path)}"
        in_text = scan.format.name == "text" or _is_text(leaf, seen)
        if in_text and seen is not None:
            # A finding without a rule would hold the whole text back.
            types = tuple(dict.fromkeys((*types, *(one.entity for one in seen.types if one.hits))))
            if scan.format.name != "text":
                self._fields.append(DraftRule(key, "{as: text}", "free text: each find by its type"))
        elif leaf.path == dataset.subject and "EMAIL_ADDRESS" not in types:
            # Whatever its values look like, it is what joins: a constant in its place would end that.
            self._fields.append(DraftRule(key, f"{{token: {_DOMAIN}}}", "the subject"))
            return
        for entity in types:
            self._fit(entity, leaf, seen, in_text=in_text)

    def _fit(self, entity: str, leaf: Field, seen: Evidence | None, *, in_text: bool) -> None:
        """Give the type a rule of its own where its family's does not do for this field."""
        familys = self._families.get(family_of(entity))
        spec = self._own.get(entity) or _TYPES.get(entity) or familys or _OTHERWISE
        reason = _unfit(spec, leaf, entity, seen, in_text=in_text)
        if not reason:
            try:
                self._transforms[spec.name].check(spec, leaf.kinds, entity, in_text=in_text)
            except TransformError:
                reason = f"{spec.name} does not fit every field that has it"
        if reason:
            spec, self._why[entity] = _OTHERWISE, reason
        if spec != familys:
            self._own[entity] = spec

    def drafted(self) -> _Drafted:
        """The lines of the file."""
        why = {} if self._subjects else {"date": "shift_date needs a subject in every dataset"}
        families = (DraftRule(name, str(spec), why.get(name, "")) for name, spec in self._families.items())
        own = (DraftRule(name, str(spec), self._why.get(name, "")) for name, spec in sorted(self._own.items()))
        return tuple(families), tuple(own), tuple(self._fields)


def _unfit(spec: TransformSpec, leaf: Field, entity: str, seen: Evidence | None, *, in_text: bool) -> str:
    """Why a rule would not work for what was found in a field; empty where it would."""
    if spec.name != "shift_date":
        return ""
    dated = in_text or (entity in _DATES and seen is not None and len(seen.date_formats) == 1)
    return "" if dated or leaf.logical else "shift_date needs dates of one form; say format"
