"""The seams for what finds by code: recognisers (users' own, Presidio's) for one text, models of language for many."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath


@runtime_checkable
class Recognizer(Protocol):
    """Finds entity types in one text. Must be deterministic and safe to call from several threads.

    What it raises becomes a `DetectionError` that names the recogniser and nothing of the text: the caller then holds
    the record back (fail closed).
    """

    @property
    def name(self) -> str:
        """Shown as the detector of its findings."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        ...

    @property
    def digest(self) -> str:
        """Of everything that decides what it finds."""
        ...

    def find(self, text: str, field: FieldPath | None = None) -> list[Finding]:
        """Findings with offsets in `str` positions, in any order; overlaps are resolved by the caller."""
        ...


@runtime_checkable
class TextModel(Protocol):
    """A statistical model of language: finds names, places, organisations and the like in running text.

    Must be safe to call from several threads. What it finds in a text must depend on that text and on ``field`` alone,
    never on what else is in the call: a record becomes the same bytes however many are read at once. What it raises is
    handled as with a `Recognizer`.
    """

    @property
    def name(self) -> str:
        """Shown as the detector of its findings."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        ...

    @property
    def digest(self) -> str:
        """Of everything that decides what it finds."""
        ...

    def find_many(self, texts: Sequence[str], *, field: FieldPath | None = None) -> Sequence[list[Finding] | None]:
        """Findings of each text, in any order, with offsets in `str` positions; overlaps are resolved by the caller.

        None for a text that it did not read, because no language that it knows is in it: what others find there then
        counts as if there were no model.

        ``field``: where the texts are values of a field, its path, for models that take its name into account.
        """
        ...
