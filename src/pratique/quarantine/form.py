"""The form of a quarantine file, version 2. Integers are 32 bits, big-endian.

1. `MAGIC`, the length of the head, the head: canonical JSON ``{"flow", "part", "run", "seal", "version"}``, where
   ``seal`` is the header of `pratique.crypto.seal` in base64. The file is sealed in the context of the head without
   ``seal``, so that no frame can be moved to another flow, run or part.
2. Frames: the length of the sealed bytes (never 0), the sealed bytes. Frame k is sealed with counter k. Its plaintext
   starts with one byte, `MORE` or `LAST`: the last frame says so under the seal, so that a file cannot be cut short.
   Then entries, one a line: JSON ``{"field", "ordinal", "original", "path", "rule", "size"}``, ``original`` in base64.
3. A length of 0, then the foot in clear: canonical JSON ``{"counts", "entries", "fields"}``, its length, and `END`. (At
   the end, since only then the counts are known.) Counts by rule, and by rule and number of the field, hold no value;
   anyone may read them without a key, and a reader with the key holds them against the sealed entries.

Version 1, which is read for ever, has neither ``fields`` in the foot nor ``field`` and ``size`` in the entries.
"""

import base64
import json
import struct
from collections.abc import Mapping
from typing import Any, Final

from pratique.errors import StoreError
from pratique.model.codec import canonical
from pratique.model.quarantine import Entry

QUARANTINE_VERSION: Final = 2
OLDEST: Final = 1
"""The first version that is still read."""
MAGIC: Final = b"PRATIQUE-QUARANTINE\n"
END: Final = b"\nEND-QUARANTINE\n"
MORE: Final = b"\0"
LAST: Final = b"\1"
LENGTH: Final = struct.Struct(">I")
FRAME_FILL: Final = 256 << 10
"""Bytes of entries after which a frame is sealed."""
MAX_RECORD: Final = 1 << 30
"""Bytes of one record; AES-GCM takes less than 2 GiB at a time."""
MAX_HEAD: Final = 1 << 20


def context_of(flow: str, run: str, part: str, version: int = QUARANTINE_VERSION) -> bytes:
    """What the frames of this file are bound to."""
    return canonical({"version": version, "flow": flow, "run": run, "part": part})


def head_of(flow: str, run: str, part: str, seal: bytes) -> bytes:
    """`MAGIC` and the head."""
    head = {"version": QUARANTINE_VERSION, "flow": flow, "run": run, "part": part}
    data = canonical({**head, "seal": base64.b64encode(seal).decode()})
    return MAGIC + LENGTH.pack(len(data)) + data


def foot_of(counts: Mapping[str, int], fields: Mapping[str, Mapping[str, int]]) -> bytes:
    """The end of the frames, the foot and `END`."""
    data = canonical({"counts": counts, "entries": sum(counts.values()), "fields": fields})
    return LENGTH.pack(0) + data + LENGTH.pack(len(data)) + END


def entry_line(entry: Entry) -> bytes:
    """One entry as it stands in a frame: in ASCII, so that any field name passes, even half a surrogate pair."""
    text = json.dumps(
        {
            "ordinal": entry.ordinal,
            "rule": entry.rule,
            "path": entry.path,
            "original": base64.b64encode(entry.original).decode(),
            "field": entry.field,
            "size": entry.size,
        },
        separators=(",", ":"),
    )
    return text.encode("ascii") + b"\n"


def entry_from(line: bytes, version: int = QUARANTINE_VERSION) -> Entry:
    """The inverse of `entry_line`; `StoreError` for anything else."""
    try:
        data = json.loads(line)
        path = data["path"]
        original = base64.b64decode(data["original"], validate=True)
        ordinal, rule = data["ordinal"], data["rule"]
        field, size = (data["field"], data["size"]) if version > OLDEST else ("", None)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise StoreError("a quarantined entry does not read as one") from None
    numbers = type(ordinal) is int and (size is None or type(size) is int)
    if not numbers or type(rule) is not str or type(field) is not str or not _is_path(path):
        raise StoreError("a quarantined entry does not read as one")
    return Entry(ordinal, rule, None if path is None else tuple(path), original, field, size)


def _is_path(path: Any) -> bool:
    return path is None or (isinstance(path, list) and all(isinstance(name, str) for name in path))
