"""The plan: policy, verdicts and schema compiled for one flow and route. Immutable, serialisable, hashed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pratique.errors import PolicyError
from pratique.model.classes import DataClass
from pratique.model.codec import LATER, canonical, decode, digest
from pratique.model.data import FormatSpec
from pratique.model.paths import FieldPath
from pratique.model.policy import Route, Scalar
from pratique.model.schema import Kind, Schema

PLAN_VERSION = 2
"""Version 2 knows logical types, a count of quarantined records, and fields that are Fernet-decoded."""


class Mode(StrEnum):
    """What a step does with its field."""

    KEEP = "keep"
    """Held as not personal: passes in canonical form, under the guard."""
    WHOLE = "whole"
    """The value as a whole goes through one transform."""
    TEXT = "text"
    """Spans inside the value are found and treated by their type's rule."""
    DROP = "drop"
    """The field is not in the output."""
    QUARANTINE = "quarantine"
    """A record with a non-null value here is quarantined (undecided, or personal without a rule)."""


@dataclass(frozen=True, slots=True)
class KeyRef:
    """Names a derived key; holds none. Keys derive by HKDF over exactly these words and the use."""

    domain: str
    entity: str
    """The rule's entity type."""
    version: int
    route: str
    """`Route.name`, ``local`` for a flow inside one region, ``shared`` for a domain shared between routes."""


@dataclass(frozen=True, slots=True)
class Applied:
    """One transform, checked, with everything it needs but the key's bytes."""

    entity: str
    transform: str
    version: int
    params: Mapping[str, Scalar]
    """Complete: defaults filled in, date formats resolved."""
    key: KeyRef | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one field."""

    path: FieldPath
    mode: Mode
    kinds: tuple[Kind, ...]
    """Input kinds accepted, sorted; anything else quarantines as ``retyped-field``."""
    optional: bool
    entities: tuple[str, ...]
    """The verdict's types."""
    apply: Applied | None
    """Of WHOLE."""
    spans: tuple[Applied, ...]
    """Of TEXT: one per entity type that has a rule. A finding of any other type quarantines the record."""
    waived: tuple[str, ...]
    output_class: DataClass
    output_kinds: tuple[Kind, ...]
    """Kinds that the output may have, sorted."""
    decided: str
    """``person``, ``bulk``, ``proposal`` or ``none``."""
    rule: str
    """The policy line that this came from, as ``policy.default.entities.PERSON``; for `plan` and errors."""
    output_logical: str = field(default="", metadata=LATER)
    """The logical type that the output keeps (`pratique.model.schema.Node.logical`); empty where it is a plain kind."""
    fernet: str = field(default="", metadata=LATER)
    """The Fernet key whose tokens stand in the field: they are decoded first, and what is in them is treated. Empty
    where the field's values stand as they are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what a run writes, but the input and the keys."""

    version: int
    flow: str
    source: str
    """Dataset name."""
    target: str
    source_region: str
    target_region: str
    route: Route | None
    """None for a flow inside one region."""
    policy: str
    schema: Schema
    steps: tuple[Step, ...]
    """One per leaf of the schema, in its order, which is the order of the output's keys."""
    subject: FieldPath | None
    data_class: DataClass
    """Of a record: the weakest class of its fields."""
    source_format: FormatSpec
    target_format: FormatSpec
    guard_score: float
    residue_score: float
    residue_limit: int
    max_quarantine: float
    part_size: int
    """Bytes."""
    components: Mapping[str, str]
    """Name to version or digest: kernel, transforms, normalisers, detectors, recogniser files, formats."""
    decisions: str
    """Digest of the decisions that counted."""
    bulk_decisions: int
    max_quarantine_count: int | None = field(default=None, metadata=LATER)
    """How many records may be in quarantine at most, beside `max_quarantine`, which is a share; None: any number."""

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical form, hex."""
        return digest(self)


def read_plan(document: bytes, *, where: str = "") -> Plan:
    """The plan of a stored document: its canonical form, and nothing else.

    A plan of an older version is read as what it was, and keeps its hash. Raises `PolicyError` for a plan of a newer
    version, and for anything that `canonical` would not have written.
    """
    try:
        fields = json.loads(document)
        version = fields.get("version") if isinstance(fields, dict) else None
        if type(version) is int and version > PLAN_VERSION:
            raise PolicyError("the plan was written by a newer version of Pratique", where=where, do="update to use it")
        plan = decode(Plan, fields)
        exact = 1 <= plan.version <= PLAN_VERSION and canonical(plan) == document
        exact = exact and (plan.version > 1 or not _is_later(plan))
    except (ValueError, TypeError, RecursionError):
        exact = False
    if not exact:
        raise PolicyError("what is stored as a plan does not read as one", where=where, do="compile it again") from None
    return plan


def _is_later(plan: Plan) -> bool:
    """Whether anything in the plan is of version 2."""
    if plan.max_quarantine_count is not None or any(step.fernet for step in plan.steps):
        return True
    return any(step.output_logical for step in plan.steps) or any(f.logical for f in plan.schema.fields())
