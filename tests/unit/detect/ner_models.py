"""Small real models for tests: ONNX files whose answer for a piece is looked up in a table."""

import json
from pathlib import Path

import numpy as np

from pratique.detect.ner.pieces import MARK

TAGS = ["O", *(f"{part}-{label}" for label in ("PERSON", "LOCATION", "ADDRESS", "ID_CODE") for part in "BI")]
LABELS = {"PERSON": "PERSON", "LOCATION": "LOCATION", "ADDRESS": "ADDRESS", "ID_CODE": "ID_CODE"}
SURE = 9.0


def lookup_net(table):
    """An ONNX model of one node: ``logits = table[input_ids]``; ``table`` is [pieces, tags]."""
    table = np.asarray(table, np.float32)
    tensor = (
        b"".join(_number(1, size) for size in table.shape)
        + _number(2, 1)
        + _text(8, b"table")
        + _text(9, table.tobytes())
    )
    node = (
        _text(1, b"table") + _text(1, b"input_ids") + _text(2, b"logits") + _text(3, b"look up") + _text(4, b"Gather")
    )
    graph = _text(1, node) + _text(2, b"lookup") + _text(5, tensor)
    graph += _text(11, _value("input_ids", 7)) + _text(12, _value("logits", 1))
    return _number(1, 8) + _text(7, graph) + _text(8, _text(1, b"") + _number(2, 17))


def write_model(folder: Path, tagged, *, window=12, overlap=4, calibration=None) -> Path:
    """A model of ``tagged``: piece (``_`` for ``▁``) to tag, in the order of ids; single ASCII characters are O."""
    pieces = {"<s>": "O", "<pad>": "O", "</s>": "O", "<unk>": "O", MARK: "O"}
    pieces |= {piece.replace("_", MARK): tag for piece, tag in tagged.items()}
    pieces |= {chr(c): "O" for c in range(33, 127) if chr(c) not in pieces}
    table = np.zeros((len(pieces), len(TAGS)), np.float32)
    for at, tag in enumerate(pieces.values()):
        table[at, TAGS.index(tag)] = SURE
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(lookup_net(table))
    lines = (f"{piece}\t{-8.0 if len(piece) == 1 else -2.0:.4f}\n" for piece in pieces)
    (folder / "pieces.txt").write_text("".join(lines), "utf-8", newline="\n")
    config = {"version": 1, "tags": TAGS, "labels": LABELS, "window": window, "overlap": overlap}
    (folder / "config.json").write_text(json.dumps(config | {"calibration": calibration or {}}))
    return folder


def _value(name, kind):
    dims = b"".join(_text(1, _text(2, size.encode())) for size in ("batch", "length", *(["tags"] if kind == 1 else [])))
    return _text(1, name.encode()) + _text(2, _text(1, _number(1, kind) + _text(2, dims)))


def _varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(field, value):
    return _varint(field << 3) + _varint(value)


def _text(field, value):
    return _varint(field << 3 | 2) + _varint(len(value)) + value
