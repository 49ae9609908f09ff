"""A client's messages as a message set. Everything a message has is in it, and nothing is looked at."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pratique.model.messages import NO_TIME, MessageSet, set_of


def set_from(messages: Sequence[Any], first: int = 0, schemas: Mapping[str, str] | None = None) -> MessageSet:
    """The messages, in their order; the first has the place ``first``."""
    return set_of(
        [message.value() for message in messages],
        [message.key() for message in messages],
        [_headers(message.headers()) for message in messages],
        [_time(message.timestamp()) for message in messages],
        first=first,
        schemas=schemas,
    )


def origins(messages: Sequence[Any]) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Partition and offset by place."""
    return (
        np.array([message.partition() for message in messages], np.int64),
        np.array([message.offset() for message in messages], np.int64),
    )


def _headers(found: Sequence[tuple[str, bytes | None]] | None) -> Sequence[tuple[str, bytes | None]] | None:
    return found or None


def _time(found: tuple[int, int]) -> int:
    kind, stamp = found
    return int(stamp) if kind else NO_TIME
