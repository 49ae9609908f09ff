"""Labels, tags, and the way from spans of text to a tag for each piece."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from pratique.detect.ner.pieces import Tokens

LABELS: Final = (
    "PERSON",
    "LOCATION",
    "ADDRESS",
    "ORGANIZATION",
    "DATE_TIME",
    "NRP",
    "ID_CODE",
    "PHONE_NUMBER",
    "USERNAME",
)
OUTSIDE: Final = 0
TAGS: Final = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
"""``O``, then for each label ``B-`` (a span's first piece) and ``I-`` (its later ones)."""

Span = tuple[int, int, str]


def begin(label: str) -> int:
    """The tag of the first piece of a span; that of its later pieces is one more."""
    return 1 + 2 * LABELS.index(label)


def label_of(tag: int) -> str | None:
    """The label that a tag speaks of; none for ``O``."""
    return LABELS[(tag - 1) // 2] if tag else None


def bits(labels: Collection[str]) -> int:
    """A set of labels as one number."""
    return sum(1 << rank for rank, label in enumerate(LABELS) if label in labels)


def free(annotated: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which tags speak of labels that a text does not mark, bool [texts, tags]; ``annotated`` as `bits` makes it."""
    found = np.zeros((len(annotated), len(TAGS)), np.bool_)
    for rank, label in enumerate(LABELS):
        found[:, begin(label) : begin(label) + 2] = (annotated >> rank & 1 == 0)[:, None]
    return found


def tags_of(pieces: Tokens, spans: Sequence[Span]) -> list[int]:
    """The tag of each piece. A piece that a span's edge cuts belongs to it if half of it or more does.

    Args:
        pieces: of one text, in order.
        spans: of the same text, sorted, without overlaps.
    """
    tags = [OUTSIDE] * len(pieces.ids)
    at = 0
    for start, end, label in spans:
        while at < len(tags) and pieces.ends[at] <= start:
            at += 1  # also past an empty piece at the start: a word's mark alone
        tag, piece = begin(label), at
        while piece < len(tags) and pieces.starts[piece] < end:
            first, last = pieces.starts[piece], pieces.ends[piece]
            if 2 * (min(last, end) - max(first, start)) >= last - first:
                tags[piece] = tag
                tag = begin(label) + 1
            piece += 1
    return tags
