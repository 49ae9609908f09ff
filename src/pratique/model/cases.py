"""The project's own cases: this made-up value in this field comes out like that."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pratique.model.paths import FieldPath
from pratique.model.policy import Place, Scalar


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was written, before it is known which kind its field has."""

    raw: str
    """The text, without quotes."""
    value: Scalar | None
    """What it is read as where nothing says which kind is wanted."""

    def __repr__(self) -> str:
        return "Given(…)"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must become of the value; everything that is named must hold."""

    output: Given | None = None
    """``is``: exactly this."""
    by: str = ""
    """The transform that treats it, whose grammar the output must fit; ``keep``, ``drop`` and ``text`` as well."""
    same_as: tuple[str, ...] = ()
    """Cases whose output is equal."""
    unlike: tuple[str, ...] = ()
    """Cases whose output is another one."""
    reversible: bool | None = None
    """Whether the inverse plan gives the value back."""
    quarantined: str = ""
    """The rule that holds the record back, or ``any``; ``none`` says no more than that it is not held back."""
    gone: tuple[str, ...] = ()
    """Texts that the output must not have in it."""
    remains: tuple[str, ...] = ()
    """Texts that it must have in it."""

    def __repr__(self) -> str:
        return "Expectation(…)"


@dataclass(frozen=True, slots=True)
class Case:
    """One value of one field, and what must become of it."""

    name: str
    """Unique in its file."""
    flow: str
    path: FieldPath
    given: Given
    expected: Expectation
    others: Mapping[FieldPath, Given] = field(default_factory=dict)
    """``with``: what else stands in the record, such as its subject."""
    place: Place = field(default_factory=Place)

    def __repr__(self) -> str:
        return f"Case({self.place})"
