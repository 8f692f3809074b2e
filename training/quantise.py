"""Write the packaged encoder: weights as 8-bit integers, arithmetic on calibrated scales.

    python training/quantise.py --model FOLDER/encoder.onnx --polnear FILE --out FILE

Scales are fixed from training windows, so what a report gets never depends on its neighbours.
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
# Windows for calibration: more did not change the scores on the dev part.
WINDOWS = 96


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
        names = [n.name for n in onnx.load(ready).graph.node if n.op_type == "MatMul"]
        quantize_static(
            ready,
            args.out,
            Windows(args.polnear, tokenizer),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=[n for n in names if "/heads" in n],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            activation_type=QuantType.QUInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )


if __name__ == "__main__":
    main()
