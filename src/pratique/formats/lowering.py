"""Arrow arrays of logical types to the texts and numbers that stand for them, and back (`pratique.model.logical`)."""

import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pratique.errors import FormatError
from pratique.formats.distinct import raw_bytes
from pratique.model.logical import DIGITS, Logical, binary_of, binary_text, read_logical
from pratique.model.schema import Kind

KIND_TYPES = {Kind.STRING: pa.string(), Kind.INTEGER: pa.int64(), Kind.DOUBLE: pa.float64(), Kind.BOOLEAN: pa.bool_()}
"""The Arrow type of each scalar kind, as columns have it."""
_PLAIN = {str(arrow): kind for kind, arrow in KIND_TYPES.items()} | {"large_string": Kind.STRING}
_NUMBERS = ("int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64", "halffloat", "float")
_FLOATS = {"halffloat": "float16", "float": "float32"}
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
"""0001-01-01 and 9999-12-31, in days since 1970."""
_DAY = 86_400
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_UUID = 16

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lowered:
    """What became of an array."""

    values: pa.Array
    """Of the kind's Arrow type; null where the input was null or bad."""
    bad: Mask | None
    """Which values have no text or number; None: all have."""


def kind_and_logical(arrow: pa.DataType) -> tuple[Kind, str] | None:
    """The kind and logical type (empty: none) of an Arrow scalar type; None for types that are not read."""
    name = str(arrow)
    if name in _PLAIN:
        return _PLAIN[name], ""
    if pa.types.is_null(arrow):
        return Kind.NULL, ""
    logical = read_logical(_logical_name(arrow, name))
    return None if logical is None else (logical.kind, logical.name)


def _logical_name(arrow: pa.DataType, name: str) -> str:
    if name in _NUMBERS:
        return _FLOATS.get(name, name)
    if pa.types.is_date32(arrow):
        return "date32"
    if pa.types.is_timestamp(arrow):
        return f"timestamp[{arrow.unit}, {arrow.tz}]" if arrow.tz else f"timestamp[{arrow.unit}]"
    if pa.types.is_fixed_size_binary(arrow):
        return f"fixed_size_binary({arrow.byte_width})"
    if pa.types.is_large_binary(arrow):
        return "binary"
    return "uuid" if is_uuid(arrow) else name


def is_uuid(arrow: pa.DataType) -> bool:
    """Whether it is Arrow's own extension type for UUIDs."""
    return isinstance(arrow, pa.BaseExtensionType) and arrow.extension_name == "arrow.uuid"


def arrow_type(kind: Kind, logical: str) -> pa.DataType:
    """The Arrow type that values of a kind and logical type are raised to. Raises `FormatError` for an unknown name."""
    if not logical:
        return KIND_TYPES[kind]
    known = read_logical(logical)
    if known is None or known.kind is not kind:
        raise FormatError("a logical type that this version does not know", do="update Pratique")
    made = _MADE.get(known.base)
    return made(known) if made else pa.type_for_alias(known.base)


_MADE: Mapping[str, Callable[[Logical], pa.DataType]] = {
    "timestamp": lambda of: pa.timestamp(of.unit, of.zone or None),
    "time32": lambda of: pa.time32(of.unit),
    "time64": lambda of: pa.time64(of.unit),
    "duration": lambda of: pa.duration(of.unit),
    "decimal128": lambda of: pa.decimal128(of.precision, of.scale),
    "decimal256": lambda of: pa.decimal256(of.precision, of.scale),
    "uuid": lambda _: pa.binary(_UUID),
    "fixed_size_binary": lambda of: pa.binary(of.width),
}


# --- down -----------------------------------------------------------------------------------------------------------


def lower(values: pa.Array, logical: str) -> Lowered:
    """The texts or numbers of an array of the Arrow type that has this logical type (empty: of a kind's own type)."""
    if not logical:
        return _lower_plain(values)
    known = read_logical(logical)
    assert known is not None
    if known.kind is not Kind.STRING:
        return _lower_number(values, known)
    if known.base in ("binary", "fixed_size_binary"):
        return Lowered(_binary_texts(values.cast(pa.binary())), None)
    if known.base == "uuid":
        return Lowered(_uuid_texts(values), None)
    if known.base.startswith("decimal"):
        return Lowered(_decimal_texts(values, known.scale), None)
    return _lower_time(values, known)


def _lower_plain(values: pa.Array) -> Lowered:
    if pa.types.is_large_string(values.type):
        values = values.cast(pa.string())
    if pa.types.is_string(values.type):
        bad = _mangled(values)
        return Lowered(_without(values, bad), bad)
    if pa.types.is_float64(values.type):
        bad = _flags(pc.invert(pc.is_finite(values)))
        return Lowered(_without(values, bad), bad)
    return Lowered(values, None)


def _mangled(values: pa.Array) -> Mask | None:
    """Which texts are not UTF-8, which nobody has looked at so far."""
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        return np.array([data is not None and not _is_utf8(data) for data in values.view(pa.binary()).to_pylist()])
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _flags(found: pa.Array) -> Mask | None:
    """Where an array of booleans says so; None where it does nowhere."""
    if not pc.any(found).as_py():
        return None
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), np.bool_)


def _without(values: pa.Array, bad: Mask | None) -> pa.Array:
    if bad is None:
        return values
    if pa.types.is_string(values.type):
        # Nothing may look at these bytes as a text, not even to leave them out.
        kept = pc.if_else(pa.array(bad), pa.scalar(None, pa.binary()), values.view(pa.binary()))
        return kept.view(pa.string())
    return pc.if_else(pa.array(bad), pa.scalar(None, values.type), values)


def _lower_number(values: pa.Array, known: Logical) -> Lowered:
    if known.base == "duration":
        return Lowered(values.view(pa.int64()), None)
    if known.kind is Kind.DOUBLE:
        return _lower_plain(values.cast(pa.float64()))
    if known.base != "uint64":
        return Lowered(values.cast(pa.int64()), None)
    bad = _flags(pc.greater(values, pa.scalar((1 << 63) - 1, pa.uint64())))
    return Lowered(_without(values, bad).cast(pa.int64()), bad)


def _lower_time(values: pa.Array, known: Logical) -> Lowered:
    """Dates, times of day and instants, by Arrow's own writer; only what is within its range goes there."""
    width = pa.int32() if known.base in ("date32", "time32") else pa.int64()
    if known.base == "date32":
        low, high = _FIRST_DAY, _LAST_DAY
    else:
        second = _PER_SECOND[known.unit]
        first, last = (_FIRST_DAY, _LAST_DAY) if known.base == "timestamp" else (0, 0)
        low = max(first * _DAY * second, -(1 << 63))
        high = min((last + 1) * _DAY * second - 1, (1 << 63) - 1)
    numbers = values.view(width)
    outside = pc.or_(pc.less(numbers, pa.scalar(low, width)), pc.greater(numbers, pa.scalar(high, width)))
    bad = _flags(outside)
    numbers = _without(numbers, bad)
    if known.base != "timestamp":
        return Lowered(numbers.view(arrow_type(Kind.STRING, known.name)).cast(pa.string()), bad)
    texts = numbers.view(pa.timestamp(known.unit)).cast(pa.string())
    texts = pc.binary_replace_slice(texts, 10, 11, "T").cast(pa.string())
    if known.zone:
        texts = pc.binary_join_element_wise(texts, pa.scalar("Z"), pa.scalar(""))
    return Lowered(texts, bad)


def _decimal_texts(values: pa.Array, scale: int) -> pa.Array:
    texts = values.cast(pa.string())
    # Arrow writes what is very small with an exponent.
    odd = pc.match_substring(texts, "E")
    if not pc.any(odd).as_py():
        return texts
    plain = [f"{number:.{scale}f}" if number else f"{0:.{scale}f}" for number in values.filter(odd).to_pylist()]
    return pc.replace_with_mask(texts, odd, pa.array(plain, pa.string()))


def _uuid_texts(values: pa.Array) -> pa.Array:
    storage = values.storage if isinstance(values, pa.ExtensionArray) else values
    found = storage.drop_null()
    digits = binascii.hexlify(b"".join(found.to_pylist())).decode()
    starts = range(0, len(digits), 2 * _UUID)
    cuts = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
    texts = ["-".join(digits[start + a : start + b] for a, b in cuts) for start in starts]
    return _spread(pa.array(texts, pa.string()), storage)


def _spread(found: pa.Array, like: pa.Array) -> pa.Array:
    """What was made of the values that are not null, with the nulls back in their places."""
    if not like.null_count:
        return found
    there = np.asarray(like.is_valid())
    places = pa.array(np.cumsum(there) - 1, mask=~there)
    return found.take(places)


def _binary_texts(values: pa.Array) -> pa.Array:
    found = values.drop_null()
    raw = raw_bytes(found)
    if not np.any(raw == ord("\\")):
        whole = found.view(pa.string())
        if _mangled(whole) is None:
            return _spread(whole, values)
    return _spread(pa.array([binary_text(data) for data in found.to_pylist()], pa.string()), values)


# --- up -------------------------------------------------------------------------------------------------------------


def raise_values(values: pa.Array, logical: str, where: str) -> pa.Array:
    """The array of the logical type whose values stand as these texts or numbers (of a kind's own Arrow type).

    Raises `FormatError`, naming ``where``, unless lowering what comes out gives exactly what went in.
    """
    if not logical:
        return values
    known = read_logical(logical)
    if known is None or not len(values):
        return pa.array([], arrow_type(known.kind if known else Kind.STRING, logical))
    try:
        raised = _raise(values, known)
        again = lower(raised, logical)
        same = again.bad is None and again.values.equals(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, ValueError):
        same = False
    if not same:
        raise FormatError(
            f"a treated value is no {known.base} any more", where=where, do="choose a transform that gives text"
        ) from None
    return raised


def _raise(values: pa.Array, known: Logical) -> pa.Array:
    arrow = arrow_type(known.kind, known.name)
    if known.base == "timestamp":
        return _instants(values, known.unit).view(arrow)
    if known.base in ("time32", "time64"):
        times = pc.binary_join_element_wise(pa.scalar("1970-01-01T"), values, pa.scalar(""))
        return _instants(times, known.unit).cast(pa.int32() if known.base == "time32" else pa.int64()).view(arrow)
    if known.base == "uuid":
        digits = pc.replace_substring(values.drop_null(), "-", "").to_pylist()
        return _spread(pa.array([binascii.unhexlify(d) for d in digits], arrow), values)
    if known.base in ("binary", "fixed_size_binary"):
        return _binaries(values).cast(arrow)
    if known.base == "float16":
        with np.errstate(over="ignore"):  # What is too large becomes infinite, and so no value of this type.
            return pa.array(values.to_numpy(zero_copy_only=False).astype(np.float16), from_pandas=True)
    return values.view(arrow) if known.base == "duration" else values.cast(arrow)


def _instants(texts: pa.Array, unit: str) -> pa.Array:
    """Texts of dates with times as numbers of units since 1970: the second by Arrow's reader, its fraction apart (their
    sum may have a number where Arrow's reader, which multiplies first, has none).
    """
    data = texts.cast(pa.binary())
    seconds = pc.binary_slice(data, 0, 19).cast(pa.string()).cast(pa.timestamp("s")).cast(pa.int64())
    if unit == "s":
        return seconds
    digits = DIGITS[unit]
    fraction = pc.binary_slice(data, 20, 20 + digits).cast(pa.string()).cast(pa.int64())
    per = pa.scalar(10**digits, pa.int64())
    early = pc.less(seconds, pa.scalar(0, pa.int64()))
    # Towards zero, so that the first second of the range does not pass its end.
    seconds = pc.if_else(early, pc.add(seconds, 1), seconds)
    fraction = pc.if_else(early, pc.subtract(fraction, per), fraction)
    return pc.add_checked(pc.multiply_checked(seconds, per), fraction)


def _binaries(values: pa.Array) -> pa.Array:
    if not np.any(raw_bytes(values) == ord("\\")):
        return values.cast(pa.binary())
    return pa.array([None if text is None else binary_of(text) for text in values.to_pylist()], pa.binary())
