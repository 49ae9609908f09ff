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
        gzip raises `SourceError` when its end is read.
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


@runtime_checkable
class Format(Protocol):
    """Bytes to batches and back. Holds no state between calls; safe for any number of parts at once."""

    name: str
    version: int
    extension: str
    """Of published files, with the dot."""

    def detect(self, stream: BinaryIO, options: Mapping[str, str]) -> FormatSpec:
        """The declared options with what the head of the data says added (dialect, header, encoding). Refuses guesses
        that two readings fit.
        """
        ...

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges ``[start, end)`` that begin and end at records: the k-th holds the records whose first byte lies in
        ``[k * part_size, (k + 1) * part_size)``. ``size`` None (a compressed input): one range ``(0, None)``.
        """
        ...

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The records of a range, exactly: nothing dropped, nothing altered, what cannot be a row a reject.

        Memory is bounded by the block size (about 4 MiB) and the longest record (16 MiB; longer is a reject).
        ``schema`` is a hint for the
        fast way, never a filter.
        """
        ...

    def encode(self, batches: Sequence[Batch], schema: Schema, spec: FormatSpec) -> bytes | memoryview:
        """The batches' rows as canonical bytes, merged by ordinal. ``schema`` is the output schema; its field order
        rules; missing fields are written as null. Raises `FormatError` for a value that the schema does not allow.
        """
        ...

    def head(self, schema: Schema, spec: FormatSpec) -> bytes:
        """What comes before the first row of a file (a CSV header); may be empty."""
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
        """Flush, fsync, make read-only, and give the one open descriptor, at offset 0."""
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
