"""redact: null in place of a field's value; nothing in place of a span of text."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pratique.model.classes import DataClass
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import KeyStore, Treated
from pratique.transform.common import Base, Bools, BoundBase, as_texts, to_bools


class Redact(Base):
    """Takes the value away and leaves its place: null in a structured field, an empty span in a text."""

    name = "redact"
    loses = "the value"

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
        """A redacted field does not count; a text with spans taken out is still pseudonymised."""
        return DataClass.PSEUDONYMISED if in_text else DataClass.NONE

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:  # noqa: ARG002
        """Null."""
        return frozenset({Kind.NULL})

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundRedact":  # noqa: ARG002
        """Needs no key."""
        return BoundRedact()


class BoundRedact(BoundBase):
    """Gives None for every value; in text the kernel writes nothing for it."""

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """None for each."""
        return [None] * len(values)

    def fits(self, values: pa.Array) -> Bools:
        """Null and the empty text."""
        texts = as_texts(values)
        empty = values.is_null() if texts is None else pc.equal(texts, "")
        return to_bools(empty, null=True)
