"""The texts of JSON numbers, booleans and nulls as typed Arrow arrays, many in one call; none is rounded or altered."""

from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pratique.formats.distinct import raw_bytes

_MOST = (1 << 63) - 1
Mask = npt.NDArray[np.bool_]


def framed_numbers(gaps: pa.Array, before: bytes, after: bytes) -> pa.Array | None:
    """The numbers of all gaps in one go, where each stands between ``before`` and ``after`` and all are integers or all
    are doubles; None where that cannot be said. No gap has a comma but in these two.

    A frame has one colon, and a JSON number has none. If there are as many colons as gaps, then every
    ``after + before`` in the joined gaps is a seam, and what is left between commas are the numbers' own texts.
    """
    if before.count(b":") != 1 or b":" in after or not are_framed(gaps, before, after, least=1):
        return None
    text = raw_bytes(gaps).tobytes()
    if text.count(b":") != len(gaps):
        return None
    try:
        values = orjson.loads(b"[%b]" % text[len(before) : len(text) - len(after)].replace(after + before, b","))
    except orjson.JSONDecodeError:
        return None
    return _numbers(values) if len(values) == len(gaps) else None


def are_framed(values: pa.Array, before: bytes, after: bytes, *, least: int) -> bool:
    """Whether each value begins with the one, ends with the other, and has ``least`` bytes or more between them."""
    if not len(values):
        return False
    joined = raw_bytes(values)
    bounds = np.frombuffer(values.buffers()[1], np.int32)[values.offset : values.offset + len(values) + 1]
    starts, ends = bounds[:-1] - bounds[0], bounds[1:] - bounds[0]
    if int((ends - starts).min()) < len(before) + len(after) + least:
        return False
    signs = [(starts + at, sign) for at, sign in enumerate(before)]
    signs += [(ends - len(after) + at, sign) for at, sign in enumerate(after)]
    return all(bool((joined[places] == sign).all()) for places, sign in signs)


def _numbers(values: list[Any]) -> pa.Array | None:
    """Parsed values as integers of 64 bits or as doubles; None where they are not all of one of these kinds."""
    kinds = set(map(type, values))
    if kinds == {int}:
        # Integers from 2**63 to 2**64 are read as such, and are beyond what a column holds.
        return pa.array(values, pa.int64()) if max(values) <= _MOST else None
    if kinds != {float}:
        return None
    numbers = np.array(values)
    # An integer beyond 64 bits comes back as a double: none as small as these can be one.
    return pa.array(numbers) if bool((np.abs(numbers) < float(_MOST)).all()) else None


def parse_scalars(texts: pa.Array) -> tuple[pa.Array, Mask]:
    """JSON scalars as one typed Arrow array, and which of them are of that type (or null); the others are null."""
    parsed, good = _load_all(texts.to_pylist())
    kind = next((type(value) for value in parsed if value is not None), None)
    if kind is None:
        return pa.nulls(len(parsed), pa.string()), good
    arrow = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[kind]
    wrong = _wrong_kind(parsed, kind)
    if kind is float:
        # An integer beyond 64 bits comes back as a double too: only the sign of a fraction or an exponent proves one.
        proven = pc.match_substring_regex(texts, "[.eE]").to_numpy(zero_copy_only=False)
        if not proven.all():
            wrong |= ~proven & np.fromiter((value is not None for value in parsed), np.bool_, len(parsed))
    if wrong.any():
        parsed = [None if bad else value for value, bad in zip(parsed, wrong, strict=True)]
    return pa.array(parsed, arrow), good & ~wrong


def _wrong_kind(parsed: list[Any], kind: type) -> Mask:
    """Which values are neither null nor of the kind; integers beyond 64 bits are of none."""
    wrong = np.zeros(len(parsed), np.bool_)
    if set(map(type, parsed)) - {kind, type(None)}:
        wrong |= np.fromiter((value is not None and type(value) is not kind for value in parsed), np.bool_, len(parsed))
    if kind is int:
        # orjson reads integers up to 2**64 - 1; below -2**63 it gives a double, which is of the wrong kind already.
        wrong |= np.fromiter((type(value) is int and value > _MOST for value in parsed), np.bool_, len(parsed))
    return wrong


def _load_all(texts: list[str]) -> tuple[list[Any], Mask]:
    """Parse many scalars in one call, one by one only if that fails.

    No text holds a quotation mark. If the joined texts parse to as many values as there are texts, none of them a
    list or an object, then there is no comma but the joining ones, and each value is its text's.
    """
    good = np.ones(len(texts), np.bool_)
    try:
        values = orjson.loads("[" + ",".join(texts) + "]")
    except orjson.JSONDecodeError:
        values = []
    if len(values) == len(texts) and not {list, dict} & set(map(type, values)):
        return values, good
    one_by_one: list[Any] = []
    for at, text in enumerate(texts):
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            value = []
        if isinstance(value, list | dict):
            good[at] = False
            value = None
        one_by_one.append(value)
    return one_by_one, good
