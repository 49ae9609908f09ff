"""Transforms: one way to treat a value each."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.model.classes import DataClass
from pratique.model.plan import Applied
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports.keys import KeyStore


class Refusal:
    """What a transform returns in place of a value that it cannot treat safely. One object: `REFUSED`."""

    def __repr__(self) -> str:
        return "REFUSED"

    def __reduce__(self) -> str:
        return "REFUSED"


REFUSED = Refusal()

Treated = Scalar | None | Refusal


@runtime_checkable
class BoundTransform(Protocol):
    """A transform with its parameters and, where it is keyed, its key."""

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """One output per value, in order; `REFUSED` where a value is outside the transform's domain.

        ``values`` are distinct unless ``subjects`` (same length, given exactly if ``needs_subject``) makes the pairs
        distinct.
        Never raises on a value. Stateless: the output depends on value, subject, parameters and key only.
        """
        ...

    def apply_array(self, values: pa.Array) -> pa.Array | None:
        """What `apply` gives for a column of distinct values without subjects, in bulk, where nothing is refused;
        None where
        the transform has no such way, or the values are not fit for it.
        """
        ...

    def invert(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """The normal form of what went in; `REFUSED` for what is not an output of this transform under this key."""
        ...

    def proves(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Of output values (string array): which are proven outputs of this very transform and key (tokens: authentic).
        All False where the transform cannot prove it.
        """
        ...

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where proven outputs of this very transform and key stand in a free text; none where it cannot prove any."""
        ...

    def fits(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Of output values (any Arrow type): which fit the output grammar."""
        ...


@runtime_checkable
class Transform(Protocol):
    """One way to treat a value."""

    name: str
    version: int
    reversible: bool
    keyed: bool
    needs_subject: bool
    joins: bool
    """Whether equal inputs have equal outputs inside a domain."""
    loses: str
    """What is lost, in a few words, for `plan`."""

    def check(self, spec: TransformSpec, kinds: frozenset[Kind], entity: str, *, in_text: bool) -> Mapping[str, Scalar]:
        """Complete parameters for values of these kinds; raises `TransformError` that says what is wrong with the
        spec.
        """
        ...

    def output_class(self, params: Mapping[str, Scalar], *, in_text: bool) -> DataClass:
        """What its output is."""
        ...

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:
        """Kinds of its output for input of these kinds (NULL stays NULL and is never passed in)."""
        ...

    def output_logical(self, params: Mapping[str, Scalar], logical: str) -> str:
        """The logical type of its output for input of this one (see `pratique.model.schema.Node.logical`); empty where
        outputs are plain texts and numbers.
        """
        ...

    def bind(self, applied: Applied, keys: "KeyStore | None") -> BoundTransform:
        """Raises `KeyStoreError` where the key is missing."""
        ...

    def emits(self, entity: str) -> frozenset[str]:
        """Entity types that a scanner may rightly find in this transform's output (shifted dates are dates)."""
        ...
