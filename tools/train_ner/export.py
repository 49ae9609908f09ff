"""The model's folder, as the package takes it: ``model.onnx`` with ``weights.bin``, ``pieces.txt``, ``config.json``."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch

from pratique.detect.ner.pieces import PAD
from tools.train_ner import graph, learn, net
from tools.train_ner.encoder import Encoder, Floats, FourBits, Tokenizer
from tools.train_ner.records import training_files
from tools.train_ner.tags import LABELS, TAGS
from tools.train_ner.windows import Windows, filled

VERSION: Final = 1
POSITIONS: Final = 256
"""The longest input that the net has places for."""
WINDOW: Final = 192
OVERLAP: Final = 48
NO_CALIBRATION: Final = (1.0, 0.0)
FEED_FORWARD: Final = (".fi", ".fo")
MODEL, WEIGHTS, PIECES, CONFIG = "model.onnx", "weights.bin", "pieces.txt", "config.json"
LEAST_OUTSIDE: Final = 1_024
"""Bytes of a tensor from which it is kept outside the graph."""


def export(folder: Path, pieces: str, run: Path, words: FourBits, examples: Windows, training: dict[str, Any]) -> None:
    """Write the model of a run's newest checkpoint, uncalibrated; ``training`` is what it was made of.

    ``examples``: some windows of training text, from which it is learnt how large the inputs of layers become.
    """
    weights, shape, state = learn.trained_weights(run)
    made = graph.build(
        weights,
        words,
        layers=shape.layers,
        heads=shape.heads,
        epsilon=shape.epsilon,
        positions=POSITIONS,
        largest=largest_inputs(weights, words, shape, examples),
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).unlink(missing_ok=True)  # onnx would write at its end
    # Weights beside the graph are mapped into memory, not copied.
    onnx.save(
        made,
        os.fspath(folder / MODEL),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=WEIGHTS,
        size_threshold=LEAST_OUTSIDE,
    )
    for name in (MODEL, WEIGHTS):
        (folder / name).chmod(0o644)
    (folder / PIECES).write_bytes(pieces.encode())
    config = {
        "version": VERSION,
        "tags": TAGS,
        "labels": {label: label for label in LABELS},
        "window": WINDOW,
        "overlap": OVERLAP,
        "calibration": dict.fromkeys(LABELS, NO_CALIBRATION),
        "training": {**training, **state},
    }
    _write(folder / CONFIG, config)


def largest_inputs(
    weights: Mapping[str, Floats], words: FourBits, shape: net.Shape, examples: Windows
) -> dict[str, Floats]:
    """By layer of the feed-forwards: the largest size of each of its inputs in the examples."""
    tensors = {name: torch.tensor(value) for name, value in weights.items()}
    table = torch.tensor(words.floats())
    largest: dict[str, torch.Tensor] = {}
    with torch.no_grad():
        for number in range(len(examples)):
            ids, _, _ = filled(examples, np.array([number]))
            given = torch.from_numpy(ids)
            net.run(tensors, table, shape, given, given != PAD, train=False, largest=largest)
    return {name: value.numpy() for name, value in largest.items() if name.endswith(FEED_FORWARD)}


def set_calibration(folder: Path, calibration: Mapping[str, tuple[float, float]]) -> None:
    """Put slope and offset by label into the folder's ``config.json``."""
    config = json.loads((folder / CONFIG).read_bytes())
    config["calibration"] = {**config["calibration"], **calibration}
    _write(folder / CONFIG, config)


def _write(path: Path, config: dict[str, Any]) -> None:
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def digests(data: Path, encoder: Encoder, tokenizer: Tokenizer) -> dict[str, str]:
    """SHA-256 of the labelled text that is learnt from (its files' names and bytes in order), weights and tokenizer."""
    whole = hashlib.sha256()
    for path in training_files(data):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return {"data": whole.hexdigest(), "encoder": encoder.sha256, "tokenizer": tokenizer.sha256}
