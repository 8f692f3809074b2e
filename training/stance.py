"""The stance head: for any words of a report how sure they are put, who says them, of what kind."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, get_args

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from stance_cases import Case
from tocsin.lang.lexicon import word_maps
from tocsin.lang.people import people_words
from tocsin.models.windows import CLS, MAX_PIECES, SEP, Window, windows
from tocsin.terms import Certainty, SpeakerKind

CERTAINTIES: tuple[str, ...] = get_args(Certainty)
KINDS: tuple[str, ...] = get_args(SpeakerKind)
SIZE = 64
REACH = 48
SHAPELESS = 0.1
SMOOTHED = 0.05
# One case in three whose speaker is a common noun is read with another noun from the word lists.
SWAPPED = 0.33
# Certainty is learnt and read where people's nouns are hidden, so that it cannot depend on them.
VEILED = 0.5
PEOPLE = frozenset(get_args(SpeakerKind)) - {"footage", "document", "outlet", "unnamed"}
_NOUN = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Example:
    """One or more cases as the paragraphs of one window; pieces by their place in the window."""

    window: Window
    cases: tuple[tuple[int, int, list[int], list[int]], ...]  # certainty, kind, content, speaker
    veiled: bool = False


def nouns() -> list[tuple[str, str]]:
    """Nouns for people who speak, with the kind of speaker each is."""
    maps = word_maps("en", "speakers")
    found = {w: maps["by_sector"].get(sector, "") for w, sector in maps["sector"].items()}
    found |= maps["speaker"]
    return sorted((w, k) for w, k in found.items() if k in PEOPLE)


def swapped(case: Case, rng: random.Random, among: list[tuple[str, str]]) -> Case:
    """A case with another noun for its speaker, and so another kind; names stay."""
    if case.speaker is None or case.kind not in PEOPLE or rng.random() > SWAPPED:
        return case
    start, end = case.speaker
    old, before = case.text[start:end], case.text[:start]
    within = case.content[0] < end and start < case.content[1]
    if within or not _NOUN.fullmatch(old) or case.text.count(old) > 1:
        return case
    noun, kind = rng.choice(among)
    many = old.endswith("s") and not old.endswith("ss")
    new = noun + "s" if many and not noun.endswith("s") else noun
    if match := re.search(r"\b([Aa])n? $", before):
        before = before[: match.start()] + match[1] + ("n " if new[0] in "aeiou" else " ")
    moved = len(before) + len(new) - end
    first, last = case.content
    content = (first + moved, last + moved) if first >= end else case.content
    text = before + new + case.text[end:]
    return Case(text, case.certainty, kind, content, (len(before), len(before) + len(new)))


class StanceHead(nn.Module):
    """Scores for each piece: certainty [n, 5], kind of speaker [n, 17], its speaker [n, n + 1].

    In the last, the first column stands for nobody in the text: the outlet itself.
    """

    name = "stance"
    outputs = ("certainty", "kind", "speaker")
    axes: ClassVar = {"certainty": {0: "n"}, "kind": {0: "n"}, "speaker": {0: "n", 1: "n"}}

    def __init__(self, weights: str, cases: list[Case], width: int) -> None:
        super().__init__()
        self.certainty = nn.Linear(width, len(CERTAINTIES))
        self.kind = nn.Linear(width, len(KINDS))
        self.queries = nn.Linear(width, SIZE)
        self.keys = nn.Linear(width, SIZE)
        self.near = nn.Embedding(2 * REACH + 1, 1)
        nn.init.zeros_(self.near.weight)
        self.dropout = nn.Dropout(0.1)
        self.tokenizer = Tokenizer.from_file(str(Path(weights) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cases, self.nouns = cases, nouns()

    def _pointers(self, states: Tensor) -> Tensor:
        """Scores [batch, piece, piece]."""
        n = states.shape[1]
        place = torch.arange(n)
        gap = (place[None, :] - place[:, None]).clamp(-REACH, REACH) + REACH
        scores = self.queries(states) @ self.keys(states).transpose(1, 2) / SIZE**0.5
        return scores + self.near(gap)[..., 0]

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.certainty(states)[0], self.kind(states)[0], self._pointers(states)[0]

    def batches(self, pieces: int, rng: random.Random) -> list[dict[str, Tensor]]:
        """Batches of windows of like length, with other neighbours each time."""
        cases = [swapped(case, rng, self.nouns) for case in self.cases]
        hidden = people_words("en")
        order = [
            windowed(self.tokenizer, group, hidden if rng.random() < VEILED else ())
            for group in grouped(cases, rng)
        ]
        order.sort(key=lambda e: (e.veiled, len(e.window.spans) // 32, rng.random()))
        groups: list[list[Example]] = [[]]
        for one in order:
            full = (len(groups[-1]) + 1) * (len(one.window.spans) + 2) > pieces
            if full or (groups[-1] and groups[-1][0].veiled != one.veiled):
                groups.append([])
            groups[-1].append(one)
        return [_collate(group, rng) for group in groups if group]

    def loss(self, states: Tensor, batch: dict[str, Tensor]) -> Tensor:
        states = self.dropout(states)
        rows, held = batch["rows"], batch["held"]
        weights = held / held.sum(1, keepdim=True)
        if batch["veiled"]:
            certainty = _averaged(self.certainty(states)[rows], weights)
            return nn.functional.cross_entropy(
                certainty, batch["certainties"], label_smoothing=SMOOTHED
            )
        kind = _averaged(self.kind(states)[rows], weights)
        pointed = _averaged(self._pointers(states)[rows], weights)
        pointed = pointed.masked_fill(batch["mask"][rows] == 0, -1e4)
        right = torch.logsumexp(
            pointed.masked_fill(batch["speaker"] == 0, -1e4), 1
        ) - torch.logsumexp(pointed, 1)
        named = batch["speaker"] / batch["speaker"].sum(1, keepdim=True)
        kinds = sum(
            nn.functional.cross_entropy(scores, batch["kinds"], label_smoothing=SMOOTHED)
            for scores in (kind, _averaged(self.kind(states)[rows], named))
        )
        return kinds - right.mean()

    def score(self, encoder: nn.Module) -> dict[str, float]:
        return {"cases": float(len(self.cases))}


def _averaged(scores: Tensor, weights: Tensor) -> Tensor:
    """Scores [cases, n, k] averaged over the pieces of each case."""
    return (scores * weights[..., None]).sum(1)


def grouped(cases: list[Case], rng: random.Random) -> Iterator[list[Case]]:
    """Cases alone, or a few after one another as a report would have them."""
    order = list(cases)
    rng.shuffle(order)
    while order:
        take = rng.choice((1, 1, 2, 3, 4))
        yield order[:take]
        del order[:take]


def windowed(tokenizer: Tokenizer, group: list[Case], hidden: Collection[str] = ()) -> Example:
    """The cases as paragraphs of one window; those that do not fit are left out."""
    blocks, offsets, offset, held = [], [], 0, 0
    for case in group:
        size = len(tokenizer.encode(case.text, add_special_tokens=False).ids)
        if held + size > MAX_PIECES:
            continue
        blocks.append((offset, case.text))
        offsets.append((case, offset))
        offset, held = offset + len(case.text) + 1, held + size
    window = windows(tokenizer, blocks, hidden)[0]

    def pieces(case_offset: int, span: tuple[int, int]) -> list[int]:
        left, right = span[0] + case_offset, span[1] + case_offset
        return [i for i, (s, e) in enumerate(window.spans) if s < right and e > left]

    return Example(
        window,
        tuple(
            (
                CERTAINTIES.index(case.certainty),
                KINDS.index(case.kind),
                pieces(at, case.content),
                pieces(at, case.speaker) if case.speaker else [],
            )
            for case, at in offsets
        ),
        bool(hidden),
    )


def _collate(group: list[Example], rng: random.Random) -> dict[str, Tensor]:
    longest = max(len(e.window.spans) for e in group) + 2
    pieces = torch.zeros(len(group), longest, dtype=torch.long)
    shapes = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest, dtype=torch.long)
    rows, certainties, kinds, held, speakers = [], [], [], [], []
    for row, one in enumerate(group):
        n = len(one.window.spans)
        pieces[row, : n + 2] = torch.tensor([CLS, *one.window.pieces, SEP])
        if rng.random() > SHAPELESS:
            shapes[row, 1 : n + 1] = torch.tensor(one.window.shapes)
        mask[row, : n + 2] = 1
        for certainty, kind, content, speaker in one.cases:
            rows.append(row)
            certainties.append(certainty)
            kinds.append(kind)
            held.append(_flags(longest, content))
            speakers.append(_flags(longest, speaker or [-1]))
    return {
        "pieces": pieces,
        "shapes": shapes,
        "mask": mask,
        "rows": torch.tensor(rows),
        "certainties": torch.tensor(certainties),
        "kinds": torch.tensor(kinds),
        "held": torch.stack(held),
        "speaker": torch.stack(speakers),
        "veiled": torch.tensor(group[0].veiled),
    }


def _flags(size: int, pieces: list[int]) -> Tensor:
    flags = torch.zeros(size)
    flags[[i + 1 for i in pieces]] = 1
    return flags
