"""The seams of Pratique: what stages ask of adapters and of each other. Protocols only; no code of any side.

Adapters promise what the docstrings here say; `tests/contract` holds every one of them to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pratique.model.catalogue import Decision, Finding, Scan
from pratique.model.data import (
    Batch,
    Block,
    FormatSpec,
    Input,
    Outcome,
    Part,
    PartId,
)
from pratique.model.paths import FieldPath
from pratique.model.plan import Applied, KeyRef
from pratique.model.policy import DataClass, Scalar, TransformSpec
from pratique.model.release import InputState, StagedFile
from pratique.model.schema import Kind, Schema

# --- keys -----------------------------------------------------------------------------------------------------------


class Secret(Protocol):
    """Key bytes that do not print, compare in constant time, and refuse to be pickled."""

    def reveal(self) -> bytes:
        """The bytes. Call it only where a primitive takes them."""
        ...


class Signer(Protocol):
    """An Ed25519 private key that can only sign."""

    @property
    def key_id(self) -> str:
        """SHA-256 of the raw public key, first 16 hex digits."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


@runtime_checkable
class KeyStore(Protocol):
    """The company's keys of one region. Raises `KeyStoreError` where a key is not to be had; never makes one up."""

    def derive(self, use: str, ref: KeyRef, length: int) -> Secret:
        """HKDF-SHA-256 of the master key of ``ref.version``'s epoch; ``info`` is the canonical JSON of use and ref.

        ``use`` is ``token``, ``pseudonym``, ``shift_date`` or ``inputs``. Same arguments and key file: same bytes, for ever.
        """
        ...

    def current_version(self, domain: str) -> int:
        """The key version that new plans use for this domain (1 unless rotated)."""
        ...

    def exporter(self) -> Signer:
        """The key that signs releases and audit heads."""
        ...

    def exporter_public(self) -> bytes:
        """Raw 32-byte Ed25519 public key of `exporter`."""
        ...

    def quarantine_public(self) -> bytes:
        """Raw 32-byte X25519 public key that quarantine is sealed to."""
        ...

    def describe(self) -> Sequence[Mapping[str, str]]:
        """For people: kind, id, version, created. No secret."""
        ...


# --- detection ------------------------------------------------------------------------------------------------------


@runtime_checkable
class TextDetector(Protocol):
    """Finds personal data in texts. Deterministic; safe to call from several threads; never raises on any text."""

    @property
    def digests(self) -> Mapping[str, str]:
        """Name to digest of everything that decides the findings (data, code version, recogniser files)."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        ...

    def find_many(self, texts: Sequence[str], *, field: FieldPath | None = None) -> list[list[Finding]]:
        """Findings of each text, sorted by start, overlaps resolved. ``field`` is context, as evidence of its name."""
        ...

    def find_any(self, values: pa.Array, *, score: float, field: FieldPath | None = None) -> npt.NDArray[np.bool_]:
        """Of a string array without nulls: which values may hold a finding at or above ``score``.

        A fast first look that is never false where `find_many` finds something at that score (so True may be wrong, False may not).
        """
        ...

    def validated(self) -> frozenset[str]:
        """The entity types whose validator checks digits; numbers are scanned by these only."""
        ...

    def types_of_name(self, field: FieldPath) -> frozenset[str]:
        """The entity types that the field's name is evidence of."""
        ...


class ResidueDetector(Protocol):
    """The gate's own detectors: they share no pattern data and no model with those that treat."""

    @property
    def digests(self) -> Mapping[str, str]:
        """Name to digest of everything that decides the findings."""
        ...

    @property
    def entities(self) -> frozenset[str]:
        """Every entity type that it can find."""
        ...

    def find_many(self, texts: Sequence[str]) -> list[list[Finding]]:
        """Findings of each text, sorted by start."""
        ...

    def find_any(self, values: pa.Array, score: float) -> npt.NDArray[np.bool_]:
        """Of a string array without nulls: which values may hold a finding at or above ``score``; never falsely False."""
        ...


# --- transforms -----------------------------------------------------------------------------------------------------


class Refusal:
    """What a transform returns in place of a value that it cannot treat safely. One object: `REFUSED`."""

    def __repr__(self) -> str:
        return "REFUSED"

    def __reduce__(self) -> str:
        return "REFUSED"


REFUSED = Refusal()

Treated = Scalar | None | Refusal


@runtime_checkable
class BoundTransform(Protocol):
    """A transform with its parameters and, where it is keyed, its key."""

    def apply(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """One output per value, in order; `REFUSED` where a value is outside the transform's domain.

        ``values`` are distinct unless ``subjects`` (same length, given exactly if ``needs_subject``) makes the pairs distinct.
        Never raises on a value. Stateless: the output depends on value, subject, parameters and key only.
        """
        ...

    def invert(self, values: Sequence[Scalar], subjects: Sequence[str] | None) -> list[Treated]:
        """The normal form of what went in; `REFUSED` for what is not an output of this transform under this key."""
        ...

    def proves(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Of output values (string array): which are proven outputs of this very transform and key (tokens: authentic).
        All False where the transform cannot prove it."""
        ...

    def fits(self, values: pa.Array) -> npt.NDArray[np.bool_]:
        """Of output values (any Arrow type): which fit the output grammar."""
        ...


@runtime_checkable
class Transform(Protocol):
    """One way to treat a value."""

    name: str
    version: int
    reversible: bool
    keyed: bool
    needs_subject: bool
    joins: bool
    """Whether equal inputs have equal outputs inside a domain."""
    loses: str
    """What is lost, in a few words, for `plan`."""

    def check(self, spec: TransformSpec, kinds: frozenset[Kind], entity: str, *, in_text: bool) -> Mapping[str, Scalar]:
        """Complete parameters for values of these kinds; raises `TransformError` that says what is wrong with the spec."""
        ...

    def output_class(self, params: Mapping[str, Scalar], *, in_text: bool) -> DataClass:
        """What its output is."""
        ...

    def output_kinds(self, params: Mapping[str, Scalar], kinds: frozenset[Kind]) -> frozenset[Kind]:
        """Kinds of its output for input of these kinds (NULL stays NULL and is never passed in)."""
        ...

    def bind(self, applied: Applied, keys: "KeyStore | None") -> BoundTransform:
        """Raises `KeyStoreError` where the key is missing."""
        ...

    def emits(self, entity: str) -> frozenset[str]:
        """Entity types that a scanner may rightly find in this transform's output (shifted dates are dates)."""
        ...


# --- data in and out ------------------------------------------------------------------------------------------------


@runtime_checkable
class Source(Protocol):
    """A dataset to read."""

    def inputs(self) -> Sequence[Input]:
        """Every input, ordered by name; refuses (`SourceError`) an empty listing, and names that leave the root."""
        ...

    def open(self, item: Input) -> BinaryIO:
        """Decompressed bytes; seekable unless ``item.compression``. Bounded against decompression bombs. A truncated
        gzip raises `SourceError` when its end is read."""
        ...

    def open_stored(self, item: Input) -> BinaryIO:
        """The stored bytes, for the input's digest."""
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
        that two readings fit."""
        ...

    def split(
        self, stream: BinaryIO, size: int | None, part_size: int, spec: FormatSpec
    ) -> Iterator[tuple[int, int | None]]:
        """Ranges ``[start, end)`` that begin and end at records: the k-th holds the records whose first byte lies in
        ``[k * part_size, (k + 1) * part_size)``. ``size`` None (a compressed input): one range ``(0, None)``."""
        ...

    def decode(
        self, stream: BinaryIO, start: int, end: int | None, spec: FormatSpec, schema: Schema | None
    ) -> Iterator[Block]:
        """The records of a range, exactly: nothing dropped, nothing altered, what cannot be a row a reject.

        Memory is bounded by the block size (about 4 MiB) and the longest record (16 MiB; longer is a reject). ``schema`` is a hint for the
        fast way, never a filter.
        """
        ...

    def encode(self, batches: Sequence[Batch], schema: Schema, spec: FormatSpec) -> bytes | memoryview:
        """The batches' rows as canonical bytes, merged by ordinal. ``schema`` is the output schema; its field order rules;
        missing fields are written as null. Raises `FormatError` for a value that the schema does not allow."""
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


class Cleared(Protocol):
    """An open, finished staging file that the gate found clean. Only `pratique.gate` makes one; sinks of another region
    take nothing else and check it with `pratique.gate`'s own test, given to them by assembly."""

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
        """Copy the bytes, hashing on the way; raises `RefusedError` if the digest differs from the gate's, leaving nothing
        under the final name. Idempotent: a file that is already there with the same digest is left."""
        ...

    def commit(self, name: str, data: bytes) -> None:
        """Write ``release.json`` (or a later small signed document) atomically. Same bytes again is fine; other bytes under the name refuse."""
        ...

    def read(self, name: str) -> bytes | None:
        """A small document's bytes, or None."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove files that no release names (of a run that was refused half-way)."""
        ...


# --- stores ---------------------------------------------------------------------------------------------------------


@runtime_checkable
class CatalogueStore(Protocol):
    """Scans and decisions. Append-only: nothing is ever changed or removed. Raises `CatalogueError`, `StoreError`."""

    def add_scan(self, scan: Scan) -> None: ...

    def latest_scan(self, dataset: str) -> Scan | None: ...

    def datasets(self) -> Sequence[str]: ...

    def add_decisions(self, decisions: Sequence[Decision]) -> None:
        """All or none. A taken (dataset, path, sequence) raises `CatalogueError`: somebody else decided meanwhile."""
        ...

    def decisions(self, dataset: str) -> Sequence[Decision]:
        """In the order in which they were added."""
        ...


@runtime_checkable
class RunStore(Protocol):
    """What is finished. Every step is idempotent and survives ``kill -9``; one living run a flow (`BusyError`)."""

    def hold(self, flow: str) -> AbstractContextManager[None]:
        """The flow's lock, of the operating system: free the moment its holder dies."""
        ...

    def begin(
        self, flow: str, run: str, plan: str, inputs: Sequence[InputState], parts: Sequence[Part], repeat: int
    ) -> None:
        """Record a run, or find it as it was begun before."""
        ...

    def open_run(self, flow: str) -> str | None:
        """The run that was begun and not yet released, if any."""
        ...

    def inputs(self, flow: str) -> Mapping[str, InputState]:
        """Inputs of released runs, by name, latest first wins."""
        ...

    def parts(self, run: str) -> Sequence[Part]: ...

    def finished(self, run: str) -> Mapping[PartId, StagedFile]:
        """Parts that are staged and cleared."""
        ...

    def finish_part(self, run: str, staged: StagedFile) -> None:
        """Commit a part as cleared. The first to finish a part wins; the same again is fine."""
        ...

    def repeats(self, flow: str) -> int: ...

    def release(self, flow: str, run: str) -> bytes | None:
        """The stored statement of a run, byte for byte."""
        ...

    def store_release(self, flow: str, run: str, sequence: int, statement: bytes) -> None:
        """Commit a release, once; other bytes for the same run or a taken sequence refuse."""
        ...

    def last_release(self, flow: str) -> tuple[int, bytes] | None:
        """Sequence and statement of the newest release of a flow."""
        ...

    def store_plan(self, plan_hash: str, document: bytes) -> None: ...

    def plan(self, plan_hash: str) -> bytes | None: ...


class QuarantineWriter(Protocol):
    """Takes what could not be treated, sealed, in the region of its source."""

    def add(self, ordinal: int, rule: str, path: FieldPath | None, original: bytes) -> None: ...

    def finish(self) -> None:
        """Flush and fsync; the file takes its final name. Before that it does not count."""
        ...

    def discard(self) -> None: ...


class QuarantineStore(Protocol):
    """Sealed records by flow, run and part."""

    def writer(self, flow: str, run: str, part: PartId) -> QuarantineWriter:
        """Replaces whatever an unfinished attempt left."""
        ...

    def counts(self, flow: str, run: str) -> Mapping[str, int]:
        """By rule, from the finished files' headers, without any key."""
        ...


class AuditLog(Protocol):
    """The hash-chained log of one region."""

    def append(self, event: str, who: str, details: Mapping[str, Any]) -> str:
        """Add an entry (durably) and return its hash, the new head. Details are value-free."""
        ...

    @property
    def head(self) -> str: ...


# --- kernel and engines ---------------------------------------------------------------------------------------------


@runtime_checkable
class Treatment(Protocol):
    """A plan bound to keys."""

    def apply(self, batch: Batch) -> Outcome:
        """Every row leaves exactly once, as treated or as quarantined by a named rule."""
        ...


class Engine(Protocol):
    """Maps parts to workers, nothing else."""

    def map(self, parts: Sequence[PartId], *, progress: Callable[[PartId, int], None]) -> None:
        """Work every part to its end once; raises the first part's error after the others have settled. ``progress`` gets bytes done."""
        ...
