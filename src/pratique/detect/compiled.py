"""RE2: patterns compiled, and byte offsets of its matches as `str` offsets."""

from typing import Any

import numpy as np
import numpy.typing as npt
import re2

from pratique.errors import DetectionError


def compile_re2(regex: str, *, never_newline: bool = False, longest: bool = False) -> Any:
    """A compiled RE2 pattern over UTF-8 bytes; raises `DetectionError` without quoting the pattern's own error text."""
    options = re2.Options()
    options.log_errors = False
    options.never_nl = never_newline
    options.longest_match = longest
    options.max_mem = 64 << 20
    try:
        return re2.compile(regex.encode("utf-8"), options)
    except (re2.error, UnicodeEncodeError):
        raise DetectionError(
            "not a valid RE2 pattern, or too large", do="RE2 has no look-around and no back-references"
        ) from None


def character_positions(data: bytes) -> npt.NDArray[np.int64]:
    """For each byte offset of UTF-8 ``data``, its end included: the `str` offset of the character that begins there."""
    begins = (np.frombuffer(data, np.uint8) & 0xC0) != 0x80  # noqa: PLR2004 - continuation bytes are 10xxxxxx
    positions = np.zeros(len(data) + 1, np.int64)
    np.cumsum(begins[:-1], out=positions[1:-1])
    positions[-1] = int(begins.sum())
    return positions
