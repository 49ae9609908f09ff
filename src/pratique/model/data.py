"""Data on the move: datasets, inputs, parts, batches, and what could not become a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NewType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.model.paths import FieldPath
from pratique.model.stream import TopicSpec

PartId = NewType("PartId", str)
"""The stable name of a part: ``<input number, 5 digits>-<part number, 5 digits>``. Never a source name."""

Record = dict[str, object]
"""A record as Python values: str, int, float, bool, None, list, dict."""


@dataclass(frozen=True, slots=True)
class FormatSpec:
    """A format and its options, as declared or as found once by a scan; part of the plan."""

    name: str
    """A name that the format registry knows: ``jsonl``, ``csv``, ``text``, ``parquet``, ``avro``."""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A topic, object prefix, file set or table, as the project file declares it."""

    name: str
    uri: str
    """Where it is; a relative path is under the project's folder."""
    region: str
    format: FormatSpec | None = None
    """None: told by the file extension."""
    subject: FieldPath | None = None
    """The field that says whom a record is about."""
    owner: str = ""
    purpose: str = ""
    retention: str = ""
    restricted: bool = False
    """Whether this dataset may receive re-identified data."""
    topic: TopicSpec | None = None
    """What its topic is created with, if it is one."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a source."""

    name: str
    """Relative to the dataset's root, with ``/``; inputs are ordered by it. May carry personal data."""
    number: int
    """Its place in that order at the run's first listing; names it wherever the name may not go."""
    size: int
    """In stored (possibly compressed) bytes."""
    compression: str = ""
    """``gzip``, ``zstd`` or empty. A compressed input is one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A unit of work: the records whose first byte lies in ``[start, end)`` of an input, decompressed."""

    id: PartId
    input: Input
    start: int
    end: int | None
    """Exclusive; None: to the end of the input (always so for compressed inputs)."""


@dataclass(frozen=True, slots=True)
class Job:
    """The run whose parts are to be worked, for workers that hold the project already."""

    plan: str
    """The stored plan's hash."""
    run: str
    identities: Mapping[int, str]
    """Input number to what the source said of the input when its digest was taken."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of many rows, as distinct values and a code per row.

    ``values`` has Arrow type string, int64, float64 or bool, no nulls and no duplicates; ``codes`` is int32, null
    where the row has no value (missing and null alike).
    """

    values: pa.Array
    codes: pa.Int32Array


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows with an origin each, in one of two forms: ``columns`` (flat rows) or ``records`` (any rows).

    Exactly one of the two is set. ``ordinals`` (int64, ascending) is each row's origin in its input: the byte offset
    of its first byte, decompressed; in a format whose records have no bytes of their own, its number from 0. Both forms
    must give the same result everywhere; a test holds them equal.
    """

    ordinals: npt.NDArray[np.int64]
    columns: Mapping[str, Column] | None = None
    """By field name; every row has every column."""
    records: Sequence[Record] | None = None

    def __len__(self) -> int:
        return len(self.ordinals)


@dataclass(frozen=True, slots=True)
class Reject:
    """Bytes that a format could not turn into a row."""

    ordinal: int
    length: int
    rule: str
    """A name from the format's documented list, such as ``json``, ``duplicate-key``, ``number-range``, ``utf-8``."""


@dataclass(frozen=True, slots=True)
class Block:
    """What a format decodes at a time: a stretch of a part as batches and rejects.

    Every row is in exactly one batch or reject. Within a batch the ordinals ascend; batches of one block may interleave
    (rows of one shape as columns, the rest as records); blocks follow each other.
    """

    batches: tuple[Batch, ...]
    rejects: tuple[Reject, ...]
    start: int
    """The ordinal of the first byte of ``data``, or of the first record."""
    data: bytes | memoryview
    """The original bytes of the block; empty where its records have no bytes of their own."""
    count: int
    """How many records the bytes hold, counted from the bytes by a way of its own (e.g. non-empty lines)."""

    @property
    def span(self) -> int:
        """How many bytes of its part the block stands for, about; for progress."""
        return len(self.data)

    def original(self, ordinal: int, length: int | None = None) -> bytes:
        """The original of the row at ``ordinal``: bytes from which `pratique.ports.Format.reread` reads that very
        record again. Of a format made of lines the line's own bytes, without ``length`` to its end; others take no
        notice of ``length``.
        """
        at = ordinal - self.start
        data = bytes(self.data[at : at + length]) if length is not None else None
        if data is not None:
            return data
        rest = bytes(self.data[at:])
        cut = rest.find(b"\n")
        return rest if cut < 0 else rest[:cut]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One row that the kernel held back."""

    ordinal: int
    rule: str
    """``new-field``, ``retyped-field``, ``undecided-field``, ``guard``, ``echo``, ``transform``, ``residue``, …"""
    path: FieldPath | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a treatment made of a batch: every row is in ``treated`` or in ``quarantined``, once."""

    treated: Batch
    quarantined: tuple[Quarantined, ...]
    raws: tuple[pa.Array, ...] = ()
    """String arrays: the distinct raw values (8 characters or more) that went under `token` or `pseudonym` here, for
    the
    gate's search for echoes. They stay in the worker's memory."""
