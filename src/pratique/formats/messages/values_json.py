"""Values that are JSON objects, read together where they are lines, and one by one where they are not."""

import numpy as np

from pratique.formats.jsonl.decode import decode_block
from pratique.formats.jsonl.records import read_record
from pratique.formats.lines import LONGEST
from pratique.formats.messages.reading import Read
from pratique.model.data import Batch, Record
from pratique.model.messages import Bytes, Ints
from pratique.model.schema import Kind


def read_json(values: Bytes, there: Ints, hints: dict[str, Kind], *, columns: bool) -> Read:
    """The values, none of which is null, as rows and rejects; ``there`` are their places in the set.

    Values that are lines all together; one that spans lines, or is blank or too long, by itself.
    """
    found = Read()
    data = bytes(values.data)
    raw = np.frombuffer(data, np.uint8)
    real = values.lengths >= 0
    starts, lengths = values.starts[real], values.lengths[real]
    if np.count_nonzero(raw == ord("\n")) == len(there) and len(there) and lengths.max() <= LONGEST:
        block = decode_block(0, data, hints, columns=columns)
        for batch in block.batches:
            at = there[np.searchsorted(starts, batch.ordinals)]
            found.batches.append(Batch(at, columns=batch.columns, records=batch.records))
        for reject in block.rejects:
            found.rejects.append((int(there[np.searchsorted(starts, reject.ordinal)]), reject.rule))
        seen = sum(len(batch) for batch in block.batches) + len(block.rejects)
        if seen != len(there):  # blank lines count for nothing in a file; a blank value is a message
            known = np.concatenate([*(b.ordinals for b in found.batches), [at for at, _ in found.rejects]])
            found.rejects += [(int(at), "json") for at in np.setdiff1d(there, known.astype(np.int64))]
        return found
    kept: list[int] = []
    records: list[Record] = []
    for place, start, length in zip(there.tolist(), starts.tolist(), lengths.tolist(), strict=True):
        read = read_record(data[start : start + length]) if length <= LONGEST else "size"
        if isinstance(read, str):
            found.rejects.append((place, read))
        else:
            kept.append(place)
            records.append(read)
    if records:
        found.batches.append(Batch(np.array(kept, np.int64), records=records))
    return found


def split_lines(data: bytes | memoryview) -> list[bytes]:
    """Canonical records, one by one."""
    return bytes(data).split(b"\n")[:-1] if data else []
