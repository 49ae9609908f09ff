"""What a score means: by label, how often a span of such a score is right on the parts kept for measuring.

Platt's way (see `pratique.detect.ner.decode.Calibration`): ``sigmoid(slope * logit(raw) + offset)``, fitted so that
the findings' likelihood is greatest. A finding is right where it shares a character with a mention of its label, as in
the table of reliability that ``pratique eval`` makes.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pratique.detect.ner.model import NerModel
from tools.train_ner.evaluate import found_in, measured_files

MOST: Final = 300
"""Texts of one source: a large one would speak for all."""
LEAST: Final = 30
"""Findings that are right, and that are wrong, below which a label keeps its raw scores."""
NO_CHANGE: Final[npt.NDArray[np.float64]] = np.array([1.0, 0.0])
_HELD: Final = 1.0
"""How strongly slope and offset are held to `NO_CHANGE`: as much as a few findings."""
_STEPS, _HALVINGS = 50, 30
_EDGE: Final = 1e-4
_LEAST_SLOPE: Final = 0.05

Floats = npt.NDArray[np.float64]


def seen_scores(folder: Path, data: Path) -> dict[str, list[tuple[float, bool]]]:
    """By label: the raw score of each finding and whether it is right. The folder's model must be uncalibrated."""
    model = NerModel(folder, least=0.0)
    seen: dict[str, list[tuple[float, bool]]] = {}
    for path in measured_files(data, "dev"):
        for text, findings in found_in(model, path, MOST):
            for finding in findings:
                if text.annotated is None or finding.entity not in text.annotated:
                    continue
                right = any(
                    label == finding.entity and start < finding.end and finding.start < end
                    for start, end, label in text.spans
                )
                seen.setdefault(finding.entity, []).append((finding.score, right))
    return seen


def fit(seen: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and offset for the scores seen; 1 and 0 where they are too few to tell, or the slope would fall."""
    scores, right = (np.array(each, np.float64) for each in zip(*seen, strict=True))
    if min(right.sum(), (1 - right).sum()) < LEAST:
        return 1.0, 0.0
    clipped = np.clip(scores, _EDGE, 1 - _EDGE)
    inputs = np.stack([np.log(clipped / (1 - clipped)), np.ones(len(clipped))], axis=1)
    weights = NO_CHANGE
    for _ in range(_STEPS):
        weights = _better(inputs, right, weights)
    slope, offset = (round(float(each), 4) for each in weights)
    return (slope, offset) if slope >= _LEAST_SLOPE else (1.0, 0.0)


def _better(inputs: Floats, right: Floats, weights: Floats) -> Floats:
    """Newton's step towards the greatest likelihood, halved until it does not lead down."""
    said = 1 / (1 + np.exp(-inputs @ weights))
    curve = inputs.T @ (inputs * (said * (1 - said))[:, None]) + _HELD * np.eye(2)
    step = np.linalg.solve(curve, inputs.T @ (right - said) - _HELD * (weights - NO_CHANGE))
    now = _likelihood(inputs, right, weights)
    for _ in range(_HALVINGS):
        if _likelihood(inputs, right, weights + step) >= now:
            return np.asarray(weights + step, np.float64)
        step = step / 2
    return weights


def _likelihood(inputs: Floats, right: Floats, weights: Floats) -> float:
    """Its logarithm, less what holds the weights near `NO_CHANGE`."""
    chances = inputs @ weights
    held = _HELD / 2 * ((weights - NO_CHANGE) ** 2).sum()
    return float(-np.logaddexp(0, np.where(right > 0, -chances, chances)).sum() - held)


def calibration(folder: Path, data: Path) -> dict[str, tuple[float, float]]:
    """Slope and offset by label, for ``config.json``."""
    return {label: fit(seen) for label, seen in sorted(seen_scores(folder, data).items())}
