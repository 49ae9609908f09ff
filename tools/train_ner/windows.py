"""Windows: what the net sees at once, and batches of windows of like length."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import numpy.typing as npt

from pratique.detect.ner.pieces import BEGIN, BREAK, PAD, Pieces, Tokens
from tools.train_ner.records import Record
from tools.train_ner.tags import bits, tags_of

LONGEST: Final = 190
IGNORED: Final = -1
"""The tag of what stands around the pieces: not learnt."""
_ENDS: Final = ".!?…"


@dataclass(frozen=True)
class Windows:
    """Many windows end to end: window *n* is ``ids[edges[n]:edges[n + 1]]``, with a tag each, and one set of labels."""

    ids: npt.NDArray[np.int32]
    tags: npt.NDArray[np.int8]
    edges: npt.NDArray[np.int64]
    annotated: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.annotated)

    def save(self, path: Path) -> None:
        """Write them whole or not at all."""
        part = path.with_suffix(".part.npz")
        np.savez(part, ids=self.ids, tags=self.tags, edges=self.edges, annotated=self.annotated)
        part.replace(path)

    @staticmethod
    def load(path: Path) -> "Windows":
        """Read what `save` wrote."""
        with np.load(path) as held:
            return Windows(held["ids"], held["tags"], held["edges"], held["annotated"])


def cut_points(text: str, pieces: Tokens, longest: int) -> list[int]:
    """Where windows start and end, in pieces: at the last line's end that fits, else the last sentence's, else there.

    A window is ``longest`` pieces at most and, but for the last, a third of that at least.
    """
    points = [0]
    count = len(pieces.ids)
    while count - points[-1] > longest:
        first, last = points[-1] + longest // 3, points[-1] + longest
        lines = [at for at in range(first, last + 1) if pieces.ids[at - 1] == BREAK]
        ends = [at for at in range(first, last + 1) if text[pieces.ends[at - 1] - 1] in _ENDS]
        points.append((lines or ends or [last])[-1])
    return [*points, count]


def make(records: Iterable[Record], vocabulary: Pieces, longest: int = LONGEST) -> Windows:
    """The windows of the records, in order. A window starts with `BEGIN` and ends with `BREAK`."""
    ids: list[int] = []
    tags: list[int] = []
    edges = [0]
    annotated: list[int] = []
    for record in records:
        pieces = vocabulary.tokens(record.text)
        if not pieces.ids:
            continue
        named = tags_of(pieces, record.spans)
        for start, end in pairwise(cut_points(record.text, pieces, longest)):
            ids += [BEGIN, *pieces.ids[start:end], BREAK]
            tags += [IGNORED, *named[start:end], IGNORED]
            edges.append(len(ids))
            annotated.append(bits(record.annotated))
    return Windows(
        np.array(ids, np.int32), np.array(tags, np.int8), np.array(edges, np.int64), np.array(annotated, np.int16)
    )


def batches(windows: Windows, pieces: int, draw: Random) -> list[npt.NDArray[np.int64]]:
    """The windows' numbers in batches of like length, at most ``pieces`` with their filling, in an order drawn.

    Windows of one length fall together otherwise in every pass: lengths are blurred before they are sorted.
    """
    lengths = np.diff(windows.edges)
    blurred = [(float(length) * draw.uniform(0.9, 1.1), number) for number, length in enumerate(lengths)]
    made: list[npt.NDArray[np.int64]] = []
    batch: list[int] = []
    longest = 0
    for _, number in sorted(blurred):
        longest = max(longest, int(lengths[number]))
        if batch and longest * (len(batch) + 1) > pieces:
            made.append(np.array(batch, np.int64))
            batch, longest = [], int(lengths[number])
        batch.append(number)
    if batch:
        made.append(np.array(batch, np.int64))
    draw.shuffle(made)
    return made


def filled(
    windows: Windows, numbers: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Ids and tags [batch, length], and sets of labels [batch], of one batch."""
    lengths = np.diff(windows.edges)[numbers]
    ids = np.full((len(numbers), int(lengths.max())), PAD, np.int64)
    tags = np.full_like(ids, IGNORED)
    for row, number in enumerate(numbers):
        start, end = windows.edges[number], windows.edges[number + 1]
        ids[row, : end - start] = windows.ids[start:end]
        tags[row, : end - start] = windows.tags[start:end]
    return ids, tags, windows.annotated[numbers].astype(np.int64)
