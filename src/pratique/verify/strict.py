"""Reading documents of strangers: bounded, regular files, JSON without anything that two readers read differently."""

import json
import os
import stat
from pathlib import Path
from typing import Any

from pratique.errors import VerifyError

MOST_BYTES = 64 << 20
"""Of a release or a small document; a larger one is refused unread."""


def parse_json(data: bytes, what: str) -> Any:
    """UTF-8 JSON without duplicate keys, NaN or excessive depth; raises `VerifyError` otherwise."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise VerifyError(f"{what} is not strict JSON") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a key twice")
    return fields


def _constant(_: str) -> Any:
    raise ValueError("not JSON")


def open_regular(name: str | Path, what: str, *, folder: int | None = None, follow: bool = False) -> tuple[int, int]:
    """Open a regular file for reading: its descriptor and size. Raises `VerifyError` for links, devices and pipes."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    try:
        descriptor = os.open(name, flags, dir_fd=folder)
    except FileNotFoundError:
        raise VerifyError(f"{what} is missing") from None
    except (OSError, ValueError):
        raise VerifyError(f"{what} is a link, or cannot be opened") from None
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        os.close(descriptor)
        raise VerifyError(f"{what} is not a regular file")
    return descriptor, state.st_size


def read_small(name: str | Path, what: str, *, folder: int | None = None, follow: bool = False) -> bytes:
    """The bytes of a small regular file; raises `VerifyError` where it is missing, odd or too large."""
    descriptor, size = open_regular(name, what, folder=folder, follow=follow)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MOST_BYTES + 1) if size <= MOST_BYTES else b""
    if size > MOST_BYTES or len(data) > MOST_BYTES:
        raise VerifyError(f"{what} is too large")
    return data
