"""Whether doubles come out as the canonical record has them.

orjson writes them, in the shortest digits that read back equal; how it writes the exponent changed between its
versions (``1e22`` until 3.11.5, ``1e+22`` since). A release must not hang on which one is installed.
"""

from functools import cache
from typing import Final

import orjson

from pratique.errors import FormatError

CANONICAL: Final = (
    (1e22, b"1e+22"),
    (-1.5e300, b"-1.5e+300"),
    (1e16, b"1e+16"),
    (123456789012345.6, b"123456789012345.6"),
    (100.0, b"100.0"),
    (-0.0, b"-0.0"),
    (0.1, b"0.1"),
    (0.00001, b"0.00001"),
    (1e-7, b"1e-7"),
    (5e-324, b"5e-324"),
)
"""Doubles and their text in version 1 of the canonical record, one of every form."""


@cache
def check_doubles() -> None:
    """Raise `FormatError` where the orjson that is installed writes doubles in another form."""
    if any(orjson.dumps(number) != text for number, text in CANONICAL):
        raise FormatError(
            "the installed orjson writes doubles in another form than released records have",
            where=f"orjson {orjson.__version__}",
            do="install orjson 3.11.7 or newer, as requirements/runtime.txt does",
        )
