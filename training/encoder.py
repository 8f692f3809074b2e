"""Train the shared encoder with its heads and export it to ONNX.

Run with the `train` extra:
    python training/encoder.py --heads attribution --layers 6 --epochs 3 --out FOLDER
    python training/encoder.py --heads attribution,stance --resume FOLDER/weights.pt --out OTHER
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn
from transformers import BertModel

from attribution import AttributionHead
from stance import StanceHead
from stance_cases import read_cases
from tocsin.models.windows import CLS, SEP, SHAPES

WIDTH = 384


class Head(Protocol):
    """A task on top of the encoder: its examples, its loss and its figures."""

    name: str
    outputs: tuple[str, ...]

    def batches(self, pieces: int, rng: random.Random) -> list[dict[str, Tensor]]: ...
    def loss(self, states: Tensor, batch: dict[str, Tensor]) -> Tensor: ...
    def score(self, encoder: Encoder) -> dict[str, float]: ...


class Encoder(nn.Module):
    """MiniLM's first layers, with the shape of each piece added to its embedding."""

    def __init__(self, weights: str, layers: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            weights, add_pooling_layer=False, attn_implementation="eager"
        )
        self.bert.encoder.layer = self.bert.encoder.layer[:layers]
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        words = self.bert.embeddings.word_embeddings(pieces) + self.shape(shapes)
        embedded = self.bert.embeddings(inputs_embeds=words)
        bias = None
        if mask is not None:
            bias = (1.0 - mask[:, None, None, :].to(embedded.dtype)) * -1e4
        states = embedded
        for layer in self.bert.encoder.layer:
            out = layer(states, bias)
            states = out[0] if isinstance(out, tuple) else out
        return states


class Exported(nn.Module):
    """The encoder and all heads as one graph over a single window."""

    def __init__(self, encoder: Encoder, heads: list[nn.Module]) -> None:
        super().__init__()
        self.encoder, self.heads = encoder, nn.ModuleList(heads)

    def forward(self, pieces: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        states = self.encoder(pieces, shapes)
        return tuple(out for head in self.heads for out in head(states))


def train(
    encoder: Encoder,
    heads: list[Head],
    *,
    epochs: int,
    rate: float,
    pieces: int,
    shares: dict[str, float],
    seed: int,
) -> None:
    """Mix the heads' batches, or a share of them, in one stream; linear warm-up and decay."""
    rng = random.Random(seed)
    groups = [
        {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": rate},
        {"params": [p for h in heads for p in h.parameters()], "lr": rate * 5},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    epochs_batches = []
    for _ in range(epochs):
        stream = [
            (h, b)
            for h in heads
            for b in h.batches(pieces, rng)
            if rng.random() < shares.get(h.name, 1.0)
        ]
        rng.shuffle(stream)
        epochs_batches.append(stream)
    total = sum(map(len, epochs_batches))
    warm = max(1, total // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.02, (total - s) / (total - warm)))
    )
    step, begun, seen = 0, time.monotonic(), 0.0
    for epoch, stream in enumerate(epochs_batches):
        for head, batch in stream:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = encoder(batch["pieces"], batch["shapes"], batch["mask"])
            loss = head.loss(states.float(), batch)
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            seen = 0.98 * seen + 0.02 * loss.item()
            if step % 25 == 0:
                took = time.monotonic() - begun
                mean = seen / (1 - 0.98**step)
                print(f"epoch {epoch} step {step}/{total} loss {mean:.4f} {took:.0f} s", flush=True)


def export(encoder: Encoder, heads: list[Head], path: Path) -> None:
    """Write one graph: int64 pieces and shapes [1, n] in, the heads' outputs out."""
    graph = Exported(encoder, list(heads)).eval()
    example = torch.tensor([[CLS, 2000, 3000, 4000, SEP]])
    names = [name for head in heads for name in head.outputs]
    axes = {name: {1: "n"} for name in ("pieces", "shapes")}
    for head in heads:
        axes.update(head.axes)
    torch.onnx.export(
        graph,
        (example, torch.zeros_like(example)),
        str(path),
        input_names=["pieces", "shapes"],
        output_names=names,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", required=True, help="folder of the MiniLM weights")
    parser.add_argument("--heads", default="attribution")
    parser.add_argument("--polnear", default="../shared/bench/attribution/dev.jsonl.gz")
    parser.add_argument("--stance", type=Path, nargs="*", default=[], help="files of marked cases")
    parser.add_argument("--share", type=float, default=1.0, help="of the attribution windows")
    parser.add_argument("--stance-share", type=float, default=1.0, help="of the marked cases")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--pieces", type=int, default=3072, help="pieces in one batch")
    parser.add_argument("--resume", type=Path, help="weights.pt to go on from")
    parser.add_argument("--still", action="store_true", help="leave the embeddings as they are")
    parser.add_argument("--seed", type=int, default=7, help="of the order and of dropout")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    cases = [case for path in args.stance for case in read_cases(path)]
    makers = {
        "attribution": lambda: AttributionHead(args.weights, args.polnear, WIDTH),
        "stance": lambda: StanceHead(args.weights, cases, WIDTH),
    }
    heads = [makers[name]() for name in args.heads.split(",")]
    encoder = Encoder(args.weights, args.layers)
    if args.still:
        encoder.bert.embeddings.requires_grad_(requires_grad=False)
    if args.resume:
        saved = torch.load(args.resume)
        encoder.load_state_dict(saved["encoder"])
        for head in heads:
            if head.name in saved["heads"]:
                head.load_state_dict(saved["heads"][head.name])
    encoder.train()
    args.out.mkdir(parents=True, exist_ok=True)
    train(
        encoder,
        heads,
        epochs=args.epochs,
        rate=args.rate,
        pieces=args.pieces,
        shares={"attribution": args.share, "stance": args.stance_share},
        seed=args.seed,
    )
    encoder.eval()
    torch.save(
        {"encoder": encoder.state_dict(), "heads": {h.name: h.state_dict() for h in heads}},
        args.out / "weights.pt",
    )
    export(encoder, heads, args.out / "encoder.onnx")
    print(json.dumps({head.name: head.score(encoder) for head in heads}))


if __name__ == "__main__":
    main()
