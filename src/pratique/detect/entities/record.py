"""What an entity type is: a declarative, frozen record. The scanner compiles records; it knows no type by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which values of a type are written."""

    regex: str
    """RE2, without capturing groups, never matching a line feed or the empty text; the whole match is the candidate."""
    score: float
    """0 to 1, of a candidate on its own, where no validator gave a verdict."""
    validated: float = 0.0
    """Of a candidate that the validator proved, on its own; 0 where no validator can."""
    context: float = 0.0
    """With a context word near by, or a field name that is evidence; never lowers a score."""
    validator: str = ""
    """The validator of this pattern, where it is not the type's."""
    look: str = ""
    """Characters that stand, as they are, in every match: a pattern without them in the texts is not run."""
    edges: str = "number"
    """Which neighbours rule a candidate out: ``number`` (letters, digits, part of a number), ``word``, ``parts`` (a
    longer number in dots or colons), or ``none``; see `pratique.detect.neighbours.edges`."""

    trim: str = " ,"
    """Characters that do not belong to the value where they stand at its end."""
    lead: str = ""
    """RE2: what ``regex`` begins with as evidence only (``Tel.:``); the candidate begins after it."""
    more: str = ""
    """How a candidate goes on (a name in `pratique.detect.places`); what goes on for sure lends it ``validated``."""
    near: tuple[str, ...] = ()
    """Context words of this pattern alone, beside those of its type; ``@`` is any e-mail address."""
    needs_digit: bool = False
    """Whether a candidate without an ASCII digit is none, where ``regex`` cannot say so."""

    @property
    def best(self) -> float:
        """The highest score that a candidate can reach."""
        return max(self.score, self.validated, self.context)


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class of personal data, as data."""

    name: str
    patterns: tuple[Pattern, ...] = ()
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language (ISO 639-1; ``*`` for all): lower-case words near a value; with five letters also word beginnings."""
    against: tuple[str, ...] = ()
    """Words right before a candidate that rule it out (``version 1.2.3.4``)."""
    against_after: tuple[str, ...] = ()
    """Words right after a candidate that rule it out (``612 345 678 EUR``)."""
    validator: str = ""
    """A name in `pratique.detect.validators`."""
    checks_digits: bool = False
    """Whether the validator proves a bare number (check digits): only such types are looked for in numbers."""
    field_names: tuple[str, ...] = ()
    """Names of fields, in words, that are evidence of the type where a field's name ends with them."""
    whole_names: tuple[str, ...] = ()
    """Names of fields that are evidence only as the whole name."""
    whole_value: float = 0.0
    """Score of any worded value of a field whose name is evidence; 0 where the name alone says nothing of a value."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 codes; empty: everywhere."""
    source: str = ""
    """The public specification."""
    examples: tuple[str, ...] = ()
    """Values found at 0.5 or above on their own."""
    with_context: tuple[str, ...] = ()
    """Texts in which the type is found at 0.5 or above thanks to its context."""
    not_examples: tuple[str, ...] = ()
    """Values in which the type is not found at 0.5 or above."""
