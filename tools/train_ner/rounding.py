"""Weights in fewer bits, and what makes their rounding harmless."""

from typing import Final

import numpy as np
import numpy.typing as npt

from tools.train_ner.encoder import Floats, FourBits

SMOOTHED: Final = 0.8
"""How much of what is hard to round goes from a layer's inputs into its weights (0 to 1)."""
MIDDLE: Final = 8
"""What is added to a nibble of -8 to 7 where it is stored."""
_LEAST_SIZE: Final = 1e-3


def smoothing(largest: Floats, weight: Floats) -> Floats:
    """By how much each input of a layer is divided, and its weights multiplied; 1 in the middle.

    Args:
        largest: the largest size seen of each input, [inputs].
        weight: [outputs, inputs].
    """
    sizes = np.maximum(largest, _LEAST_SIZE) ** SMOOTHED
    wanted = sizes / np.maximum(np.abs(weight).max(axis=0), _LEAST_SIZE) ** (1 - SMOOTHED)
    return np.asarray(np.clip(wanted / np.median(wanted), _LEAST_SIZE, 1 / _LEAST_SIZE), np.float32)


def int8_rows(weight: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """``weight`` [rows, columns] as int8, and the scale of each row: ``weight`` is about ``int8 * scale[:, None]``."""
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-8).astype(np.float32) / np.float32(127)
    return np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8), scale


def packed(words: FourBits) -> npt.NDArray[np.uint8]:
    """The nibbles two a byte, each `MIDDLE` higher: byte *j* holds that of column *j* in its low half, and in its high
    half that of the column half a row farther on.
    """
    raised = (words.nibbles + MIDDLE).astype(np.uint8)
    half = raised.shape[1] // 2
    return np.asarray(raised[:, :half] | raised[:, half:] << 4, np.uint8)
