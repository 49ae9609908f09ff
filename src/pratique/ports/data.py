"""Data in and out: sources, formats, staging, sinks."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, Protocol, runtime_checkable

from pratique.model.data import (
    Batch,
    Block,
    FormatSpec,
    Input,
    PartId,
)
from pratique.model.schema import Schema


@runtime_checkable
class Source(Protocol):
    """A dataset to read."""

    def inputs(self) -> Sequence[Input]:
        """Every input, ordered by name; refuses (`SourceError`) an empty listing, and names that leave the root."""
        ...

    def open(self, item: Input) -> BinaryIO:
        """Decompressed bytes; seekable unless ``item.compression``. Bounded against decompression bombs. A truncated
        gzip or zstd raises `SourceError` when its end is read.
        """
        ...

    def open_stored(self, item: Input) -> BinaryIO:
        """The stored bytes, for the input's digest."""
        ...

    def identity(self, item: Input) -> str:
        """What is cheap to ask and another one once the stored bytes have changed: of a file its place on the disk, its
        size and when it was written last. No value, no name.
        """
        ...


class Encoder(Protocol):
    """Writes one file: `head` once, then `encode` any number of times, then `finish` once. What they return, one after
    the other, is the file. The same rows give the same bytes, however they were cut into calls and batches.
    """

    def head(self) -> bytes:
        """What comes before the first row (a CSV header); may be empty."""
        ...

    def encode(self, batches: Sequence[Batch]) -> bytes | memoryview:
        """Take the batches' rows, merged by ordinal (which ascend from call to call); the bytes that are ready now,
        which may be none. Missing fields are written as null.

        Raises `FormatError` for a value that the schema does not allow, or that is not of its logical type.
        """
        ...

    def finish(self) -> bytes | memoryview:
        """What is left: rows held back, and what comes after the last row (a footer); may be empty."""
        ...


@runtime_checkable
class Format(Protocol):
    """Bytes to batches and back. Holds no state between calls; safe for any number of parts at once.

    A type that JSON has no kind for is *lowered*: decoded to the canonical text or number that `pratique.model.logical`
    states for it, and raised again by the encoder where the output schema has it.
    """

    name: str
    version: int
    extension: str
    """Of published files, with the dot."""

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """The declared options with what the head of the data says added (dialect, header, encoding). Refuses guesses
        that two readings fit.
        """
        ...

    def declared(self, stream: BinaryIO, spec: FormatSpec) -> Schema | None:
        """The schema that the input itself states, with logical types; None in a format where only records tell."""
        ...

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges ``[start, end)`` of bytes that begin and end at records, or at groups of them: the k-th holds those
        whose first byte lies in ``[k * part_size, (k + 1) * part_size)``; groups of records may be gathered by what
        they take in memory instead. ``size`` None (a compressed input): one range ``(0, None)``.
        """
        ...

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The records of a range, exactly: nothing dropped, nothing altered, what cannot be a row a reject.

        Memory is bounded by the block size (about 4 MiB) and the longest record (16 MiB; longer is a reject).
        ``schema`` is a hint for the
        fast way, never a filter; `FormatError` where the input states another logical type than it has.
        """
        ...

    def reread(self, originals: Sequence[bytes], spec: FormatSpec, schema: Schema | None) -> Iterator[Block]:
        """The records of `Block.original`, exactly as `decode` gave them: a row or a reject each, whose ordinal is the
        place in ``originals``. What was cut for its length is a reject by the rule ``size``. Raises `FormatError` for
        bytes that are not one original.
        """
        ...

    def encoder(self, schema: Schema, spec: FormatSpec, seed: bytes) -> Encoder:
        """What writes one file of this output schema, whose field order rules. ``seed`` (32 bytes, by run and part) is
        where all bytes come from that a format wants to be unlike those of other files (a sync marker).

        Raises `FormatError` for a schema that the format cannot hold.
        """
        ...

    def check_container(self, stream: BinaryIO, schema: Schema, spec: FormatSpec, seed: bytes) -> None:
        """Raise `FormatError` unless a file holds, beside its records, exactly what the encoder of these words writes
        there: no further metadata, no statistics, no entry of a dictionary that no record has. For the gate.
        """
        ...


@runtime_checkable
class Bounded(Protocol):
    """A format that can also tell quickly how much an input holds."""

    def most(self, stream: BinaryIO, size: int, spec: FormatSpec) -> int | None:
        """How many records the input holds at most, without decoding them; None where that cannot be told."""
        ...


@runtime_checkable
class SchemaWriter(Protocol):
    """A format with a language of its own for schemas."""

    def schema_document(self, schema: Schema) -> bytes:
        """The schema as the format's files state it, with the nodes' properties; JSON. Raises `FormatError` for one
        that the format cannot hold.
        """
        ...


class Staged(Protocol):
    """A file being staged in the exporter's region."""

    @property
    def name(self) -> str:
        """Its path relative to the staging folder."""
        ...

    def write(self, data: bytes | memoryview) -> None:
        """Append; hashes on the way are not trusted by anyone but counts are kept."""
        ...

    def finish(self) -> BinaryIO:
        """Flush, make read-only, and give the one open descriptor, at offset 0. It is on its way to the disk."""
        ...

    def settle(self) -> None:
        """Wait until the finished file is on the disk; no part counts as finished before. Raises `StoreError`."""
        ...

    def discard(self) -> None:
        """Remove it."""
        ...


class StagingArea(Protocol):
    """A 0700 folder of the exporter's region where parts are staged."""

    def create(self, part: PartId, extension: str) -> Staged:
        """A new file of its own, whatever other attempts at the part left."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A finished staging file, read-only."""
        ...

    def remove(self, name: str) -> None:
        """Remove a finished staging file that is published or abandoned; fine if it is gone."""
        ...

    def sweep(self, keep: Callable[[], Collection[str]]) -> int:
        """Remove what no living process owns and ``keep`` does not name, and count it. ``keep`` is asked only once the
        dead are known.
        """
        ...


class Cleared(Protocol):
    """An open, finished staging file that the gate found clean. Only `pratique.gate` makes one; sinks of another region
    take nothing else and check it with `pratique.gate`'s own test, given to them by assembly.
    """

    @property
    def name(self) -> str:
        """The name to publish under, relative to the target dataset."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 (hex) that the gate computed over the bytes it re-read."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    def descriptor(self) -> BinaryIO:
        """The open descriptor, at offset 0."""
        ...


@runtime_checkable
class Sink(Protocol):
    """A dataset to write."""

    def publish(self, cleared: Cleared) -> None:
        """Publish under the final name exactly the bytes whose digest the gate vouches for.

        Copied, and hashed on the way: `RefusedError` if the digest differs, with nothing under the name. Or, on the
        same file system, the cleared read-only file itself. Idempotent: a file that is there with this digest is left.
        """
        ...

    def commit(self, name: str, data: bytes) -> None:
        """Write ``release.json`` (or a later small signed document) atomically. Same bytes again is fine; other
        bytes under the name refuse.
        """
        ...

    def read(self, name: str) -> bytes | None:
        """A small document's bytes, or None."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that no release names (of a run that was refused half-way)."""
        ...
