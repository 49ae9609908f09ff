"""Detection: what treats, and what the gate looks with."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.model.catalogue import Finding
from pratique.model.paths import FieldPath


@runtime_checkable
class TextDetector(Protocol):
    """Finds personal data in texts. Deterministic; safe to call from several threads; never raises on any text."""

    @property
    def without_model(self) -> "TextDetector":
        """The same without its model of language, which takes long: by this, kept values are guarded. Itself where it
        has none.
        """
        ...

    @property
    def digests(self) -> Mapping[str, str]:
        """Name to digest of everything that decides the findings (data, code version, recogniser files)."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        ...

    @property
    def types(self) -> Mapping[str, tuple[str, str]]:
        """Entity type to two digests: of what finds it in values (empty where nothing does), and of the field names
        that are evidence of it. What decides the findings of many types at once is in `digests` only.
        """
        ...

    @property
    def families(self) -> Mapping[str, str]:
        """Each of `entities` to its family, one of `pratique.model.families.FAMILIES`; empty for a type in none."""
        ...

    def find_many(
        self, texts: Sequence[str], *, field: FieldPath | None = None, without: frozenset[str] = frozenset()
    ) -> list[list[Finding]]:
        """Findings of each text, sorted by start, overlaps resolved. ``field`` is context, as evidence of its name.

        Types in ``without`` are left out before overlaps are resolved, so that what is waived hides nothing inside it.
        A model reads the texts too: about 80 texts of 500 characters a second and core.
        """
        ...

    def find_any(
        self,
        values: pa.Array,
        *,
        score: float,
        field: FieldPath | None = None,
        without: frozenset[str] = frozenset(),
    ) -> npt.NDArray[np.bool_]:
        """Of a string array without nulls: which values may hold a finding at or above ``score``.

        A fast first look that is never false where `find_many` of `without_model` finds something at that score (so
        True may be wrong, False may not). No model is asked.
        """
        ...

    def validated(self) -> frozenset[str]:
        """The entity types whose validator checks digits; numbers are scanned by these only."""
        ...

    def types_of_name(self, field: FieldPath) -> frozenset[str]:
        """The entity types that the field's name is evidence of."""
        ...


class ResidueDetector(Protocol):
    """The gate's own detectors: they share no pattern data and no model with those that treat."""

    @property
    def digests(self) -> Mapping[str, str]:
        """Name to digest of everything that decides the findings."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        ...

    def find_many(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Findings of each text, sorted by start."""
        ...

    def find_any(self, values: pa.Array, score: float) -> npt.NDArray[np.bool_]:
        """Of a string array without nulls: which values may hold a finding at or above ``score``; never falsely
        False.
        """
        ...
