"""Linear heads over named features: small, exact, and the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Head:
    """One task: a weight for each feature and label; `many` labels may hold at once."""

    labels: tuple[str, ...]
    vocabulary: Mapping[str, int]
    scale: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    many: bool

    def scores(self, features: Mapping[str, float]) -> Mapping[str, float]:
        """Return a probability by label."""
        known = [
            (self.vocabulary[name], value)
            for name, value in features.items()
            if name in self.vocabulary
        ]
        rows = [index for index, _ in known]
        values = np.array([value for _, value in known], dtype=np.float32) * self.scale[rows]
        norm = float(np.sqrt((values * values).sum())) or 1.0
        logits = self.bias + (values / norm) @ self.weights[rows]
        if self.many:
            chances = 1 / (1 + np.exp(-logits))
        else:
            chances = np.exp(logits - logits.max())
            chances = chances / chances.sum()
        return dict(zip(self.labels, (float(chance) for chance in chances), strict=True))


@dataclass(frozen=True)
class Heads:
    """All packaged heads by task."""

    heads: Mapping[str, Head]

    def scores(self, task: str, features: Mapping[str, float]) -> Mapping[str, float]:
        """Return a probability by label of one task; nothing for a task without a head."""
        head = self.heads.get(task)
        return head.scores(features) if head is not None else {}


@cache
def load_heads() -> Heads:
    """Load the packaged heads; none where the file is missing."""
    file = files("tocsin.models").joinpath("heads.npz")
    if not file.is_file():
        return Heads({})
    with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as stored:
        names = json.loads(str(stored["tasks"]))
        return Heads({name: _head(stored, name) for name in names})


def _head(stored: Mapping[str, NDArray[np.float32]], name: str) -> Head:
    meta = json.loads(str(stored[f"{name}.meta"]))
    return Head(
        labels=tuple(meta["labels"]),
        vocabulary={feature: index for index, feature in enumerate(meta["features"])},
        scale=stored[f"{name}.scale"].astype(np.float32),
        weights=stored[f"{name}.weights"].astype(np.float32),
        bias=stored[f"{name}.bias"].astype(np.float32),
        many=bool(meta["many"]),
    )
