"""Distil MiniLM into the packaged sentence encoder: four of its layers, in steps of four bits.

    python training/sentence.py --weights FOLDER --out src/tocsin/models/sentence.npz

Needs the `train` extra. One pass over news texts of other tasks, synthetic stories and our own
passages: the student's mean state shall lie where the whole of MiniLM puts it, and tell the event
of a story and the kinds of a passage. No snippet of `event_type` and no report of `us_incidents`
is read.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel, BertTokenizerFast

from passages import plain_text, read_passages

SEED = 3
LAYERS = (
    0,
    1,
    4,
    5,
)  # of all cuts to four tried without training, among the two nearest to the whole
PIECES, KEPT = 8000, 6000  # learnt with, and kept: the rarer ones are then spelt by shorter pieces
MOST, GROUP, BATCH = 96, 64, 24
RATE, HEAD_RATE = 1.5e-4, 2e-3
NEWS, STORIES = 3200, 3000
SHARED = Path(__file__).parents[2] / "shared"
CORPUS = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Example:
    """A text with what it tells, if known: the event and mode of a story, or the kinds held."""

    text: str
    event: str | None = None
    mode: str | None = None
    kinds: tuple[str, ...] = ()


def _records(path: str) -> list[dict]:
    with gzip.open(SHARED / path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _start(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def news(rng: random.Random) -> Iterator[Example]:
    """Starts of articles and single paragraphs, without any label."""
    for record in _records("bench/incident_linking/dev.jsonl.gz"):
        yield Example(_start(record["text"], rng.randint(25, 60)))
    for task in ("attribution", "geoparsing"):
        for record in _records(f"bench/{task}/dev.jsonl.gz"):
            long = [p for p in re.split(r"\n", record["text"]) if len(p.split()) > 15]
            yield from (Example(_start(p, 60)) for p in rng.sample(long, min(2, len(long))))


def examples(rng: random.Random) -> list[Example]:
    """What the student reads."""
    plain = list(news(rng))
    stories = [
        Example(_start(row["text"], 70), row["event"], row["mode"])
        for row in _records("train/plover_synthetic.jsonl.gz")
    ]
    rng.shuffle(plain)
    rng.shuffle(stories)
    own = [
        Example(plain_text(p.text)[0], kinds=tuple(sorted({held.kind for held in p.kinds})))
        for p in read_passages(sorted(CORPUS.glob("passages-*.jsonl")))
    ]
    return [*plain[:NEWS], *stories[:STORIES], *own]


def vocabulary(full: BertTokenizerFast, texts: list[str], size: int) -> list[int]:
    """The commonest pieces, all single letters and signs, and the marks, as ids of MiniLM."""
    counts: collections.Counter[int] = collections.Counter()
    for ids in full(texts, add_special_tokens=False)["input_ids"]:
        counts.update(ids)
    known = full.get_vocab()
    single = {i for piece, i in known.items() if re.fullmatch(r"(##)?[!-~]", piece)}
    marks = {known[mark] for mark in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")}
    return sorted({i for i, _ in counts.most_common(size)} | single | marks)


def tokenizer_of(pieces: list[str]) -> Tokenizer:
    """The tokenizer that the package builds from the same list."""
    made = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def steps_of(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Sixteen even steps around zero for each group of a row: numbers 0 to 15, and step sizes."""
    rows, width = weights.shape
    grouped = weights.detach().view(rows, width // GROUP, GROUP)
    size = (grouped.abs().amax(-1) / 7.5 + 1e-9).half().float()
    return ((grouped / size[..., None] - 0.5).round().clamp(-8, 7) + 8).to(torch.uint8), size


class Student(nn.Module):
    """Some layers of MiniLM over fewer pieces, whose embeddings stay as they are stored."""

    def __init__(self, weights: str, kept: list[int]) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(weights, add_pooling_layer=False)
        self.bert.encoder.layer = nn.ModuleList(self.bert.encoder.layer[i] for i in LAYERS)
        self.bert.config.num_hidden_layers = len(LAYERS)
        table = self.bert.embeddings.word_embeddings.weight.data[kept]
        marks, size = steps_of(table)
        rounded = ((marks.float() - 7.5) * size[..., None]).view_as(table)
        self.bert.embeddings.word_embeddings = nn.Embedding.from_pretrained(rounded, freeze=True)

    def forward(self, rows: list[list[int]]) -> Tensor:
        longest = max(map(len, rows))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return _mean(states.float(), mask)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


class Labels(nn.ModuleDict):
    """Linear heads on the student's vector: a story's event and mode, a passage's kinds."""

    def __init__(self, found: list[Example]) -> None:
        self.names = {
            "event": sorted({e.event for e in found if e.event}),
            "mode": sorted({e.mode for e in found if e.mode}),
            "kinds": sorted({kind for e in found for kind in e.kinds}),
        }
        super().__init__({name: nn.Linear(384, len(n)) for name, n in self.names.items()})

    def loss(self, vectors: Tensor, batch: list[Example]) -> Tensor:
        total = vectors.new_zeros(())
        for name in ("event", "mode"):
            at = [i for i, e in enumerate(batch) if getattr(e, name)]
            if at:
                gold = [self.names[name].index(getattr(batch[i], name)) for i in at]
                total = total + functional.cross_entropy(
                    self[name](vectors[at]), torch.tensor(gold)
                )
        at = [i for i, e in enumerate(batch) if not e.event and e.kinds]
        if at:
            names = self.names["kinds"]
            gold = torch.tensor([[float(k in batch[i].kinds) for k in names] for i in at])
            loss = functional.binary_cross_entropy_with_logits(self["kinds"](vectors[at]), gold)
            total = total + loss * len(names) / 4
        return total


def _batches(lengths: list[int], rng: random.Random) -> list[list[int]]:
    """Rows of like length together, in random order."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * 16):
        like = sorted(order[start : start + BATCH * 16], key=lambda i: lengths[i])
        found += [like[i : i + BATCH] for i in range(0, len(like), BATCH)]
    rng.shuffle(found)
    return found


def distil(weights: str, full: BertTokenizerFast, student: Student, made: Tokenizer) -> None:
    """One pass: near the whole of MiniLM, singly and in how the texts lie to each other."""
    rng = random.Random(SEED)
    found = examples(rng)
    edges = made.token_to_id("[CLS]"), made.token_to_id("[SEP]")
    encoded = made.encode_batch([e.text for e in found], add_special_tokens=False)
    rows = [[edges[0], *e.ids[: MOST - 2], edges[1]] for e in encoded]
    teacher = BertModel.from_pretrained(weights, add_pooling_layer=False).eval()
    heads = Labels(found)
    learnt = [p for p in student.parameters() if p.requires_grad]
    groups = [{"params": learnt, "lr": RATE}, {"params": heads.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = _batches([len(row) for row in rows], rng)
    total = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / 20) * max(0.05, (total - s) / total)
    )
    student.train()
    for step, batch in enumerate(batches):
        texts = [found[i].text for i in batch]
        asked = full(texts, padding=True, truncation=True, max_length=MOST, return_tensors="pt")
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            states = teacher(**asked).last_hidden_state.float()
        aim = functional.normalize(_mean(states, asked["attention_mask"].float()))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = student([rows[i] for i in batch])
        got = functional.normalize(vectors)
        apart = 3 * (1 - (got * aim).sum(1).mean()) + 20 * ((got @ got.T - aim @ aim.T) ** 2).mean()
        loss = apart + 0.3 * heads.loss(vectors, [found[i] for i in batch])
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        if step % 20 == 0:
            print(f"{step}/{total} apart {apart.item():.3f} all {loss.item():.3f}", flush=True)


def pack(student: Student, pieces: list[str], rows: list[int], path: Path) -> None:
    """Write the encoder as the package reads it."""
    stored = {"layers": np.array(len(LAYERS)), "vocabulary": np.array(json.dumps(pieces))}

    def put(name: str, weights: Tensor) -> None:
        if weights.dim() == 1:
            stored[name] = weights.detach().numpy().astype(np.float16)
            return
        marks, size = steps_of(weights)
        pairs = marks.reshape(weights.shape[0], -1, 2)
        stored[name] = (pairs[..., 0] | (pairs[..., 1] << 4)).numpy()
        stored[f"{name}.steps"] = size.numpy().astype(np.float16)

    embeddings = student.bert.embeddings
    put("pieces", embeddings.word_embeddings.weight[rows])
    places = (
        embeddings.position_embeddings.weight[:MOST] + embeddings.token_type_embeddings.weight[0]
    )
    stored["places"] = places.detach().numpy().astype(np.float16)
    parts = {"first.norm": embeddings.LayerNorm}
    for number, layer in enumerate(student.bert.encoder.layer):
        inner, attended = layer.attention.self, layer.attention.output
        parts |= {f"{number}.q": inner.query, f"{number}.k": inner.key, f"{number}.v": inner.value}
        parts |= {f"{number}.o": attended.dense, f"{number}.norm1": attended.LayerNorm}
        parts |= {f"{number}.up": layer.intermediate.dense, f"{number}.down": layer.output.dense}
        parts[f"{number}.norm2"] = layer.output.LayerNorm
    for name, module in parts.items():
        put(name, module.weight)
        put(f"{name}_bias", module.bias)
    np.savez_compressed(path, **stored)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", required=True, help="folder of the MiniLM weights")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    full = BertTokenizerFast.from_pretrained(args.weights)
    texts = [e.text for e in examples(random.Random(SEED))]
    names = {i: piece for piece, i in full.get_vocab().items()}
    kept = vocabulary(full, texts, PIECES)
    student = Student(args.weights, kept)
    distil(args.weights, full, student, tokenizer_of([names[i] for i in kept]))
    few = set(vocabulary(full, texts, KEPT))
    rows = [row for row, i in enumerate(kept) if i in few]
    pack(student, [names[kept[row]] for row in rows], rows, args.out)


if __name__ == "__main__":
    main()
