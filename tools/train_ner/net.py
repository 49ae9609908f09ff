"""The net in PyTorch: the lower blocks of the encoder and one linear layer that gives each piece a score for each tag.

The weights are a plain dictionary of tensors, by the names that `tools.train_ner.graph` takes. The embedding of the
pieces is no weight: it stays as the encoder has it, in four bits, so that a word no training text holds is still near
the words that it was near before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tools.train_ner.encoder import Encoder, Floats

HEAD_SPREAD: Final = 0.02
HIDDEN: Final = -1e4
"""What is added to the nearness of a piece that is filling."""


@dataclass(frozen=True)
class Shape:
    """How the net is built, and how much of its values is dropped while it is trained."""

    layers: int
    heads: int
    epsilon: float
    dropout: float = 0.1


def first_weights(encoder: Encoder, layers: int, positions: int, tags: int, seed: int) -> dict[str, Floats]:
    """The weights to start from: ``layers`` blocks of the encoder from below, and a head drawn from ``seed``.

    The embedding of the type of a piece, which is always 0, is added into the embedding of places.
    """
    weights = {name: value for name, value in encoder.weights.items() if not name.startswith(("emb.type", "l"))}
    weights["emb.pos"] = (encoder.weights["emb.pos"] + encoder.weights["emb.type"][0])[:positions]
    for layer in range(layers):
        weights |= {name: value for name, value in encoder.weights.items() if name.startswith(f"l{layer}.")}
    draw = np.random.default_rng(seed)
    weights["head.w"] = draw.normal(0, HEAD_SPREAD, (tags, encoder.hidden)).astype(np.float32)
    weights["head.b"] = np.zeros(tags, np.float32)
    return weights


def tensors(weights: Mapping[str, Floats]) -> dict[str, Tensor]:
    """Trainable copies of the weights, by name."""
    return {name: torch.tensor(value).requires_grad_() for name, value in weights.items()}


def run(
    weights: Mapping[str, Tensor],
    words: Tensor,
    shape: Shape,
    ids: Tensor,
    mask: Tensor,
    *,
    train: bool,
    largest: dict[str, Tensor] | None = None,
) -> Tensor:
    """Scores of the tags, [batch, length, tags], for ``ids`` and ``mask`` (true where a piece is) [batch, length].

    ``largest`` is kept up to date, where it is given: by linear layer of the blocks, the largest size of each input.
    """
    drop = shape.dropout if train else 0.0
    x = functional.embedding(ids, words) + weights["emb.pos"][: ids.shape[1]]
    x = _dropped(_norm(weights, "emb.ln", x, shape.epsilon), drop)
    seen = torch.zeros(mask.shape, dtype=x.dtype).masked_fill_(~mask, HIDDEN)[:, None, None, :]
    for layer in range(shape.layers):
        x = _block(weights, f"l{layer}", x, seen, shape, drop, largest)
    return functional.linear(_dropped(x, drop), weights["head.w"], weights["head.b"])


def _dropped(x: Tensor, drop: float) -> Tensor:
    """``x`` with some of its values 0, the same ones all along a text: random numbers are dear on a CPU."""
    if not drop:
        return x
    noise = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype).bernoulli_(1 - drop).div_(1 - drop)
    return x * noise


def _block(
    weights: Mapping[str, Tensor],
    name: str,
    x: Tensor,
    seen: Tensor,
    shape: Shape,
    drop: float,
    largest: dict[str, Tensor] | None,
) -> Tensor:
    batch, length, hidden = x.shape
    parts = [f"{name}.{part}" for part in "qkv"]
    joined = torch.cat([weights[f"{part}.w"] for part in parts]), torch.cat([weights[f"{part}.b"] for part in parts])
    three = functional.linear(x, *joined).view(batch, length, 3, shape.heads, hidden // shape.heads)
    q, k, v = three.permute(2, 0, 3, 1, 4)
    # Written out: on a CPU the fused attention is slow backwards at these lengths.
    near = torch.matmul(q * (shape.heads / hidden) ** 0.5, k.transpose(-1, -2)) + seen
    mixed = torch.matmul(near.softmax(-1), v).transpose(1, 2).reshape(batch, length, hidden)
    out = _dropped(_linear(weights, f"{name}.ao", mixed, largest), drop)
    x = _norm(weights, f"{name}.aln", x + out, shape.epsilon)
    inner = functional.gelu(_linear(weights, f"{name}.fi", x, largest))
    out = _dropped(_linear(weights, f"{name}.fo", inner, largest), drop)
    return _norm(weights, f"{name}.oln", x + out, shape.epsilon)


def _linear(weights: Mapping[str, Tensor], name: str, x: Tensor, largest: dict[str, Tensor] | None) -> Tensor:
    if largest is not None:
        now = x.detach().abs().flatten(0, -2).amax(0)
        largest[name] = torch.maximum(largest[name], now) if name in largest else now
    return functional.linear(x, weights[f"{name}.w"], weights[f"{name}.b"])


def _norm(weights: Mapping[str, Tensor], name: str, x: Tensor, epsilon: float) -> Tensor:
    return functional.layer_norm(x, (x.shape[-1],), weights[f"{name}.w"], weights[f"{name}.b"], epsilon)
