"""Learn the curves of the words in the pair scorer, and count how rare terms are."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from tocsin import ids
from tocsin.lang.rarity import packaged as packaged_rarity
from tocsin.linking import blocking, cluster
from tocsin.linking.features import FEATURES
from tocsin.linking.profile import Profile, unread
from tocsin.linking.score import Curve, Scorer
from tocsin.linking.score import packaged as packaged_scorer
from tocsin.linking.words import telling
from tocsin.model import Published, Report

BENCH = Path("../shared/bench/incident_linking/dev.jsonl.gz")
FOLDS = 5
SETS = ("gvc", "longtail", "ecbplus")
# Average linkage asks more of a group than of a pair: best mean pairwise F1, sweep 0 to 1.5.
LENIENCE = 0.9
SAMPLE = 60_000  # pairs drawn by chance from those that share no key
T = TypeVar("T")
# Corners of the learned curves: where the middle nine tenths of the pairs lie.
CORNERS: dict[str, tuple[float, ...]] = {
    "same_words": (0.0, 0.08, 0.16, 0.24, 0.36, 0.5, 0.7),
    "same_lead": (0.0, 0.1, 0.2, 0.35, 0.5, 0.7),
    "same_names": (0.0, 0.1, 0.2, 0.35, 0.5, 0.7),
    "rare_names": (0.0, 0.3, 0.7, 1.5, 3.0),
    "same_figures": (0.0, 0.15, 0.3, 0.6),
    "published_apart": (0.0, 0.7, 1.4, 2.2, 3.5, 6.0),
}


@dataclass(frozen=True)
class Pairs:
    """Pairs of one set to learn from: strengths, truth, and how many pairs each stands for."""

    name: str
    groups: list[str]
    profiles: list[Profile]
    pairs: NDArray[np.int64]
    strengths: NDArray[np.float64]
    stated: NDArray[np.bool_]
    same: NDArray[np.bool_]
    weights: NDArray[np.float64]


def read_pairs() -> list[Pairs]:
    """Return pairs of each set: those that blocking finds, all true ones, some of the rest."""
    lines = [json.loads(line) for line in gzip.decompress(BENCH.read_bytes()).splitlines()]
    return [pairs_of(n, [r for r in lines if r["dataset"] == n]) for n in SETS]


def pairs_of(name: str, rows: list[dict[str, str]]) -> Pairs:
    """Compare the articles of one set by their words and dates."""
    profiles = [profile_of(row) for row in rows]
    groups = [str(row["incident_id"]) for row in rows]
    near = set(blocking.pairs(profiles)) | true_pairs(groups)
    size = len(rows)
    some = np.random.default_rng(1).integers(0, size, (SAMPLE, 2))
    far = {(int(a), int(b)) for a, b in some if a < b} - near
    pairs = np.array(sorted(near) + sorted(far))
    rest = size * (size - 1) / 2 - len(near)
    weights = np.concatenate([np.ones(len(near)), np.full(len(far), rest / len(far))])
    strengths = np.zeros((len(pairs), len(CORNERS)))
    stated = np.zeros((len(pairs), len(CORNERS)), bool)
    for number, (one, other) in enumerate(pairs):
        for column, feature in enumerate(CORNERS):
            found = FEATURES[feature](profiles[one], profiles[other])
            if found is not None:
                strengths[number, column] = found.strength
                stated[number, column] = True
    same = np.array([groups[one] == groups[other] for one, other in pairs])
    return Pairs(name, groups, profiles, pairs, strengths, stated, same, weights)


def true_pairs(groups: list[str]) -> set[cluster.Pair]:
    """Return all pairs of one incident."""
    members: dict[str, list[int]] = {}
    for position, group in enumerate(groups):
        members.setdefault(group, []).append(position)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def profile_of(row: dict[str, str]) -> Profile:
    """Return the profile of an article that was not coded: words and date alone."""
    date = row.get("date")
    report = Report(
        id=row["id"],
        text=row["text"],
        title=row.get("title"),
        text_digest="",
        raw_digest="",
        published=Published(value=date, basis="metadata", precision="day") if date else None,
    )
    return unread(telling(report.id, report, packaged_rarity()), published=date)


def basis(found: Pairs) -> NDArray[np.float64]:
    """Return the strengths as hinges at the corners; what is not stated adds nothing."""
    columns = []
    for column, corners in enumerate(CORNERS.values()):
        strength = found.strengths[:, column]
        columns.append(found.stated[:, column].astype(float))
        for left, right in pairwise(corners):
            part = np.clip((strength - left) / (right - left), 0, 1)
            columns.append(part * found.stated[:, column])
    return np.column_stack(columns)


def fit(found: list[Pairs], keep: list[NDArray[np.bool_]]) -> Scorer:
    """Fit the curves on some pairs of each set; each set weighs the same."""
    x = np.vstack([basis(pairs)[kept] for pairs, kept in zip(found, keep, strict=True)])
    y = np.concatenate([pairs.same[kept] for pairs, kept in zip(found, keep, strict=True)])
    weights = np.concatenate(
        [
            pairs.weights[kept] * 1000 / pairs.same[kept].sum()
            for pairs, kept in zip(found, keep, strict=True)
        ]
    )
    model = LogisticRegression(C=1.0, max_iter=1000).fit(x, y, sample_weight=weights)
    curves: dict[str, Curve] = dict(packaged_scorer().curves)
    position = 0
    for name, corners in CORNERS.items():
        steps = model.coef_[0][position : position + len(corners)]
        position += len(corners)
        heights = np.cumsum(steps)
        curves[name] = tuple((c, round(float(h), 2)) for c, h in zip(corners, heights, strict=True))
    return Scorer(round(float(model.intercept_[0]) + LENIENCE, 2), curves)


def fold_of(incident: str) -> int:
    """Return the fold of an incident, from the digest of its id."""
    return int(hashlib.sha256(incident.encode()).hexdigest(), 16) % FOLDS


def crossval() -> dict[str, float]:
    """Score each pair by scorers that saw neither of its incidents, and compare the groups."""
    found = read_pairs()
    folds = [np.array([fold_of(group) for group in pairs.groups]) for pairs in found]
    scorers = [
        fit(found, [(f[p.pairs] != k).all(axis=1) for f, p in zip(folds, found, strict=True)])
        for k in range(FOLDS)
    ]
    return {
        f"{pairs.name}.{name}": value
        for pairs, fold in zip(found, folds, strict=True)
        for name, value in figures(pairs, [scorers[k] for k in fold]).items()
    }


def figures(pairs: Pairs, scorers: list[Scorer]) -> dict[str, float]:
    """Group a set, each end of a pair by its own scorer, and compare with the truth by pairs."""

    def score(one: int, other: int) -> float:
        ends = (pairs.profiles[one], pairs.profiles[other])
        return (scorers[one].score(*ends) + scorers[other].score(*ends)) / 2

    scores = {pair: score(*pair) for pair in blocking.pairs(pairs.profiles)}
    groups = cluster.groups(len(pairs.profiles), scores, score)
    label = {position: number for number, group in enumerate(groups) for position in group}
    right = _pairs(Counter((pairs.groups[p], label[p]) for p in label))
    precision = right / max(1, _pairs(Counter(label.values())))
    recall = right / max(1, _pairs(Counter(pairs.groups)))
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "pairwise.f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
    }


def _pairs(counts: Mapping[T, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def write(scorer: Scorer, path: Path) -> None:
    """Write the learned curves into the weights file, leaving its other lines."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        name = line.split(" ")[0]
        if name == "bias":
            line = f"bias = {scorer.bias}"
        elif name in CORNERS:
            points = ", ".join(f"[{x}, {y}]" for x, y in scorer.curves[name])
            line = f"{name} = [{points}]"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    everything = read_pairs()
    made = fit(everything, [np.ones(len(pairs.pairs), bool) for pairs in everything])
    write(made, Path("src/tocsin/linking/weights.toml"))
    sys.stdout.write(f"{made.bias} {ids.digest(repr(sorted(made.curves.items())))[:12]}\n")
