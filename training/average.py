"""Average the weights of training runs that started from one another, and export the mean.

    python training/average.py --weights MINILM --runs A B C --out FOLDER

The mean of neighbouring runs is steadier than any of them: each leans to what it saw last.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from attribution import AttributionHead
from encoder import WIDTH, Encoder, export
from stance import StanceHead


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", required=True, help="folder of the MiniLM weights")
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--polnear", default="../shared/bench/attribution/dev.jsonl.gz")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    runs = [torch.load(run / "weights.pt") for run in args.runs]
    encoder = Encoder(args.weights, args.layers)
    heads = [
        AttributionHead(args.weights, args.polnear, WIDTH),
        StanceHead(args.weights, [], WIDTH),
    ]
    encoder.load_state_dict(mean([run["encoder"] for run in runs]))
    for head in heads:
        head.load_state_dict(mean([run["heads"][head.name] for run in runs]))
    args.out.mkdir(parents=True, exist_ok=True)
    saved = {"encoder": encoder.state_dict(), "heads": {h.name: h.state_dict() for h in heads}}
    torch.save(saved, args.out / "weights.pt")
    export(encoder.eval(), heads, args.out / "encoder.onnx")


def mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of like tensors."""
    return {name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}


if __name__ == "__main__":
    main()
