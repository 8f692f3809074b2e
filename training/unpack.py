"""Write the packaged encoder back as float weights, to train it further.

    python training/unpack.py --model src/tocsin/models/encoder.onnx --out FOLDER/weights.pt

What was rounded to 8 bits stays rounded; no other float weights are kept.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

HEADS = ("attribution", "stance")  # in the order in which they were exported


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="src/tocsin/models/encoder.onnx")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    graph = onnx.load(args.model).graph
    found: dict[str, dict[str, torch.Tensor]] = {"encoder": {}, **{h: {} for h in HEADS}}
    for name, values in weights_of(graph).items():
        part, rest = name.split(".", 1)
        if part == "heads":
            number, rest = rest.split(".", 1)
            part = HEADS[int(number)]
        found[part][rest] = torch.tensor(values)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    heads = {h: found[h] for h in HEADS if found[h]}
    torch.save({"encoder": found["encoder"], "heads": heads}, args.out)


def weights_of(graph: onnx.GraphProto) -> dict[str, NDArray[np.float32]]:
    """Float weights by their names in training."""
    tables = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {
        name: table
        for name, table in tables.items()
        if name.startswith(("encoder.", "heads.")) and table.dtype == np.float32
        if not name.endswith("_scale")
    }
    for name in [n for n in tables if n.endswith("_8")]:
        whole = name.removesuffix("_8")
        rows = tables[name].astype(np.float32) * tables[f"{whole}_scale"]
        if whole.startswith("encoder."):
            found[whole] = rows
    for node in graph.node:
        if node.op_type == "MatMul" and (table := _factor(node.input[1], tables)) is not None:
            found[_name(node.name)] = np.ascontiguousarray(table.T)
    return found


def _factor(name: str, tables: dict[str, NDArray[np.float32]]) -> NDArray[np.float32] | None:
    """The right side of a product as floats; None where it is no weight."""
    plain = name.removesuffix("_DequantizeLinear_Output")
    if f"{plain}_quantized" in tables:
        return tables[f"{plain}_quantized"].astype(np.float32) * tables[f"{plain}_scale"]
    if name.endswith("_8_m"):
        whole = name.removesuffix("_8_m")
        return tables[f"{whole}_8"].astype(np.float32) * tables[f"{whole}_scale"]
    return tables.get(name)


def _name(node: str) -> str:
    """ "/encoder/layer.0/attention/self/key/MatMul" is the weight of that layer's key."""
    path = node.removeprefix("/").removesuffix("/MatMul").replace("/", ".")
    return f"{path.replace('encoder.layer', 'encoder.bert.encoder.layer')}.weight"


if __name__ == "__main__":
    main()
