"""Reading the log for people."""

import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pratique.audit.entries import MAX_ENTRY, parse
from pratique.errors import StoreError, VerifyError


def read_entries(path: Path) -> Iterator[dict[str, Any]]:
    """Every entry, oldest first; a torn line of a killed process at the end is passed over. None where no log is.

    Each entry's own hash is held against it, the chain is not: that is `verify_chain`'s. Raises `VerifyError` for a
    line that is none, `StoreError` where the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH)
            number = 0
            while line := stream.readline(MAX_ENTRY + 1):
                number += 1
                try:
                    entry = parse(line.removesuffix(b"\n"))
                except ValueError as error:
                    if not line.endswith(b"\n") and len(line) <= MAX_ENTRY:
                        return
                    raise VerifyError(
                        f"line {number} {error}", where="the audit log", do="see: pratique audit verify"
                    ) from None
                yield entry
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"the audit log cannot be read: {error.strerror}", where=str(path)) from None
