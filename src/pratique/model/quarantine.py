"""What lies in quarantine: a held record, and what its file says of itself in clear."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pratique.model.data import PartId
from pratique.model.paths import FieldPath

CUT = "size"
"""The rule of records that are longer than a format takes: only their beginning is kept, so they cannot be replayed."""

FOREIGN = "foreign-echo"
"""The rule of records in which the gate found a raw value that was treated elsewhere in their part. A replay does not
read that part again, and would not know the value: so they cannot be replayed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One held record."""

    ordinal: int
    """Its origin in its part of the source, such as the byte offset in the decompressed input."""
    rule: str
    path: FieldPath | None
    """The field that the rule names, if it names one."""
    original: bytes
    """The record's bytes as they stood in the source."""
    field: str = ""
    """The field's number in the plan (``#n``), or `pratique.model.release.NEW_FIELD`; empty if no field did it."""
    size: int | None = None
    """Of a record that is longer than a format takes, of which only the beginning was kept: its length in bytes. Such a
    record cannot be replayed. None of a whole one."""

    def __repr__(self) -> str:
        return f"Entry(ordinal={self.ordinal}, rule={self.rule!r}, {len(self.original)} bytes)"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a quarantine file says in clear."""

    version: int
    flow: str
    run: str
    part: str
    entries: int
    counts: Mapping[str, int]
    """By rule."""
    fields: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By rule and `Entry.field`, of those records that a field held back. Files of version 1 do not tell."""


@dataclass(frozen=True, slots=True, order=True)
class HeldSet:
    """What one rule holds in the quarantine of one part of one run: replayed together, and once."""

    run: str
    part: PartId
    rule: str
