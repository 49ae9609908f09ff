"""What a release of a stream covers: offsets, and a chain over the messages that stand there."""

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pratique.model.codec import canonical

CHAIN: Final = b"pratique/stream/1\0"
"""What the chain of a partition begins with; the target's name and the partition follow."""
_FRAME: Final = struct.Struct("<iii")


def first_link(target: str, partition: int) -> bytes:
    """Where the chain of a partition begins; ``target`` is the target dataset's name."""
    return hashlib.sha256(CHAIN + canonical([target, partition])).digest()


def link(before: bytes, key: bytes | None, headers: bytes | None, value: bytes | None) -> bytes:
    """The chain with one message more: SHA-256 over the chain before, the three lengths (-1 for null), and the three.

    ``headers`` as `pratique.model.messages.pack_headers` packs them. The timestamp is not part of it.
    """
    frame = _FRAME.pack(
        -1 if key is None else len(key),
        -1 if headers is None else len(headers),
        -1 if value is None else len(value),
    )
    return hashlib.sha256(b"".join((before, frame, key or b"", headers or b"", value or b""))).digest()


def link_all(
    chains: dict[int, bytes], messages: Iterable[tuple[int, bytes | None, bytes | None, bytes | None]]
) -> None:
    """`link` for message after message, each given as partition, key, headers and value, in place.

    Written out, for a stream does this for every message that it writes.
    """
    frame, digest = _FRAME.pack, hashlib.sha256
    for partition, key, headers, value in messages:
        if key is not None and headers is None and value is not None:
            chains[partition] = digest(chains[partition] + frame(len(key), -1, len(value)) + key + value).digest()
        else:
            chains[partition] = link(chains[partition], key, headers, value)


@dataclass(frozen=True, slots=True)
class PartitionSpan:
    """What a release of a stream says of one partition. The target's has the number of the source's."""

    partition: int
    first: int
    """The first offset of the source that it covers."""
    end: int
    """The one after the last."""
    read: int
    """Messages since the flow began, those of earlier spans included."""
    written: int
    """Likewise."""
    quarantined: Mapping[str, int]
    """Likewise, by rule."""
    out_first: int
    """The first offset of the target that may hold what it covers."""
    out_end: int
    """The offset after the last message that it covers."""
    before: str
    """The chain before the first message of the span."""
    chain: str
    """The chain after the last."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a release of a stream covers: offsets, in place of files."""

    topic: str
    """The target's."""
    partitions: tuple[PartitionSpan, ...]
    """By number."""
