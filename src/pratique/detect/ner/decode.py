"""From a model's scores for each piece to labelled spans of pieces."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
"""[pieces, tags]"""
OUTSIDE = "O"
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class PieceSpan:
    """Pieces ``first`` to ``last`` (exclusive) under one label."""

    first: int
    last: int
    label: str
    score: float
    """0 to 1, before calibration: the mean over its pieces of how probable the label is there."""


class Tags:
    """The tags of a model: ``O``, and ``B-X`` and ``I-X`` of every label X, in the order of its outputs."""

    def __init__(self, tags: Sequence[str]) -> None:
        """Raises ``ValueError`` where a label lacks one of its tags, or ``O`` is missing."""
        self.labels = tuple(dict.fromkeys(tag[2:] for tag in tags if tag != OUTSIDE))
        wanted = {OUTSIDE, *(f"{part}-{label}" for part in "BI" for label in self.labels)}
        if sorted(tags) != sorted(wanted):
            raise ValueError("tags")
        self.outside = list(tags).index(OUTSIDE)
        self._label = np.array([-1 if tag == OUTSIDE else self.labels.index(tag[2:]) for tag in tags])
        self._inside = np.array([tag.startswith("I-") for tag in tags])
        # I-X goes on from B-X or I-X only.
        self._follows = ~self._inside[None, :] | (self._label[:, None] == self._label[None, :])
        self._member = np.array([[of == at for of in self._label] for at in range(len(self.labels))], np.float32)

    def __len__(self) -> int:
        return len(self._label)

    def spans(self, scores: Scores) -> list[PieceSpan]:
        """The spans of the likeliest sequence of tags in which every ``I-X`` follows ``B-X`` or ``I-X``.

        ``scores`` are unnormalised logarithms.
        """
        if not len(scores):
            return []
        path = self._path(scores)
        labels = self._label[path]
        if (labels < 0).all():
            return []
        shares = _softmax(scores) @ self._member.T
        begins = np.flatnonzero((labels >= 0) & ~self._inside[path])
        spans = []
        for first in begins.tolist():
            last = first + 1
            while last < len(path) and self._inside[path[last]] and labels[last] == labels[first]:
                last += 1
            score = float(shares[first:last, labels[first]].mean())
            spans.append(PieceSpan(first, last, self.labels[labels[first]], min(score, 1.0)))
        return spans

    def _path(self, scores: Scores) -> npt.NDArray[np.int64]:
        """Viterbi's best path; where the best tag of each piece makes a sequence that stands, it is that."""
        best: npt.NDArray[np.int64] = scores.argmax(axis=1)
        if not self._inside[best[0]] and self._follows[best[:-1], best[1:]].all():
            return best
        barred = np.where(self._follows, np.float32(0), np.float32(-1e30))
        so_far = np.where(self._inside, np.float32(-1e30), scores[0])
        back = np.zeros(scores.shape, np.int64)
        for at in range(1, len(scores)):
            ways = so_far[:, None] + barred
            back[at] = ways.argmax(axis=0)
            so_far = ways[back[at], np.arange(len(self))] + scores[at]
        path = np.zeros(len(scores), np.int64)
        path[-1] = int(so_far.argmax())
        for at in range(len(scores) - 1, 0, -1):
            path[at - 1] = back[at, path[at]]
        return path


class Calibration:
    """How often a span of a raw score is right, by label (Platt, "Probabilistic Outputs for Support Vector Machines",
    1999): ``sigmoid(slope * logit(raw) + offset)``; of a label without figures, the raw score.
    """

    def __init__(self, figures: Mapping[str, Sequence[float]]) -> None:
        """``figures``: label to ``[slope, offset]``; ``ValueError`` where there are not two, or the slope falls."""
        self._figures = {label: (float(slope), float(offset)) for label, (slope, offset) in figures.items()}
        if any(slope <= 0 for slope, _ in self._figures.values()):
            raise ValueError("calibration")

    def score(self, span: PieceSpan) -> float:
        """The span's calibrated score, 0 to 1."""
        figures = self._figures.get(span.label)
        if figures is None:
            return span.score
        raw = min(max(span.score, _LEAST), 1 - _LEAST)
        return 1 / (1 + math.exp(-figures[0] * math.log(raw / (1 - raw)) - figures[1]))


def _softmax(scores: Scores) -> Scores:
    powers: Scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers
