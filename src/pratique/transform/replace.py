"""replace: a constant in place of every value, ``<ENTITY>`` unless the policy names one."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import TransformError
from pratique.model.classes import DataClass
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import KeyStore, Treated
from pratique.transform.common import Base, Bools, BoundBase, as_texts, check_text, text_of, to_bools

_KINDS: Mapping[type, Kind] = {str: Kind.STRING, bool: Kind.BOOLEAN, int: Kind.INTEGER, float: Kind.DOUBLE}


class Replace(Base):
    """Every value becomes the same constant. Parameter ``with``: the constant (default ``<ENTITY>``); in text a
    text.
    """

    name = "replace"
    loses = "the value; that there was one of its type stays"
    _OWN = {"with": (str, int, float, bool)}  # noqa: RUF012 - declared ClassVar in the base

    def check(
        self,
        spec: TransformSpec,
        kinds: frozenset[Kind],  # noqa: ARG002
        entity: str,
        *,
        in_text: bool,
    ) -> Mapping[str, Scalar]:
        """``with``, complete."""
        params = self.read(spec)
        constant = params.setdefault("with", f"<{entity}>")
        if isinstance(constant, str):
            check_text(self.name, "with", constant)
        elif in_text:
            raise TransformError("replace: with is not a text, and stands in a text", do="put it in quotes")
        if text_of(constant) is None:
            raise TransformError("replace: with is not a value that a record can hold")
        return params

    def output_class(self, params: Mapping[str, Scalar], *, in_text: bool) -> DataClass:  # noqa: ARG002
        """A field that holds a constant does not count; a text with replaced spans is still pseudonymised."""
        return DataClass.PSEUDONYMISED if in_text else DataClass.NONE

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:
        """The constant's kind, and null where the input may be null."""
        return frozenset({_KINDS[type(params["with"])]}) | (kinds & {Kind.NULL})

    def emits(self, entity: str) -> frozenset[str]:
        """The type itself: a constant may look like what it stands for."""
        return frozenset({entity})

    def bind(self, applied: Applied, keys: KeyStore | None) -> "BoundReplace":  # noqa: ARG002
        """Needs no key."""
        return BoundReplace(applied.params["with"])


class BoundReplace(BoundBase):
    """Gives its constant."""

    def __init__(self, constant: Scalar) -> None:
        self._constant = constant

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """The constant for each."""
        return [self._constant] * len(values)

    def fits(self, values: pa.Array) -> Bools:
        """The constant alone, in its own type."""
        if isinstance(self._constant, str):
            texts = as_texts(values)
            if texts is None:
                return to_bools(values.is_null(), null=True)
            return to_bools(pc.equal(texts, self._constant), null=True)
        wanted = {bool: pa.types.is_boolean, int: pa.types.is_integer, float: pa.types.is_floating}
        if not wanted[type(self._constant)](values.type):
            return np.asarray(to_bools(values.is_null(), null=True))
        return to_bools(pc.equal(values, pa.scalar(self._constant)), null=True)
