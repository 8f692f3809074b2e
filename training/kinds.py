"""Train the event types; print their figures, and those of the kinds of passages, over five folds.

`python -m training.kinds` writes the head `event_type`; with `--curve` it writes nothing and prints
what 250, 500, 1,000, 2,000 and all of our passages teach. Training text: our own passages, and for
`event_type` also the development snippets (hence the folds). The kinds are measured only: no step
asks for them.
"""

from __future__ import annotations

import gzip
import json
import sys
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, f1_score
from training.linear import BENCH, FOLDS, Part, Plan, calibrate, extract, fit, fold_of, store
from training.passages import Passage, plain_text, read_passages

from tocsin import ontology
from tocsin.ids import digest
from tocsin.models.kinds import GIST, Blocks
from tocsin.models.sentence import gist_of

CORPUS = Path(__file__).parent / "data"
_ALL = {"words": 0.7, "letters": 1.0, "cues": 1.0}
_READERS = (Part({"letters": 1.0}, 30.0), Part({"cues": 1.0}, 10.0), Part(_ALL, 20.0))
# The vector of the text stands apart; it learns from the development snippets only.
TYPES = Plan((*_READERS, Part({GIST: 1.0}, 10.0, apart=True, least=1.0)))
OWN_TYPES = Plan(_READERS)
KINDS = Plan((Part(_ALL, 30.0),), many=True)
# What one of our passages weighs against one development snippet: flat from .2 to .5.
OWN_SHARE = 0.3
CURVE = (250, 500, 1000, 2000)


@cache
def passages() -> list[Passage]:
    """Our own corpus."""
    return read_passages(sorted(CORPUS.glob("passages-*.jsonl")))


def snippets() -> list[dict[str, str]]:
    """The development snippets with their labels."""
    with gzip.open(BENCH / "event_type" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def type_of(passage: Passage) -> str | None:
    """The event type of the first new kind of a passage, by the crosswalk."""
    codes = ontology.load().crosswalks["event_type"]
    for held in passage.kinds:
        if held.status == "new":
            slots = {"conduct": held.conduct, "force": held.force}
            facts = {k: frozenset({v}) for k, v in slots.items() if v and v != "none"}
            return codes.code(held.kind, facts)
    return None


def texts() -> tuple[list[Blocks], list[Blocks]]:
    """The features of the development snippets and of our passages."""
    rows = [row["text"] for row in snippets()]
    dev = [{**found, GIST: gist_of(text)} for found, text in zip(extract(rows), rows, strict=True)]
    return dev, extract(plain_text(p.text)[0] for p in passages())


def crossval() -> dict[str, float]:
    """Figures of both: event types over folds and from our text alone, kinds over folds."""
    dev, own = texts()
    return {**_types(dev, own), **_kinds(own)}


def curve() -> None:
    """Print what growing parts of our passages, drawn by the digests of their ids, teach."""
    dev, own = texts()
    order = sorted(range(len(own)), key=lambda i: digest(passages()[i].id))
    for size in (*CURVE, len(own)):
        part = frozenset(order[:size])
        alone = round(_alone(dev, own, part), 3)
        figures = {"passages": size, "event_type.own_text_only": alone, **_kinds(own, part)}
        print(json.dumps(figures), flush=True)


def _types(dev: list[Blocks], own: list[Blocks]) -> dict[str, float]:
    rows, gold = snippets(), [row["label"] for row in snippets()]
    taught, labels = _own_types(own, frozenset(range(len(own))))
    folds = np.array([fold_of(row["id"]) for row in rows])
    guessed = np.empty(len(rows), dtype=object)
    for k in range(FOLDS):
        learn = np.where(folds != k)[0]
        head = fit(
            TYPES,
            [*(dev[i] for i in learn), *taught],
            [*(gold[i] for i in learn), *labels],
            np.array([1.0] * len(learn) + [OWN_SHARE] * len(taught)),
        )
        for i in np.where(folds == k)[0]:
            chances = head.chances(dev[i])
            guessed[i] = max(chances, key=lambda name: chances[name])
    return {
        "weighted_f1": round(float(f1_score(gold, guessed, average="weighted")), 3),
        "accuracy": round(float(accuracy_score(gold, guessed)), 3),
        "own_text_only.weighted_f1": round(_alone(dev, own, frozenset(range(len(own)))), 3),
    }


def _alone(dev: list[Blocks], own: list[Blocks], part: frozenset[int]) -> float:
    """Weighted F1 of the development snippets, learnt from our passages alone."""
    taught, labels = _own_types(own, part)
    head = fit(OWN_TYPES, taught, labels, np.ones(len(taught)))
    unaided = [max((c := head.chances(row)), key=lambda name: c[name]) for row in dev]
    gold = [row["label"] for row in snippets()]
    return float(f1_score(gold, unaided, average="weighted"))


def _own_types(own: list[Blocks], part: frozenset[int]) -> tuple[list[Blocks], list[str]]:
    rows = passages()
    pairs = [(own[i], type_of(rows[i])) for i in range(len(own)) if i in part]
    return [row for row, label in pairs if label], [label for _, label in pairs if label]


def _kinds(own: list[Blocks], part: frozenset[int] | None = None) -> dict[str, float]:
    """Micro F1 at one half, and the error of the calibrated chances, learnt and judged apart.

    Judged on all passages; learnt from those in `part` if it is given.
    """
    rows = passages()
    gold = [{held.kind for held in p.kinds} for p in rows]
    folds = np.array([fold_of(p.id) for p in rows])
    chances: list[float] = []
    right: list[bool] = []
    places: list[int] = []
    for k in range(FOLDS):
        learn = [i for i in np.where(folds != k)[0] if part is None or i in part]
        head = fit(KINDS, [own[i] for i in learn], [gold[i] for i in learn], np.ones(len(learn)))
        for i in np.where(folds == k)[0]:
            for kind, chance in head.chances(own[i]).items():
                chances.append(chance)
                right.append(kind in gold[i])
                places.append(k)
    score, truth, fold = np.array(chances), np.array(right), np.array(places)
    sure = np.zeros(len(score))
    for k in range(FOLDS):
        slope, offset = calibrate(score[fold != k], truth[fold != k])
        near = np.clip(score[fold == k], 1e-4, 1 - 1e-4)
        sure[fold == k] = 1 / (1 + np.exp(-(slope * np.log(near / (1 - near)) + offset)))
    held = sum(map(len, gold))
    figures = {"kinds.calibration_error": round(_error(sure, truth), 3)}
    hits, given = int((truth & (sure >= 0.5)).sum()), int((sure >= 0.5).sum())
    figures["kinds.micro_f1"] = round(2 * hits / (given + held), 3)
    firm = sure >= 0.9
    figures["kinds.precision_from_0.9"] = round(float(truth[firm].mean()), 3)
    return figures


def _error(sure: np.ndarray, truth: np.ndarray) -> float:
    """Mean gap of chance and truth over tenths, for chances worth looking at (from .1 on)."""
    kept = sure >= 0.1
    sure, truth = sure[kept], truth[kept]
    tenths = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        abs(sure[tenths == t].mean() - truth[tenths == t].mean()) * (tenths == t).sum()
        for t in np.unique(tenths)
    ]
    return float(sum(gaps) / len(sure))


def main() -> None:
    """Print the figures and write the head, or print the learning curve."""
    if "--curve" in sys.argv:
        curve()
        return
    dev, own = texts()
    print(json.dumps({**_types(dev, own), **_kinds(own)}, indent=1))
    taught, labels = _own_types(own, frozenset(range(len(own))))
    share = np.array([1.0] * len(dev) + [OWN_SHARE] * len(taught))
    gold = [row["label"] for row in snippets()]
    store("event_type", fit(TYPES, [*dev, *taught], [*gold, *labels], share))


if __name__ == "__main__":
    main()
