"""Whose data it was: errors of sources and sinks, which know no names, are given the dataset's."""

import contextlib
from collections.abc import Iterator

from pratique.errors import FormatError, RefusedError, SinkError, SourceError


@contextlib.contextmanager
def reading(dataset: str) -> Iterator[None]:
    """What cannot be read or decoded in this block is the dataset's."""
    try:
        yield
    except (FormatError, SourceError) as error:
        raise error.within(f"dataset {dataset}") from None


@contextlib.contextmanager
def moving(source: str, target: str) -> Iterator[None]:
    """What cannot be read in this block is the one dataset's, what cannot be written the other's."""
    try:
        yield
    except (FormatError, RefusedError, SourceError) as error:
        if not isinstance(error, SourceError) and not error.where.startswith("input #"):  # of what was to be written
            raise
        raise error.within(f"dataset {source}") from None
    except SinkError as error:
        raise error.within(f"dataset {target}") from None
