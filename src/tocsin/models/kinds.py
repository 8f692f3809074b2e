"""Linear scores over hashed words, letters and cues: small, exact, the same for a text anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

# Each block of features hashes into so many places: twice as many gained nothing over the folds.
PLACES = 1 << 14
# Heads that are trained together share a file.
FILES = ("kinds.npz", "sense.npz")
# Letter runs of three to five, inside words: slips of spelling leave most of them whole.
_RUNS = (3, 4, 5)
_WORD = re.compile(r"\w+")

# Signs that make a block of their own, by the first word of their name.
_APART = ("phrase", "named")
# Blocks whose values stand as they are: of the tags' own words (each label sees only its own part),
# and the vector of the text.
OWN, GIST = "named", "gist"
PLAIN = frozenset({OWN, GIST})
# A chance is never less than this when it is multiplied.
_LEAST = 1e-6

Floats = NDArray[np.float32]
Blocks = Mapping[str, Mapping[int, float]]


def blocks_of(text: str, signs: Mapping[str, float]) -> Blocks:
    """Return the hashed features of a text and of its named signs, by block."""
    parts: dict[str, dict[str, float]] = {name: {} for name in ("words", "cues", *_APART)}
    for sign, value in signs.items():
        lead = sign.partition("=")[0]
        block = "words" if len(lead) == 1 else lead.partition("_")[0]
        parts[block if block in parts else "cues"][sign] = value
    return {name: _hashed(part) for name, part in parts.items()} | {
        "letters": _hashed(_letters(text))
    }


def vector(
    block: Mapping[int, float], rarity: Floats, *, even: bool = True
) -> tuple[NDArray[np.int64], Floats]:
    """Return the places of a block with values: if even, scaled by rarity and of length one."""
    places = np.array(sorted(block), dtype=np.int64)
    values = np.array([block[int(place)] for place in places], dtype=np.float32)
    if not even:
        return places, values
    values = values * rarity[places]
    return places, values / (float(np.sqrt((values * values).sum())) or 1.0)


@dataclass(frozen=True)
class Member:
    """One linear model over some blocks, each with its weight; one apart is no part of the mean."""

    blocks: Mapping[str, float]
    weights: Floats
    bias: Floats
    apart: bool = False

    def logits(self, vectors: Mapping[str, tuple[NDArray[np.int64], Floats]]) -> Floats:
        """Return a score by label, before it becomes a chance."""
        total = self.bias.astype(np.float32)
        for number, (name, weight) in enumerate(self.blocks.items()):
            places, values = vectors[name]
            total = total + weight * (values @ self.weights[places + number * PLACES])
        return total


@dataclass(frozen=True)
class Head:
    """A task: its labels and its members, and whether a text may have many labels."""

    labels: tuple[str, ...]
    rarity: Mapping[str, Floats]
    members: tuple[Member, ...]
    many: bool

    def chances(self, blocks: Blocks) -> Mapping[str, float]:
        """Return a chance by label: the mean of the members, then evenly weighed with one apart."""
        vectors = {
            name: vector(blocks.get(name, {}), rarity, even=name not in PLAIN)
            for name, rarity in self.rarity.items()
        }
        found = [_chances(member.logits(vectors), self.many) for member in self.members]
        joined = [chances for m, chances in zip(self.members, found, strict=True) if not m.apart]
        mean = np.mean(joined, axis=0)
        for member, chances in zip(self.members, found, strict=True):
            if member.apart:  # the root of the product: over the folds better than the mean
                mean = np.sqrt((mean + _LEAST) * (chances + _LEAST))
                mean = mean / mean.sum()
        return dict(zip(self.labels, mean.tolist(), strict=True))


@cache
def load_kinds() -> Mapping[str, Head]:
    """Load the packaged heads by task; none where a file is missing."""
    found: dict[str, Head] = {}
    for name in FILES:
        file = files("tocsin.models").joinpath(name)
        if file.is_file():
            with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as stored:
                found |= {task: _head(stored, task) for task in json.loads(str(stored["tasks"]))}
    return found


def _head(stored: Mapping[str, NDArray[np.float32]], task: str) -> Head:
    meta = json.loads(str(stored[f"{task}.meta"]))
    return Head(
        labels=tuple(meta["labels"]),
        rarity={n: stored[f"{task}.rarity.{n}"].astype(np.float32) for n in meta["rarity"]},
        members=tuple(
            Member(
                blocks=blocks,
                weights=stored[f"{task}.{i}.weights"].astype(np.float32)
                * stored[f"{task}.{i}.steps"],
                bias=stored[f"{task}.{i}.bias"].astype(np.float32),
                apart=bool(meta["apart"][i]),
            )
            for i, blocks in enumerate(meta["members"])
        ),
        many=bool(meta["many"]),
    )


def _chances(logits: Floats, many: bool) -> Floats:
    if many:
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def place_of(sign: str) -> int:
    """Return the place that a sign hashes into."""
    return crc32(sign.encode()) % PLACES


def _hashed(named: Mapping[str, float]) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for name, value in named.items():
        place = place_of(name)
        found[place] = max(value, found.get(place, 0.0))
    return found


def _letters(text: str) -> Mapping[str, float]:
    """Runs of letters with the edges of their word, weighted by the logarithm of their number."""
    counts: dict[str, int] = {}
    for word in _WORD.findall(text.lower()):
        edged = f" {word} "
        for size in _RUNS:
            for start in range(max(1, len(edged) - size + 1)):
                run = edged[start : start + size]
                counts[run] = counts.get(run, 0) + 1
    return {run: 1.0 + float(np.log(count)) for run, count in counts.items()}
