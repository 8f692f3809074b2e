"""Write the packaged encoder: weights as 8-bit integers, most products on calibrated scales.

    python training/quantise.py --model FOLDER/encoder.onnx --polnear FILE --out FILE

Scales are fixed from training windows, so what a report gets never depends on its neighbours.
The second product of each feed-forward block and the embeddings keep 8-bit weights only and
multiply in float: calibrated, they cost three points of who said what.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer

from tocsin.models.windows import CLS, SEP, blocks_of, windows

SEED = 11
# Windows for calibration: with 64 the scores on the dev part were half a point lower.
WINDOWS = 256
# Smaller tables than this are left as they are.
LARGE = 50_000


class Windows(CalibrationDataReader):
    """Training windows as the encoder's inputs."""

    def __init__(self, polnear: str, tokenizer: Tokenizer) -> None:
        with gzip.open(polnear, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        texts = [r["text"] for r in records if r["part"] == "train"]
        random.Random(SEED).shuffle(texts)
        found = [w for t in texts[:WINDOWS] for w in windows(tokenizer, blocks_of(t))[:1]]
        self._rows: Iterator[dict[str, object]] = iter(
            [
                {
                    "pieces": np.array([[CLS, *w.pieces, SEP]], dtype=np.int64),
                    "shapes": np.array([[0, *w.shapes, 0]], dtype=np.int64),
                }
                for w in found
            ]
        )

    def get_next(self) -> dict[str, object] | None:
        return next(self._rows, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--polnear", default="../shared/bench/attribution/dev.jsonl.gz")
    parser.add_argument("--tokenizer", default="src/tocsin/models/tokenizer.json")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(args.tokenizer)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with tempfile.TemporaryDirectory() as folder:
        ready = str(Path(folder) / "ready.onnx")
        quant_pre_process(args.model, ready, skip_symbolic_shape=True)
        static = str(Path(folder) / "static.onnx")
        quantize_static(
            ready,
            static,
            Windows(args.polnear, tokenizer),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=_kept(onnx.load(ready).graph),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
        model = onnx.load(static)
    _pack(model.graph)
    onnx.save(model, args.out)


def _kept(graph: onnx.GraphProto) -> list[str]:
    """Products that stay in float: heads, attention itself, and feed-forward outputs."""
    weights = {i.name for i in graph.initializer}
    return [
        n.name
        for n in graph.node
        if n.op_type == "MatMul"
        and (
            "heads" in n.name
            or n.input[1] not in weights
            or ("/output/dense" in n.name and "attention" not in n.name)
        )
    ]


def _pack(graph: onnx.GraphProto) -> None:
    """Store large float weights as 8-bit rows or columns with a scale each."""
    tables = {i.name: i for i in graph.initializer if i.data_type == TensorProto.FLOAT}
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        at = {"Gather": 0, "MatMul": 1}.get(node.op_type)
        table = tables.get(node.input[at]) if at is not None else None
        if table is None or np.prod(table.dims) < LARGE:
            nodes.append(node)
            continue
        axis = 1 if node.op_type == "Gather" else 0
        values = numpy_helper.to_array(table)
        scale = np.abs(values).max(axis, keepdims=True) / 127
        small, scales = f"{table.name}_8", f"{table.name}_scale"
        packed = np.round(values / scale).astype(np.int8)
        graph.initializer.remove(table)
        graph.initializer.append(numpy_helper.from_array(packed, small))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), scales))
        nodes.extend(_unpacked(node, small, scales))
    del graph.node[:]
    graph.node.extend(nodes)


def _unpacked(node: onnx.NodeProto, small: str, scales: str) -> list[onnx.NodeProto]:
    out, name = node.output[0], node.name
    make = onnx.helper.make_node
    if node.op_type == "Gather":
        return [
            make("Gather", [small, node.input[1]], [f"{out}_8"], f"{name}_8"),
            make("Cast", [f"{out}_8"], [f"{out}_f"], f"{name}_f", to=TensorProto.FLOAT),
            make("Gather", [scales, node.input[1]], [f"{out}_s"], f"{name}_s"),
            make("Mul", [f"{out}_f", f"{out}_s"], [out], f"{name}_m"),
        ]
    return [
        make("Cast", [small], [f"{small}_f"], f"{name}_f", to=TensorProto.FLOAT),
        make("Mul", [f"{small}_f", scales], [f"{small}_m"], f"{name}_m"),
        make("MatMul", [node.input[0], f"{small}_m"], [out], name),
    ]


if __name__ == "__main__":
    main()
