"""What the transforms share: the canonical text of a value, parameters, keys, grammar checks, and default behaviour."""

import math
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import KeyStoreError, TransformError
from pratique.model.classes import DataClass
from pratique.model.plan import Applied, KeyRef
from pratique.model.policy import Scalar, TransformSpec
from pratique.model.schema import Kind
from pratique.ports import REFUSED, KeyStore, Secret, Treated

Bools = npt.NDArray[np.bool_]

INT64_MIN, INT64_MAX = -(1 << 63), (1 << 63) - 1
_TEXT_TYPES = frozenset({"string", "large_string", "string_view", "null"})
_TYPE_NAMES: Mapping[type, str] = {str: "text", int: "whole number", float: "number", bool: "Boolean"}


class Base:
    """A transform that is not keyed, does not join and cannot be reversed, until its class says otherwise."""

    name: str
    version: int = 1
    reversible: bool = False
    keyed: bool = False
    needs_subject: bool = False
    joins: bool = False
    loses: str
    _OWN: ClassVar[Mapping[str, tuple[type, ...]]] = {}
    """Parameters that a policy may give, with their types."""

    def read(self, spec: TransformSpec) -> dict[str, Scalar]:
        """The given parameters, their names and types checked, and the domain: given exactly to what is keyed."""
        for name, value in spec.params.items():
            if name not in self._OWN:
                takes = ", ".join(sorted(self._OWN)) or "none"
                raise TransformError(f"{self.name} has no parameter {name}", do=f"it takes: {takes}")
            if type(value) not in self._OWN[name]:
                wanted = " or ".join(_TYPE_NAMES[t] for t in self._OWN[name])
                raise TransformError(f"{self.name}: {name} is not a {wanted}")
        if spec.domain is not None and not self.keyed:
            raise TransformError(f"{self.name} is not keyed and takes no domain")
        return dict(spec.params)

    def output_class(self, params: Mapping[str, Scalar], *, in_text: bool) -> DataClass:  # noqa: ARG002
        """Pseudonymised: a measurement, never a transform alone, makes it anonymised."""
        return DataClass.PSEUDONYMISED

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:  # noqa: ARG002
        """Text, and null where the input may be null."""
        return frozenset({Kind.STRING}) | (kinds & {Kind.NULL})

    def output_logical(self, params: Mapping[str, Scalar], logical: str) -> str:  # noqa: ARG002
        """None: what comes out is no date, decimal or the like any more."""
        return ""

    def emits(self, entity: str) -> frozenset[str]:  # noqa: ARG002
        """Nothing that a scanner should find."""
        return frozenset()


class BoundBase:
    """A bound transform that cannot be reversed and proves nothing, until its class says otherwise."""

    def invert(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:  # noqa: ARG002
        """Everything is `REFUSED`: what went in is not in what came out."""
        return [REFUSED] * len(values)

    def proves(self, values: pa.Array) -> Bools:
        """Nothing."""
        return np.zeros(len(values), dtype=bool)

    def apply_array(self, values: pa.Array) -> pa.Array | None:  # noqa: ARG002
        """None: each value goes through `apply`."""
        return None

    def spans(self, text: str) -> list[tuple[int, int]]:  # noqa: ARG002
        """None."""
        return []


def need_domain(spec: TransformSpec) -> None:
    """Raise `TransformError` unless the spec names a domain that can stand in a key's name."""
    if not spec.domain:
        raise TransformError(f"{spec.name} has no domain", do=f"write {{{spec.name}: DOMAIN}}")
    check_text(spec.name, "domain", spec.domain)


def check_text(transform: str, name: str, text: str) -> None:
    """Raise `TransformError` for a parameter's text that is not printable Unicode of at most 1,000 characters."""
    if len(text) > 1000 or not text.isprintable():  # noqa: PLR2004 - said in the docstring
        raise TransformError(f"{transform}: {name} is not a printable text of at most 1000 characters")


def whole_number(transform: str, params: Mapping[str, Scalar], name: str, low: int, high: int) -> int:
    """The parameter as an integer in ``[low, high]``; `TransformError` otherwise."""
    value = params[name]
    if type(value) is not int or not low <= value <= high:
        raise TransformError(f"{transform}: {name} is not a whole number from {low} to {high}")
    return value


def derived(applied: Applied, keys: KeyStore | None, use: str, length: int) -> tuple[Secret, KeyRef]:
    """The key of a keyed transform; `KeyStoreError` where the plan names none or no key store is at hand."""
    if applied.key is None:
        raise KeyStoreError(f"the plan names no key for {applied.transform}")
    if keys is None:
        raise KeyStoreError(f"{applied.transform} needs a key store")
    return keys.derive(use, applied.key, length), applied.key


def text_of(value: object) -> str | None:
    """The canonical text of a scalar; None for what has none: other types, integers beyond 64 bits, NaN and infinities,
    text that UTF-8 cannot hold (lone surrogates).
    """
    kind = type(value)
    if kind is str:
        return value if _encodable(value) else None  # type: ignore[return-value,arg-type]
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value) if INT64_MIN <= value <= INT64_MAX else None  # type: ignore[operator]
    if kind is float:
        # The canonical record's text of a double, so that a value is named alike wherever it stands.
        return orjson.dumps(value).decode() if math.isfinite(value) else None  # type: ignore[arg-type]
    return None


def texts_of(values: Sequence[object]) -> list[str | None]:
    """`text_of` of each value; texts alone (the usual case) are checked in one go."""
    if all(type(v) is str for v in values) and _encodable("".join(values)):  # type: ignore[arg-type]
        return list(values)  # type: ignore[arg-type]
    return [text_of(v) for v in values]


def _encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def spread(treated: Sequence[Treated], places: Sequence[int], length: int) -> list[Treated]:
    """``treated[i]`` at ``places[i]`` of a list of this length, `REFUSED` everywhere else."""
    if len(places) == length:
        return list(treated)
    out: list[Treated] = [REFUSED] * length
    for place, value in zip(places, treated, strict=True):
        out[place] = value
    return out


def as_texts(values: pa.Array) -> pa.Array | None:
    """The array as ``large_string``, if it holds texts (or only nulls); None for any other type."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if str(values.type) not in _TEXT_TYPES:
        return None
    return values.cast(pa.large_string())


def to_bools(found: pa.Array, *, null: bool) -> Bools:
    """A Boolean array as numpy, with what stands for null."""
    return np.asarray(pc.fill_null(found, null).to_numpy(zero_copy_only=False), dtype=bool)


def matches(values: pa.Array, pattern: str) -> Bools:
    """Which values are texts that ``pattern`` (RE2) matches as a whole. Null carries nothing, so it fits."""
    texts = as_texts(values)
    if texts is None:
        return to_bools(values.is_null(), null=True)
    return to_bools(pc.match_substring_regex(texts, rf"\A(?:{pattern})\z"), null=True)
