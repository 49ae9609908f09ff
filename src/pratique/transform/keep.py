"""keep: the value as it is, for fields that may stay."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from pratique.model.classes import DataClass
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import REFUSED, KeyStore, Treated
from pratique.transform.common import Base, Bools, BoundBase, texts_of


class Keep(Base):
    """Passes a value unchanged. What is kept of personal data is personal; the guard looks at it."""

    name = "keep"
    reversible = True
    joins = True
    loses = "nothing"

    def check(
        self,
        spec: TransformSpec,
        kinds: frozenset[Kind],  # noqa: ARG002
        entity: str,  # noqa: ARG002
        *,
        in_text: bool,  # noqa: ARG002
    ) -> Mapping[str, Scalar]:
        """No parameters."""
        return self.read(spec)

    def output_class(self, params: Mapping[str, Scalar], *, in_text: bool) -> DataClass:  # noqa: ARG002
        """Personal: the kernel counts fields that were decided to be not personal apart."""
        return DataClass.PERSONAL

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:  # noqa: ARG002
        """Those of the input."""
        return kinds

    def output_logical(self, params: Mapping[str, Scalar], logical: str) -> str:  # noqa: ARG002
        """That of the input."""
        return logical

    def emits(self, entity: str) -> frozenset[str]:
        """The type itself."""
        return frozenset({entity})

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundKeep":  # noqa: ARG002
        """Needs no key."""
        return BoundKeep()


class BoundKeep(BoundBase):
    """Gives back what it takes, but for values that no canonical record can hold."""

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """The values; `REFUSED` for lone surrogates, integers beyond 64 bits, NaN and infinities."""
        return [REFUSED if text is None else value for value, text in zip(values, texts_of(values), strict=True)]

    def invert(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """The values, by the same rule."""
        return self.apply(values, subjects)

    def fits(self, values: pa.Array) -> Bools:
        """Everything fits."""
        return np.ones(len(values), dtype=bool)
