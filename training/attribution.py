"""The attribution head: tags of source, cue and content, and links from each cue to its words."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from tocsin.models.windows import CLS, SEP, Window, blocks_of, windows

ROLES = ("source", "cue", "content")
LINKED = ("source", "content")
SIZE = 64
REACH = 48
# One window in ten is shown without case and quotation shapes, for texts that lost them.
SHAPELESS = 0.1


@dataclass(frozen=True)
class Example:
    """A window with its tags and, for each cue piece, the pieces of its source and content."""

    window: Window
    tags: list[int]
    links: list[tuple[int, list[int], list[int]]]


def tag(role: str, *, first: bool) -> int:
    """0 is outside; each role has a first and an inner tag."""
    return 1 + 2 * ROLES.index(role) + (0 if first else 1)


def example(window: Window, attributions: list[dict[str, list[list[int]]]]) -> Example:
    """Label a window from character segments."""
    tags = [0] * len(window.spans)
    links = []
    for attribution in attributions:
        inside = {
            role: [
                [i for i, (s, e) in enumerate(window.spans) if s < right and e > left]
                for left, right in attribution[role]
            ]
            for role in ROLES
        }
        for role in ROLES:
            for run in inside[role]:
                for n, i in enumerate(run):
                    tags[i] = tag(role, first=n == 0)
        flat = {role: [i for run in inside[role] for i in run] for role in ROLES}
        links.extend((i, flat["source"], flat["content"]) for i in flat["cue"])
    return Example(window, tags, links)


class AttributionHead(nn.Module):
    """Tags [n, 7] and link scores [2, n, n] (row: cue piece; source, content)."""

    name = "attribution"
    outputs = ("tags", "links")
    axes: ClassVar = {"tags": {0: "n"}, "links": {1: "n", 2: "n"}}

    def __init__(self, weights: str, polnear: str, width: int) -> None:
        super().__init__()
        self.tags = nn.Linear(width, 7)
        self.queries = nn.Linear(width, 2 * SIZE)
        self.keys = nn.Linear(width, 2 * SIZE)
        self.near = nn.Embedding(2 * REACH + 1, 2)
        nn.init.zeros_(self.near.weight)
        self.dropout = nn.Dropout(0.1)
        tokenizer = Tokenizer.from_file(str(Path(weights) / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        with gzip.open(polnear, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        self.tokenizer = tokenizer
        self.records = [r for r in records if r["part"] == "train"]

    def _links(self, states: Tensor) -> Tensor:
        """Scores [batch, 2, cue piece, piece] from states [batch, n, width]."""
        batch, n, _ = states.shape
        queries = self.queries(states).view(batch, n, 2, SIZE).permute(0, 2, 1, 3)
        keys = self.keys(states).view(batch, n, 2, SIZE).permute(0, 2, 3, 1)
        place = torch.arange(n)
        gap = (place[None, :] - place[:, None]).clamp(-REACH, REACH) + REACH
        return queries @ keys / SIZE**0.5 + self.near(gap).permute(2, 0, 1)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        return self.tags(states)[0], self._links(states)[0]

    def batches(self, pieces: int, rng: random.Random) -> list[dict[str, Tensor]]:
        """Batches of windows of like length, each report cut anew at a random paragraph."""
        order = [one for record in self.records for one in self._cut(record, rng)]
        rng.shuffle(order)
        order.sort(key=lambda e: len(e.tags) // 32)
        groups: list[list[Example]] = [[]]
        for one in order:
            if (len(groups[-1]) + 1) * (len(one.tags) + 2) > pieces:
                groups.append([])
            groups[-1].append(one)
        return [_collate(group, rng) for group in groups if group]

    def _cut(self, record: dict[str, Any], rng: random.Random) -> list[Example]:
        blocks = blocks_of(record["text"])
        at = rng.randrange(len(blocks) + 1)
        cut = [w for part in (blocks[:at], blocks[at:]) for w in windows(self.tokenizer, part)]
        told = record["attributions"]
        return [example(w, [a for a in told if _touches(a, w)]) for w in cut]

    def loss(self, states: Tensor, batch: dict[str, Tensor]) -> Tensor:
        states = self.dropout(states)
        tags = nn.functional.cross_entropy(
            self.tags(states).flatten(0, 1), batch["tags"].flatten(), ignore_index=-100
        )
        where, cues = batch["cue_rows"], batch["cue_pieces"]
        if not len(cues):
            return tags
        scores = self._links(states)[where, :, cues]
        raw = nn.functional.binary_cross_entropy_with_logits(
            scores, batch["linked"], reduction="none"
        )
        mask = batch["mask"][where][:, None, :].float()
        # Weighed so that the links of one cue count about as much as the tags of its sentence.
        return tags + 4.0 * (raw * mask).sum() / mask.sum() / 2

    def score(self, encoder: nn.Module) -> dict[str, float]:
        return {"reports": float(len(self.records))}


def _touches(attribution: dict[str, list[list[int]]], window: Window) -> bool:
    left, right = window.spans[0][0], window.spans[-1][1]
    return any(s < right and e > left for role in ROLES for s, e in attribution[role])


def _collate(group: list[Example], rng: random.Random) -> dict[str, Tensor]:
    longest = max(len(e.tags) for e in group) + 2
    size = len(group)
    pieces = torch.zeros(size, longest, dtype=torch.long)
    shapes = torch.zeros(size, longest, dtype=torch.long)
    mask = torch.zeros(size, longest, dtype=torch.long)
    tags = torch.full((size, longest), -100)
    rows, cues, linked = [], [], []
    for row, one in enumerate(group):
        n = len(one.tags)
        pieces[row, : n + 2] = torch.tensor([CLS, *one.window.pieces, SEP])
        if rng.random() > SHAPELESS:
            shapes[row, 1 : n + 1] = torch.tensor(one.window.shapes)
        mask[row, : n + 2] = 1
        tags[row, 1 : n + 1] = torch.tensor(one.tags)
        for cue, source, content in one.links:
            target = torch.zeros(2, longest)
            target[0, [i + 1 for i in source]] = 1
            target[1, [i + 1 for i in content]] = 1
            rows.append(row)
            cues.append(cue + 1)
            linked.append(target)
    return {
        "pieces": pieces,
        "shapes": shapes,
        "mask": mask,
        "tags": tags,
        "cue_rows": torch.tensor(rows, dtype=torch.long),
        "cue_pieces": torch.tensor(cues, dtype=torch.long),
        "linked": torch.stack(linked) if linked else torch.zeros(0, 2, longest),
    }
