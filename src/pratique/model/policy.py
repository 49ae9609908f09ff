"""What people write: policies, routes, flows. Data only; `pratique.config` reads it, `pratique.policy` judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pratique.model.classes import DataClass
from pratique.model.codec import LATER
from pratique.model.data import Dataset
from pratique.model.stream import DEFAULT_SPANS, Cluster, Spans

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file that a person wrote, for errors."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class TransformSpec:
    """A transform as a person asks for it: ``replace``, ``{token: viewer}``, ``{mask: {keep_last: 4}}``."""

    name: str
    domain: str | None = None
    """The pseudonym domain, of keyed transforms; written as the value: ``{token: viewer}`` or ``{token: {domain:
    viewer}}``."""
    params: Mapping[str, Scalar] = field(default_factory=dict)

    def __str__(self) -> str:
        """As a person writes it."""
        said = ", ".join(f"{name}: {value}" for name, value in self.params.items())
        if self.domain is None:
            return f"{{{self.name}: {{{said}}}}}" if said else self.name
        return f"{{{self.name}: {{domain: {self.domain}, {said}}}}}" if said else f"{{{self.name}: {self.domain}}}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a policy."""

    transform: TransformSpec | None
    """None only together with ``as_text`` or ``fernet``."""
    place: Place = Place()
    as_text: bool = False
    """``as: text``: find spans inside the value and treat each by its entity type's rule."""
    fernet: str = ""
    """Of a field: the Fernet key whose tokens stand there. They are decoded first; what is in them goes by this rule
    or, where it has neither transform nor ``as_text``, by the field's verdict."""
    family: str = ""
    """Of an entity type: the family whose rule this is; empty where it is the type's own."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules that say what to do with each entity type or field."""

    name: str
    entities: Mapping[str, Rule]
    fields: Mapping[str, Rule]
    """By ``dataset.path`` or ``*.path`` (as `show_path` writes); a field rule wins over entity rules."""
    not_personal: Rule
    """For fields that a person held to be free of personal data; ``keep`` unless said otherwise."""
    otherwise: str = "quarantine"
    """For personal data without a rule: ``quarantine``, ``drop``, ``redact`` or ``replace``."""
    place: Place = Place()
    families: Mapping[str, Rule] = field(default_factory=dict)
    """By family of types (`pratique.model.families.FAMILIES`); a rule for the type itself wins over its family's."""

    def resolved(self, families: Mapping[str, str]) -> "Policy":
        """The policy with the rules of families as rules of their types, by entity type to family.

        The rule of a type says in `Rule.family` whether it is its family's; types with a rule of their own keep it.
        """
        meant = {
            entity: replace(self.families[family], family=family)
            for family, entities in self.meant(families).items()
            for entity in entities
        }
        return replace(self, entities={**self.entities, **meant}, families={}) if self.families else self

    def meant(self, families: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Each family with a rule, in the policy's order, and the types that go by it; by entity type to family."""
        return {
            family: tuple(
                entity for entity, its in sorted(families.items()) if its == family and entity not in self.entities
            )
            for family in self.families
        }

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule."""
        return (*self.entities.values(), *self.families.values(), *self.fields.values(), self.not_personal)

    def decoded(self, dataset: str) -> dict[str, Rule]:
        """The rules under which a dataset's fields are decoded, by field as `show_path` writes it; a rule for the
        dataset's own field goes before one for ``*``.
        """
        found: dict[str, Rule] = {}
        for owner in ("*", dataset):
            rules = {key.partition(".")[2]: rule for key, rule in self.fields.items() if key.partition(".")[0] == owner}
            found.update(rules)
        return {path: rule for path, rule in found.items() if rule.fernet}


@dataclass(frozen=True, slots=True)
class Route:
    """Leave to go from one region to another."""

    source: str
    target: str
    data_class: DataClass
    """The weakest class that may pass."""
    basis: str
    until: str
    """ISO date, the last day on which the route is open (UTC)."""
    residue: int = 0
    """How many residue findings a release may hold."""
    residue_score: float = 0.6
    place: Place = Place()

    @property
    def name(self) -> str:
        """``eu -> us``."""
        return f"{self.source} -> {self.target}"


@dataclass(frozen=True, slots=True)
class Flow:
    """From which dataset, to which, under which policy."""

    name: str
    source: str
    target: str
    policy: str
    max_quarantine: float = 0.05
    """The share of records (0 to 1) in quarantine above which a release is refused."""
    max_quarantine_count: int | None = None
    """The number of records in quarantine above which a release is refused; None: any number."""
    shared_domains: tuple[str, ...] = ()
    """Domains whose tokens join across routes."""
    spans: Spans = DEFAULT_SPANS
    """Of a flow between topics."""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class UserEntity:
    """An entity type of the user's own, from the project file."""

    name: str
    patterns: tuple[str, ...] = ()
    """RE2 patterns; the whole match is the finding."""
    score: float = 0.6
    context: tuple[str, ...] = ()
    """Words near the value, or in the field's name, that raise the score."""
    validator: str = ""
    """A validator that the scanner knows by name (``luhn``, ``iban`` …), or empty."""
    field_names: tuple[str, ...] = ()
    """Field names (case-insensitive, whole name) that are evidence by themselves."""
    deny: tuple[str, ...] = ()
    """Exact words that always are of this type."""
    place: Place = Place()
    family: str = field(default="", metadata=LATER)
    """The family that the type is in, one of `pratique.model.families.FAMILIES`; empty: none of its own."""


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """What the project adds to detection."""

    entities: tuple[UserEntity, ...] = ()
    recognizers: tuple[str, ...] = ()
    """Presidio recogniser files, relative to the project's folder."""
    model: str = "default"
    """The model of language that reads free text and samples: ``default``, ``none``, or a file of the project."""
    allow: tuple[str, ...] = ()
    """Exact values that are never findings."""
    proposal_share: float = 0.05
    """The share of values at or above which a type is proposed for a field."""
    guard_score: float = 0.5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the project file names."""

    name: str
    public_key: str
    """Path of an Ed25519 public key (PEM), relative to the project's folder."""
    flows: tuple[str, ...] = ()
    """Of those who may re-identify: which flows."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One project file, checked."""

    root: str
    """The absolute folder of the project file."""
    name: str
    """The exporter's name, as it stands in releases."""
    regions: tuple[str, ...]
    keys: Mapping[str, str]
    """Key store URI by region: ``file:keys/eu.json``."""
    stewards: Mapping[str, Person]
    reidentifiers: Mapping[str, Person]
    datasets: Mapping[str, Dataset]
    policies: Mapping[str, Policy]
    routes: Mapping[str, Route]
    """By `Route.name`."""
    flows: Mapping[str, Flow]
    detection: DetectionSettings = DetectionSettings()
    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    """Where topics are."""
    state: str = ".pratique"
    """Folder of catalogue, runs, staging, quarantine and audit, one sub-folder per region; relative to root."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each named thing stands: ``datasets.channel`` → place."""
