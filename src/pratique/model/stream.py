"""Streams: where a cluster is, what was taken from a topic, and how far a flow has come in each partition."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from pratique.errors import StoreError
from pratique.model.codec import canonical, decode

MARK_VERSION: Final = 1
MAX_MARK: Final = 4096
"""Characters that a broker keeps with an offset, unless it is told otherwise."""


SECRETS: Final = frozenset({"password", "secret", "key_password"})
"""What of a cluster's security is secret."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where brokers are and how to speak to them. Holds no secret: it says where secrets are."""

    name: str
    bootstrap: str
    registry: str = ""
    """The root of a schema registry's REST API, or empty."""
    security: Mapping[str, str] = field(default_factory=dict)
    """``protocol``, ``mechanism``, ``username``, ``password``, ``client``, ``secret``, ``token_url``, ``scope``,
    ``ca``, ``certificate``, ``key``, ``key_password``; each of `SECRETS` is ``env:NAME`` or ``file:PATH``."""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """What a topic is created with."""

    partitions: int = 1
    replication: int = 1
    retention: str = ""
    """As of a dataset, ``7d``; empty: the broker's default."""
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """What of a topic is looked at: what is in all of its limits. Without any: all that is there now."""

    newest: int | None = None
    """So many messages, the newest of every partition, as evenly as what is there allows."""
    since: int | None = None
    """Milliseconds since 1970, by the messages' timestamps."""
    until: int | None = None
    """The same; from the first message at or after it nothing is looked at."""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.newest is None and self.since is None and self.until is None


@dataclass(frozen=True)
class Spans:
    """When a flow that follows a topic makes a release: whichever comes first."""

    seconds: int = 60
    messages: int = 1_000_000


DEFAULT_SPANS: Final = Spans()


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a flow has come in one partition of its source, and all that it did there since it began.

    It is committed in the transaction that it tells of, with the offset, so it is exactly as true as the output.
    """

    offset: int
    """The next one to take."""
    out: int
    """The offset after the last message written to the partition of the same number."""
    began: int
    """The first offset of the source that the flow took."""
    out_began: int
    """Where the target ended then."""
    read: int
    written: int
    quarantined: Mapping[str, int]
    """By rule."""
    chain: str
    """SHA-256 (hex) over all messages written, each linked to the one before (`pratique.model.chain.link`)."""
    plan: str
    """Hash of the plan of the last transaction; empty before the first."""
    replayed: int = 0
    """Of what was read and held: how many were taken out of quarantine again. They count as read once more."""
    again: int = 0
    """The offset in the quarantine topic before which nothing of this partition is held any more."""

    def note(self) -> str:
        """What stands with the offset. Raises `StoreError` where it is longer than a broker keeps."""
        fields = {
            "version": MARK_VERSION,
            "out": self.out,
            "began": self.began,
            "out_began": self.out_began,
            "read": self.read,
            "written": self.written,
            "quarantined": self.quarantined,
            "chain": self.chain,
            "plan": self.plan,
            "replayed": self.replayed,
            "again": self.again,
        }
        text = canonical(fields).decode()
        if len(text) > MAX_MARK:
            raise StoreError("what goes with an offset is too long", do="please report it")
        return text

    def record(self) -> bytes:
        """All of it, as it stands in the topic of marks: the offset, a line feed, and the note."""
        return f"{self.offset}\n{self.note()}".encode()


@dataclass(frozen=True, slots=True)
class _Note:
    version: int
    out: int
    began: int
    out_began: int
    read: int
    written: int
    quarantined: Mapping[str, int]
    chain: str
    plan: str
    replayed: int
    again: int


def read_mark(offset: int, note: str) -> Mark:
    """The inverse of `Mark.note`; `StoreError` for anything else."""
    try:
        found = decode(_Note, json.loads(note))
    except (ValueError, RecursionError):
        raise StoreError(
            "the offsets of the flow's group were committed by another program",
            do="give the flow another name, or remove the group",
        ) from None
    if found.version != MARK_VERSION:
        raise StoreError("the flow's offsets were committed by a newer version of Pratique", do="update to use it")
    return Mark(
        offset,
        out=found.out,
        began=found.began,
        out_began=found.out_began,
        read=found.read,
        written=found.written,
        quarantined=found.quarantined,
        chain=found.chain,
        plan=found.plan,
        replayed=found.replayed,
        again=found.again,
    )


def read_record(record: bytes) -> Mark:
    """The inverse of `Mark.record`; `StoreError` for anything else."""
    offset, _, note = record.partition(b"\n")
    if not offset.isdigit():
        raise StoreError("what stands in a flow's topic of marks is none", do="give the flow another name")
    return read_mark(int(offset), note.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Taken:
    """Messages of some partitions, in each in its order."""

    messages: bytes
    """A message set (`pratique.model.messages`) whose places count from 0."""
    partitions: npt.NDArray[np.int64]
    """By place."""
    offsets: npt.NDArray[np.int64]
    """By place."""
    after: Mapping[int, int]
    """For every partition of the stream, the offset from which the next messages come."""

    def __len__(self) -> int:
        return len(self.partitions)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A quarantined message, sealed, for the quarantine topic. It has no key: a key is data."""

    partition: int
    """Of the source."""
    headers: Sequence[tuple[str, bytes]]
    """Free of values: rule, field's number, origin, plan."""
    value: bytes
