"""Holding the story to the truth: comparisons that only the exporter, who has both sides, can make."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from pratique.demo.data import load_truth


@dataclass(frozen=True, slots=True)
class Readable:
    """What of the planted items stands in the release as it stood in the memos."""

    memos: int
    """Memos released."""
    values: Mapping[str, int]
    """Items that can be read, by entity type."""


def readable_abroad(folder: Path, released: Path) -> Readable:
    """Which planted items can still be read in the released memos under ``released``.

    An item counts where its own text, whole, stands in the release of its own memo. Released files carry the number of
    their input, in the order of the inputs' names.
    """
    sources = sorted((folder / "data" / "eu" / "memos").glob("*.txt"))
    texts: dict[str, str] = {}
    for file in released.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        if text:
            texts[sources[int(file.stem.split("-")[0])].name] = text
    items: Counter[str] = Counter()
    originals = {source.name: source.read_bytes().decode() for source in sources if source.name in texts}
    for item in load_truth(folder):
        if item.file in texts:
            items[item.entity] += originals[item.file][item.start : item.end] in texts[item.file]
    return Readable(len(texts), {entity: count for entity, count in sorted(items.items()) if count})


def records(folder: Path) -> list[dict[str, object]]:
    """Every record of the JSON Lines files in a folder, in the order of their names."""
    return [
        orjson.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_bytes().split(b"\n") if line
    ]
