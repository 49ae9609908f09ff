"""The net as an ONNX file: int8 linear layers, four-bit embedding, and ONNX Runtime's fused operators.

Written operator by operator, so that the file holds nothing else and its weights are exactly the trained ones:

- the embedding is the encoder's own four bits, block by block, unpacked by plain operators (`GatherBlockQuantized` does
  the same and took twice as long);
- a linear layer is int8 by output channel, its input is scaled when it runs (`DynamicQuantizeMatMul`; before attention
  `DynamicQuantizeLinear` and `QAttention`, which writes each head's part where it is read: 3 to 7 % of all the time);
- before the two layers of a block's feed-forward, whose inputs have a few channels twenty times as large as the rest,
  what is large is made smaller and its weights larger (Xiao et al., "SmoothQuant", ICML 2023). On development text
  this halves what int8 changes in the scores.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from tools.train_ner.encoder import BLOCK, FourBits
from tools.train_ner.rounding import MIDDLE, int8_rows, packed, smoothing

CONTRIB: Final = "com.microsoft"
OPSET: Final = 21
QUERY, KEY, VALUE = "q", "k", "v"


class _Graph:
    """Nodes and constants, as they are added."""

    def __init__(self, largest: Mapping[str, npt.NDArray[np.float32]]) -> None:
        self.largest = largest
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(
        self, op: str, inputs: list[str], name: str, *, contrib: bool = False, outputs: int = 1, **more: Any
    ) -> str:
        names = [name] if outputs == 1 else [f"{name}.{each}" for each in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, name, domain=CONTRIB if contrib else "", **more))
        return names[0]

    def linear(self, name: str, x: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> str:
        """``x @ weight.T + bias``, with int8 weights and one scale for each row of ``weight``."""
        if name in self.largest:
            smaller = smoothing(self.largest[name], weight)
            x = self.add("Mul", [x, self.constant(f"{name}.smaller", 1 / smaller)], f"{name}.smooth")
            weight = weight * smaller
        rounded, scale = int8_rows(weight)
        return self.add(
            "DynamicQuantizeMatMul",
            [
                x,
                self.constant(f"{name}.w", rounded.T),
                self.constant(f"{name}.s", scale),
                self.constant(f"{name}.z", np.zeros(len(scale), np.int8)),
                self.constant(f"{name}.b", bias),
            ],
            name,
            contrib=True,
        )

    def attention(
        self, name: str, x: str, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32], heads: int
    ) -> str:
        """Attention of all pieces to all, with int8 weights of queries, keys and values one below the other."""
        rounded, scale = int8_rows(weight)
        self.add("DynamicQuantizeLinear", [x], f"{name}.x", outputs=3)
        return self.add(
            "QAttention",
            [
                f"{name}.x.0",
                self.constant(f"{name}.w", rounded.T),
                self.constant(f"{name}.b", bias),
                f"{name}.x.1",
                self.constant(f"{name}.s", scale),
                "",
                f"{name}.x.2",
                self.constant(f"{name}.z", np.zeros(len(scale), np.int8)),
            ],
            name,
            contrib=True,
            num_heads=heads,
        )

    def embedding(self, name: str, ids: str, words: FourBits) -> str:
        """Rows of a four-bit matrix, float32."""
        both = self.add("Gather", [self.constant(f"{name}.w", packed(words)), ids], f"{name}.both", axis=0)
        low = self.add("BitwiseAnd", [both, self.constant(f"{name}.15", np.array(15, np.uint8))], f"{name}.low")
        shift = self.constant(f"{name}.4", np.array(4, np.uint8))
        high = self.add("BitShift", [both, shift], f"{name}.high", direction="RIGHT")
        halves = self.add("Concat", [low, high], f"{name}.halves", axis=-1)
        nibbles = self.add("Cast", [halves], f"{name}.nibbles", to=TensorProto.FLOAT)
        signed = self.add("Sub", [nibbles, self.constant(f"{name}.8", np.array(MIDDLE, np.float32))], f"{name}.signed")
        in_blocks = self.constant(f"{name}.in_blocks", np.array([0, 0, -1, BLOCK], np.int64))
        blocks = self.add("Reshape", [signed, in_blocks], f"{name}.blocks")
        halfs = self.add("Gather", [self.constant(f"{name}.s", words.scales), ids], f"{name}.halfs", axis=0)
        scales = self.add("Cast", [halfs], f"{name}.scales", to=TensorProto.FLOAT)
        last = self.constant(f"{name}.last", np.array([-1], np.int64))
        scaled = self.add("Mul", [blocks, self.add("Unsqueeze", [scales, last], f"{name}.each")], f"{name}.scaled")
        return self.add("Reshape", [scaled, self.constant(f"{name}.row", np.array([0, 0, -1], np.int64))], name)


def build(
    weights: Mapping[str, npt.NDArray[np.float32]],
    words: FourBits,
    *,
    layers: int,
    heads: int,
    epsilon: float,
    positions: int,
    largest: Mapping[str, npt.NDArray[np.float32]],
) -> onnx.ModelProto:
    """The net: ``input_ids`` int64 [batch, length] → ``logits`` float32 [batch, length, tags].

    It has no mask: a call is one window, or several of one length.

    Args:
        weights: as `tools.train_ner.net` names them.
        words: the embedding of the pieces, by the ids that the file takes.
        layers: how many blocks.
        heads: how many heads of attention.
        epsilon: of the layer norms.
        positions: the longest input, in pieces.
        largest: by linear layer, the largest size seen of each of its inputs; the layers named in it are smoothed.
    """
    graph = _Graph(largest)
    piece = graph.embedding("emb.word", "input_ids", words)
    length = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    zero, axis = graph.constant("zero", np.array([0], np.int64)), graph.constant("axis", np.array([0], np.int64))
    table = graph.constant("emb.pos", weights["emb.pos"][:positions])
    place = graph.add("Slice", [table, zero, length, axis], "place")
    x = graph.add("Add", [piece, place], "summed")
    x = graph.add(
        "LayerNormalization",
        [x, graph.constant("emb.ln.w", weights["emb.ln.w"]), graph.constant("emb.ln.b", weights["emb.ln.b"])],
        "embedded",
        epsilon=epsilon,
    )
    for layer in range(layers):
        x = _block(graph, weights, f"l{layer}", x, heads, epsilon)
    graph.linear("logits", x, weights["head.w"], weights["head.b"])
    shape: list[Any] = ["batch", "length"]
    made = helper.make_graph(
        graph.nodes,
        "names",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape)],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [*shape, len(weights["head.b"])])],
        list(graph.constants.values()),
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=10, producer_name="pratique")


def _block(
    graph: _Graph,
    weights: Mapping[str, npt.NDArray[np.float32]],
    name: str,
    x: str,
    heads: int,
    epsilon: float,
) -> str:
    parts = (QUERY, KEY, VALUE)
    seen = graph.attention(
        f"{name}.qkv",
        x,
        np.concatenate([weights[f"{name}.{part}.w"] for part in parts]),
        np.concatenate([weights[f"{name}.{part}.b"] for part in parts]),
        heads,
    )
    x = _join(graph, weights, f"{name}.a", x, graph.linear(f"{name}.ao", seen, *_pair(weights, f"{name}.ao")), epsilon)
    inner = graph.linear(f"{name}.fi", x, *_pair(weights, f"{name}.fi"))
    inner = graph.add("Gelu", [inner], f"{name}.gelu", contrib=True)
    return _join(
        graph, weights, f"{name}.o", x, graph.linear(f"{name}.fo", inner, *_pair(weights, f"{name}.fo")), epsilon
    )


def _pair(
    weights: Mapping[str, npt.NDArray[np.float32]], name: str
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    return weights[f"{name}.w"], weights[f"{name}.b"]


def _join(
    graph: _Graph, weights: Mapping[str, npt.NDArray[np.float32]], name: str, x: str, more: str, epsilon: float
) -> str:
    # Two operators: ONNX Runtime's fused one (SkipLayerNormalization) took a quarter of all the time.
    joined = graph.add("Add", [more, x], f"{name}.sum")
    inputs = [joined, *(graph.constant(f"{name}ln.{each}", weights[f"{name}ln.{each}"]) for each in "wb")]
    return graph.add("LayerNormalization", inputs, f"{name}.joined", epsilon=epsilon)
