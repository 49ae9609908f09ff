"""What one transaction of a stream takes, as a part that is worked like any other."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pratique.errors import RefusedError
from pratique.model.chain import link_all
from pratique.model.data import Block, FormatSpec, Input, Part, PartId
from pratique.model.messages import unpack_set
from pratique.model.quarantine import Entry
from pratique.model.schema import Schema
from pratique.model.stream import Mark, Taken
from pratique.ports import Format

PART = PartId("00000-00000")
"""Every transaction is a part of its own; they have no names, for their bytes do not outlive them."""


class TakenReader:
    """Implements `pratique.pipeline.reading.Reader` for what was taken last."""

    def __init__(self, form: Format, spec: FormatSpec, schema: Schema) -> None:
        self._form, self._spec, self._schema = form, spec, schema
        self._blocks: list[Block] = []

    def take(self, taken: Taken) -> Part:
        """Read what was taken; the part that it is."""
        self._blocks = list(self._form.decode(io.BytesIO(taken.messages), 0, None, self._spec, self._schema))
        return Part(PART, Input("taken", 0, len(taken)), 0, None)

    def blocks(self, part: Part) -> Iterator[Block]:
        """The same at every call."""
        del part
        yield from self._blocks

    def check(self, part: Part) -> None:
        """What was taken is in memory, and does not change."""


class Shelf:
    """Implements as much of `pratique.ports.QuarantineStore` as working a part needs: it keeps what the last attempt at
    the part held.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def writer(self, flow: str, run: str, part: PartId) -> "ShelfWriter":
        """For one attempt."""
        del flow, run, part
        self.entries = []
        return ShelfWriter(self)


@dataclass(slots=True)
class ShelfWriter:
    """Implements `pratique.ports.QuarantineWriter`."""

    shelf: Shelf
    _entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Keep it for now."""
        self._entries.append(entry)

    def finish(self) -> None:
        """It counts."""
        self.shelf.entries = self._entries

    def discard(self) -> None:
        """It does not."""
        self._entries = []


def advance(
    marks: Mapping[int, Mark], taken: Taken, written: bytes, held: list[Entry], plan: str, prefix: bytes = b""
) -> tuple[dict[int, Mark], list[tuple[int, int, Entry]]]:
    """The marks after a transaction, of the partitions that it took from, and what is held by partition and offset.

    ``written``: the cleared message set; ``prefix``: with what its sink has each value begin.
    Raises `RefusedError` where a partition's counts do not add up.
    """
    output = unpack_set(written)
    places = output.ordinals >> 1
    rows = taken.partitions[places].tolist()
    read = Counter(taken.partitions.tolist())
    wrote = Counter(rows)
    origins = [(int(taken.partitions[e.ordinal >> 1]), int(taken.offsets[e.ordinal >> 1]), e) for e in held]
    rules: dict[int, Counter[str]] = {partition: Counter() for partition in read}
    for partition, _, entry in origins:
        rules[partition][entry.rule] += 1
    chains = {partition: bytes.fromhex(marks[partition].chain) for partition in read}
    values, keys = output.values.listed(), output.keys.listed()
    headers = output.headers.listed() if (output.headers.lengths >= 0).any() else [None] * len(keys)
    if prefix:
        values = [value if value is None else prefix + value[len(prefix) :] for value in values]
    link_all(chains, zip(rows, keys, headers, values, strict=True))
    found: dict[int, Mark] = {}
    for partition, count in read.items():
        if count != wrote[partition] + rules[partition].total():
            raise RefusedError("the counts of a transaction do not add up", where=f"partition {partition}")
        mark = marks[partition]
        found[partition] = replace(
            mark,
            offset=taken.after[partition],
            read=mark.read + count,
            written=mark.written + wrote[partition],
            quarantined=dict(sorted((rules[partition] + Counter(mark.quarantined)).items())),
            chain=chains[partition].hex(),
            plan=plan,
        )
    return found, origins
