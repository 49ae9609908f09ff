"""The seam for recognisers that are code: users' own in Python, and Presidio's through `pratique.detect.presidio`."""

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
