"""A client's messages as a message set. Everything a message has is in it, and nothing is looked at."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pratique.model.messages import NO_TIME, MessageSet, set_of


def set_from(messages: Sequence[Any], first: int = 0, schemas: Mapping[str, str] | None = None) -> MessageSet:
    """The messages, in their order; the first has the place ``first``."""
    kind: Any = (
        type(messages[0]) if messages else None
    )  # its plain functions, mapped: a stream's every message comes by
    return set_of(
        list(map(kind.value, messages)) if messages else [],
        list(map(kind.key, messages)) if messages else [],
        [found or None for found in map(kind.headers, messages)] if messages else [],
        [stamp if told else NO_TIME for told, stamp in map(kind.timestamp, messages)] if messages else [],
        first=first,
        schemas=schemas,
    )


def origins(messages: Sequence[Any]) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Partition and offset by place."""
    if not messages:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    kind: Any = type(messages[0])
    return (
        np.fromiter(map(kind.partition, messages), np.int64, len(messages)),
        np.fromiter(map(kind.offset, messages), np.int64, len(messages)),
    )
